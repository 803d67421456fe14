"""What medicines side by side list: which effects stand in which table, and what each cell says. No queries."""

from django.urls import reverse

from ..frequency import headline_findings, people
from . import listings
from .figures import NOT_NEVER, headline_limits, often_words, other_side
from .help import Urgency, is_itself_urgent, urgency_words
from .wording import lower_first, sentence, sentences, upper_first

MOST_CELLS, MOST_SINGLE = 16, 5  # of a table, and effects of one medicine only, unless all are asked for


def effect_groups(choice, known, drugs, rows, sources, cited):
    """[{"id", "title", "text", "rows", "more"}]: the chosen effects, or the urgent ones, the shared ones, those of one only."""
    by_effect = {slug: {} for slug in choice.symptoms if slug in known.symptoms}
    for row in rows:
        by_effect.setdefault(row.effect_slug, {})[row.drug_slug] = row
    names = known.symptoms | {row.effect_slug: row.effect_name for row in rows}

    def table(effects):
        return [_effect_row(slug, names[slug], drugs, by_effect[slug], sources, cited) for slug in effects]

    if choice.symptoms:
        chosen = {"id": "chosen", "title": "Side effects you chose", "text": "", "rows": table(by_effect), "more": None}
        return [chosen] if by_effect else []
    order = sorted(by_effect, key=lambda slug: _rank(by_effect[slug].values()))
    shared = [slug for slug in order if len(by_effect[slug]) > 1]
    urgent = [slug for slug in shared if _is_urgent(by_effect[slug].values())]
    others = [slug for slug in shared if slug not in urgent]
    single = [slug for slug in order if slug not in shared]
    both = both_of(drugs)
    groups = (
        # No table is cut short where help may be needed now.
        ("urgent", "Get help now or today for these", f"{upper_first(both)} list them.", urgent, len(urgent)),
        ("shared", f"Other side effects that {both} list", "", others, MOST_CELLS // len(drugs)),
        ("single", "Side effects that only one lists", "Not listed does not mean impossible.", single, MOST_SINGLE),
    )
    return [
        {
            "id": name,
            "title": title,
            "text": text,
            "rows": table(effects if choice.show_all else effects[:most]),
            "more": (f"{choice.address(all='1')}#{name}", f"Show all {len(effects)} {title.lower()}")
            if len(effects) > most and not choice.show_all
            else None,
        }
        for name, title, text, effects, most in groups
        if effects
    ]


def both_of(drugs):
    return "both" if len(drugs) == 2 else "at least two"


def _rank(rows):
    """Most urgent first, where the effect itself is urgent and not only a sign that may come with it; then by how often."""
    level = min(row.urgency if _is_urgent([row]) else Urgency.SOON for row in rows)
    return (level, -max(row.per_million for row in rows), min(row.effect_name for row in rows))


def _is_urgent(rows):
    return any(is_itself_urgent(row.urgency, row.urgency_reason, row.listing) for row in rows)


def _effect_row(slug, name, drugs, rows, sources, cited):
    """One effect for all medicines, with one denominator so that its figures can be read together."""
    per = max((row.headline["per"] for row in rows.values() if row.headline), default=100)
    cells = []
    for drug in drugs:
        row = rows.get(drug["slug"])
        cell = _listed_cell(row, per, sources, cited) if row else _unlisted_cell(drug)
        about = f"on {drug['name']} and {lower_first(name)}"
        cells.append({"label": upper_first(drug["name"]), "drug": drug["slug"], "effect": slug, "about": about} | cell)
    return {"href": reverse("symptom", args=[slug]), "name": name, "cells": cells}


def _listed_cell(row, per, sources, cited):
    findings = headline_findings(row.listing.get("findings", []), sources)
    chip = urgency_words(row.urgency, row.urgency_reason, row.listing, row.drug_slug)
    when, when_sources = _when(row.listing)
    said_by = [slug for finding in findings for slug in finding["sources"]] or row.listing.get("sources", [])
    return {
        "state": "debated" if row.debated else "listed" if row.headline else "listed_no_number",
        "often": often_words(row.headline, per),
        "notes": _notes(row, per),
        "urgency": chip["level"],
        "words": chip["words"],
        "why": chip["note"],
        "when": when,
        "sources": cited([*said_by, *when_sources]),
        "href": reverse("pair", args=[row.drug_slug, row.effect_slug]),
        "figure": _counts(row, per),
    }


def _notes(row, per):
    """The other side of the number, its dummy-tablet neighbour, and what it leaves out."""
    if not row.headline:
        return []
    others = NOT_NEVER if row.headline["percent"][1] == 0 else sentence(other_side(row.headline, per))
    dummy = listings.dummy_words(row.headline, row.listing, per)
    return [
        " ".join(filter(None, [others, f"{dummy} in every {per:,}." if dummy else ""])),
        *headline_limits(row.headline),
    ]


def _when(listing):
    """(sentences on when it starts and settles, their sources). `onset` is a short form with no sources of its own."""
    rows = (("Starts", "timing_onset"), ("Settles", "timing_settling"))
    when = [f"{label}: {lower_first(sentences(listing[name]))}" for label, name in rows if listing.get(name)]
    if when or not listing.get("onset"):
        return when, listing.get("timing_sources", []) if when else []
    return [f"Over time: {lower_first(sentences(listing['onset']))}"], []


def _counts(row, per):
    """The same figure for machines, in the row's own denominator, or None."""
    if not row.headline:
        return None
    low, high = (people(percent, per) for percent in row.headline["percent"])
    dummy = listings.dummy_percent(row.headline, row.listing)
    return {"per": per, "low": low, "high": high, "placebo": "" if dummy is None else people(dummy, per)}


def _unlisted_cell(drug):
    read = {slug for listing in drug.get("effects", []) for slug in listings.sources_of(listing)}
    looked = f"{len(read)} source{'' if len(read) == 1 else 's'} of {drug['name']}"
    return {"state": "not_listed", "href": f"{reverse('drug', args=[drug['slug']])}#sources", "looked": looked}
