"""What differs between two content dicts, where it stands, and in which words. No queries.

For the history, the page of conflicts and the reviewer. Not here: who is right (conflicts.py), and HTML.
"""

import re
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import Any, NamedTuple

from django.db import models
from django.utils.text import Truncator

from .models import DrugEffect, FaqItem, Finding, NotFound, RelatedDrug, TableCell, WarningSign
from .shapes import MODELS, ORDER, field_names, in_one_order

# What editors call groups of rows whose name in the content dict says it less well.
_GROUPS = {
    DrugEffect: "side effects",
    FaqItem: "questions",
    Finding: "figures",
    NotFound: "things we could not find",
    RelatedDrug: "related medicines",
    WarningSign: "warning signs",
}
# By which field an editor knows a row again: the first of these that it has.
_NAMED_BY = "heading question label caption name use claim often_said text source effect drug".split()
_LONGEST_NAME = 60

# A number with its decimals and a citation are one word each: '10.8' to '1.8' is not "the 0 went".
_WORD = re.compile(r"\[ref:[a-z0-9-]+\]|\d+(?:[.,]\d+)*|\w+|\s+|[^\w\s]")
# Coarser parts for texts too long to be matched word by word: paragraphs, then sentences.
_COARSER = (re.compile(r"[^\n]*\n+|[^\n]+"), re.compile(r".+?(?:[.!?:;]\s+|\Z)", re.DOTALL))
# Matching takes time by the number of pairs: this many are some hundredths of a second.
_MOST_PAIRS = 300_000


class Difference(NamedTuple):
    """Values, lists of slugs, whole rows (None: not there), or lists of keys if the path ends in ORDER."""

    path: tuple
    before: Any
    after: Any


def differences(before, after):
    """Every Difference in the order of the page; `before` may be None, then everything is new."""
    return list(_fields(MODELS[after["kind"]], (), before or {}, after))


def _fields(model, path, before, after):
    for name in field_names(model):
        field, here = model._meta.get_field(name), (*path, name)
        if field.one_to_many:
            yield from _rows(field.related_model, here, before.get(name, []), after.get(name, []))
        elif before.get(name) != after.get(name):
            absent = [] if field.many_to_many else None
            yield Difference(here, before.get(name, absent), after.get(name, absent))


def _rows(model, path, before, after):
    before, after = ({row["key"]: row for row in rows} for rows in (before, after))
    # The place of a cell is its column's, so that one move of a column is one difference.
    if model is not TableCell and [key for key in before if key in after] != [key for key in after if key in before]:
        yield Difference((*path, ORDER), list(before), list(after))
    for key in in_one_order(list(after), list(before)):
        here = (*path, key)
        if key in before and key in after:
            yield from _fields(model, here, before[key], after[key])
        else:
            yield Difference(here, before.get(key), after.get(key))


# Where it stands


def label(path, *contents):
    """The place in words: 'Sections › How it works › body'. A row is named as in the first content that has it."""
    names = []
    for field, key, rows in _steps(path, contents):
        names.append(_field_name(field))
        if key is not None:
            named = (_row_name(field.related_model, row) for row in rows if row["key"] == key)
            names.append(next(named, "order" if key == ORDER else key))
    words = " › ".join(names)
    return words[:1].upper() + words[1:]


def _steps(path, contents):
    """(field, key or None, all rows beside it) from the document down to the end of the path."""
    rows = [content for content in contents if content]
    model = MODELS[rows[0]["kind"]]
    for name, key in zip_longest(path[::2], path[1::2]):
        field = model._meta.get_field(name)
        beside = [row for parent in rows for row in parent.get(name, [])] if field.one_to_many else []
        yield field, key, beside
        model, rows = field.related_model, [row for row in beside if row["key"] == key]


def _field_name(field):
    if field.one_to_many:
        return _GROUPS.get(field.related_model, field.name.replace("_", " "))
    return str(field.verbose_name)


def _row_name(model, row):
    """What an editor recognises it by. A cell's key is its column, which says more than the beginning of its text."""
    names = [] if model is TableCell else [row[name] for name in _NAMED_BY if row.get(name)]
    return Truncator(" ".join((names or [row["key"]])[0].split())).chars(_LONGEST_NAME)


# What it says


def shown(value, path, *contents):
    """A value of a Difference or Conflict at that path as plain text; the contents say which kind of document it is."""
    *_, (field, _, rows) = _steps(path, contents)
    if isinstance(value, dict):
        return "\n".join([f"key: {value['key']}", *_lines(field.related_model, value)])
    if isinstance(value, list):
        names = {row["key"]: _row_name(field.related_model, row) for row in reversed(rows)}
        return ", ".join(names.get(item, item) for item in value)
    return _plain(field, value)


def _lines(model, row, before=""):
    """'name: value' of every field of a row; fields of rows below it begin with the way to them."""
    for name in [name for name in model.CONTENT if name in row]:
        field, value = model._meta.get_field(name), row[name]
        called = before + _field_name(field)
        if field.one_to_many:
            for part in value:
                child = field.related_model
                yield from _lines(child, part, f"{called} › {_row_name(child, part)} › ")
        else:
            yield f"{called}: {', '.join(value) if isinstance(value, list) else _plain(field, value)}"


def _plain(field, value):
    if isinstance(field, models.BooleanField):
        return "yes" if value else "no"
    if value is None:
        return ""
    return str(dict(field.flatchoices or ()).get(value, value))


# In which words


def words(before, after):
    """[(mark, text)], mark being 'same', 'gone' or 'new': 'same' and 'gone' make up `before`, 'same' and 'new' `after`."""
    return list(_in_runs(list(_matched(before, after, _COARSER))))


def _matched(before, after, coarser):
    one, other = _WORD.findall(before), _WORD.findall(after)
    start = _common(one, other)
    end = _common(one[start:][::-1], other[start:][::-1])
    middle, other_middle = one[start : len(one) - end], other[start : len(other) - end]
    yield "same", "".join(one[:start])
    if len(middle) * len(other_middle) <= _MOST_PAIRS:
        for equal, old, new in _opcodes(middle, other_middle):
            yield from _marks(equal, "".join(old), "".join(new))
    else:
        yield from _by_parts("".join(middle), "".join(other_middle), coarser)
    yield "same", "".join(one[len(one) - end :])


def _by_parts(before, after, coarser):
    """Match paragraphs, or sentences, and only what is left of them word by word."""
    if not coarser:
        yield from _marks(False, before, after)
        return
    one, other = coarser[0].findall(before), coarser[0].findall(after)
    if len(one) * len(other) > _MOST_PAIRS:
        yield from _by_parts(before, after, coarser[1:])
        return
    for equal, old, new in _opcodes(one, other):
        pairs = zip(old, new, strict=True) if len(old) == len(new) else [("".join(old), "".join(new))]
        for old_part, new_part in pairs:
            if equal:
                yield "same", old_part
            else:
                yield from _matched(old_part, new_part, coarser[1:])


def _opcodes(one, other):
    """(are they equal, parts of one, parts of other), in order."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        yield tag == "equal", one[start:end], other[other_start:other_end]


def _marks(equal, before, after):
    return [("same", before)] if equal else [("gone", before), ("new", after)]


def _common(one, other):
    """How many parts at the start are the same."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _in_runs(marks):
    """One 'gone' and one 'new' for neighbouring changes: a space between two changed words is changed with them."""
    marks = [(mark, text) for mark, text in marks if text]
    changed = [mark != "same" for mark, _ in marks]
    for place in range(1, len(marks) - 1):
        if not marks[place][1].strip(" ") and marks[place][0] == "same":
            changed[place] = changed[place - 1] and changed[place + 1]
    for is_changed, run in groupby(zip(changed, marks, strict=True), key=lambda pair: pair[0]):
        run = [marked for _, marked in run]
        gone = "".join(text for mark, text in run if mark != "new")
        new = "".join(text for mark, text in run if mark != "gone")
        yield from [part for part in _marks(not is_changed, gone, new) if part[1]]
