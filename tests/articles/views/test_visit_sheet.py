"""The sheet to take to the pharmacist: one page, nothing sent, nothing kept, nothing loaded."""

import re

import pytest

pytestmark = pytest.mark.django_db

ADDRESS = "/check/sheet/?q=norvasc+and+furosemide,+swollen+ankles"


def test_the_sheet_holds_the_question_the_findings_and_room_to_write(page):
    sheet = page(ADDRESS)

    assert sheet.h1 == "For my visit"
    assert "Amlodipine and swollen ankles, feet or legs: listed" in sheet.text
    assert {"Dose of Amlodipine", "Amlodipine: since when", "Notes"} <= {
        element["aria-label"] for element in sheet.elements if "aria-label" in element
    }


def test_the_sheet_asks_three_questions_and_that_of_a_cascade(page):
    items = [element["text"] for element in page(ADDRESS).all("li") if element["text"].strip().endswith("?")]

    assert len(items) == 4
    assert "would a lower dose or another tablet be worth trying" in items[3]
    assert not any(re.search(r"\bstop\b", item) for item in items)


def test_a_warning_stands_before_everything_else(page):
    sheet = page("/check/sheet/?q=amlodipine+chest+pain")

    headings = [element["text"] for element in sheet.all("h2")]
    assert headings[0].startswith("Call for emergency help now")


def test_the_file_loads_nothing_and_is_offered_for_saving(client):
    response = client.get(f"{ADDRESS}&save=1")
    html = response.content.decode()

    assert re.fullmatch(
        r'attachment; filename="side-effects-visit-\d{4}-\d\d-\d\d\.html"', response.headers["Content-Disposition"]
    )
    assert not re.search(r"<(script|link|img|iframe)\b|\bsrc=|url\(|@import", html)
    assert "<form" not in html


def test_the_sheet_is_kept_by_no_cache(client):
    assert client.get(ADDRESS).headers["Cache-Control"] == "private, no-store"


def test_an_empty_sheet_still_has_room_to_write(page):
    assert "Another medicine 1" in {element.get("aria-label") for element in page("/check/sheet/").elements}


def test_a_question_that_is_too_much_is_refused_with_a_sentence(page):
    assert "too much to look up" in page(f"/check/sheet/?q={'x' * 301}", status=400).text
