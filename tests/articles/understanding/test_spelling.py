import pytest

from articles.understanding.spelling import Speller, everyday_words, skeleton

SPELLER = Speller(["amlodipine", "nimodipine", "amitriptyline", "sertraline", "losartan", "ibuprofen"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("amlodopine", "amlodipine"),
        ("amldoipine", "amlodipine"),
        ("amlowdapeen", "amlodipine"),
        ("nimodipin", "nimodipine"),
        ("amitriptiline", "amitriptyline"),
        ("sertralene", "sertraline"),
        ("ibuprofin", "ibuprofen"),
    ],
)
def test_the_likeliest_spelling_comes_first(typed, meant):
    assert SPELLER.near(typed)[0][1] == meant


@pytest.mark.parametrize("typed", ["xyz", "banana", "qqqqqqqq", "", "a"])
def test_what_is_like_nothing_has_no_spelling(typed):
    assert SPELLER.near(typed) == []


def test_swapped_neighbours_are_one_slip():
    assert SPELLER.near("lsoartan")[0] == (1, "losartan")


def test_the_skeleton_is_what_is_heard():
    assert skeleton("amlodapeen") == skeleton("amlodipine")


def test_ordinary_words_are_everyday_and_names_of_medicines_are_not():
    assert {"horse", "night", "losing"} <= everyday_words()
    assert everyday_words().isdisjoint({"amlodipine", "norvasc"})
