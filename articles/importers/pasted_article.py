"""A whole article pasted as plain text becomes the content of a draft, and a list of what it lacks. No word is lost.

What fits nowhere stands in a last section, which quality.py holds back until an editor has used or deleted it. Nothing is
made up: a text that every article needs and this one lacks is written as MISSING, and the gate refuses that too.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace

from django.utils.text import slugify

from ..models.documents import new_key
from ..quality import LEFT_OVER, MISSING
from .pasted_gaps import Why, left_over_section, missing_sentences
from .pasted_lines import CLOSING, blocks_of, ends_a_sentence, is_furniture, lines_of, special_place
from .pasted_title import named_in, shortened, title_and_subtitle

MOST_CHARACTERS = 200_000
MOST_ROWS, MOST_COLUMNS = 200, 20  # what the editors' pages can still hold
_TITLE, _SUBTITLE, _VERDICT, _QUESTION, _LABEL = 65, 150, 150, 150, 80
_MOST_TITLE_LINE = 215
_LABELLED = re.compile(r"([^:.!?]{2,80}):\s+(\S.*)")
_YES_OR_NO = re.compile(r"yes\b|no[,.;:!–—]", re.IGNORECASE)
# A point behind a short form ('approx. 5 in 100') ends no sentence.
_FIRST_SENTENCE = re.compile(r"(.+?[.!?])(?:\s+(?=[A-ZÀ-Þ\"'“‘(])(.*))?", re.DOTALL)
_QUESTION_WORDS = set(
    "can could do does did is are was will would should may how what when where which who why".split()
)
_KIND_OF_EFFECTS = re.compile(r"(common|serious|mild|rare|severe|less common|more common|very common|other)\b", re.I)
_EFFECTS = re.compile(r"\b(side effects?|adverse|effects|reactions|symptoms|risks)\b", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


class PasteError(ValueError):
    """A sentence that says why no draft can be made of this text."""


@dataclass(frozen=True)
class Pasted:
    """`content`: an article's content dict; `missing`: sentences; `leftovers`: {why it was left out: [line]}."""

    content: dict
    missing: list
    leftovers: dict


def read(text, *, medicines=None, effects=None):
    """The draft that a pasted text makes. `medicines`, `effects`: {name as in a title: slug}."""
    if len(text) > MOST_CHARACTERS:
        raise PasteError(f"This is longer than {MOST_CHARACTERS:,} characters. Paste one article at a time.")
    lines = lines_of(text)
    if not lines:
        raise PasteError("Paste the text of an article first.")
    reader = _Reader(_folded(medicines or {}), _folded(effects or {}))
    lines = reader.take_title(lines)
    blocks = list(blocks_of(lines, reader.medicines))
    ahead = Counter(block.text.casefold() for block in blocks)
    for block in blocks:
        ahead[block.text.casefold()] -= 1
        reader.take(block, comes_again=ahead[block.text.casefold()] > 0)
    return reader.finished()


def _folded(names):
    return {" ".join(name.casefold().split()): slug for name, slug in names.items()}


class _Reader:
    def __init__(self, medicines, effects):
        self.medicines, self.effects = medicines, effects
        self.head, self.place = {}, "lead"
        self.texts = {"lead": [], "summary": []}
        self.key_points, self.sections, self.tables, self.faqs = [], [], [], []
        self.leftovers, self.counts, self.seen = {}, Counter(), set()
        self.unsure, self.placed, self.doubtful, self.copied = [], [], [], ""

    def leave(self, why, *lines):
        self.leftovers.setdefault(why, []).extend(line for line in lines if line)

    # The title

    def take_title(self, lines):
        """Fill the head of the article from its first lines; returns the lines behind them."""
        while lines and is_furniture(lines[0]):
            self.leave(Why.FURNITURE, lines[0].text)
            lines = lines[1:]
        first = lines[0] if lines else None
        is_title = first and not first.mark and len(first.text) <= _MOST_TITLE_LINE and not special_place(first)
        if not is_title or first.text.endswith("."):
            self.head["title"] = f"{MISSING}: the question as a patient asks it]"
            return lines
        title, subtitle = title_and_subtitle(first.text)
        head, rest = shortened(title, _TITLE)
        self.counts["long title"] = bool(rest)
        self.head["title"] = head or f"{MISSING}: the question as a patient asks it]"
        self.head["subtitle"], rest = shortened(f"{rest} {subtitle}".strip(), _SUBTITLE)
        self.leave(Why.TOO_LONG, rest)
        self.head["drugs"] = named_in(first.text, self.medicines)
        self.head["effects"] = named_in(first.text, self.effects)
        return lines[1:]

    # Blocks, each by the part of the article that it stands in

    def take(self, block, *, comes_again):
        """`comes_again`: a later block has the same text, as the headings in a list of contents have."""
        if block.kind == "furniture":
            return self.leave(Why.FURNITURE, block.text)
        if block.kind == "special" and block.place == "summary" and self.sections:
            block = replace(block, kind="heading")
        if block.kind == "special":
            self.leave(Why.HEADINGS, block.text)
            self.place = block.place
            self.seen.add(block.place)
            return None
        if block.kind == "heading" and block.text.casefold() in CLOSING:
            return self.open_section(block)
        if self.place == "contents":
            # A table is more than its head row, which may well come again.
            if block.kind == "list" or (comes_again and block.kind != "table"):
                return self.leave(Why.CONTENTS, *block.text.split("\n"))
            self.place = "sections"
        if self.place == "references":
            return self.take_references(block)
        if self.place == "disclaimer":
            return self.leave(Why.DISCLAIMER, *_plain_lines(block))
        if self.place == "faqs" and block.kind != "table":
            return self.take_faq(block)
        if block.kind == "heading":
            return self.open_section(block)
        if self.place == "key_points" and self.take_key_points(block):
            return None
        return self.take_text(block)

    def take_text(self, block):
        if block.kind == "table":
            return self.take_table(block.table)
        if self.place in self.texts:
            return self.texts[self.place].append(_markdown(block))
        if self.place != "sections" or not self.sections:
            self.add_section(f"{MISSING} heading]")
        self.sections[-1]["texts"].append(_markdown(block))
        return None

    def take_key_points(self, block):
        """Whether the block is part of the key points; a paragraph without a label behind the list is none."""
        items = block.items if block.kind == "list" else [block]
        if block.kind == "table" or (block.kind == "paragraph" and self.key_points and not _labelled(block.text)):
            return False
        for item in items:
            number = f"{item.mark} " if block.items and item.mark != "-" else ""
            label, text = _labelled(item.text) or ("", item.text)
            self.counts["no label"] += not label
            words = (f"{number}{label}", text) if label else (f"{MISSING} label]", f"{number}{text}")
            self.key_points.append(dict(zip(("label", "text"), words, strict=True)))
        return True

    def open_section(self, block):
        parent = self._parent_of(block)
        is_top_for_sure = not self.sections or block.text.casefold() in CLOSING
        if parent and not block.level:
            self.placed.append(f"'{block.text}' under '{parent['heading']}'")
        elif not block.level and not is_top_for_sure:
            self.unsure.append(block.text)
        self.add_section(block.text, level=block.level, parent=parent)

    def _parent_of(self, block):
        """The section that a heading surely or very likely stands under, or None. Pages have two levels of headings."""
        top = next((section for section in reversed(self.sections) if not section.get("parent")), None)
        if top is None or block.text.casefold() in CLOSING:
            return None
        if block.level:
            return top if 0 < top["level"] < block.level else None
        is_kind_of_effects = _KIND_OF_EFFECTS.match(block.text) and _EFFECTS.search(block.text)
        if is_kind_of_effects and _EFFECTS.search(top["heading"]):
            return top
        # 'Lifestyle Changes for Relief' below a heading with one paragraph, which speaks of lifestyle changes.
        first_two = block.text.casefold().split()[:2]
        is_announced = len(first_two) == 2 and all(len(word) > 3 and word not in self.medicines for word in first_two)
        announced_in = top["texts"][0].casefold() if top is self.sections[-1] and len(top["texts"]) == 1 else ""
        return top if is_announced and " ".join(first_two) in announced_in else None

    def add_section(self, heading, *, level=0, parent=None):
        self.refuse_if_too_much()
        key = new_key(heading.strip("[]"), {section["key"] for section in self.sections} | {LEFT_OVER})
        section = {"key": key, "heading": heading, "level": level, "texts": []}
        self.sections.append(section | ({"parent": parent["key"]} if parent else {}))
        self.place = "sections"

    def take_table(self, table):
        if self.place != "sections" or not self.sections:
            self.add_section(f"{MISSING} heading]")
        self.refuse_if_too_much(table)
        columns, rows = [], []
        for heading, slug in table.columns:
            key = new_key(heading, {column["key"] for column in columns})
            column = {"key": key, "heading": heading or f"{MISSING} heading]"}
            columns.append(column | ({"drug": slug} if slug else {}))
        for label, texts in table.rows:
            cells = [{"key": column["key"], "text": text} for column, text in zip(columns, texts, strict=True) if text]
            key = new_key(label, {row["key"] for row in rows})
            rows.append({"key": key, "heading": label or f"{MISSING} label]", "cells": cells})
        section = self.sections[-1]
        key = new_key(section["heading"].strip("[]"), {other["key"] for other in self.tables})
        table_row = {"key": key, "section": section["key"], "caption": section["heading"]}
        self.tables.append(table_row | {"columns": columns, "rows": rows})
        self.leave(Why.HEADINGS, table.corner)
        self.counts["guessed rows"] += table.guessed
        self.doubtful += table.doubtful
        self.counts["uncut rows"] += table.uncut

    def take_faq(self, block):
        last = self.faqs[-1] if self.faqs else {"question": "", "answers": []}
        is_list_of_answer = last["question"] and not any(_is_question(item.whole) for item in block.items)
        if block.kind == "list" and not is_list_of_answer:
            for item in block.items:
                self.take_faq_text(item.whole)
        elif block.kind == "heading" and not _is_question(block.text) and (last["answers"] or not last["question"]):
            self.open_section(block)
        else:
            self.take_faq_text(_markdown(block))

    def take_faq_text(self, text):
        if _is_question(text):
            self.faqs.append({"question": text, "answers": []})
        elif self.faqs and self.faqs[-1]["question"]:
            self.faqs[-1]["answers"].append(text)
        else:
            self.faqs.append({"question": "", "answers": [text]})

    def take_references(self, block):
        lines = _plain_lines(block)
        for line in lines:
            self.counts["references" if _LETTER.search(line) else "untitled references"] += 1
        self.leave(Why.REFERENCES, *lines)

    # The whole

    def finished(self):
        self.refuse_if_too_much()
        answer = self.answer()
        slug = slugify(self.head["title"]) if not self.head["title"].startswith(MISSING) else ""
        content = {"kind": "article", "slug": new_key(slug or "pasted article", set())}
        content |= self.head | answer | {"lead": "\n\n".join(self.texts["lead"])}
        content["key_points"] = _keyed(self.key_points, "label")
        content["sections"] = [
            {name: value for name, value in section.items() if name not in ("level", "texts")}
            | {"body": "\n\n".join(section["texts"])}
            for section in self.sections
        ]
        content["tables"] = self.tables
        content["faqs"] = self.finished_faqs()
        missing = missing_sentences(self, content)
        content["sections"].append(left_over_section(missing, self.leftovers))
        return Pasted({name: value for name, value in content.items() if value}, missing, self.leftovers)

    def refuse_if_too_much(self, table=None):
        rows = len(self.sections) + len(self.faqs) + len(self.key_points) + sum(len(t["rows"]) for t in self.tables)
        columns = len(table.columns) if table else 0
        if rows + (len(table.rows) if table else 0) > MOST_ROWS or columns > MOST_COLUMNS:
            raise PasteError(
                f"This seems to be more than one article: it has more than {MOST_ROWS} headings, questions and table "
                f"rows, or a table with more than {MOST_COLUMNS} columns. Paste one article at a time."
            )

    def answer(self):
        """The lines of the answer: from the summary, or a copy of the first paragraph that begins with yes or no."""
        short_answer, verdict = "\n\n".join(self.texts["summary"]), ""
        if not short_answer:
            # Further down a 'yes' answers another question than the title's.
            bodies = [self.texts["lead"], *(section["texts"] for section in self.sections[:1])]
            found = (text for body in bodies for text in body if _YES_OR_NO.match(text))
            self.copied = short_answer = next(found, "")
        first = _FIRST_SENTENCE.fullmatch(short_answer) if _YES_OR_NO.match(short_answer) else None
        if first and len(first[1]) <= _VERDICT:
            verdict, short_answer = first[1], first[2] or ""
        return {
            "verdict": verdict or f"{MISSING}: the first words of the answer]",
            "short_answer": short_answer or f"{MISSING}: the answer, with the numbers both ways]",
            "action": f"{MISSING}: what to do now, in one line]",
        }

    def finished_faqs(self):
        faqs = []
        for number, faq in enumerate(self.faqs, start=1):
            answer = "\n\n".join(faq["answers"])
            question = faq["question"]
            if not question:
                start = shortened(answer.split("\n")[0], 60)[0]
                question = f"{MISSING} question] {start}…"
            # Anchors of one word ('help') may be the page's own.
            words = question if faq["question"] and len(question.split()) > 2 else f"question {number}"
            faqs.append({"key": words, "question": question, "answer": answer or f"{MISSING} answer]"})
            self.counts["no question"] += not faq["question"]
            self.counts["no answer"] += not answer
            self.counts["long answer"] += len(faq["answers"]) > 1
        return _keyed(faqs, "key")


# Small pieces


def _labelled(text):
    """(label, text) of 'Label: text', or None."""
    found = _LABELLED.fullmatch(text)
    return (found[1].strip(), found[2]) if found and len(found[1].split()) <= 9 and len(found[1]) < _LABEL - 6 else None


def _markdown(block):
    if block.kind != "list":
        return block.text
    return "\n".join(f"{item.mark} {_bold_label(item.text)}" for item in block.items)


def _bold_label(text):
    found = _labelled(text)
    return f"**{found[0]}:** {found[1]}" if found and "*" not in found[0] else text


def _plain_lines(block):
    if block.kind != "table":
        return block.text.split("\n")
    table = block.table
    heads = [table.corner, *(heading for heading, _ in table.columns)]
    return [" | ".join(filter(None, row)) for row in (heads, *([label, *texts] for label, texts in table.rows))]


def _is_question(text):
    if "\n" in text or len(text) > _QUESTION or ". " in text.lstrip("0123456789. "):
        return False
    first = text.split()[0].casefold() if text.split() else ""
    return text.endswith("?") or (first in _QUESTION_WORDS and not ends_a_sentence(text) and len(text) <= 100)


def _keyed(rows, name):
    """The rows, each with a key made from one of its texts."""
    result, taken = [], set()
    for row in rows:
        key = new_key(row[name].strip("[]"), taken)
        taken.add(key)
        result.append({"key": key} | {field: value for field, value in row.items() if field != "key"})
    return result
