"""Readers' pages with a draft in place of what is live.

The page is made by the readers' own view, so a preview can never differ from what publishing would show.
"""

import copy

from django.http import QueryDict
from django.urls import resolve

from .. import workflow


def preview(request, document, page):
    """The reader's page at this address as it would be with the latest version of `document` published."""
    with workflow.as_if_published(document):
        match = resolve(page)
        response = match.func(_as_reader(request, page, match), *match.args, **match.kwargs)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    del response.headers["ETag"]
    return response


def _as_reader(request, page, match):
    """The request that a reader would make: no query string, no conditions, an answer in plain bytes."""
    reader = copy.copy(request)
    reader.GET, reader.path, reader.path_info, reader.resolver_match = QueryDict(), page, page, match
    reader.META = {
        name: value
        for name, value in request.META.items()
        if name not in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ACCEPT_ENCODING", "QUERY_STRING")
    }
    reader.__dict__.pop("headers", None)
    reader.is_preview = True
    return reader
