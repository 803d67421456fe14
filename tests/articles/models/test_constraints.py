"""Each named constraint refuses a row that goes round the forms."""

from datetime import date

import pytest
from django.db import IntegrityError, models, transaction

from articles.models import (
    DOCUMENT_MODELS,
    Article,
    Document,
    Drug,
    DrugEffect,
    Effect,
    Finding,
    HelpLine,
    RedFlag,
    Revision,
    Section,
    Source,
)

from ...factories import article_content, draft, effect_content, published_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def refused(name, write):
    """The write fails, and on the constraint of this name; SQLite names columns where it is about uniqueness."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    assert name in str(error.value) or "UNIQUE constraint failed" in str(error.value)


@pytest.fixture
def pair():
    published_world()
    return DrugEffect.objects.get(drug__slug="testamol")


@pytest.mark.parametrize("field", ["low", "high", "placebo"])
@pytest.mark.parametrize("percent", [-1, 100.5])
def test_a_percent_lies_between_0_and_100(pair, field, percent):
    values = {"low": 0, "high": 100, "placebo": 5} | {field: percent}

    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.create(drug_effect=pair, key="f", **values)


def test_the_low_percent_is_not_above_the_high_one(pair):
    refused("finding_low_not_above_high", lambda: Finding.objects.create(drug_effect=pair, key="f", low=3, high=2))


@pytest.mark.parametrize("values", [{"band": "common", "high": 3}, {"band": "common", "placebo": 3}, {}, {"low": 3}])
def test_a_finding_holds_a_band_or_a_percent_and_not_both(pair, values):
    refused("finding_band_or_percent_not_both", lambda: Finding.objects.create(drug_effect=pair, key="f", **values))


def test_a_medicine_lists_an_effect_once(pair):
    refused("one_pair_per_drug_and_effect", lambda: DrugEffect.objects.create(drug=pair.drug, effect=pair.effect))


def test_a_slug_is_unique_within_its_kind_only():
    draft(effect_content("same-slug"))

    refused("document_slug_unique_per_kind", lambda: Effect.objects.create(slug="same-slug", name="x"))
    assert Source.objects.create(slug="same-slug", title="x").pk


def test_a_review_is_not_due_before_the_check():
    refused(
        "document_review_after_check",
        lambda: Effect.objects.create(slug="x", facts_checked=date(2026, 1, 2), review_due=date(2026, 1, 1)),
    )


def test_a_revision_number_is_given_once():
    document = draft(effect_content())

    refused(
        "revision_number_unique_per_document",
        lambda: Revision.objects.create(document_id=document.pk, number=1, content={}, origin="shipped"),
    )


def test_only_shipped_content_has_no_author():
    document = draft(effect_content())

    refused(
        "revision_has_author_unless_shipped",
        lambda: Revision.objects.create(document_id=document.pk, number=2, content={}, origin="edited"),
    )


def test_a_linked_source_has_a_web_address():
    refused(
        "source_link_is_a_web_address",
        lambda: Source.objects.create(slug="x", title="x", linkable=True, address="github:somewhere"),
    )


def test_a_help_line_has_a_number_or_an_address():
    refused("help_line_has_number_or_address", lambda: HelpLine.objects.create(slug="x", purpose="crisis"))


def test_together_means_at_least_two():
    refused("red_flag_together_means_at_least_two", lambda: RedFlag.objects.create(slug="x", together_count=1))


def test_a_how_often_section_names_its_pair():
    published_world()
    article = Article.objects.get(pk=draft(article_content()).pk)

    refused(
        "section_how_often_names_a_pair",
        lambda: Section.objects.create(article=article, key="s", heading="h", style="how-often"),
    )


def test_every_child_row_has_a_key_that_is_unique_among_its_siblings():
    from articles.content import _child_relations

    def children(model):
        for relation in _child_relations(model):
            yield relation
            yield from children(relation.related_model)

    for model in DOCUMENT_MODELS:
        for relation in children(model):
            unique = [
                set(constraint.fields)
                for constraint in relation.related_model._meta.constraints
                if isinstance(constraint, models.UniqueConstraint)
            ]
            key = "effect" if relation.related_model is DrugEffect else "key"
            assert {relation.field.name, key} in unique, relation.related_model


def test_a_kind_follows_from_the_model():
    drug = Drug.objects.create(slug="x", name="x", drug_class=published_world().drug_class)

    assert Document.objects.get(pk=drug.pk).kind == "drug"
