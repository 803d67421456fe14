"""The symptom-to-drug check, and the sheet of its answer to take along."""

from functools import lru_cache

from django.http import JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.vary import vary_on_headers

from ..asked import count_asked
from ..caching import private_answer
from ..check import answer
from ..known import known as all_known
from ..presenters.check import check_page
from ..presenters.check_address import address
from ..presenters.check_form import check_form
from ..presenters.visit_sheet import file_name, sheet
from ..question import Question
from .fragments import wants_fragment


@private_answer
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def check(request):
    """Somebody takes medicines, feels something, and asks which of them can do it."""
    question, known = Question.of(request), all_known()
    found = answer(question, known)
    count_asked(found)
    status = 400 if found.question.problems else 200
    if question.as_json:
        problems = {"problems": found.question.problems} if found.question.problems else {}
        return JsonResponse(found.result | problems, status=status)
    context = {"check": check_page(question, found, known)}
    if wants_fragment(request):
        response = render(request, "_check_results.html", context | {"fragment": True}, status=status)
        response["HX-Push-Url"] = address(question)
        return response
    context |= {
        "words": question.words,
        "show_ticks": not question.words,
        "ticks": _ticks(known, tuple(question.medicines), tuple(question.symptoms)),
        "crumbs": [(reverse("home"), "Home")],
    }
    return render(request, "check.html", context, status=status)


@lru_cache(maxsize=32)
def _ticks(known, medicines, symptoms):
    """What can be ticked, as HTML: 170 boxes are two thirds of the page's work, and nearly always the same."""
    return render_to_string("_check_ticks.html", {"form": check_form(medicines, symptoms, known)})


@private_answer
def visit_sheet(request):
    """Somebody wants one page to take to the pharmacist: what they take, what they feel, what we found, what to ask."""
    question, known = Question.of(request), all_known()
    found = answer(question, known)
    is_file = not question.problems and bool(request.GET.get("save"))
    context = {"sheet": sheet(question, found, known), "is_file": is_file}
    response = render(request, "visit_sheet.html", context, status=400 if found.question.problems else 200)
    if is_file:
        response["Content-Disposition"] = f'attachment; filename="{file_name()}"'
    return response
