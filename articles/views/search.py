"""Search."""

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.vary import vary_on_headers

from .. import check as checker
from .. import search as finder
from ..caching import private_answer
from ..models import Document
from ..presenters import search as words_for
from ..presenters.check_help import call_box
from ..presenters.help import crisis_lines
from ..urgency import matching_rules

RESULTS_A_PAGE = 20


@private_answer
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def search(request):
    """Somebody types what they take, feel or wonder, in their own words and spelling."""
    words = finder.cleaned(request.GET.get("q", ""))
    is_too_long = len(words) > finder.MAX_QUERY
    found = [] if is_too_long else finder.find(words)
    page = _page(found, request.GET.get("page") or 1)
    context = {
        "words": words[: finder.MAX_QUERY],
        "is_too_long": is_too_long,
        "most": finder.MAX_QUERY,
        "status": words_for.status(words, len(found)),
        "results": words_for.result_rows(page),
        "start": page.start_index(),
        "pages": words_for.page_links(words, page.number, page.paginator.num_pages),
        "crumbs": [(reverse("home"), "Home")],
    } | ({} if is_too_long else _asked_for(words))
    is_fragment = request.htmx and not request.htmx.history_restore_request
    template = "_search_results.html" if is_fragment else "search.html"
    return render(request, template, context | {"fragment": is_fragment}, status=400 if is_too_long else 200)


def _page(found, number):
    try:
        return Paginator(found, RESULTS_A_PAGE).page(number)
    except InvalidPage as error:
        raise Http404(str(error)) from error


def _asked_for(words):
    """What goes above the results: the emergency box if the words sound like one, and the check if they name both sides."""
    if not words:
        return {}
    spotted = finder.spot(words)
    contents = Document.objects.contents(red_flag=None, help_line=None)
    rules = [
        content for (kind, _), content in contents.items() if kind == "red-flag" and content["level"] == "emergency"
    ]
    sounds = finder.urgent_rules(words)
    met = matching_rules(rules, spotted.medicines, spotted.symptoms)
    met += [rule for rule in rules if rule["slug"] in sounds and rule not in met]
    crisis = crisis_lines(content for (kind, _), content in contents.items() if kind == "help-line")
    box = words_for.emergency_box(met, crisis)
    call = call_box(finder.OVERDOSE in sounds, "" in sounds and not box)
    return {
        "call": call,
        "emergency": None if call else box,
        "crisis": box["crisis"] if box else [],
        "offer": words_for.check_offer(spotted, checker.names()),
    }
