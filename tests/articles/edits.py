"""Edits as editors make them, for hypothesis: change a field, add, delete or move a row, change a cell, a set, a figure.

The edited content stays such that the site can store it: it names only documents that the content itself names, columns
keep their cells, a finding is a band or percents. Not here: the address of a document and the keys of rows, which stay.
"""

from collections import defaultdict
from copy import deepcopy

from django.db import models
from hypothesis import strategies as st

from articles.models import (
    Document,
    DrugClass,
    DrugEffect,
    Effect,
    Finding,
    Meaning,
    Section,
    TableCell,
    TableColumn,
    TableRow,
)
from articles.models.documents import key_validator
from articles.shapes import MODELS, canonical

from ..factories import article_content, drug_content, listing

# Few words and few keys, so that two editors often do the same or get in each other's way.
WORDS = st.lists(st.sampled_from("aches often 10 **now** line\nbreak".split(" ")), min_size=1, max_size=4)
TEXTS = WORDS.map(" ".join)
NEW_KEYS = st.sampled_from(["new-one", "new-two", "new-one-2"])
PERCENTS = st.sampled_from([0, 0.5, 3, 10.8, 100])
FIGURES = st.one_of(
    st.sampled_from(["very-common", "common", "rare"]).map(lambda band: {"band": band}),
    st.tuples(PERCENTS, PERCENTS).map(lambda pair: {"low": min(pair), "high": max(pair)}),
    st.tuples(PERCENTS, PERCENTS).map(lambda pair: {"high": pair[0], "placebo": pair[1], "qualifier": "up-to"}),
)
# Together they follow a rule (a constraint), so they are not edited one by one.
TIED = {
    Finding: {"band", "low", "high", "placebo", "qualifier"},
    Section: {"style", "drug", "effect"},
    Meaning: {"effect", "drug"},
}


def small_article():
    """An article with a row of nearly every kind; it names testamol, test-ache and test-label only."""
    return canonical(
        article_content(
            facts_checked="2026-11-20",
            review_due="2027-11-20",
            lead="It opens the article. [ref:label]",
            key_points=[{"key": "first", "label": "First", "text": "One point."}],
            sections=[
                {"key": "how-it-works", "heading": "How it works", "body": "It works.\n\nSo they say. [ref:label]"},
                {"key": "how-soon", "heading": "How soon", "parent": "how-it-works", "body": "Soon."},
                {
                    "key": "how-often",
                    "heading": "How often",
                    "style": "how-often",
                    "drug": "testamol",
                    "effect": "test-ache",
                },
            ],
            claims=[{"key": "c", "section": "how-it-works", "often_said": "It never aches.", "sources_say": "It may."}],
            tables=[
                {
                    "key": "doses",
                    "section": "how-it-works",
                    "caption": "Two doses",
                    "columns": [{"key": "low", "heading": "Low"}, {"key": "high", "heading": "High"}],
                    "rows": [
                        {
                            "key": "aches",
                            "heading": "Aches",
                            "cells": [{"key": "low", "text": "seldom"}, {"key": "high", "text": "often"}],
                        },
                        {"key": "rashes", "heading": "Rashes", "cells": [{"key": "low", "text": "never"}]},
                    ],
                }
            ],
            faqs=[
                {"key": "can-i-stop", "question": "Can I stop?", "answer": "Ask first."},
                {"key": "can-i-drive", "question": "Can I drive?", "answer": "Yes."},
                {"key": "can-i-drink", "question": "Can I drink?", "answer": "Some water."},
            ],
        )
    )


def small_medicine():
    """A medicine with two side effects and figures; it names test-ache, test-rash, test-label and test-leaflet only."""
    ache = [{"low": 1, "high": 3, "dose": "5 mg"}, {"band": "common", "sources": ["test-leaflet"]}, {"high": 10.8}]
    return canonical(
        drug_content(
            facts_checked="2026-11-20",
            review_due="2027-11-20",
            mechanism="It relaxes.",
            stop_warning=True,
            stop_sources=["test-label", "test-leaflet"],
            uses=[{"key": "u1", "text": "high blood pressure"}, {"key": "u2", "text": "angina"}],
            doses=[{"key": "d1", "use": "angina", "dose": "5 mg", "sources": ["test-label"]}],
            names=[{"key": "testa-us", "name": "Testa", "kind": "brand", "country": "US"}],
            effects=[
                listing(findings=ache, note="Worse at night."),
                listing("test-rash", findings=[{"high": 0.5, "placebo": 0.1}]),
            ],
        )
    )


@st.composite
def edits(draw, content, *, count=2, known=None, places=None):
    """A strategy of `count` canonical contents, each edited on its own from this one.

    All are edited in the same one or two fields of the document, so that they meet; `places` says in which instead.
    `known`: {model: slugs} of documents that may be named besides those that the content names.
    """
    model = MODELS[content["kind"]]
    # Rows are where merging is hard, so that they are drawn more often than the many fields.
    often = [name for name in model.CONTENT for _ in range(5 if model._meta.get_field(name).one_to_many else 1)]
    places = places or draw(st.sets(st.sampled_from(often), min_size=1, max_size=2))
    return [draw(edited(content, known=known, places=places)) for _ in range(count)]


@st.composite
def edited(draw, content, *, known=None, places=None):
    """A strategy of one canonical content with one to six edits, some of which change nothing.

    `places`: the fields of the document to be edited.
    """
    content = canonical(deepcopy(content))
    model, known = MODELS[content["kind"]], _named(content, known or {})
    for _ in range(draw(st.integers(1, 6))):
        edit = draw(st.sampled_from(list(_possible(model, content, known, places or model.CONTENT))))
        edit(draw)
    return canonical(content)


def _named(content, known):
    """{model: slugs} of everything that may be named: what is known, and what the content names already."""
    found = defaultdict(set, {model: set(slugs) for model, slugs in known.items()})

    def look(model, row):
        for name in model.CONTENT:
            field, value = model._meta.get_field(name), row.get(name)
            if field.one_to_many:
                for child in value or []:
                    if field.related_model is DrugEffect:
                        found[Effect].add(child["key"])
                    look(field.related_model, child)
            elif field.is_relation and value:
                found[field.related_model].update([value] if isinstance(value, str) else value)

    look(MODELS[content["kind"]], content)
    return found


def _possible(model, row, known, names):
    """Functions of `draw` that each make one edit in this row or below it."""
    if issubclass(model, Document):
        yield lambda draw: _give_date(draw, row)
    if model is Finding:
        yield lambda draw: _give_figure(draw, row)
    for name in names:
        field = model._meta.get_field(name)
        if field.one_to_many:
            yield from _possible_of_rows(field, row, known)
        elif name not in TIED.get(model, ()) and key_validator not in getattr(field, "validators", ()):
            yield lambda draw, field=field: _give(draw, row, field, known)


def _possible_of_rows(field, parent, known):
    model, rows = field.related_model, parent.setdefault(field.name, [])
    if model is not TableCell:
        yield lambda draw: _add(draw, model, parent, rows, known)
        if rows:
            yield lambda draw: _delete(draw, model, parent, rows)
        if len(rows) > 1:
            yield from [lambda draw: _move(draw, rows)] * 2
    for row in rows:
        yield from _possible(model, row, known, model.CONTENT)


def _give_date(draw, row):
    row["facts_checked"], row["review_due"] = draw(
        st.sampled_from([("2026-11-20", "2027-11-20"), ("2026-12-01", "2027-11-20"), ("2026-12-01", "2027-12-01")])
    )


def _give_figure(draw, row):
    for name in TIED[Finding]:
        row.pop(name, None)
    row.update(draw(FIGURES))


def _give(draw, row, field, known):
    value = draw(_values(field, known))
    if value is None:
        row.pop(field.name, None)
    else:
        row[field.name] = value


def _values(field, known):
    """A strategy of values that the field may hold."""
    if field.many_to_many:
        slugs = st.sampled_from(sorted(known[field.related_model]) or [None])
        return st.lists(slugs, min_size=0 if field.blank else 1, max_size=3).map(lambda found: [x for x in found if x])
    if field.is_relation:
        choices = sorted(known[field.related_model]) + (["Other tablets"] if field.related_model is DrugClass else [])
    elif isinstance(field, models.BooleanField):
        return st.booleans()
    elif isinstance(field, models.IntegerField):
        return st.integers(2, 4)
    elif field.choices:
        choices = [value for value, _ in field.flatchoices if value]
    elif isinstance(field, models.URLField):
        choices = ["https://example.org/one", "https://example.org/two"]
    else:
        texts = TEXTS.map(lambda text: text[: field.max_length])
        return st.none() | texts if field.blank else texts
    return st.sampled_from(choices + ([None] if getattr(field, "null", False) or field.blank or not choices else []))


def _add(draw, model, parent, rows, known):
    key = draw(st.sampled_from(sorted(known[Effect])) if model is DrugEffect else NEW_KEYS)
    if key in {row["key"] for row in rows}:
        return
    row = {"key": key}
    for name in model.CONTENT:
        field = model._meta.get_field(name)
        if field.one_to_many or name in TIED.get(model, ()):
            continue
        if name == "section":
            row[name] = "how-it-works"
        elif not field.blank:
            _give(draw, row, field, known)
    if model is Finding:
        _give_figure(draw, row)
    if model is Meaning:
        row["effect"] = draw(st.sampled_from(sorted(known[Effect])))
    if model is TableRow:
        row["cells"] = [{"key": column["key"], "text": draw(TEXTS)} for column in parent.get("columns", [])]
    rows.insert(draw(st.integers(0, len(rows))), row)


def _delete(draw, model, parent, rows):
    gone = rows.pop(draw(st.integers(0, len(rows) - 1)))
    if model is TableColumn:
        for row in parent.get("rows", []):
            row["cells"] = [cell for cell in row.get("cells", []) if cell["key"] != gone["key"]]


def _move(draw, rows):
    rows.insert(draw(st.integers(0, len(rows) - 1)), rows.pop(draw(st.integers(0, len(rows) - 1))))
