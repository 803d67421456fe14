"""When to get help, for one pair or one effect: the chip, its reason, and the three boxes of components/help_box.html.

A pair's urgency is derived elsewhere (urgency.py) and stored with its reason. Here it gets words, and these never claim
that the symptom itself is an emergency where only a sign named in the help text is. Signs are read in signs.py, rules
in rules.py.
"""

import re

from ..models import ListedEffect
from ..urgency import names_pair, touched_rules
from .pages import help_lines
from .rules import BEFORE_NEXT_DOSE, do_at_once, help_first, holds_back_dose, own_words, rule_sentences, touched_words
from .signs import CHEST_PAIN, help_signs, is_emergency_sign, parted, rule_items, separate_signs, sign_item
from .wording import ranges_in_words, sentence, upper_first

Urgency = ListedEffect.Urgency
LEVELS = {urgency.value: urgency.label for urgency in Urgency}
BOXES = ("emergency", "today", "soon")
_SMALL = {"have", "are", "a", "an", "the", "of", "or", "and", "with", "it", "in", "any", "that"}
_CRISIS = re.compile(r"suicid|self-harm", re.IGNORECASE)


def urgency_words(level, reason="", listing=None, drug_slug=""):
    """{"level", "words", "note"} for components/urgency_chip.html. `level`, `reason`: a ListedEffect's urgency and reason.

    `words` is '' where the chip's own words hold; `note` is one sentence of why, true of the medicine named.
    """
    help_text = (listing or {}).get("when_to_get_help", "")
    from_help_text = bool(reason) and reason == help_text
    words, note = "", " ".join(sentence(part) for part in own_words(reason, drug_slug))
    if from_help_text:
        signs, action = help_signs(help_text)
        if signs:
            now = level == Urgency.EMERGENCY or is_emergency_sign(signs)
            lead = "Emergency signs" if now else "Call today for" if level == Urgency.TODAY else "Get help for"
            note = f"{lead}: {ranges_in_words(signs)}."
        else:
            note = sentence(action)
        if level == Urgency.EMERGENCY and signs:
            words = "Know the emergency signs"
    return {"level": LEVELS[level], "words": words, "note": note}


def is_itself_urgent(level, reason, listing):
    """Whether the symptom itself needs help now or today, not only a sign that may come with it."""
    if level > Urgency.TODAY:
        return False
    return bool(listing.get("serious")) or reason != listing.get("when_to_get_help", "")


def help_for_pair(drug_slug, listing, effect, rules, level):
    """All that a pair page says of getting help. `rules`: live red-flag dicts; `level`: the pair's Urgency.

    {"boxes": [{"level", "items", "start"}], "advice": [sentences], "together": [{"level", "signs", "do", "waits"}],
    "first": why the next dose has to wait as {"title", "text"}, or None, "sources": [slugs of the rules that speak]}
    """
    named = [rule for rule in rules if names_pair(rule, drug_slug, listing["key"])]
    touched = touched_rules(rules, [drug_slug], [listing["key"]])
    # Only rules about this very medicine: those for everybody stand with the effects that meet them.
    touched = [rule for rule in touched if not rule.get("any_medicine")]
    items = {box: [] for box in BOXES}
    help_text = listing.get("when_to_get_help", "")
    first = help_first(help_text, named, drug_slug, is_emergency=level == Urgency.EMERGENCY)
    advice = [rule_sentences(rule, drug_slug) for rule in named]
    signs, action = help_signs(help_text)
    for sign in separate_signs(signs):
        told = "" if sign == CHEST_PAIN else action
        items[_box_of(sign, action, level, effect)].append(sign_item(sign, told))
    if action and not signs:
        advice.append(sentence(action))
    _add_rule_signs(items, named)
    _add_warning_signs(items, effect)
    together = [told for rule in touched if (told := _together(rule, drug_slug, items))]
    return {
        "boxes": _boxes(items, named),
        # What the box at the top says is not said again.
        "advice": [text for text in advice if not first or f"{first['title']}. {first['text']}".lstrip(". ") != text],
        "together": together,
        "first": first,
        "sources": list(dict.fromkeys(slug for rule in named + touched for slug in rule.get("sources", []))),
    }


def help_for_effect(effect, rules):
    """The same for an effect whatever the medicine: its own warning signs, and the rules that hold for everyone."""
    items = {box: [] for box in BOXES}
    named = [rule for rule in rules if rule.get("any_medicine") and names_pair(rule, "", effect["slug"])]
    _add_rule_signs(items, named)
    _add_warning_signs(items, effect)
    return {
        "boxes": _boxes(items, named),
        "advice": [rule_sentences(rule) for rule in named],
        "sources": list(dict.fromkeys(slug for rule in named for slug in rule.get("sources", []))),
    }


def crisis_lines(help_line_contents):
    """[{"name", "how", "number", "tel", "countries"}] for components/crisis_lines.html. `help_line_contents`: live help lines."""
    lines = help_lines(help_line_contents)["crisis"]
    return [{part: line.get(part, "") for part in ("name", "how", "number", "tel", "countries")} for line in lines]


def needs_crisis_lines(effect, listing=None):
    """Whether a page about this effect speaks of suicide or self-harm, so that it has to print the crisis lines."""
    said = [effect["slug"], (listing or {}).get("when_to_get_help", "")]
    return any(_CRISIS.search(text) for text in said + [flag["text"] for flag in effect.get("red_flags", [])])


def _add_rule_signs(items, rules):
    for rule in rules:
        for level, item in rule_items(rule):
            items[level].append(item)


def _add_warning_signs(items, effect):
    for flag in effect.get("red_flags", []):
        items[_box_of_warning(flag["text"])].append(sign_item(flag["text"]))


def _box_of_warning(text):
    return "emergency" if is_emergency_sign(text) else "today"


def _box_of(sign, action, level, effect):
    """Where a help text's sign stands: never below the effect's own warning sign that says the same."""
    if level == Urgency.EMERGENCY or is_emergency_sign(sign):
        return "emergency"
    if level == Urgency.TODAY or BEFORE_NEXT_DOSE.search(action):
        return "today"
    alike = [flag["text"] for flag in effect.get("red_flags", []) if _is_alike(_words(flag["text"]), _words(sign))]
    return min((_box_of_warning(text) for text in alike), key=BOXES.index, default="soon")


def _is_alike(one, other):
    """'one leg only, hot and painful' and 'one hot painful leg' say the same."""
    return one <= other or len(one & other) > 2


def _words(text):
    return set(re.findall(r"\w+", text.lower())) - _SMALL


def _boxes(items, rules=()):
    """At most one box of each level, emergency first. `start`: what to do before the call."""
    boxes, said = [], []
    for level in BOXES:
        new = []
        for item in items[level]:
            if _words(item) not in said and not _says_less(item, items[level]):
                said.append(_words(item))
                new.append(item)
        if new:
            # "Call for emergency help now if you:" has its subject, "Call your doctor today if:" has none.
            said_to = new if level == "emergency" else [f"you {item}" for item in new]
            start = " ".join(filter(None, (do_at_once(rule) for rule in rules if rule["level"] == level)))
            boxes.append({"level": level, "items": said_to, "start": start})
    return boxes


def _says_less(item, others):
    """Whether a single other sign is enough for what this one asks more of: 'cramps' beside 'cramps at night'."""
    if re.search(r"[,:;]| or ", item):
        return False
    return any(_words(other) < _words(item) for other in others)


def _together(rule, drug_slug, items):
    """A rule that this effect meets only together with another sign, or None where no two such signs are left."""
    alone, texts = parted(rule)
    items["emergency"] += [sign_item(text) for text in alone]
    if len(texts) < 2:
        return None
    return {
        "level": rule["level"],
        "signs": [upper_first(ranges_in_words(text)) for text in texts],
        "do": touched_words(rule, drug_slug),
        "waits": holds_back_dose(rule["do"], drug_slug),
    }
