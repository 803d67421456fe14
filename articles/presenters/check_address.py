"""Addresses of the check: the same question with a piece put in or taken out. No queries."""

import re
from urllib.parse import urlencode

from django.urls import reverse

_JOINTS = re.compile(r"^[\s,;&+]+|[\s,;&+]+$")


def address(question, **changes):
    """The address that asks this, with changes; '' or [] leaves a part out."""
    asked = {
        "q": question.words,
        "medicine": question.medicines,
        "symptom": question.symptoms,
        "class": question.drug_class,
        "band": question.band,
        "serious": "1" if question.serious else "",
    } | changes
    query = urlencode([(name, value) for name, value in asked.items() if value], doseq=True)
    return reverse("check") + (f"?{query}" if query else "")


def cut(words, start, end):
    """What was typed without one piece of it, and without the comma that joined it."""
    before, after = _JOINTS.sub("", words[:start]), _JOINTS.sub("", words[end:])
    return f"{before} {after}".strip()


def without(question, piece):
    """{part: value} for address(): the question without one Named piece, chosen or typed."""
    part = piece.kind
    if piece.end:
        return {"q": cut(question.words, piece.start, piece.end)}
    kept = getattr(question, f"{part}s")
    return {part: [choice for choice in kept if choice != piece.typed]}


def instead(question, asked, slug):
    """{part: value} for address(): the question with an option chosen in the place of what was asked back."""
    part = asked.kind
    kept = [choice for choice in getattr(question, f"{part}s") if asked.end or choice != asked.typed]
    words = cut(question.words, asked.start, asked.end) if asked.end else question.words
    return {part: [*kept, *([slug] if slug not in kept else [])], "q": words}
