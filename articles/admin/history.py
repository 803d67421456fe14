"""The history of a document: every version and decision, what differs between two versions, and going back to one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from .. import revisions, workflow
from ..models import PUBLICATIONS, Revision, SignOff
from ..policy import Refused
from . import moves
from .comparing import compared
from .rows import is_id
from .saving import meaning_of


def history(document):
    """Every version and every move of a document, newest first."""
    versions = document.revisions.select_related("author").defer("content")
    before = _written_on(versions)
    unsettled = set(document.revisions.unsettled().values_list("number", flat=True))
    events = document.events.select_related("by", "revision").defer("revision__content")
    rows = [
        {
            "at": row.created_at,
            "who": row.author,
            "what": f"Version {row.number} was saved",
            "number": row.number,
            "origin": "" if row.origin == Revision.Origin.EDITED else row.get_origin_display(),
            "words": row.reason,
            "compare": compare_address(document, before[row.number], row.number) if before[row.number] else "",
            "settle": moves.address(document, "conflict", row.number) if row.number in unsettled else "",
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


def _written_on(versions):
    """{number: number of the version that it was written on}; 0 for the first."""
    found, last = {}, 0
    for version in sorted(versions, key=lambda version: version.number):
        aside = version.origin == Revision.Origin.SET_ASIDE
        found[version.number] = version.based_on if aside else last
        last = last if aside else version.number
    return found


def choice_of_versions(document):
    """What the form to compare two versions offers: all of them, and the last two that were no text set aside."""
    latest, before, *_ = [*document.revisions.of_the_rows().values_list("number", flat=True)[:2], None, None]
    return {
        "address": moves.address(document, "compare"),
        "numbers": list(document.revisions.values_list("number", flat=True)),
        "from": before,
        "to": latest,
    }


def compare_address(document, before, after):
    return f"{moves.address(document, 'compare')}?from={before}&to={after}"


def worth_comparing(document, user, latest, *, hurried, may_settle):
    """[(words, address)]: what a reviewer or publisher wants to see of a draft, and what waits to be put together."""
    found = []
    signed = SignOff.objects.filter(revision__document_id=document.pk, credential__user=user)
    last = signed.order_by("-revision__number").values_list("revision__number", flat=True).first()
    if last and last != latest.number:
        found.append(("Changes since your last sign-off", compare_address(document, last, latest.number)))
    if document.live_id and document.live.number != latest.number:
        words = "Changes since the version that readers see"
        found.append((words, compare_address(document, document.live.number, latest.number)))
    if hurried:
        number = hurried.revision.number
        before = document.revisions.of_the_rows().filter(number__lt=number, events__verb__in=PUBLICATIONS).first()
        if before:
            words = f"What the emergency publication of version {number} changed for readers"
            found.append((words, compare_address(document, before.number, number)))
    for number in document.revisions.unsettled().values_list("number", flat=True):
        words = f"Version {number} was set aside, because somebody else had saved"
        if may_settle:
            found.append((f"{words}: settle it", moves.address(document, "conflict", number)))
        else:
            found.append((f"{words}: its words", compare_address(document, latest.number, number)))
    return found


def compare_page(request, document, *, site, may_restore):
    """Two versions side by side: fields, words, rows, cells and references."""
    both = [_version(document, request.GET.get(name, "")) for name in ("from", "to")]
    latest = revisions.latest_revision(document)
    context = {
        "title": f"Versions {both[0].number} and {both[1].number} of “{document}”",
        "document": document,
        "opts": document._meta,
        "back": moves.address(document, "change"),
        "history": moves.address(document, "history"),
        "both": both,
        "latest": latest,
        "rows": compared(both[0].content, both[1].content),
        "may_restore": may_restore,
        "restore_name": f"admin:articles_{document._meta.model_name}_restore",
    }
    return render(request, "admin/compare_versions.html", site.each_context(request) | context)


def restore(request, document, number):
    """Make a new draft of a version, at one press."""
    reason = request.POST.get("reason", "")[:300]
    try:
        saved = workflow.restore_version(document, number, by=request.user, reason=reason)
    except Refused as refused:
        messages.error(request, f"{refused} The reason that you gave was: “{reason}”" if reason else str(refused))
        return redirect(moves.address(document, "history"))
    if saved.version == document.version:
        messages.info(request, f"Version {number} is what the page says already, so nothing was changed.")
    else:
        messages.success(
            request, f"Version {number} is the draft again, as version {saved.version}. {meaning_of(saved.state)}"
        )
    return redirect(moves.address(document, "change"))


def _version(document, number):
    found = document.revisions.filter(number=int(number)).select_related("author") if is_id(number) else None
    revision = found.first() if found is not None else None
    if revision is None:
        raise Http404
    return revision
