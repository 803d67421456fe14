"""Search results in words: what each page is called, by which name it was found, and the emergency box. No queries."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import Truncator

from ..models import SearchEntry, SearchTerm
from .rules import rule_sentences
from .signs import rule_items
from .wording import listed, lower_first, sentence, upper_first

Kind = SearchEntry.Kind
SUMMARY_LENGTH = 200
MAX_MEDICINES, MAX_SYMPTOMS = 10, 5  # what the check takes at a time
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


def emergency_box(rules, crisis=()):
    """The one box for components/help_box.html, or None. `rules`: emergency rules met; `crisis`: crisis_lines()."""
    if not rules:
        return None
    items = [item for rule in rules for _, item in (rule_items(rule) if len(rules) == 1 else rule_items(rule)[:2])]
    return {
        "items": list(dict.fromkeys(items)),
        "advice": list(dict.fromkeys(rule_sentences(rule, "") for rule in rules)),
        "crisis": crisis if any(rule["slug"] == "suicidal-thoughts" for rule in rules) else [],
    }


def check_offer(spotted, names):
    """(address, words) of the check that a query with both sides asks for, else None. `names`: check.names()."""
    medicines = [slug for slug in spotted.medicines if slug in names.medicines][:MAX_MEDICINES]
    symptoms = [slug for slug in spotted.symptoms if slug in names.symptoms][:MAX_SYMPTOMS]
    if not medicines or not symptoms:
        return None
    query = urlencode({"medicine": medicines, "symptom": symptoms}, doseq=True)
    drugs = listed(names.medicines[slug] for slug in medicines)
    felt = listed(lower_first(names.symptoms[slug]) for slug in symptoms)
    return f"{reverse('check')}?{query}", f"Check {drugs} with {felt}"


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
