"""The decorators of public pages: who may keep an answer, for how long, and in how few bytes it travels."""

import gzip
import hashlib
from functools import wraps

import brotli
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe


def public_page(view):
    """A page that is the same for everyone: any cache may hold it for a minute, and for a day if the site is down.

    A minute, because a withdrawn text must be gone soon. Answers 405 to anything but GET and HEAD.
    """
    return _page(view, "public, max-age=60, stale-if-error=86400")


def private_answer(view):
    """A page that answers what somebody typed: nobody else's cache may hold it, nor the disk of a shared phone."""
    return _page(view, "private, no-store")


def _page(view, cache_control):
    @require_safe
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", cache_control)
        if response.streaming or response.status_code != 200:
            return response
        response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        return get_conditional_response(request, etag=response.headers["ETag"], response=_compressed(request, response))

    return wrapped


def _compressed(request, response):
    """Brotli at level 5 or gzip, whichever the browser takes. Safe here: these pages hold no secret (BREACH)."""
    patch_vary_headers(response, ["Accept-Encoding"])
    accepted = _accepted(request.headers.get("Accept-Encoding", ""))
    if "br" in accepted:
        response.content, encoding = brotli.compress(response.content, quality=5), "br"
    elif "gzip" in accepted:
        response.content, encoding = gzip.compress(response.content, compresslevel=6, mtime=0), "gzip"
    else:
        return response
    response.headers["Content-Encoding"] = encoding
    response.headers["ETag"] = response.headers["ETag"][:-1] + f'-{encoding}"'
    return response


def _accepted(header):
    """The encodings a browser takes: 'br, gzip;q=0' takes br and refuses gzip."""
    parts = (part.replace(" ", "").partition(";q=") for part in header.lower().split(","))
    return {name for name, _, weight in parts if not weight or weight.strip("0.")}
