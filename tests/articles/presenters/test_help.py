import pytest

from articles.models import ListedEffect
from articles.presenters.help import help_for_effect, help_for_pair, is_itself_urgent, urgency_words

Urgency = ListedEffect.Urgency
ACHE = {"slug": "ache", "red_flags": []}


def rule(level="today", *, signs=("new pain",), alone=(), together=(), **fields):
    """A rule whose first sign is `alone` or, with another one, `together`."""
    rows = [{"key": f"s{number}", "text": text} for number, text in enumerate(signs)]
    rows[0] |= {"effects": list(alone), "effects_together": list(together)}
    words = {"do": "Call a doctor today.", "why": "It can harm.", "together_count": 2}
    return {"slug": "rule", "level": level, "signs": rows} | words | fields


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

    assert found == {
        "today": ["you have severe cramps with weakness or dark urine", "you have cramps with dark urine and weakness"]
    }


def test_rule_that_names_the_pair_gives_its_signs_its_advice_and_its_sources():
    found = pair_help(rules=[rule(drugs=["testamol"], alone=["ache"], sources=["a-source"])], level=Urgency.TODAY)

    assert items(found) == {"today": ["you have new pain"]}
    assert found["advice"] == ["Call a doctor today. It can harm."]
    assert found["sources"] == ["a-source"]


def test_signs_of_one_illness_are_said_together():
    together = rule("emergency", signs=("shaking", "diarrhoea", "fever"), any_medicine=True, alone=["ache"])
    together["signs"][0]["effects_together"] = ["tremor"]

    assert items(pair_help(rules=[together])) == {
        "emergency": ["have some of these together: shaking; diarrhoea; fever"]
    }


def test_rule_that_needs_another_symptom_stands_apart_from_the_boxes():
    found = pair_help(rules=[rule(signs=("new pain", "dark pee"), drugs=["testamol"], together=["ache"])])

    assert found["boxes"] == []
    assert found["together"] == [
        {"level": "today", "signs": ["New pain", "Dark pee"], "do": "Call a doctor today. It can harm.", "waits": False}
    ]


def test_one_sign_that_is_left_over_is_no_illness():
    assert pair_help(rules=[rule(drugs=["testamol"], together=["ache"])])["together"] == []


def test_rule_about_other_medicines_is_silent():
    found = pair_help(rules=[rule(drugs=["other"], alone=["ache"]), rule(drugs=["other"], together=["ache"])])

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
    assert bool(pair_help(rules=[rule(drugs=["testamol"], alone=["ache"], do=do)])["first"]) is waits


def test_next_dose_waits_where_the_help_text_says_stop():
    found = pair_help(when_to_get_help="painful tendon: stop, rest it and call", level=Urgency.TODAY)

    assert found["first"] == {"title": "", "text": "Painful tendon: stop, rest it and call."}


def test_rule_that_needs_another_symptom_does_not_hold_back_the_dose():
    waiting = rule(drugs=["testamol"], together=["ache"], do="Call a doctor today, before the next dose.")

    assert pair_help(rules=[waiting])["first"] is None


# An effect


def test_effect_alone_shows_only_rules_for_everybody():
    rules = [rule("emergency", any_medicine=True, alone=["ache"]), rule(drugs=["testamol"], alone=["ache"])]

    found = help_for_effect(ACHE, rules)

    assert items(found) == {"emergency": ["have new pain"]}
    assert found["advice"] == ["Call a doctor today. It can harm."]


# What is said once, and what is never said together


def test_short_sign_stays_and_the_one_that_asks_more_goes():
    flags = ["pain at night", "pain", "pain, or a lump at night"]
    effect = ACHE | {"red_flags": [{"key": f"f{n}", "text": text} for n, text in enumerate(flags)]}

    assert items(pair_help(effect=effect)) == {"today": ["you have pain", "you have pain, or a lump at night"]}


def test_sign_for_today_is_not_lost_because_an_emergency_asks_more():
    texts = ["great thirst", "great thirst with collapse"]
    effect = ACHE | {"red_flags": [{"key": f"f{n}", "text": text} for n, text in enumerate(texts)]}

    assert items(pair_help(effect=effect)) == {
        "emergency": ["have great thirst with collapse"],
        "today": ["you have great thirst"],
    }


def test_emergency_sign_in_a_rule_for_today_goes_up():
    sugar = rule(signs=("shaky, sweaty", "trouble speaking", "hungry"), together=["ache"], drugs=["testamol"])

    found = pair_help(rules=[sugar])

    assert items(found) == {"emergency": ["have trouble speaking"]}
    assert found["together"][0]["signs"] == ["Shaky, sweaty", "Hungry"]


def test_what_helps_at_once_stands_in_the_box():
    sugar = rule(
        alone=["ache"], drugs=["testamol"], do="Take something sugary now and check; call an ambulance if not."
    )

    assert [box["start"] for box in pair_help(rules=[sugar])["boxes"]] == ["Take something sugary now and check."]


def test_rule_that_is_only_touched_leaves_the_dose_to_the_ambulance():
    waiting = rule(
        "emergency",
        signs=("shaky", "hungry"),
        drugs=["testamol"],
        together=["ache"],
        do="Call an ambulance; take no more until advised.",
    )

    assert pair_help(rules=[waiting])["together"][0]["do"] == (
        "Call an ambulance. Say what you take. They will tell you about the next dose. It can harm."
    )


def test_chest_pain_among_milder_signs_is_an_emergency_of_its_own():
    found = pair_help(level=Urgency.TODAY, when_to_get_help="pain or trouble swallowing, chest pain: stop and call")

    assert items(found) == {
        "emergency": ["have chest pain"],
        "today": ["you have pain or trouble swallowing: stop and call"],
    }


def test_reason_in_a_table_is_true_of_the_medicine():
    reason = "Swelling can close the airway; lisinopril and pregabalin are among the medicines that can cause it."

    assert urgency_words(Urgency.EMERGENCY, reason, {}, "testamol")["note"] == "Swelling can close the airway."
    assert "pregabalin" in urgency_words(Urgency.EMERGENCY, reason, {}, "pregabalin")["note"]


def test_sign_that_is_an_emergency_is_never_announced_as_a_call_for_today():
    help_text = "unable to pass urine at all"

    note = urgency_words(Urgency.TODAY, help_text, {"when_to_get_help": help_text})["note"]

    assert note == "Emergency signs: unable to pass urine at all."


def test_sign_in_other_words_stands_no_lower_than_the_effect_s_own():
    clot = ACHE | {"red_flags": [{"key": "r1", "text": "one leg only, hot and painful (possible clot)"}]}

    found = items(pair_help(effect=clot, level=Urgency.SOON, when_to_get_help="one hot painful leg"))

    assert set(found) == {"today"}
