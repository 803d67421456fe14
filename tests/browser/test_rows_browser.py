"""Rows are put in order by keyboard, by dragging and by number, and what is saved is what was seen."""

import pytest
from playwright.sync_api import expect

from .conftest import submit

pytestmark = pytest.mark.browser


@pytest.fixture
def rows(desk, own_article):
    """The change page of an article with the sections one, two and three."""
    desk.goto(f"/admin/articles/article/{own_article.pk}/change/")
    return desk


def shift(page, words, heading):
    return page.get_by_role("button", name=f"Move {words}: Section “Heading {heading}”")


def seen(page):
    """The headings of the sections as they stand; "" is the blank row."""
    return page.eval_on_selector_all(
        "#sections-group .inline-related:not(.empty-form) .field-heading input",
        "fields => fields.map(field => field.value.replace('Heading ', ''))",
    )


def numbers(page):
    return page.eval_on_selector_all(
        "#sections-group .inline-related:not(.empty-form) input.position", "fields => fields.map(field => field.value)"
    )


def stored(article):
    rows = article.sections.order_by("position").values_list("position", "heading")
    return [(position, heading.removeprefix("Heading ")) for position, heading in rows]


def fill_blank_row(page, heading="new"):
    page.locator("#id_sections-3-heading").fill(f"Heading {heading}")
    page.locator("#id_sections-3-body").fill("A new body.")


def test_row_is_moved_by_keyboard_and_keeps_the_focus(rows, own_article):
    shift(rows, "down", "one").focus()

    rows.keyboard.press("Enter")
    rows.keyboard.press("Enter")

    assert seen(rows) == ["two", "three", "one", ""]
    assert rows.evaluate("document.activeElement.getAttribute('aria-label')") == "Move down: Section “Heading one”"
    expect(rows.get_by_text("Section “Heading one” is now 3 of 3.")).to_have_count(1)

    submit(rows)

    assert stored(own_article) == [(1, "two"), (2, "three"), (3, "one")]


def test_first_row_says_that_it_cannot_go_up(rows):
    shift(rows, "up", "one").click()

    expect(rows.get_by_text("Section “Heading one” is first already.")).to_have_count(1)
    assert seen(rows) == ["one", "two", "three", ""]


def test_row_is_dragged(rows, own_article):
    handle = rows.locator("#sections-2 .drag")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    rows.mouse.move(box["x"] + 20, box["y"] + 20)
    rows.mouse.down()
    rows.mouse.move(box["x"] + 20, box["y"] + 10)
    expect(rows.locator("#sections-0 .field-body"), "carried among headings").to_be_hidden()
    target = rows.locator("#sections-0 h3").bounding_box()

    rows.mouse.move(box["x"] + 20, target["y"] + 5)
    rows.wait_for_function("document.querySelector('#sections-2').nextElementSibling.id === 'sections-0'")
    rows.mouse.up()

    assert seen(rows) == ["three", "one", "two", ""]
    expect(rows.locator("#sections-0 .field-body")).to_be_visible()

    submit(rows)

    assert stored(own_article) == [(1, "three"), (2, "one"), (3, "two")]


def test_typed_number_moves_the_row_at_once(rows, own_article):
    rows.locator("#id_sections-0-position").fill("2")
    rows.keyboard.press("Tab")

    assert seen(rows) == ["two", "one", "three", ""]
    assert numbers(rows) == ["1", "2", "3", ""]

    submit(rows)

    assert stored(own_article) == [(1, "two"), (2, "one"), (3, "three")]


def test_blank_row_stays_untouched_wherever_it_is_moved(rows, own_article):
    rows.locator("#sections-3").get_by_role("button", name="Move up: New section").click()
    shift(rows, "down", "one").click()
    assert seen(rows) == ["two", "one", "", "three"]
    assert numbers(rows) == ["1", "2", "", "3"]

    submit(rows)

    expect(rows.locator(".errornote")).to_have_count(0)
    assert stored(own_article) == [(1, "two"), (2, "one"), (3, "three")]


def test_new_row_is_saved_where_it_was_put(rows, own_article):
    rows.locator("#sections-3").get_by_role("button", name="Move up: New section").click()
    fill_blank_row(rows)
    shift(rows, "up", "new").click()

    submit(rows)

    assert stored(own_article) == [(1, "one"), (2, "new"), (3, "two"), (4, "three")]


def test_deleted_row_takes_no_number(rows, own_article):
    shift(rows, "up", "three").click()
    rows.locator("#id_sections-0-DELETE").check()

    assert numbers(rows) == ["1", "1", "2", ""]

    submit(rows)

    assert stored(own_article) == [(1, "three"), (2, "two")]


def test_refused_page_keeps_the_order(rows, own_article):
    fill_blank_row(rows)
    shift(rows, "up", "new").click()
    shift(rows, "up", "three").click()
    rows.locator("#id_title").fill("")

    submit(rows)

    expect(rows.locator(".errornote")).to_have_count(1)
    assert seen(rows)[:4] == ["one", "two", "three", "new"]

    rows.locator("#id_title").fill("Does it ache?")
    submit(rows)

    assert stored(own_article) == [(1, "one"), (2, "two"), (3, "three"), (4, "new")]


def test_removing_a_new_row_after_a_move_leaves_the_saved_rows_theirs(rows, own_article):
    """Django then names the rows anew as they stand, and takes the first ones for the saved ones."""
    fill_blank_row(rows)
    for _ in range(3):
        shift(rows, "up", "new").click()
    rows.get_by_role("button", name="Add another Section").click()

    rows.locator("#sections-4 .inline-deletelink").click()

    assert seen(rows) == ["new", "one", "two", "three"]

    submit(rows)

    assert stored(own_article) == [(1, "new"), (2, "one"), (3, "two"), (4, "three")]


def test_added_row_can_be_moved(rows, own_article):
    fill_blank_row(rows)
    rows.get_by_role("button", name="Add another Section").click()
    rows.locator("#id_sections-4-heading").fill("Heading newest")
    rows.locator("#id_sections-4-body").fill("A body.")

    shift(rows, "up", "newest").click()
    submit(rows)

    assert stored(own_article)[3:] == [(4, "newest"), (5, "new")]


def test_looking_at_a_page_changes_nothing_in_it(rows, own_article):
    submit(rows)

    assert own_article.revisions.count() == 1


def test_jump_list_follows_the_order(rows):
    shift(rows, "up", "three").click()

    names = rows.locator("#nav-sidebar [data-rows=sections] a").all_inner_texts()

    assert names == ["Heading one", "Heading three", "Heading two"]


def test_rows_fold_to_their_headings(rows):
    rows.locator("#sections-group").get_by_role("button", name="Headings only").click()

    expect(rows.locator("#id_sections-0-body")).to_be_hidden()
    expect(shift(rows, "down", "one")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_buttons_are_big_enough_for_a_thumb(rows, width):
    rows.set_viewport_size({"width": width, "height": 800})

    sizes = rows.eval_on_selector_all(
        ".inline-related:not(.empty-form) > .arrange > *, tr:not(.empty-form) .drag, tr:not(.empty-form) .shift",
        "all => all.map(one => one.getBoundingClientRect()).map(box => Math.min(box.width, box.height))",
    )

    assert min(sizes) >= 44
