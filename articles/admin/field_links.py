"""Where an editor finds the field that a path into the content leads to: the address of the page and the field's id.

What stands on the document's own page is a fragment alone; a side effect of a medicine and a comparison table have pages
of their own.
"""

from django.contrib.admin.utils import quote
from django.urls import reverse

from ..models import ComparisonTable, DrugEffect
from ..shapes import DATES

# How the page of a comparison table calls the field of a cell: this, and the key of its column.
CELL = "cell_"

# Rows with pages of their own, and where the document's page lists them.
_LISTED_AT = {DrugEffect: "#side-effects", ComparisonTable: "#tables"}


def addresses_of(document, paths):
    """{path: address}, such as '#id_sections-3-body' or '/admin/articles/drugeffect/7/change/#id_findings-0-low'.

    The address is "" for what no page has. The rows of each list are read once. `document`: an Article, a Drug, ..., not a
    bare Document.
    """
    rows = {}
    return {tuple(path): _address(document, tuple(path), rows) for path in paths}


def _address(owner, path, rows):
    if not path:
        return ""
    model = _model_of_rows(owner, path[0])
    if model is None:
        is_field = path[0] in type(owner).CONTENT or path[0] in ("slug", "key", "change_note", *DATES)
        return f"#id_{path[0]}" if is_field else ""
    if len(path) == 1:
        return _LISTED_AT.get(model, f"#{path[0]}-group")
    place, row = _places(owner, path[0], rows).get(path[1], (0, None))
    if row is None:
        return ""
    if model in _LISTED_AT:
        return reverse(f"admin:articles_{model._meta.model_name}_change", args=[quote(row.pk)]) + _address(
            row, path[2:], rows
        )
    if len(path) == 2:
        return f"#{path[0]}-{place}"
    field = CELL + path[3] if path[2] == "cells" and len(path) > 3 else path[2]
    return f"#id_{path[0]}-{place}-{field}"


def _model_of_rows(owner, name):
    """The model of the rows of this name; None if it is a field, or nothing that the owner has."""
    field = owner._meta.get_field(name) if name in type(owner).CONTENT else None
    return field.related_model if field is not None and field.one_to_many else None


def _places(owner, name, rows):
    """{key: (place, row)} in the order in which the page shows them."""
    here = (owner._meta.model_name, owner.pk, name)
    if here not in rows:
        found = getattr(owner, name).order_by("position", "pk")
        if found.model is DrugEffect:
            found = found.select_related("effect")
        rows[here] = {
            (row.effect.slug if found.model is DrugEffect else row.key): (place, row) for place, row in enumerate(found)
        }
    return rows[here]
