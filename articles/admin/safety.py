"""Editors' pages of the safety rules: red flags, prescribing cascades, look-alike names and help lines."""

from django.contrib import admin

from ..models import Cascade, HelpLine, LookAlike, RedFlag, Sign
from .documents import DocumentAdmin, DocumentForm
from .rows import PartInline


class RuleForm(DocumentForm):
    address_from = ""


class HelpLineForm(RuleForm):
    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("number") and not cleaned.get("url") and not self.errors.keys() & {"number", "url"}:
            self.add_error("number", "Give a number or a web address, or both.")
        return cleaned


class Signs(PartInline):
    model = Sign
    verbose_name_plural = "signs, as the reader sees them"
    fields = ("text", "effects", "effects_together", "wordings", "wordings_together", "key", "position")


@admin.register(RedFlag)
class RedFlagAdmin(DocumentAdmin):
    form = RuleForm
    list_filter = ("level", *DocumentAdmin.list_filter)
    search_fields = ("slug", "signs__text", "do", "why")
    ordering = ("slug",)
    inlines = (Signs,)
    fieldsets = (
        ("How urgent", {"fields": ("level", "do", "why")}),
        ("With which medicines", {"fields": ("any_medicine", "drugs", "group_words")}),
        ("How many signs", {"fields": ("together_count", "mixing_matters")}),
        ("Where it comes from", {"fields": ("sources",)}),
    )


@admin.register(Cascade)
class CascadeAdmin(DocumentAdmin):
    form = RuleForm
    list_display = ("slug", "effect", *DocumentAdmin.list_display[1:])
    search_fields = ("slug", "question", "causes__name", "effect__name")
    ordering = ("slug",)
    fieldsets = (
        ("What happens", {"fields": ("causes", "effect", "remedies", "other_remedies")}),
        ("What to ask", {"fields": ("question", "avoidable")}),
        ("How sure we are", {"fields": ("evidence", "evidence_strength", "sources")}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("effect")


@admin.register(LookAlike)
class LookAlikeAdmin(DocumentAdmin):
    form = RuleForm
    list_display = ("__str__", *DocumentAdmin.list_display[1:])
    search_fields = ("slug", "name_a", "name_b")
    ordering = ("name_a",)
    fieldsets = (("The two names", {"fields": ("name_a", "name_b", "why", "seen_at")}),)


@admin.register(HelpLine)
class HelpLineAdmin(DocumentAdmin):
    form = HelpLineForm
    list_display = ("__str__", "purpose", *DocumentAdmin.list_display[1:])
    list_filter = ("purpose", *DocumentAdmin.list_filter)
    search_fields = ("slug", "name", "number", "countries")
    ordering = ("purpose", "countries")
    fieldsets = (
        ("The help line", {"fields": ("purpose", "countries", "name", "number", "how", "url", "note")}),
        ("Where it was seen", {"fields": ("seen_at",)}),
    )
