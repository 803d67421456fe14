import pytest

from articles.frequency import (
    are_debated,
    band_of,
    band_up_to,
    denominator,
    headline,
    highest_band,
    people,
    percent_range,
)

LABEL = {"strength": "good", "source_kind": "regulator-label"}
SERVICE = {"strength": "good", "source_kind": "health-service"}
PAPER = {"strength": "good", "source_kind": "peer-reviewed"}
MEDIUM = {"strength": "medium", "source_kind": "regulator-label"}
WEAK = {"strength": "weak", "source_kind": "other"}
SOURCES = {"label": LABEL, "label-2": LABEL, "service": SERVICE, "paper": PAPER, "medium": MEDIUM, "weak": WEAK}


def finding(*sources, **fields):
    return {"key": "f1", "sources": list(sources or ("label",))} | fields


def percent(value, *sources, **fields):
    return finding(*sources, low=value, high=value, **fields)


# Bands


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (100, "very-common"),
        (10, "very-common"),
        (9.99, "common"),
        (1, "common"),
        (0.99, "uncommon"),
        (0.1, "uncommon"),
        (0.0999, "rare"),
        (0.01, "rare"),
        (0.0099, "very-rare"),
        (0, "very-rare"),
    ],
)
def test_band_includes_its_lower_bound_and_excludes_its_upper_one(value, band):
    assert band_of(value) == band


@pytest.mark.parametrize(
    ("value", "band"),
    [(10, "common"), (10.1, "very-common"), (1, "uncommon"), (0.1, "rare"), (0.01, "very-rare"), (0, "very-rare")],
)
def test_upper_end_belongs_to_the_band_below_it(value, band):
    assert band_up_to(value) == band


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"band": "common"}, (1, 10)),
        ({"band": "very-common"}, (10, 100)),
        ({"band": "very-rare"}, (0, 0.01)),
        ({"band": "not-known"}, None),
        ({"low": 3, "high": 3}, (3, 3)),
        ({"low": 8, "high": 23, "qualifier": "range"}, (8, 23)),
        ({"high": 57, "qualifier": "up-to"}, (0, 57)),
        ({"low": 2, "high": 2, "qualifier": "more-than"}, (2, 100)),
        ({"high": 2, "qualifier": "more-than"}, (2, 100)),
        ({"low": 0, "high": 0}, (0, 0)),
    ],
)
def test_percent_range_of_each_kind_of_finding(fields, expected):
    assert percent_range(finding(**fields)) == expected


def test_highest_band_is_the_most_frequent_that_any_finding_reaches():
    findings = [finding(band="uncommon"), percent(10.8), finding(band="rare")]

    assert highest_band(findings) == "very-common"


def test_figure_that_counts_something_else_does_not_reach_a_band():
    findings = [percent(27, measure="muscle pain or weakness"), finding(band="rare")]

    assert highest_band(findings) == "rare"


def test_up_to_ten_in_a_hundred_stays_below_very_common():
    assert highest_band([finding(high=10, qualifier="up-to")]) == "common"


def test_range_that_ends_at_one_percent_stays_uncommon():
    assert highest_band([finding(low=0.1, high=1, qualifier="range")]) == "uncommon"


@pytest.mark.parametrize("findings", [[], [finding(band="not-known")]])
def test_pair_without_a_figure_has_no_known_band(findings):
    assert highest_band(findings) == "not-known"


# Sources that disagree


def test_two_bands_for_the_same_people_are_a_disagreement():
    assert are_debated({"findings": [finding(band="common"), finding(band="uncommon")]})


def test_recorded_disagreement_needs_no_figures():
    assert are_debated({"disagreement": "one says yes, one says no"})


@pytest.mark.parametrize(
    "findings",
    [
        [],
        [finding(band="common"), finding("label-2", band="common")],
        [finding(band="common"), finding(band="not-known")],
        [finding(band="common"), finding(band="very-common", population="women")],
        [percent(3), percent(14)],
    ],
)
def test_these_are_no_disagreement(findings):
    assert not are_debated({"findings": findings})


# Denominators


@pytest.mark.parametrize(
    ("percents", "per"),
    [
        ([10.8, 0.6], 100),
        ([1.4, 0.6], 1_000),
        ([3, 3], 100),
        ([0.1, 1], 1_000),
        ([0.4], 1_000),
        ([0.5], 100),
        ([0.03, 0.9], 10_000),
        ([0, 0.01], 10_000),
        ([0, 3], 100),
        ([0], 100),
        ([27.1, 26.6], 1_000),
        ([27.11, 27.12], 10_000),
        ([100, 99.6], 1_000),
        ([], 100),
    ],
)
def test_denominator_is_the_smallest_at_which_figures_are_people_and_differ(percents, per):
    assert denominator(percents) == per


def test_figures_that_no_denominator_parts_get_the_largest():
    assert denominator([0.001, 0.002]) == 10_000


@pytest.mark.parametrize(
    ("value", "per", "count"),
    [(10.8, 100, 11), (0.5, 100, 1), (2.5, 100, 3), (14.5, 100, 15), (0.03, 10_000, 3), (0, 100, 0)],
)
def test_people_are_rounded_half_up(value, per, count):
    assert people(value, per) == count


# Headlines


def test_headline_of_one_percent_has_its_dummy_figure():
    found = headline([percent(10.8, placebo=0.6)], SOURCES)

    assert found == {
        "per": 100,
        "low": 11,
        "high": 11,
        "percent": (10.8, 10.8),
        "placebo": 1,
        "open": False,
        "below": False,
        "who": "",
        "varies": False,
        "more": None,
    }


def test_dummy_figure_of_nothing_is_a_figure():
    assert headline([percent(2.6, placebo=0)], SOURCES)["placebo"] == 0


def test_dummy_figure_is_left_out_where_several_figures_speak():
    assert headline([percent(1.8, placebo=0.6), percent(10.8, placebo=0.6)], SOURCES)["placebo"] is None


def test_headline_spans_all_figures_and_is_no_average():
    found = headline([percent(14.6), percent(5.6, "label-2")], SOURCES)

    assert (found["low"], found["high"], found["per"]) == (6, 15, 100)


def test_strongest_source_speaks_alone():
    found = headline([finding("label", band="uncommon"), percent(40, "weak")], SOURCES)

    assert (found["low"], found["high"], found["per"]) == (1, 10, 1_000)


@pytest.mark.parametrize(
    ("stronger", "weaker"), [("label", "service"), ("service", "paper"), ("paper", "medium"), ("medium", "weak")]
)
def test_strength_goes_before_kind_and_kind_decides_a_tie(stronger, weaker):
    found = headline([percent(50, weaker), percent(3, stronger)], SOURCES)

    assert found["percent"] == (3, 3)


def test_sources_that_cannot_be_parted_are_as_strong_as_the_weakest():
    found = headline([percent(50, "label", "weak"), percent(3, "medium")], SOURCES)

    assert found["percent"] == (3, 3)


def test_percent_speaks_where_one_source_gives_a_word_too():
    found = headline([percent(11.1, "label"), finding("label", band="very-common")], SOURCES)

    assert (found["low"], found["high"], found["open"]) == (11, 11, False)


def test_word_of_another_source_of_the_same_strength_widens_the_range():
    found = headline([percent(11.1, "label"), finding("label-2", band="common")], SOURCES)

    assert found["percent"] == (1, 11.1)


def test_very_common_has_no_upper_end():
    found = headline([finding(band="very-common")], SOURCES)

    assert (found["low"], found["high"], found["open"]) == (10, 10, True)


def test_common_and_very_common_together_stay_open():
    found = headline([finding(band="common"), finding("label-2", band="very-common")], SOURCES)

    assert (found["low"], found["high"], found["open"]) == (1, 10, True)


def test_more_than_is_open_and_not_a_hundred_percent():
    found = headline([percent(2, qualifier="more-than")], SOURCES)

    assert (found["low"], found["high"], found["open"], found["percent"]) == (2, 2, True, (2, 2))


def test_up_to_starts_at_nothing():
    found = headline([finding(high=57, qualifier="up-to")], SOURCES)

    assert (found["low"], found["high"], found["open"]) == (0, 57, False)


def test_very_rare_is_below_one_in_ten_thousand():
    found = headline([finding(band="very-rare")], SOURCES)

    assert (found["low"], found["high"], found["per"], found["below"]) == (0, 1, 10_000, True)


def test_percent_speaks_where_another_source_says_very_common():
    found = headline([percent(24, "label"), finding("label-2", band="very-common")], SOURCES)

    assert (found["low"], found["high"], found["open"]) == (24, 24, False)


@pytest.mark.parametrize(
    "other",
    [
        {"note": "combination with fenofibrate"},
        {"note": "for the injection"},
        {"population": "taken as part of a three-medicine combination"},
        {"population": "high blood pressure trials, 629 people on lisinopril together with hydrochlorothiazide"},
    ],
)
def test_another_product_does_not_speak_for_the_medicine_alone(other):
    found = headline([percent(0.5, "weak"), percent(2.9, "label", **other)], SOURCES)

    assert found["percent"] == (0.5, 0.5)


def test_another_product_speaks_alone_with_its_name():
    found = headline([finding(band="rare", note="combination with fenofibrate")], SOURCES)

    assert (found["percent"], found["who"]) == ((0.01, 0.1), "combination with fenofibrate")


def test_whom_a_headline_is_about_is_said_where_all_its_findings_agree():
    men = {"population": "men with heart failure"}

    assert headline([percent(9, **men), percent(10, "label-2", **men)], SOURCES)["who"] == "men with heart failure"
    assert headline([percent(9, **men), percent(10, "label-2")], SOURCES)["who"] == ""


def test_range_over_doses_is_said_to_vary_and_a_narrow_one_is_not():
    low, high = percent(7, dose="50 mg or less"), percent(52, dose="150 mg or more")

    assert headline([low, high], SOURCES)["varies"]
    assert not headline([low, percent(9, dose="100 mg")], SOURCES)["varies"]


def test_a_trusted_source_that_found_far_more_is_not_hidden():
    word = finding("label", band="common")

    assert headline([word, percent(53.2, "medium")], SOURCES)["more"] == 53.2
    assert headline([word, percent(11, "medium")], SOURCES)["more"] is None
    assert headline([word, percent(53.2, "weak")], SOURCES)["more"] is None
    assert headline([word, percent(53.2, "medium", measure="stopped for it")], SOURCES)["more"] is None


def test_everybody_is_a_closed_figure():
    assert headline([percent(100)], SOURCES)["open"] is False


def test_nobody_is_a_figure_and_not_a_gap():
    found = headline([percent(0, placebo=0)], SOURCES)

    assert (found["low"], found["high"], found["placebo"], found["per"]) == (0, 0, 0, 100)


@pytest.mark.parametrize(
    "findings", [[], [finding(band="not-known")], [percent(9, measure="stopped because of muscle symptoms")]]
)
def test_no_figure_means_no_headline(findings):
    assert headline(findings, SOURCES) is None


def test_figure_of_a_source_that_is_not_live_speaks_last():
    assert headline([percent(30, "withdrawn"), percent(3, "weak")], SOURCES)["percent"] == (3, 3)
