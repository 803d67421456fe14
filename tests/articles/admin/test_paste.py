import re

import pytest
from django.utils.html import escape

from articles import workflow
from articles.content import snapshot
from articles.models import Article, Document, Revision
from articles.quality import LEFT_OVER, MISSING
from tests.factories import published_world, reviewer, writer

from ...pages import Page
from .forms import fields_of, send

PASTE = "/admin/articles/article/paste/"
TEXT = """Can Testamol Ache? What Is Known

Yes, it can. A few people ache.

What Helps

- **Rest:** it helps.

FAQ

It lasts a day.

References

1. 1
"""


def change(article):
    return f"/admin/articles/article/{article.pk}/change/"


@pytest.fixture
def user(client, db):
    person = writer()
    client.force_login(person)
    return person


def pasted(client, text=TEXT):
    response = client.post(PASTE, {"text": text.replace("\n", "\r\n")})
    assert response.status_code == 302
    article = Article.objects.latest("pk")
    assert response["Location"] == change(article)
    return article


def test_pasted_article_becomes_one_version_of_one_draft(client, user):
    published_world()

    article = pasted(client)

    revision = article.revisions.get()
    assert (article.title, article.subtitle, article.verdict) == ("Can Testamol Ache?", "What Is Known", "Yes, it can.")
    assert (article.state, article.live, article.owner) == (Document.State.DRAFT, None, user)
    assert (revision.author, revision.reason, revision.number) == (user, "Pasted as a whole", 1)
    assert revision.content["drugs"] == ["testamol"]
    assert revision.content == snapshot(article)


def test_page_of_the_draft_says_what_is_missing_and_what_was_left_out_until_that_is_deleted(client, user):
    article = pasted(client)

    box = Page(client.get(change(article)).content.decode()).one("section", class_="left-over")["text"]
    assert "1 answer has no question." in box
    assert "1 reference has no title." in box
    assert "1. 1" in box

    values = fields_of(client, change(article), "article")
    number = article.sections.count() - 1
    client.post(change(article), values | {f"sections-{number}-DELETE": "on"})
    assert not article.sections.filter(key=LEFT_OVER).exists()
    assert not Page(client.get(change(article)).content.decode()).all("section", class_="left-over")


def test_draft_cannot_be_submitted_while_anything_is_missing(client, user):
    article = pasted(client)

    reasons = workflow.reasons_against(article, workflow.Verb.SUBMIT, by=user)

    assert "Use or delete the section 'Left over from the pasted text'." in reasons
    assert f"Write the text that is still missing: {MISSING}: what to do now, in one line]" in reasons
    assert f"Write the text that is still missing: {MISSING} question] It lasts a day.…" in reasons


def test_page_of_the_draft_can_be_saved_as_it_is(client, user):
    article = pasted(client)

    response = send(client, change(article), "article")

    assert response.status_code == 302
    assert article.revisions.count() == 1


def test_second_article_with_the_same_title_gets_an_address_of_its_own(client, user):
    first = pasted(client)

    second = pasted(client)

    assert (first.slug, second.slug) == ("can-testamol-ache", "can-testamol-ache-2")
    assert first.revisions.count() == 1


def test_address_of_a_published_article_is_left_alone(client, user):
    shipped = Article.objects.get(slug="does-amlodipine-cause-leg-cramps")

    article = pasted(client, "Does amlodipine cause leg cramps?\n\nYes, it can.")

    shipped.refresh_from_db()
    assert article.slug == "does-amlodipine-cause-leg-cramps-2"
    assert (shipped.state, shipped.version) == (Document.State.PUBLISHED, 1)
    assert [article.drugs.get().slug, article.effects.get().slug] == ["amlodipine", "muscle-cramps"]


def test_pasted_draft_is_undone_by_deleting_it(client, user):
    article = pasted(client)

    client.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes", "version": "1"})

    assert not Article.objects.filter(pk=article.pk).exists()
    assert not Revision.objects.filter(document_id=article.pk).exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n ", "Paste the text of an article first."),
        ("----\n====", "Paste the text of an article first."),
        ("Why & how?\nFAQ\n" + "Why is it so?\nNo idea.\n" * 201, "Paste one article at a time."),
        ("Why & how? " + "a" * 200_000, "This is longer than 200,000 characters."),
    ],
)
def test_text_that_makes_no_draft_is_refused_in_words_and_kept_in_the_form(client, user, text, sentence):
    before = Document.objects.count()

    response = client.post(PASTE, {"text": text})

    page = Page(response.content.decode())
    assert response.status_code == 200
    assert sentence in page.text
    assert escape(text.strip()) in response.content.decode()
    assert page.one("textarea")["attributes"]["aria-invalid"] == "true"
    assert Document.objects.count() == before


def test_nothing_is_stored_if_the_version_cannot_be_stored(client, user, monkeypatch):
    def failing(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(workflow, "save", failing)
    before = Document.objects.count()

    with pytest.raises(RuntimeError):
        client.post(PASTE, {"text": TEXT})

    assert Document.objects.count() == before


def test_reviewer_who_may_not_add_articles_may_not_paste_one(client, db):
    client.force_login(reviewer())

    assert client.get(PASTE).status_code == 403
    assert client.post(PASTE, {"text": TEXT}).status_code == 403
    assert PASTE not in client.get("/admin/articles/article/").content.decode()


def test_anonymous_visitor_is_sent_to_the_login_page(client, db):
    assert client.get(PASTE)["Location"].startswith("/admin/login/")


def test_list_and_add_page_lead_to_the_form(client, user):
    for address in ("/admin/articles/article/", "/admin/articles/article/add/"):
        assert PASTE in Page(client.get(address).content.decode()).links


def test_form_is_labelled_described_and_free_of_inline_script_and_style(client, user):
    page = Page(client.get(PASTE).content.decode())

    (field,) = page.all("textarea")
    assert page.one("label", class_="required")["attributes"]["for"] == field["attributes"]["id"]
    assert page.all("div", id=field["attributes"]["aria-describedby"])
    assert page.h1 == "Paste a whole article"
    inline = {attribute for element in page.elements for attribute in element["attributes"]}
    assert not {attribute for attribute in inline if attribute == "style" or re.match("on", attribute)}
    assert [script for script in page.all("script") if not script["attributes"].get("src")] == []
