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
        (counted(10, 10, is_open=True), "Yes, it can."),
        (counted(1, 10, more=53.2), "Yes, it can."),
        (counted(0.01, 0.1, more=10.9), "Yes, it can."),
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

    assert page["first"] == {"title": "", "text": "Pain: stop and call."}
    assert page["action"] == "Get medical help before your next dose if you have the signs below."
    assert page["stop"]["place"] == "otherwise"
    assert page["stop"]["text"].startswith("Ask before you stop taking testamol.")


@pytest.mark.parametrize(
    ("fields", "action"),
    [
        (
            {"urgency": Urgency.EMERGENCY, "urgency_reason": "May kill."},
            "Get emergency help now if you have it. Say what you take. They will tell you about the next dose.",
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


RULE = {
    "slug": "rule",
    "level": "emergency",
    "drugs": ["testamol"],
    "signs": [{"key": "s1", "text": "slow breathing", "effects": ["test-ache"]}],
    "do": "Call an ambulance now and do not take another dose.",
    "why": "It can kill.",
}
FLAG = {"red_flags": [{"key": "a", "text": "blue lips"}]}
KEEP = DRUG | {"stop_warning": True, "stop_effects": "it can come back; do not stop without advice"}


def test_emergency_is_never_put_off_until_the_next_dose():
    page = pair_page(row(urgency=Urgency.EMERGENCY, urgency_reason="It can kill."), rules=[RULE], drug=KEEP)

    assert page["action"] == "Get emergency help now if you have the signs below. Take no more until you are told."
    assert page["first"] == {"title": "Call an ambulance now and do not take another dose", "text": "It can kill."}
    assert page["stop"] == {"place": "otherwise", "text": "Ask before you stop taking testamol. It can come back."}
    assert page["help"]["advice"] == []


def test_emergency_goes_before_the_callout_and_has_no_stop_sentence():
    line = row(urgency=Urgency.EMERGENCY, urgency_reason="It can kill.")

    page = pair_page(line, drug=KEEP, rules=[RULE | {"do": "Call an ambulance now."}])

    assert page["action"].endswith("Say what you take. They will tell you about the next dose.")
    assert "Do not stop" not in page["action"]
    assert page["stop"]["place"] == "after"
    assert page["stop"]["text"].startswith("If you have the signs above, get help first and do what you are told.")


def test_thoughts_of_suicide_have_words_of_their_own():
    rule = RULE | {"signs": [{"key": "s1", "text": "thoughts of suicide", "effects": ["suicidal-thoughts"]}]}
    line = row("suicidal-thoughts", urgency=Urgency.EMERGENCY, urgency_reason="It can kill.")

    assert pair_page(line, rules=[rule | {"do": "Get help now."}])["action"] == (
        "Get emergency help now if you have the signs below, or call a crisis line. Do not stay alone."
    )


def test_what_helps_at_once_is_said_before_any_call():
    rule = RULE | {"level": "today", "do": "Take something sugary now; call an ambulance if not better."}
    line = row(urgency=Urgency.TODAY, listing={"serious": True})

    assert pair_page(line, rules=[rule])["action"].startswith("Take something sugary now. ")


def test_emergency_that_only_has_an_order_says_the_order():
    order = "use another reliever and get help at once"
    listing = {"when_to_get_help": order, "serious": True}
    line = row(urgency=Urgency.EMERGENCY, urgency_reason=order, listing=listing)

    assert pair_page(line, effect=ACHE | FLAG, drug=KEEP)["action"] == (
        "Use another reliever and get help at once. Get emergency help now if you have the signs below."
    )


def test_emergency_of_a_sign_is_not_claimed_of_the_symptom():
    line = row(
        urgency=Urgency.EMERGENCY,
        urgency_reason="blue lips: ambulance",
        listing={"when_to_get_help": "blue lips: ambulance"},
    )

    assert pair_page(line, drug=KEEP)["action"] == (
        "Get emergency help now if you have the emergency signs below. Otherwise ask a pharmacist or doctor."
    )


def test_effect_that_only_a_test_finds_is_not_told_to_call_by_itself():
    line = row(urgency=Urgency.TODAY, listing={"serious": True})

    assert pair_page(line, effect=ACHE | FLAG)["action"] == (
        "Get emergency help now if you have the signs below. Otherwise call your doctor today. Ask before you stop it."
    )


@pytest.mark.parametrize("slug", sorted(pairs.ALLERGY))
def test_nobody_with_an_allergy_is_told_to_go_on(slug):
    page = pair_page(row(slug, urgency=Urgency.TODAY, listing={"serious": True}), drug=KEEP, effect=ACHE | FLAG)

    assert page["action"] == (
        "Get emergency help now if you have the emergency signs below. "
        "Otherwise call your doctor today, before your next dose."
    )
    assert page["stop"] == {"place": "", "text": ""}


def test_answer_names_the_illness_of_which_the_effect_may_be_one_sign():
    signs = [
        {"key": "s1", "text": "muscle pain", "effects_together": ["test-ache"]},
        {"key": "s2", "text": "dark urine", "effects_together": ["other"]},
    ]
    rule = RULE | {"level": "today", "signs": signs, "together_count": 2, "do": "Call today, before the next dose."}

    assert pair_page(row(), rules=[rule])["action"] == (
        "Ask a pharmacist or doctor about it. Call a doctor today, before your next dose, "
        "if some of the signs below come together. Ask before you stop it."
    )


def test_working_note_stands_beside_the_numbers_in_plain_words():
    working = (
        "Band word machine-extracted from product labels by the SIDER 4 database; not checked against the label text"
    )

    page = pair_page(row(listing={"note": f"Red lines. {working}"}))

    assert page["note"] == "Red lines."
    assert page["number_note"] == "A computer read this from labels. Nobody has checked it."


def test_signs_from_a_page_about_another_medicine_say_so():
    rules = [RULE | {"drugs": ["testamol", "metoprolol"]}]
    sources = {"a": SOURCE | {"title": "Metoprolol (oral route)"}, "b": SOURCE | {"title": "Heart failure"}}

    assert pairs.borrows_signs("testamol", ["a", "b"], sources, rules)
    assert not pairs.borrows_signs("testamol", ["b"], sources, rules)
    assert not pairs.borrows_signs("metoprolol", ["a"], sources, rules)


@pytest.mark.parametrize("name", ["Allergic reaction", "Heart-rhythm tracing change (long QT)", "Slow heartbeat"])
def test_name_that_needs_an_article_is_not_asked_after(name):
    assert pairs.heading("testamol", name, led_by_article=False).startswith("Testamol and ")


def test_answer_says_what_its_number_leaves_out():
    line = row(**counted(1, 10, more=53.2, who="for the injection"))

    assert pairs.answer_text(line) == (
        "1 to 10 in every 100 people get it; 90 to 99 do not. "
        "This number is about: the injection. Some studies found more: up to 53 in every 100."
    )


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
