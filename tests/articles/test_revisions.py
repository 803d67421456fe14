import pytest
from django.db import IntegrityError, transaction

from articles import policy, revisions, workflow
from articles.content import restore, snapshot
from articles.merging import put_together
from articles.models import Effect, ReviewEvent, SignOff

from ..factories import draft, effect_content, published, publisher, reviewer, signed_off, writer

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_what_was_set_aside_is_kept_and_is_not_the_draft():
    document = draft(effect_content())
    person = writer()

    aside = revisions.set_aside(document, effect_content(name="Mine"), author=person, based_on=1)

    assert (aside.number, document.version) == (2, 2)
    assert revisions.latest_revision(document).number == 1
    assert snapshot(document)["name"] == "Test ache"
    assert document.revisions.unsettled().get() == aside


def test_the_next_save_follows_it_in_number():
    document = draft(effect_content())
    revisions.set_aside(document, effect_content(name="Mine"), author=writer(), based_on=1)

    document = draft(effect_content(name="Theirs"))

    assert revisions.latest_revision(document).number == 3


def test_what_was_set_aside_before_a_publication_counts_when_it_is_brought_in_afterwards():
    """Otherwise its author could sign or publish it, because its number is older than what was looked at last."""
    author = reviewer()
    author.groups.add(*publisher().groups.all())
    document = draft(effect_content())
    aside = revisions.set_aside(document, effect_content(description="Mine."), author=author, based_on=1, reason="Mine")
    document = published(effect_content(name="Theirs"))
    put_together(document, aside, by=writer())
    document = workflow.submit(Effect.objects.get(slug="test-ache"), by=writer())

    with pytest.raises(workflow.Refused, match="somebody else has to sign it off"):
        workflow.sign_off(document, by=author)
    with pytest.raises(IntegrityError, match="sign_off_is_by_no_author"), transaction.atomic():
        latest = revisions.latest_revision(document)
        SignOff.objects.create(revision=latest, clinical_hash=latest.clinical_hash, credential=author.credentials.get())

    document = workflow.sign_off(document, by=reviewer())
    with pytest.raises(workflow.Refused, match="somebody else has to publish it"):
        workflow.publish(document, by=author)
    with pytest.raises(IntegrityError, match="publication_is_by_no_author"), transaction.atomic():
        ReviewEvent.objects.create(
            document_id=document.pk, revision=revisions.latest_revision(document), verb="publish", by=author
        )


def test_a_sign_off_ends_what_counts_as_written_for_the_next_one():
    person = reviewer()
    document = signed_off(effect_content(), by=person)
    assert revisions.wrote_since_sign_off(revisions.latest_revision(document), person)

    document = draft(effect_content(name="Others wrote this"))

    assert not revisions.wrote_since_sign_off(revisions.latest_revision(document), person)


def test_notes_since_the_last_publication_stand_once_and_in_order():
    published(effect_content())
    for name, note in (("One", "First"), ("Two", "Second"), ("Three", "First"), ("Four", "")):
        restore(effect_content(name=name))
        document = workflow.save(Effect.objects.get(slug="test-ache"), by=writer(), reason=note)

    notes = revisions.notes_since_publication(document, revisions.latest_revision(document))

    assert notes == ["First", "Second"]


def test_a_version_that_readers_were_shown_needs_no_new_note():
    document = workflow.withdraw(published(effect_content()), by=publisher(), reason="Looked wrong")

    assert not revisions.lacks_note(document, revisions.latest_revision(document))
    found = policy.problems_of(document, revisions.latest_revision(document))
    assert [problem for problem in found if problem.binding] == []
