"""Search results in words: what each page is called, by which name it was found, and the emergency box. No queries."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import Truncator

from ..models import SearchEntry, SearchTerm
from .check_address import address
from .check_heard import questions
from .wording import listed, lower_first, sentence, upper_first

Kind = SearchEntry.Kind
SUMMARY_LENGTH = 200
_VIA = {
    SearchTerm.How.BRAND: "a brand name of",
    SearchTerm.How.SYNONYM: "another name for",
    SearchTerm.How.CODE: "the code of",
}


def result_rows(results):
    """Rows of components/result_list.html."""
    return [
        {
            "href": _address(result),
            "title": _title(result),
            "text": Truncator(sentence(result.entry.summary)).chars(SUMMARY_LENGTH),
            "kind": result.entry.get_kind_display(),
        }
        for result in results
    ]


def status(words, total):
    """'12 results for 'amlodipine''; '' where nothing was asked."""
    if not words:
        return ""
    if not total:
        return f"No pages match '{words}'."
    return f"{total:,} {'result' if total == 1 else 'results'} for '{words}'"


def page_links(words, number, pages):
    """Links for components/page_list.html: the first, the last and those near."""
    near = sorted({1, pages, *range(number - 2, number + 3)} & set(range(1, pages + 1)))
    return [{"href": _query(words, page), "text": f"Page {page}", "current": page == number} for page in near]


def asked_back(found, known):
    """What is asked back before the results, as check_heard.questions(), with the pages of the options as addresses."""
    asked = questions(found.question, found, known)
    for each in asked:
        for option in each["options"]:
            slug = option["slug"]
            page = "symptom" if slug in known.symptoms else "drug" if slug in known.medicines else ""
            option["href"] = reverse(page, args=[slug]) if page else _query(option["text"].split(" (")[0], 1)
    return asked


def check_offer(found, known):
    """(address, words) of the check where the query names a medicine or a symptom, else None."""
    medicines, symptoms = found.question.medicines, found.question.symptoms
    if not (medicines and symptoms):
        return None
    drugs = listed(known.medicines[slug] for slug in medicines)
    felt = listed(lower_first(known.symptoms[slug]) for slug in symptoms)
    # The words alone: they say it all, and more than the slugs where they hold a warning sign.
    return address(found.question, medicine=[], symptom=[]), f"Check {drugs} with {felt}"


def _query(words, page):
    return "?" + urlencode({"q": words} | ({"page": page} if page > 1 else {}))


def _title(result):
    title = result.entry.title
    if result.via and result.how == SearchTerm.How.WORD:
        other = upper_first(result.via)
        return f"{other} is a different medicine that we do not cover; see the note on {lower_first(title)}"
    if result.via and result.how in _VIA:
        return f"{upper_first(result.via)}, {_VIA[result.how]} {lower_first(title)}"
    return upper_first(title)


def _address(result):
    entry = result.entry
    if entry.kind == Kind.GLOSSARY_TERM:
        return f"{reverse('glossary')}#{entry.slug}"
    page = {Kind.DRUG: "drug", Kind.EFFECT: "symptom"}.get(entry.kind, "article")
    anchor = "names" if result.via and result.how == SearchTerm.How.WORD else entry.anchor
    return reverse(page, args=[entry.slug]) + (f"#{anchor}" if anchor else "")
