"""Finding things by their names, other words for them, codes, and the words of their text.

Names and words are stored folded (fold()), so UK and US spelling, case, accents and hyphens make no difference.
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from django.db.models import Q

from .models import Document, SearchEntry, SearchTerm
from .text import plain

MAX_QUERY = 200  # characters; longer questions are refused with a sentence
MAX_WORDS = 12
MIN_BEGINNING = 3  # letters from which a word of the query also finds longer ones
MAX_NAME_WORDS = 8  # the longest name or synonym that a query is searched for

Kind = SearchEntry.Kind
How = SearchTerm.How

# Both sides of a comparison are folded alike, so a rule that also bends an innocent word ('toe' -> 'te') does no harm.
_UK_TO_US = (
    (re.compile(r"[ao]e"), "e"),
    (re.compile(r"our\b"), "or"),
    (re.compile(r"([iy])s(e|ed|es|ing|ation)\b"), r"\1z\2"),
    (re.compile(r"([bt])re\b"), r"\1er"),
    (re.compile(r"ph"), "f"),
)
_STOP_WORDS = frozenset(
    "a an and are as at be by can do does for from get has have how i in is it its my no not of on or so than that the "
    "their them they this to what when which who will with you your".split()
)
OVERDOSE = "overdose"
# Words that people type when it may be an emergency: from the signs and effect names of the red-flag rules with the
# level emergency, in everyday words. Two lines are no rule: too much of a medicine, and '' for words of no rule at all.
# Effects that such a rule names need no line here.
_URGENT = {
    "chest-pain": "chest pain, pain in chest, pain in my chest, chest pressure, chest tightness, heart attack, "
    "chest hurts, chest is hurting, tight chest",
    "stroke": "stroke, face drooping, face droops, slurred speech, cant speak, trouble speaking, weak on one side, "
    "sudden weakness, face numb, numb face, sudden loss of vision, sudden loss of sight, went blind",
    "lung-clot": "cant breathe, cannot breathe, can not breathe, trouble breathing, struggling to breathe, "
    "difficulty breathing, coughing blood, coughing up blood",
    "face-tongue-swelling": "swollen tongue, swollen lips, swollen throat, throat swelling, tongue swelling, lips swelling, "
    "throat closing, anaphylaxis, anaphylactic, "
    "face swelling, swollen face, face swollen, puffy face, swelling of the face, swelling of the lips, "
    "swelling of the tongue",
    "black-stools": "black stools, black stool, black poo, black poop, tarry stools, vomiting blood, "
    "throwing up blood, blood in vomit, blood in stool, blood in stools, blood in poo, bloody stool, bloody stools",
    "suicidal-thoughts": "suicide, suicidal, kill, kill myself, killing myself, end my life, want to die, self harm, "
    "harm myself, harming myself, hurt myself",
    "slow-breathing": "slow breathing, shallow breathing, blue lips, pale lips, "
    "wont wake up, wont wake, hard to wake, cannot be woken, cant wake, unconscious",
    "blistering-rash": "blistering rash, blisters, skin peeling, peeling skin",
    "severe-belly-pain": "severe belly pain, severe stomach pain",
    "fit": "fit, fits, seizure, seizures, convulsion, convulsions",
    OVERDOSE: "overdose, overdosed, took too much, took too many, taken too much, taken too many",
    "": "collapsed, fainted, passed out, blacked out, ambulance, emergency",
}
# The effect whose page and whose tick say the same as the urgent words of a rule: alone it meets the rule.
_URGENT_EFFECTS = {
    "chest-pain": "chest-pain",
    "stroke": "stroke-signs",
    "face-tongue-swelling": "swelling-face-angioedema",
    "black-stools": "stomach-bleeding",
    "suicidal-thoughts": "suicidal-thoughts",
    "blistering-rash": "severe-skin-reaction",
    "severe-belly-pain": "pancreatitis",
    "fit": "fits",
}
_RANK = {How.NAME: 100, How.CODE: 100, How.BRAND: 95, How.SYNONYM: 90}
# A word that is shown is the name of another medicine, one that people take for this entry's.
_RELATED, _RELATED_SCORE = Q(how=How.WORD) & ~Q(shown=""), 60
_LEAST_ALIKE = _RANK[How.SYNONYM] // 2  # the score of a name that begins with what was typed


def fold(text):
    """Lower case, no accents, punctuation as spaces, US spelling: 'Oedema (ankle)' -> 'edema ankle'."""
    text = unicodedata.normalize("NFKD", text.casefold().replace("æ", "ae").replace("œ", "oe"))
    text = "".join(character for character in text if not unicodedata.combining(character))
    text = re.sub(r"[^a-z0-9]+", " ", text.replace("'", "").replace("\u2019", "")).strip()
    for pattern, replacement in _UK_TO_US:
        text = pattern.sub(replacement, text)
    return text


def cleaned(query):
    """What was typed, on one line, without characters that no keyboard makes (NUL, half pairs, broken UTF-8)."""
    return " ".join("".join(c if c.isprintable() and c != "\ufffd" else " " for c in query).split())


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


def find(query):
    """Results for a query, best first: whole names, then medicines confused with what was typed, then beginnings of names,
    then names that stand in the query and effects that its urgent words are about, then entries by shared words."""
    folded = fold(query)
    if not folded:
        return []
    words = words_of(query)[:MAX_WORDS]
    spans = set(_spans(folded).values())
    urgent = [_URGENT_EFFECTS[rule] for rule in urgent_rules(query) if rule in _URGENT_EFFECTS]
    wanted = Q(term__startswith=folded) | Q(term__in=spans, how__in=_RANK) | Q(term__in=spans) & _RELATED
    wanted |= Q(entry__kind=Kind.EFFECT, entry__slug__in=urgent, how=How.NAME)
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


def similar(words):
    """At most three medicines or effects whose names begin with these words; none where another medicine is called so."""
    results = [result for result in find(words) if result.score >= _LEAST_ALIKE and result.how != How.WORD]
    return [result.entry for result in results if result.entry.kind in (Kind.DRUG, Kind.EFFECT)][:3]


@dataclass
class Spotted:
    """Slugs of what a query names, and the parts of it ('Norvasc, xyz and swollen ankles') that name nothing."""

    medicines: list = field(default_factory=list)
    symptoms: list = field(default_factory=list)
    unknown: list = field(default_factory=list)
    brands: list = field(default_factory=list)  # folded, only those sold under this name in some countries
    related: list = field(default_factory=list)  # (other medicine, the medicine whose page says a word about it)
    rest: list = field(default_factory=list)  # the parts that say more than the slugs do


def spot(query):
    """The medicines and effects whose names stand in a query; of names that overlap the longest wins."""
    spans = _spans(fold(query))
    wanted = Q(how__in=_RANK) | _RELATED
    terms = SearchTerm.objects.filter(
        wanted, term__in=set(spans.values()), entry__kind__in=[Kind.DRUG, Kind.EFFECT]
    ).order_by("entry__slug")
    named, shown, others = defaultdict(dict), {}, {}
    for term, how, as_shown, kind, slug in terms.values_list("term", "how", "shown", "entry__kind", "entry__slug"):
        if how == How.WORD:
            others[term] = (as_shown, slug)
        else:
            named[term][slug] = kind
            shown[term] = as_shown
    found, taken, used, related = {}, set(), set(), {}
    for (start, end), term in sorted(spans.items(), key=lambda item: (item[0][0] - item[0][1], item[0][0])):
        if (term in named or term in others) and taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            used.update(term.split())
            found[start] = term
            if term not in named:
                related[term] = others[term]
    kinds = {slug: kind for _, term in sorted(found.items()) for slug, kind in named.get(term, {}).items()}
    symptoms = [slug for slug, kind in kinds.items() if kind == Kind.EFFECT]
    parts = [part.strip() for part in re.split(r"[,;]|\band\b", query)]
    parts = [part for part in parts if words_of(part)]
    urgent = [part for part in parts if _says_more(part, symptoms)]
    unknown = [part for part in parts if part not in urgent and used.isdisjoint(fold(part).split())]
    also = [part for part in parts if not related.keys().isdisjoint(_spans(fold(part)).values())]
    return Spotted(
        [slug for slug, kind in kinds.items() if kind == Kind.DRUG],
        symptoms,
        unknown,
        [term for _, term in sorted(found.items()) if shown.get(term, "").endswith(")")],
        list(related.values()),
        [part for part in parts if part in (*urgent, *unknown, *also)],
    )


def _says_more(part, symptoms):
    """Whether words are urgent and no spotted symptom says so already."""
    return any(_URGENT_EFFECTS.get(rule) not in symptoms for rule in urgent_rules(part))


def urgent_rules(query):
    """Slugs of the red-flag rules that a query's words sound like; OVERDOSE and '' are urgent too, but no rule."""
    folded = f" {fold(query)} "
    return {rule for rule, phrases in _urgent_phrases().items() if any(f" {phrase} " in folded for phrase in phrases)}


@cache
def _urgent_phrases():
    return {rule: [fold(phrase) for phrase in phrases.split(", ")] for rule, phrases in _URGENT.items()}


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
    for name in content.get("names", []):
        is_brand = name.get("kind", "brand") == "brand"
        shown = f"{name['name']} ({name['country']})" if is_brand and only_there(name, content) else name["name"]
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


def only_there(name, content):
    """Whether a name is known from one country only: elsewhere it can be the name of another medicine."""
    same = [row.get("country", "") for row in content["names"] if fold(row["name"]) == fold(name["name"])]
    return bool(same[0]) and len(set(same)) == 1


def _effect_entries(document, content):
    names = [(How.NAME, content["name"]), (How.SYNONYM, content["clinical_term"])]
    names += [(How.SYNONYM, term["text"]) for term in content.get("terms", [])]
    # 'Chest pain or worsening angina' is looked up as 'chest pain' too; a first part of one word says too little ('Sore').
    first = re.split(r",| or | \(|/", content["name"])[0]
    names += [(How.SYNONYM, first)] if first != content["name"] and " " in first else []
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
