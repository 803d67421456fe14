"""Tools, shortcuts, paste and citations in the texts of an article; nothing here is saved."""

import pytest
from playwright.sync_api import expect

from articles.models import Article, Drug

from .clipboards import (
    FROM_GOOGLE_DOCS,
    FROM_LIBRE_OFFICE,
    FROM_WEB_PAGE,
    FROM_WORD,
    GOOGLE_DOCS,
    LIBRE_OFFICE,
    WEB_PAGE,
    WORD,
)

pytestmark = pytest.mark.browser

PASTE = """([html, plain]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", plain);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  return document.activeElement.dispatchEvent(event);
}"""
CHOOSE = """([row, text]) => {
  const select = document.getElementById(`id_references-${row}-source`);
  select.append(new Option(text, "1", true, true));
  select.dispatchEvent(new Event("change", { bubbles: true }));
}"""

WORDS = r"""html => {
  const bare = html.replace(/<style.*?<.style>/gs, "").replace(/\s(?:style|on\w+)=/g, " x=");
  const body = new DOMParser().parseFromString(bare, "text/html").body;
  for (const gone of body.querySelectorAll("script, .MsoCommentReference, [x*=Ignore]")) gone.remove();
  const texts = document.createNodeIterator(body, NodeFilter.SHOW_TEXT);
  const words = [];
  for (let text; (text = texts.nextNode()); ) words.push(...(text.data.match(/\p{L}+/gu) ?? []));
  return words;
}"""
SHIFT_V = """area => area.dispatchEvent(new KeyboardEvent("keydown", { key: "V", ctrlKey: true, shiftKey: true }))"""


@pytest.fixture
def blank(desk):
    """The open page of an article that is not written yet."""
    desk.goto("/admin/articles/article/add/")
    return desk


@pytest.fixture
def article(desk):
    """The open page of a shipped article, with its references."""
    pk = Article.objects.get(slug="does-amlodipine-cause-leg-cramps").pk
    desk.goto(f"/admin/articles/article/{pk}/change/")
    return desk


def options(page):
    return page.get_by_role("listbox", name="References").get_by_role("option")


def empty(page, field="body"):
    """An empty field that holds the focus."""
    names = {"body": "textarea[id^=id_sections-]", "answer": "textarea[id^=id_faqs-]", "lead": "#id_lead"}
    area = page.locator(f".writing > {names[field]}").last
    area.fill("")
    area.focus()
    return area


def tools(area):
    return area.locator("xpath=..").get_by_role("toolbar")


def press(area, name):
    tools(area).get_by_role("button", name=name, exact=False).click()


def paste(page, html, plain="plain"):
    """Whether the browser's own paste would go on."""
    return page.evaluate(PASTE, [html, plain])


def select(area, start, end):
    area.evaluate("(area, places) => area.setSelectionRange(...places)", [start, end])


def selected(area):
    return area.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)")


class TestTools:
    def test_each_field_offers_what_its_readers_can_see(self, blank):
        def offered(field):
            return tools(empty(blank, field)).get_by_role("button").all_inner_texts()

        assert offered("answer") == ["Bold", "Link", "Cite"]
        assert offered("lead") == ["Bold", "Link", "List", "1. 2. 3.", "Cite"]
        assert offered("body") == ["Bold", "Link", "List", "1. 2. 3.", "Heading", "Table", "Cite"]

    def test_texts_of_a_medicine_have_no_tools_because_they_hold_no_markdown(self, desk):
        desk.goto(f"/admin/articles/drug/{Drug.objects.get(slug='amlodipine').pk}/change/")

        assert desk.locator("textarea.vLargeTextField").count() > 1
        expect(desk.get_by_role("toolbar")).to_have_count(0)

    def test_bold_goes_on_and_off_and_can_be_undone(self, blank):
        area = empty(blank)
        blank.keyboard.type("a bold word")
        select(area, 2, 6)

        blank.keyboard.press("Control+b")
        expect(area).to_have_value("a **bold** word")
        assert selected(area) == "bold"

        blank.keyboard.press("Control+b")
        expect(area).to_have_value("a bold word")

        blank.keyboard.press("Control+z")
        expect(area).to_have_value("a **bold** word")

    @pytest.mark.parametrize(
        ("before", "places", "after"),
        [
            ("a bold word", (4, 4), "a **bold** word"),
            ("", (0, 0), "****"),
            ("****", (2, 2), ""),
            ("- one\n- two", (0, 11), "- **one**\n- **two**"),
            ("- **one**\n- **two**", (0, 19), "- one\n- two"),
            ("a **b** c", (0, 9), "**a b c**"),
        ],
    )
    def test_bold_finds_what_it_is_meant_for(self, blank, before, places, after):
        area = empty(blank)
        area.fill(before)
        select(area, *places)

        press(area, "Bold")

        expect(area).to_have_value(after)

    def test_link_asks_for_its_address_and_goes_off_again(self, blank):
        area = empty(blank)
        blank.keyboard.type("see the leaflet")
        select(area, 4, 15)

        blank.keyboard.press("Control+k")
        expect(area).to_have_value("see [the leaflet](https://)")
        assert selected(area) == "https://"

        blank.keyboard.type("/medicines/")
        expect(area).to_have_value("see [the leaflet](/medicines/)")

        blank.keyboard.press("Control+k")
        expect(area).to_have_value("see the leaflet")

    def test_lists_change_kind_and_go_off_again(self, blank):
        area = empty(blank)
        area.fill("before\none\ntwo\nafter")
        select(area, 7, 14)

        press(area, "Bullet list")
        expect(area).to_have_value("before\n\n- one\n- two\n\nafter")

        press(area, "Numbered list")
        expect(area).to_have_value("before\n\n1. one\n2. two\n\nafter")

        press(area, "Numbered list")
        expect(area).to_have_value("before\n\none\ntwo\n\nafter")

    def test_heading_goes_round(self, blank):
        area = empty(blank)
        area.fill("text\nTitle")
        seen = []

        for _ in range(3):
            press(area, "Heading")
            seen.append(area.input_value())

        assert seen == ["text\n\n### Title", "text\n\n#### Title", "text\n\nTitle"]

    def test_table_comes_with_its_first_heading_selected_and_grows(self, blank):
        area = empty(blank)

        press(area, "Table")
        assert selected(area) == "Heading"

        press(area, "Table")
        expect(area).to_have_value("| Heading | Heading |\n| --- | --- |\n|  |  |\n| Text | Text |")

    def test_toolbar_is_one_stop_of_the_keyboard_and_arrows_lead_through_it(self, blank):
        area = empty(blank)
        blank.keyboard.type("word")

        blank.keyboard.press("Shift+Tab")
        blank.keyboard.press("End")
        blank.keyboard.press("ArrowRight")
        assert blank.evaluate("document.activeElement.textContent") == "Bold"

        blank.keyboard.press("Enter")
        expect(area).to_have_value("**word**")
        assert blank.evaluate("document.activeElement.tagName") == "TEXTAREA"

    def test_added_row_has_tools(self, blank):
        before = blank.get_by_role("toolbar").count()

        blank.locator("#faqs-group .add-row a").click()

        expect(blank.get_by_role("toolbar")).to_have_count(before + 1)
        area = empty(blank, "answer")
        blank.keyboard.type("word")
        press(area, "Bold")
        expect(area).to_have_value("**word**")

    def test_count_follows_the_text(self, blank):
        area = empty(blank)
        blank.keyboard.type("### Two words [ref:label]")
        told = blank.locator(f"#{area.get_attribute('id')}-words")

        blank.wait_for_function("note => note.textContent.startsWith('2 words here.')", arg=told.element_handle())

        assert told.get_attribute("id") in area.get_attribute("aria-describedby")

    def test_count_of_an_unchanged_page_is_the_servers(self, article):
        counted = article.locator("#reading-time").inner_text()
        html = article.request.get(article.url).text()

        assert counted in html


class TestPaste:
    @pytest.mark.parametrize(
        ("html", "markdown"),
        [
            pytest.param(WORD, FROM_WORD, id="word"),
            pytest.param(GOOGLE_DOCS, FROM_GOOGLE_DOCS, id="google-docs"),
            pytest.param(LIBRE_OFFICE, FROM_LIBRE_OFFICE, id="libre-office"),
            pytest.param(WEB_PAGE, FROM_WEB_PAGE, id="web-page"),
        ],
    )
    def test_form_is_kept(self, blank, html, markdown):
        area = empty(blank)

        paste(blank, html)

        expect(area).to_have_value(markdown)

    def test_paste_stands_apart_and_can_be_undone(self, blank):
        area = empty(blank)
        blank.keyboard.type("before after")
        select(area, 7, 7)

        paste(blank, "<ul><li>one</li></ul>")
        expect(area).to_have_value("before \n\n- one\n\nafter")

        blank.keyboard.press("Control+z")
        expect(area).to_have_value("before after")

    def test_words_go_into_the_sentence(self, blank):
        area = empty(blank)
        blank.keyboard.type("a  c")
        select(area, 2, 2)

        paste(blank, "<p><b>b</b></p>")

        expect(area).to_have_value("a **b** c")

    def test_plain_words_are_left_to_the_browser(self, blank):
        empty(blank)

        assert paste(blank, "<div><span style='color:red'>- code</span></div>")
        assert paste(blank, "<p>one sentence</p>")
        assert paste(blank, "")

    def test_paste_with_shift_is_plain(self, blank):
        area = empty(blank)

        area.evaluate(SHIFT_V)

        assert paste(blank, "<p><b>b</b></p>")
        assert not paste(blank, "<p><b>b</b></p>")

    def test_words_that_were_struck_out_stay_out(self, blank):
        area = empty(blank, "lead")

        paste(
            blank,
            'Take 5 mg <s>10 mg</s> a day.<del> Stop.</del> <span style="text-decoration: line-through">Double it.</span>',
        )

        assert " ".join(area.input_value().split()) == "Take 5 mg a day."

    def test_short_text_gets_bold_lines_and_lists_for_headings_and_tables(self, blank):
        area = empty(blank, "lead")

        paste(blank, WORD)

        assert area.input_value().startswith("**How often**\n\n**Dose**:5 mg")
        assert "- Dose: How many\n- 5 mg: 2 | 100" in area.input_value().replace("**Dose**: H", "Dose: H")

    def test_text_of_one_line_gets_no_marks_that_its_readers_would_see(self, blank):
        area = empty(blank, "answer")

        paste(
            blank, "<h2>Legs</h2><ul><li>one</li><li><b>two</b></li></ul><table><tr><td>a</td><td>b</td></tr></table>"
        )

        expect(area).to_have_value("**Legs**\none\n**two**\na: b")

    @pytest.mark.parametrize("html", [WORD, GOOGLE_DOCS, LIBRE_OFFICE, WEB_PAGE])
    def test_no_word_is_lost(self, blank, html):
        words = blank.evaluate(WORDS, html)

        for field in ("body", "lead", "answer"):
            area = empty(blank, field)
            paste(blank, html)

            assert [word for word in words if word not in area.input_value()] == []


class TestCitations:
    def test_source_is_found_and_put_in_by_keyboard(self, article):
        area = empty(article)
        article.keyboard.type("It can.")
        press(area, "Cite")
        box = article.get_by_role("combobox", name="Find a reference")
        assert options(article).count() > 10
        third = options(article).nth(2).locator("span").inner_text()

        article.keyboard.press("ArrowDown")
        article.keyboard.press("ArrowDown")
        assert box.get_attribute("aria-activedescendant") == options(article).nth(2).get_attribute("id")

        article.keyboard.press("Enter")
        expect(area).to_have_value(f"It can. [ref:{third}]")
        expect(box).to_have_count(0)

        article.keyboard.press("Control+z")
        expect(area).to_have_value("It can.")

    def test_words_narrow_the_list(self, article):
        area = empty(article)
        press(area, "Cite")
        before = options(article).count()

        article.keyboard.type("label pfizer")

        assert 0 < options(article).count() < before
        assert all("pfizer" in words.lower() for words in options(article).all_inner_texts())

    def test_typing_the_mark_opens_the_list(self, article):
        area = empty(article)
        article.keyboard.type("It can. [ref:")
        article.get_by_role("combobox", name="Find a reference").wait_for()
        first = options(article).first.locator("span").inner_text()

        article.keyboard.press("Enter")

        expect(area).to_have_value(f"It can. [ref:{first}]")

    @pytest.mark.parametrize(("keys", "after"), [("label]", "[ref:label]"), ("lab\x1b", "[ref:lab")])
    def test_what_was_typed_is_kept(self, blank, keys, after):
        area = empty(blank)
        blank.keyboard.type("[ref:")

        blank.keyboard.type(keys.rstrip("\x1b"))
        if keys.endswith("\x1b"):
            blank.keyboard.press("Escape")

        expect(area).to_have_value(after)
        assert blank.evaluate("document.activeElement.tagName") == "TEXTAREA"

    def test_reference_of_an_unsaved_row_gets_the_key_that_the_server_would_make(self, article):
        row = article.locator("#references-group tr.form-row:not(.empty-form)").count() - 1
        slug = "a-source-" + "-".join(["long"] * 12)
        article.evaluate(CHOOSE, [row, f"Agency: A new leaflet [{slug}]"])
        area = empty(article)
        press(area, "Cite")

        article.keyboard.type("new leaflet")
        article.keyboard.press("Enter")

        key = article.locator(f"#id_references-{row}-key").input_value()
        expect(area).to_have_value(f"[ref:{key}]")
        assert key == "a-source-" + "-".join(["long"] * 10)

    def test_page_without_references_says_where_to_add_them(self, blank):
        area = empty(blank)

        press(area, "Cite")

        expect(blank.locator(".cite-picker")).to_contain_text("This page has no references yet.")
        assert blank.locator(".cite-picker a").get_attribute("href") == "#references-group"
        expect(options(blank)).to_have_count(0)

    def test_cells_of_a_comparison_table_cite_the_references_of_its_article(self, desk):
        article = Article.objects.get(slug="does-amlodipine-cause-leg-cramps")
        desk.goto(f"/admin/articles/comparisontable/{article.tables.first().pk}/change/")
        area = desk.locator(".writing > textarea").first

        press(area, "Cite")

        expect(options(desk)).to_have_count(article.references.count())
