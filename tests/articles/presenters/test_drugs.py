import pytest

from articles.presenters import drugs

from .rows import DRUG, Urgency, counted, row


def test_symptoms_that_need_help_by_themselves_come_first_and_most_urgent_first():
    rows = [
        row("today", urgency=Urgency.TODAY, listing={"serious": True}),
        row("now", urgency=Urgency.EMERGENCY, urgency_reason="May be a stroke."),
        row(
            "sign-only",
            urgency=Urgency.EMERGENCY,
            urgency_reason="x: ambulance",
            listing={"when_to_get_help": "x: ambulance"},
        ),
    ]

    assert [line["name"] for line in drugs.urgent_group(rows)] == ["Now", "Today"]
    assert [line["name"] for group in drugs.often_groups(rows) for line in group["rows"]] == ["Sign only"]


def test_what_is_also_listed_stands_apart_but_never_when_it_is_urgent():
    urgent = row("urgent-extra", extra=True, urgency=Urgency.TODAY, listing={"serious": True})
    rows = [row("main"), row("extra", extra=True), urgent]

    assert [line["name"] for line in drugs.urgent_group(rows)] == ["Urgent extra"]
    assert [line["name"] for group in drugs.extra_groups(rows) for line in group["rows"]] == ["Extra"]
    assert [line["name"] for group in drugs.often_groups(rows) for line in group["rows"]] == ["Main"]


def test_groups_go_from_often_to_no_number():
    rows = [
        row("unknown"),
        row("seldom", **counted(0.1, 1)),
        row("often", **counted(10.8, 10.8)),
        row("at-times", **counted(1, 10)),
    ]

    assert [group["title"] for group in drugs.often_groups(rows)] == [
        "10 or more in every 100 people",
        "1 to 10 in every 100 people",
        "1 to 10 in every 1,000 people",
        "No number found",
    ]


def test_body_groups_hold_the_same_rows():
    rows = [
        row("a", body_area="skin"),
        row("b", body_area="eyes", **counted(3, 3)),
        row("c", body_area="skin", extra=True),
    ]

    assert [(group["title"], len(group["rows"])) for group in drugs.body_groups(rows)] == [("Eyes", 1), ("Skin", 1)]


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("blood pressure can come back", "Blood pressure can come back. Talk to a pharmacist or doctor first."),
        (
            "headache and feeling sick; reduce gradually",
            "Stopping can bring headache and feeling sick. Reduce gradually. Talk to a pharmacist or doctor first.",
        ),
        (
            "no withdrawal illness described",
            "We found no source that says what happens if you stop. Talk to a pharmacist or doctor first.",
        ),
        (
            "no withdrawal illness described; blood sugar may rise",
            "Blood sugar may rise. Talk to a pharmacist or doctor first.",
        ),
        (
            "no withdrawal illness described; check with the prescriber",
            "Check with the prescriber. Talk to a pharmacist or doctor first.",
        ),
        ("", "Talk to a pharmacist or doctor first."),
    ],
)
def test_stop_words_are_sentences(told, text):
    assert drugs.stop_words({"stop_effects": told})["text"] == text


def test_names_stand_by_country_and_sold_ones_first():
    content = DRUG | {
        "us_name": "testerol",
        "names": [
            {"key": "a", "name": "Gone", "kind": "brand", "country": "UK", "discontinued": True},
            {"key": "b", "name": "Usa", "kind": "brand", "country": "US"},
            {"key": "c", "name": "Brit", "kind": "brand", "country": "UK"},
            {"key": "d", "name": "testamolum", "kind": "other-name"},
        ],
    }

    assert drugs.name_groups(content) == [
        ("Name in the US", "testerol"),
        ("Other names", "testamolum"),
        ("Brand names in the US", "Usa"),
        ("Brand names in the UK", "Brit"),
        ("No longer sold", "Gone"),
    ]
    assert drugs.names_at_top(content) == {"names": "testerol, Usa (US), Brit (UK), testamolum", "more": 0}


def test_many_names_are_cut_at_the_top():
    content = DRUG | {"names": [{"key": f"n{number}", "name": f"Brand {number}"} for number in range(20)]}

    assert drugs.names_at_top(content)["more"] == 14


def test_note_to_whoever_loads_data_is_not_for_readers():
    content = DRUG | {
        "related": [{"key": "r", "name": "other", "note": "a different medicine; never load these as brands"}]
    }

    page = drugs.drug_page(content, [], {}, [])

    assert page["related"] == [{"name": "Other", "brands": "", "note": "A different medicine."}]


def test_same_words_never_lead_to_two_official_pages():
    rows = [
        {"key": "a", "label": "NHS", "url": "https://www.nhs.uk/medicines/testamol/"},
        {
            "key": "b",
            "label": "NHS",
            "url": "https://www.nhs.uk/medicines/testamol/side-effects-of-testamol/",
            "note": "UK",
        },
    ]

    page = drugs.drug_page(DRUG | {"links": rows}, [], {}, [])

    assert [label for _, label in page["links"]] == ["NHS", "NHS: side effects of testamol (UK)"]


def rule(level, *texts, together=False, **fields):
    name = "effects_together" if together else "effects"
    rows = [{"key": f"s{number}", "text": text, name: ["an-effect"]} for number, text in enumerate(texts)]
    return {"slug": "rule", "level": level, "drugs": ["testamol"], "signs": rows, "do": "Call.", "why": "x"} | fields


def test_signs_that_are_each_enough_are_items_of_their_own():
    found = drugs.rule_signs("testamol", [rule("today", "new pain", "dark urine")])

    assert [box["items"] for box in found] == [["you have new pain", "you have dark urine"]]
    assert drugs.rule_signs("other", [rule("today", "new pain")]) == []


def test_signs_that_count_together_are_never_joined_with_or():
    found = drugs.rule_signs("testamol", [rule("emergency", "diarrhoea", "fever", together=True)])

    assert [box["items"] for box in found] == [["have some of these together: diarrhoea; fever"]]


def test_sign_that_is_an_emergency_leaves_the_box_for_today():
    sugar = rule("today", "shaky, sweaty", "trouble speaking", together=True, do="Take something sugary now; call.")

    assert drugs.rule_signs("testamol", [sugar]) == [
        {"level": "emergency", "items": ["have trouble speaking"], "start": ""},
        {"level": "today", "items": ["you are shaky, sweaty"], "start": "Take something sugary now."},
    ]


def test_rule_for_everybody_that_names_a_listed_effect_gives_its_chief_sign():
    stroke = rule("emergency", "sudden weakness of one side", "sudden headache", any_medicine=True, drugs=[])

    assert drugs.rule_signs("testamol", [stroke], [row("other")]) == []
    assert [box["items"] for box in drugs.rule_signs("testamol", [stroke], [row("an-effect")])] == [
        ["have sudden weakness of one side"]
    ]


def test_crisis_lines_stand_on_medicines_that_can_bring_thoughts_of_suicide():
    line = {"purpose": "crisis", "countries": "US", "number": "988", "name": "Lifeline", "how": "call or text"}

    with_it = drugs.drug_page(DRUG, [row("suicidal-thoughts")], {}, [], help_lines=[line])
    without = drugs.drug_page(DRUG, [row("nausea")], {}, [], help_lines=[line])

    assert [line["tel"] for line in with_it["crisis"]] == ["988"]
    assert without["crisis"] == []
