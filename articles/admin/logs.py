"""The log of what was written and decided: lists to read.

Not here: the log of accounts (accounts.py), and the history of one page (history.py).
"""

import json

from django.contrib import admin
from django.utils.html import format_html

from ..models import ReviewEvent, Revision, SignOff


class LogAdmin(admin.ModelAdmin):
    """A log: written by the site itself, read here, changed nowhere."""

    actions = None
    list_per_page = 50

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Revision)
class RevisionAdmin(LogAdmin):
    list_display = ("document", "number", "author", "origin", "reason", "created_at")
    list_filter = ("document__kind", "origin", ("author", admin.RelatedOnlyFieldListFilter))
    search_fields = ("document__slug", "reason")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")
    fields = ("document", "number", "author", "origin", "reason", "created_at", "content_hash", "whole_content")

    def get_queryset(self, request):
        queryset = super().get_queryset(request).select_related("document", "author")
        return queryset.defer("content") if request.resolver_match.url_name.endswith("changelist") else queryset

    @admin.display(description="content")
    def whole_content(self, obj):
        return format_html("<pre>{}</pre>", json.dumps(obj.content, indent=2, ensure_ascii=False))


@admin.register(ReviewEvent)
class ReviewEventAdmin(LogAdmin):
    list_display = ("document", "verb", "version", "by", "comment", "at")
    list_filter = ("verb", "document__kind", ("by", admin.RelatedOnlyFieldListFilter))
    search_fields = ("document__slug", "comment")
    date_hierarchy = "at"

    def get_queryset(self, request):
        queryset = super().get_queryset(request).select_related("document", "revision", "by")
        return queryset.defer("revision__content")

    @admin.display(description="version", ordering="revision__number")
    def version(self, obj):
        return obj.revision.number


@admin.register(SignOff)
class SignOffAdmin(LogAdmin):
    list_display = ("document", "version", "credential", "comment", "signed_at")
    search_fields = ("revision__document__slug", "credential__user__last_name", "comment")
    ordering = ("-signed_at",)

    def get_queryset(self, request):
        queryset = super().get_queryset(request).select_related("revision__document", "credential__user")
        return queryset.defer("revision__content")

    @admin.display(ordering="revision__document__slug")
    def document(self, obj):
        return obj.revision.document

    @admin.display(description="version", ordering="revision__number")
    def version(self, obj):
        return obj.revision.number
