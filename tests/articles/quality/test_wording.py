import pytest

from articles.quality import hard_words, problems

from ...factories import effect_content
from .checked import found, only, sound_article

MIDDLING = "You can ask about the dose of your tablet. A doctor can also look for another medicine to help you."
HARD = (
    "The unintended modulation of calcium channels can destabilise intracellular equilibrium, predisposing people to "
    "involuntary contractions of the musculature and related complications."
)


def linked(markdown):
    return sound_article(sections=[{"key": "a", "heading": "A", "body": markdown}])


def test_easy_paragraph_is_let_through():
    assert found(sound_article(lead=MIDDLING)) == {}


def test_hard_paragraph_holds_an_article_back():
    problem = only(sound_article(lead=f"{MIDDLING}\n\n{HARD}"))

    assert problem.sentence.startswith("A paragraph reads at school grade ")
    assert "'The unintended modulation" in problem.sentence
    assert (problem.path, problem.binding) == (("lead",), True)


def test_paragraph_between_six_and_eight_is_a_warning():
    problem = only(
        sound_article(
            lead="Stretching and exercise have weak proof. Magnesium makes little difference in older people."
        )
    )

    assert "up to 6 is easy" in problem.sentence
    assert not problem.binding


def test_hard_description_of_a_side_effect_is_only_a_warning():
    content = effect_content(description=HARD, terms=[{"key": "t", "text": "ache"}], sources=["test-label"])

    assert not only(content).binding


def test_a_few_words_of_a_side_effect_are_not_graded():
    content = effect_content(
        description="Hearing becomes weaker.", terms=[{"key": "t", "text": "deaf"}], sources=["test-label"]
    )

    assert problems(content) == []


def test_names_of_medicines_make_no_paragraph_hard():
    lead = "Amitriptyline may help. Amitriptyline and amlodipine can too."

    assert any(problem.binding for problem in problems(sound_article(lead=lead)))
    assert problems(sound_article(lead=lead, drugs=["amitriptyline", "amlodipine"])) == []


def test_plain_words_are_offered_for_hard_ones():
    problem = only(sound_article(lead="It may bring nausea and oedema."))

    assert problem.sentence == "Plainer words are easier to read: 'feeling sick' for 'nausea', 'swelling' for 'oedema'."
    assert (problem.path, problem.binding) == (("lead",), False)


def test_hard_word_that_explains_a_plain_one_in_brackets_is_let_through():
    assert found(sound_article(lead="It is for high blood pressure (hypertension).")) == {}


def test_hard_words_are_listed_once_with_plain_ones_and_place():
    content = sound_article(lead="Nausea is unavoidable.", helps="Testamol helps against nausea and amitriptyline.")

    assert hard_words(content, {"amitriptyline"}) == [
        ("nausea", "feeling sick", ("lead",)),
        ("unavoidable", "", ("lead",)),
    ]


@pytest.mark.parametrize(
    "words",
    ["click here", "Read more", "this link", "here", "Here.", "", "here!", "“here”", "_here_", "click here for more"],
)
def test_link_that_says_nothing_holds_back(words):
    problem = only(linked(f"It is known, see [{words}](/medicines/)."))

    assert "does not say where it leads" in problem.sentence
    assert (problem.path, problem.binding) == (("sections", "a", "body"), True)


@pytest.mark.parametrize("target", ["javascript:x", "//example.org", "medicines/", "mailto:a@example.org", ""])
def test_link_to_nowhere_holds_back(target):
    problem = only(linked(f"See [all medicines]({target})."))

    assert f"leads to '{target}'" in problem.sentence
    assert problem.binding


@pytest.mark.parametrize(
    "markdown",
    [
        "See [all medicines](/medicines/).",
        "See [more on cramps](https://example.org/a).",
        "See [help](#help).",
        "Here it is.",
    ],
)
def test_link_that_names_its_page_is_let_through(markdown):
    assert found(linked(markdown)) == {}


def test_click_here_beside_a_link_is_a_warning():
    problem = only(linked("Click here: [all medicines](/medicines/)."))

    assert not problem.binding


def test_links_below_the_article_are_checked_too():
    problem = only(sound_article(links=[{"key": "l", "label": "Read more", "url": "https://example.org"}]))

    assert problem.path == ("links", "l", "label")
