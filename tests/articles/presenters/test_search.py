"""Search results in words."""

import pytest

from articles.models import SearchEntry, SearchTerm
from articles.presenters.search import asked_back, check_offer, page_links, result_rows, status
from articles.search import Result
from articles.understanding.understood import Asked, Understood

from .check_rows import found, known


def entry(kind="drug", slug="amlodipine", **fields):
    return SearchEntry(kind=kind, slug=slug, **({"title": "amlodipine", "summary": "a tablet"} | fields))


@pytest.mark.parametrize(
    ("result", "title", "href", "kind"),
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
def test_result_is_called_by_the_name_it_was_found_by(result, title, href, kind):
    (row,) = result_rows([result])

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


def test_medicine_with_symptom_offers_the_check():
    heard = found(["amlodipine"], ["dry-mouth"])
    heard.question.words = "amlodipine, dry mouth"

    assert check_offer(heard, known()) == ("/check/?q=amlodipine%2C+dry+mouth", "Check amlodipine with dry mouth")


@pytest.mark.parametrize("heard", [found(["amlodipine"]), found([], ["dry-mouth"]), found()])
def test_one_side_alone_offers_nothing(heard):
    assert check_offer(heard, known()) is None


def test_a_likely_spelling_leads_to_its_page_and_an_uncovered_name_to_itself():
    options = (("amlodipine", "amlodipine", ""), ("", "Nimodipine", ""))
    heard = Understood(did_you_mean=[Asked("medicine", "amlodopine", options, 0, 10)])

    (asked,) = asked_back(found(heard=heard), known())

    assert [option["href"] for option in asked["options"]] == ["/medicines/amlodipine/", "?q=Nimodipine"]
