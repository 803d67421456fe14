"""Likely spellings: an n-gram table finds candidates, the edit distance ranks them. The same on every database.

The distance is optimal string alignment (a swap of neighbours counts once). Nothing here decides: callers ask the reader.
The table is held in the process: a look-up costs a fifth of the same by SQL, and 8,000 names are a few megabytes.
"""

from collections import Counter, defaultdict
from functools import lru_cache
from heapq import nlargest
from itertools import chain

from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

CANDIDATES = 100  # looked at by distance, of all that share grams; of four letters one swap leaves one gram in common
_EVERYDAY_COUNT = (
    1000  # how often a word stands in the frequency list of the spelling library to be called an everyday word
)
_SOUNDS = (
    ("ck", "k"),
    ("qu", "k"),
    ("x", "ks"),
    ("z", "s"),
    ("y", "i"),
    ("gh", "g"),
    ("wh", "w"),
    ("kn", "n"),
    ("c", "k"),
)
_VOWELS = str.maketrans("", "", "aeiouhw")


@lru_cache(maxsize=1)
def everyday_words():
    """Ordinary English words, which are no misspelt name. Source: the frequency list that comes with pyspellchecker."""
    counts = SpellChecker(language="en").word_frequency.dictionary
    return frozenset(word for word, count in counts.items() if count >= _EVERYDAY_COUNT)


def skeleton(word):
    """The consonants as they sound: 'amlodapeen' and 'amlodipine' -> 'mldpn'."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    kept = word[:1].translate(_VOWELS) + word[1:].translate(_VOWELS)
    return "".join(letter for letter, before in zip(kept, " " + kept, strict=False) if letter != before)


class Speller:
    """Candidates among a fixed set of words."""

    def __init__(self, words):
        self._words = sorted(set(words))
        self._grams = defaultdict(list)
        self._counts = []
        self._by_skeleton = defaultdict(list)
        for number, word in enumerate(self._words):
            grams = _grams(word)
            self._counts.append(len(grams))
            for gram in grams:
                self._grams[gram].append(number)
            self._by_skeleton[skeleton(word)].append(number)

    def near(self, word):
        """[(distance, word)] of the likely spellings, nearest first; those that only sound alike come last."""
        grams = _grams(word)
        shared = Counter(chain.from_iterable(self._grams.get(gram, ()) for gram in grams))
        best = nlargest(
            CANDIDATES, shared, key=lambda number: (shared[number] / (len(grams) + self._counts[number]), -number)
        )
        allowed = allowed_distance(word)
        found = {}
        for number in best:
            distance = OSA.distance(word, self._words[number], score_cutoff=allowed)
            if distance <= allowed and (distance < 2 or len(word) > 5 or word[0] == self._words[number][0]):
                found[number] = (distance, self._words[number])
        sound = skeleton(word)
        if len(sound) >= 4:
            for number in self._by_skeleton.get(sound, ()):
                distance = OSA.distance(word, self._words[number])
                found.setdefault(number, (max(distance, 2), self._words[number]))
        return sorted(found.values(), key=lambda pair: (pair[0], abs(len(pair[1]) - len(word)), pair[1]))


def allowed_distance(word):
    """Slips that a word of this length may hold and still be a likely spelling."""
    length = len(word)
    return 0 if length < 4 else 1 if length < 6 else 2 if length < 9 else 3 if length < 12 else 4


def _grams(word):
    """Three letters each, with the beginning marked twice: people get it right more often than the rest."""
    padded = f"^^{word}$"
    return {padded[start : start + 3] for start in range(len(padded) - 2)}
