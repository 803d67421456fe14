"""How many queries the largest shipped pages may take to open and to save, and that more rows do not mean more queries."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from articles import workflow
from articles.content import restore, specific
from articles.models import Document, DrugEffect
from articles.revisions import latest_revision

from .forms import fields_of
from .test_interleaving import change

# What it took when this was written, and a few to spare: (open, save unchanged, save with a text changed).
BUDGETS = {"article": (60, 58, 62), "drug": (62, 67, 71), "drugeffect": (23, 59, 62)}
A_TEXT = {"article": "subtitle", "drug": "mechanism", "drugeffect": "onset"}
# Rows that can stand twice under different keys.
DOUBLED = {
    "article": ("sections", "faqs", "key_points", "claims", "links"),
    "drug": ("uses", "doses", "claims", "disagreements", "not_found", "related", "links"),
    "drugeffect": ("findings",),
}


def largest(model):
    if model == "drugeffect":
        return DrugEffect.objects.annotate(size=Count("findings")).latest("size")
    documents = Document.objects.filter(kind=model).select_related("live")
    return specific(max(documents, key=lambda document: len(str(document.live.content))))


def doubled(content, model, row):
    """The content with every row of these groups a second time."""
    owners = (
        [listed for listed in content["effects"] if listed["key"] == row.effect.slug]
        if model == "drugeffect"
        else [content]
    )
    for owner in owners:
        for group in DOUBLED[model]:
            owner[group] = owner.get(group, []) + [
                copy | {"key": f"{copy['key'][:50]}-again"} for copy in owner.get(group, [])
            ]
    return content


def numbers_of_queries(client, address, model, text):
    fields = fields_of(client, address, model)
    requests = (
        lambda: client.get(address),
        lambda: client.post(address, fields),
        lambda: client.post(address, fields | {A_TEXT[model]: text}),
    )
    found = []
    for request in requests:
        with CaptureQueriesContext(connection) as captured:
            request()
        found.append(len(captured))
    return tuple(found)


@pytest.mark.parametrize("model", BUDGETS)
def test_the_largest_page_keeps_its_budget_and_twice_the_rows_take_no_more(client, db, model):
    root = User.objects.create_superuser("root")
    client.force_login(root)
    row = largest(model)
    document = row.drug if model == "drugeffect" else row

    once = numbers_of_queries(client, change(row), model, "Changed once")
    workflow.save(restore(doubled(latest_revision(document).content, model, row), document=document), by=root)
    twice = numbers_of_queries(client, change(row), model, "Changed twice")

    assert latest_revision(document).number == 4, "each change was saved"
    assert [number <= budget for number, budget in zip(once, BUDGETS[model], strict=True)] == [True] * 3, once
    # Whoever has written since the page was published is told so, in one query more.
    assert [more - number <= 1 for more, number in zip(twice, once, strict=True)] == [True] * 3, (once, twice)
