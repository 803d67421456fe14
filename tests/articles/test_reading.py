"""How hard texts are to read, and that no shipped article is too hard."""

from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command

from articles.content_files import read_folder
from articles.reading import grade, measure, names_of, passages, sentences, syllables, too_hard
from tests.factories import article_content

EASY = "You may get cramps in your legs. They can hurt. Ask for help if they are bad."
MIDDLING = "Talk to your doctor or pharmacist first. They can look at the dose or change the medicine."
HARD = (
    "The unintended modulation of voltage-gated calcium channels can destabilise intracellular homeostasis, predisposing "
    "individuals to involuntary nocturnal contractions of the gastrocnemius musculature and related complications."
)


SYLLABLES = {
    1: "cramp cramps take stopped whole the 1,000",
    2: "muscle muscles people doses started",
    3: "medicine ambulance",
}


@pytest.mark.parametrize(
    ("count", "word"), [(count, word) for count, text in SYLLABLES.items() for word in text.split()]
)
def test_syllables(count, word):
    assert syllables(word) == count


def test_numbers_with_points_end_no_sentence():
    assert sentences("About 1.5 in 100. It is rare. That is 1,000.") == [
        "About 1.5 in 100.",
        "It is rare.",
        "That is 1,000.",
    ]


def test_names_of_medicines_do_not_count():
    assert grade("Amitriptyline may help you.", {"amitriptyline"}) < grade("Amitriptyline may help you.")


def test_only_names_of_one_word_are_taken_out():
    drug = {"kind": "drug", "name": "ibuprofen", "names": [{"name": "Advil Pain Relief"}, {"name": "Nurofen"}]}

    assert names_of([drug]) == {"ibuprofen", "nurofen"}


@pytest.mark.parametrize(
    ("text", "textstat"),
    [(EASY, -1.7), (MIDDLING, 1.9), (HARD, 26.8)],
)
def test_grades_are_near_those_of_textstat(text, textstat):
    # textstat 0.7.4, which counts syllables by hyphenation; it is too heavy to install for a check.
    assert grade(text) == pytest.approx(textstat, abs=1.5)


def test_bullets_are_told_from_paragraphs():
    content = article_content(
        sections=[{"key": "a", "heading": "A", "body": "One.\n\n- Two.\n- Three.\n\nFour. [ref:label]"}]
    )

    found = [(text, paragraph) for where, text, paragraph in passages(content) if "sections" in where]

    assert found == [("One.", True), ("Two.", False), ("Three.", False), ("Four.", True)]


def test_headings_and_rows_of_tables_are_no_paragraphs():
    body = "Three.\n\n### How often\nOne.\n\n| Dose | Cramps |\n| --- | --- |\n| 5 mg | two |\n\nTwo. [ref:label]"
    content = article_content(sections=[{"key": "a", "heading": "A", "body": body}])

    found = [(text, paragraph) for where, text, paragraph in passages(content) if "sections" in where]

    assert found == [
        ("Three.", True),
        ("How often", False),
        ("One.", True),
        ("Dose Cramps", False),
        ("5 mg two", False),
        ("Two.", True),
    ]


def test_easy_article_is_let_through():
    assert too_hard(measure([article_content(short_answer=EASY, lead=EASY)])) == []


def test_hard_article_is_refused_with_the_place_and_the_words():
    measured = measure([article_content(short_answer=HARD, lead=HARD, helps=HARD)])

    faults = too_hard(measured)

    assert len(faults) == 5
    assert faults[0].startswith("The middle paragraph has grade ")
    assert "does-testamol-ache, lead" in " ".join(faults)
    assert "sentences are longer than 20 words" in faults[-1]
    assert measured["avoid"] == {"individuals": "person", "nocturnal": "at night"}


def test_shipped_articles_are_easy_enough():
    out = StringIO()

    call_command("check_reading", stdout=out)

    assert "does-amlodipine-cause-leg-cramps: middle paragraph grade" in out.getvalue()
    assert out.getvalue().count("words to avoid: none") >= 2


def test_the_command_fails_for_an_article_that_is_too_hard(tmp_path):
    (tmp_path / "hard.yaml").write_text(yaml.safe_dump(article_content(lead=HARD)))

    with pytest.raises(CommandError, match="A paragraph of does-testamol-ache, lead has grade"):
        call_command("check_reading", str(tmp_path), stdout=StringIO())


def test_other_texts_are_measured_too(settings):
    contents = [content for _, _, content in read_folder(settings.BASE_DIR / "fixtures")]

    assert measure([content for content in contents if content["kind"] == "glossary-term"])["median"] < 8
