import pytest

from articles.content_files import load
from articles.models import Document, ListedEffect, SearchEntry, SearchTerm
from articles.projection import rebuild

from ..factories import (
    article_content,
    drug_content,
    effect_content,
    listing,
    published,
    published_world,
    source_content,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def read_tables():
    """All rows of the read tables as plain values, without database ids."""
    listed = [
        {name: value for name, value in row.items() if name != "id"}
        for row in ListedEffect.objects.order_by("drug_slug", "effect_slug").values()
    ]
    entries = list(
        SearchEntry.objects.order_by("kind", "slug", "anchor").values_list("kind", "slug", "anchor", "title", "summary")
    )
    terms = sorted(
        SearchTerm.objects.values_list("entry__kind", "entry__slug", "entry__anchor", "term", "how", "shown")
    )
    return listed, entries, terms


def test_rebuild_makes_exactly_what_publication_wrote():
    published_world()
    published(effect_content("test-rash", name="Test rash"))
    published(source_content("weak-blog", strength="weak", source_kind="other"))
    weak = {"sources": ["weak-blog"], "low": 5, "high": 5}
    published(drug_content("other-drug", effects=[listing("test-rash", findings=[weak, {"band": "rare"}])]))
    published(article_content(pairs=["testamol/test-ache"]))
    published(source_content("weak-blog", strength="good", source_kind="peer-reviewed"))
    published(effect_content("test-rash", name="Renamed rash"))
    by_publication = read_tables()

    rebuild()

    assert read_tables() == by_publication


def test_a_second_rebuild_changes_nothing():
    rebuild()
    once = read_tables()

    rebuild()

    assert read_tables() == once


def test_the_shipped_content_lists_every_pair_of_the_live_medicines():
    pairs = {
        (drug.slug, listed["key"])
        for drug in Document.objects.live().filter(kind="drug").select_related("live")
        for listed in drug.live.content["effects"]
    }

    assert set(ListedEffect.objects.values_list("drug_slug", "effect_slug")) == pairs
    assert len(pairs) == 1101


def test_the_article_that_leads_a_pair_is_named_on_its_row():
    published_world()

    published(article_content(pairs=["testamol/test-ache"]))

    row = ListedEffect.objects.get(drug_slug="testamol")
    assert (row.article_slug, row.article_title) == ("does-testamol-ache", "Does testamol ache?")


def test_loading_leaves_the_read_tables_as_a_rebuild_makes_them(settings):
    load(settings.BASE_DIR / "fixtures")
    before = read_tables()

    rebuild()

    assert read_tables() == before
