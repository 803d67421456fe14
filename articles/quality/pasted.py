"""What a pasted article left open: texts that nobody has written yet, and the section with what fitted nowhere."""

import re

from .problem import MARKDOWN, Problem, texts, walk

# How a text begins that a pasted article lacks, and the key of the section with what fitted nowhere (importers/).
MISSING = "[missing"
LEFT_OVER = "left-over-from-the-pasted-text"
# '[1]' and '[2, 5–7]': how articles elsewhere number their references. Here the page numbers them itself.
_MARK = re.compile(r"\[\d+(?:\s*[,–-]\s*\d+)*\](?!\()")


def pasted_problems(content):
    for section in content.get("sections", []):
        if section["key"] == LEFT_OVER:
            yield Problem(f"Use or delete the section '{section['heading']}'.", ("sections", section["key"], "heading"))
    for path, value in walk(content):
        if isinstance(value, str) and MISSING in value and path[:2] != ("sections", LEFT_OVER):
            yield Problem(f"Write the text that is still missing: {value}", path)
    for path, text in texts(content, MARKDOWN):
        if path[:2] != ("sections", LEFT_OVER) and (mark := _MARK.search(text)):
            yield Problem(
                f"The mark '{mark[0]}' leads readers to no source. Put [ref:key] of the reference in its place.", path
            )


def without_left_over(content):
    """The content as it will be: how easily that one section reads matters to nobody."""
    sections = [section for section in content.get("sections", []) if section["key"] != LEFT_OVER]
    return content | {"sections": sections} if "sections" in content else content
