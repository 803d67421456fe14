"""Editors' pages of medicines; each side effect of a medicine has a page of its own, with its figures as rows."""

from decimal import Decimal
from itertools import count

from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.db.models import Count
from django.shortcuts import redirect
from django.urls import reverse

from .. import workflow
from ..models import (
    CheckedClaim,
    Disagreement,
    Dose,
    Drug,
    DrugClass,
    DrugEffect,
    DrugLink,
    DrugName,
    Finding,
    NotFound,
    RelatedDrug,
    Use,
)
from .documents import DocumentAdmin
from .parts import PartPageAdmin
from .rows import PartForm, PartInline, PartTable

PERCENTS = ("low", "high", "placebo")


class Uses(PartTable):
    model = Use
    verbose_name_plural = "what it is for"
    fields = ("text", "key", "position")


class Doses(PartInline):
    model = Dose
    verbose_name_plural = "usual doses"
    fields = ("use", "dose", "note", "sources", ("position", "key"))


class Names(PartTable):
    model = DrugName
    verbose_name = "name"
    verbose_name_plural = "brand and other names"
    fields = ("name", "kind", "country", "discontinued", "key", "position")


class Claims(PartInline):
    model = CheckedClaim
    verbose_name = "claim"
    verbose_name_plural = "often said, and checked"
    fields = ("claim", "verdict", "detail", "sources", ("position", "key"))


class Disagreements(PartTable):
    model = Disagreement
    verbose_name_plural = "where sources disagree"
    fields = ("text", "key", "position")


class ThingsNotFound(PartTable):
    model = NotFound
    verbose_name_plural = "what we looked for and could not see"
    fields = ("text", "key", "position")


class RelatedDrugs(PartTable):
    model = RelatedDrug
    verbose_name = "medicine that people confuse with it"
    verbose_name_plural = "medicines that people confuse with it"
    fields = ("name", "brands", "note", "key", "position")


class Links(PartTable):
    model = DrugLink
    verbose_name = "link"
    verbose_name_plural = "official pages"
    fields = ("label", "url", "note", "key", "position")


@admin.register(Drug)
class DrugAdmin(DocumentAdmin):
    page_name = "drug"
    change_form_template = "admin/drug_change_form.html"
    search_fields = ("name", "us_name", "slug", "names__name", "rxcui", "atc")
    list_filter = (*DocumentAdmin.list_filter, "drug_class")
    ordering = ("name",)
    inlines = (Uses, Doses, Names, Claims, Disagreements, ThingsNotFound, RelatedDrugs, Links)
    fieldsets = (
        ("The medicine", {"fields": ("name", "us_name", "name_note", "pronunciation", "patient_words")}),
        ("Group and codes", {"fields": ("drug_class", "technical_class", "rxcui", "atc", "former_atc", "other_atc")}),
        ("Stopping it", {"fields": ("stop_warning", "stop_effects", "stop_sources")}),
        ("How it works", {"fields": ("mechanism", "mechanism_note", "mechanism_sources")}),
        ("Names", {"fields": ("names_note", "names_sources")}),
        ("Background", {"fields": ("background_note", "background_sources")}),
    )

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            listed = obj.effects.select_related("effect").annotate(figures=Count("findings"))
            context["listed_effects"] = listed.order_by("position", "pk")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def own_sections(self, context):
        return [("side-effects", "Side effects", len(context.get("listed_effects", ())))]


class FindingForm(PartForm):
    class Meta:
        error_messages = {
            name: dict.fromkeys(("min_value", "max_value"), "A percent lies between 0 and 100.") for name in PERCENTS
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in PERCENTS:
            if self.initial.get(name) is not None:
                # 11, not 11.0000; and never 1E+2.
                self.initial[name] = Decimal(f"{self.initial[name].normalize():f}")

    def make_key(self, taken):
        letter = "b" if self.instance.band else "f"
        return next(f"{letter}{number}" for number in count(1) if f"{letter}{number}" not in taken)


class Findings(PartInline):
    model = Finding
    form = FindingForm
    verbose_name = "figure"
    verbose_name_plural = "how often, by each source"
    fields = (
        "sources",
        ("band", "qualifier"),
        ("low", "high", "placebo"),
        ("dose", "form"),
        ("population", "period"),
        ("measure", "note"),
        ("position", "key"),
    )


@admin.register(DrugEffect)
class DrugEffectAdmin(PartPageAdmin):
    identity = ("drug", "effect")
    named = "effects"
    change_form_template = "admin/drug_effect_change_form.html"
    list_display = ("effect", "drug", "sort_band", "serious", "figures", "position")
    list_filter = ("serious", "extra", "sort_band", ("drug", admin.RelatedOnlyFieldListFilter))
    search_fields = ("effect__name", "drug__name")
    ordering = ("drug__name", "position", "pk")
    inlines = (Findings,)
    fieldsets = (
        (None, {"fields": ("drug", "effect", "position")}),
        ("Our marks", {"fields": ("serious", "extra", "sort_band")}),
        ("When to get help and what helps", {"fields": ("when_to_get_help", "what_helps", "what_helps_sources")}),
        ("What is known", {"fields": ("onset", "mechanism", "dose_relation", "disagreement", "sources")}),
        ("Note", {"fields": ("note", "note_sources")}),
        (
            "Timing",
            {
                "fields": (
                    "timing_onset",
                    "timing_settling",
                    "timing_after_dose_change",
                    "timing_after_stopping",
                    "timing_note",
                    "timing_sources",
                )
            },
        ),
    )

    def key_of(self, row):
        return row.effect.slug

    def row_with_key(self, document, key):
        return DrugEffect.objects.filter(drug=document.pk, effect__slug=key).first()

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("drug", "effect").annotate(figure_count=Count("findings"))

    @admin.display(description="figures")
    def figures(self, obj):
        return obj.figure_count

    def page_of(self, obj):
        return reverse("pair", args=[obj.drug.slug, obj.effect.slug])

    def delete_view(self, request, object_id, extra_context=None):
        pair = self.get_object(request, object_id)
        if pair and (article := pair.articles.first()):
            messages.error(request, f"The article “{article}” leads this pair. Take it off there first.")
            return redirect(reverse("admin:articles_drugeffect_change", args=[quote(pair.pk)]))
        return super().delete_view(request, object_id, extra_context)


@admin.register(DrugClass)
class DrugClassAdmin(admin.ModelAdmin):
    """A group is no document, but its name stands in the content of its medicines."""

    actions = None
    fields = ("name",)
    list_display = ("name", "medicines")
    search_fields = ("name",)
    ordering = ("name",)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(drug_count=Count("drugs"))

    @admin.display(description="medicines")
    def medicines(self, obj):
        return obj.drug_count

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        # In the order in which others hold several documents, so that no two wait for each other.
        for drug in obj.drugs.order_by("slug") if form.changed_data else ():
            workflow.save(drug, by=request.user, reason=f"The group is now called '{obj.name}'"[:300])
