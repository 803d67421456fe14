"""The form of the check: what can be ticked, and what is. No queries."""

from collections import defaultdict

from .wording import upper_first

COMMON_SYMPTOMS = 12


def check_form(question, known):
    """The ticks of the form. The symptoms that most medicines list stand first, the others by part of the body."""
    often = sorted(known.symptoms, key=lambda slug: (-known.listed_by.get(slug, 0), known.symptoms[slug]))
    common = often[:COMMON_SYMPTOMS]
    areas = defaultdict(list)
    for slug in known.symptoms:
        if slug not in common and slug in known.areas:
            areas[known.areas[slug]].append(_tick(slug, known.symptoms[slug], question.symptoms))
    return {
        "words": question.words,
        "common": [_tick(slug, known.symptoms[slug], question.symptoms) for slug in common],
        "areas": [
            {"name": upper_first(area), "options": options, "open": any(option["checked"] for option in options)}
            for area, options in sorted(areas.items())
        ],
        "any_open": any(slug in known.areas and slug not in common for slug in question.symptoms),
        "medicines": [_tick(slug, name, question.medicines) for slug, name in known.medicines.items()],
        # What the lists do not offer, an unknown medicine for example, is asked again by the form too.
        "others": [("medicine", slug) for slug in question.medicines if slug not in known.medicines]
        + [("symptom", slug) for slug in question.symptoms if slug not in known.areas]
        + [("name", name) for name in question.brands],
    }


def _tick(slug, name, chosen):
    return {"value": slug, "text": name, "checked": slug in chosen}
