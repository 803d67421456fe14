"""Child rows on an editor's page: keys that are made once, an order that renumbers itself, choices read in one query.

Not here: what a save of the page stores (documents.py).
"""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.forms.utils import pretty_name
from django.forms.widgets import Script
from django.utils.html import format_html

from ..models import Document, DrugEffect, Source
from ..models.documents import KEY_LENGTH, key_validator, new_key
from ..permissions import who_may

MOST_ROWS = 300
MOST_CHARACTERS = 100_000  # of one text
# Tools for the texts that EditorsFields.markdown names; the last one uses the two before it.
WRITING_SCRIPTS = tuple(Script(f"js/{name}.js", defer=True) for name in ("pasting", "citing", "writing"))


class Lines(forms.CharField):
    """A text of several lines. Browsers send them with CR LF; kept so, every save of an unchanged page would change it."""

    def __init__(self, *, max_length=None, **kwargs):
        # Several times the longest text there is: every version of the page would hold it once more.
        super().__init__(max_length=max_length or MOST_CHARACTERS, **kwargs)

    def to_python(self, value):
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


def is_id(text):
    """Whether it can be the id of a row: SQLite cannot even be asked for one of twenty digits."""
    return str(text).isdecimal() and len(str(text)) < 19


class One(forms.ModelChoiceField):
    """A row by its id; what can be no id is refused before the database is asked for it."""

    # What the form was opened with, {id: row}: nobody asks the database for it once more.
    stored = {}

    def to_python(self, value):
        if str(value) in self.stored:
            return self.stored[str(value)]
        if value not in self.empty_values and not is_id(value):
            raise forms.ValidationError(self.error_messages["invalid_choice"], params={"value": str(value)[:20]})
        return super().to_python(value)


class Several(forms.ModelMultipleChoiceField):
    """The same for several."""

    stored = {}

    def _check_values(self, value):
        if all(str(pk) in self.stored for pk in value):
            return [self.stored[pk] for pk in dict.fromkeys(map(str, value))]
        for pk in value:
            if not is_id(pk):
                raise forms.ValidationError(self.error_messages["invalid_pk_value"], params={"pk": str(pk)[:20]})
        return super()._check_values(value)


class _NamesAtOnce:
    """Chosen rows under names that the formset has read for all its rows; without them, as Django does."""

    names = None

    def optgroups(self, name, value, attr=None):
        value = [pk for pk in value if pk in ("", None) or is_id(pk)]
        if self.names is None:
            return super().optgroups(name, value, attr)
        options = (
            [] if self.is_required or self.allow_multiple_selected else [self.create_option(name, "", "", False, 0)]
        )
        known = self.names()
        for pk in value:
            if str(pk) in known:
                options.append(self.create_option(name, pk, known[str(pk)], True, len(options)))
        return [(None, options, 0)]


class Choice(_NamesAtOnce, AutocompleteSelect):
    pass


class Choices(_NamesAtOnce, AutocompleteSelectMultiple):
    pass


class EditorsFields:
    """How every editors' page, and every group of rows on it, asks for texts and for other documents."""

    # {field: how much Markdown its readers see}: "line" has bold, links and citations, "short" lists too, "long" headings
    # and tables too. The texts of a medicine have none, so they are not named.
    markdown = {}
    formfield_overrides = {
        models.TextField: {
            "form_class": Lines,
            "widget": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        },
    }

    def get_autocomplete_fields(self, request):
        """Every relation to a document or a pair: there are too many of them for a menu."""
        relations = [*self.opts.fields, *self.opts.many_to_many]
        return [
            field.name
            for field in relations
            if field.is_relation
            and not (field.remote_field and getattr(field.remote_field, "parent_link", False))
            and (field.related_model is DrugEffect or issubclass(field.related_model, Document))
        ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs = {"widget": Choice(db_field, self.admin_site), "form_class": One} | kwargs
        if db_field.name == "reviewer":
            # Whoever can sign off; and whoever is entered already, or saving the page would take them off unasked.
            able = Q(pk__in=who_may("articles.sign_off_document"))
            if object_id := request.resolver_match.kwargs.get("object_id"):
                able |= Q(documents_to_review=object_id)
            kwargs["queryset"] = get_user_model().objects.filter(able).distinct().order_by("username")
        elif db_field.related_model is get_user_model():
            editors = Q(is_staff=True) | Q(owned_documents__isnull=False)
            kwargs["queryset"] = get_user_model().objects.filter(editors).distinct().order_by("username")
        if db_field.related_model is get_user_model():
            # No version holds it, so the form itself has to know whether this editor changed it.
            kwargs["show_hidden_initial"] = True
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs = {"widget": Choices(db_field, self.admin_site), "form_class": Several} | kwargs
        if db_field.related_model is DrugEffect:
            kwargs["queryset"] = DrugEffect.objects.select_related("drug", "effect")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in self.markdown:
            field.widget.attrs["data-markdown"] = self.markdown[db_field.name]
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # A source is often met while writing, so it can be added on the spot; the rest has a page of its own.
            field.widget.can_add_related &= db_field.related_model is Source
            field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
        return field


class PartForm(forms.ModelForm):
    key = forms.CharField(
        required=False,
        max_length=KEY_LENGTH,
        validators=[key_validator],
        help_text="Leave blank: it is made from the words. It never changes afterwards.",
        widget=forms.TextInput(attrs={"class": "key"}),
    )
    position = forms.IntegerField(
        label="Order",
        required=False,
        min_value=1,
        help_text="Its place on the page. Blank: last.",
        widget=forms.NumberInput(attrs={"class": "position"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["key"].disabled = True
            # Nobody could mend a key here that a file brought and that is longer than one that is typed may be.
            self.fields["key"].validators = []
            # Said once, in the blank row at the end, not in each of thirty rows.
            self.fields["key"].help_text = self.fields["position"].help_text = ""
        else:
            self.initial["position"] = None

    def make_key(self, taken):
        return new_key(str(self.instance), taken)

    def _post_clean(self):
        # A row that was not changed is in the database as it is here. Django would ask some ten queries about its rules.
        if not self.instance.pk or self.has_changed():
            super()._post_clean()


class RowIdentity(forms.HiddenInput):
    """The database id of a row and, beside it, its key: ids change when a deleted row comes back, keys never do."""

    def __init__(self, key):
        super().__init__()
        self.key = key

    def render(self, name, value, attrs=None, renderer=None):
        beside = format_html('<input type="hidden" name="{}-row" value="{}">', name.removesuffix("-id"), self.key)
        return super().render(name, value, attrs, renderer) + beside


class PartFormSet(forms.BaseInlineFormSet):
    """Rows that keep their keys and stand in the order that their numbers say."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._names, self._in_order = {}, []

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if row := form.instance if form.instance.pk else None:
            identity = form.fields[self._pk_field.name]
            identity = One(identity.queryset, initial=row.pk, required=False, widget=RowIdentity(row.key))
            form.fields[self._pk_field.name], identity.stored = identity, {str(row.pk): row}
        for name, field in form.fields.items():
            # In a table only the heading of the column names a field, and screen readers do not take that for its name.
            field.widget.attrs.setdefault("aria-label", field.label or pretty_name(name))
            if row and self.is_bound and isinstance(field, One | Several) and name != self._pk_field.name:
                chosen = getattr(row, name)
                chosen = chosen.all() if isinstance(field, Several) else filter(None, [chosen])
                field.stored = {str(other.pk): other for other in chosen}
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, _NamesAtOnce):
                widget.names = lambda queryset=field.queryset: self._names_of_chosen(queryset)

    def clean(self):
        if any(form.add_prefix("row") in self.data for form in self.extra_forms):
            # A saved row among the new ones: with another number of saved rows it would be stored a second time.
            raise forms.ValidationError("These rows did not arrive as they were sent. Open the page again, please.")
        if any(self._errors):
            return super().clean()
        deleted = self.deleted_forms if self.can_delete else []
        kept = [form for form in self.forms if form not in deleted and (form.instance.pk or form.has_changed())]
        taken = {form.instance.key for form in self.forms} - {""}
        for form in kept:
            if not form.instance.key:
                # In the cleaned data too: there two new rows with blank keys would pass for doubles.
                form.instance.key = form.cleaned_data["key"] = form.make_key(taken)
                taken.add(form.instance.key)
        super().clean()
        self._in_order = _arranged(kept)
        for number, form in enumerate(self._in_order, start=1):
            form.instance.position = number

    def save(self, commit=True):
        saved = super().save(commit=commit)
        moved = [form.instance for form in self._in_order if form.instance.position != form.initial.get("position")]
        self.model.objects.bulk_update([row for row in moved if row.pk], ["position"])
        return saved

    def _names_of_chosen(self, queryset):
        """{pk: name} of all rows of one model that any form here has chosen."""
        model = queryset.model
        if model not in self._names:
            chosen = set()
            for form in self.forms:
                for name, field in form.fields.items():
                    if getattr(field, "queryset", None) is not None and field.queryset.model is model:
                        value = form[name].value()
                        chosen.update(str(pk) for pk in (value if isinstance(value, list | tuple) else [value]))
            rows = queryset.filter(pk__in=list(filter(is_id, chosen))) if chosen else []
            self._names[model] = {str(row.pk): str(row) for row in rows}
        return self._names[model]


def _arranged(forms):
    """The rows in their new order: one whose number was changed gets just that place, the others keep theirs around it."""

    def wanted(form):
        return form.cleaned_data.get("position")

    asked = [form for form in forms if wanted(form) and wanted(form) != form.initial.get("position")]
    kept = [form for form in forms if wanted(form) and form not in asked]
    order = sorted(kept, key=wanted) + [form for form in forms if not wanted(form)]
    for form in sorted(asked, key=wanted):
        order.insert(wanted(form) - 1, form)
    return order


def put_in_place(row, siblings, wanted):
    """Give `row` its place among its siblings (blank: last) and number them all from 1."""
    others = [sibling for sibling in siblings.order_by("position", "pk") if sibling.pk != row.pk]
    place = len(others) if wanted is None else min(wanted - 1, len(others))
    others.insert(place, row)
    moved = []
    for number, sibling in enumerate(others, start=1):
        if sibling.position != number or sibling is row:
            sibling.position = number
            moved.append(sibling)
    type(row).objects.bulk_update(moved, ["position"])


class PartInline(EditorsFields, admin.StackedInline):
    """Rows with long texts, one below the other."""

    form = PartForm
    formset = PartFormSet
    extra = 1
    # An attribute, because Django makes it 0 for who may not add rows.
    max_num = MOST_ROWS
    # Whether the jump list of the page names each row.
    jump_to_rows = False

    def get_formset(self, request, obj=None, **kwargs):
        # Django would draw 2,000 rows for a form that claims to have a hundred thousand.
        return super().get_formset(request, obj, **{"absolute_max": MOST_ROWS} | kwargs)

    def get_queryset(self, request):
        chosen = [field.name for field in self.opts.many_to_many]
        named = [field.name for field in self.opts.fields if field.is_relation and field.name != self.model.PARENT]
        queryset = super().get_queryset(request).prefetch_related(*chosen)
        # Without a name select_related() would follow every relation, the parent's own included.
        return queryset.select_related(*named) if named else queryset


class PartTable(PartInline):
    """Rows with short texts, side by side."""

    template = "admin/edit_inline/tabular.html"
