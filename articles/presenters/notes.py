"""Notes of those who gathered the facts ('machine-extracted ...; not checked ...') as words for readers.

They say how good a number is, so they stand beside it and its source, not among what is good to know.
"""

import re

from .wording import parts, ranges_in_words, sentence

_BY_COMPUTER = "A computer read this from labels. Nobody has checked it"
# The note's own words and what readers are told instead.
_PLAIN = (
    (
        "band word machine-extracted from product labels by the SIDER 4 database; not checked against the label text",
        _BY_COMPUTER,
    ),
    ("machine-extracted from product labels", _BY_COMPUTER),
    (
        "worked out from the trial percentage; the source gives no band list",
        "Worked out from a trial figure. The source has no list of how often",
    ),
    ("band worked out from the trial percentage, not taken from a label list", "Worked out from a trial figure"),
    ("no band list; follows from its percentage", "Worked out from its percentage"),
    (
        "the source is a table of trial percentages; band probably worked out from them",
        "The source is a table of trial figures. Somebody probably worked this out from them",
    ),
    ("source not separable; neither gives a band list", "We cannot say which of the sources it is from"),
    ("source not separable", "We cannot say which of the sources it is from"),
    ("band comes from a weak list only", "Only a weak source says how often"),
    ("more-common group in the US consumer text; no EU band seen", "A US page lists it among the more common effects"),
    (
        "described as common or more common by the source; no EU band seen",
        "The source lists it among the more common effects",
    ),
    ("no official text with a band was stored", "We have read no official text that says how often"),
    ("not given a frequency of its own in any source seen", "No source says how often this happens by itself"),
)
_ANY = re.compile("|".join(f"(?P<n{number}>{re.escape(words)})" for number, (words, _) in enumerate(_PLAIN)), re.I)


def plain_note(text):
    """The note with its working words said plainly, where it stands: '7 cases; machine-extracted ...'."""
    return ranges_in_words(_ANY.sub(_plain_of, text or ""))


def split_note(text):
    """(what is good to know, what belongs beside the numbers), both as sentences."""
    kept, about_numbers = [], [_plain_of(match) for match in _ANY.finditer(text or "")]
    for part in parts(_ANY.sub("", text or "")):
        kept += [piece for piece in (piece.strip(" .;") for piece in part.split(". ")) if piece]
    return " ".join(map(sentence, kept)), " ".join(map(sentence, about_numbers))


def _plain_of(match):
    return _PLAIN[int(match.lastgroup[1:])][1]
