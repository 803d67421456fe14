"""axe-core finds nothing on the editors' pages that we made: WCAG 2.2 A and AA and best practices, in light and dark.

Django's own pages are Django's; what stands inside ours and is not ours is left out below, each with its cause.
"""

from importlib.resources import files

import pytest
from playwright.sync_api import expect

from articles import workflow
from articles.models import Article, ComparisonTable, Document, Drug, DrugEffect, Effect, EvidenceChange, Source

from ..factories import draft, signed_off, writer
from .conftest import sound_article

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NOT_OURS = [
    ".select2",  # Django's searching menus: select2 4.0 names its boxes by what is chosen in them
    "th.original",  # Django's tables of rows leave the heading over their first column empty
]
STILL = "* { transition: none !important; animation: none !important }"
LOOK = """async ([tags, exclude]) => {
  const found = await axe.run({ exclude: exclude.map(selector => [selector]) }, { runOnly: tags });
  return found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ` + nodes.map(node =>
    `${node.target} ${node.html.slice(0, 200)} ${node.any.map(check => check.message)}`).slice(0, 3).join(" | "));
}"""
# Each width and each scheme once: all four would take twice as long.
LOOKS = [(1280, "dark"), (360, "light")]


@pytest.fixture(scope="session")
def axe():
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed.")
    return (files(package) / "axe.min.js").read_text()


@pytest.fixture
def desk(browser_of, administrator):
    """Without the policy, which would refuse the styles that axe tries out on a page; the other browser tests keep it."""
    return browser_of(administrator, bypass_csp=True)


@pytest.fixture
def found(axe):
    """found(page): what axe finds on it, by where it was."""

    def look(page):
        faults = {}
        page.add_style_tag(content=STILL)  # a colour on its way from light to dark is neither
        page.evaluate(axe)
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            if violations := page.evaluate(LOOK, [TAGS, NOT_OURS]):
                faults[page.url, width, scheme] = violations
        return faults

    return look


@pytest.fixture
def busy_desk(desk, administrator):
    """The front page with rows in its lists, those of changed evidence and of dead links too."""
    draft(sound_article("a-draft"), by=administrator)
    signed_off(sound_article("signed-off"))
    workflow.submit(draft(sound_article("in-review")), by=writer())
    shipped = Document.objects.get(kind="article", slug="does-amlodipine-cause-leg-cramps")
    source = Source.objects.get(slug=shipped.live.content["references"][0]["source"])
    change = EvidenceChange.objects.create(page=shipped, evidence=source, what="The source was mended.")
    Source.objects.filter(pk=source.pk).update(link_state=Source.LinkState.DEAD, link_note="It answered 404.")
    desk.goto("/admin/")
    yield desk
    change.delete()
    Source.objects.filter(pk=source.pk).update(link_state=source.link_state, link_note=source.link_note)


def test_front_page(busy_desk, found):
    expect(busy_desk.get_by_role("heading", name="Dead links")).to_have_count(1)
    assert found(busy_desk) == {}


def test_front_page_in_the_theme_that_the_device_does_not_have(busy_desk, found):
    busy_desk.evaluate("document.documentElement.dataset.theme = 'dark'")
    busy_desk.emulate_media(color_scheme="light")
    dark = busy_desk.evaluate("getComputedStyle(document.body).backgroundColor")
    assert found(busy_desk) == {}

    busy_desk.evaluate("document.documentElement.dataset.theme = 'light'")
    busy_desk.emulate_media(color_scheme="dark")
    assert found(busy_desk) == {}
    assert busy_desk.evaluate("getComputedStyle(document.body).backgroundColor") != dark


@pytest.mark.parametrize("model", [Article, Drug, Effect, DrugEffect, ComparisonTable, Source])
def test_pages_of_what_exists(desk, found, model):
    pk = model.objects.order_by("pk").first().pk

    desk.goto(f"/admin/articles/{model._meta.model_name}/{pk}/change/")

    assert found(desk) == {}


@pytest.mark.parametrize(
    "address", ["articles/article/add/", "articles/article/paste/", "articles/drugeffect/add/", "guide/"]
)
def test_guide_and_pages_of_what_is_to_be_written(desk, found, address):
    desk.goto(f"/admin/{address}")

    assert found(desk) == {}


def test_conflict_history_and_comparison(desk, contested, found):
    address = f"/admin/articles/article/{contested.pk}"

    for page in ("conflict/3/", "history/", "history/compare/?from=1&to=2", "change/"):
        desk.goto(f"{address}/{page}")

        assert found(desk) == {}


def test_page_with_remarks_changed_evidence_and_dead_sources(busy_desk, found):
    article = Article.objects.get(slug="does-amlodipine-cause-leg-cramps")

    busy_desk.goto(f"/admin/articles/article/{article.pk}/change/")

    expect(busy_desk.get_by_role("heading", name="Sources to mend")).to_have_count(1)
    assert found(busy_desk) == {}


def test_refused_move_and_page_that_cannot_be_shown(desk, found):
    article = workflow.submit(draft(sound_article()), by=writer())
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    form = desk.locator("form.move", has_text="Ask for changes")
    form.locator("[name=version]").evaluate("field => { field.value = 0 }")
    form.get_by_label("Reason").fill("A remark that is kept.")
    form.get_by_role("button").click()
    desk.get_by_text("Nothing was changed").wait_for()
    assert found(desk) == {}

    desk.goto("/admin/articles/article/add/")
    with desk.expect_popup() as popup:
        desk.get_by_role("button", name="Preview in a new tab").first.click()
    popup.value.wait_for_load_state()
    assert found(popup.value) == {}
    desk.said.clear()  # the browser notes that these pages answer 409


def test_page_whose_document_is_gone(desk, contested, administrator, found):
    desk.goto(f"/admin/articles/article/{contested.pk}/change/")
    workflow.discard(contested, by=administrator)

    desk.get_by_role("button", name="Save", exact=True).first.click()
    desk.get_by_role("heading", name="This could not be saved").wait_for()

    assert found(desk) == {}
    desk.said.clear()


def test_form_with_errors_and_unsaved_text(desk, contested, found):
    desk.goto(f"/admin/articles/article/{contested.pk}/change/")
    desk.locator("#id_title").fill("")
    desk.get_by_role("button", name="Save and continue editing").first.click()
    desk.locator(".errornote").wait_for()
    assert found(desk) == {}

    desk.locator("#id_action").fill("Typed, then lost.")
    desk.wait_for_function("() => Object.values(localStorage).some(text => text.includes('Typed, then lost.'))")
    other = desk.context.new_page()
    desk.close()
    other.goto(f"/admin/articles/article/{contested.pk}/change/")
    other.get_by_role("button", name="Compare", exact=True).click()
    assert found(other) == {}


def test_form_with_its_preview_beside_it(desk, contested, found):
    desk.goto(f"/admin/articles/article/{contested.pk}/change/")

    desk.get_by_role("button", name="Preview beside the form").first.click()
    desk.frame_locator("iframe").get_by_role("heading", level=1).wait_for()

    assert found(desk) == {}


def test_pages_of_the_way_in(chromium, site, desk, found):
    out = chromium.new_context(base_url=site, bypass_csp=True).new_page()
    out.goto("/admin/login/")
    assert found(out) == {}
    out.get_by_label("Username").fill("nobody")
    out.get_by_label("Password").fill("wrong")
    out.get_by_role("button", name="Log in").click()
    out.locator(".errornote").wait_for()
    assert found(out) == {}
    out.goto("/admin/password-reset/")
    assert found(out) == {}
    out.context.close()

    desk.goto("/admin/two-factor/")
    assert found(desk) == {}
