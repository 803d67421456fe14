import re
import time

import pytest

from articles import text


class TestHtml:
    def test_paragraphs_lists_and_labels_are_rendered(self):
        assert text.html("One.\n\n- **Label:** two\n- three") == (
            "<p>One.</p>\n<ul>\n<li><strong>Label:</strong> two</li>\n<li>three</li>\n</ul>\n"
        )

    def test_links_to_pages_of_our_own_and_of_others_stay(self):
        assert 'href="/medicines/amlodipine/"' in text.html("[amlodipine](/medicines/amlodipine/)")
        assert 'href="https://example.org/"' in text.html("[there](https://example.org/)")

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
        ],
    )
    def test_nothing_hostile_gets_through(self, hostile):
        rendered = text.html(hostile, {"label": 1}) + text.inline_html(hostile)

        assert "<script" not in rendered
        assert "<img" not in rendered
        assert "<style" not in rendered
        for attributes in re.findall("<a([^>]*)>", rendered):
            assert re.fullmatch(' href="https?://[^"]*"', attributes)

    @pytest.mark.parametrize("pattern", ["[", "![", "**", "[x](", "<", "- ", "\\", "`", "[ref:", "&"])
    def test_twenty_thousand_of_anything_render_in_reasonable_time(self, pattern):
        started = time.process_time()

        text.html(pattern * 20_000)

        assert time.process_time() - started < 5


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
