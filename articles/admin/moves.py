"""Where a document stands, and the buttons that move it: submit, send back, sign off, publish, withdraw."""

import datetime

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from .. import evidence, workflow
from ..models import Document, ReviewEvent
from ..policy import NEED_A_REASON, TRANSITIONS, Refused, Verb, emergency_of, problems_of, reasons_against
from ..revisions import latest_revision

# verb: (the service, its name for the written reason, the button, what is said afterwards)
MOVES = {
    Verb.SUBMIT: (workflow.submit, "comment", "Submit for review", "It waits for a clinician now."),
    Verb.SIGN_OFF: (workflow.sign_off, "comment", "Sign off", "It waits for a publisher now."),
    Verb.PUBLISH: (workflow.publish, "reason", "Publish", "Readers see it now."),
    Verb.SCHEDULE: (workflow.schedule, "comment", "Schedule", "It will be published at that time."),
    Verb.UNSCHEDULE: (workflow.unschedule, "comment", "Take off the schedule", "It is signed off and waits again."),
    Verb.RETURN: (workflow.send_back, "comment", "Ask for changes", "The writer finds your remarks on this page."),
    Verb.REVIEW: (workflow.review, "comment", "Whole page reviewed", "Readers see the new dates once it is published."),
    Verb.APPROVE: (workflow.approve, "comment", "Approve afterwards", "Its emergency publication is settled."),
    Verb.PUBLISH_URGENTLY: (
        workflow.publish_urgently,
        "reason",
        "Publish as an emergency",
        "Readers see it now. A clinician who did not write it has to approve it.",
    ),
    Verb.WITHDRAW: (workflow.withdraw, "reason", "Withdraw", "Readers no longer see it."),
}
_WITH_A_PAGE = (Document.Kind.ARTICLE, Document.Kind.DRUG, Document.Kind.EFFECT)
A_YEAR = datetime.timedelta(days=365)
# Moves that are shown only where they can be made: elsewhere they would be noise on every page.
_ONLY_WHEN_OPEN = (Verb.UNSCHEDULE, Verb.APPROVE, Verb.REVIEW, Verb.SCHEDULE, Verb.WITHDRAW, Verb.PUBLISH_URGENTLY)


def standing(document, user):
    """All that the panel on top of a document's page says, for this user."""
    latest = latest_revision(document)
    sources = evidence.source_states(latest.content) if latest else {}
    found = problems_of(document, latest, sources=sources) if latest else []
    buttons = [
        _button(document, verb, user, latest, found=found) for verb in MOVES if user.has_perm(TRANSITIONS[verb][2])
    ]
    # Nothing about a published page waits to be moved on, so buttons that cannot be pressed would only puzzle there.
    is_settled = document.state == Document.State.PUBLISHED
    shown = [button for button in buttons if _is_open(button) or not (is_settled or button["verb"] in _ONLY_WHEN_OPEN)]
    if any(button["verb"] == Verb.PUBLISH and _is_open(button) for button in shown):
        # Where the ordinary way is open, the one without a second person's look is only a trap.
        shown = [button for button in shown if button["verb"] != Verb.PUBLISH_URGENTLY]
    events = document.events.select_related("by", "revision").defer("revision__content")
    return {
        "document": document,
        "latest": latest,
        "found": found,
        "sources": sources,
        "moves": shown,
        "may_edit": user.has_perm(f"articles.change_{document._meta.model_name}"),
        "asked": events.filter(verb=Verb.RETURN).first() if document.state == Document.State.CHANGES_ASKED else None,
        "hurried": emergency_of(document),
        "events": events[:5],
    }


def _is_open(button):
    return not (button["reasons"] or button["held_back"])


def _button(document, verb, user, latest, typed=None, found=None):
    reasons = reasons_against(document, verb, by=user, revision=latest, found=found)
    # The page that hands in what the checks found shows it in a box of its own, with links.
    to_mend = {problem.sentence for problem in found or () if problem.binding}.intersection(reasons)
    return {
        "verb": verb,
        "words": MOVES[verb][2],
        "address": address(document, "move", verb),
        "reasons": [sentence for sentence in reasons if sentence not in to_mend],
        "held_back": len(to_mend),
        "destinations": [] if reasons or verb != Verb.WITHDRAW else _destinations(document),
        "needs_reason": verb in NEED_A_REASON,
        "version": latest.number if latest else 0,
        "typed": typed or {"review_due": (timezone.localdate() + A_YEAR).isoformat(), "time": "09:00"},
    }


def _destinations(document):
    """(slug, name) of the pages that readers of a withdrawn one can be sent to, where there are pages of its kind."""
    if document.kind not in _WITH_A_PAGE:
        return []
    others = type(document).objects.live().exclude(pk=document.pk)
    return sorted(((other.slug, str(other)) for other in others), key=lambda pair: pair[1].casefold())


def address(document, page, *args):
    """The address of one of the admin's pages for a document: 'change', 'history', 'preview', 'move'."""
    return reverse(f"admin:articles_{document._meta.model_name}_{page}", args=[quote(document.pk), *args])


def move(request, document, verb, *, site):
    """Make the move that was asked for, or say in sentences why not, with what was typed kept."""
    comment = request.POST.get("comment", "")
    service, comment_name, _, afterwards = MOVES[verb]
    try:
        with transaction.atomic():
            refuse_if_newer(document, request.POST.get("version", ""))
            service(document, by=request.user, **{comment_name: comment}, **_answers(verb, document, request.POST))
    except Refused as refused:
        return _refused(request, document, verb, str(refused), site)
    messages.success(request, f"“{document}” was {ReviewEvent.Verb(verb).label}. {afterwards}")
    return redirect(address(document, "change"))


def _answers(verb, document, posted):
    """What a move asks besides the reason: a time, a day, or where readers are sent instead."""
    if verb == Verb.SCHEDULE:
        return {"publish_at": _moment(posted)}
    if verb == Verb.REVIEW:
        return {"review_due": _day(posted.get("review_due", ""))}
    if verb == Verb.WITHDRAW and posted.get("moved_to"):
        return {"moved_to": _document_at(document, posted["moved_to"])}
    return {}


def _day(text):
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Refused("Choose the day of the next review.") from None


def _moment(posted):
    try:
        moment = datetime.datetime.fromisoformat(f"{posted.get('day', '')}T{posted.get('time', '')}")
        return timezone.make_aware(moment)
    except ValueError:  # an offset typed after the time too: make_aware() takes none
        raise Refused("Choose a day and a time for the publication.") from None


def _document_at(document, slug):
    found = Document.objects.live().filter(kind=document.kind, slug=slug.strip("/ ").rpartition("/")[2]).first()
    if found is None:
        raise Refused(f"Readers can see no page with the address '{slug}'. Leave it blank, or choose another.")
    return found


def refuse_if_newer(document, version_read):
    """Whoever decides on a page must have read that version of it."""
    Document.objects.held().get(pk=document.pk)
    latest = latest_revision(document)
    if latest is not None and version_read != str(latest.number):
        raise Refused(
            f"You read version {version_read or 'unknown'}, and version {latest.number} has been saved since. "
            "Read that one first."
        )


def _refused(request, document, verb, sentence, site):
    latest = latest_revision(document)
    context = {
        "title": "This was not done",
        "sentence": sentence,
        "document": document,
        "opts": document._meta,
        "back": address(document, "change"),
        "move": _button(document, verb, request.user, latest, request.POST),
    }
    return render(request, "admin/refused_move.html", site.each_context(request) | context, status=409)
