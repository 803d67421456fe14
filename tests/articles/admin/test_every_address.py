"""Every address of the admin, for every role: what it answers to GET and to POST, and that nobody writes what they may not.

The addresses are found by themselves; one that the table does not name fails the test.
"""

import hashlib

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core import serializers
from django.db import transaction
from django.test import Client
from django.urls import reverse

from articles.models import (
    DOCUMENT_MODELS,
    AccountEvent,
    AskedFor,
    Credential,
    Document,
    DrugClass,
    EvidenceChange,
    KnownName,
    ReviewEvent,
    Revision,
    SignOff,
)
from tests.factories import article_content, published, published_world, publisher, reviewer, writer

DOCUMENTS = tuple(model._meta.model_name for model in DOCUMENT_MODELS)
WITH_PAGES = ("article", "drug", "effect", "glossaryterm")
WITHOUT_PAGES = tuple(kind for kind in DOCUMENTS if kind not in WITH_PAGES)
NAMED = ("drug", "effect", "source")
PARTS = ("drugeffect", "comparisontable")
LOGS = ("revision", "reviewevent", "signoff", "evidencechange", "askedfor")

# Who: not logged in, an account that was deactivated | staff without a group | writer reviewer publisher | administrator.
ROLES = ("nobody", "left", "no group", "writer", "reviewer", "publisher", "administrator")
# "in": sent to the login. 403 to a POST of somebody not logged in is the login page that keeps what was typed.
OPEN = "200 200  200  200 200 200  200"
ALL_STAFF = "in  in   200  200 200 200  200"
READ = "in  in   403  200 200 200  200"
WRITE = "in  in   403  200 403 403  200"
ADMIN = "in  in   403  403 403 403  200"
NEVER = "in  in   403  403 403 403  403"
NO_GET = "in  in   405  405 405 405  405"
POST_READ = "403 403  403  200 200 200  200"
POST_WRITE = "403 403  403  200 403 403  200"
POST_ADMIN = "403 403  403  403 403 403  200"
POST_NEVER = "403 403  403  403 403 403  403"

# name: (kinds, answers to GET, answers to an empty POST)
TABLE = {
    # The way in and out
    "login": ((), "200 200  302  302 302 302  302", "200 200  302  302 302 302  302"),
    "logout": ((), "405 405  405  405 405 405  405", OPEN),
    "second_factor": ((), OPEN, "403 403  200  200 200 200  200"),
    "password_reset": ((), OPEN, OPEN),
    "password_reset_done": ((), OPEN, "405 405  405  405 405 405  405"),
    "password_reset_confirm": ((), OPEN, OPEN),
    "password_reset_complete": ((), OPEN, "405 405  405  405 405 405  405"),
    "password_change": ((), ALL_STAFF, "403 403  200  200 200 200  200"),
    "password_change_done": ((), ALL_STAFF, "403 403  405  405 405 405  405"),
    # What every editor's page uses
    "index": ((), ALL_STAFF, "403 403  200  200 200 200  200"),
    "guide": ((), ALL_STAFF, "403 403  200  200 200 200  200"),
    "jsi18n": ((), ALL_STAFF, "403 403  405  405 405 405  405"),
    "app_list": ((), "in  in   404  200 200 200  200", "403 403  404  200 200 200  200"),
    "autocomplete": ((), READ, "403 403  405  405 405 405  405"),
    "view_on_site": ((), "in  in   404  404 404 404  404", "403 403  404  404 404 404  404"),
    # Documents
    "{}_changelist": ((*DOCUMENTS, *PARTS, "drugclass", "knownname", "credential", *LOGS), READ, POST_READ),
    "{}_history": ((*DOCUMENTS, *PARTS, "drugclass", "knownname", "credential", *LOGS), READ, POST_READ),
    "{}_add": ((*DOCUMENTS, *PARTS, "drugclass"), WRITE, POST_WRITE),
    # 409: the form does not say which version it was opened from, or the move is refused with a sentence.
    "{}_change": ((*DOCUMENTS, *PARTS), READ, "403 403  403  409 403 403  409"),
    # What the test deletes here was published once; of three it says, in a message, which pages name them.
    "{}_delete": (tuple(kind for kind in DOCUMENTS if kind not in NAMED), NEVER, POST_NEVER),
    "{}_delete of what others name": (NAMED, "in  in   403  302 302 302  302", "403 403  403  302 302 302  302"),
    "{}_move": (DOCUMENTS, NO_GET, "403 403  403  409 409 409  409"),
    "{}_restore": (DOCUMENTS, NO_GET, "403 403  403  302 403 403  302"),
    "{}_conflict": (DOCUMENTS, "in  in   403  404 403 403  404", "403 403  403  404 403 403  404"),
    "{}_compare": (DOCUMENTS, READ, POST_READ),
    "{}_preview": ((*WITH_PAGES, *PARTS), READ, POST_WRITE),
    "{}_preview_new": (WITH_PAGES, NO_GET, POST_WRITE),
    "{}_preview of no page": (WITHOUT_PAGES, "in  in   403  404 404 404  404", "403 403  403  404 404 404  404"),
    "{}_preview_new of no page": (WITHOUT_PAGES, NO_GET, "403 403  404  404 404 404  404"),
    "article_paste": ((), WRITE, POST_WRITE),
    # Rows that are no documents
    "{}_delete of a row": ((*PARTS, "drugclass"), WRITE, POST_WRITE),
    "drugclass_change": ((), READ, POST_WRITE),
    "knownname_change": ((), READ, POST_NEVER),
    "{}_add by nobody": (("knownname", *LOGS, "accountevent"), NEVER, POST_NEVER),
    "{}_delete by nobody": (("knownname", *LOGS, "accountevent"), NEVER, POST_NEVER),
    "{}_change of a log": (LOGS, READ, POST_NEVER),
    "evidencechange_looked_at": ((), NO_GET, "403 403  403  302 302 302  302"),
    # Accounts
    "credential_add": ((), ADMIN, POST_ADMIN),
    "credential_change": ((), READ, POST_ADMIN),
    "credential_delete": ((), ADMIN, POST_ADMIN),
    "accountevent_changelist": ((), ADMIN, POST_ADMIN),
    "accountevent_change": ((), ADMIN, POST_NEVER),
    "accountevent_history": ((), ADMIN, POST_ADMIN),
    "user_{}": (("changelist", "add", "change", "history", "password_change", "hand_over"), ADMIN, POST_ADMIN),
    "user_delete": ((), NEVER, POST_NEVER),  # an account with a history is deactivated instead
    "user_reset_factor": ((), ADMIN, "403 403  403  403 403 403  302"),
    "group_{}": (("changelist", "add", "change", "history", "delete"), ADMIN, POST_ADMIN),
}


def expected():
    """{name of the address: (answers to GET, answers to POST)}, each a list in the order of ROLES."""
    found = {}
    for pattern, (kinds, get, post) in TABLE.items():
        for kind in kinds or [""]:
            name = pattern.partition(" ")[0].format(kind)
            assert name not in found, f"{name} stands in the table twice"
            found[name] = (get.split(), post.split())
    return found


def name_of(url_name):
    return url_name.removeprefix("articles_").removeprefix("auth_")


def all_names():
    """The names of all addresses that the admin answers."""

    def below(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from below(pattern.url_patterns)
            elif pattern.name:
                yield pattern.name

    return sorted(set(below(admin.site.get_urls())))


class World:
    """One published document of each kind, a row of each log, and somebody in each role."""

    def __init__(self):
        table = {"key": "compared", "section": "what-it-is", "caption": "Compared"}
        columns = [{"key": "first", "heading": "First"}]
        drug = published_world()
        self.article = published(article_content(tables=[table | {"columns": columns, "rows": []}]))
        self.people = {
            "left": writer(is_active=False),
            "no group": User.objects.create_user("no-group", is_staff=True),
            "writer": writer(),
            "reviewer": reviewer(),
            "publisher": publisher(),
            "administrator": User.objects.create_superuser("root"),
        }
        EvidenceChange.objects.create(page=self.article, evidence=drug, what="Another figure")
        AskedFor.objects.create(month="2026-01-01", what=AskedFor.What.values[0], name="testamol")
        AccountEvent.objects.create(what=AccountEvent.What.LOGIN)
        others = (
            DrugClass,
            KnownName,
            Revision,
            ReviewEvent,
            SignOff,
            Credential,
            EvidenceChange,
            AskedFor,
            AccountEvent,
        )
        rows = {model._meta.model_name: model.objects.first() for model in (*others, Group)}
        rows |= {model._meta.model_name: model.objects.exclude(live=None).first() for model in DOCUMENT_MODELS}
        rows |= {
            "article": self.article,
            "comparisontable": self.article.tables.get(),
            "drugeffect": drug.effects.get(),
        }
        author = self.article.revisions.first().author
        self.pks = {kind: row.pk for kind, row in rows.items()} | {"user": author.pk}

    def address(self, url_name):
        kind, _, page = name_of(url_name).partition("_")
        arguments = {
            "app_list": ["articles"],
            "view_on_site": [1, 1],
            "password_reset_confirm": ["MQ", "set-password"],
        }.get(url_name, [])
        if url_name.startswith(("articles_", "auth_")) and page not in ("changelist", "add", "preview_new", "paste"):
            more = {"move": ["submit"], "conflict": [1], "restore": [1]}.get(page, [])
            arguments = [self.article.pk] if page == "looked_at" else [self.pks[kind], *more]
        query = {"compare": "?from=1&to=1"}.get(page, "")
        if url_name == "autocomplete":
            query = "?app_label=articles&model_name=article&field_name=drugs&term=a"
        return reverse(f"admin:{url_name}", args=arguments) + query

    def answer(self, role, url_name, method):
        """What this role gets; whatever it did is undone."""
        client = Client()
        with transaction.atomic():
            if role in self.people:
                client.force_login(self.people[role])
            response = getattr(client, method)(self.address(url_name))
            transaction.set_rollback(True)
        sent_to_login = response.status_code == 302 and "/admin/login/" in response["Location"]
        return "in" if sent_to_login else str(response.status_code)


def test_the_table_names_every_address_and_no_other():
    assert sorted(expected()) == sorted(map(name_of, all_names()))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_answers_each_role_as_the_table_says(db, role, method):
    world, table = World(), expected()
    place, column = ROLES.index(role), ["get", "post"].index(method)

    found = {name_of(name): world.answer(role, name, method) for name in all_names()}

    wrong = {
        name: (got, table[name][column][place]) for name, got in found.items() if got != table[name][column][place]
    }
    assert not wrong, sorted(wrong.items())


def stored():
    """A hash of every row that says something about content, decisions or accounts."""
    digest = hashlib.sha256()
    parts = [model for model in admin.site._registry if model not in (AskedFor, KnownName)]
    for model in (*parts, Document):
        digest.update(serializers.serialize("json", model.objects.order_by("pk")).encode())
    return digest.hexdigest()


@pytest.mark.parametrize("role", ["nobody", "left", "no group", "reviewer", "publisher"])
def test_who_may_not_write_changes_nothing_by_posting_to_every_address(db, role):
    world = World()
    client = Client()
    if role in world.people:
        client.force_login(world.people[role])
    before = stored()

    for name in all_names():
        # Logging out is everybody's, and has its line in the log.
        if name != "logout":
            client.post(world.address(name), {"post": "yes", "comment": "Why", "name": "Changed", "title": "Changed"})

    assert stored() == before
