"""The first page, questions, glossary, and the pages about this site."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse

from ..caching import public_page
from ..models import Document, SearchEntry
from ..presenters.pages import doors, glossary_letters, help_lines, question_groups, questions_for_home
from .paging import page_of

ARTICLES_A_PAGE = 20
ARTICLES_ON_HOME = 4

Kind = SearchEntry.Kind


@public_page
def home(request):
    """Somebody feels something odd and wonders whether it is the medicine: which of three ways do they start?"""
    articles = list(SearchEntry.objects.filter(kind=Kind.ARTICLE).order_by("pk")[:ARTICLES_ON_HOME])
    faqs = SearchEntry.objects.filter(kind=Kind.FAQ, slug__in=[entry.slug for entry in articles]).order_by("pk")
    return render(request, "home.html", {"doors": doors(), "questions": questions_for_home(articles, faqs)})


@public_page
def questions(request):
    """Somebody would rather read ready questions than search."""
    entries = SearchEntry.objects.filter(kind=Kind.ARTICLE).order_by("title", "slug")
    articles, pages = page_of(request, entries, ARTICLES_A_PAGE)
    faqs = SearchEntry.objects.filter(kind=Kind.FAQ, slug__in=[entry.slug for entry in articles]).order_by("pk")
    context = {"groups": question_groups(articles, faqs), "pages": pages, "crumbs": _crumbs()}
    return render(request, "questions.html", context)


@public_page
def glossary(request):
    """Somebody met a hard word and wants it in plain ones."""
    terms = Document.objects.contents(glossary_term=None).values()
    sources = Document.objects.contents(source=[slug for term in terms for slug in term.get("sources", [])])
    letters, groups = glossary_letters(terms, sources)
    return render(request, "glossary.html", {"letters": letters, "groups": groups, "crumbs": _crumbs()})


@public_page
def about(request):
    """Somebody asks who writes this and why it should be trusted."""
    return render(request, "about.html", {"crumbs": _crumbs()})


@public_page
def about_data(request):
    """Somebody wants to know where names and codes come from and what may be copied."""
    return render(request, "about_data.html", {"crumbs": _crumbs("about")})


@public_page
def about_accessibility(request):
    """Somebody cannot use a part of the site and asks what was tried."""
    return render(request, "about_accessibility.html", {"crumbs": _crumbs("about")})


@public_page
def about_privacy(request):
    """Somebody looks up something private and asks who will know."""
    return render(request, "about_privacy.html", {"crumbs": _crumbs("about")})


@public_page
def about_report(request):
    """Somebody found a mistake, had a side effect to report, or needs help at once."""
    lines = help_lines(Document.objects.contents(help_line=None).values())
    context = {"lines": lines, "contact_email": settings.CONTACT_EMAIL, "crumbs": _crumbs("about")}
    return render(request, "about_report.html", context)


def _crumbs(*parents):
    names = {"home": "Home", "about": "How we make these pages"}
    return [(reverse(name), names[name]) for name in ("home", *parents)]
