"""Articles: the list of them, and one article."""

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse

from ..caching import public_page
from ..models import Document, ListedEffect, SearchEntry
from ..presenters.articles import article_page, pairs_shown
from ..presenters.trust import changes, trust
from .gone import instead_of
from .paging import page_of

ARTICLES_A_PAGE = 50


@public_page
def articles(request):
    """Somebody looks over the questions that a whole article answers."""
    entries = SearchEntry.objects.filter(kind=SearchEntry.Kind.ARTICLE).order_by("title", "slug")
    found, pages = page_of(request, entries, ARTICLES_A_PAGE)
    results = [
        {"href": reverse("article", args=[entry.slug]), "title": entry.title, "text": entry.summary} for entry in found
    ]
    crumbs = [(reverse("home"), "Home")]
    return render(request, "articles.html", {"results": results, "pages": pages, "crumbs": crumbs})


@public_page
def article(request, slug):
    """Somebody asked the question in the title; the answer comes first, then how we know."""
    document = Document.objects.for_page().filter(kind=Document.Kind.ARTICLE, slug=slug).first()
    if document is None:
        return instead_of(request, Document.Kind.ARTICLE, slug)
    content = document.live.content
    shown = pairs_shown(content)
    listings = _listings(content, shown)
    named = Document.objects.contents(
        source=_sources(content, listings, shown), drug=content.get("drugs", []), effect=content.get("effects", [])
    )
    page = article_page(content, listings=listings, named=named)
    crumbs = [(reverse("home"), "Home"), (reverse("articles"), "Articles")]
    foot = {"trust": trust(document), "changes": changes(document.events.readers_saw())}
    return render(request, "article.html", {"article": page, "crumbs": crumbs} | foot)


def _listings(content, shown):
    """Rows of the pairs whose figures the article shows, and of pairs nearby that another article leads."""
    drugs, effects = content.get("drugs", []), content.get("effects", [])
    wanted = (Q(drug_slug__in=drugs) | Q(effect_slug__in=effects)) & ~Q(article_slug__in=["", content["slug"]])
    for drug, effect in shown:
        wanted |= Q(drug_slug=drug, effect_slug=effect)
    columns = ("drug_slug", "drug_name", "effect_slug", "effect_name", "listing", "article_slug", "article_title")
    return list(ListedEffect.objects.filter(wanted).order_by("drug_slug", "effect_slug").values(*columns))


def _sources(content, listings, shown):
    """Slugs of the article's references and of the figures that it shows."""
    findings = [
        finding
        for row in listings
        if (row["drug_slug"], row["effect_slug"]) in shown
        for finding in row["listing"].get("findings", [])
    ]
    return [row["source"] for row in content.get("references", [])] + [slug for f in findings for slug in f["sources"]]
