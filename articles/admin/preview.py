"""Readers' pages with a draft, saved or not, in place of what is live.

The page is made by the readers' own view, so a preview can never differ from what publishing would show. All of it happens
inside a transaction that is undone.
"""

import copy

from django.http import QueryDict
from django.shortcuts import render
from django.urls import resolve

from .. import workflow
from ..shapes import ContentError


def preview(request, document, page, content=None):
    """The reader's page as it would be with this content, or the latest version, of `document` published.

    `page` is its address, or a function from the document as it is then to that address.
    """
    with workflow.as_if_published(document, content) as shown:
        address = page(shown) if callable(page) else page
        match = resolve(address)
        response = match.func(_as_reader(request, address, match), *match.args, **match.kwargs)
    del response.headers["ETag"]
    return _framed(response)


def preview_of_form(request, model_admin, opened, page):
    """The same for a form as it is filled in now, with its rows; or what has to be mended first."""
    if opened and opened.base is None:
        return _not_possible(request, model_admin, ["The form does not say which version it was opened from."])
    document = opened.document if opened else None
    try:
        posted, refused = model_admin.as_posted(request, opened)
        if posted is None:
            errors = refused.context_data.get("errors", []) if hasattr(refused, "context_data") else []
            return _not_possible(request, model_admin, errors)
        return preview(request, document, page, posted.content)
    except ContentError as error:
        return _not_possible(request, model_admin, [str(error)])


def _not_possible(request, model_admin, errors):
    context = model_admin.admin_site.each_context(request) | {
        "title": "No preview yet",
        "opts": model_admin.opts,
        "errors": errors,
        "is_popup": True,
    }
    return _framed(render(request, "admin/no_preview.html", context))


def _framed(response):
    """Kept by nobody, and shown in a frame by our own pages alone (sideeffects/middleware.py)."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.is_framed_by_us = True
    return response


def _as_reader(request, page, match):
    """The request that a reader would make: no query string, no conditions, an answer in plain bytes."""
    reader = copy.copy(request)
    reader.method = "GET"
    reader.GET, reader.path, reader.path_info, reader.resolver_match = QueryDict(), page, page, match
    reader.META = {
        name: value
        for name, value in request.META.items()
        if name not in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ACCEPT_ENCODING", "QUERY_STRING")
    }
    reader.__dict__.pop("headers", None)
    reader.is_preview = True
    return reader
