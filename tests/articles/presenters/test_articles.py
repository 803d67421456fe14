"""An article's dict as its page shows it; literal in, literal out."""

from articles.presenters.articles import article_page, minutes_to_read

LABEL = {"kind": "source", "slug": "label", "publisher": "Agency", "title": "Label", "strength": "good"}
NAMED = {
    ("source", "label"): LABEL,
    ("drug", "testamol"): {"name": "testamol"},
    ("effect", "test-ache"): {"name": "Test ache"},
}


def article(**fields):
    return {
        "kind": "article",
        "slug": "does-testamol-ache",
        "title": "Does testamol ache?",
        "verdict": "Yes, it can.",
        "short_answer": "Some people ache. [ref:a]",
        "action": "Ask a pharmacist.",
        "references": [{"key": "a", "source": "label"}],
    } | fields


def section(key, **fields):
    return {"key": key, "heading": key.title(), "body": "Text."} | fields


def row(**fields):
    return {
        "drug_slug": "testamol",
        "drug_name": "testamol",
        "effect_slug": "test-ache",
        "effect_name": "Test ache",
        "listing": {"findings": [{"key": "f1", "sources": ["label"], "band": "common"}]},
        "article_slug": "",
        "article_title": "",
    } | fields


def shown(content, **more):
    return article_page(content, named=NAMED, **more)


class TestParts:
    def test_sub_sections_stand_under_their_section_wherever_they_were_entered(self):
        sections = [section("a"), section("b"), section("a1", parent="a")]

        parts = shown(article(sections=sections))["parts"]

        assert [(part["id"], part["level"]) for part in parts] == [("a", 2), ("a1", 3), ("b", 2)]

    def test_headings_in_a_text_go_on_from_the_heading_of_its_section(self):
        sections = [section("a", body="### One"), section("a1", parent="a", body="### Two")]

        parts = shown(article(sections=sections))["parts"]

        assert [part["body"] for part in parts] == ["<h3>One</h3>\n", "<h4>Two</h4>\n"]

    def test_help_is_where_the_help_boxes_stand(self):
        sections = [section("when"), section("now", parent="when", style="emergency", body="- one [ref:a]\n- two")]

        page = shown(article(sections=sections))

        assert [part["id"] for part in page["parts"]] == ["help", "now"]
        assert page["has_help"]

    def test_emergency_items_carry_no_link_and_others_do(self):
        sections = [
            section("now", style="emergency", body="- one [ref:a]\n  and more\n- two"),
            section("today", style="today", body="- three [ref:a]"),
        ]

        now, today = shown(article(sections=sections))["parts"]

        assert now["items"] == ["one and more", "two"]
        assert "#ref-1" in today["items"][0]

    def test_call_out_names_the_one_medicine_of_the_article(self):
        one = shown(article(drugs=["testamol"], sections=[section("stop", style="stop")]))["parts"][0]
        many = shown(article(drugs=["testamol", "other"], sections=[section("stop", style="stop")]))["parts"][0]

        assert (one["drug"], many["drug"]) == ("testamol", "this medicine")

    def test_claims_and_tables_stand_in_their_section(self):
        content = article(
            sections=[section("a"), section("b")],
            claims=[{"key": "c", "section": "b", "often_said": "It does.", "sources_say": "It may."}],
            tables=[
                {
                    "key": "t",
                    "section": "a",
                    "caption": "Two",
                    "columns": [{"key": "x", "heading": "X", "drug": "testamol"}, {"key": "y", "heading": "Y"}],
                    "rows": [{"key": "r", "heading": "Row", "cells": [{"key": "y", "text": "Yes"}]}],
                }
            ],
        )

        a, b = shown(content)["parts"]

        assert b["claims"] == [{"said": "It does.", "found": "It may."}]
        assert a["tables"] == [
            {
                "caption": "Two",
                "columns": [("/medicines/testamol/", "X"), ("", "Y")],
                "rows": [{"name": "Row", "cells": [("X", ""), ("Y", "Yes")]}],
            }
        ]


class TestFigures:
    sections = (section("often", style="how-often", drug="testamol", effect="test-ache"),)

    def test_they_are_the_medicines_own_and_cite_the_articles_sources(self):
        part = shown(article(sections=self.sections), listings=[row()])["parts"][0]

        figure = part["figures"]["groups"][0]["figures"][0]
        assert figure["sentence"] == "1 to 10 in every 100 people get it; 90 to 99 do not."
        assert [source["href"] for source in figure["sources"]] == ["#ref-1"]
        assert part["guard"]

    def test_a_source_that_the_article_does_not_list_stands_on_the_pairs_page(self):
        page = shown(article(sections=self.sections, references=[]), listings=[row()])

        figure = page["parts"][0]["figures"]["groups"][0]["figures"][0]
        assert [(source["href"], source["text"]) for source in figure["sources"]] == [
            ("/medicines/testamol/test-ache/#sources", "Agency")
        ]

    def test_a_pair_that_is_not_live_leaves_the_text(self):
        part = shown(article(sections=self.sections))["parts"][0]

        assert part["figures"] is None
        assert part["body"] == "<p>Text.</p>\n"


def test_references_that_are_not_live_take_their_citations_along():
    page = article_page(article(), named={})

    assert page["answer"] == "Some people ache."
    assert page["sources"] == []


def test_related_pages_are_live_ones_and_articles_about_the_same():
    content = article(drugs=["gone", "testamol"], effects=["test-ache"])
    listings = [
        row(article_slug="other", article_title="Other?"),
        row(article_slug=content["slug"], article_title="It"),
    ]

    assert shown(content, listings=listings)["related"] == [
        ("/medicines/testamol/", "Testamol: all side effects"),
        ("/symptoms/test-ache/", "Test ache: which medicines list it"),
        ("/articles/other/", "Other?"),
    ]


def test_reading_takes_whole_minutes_and_never_none():
    assert minutes_to_read({"title": "Short"}) == 1
    assert minutes_to_read({"lead": "word " * 500, "sections": [{"key": "a", "body": "word " * 500}]}) == 5


def test_search_engines_get_the_description_that_was_written_for_them_or_else_the_answer():
    written = article_page(article(search_description="Ache and testamol."))
    plain = article_page(article())

    assert written["description"] == "Ache and testamol."
    assert plain["description"].startswith("Yes, it can. Some people ache.")
    assert written["minutes"] == plain["minutes"]
