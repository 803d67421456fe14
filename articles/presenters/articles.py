"""An article's content dict as its page shows it: numbered citations, parts in reading order, links.

Not here: the figures of a medicine (figures.py), and sources and dates (trust.py).
"""

from django.urls import reverse
from django.utils.text import Truncator

from ..text import html, inline_html, long_html, plain
from .figures import figure_groups
from .trust import source_rows
from .wording import lower_first, upper_first

WORDS_A_MINUTE = 200
HELP_LEVELS = ("emergency", "today", "soon")
# Ids that the page gives to other things; a section whose key is one of them gets another id.
_TAKEN = {"about", "help", "main", "questions", "related", "sources", "toc"}
_NOT_READ = {"key", "kind", "slug", "facts_checked", "review_due", "drugs", "effects", "pairs", "references", "links"}
_NOT_READ |= {"section", "parent", "style", "drug", "effect", "search_description"}


def article_page(content, *, listings=(), named=None):
    """All that article.html prints.

    `listings`: dicts of the read table's rows for the figures shown and for the articles nearby.
    `named`: {(kind, slug): content} of the sources, medicines and effects that the article names.
    """
    named = named or {}
    references = [row for row in content.get("references", []) if ("source", row["source"]) in named]
    numbers = {row["key"]: number for number, row in enumerate(references, start=1)}
    source_numbers = {row["source"]: number for number, row in enumerate(references, start=1)}
    sources = {slug: source for (kind, slug), source in named.items() if kind == "source"}
    figures = {
        (row["drug_slug"], row["effect_slug"]): _figures(row, sources, source_numbers)
        for row in listings
        if (row["drug_slug"], row["effect_slug"]) in pairs_shown(content)
    }
    parts = _parts(content, numbers, figures, named)
    return {
        "title": content["title"],
        "subtitle": content.get("subtitle", ""),
        "description": content.get("search_description")
        or Truncator(plain(f"{content['verdict']} {content['short_answer']}")).chars(160),
        "minutes": minutes_to_read(content),
        "verdict": content["verdict"],
        "answer": inline_html(content["short_answer"], numbers),
        "action": inline_html(content["action"], numbers),
        "lead": html(content.get("lead"), numbers),
        "summary": [
            (words, inline_html(content[half], numbers))
            for half, words in (("helps", "How it can help"), ("harms", "How it can harm"))
            if content.get(half)
        ],
        "key_points": [
            {"label": point["label"], "text": inline_html(point["text"], numbers)}
            for point in content.get("key_points", [])
        ],
        "contents": _contents(content, parts),
        "parts": parts,
        "has_help": any(part["id"] == "help" for part in parts),
        "faqs": [
            {"id": faq["key"], "question": faq["question"], "answer": inline_html(faq["answer"], numbers)}
            for faq in content.get("faqs", [])
        ],
        "sources": source_rows(source_numbers, sources, page_checked=content.get("facts_checked", "")),
        "links": [(link["url"], link["label"]) for link in content.get("links", [])],
        "related": _related(content, listings, named),
    }


def pairs_shown(content):
    """[(medicine, effect)] whose figures a section of this article draws."""
    sections = content.get("sections", [])
    return [(section["drug"], section["effect"]) for section in sections if section.get("style") == "how-often"]


def minutes_to_read(content):
    """Whole minutes, never none."""
    return max(1, round(count_words(content) / WORDS_A_MINUTE))


def count_words(value):
    """How many words of a content dict, or of a part of it, readers see."""
    if isinstance(value, dict):
        return sum(count_words(inner) for name, inner in value.items() if name not in _NOT_READ)
    if isinstance(value, list):
        return sum(count_words(inner) for inner in value)
    return len(plain(value).split()) if isinstance(value, str) else 0


def _parts(content, numbers, figures, named):
    """Sections as one flat list, each sub-section behind the section that it stands under."""
    sections = content.get("sections", [])
    tops = [section["key"] for section in sections if not section.get("parent")]
    order = [
        (section, 2 if section["key"] == top else 3)
        for top in tops
        for section in sections
        if top in (section["key"], section.get("parent"))
    ]
    ids = _section_ids(content, sections)
    parts = [
        {
            "id": ids[section["key"]],
            "level": level,
            "style": section.get("style", ""),
            "heading": section["heading"],
            "body": long_html(section.get("body"), numbers, under=level),
            "items": _items(section, numbers),
            "drug": _drug_of(section, content, named),
            "figures": figures.get((section.get("drug"), section.get("effect"))),
            "claims": [
                {"said": inline_html(claim["often_said"], numbers), "found": inline_html(claim["sources_say"], numbers)}
                for claim in content.get("claims", [])
                if claim["section"] == section["key"]
            ],
            "tables": [_table(t, numbers) for t in content.get("tables", []) if t["section"] == section["key"]],
        }
        for section, level in order
    ]
    guarded = next((part for part in parts if part["figures"]), None)
    return [part | {"guard": part is guarded} for part in parts]


def _contents(content, parts):
    links = [(f"#{part['id']}", part["heading"]) for part in parts if part["level"] == 2]
    links += [("#questions", "Questions people ask")] if content.get("faqs") else []
    return links + ([("#sources", "Where this comes from")] if content.get("references") else [])


def _section_ids(content, sections):
    """{key: id}. Questions keep their own keys, because search leads to them; 'help' is where the help boxes stand."""
    taken = _TAKEN | {faq["key"] for faq in content.get("faqs", [])}
    ids = {s["key"]: f"{s['key']}-part" if s["key"] in taken else s["key"] for s in sections}
    box = next((section for section in sections if section.get("style") in HELP_LEVELS), None)
    if box:
        ids[box.get("parent") or box["key"]] = "help"
    return ids


def _items(section, numbers):
    """The bullets of a help box. No link distracts from an emergency, so its sources are cited in the text above it."""
    if section.get("style") not in HELP_LEVELS:
        return []
    numbers = {} if section["style"] == "emergency" else numbers
    bullets = f"\n{section.get('body', '')}".split("\n- ")[1:]
    return [inline_html(" ".join(bullet.split()), numbers) for bullet in bullets]


def _drug_of(section, content, named):
    """The medicine that a call-out names; 'this medicine' where the article is about several or about none."""
    about = [section["drug"]] if section.get("drug") else content.get("drugs", [])
    drug = named.get(("drug", about[0])) if len(about) == 1 else None
    return drug["name"] if drug else "this medicine"


def _figures(row, sources, source_numbers):
    """What the medicine's own page says of the pair, from its live findings, each with its source."""
    href = reverse("pair", args=[row["drug_slug"], row["effect_slug"]])
    findings = row["listing"].get("findings", [])
    own = len(source_numbers)
    others = {slug for finding in findings for slug in finding["sources"] if slug in sources} - source_numbers.keys()
    numbers = source_numbers | {slug: number for number, slug in enumerate(sorted(others), start=own + 1)}
    groups = figure_groups(findings, sources, numbers)
    for source in (source for group in groups for figure in group["figures"] for source in figure["sources"]):
        if int(source["href"].removeprefix("#ref-")) > own:
            # It is none of the article's references, so it stands in the list of the pair's own page.
            source.update(href=f"{href}#sources", text=source["text"].partition(". ")[2])
    pair = f"{upper_first(row['drug_name'])} and {lower_first(row['effect_name'])}"
    return {"groups": groups, "href": href, "text": f"{pair}: every figure and its source"}


def _table(table, numbers):
    columns = table.get("columns", [])
    rows = []
    for row in table.get("rows", []):
        texts = {cell["key"]: cell["text"] for cell in row.get("cells", [])}
        cells = [(column["heading"], inline_html(texts.get(column["key"]), numbers)) for column in columns]
        rows.append({"name": row["heading"], "cells": cells})
    return {
        "caption": table["caption"],
        "columns": [
            (reverse("drug", args=[column["drug"]]) if column.get("drug") else "", column["heading"])
            for column in columns
        ],
        "rows": rows,
    }


def _related(content, listings, named):
    """Where to read on: the medicine's page, the symptoms' pages, articles about the same."""
    links = [
        (reverse("drug", args=[slug]), f"{upper_first(named['drug', slug]['name'])}: all side effects")
        for slug in content.get("drugs", [])
        if ("drug", slug) in named
    ]
    links += [
        (reverse("symptom", args=[slug]), f"{upper_first(named['effect', slug]['name'])}: which medicines list it")
        for slug in content.get("effects", [])
        if ("effect", slug) in named
    ]
    nearby = {
        row["article_slug"]: row["article_title"]
        for row in listings
        if row["article_slug"] not in ("", content["slug"])
    }
    return links + [(reverse("article", args=[slug]), title) for slug, title in nearby.items()]
