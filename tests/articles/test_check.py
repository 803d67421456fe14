"""The check: what a request asks, and the facts that answer it."""

import pytest
from django.test import RequestFactory

from articles import workflow
from articles.check import Question, answer, names
from articles.models import Document

from ..factories import (
    drug_content,
    effect_content,
    listing,
    published,
    published_world,
    publisher,
    source_content,
)


def asked(query):
    return Question.of(RequestFactory().get("/check/" + query))


def answered(query):
    return answer(asked(query), names())


def states(query):
    return {(cell["medicine"], cell["symptom"]): cell["state"] for cell in answered(query)["cells"]}


# What is asked


def test_slugs_are_read_in_order_and_once():
    question = asked("?medicine=b&medicine=a&medicine=b&symptom=c&symptom=")

    assert (question.medicines, question.symptoms, question.problems) == (["b", "a"], ["c"], [])


def test_filters_are_read():
    question = asked("?symptom=a&class=statins&band=very-common&serious=1&page=2")

    assert (question.drug_class, question.band, question.serious, question.page) == ("statins", "very-common", True, 2)


@pytest.mark.parametrize(
    "query",
    [
        "?medicine=Amlo",
        "?medicine=a--b",
        "?medicine=%00",
        "?medicine=%ff%fe",
        "?medicine=a%0A",
        "?medicine=../etc",
        "?symptom=" + "a" * 101,
        "?symptom=a&band=often",
        "?symptom=a&serious=yes",
        "?symptom=a&class=A B",
        "?find=" + "a" * 201,
        "?medicine=" + "a" * 10_000,
        "?" + "&".join(f"medicine=a{number}" for number in range(1000)),
        "?" + "&".join(f"symptom=a{number}" for number in range(6)),
        "?" + "&".join(f"medicine=a{number}" for number in range(11)),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(query):
    problems = asked(query).problems

    assert problems
    assert all(problem.endswith(".") for problem in problems)


def test_ten_medicines_and_five_symptoms_are_not_too_many():
    query = [f"medicine=a{number}" for number in range(10)] + [f"symptom=b{number}" for number in range(5)]

    assert asked("?" + "&".join(query)).problems == []


def test_what_is_sound_is_kept_beside_what_is_not():
    question = asked("?medicine=amlodipine&medicine=%00&symptom=headache&band=often")

    assert (question.medicines, question.symptoms, question.band) == (["amlodipine"], ["headache"], "")


def test_too_much_gets_no_answer_but_its_warnings(db):
    query = "?symptom=chest-pain" + "".join(f"&symptom=a{number}" for number in range(6))

    result = answered(query)

    assert result["cells"] == []
    assert [alert["rule"] for alert in result["alerts"]] == ["chest-pain"]


# What is answered


def test_nothing_asked_is_nothing_answered(db):
    result = answered("")

    assert (result["alerts"], result["cells"], result["ranking"]) == ([], [], [])


def test_cell_is_listed_with_figure_urgency_and_address(db):
    published(source_content())
    published(effect_content())
    published(drug_content(effects=[listing(findings=[{"low": 1, "high": 5}], when_to_get_help="bad pain")]))

    (cell,) = answered("?medicine=testamol&symptom=test-ache")["cells"]

    assert cell["state"] == "listed"
    assert (cell["urgency"], cell["url"]) == ("soon", "/medicines/testamol/test-ache/")
    assert (cell["headline"]["low"], cell["headline"]["high"], cell["headline"]["per"]) == (1, 5, 100)


def test_cell_without_a_figure_says_so(db):
    published_world()

    assert states("?medicine=testamol&symptom=test-ache") == {("testamol", "test-ache"): "listed_no_number"}


def test_cell_of_sources_that_disagree_says_so(db):
    published(source_content())
    published(source_content("other-label"))
    published(effect_content())
    findings = [{"band": "common"}, {"band": "rare", "sources": ["other-label"]}]
    published(drug_content(effects=[listing(findings=findings)]))

    assert states("?medicine=testamol&symptom=test-ache") == {("testamol", "test-ache"): "debated"}


def test_cell_that_is_not_listed_names_the_sources_looked_in(db):
    published_world()
    published(effect_content("other-ache", name="Other ache"))

    result = answered("?medicine=testamol&symptom=other-ache")

    assert [cell["state"] for cell in result["cells"]] == ["not_listed"]
    assert result["looked_in"] == {"testamol": ["test-label"]}
    assert result["sources"]["test-label"]["publisher"] == "Test agency"


@pytest.mark.parametrize("query", ["?medicine=nobody&symptom=headache", "?medicine=amlodipine&symptom=nothing"])
def test_cell_of_what_we_do_not_cover_is_not_a_no(db, query):
    assert list(states(query).values()) == ["not_covered"]


def test_withdrawn_medicine_is_not_covered(db):
    drug = published_world()
    assert names().medicines["testamol"] == "testamol"

    workflow.withdraw(Document.objects.get(pk=drug.pk), by=publisher(), reason="Wrong figures")

    assert states("?medicine=testamol&symptom=test-ache") == {("testamol", "test-ache"): "not_covered"}


def test_draft_is_not_covered(db):
    assert states("?medicine=testamol&symptom=headache") == {("testamol", "headache"): "not_covered"}


def test_symptoms_alone_rank_medicines_by_how_many_of_them_they_list_then_by_how_often(db):
    for slug in ("ache-a", "ache-b"):
        published(effect_content(slug, name=slug))
    published(source_content())
    published(drug_content("one-rare", effects=[listing("ache-a", findings=[{"high": 0.05}])]))
    published(drug_content("one-often", effects=[listing("ache-a", findings=[{"high": 20}])]))
    published(drug_content("two", effects=[listing("ache-a"), listing("ache-b")]))

    ranking = answered("?symptom=ache-a&symptom=ache-b")["ranking"]

    assert ranking == [
        {"medicine": "two", "matches": 2},
        {"medicine": "one-often", "matches": 1},
        {"medicine": "one-rare", "matches": 1},
    ]


def test_medicines_alone_rank_what_they_list(db):
    result = answered("?medicine=amlodipine&medicine=sertraline")

    assert result["ranking"][0]["matches"] == 2
    assert all(cell["state"] != "not_listed" for cell in result["cells"])
    assert {cell["medicine"] for cell in result["cells"]} == {"amlodipine", "sertraline"}


@pytest.mark.parametrize("query", ["?symptom=headache&symptom=dry-mouth", "?medicine=amlodipine&medicine=sertraline"])
def test_count_beside_each_filter_is_what_remains_with_it(db, query):
    facets = answered(query)["facets"]

    for name, counts in facets.items():
        for value, count in counts.items():
            assert len(answered(f"{query}&{name}={value}")["ranking"]) == count, f"{name}={value}"


def test_counts_keep_to_the_other_filters(db):
    query = "?symptom=headache&symptom=dry-mouth&band=common"

    for value, count in answered(query)["facets"]["class"].items():
        assert len(answered(f"{query}&class={value}")["ranking"]) == count


def test_filter_never_hides_that_a_medicine_is_not_covered(db):
    found = states("?medicine=amlodipine&medicine=nobody&symptom=headache&band=very-common")

    assert found == {("nobody", "headache"): "not_covered"}


def test_class_without_medicines_leaves_nothing(db):
    assert answered("?symptom=headache&class=no-such-class")["ranking"] == []


def test_warning_belongs_to_the_pair(db):
    with_amitriptyline = answered("?medicine=amitriptyline&symptom=muscle-cramps")["alerts"]
    with_amlodipine = answered("?medicine=amlodipine&symptom=muscle-cramps")["alerts"]

    assert [(alert["rule"], alert["level"]) for alert in with_amitriptyline] == [("low-sodium", "today")]
    assert with_amlodipine == []


def test_emergencies_stand_before_what_can_wait_until_later_today(db):
    alerts = answered("?medicine=amitriptyline&symptom=muscle-cramps&symptom=chest-pain")["alerts"]

    assert [alert["level"] for alert in alerts] == ["emergency", "today"]
    assert alerts[0]["signs"]
    assert alerts[0]["do"]


# Rules of the safety review: what the two or three symptoms of a real question meet


@pytest.mark.parametrize(
    ("query", "met"),
    [
        # An asthma attack is no allergic swelling, and holding the reliever back can kill.
        ("?medicine=salbutamol&symptom=breathless&symptom=wheeze", []),
        ("?symptom=breathless&symptom=wheeze", []),
        ("?medicine=metformin&symptom=vomiting&symptom=sleepiness", ["lactic-acidosis"]),
        ("?medicine=metformin&symptom=breathless&symptom=muscle-pain", ["lactic-acidosis"]),
        # Two symptoms of one sign are one sign.
        ("?medicine=metformin&symptom=vomiting&symptom=belly-pain", ["severe-belly-pain"]),
        ("?medicine=prednisolone&symptom=vomiting&symptom=sleepiness", ["steroid-crisis"]),
        (
            "?medicine=quetiapine&symptom=high-temperature&symptom=confusion",
            ["fever-stiffness", "sore-throat-fever"],
        ),
        ("?symptom=speech-problem", ["stroke"]),
        ("?medicine=tramadol&medicine=sertraline&symptom=tremor&symptom=sweating", ["serotonin-syndrome"]),
        ("?medicine=sertraline&symptom=tremor&symptom=sweating", []),
        ("?medicine=gabapentin&medicine=tramadol&symptom=sleepiness", ["slow-breathing"]),
        ("?medicine=gabapentin&symptom=sleepiness", []),
        ("?medicine=alendronate&symptom=chest-pain", ["chest-pain", "painful-swallowing"]),
    ],
)
def test_rules_that_a_question_meets(db, query, met):
    assert [alert["rule"] for alert in answered(query)["alerts"]] == met


@pytest.mark.parametrize(
    ("query", "touched"),
    [
        ("?medicine=metformin&symptom=breathless", "lactic-acidosis"),
        ("?medicine=metformin&symptom=vomiting&symptom=belly-pain", "lactic-acidosis"),
        ("?medicine=sertraline&symptom=tremor&symptom=sweating", "serotonin-syndrome"),
        ("?medicine=gabapentin&symptom=sleepiness", "slow-breathing"),
        ("?medicine=atorvastatin&symptom=muscle-pain", "dark-urine-muscle-pain"),
        ("?medicine=tramadol&symptom=allergic-reaction", "face-tongue-swelling"),
    ],
)
def test_rules_that_a_question_touches_without_meeting_them(db, query, touched):
    result = answered(query)

    assert touched in [rule["rule"] for rule in result["touched"]]
    assert touched not in [alert["rule"] for alert in result["alerts"]]


def test_symptom_that_meets_a_rule_alone_is_named(db):
    assert [alert["by"] for alert in answered("?symptom=speech-problem")["alerts"]] == [["speech-problem"]]
    assert [alert["by"] for alert in answered("?symptom=breathless&symptom=chest-pain")["alerts"]] == [
        ["chest-pain"],
        [],
    ]


@pytest.mark.parametrize(
    ("query", "lines"), [("?symptom=suicidal-thoughts", 2), ("?find=kill myself", 2), ("?symptom=chest-pain", 0)]
)
def test_crisis_lines_come_with_suicidal_thoughts_only(db, query, lines):
    assert sum(line["purpose"] == "crisis" for line in answered(query)["crisis"]) == lines


# What is typed


@pytest.mark.parametrize(
    ("words", "rule"), [("can't breathe", "lung-clot"), ("my tongue swelling", "face-tongue-swelling")]
)
def test_typed_words_that_sound_urgent_are_an_alert_of_their_own(db, words, rule):
    assert [alert["rule"] for alert in answered(f"?find={words}")["alerts"]] == [rule]


def test_too_much_of_a_medicine_is_heard_and_is_no_rule(db):
    result = answered("?find=overdose")

    assert (result["overdose"], result["sounds_urgent"], result["alerts"]) == (True, False, [])
    assert answered("?find=ambulance")["sounds_urgent"]


def test_brand_is_told_if_it_is_sold_in_one_country_and_its_medicine_is_asked(db):
    brand = {"name": "Benadryl", "country": "US", "medicine": "diphenhydramine"}

    assert answered("?medicine=diphenhydramine&name=benadryl")["brands"] == [brand]
    assert answered("?medicine=amlodipine&name=benadryl")["brands"] == []
    assert answered("?medicine=diphenhydramine&name=xyz")["brands"] == []


def test_brand_that_is_sold_in_two_countries_is_not_told(db):
    published(source_content())
    published(effect_content())
    rows = [{"key": f"ache-{country.lower()}", "name": "Ache", "country": country} for country in ("US", "UK")]
    published(drug_content(names=rows))

    assert answered("?medicine=testamol&name=ache")["brands"] == []


def test_page_beyond_the_last_is_the_last(db):
    result = answered("?symptom=headache&page=99")

    assert result["page"] == result["pages"] == 2
    assert result["cells"]


def test_names_are_read_again_only_after_a_publication(db, django_assert_num_queries):
    names()
    with django_assert_num_queries(1):
        names()

    published_world()

    with django_assert_num_queries(3):
        assert "testamol" in names().medicines


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("?medicine=amlodipine", 3),
        ("?symptom=headache", 3),
        ("?symptom=headache&symptom=dry-mouth&symptom=tiredness&band=rare&class=statins", 3),
        ("?medicine=amlodipine&symptom=muscle-cramps", 3),
        # The sources of a rule that is met or touched.
        ("?medicine=metformin&symptom=vomiting&symptom=sleepiness", 4),
        ("?medicine=metformin&symptom=breathless", 4),
        # One more where something is not listed, for the names of the sources that we looked in.
        ("?medicine=amlodipine&medicine=sertraline&medicine=tramadol&symptom=gum-swelling&symptom=headache", 4),
    ],
)
def test_number_of_queries_does_not_grow_with_the_question(db, django_assert_num_queries, query, number):
    question, known = asked(query), names()

    with django_assert_num_queries(number):
        answer(question, known)
