import pytest

from articles.models import ListedEffect
from articles.presenters.help import (
    help_for_effect,
    help_for_pair,
    help_signs,
    is_itself_urgent,
    sign_item,
    urgency_words,
)

Urgency = ListedEffect.Urgency
ACHE = {"slug": "ache", "red_flags": []}


def rule(level="today", *, signs=("new pain",), **fields):
    rows = [{"key": f"s{number}", "text": text} for number, text in enumerate(signs)]
    return {"slug": "rule", "level": level, "signs": rows, "do": "Call a doctor today.", "why": "It can harm."} | fields


def pair_help(*, rules=(), effect=ACHE, level=Urgency.ASK, **listing):
    return help_for_pair("testamol", {"key": "ache"} | listing, effect, list(rules), level)


def items(found):
    return {box["level"]: box["items"] for box in found["boxes"]}


# The chip


def test_emergency_of_a_sign_is_not_claimed_of_the_symptom():
    listing = {"when_to_get_help": "sudden numbness on one side: ambulance"}

    words = urgency_words(Urgency.EMERGENCY, listing["when_to_get_help"], listing)

    assert words == {
        "level": "emergency",
        "words": "Know the emergency signs",
        "note": "Emergency signs: sudden numbness on one side.",
    }


def test_emergency_by_a_rule_keeps_the_chips_own_words_and_the_reason():
    words = urgency_words(Urgency.EMERGENCY, "May be a heart attack.", {"when_to_get_help": "chest pain: ambulance"})

    assert words == {"level": "emergency", "words": "", "note": "May be a heart attack."}


@pytest.mark.parametrize(
    ("level", "help_text", "note"),
    [
        (
            Urgency.TODAY,
            "painful or swollen tendon: stop, rest it and call",
            "Call today for: painful or swollen tendon.",
        ),
        (Urgency.SOON, "worse heartburn", "Get help for: worse heartburn."),
        (Urgency.SOON, "tests may be arranged", "Tests may be arranged."),
        (Urgency.TODAY, "do not drive", "Do not drive."),
        (Urgency.ASK, "", ""),
    ],
)
def test_note_says_what_to_look_for(level, help_text, note):
    assert urgency_words(level, help_text, {"when_to_get_help": help_text})["note"] == note


@pytest.mark.parametrize(
    ("level", "reason", "listing", "expected"),
    [
        (Urgency.EMERGENCY, "why", {}, True),
        (Urgency.EMERGENCY, "a sign: ambulance", {"when_to_get_help": "a sign: ambulance"}, False),
        (Urgency.TODAY, "", {"serious": True}, True),
        (Urgency.TODAY, "new pain", {"serious": True, "when_to_get_help": "new pain"}, True),
        (Urgency.SOON, "", {"serious": True}, False),
    ],
)
def test_symptom_is_urgent_itself_or_only_its_signs_are(level, reason, listing, expected):
    assert is_itself_urgent(level, reason, listing) is expected


# Signs


@pytest.mark.parametrize(
    ("help_text", "signs", "action"),
    [
        ("painful tendon: stop, rest it and call", "painful tendon", "stop, rest it and call"),
        ("stop and go to hospital: vomiting, cramps", "vomiting, cramps", "stop and go to hospital"),
        ("worse heartburn", "worse heartburn", ""),
        ("call an ambulance", "", "call an ambulance"),
        ("blood pressure may need checking", "", "blood pressure may need checking"),
        ("", "", ""),
    ],
)
def test_help_text_parts_into_what_to_look_for_and_what_to_do(help_text, signs, action):
    assert help_signs(help_text) == (signs, action)


@pytest.mark.parametrize(
    ("sign", "item"),
    [
        ("sudden breathlessness", "have sudden breathlessness"),
        ("with chest pain, fainting", "have it with chest pain, fainting"),
        ("cannot keep fluids down", "cannot keep fluids down"),
        ("unable to speak in sentences", "are unable to speak in sentences"),
        ("hard to wake", "are hard to wake"),
        ("worse straight after an inhaler", "get worse straight after an inhaler"),
        ("head injury", "have a head injury"),
        ("severe pain: call an ambulance", "have severe pain"),
        ("any new movement: contact the prescriber", "have any new movement: contact the prescriber"),
        ("pain for 1-2 days", "have pain for 1 to 2 days"),
    ],
)
def test_sign_reads_on_from_the_heading_of_its_box(sign, item):
    assert sign_item(sign) == item


# A pair


def test_emergency_signs_of_the_effect_stand_in_the_emergency_box_and_others_in_today():
    effect = ACHE | {"red_flags": [{"key": "a", "text": "with chest pain"}, {"key": "b", "text": "a new lump"}]}

    found = items(pair_help(effect=effect))

    assert found == {"emergency": ["have it with chest pain"], "today": ["you have a new lump"]}


@pytest.mark.parametrize(
    "sign",
    [
        "chest pain",
        "sudden weakness of one side of the face",
        "trouble breathing",
        "swelling of tongue or throat",
        "any fit",
        "black tarry stools",
        "thoughts of self-harm",
        "sudden slurring with arm weakness",
        "severe pain high in the belly through to the back",
        "blisters or peeling skin",
        "hard to wake",
    ],
)
def test_sign_that_an_emergency_rule_describes_is_an_emergency(sign):
    assert list(items(pair_help(effect=ACHE | {"red_flags": [{"key": "a", "text": sign}]}))) == ["emergency"]


@pytest.mark.parametrize(
    "sign", ["blistering after sun exposure", "cramps with dark urine", "fever or sore throat", "confusion"]
)
def test_other_sign_is_for_today(sign):
    assert list(items(pair_help(effect=ACHE | {"red_flags": [{"key": "a", "text": sign}]}))) == ["today"]


def test_help_text_of_a_soon_pair_goes_up_when_it_names_an_emergency_sign():
    found = items(pair_help(level=Urgency.SOON, when_to_get_help="swelling with chest pain, or a sore leg"))

    assert found == {"emergency": ["have swelling with chest pain"], "soon": ["you have a sore leg"]}


def test_help_text_never_stands_below_the_same_sign_of_the_effect():
    effect = ACHE | {"red_flags": [{"key": "a", "text": "cramps with dark urine and weakness"}]}

    found = items(
        pair_help(effect=effect, level=Urgency.SOON, when_to_get_help="severe cramps with weakness or dark urine")
    )

    assert found == {"today": ["you have severe cramps with weakness or dark urine"]}


def test_rule_that_names_the_pair_gives_its_signs_its_advice_and_its_sources():
    found = pair_help(rules=[rule(drugs=["testamol"], effects=["ache"], sources=["a-source"])], level=Urgency.TODAY)

    assert items(found) == {"today": ["you have new pain"]}
    assert found["advice"] == ["Call a doctor today. It can harm."]
    assert found["sources"] == ["a-source"]


def test_signs_of_one_illness_are_said_together():
    together = rule(
        "emergency", signs=("shaking", "diarrhoea", "fever"), any_medicine=True, effects=["ache"], together_count=3
    )

    assert items(pair_help(rules=[together])) == {
        "emergency": ["have several of these at once: shaking; diarrhoea; fever"]
    }


def test_rule_that_needs_another_symptom_stands_apart_from_the_boxes():
    found = pair_help(rules=[rule(drugs=["testamol"], effects_together=["ache", "breathless"])])

    assert found["boxes"] == []
    assert found["together"] == [{"level": "today", "signs": ["New pain"], "do": "Call a doctor today. It can harm."}]


def test_rule_about_other_medicines_is_silent():
    found = pair_help(
        rules=[rule(drugs=["other"], effects=["ache"]), rule(drugs=["other"], effects_together=["ache", "b"])]
    )

    assert (found["boxes"], found["advice"], found["together"]) == ([], [], [])


@pytest.mark.parametrize(
    ("do", "waits"),
    [
        ("Call a doctor today, before the next dose.", True),
        ("Stop taking it and contact a doctor today.", True),
        ("Call an ambulance now and do not take another dose.", True),
        ("Call an ambulance; take no more until advised.", True),
        ("Call an ambulance; take no more ibuprofen-like tablets.", False),
        ("Call an ambulance if fainted; do not stop the tablet by yourself.", False),
        ("Tell the prescriber today; do not stop suddenly by yourself.", False),
        ("Tell the prescriber today; stopping it early matters.", False),
        ("Call a doctor today and take no anti-diarrhoea tablet first.", False),
    ],
)
def test_next_dose_waits_only_where_a_rule_says_so(do, waits):
    assert bool(pair_help(rules=[rule(drugs=["testamol"], effects=["ache"], do=do)])["first"]) is waits


def test_next_dose_waits_where_the_help_text_says_stop():
    found = pair_help(when_to_get_help="painful tendon: stop, rest it and call", level=Urgency.TODAY)

    assert found["first"] == "Painful tendon: stop, rest it and call."


def test_rule_that_needs_another_symptom_does_not_hold_back_the_dose():
    waiting = rule(drugs=["testamol"], effects_together=["ache", "b"], do="Call a doctor today, before the next dose.")

    assert pair_help(rules=[waiting])["first"] == ""


# An effect


def test_effect_alone_shows_only_rules_for_everybody():
    rules = [rule("emergency", any_medicine=True, effects=["ache"]), rule(drugs=["testamol"], effects=["ache"])]

    found = help_for_effect(ACHE, rules)

    assert items(found) == {"emergency": ["have new pain"]}
    assert found["advice"] == ["Call a doctor today. It can harm."]
