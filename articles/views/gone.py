"""The answer at an address whose page was withdrawn: readers are sent on to what took its place, or told that it is gone.

Asked only where no live page was found, so it costs the other pages nothing. What readers never saw is not found, as
any unknown address is; and nobody is told the reason of a withdrawal, which is written for colleagues.
"""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from ..models import PUBLICATIONS, Document, ListedEffect, ReviewEvent
from ..presenters.wording import in_words, lower_first, upper_first

Kind = Document.Kind
# The kinds with a page of their own: its URL name, and the words of a link to it.
PAGES = {
    Kind.ARTICLE: ("article", "{}"),
    Kind.DRUG: ("drug", "All side effects of {}"),
    Kind.EFFECT: ("symptom", "Which medicines list {}"),
}
# A page may move to one that moves itself later; a chain that is longer, or a circle, leads nowhere.
MOST_MOVES = 5


def instead_of(request, kind, slug):
    """Somebody kept the address of an article, a medicine or a symptom that is not live now."""
    document = Document.objects.filter(kind=kind, slug=slug, live=None).first()
    if document is None or not document.ever_published:
        raise Http404
    place = _place_of(document)
    return redirect(_href(place)) if place else _gone(request, [document])


def instead_of_pair(request, drug, effect):
    """Somebody kept the address of one medicine with one side effect: either may have been withdrawn."""
    wanted = Q(kind=Kind.DRUG, slug=drug) | Q(kind=Kind.EFFECT, slug=effect)
    documents = list(Document.objects.filter(wanted).order_by("kind"))
    withdrawn = [document for document in documents if not document.live_id]
    if len(documents) < 2 or not withdrawn or not all(document.ever_published for document in withdrawn):
        raise Http404
    medicine, symptom = documents
    medicine_now, symptom_now = _place_of(medicine), _place_of(symptom)
    if medicine_now and symptom_now:
        pair = ListedEffect.objects.filter(drug=medicine_now.pk, effect=symptom_now.pk).first()
        if pair:
            return redirect("pair", pair.drug_slug, pair.effect_slug)
    if medicine_now and medicine_now != medicine:
        return redirect(_href(medicine_now))
    return _gone(request, withdrawn, still_there=[document for document in documents if document.live_id])


def _place_of(document):
    """The live page that stands for this one now: itself, or where it moved; None if there is none."""
    for _ in range(MOST_MOVES):
        if document is None or document.live_id:
            break
        document = document.moved_to
    return document if document and document.live_id and document.kind in PAGES else None


def _gone(request, withdrawn, *, still_there=()):
    told = []
    for document in withdrawn:
        events = document.events.select_related("revision")
        # Never the version that was withdrawn with it: that may be a draft which readers were not shown.
        content = events.filter(verb__in=PUBLICATIONS).first().revision.content
        event = events.filter(verb=ReviewEvent.Verb.WITHDRAW).first()
        told.append({"name": _name(content), "on": in_words(event.at.date()) if event else ""})
    links = [(_href(document), _link_words(document)) for document in still_there]
    return render(request, "gone.html", {"told": told, "links": links}, status=410)


def _href(document):
    return reverse(PAGES[document.kind][0], args=[document.slug])


def _link_words(document):
    return PAGES[document.kind][1].format(lower_first(_name(document.live.content)))


def _name(content):
    return upper_first(content.get("title") or content["name"])
