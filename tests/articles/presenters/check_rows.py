"""Small names and answers that the tests of the check's words share."""

from articles.check import Names

KNOWN = Names(
    medicines={"amlodipine": "amlodipine", "sertraline": "sertraline"},
    symptoms={
        "headache": "Headache",
        "dry-mouth": "Dry mouth",
        "swelling": "Swelling of the face, lips or tongue",
        "longest": "Restless legs getting worse earlier on treatment",
    },
    classes={"amlodipine": ("blockers", "Calcium-channel blockers"), "sertraline": ("ssris", "SSRIs")},
    areas={"headache": "head", "dry-mouth": "mouth and teeth", "swelling": "face and throat"},
    listed_by={"headache": 2},
)
COMMON = {"per": 100, "low": 1, "high": 10, "open": False, "placebo": None, "percent": [1, 10]}
RARE = {"per": 10_000, "low": 1, "high": 10, "open": False, "placebo": None, "percent": [0.01, 0.1]}


def cell(medicine="amlodipine", symptom="headache", **fields):
    return {
        "medicine": medicine,
        "symptom": symptom,
        "state": "listed",
        "urgency": "ask",
        "reason": "",
        "help_text": "",
        "placebo": None,
        "headline": COMMON,
        "url": f"/medicines/{medicine}/{symptom}/",
    } | fields


def not_listed(medicine="amlodipine", symptom="headache"):
    return {
        "medicine": medicine,
        "symptom": symptom,
        "state": "not_listed",
        "urgency": "",
        "headline": None,
        "url": f"/medicines/{medicine}/",
    }


def result(*cells, **fields):
    return {
        "covers": 36,
        "alerts": [],
        "cells": list(cells),
        "ranking": [
            {"medicine": slug, "matches": 1} for slug in dict.fromkeys(c["medicine"] for c in cells if c["headline"])
        ],
        "facets": {},
        "pages": 1,
        "page": 1,
        "looked_in": {},
        "sources": {},
        "stop": {},
        "warning_signs": {},
        "touched": [],
        "overdose": False,
        "sounds_urgent": False,
        "brands": [],
        "crisis": [],
    } | fields


def signs(*texts, together=False):
    """Signs of a rule as its content has them; `together`: each counts only with another one."""
    return [{"text": text, "effects_together": ["headache"]} if together else {"text": text} for text in texts]


def alert(level="emergency", **fields):
    rule = {"rule": "pain", "level": level, "signs": signs("pain in the chest"), "several": False, "by": []}
    return rule | {"do": "Call an ambulance now; rest", "why": "May be a heart attack.", "sources": []} | fields
