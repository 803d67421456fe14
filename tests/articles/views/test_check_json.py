"""The check's one dict: its exact shape, and that the page says the same."""

import pytest

pytestmark = pytest.mark.django_db

SHAPE = {
    "query": str,
    "understood": dict,
    "did_you_mean": list,
    "not_covered": list,
    "ambiguous": list,
    "not_understood": list,
    "alerts": list,
    "cells": list,
    "ranking": list,
    "cascade": list,
}
NAMED = {"typed", "slug", "name", "how"}
CELL = {"medicine", "symptom", "state", "urgency", "headline", "findings", "url"}
FINDING = {"source", "band", "percent_low", "percent_high", "placebo_percent", "dose"}


@pytest.fixture
def ask(client):
    def asked(q="", *, status=200, **parameters):
        response = client.get("/check/", {"q": q, "format": "json"} | parameters)
        assert response.status_code == status
        assert response.headers["Cache-Control"] == "private, no-store"
        return response.json()

    return asked


@pytest.mark.parametrize(
    "q", ["", "norvasc swollen ankles", "asdf", "nimodipine", "cramps", "chest pain", "amlodopine"]
)
def test_the_dict_has_the_same_keys_whatever_is_asked(ask, q):
    result = ask(q)

    assert {key: type(value) for key, value in result.items()} == SHAPE
    assert set(result["understood"]) == {"medicines", "symptoms"}
    assert result["query"] == q


def test_understood_names_say_how(ask):
    understood = ask("Norvasc 5mg, albuterol, C08CA01 and oedema peripheral")["understood"]

    assert all(set(row) == NAMED for rows in understood.values() for row in rows)
    assert [(row["typed"], row["slug"], row["how"]) for row in understood["medicines"]] == [
        ("Norvasc", "amlodipine", "brand"),
        ("albuterol", "salbutamol", "synonym"),
    ]
    assert [(row["slug"], row["how"]) for row in understood["symptoms"]] == [("ankle-swelling", "synonym")]


def test_a_cell_has_the_figures_of_its_sources(ask):
    cell = ask("norvasc swollen ankles")["cells"][0]

    assert set(cell) == CELL and all(set(finding) == FINDING for finding in cell["findings"])
    assert (cell["medicine"], cell["symptom"], cell["url"]) == (
        "amlodipine",
        "ankle-swelling",
        "/medicines/amlodipine/ankle-swelling/",
    )
    assert {"source": "amlodipine-label-copy", "band": None, "percent_low": 10.8, "percent_high": 10.8} | {
        "placebo_percent": 0.6,
        "dose": "10 mg a day",
    } in cell["findings"]


def test_free_text_and_choices_mix(ask):
    result = ask("swollen ankles", medicine=["amlodipine", "gabapentin"], symptom="headache")

    assert {(cell["medicine"], cell["symptom"]) for cell in result["cells"]} == {
        (medicine, symptom) for medicine in ("amlodipine", "gabapentin") for symptom in ("ankle-swelling", "headache")
    }


def test_a_choice_may_be_a_name_or_a_misspelling(ask):
    result = ask(medicine=["Norvasc", "amlodopine"], symptom="leg cramps")

    assert [row["slug"] for row in result["understood"]["medicines"]] == ["amlodipine"]
    assert [row["slug"] for row in result["understood"]["symptoms"]] == ["muscle-cramps"]
    assert result["did_you_mean"][0]["options"][0] == {
        "slug": "amlodipine",
        "name": "amlodipine",
        "what_for": "high blood pressure and angina",
        "covered": True,
    }


def test_an_uncovered_name_is_its_own_answer_and_cell(ask):
    result = ask("nimodipine headache")

    assert result["not_covered"] == [{"typed": "nimodipine", "name": "Nimodipine"}]
    assert [(cell["medicine"], cell["state"], cell["urgency"], cell["url"]) for cell in result["cells"]] == [
        ("nimodipine", "not_covered", None, None)
    ]


def test_an_uncovered_spelling_is_offered_without_a_slug(ask):
    option = ask("nimodipin")["did_you_mean"][0]["options"][0]

    assert option["slug"] is None and option["name"] == "Nimodipine" and option["covered"] is False


def test_what_is_not_listed_and_listed_without_a_number_are_told_apart(ask):
    cells = ask(medicine=["amitriptyline", "salbutamol"], symptom=["muscle-cramps", "hair-loss"])["cells"]

    states = {(cell["medicine"], cell["symptom"]): cell["state"] for cell in cells}
    assert states["amitriptyline", "muscle-cramps"] == "listed_no_number"
    assert states["salbutamol", "hair-loss"] == "not_listed"


def test_an_alert_has_its_signs_and_what_to_do(ask):
    alert = ask(symptom="chest-pain")["alerts"][0]

    assert set(alert) == {"rule", "level", "signs", "do"}
    assert (alert["rule"], alert["level"]) == ("chest-pain", "emergency")
    assert "pressure, squeezing or pain in the chest" in alert["signs"]


def test_emergencies_stand_before_what_is_for_today(ask):
    levels = [alert["level"] for alert in ask(medicine="sertraline", symptom=["muscle-cramps", "chest-pain"])["alerts"]]

    assert levels == sorted(levels) and set(levels) == {"emergency", "today"}


def test_a_cause_and_its_usual_remedy_raise_a_neutral_question(ask):
    rows = ask("amlodipine, furosemide")["cascade"]

    assert [(row["cause"], row["remedy"], row["symptom"]) for row in rows] == [
        ("amlodipine", "furosemide", "ankle-swelling")
    ]
    assert rows[0]["question"].endswith("?")


def test_a_medicine_alone_raises_no_question_of_a_cascade(ask):
    assert ask("amlodipine")["cascade"] == []


def test_too_many_medicines_are_refused_with_a_sentence_and_nothing_is_lost(ask):
    medicines = (
        "amlodipine gabapentin sertraline losartan lisinopril tramadol fluoxetine omeprazole metformin ibuprofen"
    )

    result = ask(f"{medicines} furosemide", status=400)

    assert result["problems"] == ["You chose 11 medicines. We can look up 10 at a time, so take away 1."]
    assert len(result["understood"]["medicines"]) == 11


def test_the_page_says_the_same_as_the_dict(ask, page):
    q = "norvasc, amitriptyline and nimodipine: leg cramps, swolen ankels"
    result = ask(q)

    html = page(f"/check/?q={q.replace(' ', '+')}")

    shown = [
        (cell["data-medicine"], cell["data-symptom"], cell["data-state"], cell["data-urgency"])
        for cell in html.all("div", class_="cell")
    ]
    assert shown == [
        (cell["medicine"], cell["symptom"], cell["state"], cell["urgency"] or "") for cell in result["cells"]
    ]
    figures = [
        (cell["data-per"], cell["data-low"], cell["data-high"])
        for cell in html.all("div", class_="cell")
        if "data-per" in cell
    ]
    assert figures == [
        tuple(str(cell["headline"][part]) for part in ("per", "low", "high"))
        for cell in result["cells"]
        if cell["headline"]
    ]
    cards = {rule for box in html.all("div", class_="box") for rule in box.get("data-rules", "").split()}
    assert cards == {alert["rule"] for alert in result["alerts"]}
    assert {row["slug"] for rows in result["understood"].values() for row in rows} == {
        link["data-slug"] for link in html.all("a") if "data-understood" in link
    }
    assert {ask_["typed"] for ask_ in result["did_you_mean"]} == {
        part["data-typed"] for part in html.all("div", class_="ask") if part["data-kind"] == "spelling"
    }
