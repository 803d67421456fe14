"""Wordings: the lines that say how people put a thing into words, compiled once and matched against tokens.

The language is explained in models/words.py. A line matches where each of its items stands in one sentence, in any
order, with few other words between.
"""

from collections import defaultdict
from dataclasses import dataclass

from .tokens import FUNCTION_WORDS, PARTICLES, fold, stem

GAP = 4  # other words that may stand between the words of a wording
MOST = 400  # combinations of places looked at for one wording; a text made to be slow ends there


@dataclass(frozen=True)
class Wording:
    """One compiled line. `owner`: whatever it speaks for; `slots`: numbers of the sets of words that must all be there."""

    owner: tuple
    slots: tuple
    is_harmless: bool = False
    is_phrase: bool = False


@dataclass(frozen=True)
class Match:
    wording: Wording
    tokens: tuple  # numbers of the tokens it stands on, in order
    is_corrected: bool  # rests on a corrected spelling

    @property
    def owner(self):
        return self.wording.owner

    @property
    def span(self):
        return self.tokens[-1] - self.tokens[0]


def stems_of(phrase):
    """'out of breath' -> ('out', 'breath'): the stems that carry meaning; all of them if none does."""
    words = fold(phrase.replace("_", " ")).split()
    content = [word for word in words if word not in FUNCTION_WORDS] or words
    return tuple(stem(word) for word in content)


def _is_hollow(stems, phrase):
    """Whether too little is left of words kept together: of 'very_fit' only 'fit', which would take everything."""
    return len(stems) == 1 and "_" in phrase


class Wordings:
    """All wordings of a site, found by the words they hold."""

    def __init__(self, groups):
        """`groups`: {slug: [word or phrase, ...]} of the word groups."""
        self._groups = {slug: frozenset((stems_of(word), False) for word in words) for slug, words in groups.items()}
        # An alternative is (stems, whether nothing but function words may part them: 'pins and needles' is not parted).
        self._slots = {}  # frozenset of alternatives -> its number; one group is one slot in all lines
        self._alternatives = []
        self._first = defaultdict(list)  # stem -> [(slot, stems of the alternative, whether it is tight)]
        self._of_slot = defaultdict(list)  # slot -> wordings of which it is the rarest
        self._wordings = []

    def add_line(self, owner, items, *, is_harmless=False):
        """A line of the language. An unknown group matches nothing, so that a typing error in one line breaks no page."""
        kept = [item for item in items if fold(item) not in FUNCTION_WORDS]
        if is_harmless and len(kept) == 1 < len(items):
            return  # of '- killing me' only 'killing' is left, which would take everything
        items = kept
        slots = tuple(self._slot(self._alternatives_of(item)) for item in items)
        if slots and None not in slots:
            self._wordings.append(Wording(owner, slots, is_harmless))

    def add_phrase(self, owner, phrase):
        """A name or synonym: its words must follow each other."""
        stems = stems_of(phrase)
        if (stems and stems[0] not in PARTICLES) or len(stems) > 1:
            self._wordings.append(Wording(owner, (self._slot(frozenset([(stems, False)])),), is_phrase=True))

    def finish(self):
        """Index every wording under the slot that fewest others use."""
        use = defaultdict(int)
        for wording in self._wordings:
            for slot in wording.slots:
                use[slot] += 1
        for wording in self._wordings:
            self._of_slot[min(wording.slots, key=use.__getitem__)].append(wording)

    def words(self):
        """Every stem that stands in a wording."""
        return {each for alternatives in self._alternatives for stems, _ in alternatives for each in stems}

    def matches(self, tokens):
        """Every match of every wording, harmless ones too. `tokens`: those that carry meaning, with all their stems."""
        found = defaultdict(list)  # slot -> [(places in `tokens`, is_corrected)]
        for place, token in enumerate(tokens):
            for each, is_corrected in token.stems.items():
                for slot, stems, is_tight in self._first.get(each, ()):
                    places, corrected = (place,), is_corrected
                    for step, wanted in enumerate(stems[1:], start=1):
                        following = tokens[place + step] if place + step < len(tokens) else None
                        if following is None or wanted not in following.stems or following.sentence != token.sentence:
                            break
                        if is_tight and not following.joins_before:
                            break
                        places, corrected = (*places, place + step), corrected or following.stems[wanted]
                    else:
                        found[slot].append((places, corrected))
        result = []
        for slot in list(found):
            for wording in self._of_slot.get(slot, ()):
                if all(each in found for each in wording.slots):
                    result += _placed(wording, tokens, [found[each] for each in wording.slots])
        return result

    def _alternatives_of(self, item):
        found = frozenset()
        for word in item.split("/"):
            if word.startswith("@"):
                found |= self._groups.get(word[1:], frozenset())
            elif not _is_hollow(stems := stems_of(word), word):
                found |= {(stems, True)}
        return found

    def _slot(self, alternatives):
        if not alternatives:
            return None
        if alternatives not in self._slots:
            self._slots[alternatives] = len(self._alternatives)
            self._alternatives.append(alternatives)
            for stems, is_tight in alternatives:
                self._first[stems[0]].append((self._slots[alternatives], stems, is_tight))
        return self._slots[alternatives]


def _placed(wording, tokens, hits):
    """The tightest match from each word on."""
    best = {}
    for places, corrected in _combinations(hits):
        first, last = min(places), max(places)
        is_near = tokens[first].sentence == tokens[last].sentence and last - first < len(places) + GAP
        if is_near and len(places) == len(set(places)):
            rank = (corrected, last - first)
            if first not in best or rank < best[first][0]:
                numbers = tuple(sorted(tokens[place].at for place in places))
                best[first] = (rank, Match(wording, numbers, corrected))
    return [match for _, match in best.values()]


def _combinations(hits):
    """Every choice of one hit an item: (places, is_corrected), in reading order and not too many."""
    chosen = [((), False)]
    for options in hits:
        chosen = [(places + more, corrected or also) for places, corrected in chosen for more, also in options][:MOST]
    return chosen
