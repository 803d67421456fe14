import pytest

from ...factories import drug_content, effect_content, listing
from .checked import found, only, sound_article

UNCITED = "names no source. Cite one in the same paragraph with [ref:key]."


def section(body):
    return {"sections": [{"key": "a", "heading": "A", "body": body}]}


def test_citation_without_reference_is_found_where_it_stands():
    problem = only(sound_article(lead="See. [ref:ghost]"))

    assert problem.sentence.startswith("The text cites [ref:ghost], but no reference has that key.")
    assert problem.path == ("lead",)
    assert problem.binding


def test_reference_that_nobody_cites_is_found():
    problem = only(sound_article(short_answer="Nothing cited."))

    assert problem.sentence.startswith("The reference 'label' is cited nowhere.")
    assert problem.path == ("references", "label", "source")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"lead": "In trials 1 in 100 people ache."}, ("lead",)),
        ({"helps": "It helps 30% of people."}, ("helps",)),
        (section("All is cited. [ref:label]\n\n3 in every 1,000 people ache."), ("sections", "a", "body")),
        (section("- 5 percent ache\n- that is all [ref:label]"), ("sections", "a", "body")),
        ({"faqs": [{"key": "k", "question": "Is it?", "answer": "One in ten people."}]}, ("faqs", "k", "answer")),
    ],
)
def test_number_without_a_citation_in_its_paragraph_is_found(changes, path):
    problem = only(sound_article(**changes))

    assert problem.sentence.endswith(UNCITED)
    assert (problem.path, problem.binding) == (path, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"lead": "In trials 1 in 100 people ache. [ref:label]"},
        {"lead": "Take 5 mg in 2 doses. It was gone in 1 to 2 weeks, 3 in 4 trials said in 2019."},
        {"action": "Ask if you are 1 in 100."},
        section("3 in every 1,000 people ache. That is few. [ref:label]"),
    ],
)
def test_cited_number_and_other_numbers_are_let_through(changes):
    assert found(sound_article(**changes)) == {}


def test_table_cell_names_the_source_of_its_number_itself():
    table = {
        "key": "t",
        "section": "what-it-is",
        "caption": "T",
        "columns": [{"key": "x", "heading": "X"}],
        "rows": [{"key": "r", "heading": "R", "cells": [{"key": "x", "text": "1 in 10"}]}],
    }

    problem = only(sound_article(tables=[table]))

    assert problem.path == ("tables", "t", "rows", "r", "cells", "x", "text")


def test_what_people_say_needs_no_source():
    claim = {"key": "c", "section": "what-it-is", "often_said": "50% ache.", "sources_say": "No source says so."}

    assert found(sound_article(claims=[claim])) == {}


def test_sources_are_not_judged_while_nothing_is_known_of_them():
    assert found(sound_article(), sources=None) == {}


def test_withdrawn_source_holds_back_with_the_row_that_names_it():
    content = drug_content(effects=[listing(findings=[{"band": "rare", "sources": ["new"]}], sources=["old"])])

    assert found(content, sources={"old": "withdrawn", "new": ""}) == {
        "The source 'old' was withdrawn. Name another source.": (("effects", "test-ache", "sources"), True),
    }


def test_dead_address_is_only_a_warning():
    problem = only(sound_article(), sources={"test-label": "dead"})

    assert (problem.path, problem.binding) == (("references", "label", "source"), False)


@pytest.mark.parametrize("status", ["", None, "unsure"])
def test_every_other_status_is_sound(status):
    content = effect_content(terms=[{"key": "t", "text": "ache"}], sources=["test-label"])

    assert found(content, sources={"test-label": status}) == {}


def test_number_of_the_verdict_is_cited_in_the_short_answer():
    verdict = {"verdict": "Yes: 40 in 100 people get it.", "lead": "See. [ref:label]"}

    assert only(sound_article(**verdict, short_answer="They do.")).path == ("verdict",)
    assert found(sound_article(**verdict, short_answer="They do. [ref:label]")) == {}


@pytest.mark.parametrize("name", ["title", "subtitle"])
def test_number_where_no_source_can_stand_holds_back(name):
    problem = only(sound_article(**{name: "Do 40 in 100 people ache?"}))

    assert (problem.path, problem.binding) == ((name,), True)
    assert problem.sentence == "No source can stand beside '40 in 100' here. Say it in the text."
