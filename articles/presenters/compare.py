"""Medicines side by side: the page, and what each medicine is. No queries.

What was chosen and the form are compare_choice.py's, side effects compare_effects.py's.
"""

import re
from collections import Counter
from textwrap import shorten

from django.urls import reverse

from . import listings
from .compare_choice import MOST_MEDICINES, chips, compare_form, suggestions, uncovered
from .compare_effects import both_of, effect_groups
from .drugs import lists_crisis, stop_effects
from .figures import source_name
from .help import crisis_lines
from .trust import source_rows, trust
from .wording import listed, lower_first, ranges_in_words, sentence, sentences, upper_first

NO_SOURCE = "We do not know of a source for this yet."
LONGEST_H1 = 65

_SAYS_USE = re.compile(r"\buses?\b")


def compare_page(choice, known, documents, rows, sources):
    """All that templates/_compare_results.html shows.

    `documents`: live medicines in the order of the columns, from for_page(); `rows`: the ListedEffects to show;
    `sources`: {slug: content}. All three are empty where there is nothing to compare.
    """
    drugs = [document.live.content for document in documents]
    page = {
        "title": _title(choice, known, drugs),
        "asked": bool(choice),
        "status": _status(choice, known, drugs, rows),
        "uncovered": uncovered(choice, known),
        "chips": chips(choice, known),
        "suggestions": suggestions(choice, known),
        "form": compare_form(choice, known),
    }
    if not drugs:
        return page
    dates = [(upper_first(document.live.content["name"]), trust(document)) for document in documents]
    return page | _tables(choice, known, drugs, rows, sources) | {"trust": dates}


def sources_wanted(documents, rows):
    """Every source that the page can name."""
    wanted = {slug for row in rows for slug in listings.sources_of(row.listing)}
    for document in documents:
        wanted |= set(_drug_sources(document.live.content))
    return wanted


def _tables(choice, known, drugs, rows, sources):
    """The part of the page that is there when there are medicines to compare. Sources are numbered in the order of use."""
    numbers = {}

    def cited(slugs):
        slugs = [slug for slug in dict.fromkeys(slugs or ()) if slug in sources]
        for slug in slugs:
            numbers.setdefault(slug, len(numbers) + 1)
        named = sorted((numbers[slug], _short(source_name(sources[slug]))) for slug in slugs)
        return [(f"#ref-{number}", f"{number}.\u00a0{name}") for number, name in named]

    facts = _fact_rows(drugs, sources, cited)
    groups = effect_groups(choice, known, drugs, rows, sources, cited)
    return {
        "medicines": [(reverse("drug", args=[drug["slug"]]), upper_first(drug["name"])) for drug in drugs],
        "contents": [
            ("#medicines", "What each medicine is"),
            *((f"#{group['id']}", group["title"]) for group in groups),
            ("#choose", "Add or change a medicine"),
            ("#questions", "Questions to take to your pharmacist"),
            ("#sources", "Where this comes from"),
        ],
        "facts": facts,
        "groups": groups,
        "crisis": crisis_lines(known.help_lines) if lists_crisis(rows) else [],
        "all_effects": choice.address(symptom=()) if choice.symptoms else "",
        "questions": _questions([drug["name"] for drug in drugs]),
        "check": choice.address(all="").replace(reverse("compare"), reverse("check"), 1),
        "sources": source_rows(numbers, sources, page_checked=_checked(drugs)),
    }


def _checked(drugs):
    """The day on which all these medicines were checked, or '' where they were checked on different days."""
    days = {drug.get("facts_checked", "") for drug in drugs}
    return days.pop() if len(days) == 1 else ""


def _short(name):
    """Enough of a publisher's name for a narrow cell: the list of sources has the whole of it beside its number."""
    return shorten(name, 20, placeholder="…")


# The heading and the status


def _title(choice, known, drugs):
    if not drugs:
        return "Compare medicines"
    title = f"Compare {listed(drug['name'] for drug in drugs)}"
    felt = [lower_first(known.symptoms[slug]) for slug in choice.symptoms if slug in known.symptoms]
    titles = [f"{title}: {felt[0]}", title] if len(felt) == 1 else [title]
    return next((text for text in titles if len(text) <= LONGEST_H1), f"Compare {len(drugs)} medicines")


def _status(choice, known, drugs, rows):
    if choice.problems:
        return " ".join(choice.problems)
    if not drugs:
        return _too_few(choice, known)
    listed_for = Counter(row.effect_slug for row in rows)
    felt = [slug for slug in choice.symptoms if slug in known.symptoms]
    if len(felt) == 1:
        return f"{_how_many(listed_for[felt[0]], len(drugs))} {lower_first(known.symptoms[felt[0]])}."
    if choice.symptoms:
        return f"{len(felt)} side effects for {len(drugs)} medicines."
    shared = sum(count > 1 for count in listed_for.values())
    return f"{shared} side effects are listed for {both_of(drugs)}, {len(listed_for) - shared} for one only."


def _too_few(choice, known):
    if not choice:
        return ""
    again = any(slug in known.medicines for slug in choice.medicines)
    return f"Choose {'one more medicine' if again else 'two medicines'}. You can compare up to {MOST_MEDICINES}."


def _how_many(count, total):
    if count == total:
        return "Both medicines list" if total == 2 else f"All {total} medicines list"
    return f"{count or 'None'} of the {total} medicines {'lists' if count < 2 else 'list'}"


def _questions(names):
    mine = listed(names, "or")
    return [
        f"Which side effects of {mine} matter most for me, with my other medicines and illnesses?",
        "What should I watch for, and when should I call?",
        "If one of them bothers me, what can we do about it together?",
    ]


# What each medicine is


def _fact_rows(drugs, sources, cited):
    rows = (
        ("kind", "Kind of medicine", _kind),
        ("use", "What it is for", _use),
        ("how-it-works", "How it works", _how_it_works),
        ("dose", "Usual dose", _dose),
        ("stopping", "If you stop taking it", _stopping),
    )
    return [
        {
            "name": name,
            "cells": [
                {"label": upper_first(drug["name"]), "drug": drug["slug"], "row": key} | fact(drug, sources, cited)
                for drug in drugs
            ],
        }
        for key, name, fact in rows
    ]


def _fact(lines, links, *, note="", state="known"):
    note = note or ("" if links else NO_SOURCE)
    return {"state": state, "lines": lines, "note": note, "looked": False, "sources": links}


def _kind(drug, sources, cited):
    # The kind is our own wording of the medicine's class, so it names the public code instead of a text.
    code = f" ATC code (WHO): {drug['atc']}." if drug.get("atc") else ""
    kind = upper_first(drug.get("technical_class") or drug["drug_class"])
    return _fact([sentence(drug["patient_words"])], [], note=f"{sentence(kind)} Source: our own words.{code}")


def _use(drug, sources, cited):
    uses = listed(ranges_in_words(use["text"]) for use in drug.get("uses", []))
    read = [slug for slug in _drug_sources(drug) if _SAYS_USE.search(sources.get(slug, {}).get("supports", ""))]
    return _fact([sentence(uses)], cited(read)) if uses else _not_found()


def _how_it_works(drug, sources, cited):
    said, links = sentences(drug.get("mechanism", "")), cited(drug.get("mechanism_sources"))
    return _fact([said], links, note=sentence(drug.get("mechanism_note", ""))) if said else _not_found()


def _dose(drug, sources, cited):
    doses = drug.get("doses", [])
    lines = [
        f"{upper_first(ranges_in_words(dose['use']))}: {lower_first(sentences(dose['dose']))}"
        + (f" {sentence(dose['note'])}" if dose.get("note") else "")
        for dose in doses
    ]
    return _fact(lines, cited([slug for dose in doses for slug in dose.get("sources", [])])) if doses else _not_found()


def _stopping(drug, sources, cited):
    first = f"Do not stop {drug['name']} on your own." if drug.get("stop_warning") else "Ask before you stop it."
    links = cited(drug.get("stop_sources"))
    if told := stop_effects(drug):
        return _fact([first, told], links)
    return _fact([first, "We found no source that says what happens."], links, state="not_found") | {"looked": True}


def _not_found():
    return _fact(["We do not know."], [], state="not_found")


def _drug_sources(drug):
    for name in ("stop_sources", "names_sources", "mechanism_sources", "background_sources"):
        yield from drug.get(name, ())
    for dose in drug.get("doses", ()):
        yield from dose.get("sources", ())
