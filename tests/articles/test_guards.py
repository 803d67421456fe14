"""What must never happen, tried with plain SQL: the database itself has to refuse."""

from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from articles import workflow
from articles.guards import GUARDS
from articles.models import AccountEvent, Document, ReviewEvent, Revision, SignOff
from articles.workflow import Verb

from .. import factories
from ..factories import draft, effect_content, published, signed_off

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def refused(guard, sql, *values):
    with pytest.raises(IntegrityError, match=guard), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_revision_is_never_updated():
    revision = workflow.latest_revision(draft(effect_content()))

    refused("revision_is_never_updated", "UPDATE articles_revision SET reason = 'x' WHERE id = %s", revision.pk)


def test_a_revision_is_never_deleted_while_its_document_exists():
    revision = workflow.latest_revision(draft(effect_content()))

    refused("revision_is_never_deleted", "DELETE FROM articles_revision WHERE id = %s", revision.pk)


def test_a_published_document_is_never_deleted():
    document = workflow.withdraw(published(effect_content()), by=factories.publisher(), reason="Old")

    refused("published_document_is_never_deleted", "DELETE FROM articles_document WHERE id = %s", document.pk)


def test_the_review_log_is_never_rewritten():
    event = published(effect_content()).events.first()

    refused("review_event_is_never_updated", "UPDATE articles_reviewevent SET comment = 'x' WHERE id = %s", event.pk)


def test_the_review_log_is_never_shortened():
    event = published(effect_content()).events.first()

    refused("review_event_is_never_deleted", "DELETE FROM articles_reviewevent WHERE id = %s", event.pk)


def test_a_sign_off_is_never_rewritten():
    sign_off = SignOff.objects.get(revision=published(effect_content()).live)

    refused("sign_off_is_never_updated", "UPDATE articles_signoff SET comment = 'x' WHERE id = %s", sign_off.pk)


def test_nobody_signs_off_what_they_wrote():
    author = factories.reviewer()
    revision = workflow.latest_revision(draft(effect_content(), by=author))

    with pytest.raises(IntegrityError, match="sign_off_is_by_no_author"), transaction.atomic():
        SignOff.objects.create(
            revision=revision, clinical_hash=revision.clinical_hash, credential=author.credentials.get()
        )


@pytest.mark.parametrize("verb", [Verb.PUBLISH, Verb.SCHEDULE])
def test_nobody_publishes_what_they_wrote(verb):
    author = factories.publisher()
    document = signed_off(effect_content(), by=author)

    with pytest.raises(IntegrityError, match="publication_is_by_no_author"), transaction.atomic():
        ReviewEvent.objects.create(
            document_id=document.pk, revision=workflow.latest_revision(document), verb=verb, by=author, comment="Alone"
        )


def test_only_what_was_signed_off_is_published():
    document = draft(effect_content())

    with pytest.raises(IntegrityError, match="publication_is_signed_off"), transaction.atomic():
        ReviewEvent.objects.create(
            document_id=document.pk,
            revision=workflow.latest_revision(document),
            verb=Verb.PUBLISH,
            by=factories.publisher(),
        )


def test_an_emergency_publication_has_its_reason():
    document = draft(effect_content())

    with pytest.raises(IntegrityError, match="review_event_has_its_reason"), transaction.atomic():
        ReviewEvent.objects.create(
            document_id=document.pk,
            revision=workflow.latest_revision(document),
            verb=Verb.PUBLISH_URGENTLY,
            by=factories.publisher(),
        )


def test_readers_see_a_version_only_after_its_publication():
    document = draft(effect_content())

    with pytest.raises(IntegrityError, match="live_revision_was_published"), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(live=workflow.latest_revision(document))


def test_a_document_can_only_show_a_revision_of_its_own():
    document, other = draft(effect_content()), published(effect_content("test-rash"))

    with pytest.raises(IntegrityError, match="live_revision_is_its_own"), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(live=workflow.latest_revision(other))


def test_the_account_log_is_never_rewritten_or_shortened():
    event = AccountEvent.objects.create(what="login", about_name="ada")

    refused(
        "account_event_is_never_updated", "UPDATE articles_accountevent SET what = 'logout' WHERE id = %s", event.pk
    )
    refused("account_event_is_never_deleted", "DELETE FROM articles_accountevent WHERE id = %s", event.pk)


def test_every_guard_is_in_the_database_and_tried_here():
    tried = Path(__file__).read_text()

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        installed = {name for (name,) in cursor.fetchall()}

    assert installed >= set(GUARDS)
    assert all(guard in tried for guard in GUARDS)
    assert Revision.objects.exists()
