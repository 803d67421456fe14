"""Who checked a page, when, and against which sources: components/date_line.html and components/source_list.html."""

from ..models import Revision
from .wording import in_words

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


def trust(document):
    """What the foot of a page says. `document` comes from Document.objects.for_page(). Nobody is made up."""
    revision, content = document.live, document.live.content
    signed_by = " ".join(filter(None, [document.signed_first_name, document.signed_last_name]))
    credential = ", ".join(filter(None, [document.signed_title, document.signed_registration]))
    return {
        "checked": in_words(content.get("facts_checked")),
        "due": in_words(content.get("review_due")),
        "due_in": _months_between(content.get("facts_checked"), content.get("review_due")),
        "written_by": revision.author.get_full_name() if revision.author else "",
        "compared": revision.origin == Revision.Origin.SHIPPED,
        "signed_by": f"{signed_by} ({credential})" if signed_by and credential else signed_by or credential,
        "signed_on": in_words(document.signed_on.date() if document.signed_on else None),
    }


def number_sources(*slug_lists):
    """{slug: number} in the order of first use on the page."""
    numbers = {}
    for slugs in slug_lists:
        for slug in slugs or ():
            numbers.setdefault(slug, len(numbers) + 1)
    return numbers


def source_rows(numbers, sources, *, page_checked=""):
    """Rows of components/source_list.html, in order. Only a source that may be linked gets a link.

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
                "href": source["address"] if source.get("linkable") else "",
                "lang": language,
                "language": LANGUAGES.get(language, language),
                "strength": STRENGTHS[source["strength"]],
                "checked": "" if checked == page_checked else in_words(checked),
            }
        )
    return rows


def _months_between(checked, due):
    """'12 months' where the second date is a whole number of months after the first, else ''."""
    if not checked or not due or checked[8:] != due[8:]:
        return ""
    months = (int(due[:4]) - int(checked[:4])) * 12 + int(due[5:7]) - int(checked[5:7])
    return "" if months < 1 else "1 month" if months == 1 else f"{months} months"
