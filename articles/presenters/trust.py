"""Who checked a page, when, against which sources, and what changed: the foot of a page (components/trust.html)."""

from itertools import zip_longest

from ..models import ReviewEvent, Revision
from .wording import in_words, sentence

LANGUAGES = {
    "da": "Danish",
    "de": "German",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "no": "Norwegian",
    "sv": "Swedish",
}
STRENGTHS = {"good": "", "medium": "", "weak": "A weak source"}
CHANGES_SHOWN = 10

Origin, Verb = Revision.Origin, ReviewEvent.Verb


def trust(document):
    """What the foot of a page says. `document` comes from Document.objects.for_page(). Nobody is made up."""
    revision, content = document.live, document.live.content
    signed_by = " ".join(filter(None, [document.signed_first_name, document.signed_last_name]))
    credential = ", ".join(filter(None, [document.signed_title, document.signed_registration]))
    return {
        "checked": in_words(content.get("facts_checked")),
        "due": in_words(content.get("review_due")),
        "due_in": _months_between(content.get("facts_checked"), content.get("review_due")),
        # Whoever brings an earlier version back has not written it.
        "written_by": revision.author.get_full_name() if revision.author and revision.origin != Origin.RESTORED else "",
        "compared": revision.origin in (Origin.SHIPPED, Origin.REVIEWED),
        "signed_by": f"{signed_by} ({credential})" if signed_by and credential else signed_by or credential,
        "signed_on": in_words(document.signed_on.date() if document.signed_on else None),
        "hurried_on": hurried_on(document),
    }


def hurried_on(*documents):
    """The day on which one of these texts went out as an emergency, unless a clinician has signed it off by now; else ''."""
    days = [document.hurried_on.date() for document in documents if document.hurried_on and not document.signed_on]
    return in_words(max(days, default=None))


def changes(events):
    """What changed on a page, newest first, from ReviewEvent.objects.readers_saw()."""
    events = list(events)
    rows = [
        {"on": in_words(event["at"].date()), "notes": _notes(event, older)}
        for event, older in zip_longest(events, events[1:])
    ]
    return {"rows": rows[:CHANGES_SHOWN], "older": len(rows[CHANGES_SHOWN:])}


def number_sources(*slug_lists):
    """{slug: number} in the order of first use on the page."""
    numbers = {}
    for slugs in slug_lists:
        for slug in slugs or ():
            numbers.setdefault(slug, len(numbers) + 1)
    return numbers


def source_rows(numbers, sources, *, page_checked=""):
    """Rows of components/source_list.html, in order. Only a source that may be linked, and still answers, gets a link.

    A source's own date stands only where it is not the day on which the whole page was checked.
    """
    rows = []
    for slug, number in sorted(numbers.items(), key=lambda item: item[1]):
        source = sources[slug]
        checked = source.get("facts_checked", "")
        language = source.get("language", "")
        rows.append(
            {
                "n": number,
                "publisher": source["publisher"].rstrip("."),
                "title": source["title"].rstrip("."),
                "href": link_to(source),
                "dead": bool(source.get("link_is_dead")),
                "lang": language,
                "language": LANGUAGES.get(language, language),
                "strength": STRENGTHS[source["strength"]],
                "checked": "" if checked == page_checked else in_words(checked),
            }
        )
    return rows


def _notes(event, older):
    if event["verb"] == Verb.WITHDRAW:
        return ["Withdrawn."]
    if older is None:
        # Whatever was changed before it, no reader had seen.
        return ["First published."]
    if event["what_changed"]:
        return [sentence(note) for note in event["what_changed"].splitlines()]
    return ["Shown again, unchanged." if older["verb"] == Verb.WITHDRAW else "Published again."]


def link_to(source):
    """The address to which readers may be sent, or ''."""
    return source["address"] if source.get("linkable") and not source.get("link_is_dead") else ""


def _months_between(checked, due):
    """'12 months' where the second date is a whole number of months after the first, else ''."""
    if not checked or not due or checked[8:] != due[8:]:
        return ""
    months = (int(due[:4]) - int(checked[:4])) * 12 + int(due[5:7]) - int(checked[5:7])
    return "" if months < 1 else "1 month" if months == 1 else f"{months} months"
