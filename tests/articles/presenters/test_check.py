"""The check's answer in words."""

import pytest

from articles.presenters.check import check_page
from articles.presenters.check_address import address, cut
from articles.question import Question
from articles.understanding.understood import Asked, Understood

from .check_rows import COMMON, RARE, alert, cell, found, known, not_covered, not_listed, typed


def counted(**finding):
    """A pair's dict with the one figure that its headline has."""
    return {"findings": [{"key": "f1", "sources": [], "low": 1, "high": 10} | finding]}


def page(medicines=(), symptoms=(), *cells, question=None, everything=None, **fields):
    asked = question or Question(list(medicines), list(symptoms))
    return check_page(asked, found(medicines, symptoms, *cells, **fields), everything or known())


@pytest.mark.parametrize(
    ("medicines", "symptoms", "title"),
    [
        ([], [], "Could it be my medicine?"),
        (["amlodipine"], ["headache"], "Amlodipine and headache: could it be my medicine?"),
        ([], ["dry-mouth", "headache"], "Dry mouth and headache: could it be my medicine?"),
        (["amlodipine"], ["swelling"], "Amlodipine and swelling of the face: could it be my medicine?"),
        (["sertraline"], ["longest"], "Sertraline and restless legs getting worse earlier on treatment"),
        (
            ["amlodipine", "sertraline"],
            ["swelling", "dry-mouth"],
            "2 medicines and 2 symptoms: could it be my medicine?",
        ),
    ],
)
def test_title_says_what_was_asked_in_at_most_65_characters(medicines, symptoms, title):
    assert page(medicines, symptoms)["title"] == title
    assert len(title) <= 65


@pytest.mark.parametrize(
    ("medicines", "symptoms", "cells", "status"),
    [
        (["amlodipine"], ["headache"], [cell()], "The sources of amlodipine list headache."),
        (
            ["amlodipine"],
            ["headache"],
            [cell(state="debated")],
            "The sources of amlodipine list headache. They disagree about it.",
        ),
        (["amlodipine"], ["headache"], [not_listed()], "The sources of amlodipine do not list headache."),
        (
            ["amlodipine", "sertraline"],
            ["headache"],
            [cell(), not_listed("sertraline")],
            "1 of your 2 medicines lists headache.",
        ),
        ([], ["headache"], [cell(), cell("sertraline")], "2 of the 3 medicines that we cover list headache."),
        (
            [],
            ["headache", "dry-mouth"],
            [cell()],
            "1 of the 3 medicines that we cover lists at least one of your 2 symptoms.",
        ),
        (["amlodipine"], [], [cell()], "The sources list 1 side effect of amlodipine."),
    ],
)
def test_status_is_one_sentence(medicines, symptoms, cells, status):
    assert page(medicines, symptoms, *cells)["status"] == status


@pytest.mark.parametrize(
    ("uncovered", "medicines", "cells", "status"),
    [
        (["Warfarin"], [], [], "We do not cover Warfarin yet. This says nothing about its risk."),
        (
            ["Warfarin", "Heparin"],
            [],
            [],
            "We do not cover Warfarin or Heparin yet. This says nothing about their risk.",
        ),
        (
            ["Warfarin"],
            ["amlodipine"],
            [cell(), not_covered("warfarin")],
            "We do not cover Warfarin yet. This says nothing about its risk. The sources of amlodipine list headache.",
        ),
        (
            ["Warfarin"],
            ["amlodipine", "sertraline"],
            [cell()],
            "We do not cover Warfarin yet. This says nothing about its risk. "
            "1 of your 2 other medicines lists headache.",
        ),
    ],
)
def test_what_we_do_not_cover_is_said_and_never_counted(uncovered, medicines, cells, status):
    names = {name.lower(): name for name in uncovered}

    assert page(medicines, ["headache"] if cells else [], *cells, uncovered=names)["status"] == status


def test_status_sends_to_the_warning_first():
    shown = page(["amlodipine"], ["headache"], cell(), rules=[alert()])

    assert shown["status"].startswith("Read the warning first.")


@pytest.mark.parametrize(
    ("unknown", "sentence"),
    [
        (["flibberty"], "We did not understand 'flibberty'."),
        (["flibberty", "xyz"], "We did not understand 'flibberty' and 'xyz'."),
    ],
)
def test_status_says_what_was_not_understood(unknown, sentence):
    assert page(result={"not_understood": unknown})["status"] == sentence


# What was heard


def test_brand_of_one_country_is_named_with_its_medicine():
    brand = typed("medicine", "norvasc", "amlodipine", "amlodipine", how="brand", printed="Norvasc", country="US")

    assert page(["amlodipine"], ["headache"], cell(), heard=Understood(medicines=[brand]))["notes"] == [
        ("Norvasc (US brand) is amlodipine. In other countries the same name can mean another medicine.", "", "")
    ]


def test_medicine_that_is_taken_for_another_is_never_swapped_for_it():
    heard = Understood(not_covered=[("noramlo", "Noramlo", 0, 7, "Noramlo")])
    everything = known(related={"noramlo": ("noramlo", "amlodipine")})

    assert page(heard=heard, everything=everything)["notes"] == [
        (
            "Noramlo and amlodipine are different medicines. We do not cover noramlo.",
            "/medicines/amlodipine/#names",
            "See the note on amlodipine",
        )
    ]


def test_names_that_people_mix_up_are_told():
    pair = ("Losec", "Lasix", "the names look alike")
    everything = known(look_alikes={"amlodipine": [pair]})

    assert page(["amlodipine"], ["headache"], cell(), everything=everything)["notes"] == [
        ("Check the name on the box: Losec and Lasix have been mixed up. The names look alike.", "", "")
    ]


def test_a_likely_spelling_is_offered_with_what_it_is_for_and_not_applied():
    question = Question(words="amlodopine headache")
    options = (("amlodipine", "amlodipine", ""), ("", "Nimodipine", ""))
    heard = Understood(did_you_mean=[Asked("medicine", "amlodopine", options, 0, 10)])

    (asked,) = page([], ["headache"], question=question, heard=heard)["questions"]

    assert asked["title"] == "You typed 'amlodopine'. Did you mean:"
    assert [(option["text"], option["href"]) for option in asked["options"]] == [
        ("amlodipine (for high blood pressure and angina)", "/check/?q=headache&medicine=amlodipine"),
        ("Nimodipine (we do not cover it)", "/check/?q=headache&medicine=Nimodipine"),
    ]


def test_a_word_with_several_meanings_asks_its_question():
    question = Question(words="amlodipine dry")
    options = (("dry-mouth", "Dry mouth", ""), ("headache", "Headache", ""))
    heard = Understood(ambiguous=[Asked("symptom", "dry", options, 11, 14, "Where is it dry?")])

    (asked,) = page(question=question, heard=heard)["questions"]

    assert asked["title"] == "'dry' can mean several things. Where is it dry?"
    assert asked["options"][0]["href"] == "/check/?q=amlodipine&symptom=dry-mouth"


def test_a_meaning_that_was_taken_is_said_and_the_others_are_offered():
    options = (("dry-mouth", "Dry mouth", ""), ("headache", "Headache", ""))
    heard = Understood(ambiguous=[Asked("symptom", "dry", options, 0, 3)])

    (asked,) = page([], ["dry-mouth"], question=Question(words="dry"), heard=heard)["questions"]

    assert asked["title"] == "We took 'dry' as dry mouth. Or is it:"
    assert [option["text"] for option in asked["options"]] == ["Headache"]


def test_what_was_left_out_is_said_with_why():
    heard = Understood(left_out=[("chest pain", "denied"), ("stroke", "past"), ("angina", "reason")])

    assert page(heard=heard)["left_out"] == [
        "We left out 'chest pain', because you said that it is not so.",
        "We left out 'stroke', because it sounds long ago or about somebody else.",
        "We took 'angina' as what a medicine is for, not as what you feel.",
    ]


def test_each_understood_piece_says_what_was_typed_and_can_be_taken_out():
    words = "norvasc, headache"
    heard = Understood(
        medicines=[typed("medicine", "norvasc", "amlodipine", "amlodipine")],
        symptoms=[typed("symptom", "headache", "headache", "Headache", start=9)],
    )
    understood = {
        "medicines": [{"typed": "norvasc", "slug": "amlodipine", "name": "amlodipine", "how": "brand"}],
        "symptoms": [{"typed": "headache", "slug": "headache", "name": "Headache", "how": "exact"}],
    }

    groups = page(
        ["amlodipine"],
        ["headache"],
        cell(),
        question=Question(words=words),
        heard=heard,
        result={"understood": understood},
    )["chips"]

    assert [(chip["text"], chip["typed"], chip["href"]) for group in groups for chip in group["chips"]] == [
        ("Headache", "", "/check/?q=norvasc"),
        ("Amlodipine", "norvasc", "/check/?q=headache"),
    ]


def test_taking_out_one_medicine_of_a_combination_keeps_the_other():
    heard = Understood(
        medicines=[typed("medicine", "Exforge", "amlodipine", "amlodipine")],
        not_covered=[("Exforge", "Valsartan", 0, 7, "Exforge")],
    )
    understood = {
        "medicines": [{"typed": "Exforge", "slug": "amlodipine", "name": "amlodipine", "how": "brand"}],
        "symptoms": [],
    }

    (group,) = page(question=Question(words="Exforge"), heard=heard, result={"understood": understood})["chips"]

    assert group["chips"][0]["href"] == "/check/?medicine=Valsartan"


@pytest.mark.parametrize(
    ("words", "start", "end", "left"),
    [
        ("norvasc, headache", 0, 7, "headache"),
        ("norvasc, headache", 9, 17, "norvasc"),
        ("a norvasc b", 2, 9, "a b"),
        ("norvasc", 0, 7, ""),
    ],
)
def test_a_piece_is_cut_out_with_the_comma_that_joined_it(words, start, end, left):
    assert cut(words, start, end) == left


# The grid


def test_figures_of_one_symptom_share_a_denominator():
    cells = [cell(), cell("sertraline", headline=RARE), cell(symptom="dry-mouth")]

    rows = page(["amlodipine", "sertraline"], ["headache", "dry-mouth"], *cells)["grid"]["rows"]

    assert [shown["text"] for row in rows for shown in row["cells"]] == [
        "100 to 1,000 in every 10,000 people",
        "1 to 10 in every 100 people",
        "1 to 10 in every 10,000 people",
    ]


def test_dummy_tablet_is_counted_in_the_same_number_of_people():
    cells = [cell(listing=counted(placebo=0.6), headline=COMMON | {"placebo": 1}), cell("sertraline", headline=RARE)]

    rows = page(["amlodipine", "sertraline"], ["headache"], *cells)["grid"]["rows"]

    assert rows[0]["cells"][0]["note"] == "On a dummy tablet: 60 in every 10,000."


@pytest.mark.parametrize(("percent", "words"), [(0, "0"), (0.3, "fewer than 1"), (0.5, "1")])
def test_a_share_of_those_on_a_dummy_tablet_is_never_rounded_to_nobody(percent, words):
    rows = page(["amlodipine"], ["headache"], cell(listing=counted(placebo=percent), headline=COMMON | {"placebo": 0}))[
        "grid"
    ]["rows"]

    assert rows[0]["cells"][0]["note"] == f"On a dummy tablet: {words} in every 100."


def test_what_a_number_leaves_out_stands_beside_it():
    rows = page(["amlodipine"], ["headache"], cell(headline=COMMON | {"more": 60}))["grid"]["rows"]

    assert rows[0]["cells"][0]["note"] == "Some studies found more: up to 60 in every 100."


def test_not_listed_says_in_how_many_sources_we_looked():
    sources = {f"s{n}": {"publisher": f"Agency {n}"} for n in (1, 2)}

    shown = page(["amlodipine"], ["headache"], not_listed(), looked_in={"amlodipine": ["s1", "s2"]}, sources=sources)

    (grid_cell,) = shown["grid"]["rows"][0]["cells"]
    assert grid_cell["note"] == "We looked in 2 sources."
    assert grid_cell["href"] == "/medicines/amlodipine/#sources"
    assert shown["looked_in"][0]["publishers"] == "Agency 1 and Agency 2"


def test_not_covered_says_what_we_have_no_page_about():
    row = page([], ["headache"], not_covered("warfarin"), uncovered={"warfarin": "Warfarin"})["grid"]["rows"][0]

    assert (row["name"], row["href"]) == ("Warfarin", "")
    assert row["cells"][0]["note"].startswith("We do not cover Warfarin.")


def test_a_cell_says_when_it_starts_and_settles_and_what_helps():
    listing = {"timing_onset": "day 6", "timing_settling": "8 days", "what_helps": "rest; drink; sleep; wait"}

    (row,) = page(["amlodipine"], ["headache"], cell(listing=listing))["grid"]["rows"]

    assert row["cells"][0]["timing"] == "Starts: day 6. Settles: 8 days."
    assert row["cells"][0]["helps"] == ["Rest", "Drink", "Sleep"]


def test_one_symptom_with_two_urgencies_is_said():
    cells = [cell(urgency="today"), cell("sertraline", urgency="self-care")]

    shown = page(["amlodipine", "sertraline"], ["headache"], *cells)

    assert shown["differs"] == [
        "Headache: with amlodipine, call a doctor today; with sertraline, try what helps first."
    ]


def test_other_causes_stand_with_their_source():
    everything = known()
    everything.effects["headache"] |= {"other_causes": "a cold; too little sleep", "other_causes_sources": ["s1"]}
    sources = {"s1": {"publisher": "Agency", "title": "Headache", "strength": "good"}}

    (cause,) = page(["amlodipine"], ["headache"], cell(), everything=everything, sources=sources)["other_causes"]

    assert cause["causes"] == ["A cold", "Too little sleep"]
    assert cause["sources"] == [("#ref-1", "Agency")]


def test_a_cascade_is_a_question_with_its_reason():
    rows = [{"cause": "amlodipine", "symptom": "headache", "remedy": "ibuprofen", "question": "Could it be?"}]

    (shown,) = page(["amlodipine", "ibuprofen"], [], cell(), result={"cascade": rows})["cascades"]

    assert shown["question"] == "Could it be?"
    assert shown["why"] == ["Amlodipine can cause headache, and ibuprofen is often given for that."]


@pytest.mark.parametrize(
    ("cells", "nothing"), [([cell()], ""), ([not_listed()], "listed"), ([cell(), not_listed("sertraline")], "")]
)
def test_nothing_listed_is_an_answer_of_its_own(cells, nothing):
    assert page(["amlodipine"], ["headache"], *cells)["nothing"] == nothing


def test_words_that_name_nothing_are_an_answer_of_their_own():
    assert page(question=Question(words="flibberty"))["nothing"] == "understood"


def test_each_choice_can_be_taken_away_by_a_link():
    question = Question(["amlodipine"], ["headache", "dry-mouth"], band="rare")

    chips = page(["amlodipine"], ["headache", "dry-mouth"], question=question)["chips"]

    assert [(group["label"], [chip["href"] for chip in group["chips"]]) for group in chips] == [
        (
            "Your symptoms",
            [
                "/check/?medicine=amlodipine&symptom=dry-mouth&band=rare",
                "/check/?medicine=amlodipine&symptom=headache&band=rare",
            ],
        ),
        ("Your medicines", ["/check/?symptom=headache&symptom=dry-mouth&band=rare"]),
        ("Your filters", ["/check/?medicine=amlodipine&symptom=headache&symptom=dry-mouth"]),
    ]


def test_filters_show_counts_and_never_the_word_of_a_band():
    facets = {"band": {"common": 1, "rare": 2, "": 3}, "serious": {"1": 0, "": 3}, "class": {"ssris": 3, "": 3}}

    groups = page([], ["headache"], cell(), facets=facets)["filters"]

    shown = [(entry["text"], entry["count"]) for group in groups for entry in group["filters"]]
    assert shown == [
        ("Any", 3),
        ("1 or more in every 100 people", 1),
        ("1 or more in every 10,000 people", 2),
        ("All", 3),
        ("All", 3),
        ("SSRIs", 3),
    ]


def test_filters_are_not_offered_where_they_leave_no_choice():
    facets = {"band": {"common": 1, "": 1}, "serious": {"1": 0, "": 1}}

    assert page(["amlodipine"], ["headache"], cell(), facets=facets)["filters"] == []


def test_medicines_alone_are_a_list_of_what_they_share():
    rows = page(["amlodipine", "sertraline"], [], cell(), cell("sertraline"))["list"]

    assert [(row["name"], [medicine["name"] for medicine in row["medicines"]]) for row in rows] == [
        ("Headache", ["Amlodipine", "Sertraline"])
    ]


def test_address_leaves_out_what_is_not_asked():
    assert address(Question()) == "/check/"
    assert address(Question(["a"], ["b", "c"], serious=True)) == "/check/?medicine=a&symptom=b&symptom=c&serious=1"
