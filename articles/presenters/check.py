"""The answer of check.py in words: heading, status line, chips, filters and grid. No queries.

The cells are check_grid.py's, the form is check_form.py's, and what to do check_help.py's.
"""

import re
from urllib.parse import urlencode

from django.urls import reverse

from .check_grid import effect_list, grid, spoken
from .check_help import help_parts, uncovered
from .figures import source_name
from .trust import number_sources, source_rows
from .wording import listed, lower_first, upper_first

QUESTION = "could it be my medicine?"
TITLE_LENGTH = 65

_HOW_OFTEN = {
    "": "Any",
    "very-common": "10 or more in every 100 people",
    "common": "1 or more in every 100 people",
    "uncommon": "1 or more in every 1,000 people",
    "rare": "1 or more in every 10,000 people",
    "very-rare": "Any number at all",
}
_HOW_URGENT = {"": "All", "1": "Help may be needed now or today"}


def check_page(question, known, answer, spotted, similar=()):
    """All that _check_results.html prints. `spotted`: what the typed words name; `similar`: entries with a like name."""
    names = _names(question, known)
    help_ = help_parts(question, known, answer)
    has_warning = bool(help_["call"] or help_["boxes"])
    return {
        "title": _title(question, names),
        "asked": bool(question),
        "help": help_,
        "has_emergency": help_["call"] or any(box["level"] == "emergency" for box in help_["boxes"]),
        "status": _status(question, known, names, answer, spotted, has_warning),
        "notes": _notes(known, answer, spotted),
        "similar": [_similar(question, entry) for entry in similar],
        "chips": _chips(question, known, names),
        "filters": _filters(question, known, answer["facets"]),
        "grid": grid(question, names, known, answer) if question.symptoms and answer["cells"] else None,
        "list": effect_list(known, answer["cells"]) if answer["cells"] and not question.symptoms else None,
        "pages": _pages(question, answer),
        "looked_in": _looked_in(known, answer),
        "sources": _warning_sources(answer),
        "symptom_pages": [
            (reverse("symptom", args=[slug]), f"More on {lower_first(known.symptoms[slug])}")
            for slug in question.symptoms
            if slug in known.symptoms
        ],
    }


def address(question, **changes):
    """The address that asks this, with changes; '' or [] leaves a part out."""
    asked = {
        "medicine": question.medicines,
        "symptom": question.symptoms,
        "class": question.drug_class,
        "band": question.band,
        "serious": "1" if question.serious else "",
        "find": question.words,
        "name": question.brands,
    } | changes
    query = urlencode([(name, value) for name, value in asked.items() if value], doseq=True)
    return reverse("check") + (f"?{query}" if query else "")


def _names(question, known):
    """{slug: name} of all that was asked; what we do not cover is called by the words of its slug."""
    names = {slug: known.medicines.get(slug, spoken(slug)) for slug in question.medicines}
    return names | {slug: lower_first(known.symptoms.get(slug, spoken(slug))) for slug in question.symptoms}


def _title(question, names):
    if not question:
        return upper_first(QUESTION)
    asked = upper_first(listed(_short(name) for name in names.values()))
    counts = listed(
        f"{len(slugs)} {noun}{'s' if len(slugs) > 1 else ''}"
        for slugs, noun in ((question.medicines, "medicine"), (question.symptoms, "symptom"))
        if slugs
    )
    if len(names) == 2 and len(f"{asked}: {QUESTION}") > TITLE_LENGTH >= len(asked):
        return asked
    title = f"{asked}: {QUESTION}"
    return title if len(title) <= TITLE_LENGTH else f"{upper_first(counts)}: {QUESTION}"


def _short(name):
    """'Swollen ankles, feet or legs' -> 'Swollen ankles'; one word alone says too little ('Sore or ulcerated gullet')."""
    first = re.split(r",| or | \(", name)[0]
    return first if " " in first else name


def _status(question, known, names, answer, spotted, has_warning):
    said = ["Read the warning first." if has_warning else "", *question.problems]
    if question and not question.problems:
        said += [uncovered(question, known, names), _result_sentence(question, known, names, answer)]
    return " ".join(filter(None, [*said, _unknown_words(spotted.unknown)]))


def _unknown_words(unknown):
    if not unknown:
        return ""
    quoted = listed([f"'{words}'" for words in unknown], "and")
    noun, it = ("name", "it") if len(unknown) == 1 else ("names", "them")
    return f"We do not know the {noun} {quoted}, or do not cover {it}. Check the spelling, or tick below."


def _notes(known, answer, spotted):
    """[(sentence, address, link)] on names that can mislead; the address may be ''."""
    notes = [
        (
            f"{brand['name']} ({brand['country']} brand) is {known.medicines[brand['medicine']]}. "
            "In other countries the same name can mean another medicine.",
            "",
            "",
        )
        for brand in answer["brands"]
    ]
    for other, drug in spotted.related:
        text = f"{upper_first(other)} is a different medicine that we do not cover."
        notes.append(
            (text, reverse("drug", args=[drug]) + "#names", f"See the note on {known.medicines.get(drug, drug)}")
        )
    return notes


def _similar(question, entry):
    """(address, words) that ask for what was perhaps meant: offered, never applied."""
    part, chosen = ("medicine", question.medicines) if entry.kind == "drug" else ("symptom", question.symptoms)
    what = f" ({lower_first(entry.summary.rstrip('.'))})" if entry.kind == "drug" and entry.summary else ""
    return address(question, **{part: [*chosen, entry.slug], "find": ""}), f"{lower_first(entry.title)}{what}"


def _result_sentence(question, known, names, answer):
    """How many of what we cover fit; '' where we cover nothing of it."""
    mine = [slug for slug in question.medicines if slug in known.medicines]
    felt = [names[slug] for slug in question.symptoms if slug in known.symptoms]
    if (question.medicines and not mine) or (question.symptoms and not felt):
        return ""
    fitting = len(answer["ranking"])
    fits = " and fits the filter" if fitting == 1 else " and fit the filter"
    fits = fits if question.is_filtered else ""
    others = "other " if len(mine) < len(question.medicines) else ""
    if not felt:
        whose = names[mine[0]] if len(mine) == 1 else f"your {others}medicines"
        noun = "side effect" if fitting == 1 else "side effects"
        return f"The sources list {fitting} {noun} of {whose}{fits.replace(' and', ' that')}."
    what = felt[0] if len(felt) == 1 else f"at least one of your {len(felt)} symptoms"
    if len(mine) == 1 and not fits:
        return _one_medicine(names[mine[0]], what, [cell for cell in answer["cells"] if cell["medicine"] == mine[0]])
    total, whose = answer["covers"], "medicines that we cover"
    if mine:
        total, whose = len(mine), f"{others}medicines"
    lists = "lists" if fitting == 1 else "list"
    return f"{fitting} of {'your' if mine else 'the'} {total} {whose} {lists} {what}{fits}."


def _one_medicine(name, what, cells):
    states = {cell["state"] for cell in cells}
    if states & {"listed", "listed_no_number", "debated"}:
        return f"The sources of {name} list {what}.{' They disagree about it.' if states == {'debated'} else ''}"
    asked = [cell for cell in cells if cell["state"] != "not_covered"]
    return f"The sources of {name} do not list {what if len(asked) == 1 else 'any of these symptoms'}."


def _chips(question, known, names):
    """What was asked, each with the address that asks the rest."""
    parts = (("Your symptoms", "symptom", question.symptoms), ("Your medicines", "medicine", question.medicines))
    groups = [
        (label, [(upper_first(names[slug]), {part: [other for other in slugs if other != slug]}) for slug in slugs])
        for label, part, slugs in parts
    ]
    filters = (
        (_class_names(known).get(question.drug_class, spoken(question.drug_class)), "class", question.drug_class),
        (_HOW_OFTEN[question.band], "band", question.band),
        (_HOW_URGENT["1"], "serious", question.serious),
    )
    groups.append(("Your filters", [(f"Only: {words}", {part: ""}) for words, part, chosen in filters if chosen]))
    return [
        {"label": label, "chips": [{"text": text, "href": address(question, **less)} for text, less in chips]}
        for label, chips in groups
        if chips
    ]


def _filters(question, known, facets):
    if not facets or (facets["band"][""] < 2 and not question.is_filtered):
        return []
    class_names = _class_names(known) | {"": "All"}
    groups = [
        ("How often it happens", "band", question.band, _HOW_OFTEN, facets["band"]),
        ("How urgent it can be", "serious", "1" if question.serious else "", _HOW_URGENT, facets["serious"]),
    ]
    if "class" in facets and not question.medicines:
        groups.append(("Kind of medicine", "class", question.drug_class, class_names, facets["class"]))
    return [
        {
            "label": label,
            "filters": [
                {
                    "href": address(question, **{part: value}),
                    "text": words[value],
                    "count": counts[value],
                    "current": value == chosen,
                }
                for value in sorted(counts, key=list(words).index if part != "class" else str)
                if counts[value] or value in ("", chosen)
            ],
        }
        for label, part, chosen, words, counts in groups
    ]


def _class_names(known):
    return dict(known.classes.values())


def _pages(question, answer):
    if answer["pages"] == 1:
        return []
    return [
        {
            "href": address(question, page=number if number > 1 else ""),
            "text": f"Page {number}",
            "current": number == answer["page"],
        }
        for number in range(1, answer["pages"] + 1)
    ]


def _looked_in(known, answer):
    return [
        {
            "name": upper_first(known.medicines[drug]),
            "href": reverse("drug", args=[drug]) + "#sources",
            "count": len(slugs),
            "publishers": listed(dict.fromkeys(sorted(source_name(answer["sources"][slug]) for slug in slugs))),
        }
        for drug, slugs in answer["looked_in"].items()
    ]


def _warning_sources(answer):
    alerts = answer["alerts"] + answer["touched"]
    slugs = [slug for alert in alerts for slug in alert["sources"] if slug in answer["sources"]]
    return source_rows(number_sources(slugs), answer["sources"])
