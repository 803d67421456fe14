"""Two editors at their pages, in any order: whatever anybody sent in a form that could be saved is found again.

Every edit writes a word that no other edit writes, so that it can be looked for. Not here: single cases (test_saving.py)
and the merge of contents alone (test_conflicts_of_edits.py).
"""

import json
import re
from html import unescape

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.content import snapshot, specific
from articles.models import ComparisonTable, Document, DrugEffect, Revision
from articles.revisions import latest_revision
from articles.shapes import content_hash
from tests.articles.edits import small_article, small_medicine
from tests.factories import effect_content, published, published_world, source_content, writer

from .forms import fields_in, fields_of

WORD = re.compile(r"\bw\d+w\b")
# Texts that an edit may change, as the names of their form fields end; and what tells that a row of the form is used.
TEXTS = (
    *("title", "subtitle", "verdict", "short_answer", "action", "lead", "label", "text", "heading", "body"),
    *("often_said", "sources_say", "question", "answer", "caption", "name_note", "patient_words", "mechanism", "onset"),
    *("note", "population", "measure", "name"),
)
ROWS = re.compile(r"^(\w+)-(\d+)-(\w+)$")
MODELS = {"article": "article", "table": "comparisontable", "drug": "drug", "pair": "drugeffect"}
thorough = settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # a failing story is long, and making it shorter takes minutes
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)


def is_text(name):
    ending = name.rpartition("-")[2]
    return ending in TEXTS or ending.startswith("cell_")


class Newsroom:
    """Two editors, the forms that each has open, and every word that they have sent."""

    def __init__(self, document, pages, clients, draw):
        self.document, self.pages, self.clients, self.draw = document, pages, clients, draw
        self.open, self.sent, self.written = {}, set(), 0

    # What an editor can do

    def step(self):
        editor = self.draw(st.sampled_from(["anna", "bert"]), label="editor")
        mine = [page for who, page in self.open if who == editor]
        actions = ["open"] + ["save"] * 3 * bool(mine) + ["settle"] * 2 * bool(self.unsettled())
        action = self.draw(st.sampled_from(actions), label="action")
        if action == "open":
            page = self.draw(st.sampled_from(sorted(self.pages)), label="page")
            self.open[editor, page] = fields_of(self.clients[editor], self.pages[page], self.model(page))
        elif action == "save":
            self.save(editor, self.draw(st.sampled_from(sorted(mine)), label="page"))
        else:
            self.settle(editor, self.draw(st.sampled_from(self.unsettled()), label="version"))

    def save(self, editor, page):
        address, client, model = self.pages[page], self.clients[editor], self.model(page)
        fields = self.edited(self.open.pop((editor, page)), model)
        if self.draw(st.integers(0, 3), label="a mistake") == 3:
            # A note longer than any may be.
            refused = client.post(address, fields | {"change_note": "x" * 301})
            assert refused.status_code == 200, "a mistake was not noticed"
            back = fields_in(refused, model)
            assert words_sent(back) >= words_sent(fields), "a form with mistakes came back without a text"
            fields = self.edited(back | {"change_note": ""}, model, most=1)
        before = latest_revision(self.document)
        self.sent |= words_sent(fields)
        response = client.post(address, fields)
        assert response.status_code == 302, f"{response.status_code}: {errors(response)}"
        after = latest_revision(self.document)
        if after.origin == Revision.Origin.MERGED and after.number != before.number:
            self.check_merge(before, after.number - 1, after, asked=False)

    def settle(self, editor, number):
        address = f"/admin/articles/{self.document._meta.model_name}/{self.document.pk}/conflict/{number}/"
        client, before = self.clients[editor], latest_revision(self.document)
        if self.draw(st.integers(0, 4), label="leave it aside") == 4:
            client.post(address, {"_leave": "1"})
            return
        page = client.get(address).content.decode()
        for _ in range(3):
            choices = self.choices(page)
            response = client.post(address, {"seen": str(before.number)} | choices)
            if response.status_code == 302:
                self.sent |= words_sent(choices)
                self.check_merge(before, number, latest_revision(self.document), asked=True)
                return
            # What both together would break is asked as one choice; what no choice can mend stays set aside.
            assert response.status_code == 409
            page = response.content.decode()

    def choices(self, page):
        found = {}
        for name in dict.fromkeys(unescape(name) for name in re.findall(r'name="choice:([^"]*)"', page)):
            sides = ["mine", "theirs"] + ["text"] * (f'name="text:{name}"' in unescape(page))
            found[f"choice:{name}"] = self.draw(st.sampled_from(sides), label=name)
            if found[f"choice:{name}"] == "text":
                found[f"text:{name}"] = self.new_word()
        return found

    # Edits of a form

    def edited(self, fields, model, *, most=4):
        fields = dict(fields)
        texts = sorted(name for name in fields if is_text(name) and "DELETE" not in name)
        rows = sorted({name.rpartition("-")[0] for name in fields if name.endswith("-row")})
        for _ in range(self.draw(st.integers(0, most), label="edits")):
            edit = self.draw(st.sampled_from(["text", "text", "text", "add", "delete", "move"]), label="edit")
            if edit == "text":
                name = self.draw(st.sampled_from([name for name in texts if not is_new(name, fields)]), label="field")
                old = one(fields[name])
                keeps = len(old) < 30 and self.draw(st.booleans(), label="keeps the old text")
                fields[name] = f"{old if keeps else ''} {self.new_word()}".strip()
            elif edit == "add":
                self.add_row(fields, model)
            elif rows:
                row = self.draw(st.sampled_from(rows), label="row")
                if edit == "move":
                    fields[f"{row}-position"] = str(self.draw(st.integers(1, 5), label="place"))
                elif not row.startswith("columns"):
                    fields[f"{row}-DELETE"] = "on"
        return fields

    def add_row(self, fields, model):
        new_rows = NEW_ROWS[model]
        part = self.draw(st.sampled_from(sorted(new_rows)), label="part")
        row = f"{part}-{int(one(fields[f'{part}-TOTAL_FORMS'])) - 1}"
        if f"{row}-row" in fields:
            return
        for name, value in new_rows[part].items():
            fields[f"{row}-{name}"] = value
        if f"{part}-0-sources" in fields:
            fields[f"{row}-sources"] = fields[f"{part}-0-sources"]
        for name in fields:
            if name.startswith(f"{row}-") and is_text(name) and name.rpartition("-")[2] not in new_rows[part]:
                fields[name] = self.new_word()

    def new_word(self):
        self.written += 1
        return f"w{self.written}w"

    # What has to hold

    def check_merge(self, before, aside, after, *, asked):
        """Both sides' words are in what was put together, as far as nobody chose against them."""
        aside = self.document.revisions.get(number=aside)
        assert aside.origin == Revision.Origin.SET_ASIDE
        base = words(self.document.revisions.get(number=aside.based_on).content)
        mine, theirs, now = words(aside.content), words(before.content), words(after.content)
        assert base & mine & theirs <= now, "a text that both sides kept is missing"
        if not asked:
            assert (mine - base) | (theirs - base) <= now, "a text was left out and nobody was asked"

    def check(self):
        document = specific(Document.objects.get(pk=self.document.pk))
        revisions = list(document.revisions.order_by("number"))
        lost = self.sent - set().union(*(words(revision.content) for revision in revisions))
        assert not lost, f"sent and found in no version: {sorted(lost)}"
        assert [revision.number for revision in revisions] == list(range(1, document.version + 1))
        assert latest_revision(document).content_hash == content_hash(snapshot(document))

    def unsettled(self):
        return sorted(self.document.revisions.unsettled().values_list("number", flat=True))

    def model(self, page):
        return MODELS[page.partition(" ")[0]]


# What a new row needs besides its texts, for the groups of each page that get new rows.
NEW_ROWS = {
    "article": {"sections": {}, "faqs": {}, "key_points": {}, "claims": {"section": "how-it-works"}},
    "comparisontable": {"rows": {}, "columns": {}},
    "drug": {"uses": {}, "names": {"kind": "brand"}},
    "drugeffect": {"findings": {"band": "common"}},
}


def one(value):
    return value[0] if isinstance(value, list) else value


def is_new(name, fields):
    """Whether a field belongs to the blank row at the end of a group."""
    row = ROWS.match(name)
    return bool(row) and f"{row[1]}-{row[2]}-row" not in fields


def words_sent(fields):
    """The words of a form, without the rows that it deletes."""
    deleted = {name.removesuffix("DELETE") for name in fields if name.endswith("-DELETE")}
    return words([value for name, value in fields.items() if not name.startswith(tuple(deleted) or ("\0",))])


def words(content):
    return set(WORD.findall(json.dumps(content)))


def errors(response):
    return response.context and str(response.context.get("errors") or response.context.get("sentence"))


def change(row):
    return f"/admin/articles/{row._meta.model_name}/{row.pk}/change/"


@pytest.fixture
def clients(db):
    found = {}
    for name in ("anna", "bert"):
        found[name] = Client()
        found[name].force_login(writer(username=name, first_name=name.title()))
    published_world()
    return found


@pytest.fixture
def article(clients):
    return published(small_article())


@pytest.fixture
def medicine(clients):
    for content in (effect_content("test-rash"), source_content("test-leaflet")):
        published(content)
    return published(small_medicine() | {"stop_warning": False})


def interleave(document, pages, clients, draw):
    with transaction.atomic():
        live = document.live.content
        newsroom = Newsroom(document, pages, clients, draw)
        for _ in range(draw(st.integers(5, 11), label="steps")):
            newsroom.step()
            newsroom.check()
        assert Document.objects.get(pk=document.pk).live.content == live
        transaction.set_rollback(True)


@thorough
@given(data=st.data())
def test_every_text_that_two_editors_send_for_an_article_is_found_again(clients, article, data):
    table = ComparisonTable.objects.get(article=article)

    interleave(article, {"article": change(article), "table": change(table)}, clients, data.draw)


@thorough
@given(data=st.data())
def test_every_text_that_two_editors_send_for_a_medicine_is_found_again(clients, medicine, data):
    pairs = {f"pair {pair.effect.slug}": change(pair) for pair in DrugEffect.objects.filter(drug=medicine)}

    interleave(medicine, {"drug": change(medicine)} | pairs, clients, data.draw)
