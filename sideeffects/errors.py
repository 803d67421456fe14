"""Error pages that must come out even when the database, a session or a context processor cannot be used."""

from django.contrib import admin
from django.http import HttpResponse
from django.template import loader

from .styles import inline_styles


def bad_request(request, exception):
    return _page("400.html", request, status=400)


def server_error(request):
    return _page("500.html", request, status=500)


def csrf_failure(request, reason=""):
    """Django's own page has an inline style that the Content-Security-Policy blocks, and loses what was typed.

    Ours shows the fields again with a good token, so it shows them to our own pages only: another site's form always says
    its origin. And what its button sends is opened, never saved (articles/entrance/kept.py), so the token lets nothing in.
    """
    if request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}":
        return admin.site.refused_form(request)
    return _page("403_csrf.html", request, status=403)


def _page(name, request, *, status):
    return HttpResponse(loader.get_template(name).render(inline_styles(request)), status=status)
