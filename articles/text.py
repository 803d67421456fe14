"""Markdown subset -> safe HTML, with numbered citations. The only module that marks text as safe HTML."""

import re
from itertools import pairwise

import nh3
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt

CITATION = re.compile(r"\s*\[ref:([a-z0-9-]+)\]")

_RULES = ["emphasis", "link", "list", "escape", "newline", "entity"]
_markdown = MarkdownIt("zero").enable(_RULES)
_long_markdown = MarkdownIt("zero").enable([*_RULES, "heading", "table"])
_guide_markdown = MarkdownIt("commonmark").enable("table")
_CITE = '<sup class="cite">'
_INLINE_TAGS = {"strong", "a", "br"}
_TAGS = _INLINE_TAGS | {"p", "ul", "ol", "li"}
_LONG_TAGS = _TAGS | {"h3", "h4", "h5", "table", "thead", "tbody", "tr", "th", "td"}
_GUIDE_TAGS = _LONG_TAGS | {"h2", "em", "code", "pre", "img"}
# A table scrolls inside its own box on a phone, and a keyboard must reach that box.
_TABLE = '<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>'

_HEADING_MARK = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+", re.MULTILINE)
# The line below a table's headings: nothing but bars, dashes and colons.
_TABLE_RULE = re.compile(r"^(?=[^\n]*\|)(?=[^\n]*-)[ \t|:-]+$", re.MULTILINE)
_TABLE_ROW = re.compile(r"^[ \t]*\|.*$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def html(markdown, numbers=None):
    """Safe HTML blocks of a Markdown text. `numbers`: {reference key: number} for [ref:key] citations."""
    return _clean(_markdown.render(markdown or ""), _TAGS, numbers)


def long_html(markdown, numbers=None, *, under):
    """The same for a long text, which may have headings and tables too; it stands under a heading of level `under`."""
    tokens = _long_markdown.parse(markdown or "")
    _set_levels([token for token in tokens if token.type in ("heading_open", "heading_close")], under)
    clean = _clean(_long_markdown.renderer.render(tokens, _long_markdown.options, {}), _LONG_TAGS, numbers)
    # Cleaned, so these are tags: a "<" that somebody typed is "&lt;" by now.
    tables = clean.replace("<th>", '<th scope="col">').replace("<table>", _TABLE).replace("</table>", "</table></div>")
    return mark_safe(tables)  # noqa: S308 - cleaned above


def inline_html(markdown, numbers=None):
    """The same for one line: no paragraph around it."""
    return _clean(_markdown.renderInline(markdown or ""), _INLINE_TAGS, numbers)


def guide_html(markdown, *, picture):
    """(safe HTML of a guide of ours, its chapters as (id, words)). `picture` gives the address of a picture by its path."""
    tokens, chapters = _guide_markdown.parse(markdown), []
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", slugify(inline.content))
            if opening.tag == "h2":
                chapters.append((opening.attrGet("id"), inline.content))
        for part in inline.children or ():
            if part.type == "image":
                part.attrSet("src", picture(part.attrGet("src")))
    page = nh3.clean(
        _guide_markdown.renderer.render(tokens, _guide_markdown.options, {}),
        tags=_GUIDE_TAGS,
        attributes={"a": {"href"}, "img": {"src", "alt"}} | {heading: {"id"} for heading in ("h2", "h3")},
        link_rel=None,
    )
    return mark_safe(page.replace("<th>", '<th scope="col">')), chapters  # noqa: S308 - cleaned above


def plain(markdown):
    """The text alone: no marks, no citations, one line."""
    text = CITATION.sub("", markdown or "")
    text = re.sub(r"\[([^\[\]]*)\]\([^)]*\)", r"\1", text)
    text = _TABLE_ROW.sub(lambda row: re.sub(r"(?<!\\)\|", " ", row[0]), _TABLE_RULE.sub("", text))
    text = re.sub(r"\*\*|^[ \t]*(?:[-*]|\d+\.)\s+", "", _HEADING_MARK.sub("", text), flags=re.MULTILINE)
    return " ".join(_ESCAPED.sub(r"\1", text).split())


def cited_keys(markdown):
    """The reference keys that a text cites, in order, repeats included."""
    return CITATION.findall(markdown or "")


def _set_levels(tokens, under):
    """Give headings the levels that go on from the page's: the first right below `under`, and none skipped."""
    open_levels = []
    for token in tokens:
        level = int(token.tag[1])
        if token.type == "heading_open":
            open_levels = [*(outer for outer in open_levels if outer < level), level]
        token.tag = f"h{min(under + len(open_levels), 5)}"


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
