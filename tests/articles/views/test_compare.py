"""The compare page: what stands beside what, how it fails, and what it tells caches."""

import re

import pytest

from articles.models import ListedEffect

TWO = "/compare/?medicine=amlodipine&medicine=losartan"
FOUR = "/compare/?medicine=sertraline&medicine=citalopram&medicine=fluoxetine&medicine=mirtazapine"
HTMX = {"HX-Request": "true"}


def effect_cells(found):
    return [e["attributes"] for e in found.all("div") if {"data-medicine", "data-symptom"} <= e["attributes"].keys()]


def cell(found, medicine, symptom):
    (only,) = found.all("div", data_medicine=medicine, data_symptom=symptom)
    return only


def chosen(found):
    return [option["attributes"]["value"] for option in found.all("option") if "selected" in option["attributes"]]


# Asking


def test_asking_page_has_a_form_that_works_without_javascript(page):
    found = page("/compare/")

    form = found.one("form", id="choose")
    assert found.h1 == "Compare medicines"
    assert (form["attributes"]["action"], form["attributes"]["method"]) == ("/compare/", "get")
    assert [select["attributes"]["name"] for select in found.all("select")] == ["medicine"] * 4 + ["symptom"]
    assert "Nothing is stored." in found.text


@pytest.mark.parametrize("query", ["", "medicine=", "medicine=amlodipine", "medicine=amlodipine&medicine=nothing-here"])
def test_fewer_than_two_is_the_form_and_what_is_chosen(page, query):
    found = page(f"/compare/?{query}")

    assert found.h1 == "Compare medicines"
    assert not found.all("table")
    assert chosen(found) == [value for value in re.findall("medicine=([^&]*)", query) if value]


def test_one_medicine_leads_to_others_of_its_kind(page):
    found = page("/compare/?medicine=amlodipine")

    assert "Choose one more medicine. You can compare up to 4." in found.text
    assert "/compare/?medicine=amlodipine&medicine=nifedipine" in found.links


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/", "/compare/"),
        ("/medicines/losartan/", "/compare/?medicine=losartan"),
        ("/medicines/losartan/dizziness/", "/compare/?medicine=losartan&symptom=dizziness"),
    ],
)
def test_other_pages_lead_here(page, address, link):
    assert link in page(address).links


# Answering


def test_page_begins_with_what_not_to_do(page):
    found = page(TWO)

    after_heading = found.html.partition("</h1>")[2].lstrip()
    assert found.h1 == "Compare amlodipine and losartan"
    assert after_heading.startswith('<div class="box keep">')
    assert "Do not swap one for another on your own" in after_heading.partition("</div>")[0]
    assert {"tel:911", "tel:999", "tel:112"} <= found.links


@pytest.mark.parametrize("row", ["kind", "use", "how-it-works", "dose", "stopping"])
def test_facts_stand_side_by_side_in_the_order_chosen(page, row):
    found = page(TWO)

    cells = found.all("div", data_row=row)
    assert [c["attributes"]["data-medicine"] for c in cells] == ["amlodipine", "losartan"]
    assert all(re.search(r"Sources?:|We looked in:|We do not know of a source", c["text"]) for c in cells)


def test_every_row_has_a_cell_for_every_medicine_and_its_name_before_it(page):
    found = page(FOUR)

    rows = len(found.all("tr")) - len(found.all("thead"))
    names = [td["attributes"]["data-label"] for td in found.all("td")]
    assert names == ["Sertraline", "Citalopram", "Fluoxetine", "Mirtazapine"] * rows


def test_cell_has_its_facts_as_data_in_the_denominator_of_its_row(page):
    found = page(f"{TWO}&symptom=headache")

    amlodipine, losartan = effect_cells(found)
    assert amlodipine["data-per"] == losartan["data-per"] == "100"
    assert (losartan["data-state"], losartan["data-low"], losartan["data-placebo"]) == ("debated", "14", "17")
    assert losartan["data-urgency"] in ("emergency", "today", "soon", "self-care", "ask")
    assert "On a dummy tablet: 17 in every 100." in cell(found, "losartan", "headache")["text"]


@pytest.mark.parametrize("query", [TWO, f"{FOUR}&all=1", f"{TWO}&symptom=gum-swelling"])
def test_every_cell_names_a_source_of_the_list(page, query):
    found = page(query)

    for attributes in effect_cells(found):
        text = cell(found, attributes["data-medicine"], attributes["data-symptom"])["text"]
        assert re.search(r"Sources?: \d+\.|We looked in \d+ sources? of", text)
    assert {element["attributes"]["id"] for element in found.all("li") if "value" in element["attributes"]} <= {
        link[1:] for link in found.links
    }


def test_not_listed_is_said_as_such_and_not_as_no(page):
    found = page(f"{TWO}&symptom=gum-swelling")

    absent = cell(found, "losartan", "gum-swelling")
    assert absent["attributes"]["data-state"] == "not_listed"
    assert "Not listed" in absent["text"]
    assert "Not listed does not mean impossible." in found.text
    assert "/medicines/losartan/#sources" in found.links


def test_page_says_how_to_read_figures_of_different_studies(page):
    assert "Rates from different studies cannot be compared directly." in page(TWO).text


def test_shared_effects_come_before_those_of_one_only(page):
    rows = ListedEffect.objects.filter(drug_slug__in=("amlodipine", "losartan")).values_list("effect_slug", flat=True)
    shared = {slug for slug in rows if list(rows).count(slug) == 2}

    shown = list(dict.fromkeys(c["data-symptom"] for c in effect_cells(page(f"{TWO}&all=1"))))

    assert len(shown) == len(set(rows))
    assert set(shown[: len(shared)]) == shared


def test_all_rows_are_a_real_link(page):
    found = page(TWO)

    assert len(effect_cells(found)) < len(effect_cells(page(f"{TWO}&all=1")))
    assert {f"{TWO}&all=1#shared", f"{TWO}&all=1#single"} <= found.links


def test_chosen_side_effects_are_the_only_rows(page):
    found = page(f"{TWO}&symptom=ankle-swelling&symptom=headache")

    assert {c["data-symptom"] for c in effect_cells(found)} == {"ankle-swelling", "headache"}
    assert TWO in found.links
    assert "/check/?medicine=amlodipine&medicine=losartan&symptom=ankle-swelling&symptom=headache" in found.links


def test_chip_takes_one_away_and_keeps_the_rest(page):
    assert "/compare/?medicine=amlodipine&symptom=headache" in page(f"{TWO}&symptom=headache").links


def test_thoughts_of_suicide_have_numbers_to_call(page):
    assert {"tel:988", "tel:116123"} <= page(FOUR).links
    assert "tel:988" not in page(TWO).links


def test_page_says_who_checked_each_medicine(page):
    assert page(TWO).text.count("Not yet signed off by a clinician.") == 2


# What cannot be answered


def test_unknown_medicine_is_an_answer_beside_the_others(page):
    found = page(f"{TWO}&medicine=warfarin")

    assert "We do not cover warfarin under this name." in found.text
    assert "/search/?q=warfarin" in found.links
    assert {c["data-medicine"] for c in effect_cells(found)} == {"amlodipine", "losartan"}


def test_names_as_people_know_them_are_medicines_and_symptoms(page):
    found = page("/compare/?medicine=Norvasc&medicine=cozaar&symptom=swollen+ankles")

    assert {(c["data-medicine"], c["data-symptom"]) for c in effect_cells(found)} == {
        ("amlodipine", "ankle-swelling"),
        ("losartan", "ankle-swelling"),
    }


def test_a_misspelt_medicine_is_not_taken_for_another(page):
    found = page(f"{TWO}&medicine=amlodopine")

    assert "We do not cover amlodopine under this name." in found.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("medicine=x%2Fy&medicine=losartan", "We could not read all medicines"),
        ("medicine=%00&medicine=losartan", "We could not read all medicines"),
        ("medicine=losartan&symptom=%ff", "We could not read all side effects"),
        ("&".join(f"medicine=losartan{number}" for number in range(5)), "You chose 5 medicines."),
        ("medicine=losartan&" + "&".join(f"symptom=a{number}" for number in range(6)), "You chose 6 side effects."),
    ],
)
def test_what_cannot_be_asked_is_a_clear_page_and_nothing_is_lost(page, query, said):
    found = page(f"/compare/?{query}", status=400)

    assert found.one("p", id="status")["text"].startswith(said)
    assert set(re.findall(r"=((?:losartan|a)\d*)", query)) <= set(chosen(found))


@pytest.mark.parametrize("query", ["medicine=" + "a" * 10_000, "&".join(f"x{number}=1" for number in range(6_000))])
def test_address_that_is_too_long_is_a_clear_page(page, query):
    assert "This address is too long to read." in page(f"/compare/?{query}", status=400).text


def test_markup_in_the_address_stays_text(page):
    assert "<script>alert" not in page("/compare/?medicine=<script>alert(1)</script>", status=400).html


# Fragment, caches, queries


def test_fragment_is_contained_in_the_page(client, db):
    whole = client.get(TWO).content.decode()
    fragment = client.get(TWO, headers=HTMX).content.decode()

    without_title = re.sub(r"<title>.*?</title>\n", "", fragment)
    assert without_title.startswith('<section id="compare_results"')
    assert without_title.strip() in whole
    assert "<title>Compare amlodipine and losartan – Side Effects</title>" in fragment


def test_history_gets_the_whole_page(client, db):
    response = client.get(TWO, headers=HTMX | {"HX-History-Restore-Request": "true"})

    assert response.content.decode().startswith("<!doctype html>")


def test_answer_varies_on_what_it_reads_and_is_kept_nowhere(client, db):
    response = client.get(TWO)

    varies = {name.strip() for name in response.headers["Vary"].split(",")}
    assert {"HX-Request", "HX-History-Restore-Request"} <= varies
    assert response.headers["Cache-Control"] == "private, no-store"


def test_fragment_tells_the_address_without_what_is_empty(client, db):
    assert client.get(f"{TWO}&medicine=&symptom=", headers=HTMX).headers["HX-Push-Url"] == TWO


def test_answer_is_not_for_search_engines(page):
    assert page(TWO).all("meta", name="robots", content="noindex")
    assert not page("/compare/").all("meta", name="robots")


def test_only_reading_is_allowed(client, db):
    assert client.post("/compare/").status_code == 405


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/compare/", 1),
        ("/compare/?medicine=amlodipine", 1),
        (TWO, 4),
        (f"{TWO}&symptom=headache", 4),
        (f"{FOUR}&all=1", 4),
    ],
)
def test_number_of_queries_is_constant(client, db, django_assert_num_queries, address, number):
    client.get("/compare/")  # names and rules are read once

    with django_assert_num_queries(number):
        client.get(address)
