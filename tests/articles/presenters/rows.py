"""Small contents and unsaved ListedEffects that the tests of medicine, pair and symptom pages share."""

from articles.models import ListedEffect

Urgency = ListedEffect.Urgency

DRUG = {"slug": "testamol", "name": "testamol", "patient_words": "a tablet for tests", "drug_class": "Test tablets"}
ACHE = {
    "slug": "test-ache",
    "name": "Test ache",
    "clinical_term": "Dolor",
    "description": "It aches.",
    "body_area": "legs",
}
SOURCE = {
    "title": "Test label",
    "publisher": "Test agency",
    "source_kind": "regulator-label",
    "strength": "good",
    "facts_checked": "2026-11-20",
}


def row(effect="test-ache", **fields):
    listing = {"key": effect, "sources": ["label"]} | fields.pop("listing", {})
    return ListedEffect(
        drug_slug="testamol",
        drug_name="testamol",
        effect_slug=effect,
        effect_name=effect.replace("-", " ").capitalize(),
        **{
            "body_area": "legs and feet",
            "headline": None,
            "per_million": 0,
            "urgency": Urgency.ASK,
            "urgency_reason": "",
            "debated": False,
            "serious": False,
            "extra": False,
            "listing": listing,
        }
        | fields,
    )


def counted(low, high, *, per=100, placebo=None, is_open=False, **limits):
    per_million = round(high * 10_000)
    headline = {"per": per, "low": low, "high": high, "open": is_open, "placebo": placebo, "percent": (low, high)}
    return {"headline": headline | limits, "per_million": per_million}
