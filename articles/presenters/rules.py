"""A red-flag rule in words, for everybody or for one medicine: what to do, why, and whether the next dose has to wait."""

import re

from .wording import parts, sentence

# 'Stop taking it', 'before the next dose', 'take no more'; but not 'do not stop suddenly by yourself'.
BEFORE_NEXT_DOSE = re.compile(
    r"(?<!not )\bstop\b(?! driving| the activity)|before the next dose|take no more\b(?! ibuprofen-like)|not take another dose",
    re.IGNORECASE,
)
# Words of the rules that name medicines. What is said of these is left out on the page of another one.
_MEDICINES = {
    "beta blockers": {"bisoprolol", "metoprolol"},
    "ibuprofen": {"ibuprofen"},
    "lisinopril": {"lisinopril"},
    "metoclopramide": {"metoclopramide"},
    "pregabalin": {"pregabalin"},
}
_ASIDE = re.compile(r" or, with (\w+)-like tablets, [^;.]+")
_DO_AT_ONCE = "take something"


def holds_back_dose(text, drug_slug=""):
    """Whether a text says that the next dose of this medicine has to wait."""
    own = drug_slug and re.search(rf"\b(stopping|take no more) {drug_slug}\b", text, re.IGNORECASE)
    return bool(own or BEFORE_NEXT_DOSE.search(text))


def own_words(text, drug_slug=""):
    """The parts of a rule's text that hold for this medicine; without one, those that hold for every medicine."""
    text = _ASIDE.sub(lambda aside: aside[0] if aside[1] == drug_slug else "", text)
    return [part for part in parts(text) if part.lower().startswith("take no more") or _is_about(part, drug_slug)]


def rule_sentences(rule, drug_slug=None):
    """'Get a blood test arranged today. Call an ambulance for a fit.' and why, as sentences.

    With a medicine, only what is true of it.
    """
    said = [part for text in (rule["do"], rule["why"]) for part in _words(text, drug_slug)]
    return " ".join(sentence(part) for part in said)


def do_at_once(rule):
    """What to do before any call ('Take something sugary now and check blood sugar.'), else ''."""
    first = parts(rule["do"])[0]
    return sentence(first) if first.lower().startswith(_DO_AT_ONCE) else ""


def touched_words(rule, drug_slug):
    """The same of a rule that is not met: whoever calls an ambulance is told there about the next dose."""
    if rule["level"] != "emergency":
        return rule_sentences(rule, drug_slug)
    orders = own_words(rule["do"], drug_slug)
    # 'Call an ambulance now and do not take another dose': the call stays, the dose is theirs to speak of.
    clauses = [clause for part in orders for clause in part.split(" and ")] if _any_holds(orders, drug_slug) else orders
    do = [clause for clause in clauses if not holds_back_dose(clause, drug_slug)]
    told = [] if do == orders else ["Say what you take. They will tell you about the next dose"]
    return " ".join(sentence(part) for part in (*do, *told, *own_words(rule["why"], drug_slug)))


def _any_holds(orders, drug_slug):
    return any(holds_back_dose(order, drug_slug) for order in orders)


def help_first(help_text, rules, drug_slug, *, is_emergency):
    """{"title", "text"} for get_help_first_box.html where a source says that the next dose has to wait, else None.

    An emergency is never put off until the next dose, so its title is the order itself.
    """
    for rule in rules:
        if holds_back_dose(rule["do"], drug_slug):
            order, *rest = (sentence(part) for part in own_words(rule["do"], drug_slug))
            why = [sentence(part) for part in own_words(rule["why"], drug_slug)]
            if rule["level"] == "emergency":
                return {"title": order.rstrip("."), "text": " ".join([*rest, *why])}
            return {"title": "", "text": " ".join([order, *rest, *why])}
    if not holds_back_dose(help_text, drug_slug):
        return None
    return {"title": "Get emergency help now" if is_emergency else "", "text": sentence(help_text)}


def _words(text, drug_slug):
    return parts(text) if drug_slug is None else own_words(text, drug_slug)


def _is_about(part, drug_slug):
    named = [slugs for words, slugs in _MEDICINES.items() if words in part.lower()]
    return not named or any(drug_slug in slugs for slugs in named)
