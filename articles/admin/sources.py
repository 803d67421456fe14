"""Editors' page of a source, with all that cites it."""

from django.contrib import admin

from ..models import Source
from .documents import DocumentAdmin, DocumentForm


class SourceForm(DocumentForm):
    address_from = "title"


@admin.register(Source)
class SourceAdmin(DocumentAdmin):
    form = SourceForm
    list_display = ("title", "publisher", "source_kind", "strength", "linkable", *DocumentAdmin.list_display[1:])
    list_filter = ("source_kind", "strength", "linkable", *DocumentAdmin.list_filter)
    search_fields = ("title", "publisher", "slug", "address")
    ordering = ("publisher", "title")
    fieldsets = (
        ("The source", {"fields": ("title", "publisher", "source_kind", "strength", "language")}),
        ("Where it is", {"fields": ("address", "linkable")}),
        ("What we read", {"fields": ("supports", "note")}),
    )
