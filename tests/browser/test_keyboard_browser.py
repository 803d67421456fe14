"""Tab, Enter and Space are enough for an editor's work: decisions, conflicts, the preview and the order of rows."""

import pytest
from playwright.sync_api import expect

from articles.models import Article

from ..factories import draft, writer
from .conftest import sound_article

pytestmark = pytest.mark.browser

MOST_STOPS = 400
HAS_FOCUS = "element => element === document.activeElement"


@pytest.fixture
def desk(browser_of):
    return browser_of(writer())


def tab_to(page, target):
    """Press Tab until this element has the focus, as somebody without a mouse does."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if target.evaluate(HAS_FOCUS):
            return
    pytest.fail(f"{target} cannot be reached by {MOST_STOPS} presses of Tab.")


def button(page, name):
    return page.get_by_role("button", name=name, exact=True).first


def test_page_is_submitted(desk):
    article = draft(sound_article())
    desk.goto(f"/admin/articles/article/{article.pk}/change/")

    tab_to(desk, button(desk, "Submit for review"))
    desk.keyboard.press("Enter")
    desk.get_by_text("It waits for a clinician now.").wait_for()

    article.refresh_from_db()
    assert article.state == "in-review"


def test_conflict_is_settled(desk, contested):
    desk.goto(f"/admin/articles/article/{contested.pk}/conflict/3/")

    tab_to(desk, desk.get_by_label("Keep the stored text"))
    desk.keyboard.press("Space")
    tab_to(desk, button(desk, "Put together and save"))
    desk.keyboard.press("Enter")
    desk.get_by_text("Put together as version").wait_for()

    assert Article.objects.get(pk=contested.pk).verdict == "No."


def test_own_text_of_a_conflict_is_chosen_by_writing_it_and_leaving_it_warns(desk, contested):
    desk.goto(f"/admin/articles/article/{contested.pk}/conflict/3/")
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    tab_to(desk, desk.locator("form.conflicts textarea"))
    desk.keyboard.type("Neither. ")
    desk.evaluate("location.assign('/admin/')")
    desk.wait_for_function("document.querySelector('form.conflicts textarea')")
    assert asked == ["beforeunload"]

    tab_to(desk, button(desk, "Put together and save"))
    desk.keyboard.press("Enter")
    desk.get_by_text("Put together as version").wait_for()

    assert Article.objects.get(pk=contested.pk).verdict.startswith("Neither. ")


def test_preview_is_opened_and_closed(desk, contested):
    desk.goto(f"/admin/articles/article/{contested.pk}/change/")
    opener = button(desk, "Preview beside the form")

    tab_to(desk, opener)
    desk.keyboard.press("Enter")
    desk.frame_locator("iframe").get_by_role("heading", level=1).wait_for()
    tab_to(desk, button(desk, "Phone"))
    desk.keyboard.press("Space")
    expect(desk.locator("#preview-pane")).to_have_attribute("data-width", "phone")

    tab_to(desk, button(desk, "Close"))
    desk.keyboard.press("Enter")

    expect(desk.locator("#preview-pane")).to_be_hidden()
    expect(opener, "the focus goes back to where it was").to_be_focused()


def test_row_is_moved_and_saved(desk):
    sections = [{"key": name, "heading": f"Heading {name}", "body": "It aches."} for name in ("one", "two")]
    article = draft(sound_article(sections=sections))
    desk.goto(f"/admin/articles/article/{article.pk}/change/")

    tab_to(desk, button(desk, "Move down: Section “Heading one”"))
    desk.keyboard.press("Space")
    tab_to(desk, button(desk, "Save and continue editing"))
    desk.keyboard.press("Enter")
    desk.get_by_text("Stored as version 2").wait_for()

    assert list(article.sections.order_by("position").values_list("key", flat=True)) == ["two", "one"]
