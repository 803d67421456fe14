"""Addresses of pages that readers once saw and that are not live now."""

import pytest

from articles.models import Document
from articles.workflow import save, withdraw
from tests import factories
from tests.factories import article_content, drug_content, effect_content, listing, published, published_world

ARTICLE = "/articles/does-testamol-ache/"


def gone(document, *, moved_to=None):
    return withdraw(document, by=factories.publisher(), reason="Dose was ten times too high", moved_to=moved_to)


def the(kind, slug):
    return Document.objects.get(kind=kind, slug=slug)


@pytest.fixture
def world(db):
    """A source, an effect, a medicine that lists it and an article, all live."""
    published_world()
    return published(article_content())


def test_withdrawn_page_says_what_it_was_that_it_is_gone_and_what_to_do(page, world):
    event = gone(world).events.first()

    shown = page(ARTICLE, status=410)

    assert shown.h1 == "This page has been withdrawn"
    day = f"{event.at.day} {event.at:%B %Y}"
    assert f"We took “Does testamol ache?” off this site on {day}." in shown.text
    assert "may have been wrong or out of date" in shown.text
    assert "Do not stop a medicine on your own" in shown.text
    assert {"/check/", "/medicines/", "/symptoms/", "tel:112"} <= shown.links
    assert shown.one("form", role="search")["action"] == "/search/"


def test_neither_the_withdrawn_text_nor_the_reason_is_repeated(page, world):
    gone(world)

    shown = page(ARTICLE, status=410)

    assert "Some people ache" not in shown.html
    assert "ten times" not in shown.html


def test_title_of_a_draft_that_readers_never_saw_is_not_told(page, world):
    factories.draft(article_content(title="Does testamol kill?"))
    gone(world)

    shown = page(ARTICLE, status=410)

    assert "Does testamol ache?" in shown.text
    assert "kill" not in shown.html


def test_answer_is_kept_for_a_minute_at_most_and_by_no_search_engine(page, world):
    gone(world)

    shown = page(ARTICLE, status=410)

    assert "max-age=60" in shown.response.headers["Cache-Control"]
    assert "ETag" not in shown.response.headers
    assert shown.one("meta", name="robots")["content"] == "noindex"


@pytest.mark.parametrize(
    ("kind", "slug", "address"),
    [("drug", "testamol", "/medicines/testamol/"), ("effect", "test-ache", "/symptoms/test-ache/")],
)
def test_withdrawn_medicine_and_symptom_are_gone(page, world, kind, slug, address):
    gone(the(kind, slug))

    page(address, status=410)


def test_draft_that_was_never_published_is_as_unknown_as_any_address(client, db):
    factories.draft(effect_content("secret-ache"))

    draft, unknown = client.get("/symptoms/secret-ache/"), client.get("/symptoms/nothing/")

    assert draft.status_code == unknown.status_code == 404
    assert draft.content == unknown.content


def test_new_draft_of_a_withdrawn_page_leaves_it_gone(page, world):
    gone(world)
    save(world, by=factories.writer())
    factories.draft(article_content(title="Does testamol ache at all?"))

    page(ARTICLE, status=410)


class TestMoved:
    def test_readers_are_sent_on_and_the_answer_is_soon_forgotten(self, client, world):
        gone(world, moved_to=published(article_content("new-question")))

        response = client.get(ARTICLE)

        assert (response.status_code, response.headers["Location"]) == (302, "/articles/new-question/")
        assert "max-age=60" in response.headers["Cache-Control"]

    def test_a_page_may_move_to_one_of_another_kind(self, client, world):
        gone(world, moved_to=the("drug", "testamol"))

        assert client.get(ARTICLE).headers["Location"] == "/medicines/testamol/"

    def test_a_chain_is_followed_to_its_live_end(self, client, world):
        second, third = published(article_content("second")), published(article_content("third"))
        gone(world, moved_to=second)
        gone(second, moved_to=third)

        assert client.get(ARTICLE).headers["Location"] == "/articles/third/"

    def test_a_chain_with_a_dead_end_is_gone(self, page, world):
        second = published(article_content("second"))
        gone(world, moved_to=second)
        gone(second)

        page(ARTICLE, status=410)

    def test_a_circle_is_gone(self, page, world):
        second = published(article_content("second"))
        gone(world, moved_to=second)
        gone(second)
        Document.objects.filter(pk=second.pk).update(moved_to=world.pk)

        page(ARTICLE, status=410)

    def test_what_has_no_page_of_its_own_is_no_place_to_send_readers(self, page, world):
        gone(world, moved_to=the("source", "test-label"))

        page(ARTICLE, status=410)


class TestPairs:
    def test_pair_of_a_withdrawn_effect_names_it_and_leads_to_the_medicine(self, page, world):
        gone(the("effect", "test-ache"))

        shown = page("/medicines/testamol/test-ache/", status=410)

        assert "We took “Test ache” off this site" in shown.text
        assert "“Testamol”" not in shown.text
        assert "/medicines/testamol/" in shown.links

    def test_pair_of_a_withdrawn_medicine_names_it_and_leads_to_the_symptom(self, page, world):
        gone(the("drug", "testamol"))

        shown = page("/medicines/testamol/test-ache/", status=410)

        assert "We took “Testamol” off this site" in shown.text
        assert "/symptoms/test-ache/" in shown.links

    def test_effect_that_moved_leads_to_the_pair_with_the_new_one(self, client, world):
        new = published(effect_content("new-ache"))
        published(drug_content(effects=[listing("new-ache")]))
        gone(the("effect", "test-ache"), moved_to=new)

        assert client.get("/medicines/testamol/test-ache/").headers["Location"] == "/medicines/testamol/new-ache/"

    def test_effect_that_moved_to_one_which_the_medicine_does_not_list_is_gone(self, page, world):
        gone(the("effect", "test-ache"), moved_to=published(effect_content("new-ache")))

        page("/medicines/testamol/test-ache/", status=410)

    def test_medicine_that_moved_leads_to_its_pair_or_else_to_its_page(self, client, world):
        published(effect_content("other-ache"))
        gone(the("drug", "testamol"), moved_to=published(drug_content("newamol")))

        same, other = (client.get(f"/medicines/testamol/{effect}/") for effect in ("test-ache", "other-ache"))

        assert same.headers["Location"] == "/medicines/newamol/test-ache/"
        assert other.headers["Location"] == "/medicines/newamol/"

    @pytest.mark.parametrize("pair", ["testamol/nothing", "nothing/test-ache", "testamol/secret-ache"])
    def test_pair_with_something_that_readers_never_saw_is_not_found(self, page, world, pair):
        factories.draft(effect_content("secret-ache"))
        gone(the("drug", "testamol"))

        page(f"/medicines/{pair}/", status=404)

    def test_pair_of_two_live_pages_that_is_not_listed_is_not_found(self, page, world):
        published(effect_content("other-ache"))

        page("/medicines/testamol/other-ache/", status=404)
