"""The answer of check.py in words: heading, status line, chips, filters and grid. No queries.

The cells are check_grid.py's, the form is check_form.py's.
"""

import re
from collections import defaultdict
from urllib.parse import urlencode

from django.urls import reverse

from .check_grid import effect_list, grid, spoken
from .figures import source_name
from .help import BEFORE_NEXT_DOSE, BOXES, help_for_effect, rule_sentences, sign_item
from .trust import number_sources, source_rows
from .wording import listed, lower_first, sentences, upper_first

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


def check_page(question, known, answer):
    """All that _check_results.html prints."""
    names = _names(question, known)
    boxes, later = _help_boxes(answer, known)
    return {
        "title": _title(question, names),
        "asked": bool(question),
        "boxes": boxes,
        "has_emergency": any(box["level"] == "emergency" for box in boxes),
        "help_first": " ".join(rule_sentences(a) for a in answer["alerts"] if BEFORE_NEXT_DOSE.search(a["do"])),
        "status": _status(question, names, answer, boxes),
        "chips": _chips(question, known, names),
        "filters": _filters(question, known, answer["facets"]),
        "grid": grid(question, names, known, answer) if question.symptoms and answer["cells"] else None,
        "list": effect_list(known, answer["cells"]) if answer["cells"] and not question.symptoms else None,
        "pages": _pages(question, answer),
        "later": later,
        "stop": [
            {"href": reverse("drug", args=[slug]), "name": upper_first(known.medicines[slug]), "text": sentences(text)}
            for slug, text in answer["stop"].items()
            if text
        ],
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


def _help_boxes(answer, known):
    """(boxes of the rules met, what else to watch for). At most one box of each level, so `also` marks a second list."""
    items, advice, signs = defaultdict(list), defaultdict(list), defaultdict(list)
    for alert in answer["alerts"]:
        items[alert["level"]] += _signs(alert)
        advice[alert["level"]].append(rule_sentences(alert))
    for slug, texts in answer["warning_signs"].items():
        flags = [{"text": text} for text in texts]
        for box in help_for_effect({"slug": slug, "red_flags": flags}, [])["boxes"]:
            signs[box["level"]] += [_about(item, slug, answer, known) for item in box["items"]]
    boxes = [
        {"level": level, "items": list(dict.fromkeys(items[level])), "advice": list(dict.fromkeys(advice[level]))}
        for level in BOXES
        if items[level]
    ]
    later = [
        {
            "level": level,
            "items": [i for i in dict.fromkeys(signs[level]) if i not in items[level]],
            "also": bool(items[level]),
        }
        for level in BOXES
    ]
    return boxes, [box for box in later if box["items"]]


def _about(item, slug, answer, known):
    """'have one leg only, hot and painful' is no sign without its symptom; 'have cramps with dark urine' is."""
    if len(answer["warning_signs"]) == 1 or " with " in item:
        return item
    return f"{item} (with {lower_first(known.symptoms[slug])})"


def _signs(alert):
    if alert["together"] > 2:
        # Signs of one illness: diarrhoea alone is no emergency, with a fever and twitching it is.
        items = [f"have several of these at once: {'; '.join(alert['signs'])}"]
    else:
        items = [sign_item(sign) for sign in alert["signs"]]
    # As in help.py: "Call for emergency help now if you:" has its subject, "Call your doctor today if:" has none.
    return items if alert["level"] == "emergency" else [f"you {item}" for item in items]


def _status(question, names, answer, boxes):
    if question.problems or not question:
        return " ".join([*question.problems, _unknown_words(question)]).strip()
    said = [
        "Read the warning first." if boxes else "",
        _result_sentence(question, names, answer),
        "We do not cover all that you asked." if any(c["state"] == "not_covered" for c in answer["cells"]) else "",
        _unknown_words(question),
    ]
    return " ".join(filter(None, said))


def _unknown_words(question):
    return (
        f"We know no medicine or symptom called '{question.words}'. Check the spelling, or tick below."
        if question.words
        else ""
    )


def _result_sentence(question, names, answer):
    fitting = len(answer["ranking"])
    fits = " and fits the filter" if fitting == 1 else " and fit the filter"
    fits = fits if question.is_filtered else ""
    if not question.symptoms:
        whose = names[question.medicines[0]] if len(question.medicines) == 1 else "your medicines"
        noun = "side effect" if fitting == 1 else "side effects"
        return f"The sources list {fitting} {noun} of {whose}{fits.replace(' and', ' that')}."
    felt = [names[slug] for slug in question.symptoms]
    what = felt[0] if len(felt) == 1 else f"at least one of your {len(felt)} symptoms"
    if len(question.medicines) == 1 and not fits:
        return _one_medicine(names[question.medicines[0]], what, answer["cells"])
    total, whose = answer["covers"], "medicines that we cover"
    if question.medicines:
        total, whose = len(question.medicines), "medicines"
    lists = "lists" if fitting == 1 else "list"
    return f"{fitting} of {'your' if question.medicines else 'the'} {total} {whose} {lists} {what}{fits}."


def _one_medicine(name, what, cells):
    states = {cell["state"] for cell in cells}
    if states == {"not_covered"}:
        return f"We cannot answer this for {name}."
    if states & {"listed", "listed_no_number", "debated"}:
        return f"The sources of {name} list {what}.{' They disagree about it.' if states == {'debated'} else ''}"
    return f"The sources of {name} do not list {what if len(cells) == 1 else 'any of these symptoms'}."


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
    slugs = [slug for alert in answer["alerts"] for slug in alert["sources"] if slug in answer["sources"]]
    return source_rows(number_sources(slugs), answer["sources"])
