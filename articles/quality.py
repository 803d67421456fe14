"""Checks of a content dict that can hold a publication back; each problem is a sentence for the writer."""

from .text import cited_keys

# How a text begins that a pasted article lacks, and the key of the section with what fitted nowhere (importers/).
MISSING = "[missing"
LEFT_OVER = "left-over-from-the-pasted-text"
_LIST_ONLY = ("emergency", "today", "soon")
# Anchors that an article's page has itself.
_TAKEN_ANCHORS = {"main", "help", "toc", "sources", "questions", "about", "related", "status", "q"}


def problems(content):
    """Sentences about what must be mended before others may see this content; no queries."""
    if content["kind"] == "article":
        return [
            *_citation_problems(content),
            *_anchor_problems(content),
            *_structure_problems(content),
            *_missing_texts(content),
        ]
    if content["kind"] == "drug":
        return [
            f"The side effect '{listing['key']}' names no source."
            for listing in content.get("effects", [])
            if not listing.get("sources")
        ] + [
            f"A figure of '{listing['key']}' ({finding['key']}) names no source."
            for listing in content.get("effects", [])
            for finding in listing.get("findings", [])
            if not finding.get("sources")
        ]
    return []


def _citation_problems(content):
    known = [reference["key"] for reference in content.get("references", [])]
    cited = set()
    for text in _texts(content):
        cited.update(cited_keys(text))
    unknown = [f"The text cites [ref:{key}], but no reference has that key." for key in sorted(cited - set(known))]
    unused = [f"The reference '{key}' is cited nowhere." for key in known if key not in cited]
    return unknown + unused


def _anchor_problems(content):
    """Links to questions are passed on, so their anchors stay as they are; sections give way (presenters/articles.py)."""
    return [
        f"The key '{faq['key']}' of a question is used by the page itself; choose another."
        for faq in content.get("faqs", [])
        if faq["key"] in _TAKEN_ANCHORS or faq["key"].startswith("ref-")
    ]


def _structure_problems(content):
    sections = {section["key"]: section for section in content.get("sections", [])}
    found = []
    for section in sections.values():
        if section.get("parent") and section["parent"] not in sections:
            found.append(
                f"The section '{section['heading']}' stands under '{section['parent']}', which does not exist."
            )
        lines = [line for line in section.get("body", "").splitlines() if line.strip()]
        if section.get("style") in _LIST_ONLY and not all(line.startswith(("- ", "  ")) for line in lines):
            found.append(f"The help box '{section['heading']}' may hold a list only.")
        if section.get("style") == "emergency" and "](" in section.get("body", ""):
            found.append("The emergency box may hold no links.")
    for name in ("claims", "tables"):
        for row in content.get(name, []):
            if row["section"] not in sections:
                found.append(f"The row '{row['key']}' of {name} stands in '{row['section']}', which does not exist.")
    for table in content.get("tables", []):
        columns = {column["key"] for column in table.get("columns", [])}
        for row in table.get("rows", []):
            strays = {cell["key"] for cell in row.get("cells", [])} - columns
            found += [
                f"The table '{table['caption']}' has a cell for a column '{key}' that it lacks." for key in strays
            ]
    return found


def _missing_texts(content):
    """What a pasted article left open: texts nobody has written yet, and the section with what fitted nowhere."""
    kept = [section for section in content.get("sections", []) if section["key"] != LEFT_OVER]
    found = [f"Write the text that is still missing: {text}" for text in _strings(content | {"sections": kept})]
    left = [section for section in content.get("sections", []) if section["key"] == LEFT_OVER]
    return [text for text in found if MISSING in text] + [
        f"Use or delete the section '{section['heading']}'." for section in left
    ]


def _strings(value):
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inner for text in _strings(each)]


def _texts(content):
    """Every text of an article that may hold a citation."""
    for name in ("short_answer", "action", "lead", "helps", "harms"):
        yield content.get(name, "")
    for name, fields in (
        ("key_points", ("text",)),
        ("sections", ("body",)),
        ("claims", ("often_said", "sources_say")),
        ("faqs", ("answer",)),
    ):
        for row in content.get(name, []):
            for field in fields:
                yield row.get(field, "")
    for table in content.get("tables", []):
        for row in table.get("rows", []):
            for cell in row.get("cells", []):
                yield cell["text"]
