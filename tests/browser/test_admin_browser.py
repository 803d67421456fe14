"""The editors' screens in a browser, under the same strict policy: everything works and nothing is refused."""

import pytest

from articles.models import Article, Document, Drug, DrugEffect

from .conftest import submit

pytestmark = pytest.mark.browser


def addresses():
    article, drug = Article.objects.first(), Drug.objects.get(slug="amlodipine")
    pair = DrugEffect.objects.filter(drug=drug).first()
    yield from ("/admin/", "/admin/articles/article/add/", "/admin/articles/drug/?state__exact=published")
    for name in ("article", "drug", "effect", "source", "glossaryterm", "redflag", "cascade", "helpline", "credential"):
        yield f"/admin/articles/{name}/"
    yield f"/admin/articles/article/{article.pk}/change/"
    yield f"/admin/articles/article/{article.pk}/preview/"
    yield f"/admin/articles/drug/{drug.pk}/change/"
    yield f"/admin/articles/drug/{drug.pk}/history/"
    yield f"/admin/articles/drugeffect/{pair.pk}/change/"


def test_every_kind_of_screen_works_under_the_policy(desk):
    for address in list(addresses()):
        answer = desk.goto(address)

        assert answer.status == 200, address


def test_a_source_is_found_by_typing(desk):
    pair = DrugEffect.objects.filter(drug__slug="amlodipine").first()
    desk.goto(f"/admin/articles/drugeffect/{pair.pk}/change/")

    desk.locator(".select2-search__field").first.type("Pfizer")

    desk.locator(".select2-results__option", has_text="Pfizer").first.wait_for()


def test_saving_without_a_change_stores_no_new_version(desk):
    drug = Document.objects.get(kind="drug", slug="furosemide")
    before = drug.revisions.count()
    desk.goto(f"/admin/articles/drug/{drug.pk}/change/")

    submit(desk, "Save")

    assert drug.revisions.count() == before
    assert Document.objects.get(pk=drug.pk).state == "published"
