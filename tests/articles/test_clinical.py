import pytest

from articles.clinical import NOT_CLINICAL, clinical_hash
from articles.models import DOCUMENT_MODELS
from articles.shapes import DATES

from ..factories import article_content, drug_content, listing


@pytest.mark.parametrize("name", sorted(NOT_CLINICAL))
def test_what_does_not_count_leaves_the_hash(name):
    assert clinical_hash(article_content(**{name: "another"})) == clinical_hash(article_content())


@pytest.mark.parametrize(
    "changed",
    [
        article_content(verdict="Yes, it may."),
        article_content(sections=[]),
        article_content(references=[{"key": "label", "source": "other-label"}]),
    ],
)
def test_one_word_row_or_reference_changes_it(changed):
    assert clinical_hash(changed) != clinical_hash(article_content())


def test_a_figure_deep_in_a_medicine_changes_it():
    one, other = (drug_content(effects=[listing(findings=[{"low": 1, "high": high}])]) for high in (2, 3))

    assert clinical_hash(one) != clinical_hash(other)


def test_every_name_that_does_not_count_is_a_field_of_some_document():
    fields = {"slug", *DATES} | {name for model in DOCUMENT_MODELS for name in model.CONTENT}

    assert fields >= NOT_CLINICAL
