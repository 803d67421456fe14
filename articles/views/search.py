"""Search."""

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.vary import vary_on_headers

from .. import search as finder
from ..caching import private_answer
from ..check import hear
from ..known import known as all_known
from ..presenters import search as words_for
from ..presenters.check_heard import name_notes, uncovered
from ..presenters.check_help import help_parts
from ..question import Question, cleaned
from .fragments import wants_fragment

RESULTS_A_PAGE = 20


@private_answer
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def search(request):
    """Somebody types what they take, feel or wonder, in their own words and spelling."""
    words, known = cleaned(request.GET.get("q", "")), all_known()
    is_too_long = len(words) > finder.MAX_QUERY
    heard = hear(Question(words="" if is_too_long else words), known)
    found = [] if is_too_long else finder.find(words, meant=_meant(heard))
    page = _page(found, request.GET.get("page") or 1)
    context = {
        "words": words[: finder.MAX_QUERY],
        "is_too_long": is_too_long,
        "most": finder.MAX_QUERY,
        "status": words_for.status(words, len(found)),
        "results": words_for.result_rows(page),
        "start": page.start_index(),
        "pages": words_for.page_links(words, page.number, page.paginator.num_pages),
        "help": help_parts(heard, known),
        "questions": words_for.asked_back(heard, known),
        "uncovered": uncovered(heard),
        "notes": name_notes(heard, known),
        "offer": words_for.check_offer(heard, known),
        "crumbs": [(reverse("home"), "Home")],
    }
    is_fragment = wants_fragment(request)
    template = "_search_results.html" if is_fragment else "search.html"
    return render(request, template, context | {"fragment": is_fragment}, status=400 if is_too_long else 200)


def _meant(heard):
    """The entries that were understood from other words than their names."""
    medicines = [(finder.Kind.DRUG, slug) for slug in heard.question.medicines]
    return medicines + [(finder.Kind.EFFECT, slug) for slug in heard.question.symptoms]


def _page(found, number):
    try:
        return Paginator(found, RESULTS_A_PAGE).page(number)
    except InvalidPage as error:
        raise Http404(str(error)) from error
