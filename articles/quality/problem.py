"""What a check finds, and how checks walk through a content dict."""

from dataclasses import dataclass

# The texts of an article that readers see with links, bold words and citations.
MARKDOWN = ("short_answer", "action", "lead", "helps", "harms", "text", "body", "often_said", "sources_say", "answer")


@dataclass(frozen=True)
class Problem:
    """`sentence`: what is wrong and what to do. `path`: where, ('faqs', 'magnesium', 'answer'); () is the document.

    `binding`: it holds publication back; otherwise it is a warning that a writer may overrule.
    """

    sentence: str
    path: tuple = ()
    binding: bool = True


def warning(sentence, path=()):
    return Problem(sentence, path, binding=False)


def walk(content, path=()):
    """(path, value) of every field, in rows as well, in the content's own order."""
    for name, value in content.items():
        here = (*path, name)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for row in value:
                yield from walk(row, (*here, row["key"]))
        elif name != "key":
            yield here, value


def texts(content, names):
    """(path, text) of every field with one of these names, in rows as well, in the content's own order."""
    return ((path, value) for path, value in walk(content) if isinstance(value, str) and path[-1] in names)


def named_sources(content):
    """(path, slug of a source) wherever the content names one, the document's own list included."""
    for path, value in walk(content):
        if path[-1] == "source":
            yield path, value
        elif path[-1] == "sources" or path[-1].endswith("_sources"):
            yield from ((path, slug) for slug in value)


def shortened(text, length=60):
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
