"""Every type of page in a browser: nothing left behind, nothing from elsewhere, nothing cut off."""

import pytest
from playwright.sync_api import expect

from .conftest import KEPT

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/articles/",
    "/articles/does-amitriptyline-affect-your-legs/",
    "/articles/does-amlodipine-cause-leg-cramps/",
    "/medicines/",
    "/medicines/?by=class",
    "/medicines/amitriptyline/",
    "/medicines/amlodipine/?by=body",
    "/medicines/amlodipine/ankle-swelling/",
    "/medicines/metformin/lactic-acidosis/",
    "/symptoms/",
    "/symptoms/muscle-cramps/",
    "/check/",
    "/check/?medicine=amlodipine&medicine=amitriptyline&symptom=muscle-cramps&symptom=ankle-swelling",
    "/compare/",
    "/compare/?medicine=amlodipine&medicine=hydrochlorothiazide&medicine=losartan&medicine=spironolactone",
    "/search/?q=norvasc",
    "/questions/",
    "/glossary/",
    "/about/",
    "/about/data/",
    "/about/accessibility/",
    "/about/privacy/",
    "/about/report/",
]


@pytest.mark.parametrize("path", PAGES)
def test_page_leaves_nothing_behind_and_needs_nobody_else(visit, path):
    """`visit` fails the test for a cookie, a request to another host, and anything on the console (CSP refusals)."""
    page = visit(path)

    assert page.evaluate(KEPT) == []
    expect(page.locator("h1")).to_have_count(1)


@pytest.mark.parametrize("path", PAGES)
def test_page_does_not_scroll_sideways_on_a_narrow_phone(visit, path):
    page = visit(path, width=320)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", PAGES)
def test_links_and_buttons_outside_text_are_big_enough_for_a_thumb(visit, path):
    page = visit(path, width=360)

    small = page.evaluate(
        """() => [...document.querySelectorAll("nav a, button, input, summary, .button")]
            .filter(e => e.offsetParent && !e.matches("[type=hidden]") && !e.closest("p, label"))
            .map(e => [e.textContent.trim() || e.name, e.getBoundingClientRect().height])
            .filter(([, height]) => height < 43.5)"""
    )

    assert small == []


@pytest.mark.parametrize("path", [path for path in PAGES if path.startswith("/articles/does")])
def test_answer_of_an_article_ends_on_the_first_screen_of_a_phone(visit, path):
    page = visit(path, width=360)

    box = page.locator(".answer").first.bounding_box()

    assert box["y"] + box["height"] <= 640


def test_dark_theme_is_dark(visit):
    page = visit("/")
    page.emulate_media(color_scheme="dark")

    background = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert max(int(part) for part in background.removeprefix("rgb(").removesuffix(")").split(",")[:3]) < 60


def test_print_leaves_out_the_navigation(visit):
    page = visit("/articles/does-amlodipine-cause-leg-cramps/")
    page.emulate_media(media="print")

    expect(page.locator("header nav")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def test_skip_link_is_first_and_leads_to_the_text(visit):
    page = visit("/medicines/amlodipine/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"

    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"
