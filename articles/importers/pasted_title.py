"""The title line of a pasted article: what of it is the title, and which medicines and side effects it names."""

import re


def title_and_subtitle(text):
    """The question, and what stands behind it; a colon parts them too, if enough stands before it."""
    question, mark, rest = text.partition("?")
    if mark and rest.strip(" :-–—"):
        return question + mark, rest.strip(" :-–—")
    before, mark, after = text.partition(": ")
    if mark and len(before.split()) > 2 and not text.endswith("?"):
        return before, after.strip()
    return text, ""


def shortened(text, most):
    """(beginning, rest): cut between two words, before a small word if there is one not far from the end."""
    if len(text) <= most:
        return text, ""
    head = text[: most + 1].rpartition(" ")[0]
    for link in (" and ", " or ", ", ", " – "):
        before = head.rpartition(link)[0]
        if len(before) > most // 2:
            head = before
            break
    return head, text[len(head) :].strip()


def named_in(text, names):
    """The sorted slugs of `names` ({name: slug}) that a text names; 'leg cramps' is not 'cramps' as well."""
    words, found = _spoken(text), set()
    for name in sorted(names, key=len, reverse=True):
        spoken = _spoken(name)
        if spoken.strip() and spoken in words:
            found.add(names[name])
            words = words.replace(spoken, "  ")
    return sorted(found)


def _spoken(text):
    """Only the words, between spaces, so that a name is found as a whole."""
    return " " + " ".join(re.findall(r"[^\W_]+", text.casefold())) + " "
