"""The check's cells in words: the grid of medicines and symptoms, or the list of what medicines can do. No queries.

Figures of one symptom are read against each other, so they share a denominator; between symptoms nothing is compared.
"""

from collections import defaultdict

from django.urls import reverse

from .figures import headline_limits, often_words, other_side, source_name
from .help import LEVELS, urgency_words
from .listings import dummy_words
from .wording import bullets, listed, lower_first, sentences, upper_first

_STATES = {"debated": "disagree", "listed_no_number": "listed-no-number", "not_listed": "not-listed"}
_STATES |= {"not_covered": "not-covered", "listed": "listed"}
_LEVEL_NUMBERS = {label: number for number, label in LEVELS.items()}
_LEVEL_WORDS = {
    "emergency": "get emergency help",
    "today": "call a doctor today",
    "soon": "ask soon",
    "self-care": "try what helps first",
    "ask": "ask a pharmacist",
}
MOST_STEPS = 3  # of what helps, in a cell


def asked_names(found, known):
    """{slug: name} of all that is asked; what we do not cover keeps its name."""
    names = {slug: known.medicines[slug] for slug in found.question.medicines} | found.uncovered
    return names | {slug: lower_first(known.symptoms[slug]) for slug in found.question.symptoms}


def grid(found, names, known):
    per = _denominators(found)
    rows = defaultdict(list)
    for cell in found.result["cells"]:
        rows[cell["medicine"]].append(_grid_cell(cell, found, names, known, per))
    return {
        "caption": "What the sources say",
        "columns": [upper_first(names[slug]) for slug in found.question.symptoms],
        "rows": [
            {
                "href": reverse("drug", args=[drug]) if drug in known.medicines else "",
                "name": upper_first(_medicine(drug, found, known)),
                "cells": cells,
            }
            for drug, cells in rows.items()
        ],
    }


def _medicine(drug, found, known):
    # A publication between two queries can name a medicine that is not known yet.
    return known.medicines.get(drug) or found.uncovered.get(drug, drug)


def _grid_cell(cell, found, names, known, per):
    drug, effect = cell["medicine"], cell["symptom"]
    drug_name = _medicine(drug, found, known)
    shown = {"label": upper_first(names[effect]), "state": _STATES[cell["state"]], "data": cell, "href": cell["url"]}
    if cell["state"] == "not_covered":
        return shown | {"note": f"We do not cover {drug_name}. This says nothing about its risk."}
    if cell["state"] == "not_listed":
        count = len(found.looked_in.get(drug, ()))
        if not count:
            return shown | {"href": ""}
        looked = f"We looked in {count} {'source' if count == 1 else 'sources'}."
        return shown | {"note": looked, "href": f"{cell['url']}#sources", "link": f"Sources for {drug_name}"}
    listing = found.rows[drug, effect]["listing"]
    more = {"timing": _timing(listing), "helps": bullets(listing.get("what_helps", ""))[:MOST_STEPS]}
    more |= {"source": _source(cell, found), "link": "More", "about": f"on {drug_name} and {names[effect]}"}
    return shown | _figure(cell, found, per) | more


def _figure(cell, found, per):
    """How often, and how fast to act, for a listed pair."""
    row = found.rows[cell["medicine"], cell["symptom"]]
    headline, shared = row["headline"], per[cell["symptom"]]
    help_text = row["listing"].get("when_to_get_help", "")
    level = _LEVEL_NUMBERS[cell["urgency"]]
    dummy = dummy_words(headline, row["listing"], shared)
    chip = urgency_words(level, row["urgency_reason"], {"when_to_get_help": help_text})
    return {
        "text": often_words(headline, shared),
        "others": other_side(headline, shared) if headline else "",
        "note": " ".join([f"{dummy} in every {shared:,}." if dummy else "", *headline_limits(headline)]).strip(),
        "urgency": chip["level"],
        "words": chip["words"],
    }


def _timing(listing):
    """When it starts and settles, as sentences; '' where no source says."""
    starts, ends = listing.get("timing_onset", ""), listing.get("timing_settling", "")
    if not (starts or ends):
        return sentences(listing.get("onset", ""))
    said = [sentences(f"Starts: {starts}") if starts else "", sentences(f"Settles: {ends}") if ends else ""]
    return " ".join(filter(None, said))


def _source(cell, found):
    """'EMA leaflet and 3 more': who says so, strongest first; the pair's page has each with its figure."""
    slugs = list(dict.fromkeys(finding["source"] for finding in cell["findings"] if finding["source"] in found.sources))
    strengths = ("good", "medium", "weak")
    slugs.sort(key=lambda slug: strengths.index(found.sources[slug]["strength"]))
    if not slugs:
        return ""
    more = f" and {len(slugs) - 1} more" if len(slugs) > 1 else ""
    return f"{source_name(found.sources[slugs[0]])}{more}"


def _denominators(found):
    """{symptom: the denominator that all figures of it can share}."""
    per = defaultdict(lambda: 100)
    for cell in found.result["cells"]:
        if cell["headline"]:
            per[cell["symptom"]] = max(per[cell["symptom"]], cell["headline"]["per"])
    return per


def urgency_differs(found, known):
    """Sentences on a symptom that is more urgent with one of the medicines than with another."""
    levels = defaultdict(lambda: defaultdict(list))
    for cell in found.result["cells"]:
        if cell["urgency"] and cell["medicine"] in found.question.medicines and found.question.symptoms:
            levels[cell["symptom"]][_LEVEL_NUMBERS[cell["urgency"]]].append(known.medicines[cell["medicine"]])
    told = []
    for symptom, by_level in levels.items():
        if len(by_level) > 1:
            each = [f"with {listed(drugs)}, {_LEVEL_WORDS[LEVELS[level]]}" for level, drugs in sorted(by_level.items())]
            told.append(f"{known.symptoms[symptom]}: {'; '.join(each)}.")
    return told


def effect_list(found, known):
    """Effects with the medicines that list each: for a question that names medicines only."""
    per = _denominators(found)
    rows = defaultdict(list)
    for cell in found.result["cells"]:
        drug = upper_first(known.medicines[cell["medicine"]])
        link = f"{drug} and {lower_first(known.symptoms[cell['symptom']])}"
        rows[cell["symptom"]].append(
            {"href": cell["url"], "link": link, "name": drug, "data": cell, "state": _STATES[cell["state"]]}
            | _figure(cell, found, per)
        )
    return [
        {"href": reverse("symptom", args=[effect]), "name": known.symptoms[effect], "medicines": medicines}
        for effect, medicines in rows.items()
    ]
