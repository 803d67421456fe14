import pytest

from articles.quality.often import figures

from ...factories import drug_content, listing
from .checked import found, only, sound_article

# From the text that the site began with.
FOUNDING = (
    "While the drug is generally well-tolerated, this adverse effect is a recognized, though relatively uncommon, outcome of "
    "treatment. Clinical trials and post-marketing surveillance data show that muscle cramps affect a small percentage of "
    "users.\n\nSpecifically, studies indicate that muscle cramps or general muscle pain are reported by 1% to 5% of "
    "patients taking the medication."
)


def often_problems(lead):
    """(sentence, binding) of the problems of words against numbers in a lead."""
    told = found(sound_article(lead=f"{lead} [ref:label]"))
    return [(sentence, binding) for sentence, (path, binding) in told.items() if sentence.startswith("The text says")]


def test_founding_text_is_warned_of_its_uncommon_one_to_five_percent():
    assert often_problems(FOUNDING) == [
        (
            "The text says 'relatively uncommon' near '1% to 5%'. This number asks for 'common': use that word, or correct "
            "the number.",
            False,
        )
    ]


def test_the_same_in_one_sentence_holds_back():
    assert often_problems("Cramps are relatively uncommon, in 1% to 5% of people.") == [
        (
            "The text says 'relatively uncommon' beside '1% to 5%'. This number asks for 'common': use that word, or "
            "correct the number.",
            True,
        )
    ]


@pytest.mark.parametrize(
    ("lead", "asked"),
    [
        ("This is a rare effect, in 3 in 100 people.", "'common'"),
        ("Very common: 5 in every 100 people get it.", "'common'"),
        ("It is a common side effect: 30% get it.", "'very common'"),
        ("Rarely, about 5% of people faint.", "'common'"),
        ("In rare cases, 1 in 50 people, it harms.", "'common'"),
        ("It is uncommon (one in ten thousand).", "'rare'"),
        ("It is uncommon (between 1 and 5 percent).", "'common'"),
        ("It is very rare, 1 in 100 to 1 in 10.", "'common'"),
        ("It is rare: 5 to 50 in 1,000.", "'uncommon' to 'common'"),
        ("It is common: up to 5 in 1,000.", "'uncommon'"),
        ("Rarely reported, by 5% of people.", "'common'"),
        ("Cramps are uncommon, 5% of people, and 1% on a dummy tablet.", "'common'"),
        ("Most people get it: 10 in 100.", "'Most' means more than 50 in every 100."),
        ("Few people get it (40 in every 100).", "That is not few"),
        ("Swelling is very common, in 2 in 100 people, and does not harm you.", "'common'"),
        ("Swelling is very common (2 in 100 people) but it goes away well by itself.", "'common'"),
        ("Swelling is very common and you may never notice: 1 in 10,000 get it.", "'rare'"),
        ("Uncommon: 99.5% of people get swelling and are fine.", "'very common'"),
        ("Most people get swelling (5 in 100), but it does not harm.", "'Most' means more than 50 in every 100."),
        ("Very common: 1 in 10 000 people.", "'rare'"),
        ("Very common: about 1 in 2 million people.", "'very rare'"),
        ("It is very common: 1 person in 1,000 gets it.", "'uncommon'"),
        ("Common: twenty-five percent get it.", "'very common'"),
        ("Common: 3/1,000 get it.", "'uncommon'"),
        ("It is rare: a third of people get it.", "'very common'"),
    ],
)
def test_word_that_the_number_beside_it_contradicts_holds_back(lead, asked):
    ((sentence, binding),) = often_problems(lead)

    assert asked in sentence
    assert binding


@pytest.mark.parametrize(
    "lead",
    [
        "About 1% to 5% get them. That is relatively uncommon.",
        "Rare: up to 5 in 100.",
        "The leaflet says 'uncommon', but 5 in 100 got it.",
        "Rare in children; 2 in 100 people get it.",
    ],
)
def test_what_may_be_meant_otherwise_is_only_a_warning(lead):
    assert [binding for _, binding in often_problems(lead)] == [False]


@pytest.mark.parametrize(
    "lead",
    [
        "It is common: 1% to 5% of people get it.",
        "It is uncommon: 1 to 10 in every 1,000 people.",
        "Common (1 in 100 to 1 in 10).",
        "Rare (up to 1 in 1,000 people).",
        "Very rare: one in ten thousand or fewer.",
        "Very common: more than 1 in 10.",
        "Very common: 1 in 10 or more.",
        "The common cold lasts a week; 30% get one.",
        "They have this in common: 20% of people.",
        "It is commonly taken by 20% of people.",
        "A less common effect; 20% got it.",
        "Cough is common on placebo too: 37% of cases.",
        "A rare disease hits 20% of them.",
        "Uncommon in children, 2 in 100 adults.",
        "Headache is common, and cramps are uncommon (5 in 1,000).",
        "Cramps are uncommon. Headache is common: 5 in 100.",
        "Uncommon: 5 in 1,000 (dummy tablet: 12 in 1,000).",
        "It is rare; blood pressure falls by 10%.",
        "Is it rare? 5 in 100 people get it.",
        "Most people do not get it: 10 in 1,000 do.",
        "Most people are fine, but 2 in 100 get a rash.",
        "Most people who get it, 3 in 100, stop.",
        "Most people do well. About 15 in every 1,000 stopped.",
        "Very rare: about 1 in 20\u00a0000 people.",
        "Very rare: about 1 in 2 million people.",
        "Uncommon: one in two hundred.",
        "This rare allergy kills 10% of those who get it.",
        "It is rare, and 80% of those who had it got well.",
        "Cramps are common, but only 0.5% of people stop because of them.",
        "Common: 5% of those who take it.",
        "It is rare. We looked. We read. We asked. Then 5 in 100 said so.",
    ],
)
def test_word_that_agrees_or_means_something_else_is_let_through(lead):
    assert often_problems(lead) == []


def test_key_point_is_read_with_its_label():
    point = {"key": "a", "label": "Rare", "text": "Some get it. It was 5 in 100 people. [ref:label]"}

    problem = only(sound_article(key_points=[point, *sound_article()["key_points"][1:]]))

    assert (problem.path, problem.binding) == (("key_points", "a", "text"), True)


def test_verdict_is_read_with_the_short_answer():
    problem = only(sound_article(verdict="Yes, but it is rare.", short_answer="5 in 100 people get it. [ref:label]"))

    assert (problem.path, problem.binding) == (("short_answer",), False)


def test_list_items_are_not_read_together():
    assert often_problems("- Cramps are rare.\n- Headache: 5 in 100.\n- Ask.") == []


def test_what_people_say_may_be_wrong():
    claim = {"key": "c", "section": "what-it-is", "often_said": "It is rare: 5 in 100.", "sources_say": "No source."}

    assert found(sound_article(claims=[claim])) == {}


def test_note_of_a_figure_is_read_too_but_not_where_sources_disagree():
    finding = {"band": "common", "note": "rare in one trial, 5% of people"}
    content = drug_content(effects=[listing(findings=[finding], disagreement="rare in one label, 5% in another")])

    assert only(content).path == ("effects", "test-ache", "findings", "f1", "note")


@pytest.mark.parametrize(
    ("text", "percents"),
    [
        ("1% to 5%", [(1, 5)]),
        ("1\u20135 %", [(1, 5)]),
        ("3 in every 1,000 people", [(0.3, 0.3)]),
        ("10 to 40 in 1,000", [(1, 4)]),
        ("1 in 10 to 100", [(1, 10)]),
        ("20 out of 100 and 1 of every 100", [(20, 20), (1, 1)]),
        ("one in a hundred", [(1, 1)]),
        ("fewer than 1 in 1,000", [(0, 0.1)]),
        ("at least 5 per cent", [(5, 100)]),
        ("735 people in 11 trials", []),
        ("5 mg in 2 doses", []),
        ("1 in 24 hours", []),
        ("3 in 2019", []),
        ("3 in 2,000", [(0.15, 0.15)]),
        ("3 in 2 000", [(0.15, 0.15)]),
        ("1 in 2 million", [(0.00005, 0.00005)]),
        ("one in two hundred thousand", [(0.0005, 0.0005)]),
        ("one in a million", [(0.0001, 0.0001)]),
        ("twenty-five percent", [(25, 25)]),
        ("thirty-five in 100", [(35, 35)]),
        ("twelve in 100", [(12, 12)]),
        ("thirty to forty percent", [(30, 40)]),
        ("1 person in 10", [(10, 10)]),
        ("3 women in 100", [(3, 3)]),
        ("5 per 100 people", [(5, 5)]),
        ("12 of 100 people", [(12, 12)]),
        ("12 of 100 tablets", []),
        ("1/10 and 3 / 1,000", [(10, 10), (0.3, 0.3)]),
        ("140/90, 1/2 a tablet, 24/7, 5/100 mg, 1/10/2026", []),
        (
            "a third of people, two thirds of patients, half the users",
            [(100 / 3, 100 / 3), (200 / 3, 200 / 3), (50, 50)],
        ),
        ("half a tablet, a third time, one quarter of the dose", []),
        ("one-off, two-thirds-full, a ninety-one-day course", []),
    ],
)
def test_shares_of_people_are_read_from_texts(text, percents):
    assert [(figure.low, figure.high) for figure in figures(text)] == [pytest.approx(pair) for pair in percents]


def test_a_text_as_long_as_a_book_is_read_in_time_that_grows_with_it():
    """Each place is looked at with what stands near it: else a draft of one paragraph would hold up its page for ever."""
    near = "fall by 5% is common " * 50

    assert [len(figures(near * times)) for times in (1, 40)] == [50, 2000]
