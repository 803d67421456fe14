"""The page as readers would see it, beside the form, while it is written."""

import pytest
from playwright.sync_api import expect

from articles.models import Revision

from .conftest import submit

pytestmark = pytest.mark.browser


@pytest.fixture
def form(desk, own_article):
    desk.goto(f"/admin/articles/article/{own_article.pk}/change/")
    return desk


def shown(page):
    return page.frame_locator("iframe[name=preview-pane]")


def test_pane_shows_what_is_typed_a_moment_later(form, own_article):
    form.get_by_role("button", name="Preview beside the form").first.click()
    shown(form).get_by_role("heading", level=1).wait_for()

    form.locator("#id_verdict").fill("Typed a moment ago.")

    shown(form).get_by_text("Typed a moment ago.").wait_for()
    assert Revision.objects.filter(document=own_article.pk).count() == 1


def test_pane_says_what_has_to_be_mended(form):
    form.get_by_role("button", name="Preview beside the form").first.click()
    shown(form).get_by_role("heading", level=1).wait_for()

    form.locator("#id_title").fill("")

    shown(form).get_by_text("The page can be shown when this is mended").wait_for()


def test_form_saves_as_ever_after_a_preview(form, own_article):
    form.get_by_role("button", name="Preview beside the form").first.click()
    shown(form).get_by_role("heading", level=1).wait_for()
    form.get_by_role("button", name="Close").click()
    form.locator("#id_action").fill("Saved after a preview.")

    submit(form)

    assert form.url.endswith("/change/")
    assert Revision.objects.filter(document=own_article.pk).first().content["action"] == "Saved after a preview."


def test_closing_the_pane_gives_the_focus_back(form):
    opener = form.get_by_role("button", name="Preview beside the form").first
    opener.press("Enter")
    shown(form).get_by_role("heading", level=1).wait_for()

    form.keyboard.press("Escape")

    expect(form.locator("#preview-pane")).to_be_hidden()
    expect(opener).to_be_focused()


def test_tab_shows_it_and_the_form_still_counts_as_unsaved(form, own_article):
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    form.locator("#id_action").fill("Not saved yet.")

    with form.context.expect_page() as opened:
        form.get_by_role("button", name="Preview in a new tab").first.click()
    opened.value.get_by_text("Not saved yet.").first.wait_for()
    form.goto("/admin/")

    assert "Preview of a draft. Readers cannot see this." in opened.value.content()
    assert asked == ["beforeunload"]
    assert Revision.objects.filter(document=own_article.pk).count() == 1
