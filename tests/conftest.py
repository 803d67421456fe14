"""What every test can ask for: the shipped content in the database, and pages that are checked as they are fetched."""

import pytest
from django.conf import settings
from django.test.utils import setup_databases, teardown_databases

from articles import asked
from articles.content_files import load
from articles.guards import remove_guards

from .pages import fetch

LOCAL_DATABASE = settings.DATABASES["default"]["NAME"]


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
def page(client, db):
    """page(address, status=200, **headers): the parsed page, after the checks that every page has to pass."""

    def fetched(address, *, status=200, **headers):
        return fetch(client, address, status=status, **headers)

    return fetched
