"""Words as they are compared: folded, stemmed, each with its place in what was typed."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

import snowballstemmer

# Both sides of a comparison are folded alike, so a rule that also bends an innocent word ('toe' -> 'te') does no harm.
_UK_TO_US = (
    (re.compile(r"[ao]e"), "e"),
    (re.compile(r"our\b"), "or"),
    (re.compile(r"([iy])s(e|ed|es|ing|ation)\b"), r"\1z\2"),
    (re.compile(r"([bt])re\b"), r"\1er"),
    (re.compile(r"ph"), "f"),
)
# 'norvasc5mg' is a name and its dose; a code such as C08CA01 stays whole.
_WORD = re.compile(r"[^\W\d_]{4,}(?=\d+(?:mg|mcg|g|ml)?\b)|[^\W_]+(?:['’`´][^\W_]+)*", re.IGNORECASE)
# Where a thought ends. A comma does not: 'red, hot, swollen leg' is one.
_BOUNDARY = re.compile(r"[.;!?\n•|]|\bbut\b|\bhowever\b|\bthough\b|\balthough\b|\bexcept\b", re.IGNORECASE)
# Not a boundary: the point inside '2.5 mg', 'C. diff', 'St. John'.
_INNER_POINT = re.compile(r"(?<=\d)\.(?=\d)|(?<=\b[A-Za-z])\.(?=\s?\w)|(?<=\bst)\.(?=\s)", re.IGNORECASE)
_OVERDOSED = re.compile(r"\bod['’]d\b")


def fold(text):
    """Lower case, no accents, punctuation as spaces, US spelling: 'Oedema (ankle)' -> 'edema ankle'."""
    text = _OVERDOSED.sub("overdosed", text.casefold())
    text = unicodedata.normalize("NFKD", text.replace("æ", "ae").replace("œ", "oe"))
    text = "".join(character for character in text if not unicodedata.combining(character))
    text = re.sub(r"[^a-z0-9]+", " ", re.sub("['\u2019`\u00b4]", "", text)).strip()
    for pattern, replacement in _UK_TO_US:
        text = pattern.sub(replacement, text)
    return text


# Words that join others and mean nothing to us. Negations and words such as 'up', 'off' and 'all' are not among them.
FUNCTION_WORDS = frozenset(
    fold(
        "a an and are as at be been being by can could did do does for from get gets getting got had has have having he her "
        "hers him his i id if im in into is it its ive just may might mine my of on or our she should so some than that "
        "thats the their them then there theres these they theyre this those to us was we were what when where which while who "
        "will with would you your youre really very quite also about like because since during after before any am"
    ).split()
)

PARTICLES = frozenset("up down out off over all no not".split())  # what is left of 'out of it' says nothing alone
CONJUNCTIONS = frozenset("and or with then plus n".split())
_SOMEBODY = frozenset("him her them".split())  # 'cannot wake him up' is no 'wake up'


_stemmer = snowballstemmer.stemmer("english")
_OWN_STEMS = frozenset(["fitness"])  # who asks about fitness has no fit


@lru_cache(maxsize=20_000)
def stem(word):
    """The stem of a folded word: 'cramping' -> 'cramp', 'dizziness' and 'dizzy' -> 'dizzi'."""
    if word in _OWN_STEMS:
        return word
    stemmed = _stemmer.stemWord(word)
    return word if stemmed in PARTICLES else stemmed  # of 'overeating' it leaves 'over'


@lru_cache(maxsize=20_000)
def folded_word(word):
    """A single word folded; characters that fold to nothing leave ''."""
    return fold(word).replace(" ", "")


@dataclass
class Token:
    """A word of what was typed. `at`: its number among all words; `sentence`: the number of its thought."""

    text: str
    start: int
    end: int
    word: str
    at: int
    sentence: int
    joins_before: bool = True  # no comma, 'and' or end of a thought between it and the word of meaning before
    stems: dict = field(default_factory=dict)  # stem -> whether it is a corrected spelling
    taken: str = ""  # what it turned out to be: name, dose, symptom, ...

    @property
    def spellings(self):
        """The word folded, and as it was typed: in 'waek' a slip made 'ae', which is no British spelling."""
        typed = "".join(filter(str.isalpha, self.text.casefold()))
        return [self.word] if typed == self.word else [self.word, typed]

    @property
    def is_function_word(self):
        return self.word in FUNCTION_WORDS


def tokens_of(text):
    """The words of a text in order. A word of other scripts is kept, under its own lower case."""
    shadow = _INNER_POINT.sub(" ", text)
    ends = [match.start() for match in _BOUNDARY.finditer(shadow)]
    tokens, sentence, joins = [], 0, True
    for match in _WORD.finditer(text):
        while ends and ends[0] < match.start():
            ends.pop(0)
            sentence, joins = sentence + 1, False
        word = folded_word(match[0]) or match[0].casefold()
        is_parted = tokens and (
            "," in text[tokens[-1].end : match.start()] or (tokens[-1].word in _SOMEBODY and word == "up")
        )
        joins = joins and not is_parted
        token = Token(match[0], match.start(), match.end(), word, len(tokens), sentence, joins)
        token.stems[stem(word)] = False
        tokens.append(token)
        joins = word not in CONJUNCTIONS and (joins if token.is_function_word else True)
    return tokens
