import pytest

from articles.presenters.figures import (
    exact_percent,
    figure_groups,
    headline_both_sides,
    headline_dummy,
    headline_limits,
    label_sentences,
    often_words,
    others_words,
    people_words,
    source_links,
)

SOURCES = {
    "label": {"publisher": "Test agency (label office)", "source_kind": "regulator-label"},
    "paper": {"publisher": "Test journal.", "source_kind": "peer-reviewed"},
}
NUMBERS = {"label": 1, "paper": 2}


def finding(*sources, **fields):
    return {"key": "f1", "sources": list(sources or ("label",))} | fields


def percent(value, *sources, **fields):
    return finding(*sources, low=value, high=value, **fields)


def figures(*findings):
    return [figure for group in figure_groups(findings, SOURCES, NUMBERS) for figure in group["figures"]]


def sentence(*findings):
    return figures(*findings)[0]["sentence"]


def headline(low, high, per, *, is_open=False, placebo=None, percent=None):
    exact = percent or (low * 100 / per, high * 100 / per)
    return {"per": per, "low": low, "high": high, "open": is_open, "placebo": placebo, "percent": exact}


# One figure


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"low": 10.8, "high": 10.8, "dose": "10 mg a day"},
            "11 in every 100 people on 10 mg a day get it; 89 do not.",
        ),
        ({"low": 54, "high": 54}, "54 in every 100 people get it; 46 do not."),
        ({"low": 100, "high": 100}, "100 in every 100 people get it."),
        ({"low": 20, "high": 20, "qualifier": "about"}, "About 20 in every 100 people get it; about 80 do not."),
        ({"low": 8, "high": 23, "qualifier": "range"}, "8 to 23 in every 100 people get it; 77 to 92 do not."),
        ({"low": 0, "high": 3, "qualifier": "range"}, "Up to 3 in every 100 people get it; 97 or more do not."),
        ({"high": 57, "qualifier": "up-to"}, "Up to 57 in every 100 people get it; 43 or more do not."),
        ({"low": 2, "high": 2, "qualifier": "more-than"}, "2 or more in every 100 people get it; 98 or fewer do not."),
        ({"high": 2, "qualifier": "more-than"}, "2 or more in every 100 people get it; 98 or fewer do not."),
        ({"low": 0.4, "high": 0.4}, "4 in every 1,000 people get it; 996 do not."),
        ({"low": 0.001, "high": 0.001}, "Fewer than 1 in every 10,000 people get it."),
    ],
)
def test_percent_is_said_as_people_both_ways_round(fields, words):
    assert sentence(finding(**fields)) == words


def test_nothing_counted_is_not_never():
    words = "0 in every 100 people on 75 mg a day got it. That does not mean it never happens."

    assert sentence(percent(0, dose="75 mg a day")) == words


def test_figure_that_counts_something_else_says_so():
    words = "9 in every 100 people on 20 mg were counted for this: stopped because of muscle symptoms; 91 were not."

    assert sentence(percent(9, measure="stopped because of muscle symptoms", dose="20 mg")) == words


def test_difference_to_placebo_has_no_other_side():
    figure = percent(5, measure="percentage points above placebo")

    assert sentence(figure) == "5 more in every 100 people get it than on a dummy tablet."
    assert exact_percent(figure) == "5 percentage points"


@pytest.mark.parametrize(
    ("placebo", "words"),
    [(0.6, "On a dummy tablet: 1 in every 100 people."), (0, "On a dummy tablet: 0 in every 100 people.")],
)
def test_dummy_tablet_stands_beside_the_figure(placebo, words):
    assert figures(percent(10.8, placebo=placebo))[0]["dummy"] == words


def test_dummy_of_an_inhaler_is_an_inhaler():
    figure = percent(7, placebo=5, form="inhaler")

    assert figures(figure)[0]["dummy"] == "On a dummy inhaler: 5 in every 100 people."


def test_dose_that_does_not_read_on_stands_in_the_details():
    figure = figures(
        percent(16, dose="mostly 60-120 mg a day", population="men", period="12 weeks", note="seen twice")
    )[0]

    assert figure["sentence"] == "16 in every 100 people get it; 84 do not."
    assert figure["details"] == "Dose: mostly 60 to 120 mg a day. Who: men. Time: 12 weeks. Note: seen twice."


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"low": 10.8, "high": 10.8, "placebo": 0.6}, "10.8%; 0.6% on a dummy tablet"),
        ({"high": 57, "qualifier": "up-to"}, "up to 57%"),
        ({"low": 8, "high": 23, "qualifier": "range"}, "8% to 23%"),
        ({"low": 2, "high": 2, "qualifier": "more-than"}, "at least 2%"),
        ({"low": 20, "high": 20, "qualifier": "about"}, "about 20%"),
        ({"low": 0, "high": 0.319, "qualifier": "range"}, "0% to 0.319%"),
        ({"band": "common"}, ""),
    ],
)
def test_exact_percent_stands_with_the_source(fields, words):
    assert figures(finding(**fields))[0]["sources"] == [{"href": "#ref-1", "text": "1. Test agency", "percent": words}]


# Groups


def test_figures_of_one_group_share_a_denominator():
    first, second = figures(percent(10.8), percent(0.2, "paper"))

    assert first["sentence"] == "108 in every 1,000 people get it; 892 do not."
    assert second["sentence"] == "2 in every 1,000 people get it; 998 do not."


def test_figures_of_one_source_that_differ_stay_different():
    first, second = figures(percent(27.1, placebo=26.6), percent(3))

    assert (first["dummy"], second["sentence"][:20]) == (
        "On a dummy tablet: 266 in every 1,000 people.",
        "30 in every 1,000 pe",
    )


def test_gap_between_two_studies_does_not_force_a_finer_count():
    first, second = figures(percent(10.8), percent(11.1, "paper"))

    assert first["sentence"] == second["sentence"] == "11 in every 100 people get it; 89 do not."


def test_kinds_of_findings_stand_apart():
    found = figure_groups(
        [finding(band="not-known"), finding(band="common"), percent(5, measure="ulcer or bleed"), percent(3)],
        SOURCES,
        NUMBERS,
    )

    assert [group["title"] for group in found] == [
        "Counted in studies",
        "Counted in studies, but as something a little different",
        "What medicine leaflets and lists say",
        "Listed without a number",
    ]


def test_no_findings_make_no_groups():
    assert figure_groups([], SOURCES, NUMBERS) == []


@pytest.mark.parametrize(
    ("band", "words"),
    [
        ("very-common", "10 or more in every 100 people get it; 90 or fewer do not."),
        ("common", "1 to 10 in every 100 people get it; 90 to 99 do not."),
        ("uncommon", "1 to 10 in every 1,000 people get it; 990 to 999 do not."),
        ("rare", "1 to 10 in every 10,000 people get it; 9,990 to 9,999 do not."),
        ("very-rare", "Fewer than 1 in every 10,000 people get it; more than 9,999 do not."),
        ("not-known", "It is listed, but the source does not say how often."),
    ],
)
def test_band_is_said_as_people_and_never_as_a_word(band, words):
    assert sentence(finding(band=band)) == words


def test_bands_that_differ_share_a_denominator():
    first, second = figures(finding(band="uncommon"), finding("paper", band="common"))

    assert first["sentence"] == "10 to 100 in every 1,000 people get it; 900 to 990 do not."
    assert second["sentence"] == "1 to 10 in every 1,000 people get it; 990 to 999 do not."


def test_sources_with_the_same_band_stand_under_one_figure():
    found = figures(finding(band="common"), finding("paper", band="common"))

    assert [[source["text"] for source in figure["sources"]] for figure in found] == [
        ["1. Test agency", "2. Test journal"]
    ]


def test_band_of_other_people_keeps_its_own_line():
    assert len(figures(finding(band="common"), finding("paper", band="common", population="women"))) == 2


def test_sources_that_cannot_be_parted_say_so():
    figure = figures(finding("label", "paper", band="common"))[0]

    assert figure["details"] == "These sources together give it; they cannot be told apart."
    assert len(figure["sources"]) == 2


# Headlines


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (None, "No number found"),
        (headline(11, 11, 100), "11 in every 100 people"),
        (headline(1, 10, 1_000), "1 to 10 in every 1,000 people"),
        (headline(10, 10, 100, is_open=True), "10 or more in every 100 people"),
        (headline(1, 10, 100, is_open=True), "From 1 to more than 10 in every 100 people"),
        (headline(0, 1, 10_000) | {"below": True}, "Fewer than 1 in every 10,000 people"),
        (headline(0, 1, 10_000), "Up to 1 in every 10,000 people"),
        (headline(0, 57, 100), "Up to 57 in every 100 people"),
        (headline(0, 0, 100), "0 in every 100 people"),
        (headline(0, 0, 10_000, percent=(0.001, 0.001)), "Fewer than 1 in every 10,000 people"),
        (headline(100, 1_000, 10_000), "100 to 1,000 in every 10,000 people"),
    ],
)
def test_headline_is_one_phrase(given, words):
    assert often_words(given, given["per"] if given else 100) == words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (None, "No number found. That does not mean it never happens."),
        (headline(1, 10, 1_000), "1 to 10 in every 1,000 people get it; 990 to 999 do not."),
        (headline(10, 10, 100, is_open=True), "10 or more in every 100 people get it; 90 or fewer do not."),
        (headline(1, 10, 100, is_open=True), "From 1 to more than 10 in every 100 people get it."),
        (
            headline(0, 1, 10_000) | {"below": True},
            "Fewer than 1 in every 10,000 people get it; more than 9,999 do not.",
        ),
        (headline(0, 1, 10_000), "Up to 1 in every 10,000 people get it; 9,999 or more do not."),
        (headline(0, 0, 100), "0 in every 100 people got it. That does not mean it never happens."),
        (headline(100, 100, 100), "100 in every 100 people get it."),
    ],
)
def test_headline_has_its_other_side(given, words):
    assert headline_both_sides(given) == words


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({}, []),
        ({"who": "combination with fenofibrate"}, ["This number is about: combination with fenofibrate."]),
        ({"who": "for the injection"}, ["This number is about: the injection."]),
        ({"varies": True}, ["It depends on the dose and on who was asked."]),
        ({"more": 53.2}, ["Some studies found more: up to 53 in every 100."]),
        ({"more": 0.4}, ["Some studies found more: up to 4 in every 1,000."]),
    ],
)
def test_headline_says_what_it_leaves_out(limits, said):
    assert headline_limits(headline(1, 10, 100) | limits) == said
    assert headline_limits(None) == []


def test_two_sources_of_one_publisher_are_told_apart_and_each_stands_once():
    sources = {slug: SOURCES["label"] | {"title": slug, "publisher": "Clinic (copy)"} for slug in ("a", "b")}

    links = source_links(["a", "b", "a"], sources, {"a": 1, "b": 2})

    assert links == [("#ref-1", "1. Clinic: a"), ("#ref-2", "2. Clinic: b")]
    assert source_links(["a"], sources, {"a": 1}) == [("#ref-1", "1. Clinic")]


def test_headline_of_the_dummy_tablet_is_silent_without_a_figure():
    assert headline_dummy(headline(11, 11, 100)) == headline_dummy(None) == ""
    assert headline_dummy(headline(3, 3, 100, placebo=0)) == "On a dummy tablet: 0 in every 100 people."


@pytest.mark.parametrize("low", range(0, 101, 10))
def test_both_sides_add_up_to_everybody(low):
    assert people_words(low, low, 100).startswith(f"{low} in")
    assert others_words(low, low, 100) == (f"{100 - low} do not" if low < 100 else "")


# Sources


def test_word_of_the_label_is_explained_once():
    sayings = label_sentences([finding(band="common"), finding(band="common")], SOURCES, NUMBERS)

    assert sayings == ["The official label (1) calls this 'common'. That means 1 to 10 in every 100 people."]


def test_sources_that_are_no_labels_are_not_called_so():
    sayings = label_sentences([finding("label", band="rare"), finding("paper", band="rare")], SOURCES, NUMBERS)

    assert sayings == ["The sources (1 and 2) call this 'rare'. That means 1 to 10 in every 10,000 people."]


def test_unknown_and_percent_findings_have_no_word_to_explain():
    assert label_sentences([finding(band="not-known"), percent(3)], SOURCES, NUMBERS) == []


def test_source_that_is_not_live_gets_no_link():
    assert source_links(["gone", "paper", "label"], SOURCES, NUMBERS) == [
        ("#ref-1", "1. Test agency"),
        ("#ref-2", "2. Test journal"),
    ]
