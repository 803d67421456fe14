import pytest

from articles.presenters.wording import bullets, listed, lower_first, ranges_in_words, sentence, sentences


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("10-25 mg", "10 to 25 mg"),
        ("1-2 weeks, 5-10%", "1 to 2 weeks, 5 to 10%"),
        ("2026-11-20", "2026-11-20"),
        ("well-known", "well-known"),
    ],
)
def test_hyphen_between_numbers_is_spoken(text, words):
    assert ranges_in_words(text) == words


def test_fragments_become_list_items():
    assert bullets("raise the legs; tell the prescriber (day or night; always)") == [
        "Raise the legs",
        "Tell the prescriber (day or night; always)",
    ]


def test_fragments_become_sentences():
    assert sentences("at the start; gone in 1-2 weeks.") == "At the start. Gone in 1 to 2 weeks."
    assert sentence("") == ""


def test_short_form_keeps_its_capitals_inside_a_sentence():
    assert (lower_first("Leg cramps"), lower_first("QT change")) == ("leg cramps", "QT change")


def test_words_are_listed_with_and():
    assert (listed(["a", "b", "c"]), listed(["a"]), listed([])) == ("a, b and c", "a", "")
