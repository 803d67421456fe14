"""The symptom-to-drug check: what the grid answers.

answer() makes one Answer. Its `result` is one plain dict, the same for the page, the htmx fragment and JSON; the other
fields are the rows and rules that the words of the page are made from. Not here: words (presenters/check.py), and how
free text is read (understanding/).
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.text import slugify

from .frequency import BAND_NUMBERS, BANDS
from .models import ListedEffect
from .question import MAX_WORDS_LENGTH, Question
from .understanding.names import name_key
from .understanding.reading import understand
from .understanding.understood import Named, Understood
from .urgency import matching_rules, names_pair, needs_several, touched_rules

MAX_MEDICINES = 10
MAX_SYMPTOMS = 5
CELLS_A_PAGE = 30  # of a list of medicines or effects

_URGENT = ListedEffect.Urgency.TODAY  # 'serious' in the address: this urgent or more
_ROW = (
    "drug_slug",
    "effect_slug",
    "headline",
    "urgency",
    "urgency_reason",
    "debated",
    "listing",
    "band",
    "per_million",
)


@dataclass
class Answer:
    """`result`: the one dict, as in the README's "JSON"; the rest is what its words are made from.

    `question`: with `medicines` and `symptoms` as slugs, choices first; `heard`: the free text as understood; `uncovered`:
    {slug: name} of what was asked and has no page; `rows`: {(medicine, symptom): values of ListedEffect}; `rules` and
    `touched`: red flags met, and those that lack a sign, as _alert(); `looked_in`: {medicine: its sources} for what is not
    listed; `sources`: {slug: content} of every source named.
    """

    question: Question
    heard: Understood
    result: dict
    uncovered: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    rules: list = field(default_factory=list)
    touched: list = field(default_factory=list)
    looked_in: dict = field(default_factory=dict)
    sources: dict = field(default_factory=dict)
    facets: dict = field(default_factory=dict)
    symptom_ranking: list = field(default_factory=list)
    pages: int = 1
    page: int = 1


def answer(question, known):
    """All facts that answer the question; empty lists where it asks nothing or asks too much."""
    found = hear(question, known)
    asked = found.question
    if (asked.medicines or asked.symptoms or found.uncovered) and not asked.problems:
        _match(found, known)
        _fill_cells(found, known)
    _find_sources(found, known)
    return found


def hear(question, known):
    """An Answer with all that needs no pair: what was understood, what is asked back, the rules met. No queries."""
    heard = understand(question.words, known.lexicon) if len(question.words) <= MAX_WORDS_LENGTH else Understood()
    medicines, symptoms = _choose(question, heard, known)
    uncovered = {slugify(inn): inn for _, inn, *_ in heard.not_covered}
    mine = list(dict.fromkeys(each.slug for each in medicines))
    felt = list(dict.fromkeys(each.slug for each in symptoms))
    problems = [
        f"You chose {len(slugs)} {noun}. We can look up {most} at a time, so take away {len(slugs) - most}."
        for slugs, noun, most in ((mine, "medicines", MAX_MEDICINES), (felt, "symptoms", MAX_SYMPTOMS))
        if len(slugs) > most
    ]
    asked = replace(question, medicines=mine, symptoms=felt, problems=[*question.problems, *problems])
    result = {
        "query": question.words,
        "understood": {
            "medicines": [_named(each) for each in medicines],
            "symptoms": [_named(each) for each in symptoms],
        },
        "did_you_mean": [_did_you_mean(each, known) for each in heard.did_you_mean],
        "not_covered": [{"typed": typed, "name": inn} for typed, inn, *_ in heard.not_covered],
        "ambiguous": [
            {"typed": each.typed, "kind": each.kind, "options": [slug for slug, *_ in each.options]}
            for each in heard.ambiguous
        ],
        "not_understood": heard.not_understood,
        "alerts": [],
        "cells": [],
        "ranking": [],
        "cascade": _cascades(mine, uncovered, heard, known),
    }
    found = Answer(asked, heard, result, uncovered)
    _meet_rules(found, known)
    return found


# What was asked


def _choose(question, heard, known):
    """([Named medicine, ...], [Named symptom, ...]): choices of the address first, then what the free text names.

    A choice may be a slug, or a name as people know it; one that is neither joins the questions of the free text.
    """
    chosen = {"medicine": [], "symptom": []}
    for kind, choices, names in (
        ("medicine", question.medicines, known.medicines),
        ("symptom", question.symptoms, known.symptoms),
    ):
        for choice in choices:
            if choice in names:
                chosen[kind].append(Named(kind, choice, choice, names[choice], "exact"))
            else:
                _hear_choice(choice, kind, heard, chosen[kind], known)
    medicines = chosen["medicine"] + [each for each in heard.medicines if each.slug in known.medicines]
    symptoms = chosen["symptom"] + [each for each in heard.symptoms if each.slug in known.symptoms]
    return _once(medicines), _once(symptoms)


def _hear_choice(choice, kind, heard, chosen, known):
    """A choice that is no slug, read as words. What it gives has no place in the free text, so it stands at 0."""
    own = understand(choice.replace("-", " "), known.lexicon)

    def placed(found):
        return [replace(each, typed=choice, start=0, end=0) for each in found if each.kind == kind]

    named, asked, ambiguous = placed(own.medicines + own.symptoms), placed(own.did_you_mean), placed(own.ambiguous)
    chosen += named
    heard.did_you_mean += asked
    heard.ambiguous += ambiguous
    not_covered = [(choice, inn, 0, 0, name) for _, inn, _, _, name in own.not_covered] if kind == "medicine" else []
    heard.not_covered += not_covered
    if kind == "symptom":
        heard.signs |= own.signs
    if not (named or asked or ambiguous or not_covered):
        heard.not_understood.append(choice)


def _once(named):
    return list({each.slug: each for each in reversed(named)}.values())[::-1]


def _named(each):
    return {"typed": each.typed, "slug": each.slug, "name": each.name, "how": each.how}


def _did_you_mean(asked, known):
    options = [
        {
            "slug": slug or None,
            "name": name,
            "what_for": known.uses.get(slug, f"contains {brand_of}" if brand_of else ""),
            "covered": bool(slug),
        }
        for slug, name, brand_of in asked.options
    ]
    return {"typed": asked.typed, "kind": asked.kind, "options": options}


def _cascades(mine, uncovered, heard, known):
    """The cascades whose cause and usual remedy are both on the list, with the neutral question for the pharmacist."""
    said = {name_key(name) for name in uncovered.values()} | {name_key(word) for word in heard.not_understood}
    found = []
    for content in known.cascades:
        others = [part for part in re.split(r"[,;]| and | or ", content.get("other_remedies", "")) if part.strip()]
        remedies = [slug for slug in content.get("remedies", []) if slug in mine]
        remedies += [part.strip() for part in others if name_key(part) in said]
        for cause in content["causes"]:
            found += [
                {"cause": cause, "symptom": content["effect"], "remedy": remedy, "question": content["question"]}
                for remedy in remedies
                if cause in mine and remedy != cause
            ]
    return found


# Red flags


def _meet_rules(found, known):
    """Fill `rules`, `touched` and the result's alerts. A likely spelling counts here: a warning does not wait for an answer."""
    heard, question = found.heard, found.question
    asked = [(each.kind, slug) for each in heard.did_you_mean if each.options for slug in [each.options[0][0]] if slug]
    drugs = [*question.medicines]
    drugs += [slug for each in heard.ambiguous if each.kind == "medicine" for slug, *_ in each.options]
    # Neither a medicine that we do not cover nor a guess at a spelling rules out a rule about others.
    named_none = bool(found.uncovered) or not drugs
    drugs += [slug for kind, slug in asked if kind == "medicine"]
    drugs += [known.related[key][1] for key in map(name_key, found.uncovered.values()) if key in known.related]
    effects = [*question.symptoms, *(slug for kind, slug in asked if kind == "symptom")]
    # Of an illness that is only asked about ('can it cause a stroke?') no sign is felt.
    felt = [slug for slug in effects if not (heard.only_asked and known.effects[slug].get("is_illness"))]
    met = matching_rules(known.rules, drugs, felt, heard.signs, named_none=named_none)
    touched = touched_rules(known.rules, drugs, felt, heard.signs)
    found.rules = [_alert(rule, drugs, effects) for rule in met]
    found.touched = [_alert(rule, drugs, effects) for rule in touched if rule not in met]
    found.result["alerts"] = [
        {
            "rule": alert["rule"],
            "level": alert["level"],
            "signs": [sign["text"] for sign in alert["signs"]],
            "do": alert["do"],
        }
        for alert in found.rules
    ]


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


# Pairs


def _match(found, known):
    """Ranking, facets and their counts from one query.

    What is ranked: medicines by the symptoms they list, or, where no symptom is asked, effects by the medicines that
    list them. For some medicines and some symptoms the query brings their whole rows; else it is grouped, and covered by
    the index listed_effect_check.
    """
    question, mine, felt = found.question, found.question.medicines, found.question.symptoms
    if found.uncovered and not mine and not felt:
        return
    by_medicine = bool(felt)
    titles = known.medicines if by_medicine else known.symptoms
    if not by_medicine and question.drug_class:
        mine = [slug for slug in mine if _class_of(known, slug) == question.drug_class]
    rows = defaultdict(list)
    if mine and felt:
        found.rows = _rows(mine, felt)
        for (slug, _), row in found.rows.items():
            rows[slug].append((row["band"], row["urgency"], 1, row["per_million"]))
    else:
        pairs = _pairs(mine, felt, restrict=bool(question.medicines or found.uncovered)).values_list(
            "drug_slug" if by_medicine else "effect_slug", "band", "urgency"
        )
        for slug, band, urgency, count, most in pairs.annotate(Count("pk"), Max("per_million")):
            rows[slug].append((band, urgency, count, most))
    rarest = BAND_NUMBERS.get(question.band, len(BAND_NUMBERS))
    in_class = [slug for slug in rows if not by_medicine or question.drug_class in ("", _class_of(known, slug))]
    ranking = []
    for slug in in_class:
        if fitting := [row for row in rows[slug] if _fits(row, rarest, question.serious)]:
            how_often = min((-most, band) for band, _, _, most in fitting)
            ranking.append((-sum(row[2] for row in fitting), how_often, titles.get(slug, slug).casefold(), slug))
    ranking = [(slug, -matches) for matches, _, _, slug in sorted(ranking)]

    def left(slugs, rarest=rarest, serious=question.serious):
        return sum(any(_fits(row, rarest, serious) for row in rows[slug]) for slug in slugs)

    found.facets = {
        "band": {band: left(in_class, rarest=BAND_NUMBERS[band]) for band in BANDS} | {"": left(in_class, rarest=6)},
        "serious": {"1": left(in_class, serious=True), "": left(in_class, serious=False)},
    }
    if by_medicine:
        members = defaultdict(list)
        for slug in rows:
            members[_class_of(known, slug)].append(slug)
        found.facets["class"] = {slug: left(drugs) for slug, drugs in sorted(members.items())} | {"": left(rows)}
        found.result["ranking"] = [{"medicine": slug, "matches": matches} for slug, matches in ranking]
    else:
        found.symptom_ranking = ranking
    found.pages = max(1, -(-len(ranking) // _rows_a_page(question)))
    found.page = min(question.page, found.pages)


def _rows_a_page(question):
    return max(MAX_MEDICINES, CELLS_A_PAGE // max(1, len(question.symptoms)))


def _pairs(drugs, effects, *, restrict):
    pairs = ListedEffect.objects.order_by()
    if restrict:
        pairs = pairs.filter(drug_slug__in=drugs)
    return pairs.filter(effect_slug__in=effects) if effects else pairs


def _rows(drugs, effects):
    listed = ListedEffect.objects.filter(drug_slug__in=drugs, effect_slug__in=effects).values(*_ROW)
    return {(row["drug_slug"], row["effect_slug"]): row for row in listed}


def _class_of(known, drug):
    return known.classes.get(drug, ("", ""))[0]


def _fits(row, rarest, serious):
    return row[0] <= rarest and (not serious or row[1] <= _URGENT)


def _fill_cells(found, known):
    """One dict per medicine and symptom shown, in reading order."""
    question, size = found.question, _rows_a_page(found.question)
    start = (found.page - 1) * size
    if question.symptoms:
        drugs = [row["medicine"] for row in found.result["ranking"][start : start + size]]
        effects = question.symptoms
        if not question.is_filtered:
            drugs += [slug for slug in question.medicines if slug not in drugs]
    else:
        drugs, effects = question.medicines, [slug for slug, _ in found.symptom_ranking[start : start + size]]
    if not (question.medicines and question.symptoms):
        found.rows = _rows(drugs, effects)
    if question.symptoms:
        # A filter hides medicines that do not fit it, but never that we do not cover one.
        pairs = [(drug, effect) for drug in [*drugs, *found.uncovered] for effect in effects]
    else:
        pairs = [(drug, effect) for effect in effects for drug in drugs if (drug, effect) in found.rows]
    found.result["cells"] = [_cell(known, *pair, found.rows.get(pair)) for pair in pairs]


def _cell(known, drug, effect, row):
    cell = {
        "medicine": drug,
        "symptom": effect,
        "state": "not_listed",
        "urgency": None,
        "headline": None,
        "findings": [],
        "url": None,
    }
    if row:
        headline = row["headline"]
        cell["state"] = "debated" if row["debated"] else "listed" if headline else "listed_no_number"
        cell["urgency"] = ListedEffect.Urgency(row["urgency"]).label
        cell["headline"] = headline and {name: headline[name] for name in ("per", "low", "high", "placebo")}
        cell["findings"] = [
            {
                "source": source,
                "band": finding.get("band"),
                "percent_low": finding.get("low"),
                "percent_high": finding.get("high"),
                "placebo_percent": finding.get("placebo"),
                "dose": finding.get("dose"),
            }
            for finding in row["listing"].get("findings", [])
            for source in finding["sources"]
        ]
        cell["url"] = reverse("pair", args=[drug, effect])
    elif drug not in known.medicines:
        cell["state"] = "not_covered"
    else:
        cell["url"] = reverse("drug", args=[drug])
    return cell


# Sources


def _find_sources(found, known):
    """The sources of cells and warnings, and of medicines that do not list what was asked."""
    absent = {cell["medicine"] for cell in found.result["cells"] if cell["state"] == "not_listed"}
    looked_in = {slug: known.sources_read(slug) for slug in found.question.medicines if slug in absent}
    wanted = {slug for slugs in looked_in.values() for slug in slugs}
    wanted.update(slug for alert in found.rules + found.touched for slug in alert["sources"])
    wanted.update(finding["source"] for cell in found.result["cells"] for finding in cell["findings"])
    for slug in found.question.symptoms:
        wanted.update(known.effects[slug].get("other_causes_sources", ()))
    found.sources = known.sources(wanted)
    found.looked_in = {drug: [slug for slug in slugs if slug in found.sources] for drug, slugs in looked_in.items()}
