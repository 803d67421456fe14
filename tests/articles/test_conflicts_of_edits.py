"""What holds of a merge whatever two editors did to a small article or a small medicine."""

import re
from copy import deepcopy

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.conflicts import merge
from articles.models import Effect, Source

from .edits import edits, small_article, small_medicine

BASES = {"article": small_article(), "medicine": small_medicine()}
KNOWN = {Effect: ["test-fever"], Source: ["test-paper"]}
any_edits = given(
    sides=st.sampled_from(sorted(BASES)).flatmap(
        lambda name: edits(BASES[name], known=KNOWN).map(lambda edited: (BASES[name], *edited))
    )
)
thorough = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def names(merged):
    return [conflict.name for conflict in merged.conflicts]


def leaves(value, path=()):
    """{path: plain value} of everything in a content, a row or a conflict's value."""
    if isinstance(value, dict):
        return {
            below: leaf
            for name, part in value.items()
            if name != "key"
            for below, leaf in leaves(part, (*path, name)).items()
        }
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return {below: leaf for row in value for below, leaf in leaves(row, (*path, row["key"])).items()}
    return {} if isinstance(value, list) else {path: value}


def unkept(path):
    """The path without the numbers that keys get where both rows are kept."""
    return tuple(re.sub(r"(-\d+)+$", "", step) for step in path)


@thorough
@any_edits
def test_edits_of_one_side_alone_are_taken_over_as_they_are(sides):
    base, mine, _ = sides

    assert merge(base, mine, base) == (mine, [])
    assert merge(base, base, mine) == (mine, [])
    assert merge(base, mine, mine) == (mine, [])
    assert merge(None, mine, mine) == (mine, [])


@thorough
@any_edits
def test_no_edit_is_dropped_silently(sides):
    base, mine, theirs = sides

    result = merge(base, mine, theirs)

    before = leaves(base)
    kept = {(unkept(path), leaf) for path, leaf in leaves(result.content).items()}
    asked = {
        (unkept(path), leaf)
        for conflict in result.conflicts
        for side in (conflict.mine, conflict.theirs)
        for path, leaf in leaves(side, conflict.path).items()
    }
    for side in (mine, theirs):
        changed = {(unkept(path), leaf) for path, leaf in leaves(side).items() if before.get(path) != leaf}
        assert changed <= kept | asked


@thorough
@any_edits
def test_nothing_is_said_that_neither_side_said(sides):
    base, mine, theirs = sides

    result = merge(base, mine, theirs)

    said = {(unkept(path), leaf) for side in (mine, theirs) for path, leaf in leaves(side).items()}
    assert {(unkept(path), leaf) for path, leaf in leaves(result.content).items()} <= said


@thorough
@given(sides=edits(BASES["medicine"], places={"effects"}))
def test_every_figure_is_one_that_a_side_stated_as_it_stands(sides):
    def figures(content):
        return [row | {"key": ""} for effect in content.get("effects", []) for row in effect.get("findings", [])]

    mine, theirs = sides

    result = merge(BASES["medicine"], mine, theirs)

    assert all(figure in figures(mine) + figures(theirs) for figure in figures(result.content))


@thorough
@any_edits
def test_conflicts_are_the_same_whoever_is_second(sides):
    base, mine, theirs = sides

    one, other = merge(base, mine, theirs), merge(base, theirs, mine)

    assert set(names(one)) == set(names(other))
    assert len(names(one)) == len(set(names(one)))


@thorough
@any_edits
def test_no_conflict_is_left_when_all_are_chosen(sides):
    asked = names(merge(*sides))

    left = [merge(*sides, choices=dict.fromkeys(asked, side)).conflicts for side in ("mine", "theirs")]

    assert left == [[], []]


@thorough
@any_edits
def test_merging_changes_none_of_the_three(sides):
    before = deepcopy(sides)

    merge(*sides)

    assert sides == before
