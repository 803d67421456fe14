"""The editor's desk in the admin: the filter that opens a list of the front page in full, and settling changed evidence.

The lists themselves are articles/desk.py; the front page takes them by a template tag.
"""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from .. import desk, evidence
from ..content import specific
from ..models import Document, EvidenceChange
from . import moves
from .logs import LogAdmin
from .rows import is_id


class DeskFilter(admin.SimpleListFilter):
    title = "my desk"
    parameter_name = "desk"

    def lookups(self, request, model_admin):
        return [("mine", "I am the owner"), *((key, desk_list.title) for key, desk_list in desk.LISTS.items())]

    def queryset(self, request, queryset):
        if self.value() == "mine":
            return queryset.filter(pk__in=desk.mine(request.user).order_by().values("pk"))
        if self.value() in desk.LISTS:
            listed = desk.LISTS[self.value()].documents(request.user)
            return queryset.filter(pk__in=listed.order_by().values("pk"))
        return queryset


class OpenFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "open"

    def lookups(self, request, model_admin):
        return (("yes", "waits for somebody to look"), ("no", "looked at"))

    def queryset(self, request, queryset):
        return queryset.filter(settled_at__isnull=self.value() == "yes") if self.value() in ("yes", "no") else queryset


@admin.register(EvidenceChange)
class EvidenceChangeAdmin(LogAdmin):
    """Which pages rested on evidence that changed, and who looked at them."""

    list_display = ("page", "owner", "what", "at", "settled_at", "settled_by", "comment")
    list_filter = (OpenFilter, "page__kind")
    search_fields = ("page__slug", "what", "comment")
    list_select_related = ("page__owner", "settled_by")
    date_hierarchy = "at"

    @admin.display(ordering="page__owner__username")
    def owner(self, obj):
        return obj.page.owner

    def get_urls(self):
        view = self.admin_site.admin_view(self.looked_at_view)
        return [path("looked-at/<int:page_pk>/", view, name="articles_evidencechange_looked_at"), *super().get_urls()]

    @transaction.atomic
    def looked_at_view(self, request, page_pk):
        """Settle the changes that somebody read of and found to ask for nothing."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        page = specific(get_object_or_404(Document.objects.held(), pk=page_pk))
        if not desk.may_settle(request.user, page):
            raise PermissionDenied
        if reason := self._reason_against(page, request.POST):
            typed = request.POST.get("comment", "").strip()
            written = f" You had written: “{typed}”" if typed else ""
            messages.error(request, f"“{page}” still waits: {reason}{written}")
        else:
            evidence.settle(page, by=request.user, comment=request.POST["comment"].strip())
            messages.success(request, f"“{page}” was looked at: nothing in it has to change.")
        if request.POST.get("back") == "page":
            return redirect(moves.address(page, "change"))
        return redirect(f"{reverse('admin:index')}#evidence")

    def _reason_against(self, page, posted):
        if not posted.get("comment", "").strip():
            return "say in a few words what you looked at."
        seen = posted.get("seen", "")
        still_open = EvidenceChange.objects.filter(page=page, settled_at=None)
        if not is_id(seen) or still_open.filter(pk__gt=int(seen)).exists():
            return "more of its evidence has changed since you read this. Please look at that too."
        return ""
