import pytest

from .lexicons import read


@pytest.mark.parametrize(
    "text",
    [
        "no chest pain",
        "I don't have chest pain",
        "never any chest pain",
        "without chest pain",
        "no fever, rash or chest pain",
        "my husband had a stroke in 1990",
        "my mum died of a stroke",
        "had a stroke ten years ago",
        "family history of stroke",
        "a stroke back in the 90s",
        "I take amlodipine for angina",
        "amlodipine 5mg for angina",
    ],
)
def test_what_is_denied_long_past_or_a_reason_is_not_felt(text):
    understood = read(text)

    assert understood.symptoms == []
    assert understood.left_out


@pytest.mark.parametrize(
    "text",
    [
        "chest pain",
        "not sure if it is chest pain",
        "never had chest pain like this before",
        "the chest pain does not go away",
        "no idea why I have chest pain",
        "no fever but chest pain",
        "my husband has chest pain now",
        "had chest pain this morning",
        "chest pain since last year and getting worse",
        "took ibuprofen for chest pain",
        "my dad has had chest pain",
        "chest pain like when I had my operation last year",
        "no, my chest pain is new",
    ],
)
def test_what_only_looks_denied_or_past_still_counts(text):
    assert [each.slug for each in read(text).symptoms] == ["chest-pain"]


@pytest.mark.parametrize("text", ["no appetite", "not hungry at all"])
def test_a_denial_that_is_the_symptom_denies_nothing(text):
    assert [each.slug for each in read(text).symptoms] == ["appetite-loss"]


def test_a_denial_ends_at_the_comma():
    assert [each.slug for each in read("no chest pain, leg cramps").symptoms] == ["muscle-cramps"]


def test_a_question_of_what_could_be_is_known_as_one():
    assert read("can amlodipine cause a stroke").only_asked
    assert not read("can amlodipine cause this stroke I am having").only_asked


@pytest.mark.parametrize(
    "text", ["can amlodipine cause weakness on the left side", "what is weakness on the left side"]
)
def test_a_sign_that_is_only_asked_about_is_not_felt(text):
    assert read(text).signs == {}


@pytest.mark.parametrize(
    "text",
    [
        "weak on one side, can amlodipine cause that",
        "can amlodipine cause my weak left side",
        "what is this, weak on one side",
    ],
)
def test_a_sign_told_beside_a_question_is_felt(text):
    assert read(text).signs == {"stroke": {"s1": True}}
