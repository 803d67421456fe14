"""Editors' page of a glossary term."""

from django.contrib import admin
from django.urls import reverse

from ..models import GlossaryTerm
from .documents import DocumentAdmin


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(DocumentAdmin):
    page_name = "glossary"
    list_display = ("name", *DocumentAdmin.list_display[1:])
    search_fields = ("name", "definition", "slug")
    ordering = ("name",)
    fieldsets = (("The word", {"fields": ("name", "definition", "sources")}),)

    def page_of(self, obj):
        return reverse("glossary")

    def view_on_site(self, obj):
        return f"{self.page_of(obj)}#{obj.slug}" if obj.live_id else None
