import re
import time

import pytest

from articles import text

TABLE_TAGS = ["<table>", "<thead>", "<tbody>", "<tr>", "<td>", '<th scope="col">']


class TestHtml:
    def test_paragraphs_lists_and_labels_are_rendered(self):
        assert text.html("One.\n\n- **Label:** two\n- three") == (
            "<p>One.</p>\n<ul>\n<li><strong>Label:</strong> two</li>\n<li>three</li>\n</ul>\n"
        )

    def test_links_to_pages_of_our_own_and_of_others_stay(self):
        assert 'href="/medicines/amlodipine/"' in text.html("[amlodipine](/medicines/amlodipine/)")
        assert 'href="https://example.org/"' in text.html("[there](https://example.org/)")

    def test_short_texts_have_no_headings_and_no_tables(self):
        rendered = text.html("### One\n\n| a | b |\n| --- | --- |\n| 1 | 2 |")

        assert "<h" not in rendered
        assert "<table" not in rendered

    @pytest.mark.parametrize(
        "hostile",
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html,<script>alert(1)</script>)",
            '[x](https://a/"onmouseover="alert(1))',
            "<a href='javascript:alert(1)'>x</a>",
            "<style>*{display:none}</style>",
            "[ref:<script>]",
            "&#60;script&#62;alert(1)&#60;/script&#62;",
            "### <img src=x onerror=alert(1)>",
            "| <script>alert(1)</script> | [x](javascript:alert(1)) |\n| --- | --- |\n| <style>*{} | <th onclick=x> |",
            '| a |\n| :---" onmouseover="alert(1) |\n| b |',
            "<table><th style=color:red>x</table>",
        ],
    )
    def test_nothing_hostile_gets_through(self, hostile):
        rendered = text.html(hostile, {"label": 1}) + text.inline_html(hostile) + text.long_html(hostile, under=2)

        assert "<script" not in rendered
        assert "<img" not in rendered
        assert "<style" not in rendered
        assert set(re.findall("<t[^>]*>", rendered)) <= set(TABLE_TAGS)
        for attributes in re.findall("<a([^>]*)>", rendered):
            assert re.fullmatch(' href="https?://[^"]*"', attributes)

    @pytest.mark.parametrize(
        "pattern", ["[", "![", "**", "[x](", "<", "- ", "\\", "`", "[ref:", "&", "# ", "|", "|-", "\n|"]
    )
    def test_twenty_thousand_of_anything_render_in_reasonable_time(self, pattern):
        started = time.process_time()

        text.html(pattern * 20_000)
        text.long_html(pattern * 20_000, under=2)
        text.plain(pattern * 20_000)

        assert time.process_time() - started < 5


class TestLongTexts:
    def test_texts_without_headings_and_tables_are_rendered_as_short_ones_are(self):
        markdown = "One *a* #1.\n\n- **Label:** two [x](/x/)\n\n1 | 2\n--"

        assert text.long_html(markdown, under=2) == text.html(markdown)

    @pytest.mark.parametrize(
        ("markdown", "under", "levels"),
        [
            ("### a\n\n#### b\n\n### c", 2, [3, 4, 3]),
            ("### a\n\n#### b", 3, [4, 5]),
            ("# a\n\n###### b", 2, [3, 4]),
            ("#### a\n\n### b\n\n#### c", 2, [3, 3, 4]),
            ("# a\n\n## b\n\n### c\n\n#### d", 2, [3, 4, 5, 5]),
        ],
    )
    def test_headings_go_on_from_the_page_without_a_gap(self, markdown, under, levels):
        rendered = text.long_html(markdown, under=under)

        assert [int(level) for level in re.findall("<h(.)>", rendered)] == levels
        assert [int(level) for level in re.findall("</h(.)>", rendered)] == levels

    def test_a_table_says_what_its_headings_are_for_and_scrolls_in_a_box(self):
        rendered = text.long_html(
            "| Dose | How many |\n| --- | ---: |\n| 5 mg | 2 in 100 [ref:label] |", {"label": 1}, under=2
        )

        assert rendered.startswith('<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>')
        assert rendered.endswith("</table></div>\n")
        assert '<th scope="col">How many</th>' in rendered
        assert '<td>2 in 100<sup class="cite"><a href="#ref-1" aria-label="Source 1">1</a></sup></td>' in rendered

    def test_alignment_leaves_no_style(self):
        assert "style" not in text.long_html("| a | b |\n| :-- | --: |\n| 1 | 2 |", under=2)

    def test_a_typed_tag_does_not_pass_for_a_table(self):
        assert "<div" not in text.long_html("<table> and <th>", under=2)


class TestCitations:
    def test_a_citation_becomes_a_numbered_link_to_its_source(self):
        rendered = text.inline_html("It can. [ref:label]", {"label": 3})

        assert rendered == 'It can.<sup class="cite"><a href="#ref-3" aria-label="Source 3">3</a></sup>'

    def test_neighbours_are_parted_by_a_comma(self):
        rendered = text.inline_html("It can. [ref:a] [ref:b] So it is. [ref:a]", {"a": 1, "b": 2})

        assert rendered.count('<sup class="cite">') == 2
        assert "1</a>, <a" in rendered

    def test_an_unknown_citation_leaves_no_trace(self):
        assert text.inline_html("It can. [ref:gone]", {}) == "It can."

    def test_cited_keys_come_in_order(self):
        assert text.cited_keys("a [ref:b-1] c [ref:a] [ref:b-1]") == ["b-1", "a", "b-1"]


def test_plain_text_keeps_words_only():
    assert text.plain("- **Dose:** see [this page](/x/). [ref:label]\n- two") == "Dose: see this page. two"


def test_plain_text_has_no_marks_of_headings_and_tables():
    markdown = "### How often\n\n| Dose | How many |\n| :-- | --- |\n| 5 mg | 2 \\| 3 [ref:label] |\n\nAs #1 | 2."

    assert text.plain(markdown) == "How often Dose How many 5 mg 2 | 3 As #1 | 2."


def test_plain_text_has_no_backslash_before_a_sign():
    assert text.plain(r"\- 5 \* 3") == "- 5 * 3"


def test_guide_has_chapters_pictures_and_nothing_that_acts():
    page, chapters = text.guide_html(
        "## One & two\n\n![A desk](shots/desk.png)\n\n<script>alert(1)</script>", picture=lambda path: f"/static/{path}"
    )

    assert chapters == [("one-two", "One & two")]
    assert '<h2 id="one-two">One &amp; two</h2>' in page
    assert '<img src="/static/shots/desk.png" alt="A desk">' in page
    assert "script" not in page
