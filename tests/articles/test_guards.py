"""What must never happen, tried with plain SQL: the database itself has to refuse."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles import revisions, workflow
from articles.content import restore
from articles.guards import GUARDS, NEVER_EMPTIED
from articles.models import AccountEvent, Document, Effect, ReviewEvent, Revision, SignOff
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


def test_nobody_signs_off_what_they_wrote_and_somebody_restored():
    author = factories.reviewer()
    draft(effect_content())
    draft(effect_content(name="Theirs"), by=author)
    published(effect_content())
    document = workflow.restore_version(Effect.objects.get(slug="test-ache"), 2, by=factories.writer())
    revision = workflow.latest_revision(document)

    with pytest.raises(IntegrityError, match="sign_off_is_by_no_author"), transaction.atomic():
        sign(revision, author)


def sign(revision, clinician, **fields):
    credential = clinician.credentials.get()
    return SignOff.objects.create(
        **({"revision": revision, "clinical_hash": revision.clinical_hash, "credential": credential} | fields)
    )


def test_a_sign_off_is_of_the_text_of_its_version():
    document = draft(effect_content())
    other = workflow.latest_revision(draft(effect_content("test-rash", name="Test rash")))
    aside = revisions.set_aside(document, effect_content(name="Aside"), author=factories.writer(), based_on=1)

    for revision, fields in (
        (workflow.latest_revision(document), {"clinical_hash": other.clinical_hash}),
        (aside, {}),
    ):
        with pytest.raises(IntegrityError, match="sign_off_is_of_its_text"), transaction.atomic():
            sign(revision, factories.reviewer(), **fields)


def test_a_credential_that_ended_yesterday_signs_nothing_and_one_that_ends_today_does():
    revision, clinician = workflow.latest_revision(draft(effect_content())), factories.reviewer()
    today = timezone.localdate()

    clinician.credentials.update(valid_until=today - timedelta(days=1))
    with pytest.raises(IntegrityError, match="sign_off_has_a_valid_credential"), transaction.atomic():
        sign(revision, clinician)

    clinician.credentials.update(valid_until=today)
    assert sign(revision, clinician)


def test_a_sign_off_is_never_deleted():
    sign_off = SignOff.objects.get(revision=published(effect_content()).live)

    refused("sign_off_is_never_deleted", "DELETE FROM articles_signoff WHERE id = %s", sign_off.pk)


def test_a_draft_that_was_signed_goes_with_its_sign_off():
    document = signed_off(effect_content())
    revision = workflow.latest_revision(document)

    workflow.discard(document, by=factories.writer(is_superuser=True))

    assert not SignOff.objects.filter(revision=revision.pk).exists()


def test_a_review_brings_no_words():
    document = published(effect_content())

    with pytest.raises(IntegrityError, match="review_moves_dates_only"), transaction.atomic():
        restore(effect_content(description="It aches, as nobody has checked."), document=document)
        revisions.store(document, origin=Revision.Origin.REVIEWED, author=factories.writer(), reason="Reviewed")


def event(document, verb, by):
    return ReviewEvent.objects.create(
        document_id=document.pk, revision=workflow.latest_revision(document), verb=verb, by=by, comment="Why"
    )


def test_nobody_approves_their_own_emergency():
    author, hurried = factories.reviewer(), factories.publisher()
    document = draft(effect_content(), by=author)
    document = workflow.publish_urgently(document, by=hurried, reason="The number is wrong")

    for by in (author, hurried, None):
        with pytest.raises(IntegrityError, match="approval_is_by_somebody_else"), transaction.atomic():
            event(document, Verb.APPROVE, by)
    assert workflow.approve(document, by=factories.reviewer())


def test_only_an_emergency_is_approved():
    """Otherwise it would count as a second person's look, and the author could publish."""
    document = signed_off(effect_content())

    with pytest.raises(IntegrityError, match="approval_is_of_an_emergency"), transaction.atomic():
        event(document, Verb.APPROVE, factories.reviewer())


def test_a_decision_is_about_a_version_of_its_own_document():
    """Otherwise the number of the other's version would count as looked at, and the author could publish."""
    document, other = signed_off(effect_content()), published(effect_content("test-rash", name="Test rash"))

    with pytest.raises(IntegrityError, match="review_event_is_of_its_document"), transaction.atomic():
        ReviewEvent.objects.create(
            document_id=document.pk, revision=other.live, verb=Verb.PUBLISH, by=factories.publisher()
        )


@pytest.mark.parametrize("verb", [Verb.PUBLISH, Verb.PUBLISH_URGENTLY, Verb.SCHEDULE])
def test_nobody_is_no_publisher_of_what_an_editor_wrote(verb):
    document = signed_off(effect_content())

    with pytest.raises(IntegrityError, match="publication_has_its_publisher"), transaction.atomic():
        event(document, verb, None)


def test_an_earlier_publication_comes_back_only_by_another():
    published(effect_content())
    document = published(effect_content(name="Newer"))
    first = document.revisions.get(number=1)

    refused(
        "live_revision_was_published", "UPDATE articles_document SET live_id = %s WHERE id = %s", first.pk, document.pk
    )


def test_a_new_document_is_a_draft():
    live = published(effect_content()).live

    with pytest.raises(IntegrityError, match="document_begins_as_a_draft"), transaction.atomic():
        Document.objects.create(kind="effect", slug="test-other", live=live)


def test_a_page_that_was_published_keeps_its_address():
    document = published(effect_content())
    sql = "UPDATE articles_document SET slug = 'test-moved' WHERE id = %s"

    refused("document_keeps_its_address", sql, document.pk)
    refused("document_keeps_its_address", "UPDATE articles_document SET kind = 'drug' WHERE id = %s", document.pk)
    document = workflow.withdraw(document, by=factories.publisher(), reason="Old")
    refused("document_keeps_its_address", sql, document.pk)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite has INSERT OR REPLACE.")
def test_nothing_is_replaced_by_another_row_of_its_number():
    event = AccountEvent.objects.create(what="login", about_name="ada")
    columns = "id, what, by_name, about_name, network, details, at"

    refused(
        "account_event_is_never_deleted",
        f"INSERT OR REPLACE INTO articles_accountevent ({columns}) VALUES (%s, 'logout', '', '', '', '{{}}', '2026-01-01')",
        event.pk,
    )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="Only PostgreSQL has TRUNCATE.")
@pytest.mark.parametrize("table", NEVER_EMPTIED)
def test_no_log_is_emptied_at_once(table):
    refused("log_is_never_emptied", f"TRUNCATE {table} CASCADE")


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
