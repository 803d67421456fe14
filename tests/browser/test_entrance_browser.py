"""An expired session in a browser: log in on the page that answers, and the form is there as it was typed."""

import pytest
from playwright.sync_api import expect

from articles.models import Document

from .conftest import PASSWORD

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False])
def test_text_typed_before_the_session_ended_is_in_the_form_after_the_login(administrator, chromium, site, javascript):
    drug = Document.objects.get(kind="drug", slug="furosemide")
    before = drug.revisions.count()
    context = chromium.new_context(base_url=site, java_script_enabled=javascript)
    page = context.new_page()

    def log_in():
        page.get_by_label("Username").fill(administrator.username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()

    page.goto(f"/admin/login/?next=/admin/articles/drug/{drug.pk}/change/")
    log_in()
    page.get_by_label("Note on this change").fill('A long "thought" <b>&')
    context.clear_cookies(name="side-effects-session")
    page.get_by_role("button", name="Save", exact=True).first.click()
    log_in()
    if not javascript:
        page.get_by_role("button", name="Open my form again").click()
    page.get_by_role("heading", name="Nothing of this is saved yet").wait_for()

    expect(page.get_by_label("Note on this change")).to_have_value('A long "thought" <b>&')
    assert drug.revisions.count() == before
    context.close()
