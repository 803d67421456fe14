import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from articles import workflow
from articles.models import Article, Document, DrugEffect, ListedEffect, Revision, SearchEntry
from tests.factories import (
    article_content,
    draft,
    effect_content,
    published,
    published_world,
    publisher,
    source_content,
    writer,
)

from .forms import fields_of


def preview_of(row):
    return f"/admin/articles/{row._meta.model_name}/{row.pk}/preview/"


def changed_article():
    published_world()
    article = published(article_content())
    return draft(article_content(title="Does testamol still ache?")), article


def test_preview_shows_the_draft_while_readers_see_the_live_page(client, db):
    article, _ = changed_article()
    client.force_login(writer())

    draft_page = client.get(preview_of(article))
    live_page = client.get(f"/articles/{article.slug}/")

    assert "Does testamol still ache?" in draft_page.content.decode()
    assert "Preview of a draft. Readers cannot see this." in draft_page.content.decode()
    assert "Does testamol ache?" in live_page.content.decode()
    assert "Preview of a draft" not in live_page.content.decode()


def test_preview_of_a_page_that_was_never_published_works(client, db):
    published_world()
    article = draft(article_content())
    client.force_login(writer())

    assert "Some people ache." in client.get(preview_of(article)).content.decode()
    assert client.get(f"/articles/{article.slug}/").status_code == 404


def test_preview_of_a_withdrawn_page_that_readers_are_sent_from_works(client, db):
    article, live = changed_article()
    other = published(article_content("is-testamol-strong", title="Is testamol strong?"))
    workflow.withdraw(live, by=publisher(), reason="Told elsewhere", moved_to=other)
    client.force_login(writer())

    assert "Does testamol still ache?" in client.get(preview_of(article)).content.decode()
    assert Document.objects.get(pk=article.pk).moved_to_id == other.pk


@pytest.mark.database
def test_form_is_previewed_outside_a_transaction_too(committed):
    effect, anna = draft(effect_content()), Client()
    anna.force_login(writer())
    fields = fields_of(anna, f"/admin/articles/effect/{effect.pk}/change/", "effect")

    response = anna.post(preview_of(effect), fields | {"description": "It aches, unsaved."})

    assert (response.status_code, "It aches, unsaved." in response.content.decode()) == (200, True)


def test_preview_changes_nothing(client, db):
    article, _ = changed_article()
    client.force_login(writer())
    models = (Document, Revision, ListedEffect, SearchEntry)
    before = [list(model.objects.order_by("pk").values()) for model in models]

    client.get(preview_of(article))

    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def test_preview_is_stored_and_indexed_nowhere(client, db):
    article, _ = changed_article()
    client.force_login(publisher())

    response = client.get(preview_of(article), headers={"Accept-Encoding": "br", "If-None-Match": "*"})

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert "public" not in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "ETag" not in response.headers


def test_preview_is_for_editors_only(client, db):
    article = Article.objects.first()

    assert client.get(preview_of(article)).status_code == 302


def test_pair_page_is_previewed_from_the_draft_of_its_medicine(client, db):
    published_world()
    pair = DrugEffect.objects.get(drug__slug="testamol")
    pair.what_helps = "Rest a little."
    pair.save()
    workflow.save(pair.drug, by=writer())
    client.force_login(writer())

    assert "Rest a little." in client.get(preview_of(pair)).content.decode()
    assert "Rest a little." not in client.get("/medicines/testamol/test-ache/").content.decode()


class TestOfTheUnsavedForm:
    """A form as it is filled in now, child rows included, through the readers' own page; nothing is stored."""

    def everything(self):
        return [list(model.objects.order_by("pk").values()) for model in apps.get_models() if model is not Session]

    def test_it_shows_fields_and_rows_that_nobody_has_saved(self, client, db):
        published_world()
        article = draft(article_content(sections=[{"key": "why", "heading": "Why", "body": "Nobody knows."}]))
        client.force_login(writer())
        fields = fields_of(client, f"/admin/articles/article/{article.pk}/change/", "article")
        last = int(fields["sections-TOTAL_FORMS"][0]) - 1
        before = self.everything()

        response = client.post(
            preview_of(article),
            fields
            | {
                "title": "Is this unsaved?",
                "sections-0-body": "Somebody knows.",
                f"sections-{last}-heading": "A new section",
                f"sections-{last}-body": "With words.",
            },
        )

        page = response.content.decode()
        assert all(words in page for words in ("Is this unsaved?", "Somebody knows.", "A new section", "With words."))
        assert "Nobody knows." not in page
        assert self.everything() == before

    def test_a_new_article_can_be_looked_at_before_its_first_save(self, client, db):
        published_world()
        client.force_login(writer())
        fields = fields_of(client, "/admin/articles/article/add/", "article")
        before = self.everything()

        response = client.post(
            "/admin/articles/article/add/preview/",
            fields | {"title": "Is it new?", "verdict": "Yes.", "short_answer": "It is.", "action": "Read it."},
        )

        assert "Is it new?" in response.content.decode()
        assert self.everything() == before

    def test_figures_on_the_page_of_a_side_effect_are_shown_as_readers_get_them(self, client, db):
        drug = published_world()
        pair = DrugEffect.objects.get(drug=drug)
        client.force_login(writer())
        fields = fields_of(client, f"/admin/articles/drugeffect/{pair.pk}/change/", "drugeffect")
        source = Document.objects.get(slug="test-label")
        before = self.everything()

        response = client.post(
            preview_of(pair), fields | {"findings-0-sources": [source.pk], "findings-0-low": 7, "findings-0-high": 7}
        )

        assert "7 in every 100 people" in response.content.decode()
        assert self.everything() == before

    def test_what_has_to_be_mended_is_said_in_place_of_the_page(self, client, db):
        article, _ = changed_article()
        client.force_login(writer())
        fields = fields_of(client, f"/admin/articles/article/{article.pk}/change/", "article")

        response = client.post(preview_of(article), fields | {"title": ""})

        assert "The page can be shown when this is mended" in response.content.decode()

    def test_an_old_form_is_shown_as_its_editor_means_it(self, client, db):
        article, _ = changed_article()
        client.force_login(writer())
        fields = fields_of(client, f"/admin/articles/article/{article.pk}/change/", "article")
        draft(article_content(title="Somebody else's title"))
        before = self.everything()

        page = client.post(preview_of(article), fields | {"action": "Mine."}).content.decode()

        assert "Does testamol still ache?" in page
        assert self.everything() == before

    def test_an_old_form_that_names_what_is_gone_says_so(self, client, db):
        draft(source_content("gone"))
        effect = draft(effect_content(sources=["gone"]))
        client.force_login(writer())
        fields = fields_of(client, f"/admin/articles/effect/{effect.pk}/change/", "effect")
        draft(effect_content())
        workflow.discard(Document.objects.get(slug="gone"), by=User.objects.create_superuser("admin"))

        page = client.post(preview_of(effect), fields).content.decode()

        assert "no source is called &#x27;gone&#x27;" in page

    def test_it_may_be_framed_by_our_own_pages_and_no_other_page_may(self, client, db):
        article, _ = changed_article()
        client.force_login(writer())
        address = f"/admin/articles/article/{article.pk}/change/"
        fields = fields_of(client, address, "article")

        preview, form = client.post(preview_of(article), fields), client.get(address)

        assert "frame-ancestors 'self'" in preview.headers["Content-Security-Policy"]
        assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'none'" in form.headers["Content-Security-Policy"]
        assert "frame-src 'self'" in form.headers["Content-Security-Policy"]
        assert form.headers["X-Frame-Options"] == "DENY"
        assert "frame-src" not in client.get("/").headers["Content-Security-Policy"]

    def test_who_may_not_change_the_page_cannot_preview_a_form_of_it(self, client, db):
        article, _ = changed_article()
        client.force_login(publisher())

        assert client.post(preview_of(article), {"title": "x"}).status_code == 403
        for row in (article, DrugEffect.objects.get(drug__slug="testamol")):
            page = client.get(preview_of(row).replace("/preview/", "/change/")).content.decode()
            assert "Preview in a new tab" not in page
