"""What the check says of getting help and of the next dose."""

import pytest

from articles.presenters.check_help import help_parts, pharmacist_questions

from .check_rows import alert, cell, found, known, signs

THEY_WILL_TELL = "Say what you take. They will tell you about the next dose."


def said(medicines=(), symptoms=(), *cells, flags=None, stops=None, **fields):
    return help_parts(found(medicines, symptoms, *cells, **fields), known(flags=flags or {}, stops=stops or {}))


def test_warnings_of_one_level_are_one_box():
    alerts = [alert(), alert(rule="other", signs=signs("a fit")), alert("today", signs=signs("a rash"))]

    boxes = said([], ["headache"], rules=alerts)["boxes"]

    assert [(box["level"], box["items"]) for box in boxes] == [
        ("emergency", ["have pain in the chest", "have a fit"]),
        ("today", ["you have a rash"]),
    ]
    assert boxes[0]["advice"] == ["Call an ambulance now. Rest. May be a heart attack.", THEY_WILL_TELL]


def test_signs_of_one_illness_stand_together_and_are_never_joined_with_or():
    alerts = [alert(several=True, signs=signs("diarrhoea", "fever", "shaking", together=True))]

    boxes = said([], ["headache"], rules=alerts)["boxes"]

    assert boxes[0]["items"] == ["have some of these together: diarrhoea; fever; shaking"]


def test_what_cannot_wait_for_the_call_stands_first_and_once():
    do = "Take something sugary now; call an ambulance if drowsy"
    alerts = [alert("today", signs=signs("shaking"), do=do, why="Sugar may be low.")]

    (box,) = said([], ["headache"], rules=alerts)["boxes"]

    assert box["start"] == "Take something sugary now."
    assert box["advice"] == ["Call an ambulance if drowsy. Sugar may be low."]


def test_symptom_that_is_enough_alone_is_named_before_signs_that_belong_together():
    alerts = [alert(several=True, by=["headache"], signs=signs("fever", "shaking", together=True))]

    boxes = said([], ["headache"], rules=alerts)["boxes"]

    assert boxes[0]["items"] == ["have headache", "have some of these together: fever; shaking"]


def test_sign_of_an_emergency_never_stands_in_the_box_for_today():
    alerts = [alert("today", several=True, by=["swelling"], signs=signs("chest pain", "fever", together=True))]

    boxes = said([], ["swelling"], rules=alerts)["boxes"]

    assert [(box["level"], len(box["items"])) for box in boxes] == [("emergency", 1), ("today", 1)]
    assert boxes[0]["items"] == ["have chest pain"]
    assert "swelling" not in boxes[1]["items"][0]


def test_other_warning_signs_of_a_level_already_shown_are_no_second_box():

    later = said([], ["headache"], rules=[alert()], flags={"headache": ["sudden worst-ever headache", "a stiff neck"]})[
        "later"
    ]

    assert [(box["level"], box["also"]) for box in later] == [("emergency", True), ("today", False)]


def test_warning_sign_says_of_what_it_is_one():

    items = [
        item
        for box in said(
            [],
            ["headache", "dry-mouth"],
            flags={"headache": ["with fever and a stiff neck"], "dry-mouth": ["no tears"]},
        )["later"]
        for item in box["items"]
    ]

    assert "have headache with fever and a stiff neck" in " ".join(items)
    assert "you have no tears (with dry mouth)" in items


def test_rule_that_lacks_a_sign_is_told_as_signs_that_come_together():
    touched = [alert("today", do="Call a doctor today, before the next dose", signs=signs("fever", "dark urine"))]

    (together,) = said(["amlodipine"], ["headache"], touched=touched)["together"]

    assert (together["level"], together["signs"]) == ("today", ["Fever", "Dark urine"])
    assert together["do"].startswith("Call a doctor today, before the next dose.")


def test_rule_that_lacks_a_sign_never_holds_back_a_dose_of_its_own():
    touched = [alert(do="Call an ambulance now and do not take another dose", signs=signs("shaky", "hungry"))]

    (together,) = said(["amlodipine"], ["headache"], touched=touched)["together"]

    assert together["do"].startswith(
        "Call an ambulance now. Say what you take. They will tell you about the next dose."
    )


def test_sign_that_is_an_emergency_by_itself_never_waits_for_another():
    touched = [
        alert(signs=signs("sudden trouble speaking", "shaky", "hungry")),
        alert(signs=signs("coughing up blood")),
    ]

    parts = said(["amlodipine"], ["headache"], touched=touched)

    assert [rule["signs"] for rule in parts["together"]] == [["Shaky", "Hungry"]]
    (box,) = parts["later"]
    assert box["level"] == "emergency"
    assert len(box["items"]) == 2


def test_emergency_that_only_this_medicine_s_source_names_stands_at_the_top():
    text = "use another inhaler and get help at once"

    (box,) = said(
        ["amlodipine"],
        ["headache"],
        cell(urgency="emergency", reason=text, help_text=text),
        flags={"headache": ["a fit"]},
    )["boxes"]

    assert (box["level"], box["items"]) == ("emergency", [f"have headache: {text}", "have a fit"])


def test_emergency_sign_that_this_medicine_s_source_names_is_no_warning_about_the_symptom_itself():
    text = "sudden headache on one side: ambulance"

    parts = said(
        ["amlodipine"],
        ["headache"],
        cell(urgency="emergency", reason=text, help_text=text),
        stops={"amlodipine": "it can rise"},
    )

    assert parts["boxes"] == []
    assert parts["later"] == [{"level": "emergency", "items": ["have sudden headache on one side"], "also": False}]
    assert parts["stop"]["drugs"]


# The next dose


def test_do_not_stop_stands_only_where_a_source_warns_of_stopping():

    stop = said(
        ["amlodipine"], ["headache"], cell(), stops={"amlodipine": "blood pressure can rise; angina can come back"}
    )["stop"]

    assert stop["title"] == "Do not stop a medicine on your own"
    assert stop["drugs"] == [("/medicines/amlodipine/", "Amlodipine", "Blood pressure can rise. Angina can come back.")]


@pytest.mark.parametrize("medicines", [["sertraline"], []])
def test_elsewhere_it_is_ask_before_you_stop(medicines):
    assert said(medicines, ["headache"], cell("sertraline"))["stop"]["title"] == "Ask before you stop"


def test_allergic_reaction_is_never_told_to_go_on():

    stop = said(["amlodipine"], ["swelling-face-angioedema"], cell(), stops={"amlodipine": "blood pressure can rise"})[
        "stop"
    ]

    assert (stop["title"], stop["drugs"]) == ("Ask before your next dose", [])


def test_emergency_says_that_they_will_tell_and_not_to_go_on():

    parts = said(["amlodipine"], ["headache"], cell(), rules=[alert()], stops={"amlodipine": "blood pressure can rise"})

    assert parts["stop"] is None
    assert parts["boxes"][0]["advice"][-1] == THEY_WILL_TELL


def test_emergency_to_take_no_more_is_told_once_and_in_its_own_box():

    parts = said(["amlodipine"], ["headache"], rules=[alert(do="Call an ambulance now and do not take another dose")])

    assert (parts["stop"], parts["first"]) == (None, "")
    assert [box["advice"] for box in parts["boxes"]] == [
        ["Call an ambulance now and do not take another dose. May be a heart attack."]
    ]


def test_rule_for_today_that_holds_back_the_next_dose_replaces_do_not_stop():

    parts = said(
        ["amlodipine"],
        ["headache"],
        rules=[alert("today", do="Stop and call a doctor today")],
        stops={"amlodipine": "it can rise"},
    )

    assert parts["first"].startswith("Stop and call a doctor today.")
    assert parts["stop"] is None
    assert parts["boxes"][0]["advice"] == []


def test_ibuprofen_is_one_of_the_ibuprofen_like_tablets():

    assert said(["ibuprofen"], ["headache"], rules=[alert("today", do="Take no more ibuprofen-like tablets")])["first"]
    assert not said(["amlodipine"], ["headache"], rules=[alert("today", do="Take no more ibuprofen-like tablets")])[
        "first"
    ]


# The crisis, and what to ask


def test_crisis_lines_stand_in_the_box_on_suicidal_thoughts():

    parts = said([], ["headache"], rules=[alert(rule="suicidal-thoughts")])

    assert [line["tel"] for line in parts["boxes"][0]["crisis"]] == ["988"]
    assert parts["crisis"] == []


def test_crisis_lines_stand_below_where_the_rule_is_only_touched():
    parts = said([], ["headache"], touched=[alert(rule="suicidal-thoughts")])

    assert [line["tel"] for line in parts["crisis"]] == ["988"]


def test_other_emergencies_have_no_crisis_lines():
    assert said([], ["headache"], rules=[alert()])["boxes"][0]["crisis"] == []


def test_three_neutral_questions_are_offered_and_none_advises_to_stop_or_swap():
    questions = pharmacist_questions(found(["amlodipine", "sertraline"], ["headache"]), known())

    assert (
        questions[0]
        == "Could amlodipine or sertraline be the reason for my headache, or is something else more likely?"
    )
    assert len(questions) == 3
    assert not any(word in " ".join(questions) for word in ("stop", "swap", "instead"))
