"""Symptoms: the list by body part, and one symptom with every medicine that lists it."""

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse

from ..caching import public_page
from ..models import Document, ListedEffect
from ..presenters import effects as presenting
from ..presenters.help import needs_crisis_lines
from ..presenters.trust import changes, trust
from .gone import instead_of

Kind = Document.Kind

_LISTED = ("name", "clinical_term", "body_area")


@public_page
def symptoms(request):
    """I know what I feel: find it by where on the body it is."""
    rows = Document.objects.live().filter(kind=Kind.EFFECT).order_by("slug")
    values = rows.values_list("slug", *(f"live__content__{field}" for field in _LISTED))
    effects = [dict(zip(("slug", *_LISTED), row, strict=True)) for row in values]

    areas = presenting.by_body_area(effects)
    contents = [(f"#{area['id']}", area["area"]) for area in areas]
    crumbs = [(reverse("home"), "Home")]
    return render(request, "symptoms.html", {"areas": areas, "contents": contents, "crumbs": crumbs})


@public_page
def symptom(request, slug):
    """What I feel: when it is urgent, which medicines list it, and how often."""
    wanted = Q(kind=Kind.EFFECT, slug=slug) | Q(kind=Kind.RED_FLAG)

    documents = {(d.kind, d.slug): d for d in Document.objects.for_page().filter(wanted)}
    document = documents.get((Kind.EFFECT, slug))
    if document is None:
        return instead_of(request, Kind.EFFECT, slug)
    content = document.live.content
    rules = [d.live.content for (kind, _), d in documents.items() if kind == Kind.RED_FLAG]
    rows = list(ListedEffect.objects.filter(effect_slug=slug))
    lines = {"help_line": None} if needs_crisis_lines(content) else {}
    found = Document.objects.contents(source=presenting.sources_wanted(content, rules), **lines)

    sources = {slug: source for (kind, slug), source in found.items() if kind == Kind.SOURCE}
    help_lines = [line for (kind, _), line in found.items() if kind == Kind.HELP_LINE]
    page = presenting.effect_page(content, rows, sources, rules, help_lines)
    crumbs = [(reverse("home"), "Home"), (reverse("symptoms"), "Symptoms")]
    foot = {"trust": trust(document), "changes": changes(document.events.readers_saw())}
    return render(request, "symptom.html", {"page": page, "crumbs": crumbs} | foot)
