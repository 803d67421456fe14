"""The check's cells in words: the grid of medicines and symptoms, or the list of what medicines can do. No queries.

Figures of one symptom are read against each other, so they share a denominator; between symptoms nothing is compared.
"""

from collections import defaultdict

from django.urls import reverse

from ..frequency import people
from .figures import headline_limits, often_words
from .help import LEVELS, urgency_words
from .wording import listed, lower_first, upper_first

_STATES = {"debated": "disagree", "listed_no_number": "listed-no-number", "not_listed": "not-listed"}
_STATES |= {"not_covered": "not-covered", "listed": "listed"}
_LEVEL_NUMBERS = {label: number for number, label in LEVELS.items()}


def grid(question, names, known, answer):
    per = _denominators(answer["cells"])
    rows = defaultdict(list)
    for cell in answer["cells"]:
        rows[cell["medicine"]].append(_grid_cell(cell, names, known, answer, per))
    return {
        "caption": "What the sources say",
        "columns": [upper_first(names[slug]) for slug in question.symptoms],
        "rows": [
            {
                "href": reverse("drug", args=[drug]) if drug in known.medicines else "",
                "name": upper_first(known.medicines.get(drug, spoken(drug))),
                "cells": cells,
            }
            for drug, cells in rows.items()
        ],
    }


def _grid_cell(cell, names, known, answer, per):
    drug, effect = cell["medicine"], cell["symptom"]
    drug_name = known.medicines.get(drug, spoken(drug))
    shown = {"label": upper_first(names[effect]), "state": _STATES[cell["state"]], "data": cell, "href": cell["url"]}
    if cell["state"] == "not_covered":
        unknown = [
            name
            for name, is_known in ((drug_name, drug in known.medicines), (names[effect], effect in known.symptoms))
            if not is_known
        ]
        return shown | {"note": f"We do not cover {listed(unknown, 'or')}. This says nothing about its risk."}
    if cell["state"] == "not_listed":
        count = len(answer["looked_in"].get(drug, ()))
        if not count:
            return shown | {"href": ""}
        looked = f"We looked in {count} {'source' if count == 1 else 'sources'}."
        return shown | {"note": looked, "href": f"{cell['url']}#sources", "link": f"Sources for {drug_name}"}
    return shown | _figure(cell, per) | {"link": "More", "about": f"on {drug_name} and {names[effect]}"}


def _figure(cell, per):
    """How often, and how fast to act, for a listed pair."""
    headline, shared = cell["headline"], per[cell["symptom"]]
    chip = urgency_words(_LEVEL_NUMBERS[cell["urgency"]], cell["reason"], {"when_to_get_help": cell["help_text"]})
    return {
        "text": often_words(headline, shared),
        "note": " ".join([_dummy(cell["placebo"], shared), *headline_limits(headline)]).strip(),
        "urgency": chip["level"],
        "words": chip["words"],
    }


def _dummy(placebo, per):
    if placebo is None:
        return ""
    # Not 'nobody': a table's 0% can be one person rounded down.
    count = people(placebo, per)
    return f"On a dummy tablet: {f'{count:,}' if count else 'fewer than 1'} in every {per:,}."


def _denominators(cells):
    """{symptom: the denominator that all figures of it can share}."""
    per = defaultdict(lambda: 100)
    for cell in cells:
        if cell["headline"]:
            per[cell["symptom"]] = max(per[cell["symptom"]], cell["headline"]["per"])
    return per


def effect_list(known, cells):
    """Effects with the medicines that list each: for a question that names medicines only."""
    per = _denominators(cells)
    rows = defaultdict(list)
    for cell in cells:
        drug = upper_first(known.medicines[cell["medicine"]])
        link = f"{drug} and {lower_first(known.symptoms[cell['symptom']])}"
        rows[cell["symptom"]].append(
            {"href": cell["url"], "link": link, "name": drug, "data": cell, "state": _STATES[cell["state"]]}
            | _figure(cell, per)
        )
    return [
        {"href": reverse("symptom", args=[effect]), "name": known.symptoms[effect], "medicines": medicines}
        for effect, medicines in rows.items()
    ]


def spoken(slug):
    return slug.replace("-", " ")
