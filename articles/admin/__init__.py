"""Editors' screens, one file a model family. What readers see changes only through workflow.py."""

from django.contrib import admin

from . import articles, desk, drugs, effects, glossary, people, safety, sources, tables, words

admin.site.site_header = admin.site.site_title = "Side Effects: editors"
admin.site.index_title = "What do you want to work on?"

__all__ = ["articles", "desk", "drugs", "effects", "glossary", "people", "safety", "sources", "tables", "words"]
