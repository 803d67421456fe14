"""Mails that tell editors what came to them: a page to review, to change or to publish, or evidence that changed.

A letter is written after the move is committed, so that nobody is told of what was undone, and no fault of the mail
undoes anything. Never a letter to the person who did it. Not here: who may do what (workflow.py); what waits for whom
whether or not a mail arrived (desk.py).
"""

import logging
from functools import partial

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.urls import reverse

from . import revisions
from .content import specific
from .models import PUBLICATIONS, EvidenceChange, ReviewEvent, name_of
from .permissions import who_may

Verb = ReviewEvent.Verb
logger = logging.getLogger(__name__)


def after_move(event):
    """Have those whom this move concerns told of it, and the owners of pages whose evidence it changed."""
    transaction.on_commit(partial(_write_and_send, _of_move, event.pk))


def handed_over(documents, *, role, to, by):
    """Tell somebody that they are now the 'owner' or the 'reviewer' of these pages; one letter for all of them."""
    if documents and to and to != by:
        transaction.on_commit(partial(_write_and_send, _of_hand_over, documents, role, to, by))


# Who is told of a move


def _reviewers(event):
    """The reviewer of the page, or all of them where none is named or the one named cannot sign what they wrote."""
    named = event.document.reviewer
    for people in ([named] if named else [], _who_may("articles.sign_off_document")):
        able = [person for person in _editors(people) if not revisions.wrote_since_sign_off(event.revision, person)]
        if able:
            return able
    return []


def _owner_and_author(event):
    return [event.document.owner, event.revision.author]


def _owner_author_and_scheduler(event):
    scheduled = event.document.events.filter(verb=Verb.SCHEDULE).select_related("by").first()
    return [*_owner_and_author(event), scheduled and scheduled.by]


def _owner_and_publishers(event):
    publishers = _who_may("articles.publish_document")
    able = [person for person in publishers if not revisions.wrote_since_publication(event.revision, person)]
    return [event.document.owner, *able]


def _everybody(event):
    return _who_may("articles.submit_document", "articles.sign_off_document", "articles.publish_document")


def _who_published_it(event):
    published = event.document.events.filter(verb=Verb.PUBLISH_URGENTLY, revision=event.revision)
    return [earlier.by for earlier in published.select_related("by")]


# verb: (whom it concerns, what it means to them)
_CONCERNS = {
    Verb.SUBMIT: (_reviewers, "It waits for your review."),
    Verb.RETURN: (_owner_and_author, "Please change it, and submit it again."),
    Verb.SIGN_OFF: (_owner_and_publishers, "It can be published now."),
    Verb.REVIEW: (_owner_and_publishers, "Readers see its new dates once it is published."),
    Verb.SCHEDULE: (_owner_and_author, "It will be published at that time, if nothing stands against it then."),
    Verb.UNSCHEDULE: (_owner_author_and_scheduler, "It will not be published at that time."),
    Verb.PUBLISH: (_owner_and_author, "Readers see it now."),
    Verb.PUBLISH_URGENTLY: (_everybody, "Readers see it now, and a clinician who did not write it has to approve it."),
    Verb.APPROVE: (_who_published_it, "Its emergency publication is settled."),
    Verb.WITHDRAW: (_owner_and_author, "Readers no longer see it."),
}


def _who_may(*permissions):
    """Those whose work it is; administrators may do all of it, and are not written to about each page."""
    found = {person for name in permissions for person in who_may(name, include_superusers=False)}
    return sorted(found, key=lambda person: person.get_username())


def _editors(people):
    """Those who can still enter; the letters tell of pages that nobody else may read."""
    return [person for person in people if person is not None and person.is_active and person.is_staff]


# What they are told


def _of_move(event_pk):
    event = ReviewEvent.objects.select_related("by", "revision__author", "document__owner", "document__reviewer")
    event = event.defer("revision__content").get(pk=event_pk)
    if event.verb in _CONCERNS:
        concerned, meaning = _CONCERNS[event.verb]
        page = specific(event.document)
        when = (
            f" for {page.publish_at:%-d %B %Y, %H:%M} (UTC)" if event.verb == Verb.SCHEDULE and page.publish_at else ""
        )
        lines = [
            f"“{page}” was {event.get_verb_display()}{when} by {_name(event.by)} (version {event.revision.number})."
        ]
        if event.comment:
            lines.append(f"They wrote:\n{event.comment}")
        yield from _to(
            concerned(event), event.by, f"{event.get_verb_display()}: {page}", [*lines, meaning, _address(page)]
        )
    if event.verb in (*PUBLICATIONS, Verb.WITHDRAW):
        yield from _of_changed_evidence(event)


def _of_changed_evidence(event):
    """One letter to each owner, with all pages of theirs that rest on what was published or withdrawn."""
    brought_by = event.revision_id if event.verb in PUBLICATIONS else None
    changes = EvidenceChange.objects.filter(
        evidence=event.document_id, revision=brought_by, at__gte=event.at, page__owner__isnull=False
    )
    pages_of = {}
    for change in changes.select_related("page__owner"):
        pages_of.setdefault(change.page.owner, []).append(change)
    for owner, theirs in pages_of.items():
        pages = [f"“{page}”: {change.what}\n{_address(page)}" for change in theirs for page in [specific(change.page)]]
        lines = [
            f"{_name(event.by)} {'published' if brought_by else 'withdrew'} what these pages of yours rest on. Readers see "
            "them as they were. Please look whether something in them has to change, and say so on the page.",
            *pages,
        ]
        yield from _to([owner], event.by, "evidence changed under your pages", lines)


def _of_hand_over(documents, role, to, by):
    pages = [f"“{page}”\n{_address(page)}" for page in map(specific, documents)]
    what = "You look after" if role == "owner" else "You are asked to review"
    lines = [
        f"{what} {'this page' if len(pages) == 1 else 'these pages'} from now on; {_name(by)} entered you.",
        *pages,
    ]
    yield from _to([to], by, f"you are the {role} of {'a page' if len(pages) == 1 else f'{len(pages)} pages'}", lines)


def _to(people, by, subject, paragraphs):
    """A letter to each of these people who can get one, once, and never to `by`."""
    body = "\n\n".join([*paragraphs, f"Everything that waits for you: {settings.SITE_URL}{reverse('admin:index')}"])
    for person in dict.fromkeys(_editors(people)):
        if person != by and person.email:
            # A line break in a title would end the subject and begin a header of somebody's choice.
            yield mail.EmailMessage(" ".join(f"Side Effects: {subject}".split()), body + "\n", to=[person.email])


def _name(person):
    return name_of(person) if person else "the project"


def _address(page):
    return f"{settings.SITE_URL}{reverse(f'admin:articles_{page._meta.model_name}_change', args=[page.pk])}"


# Sending


def _write_and_send(write, *about):
    """The move is done and stays done: whatever goes wrong here is one line in the log, without addresses."""
    try:
        if messages := list(write(*about)):
            with mail.get_connection() as connection:
                for message in messages:
                    _send(connection, message)
    except Exception as error:
        logger.error("Letters to editors were not sent: %s.", type(error).__name__)


def _send(connection, message):
    # One address that a server refuses must not keep the letter from the others.
    try:
        connection.send_messages([message])
    except Exception as error:
        logger.error("A letter to an editor was not sent: %s.", type(error).__name__)
