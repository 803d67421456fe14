"""The form of the check: what can be ticked, and what is. No queries."""

from collections import defaultdict

from .wording import upper_first

COMMON_SYMPTOMS = 12


def check_form(medicines, symptoms, known):
    """The ticks of the form. The symptoms that most medicines list stand first, the others by part of the body."""
    often = sorted(known.symptoms, key=lambda slug: (-known.listed_by.get(slug, 0), known.symptoms[slug]))
    common = often[:COMMON_SYMPTOMS]
    areas = defaultdict(list)
    for slug in known.symptoms:
        if slug not in common and slug in known.areas:
            areas[known.areas[slug]].append(_tick(slug, known.symptoms[slug], symptoms))
    return {
        "common": [_tick(slug, known.symptoms[slug], symptoms) for slug in common],
        "areas": [
            {"name": upper_first(area), "options": options, "open": any(option["checked"] for option in options)}
            for area, options in sorted(areas.items())
        ],
        "any_open": any(slug in known.areas and slug not in common for slug in symptoms),
        "medicines": [_tick(slug, name, medicines) for slug, name in known.medicines.items()],
        # What the lists do not offer, a name that we do not cover for example, is asked again by the form too.
        "others": [("medicine", choice) for choice in medicines if choice not in known.medicines]
        + [("symptom", choice) for choice in symptoms if choice not in known.areas],
    }


def _tick(slug, name, chosen):
    return {"value": slug, "text": name, "checked": slug in chosen}
