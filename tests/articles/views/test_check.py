"""The check's page: what stands first, how it fails, and what it tells caches."""

import re

import pytest

BOTH = "/check/?medicine=amlodipine&symptom=muscle-cramps"
HTMX = {"HX-Request": "true"}


def test_asking_page_has_a_form_that_works_without_javascript(page):
    found = page("/check/")

    form = found.one("form", id="ask")
    assert found.h1 == "Could it be my medicine?"
    assert (form["attributes"]["action"], form["attributes"]["method"]) == ("/check/", "get")
    assert {box["attributes"]["name"] for box in found.all("input", type="checkbox")} == {"medicine", "symptom"}
    assert "This does not diagnose." in found.text
    assert "Nothing is stored." in found.text


def test_form_offers_every_medicine_and_every_listed_symptom_once(page):
    boxes = page("/check/").all("input", type="checkbox")

    values = [(box["attributes"]["name"], box["attributes"]["value"]) for box in boxes]
    assert len(values) == len(set(values))
    assert sum(name == "medicine" for name, _ in values) == 36
    assert sum(name == "symptom" for name, _ in values) >= 128


def test_answer_keeps_the_ticks(page):
    boxes = page(BOTH).all("input", type="checkbox")

    assert [box["attributes"]["value"] for box in boxes if "checked" in box["attributes"]] == [
        "muscle-cramps",
        "amlodipine",
    ]


def test_grid_cell_has_its_facts_as_data(page):
    (cell,) = page(BOTH).all("div", data_medicine="amlodipine")

    assert (cell["attributes"]["data-symptom"], cell["attributes"]["data-state"]) == ("muscle-cramps", "listed")
    assert cell["attributes"]["data-urgency"] in ("emergency", "today", "soon", "self-care", "ask")


def test_figure_links_to_its_pair(page):
    assert "/medicines/amlodipine/muscle-cramps/" in page(BOTH).links


def test_warning_stands_before_everything_but_the_heading(page):
    found = page("/check/?medicine=amitriptyline&symptom=muscle-cramps&symptom=chest-pain")

    main = found.html.partition("<main")[2]
    after_heading = main.partition("</h1>")[2].lstrip()
    assert after_heading.startswith('<div class="box now">')
    assert main.index("box now") < main.index('class="box today"') < main.index('role="status"') < main.index("<form")


def test_warning_of_an_emergency_can_be_called(page):
    found = page("/check/?symptom=chest-pain")

    assert {"tel:911", "tel:999", "tel:112"} <= found.links
    assert "May be a heart attack." in found.text


def test_symptom_alone_ranks_medicines(page):
    found = page("/check/?symptom=headache")

    assert re.search(r"\d+ of the 36 medicines that we cover list headache\.", found.text)
    assert (
        len({cell["attributes"]["data-medicine"] for cell in found.elements if "data-medicine" in cell["attributes"]})
        == 30
    )


def test_medicine_alone_shows_what_it_lists(page):
    found = page("/check/?medicine=amlodipine")

    assert re.search(r"The sources list \d+ side effects of amlodipine\.", found.text)
    assert found.all("li", data_medicine="amlodipine", data_symptom="ankle-swelling")


def test_second_page_is_a_real_link(page):
    found = page("/check/?symptom=headache&page=2")

    assert "/check/?symptom=headache" in found.links


@pytest.mark.parametrize("symptom", ["gum-swelling", "nothing-we-know"])
def test_not_listed_and_not_covered_are_different_and_neither_is_no(page, symptom):
    found = page(f"/check/?medicine=sertraline&symptom={symptom}")

    state = "not_listed" if symptom == "gum-swelling" else "not_covered"
    assert found.one("div", data_medicine="sertraline")["attributes"]["data-state"] == state
    assert ("Not listed does not mean impossible." in found.text) and ("Sources for sertraline" in found.text) == (
        state == "not_listed"
    )


def test_do_not_stop_says_what_can_happen(page):
    found = page(BOTH)

    assert "Do not stop a medicine on your own" in found.text
    assert "Blood pressure and angina can come back or get worse." in found.text


def test_do_not_stop_never_stands_against_a_rule_to_stop(page):
    found = page("/check/?medicine=ciprofloxacin&symptom=tendon-problem")

    assert "Get medical help before your next dose" in found.text
    assert "Do not stop a medicine on your own" not in found.text


@pytest.mark.parametrize(
    "query",
    [
        "medicine=Amlo",
        "medicine=%ff%fe",
        "symptom=%00",
        "symptom=headache&band=often",
        "find=" + "a" * 201,
        "medicine=" + "a" * 10_000,
        "&".join(f"medicine=a{number}" for number in range(1000)),
        "&".join(f"x{number}=1" for number in range(6000)),
        "&".join(f"medicine=a{number}" for number in range(11)),
        "&".join(f"symptom=a{number}" for number in range(6)),
    ],
)
def test_what_cannot_be_asked_is_a_clear_page(page, query):
    found = page(f"/check/?{query}", status=400)

    assert found.one("p", id="status")["text"].endswith(".")
    assert found.one("form", id="ask")


@pytest.mark.parametrize(
    "query",
    [
        "medicine=no-such-medicine",
        "symptom=no-such-symptom",
        "symptom=headache&class=no-such",
        "unknown=1",
        "page=x",
        "medicine=",
    ],
)
def test_what_we_do_not_know_is_answered_all_the_same(page, query):
    assert page(f"/check/?{query}").h1


def test_markup_in_the_address_stays_text(page):
    found = page("/check/?find=<script>alert(1)</script>&medicine=<b>", status=400)

    assert "<script>alert" not in found.html
    assert "<b>" not in found.html


def test_typed_names_become_choices_in_the_address(client, db):
    response = client.get("/check/?find=Norvasc, xyz and puffy ankles&medicine=sertraline")

    assert response.status_code == 302
    assert response.headers["Location"] == (
        "/check/?medicine=sertraline&medicine=amlodipine&symptom=ankle-swelling&find=xyz"
    )


def test_typed_name_that_is_not_known_is_said_so(page):
    found = page("/check/?find=xyz")

    assert "We know no medicine or symptom called 'xyz'." in found.text
    assert found.one("input", id="find")["attributes"]["value"] == "xyz"


def test_fragment_is_contained_in_the_page(client, db):
    whole = client.get(BOTH).content.decode()
    fragment = client.get(BOTH, headers=HTMX).content.decode()

    without_title = re.sub(r"<title>.*?</title>\n", "", fragment)
    assert without_title.startswith('<section id="check_results"')
    assert without_title.strip() in whole
    assert "<title>Amlodipine and muscle cramps: could it be my medicine? – Side Effects</title>" in fragment


def test_history_gets_the_whole_page(client, db):
    response = client.get(BOTH, headers=HTMX | {"HX-History-Restore-Request": "true"})

    assert response.content.decode().startswith("<!doctype html>")


def test_answer_varies_on_what_it_reads_and_is_kept_nowhere(client, db):
    response = client.get(BOTH)

    varies = {name.strip() for name in response.headers["Vary"].split(",")}
    assert {"HX-Request", "HX-History-Restore-Request"} <= varies
    assert response.headers["Cache-Control"] == "private, no-store"


def test_fragment_tells_the_address_without_what_is_empty(client, db):
    response = client.get(BOTH + "&find=", headers=HTMX)

    assert response.headers["HX-Push-Url"] == BOTH


def test_answer_is_not_for_search_engines(page):
    assert page(BOTH).all("meta", name="robots", content="noindex")
    assert not page("/check/").all("meta", name="robots")


def test_only_reading_is_allowed(client, db):
    assert client.post("/check/").status_code == 405


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 1),
        ("?medicine=amlodipine", 4),
        ("?symptom=headache", 4),
        ("?medicine=amlodipine&symptom=muscle-cramps", 4),
        ("?medicine=amlodipine&medicine=sertraline&symptom=gum-swelling&symptom=headache&symptom=falls", 5),
        # The sources of a warning.
        ("?symptom=chest-pain", 5),
    ],
)
def test_number_of_queries_is_constant(client, db, django_assert_num_queries, query, number):
    client.get("/check/")

    with django_assert_num_queries(number):
        client.get("/check/" + query)
