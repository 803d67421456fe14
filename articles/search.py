"""Finding things by their names, other words for them, codes, and the words of their text.

Names and words are stored folded (fold()), so UK and US spelling, case, accents and hyphens make no difference.
"""

import re
from dataclasses import dataclass, field

from django.db.models import Q

from .models import Document, SearchEntry, SearchTerm
from .text import plain
from .understanding.lexicon import first_part
from .understanding.names import name_key, only_countries
from .understanding.tokens import fold

MAX_QUERY = 300  # characters; longer questions are refused with a sentence
MAX_WORDS = 12
MIN_BEGINNING = 3  # letters from which a word of the query also finds longer ones
MAX_NAME_WORDS = 8  # the longest name or synonym that a query is searched for

Kind = SearchEntry.Kind
How = SearchTerm.How

_STOP_WORDS = frozenset(
    "a an and are as at be by can do does for from get has have how i in is it its my no not of on or so than that the "
    "their them they this to what when which who will with you your".split()
)
_RANK = {How.NAME: 100, How.CODE: 100, How.BRAND: 95, How.SYNONYM: 90}
# A word that is shown is the name of another medicine, one that people take for this entry's.
_RELATED, _RELATED_SCORE = Q(how=How.WORD) & ~Q(shown=""), 60


def words_of(*texts):
    """The distinct folded words that carry meaning, in order."""
    words = dict.fromkeys(word for text in texts for word in fold(text).split())
    stop_words = {fold(word) for word in _STOP_WORDS}
    return [word for word in words if word not in stop_words]


@dataclass
class Result:
    """One found thing: its entry, how it was found, and the name that matched when that was not its own.

    `how` WORD with a name: that names another medicine, which the entry only says a word about.
    """

    entry: SearchEntry
    score: int = 0
    via: str = ""
    how: str = ""
    matched: set = field(default_factory=set)


def find(query, meant=()):
    """Results for a query, best first: whole names, then medicines confused with what was typed, then beginnings of names,
    then names that stand in the query, then entries by shared words.

    `meant`: (kind, slug) of entries that the query was understood to name in other words; they count as named.
    """
    folded = fold(query)
    if not folded:
        return []
    words = words_of(query)[:MAX_WORDS]
    spans = set(_spans(folded).values())
    wanted = Q(term__startswith=folded) | Q(term__in=spans, how__in=_RANK) | Q(term__in=spans) & _RELATED
    for kind, slug in meant:
        wanted |= Q(entry__kind=kind, entry__slug=slug, how=How.NAME)
    for word in words:
        wanted |= _begins(word)
    results = {}
    for term in SearchTerm.objects.filter(wanted).select_related("entry"):
        result = results.setdefault(term.entry_id, Result(term.entry))
        if term.how == How.WORD:
            result.matched.update(word for word in words if _is_beginning(word, term.term))
            result.score = max(result.score, 1)
            if term.shown and term.term in spans and result.score < _RELATED_SCORE:
                result.score, result.how, result.via = _RELATED_SCORE, term.how, term.shown
            continue
        rank = _RANK[term.how]
        score = rank if term.term == folded else rank // 2 if term.term.startswith(folded) else rank // 3
        if (score, term.how == How.NAME) > (result.score, result.how == How.NAME):
            result.score, result.how = score, term.how
            result.via = "" if term.how == How.NAME else term.shown
    enough = [result for result in results.values() if result.score > 1 or _enough_words(result, words)]
    return sorted(
        enough, key=lambda r: (-r.score, -len(r.matched), _KIND_ORDER[r.entry.kind], r.entry.title.casefold())
    )


def _spans(folded):
    """{(start, end): the words between} for every run of words of a query that could be a name."""
    words = folded.split()[: 2 * MAX_WORDS]
    return {
        (start, end): " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(start + MAX_NAME_WORDS, len(words)) + 1)
    }


def _begins(word):
    """Short words are taken whole: 'b' begins a tenth of all words."""
    return Q(term__startswith=word, how=How.WORD) if len(word) >= MIN_BEGINNING else Q(term=word, how=How.WORD)


def _is_beginning(word, term):
    return term.startswith(word) if len(word) >= MIN_BEGINNING else term == word


def _enough_words(result, words):
    """A long question need not share every word; a short one must."""
    return len(result.matched) >= (len(words) if len(words) < 3 else len(words) // 2 + 1)


_KIND_ORDER = {Kind.DRUG: 0, Kind.EFFECT: 1, Kind.ARTICLE: 2, Kind.FAQ: 3, Kind.GLOSSARY_TERM: 4}


def entries_for(document):
    """[(unsaved SearchEntry, [{"term", "how", "shown"}, ...])] for a live document; nothing for kinds that have no page."""
    make = {
        Document.Kind.DRUG: _drug_entries,
        Document.Kind.EFFECT: _effect_entries,
        Document.Kind.ARTICLE: _article_entries,
        Document.Kind.GLOSSARY_TERM: _glossary_entries,
    }.get(document.kind)
    return list(make(document, document.live.content)) if make else []


def _entry(document, kind, title, summary, names, texts, anchor=""):
    entry = SearchEntry(
        document_id=document.pk, kind=kind, slug=document.slug, anchor=anchor, title=title, summary=summary
    )
    terms = {}
    for how, name, *shown in names:
        if folded := fold(name)[:200]:
            terms.setdefault((folded, how), {"term": folded, "how": how, "shown": (shown or [name])[0][:200]})
    worded = [name for how, name, *_ in names if how not in (How.CODE, How.WORD)]
    for word in words_of(title, *worded, *texts):
        terms.setdefault((word, How.WORD), {"term": word[:200], "how": How.WORD, "shown": ""})
    return entry, list(terms.values())


def _drug_entries(document, content):
    names = [(How.NAME, content["name"])]
    names += [(How.NAME, content["us_name"])] if content.get("us_name") else []
    only_there = only_countries(content.get("names", []))
    for name in content.get("names", []):
        is_brand = name.get("kind", "brand") == "brand"
        country = only_there.get(name_key(name["name"])) if is_brand else ""
        shown = f"{name['name']} ({country})" if country else name["name"]
        names.append((How.BRAND if is_brand else How.SYNONYM, name["name"], shown))
    for other in content.get("related", []):
        names.append((How.WORD, other["name"], other["name"]))
        brands = [brand.strip() for brand in other.get("brands", "").split(",")]
        names += [(How.WORD, brand, f"{brand} ({other['name']})") for brand in brands if brand]
    for codes in ("rxcui", "atc", "former_atc", "other_atc"):
        names += [(How.CODE, code.strip()) for code in content.get(codes, "").split(";") if code.strip()]
    uses = [use["text"] for use in content.get("uses", [])]
    summary = content["patient_words"]
    yield _entry(document, Kind.DRUG, content["name"], summary, names, [summary, content["drug_class"], *uses])


def _effect_entries(document, content):
    names = [(How.NAME, content["name"]), (How.SYNONYM, content["clinical_term"])]
    names += [(How.SYNONYM, term["text"]) for term in content.get("terms", [])]
    first = first_part(content["name"])
    names += [(How.SYNONYM, first)] if first and first != content["name"] else []
    yield _entry(document, Kind.EFFECT, content["name"], content["description"], names, [content["description"]])


def _article_entries(document, content):
    texts = [content.get(name, "") for name in ("subtitle", "verdict", "short_answer", "lead", "helps", "harms")]
    texts += [section.get("heading", "") + " " + section.get("body", "") for section in content.get("sections", [])]
    texts += [point["text"] for point in content.get("key_points", [])]
    answer = plain(f"{content['verdict']} {content['short_answer']}")
    names = [(How.NAME, content["title"])]
    yield _entry(document, Kind.ARTICLE, content["title"], answer, names, [plain(text) for text in texts])
    for faq in content.get("faqs", []):
        answer = plain(faq["answer"])
        names = [(How.NAME, faq["question"])]
        yield _entry(document, Kind.FAQ, faq["question"], answer, names, [answer], anchor=faq["key"])


def _glossary_entries(document, content):
    names = [(How.NAME, content["name"])]
    # 'restless legs syndrome (RLS)' is looked up under each half too.
    names += [
        (How.SYNONYM, part) for part in re.split(r"[()]", content["name"]) if part.strip() and "(" in content["name"]
    ]
    yield _entry(document, Kind.GLOSSARY_TERM, content["name"], content["definition"], names, [content["definition"]])
