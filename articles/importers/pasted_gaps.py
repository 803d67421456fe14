"""What a pasted article lacks, in sentences for its editor, and the section that holds those and all that was left out."""

from ..quality import LEFT_OVER, MISSING

_HEADING = "Left over from the pasted text"
_SHORT = 40  # characters up to which lines that were left out share one line


class Why:
    """Why a line was left out, as the editor reads it."""

    FURNITURE = "What only belongs to the website it was copied from"
    HEADINGS = "Headings that the page makes itself"
    CONTENTS = "The list of contents, which the page makes itself"
    REFERENCES = "References"
    DISCLAIMER = "The disclaimer: the site prints its own on every page"
    TOO_LONG = "What was too long for its place"


def missing_sentences(reader, content):
    """What an editor has to write, choose or compare; `reader` says what it was unsure of."""
    return [*_of_the_answer(reader, content), *_of_the_structure(reader), *_of_the_rest(reader, content)]


def _of_the_answer(reader, content):
    if content["title"].startswith(MISSING):
        yield "The title is missing: the question as a patient asks it."
    elif not content["title"].endswith("?"):
        yield "The title is not a question. Write it as a patient asks it."
    if reader.counts["long title"]:
        yield "The title was longer than 65 characters, so the rest of it became the subtitle."
    if "drugs" not in content or not content["drugs"]:
        yield "No medicine that we know was found in the title: choose the medicines it is about."
    if "effects" not in content or not content["effects"]:
        yield "No side effect that we know was found in the title: choose the side effects it is about."
    if content["verdict"].startswith(MISSING):
        yield "The first words of the answer (verdict) are missing."
    if content["short_answer"].startswith(MISSING):
        yield "The short answer is missing."
    if reader.copied:
        start = " ".join(reader.copied.split()[:5])
        yield (
            f"The answer was copied from the paragraph that begins with '{start}', which still stands in its place: "
            "see whether it answers the title."
        )
    yield "The line that says what to do now (action) is missing."


def _of_the_structure(reader):
    if reader.unsure:
        named = "; ".join(reader.unsure)
        yield (
            f"{_counted(len(reader.unsure), 'heading has', 'headings have')} no level: {named}. Each became a section "
            + ("of its own. Put those under another that belong there.")
        )
    if reader.placed:
        yield f"Put under another heading by guess: {'; '.join(reader.placed)}."
    untitled = sum(section["heading"].startswith(MISSING) for section in reader.sections)
    if untitled:
        yield f"{_counted(untitled, 'section has', 'sections have')} no heading."
    if guessed := reader.counts["guessed rows"]:
        columns = ", ".join(column["heading"] for table in reader.tables for column in table["columns"])
        yield (
            f"The cells of {_counted(guessed, 'table row', 'table rows')} were cut by guess, into the columns {columns}: "
            "compare them with the text you pasted."
            + (f" Begin with: {', '.join(reader.doubtful)}." if reader.doubtful else "")
        )
    if uncut := reader.counts["uncut rows"]:
        yield f"{_counted(uncut, 'table row', 'table rows')} could not be cut: the whole text stands in the first cell."
    if unlabelled := reader.counts["no label"]:
        yield f"{_counted(unlabelled, 'key point has', 'key points have')} no label."


def _of_the_rest(reader, content):
    counts = reader.counts
    if counts["no question"]:
        yield f"{_counted(counts['no question'], 'answer has', 'answers have')} no question."
    if counts["no answer"]:
        yield f"{_counted(counts['no answer'], 'question has', 'questions have')} no answer."
    if counts["long answer"]:
        yield (
            f"{_counted(counts['long answer'], 'answer has', 'answers have')} several paragraphs: "
            "see whether a question is missing between them."
        )
    if counts["untitled references"]:
        yield f"{_counted(counts['untitled references'], 'reference has', 'references have')} no title."
    if counts["references"]:
        have = _counted(counts["references"], "reference has", "references have")
        yield f"{have} to be chosen from the sources, or added there. What the text says of them is kept below."
    absent = [
        words
        for words, is_there in (
            ("no opening (lead)", content["lead"]),
            ("no summary", reader.texts["summary"]),
            ("no key points", reader.key_points),
            ("no comparison table", reader.tables),
            ("no questions people ask", reader.faqs),
            ("no references", "references" in reader.seen),
        )
        if not is_there
    ]
    if absent:
        last = f" and {absent[-1]}" if len(absent) > 1 else absent[-1]
        yield f"The text has {', '.join(absent[:-1])}{last}."
    if content["lead"] or reader.sections:
        yield "No fact names its source yet: cite one behind each."


def left_over_section(missing, leftovers):
    """The section that holds the draft back until somebody has used or deleted it."""
    parts = ["**What is missing**", "\n".join(f"- {sentence}" for sentence in missing)]
    for why, lines in leftovers.items():
        if not lines:
            continue
        is_short = all(len(line) <= _SHORT for line in lines)
        parts += [f"**{why}**", "\n".join(f"- {line}" for line in (["; ".join(lines)] if is_short else lines))]
    return {"key": LEFT_OVER, "heading": _HEADING, "body": "\n\n".join(parts)}


def _counted(number, one, many):
    return f"{number} {one if number == 1 else many}"
