import gzip

import brotli
import pytest
from django.http import HttpResponse

from articles.caching import private_answer, public_page


@public_page
def view(request):
    return HttpResponse("<h1>Cramps</h1>" * 100)


def test_a_public_page_may_be_kept_for_a_minute(rf):
    response = view(rf.get("/"))

    assert response.headers["Cache-Control"] == "public, max-age=60, stale-if-error=86400"


def test_an_answer_to_typed_words_is_kept_by_nobody(rf):
    response = private_answer(lambda request: HttpResponse("x"))(rf.get("/"))

    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("accepted, unpack", [("br, gzip", brotli.decompress), ("gzip", gzip.decompress)])
def test_it_travels_compressed_as_the_browser_takes_it(rf, accepted, unpack):
    response = view(rf.get("/", headers={"accept-encoding": accepted}))

    assert unpack(response.content) == b"<h1>Cramps</h1>" * 100
    assert response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepted", ["", "identity", "br;q=0, gzip; q=0.000", "brotli"])
def test_it_travels_plain_where_the_browser_wants_that(rf, accepted):
    assert b"Cramps" in view(rf.get("/", headers={"accept-encoding": accepted})).content


def test_an_unchanged_page_is_answered_with_304_and_no_body(rf):
    etag = view(rf.get("/")).headers["ETag"]

    response = view(rf.get("/", headers={"if-none-match": etag}))

    assert (response.status_code, response.content) == (304, b"")


def test_each_encoding_has_its_own_etag(rf):
    tags = {view(rf.get("/", headers={"accept-encoding": name})).headers["ETag"] for name in ("br", "gzip", "identity")}

    assert len(tags) == 3


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_anything_but_reading_is_refused(rf, method):
    assert view(getattr(rf, method)("/")).status_code == 405
