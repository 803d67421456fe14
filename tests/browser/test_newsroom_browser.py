"""The whole way of an article, by four people in four browsers: from paste to publication, and back to an older version.

On that way two writers collide, a session ends, a tab dies and a sign-off is void. Nothing that anybody typed may be lost,
and readers may see nothing that a publisher did not publish.
"""

import json
from urllib.request import urlopen

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Article, Document, Source

from ..factories import publisher, reviewer, writer
from .conftest import PASSWORD, submit

pytestmark = pytest.mark.browser

PASTED = """Can Inventium Make Your Ears Hum?

Inventium is a made-up tablet that is only taken in tests.

Key Points

- Humming: Most people hear nothing at all.
- Timing: It begins in the first week.
- Relief: It stops by itself.

What Inventium Is

Inventium belongs to the tablets that nobody has ever seen.

What Helps Against the Humming

Sit in a quiet room and count to a hundred.
"""
OFFER = "You have unsaved text of"


@pytest.fixture
def article_of(committed):
    """article_of(): the article of this story as the database has it now."""
    before = set(Document.objects.values_list("pk", flat=True))

    def now():
        return Article.objects.exclude(pk__in=before).get()

    return now


def change(article):
    return f"/admin/articles/article/{article.pk}/change/"


def said(page, words):
    page.locator(".messagelist").get_by_text(words).first.wait_for()


def decide(page, button, comment="", field="Comment (optional)"):
    form = page.locator("form.move").filter(has=page.get_by_role("button", name=button, exact=True))
    if comment:
        form.get_by_label(field, exact=True).fill(comment)
    with page.expect_navigation():
        form.get_by_role("button", name=button, exact=True).click()


def written(page, field, words):
    """Types these words into an empty field, key by key as a person would."""
    page.locator(field).fill("")
    page.locator(field).press_sequentially(words)
    return words


# The steps of the story; each returns what was typed in it


def paste_it(page):
    page.goto("/admin/articles/article/paste/")
    page.get_by_label("The whole article").fill(PASTED)
    page.get_by_role("button", name="Make a draft").click()
    said(page, "is a draft now. Readers do not see it.")
    page.get_by_role("heading", name="From the pasted text", exact=True).wait_for()
    expect(page.locator("#against-submit").get_by_role("link", name="To mend before that")).to_be_visible()
    problems = page.get_by_role("region", name="To mend before it can be published")
    expect(problems).to_contain_text("Use or delete the section")
    expect(problems).to_contain_text("The article names no source")
    return [line.removeprefix("- ").split(": ")[-1] for line in PASTED.splitlines() if line.strip()]


def fill_the_gaps(page, source):
    """The texts that were missing, a source that is found by typing, its citation, and the section of leftovers gone."""
    typed = [written(page, "#id_verdict", "Yes, a little."), written(page, "#id_action", "Ask a pharmacist about it.")]
    row = page.locator("tr.form-row[id^=references-]:not(.empty-form)").last
    row.locator(".select2-selection").click()
    page.locator(".select2-container--open .select2-search__field").press_sequentially(source.title[:40])
    page.locator(".select2-results__option", has_text=source.title).first.click()
    row.locator("[data-reference-key]").fill("label")
    typed.append(written(page, "#id_short_answer", "About 1 in 10 people hear it."))
    page.keyboard.type(" [ref:")
    page.get_by_role("listbox", name="References").get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    expect(page.locator("#id_short_answer")).to_have_value("About 1 in 10 people hear it. [ref:label]")
    body = page.locator("#id_sections-0-body")
    body.press("End")
    body.press("Control+End")
    page.keyboard.type(" Swallow it slowly")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+b")
    typed.append("Swallow it **slowly**")
    leftover = page.locator("#sections-group .inline-related", has=page.locator("input[value^='Left over']"))
    leftover.get_by_role("checkbox").check()
    typed.append(written(page, "#id_change_note", "Filled the gaps of the pasted text"))
    submit(page)
    said(page, "Stored as version 2.")
    return typed


def collide(first, second, article):
    """Two writers save the same version: different fields are put together, the same field is chosen."""
    for page in (first, second):
        page.goto(change(article))
    typed = [
        written(first, "#id_verdict", "Yes, but softly."),
        written(second, "#id_verdict", "Yes, in the evening."),
        written(second, "#id_action", "Ask a pharmacist before you worry."),
    ]
    submit(first)
    said(first, "Stored as version 3.")
    submit(second)
    second.get_by_role("heading", name="Two people changed the same place").wait_for()
    second.get_by_label("Write one text of both").check()
    typed.append(written(second, "textarea[name^='text:']", "Yes, softly, in the evening."))
    second.get_by_role("button", name="Put together and save").click()
    said(second, "Put together as version 5.")
    expect(second.locator("#id_verdict")).to_have_value("Yes, softly, in the evening.")
    expect(second.locator("#id_action")).to_have_value("Ask a pharmacist before you worry.")

    typed.append(written(first, "#id_subtitle", "What the first writer adds"))
    submit(first)
    said(first, "Both changes are kept")
    expect(first.locator("#id_subtitle")).to_have_value("What the first writer adds")
    expect(first.locator("#id_action")).to_have_value("Ask a pharmacist before you worry.")
    return typed


def lose_the_session(page, editor):
    typed = [written(page, "#id_lead", "Typed before the session ended.")]
    (key,) = (one["value"] for one in page.context.cookies() if one["name"] == "side-effects-session")
    Session.objects.get(pk=key).delete()
    submit(page)
    page.get_by_text("You had been logged out.").wait_for()
    page.get_by_label("Username").fill(editor.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="Nothing of this is saved yet").wait_for()
    expect(page.locator("#id_lead")).to_have_value(typed[0])
    submit(page)
    said(page, "Stored as version")
    return typed


def lose_the_tab(page, article):
    """Returns the page that the editor goes on with, and what was typed."""
    typed = [written(page, "#id_lead", "Typed before the tab died.")]
    page.wait_for_function("words => Object.values(localStorage).some(text => text.includes(words))", arg=typed[0])
    other = page.context.new_page()
    page.close(run_before_unload=False)
    other.goto(change(article))
    other.get_by_role("region", name=OFFER).get_by_role("button", name="Put it back into the form").click()
    expect(other.locator("#id_lead")).to_have_value(typed[0])
    submit(other)
    said(other, "Stored as version")
    return other, typed


def review_it(page, writing, article):
    """The reviewer asks for a change, the writer makes it, the reviewer reads what changed and signs."""
    decide(writing, "Submit for review", "Please look at the lead.")
    said(writing, "It waits for a clinician now.")
    page.goto("/admin/")
    page.get_by_role("region", name="Waiting for my review").get_by_role("link", name=article.title).click()
    decide(page, "Ask for changes", "Say how long the humming lasts.", "Reason")
    writing.goto(change(article))
    writing.get_by_text("Say how long the humming lasts.", exact=True).wait_for()
    typed = [written(writing, "#id_lead", "The humming lasts about a minute.")]
    submit(writing)
    decide(writing, "Submit for review")
    page.goto(change(article))
    page.get_by_role("link", name="History").click()
    page.get_by_role("link", name="What changed").first.click()
    expect(page.locator(".difference")).to_contain_text("The humming lasts about a minute.")
    page.goto(change(article))
    decide(page, "Sign off", "Compared with the source.")
    said(page, "It waits for a publisher now.")
    return ["Please look at the lead.", "Say how long the humming lasts.", "Compared with the source."], typed


def publish_it(page, article):
    page.goto("/admin/")
    page.get_by_role("region", name="Signed off, to publish").get_by_role("link", name=article.title).click()
    decide(page, "Publish", "Ready for readers.")
    said(page, "Readers see it now.")
    return ["Ready for readers."]


# The story


def test_article_goes_from_paste_to_publication_and_back_and_nothing_is_lost(browser_of, article_of, site):
    people = writer(), writer(), reviewer(), publisher()
    first, second, clinic, press = (browser_of(person) for person in people)
    source = Source.objects.live().filter(link_state="").order_by("pk").first()
    lists = [f"{site}/", f"{site}/articles/"]
    before = [seen(address) for address in lists]

    typed = paste_it(first)
    article = article_of()
    page_of_it = f"{site}/articles/{article.slug}/"
    typed += fill_the_gaps(first, source)
    typed += collide(first, second, article)
    typed += lose_the_session(first, people[0])
    first, again = lose_the_tab(first, article)
    remarks, mended = review_it(clinic, first, article)
    typed += again + mended

    assert [seen(address) for address in lists] == before, "readers see only what was published"
    assert seen(page_of_it) is None

    remarks += publish_it(press, article)
    live = seen(page_of_it)
    assert "Yes, softly, in the evening." in live
    assert "The humming lasts about a minute." in live

    typed += change_a_word_and_restore(first, clinic, article)
    assert seen(page_of_it) == live, "only a publication changes what readers see"
    assert_nothing_is_lost(first, article_of(), typed, remarks)
    # The browser notes the answers 403 (no session) and 409 (a conflict), which are asked for here.
    press.said[:] = [words for words in press.said if "403 (Forbidden)" not in words and "409 (Conflict)" not in words]


def change_a_word_and_restore(page, clinic, article):
    """A changed word makes the page a draft that has to be signed again; the old version comes back with one click."""
    page.goto(change(article))
    number = article.__class__.objects.get(pk=article.pk).live.number
    typed = [written(page, "#id_verdict", "No, never.")]
    submit(page)
    said(page, "It is a draft: readers do not see it yet.")
    clinic.goto(change(article))
    clinic.get_by_role("link", name="Changes since your last sign-off").click()
    expect(clinic.locator(".difference del")).not_to_have_count(0)
    page.get_by_role("link", name="History").click()
    page.get_by_role("link", name="What changed").first.click()
    submit(page, f"Restore version {number} as a new draft")
    page.goto(change(article))
    expect(page.locator("#id_verdict")).to_have_value("Yes, softly, in the evening.")
    return typed


def assert_nothing_is_lost(page, article, typed, remarks):
    kept = [json.dumps(content, ensure_ascii=False) for content in article.revisions.values_list("content", flat=True)]
    reasons = list(article.revisions.values_list("reason", flat=True))
    assert [words for words in typed if not any(words in text for text in kept + reasons)] == []
    page.goto(change(article).replace("change", "history"))
    history = page.locator("#change-history").inner_text()
    assert [words for words in remarks if words not in history] == []
    assert all(f"Version {number} was saved" in history for number in range(1, article.version + 1))


def seen(address):
    """What a reader gets at this address, or None where there is nothing."""
    try:
        with urlopen(address) as answer:
            return answer.read().decode()
    except OSError as error:
        assert error.code == 404
        return None
