"""When to get help, for one pair or one effect: the chip, its reason, and the three boxes of components/help_box.html.

A pair's urgency is derived elsewhere (urgency.py) and stored with its reason. Here it gets words, and these never claim
that the symptom itself is an emergency where only a sign named in the help text is.
"""

import re

from ..models import ListedEffect
from ..urgency import holds_with, names_pair
from .pages import help_lines
from .wording import lower_first, ranges_in_words, sentence, sentences, upper_first

Urgency = ListedEffect.Urgency
LEVELS = {urgency.value: urgency.label for urgency in Urgency}
BOXES = ("emergency", "today", "soon")
_SMALL = {"have", "are", "a", "an", "the", "of", "or", "and", "with", "it", "in", "any", "that"}

# A warning sign of the facts carries no level of its own. One that an emergency rule for any medicine describes belongs
# in the emergency box, every other one in the box for today. Source: the red-flag rules.
_EMERGENCY_SIGN = re.compile(
    r"chest pain|(sudden|severe|trouble|unable|very slow|slow or shallow).{0,25}breath|breath\w* lying flat|fast breathing"
    r"|trouble (breathing|swallowing)|in sentences|(swell\w*|swollen).{0,25}(face|lip|tongue|throat)|spasm of throat"
    r"|one side|one-sided|slurr|face drooping|weakness or trouble speaking|\bfits?\b|seizure|\bfaint|collapse"
    r"|pale or blue|blue lips|hard to wake|drowsiness|black.{0,10}stools|coffee|vomiting blood|bloody stools"
    r"|bleeding that will not stop|blister\w* or peeling|sores in (the )?mouth, eyes|self-harm|suicid|any such thoughts"
    r"|ambulance|worst-ever|loss of sight|loss of vision|haloes|(fever|stiffness|restlessness) with.{0,15}(stiff|high fever)"
    r"|fever, (sweating|confusion)|stiff.{0,25}(fever|confusion)|severe.{0,15}belly|severe.{0,60}to the back|head injury"
    r"|bladder or bowel",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"^(call|stop|contact|see|tell|use|do not|get|go|take|doctor|urgent|emergency|ambulance|tests?)\b", re.I
)
_ADVICE_ONLY = re.compile(r"\b(may be arranged|may need checking)\b")
_BOX_SAYS_IT = re.compile(r"^(call an? )?(ambulance|emergency)$|^get help now$", re.IGNORECASE)
_IS = re.compile(r"^(unable|hard to|drowsy|shaky|passing|falling|taking|vomiting blood)\b", re.IGNORECASE)
_ONE = re.compile(
    r"^(head injury|suspected|painful red|painful or swollen tendon|hot, very|itch |cough |rash |sudden pop|dull)"
)
_HAS_IT = re.compile(r"^(with|after|within)\b", re.IGNORECASE)
# 'Stop taking it', 'before the next dose', 'take no more'; but not 'do not stop suddenly by yourself'.
BEFORE_NEXT_DOSE = re.compile(
    r"(?<!not )\bstop\b(?! driving)|before the next dose|take no more\b(?! ibuprofen-like)|not take another dose",
    re.IGNORECASE,
)


def urgency_words(level, reason="", listing=None):
    """{"level", "words", "note"} for components/urgency_chip.html. `level`, `reason`: a ListedEffect's urgency and reason.

    `words` is '' where the chip's own words hold; `note` is one sentence of why.
    """
    help_text = (listing or {}).get("when_to_get_help", "")
    from_help_text = bool(reason) and reason == help_text
    words, note = "", sentence(reason)
    if from_help_text:
        signs, action = help_signs(help_text)
        if signs:
            lead = {Urgency.EMERGENCY: "Emergency signs", Urgency.TODAY: "Call today for"}.get(level, "Get help for")
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


def help_signs(help_text):
    """('painful or swollen tendon', 'stop, rest it and call'): what to look for, what to do; either may be ''."""
    if _ADVICE_ONLY.search(help_text):
        return "", help_text
    before, colon, after = help_text.partition(": ")
    if not colon:
        return ("", help_text) if _INSTRUCTION.match(help_text) else (help_text, "")
    return (after, before) if _INSTRUCTION.match(before) else (before, after)


def help_for_pair(drug_slug, listing, effect, rules, level):
    """All that a pair page says of getting help. `rules`: live red-flag dicts; `level`: the pair's Urgency.

    {"boxes": [{"level", "items"}], "advice": [sentences], "together": [{"level", "signs", "do"}],
    "first": why the next dose has to wait, or '', "sources": [slugs of the rules that speak]}
    """
    named = [rule for rule in rules if names_pair(rule, drug_slug, listing["key"])]
    together = [rule for rule in rules if rule not in named and _together_here(rule, drug_slug, listing["key"])]
    items = {box: [] for box in BOXES}
    advice = [rule_sentences(rule) for rule in named]
    help_text = listing.get("when_to_get_help", "")
    signs, action = help_signs(help_text)
    for sign in re.split(r", or ", signs) if signs else ():
        items[_box_of(sign, action, level, named, effect)].append(sign_item(sign, action))
    if action and not signs:
        advice.append(sentence(action))
    _add_rule_signs(items, named)
    _add_warning_signs(items, effect)
    return {
        "boxes": _boxes(items),
        "advice": advice,
        "together": [_together(rule) for rule in together],
        "first": _help_first(help_text, named),
        "sources": [slug for rule in named + together for slug in rule.get("sources", [])],
    }


def help_for_effect(effect, rules):
    """The same for an effect whatever the medicine: its own warning signs, and the rules that hold for everyone."""
    items = {box: [] for box in BOXES}
    named = [rule for rule in rules if rule.get("any_medicine") and effect["slug"] in rule.get("effects", [])]
    _add_rule_signs(items, named)
    _add_warning_signs(items, effect)
    return {
        "boxes": _boxes(items),
        "advice": [rule_sentences(rule) for rule in named],
        "sources": [slug for rule in named for slug in rule.get("sources", [])],
    }


def crisis_lines(help_line_contents):
    """[{"name", "how", "number", "tel", "countries"}] for components/crisis_lines.html. `help_line_contents`: live help lines."""
    lines = help_lines(help_line_contents)["crisis"]
    return [{part: line.get(part, "") for part in ("name", "how", "number", "tel", "countries")} for line in lines]


def rule_sentences(rule):
    """'Get a blood test arranged today. Call an ambulance for a fit.' and why, as sentences."""
    return " ".join(sentences(text) for text in (rule["do"], rule["why"]))


def sign_item(signs, action=""):
    """A sign so that it reads on from 'Call for emergency help now if you:': 'have a cramp', 'cannot keep fluids down'."""
    text = ranges_in_words(signs)
    if ": " in text and not action:
        text, _, action = text.partition(": ")
    if text.lower().startswith(("cannot ", "get ", "feel ")):
        start = text
    elif _IS.match(text):
        start = f"are {text}"
    elif text.lower().startswith("worse straight"):
        start = f"get {text}"
    elif _HAS_IT.match(text):
        start = f"have it {text}"
    elif _ONE.match(text):
        start = f"have {'an' if text[0] in 'aeiou' else 'a'} {text}"
    else:
        start = f"have {lower_first(text)}"
    return start if not action or _BOX_SAYS_IT.match(action.strip()) else f"{start}: {action}"


def _add_rule_signs(items, rules):
    for rule in rules:
        signs = [sign["text"] for sign in rule.get("signs", [])]
        if rule.get("together_count", 2) > 2:
            # Signs of one illness: diarrhoea alone is no emergency, with a fever and twitching it is.
            items[rule["level"]].append(f"have several of these at once: {ranges_in_words('; '.join(signs))}")
        else:
            items[rule["level"]] += [sign_item(sign) for sign in signs]


def _add_warning_signs(items, effect):
    for flag in effect.get("red_flags", []):
        items[_box_of_warning(flag["text"])].append(sign_item(flag["text"]))


def _box_of_warning(text):
    return "emergency" if _EMERGENCY_SIGN.search(text) else "today"


def _box_of(sign, action, level, named, effect):
    """Where a help text's sign stands: never below the effect's own warning sign that says the same."""
    if level == Urgency.EMERGENCY or (not named and _EMERGENCY_SIGN.search(sign)):
        return "emergency"
    if level == Urgency.TODAY or BEFORE_NEXT_DOSE.search(action):
        return "today"
    alike = [flag["text"] for flag in effect.get("red_flags", []) if _words(flag["text"]) <= _words(sign)]
    return min((_box_of_warning(text) for text in alike), key=BOXES.index, default="soon")


def _words(text):
    return set(re.findall(r"\w+", text.lower())) - _SMALL


def _boxes(items):
    """At most one box of each level, emergency first. A sign whose words all stand in one before it is not said again."""
    boxes, said = [], []
    for level in BOXES:
        new = []
        for item in items[level]:
            words = _words(item)
            if not any(words <= earlier for earlier in said):
                said.append(words)
                new.append(item)
        if new:
            # "Call for emergency help now if you:" has its subject, "Call your doctor today if:" has none.
            boxes.append({"level": level, "items": new if level == "emergency" else [f"you {item}" for item in new]})
    return boxes


def _together_here(rule, drug_slug, effect_slug):
    """A rule about this very medicine that this effect meets only together with another one."""
    named_medicine = not rule.get("any_medicine") and holds_with(rule, [drug_slug])
    return named_medicine and effect_slug in rule.get("effects_together", [])


def _together(rule):
    signs = [upper_first(ranges_in_words(sign["text"])) for sign in rule.get("signs", [])]
    return {"level": rule["level"], "signs": signs, "do": rule_sentences(rule)}


def _help_first(help_text, rules):
    """Why the next dose has to wait, in the words of the source; '' where nobody says so."""
    for rule in rules:
        if BEFORE_NEXT_DOSE.search(rule["do"]):
            return rule_sentences(rule)
    if not BEFORE_NEXT_DOSE.search(help_text):
        return ""
    signs, action = help_signs(help_text)
    return sentence(f"{signs}: {action}") if signs else sentence(action)
