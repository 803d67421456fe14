"""The order of rows on an editors' page, and the keys of new ones."""

from itertools import permutations
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User

from articles.admin.rows import _arranged
from tests.factories import article_content, draft, published_world, reviewer, writer

from ...pages import Page
from .forms import fields_of


def row(now, wanted):
    return SimpleNamespace(initial={"position": now}, cleaned_data={"position": wanted})


@pytest.mark.parametrize(
    "before",
    [
        pytest.param((1, 2, 3, 4, 5), id="saved"),
        pytest.param((1, 2, 4, 6, None), id="two deleted, one new"),
        pytest.param((3, 1, None, None, 7), id="as they come"),
    ],
)
def test_numbers_from_1_to_n_give_exactly_that_order(before):
    for order in permutations((1, 2, 3, 4, 5)):
        rows = [row(now, wanted) for now, wanted in zip(before, order, strict=True)]

        assert [one.cleaned_data["position"] for one in _arranged(rows)] == [1, 2, 3, 4, 5], order


def test_several_new_rows_get_keys_of_their_own(client, db):
    published_world()
    client.force_login(User.objects.create_superuser("both"))
    article = draft(article_content(), by=writer())
    address = f"/admin/articles/article/{article.pk}/change/"
    values = fields_of(client, address, "article")
    for number in ("0", "1"):
        values |= {
            f"key_points-{number}-{name}": text for name, text in {"id": "", "label": "The same", "text": "A."}.items()
        }

    response = client.post(address, values | {"key_points-TOTAL_FORMS": "2"})

    assert response.status_code == 302
    assert list(article.key_points.values_list("key", flat=True)) == ["the-same", "the-same-2"]


def test_who_may_only_look_gets_no_empty_row_to_fill_in(client, db):
    published_world()
    article = draft(article_content())
    client.force_login(reviewer())

    page = Page(client.get(f"/admin/articles/article/{article.pk}/change/").content.decode())

    assert page.all("input", class_="position") == []
