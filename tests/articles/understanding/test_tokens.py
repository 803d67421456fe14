import pytest

from articles.understanding.tokens import fold, stem, tokens_of


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Oedema (ankle)", "edema ankle"),
        ("diarrhœa", "diarrhea"),
        ("can’t pee", "cant pee"),
        ("Amphetamine", "amfetamine"),
        ("light-headed", "light headed"),
        ("", ""),
    ],
)
def test_folding_forgets_case_accents_and_spelling(typed, folded):
    assert fold(typed) == folded


@pytest.mark.parametrize(("one", "other"), [("cramp", "cramping"), ("dizzy", "dizziness"), ("breathe", "breathing")])
def test_forms_of_a_word_share_a_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("word", "other"), [("fitness", "fit"), ("overeating", "over")])
def test_a_word_that_means_something_else_keeps_its_own_stem(word, other):
    assert stem(word) != stem(other)


def test_tokens_know_where_they_stand():
    text = "My ankles, both swollen"

    tokens = tokens_of(text)

    assert [text[token.start : token.end] for token in tokens] == ["My", "ankles", "both", "swollen"]


def test_a_full_stop_and_but_part_thoughts_and_a_comma_does_not():
    sentences = [token.sentence for token in tokens_of("red, hot. Numb but fine")]

    assert sentences == [0, 0, 1, 1, 2]


def test_a_point_inside_a_dose_parts_nothing():
    assert {token.sentence for token in tokens_of("amlodipine 2.5 mg daily")} == {0}


@pytest.mark.parametrize("text", ["", "  ", "???", "🙂", "\x00", "‮", "日本語 текст", "'", "-" * 500])
def test_any_text_is_cut_into_words_without_an_error(text):
    tokens_of(text)
