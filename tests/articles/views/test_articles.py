"""The list of articles and one article, fetched as a reader does."""

import pytest

from articles.models import Document
from articles.text import cited_keys, plain
from articles.workflow import withdraw
from tests.factories import article_content, draft, published, published_world, publisher

FOUNDING = ("does-amitriptyline-affect-your-legs", "does-amlodipine-cause-leg-cramps")
AMLODIPINE = "/articles/does-amlodipine-cause-leg-cramps/"


def content_of(slug):
    return Document.objects.get(kind="article", slug=slug).live.content


def words(html):
    return " ".join(html.split())


@pytest.mark.parametrize("slug", FOUNDING)
def test_an_article_needs_four_queries(page, django_assert_num_queries, slug):
    with django_assert_num_queries(4):
        page(f"/articles/{slug}/")


@pytest.mark.parametrize("slug", FOUNDING)
class TestEveryWordIsOnThePage:
    def test_texts(self, page, slug):
        content, text = content_of(slug), page(f"/articles/{slug}/").text
        texts = [content[name] for name in ("title", "subtitle", "verdict", "helps", "harms", "action")]
        texts += [point["text"] for point in content["key_points"]]
        texts += [claim[half] for claim in content["claims"] for half in ("often_said", "sources_say")]
        texts += [faq[half] for faq in content["faqs"] for half in ("question", "answer")]
        texts += [cell["text"] for table in content["tables"] for row in table["rows"] for cell in row["cells"]]

        missing = [each for each in map(sentences_of, texts) if not all(sentence in text for sentence in each)]

        assert missing == []

    def test_sections(self, page, slug):
        content, text = content_of(slug), page(f"/articles/{slug}/").text
        blocks = [
            block
            for section in content["sections"]
            for line in section["body"].split("\n")
            for block in sentences_of(line)
        ]

        assert [block for block in blocks if block not in text] == []

    def test_headings(self, page, slug):
        shown = page(f"/articles/{slug}/")
        headings = {words(element["text"]) for level in ("h2", "h3") for element in shown.all(level)}

        assert {section["heading"] for section in content_of(slug)["sections"]} <= headings

    def test_each_reference_is_listed_once_and_led_to(self, page, slug):
        shown, content = page(f"/articles/{slug}/"), content_of(slug)
        rows = [element["id"] for element in shown.all("li") if (element.get("id") or "").startswith("ref-")]

        assert rows == [f"ref-{number}" for number in range(1, len(content["references"]) + 1)]
        emergency = [s["body"] for s in content["sections"] if s.get("style") == "emergency"]
        assert not cited_keys(" ".join(emergency))
        assert {f"#{row}" for row in rows} <= shown.links


def sentences_of(markdown):
    """The pieces between citations, because their numbers stand in the page's text."""
    return [plain(piece) for piece in markdown.split("[ref:")[:1]] + [
        plain(piece.partition("]")[2]) for piece in markdown.split("[ref:")[1:] if piece.partition("]")[2].strip()
    ]


def test_answer_comes_before_everything_else(page):
    shown = page(AMLODIPINE)
    body = shown.html.partition("<h1>")[2]

    assert body.index('class="answer-text"') < body.index("Quick summary") < body.index("Key points")
    assert (
        body.index("Key points") < body.index("On this page") < body.index('id="help"') < body.index('id="questions"')
    )
    assert shown.text.index("Yes, it can.") < shown.text.index("minutes to read")


def test_at_most_thirty_words_of_the_page_stand_before_the_answer(page):
    main = page(AMLODIPINE).html.partition("<main")[2].partition('<p class="answer-text">')[0].partition(">")[2]

    assert len(main.split()) <= 30


def test_no_link_distracts_from_the_emergency_box(page):
    box = page(AMLODIPINE).html.partition('class="box now"')[2].partition("</div>\n</div>")[0]

    assert "have a fit" in box
    assert box.count("<a ") == box.count('<a href="tel:') == 3


def test_figures_come_from_the_live_medicine_and_lead_to_sources(page):
    shown = page(AMLODIPINE)

    assert "1 to 10 in every 1,000 people get it; 990 to 999 do not." in shown.text
    assert "/medicines/amlodipine/muscle-cramps/" in shown.links
    figures = shown.html.partition('<ul class="figures">')[2].partition("</ul>")[0]
    assert figures.count("<li>") == figures.count('<p class="figure-say">') > 0
    assert all("Source: <a " in figure for figure in figures.split("<li>")[1:])


def test_the_guard_about_numbers_stands_once(page):
    assert page(AMLODIPINE).text.count("These numbers are about groups of people.") == 1


def test_a_source_without_a_public_page_has_no_link(page):
    sources = page(AMLODIPINE).html.partition('<ol class="sources">')[2].partition("</ol>")[0]

    assert "http://47.251.13.51" not in sources
    assert "(no public link)" in sources
    assert "In German." in sources


def test_the_foot_says_what_was_checked_and_that_nobody_signed(page):
    text = page(AMLODIPINE).text

    assert "Facts last checked 20 November 2026; next review due in 12 months" in text
    assert "Not yet signed off by a clinician." in text
    assert "It is not medical advice" in text


def test_signed_article_names_the_clinician(page, db):
    published_world()
    published(article_content())

    assert "Signed off by Rita Rahman (Pharmacist, TEST 1234567)" in page("/articles/does-testamol-ache/").text


def test_an_article_without_help_boxes_still_says_when_to_get_help(page, db):
    published_world()
    published(article_content())

    shown = page("/articles/does-testamol-ache/")

    assert shown.one("h2", id="help")["text"] == "When to get help"


def test_a_question_keeps_its_address_when_a_section_has_the_same_key(page, db):
    published_world()
    published(
        article_content(
            sections=[
                {"key": "dose", "heading": "Dose", "body": "Small."},
                {"key": "toc", "heading": "Toc", "body": "x"},
            ],
            faqs=[{"key": "dose", "question": "Which dose?", "answer": "A small one."}],
        )
    )

    shown = page("/articles/does-testamol-ache/")

    assert "Which dose?" in shown.one("div", id="dose")["text"]
    assert shown.one("h2", id="dose-part")["text"] == "Dose"


def test_draft_is_hidden_from_readers(page, db):
    published_world()
    draft(article_content())

    page("/articles/does-testamol-ache/", status=404)
    assert "Does testamol ache?" not in page("/articles/").text


def test_withdrawn_article_is_gone(page, db):
    published_world()
    document = published(article_content())
    withdraw(document, by=publisher(), reason="Wrong")

    page("/articles/does-testamol-ache/", status=410)
    assert "Does testamol ache?" not in page("/articles/").text


def test_list_of_articles_needs_two_queries(page, django_assert_num_queries):
    with django_assert_num_queries(2):
        shown = page("/articles/")

    assert AMLODIPINE in shown.links
    assert "Yes, it can. But most people do not get it." in shown.text


def test_a_page_of_the_list_that_does_not_exist_is_not_found(page):
    page("/articles/?page=2", status=404)
    page("/articles/?page=x", status=404)


def test_a_long_list_has_pages(page, monkeypatch):
    monkeypatch.setattr("articles.views.articles.ARTICLES_A_PAGE", 1)

    shown = page("/articles/?page=2")

    assert "?page=1" in shown.links
    assert AMLODIPINE in shown.links
