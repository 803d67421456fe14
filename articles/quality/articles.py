"""How an article is built: its parts, sections in order, help boxes, tables and questions.

Not here: citations (citations.py), numbers (often.py) and words (wording.py).
"""

import re

from .problem import Problem, shortened, walk, warning

_LIST_ONLY = ("emergency", "today", "soon")
# Anchors that an article's page has itself.
_TAKEN_ANCHORS = {"main", "help", "toc", "sources", "questions", "about", "related", "status", "q"}
_NEEDED = {
    "verdict": "Write the verdict: the first words of the answer.",
    "short_answer": "Write the short answer, with the numbers both ways.",
    "action": "Write the one line that says what to do now.",
}
_FEWEST_KEY_POINTS = 3
_ASKING = (
    "am|are|can|could|did|do|does|had|has|have|how|is|may|might|must|shall|should|was|were|what|when|where|which|who|"
    "whom|whose|why|will|would|wo(?=n)"
)
# 'If my ankles swell, should I stop?', 'I missed a dose. What now?' and 'For how long ...' ask too.
_ASKS = re.compile(
    rf"^(?:(?:about|after|at|by|during|for|from|in|of|on|since|to|under|until|with|and|but|so) )?(?:{_ASKING})(?:n['’]t)?\b"
    rf"|[,.:;–—-] (?:then )?(?:{_ASKING})(?:n['’]t)?\b",
    re.IGNORECASE,
)
_MARKED_HEADING = re.compile(r"^[ ]{0,3}#{1,6}(?P<words>[ \t].*)?$", re.MULTILINE)


def article_problems(content):
    yield from _missing_parts(content)
    yield from _heading_problems(content)
    yield from _section_problems(content)
    yield from _table_problems(content)
    yield from _question_problems(content)


def _missing_parts(content):
    if not content.get("title", "").rstrip().endswith("?"):
        yield warning("The title should be the question that a patient asks, with a question mark.", ("title",))
    for name, sentence in _NEEDED.items():
        if not content.get(name, "").strip():
            yield Problem(sentence, (name,))
    if len(content.get("key_points", [])) < _FEWEST_KEY_POINTS:
        yield warning(f"Readers look for key points first. Write at least {_FEWEST_KEY_POINTS}.", ("key_points",))
    if not content.get("sections"):
        yield Problem("The article has no section. Write at least one.", ("sections",))
    if not content.get("references"):
        yield Problem("The article names no source. Add at least one reference and cite it.", ("references",))
    if not content.get("faqs"):
        yield warning("The article answers no questions that people ask. Add some.", ("faqs",))


def _heading_problems(content):
    """The page shows two levels: a sub-section of a sub-section would not be seen at all."""
    sections = {section["key"]: section for section in content.get("sections", [])}
    seen, headings = set(), {}
    for key, section in sections.items():
        heading, parent = section.get("heading", "").strip(), section.get("parent", "")
        seen.add(key)
        if not heading:
            yield Problem(f"The section '{key}' has no heading. Write one.", ("sections", key, "heading"))
        elif headings.setdefault(heading.casefold(), key) != key:
            yield Problem(
                f"Two sections have the heading '{heading}'. Give each its own, so that readers can tell them apart.",
                ("sections", key, "heading"),
            )
        if not parent:
            continue
        if parent not in sections:
            told = f"stands under '{parent}', which does not exist. Choose the key of another section"
        elif parent == key:
            told = "stands under itself. Choose the key of another section, or none"
        elif sections[parent].get("parent"):
            told = f"stands under '{parent}', which is a sub-section itself. Choose a section of the first level"
        elif parent not in seen:
            told = f"stands before '{parent}', to which it belongs. Move it behind that section"
        else:
            continue
        yield Problem(f"The section '{heading}' {told}.", ("sections", key, "parent"))
    for path, text in walk(content):
        marked = list(_MARKED_HEADING.finditer(text)) if isinstance(text, str) else []
        # Only a section's body is shown with headings of its own; their levels are set in order there (text.long_html).
        if marked and path[-1] != "body":
            yield Problem("A line begins with '#', which readers would see. Make it a section with a heading.", path)
        elif not all((mark["words"] or "").strip(" \t#") for mark in marked):
            yield Problem("A heading in this text has no words. Write them, or take the '#' away.", path)


def _section_problems(content):
    for section in content.get("sections", []):
        body, style, path = section.get("body", ""), section.get("style"), ("sections", section["key"], "body")
        lines = [line for line in body.splitlines() if line.strip()]
        if style in _LIST_ONLY and not all(line.startswith(("- ", "  ")) for line in lines):
            yield Problem(
                f"The help box '{section.get('heading', '')}' may hold a list only. Begin each line with '- ', or move the text.",
                path,
            )
        if style == "emergency" and "](" in body:
            yield Problem("The emergency box may hold no links. Keep the words and take the links out.", path)


def _table_problems(content):
    sections = {section["key"] for section in content.get("sections", [])}
    for name in ("claims", "tables"):
        for row in content.get(name, []):
            if row.get("section") not in sections:
                yield Problem(
                    f"The row '{row['key']}' of {name} stands in '{row.get('section', '')}', which does not exist. "
                    "Choose the key of a section.",
                    (name, row["key"], "section"),
                )
    for table in content.get("tables", []):
        columns = {column["key"] for column in table.get("columns", [])}
        for row in table.get("rows", []):
            for cell in row.get("cells", []):
                if cell["key"] not in columns:
                    yield Problem(
                        f"The table '{table.get('caption', '')}' has a cell for a column '{cell['key']}' that it lacks. "
                        "Add the column, or delete the cell.",
                        ("tables", table["key"], "rows", row["key"], "cells", cell["key"], "text"),
                    )


def _question_problems(content):
    for faq in content.get("faqs", []):
        key, question = faq["key"], faq.get("question", "").strip()
        # Links to questions are passed on, so their anchors stay as they are; sections give way (presenters/articles.py).
        if key in _TAKEN_ANCHORS or key.startswith("ref-"):
            yield Problem(
                f"The key '{key}' of a question is used by the page itself; choose another.", ("faqs", key, "key")
            )
        if not question.endswith("?"):
            told = "does not end with a question mark. Write it as a question that people ask"
        elif not _ASKS.search(question):
            told = "does not begin like a question. Begin with a word such as 'Can', 'How', 'What' or 'Should'"
        else:
            continue
        yield Problem(f"'{shortened(question)}' {told}.", ("faqs", key, "question"))
