"""How often: bands, percents, and the figures that people read. No queries; input is content dicts.

Percents are numbers from 0 to 100. Bands are the CIOMS/EU ones (CIOMS Working Group III, 1995; EU SmPC guideline 2009).
"""

import re
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

_ANOTHER_PRODUCT = re.compile(
    r"^combination with|for the injection|\bon \w+ together with|three-medicine combination", re.IGNORECASE
)
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

    `sources`: {slug: {"strength", "source_kind"}}. Figures that count something else (`measure`) do not enter it, nor
    those of combinations and injections where the plain medicine has one. Where one source gives both its word and a
    percent, the percent speaks. Result, in whole people of `per` (100, 1,000 or 10,000):

    {"per", "low", "high": int, "percent": (low, high), "placebo": int|None (only beside a single figure),
    "open": no upper end was stated, "below": the word says fewer than `high`, "who": what all its findings say of whom
    they are about, or "", "varies": it spans doses or groups of people, "more": percent|None, see _more()}
    """
    figures = headline_findings(findings, sources)
    if not figures:
        return None
    low, high, is_open = _range(figures)
    placebo = figures[0].get("placebo") if len(figures) == 1 else None
    per = denominator([percent for percent in (low, high, placebo) if percent is not None])
    return {
        "per": per,
        "low": people(low, per),
        "high": people(high, per),
        "percent": (low, high),
        "placebo": None if placebo is None else people(placebo, per),
        "open": is_open,
        "below": all(finding.get("band") == "very-rare" for finding in figures),
        "who": _shared(figures, "population") or (_shared(figures, "note") if _of_another_product(figures[0]) else ""),
        "varies": high >= 3 * low > 0
        and any(len({f.get(name, "") for f in figures}) > 1 for name in ("dose", "population")),
        "more": _more(_plain(findings), sources, high),
    }


def headline_findings(findings, sources):
    """The findings that the headline is made of, so that their sources can be named beside it."""
    plain = _plain(findings)
    best = min((_rank(finding, sources) for finding in plain), default=None)
    figures = [finding for finding in plain if _rank(finding, sources) == best]
    with_percent = {slug for finding in figures if "high" in finding for slug in finding["sources"]}
    return [f for f in figures if "high" in f or not with_percent.issuperset(f["sources"])]


def _plain(findings):
    """Those with a figure for this very effect, of the medicine alone where there is one."""
    plain = [finding for finding in findings if not finding.get("measure") and percent_range(finding)]
    return [finding for finding in plain if not _of_another_product(finding)] or plain


def _range(figures):
    """(low, high, whether the upper end is open). A percent that reaches as far as an open word speaks instead of it."""
    closed = [percent_range(finding) for finding in figures if not _is_open(finding)]
    starts = [percent_range(finding)[0] for finding in figures if _is_open(finding)]
    top = max((high for _, high in closed), default=0)
    starts = [start for start in starts if start >= top]
    low = min([*(low for low, _ in closed), *starts])
    return low, max([top, *starts]), bool(starts)


def _more(plain, sources, high):
    """The highest percent of a good or medium source, where it is more than half or more than twice the headline's top."""
    trusted = [f for f in plain if "high" in f and _rank(f, sources)[0] < _STRENGTHS.index("weak")]
    most = max((finding["high"] for finding in trusted), default=0)
    return most if most > high and (most > 50 or most > 2 * high) else None


def _of_another_product(finding):
    """Whether a finding is about a combination with another medicine, or about the injection."""
    return any(_ANOTHER_PRODUCT.search(finding.get(name, "")) for name in ("population", "note", "form"))


def _shared(findings, name):
    values = {finding.get(name, "") for finding in findings}
    return values.pop() if len(values) == 1 else ""


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
