"""The first page, questions, glossary and the pages about this site."""

import re

import pytest

from articles.models import Document, SearchEntry

ABOUT = ("/about/", "/about/data/", "/about/accessibility/", "/about/privacy/", "/about/report/")
NOTICE = (
    "This product uses publicly available data courtesy of the U.S. National Library of Medicine (NLM), National Institutes of "
    "Health, Department of Health and Human Services; NLM is not responsible for the product and does not endorse or recommend "
    "this or any other product."
)


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/", 2),
        ("/questions/", 3),
        ("/glossary/", 2),
        ("/about/", 0),
        ("/about/data/", 0),
        ("/about/accessibility/", 0),
        ("/about/privacy/", 0),
        ("/about/report/", 1),
    ],
)
def test_pages_need_few_queries(page, django_assert_num_queries, address, count):
    with django_assert_num_queries(count):
        page(address)


class TestHome:
    def test_three_doors_and_a_search_box(self, page):
        shown = page("/")

        assert shown.h1 == "Is it my medicine?"
        assert {"/medicines/", "/symptoms/", "/compare/"} <= shown.links
        assert shown.one("form", role="search")["action"] == "/check/"
        assert shown.one("form", role="search")["method"] == "get"

    def test_questions_come_from_every_article(self, page):
        questions = [link for link in page("/").links if link.startswith("/articles/") and "#" in link]

        assert {link.split("/")[2] for link in questions} == {
            "does-amitriptyline-affect-your-legs",
            "does-amlodipine-cause-leg-cramps",
        }

    def test_a_question_that_says_nothing_alone_is_left_out(self, page):
        assert SearchEntry.objects.filter(title="Do the side effects wear off?").exists()
        assert "Do the side effects wear off?" not in page("/").text

    def test_site_without_articles_has_no_empty_list(self, page):
        SearchEntry.objects.all().delete()

        assert "Questions people ask" not in page("/").text


class TestQuestions:
    def test_every_question_leads_to_its_place_in_the_article(self, page):
        shown = page("/questions/")
        faqs = list(SearchEntry.objects.filter(kind="faq"))

        assert len(faqs) >= 15
        assert {f"/articles/{faq.slug}/#{faq.anchor}" for faq in faqs} <= shown.links

    def test_answers_stand_whole(self, page):
        text = page("/questions/").text

        assert all(faq.summary in text for faq in SearchEntry.objects.filter(kind="faq"))

    def test_anchors_exist_in_the_articles(self, page):
        ids = {
            slug: {element["id"] for element in page(f"/articles/{slug}/").elements if "id" in element}
            for slug in SearchEntry.objects.filter(kind="faq").values_list("slug", flat=True).distinct()
        }

        assert all(faq.anchor in ids[faq.slug] for faq in SearchEntry.objects.filter(kind="faq"))


class TestGlossary:
    def test_every_word_has_its_definition_source_and_address(self, page):
        shown = page("/glossary/")
        terms = Document.objects.contents(glossary_term=None).values()

        assert len(terms) == 57
        assert all(shown.one("dt", id=term["slug"]) and term["definition"] in shown.text for term in terms)
        assert "US National Library of Medicine" in shown.text

    def test_letters_without_words_are_no_links(self, page):
        shown = page("/glossary/")

        assert "#letter-A" in shown.links
        assert "#letter-Z" not in shown.links


class TestAbout:
    @pytest.mark.parametrize("address", ABOUT)
    def test_page_is_found_from_the_first_page(self, page, address):
        assert address in page("/").links

    def test_data_page_carries_the_notice_word_for_word(self, page):
        assert NOTICE in page("/about/data/").text

    def test_about_page_promises_only_what_the_code_does(self, page):
        text = page("/about/").text

        assert "No clinician has signed them off yet." in text
        assert "The project carries no advertising code." in text
        assert not re.search(r"\b(money|paid|funded|sponsor)", text, re.IGNORECASE)


class TestReport:
    def test_every_number_is_a_live_help_line(self, page):
        shown = page("/about/report/")
        lines = Document.objects.contents(help_line=None).values()

        told = {link for link in shown.links if link.startswith("tel:")}
        assert told == {"tel:911", "tel:999", "tel:112", "tel:111", "tel:988", "tel:116123", "tel:18003321088"}
        printed = [line for line in lines if line["purpose"] != "look-up"]
        assert all(line["url"] in shown.links for line in printed if "url" in line)

    def test_without_an_address_it_says_so(self, page, settings):
        settings.CONTACT_EMAIL = ""

        assert "has not given an address to write to" in page("/about/report/").text

    def test_with_an_address_it_gives_it(self, page, settings):
        settings.CONTACT_EMAIL = "desk@example.org"

        assert "mailto:desk@example.org" in page("/about/report/").links
