"""The visit sheet: the check's answer on one page, to print or to save as one file, with room to write. No queries."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from .check_address import address
from .check_grid import asked_names, grid
from .check_help import help_parts, pharmacist_questions
from .trust import number_sources, source_rows
from .wording import in_words, lower_first, upper_first

ROOM = 3  # empty rows for what is not on our lists


def sheet(question, found, known):
    """All that visit_sheet.html prints."""
    help_ = help_parts(found, known)
    numbers = number_sources([cell["findings"][0]["source"] for cell in found.result["cells"] if cell["findings"]])
    numbers = {slug: number for slug, number in numbers.items() if slug in found.sources}
    query = address(question).partition("?")[2]
    return {
        "date": in_words(timezone.localdate()),
        "problems": found.question.problems,
        "boxes": help_["boxes"],
        "medicines": [upper_first(known.medicines[slug]) for slug in found.question.medicines]
        + [f"{upper_first(name)} (not covered by us)" for name in found.uncovered.values()],
        "symptoms": [known.symptoms[slug] for slug in found.question.symptoms],
        "room": range(ROOM),
        "found": _found(found, known, numbers) if found.question.symptoms else [],
        "questions": [
            *pharmacist_questions(found, known),
            *dict.fromkeys(row["question"] for row in found.result["cascade"]),
        ]
        if found.question.medicines
        else [],
        "sources": source_rows(numbers, found.sources),
        "page": f"{settings.SITE_URL}{address(question)}",
        "back": address(question),
        "save": f"{reverse('visit_sheet')}?{query}&save=1" if query else "",
    }


def _found(found, known, numbers):
    """[{"pair", "text", "note", "urgency", "number"}]: one line per cell of the grid."""
    lines = []
    for row in grid(found, asked_names(found, known), known)["rows"]:
        for cell in row["cells"]:
            source = next((f["source"] for f in cell["data"]["findings"] if f["source"] in numbers), None)
            lines.append(
                {
                    "pair": f"{row['name']} and {lower_first(cell['label'])}",
                    "state": cell["state"],
                    "text": cell.get("text", ""),
                    "others": cell.get("others", ""),
                    "note": cell.get("note", ""),
                    "urgency": cell.get("urgency", ""),
                    "words": cell.get("words", ""),
                    "timing": cell.get("timing", ""),
                    "number": numbers.get(source),
                }
            )
    return lines


def file_name():
    return f"side-effects-visit-{timezone.localdate():%Y-%m-%d}.html"
