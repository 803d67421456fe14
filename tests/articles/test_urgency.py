import pytest

from articles.models import ListedEffect
from articles.urgency import holds_with, matching_rules, names_pair, urgency_of

Urgency = ListedEffect.Urgency


def rule(slug="test-rule", *, level="emergency", **fields):
    return {"kind": "red-flag", "slug": slug, "level": level, "do": "Call.", "why": f"Because of {slug}."} | fields


CHEST_PAIN = rule("chest-pain", any_medicine=True, effects=["chest-pain"])
LOW_SODIUM = rule("low-sodium", level="today", drugs=["amitriptyline"], effects=["muscle-cramps"])
TOGETHER = rule("heart", level="today", drugs=["amlodipine"], effects_together=["ankle-swelling", "breathless"])


# One pair


def test_emergency_rule_that_names_the_pair_is_an_emergency_with_its_reason():
    listing = {"key": "chest-pain"}

    assert urgency_of("amlodipine", listing, [CHEST_PAIN]) == (Urgency.EMERGENCY, "Because of chest-pain.")


def test_same_symptom_is_urgent_with_one_medicine_and_not_with_another():
    listing = {"key": "muscle-cramps", "what_helps": "stretch"}

    assert urgency_of("amitriptyline", listing, [LOW_SODIUM])[0] == Urgency.TODAY
    assert urgency_of("amlodipine", listing, [LOW_SODIUM])[0] == Urgency.SELF_CARE


def test_emergency_rule_goes_before_a_rule_for_today_that_stands_first():
    today = rule("first", level="today", any_medicine=True, effects=["chest-pain"])

    assert urgency_of("amlodipine", {"key": "chest-pain"}, [today, CHEST_PAIN])[0] == Urgency.EMERGENCY


@pytest.mark.parametrize(
    "help_text",
    [
        "sudden numbness on one side: ambulance",
        "high fever with stiff muscles: emergency",
        "stop and go to hospital: vomiting, cramps",
        "Call an AMBULANCE",
    ],
)
def test_help_text_that_sends_to_emergency_care_is_an_emergency_with_the_text_as_reason(help_text):
    listing = {"key": "numbness-tingling", "when_to_get_help": help_text}

    assert urgency_of("amitriptyline", listing, []) == (Urgency.EMERGENCY, help_text)


@pytest.mark.parametrize("help_text", ["contact a doctor or urgent-care line", "weakness: urgent care", "urgent help"])
def test_urgent_care_is_not_an_ambulance(help_text):
    assert urgency_of("amitriptyline", {"key": "palpitations", "when_to_get_help": help_text}, [])[0] == Urgency.SOON


def test_emergency_help_text_goes_before_a_rule_for_today():
    listing = {"key": "muscle-cramps", "when_to_get_help": "a fit: ambulance"}

    assert urgency_of("amitriptyline", listing, [LOW_SODIUM])[0] == Urgency.EMERGENCY


def test_serious_entry_is_for_today_even_without_help_text():
    assert urgency_of("amlodipine", {"key": "fainting", "serious": True}, []) == (Urgency.TODAY, "")


def test_serious_entry_gives_its_help_text_as_reason():
    listing = {"key": "thigh-fracture", "serious": True, "when_to_get_help": "new thigh pain"}

    assert urgency_of("alendronate", listing, []) == (Urgency.TODAY, "new thigh pain")


def test_help_text_alone_is_soon():
    listing = {"key": "muscle-cramps", "when_to_get_help": "severe cramps", "what_helps": "stretch"}

    assert urgency_of("amlodipine", listing, []) == (Urgency.SOON, "severe cramps")


def test_what_helps_alone_is_self_care_and_nothing_is_ask():
    assert urgency_of("amlodipine", {"key": "dizziness", "what_helps": "get up slowly"}, []) == (Urgency.SELF_CARE, "")
    assert urgency_of("amlodipine", {"key": "dizziness"}, []) == (Urgency.ASK, "")


def test_rule_that_needs_several_symptoms_does_not_make_one_of_them_urgent():
    assert urgency_of("amlodipine", {"key": "ankle-swelling"}, [TOGETHER])[0] == Urgency.ASK


# Rules


def test_rule_for_any_medicine_holds_without_medicines():
    assert holds_with(CHEST_PAIN, [])
    assert not holds_with(LOW_SODIUM, [])


def test_rule_for_one_medicine_names_only_its_pairs():
    assert names_pair(LOW_SODIUM, "amitriptyline", "muscle-cramps")
    assert not names_pair(LOW_SODIUM, "amlodipine", "muscle-cramps")
    assert not names_pair(LOW_SODIUM, "amitriptyline", "headache")


@pytest.mark.parametrize(
    ("felt", "met"),
    [
        (["ankle-swelling"], False),
        (["ankle-swelling", "breathless"], True),
        (["ankle-swelling", "ankle-swelling"], False),
        (["ankle-swelling", "headache"], False),
    ],
)
def test_two_different_symptoms_of_a_rule_meet_it(felt, met):
    assert bool(matching_rules([TOGETHER], ["amlodipine"], felt)) is met


def test_rule_says_how_many_symptoms_it_needs():
    three = rule(any_medicine=True, effects_together=["a", "b", "c", "d"], together_count=3)

    assert matching_rules([three], [], ["a", "b"]) == []
    assert matching_rules([three], [], ["a", "b", "d"]) == [three]


def test_rule_does_not_hold_with_other_medicines():
    assert matching_rules([TOGETHER], ["metformin"], ["ankle-swelling", "breathless"]) == []


def test_one_symptom_that_alone_meets_the_rule_is_enough():
    mixed = rule(any_medicine=True, effects=["a"], effects_together=["b", "c"])

    assert matching_rules([mixed], [], ["a"]) == [mixed]
    assert matching_rules([mixed], [], ["b"]) == []


def test_rule_without_symptoms_is_never_met():
    assert matching_rules([rule(any_medicine=True)], ["amlodipine"], ["ankle-swelling"]) == []


def test_met_emergencies_come_first():
    rules = [LOW_SODIUM | {"any_medicine": True}, CHEST_PAIN]

    met = matching_rules(rules, ["amitriptyline"], ["muscle-cramps", "chest-pain"])

    assert [rule["slug"] for rule in met] == ["chest-pain", "low-sodium"]
