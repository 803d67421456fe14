import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from articles import letters, workflow
from articles.content import restore
from articles.models import Document

from ..factories import (
    article_content,
    draft,
    effect_content,
    published,
    published_world,
    publisher,
    reviewer,
    signed_off,
    source_content,
    writer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """sent(move, ...): make the move, commit it, and say who got a letter."""

    def made(move, *args, **kwargs):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            move(*args, **kwargs)
        return sorted(address for message in mail.outbox for address in message.recipients())

    return made


@pytest.fixture
def cast(db):
    return {
        "owner": writer(email="owner@example.org"),
        "author": writer(email="author@example.org"),
        "reviewer": reviewer(email="reviewer@example.org", first_name="Rita", last_name="Rahman"),
        "other reviewer": reviewer(email="other-reviewer@example.org"),
        "publisher": publisher(email="publisher@example.org", first_name="Paul", last_name="Meyer"),
        "gone": publisher(email="gone@example.org", is_active=False),
        "moved on": publisher(email="moved-on@example.org", is_staff=False),
        "without address": reviewer(),
    }


@pytest.fixture
def page(cast):
    document = draft(effect_content(), by=cast["author"])
    Document.objects.filter(pk=document.pk).update(owner=cast["owner"])
    return document


def tomorrow():
    return timezone.now() + timedelta(days=1)


class TestWhoIsTold:
    def test_of_a_page_to_review_every_reviewer_where_none_is_named(self, cast, page, sent):
        assert sent(workflow.submit, page, by=cast["author"]) == ["other-reviewer@example.org", "reviewer@example.org"]

    def test_of_a_page_to_review_only_the_reviewer_who_is_named(self, cast, page, sent):
        Document.objects.filter(pk=page.pk).update(reviewer=cast["reviewer"])

        assert sent(workflow.submit, page, by=cast["author"]) == ["reviewer@example.org"]

    def test_of_a_page_to_review_the_others_where_the_one_named_has_left(self, cast, page, sent):
        Document.objects.filter(pk=page.pk).update(reviewer=reviewer(email="left@example.org", is_active=False))

        assert "other-reviewer@example.org" in sent(workflow.submit, page, by=cast["author"])

    def test_of_a_page_to_review_nobody_who_wrote_it(self, cast, sent):
        document = draft(effect_content(), by=cast["reviewer"])

        assert sent(workflow.submit, document, by=writer()) == ["other-reviewer@example.org"]

    def test_each_move_tells_those_who_wait_for_it(self, cast, page, sent):
        both = ["author@example.org", "owner@example.org"]
        workflow.submit(page, by=cast["author"])

        assert sent(workflow.send_back, page, by=cast["reviewer"], comment="Say where") == both
        workflow.submit(page, by=cast["author"])
        assert sent(workflow.sign_off, page, by=cast["reviewer"]) == ["owner@example.org", "publisher@example.org"]
        assert sent(workflow.schedule, page, by=cast["publisher"], publish_at=tomorrow()) == both
        assert sent(workflow.unschedule, page, by=cast["publisher"]) == both
        assert sent(workflow.publish, page, by=cast["publisher"]) == both
        assert sent(workflow.withdraw, page, by=cast["publisher"], reason="Out of date") == both

    def test_whoever_scheduled_a_page_is_told_that_a_change_takes_it_off(self, cast, page, sent):
        document = workflow.sign_off(workflow.submit(page, by=cast["author"]), by=cast["reviewer"])
        document = workflow.schedule(document, by=cast["publisher"], publish_at=tomorrow())
        restore(effect_content(description="It aches a lot."), document=document)

        assert "publisher@example.org" in sent(workflow.save, document, by=cast["author"], reason="How much")
        event = document.events.first()
        assert (event.verb, event.comment) == ("unschedule", "It was changed after it was scheduled.")

    def test_an_emergency_tells_everybody_who_is_active_and_its_approval_its_publisher(self, cast, page, sent):
        told = sent(workflow.publish_urgently, page, by=cast["publisher"], reason="The number is wrong")

        assert told == [f"{name}@example.org" for name in ("author", "other-reviewer", "owner", "reviewer")]
        assert sent(workflow.approve, page, by=cast["reviewer"]) == ["publisher@example.org"]

    def test_nobody_is_told_of_what_they_did_themselves_and_nobody_twice(self, cast, page, sent):
        Document.objects.filter(pk=page.pk).update(owner=cast["author"])
        workflow.submit(page, by=cast["author"])

        assert sent(workflow.send_back, page, by=cast["reviewer"], comment="Say where") == ["author@example.org"]

        document = workflow.submit(page, by=cast["author"])
        Document.objects.filter(pk=page.pk).update(owner=cast["reviewer"])
        assert sent(workflow.sign_off, document, by=cast["reviewer"]) == ["publisher@example.org"]

    def test_a_new_owner_gets_one_letter_for_all_the_pages(self, cast, page, sent):
        pages = [page, draft(effect_content("test-itch", name="Test itch"))]

        told = sent(letters.handed_over, pages, role="owner", to=cast["owner"], by=cast["publisher"])

        assert told == ["owner@example.org"]
        assert "“Test ache”" in mail.outbox[0].body
        assert "“Test itch”" in mail.outbox[0].body
        assert sent(letters.handed_over, pages, role="owner", to=cast["owner"], by=cast["owner"]) == []
        assert sent(letters.handed_over, pages, role="owner", to=None, by=cast["owner"]) == []


class TestChangedEvidence:
    @pytest.fixture
    def label(self, cast):
        """A live source, and two live pages of one owner that name it."""
        published_world()
        for slug in ("first-article", "second-article"):
            published(article_content(slug, title=slug))
        Document.objects.filter(kind="article").update(owner=cast["owner"])
        return Document.objects.get(kind="source", slug="test-label")

    def test_the_owner_gets_one_letter_that_names_all_pages(self, cast, label, sent):
        document = signed_off(source_content(note="A new edition"), by=cast["author"])

        sent(workflow.publish, document, by=cast["publisher"])

        (letter,) = [message for message in mail.outbox if message.to == ["owner@example.org"]]
        assert letter.subject == "Side Effects: evidence changed under your pages"
        assert all(f"“{slug}”" in letter.body for slug in ("first-article", "second-article"))
        assert "The source “Test agency: Test label” changed." in letter.body

    def test_a_withdrawal_tells_them_too(self, cast, label, sent):
        sent(workflow.withdraw, label, by=cast["publisher"], reason="The agency took it back")

        (letter,) = [message for message in mail.outbox if message.to == ["owner@example.org"]]
        assert "was withdrawn" in letter.body

    def test_an_owner_who_published_the_change_is_not_told(self, cast, label, sent):
        Document.objects.filter(kind="article").update(owner=cast["publisher"])
        document = signed_off(source_content(note="A new edition"), by=cast["author"])

        assert "publisher@example.org" not in sent(workflow.publish, document, by=cast["publisher"])


class TestTheLetter:
    def test_it_says_what_happened_the_remark_and_where_in_plain_text(self, cast, page, sent, settings):
        settings.SITE_URL = "https://www.example.org"
        workflow.submit(page, by=cast["author"])

        sent(workflow.send_back, page, by=cast["reviewer"], comment="Say where it aches.")

        letter = mail.outbox[0]
        assert letter.subject == "Side Effects: sent back with changes asked for: Test ache"
        assert letter.body == (
            "“Test ache” was sent back with changes asked for by Rita Rahman (version 1).\n\n"
            "They wrote:\nSay where it aches.\n\n"
            "Please change it, and submit it again.\n\n"
            f"https://www.example.org/admin/articles/effect/{page.pk}/change/\n\n"
            "Everything that waits for you: https://www.example.org/admin/\n"
        )
        assert letter.content_subtype == "plain"

    def test_a_schedule_says_the_time(self, cast, sent):
        document = signed_off(effect_content(), by=cast["author"])
        moment = timezone.now().replace(year=timezone.now().year + 1, month=3, day=4, hour=9, minute=5)

        sent(workflow.schedule, document, by=cast["publisher"], publish_at=moment)

        assert f"scheduled for publication for 4 March {moment.year}, 09:05 (UTC)" in mail.outbox[0].body

    def test_a_line_break_in_a_title_begins_no_header(self, cast, sent):
        document = draft(effect_content(name="Ache\nBcc: everybody@example.org"), by=cast["author"])

        sent(workflow.submit, document, by=cast["author"])

        assert mail.outbox[0].subject.endswith("Ache Bcc: everybody@example.org")


class TestWhenTheMailFails:
    def test_the_move_stays_and_the_log_has_no_address(self, cast, page, sent, monkeypatch, caplog):
        def refuse(self, messages):
            raise OSError("no route to owner@example.org")

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        workflow.submit(page, by=cast["author"])

        sent(workflow.send_back, page, by=cast["reviewer"], comment="Say where")

        page.refresh_from_db()
        assert page.state == Document.State.CHANGES_ASKED
        assert re.findall(r"not sent: (\w+)", caplog.text) == ["OSError", "OSError"]
        assert "@" not in caplog.text

    def test_a_server_that_is_away_is_asked_once(self, cast, page, sent, monkeypatch, caplog):
        asked = []

        def away(self):
            asked.append(1)
            raise ConnectionRefusedError

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", away)

        assert sent(workflow.submit, page, by=cast["author"]) == []
        assert (len(asked), "ConnectionRefusedError" in caplog.text) == (1, True)

    def test_one_address_that_is_refused_keeps_no_letter_from_the_others(self, cast, page, sent, monkeypatch):
        from django.core.mail.backends.locmem import EmailBackend

        send = EmailBackend.send_messages

        def picky(self, messages):
            if messages[0].to == ["other-reviewer@example.org"]:
                raise OSError
            return send(self, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", picky)

        assert sent(workflow.submit, page, by=cast["author"]) == ["reviewer@example.org"]


class TestNothingIsSent:
    def test_of_a_move_that_is_refused(self, cast, page, sent):
        def refused():
            with pytest.raises(workflow.Refused):
                workflow.publish(page, by=cast["publisher"])

        assert sent(refused) == []

    def test_inside_a_preview(self, cast, sent):
        published(effect_content(), by=cast["author"])
        restore(effect_content(description="It aches at night."))
        document = workflow.save(Document.objects.get(slug="test-ache"), by=cast["author"], reason="When it aches")

        def look():
            with workflow.as_if_published(document):
                pass

        assert sent(look) == []
