import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.differences import Difference, differences, label, shown, words
from articles.models import Effect, Source
from articles.shapes import canonical

from ..factories import article_content, drug_content, effect_content, listing
from .edits import edits, small_article, small_medicine


def article(**fields):
    return canonical(article_content(**fields))


def faqs(order):
    return [{"key": key, "question": f"{key.upper()}?", "answer": "x"} for key in order]


# What differs


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {}, []),
        ({}, {"lead": "new"}, [(("lead",), None, "new")]),
        ({"lead": "old"}, {}, [(("lead",), "old", None)]),
        ({"drugs": ["a", "b"]}, {"drugs": ["b", "c"]}, [(("drugs",), ["a", "b"], ["b", "c"])]),
        ({"pairs": []}, {"pairs": ["a/b"]}, [(("pairs",), [], ["a/b"])]),
        ({"faqs": faqs("a")}, {"faqs": faqs("ab")}, [(("faqs", "b"), None, faqs("b")[0])]),
        ({"faqs": faqs("ab")}, {"faqs": faqs("b")}, [(("faqs", "a"), faqs("a")[0], None)]),
        ({"faqs": faqs("abc")}, {"faqs": faqs("cab")}, [(("faqs", "(order)"), ["a", "b", "c"], ["c", "a", "b"])]),
        # what is added or deleted between others does not move them
        ({"faqs": faqs("abd")}, {"faqs": faqs("acd")}, [(("faqs", "b"), "row"), (("faqs", "c"), "row")]),
        # a cell moves with its column
        (
            {"tables": [{"key": "t", "rows": [{"key": "r", "cells": [{"key": "a"}, {"key": "b"}]}]}]},
            {"tables": [{"key": "t", "rows": [{"key": "r", "cells": [{"key": "b"}, {"key": "a"}]}]}]},
            [],
        ),
    ],
)
def test_each_difference_has_its_place_and_both_sides(before, after, expected):
    found = differences(article(**before), article(**after))

    assert [part[0] for part in expected] == [difference.path for difference in found]
    assert all(tuple(difference) == part for difference, part in zip(found, expected, strict=True) if len(part) == 3)


def test_differences_stand_in_the_order_of_the_page_down_to_a_cell():
    before, after = small_article(), small_article()
    after["slug"], after["review_due"], after["title"] = "moved", "2028-01-01", "Does it ache?"
    after["sections"][1]["body"] = "Late."
    after["tables"][0]["rows"][0]["cells"][1]["text"] = "mostly"
    del after["faqs"][0]

    assert [difference.path for difference in differences(before, after)] == [
        ("slug",),
        ("review_due",),
        ("title",),
        ("sections", "how-soon", "body"),
        ("tables", "doses", "rows", "aches", "cells", "high", "text"),
        ("faqs", "can-i-stop"),
    ]


def test_figure_that_becomes_nobody_is_a_difference():
    before, after = (
        canonical(drug_content(effects=[listing(findings=[finding])]))
        for finding in ({"high": 3}, {"low": 0, "high": 3})
    )

    assert differences(before, after) == [Difference(("effects", "test-ache", "findings", "f1", "low"), None, 0)]


def test_everything_is_new_without_a_version_before():
    found = differences(None, canonical(effect_content(terms=[{"key": "ache", "text": "an ache"}])))

    assert all(difference.before in (None, []) for difference in found)
    assert [".".join(difference.path) for difference in found] == (
        "slug name clinical_term body_area description terms.ache".split()
    )


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    pair=st.sampled_from([small_article(), small_medicine()]).flatmap(
        lambda content: edits(content, known={Effect: ["test-fever"], Source: ["test-paper"]})
    )
)
def test_contents_differ_exactly_where_something_can_be_shown(pair):
    before, after = pair

    found = differences(before, after)

    assert bool(found) == (before != after)
    assert len({difference.path for difference in found}) == len(found)
    assert all(
        shown(difference.before, difference.path, before, after)
        != shown(difference.after, difference.path, after, before)
        and label(difference.path, before, after)
        for difference in found
    )


# Where it stands


@pytest.mark.parametrize(
    ("content", "path", "expected"),
    [
        (small_article(), "short_answer", "Short answer"),
        (small_article(), "slug", "Address"),
        (small_article(), "review_due", "Next review due"),
        (small_article(), "drugs", "Medicines"),
        (small_article(), "sections/how-it-works", "Sections › How it works"),
        (small_article(), "sections/how-it-works/body", "Sections › How it works › body"),
        (small_article(), "sections/no-such/body", "Sections › no-such › body"),
        (small_article(), "sections/(order)", "Sections › order"),
        (small_article(), "faqs/can-i-stop/answer", "Questions › Can I stop? › answer"),
        (small_article(), "key_points/first/text", "Key points › First › text"),
        (small_article(), "claims/c/sources_say", "Claims › It never aches. › sources say"),
        (small_article(), "references/label/source", "References › test-label › source"),
        (small_article(), "tables/doses/columns/(order)", "Tables › Two doses › columns › order"),
        (
            small_article(),
            "tables/doses/rows/aches/cells/low/text",
            "Tables › Two doses › rows › Aches › cells › low › text",
        ),
        (small_medicine(), "uses/u1/text", "Uses › high blood pressure › text"),
        (small_medicine(), "names/testa-us/country", "Names › Testa › country"),
        (
            small_medicine(),
            "effects/test-ache/findings/f2/high",
            "Side effects › test-ache › figures › f2 › percent, high",
        ),
    ],
)
def test_place_is_called_as_editors_call_it(content, path, expected):
    assert label(tuple(path.split("/")), content) == expected


def test_row_is_named_as_in_the_first_content_that_has_it():
    before, after = article(faqs=faqs("a")), article(faqs=faqs("ab"))
    after["faqs"][0]["question"] = "Changed?"

    assert label(("faqs", "a", "answer"), None, before, after) == "Questions › A? › answer"
    assert label(("faqs", "b"), before, after) == "Questions › B?"


def test_long_text_names_a_row_by_its_beginning():
    content = canonical(drug_content(not_found=[{"key": "n1", "text": "Any source that\nsays " + "much " * 30}]))

    assert label(("not_found", "n1"), content) == (
        "Things we could not find › Any source that says much much much much much much much muc…"
    )


# What it says


@pytest.mark.parametrize(
    ("content", "path", "value", "expected"),
    [
        (small_article(), "lead", "As *it* is.\n\nYes.", "As *it* is.\n\nYes."),
        (small_article(), "lead", None, ""),
        (small_article(), "review_due", "2027-11-20", "2027-11-20"),
        (small_article(), "drugs", ["a", "b"], "a, b"),
        (small_article(), "drugs", [], ""),
        (small_article(), "faqs/can-i-stop", None, ""),
        (small_article(), "faqs/(order)", ["can-i-drive", "can-i-stop", "new"], "Can I drive?, Can I stop?, new"),
        (small_article(), "sections/how-often/style", "stop", "call-out: do not stop on your own"),
        (small_medicine(), "stop_warning", True, "yes"),
        (small_medicine(), "stop_warning", None, "no"),
        (small_medicine(), "drug_class", "Statins", "Statins"),
        (small_medicine(), "effects/test-ache/findings/f1/low", 0, "0"),
        (small_medicine(), "effects/test-ache/findings/f1/low", 10.8, "10.8"),
        (small_medicine(), "effects/test-ache/findings/f2/band", "common", "common (1 in 100 to 1 in 10)"),
    ],
)
def test_value_is_shown_as_plain_text(content, path, value, expected):
    assert shown(value, tuple(path.split("/")), content) == expected


def test_row_is_shown_line_by_line_with_the_rows_below_it():
    content = small_medicine()

    assert shown(content["effects"][0], ("effects", "test-ache"), content).splitlines() == [
        "key: test-ache",
        "sort band: reported, how often is not known",
        "note: Worse at night.",
        "sources: test-label",
        "figures › f1 › sources: test-label",
        "figures › f1 › percent, low: 1",
        "figures › f1 › percent, high: 3",
        "figures › f1 › dose: 5 mg",
        "figures › f2 › sources: test-leaflet",
        "figures › f2 › band: common (1 in 100 to 1 in 10)",
        "figures › f3 › sources: test-label",
        "figures › f3 › percent, high: 10.8",
    ]


# In which words


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("as it is", "as it is", [("same", "as it is")]),
        ("", "new", [("new", "new")]),
        ("gone", "", [("gone", "gone")]),
        ("It aches.", "It often aches.", [("same", "It "), ("new", "often "), ("same", "aches.")]),
        ("1 to 10.8 %", "1 to 1.8 %", [("same", "1 to "), ("gone", "10.8"), ("new", "1.8"), ("same", " %")]),
        ("No. [ref:a-b]", "No. [ref:a-c]", [("same", "No. "), ("gone", "[ref:a-b]"), ("new", "[ref:a-c]")]),
        (
            "ask your doctor today",
            "ask a pharmacist today",
            [("same", "ask "), ("gone", "your doctor"), ("new", "a pharmacist"), ("same", " today")],
        ),
        ("one\ntwo", "one\n\ntwo", [("same", "one"), ("gone", "\n"), ("new", "\n\n"), ("same", "two")]),
    ],
)
def test_words_are_marked_as_same_gone_or_new(before, after, expected):
    assert words(before, after) == expected


def joined(marked, *marks):
    return "".join(text for mark, text in marked if mark in marks)


@settings(max_examples=300, deadline=None)
@given(*[st.text(st.sampled_from("ab 1.,\n[ref:x]é’"), max_size=60)] * 2)
def test_marked_words_make_up_both_texts(before, after):
    marked = words(before, after)

    assert joined(marked, "same", "gone") == before
    assert joined(marked, "same", "new") == after
    assert all(text for _, text in marked)


LONG = {
    "other words": [" ".join(f"{letter}{n}" for n in range(4_000)) for letter in "xy"],
    "the same few words": [" ".join(["it", "may", "not"][n * n % k % 3] for n in range(6_000)) for k in (7, 11)],
    "one word": ["a " * 10_000, "a " * 9_000 + "b " * 1_000],
    "lines of one letter": ["a\nb\n" * 5_000, "b\nc\n" * 5_000],
    "sentences": [" ".join(f"It {word} {n % 9} times." for n in range(1_400)) for word in ("aches", "itches")],
    "one changed word a paragraph": [
        "\n\n".join(f"Paragraph {n} says that it {word} in some people, and more so at night." for n in range(280))
        for word in ("aches", "itches")
    ],
}


@pytest.mark.parametrize("name", LONG)
def test_long_texts_are_compared_at_once(name):
    before, after = LONG[name]
    assert min(len(before), len(after)) > 18_000

    started = time.process_time()
    marked = words(before, after)

    assert time.process_time() - started < 2
    assert joined(marked, "same", "gone") == before
    assert joined(marked, "same", "new") == after


def test_small_change_in_each_paragraph_of_a_long_text_is_found_word_by_word():
    marked = words(*LONG["one changed word a paragraph"])

    assert marked[:4] == [
        ("same", "Paragraph 0 says that it "),
        ("gone", "aches"),
        ("new", "itches"),
        ("same", " in some people, and more so at night.\n\nParagraph 1 says that it "),
    ]
