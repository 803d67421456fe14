"""How fast to act on one effect under one medicine. Urgency belongs to the pair, never to the symptom alone.

Emergency when an emergency rule names this effect with this medicine or the help text says ambulance; today when a
today rule does or the entry is serious; soon when there is help text; self-care when there is only what helps; else ask.
"""

import re

from .models import ListedEffect

Urgency = ListedEffect.Urgency

# Words by which a help text sends people to emergency care. 'Urgent care' is a same-day service, not an ambulance.
_AMBULANCE = re.compile(r"\b(ambulance|emergency|go to hospital|help at once)\b", re.IGNORECASE)
# Help texts that say what may be done, not when to get help.
_NO_HELP = re.compile(r"\b(may be arranged|may need checking)\b", re.IGNORECASE)


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
    if help_text and not _NO_HELP.search(help_text):
        return Urgency.SOON, help_text
    return (Urgency.SELF_CARE if listing.get("what_helps") else Urgency.ASK), ""


def names_pair(rule, drug_slug, effect_slug):
    """Whether this effect alone, with this medicine, meets the rule."""
    return holds_with(rule, [drug_slug]) and any(effect_slug in sign.get("effects", ()) for sign in rule["signs"])


def holds_with(rule, drug_slugs):
    """Whether a rule is about at least one of these medicines."""
    return rule.get("any_medicine", False) or not set(rule.get("drugs", [])).isdisjoint(drug_slugs)


def needs_several(rule):
    """Whether some of its signs count only together with another one, so that no page may join them with 'or'."""
    return any(sign.get("effects_together") for sign in rule["signs"])


def matching_rules(rules, drug_slugs, effect_slugs, heard=None, *, named_none=False):
    """The red-flag rules that these symptoms with these medicines meet, emergencies first.

    `heard`: {rule: {key of a sign: whether it is enough alone}}, signs told in words. `named_none`: no medicine is known,
    or one that we do not cover, so that none can be ruled out: then what is told in words counts, and emergencies where
    enough signs are there.
    """
    heard = heard or {}
    return _worst_first(
        rule
        for rule in rules
        if (holds_with(rule, drug_slugs) and _is_met(rule, drug_slugs, effect_slugs, heard))
        or (named_none and _is_met_by_any(rule, effect_slugs, heard))
    )


def touched_rules(rules, drug_slugs, effect_slugs, heard=None):
    """The rules of which these symptoms are a sign, but not enough of them; emergencies first."""
    heard = heard or {}
    return _worst_first(
        rule
        for rule in rules
        if holds_with(rule, drug_slugs)
        and _signs_felt(rule, effect_slugs, heard)
        and not _is_met(rule, drug_slugs, effect_slugs, heard)
    )


def _is_met(rule, drug_slugs, effect_slugs, heard):
    if _has_enough_alone(rule, effect_slugs, heard):
        return True
    wanted = rule["together_count"]
    if rule.get("mixing_matters") and len(set(rule.get("drugs", [])).intersection(drug_slugs)) > 1:
        wanted -= 1
    return _signs_felt(rule, effect_slugs, heard) >= wanted


def _is_met_by_any(rule, effect_slugs, heard):
    if _has_enough_alone(rule, (), heard):
        return True
    return rule["level"] == "emergency" and _signs_felt(rule, effect_slugs, heard) >= rule["together_count"]


def _has_enough_alone(rule, effect_slugs, heard):
    if any(heard.get(rule["slug"], {}).values()):
        return True
    return any(slug in sign.get("effects", ()) for sign in rule["signs"] for slug in effect_slugs)


def _signs_felt(rule, effect_slugs, heard):
    """How many different signs of the rule these symptoms are; two symptoms of one sign count once."""
    felt, told = set(effect_slugs), heard.get(rule["slug"], {})
    return sum(
        sign["key"] in told or not felt.isdisjoint((*sign.get("effects", ()), *sign.get("effects_together", ())))
        for sign in rule["signs"]
    )


def _worst_first(rules):
    return sorted(rules, key=lambda rule: (rule["level"] != "emergency", rule["slug"]))
