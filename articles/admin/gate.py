"""What the checks find in a document as it was last saved, each with a link to its field: templates/admin/_problems.html."""

from ..differences import label
from ..quality import hard_words
from .field_links import addresses_of

_NOTE = "Note on this change"


def gate(document, revision, found, *, within=()):
    """The box of problems of this version; `within` is the path of a row that has a page of its own."""
    content = revision.content
    found = [problem for problem in found if problem.path[: len(within)] == within]
    words = [row for row in hard_words(content) if row[2][: len(within)] == within]
    addresses = addresses_of(document, {problem.path for problem in found} | {path for *_, path in words})

    def place(path):
        words = _NOTE if tuple(path) == ("change_note",) else label(path, content) if path else ""
        return {"address": addresses.get(tuple(path), ""), "label": words}

    rows = [{"sentence": problem.sentence, "binding": problem.binding} | place(problem.path) for problem in found]
    return {
        "number": revision.number,
        "binding": [row for row in rows if row["binding"]],
        "warnings": [row for row in rows if not row["binding"]],
        "words": [{"word": word, "plain": plain} | place(path) for word, plain, path in words],
    }
