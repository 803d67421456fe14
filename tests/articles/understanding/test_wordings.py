import pytest
from django.core.exceptions import ValidationError

from articles.models.words import validate_wordings, wording_lines
from articles.understanding.tokens import tokens_of
from articles.understanding.wordings import Wordings


def owners(lines, text, groups=None):
    wordings = Wordings(groups or {})
    for is_harmless, items in wording_lines(lines):
        wordings.add_line("harmless" if is_harmless else "it", items, is_harmless=is_harmless)
    wordings.finish()
    content = [token for token in tokens_of(text) if not token.is_function_word]
    return {match.owner for match in wordings.matches(content)}


@pytest.mark.parametrize("text", ["leg cramp", "cramps in both my legs", "my LEGS keep cramping"])
def test_words_match_in_any_order_and_form(text):
    assert owners("leg cramp", text) == {"it"}


def test_words_far_apart_do_not_match():
    assert not owners("leg cramp", "leg one two three four five six seven cramp")


def test_words_of_two_sentences_do_not_match():
    assert not owners("leg cramp", "My leg is fine. I have a cramp")


def test_either_alternative_matches():
    assert owners("leg/calf cramp", "calf cramp") == {"it"}


def test_a_group_stands_for_each_of_its_words_and_phrases():
    assert owners("@foot @big", "my ankle is puffed up", {"foot": ["ankle"], "big": ["puffed up"]}) == {"it"}


def test_an_underscore_keeps_words_together():
    assert owners("burning_up", "burning up")
    assert not owners("burning_up", "up all night, burning")


def test_an_unknown_group_matches_nothing_and_breaks_nothing():
    assert not owners("leg @nowhere", "leg nowhere")


def test_a_harmless_line_is_told_apart():
    assert owners("- keep fit", "keep fit") == {"harmless"}


def test_a_hostile_text_ends_soon():
    assert owners("a/b c/d e/f g/h", "a c e g " * 40) in ({"it"}, set())


@pytest.mark.parametrize("line", ["leg, cramp", "@Foot", '"leg"', "leg // foot", "(leg)"])
def test_a_line_that_is_no_wording_is_refused_with_a_sentence(line):
    with pytest.raises(ValidationError, match="is not a word"):
        validate_wordings(line)


def test_sound_lines_are_taken():
    validate_wordings("leg/calf cramp\n@pain chest\n- keep_fit\ncan't sleep\nlight-headed")
