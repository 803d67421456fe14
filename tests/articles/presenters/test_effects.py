from articles.presenters import effects

from .rows import ACHE


def test_medical_word_stands_only_where_the_name_does_not_hold_it():
    page = effects.effect_page(ACHE, [], {}, [])
    same = effects.effect_page(ACHE | {"name": "Ache (dolor)"}, [], {}, [])

    assert (page["clinical_term"], same["clinical_term"]) == ("dolor", "")


def test_words_in_another_language_are_left_for_search():
    terms = [{"key": "a", "text": "sore leg"}, {"key": "b", "text": "dolor de pierna", "language": "es"}]

    assert effects.effect_page(ACHE | {"terms": terms}, [], {}, [])["terms"] == "sore leg"
