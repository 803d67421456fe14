"""How hard a text is to read: Flesch-Kincaid grade, long sentences, long words, words to avoid. No queries.

Names of medicines are taken out first, as WCAG 3.1.5 allows: nobody can choose an easier one.
"""

import re
from statistics import median

from .hard_words import to_avoid
from .text import plain

LONG_SENTENCE = 20  # words; ux: 95 in every 100 sentences are shorter
LONG_WORD = 3  # syllables
MOST_MEDIAN, MOST_WORST, MOST_LONG_SENTENCES = 6, 8, 5  # what an article may reach

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|\d[\d,.]*\d|\d")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9'\"])")
# What begins a list item, a heading or a row of a table.
_MARK = r"\s*(?:-|\d+\.|#{1,6}|\|)\s"
_BLOCK = re.compile(rf"\n\s*\n|\n(?={_MARK})")
_ITEM = re.compile(_MARK)
_HEADING_LINE = re.compile(r"^[ \t]*#{1,6}[ \t].*$", re.MULTILINE)
_TEXTS = {
    "article": ("short_answer", "action", "lead", "helps", "harms"),
    "effect": ("description", "self_care"),
    "glossary-term": ("definition",),
}
_ROW_TEXTS = {
    "key_points": ("text",),
    "sections": ("body",),
    "claims": ("often_said", "sources_say"),
    "faqs": ("answer",),
}


def syllables(word):
    """About right for English: groups of vowels, without a silent e."""
    word = re.sub(r"(?<=[^cgsxzh])es$", "e", word.lower())
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = re.search(r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouydt]ed$", word)
    return max(1, groups - bool(silent))


def words(text, names=()):
    return [word for word in _WORD.findall(text) if word.casefold() not in names]


def sentences(text):
    return [sentence for sentence in _SENTENCE_END.split(text) if _WORD.search(sentence)]


def grade(text, names=()):
    """Flesch-Kincaid school grade; 0 for a text without words."""
    found = words(text, names)
    if not found:
        return 0
    count = sum(syllables(word) for word in found)
    return 0.39 * len(found) / len(sentences(text)) + 11.8 * count / len(found) - 15.59


def names_of(contents):
    """The names of medicines in these content dicts, in lower case; only names of one word, as others hold everyday ones."""
    names = set()
    for content in contents:
        if content["kind"] == "drug":
            told = [content["name"], content.get("us_name", ""), *(name["name"] for name in content.get("names", []))]
            names.update(name.casefold() for name in told if _WORD.fullmatch(name))
    return names


def blocks(text):
    """Paragraphs, list items, headings and rows of tables, each by itself."""
    return _BLOCK.split(_HEADING_LINE.sub(r"\g<0>\n", text))


def is_item(block):
    """Whether it is no paragraph: list items, headings and rows grade too well."""
    return bool(_ITEM.match(block))


def passages(content):
    """(path, text, whether it is a paragraph)."""
    for path, text in _texts(content):
        for block in blocks(text):
            if told := plain(block):
                yield path, told, not is_item(block)


def measure(contents, names=()):
    """What a set of contents reads like: median and worst paragraph, shares of long sentences and words, words to avoid."""
    found = [
        (f"{content['slug']}, {' > '.join(path)}", text, is_paragraph)
        for content in contents
        for path, text, is_paragraph in passages(content)
    ]
    graded = sorted(
        ((grade(text, names), where, text) for where, text, is_paragraph in found if is_paragraph), reverse=True
    )
    told = [sentence for _, text, _ in found for sentence in sentences(text)]
    long = [sentence for sentence in told if len(words(sentence)) > LONG_SENTENCE]
    every = [word for _, text, _ in found for word in words(text, names)]
    return {
        "median": median(row[0] for row in graded) if graded else 0,
        "worst": graded[:5],
        "long_sentences": long,
        "long_sentence_share": 100 * len(long) / max(1, len(told)),
        "long_word_share": 100 * sum(syllables(word) >= LONG_WORD for word in every) / max(1, len(every)),
        "avoid": {word: plainer for _, text, _ in found for word, plainer in to_avoid(text).items()},
    }


def too_hard(measured):
    """Sentences that say where a set of texts misses what an article may reach."""
    faults = []
    if measured["median"] > MOST_MEDIAN:
        faults.append(f"The middle paragraph has grade {measured['median']:.1f}, more than {MOST_MEDIAN}.")
    faults += [
        f"A paragraph of {where} has grade {score:.1f}, more than {MOST_WORST}: {text}"
        for score, where, text in measured["worst"]
        if score > MOST_WORST
    ]
    if measured["long_sentence_share"] > MOST_LONG_SENTENCES:
        faults.append(
            f"{measured['long_sentence_share']:.1f} in every 100 sentences are longer than {LONG_SENTENCE} words, "
            f"more than {MOST_LONG_SENTENCES}: " + " / ".join(measured["long_sentences"][:3])
        )
    return faults


def _texts(content):
    for name in _TEXTS.get(content["kind"], ()):
        if content.get(name):
            text = f"{content.get('verdict', '')} {content[name]}" if name == "short_answer" else content[name]
            yield (name,), text
    for name, fields in _ROW_TEXTS.items() if content["kind"] == "article" else ():
        for row in content.get(name, []):
            for field in fields:
                yield (name, row["key"], field), row.get(field, "")
