"""Putting together what two editors saved at the same time. The merge itself, on dicts alone, is conflicts.py."""

from typing import NamedTuple

from django.db import IntegrityError, transaction

from .conflicts import merge
from .content import refuse_to_drop_leading_pairs, restore, specific, with_addresses_of_now
from .models import Document, ReviewEvent, Revision
from .policy import Refused
from .revisions import latest_revision
from .shapes import ContentError, standing_as
from .workflow import save


class Outcome(NamedTuple):
    """What became of it: the document; what nobody has chosen yet; the rows in which only a whole side can stand."""

    document: Document
    conflicts: list
    whole: frozenset


class CannotStandTogether(Refused):
    """As was chosen, the two break a rule. `whole`: as in Outcome."""

    def __init__(self, sentence, whole):
        super().__init__(sentence)
        self.whole = whole


@transaction.atomic
def put_together(document, aside, *, by, choices=None, whole=()):
    """Bring a version that was set aside into the draft: what does not clash at once, the rest by `choices`.

    Returns an Outcome; `whole` is that of the Outcome on which the choices were made. While conflicts are left nothing is
    written. Raises CannotStandTogether where the result would break a rule that no other choice can mend by itself.
    """
    document = specific(Document.objects.held().get(pk=document.pk))
    latest = latest_revision(document)
    base, mine, theirs = sides(document, aside, latest)
    whole = set(whole)
    while True:
        merged = merge(base, mine, theirs, choices=choices, whole=whole)
        if merged.conflicts:
            return Outcome(document, merged.conflicts, frozenset(whole))
        try:
            with transaction.atomic():
                refuse_to_drop_leading_pairs(document, merged.content)
                restore(merged.content, document=document)
            break
        except (ContentError, IntegrityError) as error:
            # Each side keeps the rules, the two together do not: that row (or the document) is then one choice.
            path = getattr(error, "path", ())
            row, chosen = row_of(path), (choices or {}).get("/".join(map(str, path)))
            # No choice for other places mends an own text.
            if row in whole or isinstance(chosen, tuple):
                sentence = str(error).rstrip(".") if isinstance(error, ContentError) else "together they break a rule"
                raise CannotStandTogether(
                    f"The two versions cannot be put together like this: {sentence}.", frozenset(whole)
                ) from error
            whole.add(row)
            document = specific(Document.objects.get(pk=document.pk))
    document = save(document, by=by, reason=aside.reason, origin=Revision.Origin.MERGED, based_on=aside.number)
    settle(document, aside, by=by, comment=f"Put together with version {latest.number}.")
    return Outcome(document, [], frozenset(whole))


def sides(document, aside, latest):
    """(base, mine, theirs): the contents that are put together.

    Of a page that readers have seen only a review moves the dates, and nothing the address: they stay as they are.
    """
    base = document.revisions.get(number=aside.based_on)
    contents = (with_addresses_of_now(base.content), with_addresses_of_now(aside.content), latest.content)
    return [standing_as(latest.content, content) for content in contents] if document.ever_published else contents


def keeps_address_and_dates(document, aside):
    """Whether the version set aside has an address or dates that putting it together does not take over."""
    base = document.revisions.get(number=aside.based_on)
    return document.ever_published and standing_as(base.content, aside.content) != aside.content


def settle(document, aside, *, by, comment):
    """Note that somebody has dealt with a version that was set aside; it stays in the history as it is."""
    ReviewEvent.objects.create(
        document_id=document.pk, revision=aside, verb=ReviewEvent.Verb.SETTLE, by=by, comment=comment
    )


def row_of(path):
    """The path of the innermost row that a path leads into: names and keys alternate."""
    return tuple(path[: len(path) // 2 * 2])
