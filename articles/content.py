"""snapshot() turns a document's rows into one nested dict; restore() writes such a dict back to rows.

The dict is a revision's JSON, the YAML in fixtures/ and the input of every reader template; shapes.py says what it may
hold. Not here: when a revision is stored (workflow.py).
"""

from collections import defaultdict
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

from .models import Document, DrugClass, DrugEffect, Part, Revision
from .shapes import (
    DATES,
    MODELS,
    ContentError,
    as_date,
    as_plain,
    canonical,
    is_present,
    named_documents,
    readdressed,
)


def specific(document):
    """The Article, Drug, ... behind a Document; the same object if it already is one."""
    model = MODELS[document.kind]
    return document if isinstance(document, model) else model.objects.get(pk=document.pk)


def snapshot(document):
    """The complete content dict of a document's rows. Number of queries depends on the kind, not on the rows."""
    document = specific(document)
    head = {"kind": str(document.kind), "slug": document.slug}
    head |= {name: as_plain(getattr(document, name)) for name in DATES if getattr(document, name)}
    return head | _read(type(document), [document])[document.pk]


@transaction.atomic
def restore(content, *, document=None):
    """Write a content dict to rows, matching child rows by key; returns the saved document.

    Rows that the dict does not name are deleted. Raises ContentError and changes nothing if the dict is not sound.
    """
    content = canonical(content)
    model = MODELS[content["kind"]]
    if document is None:
        document = model.objects.filter(slug=content["slug"]).first() or model()
    document = specific(document) if document.pk else document
    document.slug = content["slug"]
    for name in DATES:
        setattr(document, name, as_date(content.get(name), (name,)))
    found = _References(model, [content])
    _fill(document, content, (), found)
    _clean(document, ())
    # Only what the dict says: the object may be older than the state and the live version in the database.
    columns = [name for name in model.CONTENT if model._meta.get_field(name).concrete]
    columns = [name for name in columns if not model._meta.get_field(name).many_to_many]
    document.save(update_fields=["slug", *DATES, *columns, "updated_at"] if document.pk else None)
    _write_many_to_many(model, [(document, content, ())], found)
    for rel in _child_relations(model):
        _write_children(rel, [(document, content.get(rel.name, []), (rel.name,))])
    return document


# Reading rows


def _read(model, objects):
    """{pk: dict} of these rows and all below them."""
    ids = [row.pk for row in objects]
    columns = {name: _read_column(model._meta.get_field(name), objects, ids) for name in model.CONTENT}
    result = {}
    for row in objects:
        values = {name: column(row) for name, column in columns.items()}
        result[row.pk] = {name: value for name, value in values.items() if is_present(value)}
    return result


def _read_column(field, objects, ids):
    """A function from a row to its value for this field, after the queries that serve all rows at once."""
    if field.one_to_many:
        return _read_children(field, ids)
    if field.many_to_many:
        source, target = field.m2m_field_name(), field.m2m_reverse_field_name()
        labels = [f"{target}__{name}" for name in _label_fields(field.related_model)]
        slugs = defaultdict(list)
        through = field.remote_field.through.objects.filter(**{f"{source}__in": ids})
        for pk, *label in through.values_list(f"{source}_id", *labels):
            slugs[pk].append("/".join(label))
        return lambda row: sorted(slugs[row.pk])
    if field.is_relation:
        wanted = {getattr(row, field.attname) for row in objects} - {None}
        label_fields = _label_fields(field.related_model)
        rows = field.related_model.objects.filter(pk__in=wanted).values_list("pk", *label_fields) if wanted else []
        names = {pk: "/".join(label) for pk, *label in rows}
        return lambda row: names.get(getattr(row, field.attname))
    return lambda row: as_plain(getattr(row, field.attname))


def _read_children(rel, ids):
    model, parent = rel.related_model, rel.field.attname
    rows = list(model.objects.filter(**{f"{parent}__in": ids}).order_by("position", "pk")) if ids else []
    keys = _keys(model, rows)
    contents = _read(model, rows)
    children = defaultdict(list)
    for row in rows:
        children[getattr(row, parent)].append({"key": keys[row.pk]} | contents[row.pk])
    return lambda row: children[row.pk]


def _keys(model, rows):
    """{pk: key}. The key of a medicine's side effect is the effect's own slug."""
    if model is DrugEffect:
        return dict(DrugEffect.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "effect__slug"))
    return {row.pk: row.key for row in rows}


def _label_fields(model):
    """By which fields another document's dict names a row of this model."""
    if model is DrugClass:
        return ("name",)
    return ("drug__slug", "effect__slug") if model is DrugEffect else ("slug",)


# Writing rows


def _child_relations(model):
    return [field for name in model.CONTENT if (field := model._meta.get_field(name)).one_to_many]


class _References:
    """Finds the rows that dicts of one model name, with one query per model that is named."""

    def __init__(self, model, contents):
        wanted = defaultdict(set)
        for name in model.CONTENT:
            field = model._meta.get_field(name)
            if not field.is_relation or field.one_to_many:
                continue
            for content in contents:
                value = content.get(name)
                wanted[field.related_model].update(value if isinstance(value, list) else filter(None, [value]))
        if model is DrugEffect:
            effect = model._meta.get_field("effect").related_model
            wanted[effect].update(content["key"] for content in contents)
        self.found = {target: _find(target, labels) for target, labels in wanted.items()}

    def pk(self, model, label, path):
        if label not in self.found[model]:
            raise ContentError(path, f"no {model._meta.verbose_name} is called '{label}'")
        return self.found[model][label]


def _find(model, labels):
    """{label: pk} of the rows that carry these labels."""
    if model is DrugClass:
        return _groups(labels)
    fields = _label_fields(model)
    # A pair's label has two parts. The first narrows the query enough; pairs that come along too do no harm.
    first = labels if len(fields) == 1 else {label.partition("/")[0] for label in labels}
    rows = model.objects.filter(**{f"{fields[0]}__in": first})
    return {"/".join(label): pk for pk, *label in rows.values_list("pk", *fields)}


def _groups(names):
    """{name: pk} of groups of medicines; one is made when it is first named.

    Names that differ in capitals or signs alone are one group: an older version may name it as it was called then.
    """
    found = dict(DrugClass.objects.filter(slug__in=set(map(slugify, names))).values_list("slug", "pk"))
    for name in names:
        if slugify(name) not in found:
            group = DrugClass(name=name)
            try:
                group.clean()
            except ValidationError as error:
                raise ContentError(("drug_class",), " ".join(error.messages)) from error
            group.save()
            found[group.slug] = group.pk
    return {name: found[slugify(name)] for name in names}


def _fill(row, content, path, found):
    for name in type(row).CONTENT:
        field = row._meta.get_field(name)
        if field.one_to_many or field.many_to_many:
            continue
        value = content.get(name)
        if field.is_relation:
            setattr(row, field.attname, found.pk(field.related_model, value, (*path, name)) if value else None)
        elif isinstance(field, models.DecimalField):
            setattr(row, name, None if value is None else Decimal(str(value)))
        elif value is None:
            setattr(row, name, None if field.null else field.get_default() if field.has_default() else "")
        else:
            setattr(row, name, value)


def _clean(row, path):
    """Field rules without a query per row: relations were resolved before, constraints are the database's."""
    relations = [field.name for field in row._meta.fields if field.is_relation]
    required = [field for field in row._meta.fields if field.is_relation and not field.null and not field.primary_key]
    for field in required:
        if field.name in type(row).CONTENT and getattr(row, field.attname) is None:
            raise ContentError((*path, field.name), "this field is needed")
    try:
        row.clean_fields(exclude=[*relations, "state", "kind"])
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise ContentError((*path, name), " ".join(messages)) from error


def _write_children(rel, parents):
    """Make the child rows of all these (parent, rows, path) what the dicts say, level by level."""
    model, parent_id = rel.related_model, rel.field.attname
    existing_rows = list(model.objects.filter(**{f"{parent_id}__in": [parent.pk for parent, _, _ in parents]}))
    keys = _keys(model, existing_rows)
    existing = {(getattr(row, parent_id), keys[row.pk]): row for row in existing_rows}
    found = _References(model, [content for _, rows, _ in parents for content in rows])
    effect = model._meta.get_field("effect").related_model if model is DrugEffect else None

    new, changed, placed = [], [], []
    for parent, rows, path in parents:
        for position, content in enumerate(rows, start=1):
            here = (*path, content["key"])
            row = existing.pop((parent.pk, content["key"]), None)
            before = None if row is None else {field.attname: getattr(row, field.attname) for field in row._meta.fields}
            if row is None:
                row = model(**{parent_id: parent.pk})
                if effect:
                    row.effect_id = found.pk(effect, content["key"], here)
                else:
                    row.key = content["key"]
                new.append((row, here))
            row.position = position
            _fill(row, content, here, found)
            _clean(row, here)
            if before and before != {field.attname: getattr(row, field.attname) for field in row._meta.fields}:
                changed.append((row, here))
            placed.append((row, content, here))
    model.objects.filter(pk__in=[row.pk for row in existing.values()]).delete()
    _save_all(model, new, changed)
    _write_many_to_many(model, placed, found)
    for child in _child_relations(model):
        _write_children(
            child, [(row, content.get(child.name, []), (*path, child.name)) for row, content, path in placed]
        )


def _save_all(model, new, changed):
    try:
        with transaction.atomic():
            model.objects.bulk_create([row for row, _ in new])
            if changed:
                names = [field.name for field in model._meta.fields if not field.primary_key]
                model.objects.bulk_update([row for row, _ in changed], names)
    except IntegrityError as error:
        # The database does not say which row; asking each in turn does, and only on the way to a refusal.
        for row, path in (*new, *changed):
            try:
                row.validate_constraints()
            except ValidationError as refused:
                raise ContentError(path, " ".join(refused.messages)) from error
        raise


def _write_many_to_many(model, placed, found):
    for name in model.CONTENT:
        field = model._meta.get_field(name)
        if not field.many_to_many:
            continue
        source, target = field.m2m_field_name() + "_id", field.m2m_reverse_field_name() + "_id"
        through = field.remote_field.through
        wanted = {
            (row.pk, found.pk(field.related_model, label, (*path, name)))
            for row, content, path in placed
            for label in content.get(name, [])
        }
        rows = through.objects.filter(**{f"{source}__in": [row.pk for row, _, _ in placed]})
        present = {(getattr(row, source), getattr(row, target)): row.pk for row in rows}
        through.objects.filter(pk__in=[pk for pair, pk in present.items() if pair not in wanted]).delete()
        through.objects.bulk_create(
            through(**{source: row, target: other}) for row, other in sorted(wanted - present.keys())
        )


def refuse_to_drop_leading_pairs(document, content):
    """Raise ContentError where a medicine's content lacks a side effect whose page an article leads.

    Restoring it would take the pair out of the article's rows, and no version of the medicine could bring it back.
    """
    if document.kind != Document.Kind.DRUG:
        return
    kept = [row["key"] for row in content.get("effects", [])]
    led = DrugEffect.objects.filter(drug=document.pk, articles__isnull=False).exclude(effect__slug__in=kept)
    if pair := led.select_related("effect").first():
        slug, article = pair.effect.slug, pair.articles.first()
        raise ContentError(("effects", slug), f"the article “{article}” leads '{slug}'. Take it off there first")


def with_addresses_of_now(content):
    """An older content, in which documents whose address has changed since are named by the one they have now."""
    addresses = moved_since(content)
    return readdressed(content, addresses) if addresses else content


def moved_since(content):
    """{(kind, slug): slug of now} of the documents that the content names by an address that none has any more."""
    named = named_documents(content)
    there = Document.objects.filter(slug__in={slug for _, slug in named}).values_list("kind", "slug")
    found = {}
    for kind, slug in named - set(there):
        versions = Revision.objects.of_the_rows().filter(document__kind=kind, content__slug=slug)
        if now := versions.order_by("-pk").values_list("document__slug", flat=True).first():
            found[kind, slug] = now
    return found


def document_for(part):
    """The document that a child row belongs to, however deep it lies."""
    while isinstance(part, Part):
        part = getattr(part, part.PARENT)
    return part if isinstance(part, Document) else None
