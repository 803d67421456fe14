import pytest

from articles.models import Document, ListedEffect
from articles.urgency import holds_with, matching_rules, names_pair, needs_several, touched_rules, urgency_of

Urgency = ListedEffect.Urgency


def rule(slug="test-rule", *signs, level="emergency", **fields):
    """A red flag whose signs are (effects that alone are the sign, effects that count only with another sign)."""
    rows = [
        {"key": f"s{number}", "text": "a sign", "effects": list(alone), "effects_together": list(together)}
        for number, (alone, together) in enumerate(signs, 1)
    ]
    head = {"kind": "red-flag", "slug": slug, "level": level, "do": "Call.", "why": f"Because of {slug}."}
    return head | {"signs": rows, "together_count": 2} | fields


CHEST_PAIN = rule("chest-pain", (["chest-pain"], []), any_medicine=True)
LOW_SODIUM = rule("low-sodium", (["muscle-cramps"], []), level="today", drugs=["amitriptyline"])
TOGETHER = rule("heart", ([], ["ankle-swelling"]), ([], ["breathless", "wheeze"]), level="today", drugs=["amlodipine"])


# One pair


def test_emergency_rule_that_names_the_pair_is_an_emergency_with_its_reason():
    listing = {"key": "chest-pain"}

    assert urgency_of("amlodipine", listing, [CHEST_PAIN]) == (Urgency.EMERGENCY, "Because of chest-pain.")


def test_same_symptom_is_urgent_with_one_medicine_and_not_with_another():
    listing = {"key": "muscle-cramps", "what_helps": "stretch"}

    assert urgency_of("amitriptyline", listing, [LOW_SODIUM])[0] == Urgency.TODAY
    assert urgency_of("amlodipine", listing, [LOW_SODIUM])[0] == Urgency.SELF_CARE


def test_emergency_rule_goes_before_a_rule_for_today_that_stands_first():
    today = rule("first", (["chest-pain"], []), level="today", any_medicine=True)

    assert urgency_of("amlodipine", {"key": "chest-pain"}, [today, CHEST_PAIN])[0] == Urgency.EMERGENCY


@pytest.mark.parametrize(
    "help_text",
    [
        "sudden numbness on one side: ambulance",
        "high fever with stiff muscles: emergency",
        "stop and go to hospital: vomiting, cramps",
        "Call an AMBULANCE",
        "use another reliever and get help at once",
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


@pytest.mark.parametrize("help_text", ["tests may be arranged", "blood pressure may need checking"])
def test_text_that_says_what_may_be_done_is_no_reason_to_seek_help(help_text):
    assert urgency_of("metformin", {"key": "low-b12", "when_to_get_help": help_text}, [])[0] == Urgency.ASK


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
        (["breathless", "wheeze"], False),
    ],
)
def test_two_different_signs_meet_a_rule_and_two_symptoms_of_one_sign_do_not(felt, met):
    assert bool(matching_rules([TOGETHER], ["amlodipine"], felt)) is met


SIGNS = [([], [name]) for name in "abcd"]


def test_rule_says_how_many_signs_it_needs():
    three = rule("three", *SIGNS, any_medicine=True, together_count=3)

    assert matching_rules([three], [], ["a", "b"]) == []
    assert matching_rules([three], [], ["a", "b", "d"]) == [three]


def test_one_sign_fewer_is_enough_where_two_of_its_medicines_are_mixed():
    mixing = rule("mixing", *SIGNS, drugs=["tramadol", "sertraline"], together_count=3, mixing_matters=True)

    assert matching_rules([mixing], ["tramadol", "amlodipine"], ["a", "b"]) == []
    assert matching_rules([mixing], ["tramadol", "sertraline"], ["a", "b"]) == [mixing]


def test_a_rule_that_is_touched_but_not_met_is_told_apart_from_both():
    assert touched_rules([TOGETHER], ["amlodipine"], ["wheeze"]) == [TOGETHER]
    assert touched_rules([TOGETHER], ["amlodipine"], ["ankle-swelling", "wheeze"]) == []
    assert touched_rules([TOGETHER], ["metformin"], ["wheeze"]) == []
    assert touched_rules([TOGETHER], ["amlodipine"], ["headache"]) == []


def test_signs_that_count_only_together_are_known_so_that_no_page_joins_them_with_or():
    assert needs_several(TOGETHER)
    assert not needs_several(CHEST_PAIN)


def test_rule_does_not_hold_with_other_medicines():
    assert matching_rules([TOGETHER], ["metformin"], ["ankle-swelling", "breathless"]) == []


def test_one_symptom_that_alone_meets_the_rule_is_enough():
    mixed = rule("mixed", (["a"], ["b"]), ([], ["c"]), any_medicine=True)

    assert matching_rules([mixed], [], ["a"]) == [mixed]
    assert matching_rules([mixed], [], ["b"]) == []


def test_rule_without_symptoms_is_never_met():
    assert matching_rules([rule("bare", ([], []), any_medicine=True)], ["amlodipine"], ["ankle-swelling"]) == []


def test_sign_told_in_words_counts_like_one_that_was_ticked():
    told = {"mixed": {"s1": True}}
    mixed = rule("mixed", ([], []), ([], []), any_medicine=True)

    assert matching_rules([mixed], [], [], told) == [mixed]
    assert matching_rules([mixed], [], [], {"mixed": {"s1": False}}) == []
    assert matching_rules([mixed], [], [], {"mixed": {"s1": False, "s2": False}}) == [mixed]


def test_rule_about_some_medicines_holds_in_words_where_no_medicine_is_known():
    some = rule("some", ([], []), drugs=["tramadol"])

    assert matching_rules([some], [], [], {"some": {"s1": True}}, named_none=True) == [some]
    assert matching_rules([some], ["amlodipine"], [], {"some": {"s1": True}}) == []


def test_met_emergencies_come_first():
    rules = [LOW_SODIUM | {"any_medicine": True}, CHEST_PAIN]

    met = matching_rules(rules, ["amitriptyline"], ["muscle-cramps", "chest-pain"])

    assert [rule["slug"] for rule in met] == ["chest-pain", "low-sodium"]


# The shipped rules

UNMAPPED = {
    # What no effect of the vocabulary says: these signs are heard in words alone.
    "black-stools": 1,
    "chest-pain": 2,
    "lung-clot": 1,
    "one-hot-leg": 1,
    "overdose": 1,
    "serotonin-syndrome": 1,
    "sick-day-dehydration": 1,
    "slow-breathing": 1,
    "stroke": 1,
    "unconscious": 2,
    "yellow-skin": 2,
}


@pytest.fixture
def shipped(db):
    rules = list(Document.objects.contents(red_flag=None).values())

    def met(medicines, symptoms):
        return [rule["slug"] for rule in matching_rules(rules, medicines.split(), symptoms.split())]

    met.rules = rules
    return met


def test_every_sign_of_a_shipped_rule_is_mapped_or_left_out_on_purpose(shipped):
    bare = {
        rule["slug"]: missing
        for rule in shipped.rules
        if (missing := sum(not (sign.get("effects") or sign.get("effects_together")) for sign in rule["signs"]))
    }

    assert bare == UNMAPPED


def test_every_sign_of_a_shipped_rule_is_heard_in_words(shipped):
    deaf = [
        (rule["slug"], sign["key"])
        for rule in shipped.rules
        for sign in rule["signs"]
        if not (sign.get("wordings") or sign.get("wordings_together") or sign.get("effects"))
    ]

    assert deaf == []


@pytest.mark.parametrize(
    ("medicines", "symptoms", "expected"),
    [
        ("metformin", "vomiting sleepiness", ["lactic-acidosis"]),
        ("prednisolone", "vomiting sleepiness", ["steroid-crisis"]),
        ("tramadol sertraline", "tremor sweating", ["serotonin-syndrome"]),
        ("gabapentin tramadol", "sleepiness", ["slow-breathing"]),
        ("amlodipine", "ankle-swelling breathless", ["breathless-with-swelling"]),
        ("amitriptyline", "muscle-cramps", ["low-sodium"]),
        ("alendronate", "chest-pain", ["chest-pain", "painful-swallowing"]),
        ("", "speech-problem", ["stroke"]),
        ("", "chest-pain", ["chest-pain"]),
    ],
)
def test_shipped_rules_answer_what_they_must(shipped, medicines, symptoms, expected):
    assert set(expected) <= set(shipped(medicines, symptoms))


def test_fever_and_confusion_on_an_antipsychotic_is_an_emergency_first(shipped):
    assert shipped("quetiapine", "high-temperature confusion")[0] == "fever-stiffness"


@pytest.mark.parametrize(
    ("medicines", "symptoms"),
    [
        ("salbutamol", "breathless wheeze"),
        ("amlodipine", "muscle-cramps"),
        ("amlodipine", "ankle-swelling"),
        ("sertraline", "headache nausea"),
        ("metformin", "diarrhoea nausea"),
        ("quetiapine", "sleepiness dry-mouth"),
        ("sertraline", "tremor sweating"),
        ("", "headache"),
    ],
)
def test_shipped_rules_stay_silent_where_nothing_is_wrong(shipped, medicines, symptoms):
    assert shipped(medicines, symptoms) == []
