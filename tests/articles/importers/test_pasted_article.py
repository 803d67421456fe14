import re
from collections import Counter
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.content import restore, snapshot
from articles.importers.pasted_article import MOST_CHARACTERS, PasteError, read
from articles.models import Article
from articles.quality import LEFT_OVER, MISSING, problems
from articles.shapes import canonical

PASTED = Path(__file__).parent / "pasted"
FULL, PLAIN = ((PASTED / name).read_text() for name in ("full.txt", "plain.txt"))
MEDICINES = {"testamol": "testamol", "placebon": "placebon"}
EFFECTS = {"toe ache": "test-ache", "ache": "other-ache"}


def pasted(text):
    return read(text, medicines=MEDICINES, effects=EFFECTS)


def outline(content):
    return [(section["heading"], section.get("parent", "")) for section in content["sections"]]


def body(content, heading):
    return next(section["body"] for section in content["sections"] if section["heading"] == heading)


def words(value):
    """How often each word stands in a text, or in the texts of a content dict."""
    if isinstance(value, dict):
        texts = [text for name, text in value.items() if name not in ("key", "slug", "kind", "section", "parent")]
        return sum(map(words, texts), Counter())
    if isinstance(value, list):
        return sum(map(words, value), Counter())
    return Counter(re.findall(r"[^\W_]+", re.sub("[\xad\u200b\ufeff\u202e]", "", value)))


def lost(text):
    return words(text) - words(canonical(pasted(text).content))


# A text with everything


def test_title_is_cut_behind_its_question_and_names_what_it_is_about():
    content = pasted(FULL).content

    assert content["title"] == "Can Testamol Hurt Your Toes?"
    assert content["subtitle"] == "What It Does and How to Cope"
    assert content["slug"] == "can-testamol-hurt-your-toes"
    assert content["drugs"] == ["testamol"]


def test_lead_summary_and_key_points_go_to_their_fields():
    content = pasted(FULL).content

    assert content["lead"].startswith("About 3 in 100 people")
    assert content["short_answer"] == "Testamol calms hiccups, but it can also make toes ache, tingle or curl."
    assert content["key_points"][1] == {
        "key": "toe-ache-ta",
        "label": "Toe Ache (TA)",
        "text": "Most toe aches are mild.",
    }
    assert len(content["key_points"]) == 3


def test_headings_become_sections_in_their_order_and_kinds_of_effects_stand_under_the_effects():
    assert outline(pasted(FULL).content) == [
        ("What Testamol Is", ""),
        ("Unwanted Toe-Related Side Effects of Testamol", ""),
        ("Common and Serious Side Effects", "unwanted-toe-related-side-effects-of-testamol"),
        ("Comparison of Hiccup Tablets", ""),
        ("Managing Toe Trouble", ""),
        ("Conclusion", ""),
        ("Left over from the pasted text", ""),
    ]


def test_lists_stay_lists_with_bold_labels():
    content = pasted(FULL).content

    assert "\n\n- **Curled Toes:** These can be a sign of too little salt.\n- **Numb" in body(
        content, "Common and Serious Side Effects"
    )
    assert "\n\n1. **Ask Your Doctor:** Get help at once" in body(content, "Managing Toe Trouble")


def test_table_whose_cells_ran_together_is_cut_where_that_is_likely_and_kept_whole_where_not():
    result = pasted(FULL)
    (table,) = result.content["tables"]
    cells = {row["heading"]: [cell["text"] for cell in row["cells"]] for row in table["rows"]}

    assert table["section"] == "comparison-of-hiccup-tablets"
    assert [(column["heading"], column.get("drug")) for column in table["columns"]] == [
        ("Testamol", "testamol"),
        ("Placebon", "placebon"),
        ("Fictil", None),
    ]
    assert cells == {
        "Drug Class": ["Calming Tablet (TST)", "Sweetener", "Sweetener"],
        "Mechanism": ["Calms the midriff", "Unclear, tastes of nothing", "Similar to Testamol, but slower"],
        "Specific Toe Effects": ["Aches; may tickle or curl", "Can tickle (toes)", "Can itch, burn (soles)"],
        f"{MISSING} label]": ["Price high low none"],
    }
    assert (
        "The cells of 3 table rows were cut by guess, into the columns Testamol, Placebon, Fictil: "
        "compare them with the text you pasted. Begin with: Drug Class." in result.missing
    )
    assert "1 table row could not be cut: the whole text stands in the first cell." in result.missing


def test_answers_without_questions_are_kept_and_counted():
    result = pasted(FULL)

    assert "3 answers have no question." in result.missing
    assert [faq["key"] for faq in result.content["faqs"]] == ["question-1", "question-2", "question-3"]
    assert result.content["faqs"][2]["question"].startswith(f"{MISSING} question] No, testamol is not")


def test_references_are_counted_by_whether_anything_can_be_made_of_them():
    result = pasted(FULL)

    assert "2 references have no title." in result.missing
    assert any(sentence.startswith("1 reference has to be chosen from the sources") for sentence in result.missing)
    assert result.leftovers["References"] == ["1. 1", "2. 2", "3. A Study of Toes, Journal of Inventions, 2020"]


def test_line_about_the_author_is_no_heading():
    result = pasted("Does it ache?\n\nBy Dr. Jane Doe | Updated 3 May 2025\n\nWhat It Is\n\nA tablet.")

    headings = [section["heading"] for section in result.content["sections"]]
    assert "What It Is" in headings
    assert not any("Jane Doe" in heading for heading in headings)
    assert "By Dr. Jane Doe | Updated 3 May 2025" in result.content["sections"][-1]["body"]


def test_frame_of_the_website_and_the_disclaimer_are_left_over_in_the_last_section():
    result = pasted(FULL)
    left = body(result.content, "Left over from the pasted text")

    assert "- Skip to content; 4 min read" in left
    assert "- This text is for tests only and replaces no advice." in left
    assert "- 3 answers have no question." in left


def test_headings_that_could_belong_under_another_are_named():
    (sentence,) = (sentence for sentence in pasted(FULL).missing if "no level" in sentence)

    assert sentence.startswith("3 headings have no level: Unwanted Toe-Related Side Effects of Testamol; Comparison of")


# A text with little


def test_plain_text_gets_its_answer_from_the_paragraph_that_says_yes_and_keeps_that():
    result = pasted(PLAIN)

    assert result.content["verdict"] == "Yes, toe ache is a documented effect of testamol."
    assert result.content["short_answer"] == "It is still uncommon, as far as anybody has made up."
    assert body(result.content, "The Link Between Testamol and Toe Ache").startswith("Yes, toe ache")
    assert any(sentence.startswith("The answer was copied") for sentence in result.missing)
    assert (result.content["drugs"], result.content["effects"]) == (["testamol"], ["test-ache"])


def test_what_a_plain_text_lacks_is_said():
    assert (
        "The text has no summary, no key points, no comparison table, no questions people ask and no references."
        in pasted(PLAIN).missing
    )


def test_heading_that_the_paragraph_above_speaks_of_stands_under_it():
    assert ("Daily Habits for Comfort", "practical-steps-for-comfort-and-when-to-call-a-doctor") in outline(
        pasted(PLAIN).content
    )


# The same text as different programs copy it


@pytest.mark.parametrize("text", [FULL, PLAIN])
@pytest.mark.parametrize(
    "copied",
    [
        lambda text: re.sub(r"\n\s*\n+", "\n", text),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("  • ", "•\t"),
        lambda text: text.replace("•", "–"),
        lambda text: text.replace("  • ", "•\n"),
        lambda text: re.sub(r"(\d)\. ", r"\1) ", text),
        lambda text: text.replace(" ", "\xa0"),
        lambda text: f"\ufeff{text}\n\n",
    ],
    ids=["no empty lines", "Windows", "tabs", "dashes", "lone bullets", "brackets", "no-break spaces", "mark"],
)
def test_way_of_copying_makes_no_difference(text, copied):
    assert pasted(copied(text)).content == pasted(text).content


def test_lines_broken_by_a_narrow_window_are_joined():
    text = "Does it ache?\n\nThis is a long line of a paragraph that a narrow window has broken in\nTwo, or even\nin three."

    assert pasted(text).content["lead"].endswith("has broken in Two, or even in three.")


def test_heading_directly_below_a_long_line_and_above_a_paragraph_is_no_part_of_either():
    heading = "What Everybody Who Takes Testamol May Want to Know About Their Toes"
    text = f"Does it ache?\nHelp\n- An item that is longer than a narrow window but has no full stop\n{heading}\nIt can ache."

    assert [found for found, _ in outline(pasted(text).content)[:-1]] == ["Help", heading]


def test_short_form_does_not_end_the_first_words_of_the_answer():
    result = pasted("Does it ache?\n\nYes, in approx. 5 in 100 people. Most have no ache.")

    assert result.content["verdict"] == "Yes, in approx. 5 in 100 people."


def test_yes_that_answers_another_question_is_no_answer_to_the_title():
    text = "Does it ache?\n\nWhat It Is\n\nA tablet.\n\nMay I Drink Tea?\n\nYes, you may."

    assert pasted(text).content["verdict"].startswith(MISSING)


def test_hashes_give_headings_their_level():
    content = pasted("# Does it ache?\n## Harm\nIt can.\n### Rare harm\nIt may.\n## Help\nIt does.").content

    assert outline(content)[:3] == [("Harm", ""), ("Rare harm", "harm"), ("Help", "")]


@pytest.mark.parametrize("parts", ["|", "\t", "   "])
def test_table_with_borders_is_cut_there_and_not_by_guess(parts):
    rows = [
        ("Feature", "Testamol", "Fictil"),
        ("Dose", "5 mg, then 10 mg", "20 mg"),
        ("Odd row", "one", "two", "three"),
    ]
    result = pasted("Does it ache?\n\nWhich One Is It?\n\n" + "\n".join(parts.join(row) for row in rows))
    (table,) = result.content["tables"]

    assert [[cell["text"] for cell in row["cells"]] for row in table["rows"]] == [
        ["5 mg, then 10 mg", "20 mg"],
        ["one two three"],
    ]
    assert "1 table row could not be cut: the whole text stands in the first cell." in result.missing
    assert not any("by guess, into" in sentence for sentence in result.missing)


def test_questions_are_paired_with_their_answers():
    text = "Does it ache?\n\nFAQ\n\nDoes it last?\n\nNo, it does not.\n\nIt goes in a week.\n\n"
    result = pasted(text + "Help?\n\nHow long does it take\nOne day.")

    assert result.content["faqs"] == [
        {"key": "does-it-last", "question": "Does it last?", "answer": "No, it does not.\n\nIt goes in a week."},
        {"key": "question-2", "question": "Help?", "answer": f"{MISSING} answer]"},
        {"key": "how-long-does-it-take", "question": "How long does it take", "answer": "One day."},
    ]
    assert "1 question has no answer." in result.missing
    assert any(sentence.startswith("1 answer has several paragraphs") for sentence in result.missing)


def test_list_of_contents_is_left_out_and_its_headings_stay_headings():
    text = "Does it ache?\n\nIn This Article\n\nWhat It Is\nWhat It Does\n\nWhat It Is\n\nA tablet.\n\nWhat It Does\n\nIt aches."
    result = pasted(text)

    assert outline(result.content)[:2] == [("What It Is", ""), ("What It Does", "")]
    assert lost(text) == Counter()


def test_table_under_a_list_of_contents_stays_though_another_has_the_same_head():
    head = "Feature\tAmlodipine\tLisinopril"
    text = (
        f"Does it ache?\n\nOn This Page\n\n- What helps\n\n{head}\nUsual dose\t5 mg\t10 mg\n\nThey are two tablets.\n\n"
        f"{head}\nAnkle swelling\t10 in 100\t1 in 100"
    )

    assert lost(text) == Counter()


def test_list_that_lost_its_bullets_does_not_become_headings():
    text = (
        "Does it ache?\n\nWhat You May Feel\n\nAching\nItching\nBurning\nTickling\n\nMost people feel nothing at all."
    )

    assert [heading for heading, _ in outline(pasted(text).content)[:-1]] == ["What You May Feel"]


def test_same_heading_twice_makes_two_sections():
    text = "Does it ache?\n\nMore Words\n\nThey are here.\n\nMore Words\n\nThey are there."

    assert [section["key"] for section in pasted(text).content["sections"][:2]] == ["more-words", "more-words-2"]


def test_long_title_is_cut_between_words_and_the_rest_is_the_subtitle():
    title = "What everybody who takes testamol for hiccups should know about toes and soles and heels"
    result = pasted(f"{title}\n\nIt is a tablet.")

    assert f"{result.content['title']} {result.content['subtitle']}" == title
    assert len(result.content["title"]) <= 65
    assert any(sentence.startswith("The title was longer") for sentence in result.missing)
    assert any(sentence.startswith("The title is not a question") for sentence in result.missing)


def test_text_without_a_title_says_so():
    result = pasted("Testamol is an invented tablet. It was made up for tests.")

    assert result.content["title"].startswith(MISSING)
    assert result.content["slug"] == "pasted-article"
    assert "The title is missing: the question as a patient asks it." in result.missing


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Paste the text of an article first."),
        (" \n\t\n----\n", "Paste the text of an article first."),
        ("a" * (MOST_CHARACTERS + 1), "This is longer than 200,000 characters. Paste one article at a time."),
        (
            "Q?\nFAQ\n" + "Why is it so?\nNo idea.\n" * 201,
            "This seems to be more than one article: it has more than 200",
        ),
        ("Q?\n" + "Some Heading\n\nA text.\n\n" * 201, "This seems to be more than one article"),
        ("Q?\n" + "a | b | c\n" * 202, "This seems to be more than one article"),
        ("Q?\n" + "Feature | b" * 22 + "\na | b\n", "This seems to be more than one article"),
    ],
)
def test_text_that_makes_no_draft_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(PasteError) as refused:
        pasted(text)

    assert str(refused.value).startswith(sentence)


# No text lost, whatever it is


@pytest.mark.parametrize(
    "text",
    [
        *(FULL, PLAIN, FULL + PLAIN, FULL.lower(), FULL.upper(), FULL.replace("\n\n", "\n")),
        f"{'Testamol and toes ' * 3}? {'All about every toe ' * 8}",
        f"{'x' * 70} and more\n\nText.",
        "Q?\n\nKey Points\n\n7. Rest: it helps.\n8. No label here",
        f"Q?\n\nFeature\tA\tB\n{'a long label ' * 6}\tone\ttwo\nDose\t1\t2\t3",
        "Q?\n\nFAQ\n\n3. Why?\n\n4. So it is.",
        "Q?\n\nReferences\n\n| a | B | C |\n| d | e | f |",
    ],
)
def test_no_word_is_lost(text):
    assert lost(text) == Counter()


def test_nothing_is_added_but_marks_of_what_is_missing():
    result = pasted(FULL)
    content = result.content | {"sections": result.content["sections"][:-1]}
    content["faqs"] = [faq | {"question": ""} for faq in content["faqs"]]

    added = words(content) - words(FULL)

    # 'Comparison of Hiccup Tablets' is the table's caption as well; medicines are named by their slugs.
    texts = "missing the first words of the answer missing what to do now in one line missing label"
    assert not added - words(f"{texts} Comparison of Hiccup Tablets testamol testamol placebon")


LINES = [
    *FULL.split("\n"),
    *PLAIN.split("\n"),
    "# Harm",
    "### Rare Harm",
    "| a | B | c d |",
    "|---|---|---|",
    "a\tb\tc",
]
LINES += [
    "Feature",
    "Feature A B",
    "Feature:",
    "1.",
    "12) x",
    "•",
    "• ",
    "* * *",
    "Q: Why?",
    "A: So.",
    "?",
    "Help?",
    "Yes.",
    "No!",
]
LINES += [
    "x" * 300,
    "Why " + "is it so " * 40 + "?",
    "Label: " * 3,
    "Ab" * 70,
    "[missing",
    "[ref:x] **y** [z](javascript:1)",
]
LINES += [
    "Überdosis für Füße",
    "用量 说明",
    "👣 toes",
    "e\u0301\u200b\xadf",
    "\x00\x1b[31m\x85next\u2028line\u202e",
    "\ud800",
    "  \x0b",
]
SCRAMBLED = st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=40)), max_size=40).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\r\n"]).map(lambda between: between.join(lines))
)


@settings(max_examples=200, deadline=None)
@given(SCRAMBLED)
def test_scrambled_text_loses_no_word_and_fails_only_in_sentences(text):
    try:
        result = pasted(text)
    except PasteError:
        return

    found = words(canonical(result.content))
    wanted = words(re.sub("[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", " ", text))
    assert wanted - found == Counter()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SCRAMBLED)
def test_scrambled_text_fits_the_rows_of_an_article_and_is_never_ready(db, text):
    try:
        content = read(text).content
    except PasteError:
        return

    with transaction.atomic():
        stored = snapshot(restore(content, document=Article()))
        transaction.set_rollback(True)

    assert stored == canonical(content)
    assert "Use or delete the section 'Left over from the pasted text'." in [each.sentence for each in problems(stored)]
    assert LEFT_OVER not in [section["key"] for section in stored["sections"][:-1]]


@pytest.mark.parametrize("mark", ["\t", " | "], ids=["tabs", "bars"])
def test_table_of_two_columns_right_below_its_heading_keeps_its_cells(mark):
    rows = [("Dose", "People with a headache"), ("50 mg", "14 in 100"), ("100 mg", "9 in 100")]
    table = "\n".join(mark.join(row) for row in rows)

    result = pasted(
        f"Does it ache?\n\nWhat It Is\n\nA tablet.\n\nHow common is a headache?\n{table}\n\nTea\n\nYou may."
    )

    (found,) = result.content["tables"]
    assert found["section"] == "how-common-is-a-headache"
    assert [(row["heading"], [cell["text"] for cell in row["cells"]]) for row in found["rows"]] == [
        ("50 mg", ["14 in 100"]),
        ("100 mg", ["9 in 100"]),
    ]
