"""Which documents name a given one: why it cannot be deleted, and what a new address of it changes."""

from django.db.models import Q

from .models import DOCUMENT_MODELS, Drug, DrugEffect, Effect


def used_by(document):
    """The documents whose draft names this one, in the order of their kinds. One query for each kind that can."""
    target = type(document)
    found = []
    for model in DOCUMENT_MODELS:
        condition = Q()
        for path in _paths(model, target):
            # One subquery a path: joined side by side, a medicine's effects, findings and sources would multiply.
            condition |= Q(pk__in=model.objects.filter(**{path: document.pk}).values("pk"))
        if condition:
            found += model.objects.filter(condition).exclude(pk=document.pk).order_by("slug")
    return found


def _paths(model, target, prefix=""):
    """The lookups that lead from a model to the documents of one kind that it names."""
    for name in model.CONTENT:
        field = model._meta.get_field(name)
        if field.one_to_many:
            yield from _paths(field.related_model, target, f"{prefix}{name}__")
        elif field.is_relation and field.related_model is target:
            yield prefix + name
        elif field.is_relation and field.related_model is DrugEffect and target in (Drug, Effect):
            yield f"{prefix}{name}__{'drug' if target is Drug else 'effect'}"
    if model is DrugEffect and target is Effect:
        yield f"{prefix}effect"
