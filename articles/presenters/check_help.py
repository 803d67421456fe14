"""What the check says of getting help: the rules met, those that lack a sign, and what to do with the next dose. No queries."""

import re
from collections import defaultdict

from django.urls import reverse

from .help import BOXES, crisis_lines, help_for_effect
from .rules import do_at_once, holds_back_dose, rule_sentences, touched_words
from .signs import help_signs, is_emergency_sign, parted, rule_items, sign_item
from .wording import listed, lower_first, ranges_in_words, sentences, upper_first

_CRISIS_RULE = "suicidal-thoughts"
_THEY_WILL_TELL = "Say what you take. They will tell you about the next dose."
# The next dose is the danger there, so nobody is told to go on.
_NEXT_DOSE_HARMS = {"allergic-reaction", "severe-skin-reaction", "slow-breathing", "swelling-face-angioedema"}


def help_parts(found, known):
    """{"boxes", "later", "together", "crisis", "first", "stop"}: all that _check_results.html says of help."""
    boxes, later = _boxes(found, known)
    is_crisis = any(alert["rule"] == _CRISIS_RULE for alert in found.rules)
    speaks_of_crisis = any(alert["rule"] == _CRISIS_RULE for alert in found.rules + found.touched)
    crisis = crisis_lines(known.help_lines) if speaks_of_crisis else []
    is_emergency = any(alert["level"] == "emergency" for alert in found.rules)
    waits = any(_holds_back(alert, found) for alert in found.rules)
    for box in boxes:
        box["crisis"] = crisis if is_crisis and box["level"] == "emergency" else []
        at_once = [do_at_once(alert) for alert in found.rules if alert["level"] == box["level"]]
        box["start"] = " ".join(filter(None, at_once))
        box["rules"] = " ".join(alert["rule"] for alert in found.rules if alert["level"] == box["level"])
        if box["level"] == "emergency" and is_emergency and not waits:
            box["advice"].append(_THEY_WILL_TELL)
    return {
        "boxes": boxes,
        "later": later,
        "together": [told for alert in found.touched if (told := _together(alert, found))],
        "crisis": [] if is_crisis else crisis,
        "first": _first(found),
        # An emergency box says all there is to say of the next dose; a rule to take no more says it too.
        "stop": None if is_emergency or waits else _stop(found, known),
    }


def pharmacist_questions(found, known):
    """Three neutral questions to take along. None advises to stop, to swap or to add anything."""
    mine = listed((known.medicines[slug] for slug in found.question.medicines), "or")
    felt = listed((lower_first(known.symptoms[slug]) for slug in found.question.symptoms), "or")
    first = f"Could {mine} be the reason for my {felt}, or is something else more likely?" if felt else ""
    return [
        first or f"Which side effects of {mine} should I look out for?",
        "Could the dose, the time of day or another of my medicines play a part?",
        "What should I watch for, and when should I come back or call?",
    ]


def _boxes(found, known):
    """(boxes of what is met, what else to watch for). At most one box of each level, so `also` marks a second list."""
    items, advice, signs = defaultdict(list), defaultdict(list), defaultdict(list)
    for alert in found.rules:
        told = _alert_items(alert, known)
        for level, item in told:
            items[level].append(_you(item, level))
        if alert["level"] != "emergency" and _holds_back(alert, found):
            continue  # the box on the next dose says what to do
        at_its_level = any(level == alert["level"] for level, _ in told)
        advice[alert["level"] if at_its_level else "emergency"].append(_told(alert, found, at_once=do_at_once(alert)))
    for slug in found.question.symptoms:
        for box in help_for_effect(known.effects[slug], [])["boxes"]:
            signs[box["level"]] += [_about(item, slug, found, known) for item in box["items"]]
    for alert in found.touched:
        signs["emergency"] += [sign_item(text) for text in parted(alert)[0]]
    for cell, help_text in _urgent_cells(found):
        sign, action = help_signs(help_text)
        if sign:
            signs["emergency"].append(sign_item(sign, action))
        else:
            name = lower_first(known.symptoms[cell["symptom"]])
            items["emergency"] += [f"have {name}: {ranges_in_words(action)}", *signs.pop("emergency", [])]
    boxes = [
        {"level": level, "items": list(dict.fromkeys(items[level])), "advice": list(dict.fromkeys(advice[level]))}
        for level in BOXES
        if items[level]
    ]
    later = [
        {"level": level, "items": _not_said(signs[level], items[level]), "also": bool(items[level])} for level in BOXES
    ]
    return boxes, [box for box in later if box["items"]]


def _not_said(items, said):
    """The items that do not only repeat the words of another."""
    known = [set(re.findall(r"\w+", item)) for item in said]
    return [item for item in dict.fromkeys(items) if set(re.findall(r"\w+", item)) not in known]


def _alert_items(alert, known):
    """[(level, item)] of a rule met. An effect that is enough by itself is named before signs that belong together."""
    by = [lower_first(known.symptoms[slug]) for slug in alert["by"]] if alert["several"] else []
    by = [name for name in by if alert["level"] == "emergency" or not is_emergency_sign(name)]
    return [(alert["level"], f"have {name}") for name in by] + rule_items(alert)


def _urgent_cells(found):
    """[(cell, help text)] that a source of these very medicines calls an emergency, by itself or with a sign, though no
    rule does."""
    if not (found.question.medicines and found.question.symptoms):
        return []
    urgent = []
    for cell in found.result["cells"]:
        row = found.rows.get((cell["medicine"], cell["symptom"]))
        help_text = row["listing"].get("when_to_get_help", "") if row else ""
        if cell["urgency"] == "emergency" and help_text and row["urgency_reason"] == help_text:
            urgent.append((cell, help_text))
    return urgent


def _you(item, level):
    # As in help.py: "Call for emergency help now if you:" has its subject, "Call your doctor today if:" has none.
    return item if level == "emergency" else f"you {item}"


def _about(item, slug, found, known):
    """'have one leg only, hot and painful' is no sign without its symptom; 'have cramps with dark urine' is."""
    name = lower_first(known.symptoms[slug]).split(" (")[0]
    if "have it " in item:
        return item.replace("have it ", f"have {name} ", 1)
    if len(found.question.symptoms) == 1 or " with " in item or name[:6].rstrip("s") in item:
        return item
    return f"{item} (with {name})"


def _told(alert, found, words=rule_sentences, at_once=""):
    """What to do and why, in the words that hold for these medicines: the fullest of them."""
    return max((words(alert, slug) for slug in found.question.medicines or [""]), key=len).removeprefix(at_once).strip()


def _together(alert, found):
    """A rule that a chosen symptom touches but does not meet: its signs, and what to do if several come together.

    None where no two signs belong together; what is an emergency by itself stands in the emergency box.
    """
    _, texts = parted(alert)
    if len(texts) < 2:
        return None
    signs = [upper_first(ranges_in_words(text)) for text in texts]
    return {"level": alert["level"], "signs": signs, "do": _told(alert, found, touched_words), "rule": alert["rule"]}


def _holds_back(alert, found):
    """Whether a rule met says that one of these medicines must wait."""
    return any(holds_back_dose(alert["do"], slug) for slug in found.question.medicines or [""])


def _first(found):
    """Why the next dose has to wait. An emergency says so in its own box, which must not be told twice and weaker."""
    alerts = [alert for alert in found.rules if _holds_back(alert, found) and alert["level"] != "emergency"]
    return " ".join(_told(alert, found) for alert in alerts)


def _stop(found, known):
    """{"title", "text", "drugs"}: what to say of stopping where nothing above speaks of the next dose."""
    advice = "Talk to a pharmacist or doctor first. They can change the dose, the time or the medicine."
    if _NEXT_DOSE_HARMS.intersection(found.question.symptoms):
        return {"title": "Ask before your next dose", "text": "Talk to a pharmacist or doctor first.", "drugs": []}
    stops = {slug: known.stops[slug] for slug in found.question.medicines if slug in known.stops}
    if not stops:
        return {"title": "Ask before you stop", "text": advice, "drugs": []}
    drugs = [
        (reverse("drug", args=[slug]), upper_first(known.medicines[slug]), sentences(text))
        for slug, text in stops.items()
        if text
    ]
    return {"title": "Do not stop a medicine on your own", "text": advice, "drugs": drugs}
