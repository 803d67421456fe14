"""The symptom-to-drug check: what the form asks, what the grid answers.

answer() returns facts as one plain dict: pages and machines both show it. Not here: words (presenters/check.py).
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from django.db.models import Count, Max
from django.urls import reverse

from .frequency import BAND_NUMBERS, BANDS, percent_range
from .models import Document, ListedEffect, ReviewEvent, SearchEntry
from .search import OVERDOSE, cleaned, fold, only_there, urgent_rules
from .urgency import matching_rules, names_pair, needs_several, touched_rules

MAX_MEDICINES = 10
MAX_SYMPTOMS = 5
MAX_LENGTH = 3000  # characters of a query string; ten medicines and five symptoms need far fewer
MAX_WORDS_LENGTH = 200
PAGE = 30  # medicines or effects on one page of a list

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_URGENT = ListedEffect.Urgency.TODAY  # 'serious' in the address: this urgent or more
_ROW = ("drug_slug", "effect_slug", "headline", "urgency", "urgency_reason", "debated", "listing")


@dataclass
class Question:
    """What somebody asks: well-formed slugs in the order asked, and sentences about what could not be read.

    `words` is what was typed, as long as no slug says it; `brands` are the folded names that slugs were typed as.
    """

    medicines: list = field(default_factory=list)
    symptoms: list = field(default_factory=list)
    drug_class: str = ""
    band: str = ""
    serious: bool = False
    words: str = ""
    brands: list = field(default_factory=list)
    page: int = 1
    problems: list = field(default_factory=list)

    @classmethod
    def of(cls, request):
        """What a request asks. Whatever stands in its address, this raises nothing."""
        question = cls()
        if len(request.META.get("QUERY_STRING", "")) > MAX_LENGTH:
            question.problems.append("This address is too long to look up. Choose again below.")
            return question
        parameters = request.GET
        question.medicines = question._slugs(parameters.getlist("medicine"), "medicines", MAX_MEDICINES)
        question.symptoms = question._slugs(parameters.getlist("symptom"), "symptoms", MAX_SYMPTOMS)
        question.drug_class = question._choice(parameters.get("class", ""), _SLUG.fullmatch, "kind of medicine")
        question.band = question._choice(parameters.get("band", ""), BANDS.__contains__, "how often")
        question.serious = bool(question._choice(parameters.get("serious", ""), "1".__eq__, "how urgent"))
        question.words = cleaned(parameters.get("find", ""))
        if len(question.words) > MAX_WORDS_LENGTH:
            question.words = ""
            question.problems.append(f"That is too much to look up. Type at most {MAX_WORDS_LENGTH} letters.")
        brands = [fold(name) for name in parameters.getlist("name")[:MAX_MEDICINES]]
        question.brands = list(dict.fromkeys(filter(None, brands)))
        page = parameters.get("page", "1")
        question.page = int(page) if re.fullmatch("[1-9][0-9]{0,3}", page) else 1
        return question

    def with_names(self, spotted):
        """The same question with what was typed as choices; `words` keeps what these do not say."""
        return replace(
            self,
            medicines=list(dict.fromkeys(self.medicines + spotted.medicines)),
            symptoms=list(dict.fromkeys(self.symptoms + spotted.symptoms)),
            words=", ".join(spotted.rest),
            brands=list(dict.fromkeys(self.brands + spotted.brands)),
        )

    def __bool__(self):
        return bool(self.medicines or self.symptoms)

    @property
    def heard(self):
        """Slugs of the rules that the typed words sound like."""
        return urgent_rules(self.words)

    @property
    def is_filtered(self):
        return bool(self.drug_class or self.band or self.serious)

    def _slugs(self, values, noun, most):
        slugs = list(dict.fromkeys(value for value in values if value))
        sound = [slug for slug in slugs if len(slug) <= 100 and _SLUG.fullmatch(slug)]
        if len(sound) < len(slugs):
            self.problems.append(f"We could not read all {noun} in the address. Choose them again below.")
        if len(sound) > most:
            self.problems.append(
                f"You chose {len(sound)} {noun}. We can look up {most} at a time, so take away {len(sound) - most}."
            )
        return sound

    def _choice(self, value, is_known, noun):
        if value and not is_known(value):
            self.problems.append(f"We do not know the filter '{noun}' in the address. It is left out.")
            return ""
        return value


@dataclass(frozen=True)
class Names:
    """What can be asked about: {slug: name}, each medicine's (class slug, class name), each effect's body area and count."""

    medicines: dict
    symptoms: dict
    classes: dict
    areas: dict
    listed_by: dict


_known = (None, None)


def names():
    """The names of all that is live: read once per process and again after each publication, which the log tells."""
    global _known
    version = ReviewEvent.objects.order_by("-pk").values_list("pk", "at").first()
    if _known[0] != version:
        _known = (version, _read_names())
    return _known[1]


def _read_names():
    entries = SearchEntry.objects.filter(kind__in=[SearchEntry.Kind.DRUG, SearchEntry.Kind.EFFECT]).order_by("title")
    titles = defaultdict(dict)
    for kind, slug, title in entries.values_list("kind", "slug", "title"):
        titles[kind][slug] = title
    classes, areas, listed_by = {}, {}, defaultdict(int)
    rows = ListedEffect.objects.values_list("drug_slug", "class_slug", "class_name", "effect_slug", "body_area")
    for drug, class_slug, class_name, effect, area in rows:
        classes[drug] = (class_slug, class_name)
        areas[effect] = area
        listed_by[effect] += 1
    return Names(titles[SearchEntry.Kind.DRUG], titles[SearchEntry.Kind.EFFECT], classes, areas, dict(listed_by))


def answer(question, known):
    """All facts that answer the question, as one plain dict; empty lists where it asks nothing or asks too much."""
    mine = [slug for slug in question.medicines if slug in known.medicines]
    felt = [slug for slug in question.symptoms if slug in known.symptoms]
    is_asked = bool(question or question.heard)
    contents = Document.objects.contents(red_flag=None, help_line=None, drug=mine, effect=felt) if is_asked else {}
    rules = [content for (kind, _), content in contents.items() if kind == "red-flag"]
    met = [rule for rule in rules if rule["slug"] in question.heard]
    met += [rule for rule in matching_rules(rules, mine, felt) if rule not in met]
    result = {
        "covers": len(known.medicines),
        "alerts": [_alert(rule, mine, felt) for rule in met],
        "overdose": OVERDOSE in question.heard,
        "sounds_urgent": "" in question.heard,
        "touched": [_alert(rule, mine, felt) for rule in touched_rules(rules, mine, felt) if rule not in met],
        "cells": [],
        "ranking": [],
        "facets": {},
        "pages": 1,
        "page": 1,
        "looked_in": {},
        "sources": {},
        "stop": {slug: contents["drug", slug].get("stop_effects", "") for slug in mine if _warns(contents, slug)},
        "brands": _brands(question, contents, mine),
        "crisis": [],
        "warning_signs": {
            slug: [flag["text"] for flag in contents["effect", slug].get("red_flags", [])]
            for slug in felt
            if ("effect", slug) in contents
        },
    }
    if any(alert["rule"] == "suicidal-thoughts" for alert in result["alerts"] + result["touched"]):
        result["crisis"] = [content for (kind, _), content in contents.items() if kind == "help-line"]
    if question and not question.problems:
        result |= _matches(question, known, mine, felt)
        start = (result["page"] - 1) * PAGE
        result["cells"] = _cells(question, known, result["ranking"][start : start + PAGE])
    looked_in = {
        slug: _sources_read(contents["drug", slug])
        for slug in mine
        if any(cell["medicine"] == slug and cell["state"] == "not_listed" for cell in result["cells"])
    }
    wanted = {slug for slugs in looked_in.values() for slug in slugs}
    wanted.update(slug for alert in result["alerts"] + result["touched"] for slug in alert["sources"])
    sources = Document.objects.contents(source=wanted) if wanted else {}
    result["sources"] = {slug: content for (_, slug), content in sources.items()}
    result["looked_in"] = {
        drug: [slug for slug in slugs if slug in result["sources"]] for drug, slugs in looked_in.items()
    }
    return result


def _alert(rule, mine, felt):
    """One rule met or touched. `by`: the effects that are enough by themselves; `several`: its signs belong together."""
    return {
        "rule": rule["slug"],
        "level": rule["level"],
        "signs": rule["signs"],
        "several": needs_several(rule),
        "by": [slug for slug in felt if any(names_pair(rule, drug, slug) for drug in mine or [""])],
        "do": rule["do"],
        "why": rule["why"],
        "sources": rule.get("sources", []),
    }


def _brands(question, contents, mine):
    """The brands by which medicines were typed, if these are sold in one country only: the name may mislead elsewhere."""
    return [
        {"name": row["name"], "country": row["country"], "medicine": slug}
        for slug in mine
        for row in contents.get(("drug", slug), {}).get("names", [])
        if fold(row["name"]) in question.brands and only_there(row, contents["drug", slug])
    ]


def _warns(contents, drug):
    return contents.get(("drug", drug), {}).get("stop_warning", False)


def _sources_read(content):
    """Every source of a medicine's side effects."""
    slugs = set()
    for listing in content.get("effects", []):
        slugs.update(listing.get("sources", []), *(finding["sources"] for finding in listing.get("findings", [])))
    return sorted(slugs)


def _matches(question, known, mine, felt):
    """Ranking, facets and their counts from one grouped query, covered by the index listed_effect_check.

    What is ranked: medicines by the symptoms they list, or, where no symptom is asked, effects by the medicines that
    list them.
    """
    ranked, titles = ("medicine", known.medicines) if question.symptoms else ("symptom", known.symptoms)
    if ranked == "symptom" and question.drug_class:
        mine = [slug for slug in mine if _class_of(known, slug) == question.drug_class]
    pairs = _pairs(question, mine, felt).values_list(
        "drug_slug" if question.symptoms else "effect_slug", "band", "urgency"
    )
    rows = defaultdict(list)
    for slug, band, urgency, count, most in pairs.annotate(Count("pk"), Max("per_million")):
        rows[slug].append((band, urgency, count, most))
    rarest = BAND_NUMBERS.get(question.band, len(BAND_NUMBERS))
    in_class = [slug for slug in rows if ranked == "symptom" or question.drug_class in ("", _class_of(known, slug))]
    ranking = []
    for slug in in_class:
        if fitting := [row for row in rows[slug] if _fits(row, rarest, question.serious)]:
            how_often = min((-most, band) for band, _, _, most in fitting)
            ranking.append((-sum(row[2] for row in fitting), how_often, titles.get(slug, slug).casefold(), slug))
    ranking = [{ranked: slug, "matches": -matches} for matches, _, _, slug in sorted(ranking)]

    def left(slugs, rarest=rarest, serious=question.serious):
        return sum(any(_fits(row, rarest, serious) for row in rows[slug]) for slug in slugs)

    facets = {
        "band": {band: left(in_class, rarest=BAND_NUMBERS[band]) for band in BANDS} | {"": left(in_class, rarest=6)},
        "serious": {"1": left(in_class, serious=True), "": left(in_class, serious=False)},
    }
    if ranked == "medicine":
        members = defaultdict(list)
        for slug in rows:
            members[_class_of(known, slug)].append(slug)
        facets["class"] = {slug: left(drugs) for slug, drugs in sorted(members.items())} | {"": left(rows)}
    pages = max(1, -(-len(ranking) // PAGE))
    return {"ranking": ranking, "facets": facets, "pages": pages, "page": min(question.page, pages)}


def _pairs(question, drugs, effects):
    pairs = ListedEffect.objects.order_by()
    if question.medicines:
        pairs = pairs.filter(drug_slug__in=drugs)
    return pairs.filter(effect_slug__in=effects) if question.symptoms else pairs


def _class_of(known, drug):
    return known.classes.get(drug, ("", ""))[0]


def _fits(row, rarest, serious):
    return row[0] <= rarest and (not serious or row[1] <= _URGENT)


def _cells(question, known, page):
    """One dict per medicine and symptom shown, in reading order; the second query of the read table."""
    if question.symptoms:
        drugs, effects = [row["medicine"] for row in page], question.symptoms
        if question.medicines:
            rest = [slug for slug in question.medicines if slug not in drugs]
            # A filter hides medicines that do not fit it, but never that we do not cover one.
            drugs += [slug for slug in rest if slug not in known.medicines or not question.is_filtered]
    else:
        drugs, effects = question.medicines, [row["symptom"] for row in page]
    listed = ListedEffect.objects.filter(drug_slug__in=drugs, effect_slug__in=effects).values(*_ROW)
    rows = {(row["drug_slug"], row["effect_slug"]): row for row in listed}
    if question.symptoms:
        return [_cell(known, drug, effect, rows.get((drug, effect))) for drug in drugs for effect in effects]
    return [
        _cell(known, drug, effect, rows[drug, effect]) for effect in effects for drug in drugs if (drug, effect) in rows
    ]


def _cell(known, drug, effect, row):
    cell = {"medicine": drug, "symptom": effect, "state": "not_listed", "urgency": "", "headline": None, "url": ""}
    if row:
        state = "debated" if row["debated"] else "listed" if row["headline"] else "listed_no_number"
        cell |= {"state": state, "headline": row["headline"], "url": reverse("pair", args=[drug, effect])}
        cell |= {"urgency": ListedEffect.Urgency(row["urgency"]).label, "reason": row["urgency_reason"]}
        cell |= {"help_text": row["listing"].get("when_to_get_help", ""), "placebo": _placebo(row)}
    elif drug not in known.medicines or effect not in known.symptoms:
        cell["state"] = "not_covered"
    elif drug in known.medicines:
        cell["url"] = reverse("drug", args=[drug])
    return cell


def _placebo(row):
    """The percent on a dummy tablet that stands beside the headline's own percent, or None."""
    for finding in row["listing"].get("findings", []):
        if row["headline"] and "placebo" in finding and list(percent_range(finding)) == row["headline"]["percent"]:
            return finding["placebo"]
    return None
