"""Facts: what medicines, side effects and safety rules must name beside what they say, above all its source.

Not here: articles, which cite inside their texts (citations.py), and whether a source is sound (citations.py).
"""

from .problem import Problem, warning

# kind: (what is said, where its sources stand, what it is called, whether it holds publication back)
_SOURCED = {
    "drug": (
        # The first medicines came from a collection without them; the page shows no source there, and that is seen.
        ("mechanism", "mechanism_sources", "how it works", False),
        ("names", "names_sources", "the list of names", False),
        ("background_note", "background_sources", "the background note", True),
        ("stop_effects", "stop_sources", "what happens when it is stopped", True),
        ("stop_warning", "stop_sources", "the warning not to stop suddenly", True),
    ),
    "effect": (
        ("self_care", "self_care_sources", "what helps", True),
        ("other_causes", "other_causes_sources", "the list of other causes", True),
        ("red_flags", "sources", "the list of warning signs", True),
        ("description", "sources", "the description", False),
    ),
    "glossary-term": (("definition", "sources", "the definition", False),),
    "red-flag": (("signs", "sources", "the rule", True),),
    "cascade": (("evidence", "sources", "the evidence", True),),
    "look-alike": (("why", "seen_at", "the mix-up", True),),
    "help-line": (("number", "seen_at", "the number", True), ("url", "seen_at", "the web address", True)),
}
# kind: {field that must not be empty: what it is called}
_NEEDED = {
    "drug": {"name": "name", "patient_words": "kind of medicine in plain words", "effects": "list of side effects"},
    "effect": {"name": "plain name", "clinical_term": "clinical term", "description": "description"},
    "glossary-term": {"name": "word", "definition": "definition"},
    "red-flag": {"level": "level", "signs": "list of warning signs", "do": "line that says what to do"},
    "cascade": {"causes": "list of causing medicines", "effect": "side effect", "question": "question to ask"},
    "source": {"title": "title", "publisher": "publisher"},
}
_TIMING = ("timing_onset", "timing_settling", "timing_after_dose_change", "timing_after_stopping", "timing_note")


def fact_problems(content, warned):
    """`warned`: slugs of the side effects whose own pages name warning signs; None if that is not known."""
    kind = content["kind"]
    for field, called in _NEEDED.get(kind, {}).items():
        if not content.get(field):
            yield Problem(f"The {called} is missing. Fill it in.", (field,))
    told = set()
    for field, sources, called, binding in _SOURCED.get(kind, ()):
        if content.get(field) and not content.get(sources) and sources not in told:
            told.add(sources)
            yield Problem(f"No source is named for {called}. Name the one it was read in.", (sources,), binding)
    if kind == "drug":
        yield from _medicine_problems(content, warned)
    elif kind == "effect" and not content.get("terms") and not content.get("wordings"):
        yield warning("No words are listed by which people call it, so search and check cannot find it.", ("terms",))


def _medicine_problems(content, warned):
    # The card 'do not stop' says what can happen; without the tick the page says 'ask before you stop' by itself.
    if content.get("stop_warning") and not content.get("stop_effects"):
        yield Problem(
            "The medicine must not be stopped suddenly, but nothing says what happens then. Write it from a source.",
            ("stop_effects",),
        )
    for name, called in (("doses", "dose"), ("claims", "claim")):
        for row in content.get(name, []):
            if not row.get("sources"):
                yield Problem(f"The {called} '{row['key']}' names no source. Name one.", (name, row["key"], "sources"))
    for listing in content.get("effects", []):
        yield from _listing_problems(listing, ("effects", listing["key"]), warned)


def _listing_problems(listing, path, warned):
    key = listing["key"]
    if not listing.get("sources"):
        yield Problem(f"The side effect '{key}' names no source. Name one.", (*path, "sources"))
    for finding in listing.get("findings", []):
        if not finding.get("sources"):
            yield Problem(
                f"A figure of '{key}' ({finding['key']}) names no source. Name the one that states it.",
                (*path, "findings", finding["key"], "sources"),
            )
    if any(listing.get(name) for name in _TIMING) and not listing.get("timing_sources"):
        yield Problem(f"The timing of '{key}' names no source. Name one.", (*path, "timing_sources"))
    if listing.get("serious") and not listing.get("when_to_get_help") and key not in (warned or ()):
        # What the side effect's own page warns of stands in the same help boxes (presenters/help.py).
        where = "neither here nor on the side effect's own page" if warned is not None else "not here"
        yield Problem(
            f"'{key}' is serious, but {where} does anything say when to get help. Write the signs from a source.",
            (*path, "when_to_get_help"),
            binding=warned is not None,
        )
