"""What every test can ask for: the shipped content in the database, and pages that are checked as they are fetched."""

import os
from contextlib import contextmanager

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test.utils import setup_databases, teardown_databases

from articles import asked
from articles.content_files import load
from articles.guards import install_guards, remove_guards
from articles.models import AccountEvent, Credential, Document, EvidenceChange, ReviewEvent, Revision, SignOff
from articles.projection import project

from .pages import fetch

# What happens leaves rows in these that no page and no person takes along.
LOGS = (AccountEvent, AccessAttempt, EvidenceChange)
LOCAL_DATABASE = settings.DATABASES["default"]["NAME"]


def pytest_unconfigure():
    """SQLite leaves two files beside a database that was still open when Django removed it."""
    for left in settings.VAR_DIR.glob(f"test-{os.getpid()}.sqlite3*"):
        left.unlink()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The shipped content is loaded once; tests add to it inside a transaction that is rolled back."""
    with django_db_blocker.unblock():
        # pytest-django makes a test database only where some test asks for `db`. The editors' browser tests do not, because
        # the server could not see into their transaction; run alone they would write into the local database.
        is_test = settings.DATABASES["default"]["NAME"] != LOCAL_DATABASE
        made = [] if is_test else setup_databases(verbosity=0, interactive=False)
        load(settings.BASE_DIR / "fixtures")
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hashing a password is slow on purpose, and a published document takes four people."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def no_counts(monkeypatch):
    """Names asked for are counted only where a test asks for it: the writing is not part of a page's queries."""
    monkeypatch.setattr(asked, "write_soon", lambda: None)


@pytest.fixture
def transactional_db(transactional_db):
    """Takes the triggers away before the flush that ends a transactional test; the flush puts them back."""
    yield
    remove_guards()


@contextmanager
def taken_away():
    """What is really committed inside it goes again: pages, published ones too, people, and what they left in the logs."""
    kept = {model: set(model.objects.values_list("pk", flat=True)) for model in (Document, User, *LOGS)}
    yield
    with transaction.atomic():
        remove_guards()
        for model in LOGS:
            model.objects.exclude(pk__in=kept[model]).delete()
        # The newest first: what came later may name what came before.
        new_pages = list(Document.objects.exclude(pk__in=kept[Document]).order_by("-pk"))
        SignOff.objects.filter(revision__document__in=new_pages).delete()
        ReviewEvent.objects.filter(document__in=new_pages).delete()
        for page in new_pages:
            page.live = None
            page.save()
            project(page)
        for page in new_pages:
            page.delete()
        Revision.objects.exclude(document__in=kept[Document]).delete()
        Credential.objects.exclude(user__in=kept[User]).delete()
        User.objects.exclude(pk__in=kept[User]).delete()
        Session.objects.all().delete()
        install_guards()


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """For what other connections must see.

    Not pytest-django's transactional_db, whose flush would take the shipped content from every later test.
    """
    with django_db_blocker.unblock(), taken_away():
        yield
    connection.close()


@pytest.fixture
def page(client, db):
    """page(address, status=200, **headers): the parsed page, after the checks that every page has to pass."""

    def fetched(address, *, status=200, **headers):
        return fetch(client, address, status=status, **headers)

    return fetched
