"""The check's answer in words."""

import pytest

from articles.check import Question
from articles.models import SearchEntry
from articles.presenters.check import address, check_page
from articles.search import Spotted

from .check_rows import COMMON, KNOWN, RARE, alert, cell, not_listed, result


def page(medicines=(), symptoms=(), answer=None, *, spotted=None, similar=(), **question):
    asked = Question(list(medicines), list(symptoms), **question)
    return check_page(asked, KNOWN, answer or result(), spotted or Spotted(), similar)


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
        (["no-such"], [], "No such: could it be my medicine?"),
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
        (["warfarin"], [], [], "We do not cover warfarin. This says nothing about its risk."),
        (
            ["warfarin", "heparin"],
            ["headache"],
            [],
            "We do not cover warfarin or heparin. This says nothing about their risk.",
        ),
        (
            ["warfarin", "amlodipine"],
            [],
            [cell()],
            "We do not cover warfarin. This says nothing about its risk. The sources list 1 side effect of amlodipine.",
        ),
        (
            ["warfarin", "amlodipine"],
            ["headache"],
            [cell(), cell("warfarin", state="not_covered", headline=None)],
            "We do not cover warfarin. This says nothing about its risk. The sources of amlodipine list headache.",
        ),
        (
            ["warfarin", "amlodipine", "sertraline"],
            ["headache"],
            [cell()],
            "We do not cover warfarin. This says nothing about its risk. 1 of your 2 other medicines lists headache.",
        ),
        ([], ["nonsense"], [], "We do not cover nonsense. That does not mean that no medicine causes it."),
        (
            ["amlodipine"],
            ["nonsense"],
            [cell(symptom="nonsense", state="not_covered", headline=None)],
            "We do not cover nonsense. That does not mean that no medicine causes it.",
        ),
        (
            [],
            ["nonsense", "headache"],
            [cell()],
            "We do not cover nonsense. That does not mean that no medicine causes it. "
            "1 of the 36 medicines that we cover lists headache.",
        ),
        ([], ["headache"], [cell(), cell("sertraline")], "2 of the 36 medicines that we cover list headache."),
        (
            [],
            ["headache", "dry-mouth"],
            [cell()],
            "1 of the 36 medicines that we cover lists at least one of your 2 symptoms.",
        ),
        (["amlodipine"], [], [cell()], "The sources list 1 side effect of amlodipine."),
    ],
)
def test_status_is_one_sentence(medicines, symptoms, cells, status):
    assert page(medicines, symptoms, result(*cells))["status"] == status


def test_status_sends_to_the_warning_first():
    answer = result(cell(), alerts=[alert()])

    assert page(["amlodipine"], ["headache"], answer)["status"].startswith("Read the warning first.")


@pytest.mark.parametrize(
    ("unknown", "sentence"),
    [
        (["aspirin"], "We do not know the name 'aspirin', or do not cover it."),
        (["aspirin", "xyz"], "We do not know the names 'aspirin' and 'xyz', or do not cover them."),
    ],
)
def test_status_never_takes_a_name_that_we_do_not_know_for_a_mistake_only(unknown, sentence):
    status = page(spotted=Spotted(unknown=unknown))["status"]

    assert status == f"{sentence} Check the spelling, or tick below."


def test_brand_of_one_country_is_named_with_its_medicine():
    answer = result(cell(), brands=[{"name": "Norvasc", "country": "US", "medicine": "amlodipine"}])

    assert page(["amlodipine"], ["headache"], answer)["notes"] == [
        (
            "Norvasc (US brand) is amlodipine. In other countries the same name can mean another medicine.",
            "",
            "",
        )
    ]


def test_medicine_that_is_taken_for_another_is_never_swapped_for_it():
    spotted = Spotted(related=[("noramlo", "amlodipine")])

    assert page(spotted=spotted)["notes"] == [
        (
            "Noramlo is a different medicine that we do not cover.",
            "/medicines/amlodipine/#names",
            "See the note on amlodipine",
        )
    ]


def test_similar_names_are_offered_as_links():
    entries = [
        SearchEntry(kind="drug", slug="amlodipine", title="amlodipine", summary="A tablet."),
        SearchEntry(kind="effect", slug="dry-mouth", title="Dry mouth", summary="It is dry."),
    ]

    assert page(["sertraline"], words="xyz", similar=entries)["similar"] == [
        ("/check/?medicine=sertraline&medicine=amlodipine", "amlodipine (a tablet)"),
        ("/check/?medicine=sertraline&symptom=dry-mouth", "dry mouth"),
    ]


def test_figures_of_one_symptom_share_a_denominator():
    answer = result(cell(), cell("sertraline", headline=RARE), cell(symptom="dry-mouth"))

    rows = page(["amlodipine", "sertraline"], ["headache", "dry-mouth"], answer)["grid"]["rows"]

    assert [shown["text"] for row in rows for shown in row["cells"]] == [
        "100 to 1,000 in every 10,000 people",
        "1 to 10 in every 100 people",
        "1 to 10 in every 10,000 people",
    ]


def test_dummy_tablet_is_counted_in_the_same_number_of_people():
    answer = result(cell(placebo=0.6), cell("sertraline", headline=RARE))

    rows = page(["amlodipine", "sertraline"], ["headache"], answer)["grid"]["rows"]

    assert rows[0]["cells"][0]["note"] == "On a dummy tablet: 60 in every 10,000."


def test_dummy_tablet_that_nobody_was_counted_on_is_not_nobody():
    rows = page(["amlodipine"], ["headache"], result(cell(placebo=0)))["grid"]["rows"]

    assert rows[0]["cells"][0]["note"] == "On a dummy tablet: fewer than 1 in every 100."


def test_what_a_number_leaves_out_stands_beside_it():
    answer = result(cell(headline=COMMON | {"more": 60}))

    rows = page(["amlodipine"], ["headache"], answer)["grid"]["rows"]

    assert rows[0]["cells"][0]["note"] == "Some studies found more: up to 60 in every 100."


def test_not_listed_says_in_how_many_sources_we_looked():
    sources = {f"s{n}": {"publisher": f"Agency {n}"} for n in (1, 2)}
    answer = result(not_listed(), looked_in={"amlodipine": ["s1", "s2"]}, sources=sources)

    shown = page(["amlodipine"], ["headache"], answer)

    (grid_cell,) = shown["grid"]["rows"][0]["cells"]
    assert grid_cell["note"] == "We looked in 2 sources."
    assert grid_cell["href"] == "/medicines/amlodipine/#sources"
    assert shown["looked_in"][0]["publishers"] == "Agency 1 and Agency 2"


def test_not_covered_says_what_we_have_no_page_about():
    answer = result(not_listed("foo-bar") | {"state": "not_covered", "url": ""})

    row = page(["foo-bar"], ["headache"], answer)["grid"]["rows"][0]

    assert (row["name"], row["href"]) == ("Foo bar", "")
    assert row["cells"][0]["note"].startswith("We do not cover foo bar.")


def test_each_choice_can_be_taken_away_by_a_link():
    chips = page(["amlodipine"], ["headache", "dry-mouth"], band="rare")["chips"]

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

    groups = page([], ["headache"], result(cell(), facets=facets))["filters"]

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

    assert page(["amlodipine"], ["headache"], result(cell(), facets=facets))["filters"] == []


def test_medicines_alone_are_a_list_of_what_they_share():
    rows = page(["amlodipine", "sertraline"], [], result(cell(), cell("sertraline")))["list"]

    assert [(row["name"], [medicine["name"] for medicine in row["medicines"]]) for row in rows] == [
        ("Headache", ["Amlodipine", "Sertraline"])
    ]


def test_address_leaves_out_what_is_not_asked():
    assert address(Question()) == "/check/"
    assert address(Question(["a"], ["b", "c"], serious=True)) == "/check/?medicine=a&symptom=b&symptom=c&serious=1"
