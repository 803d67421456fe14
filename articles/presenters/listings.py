"""Rows of ListedEffect as tables: the side effects of a medicine, or the medicines that list a side effect.

Every table has one denominator, so that its figures can be held against each other (ux.md rule 11).
"""

from django.urls import reverse

from ..frequency import band_of, band_up_to, people, percent_range
from .figures import NO_NUMBER, NOT_NEVER, headline_limits, often_words
from .help import urgency_words
from .wording import upper_first

# Headings are numbers, never the label's word, which makes people overestimate (ux.md rule 10).
_GROUPS = {
    "very-common": ("10 or more in every 100 people", 100),
    "common": ("1 to 10 in every 100 people", 100),
    "uncommon": ("1 to 10 in every 1,000 people", 1_000),
    "rare": ("1 to 10 in every 10,000 people", 10_000),
    "very-rare": ("Fewer than 1 in every 10,000 people", 10_000),
}
_FINEST = 10_000


def often_groups(rows, *, link_to):
    """[{"title", "rows"}] by how often, as the strongest source has it. Those without a number come last, with a "text"."""
    by_group = {}
    for row in rows:
        by_group.setdefault(group_of(row.headline), []).append(row)
    groups = []
    for band, (title, per) in _GROUPS.items():
        here = sorted(by_group.get(band, ()), key=lambda row: (-row.per_million, _name(row, link_to)))
        if here:
            groups.append({"title": title, "rows": table(here, link_to=link_to, per=per)})
    without = sorted(by_group.get(None, ()), key=lambda row: (row.urgency, _name(row, link_to)))
    if without:
        groups.append({"title": NO_NUMBER, "text": NOT_NEVER, "rows": table(without, link_to=link_to)})
    return groups


def group_of(headline):
    """The band that the headline's high end lies in, None without a number. '1 to 10 in 100' does not reach the next."""
    if not headline:
        return None
    low, high = headline["percent"]
    return band_of(high) if headline["open"] or low == high else band_up_to(high)


def table(rows, *, link_to, per=None):
    """Rows for components/effect_table.html. `link_to`: the page's other side, "effect" or "drug"."""
    per = per or max((_needed(row.headline) for row in rows if row.headline), default=100)
    return [_row(row, link_to, per) for row in rows]


def article_links(rows):
    """[(href, title)] of the articles that lead one of these pairs, each once."""
    articles = {row.article_slug: row.article_title for row in rows if row.article_slug}
    return [(reverse("article", args=[slug]), title) for slug, title in sorted(articles.items())]


def sources_of(listing):
    """The sources of one pair in the order in which its page needs them."""
    for finding in listing.get("findings", []):
        yield from finding["sources"]
    for name in ("sources", "note_sources", "what_helps_sources", "timing_sources"):
        yield from listing.get(name, [])


def dummy_words(headline, listing, per):
    """'On a dummy tablet: 23', of the `per` people whom the row counts; '' where no study had one."""
    percent = dummy_percent(headline, listing)
    if percent is None:
        return ""
    count = people(percent, per)
    return f"On a dummy tablet: {'fewer than 1' if percent and not count else f'{count:,}'}"


def dummy_percent(headline, listing):
    """From the finding itself: the stored headline holds the placebo figure only as rounded people."""
    if not headline or headline.get("placebo") is None:
        return None
    same = (f for f in listing.get("findings", []) if list(percent_range(f) or ()) == list(headline["percent"]))
    return next((finding["placebo"] for finding in same if "placebo" in finding), None)


def _row(row, link_to, per):
    urgency = urgency_words(row.urgency, row.urgency_reason, row.listing, row.drug_slug)
    return {
        "href": reverse("pair", args=[row.drug_slug, row.effect_slug]),
        "name": _name(row, link_to),
        "often": often_words(row.headline, per),
        "dummy": dummy_words(row.headline, row.listing, per),
        "limits": headline_limits(row.headline),
        "debated": row.debated,
        "urgency": urgency["level"],
        "chip": urgency["words"],
        "note": urgency["note"],
    }


def _needed(headline):
    """The denominator at which neither end of a headline becomes less than one person."""
    ends = [percent for percent in headline["percent"] if percent > 0]
    smallest = min(ends, default=1)
    return next((per for per in (100, 1_000) if smallest * per >= 100), _FINEST)


def _name(row, link_to):
    return row.effect_name if link_to == "effect" else upper_first(row.drug_name)
