"""The symptom-to-drug check."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.vary import vary_on_headers

from .. import search
from ..caching import private_answer
from ..check import Question, answer, names
from ..presenters.check import address, check_page
from ..presenters.check_form import check_form


@private_answer
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def check(request):
    """Somebody takes medicines, feels something, and asks which of them can do it."""
    question = Question.of(request)
    spotted = search.spot(question.words) if question.words else search.Spotted()
    named = question.with_names(spotted)
    if named != question:
        return redirect(address(named))
    known = names()
    similar = search.similar(spotted.unknown[0]) if len(spotted.unknown) == 1 else []
    context = {"check": check_page(question, known, answer(question, known), spotted, similar)}
    status = 400 if question.problems else 200
    if request.htmx and not request.htmx.history_restore_request:
        response = render(request, "_check_results.html", context | {"fragment": True}, status=status)
        response["HX-Push-Url"] = address(question)
        return response
    context |= {"form": check_form(question, known), "crumbs": [(reverse("home"), "Home")]}
    return render(request, "check.html", context, status=status)
