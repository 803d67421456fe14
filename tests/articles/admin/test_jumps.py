"""The jump list of a long form: every link leads somewhere, with counts and errors."""

from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import User

from articles.models import Drug, DrugEffect
from tests.factories import article_content, draft, published_world, writer

from .forms import fields_of


class _Ids(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.ids = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.ids += [value for name, value in attributes if name == "id"]


@pytest.fixture
def article(client, db):
    published_world()
    client.force_login(User.objects.create_superuser("jumper"))
    sections = [{"key": name, "heading": f"Heading {name}", "body": "A body."} for name in ("one", "two")]
    return draft(article_content(sections=sections), by=writer())


def jumps(client, address):
    return {jump["words"]: jump for jump in client.get(address).context["jumps"]}


def change(document):
    return f"/admin/articles/{document._meta.model_name}/{document.pk}/change/"


def test_every_link_leads_to_one_place_on_the_page(client, article):
    drug = Drug.objects.get(slug="testamol")
    pages = [article, drug, DrugEffect.objects.get(drug=drug)]
    for address in [*map(change, pages), "/admin/articles/article/add/", "/admin/articles/drug/add/"]:
        response = client.get(address)
        ids = _Ids(response.content.decode()).ids
        links = [jump["id"] for jump in response.context["jumps"]]
        links += [id for jump in response.context["jumps"] for id, _ in jump.get("rows", ())]

        assert [ids.count(link) for link in links] == [1] * len(links), address
        assert len(links) > 3


def test_groups_of_rows_are_counted_and_sections_are_named(client, article):
    sections = jumps(client, change(article))["Sections"]

    assert (sections["count"], sections["errors"]) == (2, 0)
    assert sections["rows"] == [("sections-0", "Heading one"), ("sections-1", "Heading two")]


def test_groups_with_errors_are_marked(client, article):
    values = fields_of(client, change(article), "article")
    values |= {"title": "", "sections-0-heading": "", "sections-1-heading": ""}

    response = client.post(change(article), values)

    found = {jump["words"]: jump["errors"] for jump in response.context["jumps"] if jump.get("errors")}
    assert found == {"The question": 1, "Sections": 2}
    assert response.content.decode().count(", 2 errors") == 2


def test_page_of_tables_counts_its_own_sections(client, article):
    assert jumps(client, change(article))["Comparison tables"]["count"] == 0
    assert jumps(client, change(Drug.objects.get(slug="testamol")))["Side effects"]["count"] == 1
