"""Editors' pages of articles; their comparison tables have pages of their own (tables.py)."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.urls import path

from ..models import Article, ArticleReference, Claim, FaqItem, KeyPoint, OutboundLink, Section
from ..models.documents import new_key
from ..presenters.articles import count_words, minutes_to_read
from .documents import DocumentAdmin, DocumentForm
from .paste import left_over, paste
from .rows import WRITING_SCRIPTS, PartForm, PartInline, PartTable


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
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].widget.attrs["data-reference-key"] = ""

    def make_key(self, taken):
        return new_key(self.instance.source.slug, taken)


class KeyPoints(PartInline):
    model = KeyPoint
    markdown = {"text": "line"}
    fields = ("label", "text", ("position", "key"))


class Sections(PartInline):
    model = Section
    markdown = {"body": "long"}
    form = InSectionForm
    jump_to_rows = True
    fields = ("heading", "style", "body", ("drug", "effect"), ("parent", "key", "position"))


class Claims(PartInline):
    model = Claim
    markdown = {"often_said": "line", "sources_say": "line"}
    form = InSectionForm
    verbose_name = "claim"
    verbose_name_plural = "often said, and what the sources say"
    fields = ("often_said", "sources_say", ("section", "key", "position"))


class Faqs(PartInline):
    model = FaqItem
    markdown = {"answer": "line"}
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
    change_list_template = "admin/article_change_list.html"
    markdown = {"short_answer": "line", "lead": "short", "helps": "line", "harms": "line"}
    search_fields = ("title", "slug", "drugs__name", "effects__name")
    list_filter = (*DocumentAdmin.list_filter, ("drugs", admin.RelatedOnlyFieldListFilter))
    inlines = (KeyPoints, Sections, Claims, Faqs, References, Links)
    fieldsets = (
        ("The question", {"fields": ("title", "subtitle")}),
        ("The answer", {"fields": ("verdict", "short_answer", "action")}),
        ("Opening", {"fields": ("lead", "helps", "harms")}),
        ("What it is about", {"fields": ("drugs", "effects", "pairs")}),
        ("Search engines", {"fields": ("search_description",)}),
    )

    class Media:
        js = WRITING_SCRIPTS

    def add_to_page(self, context, obj):
        context["reading"] = self._reading(context["latest"].content)
        context["sections"] = obj.sections.order_by("position", "pk").values_list("key", "heading")
        context["left_over"] = left_over(obj)
        context["tables"] = obj.tables.annotate(row_count=Count("rows")).order_by("position", "pk")

    def get_urls(self):
        own = [path("paste/", self.admin_site.admin_view(self.paste_view), name="articles_article_paste")]
        return own + super().get_urls()

    def paste_view(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return paste(request, model_admin=self)

    def _reading(self, content):
        """How long the page takes to read, and its words outside the texts that writing.js counts while they are written."""
        counted = [content.get(name, "") for name in self.markdown]
        for inline in self.inlines:
            rows = inline.model._meta.get_field("article").remote_field.related_name
            counted += [row.get(name, "") for row in content.get(rows, []) for name in inline.markdown]
        words = count_words(content)
        return {"minutes": minutes_to_read(content), "words": words, "elsewhere": words - count_words(counted)}

    def own_sections(self, context):
        return [("tables", "Comparison tables", len(context.get("tables", ())))]
