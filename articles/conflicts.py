"""The three-way merge of two editors' saves of one document. No queries, no forms.

`base` is what the second editor had open, `mine` what they submit, `theirs` what was stored meanwhile. What only one side
changed is taken over; what both changed differently is a Conflict, and the stored text stands until somebody has chosen.
Not here: how a conflict is worded (differences.py) and how the result is stored (workflow.py).
"""

from collections import namedtuple
from dataclasses import dataclass
from typing import Any

from django.db import models

from .models import ArticleReference, Dose, DrugEffect, Finding, HelpLine, Section, TableCell, TableColumn
from .models.documents import free_key, key_validator
from .shapes import MODELS, ORDER, canonical, field_names, in_one_order

# Rows that two editors can both have added and mean the same one: a citation, a section's name in a claim or a cell's
# column points to the key, or the key is the side effect itself. A second row under another key would be pointed to by
# nothing, or could not be stored. All other rows are kept side by side: their keys are made from words or counted (f1, f2).
ONE_ROW_A_KEY = frozenset({ArticleReference, DrugEffect, Section, TableCell, TableColumn})

# Numbers whose meaning hangs on the fields beside them: one source's statement of how often, a dose and its use, a
# telephone number and its country. Half of one editor's and half of the other's would be a statement that nobody made.
ONE_PIECE = frozenset({Dose, Finding, HelpLine})

Merge = namedtuple("Merge", "content conflicts")


@dataclass(frozen=True)
class Conflict:
    """What both sides changed differently: values, whole rows (None: the row is not there), or lists of keys in order."""

    path: tuple
    base: Any
    mine: Any
    theirs: Any
    is_text: bool = False  # own words can take its place

    @property
    def name(self):
        return "/".join(self.path)


def merge(base, mine, theirs, *, choices=None, whole=()):
    """Both sides' changes in one canonical content, and the conflicts that are not settled: there `theirs` stands.

    `choices`: {conflict.name: "mine", "theirs" or ("text", own words)}. `whole`: paths of rows, and () for the document's
    own fields, in which not even different fields may come from both sides, because together they broke a rule.
    """
    merging = _Merging(choices or {}, {tuple(path) for path in whole})
    content = merging.fields(MODELS[theirs["kind"]], (), base or {}, mine, theirs)
    return Merge(canonical({"kind": theirs["kind"]} | content), merging.conflicts)


class _Merging:
    def __init__(self, choices, whole):
        self.choices, self.whole, self.conflicts = choices, whole, []

    def fields(self, model, path, base, mine, theirs):
        fields = [model._meta.get_field(name) for name in field_names(model)]
        plain = [field.name for field in fields if not (field.one_to_many or field.many_to_many)]
        one_piece = self._is_one_piece(model, path) and _differ(plain, base, mine) and _differ(plain, base, theirs)
        result = {}
        for field in fields:
            here, values = (*path, field.name), [side.get(field.name) for side in (base, mine, theirs)]
            if field.one_to_many:
                result[field.name] = self.rows(field.related_model, here, *(rows or [] for rows in values))
            elif field.many_to_many:
                result[field.name] = _merged_set(*(set(slugs or ()) for slugs in values))
            else:
                result[field.name] = self.value(here, *values, one_piece=one_piece, is_text=_is_text(field))
        return result

    def value(self, path, base, mine, theirs, *, one_piece, is_text):
        if mine == theirs or (theirs == base and not one_piece):
            return mine
        if mine == base and not one_piece:
            return theirs
        return self.settled(Conflict(path, base, mine, theirs, is_text))

    def rows(self, model, path, base, mine, theirs):
        base, mine, theirs = ({row["key"]: row for row in rows} for rows in (base, mine, theirs))
        if model not in ONE_ROW_A_KEY:
            mine = _beside(base, mine, theirs)
        keys = self.order(model, (*path, ORDER), list(base), list(mine), list(theirs))
        rows = [self.row(model, (*path, key), base.get(key), mine.get(key), theirs.get(key)) for key in keys]
        return [row for row in rows if row is not None]

    def row(self, model, path, base, mine, theirs):
        if mine == theirs or theirs == base:
            return mine
        if mine == base:
            return theirs
        if mine is None or theirs is None or self._is_one_piece(model, path):
            return self.settled(Conflict(path, base, mine, theirs))
        return {"key": theirs["key"]} | self.fields(model, path, base or {}, mine, theirs)

    def order(self, model, path, base, mine, theirs):
        in_all = set(base) & set(mine) & set(theirs)
        was, here, there = ([key for key in keys if key in in_all] for keys in (base, mine, theirs))
        if here in (was, there):
            leading = theirs
        elif there == was:
            leading = mine
        elif model is TableCell:
            # Its place is its column's: whoever chooses the order of the columns has chosen.
            leading = theirs
        else:
            leading = self.settled(Conflict(path, base, mine, theirs))
        return in_one_order(leading, mine if leading is theirs else theirs)

    def settled(self, conflict):
        """The chosen value; without a choice `theirs`, and the conflict goes on record."""
        match self.choices.get(conflict.name):
            case "mine":
                return conflict.mine
            case "theirs":
                return conflict.theirs
            case ("text", str(words)) if conflict.is_text:
                return words
        self.conflicts.append(conflict)
        return conflict.theirs

    def _is_one_piece(self, model, path):
        return model in ONE_PIECE or path in self.whole


def _differ(names, one, other):
    return any(one.get(name) != other.get(name) for name in names)


def _merged_set(base, mine, theirs):
    return sorted((base & mine & theirs) | (mine - base) | (theirs - base))


def _is_text(field):
    is_words = isinstance(field, models.CharField | models.TextField) and not field.choices
    return is_words and key_validator not in field.validators


def _beside(base, mine, theirs):
    """`mine`, where a row that both sides added differently under one key has a free key, so that both rows are kept."""
    taken = {*base, *mine, *theirs}
    result = {}
    for key, row in mine.items():
        if key not in base and key in theirs and row != theirs[key]:
            key = free_key(key, taken)
            taken.add(key)
        result[key] = row | {"key": key}
    return result
