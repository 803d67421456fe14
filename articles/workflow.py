"""The one service that writes documents: it stores revisions and moves documents from state to state.

Each verb is keyword-only and atomic, takes `by` (the user), returns the document and writes one ReviewEvent. A refusal is
a full sentence; reasons_against() gives the same sentences before a button is pressed.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from .content import restore, snapshot, specific
from .models import Credential, Document, ReviewEvent, Revision, SignOff
from .projection import project
from .quality import problems
from .shapes import content_hash, named_documents

State = Document.State
Verb = ReviewEvent.Verb

# verb: (states it may start from, state it ends in, permission, what the verb is called in a sentence)
TRANSITIONS = {
    # A withdrawn page comes back the way it came: through review.
    Verb.SUBMIT: ((State.DRAFT, State.WITHDRAWN), State.IN_REVIEW, "articles.submit_document", "be submitted"),
    Verb.RETURN: ((State.IN_REVIEW, State.SIGNED_OFF), State.DRAFT, "articles.return_document", "be sent back"),
    Verb.SIGN_OFF: ((State.IN_REVIEW,), State.SIGNED_OFF, "articles.sign_off_document", "be signed off"),
    Verb.PUBLISH: ((State.SIGNED_OFF,), State.PUBLISHED, "articles.publish_document", "be published"),
    Verb.WITHDRAW: (tuple(State), State.WITHDRAWN, "articles.withdraw_document", "be withdrawn"),
}


class Refused(Exception):
    """A move that the rules do not allow; str() is what the editor is told."""


def latest_revision(document):
    return document.revisions.order_by("-number").first()


def reasons_against(document, verb, *, by):
    """Sentences that say why `by` cannot do this now; an empty list means they can."""
    states, _, permission, words = TRANSITIONS[verb]
    if not by.has_perm(permission):
        return [f"Your account may not do this. A person with the right role has to: this page cannot {words} by you."]
    reasons = []
    if document.state not in states:
        wanted = " or ".join(f"'{state.label}'" for state in states)
        reasons.append(f"It is '{document.get_state_display()}'. It can {words} only when it is {wanted}.")
    revision = latest_revision(document)
    if revision is None:
        return [*reasons, "It has no saved version yet. Save it first."]
    if verb in (Verb.SUBMIT, Verb.PUBLISH):
        reasons += problems(revision.content)
    if verb == Verb.SIGN_OFF:
        reasons += _reasons_against_signing(revision, by)
    if verb == Verb.PUBLISH:
        reasons += _reasons_against_publishing(revision)
    if verb == Verb.WITHDRAW and not document.live_id:
        reasons.append("Readers cannot see it now, so there is nothing to withdraw.")
    return reasons


def needs_reason(document, verb, *, by):
    """Whether this move must come with a written reason."""
    if verb in (Verb.WITHDRAW, Verb.RETURN):
        return True
    revision = latest_revision(document)
    return verb == Verb.PUBLISH and revision is not None and revision.author_id == by.pk


@transaction.atomic
def save(document, *, by, reason=""):
    """Store the document's rows as a new revision, if they differ from the latest one; the draft starts again."""
    document = _locked(document)
    if _store_revision(document, origin=Revision.Origin.EDITED, author=by, reason=reason):
        document.state = State.DRAFT
        document.save(update_fields=["state", "updated_at"])
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
    revision = latest_revision(document)
    SignOff.objects.create(
        revision=revision,
        content_hash=revision.content_hash,
        credential=Credential.objects.valid().filter(user=by).first(),
        comment=comment,
    )
    return document


@transaction.atomic
def publish(document, *, by, reason=""):
    """Point readers at the signed-off revision. The author may publish it only with a reason, which is kept."""
    document = _move(document, Verb.PUBLISH, by=by, comment=reason)
    document.live = latest_revision(document)
    document.save(update_fields=["live", "updated_at"])
    project(document)
    return document


@transaction.atomic
def withdraw(document, *, by, reason):
    """Take the page away from readers, at once and everywhere."""
    document = _move(document, Verb.WITHDRAW, by=by, comment=reason)
    document.live = None
    document.save(update_fields=["live", "updated_at"])
    project(document)
    return document


@transaction.atomic
def publish_shipped(content, *, projecting=True):
    """Store content that comes with the project and publish it unsigned; readers are told so.

    Returns the document, or None where it already shows exactly this. The caller that loads many documents turns
    `projecting` off and calls projection.rebuild() once, in the same transaction.
    """
    document = restore(content)
    revision = _store_revision(document, origin=Revision.Origin.SHIPPED, author=None, reason="Came with the project")
    if revision is None:
        return None
    document.state, document.live = State.PUBLISHED, revision
    document.save(update_fields=["state", "live", "updated_at"])
    ReviewEvent.objects.create(document=document, revision=revision, verb=Verb.PUBLISH, by=None)
    if projecting:
        project(document)
    return document


@transaction.atomic
def discard(document, *, by):
    """Delete a draft that was never published, with its revisions."""
    document = _locked(document)
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


def edited_on_site(document):
    """Whether somebody changed it here after it was shipped, so that a new shipment must not overwrite it."""
    revision = latest_revision(document)
    return revision is not None and revision.origin != Revision.Origin.SHIPPED


def _locked(document):
    """The document as the database has it now, held against other writers (SQLite holds the whole database)."""
    return specific(Document.objects.select_for_update().get(pk=document.pk))


def _store_revision(document, *, origin, author, reason):
    """A new revision of the rows as they are, or None if the latest one already says the same."""
    content = snapshot(document)
    digest = content_hash(content)
    latest = latest_revision(document)
    if latest is not None and latest.content_hash == digest:
        return None
    document.version += 1
    document.save(update_fields=["version", "updated_at"])
    return Revision.objects.create(
        document_id=document.pk,
        number=latest.number + 1 if latest else 1,
        content=content,
        content_hash=digest,
        origin=origin,
        author=author,
        reason=reason,
    )


def _move(document, verb, *, by, comment):
    document = _locked(document)
    if reasons := reasons_against(document, verb, by=by):
        raise Refused(" ".join(reasons))
    if needs_reason(document, verb, by=by) and not comment.strip():
        raise Refused("Write a reason. It is kept with this decision.")
    document.state = TRANSITIONS[verb][1]
    document.save(update_fields=["state", "updated_at"])
    ReviewEvent.objects.create(
        document_id=document.pk, revision=latest_revision(document), verb=verb, by=by, comment=comment.strip()
    )
    return document


def _reasons_against_signing(revision, by):
    reasons = []
    if not Credential.objects.valid(on=timezone.localdate()).filter(user=by).exists():
        reasons.append("Your account has no valid professional credential. An administrator can enter it.")
    published = revision.document.live.number if revision.document.live_id else 0
    own = revision.document.revisions.filter(author=by, number__gt=published)
    if own.exists():
        reasons.append("You wrote part of this version, so somebody else has to sign it off.")
    return reasons


def _reasons_against_publishing(revision):
    reasons = []
    if not revision.sign_offs.filter(content_hash=revision.content_hash).exists():
        reasons.append("No clinician has signed off this version.")
    named = named_documents(revision.content)
    live = Document.objects.live().filter(slug__in={slug for _, slug in named}).values_list("kind", "slug")
    for kind, slug in sorted(named - set(live)):
        reasons.append(
            f"It names the {Document.Kind(kind).label} '{slug}', which readers cannot see. Publish that first."
        )
    return reasons


@contextmanager
def as_if_published(document):
    """Inside it the latest version of the document is live, for a preview; on leaving all of that is undone."""
    with transaction.atomic():
        document = _locked(document)
        document.live = latest_revision(document)
        document.save(update_fields=["live"])
        project(document)
        try:
            yield document
        finally:
            transaction.set_rollback(True)
