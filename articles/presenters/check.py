"""The answer of check.py in words: heading, status line, what was understood, what is asked back, and the grid. No queries.

The cells are check_grid.py's, the form is check_form.py's, what was heard check_heard.py's, and what to do check_help.py's.
"""

import re
from urllib.parse import urlencode

from django.urls import reverse

from .check_address import address
from .check_grid import asked_names, effect_list, grid, urgency_differs
from .check_heard import chips, left_out, name_notes, questions, uncovered
from .check_help import help_parts, pharmacist_questions
from .figures import source_name
from .pages import help_lines
from .trust import number_sources, source_rows
from .wording import bullets, listed, lower_first, spoken, upper_first

QUESTION = "could it be my medicine?"
TITLE_LENGTH = 65
MOST_COMPARED = 4

_HOW_OFTEN = {
    "": "Any",
    "very-common": "10 or more in every 100 people",
    "common": "1 or more in every 100 people",
    "uncommon": "1 or more in every 1,000 people",
    "rare": "1 or more in every 10,000 people",
    "very-rare": "Any number at all",
}
_HOW_URGENT = {"": "All", "1": "Help may be needed now or today"}


def check_page(question, found, known):
    """All that _check_results.html prints. `question`: as it was asked; `found`: check.answer() to it."""
    names = asked_names(found, known)
    help_ = help_parts(found, known)
    cells = found.result["cells"]
    lines = help_lines(known.help_lines)
    numbers = _source_numbers(found, known)
    return {
        "title": _title(found, names),
        "asked": bool(question),
        "answered": bool(cells),
        "help": help_,
        "has_emergency": any(box["level"] == "emergency" for box in help_["boxes"]),
        "status": _status(question, found, known, names, has_warning=bool(help_["boxes"])),
        "questions": questions(question, found, known),
        "notes": name_notes(found, known),
        "left_out": left_out(found),
        "chips": chips(question, found, known) + _filter_chips(question, known),
        "filters": _filters(question, found, known),
        "grid": grid(found, names, known) if found.question.symptoms and cells else None,
        "list": effect_list(found, known) if cells and not found.question.symptoms else None,
        "differs": urgency_differs(found, known),
        "pages": _pages(question, found),
        "other_causes": _other_causes(found, known, numbers),
        "cascades": _cascades(found, known),
        "to_ask": pharmacist_questions(found, known) if found.question.medicines else [],
        "looked_in": _looked_in(found, known),
        "nothing": _nothing(question, found),
        "covers": len(known.medicines),
        "knows": f"{len(known.lexicon.names) // 100 * 100:,}",
        "report_lines": lines["report"],
        "look_up_lines": lines["look_up"] if found.uncovered else [],
        "sources": source_rows(numbers, found.sources),
        "symptom_pages": [
            (reverse("symptom", args=[slug]), f"More on {lower_first(known.symptoms[slug])}")
            for slug in found.question.symptoms
        ],
        "links": _links(question, found),
    }


def _title(found, names):
    asked, medicines = found.question, [*found.question.medicines, *found.uncovered]
    if not names:
        return upper_first(QUESTION)
    words = upper_first(listed(_short(name) for name in names.values()))
    counts = listed(
        f"{len(slugs)} {noun}{'s' if len(slugs) > 1 else ''}"
        for slugs, noun in ((medicines, "medicine"), (asked.symptoms, "symptom"))
        if slugs
    )
    if len(names) == 2 and len(f"{words}: {QUESTION}") > TITLE_LENGTH >= len(words):
        return words
    title = f"{words}: {QUESTION}"
    return title if len(title) <= TITLE_LENGTH else f"{upper_first(counts)}: {QUESTION}"


def _short(name):
    """'Swollen ankles, feet or legs' -> 'Swollen ankles'; one word alone says too little ('Sore or ulcerated gullet')."""
    first = re.split(r",| or | \(", name)[0]
    return first if " " in first else name


def _status(question, found, known, names, *, has_warning):
    problems = found.question.problems
    said = ["Read the warning first." if has_warning else "", *problems]
    if not problems:
        said += [uncovered(found), _result_sentence(question, found, known, names)]
        if question and found.result["did_you_mean"] + found.result["ambiguous"]:
            said.append("We need to ask you something below.")
    return " ".join(filter(None, [*said, _unknown_words(found)]))


def _unknown_words(found):
    unknown = found.result["not_understood"][:6]
    if not unknown:
        return ""
    quoted = listed(f"'{words}'" for words in unknown)
    return f"We did not understand {quoted}."


def _result_sentence(question, found, known, names):
    """How many of what we cover fit; '' where we cover nothing of it."""
    mine, felt = found.question.medicines, [names[slug] for slug in found.question.symptoms]
    if (found.uncovered and not mine) or not (mine or felt):
        return ""
    fitting = len(found.result["ranking"]) if felt else len(found.symptom_ranking)
    fits = " and fits the filter" if fitting == 1 else " and fit the filter"
    fits = fits if question.is_filtered else ""
    others = "other " if found.uncovered else ""
    if not felt:
        whose = names[mine[0]] if len(mine) == 1 else f"your {others}medicines"
        noun = "side effect" if fitting == 1 else "side effects"
        return f"The sources list {fitting} {noun} of {whose}{fits.replace(' and', ' that')}."
    what = felt[0] if len(felt) == 1 else f"at least one of your {len(felt)} symptoms"
    if len(mine) == 1 and not fits:
        return _one_medicine(names[mine[0]], what, [c for c in found.result["cells"] if c["medicine"] == mine[0]])
    total, whose = len(known.medicines), "medicines that we cover"
    if mine:
        total, whose = len(mine), f"{others}medicines"
    lists = "lists" if fitting == 1 else "list"
    return f"{fitting} of {'your' if mine else 'the'} {total} {whose} {lists} {what}{fits}."


def _one_medicine(name, what, cells):
    states = {cell["state"] for cell in cells}
    if states & {"listed", "listed_no_number", "debated"}:
        return f"The sources of {name} list {what}.{' They disagree about it.' if states == {'debated'} else ''}"
    return f"The sources of {name} do not list {what if len(cells) == 1 else 'any of these symptoms'}."


def _filter_chips(question, known):
    class_names = _class_names(known)
    filters = (
        (class_names.get(question.drug_class, spoken(question.drug_class)), "class", question.drug_class),
        (_HOW_OFTEN[question.band], "band", question.band),
        (_HOW_URGENT["1"], "serious", question.serious),
    )
    chosen = [{"text": f"Only: {words}", "href": address(question, **{part: ""})} for words, part, on in filters if on]
    return [{"label": "Your filters", "chips": chosen}] if chosen else []


def _filters(question, found, known):
    facets = found.facets
    if not facets or (facets["band"][""] < 2 and not question.is_filtered):
        return []
    class_names = _class_names(known) | {"": "All"}
    groups = [
        ("How often it happens", "band", question.band, _HOW_OFTEN, facets["band"]),
        ("How urgent it can be", "serious", "1" if question.serious else "", _HOW_URGENT, facets["serious"]),
    ]
    if "class" in facets and not (found.question.medicines or found.uncovered):
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


def _pages(question, found):
    if found.pages == 1:
        return []
    return [
        {
            "href": address(question, page=number if number > 1 else ""),
            "text": f"Page {number}",
            "current": number == found.page,
        }
        for number in range(1, found.pages + 1)
    ]


def _other_causes(found, known, numbers):
    """[{"name", "causes", "sources"}] of the symptoms asked for which a source names causes that are not a medicine."""
    told = []
    for slug in found.question.symptoms:
        content = known.effects[slug]
        if content.get("other_causes"):
            cites = [
                (f"#ref-{numbers[source]}", source_name(found.sources[source]))
                for source in content.get("other_causes_sources", ())
                if source in numbers
            ]
            told.append({"name": content["name"], "causes": bullets(content["other_causes"]), "sources": cites})
    return told


def _cascades(found, known):
    """[{"why", "question"}]: a medicine that may have been added for what another one does."""
    told = {}
    for row in found.result["cascade"]:
        cause = known.medicines[row["cause"]]
        remedy = known.medicines.get(row["remedy"], row["remedy"])
        effect = lower_first(known.symptoms[row["symptom"]])
        text = f"{upper_first(cause)} can cause {effect}, and {remedy} is often given for that."
        told.setdefault(row["question"], {"question": row["question"], "why": [], "data": row})["why"].append(text)
    return list(told.values())


def _looked_in(found, known):
    return [
        {
            "name": upper_first(known.medicines[drug]),
            "href": reverse("drug", args=[drug]) + "#sources",
            "count": len(slugs),
            "publishers": listed(dict.fromkeys(sorted(source_name(found.sources[slug]) for slug in slugs))),
        }
        for drug, slugs in found.looked_in.items()
    ]


def _nothing(question, found):
    """'listed' where none of what was asked is listed, 'understood' where nothing was named, '' where there is an answer."""
    cells = found.result["cells"]
    if (
        question
        and found.question.symptoms
        and cells
        and all(c["state"] in ("not_listed", "not_covered") for c in cells)
    ):
        return "listed"
    is_quiet = not (cells or found.rules or found.result["did_you_mean"] or found.result["ambiguous"])
    return "understood" if question and is_quiet and not found.question.problems else ""


def _source_numbers(found, known):
    """{slug: number} of the sources named on the page itself; those of a cell stand on the pair's own page."""
    warned = [slug for alert in found.rules + found.touched for slug in alert["sources"]]
    causes = [s for slug in found.question.symptoms for s in known.effects[slug].get("other_causes_sources", ())]
    return number_sources([slug for slug in [*warned, *causes] if slug in found.sources])


def _links(question, found):
    """Addresses of the same question elsewhere: the sheet to take along, and the medicines side by side."""
    mine = found.question.medicines
    query = address(question).partition("?")[2]
    compared = urlencode({"medicine": mine[:MOST_COMPARED]}, doseq=True)
    return {
        "sheet": f"{reverse('visit_sheet')}?{query}" if found.result["cells"] else "",
        "compare": f"{reverse('compare')}?{compared}" if len(mine) > 1 else "",
        "search": f"{reverse('search')}?{urlencode({'q': question.words})}" if question.words else "",
    }
