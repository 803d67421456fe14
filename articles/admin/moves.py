"""Where a document stands, and the buttons that move it: submit, send back, sign off, publish, withdraw."""

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse

from .. import workflow
from ..models import Document, ReviewEvent
from ..workflow import TRANSITIONS, Refused, Verb

# verb: (the service, its name for the written reason, the button, what is said afterwards)
MOVES = {
    Verb.SUBMIT: (workflow.submit, "comment", "Submit for review", "It waits for a clinician now."),
    Verb.SIGN_OFF: (workflow.sign_off, "comment", "Sign off", "It can be published now."),
    Verb.PUBLISH: (workflow.publish, "reason", "Publish", "Readers see it now."),
    Verb.RETURN: (workflow.send_back, "comment", "Send back to the writer", "It is a draft again."),
    Verb.WITHDRAW: (workflow.withdraw, "reason", "Withdraw", "Readers no longer see it."),
}


def standing(document, user):
    """All that the panel on top of a document's page says, for this user."""
    latest = workflow.latest_revision(document)
    return {
        "document": document,
        "latest": latest,
        "moves": [_button(document, verb, user, latest) for verb in MOVES if user.has_perm(TRANSITIONS[verb][2])],
        "events": document.events.select_related("by", "revision").defer("revision__content")[:5],
    }


def _button(document, verb, user, latest, comment=""):
    return {
        "verb": verb,
        "words": MOVES[verb][2],
        "address": address(document, "move", verb),
        "reasons": workflow.reasons_against(document, verb, by=user),
        "needs_reason": workflow.needs_reason(document, verb, by=user),
        "version": latest.number if latest else 0,
        "comment": comment,
    }


def address(document, page, *args):
    """The address of one of the admin's pages for a document: 'change', 'history', 'preview', 'move'."""
    return reverse(f"admin:articles_{document._meta.model_name}_{page}", args=[quote(document.pk), *args])


def move(request, document, verb, *, site):
    """Make the move that was asked for, or say in sentences why not, with what was typed kept."""
    comment = request.POST.get("comment", "")
    service, comment_name, _, afterwards = MOVES[verb]
    try:
        with transaction.atomic():
            _refuse_if_newer(document, request.POST.get("version", ""))
            service(document, by=request.user, **{comment_name: comment})
    except Refused as refused:
        return _refused(request, document, verb, comment, str(refused), site)
    messages.success(request, f"“{document}” was {ReviewEvent.Verb(verb).label}. {afterwards}")
    return redirect(address(document, "change"))


def _refuse_if_newer(document, version_read):
    """Whoever decides on a page must have read that version of it."""
    Document.objects.select_for_update().get(pk=document.pk)
    latest = workflow.latest_revision(document)
    if latest is not None and version_read != str(latest.number):
        raise Refused(
            f"You read version {version_read or 'unknown'}, and version {latest.number} has been saved since. "
            "Read that one first."
        )


def _refused(request, document, verb, comment, sentence, site):
    latest = workflow.latest_revision(document)
    context = {
        "title": "This was not done",
        "sentence": sentence,
        "document": document,
        "opts": document._meta,
        "back": address(document, "change"),
        "move": _button(document, verb, request.user, latest, comment),
    }
    return render(request, "admin/refused_move.html", site.each_context(request) | context, status=409)


def history(document):
    """Every version and every move of a document, newest first."""
    versions = document.revisions.select_related("author").defer("content")
    events = document.events.select_related("by", "revision").defer("revision__content")
    rows = [
        {
            "at": row.created_at,
            "who": row.author,
            "what": f"Version {row.number} was saved",
            "number": row.number,
            "origin": row.get_origin_display() if row.author is None else "",
            "words": row.reason,
            "order": 0,
        }
        for row in versions
    ] + [
        {
            "at": row.at,
            "who": row.by,
            "what": f"Version {row.revision.number} was {row.get_verb_display()}",
            "number": row.revision.number,
            "origin": "",
            "words": row.comment,
            "order": 1,
        }
        for row in events
    ]
    return sorted(rows, key=lambda row: (row["at"], row["order"]), reverse=True)
