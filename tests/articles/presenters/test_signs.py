"""Warning signs: what a help text parts into, which box a sign belongs in, and how it reads there."""

import pytest

from articles.presenters.signs import help_signs, is_emergency_sign, rule_items, separate_signs, sign_item


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
        ("fainting or nearly fainting", "faint or nearly faint"),
        ("shaky, sweaty, hungry", "are shaky, sweaty, hungry"),
        ("dizzy on standing, very thirsty", "are dizzy on standing, very thirsty"),
        (
            "very thirsty, tired or muscle cramps: tell the doctor",
            "have any of these signs: very thirsty, tired or muscle cramps: tell the doctor",
        ),
        ("pain for 1-2 days", "have pain for 1 to 2 days"),
    ],
)
def test_sign_reads_on_from_the_heading_of_its_box(sign, item):
    assert sign_item(sign) == item


@pytest.mark.parametrize(
    "sign",
    [
        "cold clammy skin with confusion",
        "trouble speaking",
        "worse straight after an inhaler",
        "unable to pass urine at all",
        "unable to pass any urine, especially with pain",
        "an erection lasting several hours",
        "sudden inability to stand on a leg",
        "severe headache with blurred vision or confusion",
        "any new hallucination with confusion or fever",
        "confusion, falls, fits or severe drowsiness",
        "sudden severe headache without a known cause",
        "cannot be woken properly, confused",
    ],
)
def test_sign_that_cannot_wait_for_a_doctors_call_is_an_emergency(sign):
    assert is_emergency_sign(sign)


@pytest.mark.parametrize("sign", ["pain or trouble swallowing", "confusion", "great thirst", "worse heartburn"])
def test_milder_sign_is_none(sign):
    assert not is_emergency_sign(sign)


def test_chest_pain_is_parted_from_milder_signs():
    assert list(separate_signs("trouble swallowing, chest pain")) == ["trouble swallowing", "chest pain"]
    assert list(separate_signs("swelling with chest pain, or a sore leg")) == ["swelling with chest pain", "a sore leg"]
    assert list(separate_signs("")) == []


def sign(text, alone=(), together=()):
    return {"key": "s", "text": text, "effects": list(alone), "effects_together": list(together)}


def test_emergency_sign_stands_alone_among_signs_that_count_together():
    stroke = [sign("sudden weakness on one side", ["stroke"], ["weakness"]), sign("feeling odd"), sign("a bad taste")]

    assert rule_items({"level": "emergency", "signs": stroke}) == [
        ("emergency", "have sudden weakness on one side"),
        ("emergency", "have some of these together: feeling odd; a bad taste"),
    ]


def test_one_sign_left_over_counts_only_with_another_one():
    belly = [sign("severe pain going through to the back", ["pancreatitis"]), sign("vomiting", together=["vomiting"])]

    assert rule_items({"level": "emergency", "signs": belly})[1] == (
        "emergency",
        "have vomiting, together with one of these",
    )


def test_one_sign_left_over_stands_alone_where_the_facts_say_so():
    tendon = [sign("tendon pain", ["tendon-problem"]), sign("numbness or low mood", ["numbness"], ["low-mood"])]

    assert rule_items({"level": "today", "signs": tendon}) == [
        ("today", "have tendon pain"),
        ("today", "have numbness or low mood"),
    ]
