"""The compare page in a browser: with htmx, without JavaScript, as cards on a phone and on paper."""

import pytest
from playwright.sync_api import expect

from .conftest import KEPT

pytestmark = pytest.mark.browser

TWO = "/compare/?medicine=amlodipine&medicine=losartan"


def ask(page):
    """Choose two medicines and press the button."""
    page.get_by_label("Medicine 1").select_option("amlodipine")
    page.get_by_label("Medicine 2").select_option("losartan")
    page.get_by_role("button", name="Compare", exact=True).click()


def test_form_works_without_javascript(visit):
    page = visit("/compare/", javascript=False)

    ask(page)

    expect(page.locator("h1")).to_have_text("Compare amlodipine and losartan")
    expect(page.get_by_label("Medicine 2")).to_have_value("losartan")


def test_answer_is_swapped_in_and_address_title_and_status_follow(visit):
    page = visit("/compare/")
    page.evaluate("window.here = true; document.getElementById('status').here = true")

    ask(page)
    page.wait_for_url(f"**{TWO}")
    page.locator("[data-row=use]").first.wait_for()

    expect(page).to_have_title("Compare amlodipine and losartan – Side Effects")
    assert page.evaluate("window.here"), "the page was loaded anew"
    assert page.evaluate("document.getElementById('status').here"), "screen readers speak only what changes in place"
    expect(page.locator("#status")).to_contain_text("side effects are listed for both")
    assert page.evaluate(KEPT) == []


def test_row_is_a_card_on_a_phone_with_the_name_before_each_value(visit):
    page = visit(TWO, width=360)

    first, second = page.locator("[data-row=use]").all()
    name = first.evaluate("cell => getComputedStyle(cell.parentElement, '::before').content")

    assert name == '"Amlodipine"'
    assert first.bounding_box()["x"] == second.bounding_box()["x"]
    expect(page.locator("thead").first).to_be_hidden()


def test_table_is_printed_and_the_form_is_not(visit):
    page = visit(TWO)
    page.emulate_media(media="print")

    expect(page.locator("[data-row=use]").first).to_be_visible()
    expect(page.get_by_role("heading", name="Questions to take to your pharmacist")).to_be_visible()
    expect(page.locator("#choose")).to_be_hidden()
