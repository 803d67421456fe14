"""The one service that writes documents: it stores revisions and moves documents from state to state.

Each move is atomic, takes `by` (the user), returns the document and writes one ReviewEvent; save, restore_version and
discard write none, but for a save that takes a page off the schedule. A refusal is a full sentence;
policy.reasons_against() gives the same sentences before a button is pressed.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from . import evidence, letters, revisions
from .content import refuse_to_drop_leading_pairs, restore, specific
from .models import PUBLICATIONS, Document, ReviewEvent, Revision, SignOff
from .policy import (
    NEED_A_REASON,
    TRANSITIONS,
    Refused,
    State,
    Verb,
    credential_of,
    emergency_of,
    is_signed,
    reasons_against,
)
from .projection import project
from .revisions import latest_revision
from .shapes import DATES, ContentError
from .usage import used_by


@transaction.atomic
def save(document, *, by, reason="", origin=Revision.Origin.EDITED, based_on=None, author=None):
    """Store the document's rows as a new revision, if they differ from the latest one, and see where that leaves it.

    `author`: who counts as having written it, where that is not `by`.
    """
    document = _locked(document)
    before = latest_revision(document)
    revision = revisions.store(document, origin=origin, author=author or by, reason=reason, based_on=based_on)
    if revision is not None:
        was_scheduled = document.state == State.SCHEDULED
        _set_state(document, _state_after(document, before, revision))
        if before is not None and before.content["slug"] != revision.content["slug"]:
            # The others name it by its address, so they say something new without a word of theirs being changed: whoever
            # wrote them last counts as the author, not who bars themselves from signing pages by a new address elsewhere.
            for user in used_by(document):
                author, reason = latest_revision(user).author, f"The address of '{document}' changed"[:300]
                save(user, by=by, author=author, reason=reason, origin=Revision.Origin.RENAMED)
        if was_scheduled:
            _note(document, Verb.UNSCHEDULE, by=by, revision=revision, comment="It was changed after it was scheduled.")
    return document


@transaction.atomic
def submit(document, *, by, comment=""):
    return _move(document, Verb.SUBMIT, by=by, comment=comment)


@transaction.atomic
def send_back(document, *, by, comment):
    return _move(document, Verb.RETURN, by=by, comment=comment)


@transaction.atomic
def sign_off(document, *, by, comment=""):
    """A clinician with a valid credential, who wrote none of it, states that the latest revision is sound."""
    document = _move(document, Verb.SIGN_OFF, by=by, comment=comment)
    _sign(latest_revision(document), by, comment)
    return document


@transaction.atomic
def schedule(document, *, by, publish_at, comment=""):
    """Have `manage.py publish_due` publish it at this time; the gate is asked again then."""
    if publish_at <= timezone.now():
        raise Refused("Choose a time that is still to come, or publish it now.")
    return _move(document, Verb.SCHEDULE, by=by, comment=comment, publish_at=publish_at)


@transaction.atomic
def unschedule(document, *, by, comment=""):
    return _move(document, Verb.UNSCHEDULE, by=by, comment=comment)


@transaction.atomic
def publish(document, *, by, reason=""):
    """Point readers at the signed-off revision. Nobody who wrote a part of it since the last publication can do this."""
    return _show(_move(document, Verb.PUBLISH, by=by, comment=reason), by=by)


@transaction.atomic
def publish_urgently(document, *, by, reason):
    """Point readers at the latest revision now, unsigned; it stays on everybody's list until somebody else approves it."""
    return _show(_move(document, Verb.PUBLISH_URGENTLY, by=by, comment=reason), by=by)


@transaction.atomic
def approve(document, *, by, comment=""):
    """A clinician who did not write it approves, afterwards, what was published as an emergency."""
    pending = emergency_of(document)
    document = _move(document, Verb.APPROVE, by=by, comment=comment, revision=pending and pending.revision)
    _sign(pending.revision, by, comment)
    return document


@transaction.atomic
def review(document, *, by, review_due, comment=""):
    """A clinician has compared the whole live page with its sources: its two dates move, and nothing else.

    Readers see the new dates when a publisher publishes that version.
    """
    document = _move(document, Verb.REVIEW, by=by, comment=comment)
    live = document.live
    if review_due <= timezone.localdate():
        raise Refused("The next review has to be on a day that is still to come.")
    _sign(live, by, comment)
    dates = {"facts_checked": timezone.localdate().isoformat(), "review_due": review_due.isoformat()}
    restore(live.content | dates, document=specific(document))
    revisions.store(document, origin=Revision.Origin.REVIEWED, author=live.author, reason="The whole page was reviewed")
    return document


@transaction.atomic
def withdraw(document, *, by, reason, moved_to=None):
    """Take the page away from readers, at once and everywhere. They are told so, or sent to `moved_to`."""
    if moved_to is not None and (moved_to.pk == document.pk or moved_to.live_id is None):
        raise Refused("Readers can be sent only to another page that they can see.")
    document = _move(document, Verb.WITHDRAW, by=by, comment=reason)
    before = document.live
    document.live, document.moved_to_id = None, moved_to and moved_to.pk
    document.save(update_fields=["live", "moved_to", "updated_at"])
    evidence.note_change(document, before, None, by=by)
    project(document)
    return document


@transaction.atomic
def restore_version(document, number, *, by, reason=""):
    """Make a new draft of an earlier version, whole, at its address of now."""
    document = _locked(document)
    revision = document.revisions.filter(number=number).first()
    if revision is None:
        raise Refused(f"There is no version {number} of it.")
    content = revisions.standing_now(document, revision.content)
    try:
        refuse_to_drop_leading_pairs(document, content)
        restore(content, document=document)
    except ContentError as error:
        raise Refused(f"Version {number} cannot be restored as it is: {error}.") from error
    return save(document, by=by, reason=reason, origin=Revision.Origin.RESTORED, based_on=number)


@transaction.atomic
def publish_shipped(content):
    """Store content that comes with the project and publish it unsigned; readers are told so.

    Returns the document, or None where it already shows exactly this. Expects it locked. Whoever loads documents calls
    projection.rebuild() after the last of them, in the same transaction.
    """
    document = restore(content)
    before = document.live
    revision = revisions.store(document, origin=Revision.Origin.SHIPPED, author=None, reason="Came with the project")
    if revision is None:
        return None
    what_changed = "A new version came with the project." if before else "First published."
    ReviewEvent.objects.create(
        document=document, revision=revision, verb=Verb.PUBLISH, by=None, what_changed=what_changed
    )
    document.state, document.live = State.PUBLISHED, revision
    document.save(update_fields=["state", "live", "updated_at"])
    if before is not None:  # on what readers never saw nothing rests, and a first load is a thousand of these
        evidence.note_change(document, before, revision, by=None)
    return document


@transaction.atomic
def discard(document, *, by, version=None):
    """Delete a draft that was never published, with its revisions. `version`: the one that `by` has seen."""
    document = _locked(document)
    if version is not None and version != document.version:
        raise Refused(f"Version {document.version} has been saved since you opened this page. Look at it first.")
    if document.ever_published:
        raise Refused("It was published once, so it stays on record. Withdraw it instead.")
    if not by.has_perm(f"articles.delete_{document._meta.model_name}"):
        raise Refused("Your account may not delete drafts.")
    pk = document.pk
    document.delete()
    # After the document, so that the guard lets them go; the deferred foreign keys are checked at commit.
    SignOff.objects.filter(revision__document_id=pk).delete()
    ReviewEvent.objects.filter(document_id=pk).delete()
    Revision.objects.filter(document_id=pk).delete()


@contextmanager
def as_if_published(document, content=None):
    """Inside it this content (or the latest version) is what readers see, for a preview; on leaving all is undone."""
    with transaction.atomic():
        try:
            document = _locked(document if content is None else restore(content, document=document))
            before = latest_revision(document)
            # The guard lets a version go live only after the event of its publication.
            revision = revisions.store_for_preview(document)
            is_told = revisions.notes_since_publication
            if _state_after(document, before, revision) == State.SIGNED_OFF:
                is_told = revisions.notes_that_were_signed
            notes = is_told(document, revision)
            ReviewEvent.objects.create(
                document_id=document.pk, revision=revision, verb=Verb.PUBLISH, by=None, what_changed="\n".join(notes)
            )
            document.live, document.moved_to = revision, None
            document.save(update_fields=["live", "moved_to"])
            project(document)
            yield document
        finally:
            transaction.set_rollback(True)


def _locked(document):
    """The document as the database has it now, held against other writers (SQLite holds the whole database)."""
    return specific(Document.objects.held().get(pk=document.pk))


def _state_after(document, before, revision):
    """Where a save leaves a document: what was signed off stays so if its clinical text is the same."""
    if document.state == State.CHANGES_ASKED:
        return State.CHANGES_ASKED
    same_text = before is not None and before.clinical_hash == revision.clinical_hash
    # The dates are no clinical text, but they promise readers that somebody looked; only who can sign may promise that.
    same_text = same_text and all(before.content.get(name) == revision.content.get(name) for name in DATES)
    if same_text and document.state == State.IN_REVIEW:
        return State.IN_REVIEW
    if same_text and document.state in (State.SIGNED_OFF, State.SCHEDULED, State.PUBLISHED) and is_signed(revision):
        return State.SIGNED_OFF
    return State.DRAFT


def _set_state(document, state, publish_at=None):
    document.state, document.publish_at = state, publish_at
    document.save(update_fields=["state", "publish_at", "updated_at"])


def _move(document, verb, *, by, comment, publish_at=None, revision=None):
    document = _locked(document)
    if reasons := reasons_against(document, verb, by=by):
        raise Refused(" ".join(reasons))
    if verb in NEED_A_REASON and not any(character.isalnum() for character in comment):
        raise Refused("Write a reason. It is kept with this decision.")
    revision = revision or latest_revision(document)
    notes = []
    if verb in PUBLICATIONS:
        told = revisions.notes_that_were_signed if verb == Verb.PUBLISH else revisions.notes_since_publication
        notes = told(document, revision)
    if state := TRANSITIONS[verb][1]:
        _set_state(document, state, publish_at)
    _note(document, verb, by=by, revision=revision, comment=comment.strip(), what_changed="\n".join(notes))
    return document


def _note(document, verb, **fields):
    """Put a decision on record, and have those whom it concerns told."""
    letters.after_move(ReviewEvent.objects.create(document_id=document.pk, verb=verb, **fields))


def _show(document, *, by):
    """Let readers see the latest revision, whose publication is on record."""
    before = document.live
    document.live, document.moved_to = latest_revision(document), None
    document.save(update_fields=["live", "moved_to", "updated_at"])
    evidence.note_change(document, before, document.live, by=by)
    project(document)
    return document


def _sign(revision, by, comment):
    SignOff.objects.create(
        revision=revision,
        clinical_hash=revision.clinical_hash,
        credential=credential_of(by),
        comment=comment,
    )
