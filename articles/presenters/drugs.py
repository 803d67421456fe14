"""A medicine's own page: names, what it is for, its side effects in groups, doses, claims and gaps."""

import re

from django.urls import reverse

from ..urgency import names_pair
from . import listings
from .figures import source_links
from .help import crisis_lines, is_itself_urgent, needs_crisis_lines
from .names import with_country
from .rules import do_at_once
from .signs import chief_item, rule_items
from .trust import number_sources, source_rows
from .wording import bullets, listed, parts, ranges_in_words, sentence, sentences, upper_first

BY_OFTEN, BY_BODY = "often", "body"
_NAMES_AT_TOP = 6
_NO_SOURCE = re.compile(r"^no (withdrawal|stopping) illness described$", re.IGNORECASE)
_SAYS_WHAT_HAPPENS = re.compile(r"\b(can|may|do not)\b|^(no|stop|finish|stopping|check)\b", re.IGNORECASE)
_COUNTRIES = {"US": "in the US", "UK": "in the UK", "": "elsewhere or everywhere"}


def drug_page(content, rows, sources, rules, *, help_lines=(), by=BY_OFTEN):
    """All that templates/drug.html shows. `rows`: the medicine's ListedEffects; `rules`, `help_lines`: live contents."""
    numbers = number_sources(
        content.get("stop_sources"),
        content.get("names_sources"),
        content.get("mechanism_sources"),
        *(dose.get("sources") for dose in content.get("doses", [])),
        *(claim.get("sources") for claim in content.get("claims", [])),
        *(source for row in rows for source in listings.sources_of(row.listing)),
        content.get("background_sources"),
    )
    numbers = {slug: number for number, slug in enumerate((slug for slug in numbers if slug in sources), start=1)}

    signs = rule_signs(content["slug"], rules, rows)

    def cited(slugs):
        return source_links(slugs or [], sources, numbers)

    return {
        "name": upper_first(content["name"]),
        "plain_name": content["name"],
        "pronunciation": content.get("pronunciation", ""),
        "names_at_top": names_at_top(content),
        "names": name_groups(content),
        "names_note": sentence(content.get("names_note", "")),
        "names_sources": cited(content.get("names_sources")),
        "what_for": what_for(content),
        "stop": stop_words(content),
        "stop_sources": cited(content.get("stop_sources")),
        "urgent": urgent_group(rows),
        "groups": body_groups(rows) if by == BY_BODY else often_groups(rows),
        "extra": extra_groups(rows),
        "views": _views(content["slug"], by),
        "signs": signs,
        "has_emergency": any(box["level"] == "emergency" for box in signs),
        "crisis": crisis_lines(help_lines) if lists_crisis(rows) else [],
        "mechanism": sentences(content.get("mechanism", "")),
        "mechanism_note": sentence(content.get("mechanism_note", "")),
        "mechanism_sources": cited(content.get("mechanism_sources")),
        "doses": [_dose(dose, cited) for dose in content.get("doses", [])],
        "claims": [_claim(claim, cited) for claim in content.get("claims", [])],
        "disagreements": [sentence(row["text"]) for row in content.get("disagreements", [])],
        "not_found": [sentence(row["text"]) for row in content.get("not_found", [])],
        "related": [_related(row) for row in content.get("related", [])],
        "links": _links(content.get("links", [])),
        "articles": listings.article_links(rows),
        "codes": codes(content),
        "contents": _contents(content),
        "check_href": f"{reverse('check')}?medicine={content['slug']}",
        "compare_href": f"{reverse('compare')}?medicine={content['slug']}",
        "background": sentence(content.get("background_note", "")),
        "sources": source_rows(numbers, sources, page_checked=content.get("facts_checked", "")),
    }


def sources_wanted(content, rows):
    """Every source that the page can name."""
    wanted = {slug for row in rows for slug in listings.sources_of(row.listing)}
    for name in ("stop_sources", "names_sources", "mechanism_sources", "background_sources"):
        wanted |= set(content.get(name, ()))
    for part in (*content.get("doses", ()), *content.get("claims", ())):
        wanted |= set(part.get("sources", ()))
    return wanted


def lists_crisis(rows):
    """Whether the medicine can bring thoughts of suicide, so that its page prints the crisis lines."""
    return any(needs_crisis_lines({"slug": row.effect_slug}) for row in rows)


def what_for(content):
    """'Amlodipine is a blood-pressure tablet. It is used for high blood pressure and angina.'"""
    uses = listed(ranges_in_words(use["text"]) for use in content.get("uses", []))
    what = f"{upper_first(content['name'])} is {content['patient_words']}."
    return f"{what} It is used for {uses}." if uses else what


def stop_words(content):
    """{"warn", "text"}: the do-not-stop callout where the facts warn, elsewhere 'ask before you stop'."""
    told = stop_effects(content)
    text = told or ("We found no source that says what happens if you stop." if content.get("stop_effects") else "")
    advice = "Talk to a pharmacist or doctor first."
    return {"warn": content.get("stop_warning", False), "text": f"{text} {advice}".strip()}


def stop_effects(content):
    """What can happen after stopping, as sentences. That no source describes an illness is no promise, so it is not said."""
    told = [part for part in parts(content.get("stop_effects", "")) if not _NO_SOURCE.match(part)]
    # Some say what happens as bare names: 'headache, feeling sick'.
    if told and not _SAYS_WHAT_HAPPENS.search(told[0]):
        told[0] = f"stopping can bring {told[0]}"
    return " ".join(sentence(part) for part in told)


def names_at_top(content):
    """A few names that readers know the medicine by, sold ones first: {"names": 'Norvasc (US), Istin (UK)', "more": 3}."""
    own = content["name"].casefold()
    names = [content["us_name"]] if content.get("us_name", own).casefold() != own else []
    rows = sorted(content.get("names", []), key=lambda row: row.get("discontinued", False))
    names += [row["name"] for row in rows if not row.get("discontinued")]
    names = list({name.casefold(): name for name in reversed(names)}.values())[::-1]
    shown = [with_country(name, rows) for name in names[:_NAMES_AT_TOP]]
    return {"names": ", ".join(shown), "more": max(0, len(names) - _NAMES_AT_TOP)}


def name_groups(content):
    """[(label, 'Norvasc, Katerzia')]: brand names by country, discontinued ones last."""
    groups = []
    if content.get("us_name", content["name"]) != content["name"]:
        groups.append(("Name in the US", content["us_name"]))
    rows = content.get("names", [])
    others = [row["name"] for row in rows if row.get("kind", "brand") != "brand"]
    if others:
        groups.append(("Other names", ", ".join(dict.fromkeys(others))))
    brands = [row for row in rows if row.get("kind", "brand") == "brand"]
    for country, where in _COUNTRIES.items():
        sold = [row["name"] for row in brands if row.get("country", "") == country and not row.get("discontinued")]
        if sold:
            groups.append((f"Brand names {where}" if country else "Brand names", ", ".join(sold)))
    gone = [row["name"] for row in brands if row.get("discontinued")]
    if gone:
        groups.append(("No longer sold", ", ".join(gone)))
    if content.get("name_note"):
        groups.append(("Note", sentence(content["name_note"])))
    return groups


def urgent_group(rows):
    """Those that need help by themselves, most urgent first. Our order, never a source's claim."""
    urgent = [row for row in rows if _is_urgent(row)]
    urgent.sort(key=lambda row: (row.urgency, -row.per_million, row.effect_name))
    return listings.table(urgent, link_to="effect")


def often_groups(rows):
    """The others by how often, then those without a number."""
    main = [row for row in rows if not row.extra and not _is_urgent(row)]
    return listings.often_groups(main, link_to="effect")


def extra_groups(rows):
    """What stands last under its own quiet heading. Our order too."""
    return listings.often_groups([row for row in rows if row.extra and not _is_urgent(row)], link_to="effect")


def body_groups(rows):
    """The same rows by where on the body, the areas and what stands in them in order of the alphabet and of number."""
    areas = {}
    for row in rows:
        if not row.extra and not _is_urgent(row):
            areas.setdefault(row.body_area, []).append(row)
    groups = []
    for area in sorted(areas):
        here = sorted(areas[area], key=lambda row: (-row.per_million, row.effect_name))
        groups.append({"title": upper_first(area), "rows": listings.table(here, link_to="effect")})
    return groups


def rule_signs(drug_slug, rules, rows=()):
    """Boxes of the red-flag rules that name this medicine, and of those for everybody that name an effect it lists.

    Of the latter only the chief sign, since each effect's own page has them all.
    """
    items, starts = {"emergency": [], "today": []}, {"emergency": [], "today": []}
    for rule in rules:
        if drug_slug in rule.get("drugs", []):
            starts[rule["level"]] += filter(None, [do_at_once(rule)])
            for level, item in rule_items(rule):
                items[level].append(item)
    for rule in rules:
        if rule.get("any_medicine") and any(names_pair(rule, drug_slug, row.effect_slug) for row in rows):
            items[rule["level"]].append(chief_item(rule))
    return [
        {
            "level": level,
            "items": [item if level == "emergency" else f"you {item}" for item in dict.fromkeys(items[level])],
            "start": " ".join(starts[level]),
        }
        for level in items
        if items[level]
    ]


def codes(content):
    """[(system, code)] for those who look things up elsewhere."""
    named = (("RxCUI", "rxcui"), ("ATC", "atc"), ("former ATC", "former_atc"), ("other ATC", "other_atc"))
    return [(label, content[name]) for label, name in named if content.get(name)]


def _contents(content):
    """On this page: the few parts that readers come for, and only what is there."""
    parts = (
        ("#help", "When to get help", True),
        ("#side-effects", "Side effects", True),
        ("#doses", "Usual doses", content.get("doses")),
        ("#claims", "What people often say", content.get("claims")),
        ("#names", "Names and codes", True),
        ("#sources", "Where this comes from", True),
    )
    return [(href, text) for href, text, there in parts if there]


def _is_urgent(row):
    return is_itself_urgent(row.urgency, row.urgency_reason, row.listing)


def _views(slug, by):
    href = reverse("drug", args=[slug])
    return [
        {"href": href, "text": "By how often", "current": by == BY_OFTEN},
        {"href": f"{href}?by=body", "text": "By body part", "current": by == BY_BODY},
    ]


def _dose(dose, cited):
    steps = bullets(dose["dose"])
    return {
        "use": upper_first(dose.get("use", "")),
        "steps": steps,
        "note": sentence(dose.get("note", "")),
        "sources": cited(dose.get("sources")),
    }


def _claim(claim, cited):
    return {
        "said": sentence(claim["claim"]),
        "found": f"{sentence(claim['verdict'])} {sentences(claim['detail'])}",
        "sources": cited(claim.get("sources")),
    }


def _related(row):
    # A note to whoever loads data ('never load these as brands') is not for readers.
    note = [part for part in bullets(row.get("note", "")) if not part.lower().startswith("never load")]
    return {
        "name": upper_first(row["name"]),
        "brands": row.get("brands", ""),
        "note": " ".join(sentence(part) for part in note),
    }


def _links(rows):
    """[(address, label)]. The same words never lead to two places, so a second 'NHS' adds what its address ends with."""
    links, said = [], set()
    for row in rows:
        label = row["label"]
        if label in said:
            label += f": {row['url'].rstrip('/').rpartition('/')[2].replace('-', ' ')}"
        said.add(label)
        links.append((row["url"], f"{label} ({row['note']})" if row.get("note") else label))
    return links
