"""Editors' page of a side effect: what it feels like, and the words that people type for it."""

from django.contrib import admin

from ..models import Effect, EffectTerm, WarningSign
from .documents import DocumentAdmin, DocumentForm
from .rows import PartTable


class EffectForm(DocumentForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "body_area" in self.fields:
            self.fields["body_area"].widget.attrs["list"] = "body-areas"


class WarningSigns(PartTable):
    model = WarningSign
    verbose_name_plural = "signs that need help"
    fields = ("text", "key", "position")


class Terms(PartTable):
    model = EffectTerm
    verbose_name = "word"
    verbose_name_plural = "other words that people type for it"
    fields = ("text", "language", "key", "position")


@admin.register(Effect)
class EffectAdmin(DocumentAdmin):
    form = EffectForm
    page_name = "symptom"
    change_form_template = "admin/effect_change_form.html"
    list_display = ("name", "clinical_term", "body_area", *DocumentAdmin.list_display[1:])
    list_filter = (*DocumentAdmin.list_filter, "body_area")
    search_fields = ("name", "clinical_term", "slug", "terms__text")
    ordering = ("name",)
    inlines = (WarningSigns, Terms)
    fieldsets = (
        ("The side effect", {"fields": ("name", "clinical_term", "body_area", "description", "sources")}),
        ("What helps", {"fields": ("self_care", "self_care_sources")}),
        ("What else it can be", {"fields": ("other_causes", "other_causes_sources")}),
        ("How people say it", {"fields": ("is_illness", "wordings")}),
    )

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["body_areas"] = Effect.objects.order_by("body_area").values_list("body_area", flat=True).distinct()
        return super().render_change_form(request, context, add, change, form_url, obj)
