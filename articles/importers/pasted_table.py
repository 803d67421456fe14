"""A comparison table in a pasted text, cut into columns, rows and cells; the cuts are certain only where something parts them.

Many sites lose the borders when a table is copied: 'Class Tricyclic Antidepressant Anticonvulsant' was three cells. Such
rows are cut by guess and counted, so that an editor compares each with the original.
"""

import re
from dataclasses import dataclass

_CORNER = {"feature", "features", "aspect", "characteristic", "category"}
_USUAL_LABELS = {
    tuple(label.split())
    for label in (
        "drug class;class;mechanism;mechanism of action;how it works;common side effects;serious side effects;side effects;"
        "dosage;typical dosage;usual dosage;dose;usual dose;starting dose;use;uses;primary use;common uses;main use;onset;"
        "onset of action;half-life;duration;effectiveness;availability;cost;brand names;interactions;precautions;warnings"
    ).split(";")
}
# A capital behind one of these is a name inside a cell, not its beginning.
_LINKING = set("a an the and or of to in on for with from by as like than versus vs may can not no".split())
_PARTED = {"|": r"\|", "\t": r"\t", "  ": r"\s{2,}"}
_MOST_HEADING, _MOST_LABEL_WORDS = 60, 5
_MOST_GUESSED_ROWS = 50  # no table of this kind is longer, and a text made to be slow ends there


@dataclass(frozen=True)
class Table:
    """`columns`: [(heading, slug of a medicine or '')]; `rows`: [(label or '', [text of each cell])]; `corner`: its first cell.

    `guessed`: rows cut by guess; `doubtful`: the labels of those with more places to cut than cells; `uncut`: rows whose
    whole text stands in the first cell.
    """

    corner: str
    columns: list
    rows: list
    guessed: int = 0
    doubtful: tuple = ()
    uncut: int = 0


def table_at(lines, place, medicines, *, ends_here):
    """The table that begins with this line and the place behind it, or None. `ends_here`: no row looks like this line."""
    if ends_here(lines[place]):
        return None
    return _parted_table(lines, place, medicines, ends_here) or _run_together_table(lines, place, medicines, ends_here)


# Cells parted by bars, tabs or wide spaces


def _parted_table(lines, place, medicines, ends_here):
    for mark, pattern in _PARTED.items():
        head = _cells(lines[place], mark, pattern)
        # Two cells of wide spaces may be a line that somebody set apart; bars and tabs stand between cells alone.
        least = 2 if head and (mark != "  " or head[0].casefold() in _CORNER) else 3
        if len(head) < least or any(len(cell) > _MOST_HEADING or cell.endswith(".") for cell in head):
            continue
        end = place + 1
        while end < len(lines) and not ends_here(lines[end]) and len(_cells(lines[end], mark, pattern)) > 1:
            end += 1
        if end - place > 1:
            rows = [_parted_row(_cells(line, mark, pattern), len(head), mark) for line in lines[place + 1 : end]]
            columns = [(heading, medicines.get(heading.casefold(), "")) for heading in head[1:]]
            return Table(head[0], columns, [row for row, _ in rows], uncut=sum(uncut for _, uncut in rows)), end
    return None


def _cells(line, mark, pattern):
    raw = line.raw.rstrip("\n ") if mark == "\t" else line.raw.strip()
    if mark == "|":
        raw = raw.strip("|")
    return [" ".join(cell.split()) for cell in re.split(pattern, raw)] if mark in raw else []


def _parted_row(cells, width, mark):
    """((label, texts), whether it could not be cut). A gap of spaces does not tell which cell is the empty one."""
    label, *texts = cells
    if len(label) > _MOST_HEADING:
        label, texts = "", [label, *texts]
    if len(texts) == width - 1 or (len(texts) < width and mark != "  " and label):
        return (label, texts + [""] * (width - 1 - len(texts))), False
    return (label, [" ".join(texts)] + [""] * (width - 2)), True


# Cells run together by single spaces


def _run_together_table(lines, place, medicines, ends_here):
    corner, _, rest = lines[place].text.partition(" ")
    columns = _columns(rest, medicines) if corner.casefold() in _CORNER else []
    if len(columns) < 2:
        return None
    end = place + 1
    spaced = end < len(lines) and lines[end].gap
    names = {word.casefold() for heading, _ in columns for word in heading.split()}
    if not any(_cut(line.text, len(columns), names) for line in lines[place + 1 : place + 4]):
        return None
    is_closed = False
    while end < min(len(lines), place + 1 + _MOST_GUESSED_ROWS) and not ends_here(lines[end]):
        text = lines[end].text
        is_closed = not spaced and lines[end].gap
        if is_closed or _is_prose(text) or (spaced and not _cut(text, len(columns), names)):
            break
        end += 1
    # Without an empty line behind the table, the heading of the next section looks like its last row.
    while not is_closed and end > place + 1 and end < len(lines) and _is_heading_of_next(lines[end - 1].text):
        end -= 1
    cuts = [(_cut(line.text, len(columns), names), line.text) for line in lines[place + 1 : end]]
    if not any(cut for cut, _ in cuts):
        return None
    rows = [cut[:2] if cut else _whole(text, len(columns)) for cut, text in cuts]
    guessed = sum(bool(cut) for cut, _ in cuts)
    doubtful = tuple(cut[0] for cut, _ in cuts if cut and cut[2])
    return Table(corner, columns, rows, guessed=guessed, doubtful=doubtful, uncut=len(rows) - guessed), end


def _columns(text, medicines):
    """[(heading, slug)]: known medicines and words with a capital; [] where any other word stands among them."""
    words, columns = text.split(), []
    while words:
        count = next((n for n in range(min(4, len(words)), 0, -1) if " ".join(words[:n]).casefold() in medicines), 1)
        heading = " ".join(words[:count])
        if not heading[0].isupper() or heading.endswith((".", ",", ":", "?")) or len(heading) > _MOST_HEADING:
            return []
        columns.append((heading, medicines.get(heading.casefold(), "")))
        words = words[count:]
    return columns


def _cut(text, width, names):
    """(label, cells, whether other cuts are as likely) of a row, or None: before the last capitals that may begin a cell."""
    words = text.split()
    label_end = _end_of_usual_label(words)
    starts, depth = [], 0
    for number, word in enumerate(words):
        if number and not depth and _may_begin_cell(word, words[number - 1], names):
            starts.append(number)
        depth = max(0, depth + word.count("(") - word.count(")"))
    behind = [start for start in starts if start > label_end]
    is_doubtful = bool(label_end) and len(behind) >= width
    starts = [label_end, *behind[1 - width :]] if label_end else starts[-width:]
    if len(starts) < width or starts[0] > _MOST_LABEL_WORDS:
        return None
    label = " ".join(words[: starts[0]])
    cells = [" ".join(words[start:end]) for start, end in zip(starts, [*starts[1:], len(words)], strict=True)]
    return (label, cells, is_doubtful) if len(label) <= _MOST_HEADING else None


def _end_of_usual_label(words):
    folded = [word.casefold() for word in words]
    for count in range(3, 0, -1):
        follows = words[count][:1] if len(words) > count else ""
        if tuple(folded[:count]) in _USUAL_LABELS and (follows.isupper() or follows.isdigit()):
            return count
    return 0


def _may_begin_cell(word, before, names):
    bare = word.strip(".,;:()\"'“”")
    is_short_form = len(bare) > 1 and bare.isupper()
    return (
        word[0].isupper()
        and not is_short_form
        and bare.casefold() not in names
        and before.casefold() not in _LINKING
        and not before.endswith((",", "/", "-"))
    )


def _whole(text, width):
    words = text.split()
    end = _end_of_usual_label(words)
    return " ".join(words[:end]), [" ".join(words[end:])] + [""] * (width - 1)


def _is_prose(text):
    return text.endswith(".") and ". " in text


def _is_heading_of_next(text):
    words = text.split()
    return not _end_of_usual_label(words) and all(word[0].isupper() or word in _LINKING for word in words)
