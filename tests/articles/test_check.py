"""The check: what a request asks, and the facts that answer it."""

import pytest
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import workflow
from articles.check import answer
from articles.known import known
from articles.models import Document
from articles.question import Question, cleaned

from ..factories import (
    draft,
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


def found(query):
    return answer(asked(query), known())


def answered(query):
    return found(query).result


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
        "?symptom=" + "a" * 101,
        "?symptom=a&band=often",
        "?symptom=a&serious=yes",
        "?symptom=a&class=A B",
        "?q=" + "a" * 301,
        "?medicine=" + "a" * 10_000,
        "?" + "&".join(f"medicine=a{number}" for number in range(1000)),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(query):
    problems = asked(query).problems

    assert problems
    assert all(problem.endswith(".") for problem in problems)


@pytest.mark.parametrize("value", ["%00", "%ff%fe", "", "%20"])
def test_what_no_keyboard_makes_is_passed_over(value):
    question = asked(f"?medicine=amlodipine&medicine={value}")

    assert (question.medicines, question.problems) == (["amlodipine"], [])


@given(st.text(max_size=200))
def test_cleaned_query_is_one_printable_line(text):
    assert cleaned(text).isprintable()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_answered(db, text):
    answer(Question(words=cleaned(text)[:300], medicines=[cleaned(text)[:20]]), known())


def test_ten_medicines_are_not_too_many_and_eleven_are(db):
    slugs = list(known().medicines)

    ten, eleven = (found("?" + "&".join(f"medicine={slug}" for slug in slugs[:most])) for most in (10, 11))

    assert ten.question.problems == [] and ten.result["cells"]
    assert eleven.question.problems == ["You chose 11 medicines. We can look up 10 at a time, so take away 1."]


def test_what_is_sound_is_kept_beside_what_is_not():
    question = asked("?medicine=amlodipine&symptom=headache&band=often")

    assert (question.medicines, question.symptoms, question.band) == (["amlodipine"], ["headache"], "")


def test_too_much_gets_no_answer_but_its_warnings(db):
    slugs = list(known().symptoms)[:6]

    result = answered("?symptom=chest-pain" + "".join(f"&symptom={slug}" for slug in slugs))

    assert result["cells"] == []
    assert "chest-pain" in [alert["rule"] for alert in result["alerts"]]


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

    answer = found("?medicine=testamol&symptom=other-ache")

    assert [cell["state"] for cell in answer.result["cells"]] == ["not_listed"]
    assert answer.looked_in == {"testamol": ["test-label"]}
    assert answer.sources["test-label"]["publisher"] == "Test agency"


def test_cell_of_what_we_do_not_cover_is_not_a_no(db):
    assert states("?medicine=nimodipine&symptom=headache") == {("nimodipine", "headache"): "not_covered"}


def test_name_that_nobody_knows_is_said_and_is_no_cell(db):
    result = answered("?medicine=flibberty&symptom=headache")

    assert result["not_understood"] == ["flibberty"]
    assert "flibberty" not in {cell["medicine"] for cell in result["cells"]}


def test_withdrawn_medicine_is_no_longer_known(db):
    drug = published_world()
    assert states("?medicine=testamol&symptom=test-ache")

    workflow.withdraw(Document.objects.get(pk=drug.pk), by=publisher(), reason="Wrong figures")

    assert "testamol" not in known().medicines
    assert answered("?medicine=testamol")["understood"]["medicines"] == []


def test_draft_is_not_known(db):
    published(source_content())
    published(effect_content())

    draft(drug_content())

    assert "testamol" not in known().medicines
    assert answered("?q=testamol")["understood"]["medicines"] == []


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
    answer = found("?medicine=amlodipine&medicine=sertraline")
    result = answer.result

    assert answer.symptom_ranking[0][1] == 2
    assert all(cell["state"] != "not_listed" for cell in result["cells"])
    assert {cell["medicine"] for cell in result["cells"]} == {"amlodipine", "sertraline"}


@pytest.mark.parametrize("query", ["?symptom=headache&symptom=dry-mouth", "?medicine=amlodipine&medicine=sertraline"])
def test_count_beside_each_filter_is_what_remains_with_it(db, query):
    for name, counts in found(query).facets.items():
        for value, count in counts.items():
            answer = found(f"{query}&{name}={value}")
            assert len(answer.result["ranking"] or answer.symptom_ranking) == count, f"{name}={value}"


def test_counts_keep_to_the_other_filters(db):
    query = "?symptom=headache&symptom=dry-mouth&band=common"

    for value, count in found(query).facets["class"].items():
        assert len(answered(f"{query}&class={value}")["ranking"]) == count


def test_filter_never_hides_that_a_medicine_is_not_covered(db):
    cells = states("?medicine=amlodipine&medicine=nimodipine&symptom=headache&band=very-common")

    assert cells == {("nimodipine", "headache"): "not_covered"}


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
    answer = found(query)

    assert touched in [rule["rule"] for rule in answer.touched]
    assert touched not in [alert["rule"] for alert in answer.rules]


def test_symptom_that_meets_a_rule_alone_is_named(db):
    assert [alert["by"] for alert in found("?symptom=speech-problem").rules] == [["speech-problem"]]
    assert [alert["by"] for alert in found("?symptom=breathless&symptom=chest-pain").rules] == [
        ["chest-pain"],
        [],
    ]


# What is typed


@pytest.mark.parametrize(
    ("words", "rule"), [("can't breathe", "lung-clot"), ("my tongue swelling", "face-tongue-swelling")]
)
def test_typed_words_that_sound_urgent_are_an_alert_of_their_own(db, words, rule):
    assert [alert["rule"] for alert in answered(f"?q={words}")["alerts"]] == [rule]


def test_misspelt_warning_does_not_wait_for_an_answer(db):
    result = answered("?q=chset pian")

    assert result["did_you_mean"][0]["kind"] == "symptom"
    assert [alert["rule"] for alert in result["alerts"]] == ["chest-pain"]


@pytest.mark.parametrize(
    ("words", "met"),
    [
        ("heard a pop in my achilles", True),
        ("ciprofloxacin, heard a pop in my achilles", True),
        ("amlodipine, heard a pop in my achilles", False),
        ("nimodipine, heard a pop in my achilles", True),
    ],
)
def test_rule_about_some_medicines_holds_where_none_is_ruled_out(db, words, met):
    assert ("tendon-pain" in [alert["rule"] for alert in answered(f"?q={words}")["alerts"]]) is met


def test_a_name_that_is_confused_with_a_medicine_counts_for_its_warnings(db):
    rules = [alert["rule"] for alert in answered("?q=stopped prednisone, vomiting and very weak, confused")["alerts"]]

    assert "steroid-crisis" in rules


def test_an_illness_that_is_only_asked_about_is_no_alarm(db):
    assert answered("?q=does ibuprofen increase the risk of stroke")["alerts"] == []
    assert answered("?q=I think I am having a stroke")["alerts"]


def test_page_beyond_the_last_is_the_last(db):
    answer = found("?symptom=headache&page=99")

    assert answer.page == answer.pages == 2
    assert answer.result["cells"]


def test_what_is_known_is_read_again_only_after_a_publication(db, django_assert_num_queries):
    known()
    with django_assert_num_queries(1):
        known()

    published_world()

    with django_assert_num_queries(6):
        assert "testamol" in known().medicines


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("?medicine=amlodipine", 2),
        ("?symptom=headache", 2),
        ("?symptom=headache&symptom=dry-mouth&symptom=tiredness&band=rare&class=statins", 2),
        ("?medicine=amlodipine&symptom=muscle-cramps", 1),
        ("?medicine=metformin&symptom=vomiting&symptom=sleepiness", 1),
        ("?medicine=metformin&symptom=breathless", 1),
        ("?medicine=amlodipine&medicine=sertraline&medicine=tramadol&symptom=gum-swelling&symptom=headache", 1),
    ],
)
def test_number_of_queries_does_not_grow_with_the_question(db, django_assert_num_queries, query, number):
    question, everything = asked(query), known()
    answer(question, everything)

    with django_assert_num_queries(number):
        answer(question, everything)
