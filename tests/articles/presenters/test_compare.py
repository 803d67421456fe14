"""Medicines side by side: which rows stand there, in which order, and what a cell says."""

from types import SimpleNamespace

import pytest
from django.http import QueryDict

from articles.presenters.compare import compare_page, sources_wanted
from articles.presenters.compare_choice import Choice, compare_form, suggestions

from .rows import DRUG, SOURCE, Urgency, counted, row

KNOWN = SimpleNamespace(
    medicines={"testamol": "testamol", "otheril": "otheril", "thirdine": "thirdine"},
    symptoms={"test-ache": "Test ache", "rash": "Rash", "fits": "Fits", "yawning": "Yawning"},
    classes={"testamol": ("tests", "Tests"), "otheril": ("tests", "Tests"), "thirdine": ("more", "More")},
    help_lines=[],
)
SOURCES = {
    "label": SOURCE | {"supports": "uses and usual dose"},
    "study": SOURCE | {"publisher": "A publisher with a very long name", "title": "Study"},
}


def choice(query="medicine=testamol&medicine=otheril"):
    return Choice.of(SimpleNamespace(META={"QUERY_STRING": query}, GET=QueryDict(query)))


def document(slug, **fields):
    live = SimpleNamespace(content=DRUG | {"slug": slug, "name": slug} | fields, author=None, origin="edited")
    signed = dict.fromkeys(("first_name", "last_name", "title", "registration", "on"))
    return SimpleNamespace(live=live, hurried_on=None, **{f"signed_{name}": value for name, value in signed.items()})


def of(drug, effect="test-ache", **fields):
    listed = row(effect, **fields)
    listed.drug_slug = listed.drug_name = drug
    return listed


def page(*rows, query="medicine=testamol&medicine=otheril", drugs=("testamol", "otheril"), **fields):
    return compare_page(choice(query), KNOWN, [document(slug, **fields) for slug in drugs], rows, SOURCES)


def cells(shown, group=0, line=0):
    return shown["groups"][group]["rows"][line]["cells"]


def fact(shown, name):
    return next(line["cells"][0] for line in shown["facts"] if line["name"] == name)


# What was chosen


def test_choice_drops_empty_places_and_keeps_each_once():
    asked = choice("medicine=testamol&medicine=&medicine=testamol&medicine=otheril&symptom=")

    assert (asked.medicines, asked.symptoms, asked.problems) == (("testamol", "otheril"), (), ())


@pytest.mark.parametrize("value", ["am%2Flo", "a--b", "<b>", "a%00", "a" * 101])
def test_what_is_no_slug_is_a_problem_and_the_rest_is_kept(value):
    asked = choice(f"medicine=testamol&medicine={value}")

    assert asked.medicines == ("testamol",)
    assert asked.problems == ("We could not read all medicines in the address. Choose them again below.",)


def test_more_than_four_are_too_many_and_none_is_lost():
    asked = choice("&".join(f"medicine=m{number}" for number in range(6)))

    assert asked.problems == ("You chose 6 medicines. We can compare 4 at a time, so take away 2.",)
    assert len(compare_form(asked, KNOWN)["medicines"]) == len(asked.medicines) == 6


def test_address_of_a_choice_is_the_choice():
    asked = choice("medicine=testamol&medicine=otheril&symptom=rash&all=1")

    assert asked.address() == "/compare/?medicine=testamol&medicine=otheril&symptom=rash&all=1"
    assert asked.address(symptom=(), all="") == "/compare/?medicine=testamol&medicine=otheril"


def test_form_keeps_what_has_no_page():
    first, second, *_ = compare_form(choice("medicine=nothing-here&medicine=testamol"), KNOWN)["medicines"]

    assert ("nothing-here", "nothing here (not covered)", True) in first["options"]
    assert ("testamol", "Testamol", True) in second["options"]


@pytest.mark.parametrize(("chosen", "places"), [(0, 1), (1, 2), (4, 5), (5, 5), (7, 7)])
def test_form_has_a_place_for_one_more_side_effect(chosen, places):
    asked = choice("&".join(f"symptom=s{number}" for number in range(chosen)))

    assert len(compare_form(asked, KNOWN)["symptoms"]) == places


def test_one_medicine_offers_the_others_of_its_kind():
    assert suggestions(choice("medicine=testamol"), KNOWN) == [
        ("/compare/?medicine=testamol&medicine=otheril", "Compare testamol and otheril")
    ]
    assert suggestions(choice("medicine=thirdine"), KNOWN) == suggestions(choice(), KNOWN) == []


# Which rows, in which order


def test_urgent_effects_come_first_then_the_most_frequent_then_those_of_one_only():
    both = ("testamol", "otheril")
    shown = page(
        *(of(drug, "rash", **counted(1, 1)) for drug in both),
        *(of(drug, "test-ache", **counted(20, 20)) for drug in both),
        *(of(drug, "fits", urgency=Urgency.EMERGENCY, urgency_reason="May be a fit.") for drug in both),
        of("otheril", "yawning"),
    )

    names = {group["id"]: [line["name"] for line in group["rows"]] for group in shown["groups"]}
    assert names == {"urgent": ["Fits"], "shared": ["Test ache", "Rash"], "single": ["Yawning"]}
    assert shown["status"] == "3 side effects are listed for both, 1 for one only."


def test_sign_of_an_emergency_does_not_make_the_effect_urgent():
    rows = [
        of(drug, urgency=Urgency.EMERGENCY, urgency_reason="one leg", listing={"when_to_get_help": "one leg"})
        for drug in ("testamol", "otheril")
    ]

    assert [group["id"] for group in page(*rows)["groups"]] == ["shared"]


def test_long_table_is_cut_and_says_how_to_see_all_of_it(monkeypatch):
    monkeypatch.setattr("articles.presenters.compare_effects.MOST_CELLS", 2)
    rows = [of(drug, effect) for drug in ("testamol", "otheril") for effect in ("rash", "yawning")]

    (cut,), (whole,) = page(*rows)["groups"], page(*rows, query="medicine=testamol&medicine=otheril&all=1")["groups"]

    assert (len(cut["rows"]), len(whole["rows"])) == (1, 2)
    assert cut["more"][1] == "Show all 2 other side effects that both list"
    assert whole["more"] is None


def test_chosen_effects_are_the_only_rows_even_where_none_is_listed():
    shown = page(query="medicine=testamol&medicine=otheril&symptom=rash&symptom=unknown")

    assert [line["name"] for group in shown["groups"] for line in group["rows"]] == ["Rash"]
    assert shown["status"] == "None of the 2 medicines lists rash."
    assert [text for text, *_ in shown["uncovered"]] == ["We do not cover unknown under this name."]
    assert shown["title"] == "Compare testamol and otheril: rash"


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        (("testamol", "otheril", "thirdine"), "All 3 medicines list rash."),
        (("testamol",), "1 of the 3 medicines lists rash."),
        (("testamol", "otheril"), "2 of the 3 medicines list rash."),
    ],
)
def test_status_counts_the_medicines_that_list_it(listed, said):
    names = tuple(KNOWN.medicines)
    query = "&".join(f"medicine={name}" for name in names) + "&symptom=rash"

    assert page(*(of(drug, "rash") for drug in listed), query=query, drugs=names)["status"] == said


# What a cell says


def test_row_has_one_denominator_and_the_dummy_tablet_beside_its_figure():
    finding = {"key": "f1", "sources": ["label"], "low": 10.8, "high": 10.8, "placebo": 0.6}
    common, rare = cells(
        page(
            of("testamol", listing={"findings": [finding]}, **counted(10.8, 10.8, per=1_000, placebo=6)),
            of("otheril", **counted(0.01, 0.1, per=10_000)),
        )
    )

    assert (common["often"], rare["often"]) == ("1,080 in every 10,000 people", "1 to 10 in every 10,000 people")
    assert common["notes"] == ["8,920 do not. On a dummy tablet: 60 in every 10,000."]
    assert common["figure"] == {"per": 10_000, "low": 1_080, "high": 1_080, "placebo": 60}
    assert rare["figure"] == {"per": 10_000, "low": 1, "high": 10, "placebo": ""}


def test_nobody_in_a_study_does_not_mean_never():
    zero, _ = cells(page(of("testamol", **counted(0, 0)), of("otheril")))

    assert zero["notes"] == ["That does not mean it never happens."]


def test_listed_without_a_number_and_not_listed_are_different():
    listed, absent = cells(page(of("testamol", effect="rash"), effects=[{"key": "x", "sources": ["label", "study"]}]))

    assert (listed["state"], listed["often"]) == ("listed_no_number", "No number found")
    assert (absent["state"], absent["looked"]) == ("not_listed", "2 sources of otheril")


def test_cell_names_the_sources_of_its_own_figure_and_of_its_timing():
    weak = {"key": "b1", "sources": ["label"], "band": "common"}
    strong = {"key": "f1", "sources": ["study"], "low": 3, "high": 3}
    sources = SOURCES | {"label": SOURCES["label"] | {"strength": "weak"}}
    listed = of("testamol", listing={"findings": [weak, strong], "timing_onset": "at the start"}, **counted(3, 3))
    documents = [document("testamol"), document("otheril")]

    shown = compare_page(choice(), KNOWN, documents, [listed], sources)

    assert cells(shown)[0]["sources"] == [("#ref-1", "1.\u00a0A publisher with a…")]
    assert cells(shown)[0]["when"] == ["Starts: at the start."]
    assert [(source["n"], source["title"]) for source in shown["sources"]] == [(1, "Study")]


@pytest.mark.parametrize(
    ("listing", "when"),
    [
        ({"timing_onset": "at once", "timing_settling": "in a week"}, ["Starts: at once.", "Settles: in a week."]),
        ({"timing_settling": "in a week", "onset": "early"}, ["Settles: in a week."]),
        ({"onset": "early; wears off"}, ["Over time: early. Wears off."]),
        ({}, []),
    ],
)
def test_cell_says_when_it_starts_and_settles(listing, when):
    assert cells(page(of("testamol", listing=listing)))[0]["when"] == when


def test_sources_that_disagree_are_marked():
    debated, _ = cells(page(of("testamol", debated=True, **counted(1, 10)), of("otheril")))

    assert debated["state"] == "debated"


# What each medicine is


def test_use_is_cited_to_the_source_that_was_read_for_it():
    shown = page(uses=[{"text": "pain"}, {"text": "fever"}], stop_sources=["study"], names_sources=["label"])

    cell = fact(shown, "What it is for")
    assert cell["lines"] == ["Pain and fever."]
    assert [text for _, text in cell["sources"]] == ["1.\u00a0Test agency"]


def test_fact_without_a_source_says_so():
    cell = fact(page(mechanism="calms nerves"), "How it works")

    assert (cell["lines"], cell["note"]) == (["Calms nerves."], "We do not know of a source for this yet.")


def test_unknown_fact_is_said_to_be_unknown():
    assert [fact(page(), name)["state"] for name in ("What it is for", "How it works", "Usual dose")] == [
        "not_found"
    ] * 3


def test_dose_stands_with_its_use():
    cell = fact(
        page(doses=[{"use": "pain (US)", "dose": "5-10 mg a day; maximum 20 mg", "sources": ["label"]}]), "Usual dose"
    )

    assert cell["lines"] == ["Pain (US): 5 to 10 mg a day. Maximum 20 mg."]
    assert [href for href, _ in cell["sources"]] == ["#ref-1"]


@pytest.mark.parametrize(
    ("fields", "lines", "looked"),
    [
        (
            {"stop_warning": True, "stop_effects": "pain can come back"},
            ["Do not stop testamol on your own.", "Pain can come back."],
            False,
        ),
        (
            {"stop_effects": "no withdrawal illness described"},
            ["Ask before you stop it.", "We found no source that says what happens."],
            True,
        ),
    ],
)
def test_stopping_is_told_or_said_not_to_be_known(fields, lines, looked):
    cell = fact(page(stop_sources=["label"], **fields), "If you stop taking it")

    assert (cell["lines"], cell["looked"]) == (lines, looked)


def test_questions_never_advise_to_stop_or_swap():
    questions = " ".join(page()["questions"]).lower()

    assert "testamol or otheril" in questions
    assert not any(word in questions for word in ("stop", "swap", "switch", "change", "instead"))


def test_long_names_give_way_to_their_number():
    names = tuple(f"{'m' * 20}{number}" for number in range(4))

    assert page(drugs=names)["title"] == "Compare 4 medicines"


def test_every_source_that_the_page_can_name_is_wanted():
    documents = [document("testamol", stop_sources=["a"], doses=[{"use": "pain", "dose": "1 mg", "sources": ["b"]}])]

    assert sources_wanted(documents, [of("testamol")]) == {"a", "b", "label"}
