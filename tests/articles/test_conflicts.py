import pytest

from articles.conflicts import Conflict, merge
from articles.shapes import canonical

from ..factories import article_content, drug_content, effect_content, listing
from .edits import small_article


def rows(*pairs, name="body"):
    """Rows of a section or the like: ('one', 'text of one')."""
    return [{"key": key, "heading": key.title()} | ({name: text} if text else {}) for key, text in pairs]


def faqs(**answers):
    return [{"key": key, "question": f"{key}?", "answer": answer} for key, answer in answers.items()]


def article(**fields):
    return canonical(article_content(**fields))


def medicine(*findings, **fields):
    """A medicine with one side effect and these figures of it."""
    return canonical(drug_content(effects=[listing(findings=findings, **fields)]))


def names(merged):
    return [conflict.name for conflict in merged.conflicts]


def keys(merged, name):
    return [row["key"] for row in merged.content.get(name, [])]


# Plain fields and sets


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged", "is_conflict"),
    [
        ("old", "old", "old", "old", False),
        ("old", "mine", "old", "mine", False),
        ("old", "old", "theirs", "theirs", False),
        ("old", "both", "both", "both", False),
        ("old", "mine", "theirs", "theirs", True),
        ("", "mine", "theirs", "theirs", True),
        ("old", "", "old", None, False),
        ("old", "", "", None, False),
        ("old", "", "theirs", "theirs", True),
        ("old", "mine", "", None, True),
    ],
)
def test_field_that_both_changed_differently_is_a_conflict(base, mine, theirs, merged, is_conflict):
    result = merge(article(lead=base), article(lead=mine), article(lead=theirs))

    assert result.content.get("lead") == merged
    assert result.conflicts == (
        [Conflict(("lead",), base or None, mine or None, theirs or None, is_text=True)] if is_conflict else []
    )


def test_dates_and_address_are_fields_like_any_other():
    base = article(facts_checked="2026-01-01", review_due="2027-01-01")
    mine = article(slug="mine", facts_checked="2026-02-02", review_due="2027-01-01")
    theirs = article(slug="theirs", facts_checked="2026-03-03", review_due="2027-03-03")

    result = merge(base, mine, theirs)

    assert names(result) == ["slug", "facts_checked"]
    assert result.content["review_due"] == "2027-03-03"


def test_sets_take_what_either_side_added_and_lose_what_either_side_took_away():
    base, mine, theirs = (
        canonical(effect_content(sources=sources)) for sources in (["a", "b", "c"], ["b", "c", "m"], ["a", "c", "t"])
    )

    result = merge(base, mine, theirs)

    assert result.content["sources"] == ["c", "m", "t"]
    assert result.conflicts == []


def test_without_a_base_only_what_differs_is_a_conflict():
    result = merge(None, article(lead="mine", helps="one"), article(lead="theirs", harms="other"))

    assert names(result) == ["lead"]
    assert (result.content["helps"], result.content["harms"]) == ("one", "other")


# Rows


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged", "conflicts"),
    [
        # added on one side
        ({"a": "x"}, {"a": "x", "m": "x"}, {"a": "x"}, {"a": "x", "m": "x"}, []),
        ({"a": "x"}, {"a": "x"}, {"a": "x", "t": "x"}, {"a": "x", "t": "x"}, []),
        # added by both
        ({}, {"n": "x"}, {"n": "x"}, {"n": "x"}, []),
        ({}, {"n": "mine"}, {"n": "theirs"}, {"n-2": "mine", "n": "theirs"}, []),
        ({}, {"n": "mine", "n-2": "x"}, {"n": "theirs"}, {"n-3": "mine", "n-2": "x", "n": "theirs"}, []),
        # deleted
        ({"a": "x", "b": "x"}, {"b": "x"}, {"a": "x", "b": "x"}, {"b": "x"}, []),
        ({"a": "x"}, {}, {}, {}, []),
        ({"a": "x"}, {}, {"a": "theirs"}, {"a": "theirs"}, ["faqs/a"]),
        ({"a": "x"}, {"a": "mine"}, {}, {}, ["faqs/a"]),
        # changed
        ({"a": "x", "b": "x"}, {"a": "mine", "b": "x"}, {"a": "x", "b": "theirs"}, {"a": "mine", "b": "theirs"}, []),
        ({"a": "x"}, {"a": "mine"}, {"a": "theirs"}, {"a": "theirs"}, ["faqs/a/answer"]),
    ],
)
def test_rows_are_matched_by_key(base, mine, theirs, merged, conflicts):
    result = merge(*(article(faqs=faqs(**answers)) for answers in (base, mine, theirs)))

    assert {row["key"]: row["answer"] for row in result.content.get("faqs", [])} == merged
    assert names(result) == conflicts


def test_deleted_and_changed_row_is_one_conflict_of_the_whole_row():
    base, mine, theirs = article(faqs=faqs(a="x")), article(), article(faqs=faqs(a="theirs"))

    result = merge(base, mine, theirs)

    assert result.conflicts == [Conflict(("faqs", "a"), faqs(a="x")[0], None, faqs(a="theirs")[0])]


def test_both_may_change_different_cells_of_one_table():
    base, mine, theirs = small_article(), small_article(), small_article()
    mine["tables"][0]["rows"][0]["cells"][0]["text"] = "mine"
    theirs["tables"][0]["rows"][0]["cells"][1]["text"] = "theirs"
    theirs["tables"][0]["caption"] = "Both doses"

    result = merge(base, mine, theirs)

    assert result.conflicts == []
    assert result.content["tables"][0]["caption"] == "Both doses"
    assert [cell["text"] for cell in result.content["tables"][0]["rows"][0]["cells"]] == ["mine", "theirs"]


def test_conflict_in_a_cell_has_the_way_to_it_as_its_name():
    base, mine, theirs = small_article(), small_article(), small_article()
    mine["tables"][0]["rows"][0]["cells"][0]["text"] = "mine"
    theirs["tables"][0]["rows"][0]["cells"][0]["text"] = "theirs"

    assert names(merge(base, mine, theirs)) == ["tables/doses/rows/aches/cells/low/text"]


def test_section_that_both_added_under_one_key_stays_one_because_claims_point_to_its_key():
    mine, theirs = article(sections=rows(("risk", "mine"))), article(sections=rows(("risk", "theirs")))

    result = merge(article(), mine, theirs)

    assert keys(result, "sections") == ["risk"]
    assert names(result) == ["sections/risk/body"]


def test_side_effect_that_both_added_is_merged_because_a_medicine_lists_it_once():
    base = canonical(drug_content(effects=[]))
    mine, theirs = medicine({"band": "rare"}, note="mine"), medicine({"high": 3}, what_helps="theirs")

    result = merge(base, mine, theirs)

    (effect,) = result.content["effects"]
    assert (effect["note"], effect["what_helps"]) == ("mine", "theirs")
    assert {row["key"]: row.get("band", row.get("high")) for row in effect["findings"]} == {"f1": 3, "f1-2": "rare"}
    assert result.conflicts == []


def test_free_keys_are_no_longer_than_the_forms_take():
    long = "a" * 57
    mine, theirs = (article(faqs=faqs(**{f"{long}-bc": side, f"{long}-bd": side})) for side in ("mine", "theirs"))

    result = merge(article(), mine, theirs)

    assert sorted(keys(result, "faqs")) == [f"{long}-2", f"{long}-3", f"{long}-bc", f"{long}-bd"]


# What is merged as one piece


def test_figures_of_two_editors_are_never_mixed():
    base, mine, theirs = (
        medicine({"low": 1, "high": 3}),
        medicine({"low": 1, "high": 30}),
        medicine({"low": 0.1, "high": 3}),
    )

    result = merge(base, mine, theirs)

    (conflict,) = result.conflicts
    assert conflict.path == ("effects", "test-ache", "findings", "f1")
    assert (conflict.mine["low"], conflict.mine["high"]) == (1, 30)
    assert (conflict.theirs["low"], conflict.theirs["high"]) == (0.1, 3)
    assert result.content == theirs


def test_dose_of_one_editor_never_stands_beside_the_use_of_the_other():
    base, mine, theirs = (
        canonical(drug_content(doses=[{"key": "d1", "use": use, "dose": dose}]))
        for use, dose in (("angina", "5 mg"), ("angina", "10 mg"), ("high blood pressure", "5 mg"))
    )

    result = merge(base, mine, theirs)

    assert names(result) == ["doses/d1"]
    assert result.content == theirs


def test_number_of_one_editor_never_stands_beside_the_country_of_the_other():
    line = {"kind": "help-line", "slug": "line", "purpose": "emergency", "seen_at": "a page"}
    base, mine, theirs = (
        canonical(line | {"number": number, "countries": countries})
        for number, countries in (("111", "UK"), ("999", "UK"), ("111", "US"))
    )

    assert names(merge(base, mine, theirs)) == ["countries", "number"]
    assert merge(base, mine, base).content == mine


def test_row_that_must_be_whole_is_one_conflict_though_different_fields_changed():
    base, mine, theirs = small_article(), small_article(), small_article()
    mine["sections"][2]["style"] = "how-often"
    mine["sections"][0] |= {"style": "how-often", "drug": "testamol", "effect": "test-ache"}
    theirs["sections"][0]["heading"] = "How it may work"
    whole = [("sections", "how-it-works")]

    assert names(merge(base, mine, theirs)) == []
    assert names(merge(base, mine, theirs, whole=whole)) == ["sections/how-it-works"]
    assert merge(base, mine, base, whole=whole) == (mine, [])


def test_document_that_must_be_whole_asks_for_every_field_that_either_side_changed():
    base = article(facts_checked="2026-01-01", review_due="2027-01-01", lead="old", helps="old")
    mine = base | {"review_due": "2026-02-01", "drugs": ["testamol", "otheramol"]}
    theirs = base | {"facts_checked": "2026-06-01", "lead": "theirs"}

    result = merge(base, mine, theirs, whole=[()])

    assert names(result) == ["facts_checked", "review_due", "lead"]
    assert result.content == theirs | {"drugs": ["otheramol", "testamol"]}


# Order


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged", "is_conflict"),
    [
        ("abc", "cab", "abc", "cab", False),
        ("abc", "abc", "cab", "cab", False),
        ("abc", "cab", "cab", "cab", False),
        ("abc", "cab", "bac", "bac", True),
        # what one side added follows the row that it follows there, whoever sorts
        ("abc", "cab", "abxc", "cabx", False),
        ("abc", "abxc", "cab", "cabx", False),
        ("abc", "xabc", "abyc", "xabyc", False),
        ("abc", "abcxy", "abc", "abcxy", False),
        # rows that are not in all three do not count as sorted
        ("abc", "ac", "acb", "ac", False),
        ("abc", "ca", "bca", "ca", False),
        ("ab", "ba", "a", "a", False),
        ("", "ab", "cd", "abcd", False),
    ],
)
def test_order_of_the_side_that_sorted_holds(base, mine, theirs, merged, is_conflict):
    result = merge(*(article(faqs=faqs(**dict.fromkeys(letters, "x"))) for letters in (base, mine, theirs)))

    assert "".join(keys(result, "faqs")) == merged
    assert result.conflicts == (
        [Conflict(("faqs", "(order)"), list(base), list(mine), list(theirs))] if is_conflict else []
    )


def test_moved_columns_are_asked_for_once_and_not_again_for_the_cells_of_every_row():
    def table(order):
        content = small_article()
        table = content["tables"][0]
        table["columns"] = [{"key": key, "heading": key} for key in order]
        table["rows"] = [{"key": "r", "heading": "R", "cells": [{"key": key, "text": key} for key in order]}]
        return content

    assert names(merge(table("abc"), table("cab"), table("bac"))) == ["tables/doses/columns/(order)"]


# Choices


@pytest.mark.parametrize(
    ("choice", "lead"), [("mine", "mine"), ("theirs", "theirs"), (("text", "own words"), "own words")]
)
def test_choice_settles_a_conflict(choice, lead):
    sides = article(lead="old"), article(lead="mine"), article(lead="theirs")

    result = merge(*sides, choices={"lead": choice})

    assert (result.content["lead"], result.conflicts) == (lead, [])


@pytest.mark.parametrize("choice", ["", "ours", None, ("text",), ("text", None), ("words", "x")])
def test_choice_that_is_none_settles_nothing(choice):
    sides = article(lead="old"), article(lead="mine"), article(lead="theirs")

    assert merge(*sides, choices={"lead": choice}) == merge(*sides)


@pytest.mark.parametrize(
    ("name", "base", "mine", "theirs"),
    [
        ("slug", {"slug": "a"}, {"slug": "b"}, {"slug": "c"}),
        ("review_due", {}, {"review_due": "2027-01-01"}, {"review_due": "2027-02-02"}),
        ("faqs/a", {"faqs": faqs(a="x")}, {}, {"faqs": faqs(a="y")}),
        (
            "references/label/source",
            {"references": [{"key": "label", "source": "a"}]},
            {"references": [{"key": "label", "source": "b"}]},
            {"references": [{"key": "label", "source": "c"}]},
        ),
    ],
)
def test_own_words_are_taken_for_texts_only(name, base, mine, theirs):
    sides = article(**base), article(**mine), article(**theirs)

    result = merge(*sides, choices={name: ("text", "own-words")})

    assert names(result) == [name]
    assert not result.conflicts[0].is_text


def test_deleted_row_comes_back_where_it_stood_if_its_change_is_chosen():
    base = article(faqs=faqs(a="x", b="x", c="x"))
    mine = article(faqs=faqs(a="x", b="mine", c="x"))
    theirs = article(faqs=faqs(a="x", c="x"))

    result = merge(base, mine, theirs, choices={"faqs/b": "mine"})

    assert result == (mine, [])


def test_order_can_be_chosen_like_a_text():
    base, mine, theirs = (article(faqs=faqs(**dict.fromkeys(order, "x"))) for order in ("abc", "cab", "bac"))

    assert merge(base, mine, theirs, choices={"faqs/(order)": "mine"}) == (mine, [])


def test_choice_for_what_is_no_conflict_is_ignored():
    base, mine = article(lead="old"), article(lead="mine")

    assert merge(base, mine, base, choices={"lead": "theirs", "nothing": "mine"}) == (mine, [])
