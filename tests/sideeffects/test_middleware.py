"""Headers on every answer, and no cookie for a reader."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.urls import include, path

from sideeffects import health, middleware, styles

pytestmark = pytest.mark.urls(__name__)


def careless(request):
    """A reader page whose template asks for everything that would set a cookie."""
    text = "{% csrf_token %}{{ user }}{{ messages }}{{ perms.articles }}"
    return HttpResponse(engines["django"].from_string(text).render({}, request))


def broken(request):
    raise RuntimeError


urlpatterns = [path("careless/", careless), path("broken/", broken), path("", include("sideeffects.urls"))]
handler400, handler500 = "sideeffects.errors.bad_request", "sideeffects.errors.server_error"


@pytest.fixture
def anyone():
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def answers(client):
    return {
        200: client.get("/healthz"),
        301: client.get("/admin"),
        302: client.get("/admin/"),
        400: client.get("/healthz/", headers={"host": "evil.example"}),
        403: client.post("/admin/login/"),
        404: client.get("/no-such-page/"),
        405: client.put("/healthz"),
        500: client.get("/broken/"),
    }


def test_every_answer_has_every_header(anyone, db):
    wanted = {*middleware.HEADERS, "Content-Security-Policy", "Referrer-Policy"}

    got = answers(anyone)

    assert {status: response.status_code for status, response in got.items()} == {status: status for status in got}
    assert [(status, wanted - response.headers.keys()) for status, response in got.items()] == [
        (status, set()) for status in got
    ]


def test_policy_has_no_unsafe_word(anyone):
    policy = anyone.get("/healthz").headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self' 'sha256-")
    assert "unsafe" not in policy and "data:" not in policy and "*" not in policy


def test_referrer_is_kept_from_readers_pages_only(anyone, db):
    assert anyone.get("/healthz").headers["Referrer-Policy"] == "no-referrer"
    assert anyone.get("/admin/login/").headers["Referrer-Policy"] == "same-origin"


def test_reader_page_gets_no_cookie_whatever_its_template_asks(anyone):
    response = anyone.get("/careless/")

    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_reader_page_does_not_look_at_the_session_of_an_editor(client, django_assert_num_queries, db):
    client.force_login(User.objects.create_superuser("editor"))

    with django_assert_num_queries(0):
        response = client.get("/careless/")

    assert b"editor" not in response.content
    assert not response.cookies


def test_editors_pages_have_session_and_csrf_check(anyone, db):
    User.objects.create_superuser("editor", password="a long enough password")
    form = anyone.get("/admin/login/")
    token = {"csrfmiddlewaretoken": form.cookies["side-effects-csrf"].value}

    response = anyone.post("/admin/login/", token | {"username": "editor", "password": "a long enough password"})

    assert response.status_code == 302
    assert response.cookies["side-effects-session"]["httponly"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_not_allowed_on_public_pages(anyone, method):
    assert anyone.generic(method, "/healthz").status_code == 405


def test_error_pages_carry_the_style_that_the_policy_lets_through(anyone, db):
    block = f"<style>{styles.stylesheet()}</style>".encode()

    for status in (400, 403, 500):
        assert block in answers(anyone)[status].content


@pytest.mark.parametrize(
    ("written", "small"),
    [
        ("/* why */\n@layer a {\n  p , li { color: red; margin: 0 }\n}\n", "@layer a{p,li{color:red;margin:0}}"),
        ('a::after { content: " ; /* no */  } " }', 'a::after{content:" ; /* no */  } "}'),
        ("a :hover { x: calc(1px + 2px) }", "a :hover{x:calc(1px + 2px)}"),
        ("b/**/c { d: e;; }", "b c{d:e}"),
    ],
)
def test_stylesheet_loses_only_what_has_no_meaning(written, small):
    assert styles.minify(written) == small


def test_health_needs_no_database(anyone):
    assert anyone.get("/healthz").content == b"ok"


@pytest.mark.database
def test_ready_when_database_migrations_and_disk_are_well(anyone, db, django_assert_num_queries):
    with django_assert_num_queries(2):
        response = anyone.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ok")


def test_not_ready_without_a_migration(anyone, db, monkeypatch):
    monkeypatch.setattr(health, "_needed_migrations", lambda: {("articles", "9999_later")})

    response = anyone.get("/readyz")

    assert (response.status_code, response.content) == (503, b"migrations")


def test_not_ready_with_a_full_disk(anyone, db, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE_SPACE", 1.1)

    response = anyone.get("/readyz")

    assert (response.status_code, response.content) == (503, b"disk")


def test_not_ready_without_the_database(anyone, db, monkeypatch):
    def refuse(recorder):
        raise health.DatabaseError

    monkeypatch.setattr(health.MigrationRecorder, "applied_migrations", refuse)

    response = anyone.get("/readyz")

    assert (response.status_code, response.content) == (503, b"database")
