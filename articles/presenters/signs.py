"""Warning signs: what a help text parts into, in which box a sign belongs, and how it reads there.

A warning sign of the facts carries no level of its own. One that an emergency rule describes belongs in the emergency
box whatever the level of the rule or the pair that names it; every other one in the box for today.
"""

import re

from ..urgency import needs_several
from .wording import lower_first, ranges_in_words

# Source: the signs of the red-flag rules. What could be either is an emergency.
_EMERGENCY_SIGN = re.compile(
    r"chest pain|pain in the (middle of the )?chest|(sudden|severe|trouble|unable|very slow|slow or shallow).{0,25}breath"
    r"|breath\w* lying flat|fast breathing|(?<!pain or )trouble (breathing|swallowing|speaking)|in sentences"
    r"|(swell\w*|swollen).{0,25}(face|lip|tongue|throat)|spasm of throat"
    r"|one side|one-sided|slurr|face drooping|\bfits?\b|seizure|\bfaint|collapse|clammy"
    r"|pale or blue|blue (or pale )?lips|hard to wake|cannot be woken|drowsiness|black.{0,10}stools|coffee|vomiting blood"
    r"|coughing (up )?blood|bloody stools|bleeding that will not stop|blister\w* or peeling|sores in (the )?mouth, eyes"
    r"|self-harm|suicid|any such thoughts|behaviour not like you|ambulance|worst-ever|sudden severe headache"
    r"|headache.{0,8}with.{0,30}(vision|confusion)|hallucination with|loss of sight|loss of vision|change in vision|haloes"
    r"|eye pain with|(fever|stiffness|restlessness) with.{0,15}(stiff|high fever)|fever, (sweating|confusion)"
    r"|stiff.{0,25}(fever|confusion)|severe.{0,15}belly|severe.{0,60}to the back|head injury|bladder or bowel"
    r"|worse straight after an inhaler|cramps with (a fit|confusion)"
    r"|sudden fast, pounding|unable to pass (any )?urine|erection lasting|inability to stand",
    re.IGNORECASE,
)
CHEST_PAIN = "chest pain"
_INSTRUCTION = re.compile(
    r"^(call|stop|contact|see|tell|use|do not|get|go|take|doctor|urgent|emergency|ambulance|tests?)\b", re.I
)
_ADVICE_ONLY = re.compile(r"\b(may be arranged|may need checking)\b")
_BOX_SAYS_IT = re.compile(r"^(call an? )?(ambulance|emergency)$|^get help now$", re.IGNORECASE)
_IS = re.compile(r"^(unable|hard to|drowsy or|shaky|dizzy|passing|falling|taking|vomiting blood)\b", re.IGNORECASE)
_ONE = re.compile(
    r"^(head injury|suspected|painful red|painful or swollen tendon|hot, very|itch |cough |rash |sudden pop|dull"
    r"|very slow or irregular)"
)
_HAS_IT = re.compile(r"^(with|after|within)\b", re.IGNORECASE)
# What one is and what one has in one list: no verb fits both.
_MIXED = re.compile(r"^(very thirsty, tired or|vomiting, very|drowsy, confused or)", re.IGNORECASE)
_FAINT = {"fainting": "faint", "fainting or nearly fainting": "faint or nearly faint"}


def is_emergency_sign(text):
    return bool(_EMERGENCY_SIGN.search(text))


def help_signs(help_text):
    """('painful or swollen tendon', 'stop, rest it and call'): what to look for, what to do; either may be ''."""
    if _ADVICE_ONLY.search(help_text):
        return "", help_text
    before, colon, after = help_text.partition(": ")
    if not colon:
        return ("", help_text) if _INSTRUCTION.match(help_text) else (help_text, "")
    return (after, before) if _INSTRUCTION.match(before) else (before, after)


def separate_signs(signs):
    """The signs of a help text that stand apart: 'a, or b'; and chest pain, which is an emergency among milder signs."""
    for sign in re.split(r", or ", signs) if signs else ():
        milder, found, _ = sign.partition(f", {CHEST_PAIN}")
        yield milder
        if found:
            yield CHEST_PAIN


def sign_item(signs, action=""):
    """A sign so that it reads on from 'Call for emergency help now if you:': 'have a cramp', 'cannot keep fluids down'."""
    text = ranges_in_words(signs)
    if ": " in text and not action:
        text, _, action = text.partition(": ")
    if text.lower().startswith(("cannot ", "get ", "feel ", "see ")):
        start = text
    elif text.lower() in _FAINT:
        start = _FAINT[text.lower()]
    elif _MIXED.match(text):
        start = f"have any of these signs: {text}"
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


def rule_items(rule):
    """[(level, item)] of a red-flag rule. Signs of one illness are said together and never joined with 'or':
    diarrhoea alone is no emergency, with a fever and twitching it is. What is an emergency by itself stands alone."""
    signs = rule["signs"]
    alone = [sign for sign in signs if not needs_several(rule) or _stands_alone(sign)]
    rest = [sign for sign in signs if sign not in alone]
    items = [(_level(rule, sign["text"]), sign_item(sign["text"])) for sign in alone]
    if len(rest) > 1:
        together = ranges_in_words("; ".join(sign["text"] for sign in rest))
        items.append((rule["level"], f"have some of these together: {together}"))
    elif rest:
        # Of one sign left over, the facts say whether it may stand alone too.
        beside = not rest[0].get("effects") and any(level == rule["level"] for level, _ in items)
        items.append((rule["level"], f"{sign_item(rest[0]['text'])}{', together with one of these' if beside else ''}"))
    return items


def parted(rule):
    """(signs that are an emergency each by itself, signs that belong together): 'if some come together' is for the rest."""
    texts = [sign["text"] for sign in rule["signs"]]
    return [text for text in texts if is_emergency_sign(text)], [text for text in texts if not is_emergency_sign(text)]


def chief_item(rule):
    """The first sign of a rule, which stands for it where many rules share a box."""
    return sign_item(rule["signs"][0]["text"])


def _level(rule, text):
    return "emergency" if is_emergency_sign(text) else rule["level"]


def _stands_alone(sign):
    return is_emergency_sign(sign["text"]) or bool(sign.get("effects") and not sign.get("effects_together"))
