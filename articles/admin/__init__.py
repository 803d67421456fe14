"""Editors' screens, one file a model family. What readers see changes only through workflow.py."""

from . import accounts, articles, desk, drugs, effects, glossary, people, safety, sources, tables, words

__all__ = [
    "accounts",
    "articles",
    "desk",
    "drugs",
    "effects",
    "glossary",
    "people",
    "safety",
    "sources",
    "tables",
    "words",
]
