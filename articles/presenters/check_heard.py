"""What was understood of a question, piece by piece, and what is asked back. No queries."""

from itertools import groupby

from django.urls import reverse

from ..understanding.names import name_key
from ..understanding.understood import Named
from .check_address import address, instead, without
from .wording import listed, lower_first, sentence, upper_first

_WHY = {
    "denied": "We left out '{}', because you said that it is not so.",
    "past": "We left out '{}', because it sounds long ago or about somebody else.",
    "reason": "We took '{}' as what a medicine is for, not as what you feel.",
}
MOST_LEFT_OUT = 4
MOST_MIXED_UP = 2


def chips(question, found, known):
    """What was understood, each piece with the address that asks the rest."""
    groups = [
        ("Your symptoms", [_chip(question, each, found) for each in _pieces(question, found, known, "symptom")]),
        (
            "Your medicines",
            [_chip(question, each, found) for each in _pieces(question, found, known, "medicine")]
            + [_uncovered_chip(question, *each) for each in found.heard.not_covered],
        ),
    ]
    return [{"label": label, "chips": chips} for label, chips in groups if chips]


def _pieces(question, found, known, kind):
    """The Named pieces that were answered; each slug once."""
    heard = found.heard.medicines if kind == "medicine" else found.heard.symptoms
    by_slug = {each.slug: each for each in heard}
    for each in found.result["understood"][f"{kind}s"]:
        piece = by_slug.get(each["slug"])
        if piece is None or each["typed"] != piece.typed:
            piece = Named(kind, **each)  # chosen in the address: it has no place in the free text
        yield piece


def _chip(question, piece, found):
    changes = without(question, piece)
    if piece.kind == "medicine" and piece.end:
        # One brand can name two medicines: the other stays.
        together = [each for each in found.heard.medicines if each.start == piece.start and each.slug != piece.slug]
        others = [inn for _, inn, start, _, _ in found.heard.not_covered if start == piece.start]
        changes["medicine"] = [*question.medicines, *(each.slug for each in together), *others]
    text = upper_first(piece.name)
    typed = piece.typed if piece.typed != piece.slug and piece.typed.casefold() != piece.name.casefold() else ""
    return {
        "text": text,
        "typed": typed,
        "href": address(question, **changes),
        "kind": piece.kind,
        "slug": piece.slug,
    }


def _uncovered_chip(question, typed, inn, start, end, name):
    changes = without(question, Named("medicine", typed, "", inn, "", start, end))
    same = name_key(typed) == name_key(inn)
    return {
        "text": upper_first(inn),
        "typed": "" if same else typed,
        "href": address(question, **changes),
        "kind": "not-covered",
    }


def questions(question, found, known):
    """What is asked back: [{"kind", "typed", "title", "options": [{"href", "text", "slug"}]}], spellings first."""
    asked = [_spelling(question, each, known) for each in found.heard.did_you_mean]
    asked += [_meaning(question, each, found, known) for each in found.heard.ambiguous]
    return [each for each in asked if each["options"]]


def _spelling(question, asked, known):
    options = []
    for slug, name, brand_of in asked.options:
        if asked.kind == "symptom":
            text = lower_first(name)
        else:
            what = known.uses.get(slug)
            is_brand = f"a brand of {brand_of}" if brand_of and brand_of.casefold() != name.casefold() else ""
            about = ", ".join(filter(None, [is_brand, f"for {what}" if what else "" if slug else "we do not cover it"]))
            text = f"{name}{f' ({about})' if about else ''}"
        options.append(
            {"href": address(question, **instead(question, asked, slug or name)), "text": text, "slug": slug}
        )
    return {
        "kind": "spelling",
        "typed": asked.typed,
        "title": f"You typed '{asked.typed}'. Did you mean:",
        "options": options,
    }


def _meaning(question, asked, found, known):
    names = known.symptoms if asked.kind == "symptom" else known.medicines
    chosen = {each["slug"] for each in found.result["understood"][f"{asked.kind}s"]}
    taken = [names[slug] for slug, *_ in asked.options if slug in chosen and slug in names]
    options = [
        {"href": address(question, **instead(question, asked, slug)), "text": upper_first(names[slug]), "slug": slug}
        for slug, *_ in asked.options
        if slug in names and slug not in chosen
    ]
    title = f"'{asked.typed}' can mean several things. {asked.question or 'Which is it?'}"
    if taken:
        title = f"We took '{asked.typed}' as {lower_first(taken[0])}. Or is it:"
    return {"kind": "meaning", "typed": asked.typed, "title": title, "options": options}


def left_out(found):
    """Sentences on what was typed and does not count."""
    said = dict.fromkeys(_WHY[why].format(typed) for typed, why in found.heard.left_out)
    return list(said)[:MOST_LEFT_OUT]


def name_notes(found, known):
    """[(sentence, address, link)] on names that can mislead; the address may be ''."""
    notes = []
    for each in found.heard.medicines:
        if each.how == "brand" and each.country:
            notes.append(
                (
                    f"{each.printed} ({each.country} brand) is {each.name}. In other countries the same name can mean "
                    "another medicine.",
                    "",
                    "",
                )
            )
    for _, group in groupby(found.heard.not_covered, key=lambda row: row[0]):
        row = next(group)
        if name_key(row[1]) in known.related:
            other, drug = known.related[name_key(row[1])]
            text = f"{upper_first(other)} and {known.medicines[drug]} are different medicines. We do not cover {other}."
            notes.append((text, reverse("drug", args=[drug]) + "#names", f"See the note on {known.medicines[drug]}"))
    for name, other, why in _mixed_up(found, known)[:MOST_MIXED_UP]:
        text = f"Check the name on the box: {upper_first(name)} and {upper_first(other)} have been mixed up. {sentence(why)}"
        notes.append((text, "", ""))
    return notes


def _mixed_up(found, known):
    """[(name, the other, why)] for each name typed or meant that people are known to mix up with another."""
    said = [each["typed"] for each in found.result["understood"]["medicines"]]
    said += [each["name"] for each in found.result["understood"]["medicines"]]
    said += [part for typed, inn, *_ in found.heard.not_covered for part in (typed, inn)]
    keys = dict.fromkeys(map(name_key, said))
    pairs = {frozenset(pair[:2]): pair for key in keys for pair in known.look_alikes.get(key, ())}
    # First those of which both names stand in the question.
    return sorted(pairs.values(), key=lambda pair: name_key(pair[1]) not in keys)


def uncovered(found):
    """A sentence on what was asked and is not covered: that is an answer of its own, and never a 'no'."""
    if not found.uncovered:
        return ""
    whose = "its" if len(found.uncovered) == 1 else "their"
    return f"We do not cover {listed(found.uncovered.values(), 'or')} yet. This says nothing about {whose} risk."
