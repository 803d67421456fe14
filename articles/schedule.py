"""Publishing what is scheduled when its time has come: all that `manage.py publish_due` does.

Not here: the gate. Each publication goes through workflow.publish, which asks everything again.
"""

from django.db import DatabaseError, transaction
from django.utils import timezone

from . import workflow
from .content import specific
from .models import Document, ReviewEvent, name_of
from .policy import TRANSITIONS, Refused, Verb, reasons_against


def publish_due(now=None):
    """Publish what is scheduled for now or earlier, each page in a transaction of its own.

    Returns the pages that were published, and {page: sentence} of those that were refused and stay scheduled. Run twice at
    once, or killed half-way, it publishes each page once.
    """
    now = now or timezone.now()
    published, refused = [], {}
    waiting = list(_due(now).order_by("publish_at", "pk").values_list("pk", flat=True))
    while waiting:
        refused = {}
        for pk in waiting:
            try:
                published += _publish_if_still_due(pk, now)
            # A fault of the database under one page must not hold back the others.
            except (Refused, DatabaseError) as refusal:
                refused[pk] = str(refusal)
        if len(refused) == len(waiting):
            break
        # Again, because what was refused may name a page that was published after it.
        waiting = list(refused)
    still_there = Document.objects.filter(pk__in=refused).order_by("publish_at", "pk")
    return published, {specific(document): refused[document.pk] for document in still_there}


def reasons_it_waits(document):
    """Sentences that say why a scheduled page would not be published now; an empty list means that it would be."""
    by = _who_scheduled(document)
    if not by.has_perm(TRANSITIONS[Verb.PUBLISH][2]):
        return [
            f"{name_of(by)} scheduled it and may no longer publish. "
            "Somebody else has to take it off the schedule and publish it."
        ]
    return reasons_against(document, Verb.PUBLISH, by=by)


def _due(now):
    return Document.objects.filter(state=Document.State.SCHEDULED, publish_at__lte=now)


@transaction.atomic
def _publish_if_still_due(pk, now):
    """[the page], or [] where another run published it, or somebody took it off, since the list was read."""
    document = _due(now).held().filter(pk=pk).first()
    if document is None:
        return []
    if reasons := reasons_it_waits(document):
        raise Refused(" ".join(reasons))
    return [workflow.publish(document, by=_who_scheduled(document))]


def _who_scheduled(document):
    return document.events.filter(verb=ReviewEvent.Verb.SCHEDULE).select_related("by").first().by
