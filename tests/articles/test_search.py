"""Search: by any name or code, in UK and US spelling, and by the words of a text."""

import re
import string

import pytest
import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from articles.models import SearchTerm
from articles.search import (
    _URGENT,
    _URGENT_EFFECTS,
    OVERDOSE,
    cleaned,
    find,
    fold,
    similar,
    spot,
    urgent_rules,
    words_of,
)
from articles.urgency import names_pair

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
    assert spot("achenol").brands == []


@pytest.mark.parametrize(
    ("query", "name"),
    [("prednisone", "prednisone"), ("prednisone and rash", "prednisone"), ("Rayos", "Rayos (prednisone)")],
)
def test_medicine_that_is_taken_for_another_is_recognised_and_never_swapped_for_it(db, query, name):
    (first, *_) = find(query)

    assert (first.entry.slug, first.via, first.how) == ("prednisolone", name, SearchTerm.How.WORD)
    assert spot(query).medicines == []
    assert spot(query).related == [(name, "prednisolone")]
    assert spot(query).unknown == []


def test_similar_names_are_few_and_begin_alike(db):
    assert [entry.slug for entry in similar("amlod")] == ["amlodipine"]
    assert similar("prednisone") == similar("xyzzy") == []
    assert len(similar("s")) <= 3


def test_words_of_suicide_find_the_page_about_it(db):
    assert "Thoughts of suicide or self-harm" in titles("kill myself")


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
    assert spot(query).medicines == []


@given(st.text(alphabet=string.printable + "éßİ☃\x00\ud800\u202e", max_size=60))
def test_folding_a_folded_text_changes_nothing(text):
    assert fold(cleaned(text)) == fold(text) or "\ufffd" in text
    assert re.fullmatch("[a-z0-9 ]*", fold(text))


@given(st.text(max_size=200))
def test_cleaned_query_is_one_printable_line(text):
    assert cleaned(text).isprintable()


def test_medicines_and_symptoms_are_spotted_in_one_query(db):
    spotted = spot("Norvasc, Xyzzy and puffy ankles")

    assert (spotted.medicines, spotted.symptoms, spotted.unknown) == (["amlodipine"], ["ankle-swelling"], ["Xyzzy"])


def test_longest_name_wins(db):
    assert "restless-legs" in spot("restless legs").symptoms
    assert spot("severe allergic reaction").medicines == []


def test_words_that_carry_no_meaning_are_not_unknown_names(db):
    assert spot("my amlodipine and the").unknown == []


def test_search_asks_one_query(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        find("does amlodipine cause leg cramps at night")
    with django_assert_num_queries(1):
        spot("does amlodipine cause leg cramps at night")


@pytest.mark.parametrize(
    ("query", "rule"),
    [
        ("chest pain", "chest-pain"),
        ("I can't breathe", "lung-clot"),
        ("I can’t breathe!", "lung-clot"),
        ("want to kill myself", "suicidal-thoughts"),
        ("kill", "suicidal-thoughts"),
        ("overdose of amlodipine", OVERDOSE),
        ("took too many tablets", OVERDOSE),
        ("call an ambulance", ""),
        ("swollen tongue", "face-tongue-swelling"),
        ("vomiting blood", "black-stools"),
        ("had a seizure", "fit"),
        ("face drooping", "stroke"),
        ("blue lips", "slow-breathing"),
    ],
)
def test_urgent_words_are_heard(query, rule):
    assert rule in urgent_rules(query)


@pytest.mark.parametrize("query", ["amlodipine", "skill", "benefit", "fitness", "swollen ankles", ""])
def test_other_words_are_not_urgent(query):
    assert urgent_rules(query) == set()


def red_flags():
    return yaml.safe_load((settings.BASE_DIR / "fixtures" / "safety" / "red-flags.yaml").read_text())


def test_every_urgent_rule_exists_and_is_an_emergency():
    emergencies = {rule["slug"] for rule in red_flags() if rule["level"] == "emergency"}

    assert set(_URGENT) - {OVERDOSE, ""} <= emergencies


@pytest.mark.parametrize(("slug", "effect"), _URGENT_EFFECTS.items())
def test_effect_that_stands_for_urgent_words_meets_their_rule_alone_and_with_any_medicine(slug, effect):
    (rule,) = [rule for rule in red_flags() if rule["slug"] == slug]

    assert names_pair(rule, "", effect)


@pytest.mark.parametrize("phrase", sorted({phrase for phrases in _URGENT.values() for phrase in phrases.split(", ")}))
def test_urgent_words_stay_asked_until_a_symptom_says_them(db, phrase):
    spotted = spot(f"{phrase}, amlodipine")

    assert spotted.medicines == ["amlodipine"]
    assert spotted.unknown == []
    assert spotted.rest == [phrase] or {_URGENT_EFFECTS[rule] for rule in urgent_rules(phrase)} <= set(spotted.symptoms)


def test_urgent_words_around_a_name_are_kept(db):
    assert spot("overdose of amlodipine").rest == ["overdose of amlodipine"]


def test_words_of_drops_repeats_and_stop_words():
    assert words_of("The cramps", "of the cramps at night") == ["cramps", "night"]


def test_first_words_of_a_name_with_alternatives_find_it(db):
    assert titles("chest pain")[0] == "Chest pain or worsening angina"


def test_new_brand_is_found_once_published(db):
    published_world()
    names = [{"key": "achenol", "name": "Achenol", "kind": "brand"}]

    published(drug_content("testadol", names=names))

    assert titles("achenol") == ["testadol"]
