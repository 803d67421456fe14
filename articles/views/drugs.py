"""Medicines: the list, one medicine, and one medicine with one side effect."""

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse

from ..caching import public_page
from ..models import Document, ListedEffect
from ..presenters import drugs as presenting
from ..presenters import names, pairs
from ..presenters.help import needs_crisis_lines
from ..presenters.trust import changes, hurried_on, trust
from .gone import instead_of, instead_of_pair

Kind = Document.Kind
RULES = Q(kind=Kind.RED_FLAG)

_LISTED = ("name", "us_name", "names", "drug_class", "patient_words")


@public_page
def drugs(request):
    """I know my medicine, or its box: find it by letter, by brand, or by what kind it is."""
    by_class = request.GET.get("by") == "class"

    rows = Document.objects.live().filter(kind=Kind.DRUG).order_by("slug")
    values = rows.values_list("slug", *(f"live__content__{field}" for field in _LISTED))
    medicines = [dict(zip(("slug", *_LISTED), row, strict=True)) for row in values]

    letters, groups = names.by_letter(medicines)
    classes = names.by_class(medicines) if by_class else []
    context = {"letters": letters, "groups": groups, "classes": classes, "by_class": by_class}
    context |= {"views": names.views(by_class=by_class), "crumbs": [(reverse("home"), "Home")]}
    return render(request, "drugs.html", context)


@public_page
def drug(request, slug):
    """My medicine: what it can do to me, the worst and the most frequent first, and how you know."""
    by = presenting.BY_BODY if request.GET.get("by") == presenting.BY_BODY else presenting.BY_OFTEN

    document = Document.objects.for_page().filter(kind=Kind.DRUG, slug=slug).first()
    if document is None:
        return instead_of(request, Kind.DRUG, slug)
    content = document.live.content
    rows = list(ListedEffect.objects.filter(drug=document.pk))
    lines = {"help_line": None} if presenting.lists_crisis(rows) else {}
    found = Document.objects.contents(source=presenting.sources_wanted(content, rows), red_flag=None, **lines)

    sources = {slug: content for (kind, slug), content in found.items() if kind == Kind.SOURCE}
    rules = [content for (kind, _), content in found.items() if kind == Kind.RED_FLAG]
    help_lines = [content for (kind, _), content in found.items() if kind == Kind.HELP_LINE]
    page = presenting.drug_page(content, rows, sources, rules, help_lines=help_lines, by=by)
    crumbs = [(reverse("home"), "Home"), (reverse("drugs"), "Medicines")]
    foot = {"trust": trust(document), "changes": changes(document.events.readers_saw())}
    return render(request, "drug.html", {"page": page, "crumbs": crumbs} | foot)


@public_page
def pair(request, slug, effect):
    """Can this medicine do this to me, how often, what helps, and when do I get help?"""
    medicine, symptom = Q(kind=Kind.DRUG, slug=slug), Q(kind=Kind.EFFECT, slug=effect)

    documents = {(d.kind, d.slug): d for d in Document.objects.for_page().filter(medicine | symptom | RULES)}
    row = ListedEffect.objects.filter(drug_slug=slug, effect_slug=effect).first()
    if row is None or (Kind.DRUG, slug) not in documents:
        return instead_of_pair(request, slug, effect)
    contents = {key: document.live.content for key, document in documents.items()}
    drug, effect = contents[Kind.DRUG, slug], contents[Kind.EFFECT, effect]
    rules = [content for (kind, _), content in contents.items() if kind == Kind.RED_FLAG]
    lines = {"help_line": None} if needs_crisis_lines(effect, row.listing) else {}
    found = Document.objects.contents(source=pairs.sources_wanted(drug, row.listing, effect, rules), **lines)

    sources = {slug: content for (kind, slug), content in found.items() if kind == Kind.SOURCE}
    help_lines = [content for (kind, _), content in found.items() if kind == Kind.HELP_LINE]
    page = pairs.pair_page(drug, row, effect, sources, rules, help_lines)
    crumbs = [(reverse("home"), "Home"), (reverse("drugs"), "Medicines"), (page["drug_href"], page["drug"])]
    # What changed is told on the medicine's own page: most of its changes are about other pairs.
    about = [document for (kind, _), document in documents.items() if kind != Kind.RED_FLAG]
    foot = {"trust": trust(documents[Kind.DRUG, slug]), "hurried_on": hurried_on(*about)}
    return render(request, "pair.html", {"page": page, "crumbs": crumbs} | foot)
