"""The page on which an editor settles what two people changed differently: both texts, and a choice for each.

It is made from stored versions alone, so it can be left and come back to. Not here: how it came to that (saving.py).
"""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render

from ..conflicts import merge
from ..differences import shown
from ..merging import CannotStandTogether, put_together, settle, sides
from ..models import Document, Revision
from ..revisions import latest_revision
from . import moves
from .comparing import side_by_side
from .rows import MOST_CHARACTERS
from .saving import author_of, meaning_of

_CHOICE, _OWN_WORDS = "choice:", "text:"


def conflict_page(request, document, number, *, site):
    """GET shows what clashes between the version set aside and the draft; POST puts them together as was chosen."""
    aside = document.revisions.filter(number=number, origin=Revision.Origin.SET_ASIDE).first()
    if aside is None:
        raise Http404
    if not document.revisions.unsettled().filter(pk=aside.pk).exists():
        messages.info(request, f"Version {number} is settled already.")
        return redirect(moves.address(document, "change"))
    with transaction.atomic():
        latest = latest_revision(Document.objects.select_for_update().get(pk=document.pk))
        if "_leave" in request.POST:
            settle(document, aside, by=request.user, comment=f"Left aside; version {latest.number} stays.")
            messages.success(request, f"Version {number} stays in the history, and the draft is as it was.")
            return redirect(moves.address(document, "change"))
        chosen, sentence = _choices(request.POST, document, aside, latest) if request.method == "POST" else ({}, "")
        whole, may_try = frozenset(), True
        try:
            outcome = put_together(document, aside, by=request.user, choices=chosen)
            whole = outcome.whole
        except CannotStandTogether as refused:
            sentence, whole, may_try = sentence or str(refused), refused.whole, False
        else:
            if not outcome.conflicts and request.method == "POST" and not sentence:
                saved, meaning = latest_revision(outcome.document).number, meaning_of(outcome.document.state)
                messages.success(request, f"Put together as version {saved}. Look it over. {meaning}")
                return redirect(moves.address(document, "change"))
            if request.method == "POST":
                sentence = sentence or "Choose for each place below which text stays."
        # Nothing but a choice for every place, made on the page as it is now, changes the draft.
        transaction.set_rollback(True)
    return _page(request, document, aside, latest, whole, sentence, may_try, site)


def _choices(posted, document, aside, latest):
    """What was chosen, and a sentence where it cannot be taken as it is."""
    chosen = {}
    for name, value in posted.items():
        if name.startswith(_CHOICE) and value in ("mine", "theirs"):
            chosen[name.removeprefix(_CHOICE)] = value
        elif name.startswith(_CHOICE) and value == "text":
            place = name.removeprefix(_CHOICE)
            words = posted.get(_OWN_WORDS + place, "").replace("\r\n", "\n")
            if len(words) > MOST_CHARACTERS:
                return chosen, f"A text has at most {MOST_CHARACTERS:,} characters (one of yours has {len(words):,})."
            chosen[place] = ("text", words)
    if posted.get("seen") != str(latest.number):
        return (
            chosen,
            f"{author_of(latest)} has saved version {latest.number} meanwhile. Look at the places below once more.",
        )
    for conflict in merge(*sides(document, aside, latest)).conflicts:
        offered, place = _offered(conflict), conflict.name
        written = posted.get(_OWN_WORDS + place, offered).replace("\r\n", "\n")
        if written != offered and posted.get(_CHOICE + place) in ("mine", "theirs"):
            return chosen, (
                "You wrote a text of your own and chose another. Choose “Write one text of both” for it, "
                "or make the box as it was."
            )
    return chosen, ""


def _offered(conflict):
    """What stands in the box for an own text before anybody has typed."""
    return (conflict.mine or "") if conflict.is_text else ""


def _page(request, document, aside, latest, whole, sentence, may_try, site):
    base, mine, theirs = sides(document, aside, latest)
    conflicts = merge(base, mine, theirs, whole=whole).conflicts
    contents = (theirs, mine, base)
    rows = [
        side_by_side(conflict.path, conflict.theirs, conflict.mine, *contents)
        | {
            "name": conflict.name,
            "chosen": request.POST.get(_CHOICE + conflict.name, ""),
            "is_text": conflict.is_text,
            "words": request.POST.get(_OWN_WORDS + conflict.name, _offered(conflict)),
            "original": shown(conflict.base, conflict.path, *contents),
            "theirs_gone": conflict.theirs is None,
            "mine_gone": conflict.mine is None,
        }
        for conflict in conflicts
    ]
    between = document.revisions.of_the_rows().filter(number__gt=aside.based_on, number__lte=latest.number)
    names = dict.fromkeys(author_of(version) for version in between.select_related("author").order_by("number"))
    context = {
        "title": "Two people changed the same place",
        "sentence": sentence,
        "document": document,
        "opts": document._meta,
        "back": moves.address(document, "change"),
        "aside": aside,
        "latest": latest,
        "their_name": " and ".join(names),
        "my_name": author_of(aside),
        "rows": rows,
        "may_try": may_try,
    }
    page = site.each_context(request) | context
    return render(request, "admin/conflict.html", page, status=409 if request.method == "POST" else 200)
