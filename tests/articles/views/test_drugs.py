from pathlib import Path

import pytest
from django.conf import settings

from articles import workflow
from articles.models import Document, ListedEffect

from ... import factories

AMITRIPTYLINE, SALBUTAMOL = "/medicines/amitriptyline/", "/medicines/salbutamol/"


def headings(found):
    return [" ".join(element["text"].split()) for element in found.elements if element["tag"] in ("h2", "h3")]


# The list


def test_list_shows_every_medicine_under_its_letter_and_its_brands_point_to_it(page):
    found = page("/medicines/")

    drugs = Document.objects.live().filter(kind="drug").values_list("slug", flat=True)
    assert {f"/medicines/{slug}/" for slug in drugs} <= found.links
    assert "Norvasc (US), see amlodipine" in found.text
    assert "Albuterol (US), see salbutamol" in found.text


def test_letter_without_entries_is_plain_text(page):
    found = page("/medicines/")

    letters = {letter["text"] for letter in found.all("span") if len(letter["text"]) == 1}
    assert letters and not any(f"#{letter}" in found.links for letter in letters)


def test_list_by_group(page):
    found = page("/medicines/?by=class")

    assert "Calcium-channel blockers" in headings(found)
    assert "Norvasc" not in found.text


@pytest.mark.parametrize("address", ["/medicines/", "/medicines/?by=class"])
def test_list_takes_one_query(page, django_assert_num_queries, address):
    with django_assert_num_queries(1):
        page(address)


def test_withdrawn_medicine_leaves_the_list(page):
    workflow.withdraw(Document.objects.get(slug="amlodipine"), by=factories.publisher(), reason="Wrong figures.")

    found = page("/medicines/")

    assert "/medicines/amlodipine/" not in found.links
    page("/medicines/amlodipine/", status=410)


# One medicine


@pytest.mark.parametrize("address", [AMITRIPTYLINE, f"{AMITRIPTYLINE}?by=body", SALBUTAMOL])
def test_medicine_takes_four_queries_however_many_effects_it_has(page, django_assert_num_queries, address):
    with django_assert_num_queries(4):
        page(address)


def test_medicine_begins_with_its_names_its_use_and_the_call_out(page):
    found = page("/medicines/amlodipine/")

    assert found.h1 == "Amlodipine"
    assert "Say it: am LOE di peen. Also sold as Norvasc (US), Katerzia (US)" in found.text
    assert "It is used for high blood pressure and angina (chest pain from narrowed heart arteries)." in found.text
    assert "Do not stop amlodipine on your own" in headings(found)


def test_medicine_without_a_stop_warning_says_ask_first(page):
    found = page("/medicines/atorvastatin/")

    assert not any(heading.startswith("Do not stop") for heading in headings(found))
    assert "Ask before you stop taking it." in found.text


@pytest.mark.parametrize("address", [AMITRIPTYLINE, f"{AMITRIPTYLINE}?by=body"])
def test_every_listed_effect_stands_on_the_page_once(page, address):
    found = page(address)

    rows = ListedEffect.objects.filter(drug_slug="amitriptyline").values_list("effect_slug", flat=True)
    pairs = [
        link["attributes"]["href"] for link in found.all("a") if link["attributes"]["href"].startswith(AMITRIPTYLINE)
    ]
    assert sorted(pairs) == sorted(
        [f"{AMITRIPTYLINE}{slug}/" for slug in rows] + [AMITRIPTYLINE, f"{AMITRIPTYLINE}?by=body"]
    )


def test_urgent_effects_stand_before_frequent_ones_and_extra_ones_last(page):
    found = page(AMITRIPTYLINE)

    order = headings(found)
    assert order.index("Get help now or today for these") < order.index("10 or more in every 100 people")
    assert order.index("No number found") < order.index("Also listed") < order.index("How it works")


def test_sign_that_is_an_emergency_does_not_make_the_symptom_one(page):
    urgent = page(AMITRIPTYLINE).text.partition("Get help now or today for these")[2].partition("Other side effects")[0]

    assert "Numbness" not in urgent
    assert "Signs of a stroke" in urgent


def test_page_never_claims_our_marks_of_a_source(page):
    text = page(AMITRIPTYLINE).text.lower()

    assert "very-common" not in text and "not-known" not in text and "serious side effect" not in text


def test_body_view_groups_by_where_it_is(page):
    assert "Legs and feet" in headings(page(f"{AMITRIPTYLINE}?by=body"))


def test_claims_gaps_doses_links_and_codes_are_there(page):
    found = page("/medicines/amlodipine/")

    for heading in ("Usual doses", "What people often say", "Where sources disagree", "What we could not find"):
        assert heading in headings(found)
    assert "RxCUI: 17767" in found.text and "ATC: C08CA01" in found.text
    assert any("medlineplus" in link for link in found.links)
    assert {"/articles/does-amlodipine-cause-leg-cramps/", "/check/?medicine=amlodipine"} <= found.links


def test_prednisolone_says_that_prednisone_is_another_medicine(page):
    text = page("/medicines/prednisolone/").text

    assert "Prednisone (sold as Deltasone" in text
    assert "never load" not in text


def test_shipped_medicine_says_when_it_was_checked_and_that_nobody_signed(page):
    text = page(SALBUTAMOL).text

    assert "Facts last checked 20 November 2026; next review due in 12 months, on 20 November 2027." in text
    assert "The facts were compared with the sources listed on this page. Not yet signed off by a clinician." in text


def test_signed_medicine_names_its_writer_and_its_clinician(page):
    factories.published(factories.source_content())
    factories.published(factories.effect_content())
    factories.published(factories.drug_content(), by=factories.writer(first_name="Wanda", last_name="Writer"))

    text = page("/medicines/testamol/").text

    assert "Written by Wanda Writer." in text
    assert "Signed off by Rita Rahman (Pharmacist, TEST 1234567) on" in text
    assert "Not yet signed off" not in text


def test_draft_of_a_medicine_is_hidden_from_readers(page):
    medicine = factories.published_world()
    content = medicine.live.content
    factories.draft(content | {"patient_words": "a secret tablet"})

    assert "secret" not in page("/medicines/testamol/").text


def test_page_may_be_kept_for_a_minute(page):
    assert page(SALBUTAMOL).response.headers["Cache-Control"] == "public, max-age=60, stale-if-error=86400"


@pytest.mark.parametrize(
    "address", ["/medicines/nothing/", "/medicines/amlodipine/nothing/", "/medicines/nothing/muscle-cramps/"]
)
def test_unknown_medicine_or_pair_is_not_found(page, address):
    page(address, status=404)


@pytest.mark.parametrize(
    "slug", sorted(Path(settings.BASE_DIR, "fixtures/medicines").glob("*.yaml")), ids=lambda p: p.stem
)
def test_every_medicine_prints_the_numbers_to_call_in_its_text(page, slug):
    main = page(f"/medicines/{slug.stem}/").html.partition("<main")[2].partition("</main")[0]

    assert 'href="tel:999"' in main.partition('id="side-effects"')[0]
