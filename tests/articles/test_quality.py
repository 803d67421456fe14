import pytest

from articles.models import Document
from articles.quality import problems

from ..factories import article_content, drug_content, effect_content, listing


def test_a_sound_document_has_no_problems():
    assert problems(article_content()) == []
    assert problems(effect_content()) == []
    assert problems(drug_content(effects=[listing(findings=[{"band": "rare"}])])) == []


def section(**fields):
    return {"sections": [{"key": "a", "heading": "A"} | fields]}


STRAY_CELL = {
    "key": "t",
    "section": "a",
    "caption": "T",
    "columns": [],
    "rows": [{"key": "r", "heading": "R", "cells": [{"key": "x", "text": "y"}]}],
}
STRAY_CLAIM = {"key": "c", "section": "gone", "often_said": "x", "sources_say": "y"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"lead": "See. [ref:ghost]"}, "The text cites [ref:ghost], but no reference has that key."),
        ({"short_answer": "Nothing cited."}, "The reference 'label' is cited nowhere."),
        (section(parent="b"), "The section 'A' stands under 'b', which does not exist."),
        (section(style="today", body="Text."), "The help box 'A' may hold a list only."),
        (section(style="emergency", body="- [x](/y/)"), "The emergency box may hold no links."),
        (
            {"faqs": [{"key": "help", "question": "Q", "answer": "A"}]},
            "The key 'help' of a question is used by the page itself; choose another.",
        ),
        ({"claims": [STRAY_CLAIM]}, "The row 'c' of claims stands in 'gone', which does not exist."),
        (
            {"faqs": [{"key": "q", "question": "[missing question] It lasts", "answer": "It lasts."}]},
            "Write the text that is still missing: [missing question] It lasts",
        ),
        (
            {"sections": [{"key": "left-over-from-the-pasted-text", "heading": "Left over", "body": "[missing"}]},
            "Use or delete the section 'Left over'.",
        ),
        (section() | {"tables": [STRAY_CELL]}, "The table 'T' has a cell for a column 'x' that it lacks."),
    ],
)
def test_each_problem_is_a_sentence_that_says_what_to_mend(changes, sentence):
    assert sentence in problems(article_content(**changes))


def test_a_figure_without_a_source_holds_a_medicine_back():
    content = drug_content(effects=[listing(findings=[{"band": "rare", "sources": []}]) | {"sources": []}])

    assert problems(content) == [
        "The side effect 'test-ache' names no source.",
        "A figure of 'test-ache' (f1) names no source.",
    ]


@pytest.mark.django_db
def test_the_shipped_content_has_no_problems():
    found = {
        document.slug: sentences
        for document in Document.objects.live().select_related("live")
        if (sentences := problems(document.live.content))
    }

    assert found == {}
