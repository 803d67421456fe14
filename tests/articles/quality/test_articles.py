import pytest

from .checked import found, only, sound_article


def sections(*rows):
    return {"sections": [{"heading": row["key"].upper(), "body": "Text."} | row for row in rows]}


def faq(question, key="k", answer="No."):
    return {"faqs": [{"key": key, "question": question, "answer": answer}]}


CELL = {
    "key": "t",
    "section": "what-it-is",
    "caption": "T",
    "columns": [],
    "rows": [{"key": "r", "heading": "R", "cells": [{"key": "x", "text": "y"}]}],
}
CLAIM = {"key": "c", "section": "gone", "often_said": "x", "sources_say": "y"}
A, B, C = {"key": "a"}, {"key": "b"}, {"key": "c"}


def test_sound_article_has_no_problems():
    assert found(sound_article()) == {}


@pytest.mark.parametrize(
    ("changes", "sentence", "path"),
    [
        (sections(A | {"parent": "b"}), "The section 'A' stands under 'b', which does not exist.", "sections a parent"),
        (sections(A | {"parent": "a"}), "The section 'A' stands under itself.", "sections a parent"),
        (sections(A | {"parent": "b"}, B), "The section 'A' stands before 'b'", "sections a parent"),
        (
            sections(A, B | {"parent": "a"}, C | {"parent": "b"}),
            "The section 'C' stands under 'b', which is a sub-section itself.",
            "sections c parent",
        ),
        (sections(A | {"heading": " "}), "The section 'a' has no heading.", "sections a heading"),
        (sections(A, B | {"heading": "a"}), "Two sections have the heading 'a'.", "sections b heading"),
        ({"lead": "It can.\n\n## More\n\nText."}, "A line begins with '#'", "lead"),
        (faq("Is it?", answer="# No"), "A line begins with '#'", "faqs k answer"),
        (sections(A | {"body": "Text.\n\n###\n\nMore."}), "A heading in this text has no words.", "sections a body"),
        (sections(A | {"body": "### ###\n\nMore."}), "A heading in this text has no words.", "sections a body"),
        (sections(A | {"style": "today"}), "The help box 'A' may hold a list only.", "sections a body"),
        (
            sections(A | {"style": "emergency", "body": "- [faint](/x/)"}),
            "The emergency box may hold no links.",
            "sections a body",
        ),
        (faq("Is it?", key="help"), "The key 'help' of a question is used by the page itself", "faqs help key"),
        (faq("Tell me more"), "'Tell me more' does not end with a question mark.", "faqs k question"),
        (faq("Cramps?"), "'Cramps?' does not begin like a question.", "faqs k question"),
        ({"claims": [CLAIM]}, "The row 'c' of claims stands in 'gone', which does not exist.", "claims c section"),
        (
            {"tables": [CELL]},
            "The table 'T' has a cell for a column 'x' that it lacks.",
            "tables t rows r cells x text",
        ),
        ({"verdict": " "}, "Write the verdict", "verdict"),
        ({"action": ""}, "Write the one line that says what to do now.", "action"),
        (sections(), "The article has no section.", "sections"),
    ],
)
def test_fault_in_the_build_holds_back_and_says_where(changes, sentence, path):
    problem = only(sound_article(**changes))

    assert problem.sentence.startswith(sentence)
    assert problem.path == tuple(path.split())
    assert problem.binding


def test_article_without_sources_is_held_back():
    told = found(sound_article(references=[], short_answer="It can."))

    assert told == {"The article names no source. Add at least one reference and cite it.": (("references",), True)}


@pytest.mark.parametrize(
    ("changes", "path"),
    [({"title": "Testamol and aches"}, "title"), ({"key_points": []}, "key_points"), ({"faqs": []}, "faqs")],
)
def test_missing_comfort_is_only_a_warning(changes, path):
    problem = only(sound_article(**changes))

    assert (problem.path, problem.binding) == ((path,), False)


@pytest.mark.parametrize(
    "changes",
    [
        sections(A, B | {"parent": "a"}, C | {"parent": "a"}),
        sections(A | {"body": "It is tip #1."}),
        sections(A | {"body": "Text.\n\n### More\n\nText.\n\n#### Still more ##\n\nText."}),
        sections(A | {"body": "#1 is water."}),
        sections(A | {"style": "today", "body": "- you faint\n  at night\n- you ache"}),
        faq("If my ankles swell, should I stop?"),
        faq("For how long does it last?"),
        faq("Can't I just stop?"),
        faq("What-if plans: do they help?"),
        faq("Is it?", key="helping"),
    ],
)
def test_near_miss_is_let_through(changes):
    assert found(sound_article(**changes)) == {}


@pytest.mark.parametrize(
    "question",
    [
        "Is it bad?",
        "If my ankles swell, should I stop?",
        "I missed a dose. What should I do?",
        "My ankles are swollen: is it the medicine?",
        "Taking it with grapefruit – is it safe?",
        "Won't it hurt my liver?",
        "About how many people get it?",
        "Under which name is it sold?",
    ],
)
def test_whatever_asks_is_a_question(question):
    assert found(sound_article(**faq(question))) == {}
