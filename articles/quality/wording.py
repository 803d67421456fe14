"""Words: how hard a paragraph is, hard words with plain ones to offer, and links that say where they lead.

The measuring itself is in reading.py, the list of hard words in hard_words.py.
"""

import math
import re

from ..hard_words import FORMS, to_avoid, without_brackets
from ..reading import MOST_MEDIAN, MOST_WORST, grade, passages, syllables, words
from .problem import MARKDOWN, Problem, shortened, texts, walk, warning

HARD_SYLLABLES = 4
# A grade says little of 'Hearing becomes weaker.'; in articles it holds all the same, as in `manage.py check_reading`.
_FEWEST_WORDS = 10
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
_SAYS_NOTHING = {
    "", "click", "click here", "find out more", "follow this link", "go", "here", "learn more", "link", "more",
    "more information", "read more", "read this", "see here", "see more", "this", "this link", "this page", "tap here",
}  # fmt: skip
_SITE_PATH = re.compile(r"/(?!/)|#|https?://[^/]", re.IGNORECASE)


def _above(score):
    """A grade in words that are true of it: 8.02 is more than 8."""
    return f"{math.ceil(score * 10) / 10:.1f}"


def reading_problems(content, names):
    """Paragraphs that are too hard and words to avoid. Only articles are held back: other texts keep their sources' words."""
    binding, avoided = content["kind"] == "article", {}
    for path, text, is_paragraph in passages(content):
        avoided.setdefault(path, {}).update(to_avoid(text))
        is_graded = is_paragraph and (binding or len(words(text)) >= _FEWEST_WORDS)
        score = grade(text, names) if is_graded else 0
        if score > MOST_WORST:
            yield Problem(
                f"A paragraph reads at school grade {_above(score)}; {MOST_WORST} is the most. Make its sentences shorter "
                f"and its words plainer: '{shortened(text)}'",
                path,
                binding,
            )
        elif binding and score > MOST_MEDIAN:
            yield warning(
                f"A paragraph reads at school grade {_above(score)}; up to {MOST_MEDIAN} is easy. Try shorter sentences: "
                f"'{shortened(text)}'",
                path,
            )
    for path, plainer in avoided.items():
        if plainer:
            told = ", ".join(f"'{plain}' for '{word}'" for word, plain in plainer.items())
            yield warning(f"Plainer words are easier to read: {told}.", path)


def hard_words(content, names=()):
    """[(word, plain words or "", path)]: each hard word once, where it stands first; no names of medicines."""
    names, found = set(names) | medicines_named(content), {}
    for path, text, _ in passages(content):
        for word, plain in to_avoid(text).items():
            found.setdefault(word, (word, plain, path))
        for word in words(without_brackets(text), names):
            word = word.lower()
            if syllables(word) >= HARD_SYLLABLES and not word[0].isdigit():
                found.setdefault(word, (word, FORMS.get(word, ""), path))
    return list(found.values())


def medicines_named(content):
    """Addresses of the medicines that an article names, which are their names: nobody can choose an easier one."""
    slugs = set()
    for path, value in walk(content):
        if path[-1] in ("drug", "drugs", "pairs"):
            slugs.update([value] if isinstance(value, str) else value)
    return {part for slug in slugs for part in slug.partition("/")[0].split("-")}


def link_problems(content):
    for path, text in texts(content, MARKDOWN) if content["kind"] == "article" else ():
        for words_of_link, target in _LINK.findall(text):
            yield from _link_problems(words_of_link, target, path)
        if re.search(r"\bclick here\b", _LINK.sub("", text), re.IGNORECASE):
            yield warning("'Click here' says nothing to who cannot see or click. Say what is where.", path)
    for link in content.get("links", []):
        yield from _link_problems(link.get("label", ""), link.get("url", ""), ("links", link["key"], "label"))


def _link_problems(words_of_link, target, path):
    bare = re.sub(r"^[\W_]+|[\W_]+$", "", words_of_link).casefold()
    if bare in _SAYS_NOTHING or re.match(r"(?:click|tap) here\b", bare):
        yield Problem(
            f"The link '{words_of_link}' does not say where it leads. Let its words name the page behind it.", path
        )
    if not _SITE_PATH.match(target):
        yield Problem(
            f"The link '{words_of_link}' leads to '{target}'. Write a path of this site, such as /medicines/amlodipine/, "
            "or an address that begins with https://.",
            path,
        )
