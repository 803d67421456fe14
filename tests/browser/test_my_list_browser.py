"""My list: kept in this browser only, only when asked, gone with one click."""

import pytest
from playwright.sync_api import expect

from .conftest import KEPT

pytestmark = pytest.mark.browser

KEEP, USE, WIPE = "Keep these medicines on this device", "Use my list", "Delete my list"


def button(page, name):
    return page.get_by_role("button", name=name)


def test_nothing_is_kept_unless_asked(visit):
    page = visit("/check/?q=norvasc+swollen+ankles")

    expect(button(page, KEEP)).to_be_visible()
    assert page.evaluate(KEPT) == []


def test_a_list_is_kept_used_and_wiped(visit):
    page = visit("/check/?q=norvasc+swollen+ankles")
    button(page, KEEP).click()
    assert page.evaluate("localStorage.getItem('side-effects-my-list')") == '["amlodipine"]'

    page.goto("/check/?symptom=headache")
    expect(page.locator("#my-list-status")).to_have_text("Your list on this device: Amlodipine.")
    button(page, USE).click()
    page.locator("#check_results [data-medicine=amlodipine]").first.wait_for()
    page.wait_for_url(lambda address: "medicine=amlodipine" in address and "symptom=headache" in address)

    button(page, WIPE).click()
    assert page.evaluate(KEPT) == []
    expect(page.locator("#my-list-status")).to_have_text("Your list is deleted from this device.")


def test_typed_words_are_never_kept(visit):
    page = visit("/check/")
    page.locator("#q").fill("zzqqxx norvasc swollen ankles")
    button(page, "Check").click()
    page.locator("#check_results [data-medicine=amlodipine]").first.wait_for()
    button(page, KEEP).click()

    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage])")

    assert "zzqqxx" not in kept and "swollen" not in kept


def test_a_spoilt_list_harms_nothing(visit):
    page = visit("/check/")
    page.evaluate("localStorage.setItem('side-effects-my-list', '{broken')")

    page.reload()

    expect(page.locator("#my_list")).to_be_hidden()


def test_without_javascript_the_address_keeps_the_list(visit):
    page = visit("/check/?q=norvasc", javascript=False)

    expect(page.get_by_text("save the address of this page as a bookmark")).to_be_visible()
    expect(button(page, KEEP)).to_be_hidden()


def test_the_answer_has_the_focus_after_a_check(visit):
    page = visit("/check/")
    page.locator("#q").fill("norvasc, swollen ankles")

    page.keyboard.press("Enter")
    page.locator("#check_results [data-medicine=amlodipine]").first.wait_for()

    page.locator("#answer:focus").wait_for()
    expect(page.locator("#status")).to_contain_text("list swollen ankles")
