"""The shape of content: what a kind's dict may hold, in one canonical form. No queries.

A model's CONTENT tuple is its shape: plain fields stand as values, other documents as slugs, child rows as lists of dicts
with a `key`. Empty values are left out; 0 is not empty. Not here: reading and writing rows (content.py).
"""

import datetime
import hashlib
import json
import re
from decimal import Decimal

from django.db import models

from .models import DOCUMENT_MODELS, Document, DrugEffect

MODELS = {str(model.KIND): model for model in DOCUMENT_MODELS}
DATES = ("facts_checked", "review_due")
_EMPTY = ("", None, False)
# NUL cannot stand in PostgreSQL's text, half a surrogate pair in no UTF-8.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class ContentError(ValueError):
    """A content dict that cannot be stored. `path` leads to the place: ('effects', 'muscle-cramps', 'band')."""

    def __init__(self, path, message):
        self.path, self.message = tuple(path), message
        super().__init__(f"{' > '.join(map(str, self.path)) or 'document'}: {message}")


def content_hash(content):
    """SHA-256 of the content in one canonical spelling, as 64 hexadecimal digits."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def canonical(content):
    """The same content in its one canonical form: empties left out, defaults written, sets sorted, keys in order.

    Raises ContentError for anything that is not part of the shape: an unknown field, a missing or repeated key.
    """
    if not isinstance(content, dict):
        raise ContentError((), "a document is a mapping of names to values")
    model = MODELS.get(content.get("kind"))
    if model is None:
        raise ContentError(("kind",), f"'{content.get('kind')}' is not one of {', '.join(MODELS)}")
    if not isinstance(content.get("slug"), str) or not content["slug"]:
        raise ContentError(("slug",), "every document needs a slug")
    head = {"kind": content["kind"], "slug": content["slug"]}
    head |= {name: as_date(content[name], (name,)).isoformat() for name in DATES if content.get(name)}
    return head | _canonical(model, content, (), ("kind", "slug", *DATES))


def _canonical(model, content, path, known):
    for name in content:
        if name not in model.CONTENT and name not in known:
            raise ContentError((*path, name), f"'{name}' is not a field of {model._meta.verbose_name}")
    result = {}
    for name in model.CONTENT:
        field = model._meta.get_field(name)
        value = content.get(name)
        here = (*path, name)
        if field.one_to_many:
            value = _canonical_children(field.related_model, value or [], here)
        elif field.many_to_many:
            value = _canonical_slugs(value or [], here)
        elif value is None and not field.is_relation and field.has_default() and field.get_default() not in _EMPTY:
            value = as_plain(field.get_default())
        elif isinstance(field, models.DecimalField) and value is not None:
            value = _number(value, here)
        elif value is not None and not isinstance(value, _expected_type(field)):
            raise ContentError(here, f"expected {_expected_type(field).__name__}, got {value!r}")
        if isinstance(value, str) and _UNSTORABLE.search(value):
            raise ContentError(here, "holds a character that cannot be stored")
        if is_present(value):
            result[name] = value
    return result


def _canonical_children(model, rows, path):
    if not isinstance(rows, list):
        raise ContentError(path, "expected a list of rows")
    result, seen = [], set()
    for index, row in enumerate(rows):
        if not isinstance(row, dict) or not isinstance(row.get("key"), str):
            raise ContentError((*path, index), "every row needs a key")
        here = (*path, row["key"])
        if row["key"] in seen:
            raise ContentError(here, "this key stands twice")
        seen.add(row["key"])
        result.append({"key": row["key"]} | _canonical(model, row, here, ("key",)))
    return result


def _canonical_slugs(value, path):
    if not isinstance(value, list) or not all(isinstance(slug, str) for slug in value):
        raise ContentError(path, "expected a list of slugs")
    return sorted(set(value))


def _expected_type(field):
    if isinstance(field, models.BooleanField):
        return bool
    return int if isinstance(field, models.IntegerField) else str


def _number(value, path):
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ContentError(path, f"expected a number, got {value!r}")
    return as_plain(Decimal(str(value)))


def as_date(value, path):
    if not value:
        return None
    try:
        return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ContentError(path, f"'{value}' is not a date like 2026-11-20") from None


def as_plain(value):
    """A column's value as JSON and YAML hold it; whole decimals become ints so that 3.0000 and 3 are the same."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


def named_documents(content):
    """{(kind, slug)} of the other documents that a content dict names."""
    return set(_named(MODELS[content["kind"]], content))


def _named(model, content):
    if model is DrugEffect:
        yield Document.Kind.EFFECT, content["key"]
    for name in model.CONTENT:
        field = model._meta.get_field(name)
        value = content.get(name)
        if not value or not field.is_relation:
            continue
        labels = [value] if isinstance(value, str) else value
        if field.one_to_many:
            for row in value:
                yield from _named(field.related_model, row)
        elif field.related_model is DrugEffect:
            for drug, _, effect in (label.partition("/") for label in labels):
                yield from ((Document.Kind.DRUG, drug), (Document.Kind.EFFECT, effect))
        elif issubclass(field.related_model, Document):
            yield from ((field.related_model.KIND, label) for label in labels)


def readdressed(content, addresses):
    """The content with other addresses for some documents that it names: {(kind, slug): slug}."""
    return _readdressed(MODELS[content["kind"]], content, addresses)


def _readdressed(model, content, addresses):
    result = dict(content)
    if model is DrugEffect:
        result["key"] = addresses.get((Document.Kind.EFFECT, content["key"]), content["key"])
    for name in model.CONTENT:
        field, value = model._meta.get_field(name), content.get(name)
        if not value or not field.is_relation:
            continue
        if field.one_to_many:
            result[name] = [_readdressed(field.related_model, row, addresses) for row in value]
        elif field.related_model is DrugEffect:
            pairs = [label.partition("/") for label in value]
            result[name] = sorted(
                addresses.get((Document.Kind.DRUG, drug), drug)
                + "/"
                + addresses.get((Document.Kind.EFFECT, effect), effect)
                for drug, _, effect in pairs
            )
        elif issubclass(field.related_model, Document):
            kind = field.related_model.KIND
            if isinstance(value, str):
                result[name] = addresses.get((kind, value), value)
            else:
                result[name] = sorted(addresses.get((kind, slug), slug) for slug in value)
    return result


def standing_as(now, content, *, fixed=("slug", *DATES)):
    """The content with the address and the dates of `now`, which older or other texts of the page do not bring back."""
    kept = {name: value for name, value in content.items() if name not in fixed}
    return kept | {name: now[name] for name in fixed if name in now}


def is_present(value):
    return (isinstance(value, int | float) and not isinstance(value, bool)) or bool(value)


# What those who compare two contents have in common (conflicts.py, differences.py).

# The last step of a path that means the order of the rows. No field and no key can be this.
ORDER = "(order)"


def field_names(model):
    """What a dict of this model may hold besides its kind or key, in the order of the page."""
    return ("slug", *DATES, *model.CONTENT) if issubclass(model, Document) else model.CONTENT


def in_one_order(first, second):
    """The keys of two lists: as in `first`; what only `second` has follows the key that it follows there."""
    keys = list(first)
    for place, key in enumerate(second):
        if key not in first:
            keys.insert(keys.index(second[place - 1]) + 1 if place else 0, key)
    return keys
