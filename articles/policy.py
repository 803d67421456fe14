"""Who may move a document from which state to which, and why not: sentences for whoever wants to.

The four-eyes rule stands here and, for whoever writes to the database directly, in guards.py. Not here: the moves (workflow.py).
"""

from django.utils import timezone

from . import evidence, revisions
from .models import PUBLICATIONS, Credential, Document, ReviewEvent, SignOff
from .quality import Problem, problems
from .revisions import latest_revision
from .shapes import named_documents

State = Document.State
Verb = ReviewEvent.Verb

# verb: (states it may start from, state it ends in (None: it stays), permission, what the verb is called in a sentence)
TRANSITIONS = {
    # A withdrawn page comes back the way it came: through review.
    Verb.SUBMIT: (
        (State.DRAFT, State.CHANGES_ASKED, State.WITHDRAWN),
        State.IN_REVIEW,
        "articles.submit_document",
        "be submitted",
    ),
    Verb.RETURN: (
        (State.IN_REVIEW, State.SIGNED_OFF, State.SCHEDULED),
        State.CHANGES_ASKED,
        "articles.return_document",
        "be sent back",
    ),
    Verb.SIGN_OFF: ((State.IN_REVIEW,), State.SIGNED_OFF, "articles.sign_off_document", "be signed off"),
    Verb.SCHEDULE: ((State.SIGNED_OFF,), State.SCHEDULED, "articles.publish_document", "be scheduled"),
    Verb.UNSCHEDULE: ((State.SCHEDULED,), State.SIGNED_OFF, "articles.publish_document", "be taken off the schedule"),
    Verb.PUBLISH: (
        (State.SIGNED_OFF, State.SCHEDULED),
        State.PUBLISHED,
        "articles.publish_document",
        "be published",
    ),
    Verb.PUBLISH_URGENTLY: (
        (State.DRAFT, State.IN_REVIEW, State.CHANGES_ASKED, State.SIGNED_OFF, State.SCHEDULED),
        State.PUBLISHED,
        "articles.publish_document",
        "be published as an emergency",
    ),
    Verb.APPROVE: (tuple(State), None, "articles.sign_off_document", "be approved"),
    Verb.REVIEW: ((State.PUBLISHED,), State.SIGNED_OFF, "articles.sign_off_document", "be reviewed as a whole"),
    Verb.WITHDRAW: (tuple(State), State.WITHDRAWN, "articles.withdraw_document", "be withdrawn"),
}
# A publication that a second person has not looked at; a withdrawal; a demand on the writer: each says why.
NEED_A_REASON = (Verb.WITHDRAW, Verb.RETURN, Verb.PUBLISH_URGENTLY)


# Its path is the field of the form, which is no part of the content.
NO_NOTE = Problem("Say what you changed, in a note with your next save: readers are told it.", path=("change_note",))


class Refused(Exception):
    """A move that the rules do not allow; str() is what the editor is told."""


def reasons_against(document, verb, *, by, revision=None, found=None):
    """Sentences that say why `by` cannot do this now; an empty list means they can.

    A page that asks for many verbs hands in the latest revision and what problems_of() found in it.
    """
    states, _, permission, words = TRANSITIONS[verb]
    if not by.has_perm(permission):
        return [f"Your account may not do this. A person with the right role has to: this page cannot {words} by you."]
    reasons = []
    if document.state not in states:
        wanted = " or ".join(f"'{state.label}'" for state in states)
        reasons.append(f"It is '{document.get_state_display()}'. It can {words} only when it is {wanted}.")
    revision = revision or latest_revision(document)
    if revision is None:
        return [*reasons, "It has no saved version yet. Save it first."]
    if verb in (Verb.SUBMIT, Verb.SCHEDULE, *PUBLICATIONS):
        found = problems_of(document, revision) if found is None else found
        reasons += [problem.sentence for problem in found if problem.binding]
    if verb in (Verb.SIGN_OFF, Verb.REVIEW):
        reasons += _reasons_against_signing(revision, by)
    if verb == Verb.APPROVE:
        reasons += _reasons_against_approving(document, by)
    if verb in (Verb.PUBLISH, Verb.SCHEDULE):
        reasons += _reasons_against_publishing(revision, by)
    if verb in PUBLICATIONS:
        reasons += _names_unpublished(revision)
    if verb == Verb.WITHDRAW and not document.live_id:
        reasons.append("Readers cannot see it now, so there is nothing to withdraw.")
    return reasons


def problems_of(document, revision, *, sources=None):
    """The gate: what the checks find in this version, and whether readers can be told what changed.

    `sources` is what evidence.source_states() says of it, where the caller has that.
    """
    content = revision.content
    sources = evidence.source_states(content) if sources is None else sources
    found = problems(content, sources=sources, warned=evidence.warned_effects(content))
    if revisions.lacks_note(document, revision):
        found.append(NO_NOTE)
    return found


def credential_of(user):
    """The credential on which somebody can sign today, or None."""
    return Credential.objects.valid(on=timezone.localdate()).filter(user=user).first()


def emergency_of(document):
    """The emergency publication of a page that waits longest for approval, or None."""
    return document.events.awaiting_approval().select_related("by", "revision").last()


def is_signed(revision):
    """Whether a clinician has signed off exactly this clinical text of this document."""
    return SignOff.objects.filter(
        revision__document_id=revision.document_id, clinical_hash=revision.clinical_hash
    ).exists()


def _reasons_against_signing(revision, by):
    reasons = []
    if credential_of(by) is None:
        reasons.append("Your account has no valid professional credential. An administrator can enter it.")
    if revisions.wrote_since_sign_off(revision, by):
        reasons.append("You wrote part of this version, so somebody else has to sign it off.")
    return reasons


def _reasons_against_approving(document, by):
    pending = emergency_of(document)
    if pending is None:
        return ["No emergency publication of it waits for approval."]
    reasons = _reasons_against_signing(pending.revision, by)
    if document.events.filter(verb=Verb.PUBLISH_URGENTLY, revision=pending.revision, by=by).exists():
        reasons.append("You published it yourself, so somebody else has to approve it.")
    return reasons


def _reasons_against_publishing(revision, by):
    reasons = []
    if not is_signed(revision):
        reasons.append("No clinician has signed off this text.")
    if revisions.wrote_since_publication(revision, by):
        reasons.append("You wrote part of this version, so somebody else has to publish it.")
    return reasons


def _names_unpublished(revision):
    named = named_documents(revision.content)
    live = Document.objects.live().filter(slug__in={slug for _, slug in named}).values_list("kind", "slug")
    return [
        f"It names the {Document.Kind(kind).label} '{slug}', which readers cannot see. Publish that first."
        for kind, slug in sorted(named - set(live))
    ]
