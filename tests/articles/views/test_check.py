"""The check's page: what stands first, how it fails, and what it tells caches."""

import re

import pytest

BOTH = "/check/?medicine=amlodipine&symptom=muscle-cramps"
HTMX = {"HX-Request": "true"}
ELEVEN = (
    "amlodipine gabapentin sertraline losartan lisinopril tramadol fluoxetine omeprazole metformin ibuprofen furosemide"
)


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

    assert (cell["attributes"]["data-symptom"], cell["attributes"]["data-state"]) == ("muscle-cramps", "debated")
    assert cell["attributes"]["data-urgency"] in ("emergency", "today", "soon", "self-care", "ask")


def test_figure_links_to_its_pair(page):
    assert "/medicines/amlodipine/muscle-cramps/" in page(BOTH).links


def test_warning_stands_before_everything_but_the_heading(page):
    found = page("/check/?medicine=amitriptyline&symptom=muscle-cramps&symptom=chest-pain")

    main = found.html.partition("<main")[2]
    after_heading = main.partition("</h1>")[2].lstrip()
    assert after_heading.startswith('<div class="box now"')
    assert main.index("box now") < main.index('class="box today"') < main.index('role="status"') < main.index("<form")


def test_warning_of_an_emergency_can_be_called(page):
    found = page("/check/?symptom=chest-pain")

    assert {"tel:911", "tel:999", "tel:112"} <= found.links
    assert "May be a heart attack." in found.text


def test_symptom_alone_ranks_medicines(page):
    found = page("/check/?symptom=headache")

    assert re.search(r"\d+ of the 36 medicines that we cover list headache\.", found.text)
    cells = [element for element in found.elements if "data-state" in element["attributes"]]
    assert len({cell["attributes"]["data-medicine"] for cell in cells}) == 30


def test_medicine_alone_shows_what_it_lists(page):
    found = page("/check/?medicine=amlodipine")

    assert re.search(r"The sources list \d+ side effects of amlodipine\.", found.text)
    assert found.all("li", data_medicine="amlodipine", data_symptom="ankle-swelling")


def test_second_page_is_a_real_link(page):
    found = page("/check/?symptom=headache&page=2")

    assert "/check/?symptom=headache" in found.links


@pytest.mark.parametrize(("medicine", "state"), [("sertraline", "not_listed"), ("warfarin", "not_covered")])
def test_not_listed_and_not_covered_are_different_and_neither_is_no(page, medicine, state):
    found = page(f"/check/?medicine={medicine}&symptom=gum-swelling")

    assert found.one("div", data_medicine=medicine)["attributes"]["data-state"] == state
    assert "Not listed does not mean impossible." in found.text
    assert ("Sources for sertraline" in found.text) == (state == "not_listed")


def test_do_not_stop_says_what_can_happen(page):
    found = page(BOTH)

    assert "Do not stop a medicine on your own" in found.text
    assert "Blood pressure and angina can come back or get worse." in found.text


def test_do_not_stop_never_stands_against_a_rule_to_stop(page):
    found = page("/check/?medicine=ciprofloxacin&symptom=tendon-problem")

    assert "Get medical help before your next dose" in found.text
    assert "Do not stop a medicine on your own" not in found.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("medicine=ibuprofen&symptom=stomach-bleeding", "Take no more ibuprofen-like tablets."),
        ("medicine=metformin&symptom=lactic-acidosis", "Take no more metformin."),
        ("medicine=alendronate&symptom=chest-pain", "Take no more until you have called the doctor today."),
        ("medicine=tramadol&symptom=slow-breathing", "They will tell you about the next dose."),
        ("medicine=bisoprolol&symptom=chest-pain", "They will tell you about the next dose."),
        ("symptom=chest-pain", "They will tell you about the next dose."),
        ("medicine=atorvastatin&symptom=headache", "Ask before you stop"),
        ("symptom=headache", "Ask before you stop"),
        ("medicine=tramadol&symptom=allergic-reaction", "Ask before your next dose"),
    ],
)
def test_nobody_is_told_to_go_on_in_an_emergency_or_without_a_source(page, query, said):
    found = page(f"/check/?{query}")

    assert said in found.text
    assert "Do not stop" not in found.html.partition('id="ask"')[0]


@pytest.mark.parametrize(
    "query", ["medicine=salbutamol&symptom=breathless&symptom=wheeze", "symptom=breathless&symptom=wheeze"]
)
def test_reliever_is_never_held_back_in_an_asthma_attack(page, query):
    found = page(f"/check/?{query}")

    assert "do not take another dose" not in found.text
    assert "before your next dose" not in found.text
    assert found.all("div", class_="now")


def test_asthma_attack_has_its_emergency_box_first(page):
    found = page("/check/?medicine=salbutamol&symptom=breathless&symptom=wheeze")

    after_heading = found.html.partition("</h1>")[2].lstrip()
    assert after_heading.startswith('<div class="box now"')
    assert "use another reliever and get help at once" in after_heading.partition("</ul>")[0]


def test_signs_to_call_for_stand_before_what_was_not_found_and_look_alike_names(page):
    found = page("/check/?medicine=amlodipine&symptom=slow-breathing")
    headings = [heading["text"] for heading in found.all("h2")]

    assert headings.index("When to get help") < headings.index("We found nothing listed. What now?")
    assert headings.index("When to get help") < headings.index("About the names")


def test_rule_that_lacks_a_sign_stands_below_the_grid_as_signs_that_come_together(page):
    found = page("/check/?medicine=metformin&symptom=vomiting&symptom=belly-pain")

    assert found.one("ul", data_rule="lactic-acidosis")
    assert "Get emergency help if some of these come together" in found.text
    assert "Take no more metformin" not in found.text
    below = found.html.partition('class="scroll')[2]
    assert 'data-rule="lactic-acidosis"' in below


def test_statin_with_muscle_pain_tells_of_the_dose_before_which_to_call(page):
    found = page("/check/?medicine=atorvastatin&symptom=muscle-pain")

    assert "Call a doctor today, before the next dose." in found.text


def test_emergency_of_quetiapine_stands_before_what_can_wait_until_later_today(page):
    found = page("/check/?medicine=quetiapine&symptom=high-temperature&symptom=confusion")

    assert found.html.index("Neuroleptic malignant syndrome") < found.html.index('class="box today"')


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("medicine=warfarin&medicine=ibuprofen", "We do not cover Warfarin yet. This says nothing about its risk."),
        ("medicine=amoxicillin", "We do not cover Amoxicillin yet. This says nothing about its risk."),
        ("symptom=flibberty", "We did not understand 'flibberty'."),
    ],
)
def test_what_we_do_not_cover_is_named_and_never_counted_as_nothing(page, query, said):
    status = page(f"/check/?{query}").one("p", id="status")["text"]

    assert status.startswith(said)
    assert not re.search(r"\b0\b", status)


@pytest.mark.parametrize("query", ["symptom=suicidal-thoughts", "q=kill myself"])
def test_suicidal_thoughts_have_numbers_to_call(page, query):
    found = page(f"/check/?{query}")

    box = found.html.partition('<div class="box now"')[2].partition("</div>\n</div>")[0]
    assert 'href="tel:988"' in box
    assert 'href="tel:116123"' in box


def test_low_mood_has_the_crisis_lines_where_its_rule_stands(page):
    assert {"tel:988", "tel:116123"} <= page("/check/?symptom=low-mood").links


@pytest.mark.parametrize("words", ["overdose", "took too many amlodipine"])
def test_too_much_of_a_medicine_is_one_box_with_whom_to_call(page, words):
    found = page(f"/check/?q={words}&medicine=amlodipine")

    assert "say what was taken, how much and when" in found.text.lower()
    assert {"tel:911", "tel:999", "tel:112"} <= found.links
    assert len(found.html.partition('id="ask"')[0].split("box now")) == 2


@pytest.mark.parametrize(
    "query",
    [
        "symptom=headache&band=often",
        "medicine=" + "a" * 101,
        "q=" + "a" * 301,
        "medicine=" + "a" * 10_000,
        "&".join(f"medicine=a{number}" for number in range(1000)),
        "&".join(f"x{number}=1" for number in range(6000)),
        "q=" + ELEVEN,
        "symptom=headache&q=nausea, tremor, hair loss, constipation, vertigo",
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
        "medicine=Amlo",
        "medicine=%ff%fe",
        "medicine=../etc",
        "symptom=%00",
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
    found = page("/check/?q=<script>alert(1)</script>&medicine=<b>")

    assert "<script>alert" not in found.html
    assert "<b>" not in found.html


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
    response = client.get(BOTH + "&q=", headers=HTMX)

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
        ("?medicine=amlodipine", 3),
        ("?symptom=headache", 3),
        ("?medicine=amlodipine&symptom=muscle-cramps", 2),
        ("?medicine=amlodipine&medicine=sertraline&symptom=gum-swelling&symptom=headache&symptom=falls", 2),
        ("?symptom=chest-pain", 3),
        ("?medicine=metformin&symptom=breathless", 2),
        ("?q=can't breathe", 3),
        ("?q=xyz", 1),
        ("?q=norvasc swolen ankels nimodipine headache", 2),
        ("?q=norvasc swollen ankles&format=json", 2),
    ],
)
def test_number_of_queries_is_constant(client, db, django_assert_num_queries, query, number):
    # What the check knows, sources included, is read once a process.
    client.get("/check/" + query)

    with django_assert_num_queries(number):
        client.get("/check/" + query)
