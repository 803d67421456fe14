"""A red-flag rule in words, for everybody or for one medicine."""

import pytest

from articles.models import Document
from articles.presenters.rules import _MEDICINES, do_at_once, help_first, holds_back_dose, own_words, rule_sentences

SWELLING = {
    "level": "emergency",
    "do": "Call an ambulance now and do not take another dose.",
    "why": "It can close the airway; lisinopril and pregabalin are among the medicines that can cause it.",
}


@pytest.mark.parametrize(
    ("text", "drug", "waits"),
    [
        ("take no more ibuprofen-like tablets", "ibuprofen", True),
        ("take no more ibuprofen-like tablets", "sertraline", False),
        ("stopping metoclopramide early matters", "metoclopramide", True),
        ("stopping metoclopramide early matters", "quetiapine", False),
        ("stop the activity and get help at once", "prednisolone", False),
        ("do not stop suddenly by yourself", "bisoprolol", False),
        ("before the next dose", "", True),
    ],
)
def test_next_dose_waits_only_for_the_medicine_that_is_meant(text, drug, waits):
    assert holds_back_dose(text, drug) is waits


@pytest.mark.parametrize(
    ("text", "drug", "kept"),
    [
        (SWELLING["why"], "omeprazole", ["It can close the airway"]),
        ("an inflamed pancreas or, with ibuprofen-like tablets, an ulcer", "mirtazapine", ["an inflamed pancreas"]),
        (
            "an inflamed pancreas or, with ibuprofen-like tablets, an ulcer",
            "ibuprofen",
            ["an inflamed pancreas or, with ibuprofen-like tablets, an ulcer"],
        ),
        ("call; take no more ibuprofen-like tablets", "sertraline", ["call", "take no more ibuprofen-like tablets"]),
        ("sugar; beta blockers can hide it", "metformin", ["sugar"]),
        ("sugar; beta blockers can hide it", "bisoprolol", ["sugar", "beta blockers can hide it"]),
    ],
)
def test_reason_about_another_medicine_is_left_out(text, drug, kept):
    assert own_words(text, drug) == kept


def test_without_a_medicine_the_whole_rule_speaks():
    assert "Lisinopril and pregabalin" in rule_sentences(SWELLING)
    assert "isinopril" not in rule_sentences(SWELLING, "omeprazole")


def test_emergency_has_its_order_as_the_title():
    found = help_first("", [SWELLING], "omeprazole", is_emergency=True)

    assert found == {"title": "Call an ambulance now and do not take another dose", "text": "It can close the airway."}


def test_only_what_helps_at_once_goes_into_the_box():
    assert do_at_once({"do": "Take something sugary now; call."}) == "Take something sugary now."
    assert do_at_once({"do": "Take no more until advised."}) == ""


def test_every_medicine_that_a_rule_names_is_known(db):
    live = Document.objects.contents(drug=None, red_flag=None)
    drugs = {slug for kind, slug in live if kind == "drug"}
    texts = [f"{rule['do']} {rule['why']}".lower() for (kind, _), rule in live.items() if kind == "red-flag"]

    named = {drug for drug in drugs if any(drug in text for text in texts)}
    # 'Take no more metformin' stands in a rule about metformin alone.
    assert named - {"metformin"} <= set(_MEDICINES)
