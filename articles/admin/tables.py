"""Editors' page of a comparison table: its columns, and each of its rows with one text for every column."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from ..models import ComparisonTable, TableCell, TableColumn, TableRow
from ..models.documents import KEY_LENGTH, key_validator, new_key
from .field_links import CELL
from .parts import PartPageAdmin, PartPageForm
from .rows import WRITING_SCRIPTS, Lines, PartForm, PartInline, PartTable


class TableForm(PartPageForm):
    key = forms.CharField(
        required=False,
        max_length=KEY_LENGTH,
        validators=[key_validator],
        help_text="Leave blank: it is made from the caption. It never changes afterwards.",
        widget=forms.TextInput(attrs={"class": "key"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "section" in self.fields:
            self.fields["section"].widget.attrs["list"] = "section-keys"
        if self.instance.pk:
            self.fields["key"].disabled = True

    def clean(self):
        cleaned = super().clean()
        article = cleaned.get("article")
        if article and not cleaned.get("key") and "key" not in self.errors:
            taken = set(article.tables.values_list("key", flat=True))
            cleaned["key"] = new_key(cleaned.get("caption", ""), taken)
        return cleaned


class RowForm(PartForm):
    """One row of the table; `columns` is set for the table at hand."""

    columns = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        texts = {cell.key: cell.text for cell in self.instance.cells.all()} if self.instance.pk else {}
        for column in self.columns:
            self.initial[CELL + column.key] = texts.get(column.key, "")

    def save(self, commit=True):
        row = super().save(commit)
        for column in self.columns:
            text = self.cleaned_data[CELL + column.key]
            if text:
                row.cells.update_or_create(key=column.key, defaults={"text": text})
            else:
                row.cells.filter(key=column.key).delete()
        return row


class Columns(PartTable):
    model = TableColumn
    verbose_name = "column"
    verbose_name_plural = "columns, from left to right"
    fields = ("heading", "drug", "key", "position")


class Rows(PartInline):
    model = TableRow
    verbose_name = "row"
    verbose_name_plural = "rows, from top to bottom"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("cells")

    def get_fields(self, request, obj=None):
        if not self.has_change_permission(request, obj):
            return ("heading", "texts", ("position", "key"))
        return ("heading", *(CELL + column.key for column in columns_of(obj)), ("position", "key"))

    def get_readonly_fields(self, request, obj=None):
        return () if self.has_change_permission(request, obj) else ("texts",)

    def get_formset(self, request, obj=None, **kwargs):
        columns = columns_of(obj)
        texts = {
            CELL + column.key: Lines(
                label=column.heading,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField", "data-markdown": "line"}),
            )
            for column in columns
        }
        return super().get_formset(
            request, obj, form=type("RowForm", (RowForm,), texts | {"columns": columns}), **kwargs
        )

    @admin.display(description="texts")
    def texts(self, row):
        headings = {column.key: column.heading for column in columns_of(row.table)}
        lines = format_html_join(
            "", "<dt>{}</dt><dd>{}</dd>", ((headings.get(cell.key, cell.key), cell.text) for cell in row.cells.all())
        )
        return format_html("<dl>{}</dl>", lines)


def columns_of(table):
    """The columns of a table, left to right; read once for each table object."""
    if table is None or not table.pk:
        return []
    if not hasattr(table, "_columns"):
        table._columns = list(table.columns.order_by("position", "pk"))
    return table._columns


@admin.register(ComparisonTable)
class ComparisonTableAdmin(PartPageAdmin):
    form = TableForm
    change_form_template = "admin/table_change_form.html"
    identity = ("article",)
    named = "tables"
    list_display = ("caption", "article", "position")
    list_select_related = ("article",)
    list_filter = (("article", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("caption", "article__title", "rows__heading")
    ordering = ("article__title", "position")
    fieldsets = ((None, {"fields": ("article", "caption", "section", ("position", "key"))}),)

    class Media:
        js = WRITING_SCRIPTS

    def get_inlines(self, request, obj):
        # A row has one text for each column, so the columns come first.
        return (Columns, Rows) if obj else (Columns,)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        article = obj.article if obj else None
        context["sections"] = (
            article.sections.order_by("position", "pk").values_list("key", "heading") if article else ()
        )
        context["references"] = (
            article.references.select_related("source").order_by("position", "pk") if article else ()
        )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def page_of(self, obj):
        return reverse("article", args=[obj.article.slug])

    def rows_saved(self, table):
        """Cells stand in the order of the columns, and none outlives its column."""
        columns = table.columns.order_by("position", "pk").values_list("key", flat=True)
        places = {key: place for place, key in enumerate(columns, start=1)}
        cells = TableCell.objects.filter(row__table=table)
        cells.exclude(key__in=places).delete()
        moved = [cell for cell in cells if cell.position != places[cell.key]]
        for cell in moved:
            cell.position = places[cell.key]
        TableCell.objects.bulk_update(moved, ["position"])
