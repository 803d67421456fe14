"""A symptom's own page: what it feels like, when to get help, and every medicine that lists it."""

from django.urls import reverse

from ..urgency import names_pair
from . import listings
from .figures import source_links
from .help import crisis_lines, help_for_effect, needs_crisis_lines
from .trust import number_sources, source_rows
from .wording import bullets, lower_first, upper_first


def effect_page(content, rows, sources, rules, help_lines=()):
    """All that templates/symptom.html shows. `rows`: the ListedEffects of all medicines that list it."""
    getting_help = help_for_effect(content, rules)
    wanted = number_sources(content.get("sources"), getting_help["sources"], content.get("self_care_sources"))
    numbers = {slug: number for number, slug in enumerate((slug for slug in wanted if slug in sources), start=1)}
    return {
        "name": content["name"],
        "plain_name": lower_first(content["name"]),
        "description": content["description"],
        "clinical_term": _medical_word(content),
        "area": upper_first(content["body_area"]),
        "terms": ", ".join(term["text"] for term in content.get("terms", []) if not term.get("language")),
        "help": getting_help,
        "crisis": crisis_lines(help_lines) if needs_crisis_lines(content) else [],
        "has_emergency": any(box["level"] == "emergency" for box in getting_help["boxes"]),
        "help_sources": source_links(getting_help["sources"], sources, numbers),
        "check_href": f"{reverse('check')}?symptom={content['slug']}",
        "count": len(rows),
        "groups": listings.often_groups(rows, link_to="drug"),
        "self_care": bullets(content.get("self_care", "")),
        "self_care_sources": source_links(content.get("self_care_sources", []), sources, numbers),
        "articles": listings.article_links(rows),
        "sources": source_rows(numbers, sources, page_checked=content.get("facts_checked", "")),
    }


def sources_wanted(content, rules):
    """Every source that the page can name."""
    wanted = {*content.get("sources", ()), *content.get("self_care_sources", ())}
    for rule in rules:
        if names_pair(rule, "", content["slug"]):
            wanted |= set(rule.get("sources", ()))
    return wanted


def _medical_word(content):
    """The clinical term, unless the plain name already holds it."""
    term = content["clinical_term"]
    return "" if term.casefold() in content["name"].casefold() else lower_first(term)


def by_body_area(effects):
    """[{"area", "id", "effects": [{"href", "name", "clinical_term"}]}]. `effects`: dicts with these values."""
    areas = {}
    for effect in effects:
        areas.setdefault(effect["body_area"], []).append(effect)
    return [
        {
            "area": upper_first(area),
            "id": area.replace(" ", "-"),
            "effects": [
                {
                    "href": reverse("symptom", args=[effect["slug"]]),
                    "name": effect["name"],
                    "clinical_term": _medical_word(effect),
                }
                for effect in sorted(areas[area], key=lambda effect: effect["name"].casefold())
            ],
        }
        for area in sorted(areas)
    ]
