"""Sources: every citation has its reference, every reference its citation, every number a source, every source a sound one.

Not here: which rows of a medicine must name a source (facts.py).
"""

from ..reading import blocks
from ..text import cited_keys, plain
from .often import figures
from .problem import MARKDOWN, Problem, named_sources, texts, warning

# A number here names its source in the same paragraph. What people say has none, and the action gives no numbers.
_COUNTING = tuple(name for name in MARKDOWN if name not in ("action", "often_said"))


def citation_problems(content):
    """An article's citations against its references."""
    known = {reference["key"] for reference in content.get("references", [])}
    cited = set()
    for path, text in texts(content, MARKDOWN):
        keys = dict.fromkeys(cited_keys(text))
        cited.update(keys)
        for key in keys:
            if key not in known:
                yield Problem(
                    f"The text cites [ref:{key}], but no reference has that key. Add the reference, or correct the key.",
                    path,
                )
    for reference in content.get("references", []):
        if reference["key"] not in cited:
            yield Problem(
                f"The reference '{reference['key']}' is cited nowhere. Cite it, or take it off the list.",
                ("references", reference["key"], "source"),
            )
    for path, text in texts(content, _COUNTING):
        for block in blocks(text):
            if not cited_keys(block) and (found := figures(plain(block))):
                yield Problem(
                    f"The number '{found[0].text}' names no source. Cite one in the same paragraph with [ref:key].",
                    path,
                )
    # The verdict is read in one breath with the short answer, which cites for both.
    if not cited_keys(content.get("short_answer", "")) and (found := figures(plain(content.get("verdict", "")))):
        yield Problem(f"The number '{found[0].text}' names no source. Cite one in the short answer.", ("verdict",))
    for name in ("title", "subtitle"):
        if found := figures(content.get(name, "")):
            yield Problem(f"No source can stand beside '{found[0].text}' here. Say it in the text.", (name,))


def source_problems(content, sources):
    """What is wrong with the sources named; `sources`: {slug: link status}, None if nothing is known of them."""
    for path, slug in named_sources(content):
        status = (sources or {}).get(slug)
        if status == "withdrawn":
            yield Problem(f"The source '{slug}' was withdrawn. Name another source.", path)
        elif status == "unpublished":
            yield warning(
                f"Readers cannot see the source '{slug}' yet. It has to be published before this page can be.", path
            )
        elif status == "dead":
            yield warning(
                f"The address of the source '{slug}' no longer answers. Find its new address, or name another source.",
                path,
            )
