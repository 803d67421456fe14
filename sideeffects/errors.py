"""Error pages that must come out even when the database, a session or a context processor cannot be used."""

from django.http import HttpResponse
from django.template import loader

from .styles import inline_styles


def bad_request(request, exception):
    return _page("400.html", request, status=400)


def server_error(request):
    return _page("500.html", request, status=500)


def csrf_failure(request, reason=""):
    """Django's own page has an inline style that the Content-Security-Policy blocks."""
    return _page("403_csrf.html", request, status=403)


def _page(name, request, *, status):
    return HttpResponse(loader.get_template(name).render(inline_styles(request)), status=status)
