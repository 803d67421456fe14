"""A pasted text as tidy lines, and lines as blocks: headings, paragraphs, lists, tables, and what only a site's frame says.

Not here: what the blocks mean for an article (pasted_article.py), and how a table is cut into cells (pasted_table.py).
"""

import re
from dataclasses import dataclass

from .pasted_table import table_at

# Headings that stand for a part of the article which is no section.
SPECIAL = {
    "summary": {"quick summary", "summary", "in short", "in brief", "at a glance", "tl;dr"},
    "key_points": {"key points", "key takeaways", "takeaways", "key facts"},
    "contents": {"in this article", "table of contents", "contents", "on this page"},
    "faqs": {"frequently asked questions", "frequently asked questions (faqs)", "faq", "faqs", "common questions"},
    "references": {"references", "sources", "citations", "bibliography"},
    "disclaimer": {"medical disclaimer", "disclaimer"},
}
_SPECIAL = {words: place for place, headings in SPECIAL.items() for words in headings}
CLOSING = {"conclusion", "conclusions", "bottom line", "the bottom line", "final thoughts"}
_FURNITURE = re.compile(
    r"skip to (main )?content|menu|search|home|share|print|advertisement|subscribe|sign in|log in|back to top"
    r"|(about )?\d+[ -]min(ute)?s?( read)?|(medically |last )?(reviewed|updated|published)\b.{0,60}|written by .{1,60}"
    r"|by (dr|prof)\b.{1,90}",
    re.IGNORECASE,
)
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
# What cannot be seen: soft hyphens, zero-width spaces, marks of direction. Joiners stay, they shape letters and emoji.
_INVISIBLE = re.compile("[\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]")
_UNPRINTABLE = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LONE_BULLET = re.compile(r"^[^\S\n]*([•◦▪‣●○■])[^\S\n]*\n\s*(?=\S)", re.MULTILINE)
_RULE = re.compile(r"[-–—_=*•·~\s|:+]*")
_BULLET = re.compile(r"[•◦▪‣·●○■□*+\-–—−]\s+(?=\S)")
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s+(?=\S)")
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_SMALL_WORDS = set("a an and as at but by for from in into is it of on or over per the to vs vs. via with your".split())
_WRAPPED = 60  # characters from which a line without a full stop is taken for one that a narrow window broke
_MOST_HEADING, _MOST_HEADING_WORDS = 100, 14


@dataclass(frozen=True)
class Line:
    """`mark`: '-' or '3.' of a list item; `level`: number of '#' in front of a heading; `gap`: an empty line stands before."""

    text: str
    raw: str
    mark: str = ""
    level: int = 0
    gap: bool = False

    @property
    def whole(self):
        return f"{self.mark} {self.text}" if self.mark[:1].isdigit() else self.text


@dataclass(frozen=True)
class Block:
    """`kind`: furniture, special, heading, paragraph, list (of lines) or table. `text`: all its words, except a table's."""

    kind: str
    text: str
    level: int = 0
    place: str = ""
    items: tuple = ()
    table: object = None


def lines_of(text):
    """The lines that hold anything, without what cannot be seen or stored."""
    text = _INVISIBLE.sub("", _UNPRINTABLE.sub(" ", _LINE_BREAKS.sub("\n", text)))
    lines, gap = [], False
    for raw in _LONE_BULLET.sub(r"\1 ", text).split("\n"):
        words = " ".join(raw.split())
        if _RULE.fullmatch(words):
            gap = True
            continue
        lines.append(_line(words, raw, gap))
        gap = False
    return lines


def _line(words, raw, gap):
    if found := _HASHES.match(words):
        return Line(words[found.end() :], raw, level=len(found[1]), gap=gap)
    if found := _BULLET.match(words):
        return Line(words[found.end() :], raw, mark="-", gap=gap)
    if found := _NUMBER.match(words):
        return Line(words[found.end() :], raw, mark=f"{found[1]}.", gap=gap)
    return Line(words, raw, gap=gap)


def special_place(line):
    """Which part of an article begins with this line; '' for any other line."""
    return "" if line.mark else _SPECIAL.get(line.text.rstrip(" :").casefold(), "")


def is_furniture(line):
    return not line.mark and bool(_FURNITURE.fullmatch(line.text))


def ends_a_sentence(text):
    return text.rstrip("\"'”’)]")[-1:] in tuple(".!?:;…")


def is_title_case(text):
    words = [word.lstrip("\"'“‘(") for word in text.split()]
    return (
        all(word.lower() in _SMALL_WORDS or not word[:1].islower() for word in words[1:]) and not words[0][:1].islower()
    )


def may_be_heading(line):
    """Whether a line looks like a heading by itself; what follows it decides (blocks_of)."""
    text = line.text
    if line.level:
        return len(text) <= _MOST_HEADING
    return (
        not line.mark
        and len(text) <= _MOST_HEADING
        and len(text.split()) <= _MOST_HEADING_WORDS
        and not text[0].islower()
        and any(letter.isalpha() for letter in text)
        and "://" not in text
        and (text.endswith("?") or not ends_a_sentence(text))
        and not text.endswith(",")
    )


def blocks_of(lines, medicines):
    """The blocks of these lines in order. `medicines`: {name: slug}, to know the columns of a table by."""
    place = 0
    while place < len(lines):
        block, place = _block_at(lines, place, medicines)
        yield block


def _block_at(lines, place, medicines):
    line = lines[place]
    if is_furniture(line):
        return Block("furniture", line.text), place + 1
    if special := special_place(line):
        return Block("special", line.text, level=line.level, place=special), place + 1
    if found := table_at(lines, place, medicines, ends_here=_is_no_row):
        table, end = found
        return Block("table", line.text, table=table), end
    if line.mark:
        return _list_at(lines, place)
    if _is_heading(lines, place) or _stands_above_table(lines, place, medicines):
        return Block("heading", line.text, level=line.level), place + 1
    text, end = _with_wrapped(lines, place)
    return Block("paragraph", text), end


def _is_no_row(line):
    return bool(line.mark or line.level or special_place(line) or is_furniture(line))


def _list_at(lines, place):
    start, items = place, []
    while place < len(lines) and lines[place].mark and (lines[place].mark == "-") == (lines[start].mark == "-"):
        first = lines[place]
        text, place = _with_wrapped(lines, place)
        items.append(Line(text, text, mark=first.mark))
    only = items[0]
    # '1. Drink enough' above a paragraph is a heading with a number, no list of one.
    follows_prose = place < len(lines) and not lines[place].mark and not may_be_heading(lines[place])
    is_numbered_heading = only.mark != "-" and is_title_case(only.text) and may_be_heading(Line(only.whole, only.whole))
    if len(items) == 1 and is_numbered_heading and follows_prose:
        return Block("heading", only.whole), place
    return Block("list", "\n".join(item.whole for item in items), items=tuple(items)), place


def _with_wrapped(lines, place):
    """A line with the lines that continue it, where a narrow window or a PDF broke it; and the place behind."""
    text, last = lines[place].text, lines[place]
    place += 1
    while place < len(lines) and _continues(last, lines[place]):
        last = lines[place]
        text, place = f"{text} {last.text}", place + 1
    return text, place


def _continues(line, following):
    if following.gap or _is_no_row(following) or ends_a_sentence(line.text) or "://" in line.text.split()[-1]:
        return False
    is_titled = may_be_heading(following) and is_title_case(following.text) and " " in following.text
    return following.text[0].islower() or (len(line.text) >= _WRAPPED and not is_titled)


def _stands_above_table(lines, place, medicines):
    below = place + 1
    return (
        may_be_heading(lines[place]) and below < len(lines) and table_at(lines, below, medicines, ends_here=_is_no_row)
    )


def _is_heading(lines, place):
    line = lines[place]
    if not may_be_heading(line) or place + 1 == len(lines):
        return False
    if line.level:
        return True
    before, after = lines[max(0, place - 2) : place], lines[place + 1 : place + 3]
    is_first, is_last = not (before and _is_plain_short(before[-1])), not _is_plain_short(after[0])
    titled = is_title_case(line.text) and len(line.text.split()) > 1
    # Three and more short lines in a row are a list that lost its bullets, perhaps with a heading before and behind it.
    if is_last and _continues(line, after[0]) and (not titled or after[0].text[0].islower()):
        return False
    if is_first and is_last:
        return True
    if is_first:
        return titled or (line.gap and is_title_case(line.text) and not all(map(_is_plain_short, after)))
    if is_last:
        return titled or line.gap or not all(map(_is_plain_short, before))
    return False


def _is_plain_short(line):
    return may_be_heading(line) and not line.level and not special_place(line) and not is_furniture(line)
