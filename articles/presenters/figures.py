"""How often, in people and both ways round. Input: findings and headlines; output: rows for components/figure_list.html.

One denominator for figures that are read together, the exact percent beside its source, and a label's own word
('common') never beside a number: design.md "What a page owes its reader", ux.md rules 9 to 12.
"""

from ..frequency import BAND_NUMBERS, BAND_WORDS, BANDS, denominator, people, percent_range
from .notes import plain_note
from .wording import listed, ranges_in_words, upper_first

NO_NUMBER = "No number found"
NOT_NEVER = "That does not mean it never happens."

# A difference between two groups, so it has no other side: nobody can say who of the group is meant.
_ABOVE_PLACEBO = "percentage points above placebo"
_UNKNOWN_SENTENCE = "It is listed, but the source does not say how often."


def figure_groups(findings, sources, numbers):
    """All findings of one pair as groups {"title", "figures"} for components/figure_list.html; empty groups are left out.

    `sources`: {slug: content}; `numbers`: {slug: number in the page's source list}.
    """
    percents = [finding for finding in findings if "high" in finding]
    plain = [finding for finding in percents if not finding.get("measure")]
    measured = [finding for finding in percents if finding.get("measure")]
    bands = [finding for finding in findings if finding.get("band") in BANDS]
    unknown = [finding for finding in findings if finding.get("band") == "not-known"]
    groups = (
        ("Counted in studies", _figures(plain, sources, numbers)),
        ("Counted in studies, but as something a little different", _figures(measured, sources, numbers)),
        ("What medicine leaflets and lists say", _band_figures(bands, sources, numbers)),
        ("Listed without a number", _band_figures(unknown, sources, numbers)),
    )
    return [{"title": title, "figures": figures} for title, figures in groups if figures]


def people_words(low, high, per, *, is_open=False, about=False):
    """'1 to 10 in every 100 people'. Counts, not percents; `is_open`: the source states no upper end."""
    if is_open:
        count = f"{low:,} or more" if low >= high else f"from {low:,} to more than {high:,}"
    elif low == high:
        count = f"about {low:,}" if about else f"{low:,}"
    else:
        count = f"up to {high:,}" if low == 0 else f"{low:,} to {high:,}"
    return upper_first(f"{count} in every {per:,} people")


def others_words(low, high, per, *, is_open=False, about=False):
    """The other side: '90 to 99 do not'. '' where it would say nothing."""
    least, most = per - high, per - low
    if is_open:
        return f"{most:,} or fewer do not" if low >= high else ""
    if low == high:
        return f"{'about ' if about and least else ''}{least:,} do not" if least else ""
    return f"{least:,} or more do not" if low == 0 else f"{least:,} to {most:,} do not"


def share_words(low, high, per, *, is_open=False):
    """people_words() from percents. A share too small for `per` is 'fewer than 1', never 0."""
    if high > 0 and people(high, per) == 0 and not is_open:
        return f"Fewer than 1 in every {per:,} people"
    return people_words(people(low, per), people(high, per), per, is_open=is_open)


def often_words(headline, per):
    """The pair's figure in one phrase, counted in `per` people: '1 to 10 in every 1,000 people' or 'No number found'."""
    if not headline:
        return NO_NUMBER
    low, high = headline["percent"]
    if headline.get("below"):
        return f"Fewer than {max(1, people(high, per)):,} in every {per:,} people"
    return share_words(low, high, per, is_open=headline["open"])


def other_side(headline, per):
    """Of the same people: '990 to 999 do not'; '' where it would say nothing."""
    low, high = (people(percent, per) for percent in headline["percent"])
    if headline.get("below"):
        return f"more than {per - high:,} do not"
    return others_words(low, high, per, is_open=headline["open"])


def headline_both_sides(headline):
    """The same as a sentence with its other side: '1 to 10 in every 1,000 people get it; 990 to 999 do not.'"""
    if not headline:
        return f"{NO_NUMBER}. {NOT_NEVER}"
    words = often_words(headline, headline["per"])
    if headline["percent"][1] == 0:
        return f"{words} got it. {NOT_NEVER}"
    others = other_side(headline, headline["per"])
    return f"{words} get it{f'; {others}' if others else ''}."


def headline_dummy(headline):
    """'On a dummy tablet: 1 in every 100 people.' or ''."""
    if not headline or headline.get("placebo") is None:
        return ""
    return f"On a dummy tablet: {headline['placebo']:,} in every {headline['per']:,} people."


def headline_limits(headline):
    """What the number leaves out, as sentences: whom it is about, what it hangs on, and studies that found more."""
    if not headline:
        return []
    said = []
    if who := headline.get("who"):
        said.append(f"This number is about: {ranges_in_words(who).removeprefix('for ').rstrip('.')}.")
    if headline.get("varies"):
        said.append("It depends on the dose and on who was asked.")
    if more := headline.get("more"):
        per = denominator([more])
        said.append(f"Some studies found more: up to {people(more, per):,} in every {per:,}.")
    return said


def exact_percent(finding):
    """'10.8%; 0.6% on a dummy tablet', as the source has it; '' for a band."""
    if "high" not in finding:
        return ""
    low, high = finding.get("low"), finding["high"]
    if finding.get("measure") == _ABOVE_PLACEBO:
        return f"{_number(high)} percentage points"
    words = f"{_number(high)}%" if low is None or low == high else f"{_number(low)}% to {_number(high)}%"
    words = {"up-to": "up to ", "about": "about ", "more-than": "at least "}.get(finding.get("qualifier"), "") + words
    placebo = finding.get("placebo")
    return words if placebo is None else f"{words}; {_number(placebo)}% on a dummy {_dummy(finding)}"


def label_sentences(findings, sources, numbers):
    """What each word of the sources means, once a page and in its sources part: never beside the figures themselves."""
    sayings = []
    for band, (low, high) in BANDS.items():
        slugs = sorted(
            {s for f in findings if f.get("band") == band for s in f["sources"] if s in numbers}, key=numbers.get
        )
        if not slugs:
            continue
        labels = all(sources[slug]["source_kind"] == "regulator-label" for slug in slugs)
        which = listed(str(numbers[slug]) for slug in slugs)
        noun = "official label" if labels else "source"
        subject = f"The {noun} ({which}) calls" if len(slugs) == 1 else f"The {noun}s ({which}) call"
        per = _band_denominator([band])
        words = _band_people(band, low, high, per)
        sayings.append(f"{subject} this '{BAND_WORDS[band]}'. That means {words[:1].lower()}{words[1:]}.")
    return sayings


def source_links(slugs, sources, numbers):
    """[(href, text)] of sources on this page, each once. Two of one publisher are told apart by their titles."""
    known = sorted({slug for slug in slugs if slug in numbers}, key=numbers.get)
    names = [source_name(sources[slug]) for slug in known]
    links = []
    for slug, name in zip(known, names, strict=True):
        title = f": {sources[slug]['title'].rstrip('.')}" if names.count(name) > 1 else ""
        links.append((f"#ref-{numbers[slug]}", f"{numbers[slug]}. {name}{title}"))
    return links


def source_name(source):
    """The publisher without what stands in brackets behind it; the whole of it is in the source list."""
    return source["publisher"].split(" (")[0].rstrip(".")


def _figures(findings, sources, numbers):
    per = _shared_denominator(findings)
    return [_figure(finding, per, sources, numbers) for finding in findings]


def _shared_denominator(findings):
    """One for all. Only figures of the same source are held against each other: 10.8% in one study and 11.1% in
    another are both 11 in 100, because the gap between two studies says nothing."""
    together = {}
    for finding in findings:
        known = [finding.get("low"), finding["high"], finding.get("placebo")]
        together.setdefault(tuple(finding["sources"]), []).extend(p for p in known if p is not None)
    return max((denominator(percents) for percents in together.values()), default=100)


def _figure(finding, per, sources, numbers):
    placebo = finding.get("placebo")
    dummy = ""
    if placebo is not None:
        dummy = f"On a dummy {_dummy(finding)}: {people(placebo, per):,} in every {per:,} people."
    return {
        "sentence": _percent_sentence(finding, per),
        "dummy": dummy,
        "details": _details(finding),
        "sources": _finding_sources(finding["sources"], sources, numbers, exact_percent(finding)),
    }


def _percent_sentence(finding, per):
    low, high = finding.get("low"), finding["high"]
    qualifier, measure, dose = finding.get("qualifier"), finding.get("measure"), _spoken_dose(finding)
    taking = f" on {ranges_in_words(dose)}" if dose else ""
    if measure == _ABOVE_PLACEBO:
        return f"{people(high, per):,} more in every {per:,} people{taking} get it than on a dummy tablet."
    from_percent = high if low is None and qualifier == "more-than" else low or 0
    least, most = people(from_percent, per), people(high, per)
    if high == 0:
        # Not 'nobody': a table's 0% can be one person rounded down.
        got = f"were counted for this: {measure}" if measure else "got it"
        return f"0 in every {per:,} people{taking} {got}. {NOT_NEVER}"
    if most == 0:
        return f"Fewer than 1 in every {per:,} people{taking} {f'were counted for this: {measure}' if measure else 'get it'}."
    how = {"is_open": qualifier == "more-than", "about": qualifier == "about"}
    share, others = people_words(least, most, per, **how), others_words(least, most, per, **how)
    if measure:
        others = others.replace("do not", "were not")
        return f"{share}{taking} were counted for this: {measure}{f'; {others}' if others else ''}."
    return f"{share}{taking} get it{f'; {others}' if others else ''}."


def _band_figures(findings, sources, numbers):
    """Bands that say the same of the same people stand once, with all their sources."""
    merged = {}
    for finding in findings:
        told = tuple(sorted((name, value) for name, value in finding.items() if name not in ("key", "sources", "band")))
        # Sources that cannot be parted keep a line of their own: they state one thing together, not each for itself.
        together = tuple(finding["sources"]) if len(finding["sources"]) > 1 else ()
        merged.setdefault((BAND_NUMBERS[finding["band"]], finding["band"], told, together), []).append(finding)
    bands = [finding["band"] for finding in findings if finding["band"] in BANDS]
    per = _band_denominator(bands)
    figures = []
    for (_, band, _, together), same in sorted(merged.items(), key=lambda item: item[0][0]):
        slugs = list(together) or [slug for finding in same for slug in finding["sources"]]
        figures.append(
            {
                "sentence": _band_sentence(band, per, same[0].get("measure")),
                "dummy": "",
                "details": _details(same[0]),
                "sources": _finding_sources(slugs, sources, numbers, ""),
            }
        )
    return figures


def _band_denominator(bands):
    """The denominator at which the lower end of the rarest band is a whole person."""
    needed = {"very-common": 100, "common": 100, "uncommon": 1_000, "rare": 10_000, "very-rare": 10_000}
    return max((needed[band] for band in bands), default=100)


def _band_people(band, low, high, per):
    if band == "very-rare":
        return f"Fewer than {people(high, per):,} in every {per:,} people"
    return people_words(
        people(low, per),
        people(high, per) if band != "very-common" else people(low, per),
        per,
        is_open=band == "very-common",
    )


def _band_sentence(band, per, measure):
    if band not in BANDS:
        return _UNKNOWN_SENTENCE
    low, high = percent_range({"band": band})
    words = _band_people(band, low, high, per)
    if band == "very-rare":
        others = f"more than {per - people(high, per):,} do not"
    elif band == "very-common":
        others = f"{per - people(low, per):,} or fewer do not"
    else:
        others = others_words(people(low, per), people(high, per), per)
    if measure:
        return f"{words} are counted for this: {measure}; {others.replace('do not', 'are not')}."
    return f"{words} get it; {others}."


def _details(finding):
    told = [
        ("Dose", "" if _spoken_dose(finding) else finding.get("dose", "")),
        ("Form", finding.get("form", "")),
        ("Who", finding.get("population", "")),
        ("Time", finding.get("period", "")),
        ("Note", plain_note(finding.get("note", ""))),
    ]
    words = [f"{label}: {ranges_in_words(text).rstrip('.')}." for label, text in told if text]
    if len(finding["sources"]) > 1:
        words.append("These sources together give it; they cannot be told apart.")
    return " ".join(words)


def _finding_sources(slugs, sources, numbers, percent):
    links = source_links(slugs, sources, numbers)
    return [{"href": href, "text": text, "percent": percent} for href, text in links]


def _spoken_dose(finding):
    """The dose if it reads well after 'people on'; otherwise it stands in the details."""
    dose = finding.get("dose", "")
    return dose if dose[:1].isdigit() or dose.startswith(("up to ", "any ")) else ""


def _dummy(finding):
    told = f"{finding.get('form', '')} {finding.get('population', '')}"
    return "inhaler" if "inhaler" in told else "tablet"


def _number(percent):
    return f"{percent:g}"
