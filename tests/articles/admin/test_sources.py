"""What editors are told of the links of sources, on the source's own page and on those that cite it."""

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Source
from tests import factories
from tests.factories import article_content, published, published_world, source_content, writer


def address(document):
    return f"/admin/articles/{document._meta.model_name}/{document.pk}/change/"


def found(slug, state, note=""):
    at = timezone.datetime(2027, 3, 2, tzinfo=timezone.get_current_timezone())
    Source.objects.filter(slug=slug).update(link_state=state, link_note=note, link_checked_at=at)


@pytest.fixture
def world(db, client):
    published_world()
    client.force_login(writer())
    return published(article_content())


def test_page_that_cites_a_dead_source_says_so_with_a_link_to_it(client, world):
    found("test-label", "dead", "it answers 404")

    html = client.get(address(world)).content.decode()

    box = html.partition('aria-labelledby="sources-to-mend"')[2].partition("</section>")[0]
    assert address(Source.objects.get(slug="test-label")) in box
    assert "Its address is dead" in box
    assert "it answers 404 (2 March 2027)" in box


def test_page_that_cites_a_withdrawn_source_says_so(client, world):
    workflow.withdraw(Source.objects.get(slug="test-label"), by=factories.publisher(), reason="Wrong")

    assert "It was withdrawn: readers do not see it any more." in client.get(address(world)).content.decode()


def test_box_goes_as_soon_as_the_draft_cites_another_source(client, world):
    found("test-label", "dead")
    published(source_content("other-label"))
    factories.draft(article_content(references=[{"key": "label", "source": "other-label"}]))

    assert "sources-to-mend" not in client.get(address(world)).content.decode()


@pytest.mark.parametrize("state", ["", "works", "unsure"])
def test_page_whose_sources_answer_has_no_box(client, world, state):
    found("test-label", state)

    assert "sources-to-mend" not in client.get(address(world)).content.decode()


def test_source_shows_the_last_check_and_nobody_can_type_it(client, world):
    found("test-label", "unsure", "it did not answer in time")

    html = client.get(address(Source.objects.get(slug="test-label"))).content.decode()

    assert "2 March 2027: did not answer the last time: it did not answer in time." in html
    assert 'name="link_state"' not in html


def test_source_that_was_not_tried_says_so(client, world):
    assert "Not tried yet." in client.get(address(Source.objects.get(slug="test-label"))).content.decode()
    assert client.get("/admin/articles/source/add/").status_code == 200


def test_list_finds_the_dead_ones(client, world):
    published(source_content("dead-label", title="Gone label", address="https://example.org/", linkable=True))
    found("dead-label", "dead")

    html = client.get("/admin/articles/source/?link_state__exact=dead").content.decode()

    assert "Gone label" in html
    assert "Test label" not in html
    assert '<td class="field-link">dead</td>' in html
