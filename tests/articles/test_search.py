"""Search: by any name or code, in UK and US spelling, and by the words of a text."""

import re
import string

import pytest
import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from articles.models import SearchTerm
from articles.search import find, words_of
from articles.understanding.tokens import fold

from ..factories import article_content, drug_content, published, published_world

# Written out here, not taken from fold(), so that the two can disagree.
SPELLINGS = {
    "diarrhoea": "diarrhea",
    "oedema": "edema",
    "oesophag": "esophag",
    "haem": "hem",
    "anaem": "anem",
    "paraesth": "paresth",
    "anaesth": "anesth",
    "dyspnoea": "dyspnea",
    "apnoea": "apnea",
    "tumour": "tumor",
    "colour": "color",
    "behaviour": "behavior",
    "leucopen": "leukopen",
    "litre": "liter",
    "fibre": "fiber",
    "paralyse": "paralyze",
    "caesar": "cesar",
    "faec": "fec",
}


def documents(folder):
    return [
        yaml.safe_load(path.read_text()) for path in sorted((settings.BASE_DIR / "fixtures" / folder).glob("*.yaml"))
    ]


def names_of_medicines():
    for content in documents("medicines"):
        codes = [content[name] for name in ("name", "us_name", "rxcui", "atc") if content.get(name)]
        for text in codes + [name["name"] for name in content.get("names", [])]:
            yield "drug", content["slug"], text


def names_of_effects():
    for content in documents("effects"):
        for text in [content["name"], content["clinical_term"], *(term["text"] for term in content.get("terms", []))]:
            yield "effect", content["slug"], text


def missed(cases):
    """Of (kind, slug, text) those whose page is not among the first three results."""
    cases = list(cases)
    lost = [
        (text, slug)
        for kind, slug, text in cases
        if (kind, slug) not in [(result.entry.kind, result.entry.slug) for result in find(text)[:3]]
    ]
    print(f"{len(cases) - len(lost)} of {len(cases)} names find their page among the first three results")
    return lost


def other_spellings(cases):
    for kind, slug, text in cases:
        for british, american in SPELLINGS.items():
            for old, new in ((british, american), (american, british)):
                if re.search(rf"{old}", text, re.IGNORECASE) and not (old == american and british in text.lower()):
                    yield kind, slug, re.sub(old, new, text, flags=re.IGNORECASE)


def titles(query):
    return [result.entry.title for result in find(query)]


def test_every_name_and_code_of_every_medicine_finds_it(db):
    assert missed(names_of_medicines()) == []


def test_every_name_and_synonym_of_every_effect_finds_it(db):
    assert missed(names_of_effects()) == []


def test_every_synonym_in_the_other_spelling_finds_its_effect(db):
    cases = list(other_spellings(names_of_effects()))

    assert len(cases) > 10
    assert missed(cases) == []


def test_case_accents_hyphens_and_apostrophes_make_no_difference(db):
    assert titles("NORVÁSC") == titles("norvasc") == ["amlodipine"]
    assert titles("œdema") == titles("oedema")
    assert titles("pins-and-needles")[0] == titles("pins and needles")[0]


@pytest.mark.parametrize("query", ["amlo", "Norv"])
def test_beginning_of_a_name_finds_it(db, query):
    assert titles(query)[0] == "amlodipine"


def test_result_says_by_which_name_it_was_found(db):
    (result, *_) = find("Norvasc")

    assert (result.entry.title, result.via, result.how) == ("amlodipine", "Norvasc (US)", SearchTerm.How.BRAND)


def test_brand_of_one_country_says_which(db):
    assert [result.via for result in find("benadryl")] == ["Benadryl (US)"]


def test_brand_of_several_countries_names_none(db):
    published_world()
    rows = [{"key": f"achenol-{country.lower()}", "name": "Achenol", "country": country} for country in ("US", "UK")]

    published(drug_content("testadol", names=rows))

    assert [result.via for result in find("achenol")] == ["Achenol"]


@pytest.mark.parametrize(
    ("query", "name"),
    [("prednisone", "prednisone"), ("prednisone and rash", "prednisone"), ("Rayos", "Rayos (prednisone)")],
)
def test_medicine_that_is_taken_for_another_is_recognised_and_never_swapped_for_it(db, query, name):
    (first, *_) = find(query)

    assert (first.entry.slug, first.via, first.how) == ("prednisolone", name, SearchTerm.How.WORD)


def test_what_was_understood_in_other_words_is_found_too(db):
    found = find("kill myself", meant=[("effect", "suicidal-thoughts")])

    assert "Thoughts of suicide or self-harm" in [result.entry.title for result in found]


def test_articles_questions_and_glossary_are_found_by_words(db):
    found = find("does amlodipine cause leg cramps")

    assert found[0].entry.title == "Does amlodipine cause leg cramps?"
    assert find("restless legs syndrome")[0].entry.kind in ("effect", "glossary-term")
    assert {result.entry.kind for result in find("leg cramps")} >= {"effect", "article", "faq"}


def test_draft_is_not_found(db):
    published_world()
    published(article_content())

    assert titles("testamol")
    assert not titles("neverpublished")


def test_name_inside_a_longer_question_finds_its_page_first(db):
    assert titles("is norvasc bad")[0] == "amlodipine"


@pytest.mark.parametrize("query", ["", "   ", "%", "_", "'", "\x00", "\ufffd", "!?", "the of and"])
def test_query_without_words_finds_nothing_and_breaks_nothing(db, query):
    assert find(query) == [] or query == "the of and"


@given(st.text(alphabet=string.printable + "éßİ☃\x00\ud800\u202e", max_size=60))
def test_folding_a_folded_text_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert re.fullmatch("[a-z0-9 ]*", fold(text))


def test_search_asks_one_query(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        find("does amlodipine cause leg cramps at night")


def test_words_of_drops_repeats_and_stop_words():
    assert words_of("The cramps", "of the cramps at night") == ["cramps", "night"]


def test_first_words_of_a_name_with_alternatives_find_it(db):
    assert titles("chest pain")[0] == "Chest pain or worsening angina"


def test_new_brand_is_found_once_published(db):
    published_world()
    names = [{"key": "achenol", "name": "Achenol", "kind": "brand"}]

    published(drug_content("testadol", names=names))

    assert titles("achenol") == ["testadol"]
