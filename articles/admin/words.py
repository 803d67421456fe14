"""Editors' pages of the words that readers use: groups of words, words with several meanings; and what is asked for."""

from django.contrib import admin

from ..models import AmbiguousWord, AskedFor, KnownName, Meaning, WordGroup
from .documents import DocumentAdmin, DocumentForm
from .logs import LogAdmin
from .rows import PartTable


class WordGroupForm(DocumentForm):
    address_from = ""


class AmbiguousWordForm(DocumentForm):
    address_from = "word"


class Meanings(PartTable):
    model = Meaning
    verbose_name_plural = "what it can mean"
    fields = ("effect", "drug", "settled_by", "only_if_settled", "key", "position")


@admin.register(WordGroup)
class WordGroupAdmin(DocumentAdmin):
    form = WordGroupForm
    search_fields = ("slug", "words")
    ordering = ("slug",)
    fieldsets = (("Words that mean the same", {"fields": ("words",)}),)


@admin.register(AmbiguousWord)
class AmbiguousWordAdmin(DocumentAdmin):
    form = AmbiguousWordForm
    search_fields = ("word", "forms")
    ordering = ("word",)
    inlines = (Meanings,)
    fieldsets = (
        ("The word", {"fields": ("word", "forms")}),
        ("What to ask", {"fields": ("question", "plain_default", "beware")}),
    )


@admin.register(KnownName)
class KnownNameAdmin(LogAdmin):
    list_display = ("name", "kind", "country", "ingredient")
    list_filter = ("kind", "country")
    search_fields = ("name", "ingredient", "rxcui")
    ordering = ("name",)


@admin.register(AskedFor)
class AskedForAdmin(LogAdmin):
    """What readers asked for: counts of names on our own lists, by month."""

    list_display = ("name", "what", "month", "count")
    list_filter = ("what", "month")
    search_fields = ("name",)
