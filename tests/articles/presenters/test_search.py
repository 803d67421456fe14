"""Search results in words."""

from types import SimpleNamespace

import pytest

from articles.models import SearchEntry, SearchTerm
from articles.presenters.search import check_offer, emergency_box, page_links, result_rows, status
from articles.search import Result, Spotted

NAMES = SimpleNamespace(medicines={"amlodipine": "amlodipine"}, symptoms={"ankle-swelling": "Swollen ankles"})


def entry(kind="drug", slug="amlodipine", **fields):
    return SearchEntry(kind=kind, slug=slug, **({"title": "amlodipine", "summary": "a tablet"} | fields))


def rule(slug, *signs):
    return {
        "slug": slug,
        "level": "emergency",
        "signs": [{"text": sign} for sign in signs],
        "do": "Call an ambulance.",
        "why": "It is urgent.",
    }


@pytest.mark.parametrize(
    ("found", "title", "href", "kind"),
    [
        (Result(entry()), "Amlodipine", "/medicines/amlodipine/", "Medicine"),
        (
            Result(entry(), via="Norvasc", how=SearchTerm.How.BRAND),
            "Norvasc, a brand name of amlodipine",
            "/medicines/amlodipine/",
            "Medicine",
        ),
        (
            Result(entry(), via="noramlo", how=SearchTerm.How.WORD),
            "Noramlo is a different medicine that we do not cover; see the note on amlodipine",
            "/medicines/amlodipine/#names",
            "Medicine",
        ),
        (
            Result(entry("effect", "ankle-swelling", title="Swollen ankles"), via="edema", how=SearchTerm.How.SYNONYM),
            "Edema, another name for swollen ankles",
            "/symptoms/ankle-swelling/",
            "Symptom",
        ),
        (
            Result(entry(), via="C08CA01", how=SearchTerm.How.CODE),
            "C08CA01, the code of amlodipine",
            "/medicines/amlodipine/",
            "Medicine",
        ),
        (Result(entry("article", "legs", title="Legs?")), "Legs?", "/articles/legs/", "Article"),
        (Result(entry("faq", "legs", anchor="q1", title="When?")), "When?", "/articles/legs/#q1", "Question"),
        (Result(entry("glossary-term", "rls", title="RLS")), "RLS", "/glossary/#rls", "Word explained"),
    ],
)
def test_result_is_called_by_the_name_it_was_found_by(found, title, href, kind):
    (row,) = result_rows([found])

    assert (row["title"], row["href"], row["kind"], row["text"]) == (title, href, kind, "A tablet.")


def test_long_answer_is_cut():
    (row,) = result_rows([Result(entry(summary="word " * 100))])

    assert len(row["text"]) <= 200


@pytest.mark.parametrize(
    ("words", "total", "expected"),
    [
        ("", 0, ""),
        ("xyz", 0, "No pages match 'xyz'."),
        ("a", 1, "1 result for 'a'"),
        ("amlodipine", 12, "12 results for 'amlodipine'"),
    ],
)
def test_status_counts(words, total, expected):
    assert status(words, total) == expected


def test_pages_are_real_links_with_the_words():
    links = page_links("leg cramps", 2, 9)

    assert [link["text"] for link in links] == ["Page 1", "Page 2", "Page 3", "Page 4", "Page 9"]
    assert [link["href"] for link in links][:2] == ["?q=leg+cramps", "?q=leg+cramps&page=2"]
    assert [link["current"] for link in links] == [False, True, False, False, False]


def test_emergency_box_of_one_rule_says_all_its_signs_and_what_to_do():
    box = emergency_box([rule("pain", "pain", "sweat", "sickness")])

    assert box == {
        "items": ["have pain", "have sweat", "have sickness"],
        "advice": ["Call an ambulance. It is urgent."],
        "crisis": [],
    }


def test_emergency_box_of_several_rules_names_the_first_signs_of_each_and_what_to_do():
    box = emergency_box([rule("a", "pain", "sweat", "sickness"), rule("b", "a fit")])

    assert box["items"] == ["have pain", "have sweat", "have a fit"]
    assert box["advice"] == ["Call an ambulance. It is urgent."]


@pytest.mark.parametrize(("slug", "crisis"), [("suicidal-thoughts", ["988"]), ("chest-pain", [])])
def test_crisis_lines_stand_with_suicidal_thoughts_only(slug, crisis):
    assert emergency_box([rule(slug, "pain")], ["988"])["crisis"] == crisis


def test_no_rule_no_box():
    assert emergency_box([]) is None


def test_medicine_with_symptom_offers_the_check():
    offer = check_offer(Spotted(["amlodipine"], ["ankle-swelling"]), NAMES)

    assert offer == ("/check/?medicine=amlodipine&symptom=ankle-swelling", "Check amlodipine with swollen ankles")


@pytest.mark.parametrize(
    "spotted", [Spotted(["amlodipine"]), Spotted([], ["ankle-swelling"]), Spotted(["gone"], ["gone"])]
)
def test_one_side_alone_offers_nothing(spotted):
    assert check_offer(spotted, NAMES) is None
