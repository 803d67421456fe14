"""A killed tab keeps the text: offered back with its time and a comparison, wiped at logout."""

import json
import re

import pytest
from playwright.sync_api import expect

from articles import workflow
from articles.models import Article, Effect

from .conftest import log_in, submit

pytestmark = pytest.mark.browser

OFFER = "You have unsaved text of"
BACK, COMPARE, DROP = "Put it back into the form", "Compare", "Throw it away"
DRAFTS = "Object.keys(localStorage).filter(key => key.startsWith('draft:'))"


def change(article):
    return f"/admin/articles/article/{article.pk}/change/"


@pytest.fixture
def form(desk, own_article):
    """The change page of an article with the sections one, two and three."""
    desk.goto(change(own_article))
    return desk


def kept(page):
    return page.evaluate(f"{DRAFTS}.map(key => JSON.parse(localStorage[key])).flat()")


def wait_until_kept(page, words):
    page.wait_for_function(f"words => {DRAFTS}.some(key => localStorage[key].includes(words))", arg=words)


def killed(page):
    """The tab dies without a word to its scripts; another one is opened in the same browser."""
    other = page.context.new_page()
    page.close(run_before_unload=False)
    return other


def type_and_kill(page, article, words="Typed, then lost."):
    page.locator("#id_action").fill(words)
    wait_until_kept(page, words)
    page = killed(page)
    page.goto(change(article))
    return page


def button(page, words):
    return page.get_by_role("region", name=OFFER).get_by_role("button", name=words)


def choose(page, field, typed, name):
    """Choose in a field that searches as one types."""
    page.locator(f"#{field} + .select2-container").click()
    page.locator(".select2-container--open .select2-search__field").type(typed)
    page.locator(".select2-results__option", has_text=name).first.click()


def test_text_of_a_killed_tab_is_offered_with_its_time(form, own_article):
    page = type_and_kill(form, own_article)

    offer = page.get_by_role("region", name=OFFER)

    expect(offer.get_by_role("heading")).to_have_text(re.compile(" today from this browser$"))
    expect(page.locator("#id_action")).to_have_value("Ask a pharmacist.")
    assert page.evaluate("document.activeElement === document.body"), "the focus was taken away"
    page.get_by_role("status").filter(has_text=OFFER).wait_for()


def test_comparison_marks_the_words_that_differ(form, own_article):
    page = type_and_kill(form, own_article, "Ask a nurse.")

    button(page, COMPARE).click()

    pair = page.locator(".kept .pair")
    expect(pair.get_by_role("heading")).to_have_text(["Action", "In the form now", "Your unsaved text"])
    expect(pair.locator("del")).to_have_text(["pharmacist."])
    expect(pair.locator("ins")).to_have_text(["nurse."])
    expect(button(page, COMPARE)).to_have_attribute("aria-expanded", "true")


def test_text_is_put_back_saved_and_not_offered_again(form, own_article):
    page = type_and_kill(form, own_article)

    button(page, BACK).click()

    expect(page.locator("#id_action")).to_have_value("Typed, then lost.")
    assert page.evaluate("document.activeElement.textContent") == (
        "Your text is back in the form. It is not saved yet."
    )

    submit(page)

    own_article.refresh_from_db()
    assert own_article.action == "Typed, then lost."
    assert kept(page) == []
    page.goto(change(own_article))
    expect(page.get_by_role("region", name=OFFER)).to_have_count(0)


def test_rows_and_choices_are_put_back(form, own_article):
    form.locator("#id_sections-0-DELETE").check()
    form.locator("#id_sections-1-body").fill("Another body.")
    for number, name in ((3, "new"), (4, "newest")):
        if number == 4:
            form.get_by_role("button", name="Add another Section").click()
        form.locator(f"#id_sections-{number}-heading").fill(f"Heading {name}")
        form.locator(f"#id_sections-{number}-body").fill("A body.")
    choose(form, "id_sections-4-effect", "headache", "Headache")
    form.get_by_role("button", name="Move up: Section “Heading newest”").click()
    wait_until_kept(form, '"value":"3"')
    page = killed(form)
    page.goto(change(own_article))

    button(page, COMPARE).click()
    expect(page.locator(".pair h3", has_text="New section: Heading")).to_have_count(2)
    expect(page.locator(".pair h3", has_text="Section “Heading one”: Delete this row")).to_have_count(1)
    button(page, BACK).click()
    submit(page)

    sections = own_article.sections.order_by("position").values_list("heading", "body", "effect__name")
    assert list(sections) == [
        ("Heading two", "Another body.", None),
        ("Heading three", "The body of three.", None),
        ("Heading newest", "A body.", Effect.objects.get(slug="headache").name),
        ("Heading new", "A body.", None),
    ]
    assert kept(page) == []


def test_chosen_source_alone_is_unsaved_text_too(form, own_article):
    """A list that one searches comes without a blank option, so what is chosen first looks as if it had been there."""
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    choose(form, "id_references-0-source", "Pfizer", "Pfizer")
    wait_until_kept(form, "Pfizer")
    form.goto("/admin/")
    assert asked == ["beforeunload"]
    page = killed(form)
    page.goto(change(own_article))

    button(page, BACK).click()
    submit(page)

    assert "pfizer" in own_article.references.get().source.publisher.lower()


def test_put_back_on_a_newer_page_touches_only_what_was_typed(form, own_article):
    form.locator("#id_sections-2-body").fill("Typed, then lost.")
    wait_until_kept(form, "Typed, then lost.")
    Article.objects.filter(pk=own_article.pk).update(verdict="Changed by somebody else.")
    own_article.sections.filter(key="one").delete()
    page = killed(form)
    page.goto(change(own_article))

    button(page, BACK).click()

    expect(page.locator("#id_verdict")).to_have_value("Changed by somebody else.")
    expect(page.locator("#id_sections-1-body")).to_have_value("Typed, then lost.")
    expect(page.locator("#id_sections-1-heading")).to_have_value("Heading three")


def test_text_of_a_row_that_somebody_deleted_comes_back_as_a_new_row(form, own_article):
    form.locator("#id_sections-0-body").fill("Typed, then lost.")
    wait_until_kept(form, "Typed, then lost.")
    own_article.sections.filter(key="one").delete()
    page = killed(form)
    page.goto(change(own_article))

    button(page, COMPARE).click()
    expect(page.get_by_text("This row is no longer on the page.")).to_have_count(1)
    button(page, BACK).click()
    submit(page)

    assert own_article.sections.filter(heading="Heading one", body="Typed, then lost.").count() == 1


def test_version_that_it_was_written_on_is_put_back_too(form, own_article):
    """The server joins what was typed with what was saved since, if it knows where the text began."""

    opened_from = form.locator("[name=opened_from]").input_value()
    form.locator("#id_action").fill("Typed, then lost.")
    wait_until_kept(form, "Typed, then lost.")
    page = killed(form)
    page.add_init_script(
        """document.addEventListener("readystatechange", () => {
            const form = document.querySelector("#content-main > form");
            form?.querySelector("[name=opened_from]")?.remove();
            form?.insertAdjacentHTML("beforeend", '<input type="hidden" name="opened_from" value="2">');
        }, { once: true })"""
    )
    page.goto(change(own_article))

    expect(page.get_by_text("This page was saved since then")).to_be_visible()
    button(page, BACK).click()

    expect(page.locator("[name=opened_from]")).to_have_value(opened_from)


def test_refused_save_loses_nothing(form, own_article):
    form.locator("#id_action").fill("Typed, then lost.")
    form.locator("#id_title").fill("")
    submit(form)
    expect(form.locator(".errornote")).to_have_count(1)
    expect(form.get_by_role("region", name=OFFER), "it stands in the form").to_have_count(0)

    form.locator("#id_verdict").fill("Typed later.")
    wait_until_kept(form, "Typed later.")
    page = killed(form)
    page.goto(change(own_article))
    button(page, BACK).click()

    expect(page.locator("#id_action")).to_have_value("Typed, then lost.")
    expect(page.locator("#id_verdict")).to_have_value("Typed later.")


def test_session_that_ended_loses_nothing(form, own_article, administrator, site):
    form.context.clear_cookies(name="side-effects-session")
    form.locator("#id_action").fill("Typed, then lost.")
    form.get_by_role("button", name="Save and continue editing").first.click()
    form.get_by_role("button", name="Log in").wait_for()
    form.said.clear()  # the login page in place of the save answers 403
    log_in(form.context, administrator, site)

    form.goto(change(own_article))

    expect(form.get_by_role("region", name=OFFER)).to_be_visible()


def test_save_that_was_stored_before_the_tab_died_offers_nothing(form, own_article):
    form.locator("#id_action").fill("Typed and saved.")
    form.locator("#id_sections-3-heading").fill("Heading new")
    form.locator("#id_sections-3-body").fill("A body.")
    form.locator("#id_change_note").fill("Because.")
    wait_until_kept(form, "Because.")
    before = form.evaluate("JSON.stringify(localStorage)")
    submit(form)
    form.evaluate("kept => Object.assign(localStorage, JSON.parse(kept))", before)
    page = killed(form)

    page.goto(change(own_article))

    expect(page.get_by_role("region", name=OFFER)).to_have_count(0)
    assert kept(page) == []


def test_thrown_away_text_can_be_had_back_at_once(form, own_article):
    page = type_and_kill(form, own_article)

    button(page, DROP).click()
    assert kept(page) == []
    page.get_by_role("button", name="Keep it after all").click()

    expect(button(page, BACK)).to_be_visible()
    assert len(kept(page)) == 1


def test_two_windows_do_not_write_over_each_other(form, own_article):
    other = form.context.new_page()
    other.goto(change(own_article))
    form.locator("#id_action").fill("Typed in the first.")
    wait_until_kept(form, "Typed in the first.")
    other.locator("#id_action").fill("Typed in the second.")
    wait_until_kept(other, "Typed in the second.")

    submit(other)

    fields = [field["value"] for entry in kept(other) for field in entry["fields"]]
    assert fields == ["Typed in the first."]


def test_nothing_is_kept_of_a_page_that_was_only_read(form):
    form.locator("#id_action").focus()
    form.goto("/admin/")

    assert kept(form) == []


def test_text_that_was_taken_back_is_not_kept(form):
    form.locator("#id_action").fill("Typed, then lost.")
    wait_until_kept(form, "Typed, then lost.")

    form.locator("#id_action").fill("Ask a pharmacist.")

    form.wait_for_function(f"() => {DRAFTS}.length === 0")


def test_logout_wipes_the_texts_of_this_editor(form):
    form.locator("#id_action").fill("Typed, then lost.")
    wait_until_kept(form, "Typed, then lost.")
    form.evaluate("localStorage['draft:0:/admin/'] = JSON.stringify([{id: 'x', at: new Date(), fields: []}])")
    form.on("dialog", lambda dialog: dialog.accept())

    form.get_by_role("button", name="Log out").click()
    form.get_by_text("Thanks for spending some quality time").wait_for()

    assert form.evaluate(DRAFTS) == ["draft:0:/admin/"], "another editor's are not ours to wipe"


def test_logout_in_one_window_is_not_undone_by_another(form, own_article):
    form.locator("#id_action").fill("Typed, then lost.")
    wait_until_kept(form, "Typed, then lost.")
    other = form.context.new_page()
    other.goto("/admin/")
    other.get_by_role("button", name="Log out").click()
    other.get_by_text("Thanks for spending some quality time").wait_for()

    form.locator("#id_verdict").fill("Typed after.")
    form.evaluate("dispatchEvent(new Event('pagehide'))")

    assert kept(other) == []


def test_texts_of_other_editors_go_after_a_week(form):
    day = 24 * 60 * 60 * 1000
    for name, days in (("old", 8), ("recent", 6)):
        form.evaluate(
            """([name, age]) => localStorage[`draft:0:${name}`] =
                JSON.stringify([{id: name, at: new Date(Date.now() - age), fields: []}])""",
            [name, days * day],
        )

    form.goto("/admin/")

    assert form.evaluate(DRAFTS) == ["draft:0:recent"]


def test_leaving_with_unsaved_changes_warns(form):
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    form.goto("/admin/")
    assert asked == [], "nothing was changed"
    form.go_back()
    form.locator("#id_action").fill("Typed, then left.")
    form.goto("/admin/")

    assert asked == ["beforeunload"]


def test_saving_does_not_warn(form):
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    form.locator("#id_action").fill("Typed and saved.")

    submit(form)
    form.goto("/admin/")

    assert asked == []


def test_refused_page_warns_as_nothing_of_it_is_saved(form):
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    form.locator("#id_title").fill("")
    submit(form)

    form.goto("/admin/")

    assert asked == ["beforeunload"]


def test_full_browser_says_once_that_it_keeps_nothing(form, own_article):
    form.evaluate(
        """() => {
            Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") };
        }"""
    )

    form.locator("#id_action").fill("Typed, then lost.")
    said = form.get_by_role("status").filter(has_text="This browser has no room to keep your unsaved text.")
    said.evaluate("note => { note.textContent = '' }")
    form.locator("#id_action").fill("Typed and saved.")
    form.evaluate("dispatchEvent(new Event('pagehide'))")
    expect(said).to_have_count(0)
    submit(form)

    own_article.refresh_from_db()
    assert own_article.action == "Typed and saved."


def test_browser_without_storage_can_save(form, own_article):
    form.add_init_script(
        """for (const name of ["localStorage", "sessionStorage"])
            Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError") } })"""
    )
    faults = []
    form.on("pageerror", lambda error: faults.append(error.stack))
    form.reload()
    form.locator("#id_action").fill("Typed and saved.")

    submit(form)

    own_article.refresh_from_db()
    assert own_article.action == "Typed and saved."
    assert not [stack for stack in faults if "/static/js/" in stack]
    form.close()  # what it still had to say comes before this
    form.said.clear()  # Django's own scripts ask for storage without asking whether there is any


@pytest.mark.parametrize("rubbish", ["{broken", '"words"', "[1, null, {}]"])
def test_spoilt_text_harms_nothing(form, own_article, administrator, rubbish):
    form.evaluate(
        "([key, value]) => localStorage.setItem(key, value)",
        [f"draft:{administrator.pk}:{change(own_article)}", rubbish],
    )

    form.reload()

    expect(form.get_by_role("region", name=OFFER)).to_have_count(0)
    form.locator("#id_action").fill("Typed, then lost.")
    wait_until_kept(form, "Typed, then lost.")


def test_hidden_values_and_passwords_are_not_kept(form):
    form.locator("#id_action").fill("Typed, then lost.")
    wait_until_kept(form, "Typed, then lost.")

    assert [field["field"] for entry in kept(form) for field in entry["fields"]] == ["action"]
    assert "csrf" not in json.dumps(kept(form))


def test_page_of_a_part_keeps_its_text_too(desk):
    desk.goto("/admin/articles/comparisontable/add/")
    desk.locator("#id_caption").fill("Typed, then lost.")
    wait_until_kept(desk, "Typed, then lost.")
    page = killed(desk)
    page.goto("/admin/articles/comparisontable/add/")

    button(page, BACK).click()

    expect(page.locator("#id_caption")).to_have_value("Typed, then lost.")


def test_preview_in_a_new_tab_is_no_save(form, own_article):
    form.locator("#id_action").fill("Only looked at.")
    with form.expect_popup() as tab:
        form.get_by_role("button", name="Preview in a new tab").first.click()
    tab.value.get_by_text("Only looked at.").first.wait_for()

    # Or the next page that thanks for anything would wipe the text.
    assert form.evaluate("sessionStorage.getItem('draft-sent')") is None

    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    form.get_by_role("link", name="Home").click()
    form.get_by_role("heading", name="Waiting for you").wait_for()

    assert asked == ["beforeunload"]
    assert "Only looked at." in [field["value"] for entry in kept(form) for field in entry["fields"]]


def test_text_that_became_a_version_set_aside_is_not_offered_again(form, own_article, administrator):
    form.locator("#id_action").fill("Written second.")
    own_article.refresh_from_db()
    own_article.action = "Written first."
    own_article.save(update_fields=["action"])
    workflow.save(own_article, by=administrator)

    submit(form)
    form.get_by_role("heading", name="Two people changed the same place").wait_for()

    assert kept(form) == []
