"""Editors' page of a source, with all that cites it."""

from django.contrib import admin
from django.utils.formats import date_format

from ..models import Source
from .documents import DocumentAdmin, DocumentForm


class SourceForm(DocumentForm):
    address_from = "title"


@admin.register(Source)
class SourceAdmin(DocumentAdmin):
    form = SourceForm
    list_display = (
        "title",
        "publisher",
        "source_kind",
        "strength",
        "link",
        *DocumentAdmin.list_display[1:],
    )
    list_filter = ("link_state", "source_kind", "strength", "linkable", *DocumentAdmin.list_filter)
    search_fields = ("title", "publisher", "slug", "address")
    ordering = ("publisher", "title")
    fieldsets = (
        ("The source", {"fields": ("title", "publisher", "source_kind", "strength", "language")}),
        ("Where it is", {"fields": ("address", "linkable", "link_check")}),
        ("What we read", {"fields": ("supports", "note")}),
    )

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), "link_check")

    @admin.display(description="link", ordering="link_state")
    def link(self, obj):
        return obj.get_link_state_display() if obj.linkable else "none"

    @admin.display(description="Last check of the link")
    def link_check(self, obj):
        """What `manage.py check_links` found, in a sentence."""
        if not obj.link_checked_at:
            return "Not tried yet. Every night the links that readers get are tried."
        note = f": {obj.link_note}" if obj.link_note else ""
        return f"{date_format(obj.link_checked_at, 'j F Y')}: {obj.get_link_state_display()}{note}."
