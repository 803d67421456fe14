"""Markdown subset -> safe HTML, with numbered citations. The only module that marks text as safe HTML."""

import re

import nh3
from django.utils.html import escape
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

CITATION = re.compile(r"\s*\[ref:([a-z0-9-]+)\]")

_markdown = MarkdownIt("zero").enable(["emphasis", "link", "list", "escape", "newline", "entity"])
_CITE = '<sup class="cite">'
_TAGS = {"p", "ul", "ol", "li", "strong", "a", "br"}
_INLINE_TAGS = {"strong", "a", "br"}


def html(markdown, numbers=None):
    """Safe HTML blocks of a Markdown text. `numbers`: {reference key: number} for [ref:key] citations."""
    return _clean(_markdown.render(markdown or ""), _TAGS, numbers)


def inline_html(markdown, numbers=None):
    """The same for one line: no paragraph around it."""
    return _clean(_markdown.renderInline(markdown or ""), _INLINE_TAGS, numbers)


def plain(markdown):
    """The text alone: no marks, no citations, one line."""
    text = CITATION.sub("", markdown or "")
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"\*\*|^\s*(?:[-*]|\d+\.)\s+", "", text, flags=re.MULTILINE).split())


def cited_keys(markdown):
    """The reference keys that a text cites, in order, repeats included."""
    return CITATION.findall(markdown or "")


def _clean(dirty, tags, numbers):
    clean = nh3.clean(
        dirty, tags=tags, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None
    )
    cited = CITATION.sub(lambda match: _citation(match[1], numbers or {}), clean)
    # Neighbours share one <sup>, or sources 1 and 2 read as source 12.
    return mark_safe(cited.replace(f"</sup>{_CITE}", ", "))  # noqa: S308 - cleaned above


def _citation(key, numbers):
    """A link to the numbered source; a key without a reference is dropped here and refused by quality/citations.py."""
    number = numbers.get(key)
    if number is None:
        return ""
    return f'{_CITE}<a href="#ref-{number}" aria-label="Source {number}">{escape(number)}</a></sup>'
