"""The facts' short fragments ("raise the legs when sitting; tell the prescriber") as sentences a reader can read."""

import calendar
import datetime
import re

_PARTS = re.compile(r";\s+(?![^(]*\))")
# Not a date or a telephone number, which have more than one hyphen.
_NUMBER_RANGE = re.compile(r"(?<![\d-])([\d.,]*\d)-(\d[\d.,]*)(?![\d-])")


def in_words(date):
    """'2026-11-20' or a date -> '20 November 2026'; '' stays ''."""
    if not date:
        return ""
    if isinstance(date, str):
        date = datetime.date.fromisoformat(date)
    return f"{date.day} {calendar.month_name[date.month]} {date.year}"


def upper_first(text):
    return text[:1].upper() + text[1:]


def lower_first(text):
    """For a name inside a sentence. A short form such as 'QT' or 'NMS' keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def spoken(slug):
    """'ankle-swelling' -> 'ankle swelling': a slug that has no name here."""
    return slug.replace("-", " ")


def ranges_in_words(text):
    """'10-25 mg' -> '10 to 25 mg': screen readers speak the hyphen as a minus or not at all."""
    return _NUMBER_RANGE.sub(r"\1 to \2", text or "")


def sentence(fragment):
    """One fragment with a capital and a full stop."""
    text = upper_first(ranges_in_words(fragment).strip())
    return text if not text or text[-1] in ".?!" else f"{text}."


def parts(fragment):
    """The steps of a fragment: it is parted at '; ', but not inside brackets."""
    return [part.strip() for part in _PARTS.split(fragment or "") if part.strip()]


def bullets(fragment):
    """The steps of a fragment as list items in sentence case, without full stops."""
    return [upper_first(ranges_in_words(part)) for part in parts(fragment)]


def sentences(fragment):
    """The steps of a fragment as running text."""
    return " ".join(sentence(part) for part in parts(fragment))


def listed(words, last="and"):
    """['a', 'b', 'c'] -> 'a, b and c'."""
    words = list(words)
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""
