"""How fast to act on one effect under one medicine. Urgency belongs to the pair, never to the symptom alone.

Emergency when an emergency rule names this effect with this medicine or the help text says ambulance; today when a
today rule does or the entry is serious; soon when there is help text; self-care when there is only what helps; else ask.
"""

import re

from .models import ListedEffect

Urgency = ListedEffect.Urgency

# Words by which a help text sends people to emergency care. 'Urgent care' is a same-day service, not an ambulance.
_AMBULANCE = re.compile(r"\b(ambulance|emergency|go to hospital)\b", re.IGNORECASE)


def urgency_of(drug_slug, listing, rules):
    """(Urgency, reason in words) of a pair. `listing`: the pair's dict; `rules`: red-flag dicts, live ones only."""
    named = [rule for rule in rules if names_pair(rule, drug_slug, listing["key"])]
    help_text = listing.get("when_to_get_help", "")
    emergency = next((rule for rule in named if rule["level"] == "emergency"), None)
    if emergency:
        return Urgency.EMERGENCY, emergency["why"]
    if _AMBULANCE.search(help_text):
        return Urgency.EMERGENCY, help_text
    if named:
        return Urgency.TODAY, named[0]["why"]
    if listing.get("serious"):
        return Urgency.TODAY, help_text
    if help_text:
        return Urgency.SOON, help_text
    return (Urgency.SELF_CARE if listing.get("what_helps") else Urgency.ASK), ""


def names_pair(rule, drug_slug, effect_slug):
    return effect_slug in rule.get("effects", []) and holds_with(rule, [drug_slug])


def holds_with(rule, drug_slugs):
    """Whether a rule is about at least one of these medicines."""
    return rule.get("any_medicine", False) or not set(rule.get("drugs", [])).isdisjoint(drug_slugs)


def matching_rules(rules, drug_slugs, effect_slugs):
    """The red-flag rules that these symptoms with these medicines meet, emergencies first."""
    felt = set(effect_slugs)
    met = []
    for rule in rules:
        alone, together = set(rule.get("effects", [])), set(rule.get("effects_together", []))
        enough = len(felt & (alone | together)) >= rule.get("together_count", 2)
        if holds_with(rule, drug_slugs) and (felt & alone or enough):
            met.append(rule)
    return sorted(met, key=lambda rule: (rule["level"] != "emergency", rule["slug"]))
