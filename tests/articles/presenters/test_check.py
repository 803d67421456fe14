"""The check's answer in words."""

import pytest

from articles.check import Names, Question
from articles.presenters.check import address, check_page

KNOWN = Names(
    medicines={"amlodipine": "amlodipine", "sertraline": "sertraline"},
    symptoms={
        "headache": "Headache",
        "dry-mouth": "Dry mouth",
        "swelling": "Swelling of the face, lips or tongue",
        "longest": "Restless legs getting worse earlier on treatment",
    },
    classes={"amlodipine": ("blockers", "Calcium-channel blockers"), "sertraline": ("ssris", "SSRIs")},
    areas={"headache": "head", "dry-mouth": "mouth and teeth", "swelling": "face and throat"},
    listed_by={"headache": 2},
)
COMMON = {"per": 100, "low": 1, "high": 10, "open": False, "placebo": None, "percent": [1, 10]}
RARE = {"per": 10_000, "low": 1, "high": 10, "open": False, "placebo": None, "percent": [0.01, 0.1]}


def cell(medicine="amlodipine", symptom="headache", **fields):
    return {
        "medicine": medicine,
        "symptom": symptom,
        "state": "listed",
        "urgency": "ask",
        "reason": "",
        "help_text": "",
        "placebo": None,
        "headline": COMMON,
        "url": f"/medicines/{medicine}/{symptom}/",
    } | fields


def not_listed(medicine="amlodipine", symptom="headache"):
    return {
        "medicine": medicine,
        "symptom": symptom,
        "state": "not_listed",
        "urgency": "",
        "headline": None,
        "url": f"/medicines/{medicine}/",
    }


def result(*cells, **fields):
    return {
        "covers": 36,
        "alerts": [],
        "cells": list(cells),
        "ranking": [
            {"medicine": slug, "matches": 1} for slug in dict.fromkeys(c["medicine"] for c in cells if c["headline"])
        ],
        "facets": {},
        "pages": 1,
        "page": 1,
        "looked_in": {},
        "sources": {},
        "stop": {},
        "warning_signs": {},
    } | fields


def alert(level="emergency", **fields):
    rule = {"rule": "pain", "level": level, "signs": ["pain in the chest"], "together": 2, "sources": []}
    return rule | {"do": "Call an ambulance now; rest", "why": "May be a heart attack."} | fields


def page(medicines=(), symptoms=(), answer=None, **question):
    return check_page(Question(list(medicines), list(symptoms), **question), KNOWN, answer or result())


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


def test_status_says_what_typed_words_were_not_known():
    assert "We know no medicine or symptom called 'xyz'." in page(words="xyz")["status"]


def test_warnings_of_one_level_are_one_box():
    alerts = [alert(), alert(rule="other", signs=["fainting"]), alert("today", signs=["a rash"])]

    boxes = page([], ["headache"], result(alerts=alerts))["boxes"]

    assert [(box["level"], box["items"]) for box in boxes] == [
        ("emergency", ["have pain in the chest", "have fainting"]),
        ("today", ["you have a rash"]),
    ]
    assert boxes[0]["advice"] == ["Call an ambulance now. Rest. May be a heart attack."]


def test_signs_of_one_illness_stand_together():
    alerts = [alert(together=3, signs=["diarrhoea", "fever", "shaking"])]

    boxes = page([], ["headache"], result(alerts=alerts))["boxes"]

    assert boxes[0]["items"] == ["have several of these at once: diarrhoea; fever; shaking"]


def test_other_warning_signs_of_a_level_already_shown_are_no_second_box():
    answer = result(alerts=[alert()], warning_signs={"headache": ["sudden worst-ever headache", "a stiff neck"]})

    later = page([], ["headache"], answer)["later"]

    assert [(box["level"], box["also"]) for box in later] == [("emergency", True), ("today", False)]


def test_rule_that_holds_back_the_next_dose_replaces_do_not_stop():
    answer = result(alerts=[alert(do="Call an ambulance now and do not take another dose.")])

    assert page(["amlodipine"], ["swelling"], answer)["help_first"].startswith("Call an ambulance now")
    assert page(["amlodipine"], ["swelling"], result(alerts=[alert()]))["help_first"] == ""


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
    assert row["cells"][0]["note"].startswith("We have no page about foo bar.")


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
