from itertools import pairwise

import pytest
from django.contrib.auth.models import User

from articles import workflow
from articles.models import Document, EvidenceChange, Source
from tests.factories import (
    article_content,
    draft,
    effect_content,
    published,
    published_world,
    publisher,
    reviewer,
    source_content,
    writer,
)

from ...pages import Page
from .forms import errors_of, fields_of, send

FRONT = "/admin/"


@pytest.fixture
def front(client, db):
    """front(user): the front page as this editor sees it."""

    def fetched(user):
        client.force_login(user)
        response = client.get(FRONT)
        assert response.status_code == 200
        return Page(response.content.decode(), response)

    return fetched


def headings(page):
    return [heading["text"].strip() for heading in page.all("h3")]


@pytest.fixture
def changed_article(db):
    """A live article whose source has changed since."""
    published_world()
    article = published(article_content())
    published(source_content(note="A new edition"))
    return article


class TestFrontPage:
    def test_a_new_editor_is_told_that_nothing_waits(self, front):
        page = front(writer())

        assert "Nothing waits for you." in page.text
        assert "Empty now:" in page.text
        assert "My drafts" in page.text

    def test_an_account_without_a_group_is_told_whom_to_ask(self, front):
        page = front(User.objects.create_user("nobody", is_staff=True))

        assert "An administrator can put it into a group." in page.text

    def test_it_is_sound_html_with_headings_in_order(self, front, changed_article):
        author = writer()
        workflow.publish_urgently(draft(effect_content("test-itch"), by=author), by=publisher(), reason="Wrong number")
        draft(effect_content("test-rash"), by=author)

        page = front(author)

        levels = [int(element["tag"][1]) for element in page.elements if element["tag"] in ("h1", "h2", "h3", "h4")]
        ids = [element["attributes"]["id"] for element in page.elements if "id" in element["attributes"]]
        assert page.faults == []
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert len(ids) == len(set(ids))
        assert not any("style" in element["attributes"] for element in page.elements)

    def test_every_row_leads_to_its_page_and_the_words_are_escaped(self, client, front):
        author = writer()
        document = workflow.submit(draft(effect_content(name="<b>Ache</b>"), by=author), by=author)
        workflow.send_back(document, by=reviewer(), comment="<script>Say where</script>")

        page = front(author)

        assert "Changes asked of me 1" in [" ".join(heading.split()) for heading in headings(page)]
        assert f'<a href="/admin/articles/effect/{document.pk}/change/">&lt;b&gt;Ache&lt;/b&gt;</a>' in page.html
        assert "“<script>Say where</script>”" in page.text

    def test_the_full_list_shows_exactly_what_the_front_page_counts(self, client, front):
        author = writer()
        for number in range(12):
            draft(effect_content(f"test-ache-{number}", name=f"Mine {number}"), by=author)
        draft(effect_content("test-itch", name="Somebody else's"))

        page = front(author)
        (link,) = [link for link in page.all("a") if "?desk=drafts" in link.get("href", "")]
        full = client.get(link["href"]).content.decode()

        assert link["text"] == "side effect (12)"
        assert "12 side effects" in full
        assert "Somebody else" not in full

    def test_models_stand_in_groups_and_none_is_lost(self, front):
        page = front(User.objects.create_superuser("root"))

        links = {link.get("href") for link in page.all("a")}
        models = [model for app in page.response.context["app_list"] for model in app["models"]]
        assert {model["admin_url"] for model in models} <= links
        assert "Other" not in headings(page)

    def test_a_dead_link_and_what_is_asked_for_are_shown(self, front):
        published_world()
        Source.objects.filter(slug="test-label").update(link_state="dead", link_note="404 Not Found")

        page = front(writer())

        assert "404 Not Found" in page.text
        assert "1 live page" in page.text

    @pytest.mark.parametrize("make", [writer, reviewer, publisher])
    def test_it_takes_few_queries_with_all_the_shipped_content(self, client, db, make, django_assert_max_num_queries):
        client.force_login(make())

        with django_assert_max_num_queries(20):
            client.get(FRONT)


class TestLookedAt:
    def post(self, client, article, *, comment="The sentence is the same", back="desk", seen=None):
        newest = EvidenceChange.objects.filter(page=article.pk).first().pk
        address = f"/admin/articles/evidencechange/looked-at/{article.pk}/"
        answer = {"comment": comment, "back": back, "seen": newest if seen is None else seen}
        return client.post(address, answer, follow=True)

    def settled(self, article):
        return not EvidenceChange.objects.filter(page=article.pk, settled_at=None).exists()

    @pytest.mark.parametrize("make", [writer, reviewer, publisher])
    def test_an_editor_settles_it_and_it_is_kept_who_and_why(self, client, changed_article, make):
        editor = make()
        client.force_login(editor)

        response = self.post(client, changed_article)

        change = EvidenceChange.objects.get(page=changed_article.pk)
        assert (change.settled_by, change.comment) == (editor, "The sentence is the same")
        assert response.redirect_chain[0][0] == "/admin/#evidence"
        assert "“Does testamol ache?” was looked at" in response.content.decode()

    def test_the_page_itself_has_the_box_until_it_is_settled(self, client, changed_article):
        client.force_login(writer())
        address = f"/admin/articles/article/{changed_article.pk}/change/"
        assert "What this page rests on has changed" in client.get(address).content.decode()

        response = self.post(client, changed_article, back="page")

        assert response.redirect_chain[0][0] == address
        assert "What this page rests on has changed" not in response.content.decode()

    @pytest.mark.parametrize(("comment", "seen"), [("  ", None), ("I looked", 0), ("I looked", "x")])
    def test_without_words_or_with_a_change_unread_it_stays(self, client, changed_article, comment, seen):
        client.force_login(writer())

        response = self.post(client, changed_article, comment=comment, seen=seen)

        assert "still waits" in response.content.decode()
        assert ("You had written: “I looked”" in response.content.decode()) == bool(comment.strip())
        assert not self.settled(changed_article)

    def test_others_may_not_and_looking_at_the_address_does_nothing(self, client, changed_article):
        client.force_login(User.objects.create_user("nobody", is_staff=True))
        assert self.post(client, changed_article).status_code == 403

        client.force_login(writer())
        assert client.get(f"/admin/articles/evidencechange/looked-at/{changed_article.pk}/").status_code == 405
        assert not self.settled(changed_article)

    def test_its_list_says_who_looked(self, client, changed_article):
        client.force_login(writer(first_name="Wanda"))
        self.post(client, changed_article)

        page = client.get("/admin/articles/evidencechange/?open=no").content.decode()

        assert "The sentence is the same" in page
        assert "The sentence is the same" not in client.get("/admin/articles/evidencechange/?open=yes").content.decode()


class TestOwnerAndReviewer:
    def test_only_who_can_sign_off_can_be_chosen_as_reviewer(self, client, db):
        source, clinician, colleague = draft(source_content()), reviewer(), writer()
        client.force_login(writer())
        address = f"/admin/articles/source/{source.pk}/change/"

        refused = send(client, address, "source", reviewer=[colleague.pk])
        assert "not one of the available choices" in errors_of(refused)

        send(client, address, "source", reviewer=[clinician.pk])
        assert Document.objects.get(pk=source.pk).reviewer == clinician

    def test_a_reviewer_who_has_left_stays_entered_until_somebody_changes_it(self, client, db):
        gone = reviewer(is_active=False)
        source = draft(source_content())
        Document.objects.filter(pk=source.pk).update(reviewer=gone)
        client.force_login(writer())
        address = f"/admin/articles/source/{source.pk}/change/"

        assert fields_of(client, address, "source")["reviewer"] == [str(gone.pk)]
        send(client, address, "source", title="Other words")
        assert Document.objects.get(pk=source.pk).reviewer == gone

    def test_the_new_reviewer_is_told(self, client, db, mailoutbox, django_capture_on_commit_callbacks):
        source, clinician = draft(source_content()), reviewer(email="rita@example.org")
        client.force_login(writer())

        with django_capture_on_commit_callbacks(execute=True):
            send(client, f"/admin/articles/source/{source.pk}/change/", "source", reviewer=[clinician.pk])

        assert [message.to for message in mailoutbox] == [["rita@example.org"]]
        assert "You are asked to review this page from now on" in mailoutbox[0].body

    def test_my_own_pages_are_one_filter_away(self, client, db):
        me = writer()
        mine = draft(source_content("mine", title="Mine only"))
        draft(source_content("theirs", title="Theirs only"))
        Document.objects.filter(pk=mine.pk).update(owner=me)
        client.force_login(me)

        page = client.get("/admin/articles/source/?desk=mine").content.decode()

        assert "Mine only" in page
        assert "Theirs only" not in page
