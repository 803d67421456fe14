"""Medicines side by side."""

from dataclasses import replace

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.vary import vary_on_headers

from ..caching import private_answer
from ..check import hear
from ..known import known as all_known
from ..models import Document, ListedEffect
from ..presenters.compare import compare_page, sources_wanted
from ..presenters.compare_choice import Choice
from ..question import Question
from .fragments import wants_fragment

Kind = Document.Kind


@private_answer
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def compare(request):
    """One medicine or the other: how do they differ, before I ask my doctor or pharmacist about it?"""
    known = all_known()
    choice = _by_name(Choice.of(request), known)
    documents, rows, sources = _read(choice.covered(known), choice.symptoms)
    context = {"page": compare_page(choice, known, documents, rows, sources)}
    status = 400 if choice.problems else 200
    if wants_fragment(request):
        response = render(request, "_compare_results.html", context | {"fragment": True}, status=status)
        response["HX-Push-Url"] = choice.address()
        return response
    return render(request, "compare.html", context | {"crumbs": [(reverse("home"), "Home")]}, status=status)


def _by_name(choice, known):
    """The choice with names as people know them in place of slugs: 'norvasc' is amlodipine.

    A misspelling, a name with several meanings and a combination stay as they are: the page says so and offers the search.
    """

    if choice.problems:
        return choice

    def slug_of(name, part, slugs):
        if name in slugs:
            return name
        heard = hear(Question(**{part: [name]}), known)
        found = getattr(heard.question, part)
        return found[0] if len(found) == 1 and not (heard.uncovered or heard.result["ambiguous"]) else name

    medicines = dict.fromkeys(slug_of(name, "medicines", known.medicines) for name in choice.medicines)
    symptoms = dict.fromkeys(slug_of(name, "symptoms", known.symptoms) for name in choice.symptoms)
    return replace(choice, medicines=tuple(medicines), symptoms=tuple(symptoms))


def _read(medicines, symptoms):
    """(documents in the order chosen, rows of their effects or of the chosen ones, {slug: source}), in three queries."""
    if not medicines:
        return [], [], {}
    found = {d.slug: d for d in Document.objects.for_page().filter(kind=Kind.DRUG, slug__in=medicines)}
    documents = [found[slug] for slug in medicines if slug in found]
    rows = ListedEffect.objects.filter(drug_slug__in=found)
    rows = list(rows.filter(effect_slug__in=symptoms) if symptoms else rows)
    contents = Document.objects.contents(source=sources_wanted(documents, rows))
    return documents, rows, {slug: content for (_, slug), content in contents.items()}
