import pytest

from ...factories import drug_content, effect_content, listing, source_content
from .checked import found, only

SERIOUS = "effects test-ache when_to_get_help"
FOUND_EFFECT = {"terms": [{"key": "t", "text": "ache"}], "sources": ["test-label"]}
SIGN = [{"key": "s", "text": "you faint"}]


def effect(**changes):
    return effect_content(**(FOUND_EFFECT | changes))


def document(kind, **fields):
    return {"kind": kind, "slug": "x"} | fields


RULE = document("red-flag", level="today", signs=SIGN, do="Call your doctor.", why="It can be bad.")
CASCADE = document("cascade", causes=["testamol"], effect="test-ache", question="Is it the pill?", evidence="A study.")


def test_sound_facts_have_no_problems():
    assert found(drug_content(effects=[listing(findings=[{"band": "rare"}])])) == {}
    assert found(effect(red_flags=SIGN, self_care="rest", self_care_sources=["test-label"])) == {}
    assert found(source_content()) == {}
    assert found(RULE | {"sources": ["test-label"]}) == {}
    assert found(CASCADE | {"sources": ["test-label"]}) == {}


def test_figure_without_a_source_holds_a_medicine_back():
    content = drug_content(effects=[listing(findings=[{"band": "rare", "sources": []}], sources=[])])

    assert list(found(content).items()) == [
        ("The side effect 'test-ache' names no source. Name one.", (("effects", "test-ache", "sources"), True)),
        (
            "A figure of 'test-ache' (f1) names no source. Name the one that states it.",
            (("effects", "test-ache", "findings", "f1", "sources"), True),
        ),
    ]


@pytest.mark.parametrize(
    ("content", "path", "binding"),
    [
        (drug_content(doses=[{"key": "d", "use": "aches", "dose": "5 mg"}]), "doses d sources", True),
        (
            drug_content(claims=[{"key": "c", "claim": "It aches.", "verdict": "no", "detail": "It does not."}]),
            "claims c sources",
            True,
        ),
        (drug_content(effects=[listing(timing_onset="soon")]), "effects test-ache timing_sources", True),
        (drug_content(effects=[]), "effects", True),
        (drug_content(stop_effects="It comes back"), "stop_sources", True),
        (drug_content(stop_warning=True, stop_sources=["test-label"]), "stop_effects", True),
        (drug_content(stop_warning=True, stop_effects="It comes back"), "stop_sources", True),
        (drug_content(mechanism="It widens vessels"), "mechanism_sources", False),
        (effect(self_care="rest"), "self_care_sources", True),
        (effect(other_causes="a cold"), "other_causes_sources", True),
        (effect(red_flags=SIGN, description="", sources=["test-label"]), "description", True),
        (effect(red_flags=SIGN, sources=[]), "sources", True),
        (effect(sources=[]), "sources", False),
        (effect(terms=[]), "terms", False),
        (RULE, "sources", True),
        (CASCADE, "sources", True),
        (document("help-line", purpose="crisis", countries="UK", number="116 123"), "seen_at", True),
        (document("look-alike", name_a="A", name_b="B", why="Alike"), "seen_at", True),
    ],
)
def test_fact_without_what_it_needs_is_found(content, path, binding):
    problem = only(content)

    assert (problem.path, problem.binding) == (tuple(path.split()), binding)


def test_medicine_that_may_be_stopped_needs_no_warning_card():
    assert found(drug_content(stop_effects="Nothing was seen", stop_sources=["test-label"])) == {}


def test_serious_effect_without_help_is_a_warning_while_its_own_page_is_not_known():
    problem = only(drug_content(effects=[listing(serious=True)]))

    assert (problem.path, problem.binding) == (tuple(SERIOUS.split()), False)


def test_serious_effect_without_any_help_is_held_back():
    problem = only(drug_content(effects=[listing(serious=True)]), warned={"test-rash"})

    assert problem.sentence.startswith(
        "'test-ache' is serious, but neither here nor on the side effect's own page does"
    )
    assert (problem.path, problem.binding) == (tuple(SERIOUS.split()), True)


@pytest.mark.parametrize(
    ("fields", "warned"),
    [
        ({"serious": True, "when_to_get_help": "fainting: ambulance"}, ()),
        ({"serious": True}, {"test-ache"}),
        ({"serious": False}, ()),
    ],
)
def test_help_for_serious_effects_may_stand_on_either_page(fields, warned):
    assert found(drug_content(effects=[listing(**fields)]), warned=warned) == {}
