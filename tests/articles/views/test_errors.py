"""What a reader sees when an address is wrong or the site is broken."""

import pytest
from django.db import connection

from tests.pages import Page, check_hygiene


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere/",
        "/medicines/unknown/",
        "/articles/unknown/",
        "/symptoms/unknown/",
        "/medicines/amlodipine/unknown/",
        "/a/%3Cscript%3Ealert(1)%3C/script%3E/",
    ],
)
def test_unknown_address_gets_a_helpful_page(page, address):
    shown = page(address, status=404)

    assert shown.h1 == "Page not found"
    assert {"/", "/medicines/", "/symptoms/", "/check/"} <= shown.links
    assert shown.one("form", role="search")["action"] == "/search/"
    assert "alert(1)" not in shown.html


def test_unknown_address_asks_nothing_of_the_database(page, django_assert_num_queries):
    with django_assert_num_queries(0):
        page("/nowhere/", status=404)


def test_error_page_comes_out_when_the_database_is_broken(client, monkeypatch):
    client.raise_request_exception = False

    def broken(*args, **kwargs):
        raise RuntimeError("no database")

    monkeypatch.setattr(connection, "cursor", broken)
    response = client.get("/articles/does-amlodipine-cause-leg-cramps/")

    shown = Page(response.content.decode(), response)
    check_hygiene(shown, "500")
    assert response.status_code == 500
    assert shown.h1 == "Sorry, there is a problem with this page"
    assert {"tel:911", "tel:999", "tel:112"} <= shown.links
    assert "--paper" in shown.one("style")["text"]


def test_wrong_host_gets_a_page_of_ours(client):
    response = client.get("/", headers={"host": "evil.example"})

    shown = Page(response.content.decode(), response)
    check_hygiene(shown, "400")
    assert response.status_code == 400
    assert shown.h1 == "This web address does not work"
    assert "evil.example" not in shown.html
