"""A real browser on a real server. Reader pages only read, so the shipped content stays and nothing is flushed."""

import os
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import Client
from playwright.sync_api import sync_playwright

from articles import workflow
from articles.models import Article, Source
from articles.revisions import set_aside

from ..conftest import taken_away
from ..factories import article_content, draft, writer

CHROMIUM = Path("/usr/bin/chromium")
PASSWORD = "only for this test 8361"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
# What a page leaves behind on the device.
KEPT = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie].filter(Boolean)"


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM.exists():
        pytest.skip(f"There is no {CHROMIUM}; install Debian's chromium to run the browser tests.")
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker):
    """The address of the site with its shipped content.

    Not pytest-django's `live_server`: that empties the database after each test, and its static files are not ours.
    """
    # What an earlier `make run` collected may be older than its source.
    staticfiles_storage.hashed_files.clear()
    with django_db_blocker.unblock():
        server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
        server.set_app(get_wsgi_application())
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join()


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def visit(db, chromium, site):
    """visit(path, javascript=True, width=1280): an open page.

    What it must never do is checked when the test ends; a test that provokes a fault empties `visit.faults`.
    """
    contexts, faults = [], []

    def opened(path, *, javascript=True, width=1280):
        context = chromium.new_context(
            base_url=site, java_script_enabled=javascript, viewport={"width": width, "height": 800}
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        page.on("request", lambda request: faults.append(request.url) if not request.url.startswith(site) else None)
        page.goto(path)
        return page

    opened.faults = faults
    yield opened
    for context in contexts:
        if context.pages and context.cookies():
            faults.append(f"cookies: {context.cookies()}")
        context.close()
    assert faults == []


def log_in(context, user, site):
    """As if they had gone through the login page, which has tests of its own and takes two seconds."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


def submit(page, name="Save and continue editing"):
    """Press the first button of this name and wait for the page that answers; a click alone waits for nothing."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def wait_until_in_view(box, most=640):
    """The box starts within the first `most` pixels of the screen; 640 is a small phone."""
    box.page.wait_for_function(
        "([box, most]) => box.getBoundingClientRect().top < most", arg=[box.element_handle(), most]
    )


@pytest.fixture
def administrator(django_db_setup, django_db_blocker):
    """Committed, for the server's threads to see, and taken away again."""
    with django_db_blocker.unblock(), taken_away():
        yield User.objects.create_superuser("browser-test", password=PASSWORD)


@pytest.fixture
def desk(administrator, chromium, site):
    """An open admin page of a logged-in administrator; a word on the console fails the test."""
    context = chromium.new_context(base_url=site, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    said = page.said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    log_in(context, administrator, site)
    yield page
    context.close()
    assert said == []


@pytest.fixture
def own_article(administrator):
    """A committed draft with three sections, "one" to "three"; taken away again with all its versions."""
    content = article_content(
        slug="does-the-browser-ache",
        title="Does the browser ache?",
        drugs=["amlodipine"],
        effects=["muscle-cramps"],
        references=[],
        sections=[
            {"key": name, "heading": f"Heading {name}", "body": f"The body of {name}."}
            for name in ("one", "two", "three")
        ],
    )
    article = draft(content, by=administrator)
    yield article
    workflow.discard(Article.objects.get(pk=article.pk), by=administrator)


@pytest.fixture
def committed(administrator):
    """For what the server's threads must see and no verb takes back."""
    with taken_away():
        yield


@pytest.fixture
def browser_of(committed, chromium, site):
    """browser_of(editor): an open page in a browser of their own, logged in; a word on its console fails the test."""
    contexts, said = [], []

    def opened(editor, **options):
        editor.set_password(PASSWORD)
        editor.save()
        context = chromium.new_context(base_url=site, viewport={"width": 1280, "height": 900}, **options)
        contexts.append(context)
        context.on("console", lambda message: said.append(message.text))
        context.on("weberror", lambda error: said.append(str(error.error)))
        page = context.new_page()
        page.said = said
        log_in(context, editor, site)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert said == []


def sound_article(slug="does-the-browser-hurt", **fields):
    """Content that the checks let through, on what comes with the project."""
    source = Source.objects.live().order_by("pk").first()
    about = {"drugs": ["amlodipine"], "effects": ["headache"], "references": [{"key": "label", "source": source.slug}]}
    return article_content(slug=slug, title="Does the browser hurt?") | about | fields


@pytest.fixture
def contested(committed):
    """An article of which a second editor's version 3 was set aside: both wrote another verdict."""
    first, second = writer(), writer()
    article = draft(sound_article(), by=first)
    opened = article.revisions.get(number=1)
    article.verdict = "No."
    article.save()
    workflow.save(article, by=first, reason="Mended")
    article = Article.objects.get(pk=article.pk)
    set_aside(article, opened.content | {"verdict": "Yes and no."}, author=second, based_on=1)
    return article
