"""Two who write at the same moment, in transactions of their own: neither undoes or stops the other."""

import threading
from contextlib import suppress

import pytest
from django.db import transaction

from articles import content_files, projection, workflow
from articles.content import restore
from articles.content_files import dump, load
from articles.models import Document, Effect, ListedEffect
from articles.revisions import latest_revision

from ..factories import drug_content, effect_content, listing, published, publisher, signed_off, source_content, writer
from .threads import PATIENCE, at_once

pytestmark = [pytest.mark.database]


def test_two_side_effects_of_one_medicine_are_published(committed, monkeypatch):
    published(source_content())
    names = ("test-ache", "test-itch")
    for name in names:
        published(effect_content(name, name=name))
    published(drug_content(effects=[listing(name) for name in names]))
    pages = [signed_off(effect_content(name, name=f"Better {name}")) for name in names]
    both_are_inside, listed = threading.Barrier(2), projection._listed_effects

    def slowly(drugs):
        with suppress(threading.BrokenBarrierError):
            both_are_inside.wait(PATIENCE)
        return listed(drugs)

    monkeypatch.setattr(projection, "_listed_effects", slowly)
    people = [publisher(), publisher()]
    at_once(*(lambda page=page, by=by: workflow.publish(page, by=by) for page, by in zip(pages, people, strict=True)))

    shown = (
        ListedEffect.objects.filter(drug_slug="testamol").order_by("effect_slug").values_list("effect_name", flat=True)
    )
    assert list(shown) == ["Better test-ache", "Better test-itch"]


def test_an_edit_is_saved_while_the_content_of_the_project_is_loaded(committed, tmp_path, monkeypatch):
    file = tmp_path / "effect.yaml"
    file.write_text(dump(effect_content()))
    load(tmp_path)
    file.write_text(dump(effect_content(name="Shipped later")))
    has_looked, is_saved, stored, anna = threading.Event(), threading.Event(), content_files._stored_documents, writer()

    def slowly():
        found = stored()
        has_looked.set()
        is_saved.wait(PATIENCE)
        return found

    def edit():
        has_looked.wait(30)
        with transaction.atomic():
            page = Effect.objects.get(pk=Document.objects.held().get(slug="test-ache").pk)
            workflow.save(restore(effect_content(name="Edited here"), document=page), by=anna)
        is_saved.set()

    monkeypatch.setattr(content_files, "_stored_documents", slowly)
    at_once(lambda: load(tmp_path), edit)

    assert latest_revision(Document.objects.get(slug="test-ache")).content["name"] == "Edited here"
