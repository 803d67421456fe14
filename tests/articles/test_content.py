import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.content import restore, snapshot
from articles.models import Drug, DrugEffect, Effect, Source
from articles.shapes import MODELS, ContentError, canonical

from ..factories import (
    article_content,
    drug_content,
    effect_content,
    listing,
    published,
    published_world,
    source_content,
)

pytestmark = pytest.mark.django_db

# What an editor can type: anything but NUL and half surrogate pairs, which no form lets through.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=40)
keys = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True).filter(lambda key: len(key) <= 60)
percents = st.decimals(0, 100, places=4).map(lambda value: float(value))


def rows(**fields):
    """A list of child rows with distinct keys."""
    row = st.fixed_dictionaries({"key": keys}, optional=fields)
    return st.lists(row, max_size=3, unique_by=lambda row: row["key"])


findings = st.one_of(
    st.fixed_dictionaries(
        {"band": st.sampled_from(["very-common", "common", "rare", "not-known"])}, optional={"dose": texts}
    ),
    st.tuples(percents, percents).map(lambda pair: {"low": min(pair), "high": max(pair)}),
    st.fixed_dictionaries({"high": percents, "qualifier": st.just("up-to")}, optional={"placebo": percents}),
)


@st.composite
def drugs(draw):
    effect_keys = draw(st.lists(st.sampled_from(["test-ache", "test-rash"]), unique=True))
    effects = []
    for key in effect_keys:
        made = [
            {"key": f"f{n}", "sources": ["test-label"]} | finding
            for n, finding in enumerate(draw(st.lists(findings, max_size=3)))
        ]
        extra = draw(st.fixed_dictionaries({}, optional={"note": texts, "serious": st.booleans(), "what_helps": texts}))
        effects.append({"key": key, "sources": ["test-label"], "findings": made} | extra)
    fields = draw(
        st.fixed_dictionaries(
            {"name": texts, "patient_words": texts, "drug_class": st.sampled_from(["Statins", "Beta blockers"])},
            optional={
                "mechanism": texts,
                "stop_warning": st.booleans(),
                "stop_sources": st.just(["test-label"]),
                "facts_checked": st.dates().map(str),
                "uses": rows(text=texts),
                "doses": rows(use=texts, dose=texts).map(
                    lambda made: [{"use": "x", "dose": "y"} | row for row in made]
                ),
            },
        )
    )
    fields["uses"] = [{"text": "a use"} | row for row in fields.get("uses", [])]
    return drug_content(effects=effects, **fields)


@st.composite
def articles(draw):
    section_rows = draw(rows(heading=texts, body=texts, style=st.sampled_from(["", "stop", "today", "self-care"])))
    columns = [{"key": key, "heading": "c"} for key in draw(st.lists(keys, min_size=1, max_size=3, unique=True))]
    cells = [{"key": column["key"], "text": draw(texts)} for column in columns if draw(st.booleans())]
    return article_content(
        lead=draw(texts),
        drugs=draw(st.sampled_from([[], ["testamol"]])),
        sections=[{"heading": "h"} | row for row in section_rows],
        faqs=[{"question": "q", "answer": "a"} | row for row in draw(rows(question=texts, answer=texts))],
        tables=[
            {
                "key": "t",
                "section": "s",
                "caption": draw(texts),
                "columns": columns,
                "rows": [{"key": "r", "heading": draw(texts), "cells": cells}],
            }
        ],
    )


@pytest.fixture
def world():
    published(source_content())
    published(effect_content())
    published(effect_content("test-rash"))
    published(drug_content())


slow = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


class TestRoundTrip:
    @slow
    @given(content=drugs())
    def test_a_medicine_is_the_same_after_restore_and_snapshot(self, world, content):
        document = restore(content)

        assert snapshot(document) == canonical(content)

    @slow
    @given(content=articles())
    def test_an_article_is_the_same_after_restore_and_snapshot(self, world, content):
        document = restore(content)

        assert snapshot(document) == canonical(content)

    @slow
    @given(before=drugs(), after=drugs())
    def test_restore_leaves_nothing_of_the_rows_that_were_there_before(self, world, before, after):
        restore(before)

        document = restore(after)

        assert snapshot(document) == canonical(after)

    @pytest.mark.parametrize("kind", MODELS)
    def test_every_shipped_document_of_each_kind_round_trips(self, kind):
        for document in MODELS[kind].objects.select_related("live")[:25]:
            assert snapshot(document) == document.live.content

    def test_rows_keep_their_identity_when_other_rows_move(self, world):
        drug = restore(drug_content(effects=[listing("test-ache"), listing("test-rash")]))
        before = dict(DrugEffect.objects.filter(drug=drug).values_list("effect__slug", "pk"))

        restore(drug_content(effects=[listing("test-rash"), listing("test-ache")]))

        assert dict(DrugEffect.objects.filter(drug=drug).values_list("effect__slug", "pk")) == before

    def test_a_percent_of_nothing_is_kept_because_it_is_not_unknown(self, world):
        drug = restore(drug_content(effects=[listing(findings=[{"low": 0, "high": 0.5, "placebo": 0}])]))

        finding = snapshot(drug)["effects"][0]["findings"][0]

        assert (finding["low"], finding["high"], finding["placebo"]) == (0, 0.5, 0)


def test_a_group_of_medicines_is_known_by_a_name_that_differs_in_capitals_alone(db):
    drug = published_world()

    restore(drug_content(drug_class="test TABLETS"), document=drug)

    assert snapshot(drug)["drug_class"] == "Test tablets"


class TestRefusals:
    def test_an_unknown_source_is_named_and_nothing_is_stored(self, world):
        content = drug_content("other-drug", effects=[listing(sources=["no-such-source"])])

        with pytest.raises(ContentError, match="no source is called 'no-such-source'"):
            restore(content)

        assert not Drug.objects.filter(slug="other-drug").exists()

    def test_a_percent_above_100_is_refused_with_its_place(self, world):
        with pytest.raises(ContentError) as refused:
            restore(drug_content(effects=[listing(findings=[{"high": 101}])]))

        assert refused.value.path == ("effects", "test-ache", "findings", "f1", "high")

    def test_a_low_percent_above_the_high_one_is_refused_with_its_row(self, world):
        with pytest.raises(ContentError, match="cannot be above") as refused:
            restore(drug_content(effects=[listing(findings=[{"low": 9, "high": 1.5}])]))

        assert refused.value.path == ("effects", "test-ache", "findings", "f1")

    def test_a_group_of_medicines_without_letters_is_refused(self, world):
        with pytest.raises(ContentError, match="letters from a to z"):
            restore(drug_content(drug_class="..."))

    def test_a_bad_slug_is_refused(self):
        with pytest.raises(ContentError, match="lower-case"):
            restore(effect_content("Not A Slug"))

    def test_a_missing_name_is_refused(self):
        content = effect_content()
        del content["name"]

        with pytest.raises(ContentError) as refused:
            restore(content)

        assert refused.value.path == ("name",)


@pytest.mark.parametrize("slug", ["amitriptyline", "furosemide", "testamol"])
def test_a_snapshot_takes_no_more_queries_for_more_rows(world, slug, django_assert_max_num_queries):
    drug = Drug.objects.get(slug=slug)

    with django_assert_max_num_queries(39):
        snapshot(drug)


def test_decimals_and_dates_are_stored_as_typed_values(world):
    drug = restore(drug_content(facts_checked="2026-11-20", effects=[listing(findings=[{"high": 10.8}])]))

    finding = drug.effects.get().findings.get()

    assert finding.high == Decimal("10.8")
    assert drug.facts_checked == datetime.date(2026, 11, 20)
    assert Effect.objects.filter(drug_effects__drug=drug).exists()
    assert Source.objects.filter(slug="test-label").exists()
