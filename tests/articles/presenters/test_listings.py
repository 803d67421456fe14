import pytest

from articles.presenters.listings import group_of, often_words, table

from .rows import counted, row


@pytest.mark.parametrize(
    ("low", "high", "is_open", "group"),
    [
        (10.8, 10.8, False, "very-common"),
        (1, 10, False, "common"),
        (1, 11, False, "very-common"),
        (10, 10, True, "very-common"),
        (0.1, 1, False, "uncommon"),
        (0, 10, False, "common"),
        (0, 0.01, False, "very-rare"),
        (0.01, 0.1, False, "rare"),
    ],
)
def test_highest_number_decides_the_group(low, high, is_open, group):
    assert group_of(counted(low, high, is_open=is_open)["headline"]) == group


def test_pair_without_a_number_is_in_no_group():
    assert group_of(None) is None


def test_table_has_one_denominator():
    rows = [row("often", **counted(20, 20)), row("seldom", **counted(0.05, 0.05)), row("unknown")]

    assert [line["often"] for line in table(rows, link_to="effect")] == [
        "2,000 in every 10,000 people",
        "5 in every 10,000 people",
        "No number found",
    ]


def test_share_never_becomes_nobody():
    assert often_words(counted(0.2, 0.2)["headline"], 100) == "Fewer than 1 in every 100 people"


def test_dummy_figure_comes_from_the_finding_and_not_from_the_rounded_headline():
    finding = {"key": "f1", "sources": ["label"], "low": 0.9, "high": 0.9, "placebo": 2.3}
    line = row(listing={"findings": [finding]}, **counted(0.9, 0.9, placebo=2))

    assert table([line], link_to="effect", per=1_000)[0]["dummy"] == "On a dummy tablet: 23"
