"""The page on which an editor settles what two people changed differently: both texts, and a choice for each.

It is made from stored versions alone, so it can be left and come back to. Not here: how it came to that (saving.py).
"""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render

from ..conflicts import merge
from ..differences import shown
from ..merging import CannotStandTogether, keeps_address_and_dates, put_together, settle, sides
from ..models import Document, Revision
from ..revisions import latest_revision
from . import moves
from .comparing import side_by_side
from .rows import MOST_CHARACTERS
from .saving import author_of, meaning_of

_CHOICE, _OWN_WORDS, _OFFERED, _KEPT = "choice:", "text:", "offered:", "kept:"


def conflict_page(request, document, number, *, site):
    """GET shows what clashes between the version set aside and the draft; POST puts them together as was chosen."""
    aside = document.revisions.filter(number=number, origin=Revision.Origin.SET_ASIDE).first()
    if aside is None:
        raise Http404
    written = _own_words(request.POST)
    with transaction.atomic():
        latest = latest_revision(Document.objects.held().get(pk=document.pk))
        done = found = None
        if not document.revisions.unsettled().filter(pk=aside.pk).exists():
            if written:
                found = {"is_settled": True, "sentence": f"Version {number} was settled while you wrote."}
            else:
                done = f"Version {number} is settled already."
        elif "_leave" in request.POST and not written:
            settle(document, aside, by=request.user, comment=f"Left aside; version {latest.number} stays.")
            done = f"Version {number} stays in the history, and the draft is as it was."
        else:
            done, found = _put_together(request, document, aside, latest, written)
        if done is None:
            # Nothing but a choice for every place, made on the page as it is now, changes the draft.
            transaction.set_rollback(True)
    if done is not None and _kept(request.POST):
        return _page(request, document, aside, latest, {}, {"is_settled": True, "done": done}, site)
    if done is not None:
        messages.success(request, done)
        return redirect(moves.address(document, "change"))
    return _page(request, document, aside, latest, written, found, site)


def _put_together(request, document, aside, latest, written):
    """(what to tell if it is done, None) or (None, what the page has to show)."""
    posted, whole = request.POST, _whole(request.POST)
    chosen = _choices(posted)
    places = {conflict.name for conflict in merge(*sides(document, aside, latest), whole=whole).conflicts}
    sentence = _reason_to_look_again(posted, chosen, places, written, latest) if posted else ""
    try:
        outcome = put_together(document, aside, by=request.user, choices=chosen, whole=whole)
    except CannotStandTogether as refused:
        return None, {"sentence": sentence or str(refused), "whole": refused.whole}
    if posted and not sentence and not outcome.conflicts:
        saved, meaning = latest_revision(outcome.document).number, meaning_of(outcome.document.state)
        return f"Put together as version {saved}. Look it over. {meaning}", None
    if posted and not sentence:
        sentence = "Choose for each place below which text stays."
    return None, {"sentence": sentence, "whole": outcome.whole, "may_try": True}


def _own_words(posted):
    """{place: words} of the boxes that say something else than what was offered in them."""
    boxes = {
        name.removeprefix(_OWN_WORDS): _lines(words) for name, words in posted.items() if name.startswith(_OWN_WORDS)
    }
    return {place: words for place, words in boxes.items() if words != _lines(posted.get(_OFFERED + place, ""))}


def _kept(posted):
    return {name.removeprefix(_KEPT): words for name, words in posted.items() if name.startswith(_KEPT)}


def _lines(words):
    return words.replace("\r\n", "\n").strip()


def _whole(posted):
    """The rows in which only a whole side can stand, as the page was made with them."""
    return [tuple(path.split("/")) if path else () for path in posted.getlist("whole")]


def _choices(posted):
    """What was chosen, as the merge takes it."""
    chosen = {name.removeprefix(_CHOICE): value for name, value in posted.items() if name.startswith(_CHOICE)}
    own = {place: ("text", _lines(posted.get(_OWN_WORDS + place, ""))) for place in chosen if chosen[place] == "text"}
    return {place: value for place, value in chosen.items() if value in ("mine", "theirs")} | own


def _reason_to_look_again(posted, chosen, places, written, latest):
    """Why these choices cannot be taken as they are: a sentence, or ""."""
    longest = max((len(words) for words in written.values()), default=0)
    if longest > MOST_CHARACTERS:
        return f"A text has at most {MOST_CHARACTERS:,} characters (one of yours has {longest:,})."
    if posted.get("seen") != str(latest.number):
        return f"{author_of(latest)} has saved version {latest.number} meanwhile. Look at the places below once more."
    if "_leave" in posted:
        return (
            "You wrote a text of your own, which is stored nowhere. Put the two together with it, or make the box as it "
            "was before you leave this version aside."
        )
    if any(chosen.get(place) in ("mine", "theirs") for place in written):
        return (
            "You wrote a text of your own and chose another. Choose “Write one text of both” for it, "
            "or make the box as it was."
        )
    if chosen.keys() - places or written.keys() - places:
        return "Other places clash now than those you chose for. Look at the places below once more."
    return ""


def _rows(posted, document, aside, latest, whole):
    """What the page shows of each conflict."""
    base, mine, theirs = sides(document, aside, latest)
    contents = (theirs, mine, base)
    rows = []
    for conflict in merge(base, mine, theirs, whole=whole).conflicts:
        offered = (conflict.mine or "") if conflict.is_text else ""
        rows.append(
            side_by_side(conflict.path, conflict.theirs, conflict.mine, *contents)
            | {
                "name": conflict.name,
                "chosen": posted.get(_CHOICE + conflict.name, ""),
                "is_text": conflict.is_text,
                "words": posted.get(_OWN_WORDS + conflict.name, posted.get(_KEPT + conflict.name, offered)),
                "offered": offered,
                "original": shown(conflict.base, conflict.path, *contents),
                "theirs_gone": conflict.theirs is None,
                "mine_gone": conflict.mine is None,
            }
        )
    return rows


def _page(request, document, aside, latest, written, found, site):
    rows = [] if found.get("is_settled") else _rows(request.POST, document, aside, latest, found["whole"])
    # Own words for places that do not clash any more; the page had some before already.
    shown_again = {row["name"] for row in rows}
    kept = {place: words for place, words in (_kept(request.POST) | written).items() if place not in shown_again}
    between = document.revisions.of_the_rows().filter(number__gt=aside.based_on, number__lte=latest.number)
    names = dict.fromkeys(author_of(version) for version in between.select_related("author").order_by("number"))
    context = {
        "title": "Two people changed the same place",
        "document": document,
        "opts": document._meta,
        "back": moves.address(document, "change"),
        "aside": aside,
        "latest": latest,
        "their_name": " and ".join(names),
        "my_name": author_of(aside),
        "rows": rows,
        "kept": [(place, place.replace("/", " › "), words) for place, words in kept.items()],
        "keeps_address_and_dates": keeps_address_and_dates(document, aside),
        **found,
    }
    page = site.each_context(request) | context
    return render(
        request, "admin/conflict.html", page, status=409 if request.method == "POST" and "done" not in found else 200
    )
