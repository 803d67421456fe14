"""What every test can ask for: the shipped content in the database, and pages that are checked as they are fetched."""

import os

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test.utils import setup_databases, teardown_databases

from articles import asked
from articles.content_files import load
from articles.guards import install_guards, remove_guards
from articles.models import AccountEvent, Credential, Document, ReviewEvent, Revision, SignOff
from articles.projection import project

from .pages import fetch

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


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """For what other connections must see: rows that are really committed, and taken away again afterwards.

    Not pytest-django's transactional_db, whose flush would take the shipped content from every later test.
    """
    with django_db_blocker.unblock():
        documents, users, events = (
            set(model.objects.values_list("pk", flat=True)) for model in (Document, User, AccountEvent)
        )
        yield
        with transaction.atomic():
            remove_guards()
            SignOff.objects.exclude(revision__document__in=documents).delete()
            ReviewEvent.objects.exclude(document__in=documents).delete()
            for document in Document.objects.exclude(pk__in=documents):
                document.live = None
                document.save()
                project(document)
                document.delete()
            Revision.objects.exclude(document__in=documents).delete()
            Credential.objects.exclude(user__in=users).delete()
            AccountEvent.objects.exclude(pk__in=events).delete()
            User.objects.exclude(pk__in=users).delete()
            Session.objects.all().delete()
            install_guards()
        connection.close()


@pytest.fixture
def page(client, db):
    """page(address, status=200, **headers): the parsed page, after the checks that every page has to pass."""

    def fetched(address, *, status=200, **headers):
        return fetch(client, address, status=status, **headers)

    return fetched
