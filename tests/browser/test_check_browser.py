"""The check and the search in a browser: with htmx, without JavaScript, and what they leave behind."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import KEPT, wait_until_in_view

pytestmark = pytest.mark.browser

RESULTS = "#check_results"
DISAGREE = "The sources of amlodipine list muscle cramps or spasms. They disagree about it."


def ask(page):
    """Tick leg cramps and amlodipine, and press the button."""
    page.get_by_label("Muscle cramps or spasms", exact=True).check()
    page.get_by_label("amlodipine", exact=True).check()
    page.get_by_role("button", name="Show what the sources say").click()


def test_form_works_without_javascript(visit):
    page = visit("/check/", javascript=False)

    ask(page)

    page.wait_for_url("**/check/?q=&symptom=muscle-cramps&medicine=amlodipine")
    expect(page.locator("#status")).to_have_text(DISAGREE)
    expect(page.get_by_label("amlodipine", exact=True)).to_be_checked()


def test_answer_is_the_same_with_and_without_javascript(visit):
    path = "/check/?medicine=amlodipine&medicine=sertraline&symptom=muscle-cramps"

    texts = {visit(path, javascript=javascript).locator(RESULTS).inner_text() for javascript in (True, False)}

    assert len(texts) == 1


def test_answer_is_swapped_in_and_address_title_status_and_focus_follow(visit):
    page = visit("/check/")
    page.evaluate("window.here = true; document.getElementById('status').here = true")

    ask(page)
    page.wait_for_url("**/check/?medicine=amlodipine&symptom=muscle-cramps")
    page.locator(f"{RESULTS} [data-medicine=amlodipine]").wait_for()

    expect(page).to_have_title("Amlodipine and muscle cramps: could it be my medicine? – Side Effects")
    expect(page.locator("h1")).to_contain_text("Amlodipine and muscle cramps")
    assert page.evaluate("window.here"), "the page was loaded anew"
    assert page.evaluate("document.getElementById('status').here"), "screen readers speak only what changes in place"
    expect(page.locator("#status")).to_have_text(DISAGREE)
    page.locator("#answer:focus").wait_for()
    expect(page.locator(f"{RESULTS} title")).to_have_count(0)


def test_answer_is_in_view_after_the_button(visit):
    page = visit("/check/", width=360)

    ask(page)
    page.locator(f"{RESULTS} [data-medicine=amlodipine]").wait_for()

    wait_until_in_view(page.locator("h1"), 200)


def test_warning_is_the_first_thing_in_view(visit):
    page = visit("/check/", width=360)

    page.get_by_label("What do you take, and what do you feel?").fill("chest pain")
    page.keyboard.press("Enter")
    box = page.locator(f"{RESULTS} .box.now")
    box.wait_for()

    wait_until_in_view(box)
    expect(page.locator("#status")).to_contain_text("Read the warning first.")


def test_back_returns_to_the_question_before(visit):
    page = visit("/check/")
    ask(page)
    page.locator(f"{RESULTS} [data-medicine=amlodipine]").wait_for()

    page.go_back()
    page.wait_for_url("**/check/")
    page.get_by_role("heading", name="Could it be my medicine?", exact=True).wait_for()

    expect(page.locator(f"{RESULTS} [data-medicine]")).to_have_count(0)
    expect(page.locator("form#ask")).to_have_count(1)


def test_typed_words_stay_in_the_box_and_in_the_address(visit):
    page = visit("/check/")

    page.get_by_label("What do you take, and what do you feel?").fill("Norvasc, puffy ankles")
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_url("**/check/?q=Norvasc%2C+puffy+ankles")

    expect(page.locator("#q")).to_have_value("Norvasc, puffy ankles")
    expect(page.locator(f"{RESULTS} [data-medicine=amlodipine][data-symptom=ankle-swelling]")).to_have_count(1)
    expect(page.get_by_text("Norvasc (US brand) is amlodipine.")).to_have_count(1)


def test_a_piece_that_was_understood_can_be_taken_out(visit):
    page = visit("/check/?q=Norvasc,+puffy+ankles")

    page.get_by_role("link", name=re.compile("Amlodipine.*Norvasc")).click()
    page.wait_for_url("**/check/?q=puffy+ankles")

    expect(page.locator("#q")).to_have_value("puffy ankles")


def test_urgent_words_of_no_symptom_are_the_first_thing_in_view(visit):
    page = visit("/check/", width=360)

    page.get_by_label("What do you take, and what do you feel?").fill("overdose")
    page.keyboard.press("Enter")
    box = page.locator(f"{RESULTS} .box.now")
    box.wait_for()

    wait_until_in_view(box)
    expect(box).to_contain_text("taken more of a medicine than you should")


def test_too_many_are_refused_in_place(visit):
    page = visit("/check/")
    for box in page.get_by_role("group", name="What do you feel?").get_by_role("checkbox").all()[:6]:
        box.check()

    page.get_by_role("button", name="Show what the sources say").click()
    page.get_by_text("You chose 6 symptoms.").wait_for()

    expect(page.locator(f"{RESULTS} [data-medicine]")).to_have_count(0)
    visit.faults.clear()  # the browser notes the 400


@pytest.mark.parametrize("path", ["/check/", "/search/"])
def test_nothing_stays_on_the_device(visit, path):
    page = visit(path)

    if path == "/check/":
        ask(page)
        page.locator(f"{RESULTS} [data-medicine=amlodipine]").wait_for()
    else:
        page.get_by_role("searchbox").fill("depression")
        page.keyboard.press("Enter")
        page.get_by_text("for 'depression'").wait_for()

    assert page.evaluate(KEPT) == []
    page.goto("/glossary/")
    assert page.evaluate(KEPT) == []


def test_failing_server_is_not_a_silent_button(visit):
    page = visit("/check/")
    page.route(
        "**/check/**",
        lambda route: route.abort() if route.request.headers.get("hx-request") else route.continue_(),
    )

    ask(page)
    page.wait_for_url("**/check/?q=&symptom=muscle-cramps&medicine=amlodipine")

    expect(page.locator(f"{RESULTS} [data-medicine=amlodipine]")).to_have_count(1)
    visit.faults.clear()  # the browser notes the broken request


def test_search_keeps_the_words_the_focus_and_the_address(visit):
    page = visit("/search/")
    page.evaluate("window.here = true")

    page.get_by_role("searchbox").fill("norvasc")
    page.keyboard.press("Enter")
    page.get_by_text("1 result for 'norvasc'").wait_for()

    page.wait_for_url("**/search/?q=norvasc")
    expect(page.get_by_role("searchbox")).to_have_value("norvasc")
    expect(page.locator("#q")).to_be_focused()
    assert page.evaluate("window.here")
    expect(page).to_have_title("Search – Side Effects")


def test_search_works_without_javascript(visit):
    page = visit("/search/", javascript=False)

    page.get_by_role("searchbox").fill("norvasc")
    page.keyboard.press("Enter")
    page.get_by_text("1 result for 'norvasc'").wait_for()

    page.wait_for_url("**/search/?q=norvasc")


def test_urgent_words_bring_the_box_into_view(visit):
    page = visit("/search/", width=360)

    page.get_by_role("searchbox").fill("can't breathe")
    page.keyboard.press("Enter")
    box = page.locator(".box.now")
    box.wait_for()

    wait_until_in_view(box)


@pytest.mark.parametrize(
    "path",
    [
        "/check/",
        "/search/?q=amlodipine",
        "/check/?medicine=hydrochlorothiazide&medicine=amlodipine&symptom=muscle-cramps&symptom=sun-sensitivity",
        "/check/?symptom=headache&symptom=chest-pain&symptom=muscle-cramps&symptom=dry-cough&symptom=hair-loss",
        "/check/?medicine=amlodipine&medicine=sertraline",
    ],
)
def test_page_never_scrolls_sideways(visit, path):
    page = visit(path)

    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
