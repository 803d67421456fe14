"""Every pair that ships, through the presenters: orders that must never meet, and words that must never be missing."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from articles.models import Document, ListedEffect
from articles.presenters import pairs
from articles.presenters.help import crisis_lines, needs_crisis_lines
from articles.presenters.rules import holds_back_dose

Urgency = ListedEffect.Urgency
NOT_FOR_TODAY = re.compile(
    r"\bfits?\b|trouble speaking|collapse|clammy|unable to pass (any )?urine|erection lasting|inability to stand|suicid",
    re.IGNORECASE,
)
PLACE_TITLES = {"before": "Do not stop it on your own", "after": "Do not stop it on your own"}


@pytest.fixture(scope="module")
def shown(django_db_setup, django_db_blocker):
    """[(name, ListedEffect, page)] of all pairs, as the views make them; made once, because nothing here changes them."""
    with django_db_blocker.unblock():
        return all_pairs()


def all_pairs():
    live = Document.objects.contents(drug=None, effect=None, source=None, red_flag=None, help_line=None)
    of_kind = {kind: {slug: c for (k, slug), c in live.items() if k == kind} for kind in {kind for kind, _ in live}}
    rules, lines = list(of_kind["red-flag"].values()), list(of_kind["help-line"].values())
    found = []
    for row in ListedEffect.objects.order_by("drug_slug", "effect_slug"):
        drug, effect = of_kind["drug"][row.drug_slug], of_kind["effect"][row.effect_slug]
        page = pairs.pair_page(drug, row, effect, of_kind["source"], rules, lines)
        found.append((f"{row.drug_slug}/{row.effect_slug}", row, page))
    assert len(found) == 1101
    return found


def orders(page):
    """All that the page tells people to do about the medicine, title of the call-out included."""
    parts = [page["action"], page["stop"]["text"], PLACE_TITLES.get(page["stop"]["place"], "")]
    parts += [
        *(page["first"] or {}).values(),
        *page["help"]["advice"],
        *(rule["do"] for rule in page["help"]["together"]),
    ]
    parts += [item for box in page["help"]["boxes"] for item in (*box["items"], box["start"])]
    return " ".join(parts)


def test_no_page_says_both_take_no_more_and_do_not_stop(shown):
    both = [
        name
        for name, row, page in shown
        if "do not stop" in orders(page).lower() and holds_back_dose(orders(page), row.drug_slug)
    ]

    assert both == []


def test_no_emergency_is_told_to_wait_or_to_go_on(shown):
    emergencies = [(name, page["action"]) for name, row, page in shown if row.urgency == Urgency.EMERGENCY]

    assert len(emergencies) > 50
    assert [name for name, action in emergencies if "emergency help now" not in action] == []
    assert [name for name, action in emergencies if "Do not stop" in action or "next dose if" in action] == []


def test_box_that_waits_for_the_next_dose_is_never_an_emergencys(shown):
    for name, row, page in shown:
        if page["first"] and row.urgency == Urgency.EMERGENCY:
            assert page["first"]["title"], name


def test_most_people_do_not_is_said_only_where_the_numbers_say_so(shown):
    for name, row, page in shown:
        if "most people do not" in page["verdict"]:
            headline = row.headline
            assert not headline["open"] and not headline.get("more") and headline["percent"][1] <= 50, name


def test_rarely_is_never_said_beside_studies_that_found_more(shown):
    for name, row, page in shown:
        assert not ("rarely" in page["verdict"] and row.headline.get("more")), name


def test_answers_can_be_read(shown):
    nonsense = re.compile(r" to [\d,]+ or more|at most [\d,]+ do not|Up to 1 in every 10,000")

    assert [(name, page["answer"]) for name, _, page in shown if nonsense.search(page["answer"])] == []


def test_no_emergency_sign_stands_under_today_or_soon(shown):
    wrong = [
        (name, line)
        for name, _, page in shown
        for line in [
            *(item for box in page["help"]["boxes"] if box["level"] != "emergency" for item in box["items"]),
            *(sign for rule in page["help"]["together"] if rule["level"] != "emergency" for sign in rule["signs"]),
        ]
        if NOT_FOR_TODAY.search(line)
    ]

    assert wrong == []


def test_signs_are_never_joined_so_that_one_of_several_is_enough(shown):
    items = {item for _, _, page in shown for box in page["help"]["boxes"] for item in box["items"]}

    assert {"have diarrhoea", "have repeated vomiting", "have high fever"}.isdisjoint(items)
    assert any(item.startswith("have some of these together: agitation or confusion; shaking") for item in items)


def test_same_line_never_stands_twice_in_the_boxes(shown):
    for name, _, page in shown:
        items = [item.removeprefix("you ") for box in page["help"]["boxes"] for item in box["items"]]
        assert len(items) == len(set(items)), name


def test_no_page_on_an_allergy_tells_people_to_go_on(shown):
    allergies = [(name, page) for name, row, page in shown if row.effect_slug in pairs.ALLERGY]

    assert len(allergies) > 20
    for name, page in allergies:
        assert "do not stop" not in orders(page).lower(), name
        assert "emergency help now" in page["action"], name


def test_pages_on_suicide_print_the_crisis_lines(shown):
    pages = [(name, page) for name, row, page in shown if row.effect_slug == "suicidal-thoughts"]

    assert len(pages) == 12
    for name, page in pages:
        assert [(line["tel"], line["countries"]) for line in page["crisis"]] == [
            ("116123", "UK, Ireland"),
            ("988", "US"),
        ], name


def test_every_box_that_speaks_of_self_harm_has_the_crisis_lines(shown):
    for name, _, page in shown:
        said = " ".join(item for box in page["help"]["boxes"] for item in box["items"])
        assert bool(page["crisis"]) or not re.search("suicid|self-harm", said), name


def test_no_page_gives_a_reason_that_is_about_another_medicine(shown):
    named = re.compile(r"lisinopril and pregabalin|stopping metoclopramide|beta blockers can|with ibuprofen-like", re.I)

    for name, row, page in shown:
        said = named.search(" ".join([orders(page), page["urgency"]["note"]]))
        about = {"lisinopril", "pregabalin", "metoclopramide", "bisoprolol", "metoprolol", "ibuprofen"}
        assert not said or row.drug_slug in about, (name, said)
        if row.drug_slug == "quetiapine":
            assert not said, name


def test_crisis_lines_are_numbers_to_call(db):
    lines = crisis_lines(Document.objects.contents(help_line=None).values())

    html = render_to_string("components/crisis_lines.html", {"lines": lines})

    assert 'href="tel:988"' in html and 'href="tel:116123"' in html
    assert "UK, Ireland: 116 123, Samaritans (free to call at any hour)" in strip_tags(html)
    assert render_to_string("components/crisis_lines.html", {"lines": []}).strip() == ""


@pytest.mark.parametrize(
    ("effect", "listing", "needed"),
    [
        ({"slug": "suicidal-thoughts"}, {}, True),
        ({"slug": "low-mood", "red_flags": [{"key": "a", "text": "thoughts of self-harm"}]}, {}, True),
        ({"slug": "nausea", "red_flags": [{"key": "a", "text": "with yellow skin"}]}, {}, False),
    ],
)
def test_crisis_lines_are_loaded_only_where_needed(effect, listing, needed):
    assert needs_crisis_lines(effect, listing) is needed
