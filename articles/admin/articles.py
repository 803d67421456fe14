"""Editors' pages of articles; their comparison tables have pages of their own (tables.py)."""

from django.contrib import admin
from django.db.models import Count

from ..models import Article, ArticleReference, Claim, FaqItem, KeyPoint, OutboundLink, Section
from .documents import DocumentAdmin, DocumentForm
from .rows import PartForm, PartInline, PartTable, new_key


class ArticleForm(DocumentForm):
    address_from = "title"


class InSectionForm(PartForm):
    """A row that names a section by its key; the page offers the keys there are."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("section", "parent"):
            if name in self.fields:
                self.fields[name].widget.attrs["list"] = "section-keys"


class ReferenceForm(PartForm):
    def make_key(self, taken):
        return new_key(self.instance.source.slug, taken)


class KeyPoints(PartInline):
    model = KeyPoint
    fields = ("label", "text", ("position", "key"))


class Sections(PartInline):
    model = Section
    form = InSectionForm
    jump_to_rows = True
    fields = ("heading", "style", "body", ("drug", "effect"), ("parent", "key", "position"))


class Claims(PartInline):
    model = Claim
    form = InSectionForm
    verbose_name = "claim"
    verbose_name_plural = "often said, and what the sources say"
    fields = ("often_said", "sources_say", ("section", "key", "position"))


class Faqs(PartInline):
    model = FaqItem
    verbose_name = "question"
    verbose_name_plural = "questions people ask"
    fields = ("question", "answer", ("position", "key"))


class References(PartTable):
    model = ArticleReference
    form = ReferenceForm
    verbose_name = "reference"
    verbose_name_plural = "references, in the order of their numbers"
    fields = ("source", "key", "position")


class Links(PartTable):
    model = OutboundLink
    verbose_name = "link"
    verbose_name_plural = "links to other sites"
    fields = ("label", "url", "key", "position")


@admin.register(Article)
class ArticleAdmin(DocumentAdmin):
    form = ArticleForm
    page_name = "article"
    change_form_template = "admin/article_change_form.html"
    search_fields = ("title", "slug", "drugs__name", "effects__name")
    list_filter = (*DocumentAdmin.list_filter, ("drugs", admin.RelatedOnlyFieldListFilter))
    inlines = (KeyPoints, Sections, Claims, Faqs, References, Links)
    fieldsets = (
        ("The question", {"fields": ("title", "subtitle")}),
        ("The answer", {"fields": ("verdict", "short_answer", "action")}),
        ("Opening", {"fields": ("lead", "helps", "harms")}),
        ("What it is about", {"fields": ("drugs", "effects", "pairs")}),
    )

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["sections"] = obj.sections.order_by("position", "pk").values_list("key", "heading")
            context["tables"] = obj.tables.annotate(row_count=Count("rows")).order_by("position", "pk")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def own_sections(self, context):
        return [("tables", "Comparison tables", len(context.get("tables", ())))]
