"""The jump list of a long form: one link for each group of fields and of rows, with counts and errors."""

from django.utils.text import capfirst


def jump_list(context, own_sections=()):
    """The links of a change form, from the context that Django renders it with.

    `own_sections` are what the page's template adds between its fields and its rows: (id, words, count) of each.
    """
    fields = [
        {"id": f"fieldset-0-{number}-heading", "words": fieldset.name, "errors": _errors(fieldset)}
        for number, fieldset in enumerate(context["adminform"])
        if fieldset.name
    ]
    own = [{"id": id, "words": words, "count": count} for id, words, count in own_sections]
    return [*fields, *own, *map(_rows, context["inline_admin_formsets"])]


def _errors(fieldset):
    return sum(len(field.field.errors) for line in fieldset for field in line if not field.is_readonly)


def _rows(group):
    formset = group.formset
    saved = formset.initial_forms
    return {
        "id": f"{formset.prefix}-heading",
        "words": capfirst(group.opts.verbose_name_plural),
        "count": len(saved),
        "errors": formset.total_error_count(),
        "prefix": formset.prefix,
        "rows": [(form.prefix, str(form.instance)) for form in saved] if group.opts.jump_to_rows else [],
    }
