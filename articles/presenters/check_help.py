"""What the check says of getting help: the rules met, those that lack a sign, and what to do with the next dose. No queries."""

import re
from collections import defaultdict

from django.urls import reverse

from .help import BOXES, crisis_lines, help_for_effect
from .rules import do_at_once, holds_back_dose, rule_sentences, touched_words
from .signs import help_signs, is_emergency_sign, parted, rule_items, sign_item
from .wording import listed, lower_first, ranges_in_words, sentences, upper_first

_THEY_WILL_TELL = "Say what you take. They will tell you about the next dose."
# The next dose is the danger there, so nobody is told to go on.
_NEXT_DOSE_HARMS = {"allergic-reaction", "severe-skin-reaction", "slow-breathing", "swelling-face-angioedema"}


def help_parts(question, known, answer):
    """{"call", "boxes", "later", "together", "crisis", "first", "stop"}: all that _check_results.html says of help."""
    boxes, later = _boxes(question, known, answer)
    crisis = crisis_lines(answer["crisis"])
    has_crisis_box = any(alert["rule"] == "suicidal-thoughts" for alert in answer["alerts"])
    is_emergency = any(alert["level"] == "emergency" for alert in answer["alerts"])
    waits = any(_holds_back(alert, question) for alert in answer["alerts"])
    for box in boxes:
        box["crisis"] = crisis if has_crisis_box and box["level"] == "emergency" else []
        at_once = [do_at_once(alert) for alert in answer["alerts"] if alert["level"] == box["level"]]
        box["start"] = " ".join(filter(None, at_once))
        if box["level"] == "emergency" and is_emergency and not waits:
            box["advice"].append(_THEY_WILL_TELL)
    has_box = any(box["level"] == "emergency" for box in boxes)
    call = call_box(answer["overdose"], answer["sounds_urgent"] and not has_box)
    return {
        "call": call,
        # Too much of a medicine needs a call and nothing else that could hold somebody up.
        "boxes": [] if answer["overdose"] else boxes,
        "later": later,
        "together": [told for alert in answer["touched"] if (told := _together(alert, question))],
        "crisis": [] if has_crisis_box and not answer["overdose"] else crisis,
        "first": _first(question, answer),
        # An emergency box says all there is to say of the next dose; a rule to take no more says it too.
        "stop": None if is_emergency or waits or call else _stop(question, known, answer),
    }


def call_box(is_overdose, sounds_urgent):
    """The title of the box that only says whom to call, or ''. `sounds_urgent`: by words that no other box answers."""
    if is_overdose:
        return "Too much of a medicine? Call emergency help now"
    return "Is it an emergency? Call for help now" if sounds_urgent else ""


def _boxes(question, known, answer):
    """(boxes of what is met, what else to watch for). At most one box of each level, so `also` marks a second list."""
    items, advice, signs = defaultdict(list), defaultdict(list), defaultdict(list)
    for alert in answer["alerts"]:
        told = _alert_items(alert, known)
        for level, item in told:
            items[level].append(_you(item, level))
        if alert["level"] != "emergency" and _holds_back(alert, question):
            continue  # the box on the next dose says what to do
        at_its_level = any(level == alert["level"] for level, _ in told)
        advice[alert["level"] if at_its_level else "emergency"].append(
            _told(alert, question, at_once=do_at_once(alert))
        )
    for slug, texts in answer["warning_signs"].items():
        flags = [{"text": text} for text in texts]
        for box in help_for_effect({"slug": slug, "red_flags": flags}, [])["boxes"]:
            signs[box["level"]] += [_about(item, slug, answer, known) for item in box["items"]]
    for alert in answer["touched"]:
        signs["emergency"] += [sign_item(text) for text in parted(alert)[0]]
    for cell in _urgent_cells(question, answer):
        sign, action = help_signs(cell["help_text"])
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


def _urgent_cells(question, answer):
    """The cells that a source of these very medicines calls an emergency, by itself or with a sign, though no rule does."""
    if not (question.medicines and question.symptoms):
        return []
    cells = [cell for cell in answer["cells"] if cell["urgency"] == "emergency"]
    return [cell for cell in cells if cell["help_text"] and cell["reason"] == cell["help_text"]]


def _you(item, level):
    # As in help.py: "Call for emergency help now if you:" has its subject, "Call your doctor today if:" has none.
    return item if level == "emergency" else f"you {item}"


def _about(item, slug, answer, known):
    """'have one leg only, hot and painful' is no sign without its symptom; 'have cramps with dark urine' is."""
    name = lower_first(known.symptoms[slug]).split(" (")[0]
    if "have it " in item:
        return item.replace("have it ", f"have {name} ", 1)
    if len(answer["warning_signs"]) == 1 or " with " in item or name[:6].rstrip("s") in item:
        return item
    return f"{item} (with {name})"


def _told(alert, question, words=rule_sentences, at_once=""):
    """What to do and why, in the words that hold for these medicines: the fullest of them."""
    return max((words(alert, slug) for slug in question.medicines or [""]), key=len).removeprefix(at_once).strip()


def _together(alert, question):
    """A rule that a chosen symptom touches but does not meet: its signs, and what to do if several come together.

    None where no two signs belong together; what is an emergency by itself stands in the emergency box.
    """
    _, texts = parted(alert)
    if len(texts) < 2:
        return None
    signs = [upper_first(ranges_in_words(text)) for text in texts]
    return {"level": alert["level"], "signs": signs, "do": _told(alert, question, touched_words), "rule": alert["rule"]}


def _holds_back(alert, question):
    """Whether a rule met says that one of these medicines must wait."""
    return any(holds_back_dose(alert["do"], slug) for slug in question.medicines or [""])


def _first(question, answer):
    """Why the next dose has to wait. An emergency says so in its own box, which must not be told twice and weaker."""
    alerts = [alert for alert in answer["alerts"] if _holds_back(alert, question) and alert["level"] != "emergency"]
    return " ".join(_told(alert, question) for alert in alerts)


def _stop(question, known, answer):
    """{"title", "text", "drugs"}: what to say of stopping where nothing above speaks of the next dose."""
    advice = "Talk to a pharmacist or doctor first. They can change the dose, the time or the medicine."
    if _NEXT_DOSE_HARMS.intersection(question.symptoms):
        return {"title": "Ask before your next dose", "text": "Talk to a pharmacist or doctor first.", "drugs": []}
    if not answer["stop"]:
        return {"title": "Ask before you stop", "text": advice, "drugs": []}
    drugs = [
        (reverse("drug", args=[slug]), upper_first(known.medicines[slug]), sentences(text))
        for slug, text in answer["stop"].items()
        if text
    ]
    return {"title": "Do not stop a medicine on your own", "text": advice, "drugs": drugs}


def uncovered(question, known, names):
    """Sentences on what was asked and is not covered: that is an answer of its own, and never a 'no'."""
    medicines = [names[slug] for slug in question.medicines if slug not in known.medicines]
    symptoms = [names[slug] for slug in question.symptoms if slug not in known.symptoms]
    told = []
    if medicines:
        whose = "its" if len(medicines) == 1 else "their"
        told.append(f"We do not cover {listed(medicines, 'or')}. This says nothing about {whose} risk.")
    if symptoms:
        told.append(f"We do not cover {listed(symptoms, 'or')}. That does not mean that no medicine causes it.")
    return " ".join(told)
