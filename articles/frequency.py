"""How often: bands, percents, and the figures that people read. No queries; input is content dicts.

Percents are numbers from 0 to 100. Bands are the CIOMS/EU ones (CIOMS Working Group III, 1995; EU SmPC guideline 2009).
"""

from decimal import ROUND_HALF_UP, Decimal

# Lower and upper bound in percent. 'Very common' has no upper bound of its own, 'very rare' no lower one.
BANDS = {
    "very-common": (10, 100),
    "common": (1, 10),
    "uncommon": (0.1, 1),
    "rare": (0.01, 0.1),
    "very-rare": (0, 0.01),
}
BAND_NUMBERS = {band: number for number, band in enumerate([*BANDS, "not-known"], start=1)}
BAND_WORDS = {band: band.replace("-", " ") for band in BAND_NUMBERS}

_STRENGTHS = ("good", "medium", "weak")
_KINDS = ("regulator-label", "health-service", "peer-reviewed", "other")


def band_of(percent):
    """The band a percent falls in; each band includes its lower bound and excludes its upper one."""
    return next((band for band, (low, _) in BANDS.items() if percent >= low), "very-rare")


def band_up_to(percent):
    """The highest band below a percent that is an upper end: the label's 'up to 10 in 100' is common, not very common."""
    return next((band for band, (low, _) in BANDS.items() if percent > low), "very-rare")


def percent_range(finding):
    """(low, high) in percent that a finding states, or None for 'not known'. 'Up to 5' has low 0."""
    if band := finding.get("band"):
        return BANDS.get(band)
    low, high = finding.get("low"), finding["high"]
    if finding.get("qualifier") == "more-than":
        return (high if low is None else low, 100)
    return (0 if low is None else low, high)


def highest_band(findings):
    """The most frequent band that any finding reaches; figures that count something else (`measure`) do not speak."""
    reached = ["not-known"]
    for finding in findings:
        if finding.get("measure") or finding.get("band") == "not-known":
            continue
        if "band" in finding:
            reached.append(finding["band"])
        elif finding.get("qualifier") in ("up-to", "range"):
            reached.append(band_up_to(finding["high"]))
        else:
            reached.append(band_of(finding["high"]))
    return min(reached, key=BAND_NUMBERS.get)


def are_debated(listing):
    """Whether sources disagree: it was recorded, or two of them put the effect in different bands.

    A band for one group of patients is not held against a band for another. Percents from different trials differ
    for many reasons, so they alone are no disagreement.
    """
    if listing.get("disagreement"):
        return True
    bands = {}
    for finding in listing.get("findings", []):
        if finding.get("band") not in (None, "not-known"):
            bands.setdefault(finding.get("population", ""), set()).add(finding["band"])
    return any(len(stated) > 1 for stated in bands.values())


def headline(findings, sources):
    """The whole range over the findings of the strongest kind of source, never an average; None if none has a figure.

    `sources`: {slug: {"strength", "source_kind"}}. Result: {"per": 100|1000|10000, "low": int, "high": int,
    "open": bool (no upper bound was stated), "placebo": int|None}, counted in people per `per`, plus "percent": (low, high).
    Where one source gives both its word and a percent, the percent speaks.
    """
    figures = [finding for finding in findings if not finding.get("measure") and percent_range(finding)]
    if not figures:
        return None
    best = min(_rank(finding, sources) for finding in figures)
    figures = [finding for finding in figures if _rank(finding, sources) == best]
    with_percent = {slug for finding in figures if "high" in finding for slug in finding["sources"]}
    figures = [f for f in figures if "high" in f or not with_percent.issuperset(f["sources"])]
    ranges = [percent_range(finding) for finding in figures]
    low, high = min(r[0] for r in ranges), max(r[1] for r in ranges)
    open_ended = any(r[1] == high and _is_open(f) for f, r in zip(figures, ranges, strict=True))
    if open_ended:
        closed = [r[1] for f, r in zip(figures, ranges, strict=True) if not _is_open(f)]
        high = max([*closed, *(r[0] for f, r in zip(figures, ranges, strict=True) if _is_open(f))])
    placebo = figures[0].get("placebo") if len(figures) == 1 else None
    per = denominator([p for p in (low, high, placebo) if p is not None])
    return {
        "per": per,
        "low": people(low, per),
        "high": people(high, per),
        "open": open_ended,
        "placebo": None if placebo is None else people(placebo, per),
        "percent": (low, high),
    }


def denominator(percents):
    """The smallest of 100, 1,000 and 10,000 at which the percents are whole people and differ where they differ.

    A share above nothing never becomes 0 people. Source: design.md's rule; Galesic 2009 on equal denominators.
    """
    percents = {Decimal(str(percent)) for percent in percents}
    for per in (100, 1_000, 10_000):
        counts = {people(percent, per) for percent in percents}
        if len(counts) == len(percents) and not any(people(p, per) == 0 for p in percents if p > 0):
            return per
    return 10_000


def people(percent, per):
    """How many whole people of `per` a percent is, halves rounded up."""
    return int((Decimal(str(percent)) * per / 100).quantize(Decimal(1), ROUND_HALF_UP))


def _is_open(finding):
    return finding.get("band") == "very-common" or finding.get("qualifier") == "more-than"


def _rank(finding, sources):
    """Strongest first: strength, then kind. Sources that cannot be parted are as strong as the weakest of them."""
    known = [sources[slug] for slug in finding["sources"] if slug in sources]
    if not known:
        return (len(_STRENGTHS), len(_KINDS))
    return max((_STRENGTHS.index(s["strength"]), _KINDS.index(s["source_kind"])) for s in known)
