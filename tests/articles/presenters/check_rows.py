"""Small names and answers that the tests of the check's words share."""

from types import SimpleNamespace

from articles.check import Answer
from articles.known import Known
from articles.question import Question
from articles.understanding.understood import Named, Understood

_SYMPTOMS = {
    "headache": "Headache",
    "dry-mouth": "Dry mouth",
    "swelling": "Swelling of the face, lips or tongue",
    "swelling-face-angioedema": "Swelling of the face",
    "longest": "Restless legs getting worse earlier on treatment",
}
COMMON = {"per": 100, "low": 1, "high": 10, "open": False, "placebo": None, "percent": [1, 10]}
RARE = {"per": 10_000, "low": 1, "high": 10, "open": False, "placebo": None, "percent": [0.01, 0.1]}
CRISIS = {"purpose": "crisis", "countries": "US", "number": "988", "name": "Lifeline", "how": "call or text"}


def known(**fields):
    """What a tiny site knows; `flags`: {effect: [warning signs]}."""
    flags = fields.pop("flags", {})
    effects = {
        slug: {
            "slug": slug,
            "name": name,
            "red_flags": [{"key": f"r{number}", "text": text} for number, text in enumerate(flags.get(slug, ()))],
        }
        for slug, name in _SYMPTOMS.items()
    }
    everything = {
        "medicines": {"amlodipine": "amlodipine", "ibuprofen": "ibuprofen", "sertraline": "sertraline"},
        "symptoms": _SYMPTOMS,
        "classes": {"amlodipine": ("blockers", "Calcium-channel blockers"), "sertraline": ("ssris", "SSRIs")},
        "areas": {"headache": "head", "dry-mouth": "mouth and teeth", "swelling": "face and throat"},
        "listed_by": {"headache": 2},
        "uses": {"amlodipine": "high blood pressure and angina"},
        "effects": effects,
        "stops": {},
        "rules": [],
        "cascades": [],
        "help_lines": [CRISIS],
        "look_alikes": {},
        "related": {},
        "lexicon": SimpleNamespace(names=range(8_000)),
    }
    return Known(**(everything | fields))


def cell(medicine="amlodipine", symptom="headache", *, urgency="ask", reason="", help_text="", **fields):
    """A cell of the dict, and the row that its words are made from."""
    headline = fields.get("headline", COMMON)
    listing = {"when_to_get_help": help_text} | fields.pop("listing", {})
    shown = {"medicine": medicine, "symptom": symptom, "state": "listed", "urgency": urgency, "findings": []}
    shown |= {"headline": headline, "url": f"/medicines/{medicine}/{symptom}/"} | fields
    return shown, {"headline": headline, "urgency_reason": reason, "listing": listing}


def not_listed(medicine="amlodipine", symptom="headache"):
    return (
        {
            "medicine": medicine,
            "symptom": symptom,
            "state": "not_listed",
            "urgency": None,
            "headline": None,
            "findings": [],
            "url": f"/medicines/{medicine}/",
        },
        None,
    )


def not_covered(medicine, symptom="headache"):
    shown, _ = not_listed(medicine, symptom)
    return shown | {"state": "not_covered", "url": None}, None


def found(medicines=(), symptoms=(), *cells, heard=None, result=None, problems=(), **fields):
    """An answer to a question that chose these slugs."""
    understood = {
        "medicines": [_chosen("medicine", slug) for slug in medicines],
        "symptoms": [_chosen("symptom", slug) for slug in symptoms],
    }
    slugs = dict.fromkeys(shown["medicine"] for shown, row in cells if row)
    everything = {
        "query": "",
        "understood": understood,
        "did_you_mean": [],
        "not_covered": [],
        "ambiguous": [],
        "not_understood": [],
        "alerts": [],
        "cells": [shown for shown, _ in cells],
        "ranking": [{"medicine": slug, "matches": 1} for slug in slugs] if symptoms else [],
        "cascade": [],
    }
    rows = {(shown["medicine"], shown["symptom"]): row for shown, row in cells if row}
    ranking = [] if symptoms else [(shown["symptom"], 1) for shown, row in cells if row]
    return Answer(
        Question(list(medicines), list(symptoms), problems=list(problems)),
        heard or Understood(),
        everything | (result or {}),
        **({"rows": rows, "symptom_ranking": ranking} | fields),
    )


def _chosen(kind, slug):
    return {"typed": slug, "slug": slug, "name": slug, "how": "exact"}


def typed(kind, word, slug, name, *, start=0, **fields):
    """A piece of free text that was understood."""
    return Named(kind, word, slug, name, fields.pop("how", "synonym"), start, start + len(word), **fields)


def signs(*texts, together=False):
    """Signs of a rule as its content has them; `together`: each counts only with another one."""
    return [{"text": text, "effects_together": ["headache"]} if together else {"text": text} for text in texts]


def alert(level="emergency", **fields):
    rule = {"rule": "pain", "level": level, "signs": signs("pain in the chest"), "several": False, "by": []}
    return rule | {"do": "Call an ambulance now; rest", "why": "May be a heart attack.", "sources": []} | fields
