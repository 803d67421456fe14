"""Every address that is made here leads to a field that the real page has, and to the right row."""

import pytest

from articles.admin.field_links import addresses_of
from articles.content import specific
from articles.models import Article, Section
from articles.quality import problems
from tests.factories import (
    article_content,
    draft,
    drug_content,
    effect_content,
    listing,
    published,
    published_world,
    source_content,
    writer,
)

from ...pages import Page

TABLE = {
    "key": "compared",
    "section": "b",
    "caption": "Compared",
    "columns": [{"key": "one", "heading": "One"}, {"key": "two", "heading": "Two"}],
    "rows": [
        {
            "key": key,
            "heading": key,
            "cells": [{"key": "one", "text": f"{key} one"}, {"key": "two", "text": f"{key} two"}],
        }
        for key in ("first", "second")
    ],
}


def address_of(document, path):
    return addresses_of(document, [path])[tuple(path)]


@pytest.fixture
def article(client, db):
    published_world()
    client.force_login(writer())
    sections = [{"key": key, "heading": f"Heading {key}", "body": f"Body {key}."} for key in "abc"]
    faqs = [{"key": key, "question": f"Is it {key}?", "answer": "Yes."} for key in ("first", "second")]
    article = specific(draft(article_content(sections=sections, faqs=faqs, tables=[TABLE])))
    # The order of the page is not the order in which the rows were made.
    Section.objects.filter(article=article, key="a").update(position=9)
    return article


@pytest.fixture
def drug(client, db):
    for slug in ("test-label", "other-label"):
        published(source_content(slug))
    for slug in ("test-ache", "test-rash"):
        published(effect_content(slug))
    client.force_login(writer())
    findings = [{"low": 1, "high": 2}, {"low": 3, "high": 4}]
    doses = [{"key": "d", "use": "aches", "dose": "5 mg"}]
    effects = [listing("test-rash"), listing("test-ache", findings=findings)]
    return specific(draft(drug_content(effects=effects, doses=doses)))


def element_at(client, document, address):
    """What stands at an address: its element on the page that the address names, or on the document's own."""
    page, _, fragment = address.partition("#")
    own = f"/admin/articles/{document._meta.model_name}/{document.pk}/change/"
    shown = Page(client.get(page or own).content.decode())
    (element,) = [element for element in shown.elements if element.get("id") == fragment]
    return element


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("sections", "b", "body"), "Body b."),
        (("sections", "a", "body"), "Body a."),
        (("faqs", "second", "answer"), "Yes."),
        (("short_answer",), "Some people ache. [ref:label]"),
        (("tables", "compared", "rows", "second", "cells", "two", "text"), "second two"),
    ],
)
def test_text_of_an_article_is_found(client, article, path, text):
    element = element_at(client, article, address_of(article, path))

    assert element["tag"] == "textarea"
    assert element["text"].strip() == text


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("title",), "Does testamol ache?"),
        (("sections", "c", "heading"), "Heading c"),
        (("sections", "c", "key"), "c"),
        (("tables", "compared", "section"), "b"),
        (("tables", "compared", "columns", "two", "heading"), "Two"),
    ],
)
def test_line_of_an_article_is_found(client, article, path, value):
    assert element_at(client, article, address_of(article, path))["value"] == value


@pytest.mark.parametrize(
    "path",
    [("faqs",), ("key_points",), ("tables",), ("references", "label", "source"), ("sections", "b"), ("review_due",)],
)
def test_list_or_row_of_an_article_is_found(client, article, path):
    assert element_at(client, article, address_of(article, path))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("name",), "testamol"),
        (("doses", "d", "use"), "aches"),
        (("effects", "test-ache", "findings", "f2", "low"), "3"),
    ],
)
def test_field_of_a_medicine_is_found(client, drug, path, value):
    assert element_at(client, drug, address_of(drug, path))["value"] == value


@pytest.mark.parametrize(
    "path",
    [
        ("effects",),
        ("stop_sources",),
        ("doses", "d", "sources"),
        ("effects", "test-ache", "when_to_get_help"),
        ("effects", "test-ache", "findings", "f1", "sources"),
        ("effects", "test-ache", "findings"),
    ],
)
def test_choice_or_list_of_a_medicine_is_found(client, drug, path):
    assert element_at(client, drug, address_of(drug, path))


def test_side_effect_is_found_on_its_own_page(drug):
    pair = drug.effects.get(effect__slug="test-ache")

    assert address_of(drug, ("effects", "test-ache")) == f"/admin/articles/drugeffect/{pair.pk}/change/"


@pytest.mark.parametrize("path", [(), ("kind",), ("nonsense",), ("sections", "gone", "body"), ("tables", "gone")])
def test_unknown_path_has_no_address(article, path):
    assert address_of(article, path) == ""


def test_rows_of_a_list_are_read_once(article, django_assert_num_queries):
    paths = [("sections", key, field) for key in "abc" for field in ("heading", "body")]

    with django_assert_num_queries(1):
        addresses_of(article, paths)


def test_every_problem_of_a_poor_article_has_its_field(client, db):
    published_world()
    client.force_login(writer())
    poor = article_content(
        lead="It is rare: 5 in 100. See [here](x).", references=[], faqs=[{"key": "f", "question": "Q", "answer": "A"}]
    )
    article = Article.objects.get(pk=draft(poor).pk)
    paths = {problem.path for problem in problems(poor)}

    addresses = addresses_of(article, paths)

    assert len(paths) > 3
    assert all(element_at(client, article, address) for address in addresses.values())
