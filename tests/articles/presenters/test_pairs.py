import pytest

from articles.presenters import pairs

from .rows import ACHE, DRUG, SOURCE, Urgency, counted, row


def test_pair_asks_its_own_question():
    assert pairs.heading("testamol", "Leg cramps", led_by_article=False) == "Can testamol cause leg cramps?"


def test_pair_that_an_article_leads_has_another_heading():
    assert (
        pairs.heading("testamol", "Leg cramps", led_by_article=True)
        == "Testamol and leg cramps: how often, and what to do"
    )


@pytest.mark.parametrize("led_by_article", [True, False])
def test_heading_stays_short(led_by_article):
    name = "Seeing or hearing things that are not there at night"

    assert len(pairs.heading("testamol", name, led_by_article=led_by_article)) <= 65


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (counted(11, 11), "Yes, it can. But most people do not get it."),
        (counted(10, 10, is_open=True), "Yes, it can. But most people do not get it."),
        (counted(0, 57), "Yes, it can."),
        (counted(0, 0.01, per=10_000), "It can, but rarely."),
        (counted(0, 0), "We do not know how often it happens."),
    ],
)
def test_verdict_is_one_of_a_closed_set(fields, words):
    assert pairs.verdict(fields["headline"], [], {}) == words


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("regulator-label", "We do not know. The label lists it but gives no number."),
        ("other", "We do not know how often. It is listed, but no source gives a number."),
    ],
)
def test_gap_is_said_and_a_label_is_only_named_where_there_is_one(kind, words):
    findings = [{"key": "b1", "band": "not-known", "sources": ["label"]}]

    assert pairs.verdict(None, findings, {"label": SOURCE | {"source_kind": kind}}) == words


def test_figures_that_count_something_else_are_not_called_a_gap():
    findings = [{"key": "f1", "low": 9, "high": 9, "measure": "stopped", "sources": ["label"]}]

    assert pairs.verdict(None, findings, {"label": SOURCE}) == "It can, but we do not know how often."


def pair_page(line, *, drug=DRUG, effect=ACHE, rules=()):
    return pairs.pair_page(drug, line, effect, {"label": SOURCE}, list(rules))


def test_action_names_help_first_where_the_next_dose_has_to_wait():
    line = row(urgency=Urgency.TODAY, urgency_reason="x", listing={"when_to_get_help": "pain: stop and call"})

    page = pair_page(line, drug=DRUG | {"stop_warning": True})

    assert page["first"] == "Pain: stop and call."
    assert "Do not stop" not in page["action"]


@pytest.mark.parametrize(
    ("fields", "action"),
    [
        (
            {"urgency": Urgency.EMERGENCY, "urgency_reason": "May kill."},
            "Get emergency help now if you have it. Ask before you stop it.",
        ),
        (
            {"urgency": Urgency.TODAY, "listing": {"serious": True}},
            "Call your doctor today if you have it. Ask before you stop it.",
        ),
        ({"urgency": Urgency.SELF_CARE}, "Try what helps first. Ask before you stop it."),
        ({}, "Ask a pharmacist or doctor about it. Ask before you stop it."),
    ],
)
def test_action_follows_the_urgency(fields, action):
    assert pair_page(row(**fields))["action"] == action


def test_advice_for_the_pair_goes_before_general_advice():
    effect = ACHE | {"self_care": "rest"}

    own = pair_page(row(listing={"what_helps": "raise the legs; sip water"}), effect=effect)["what_helps"]
    general = pair_page(row(), effect=effect)["what_helps"]

    assert (own["intro"], own["steps"]) == ("", ["Raise the legs", "Sip water"])
    assert general["intro"] == "This is general advice for test ache. It was not written for testamol."


def test_missing_advice_is_said_and_nothing_is_made_up():
    assert pair_page(row())["what_helps"] == {
        "intro": "We do not know of advice from a source for this pair. Ask a pharmacist.",
        "steps": [],
        "sources": [],
    }


def test_nobody_is_sent_to_a_pharmacist_with_an_emergency():
    line = row(urgency=Urgency.EMERGENCY, urgency_reason="May be a stroke.")

    assert pair_page(line)["what_helps"]["intro"].startswith("Get help first.")


def test_fuller_timing_takes_the_lead():
    both = {"onset": "often gone in 1-2 weeks", "timing_onset": "at the start", "timing_after_stopping": "goes in days"}

    assert pairs.timing(both)["rows"] == [
        ("When it starts", "At the start."),
        ("After stopping", "Goes in days."),
        ("Also said", "Often gone in 1 to 2 weeks."),
    ]
    assert pairs.timing({"onset": "at the start"})["rows"] == [("When it starts and settles", "At the start.")]


def test_our_marks_never_reach_the_page():
    page = pair_page(row(listing={"serious": True, "extra": True, "sort_band": "very-common"}))

    assert "very-common" not in str(page) and "'serious'" not in str(page)
