import re

from articles.content import snapshot
from articles.models import Article, ComparisonTable, Document, DrugEffect, Source
from articles.shapes import content_hash
from tests.factories import article_content, draft, published_world, writer

from .forms import errors_of, send

ADD = "/admin/articles/article/add/"


def change(document):
    return f"/admin/articles/article/{document.pk}/change/"


def test_writer_makes_an_article_with_all_its_rows_and_the_revision_holds_exactly_that(client, db):
    drug = published_world()
    user = writer()
    client.force_login(user)
    source, pair = Source.objects.get(slug="test-label"), DrugEffect.objects.get(drug=drug)

    response = send(
        client,
        ADD,
        "article",
        title="Can testamol ache?",
        verdict="Yes.",
        short_answer="A few people ache. [ref:label]",
        action="Ask.",
        drugs=[drug.pk],
        effects=[pair.effect_id],
        pairs=[pair.pk],
        change_note="First words",
        key_points__0__label="Not often",
        key_points__0__text="A few.",
        sections__0__heading="How often is it?",
        sections__0__style="how-often",
        sections__0__body="First.\r\n\r\nSecond.",
        sections__0__drug=drug.pk,
        sections__0__effect=pair.effect_id,
        claims__0__often_said="Everybody aches.",
        claims__0__sources_say="Few do.",
        claims__0__section="how-often-is-it",
        faqs__0__question="Does it last?",
        faqs__0__answer="We do not know.",
        references__0__source=source.pk,
        references__0__key="label",
        links__0__label="The label",
        links__0__url="https://example.org/label",
    )

    assert response.status_code == 302
    article = Article.objects.get(slug="can-testamol-ache")
    revision = article.revisions.get()
    assert (revision.author, revision.reason, revision.number) == (user, "First words", 1)
    assert (article.state, article.owner, article.live) == (Document.State.DRAFT, user, None)
    assert revision.content == {
        "kind": "article",
        "slug": "can-testamol-ache",
        "title": "Can testamol ache?",
        "verdict": "Yes.",
        "short_answer": "A few people ache. [ref:label]",
        "action": "Ask.",
        "drugs": ["testamol"],
        "effects": ["test-ache"],
        "pairs": ["testamol/test-ache"],
        "key_points": [{"key": "not-often", "label": "Not often", "text": "A few."}],
        "sections": [
            {
                "key": "how-often-is-it",
                "heading": "How often is it?",
                "style": "how-often",
                "body": "First.\n\nSecond.",
                "drug": "testamol",
                "effect": "test-ache",
            }
        ],
        "claims": [
            {
                "key": "everybody-aches",
                "section": "how-often-is-it",
                "often_said": "Everybody aches.",
                "sources_say": "Few do.",
            }
        ],
        "faqs": [{"key": "does-it-last", "question": "Does it last?", "answer": "We do not know."}],
        "references": [{"key": "label", "source": "test-label"}],
        "links": [{"key": "the-label", "label": "The label", "url": "https://example.org/label"}],
    }


def test_saving_a_shipped_article_unchanged_stores_nothing_new(client, db):
    client.force_login(writer())

    for article in Article.objects.all():
        response = send(client, change(article), "article")

        assert response.status_code == 302
        article.refresh_from_db()
        assert article.revisions.count() == 1
        assert article.state == Document.State.PUBLISHED


def test_saving_a_change_makes_a_draft_and_readers_keep_the_live_version(client, db):
    article = Article.objects.get(slug="does-amlodipine-cause-leg-cramps")
    client.force_login(writer())

    send(client, change(article), "article", title="Is it amlodipine?", change_note="A shorter title")

    article.refresh_from_db()
    assert (article.state, article.live.number, article.version) == (Document.State.DRAFT, 1, 2)
    assert article.live.content["title"] == "Does amlodipine cause leg cramps?"
    assert content_hash(snapshot(article)) == article.revisions.first().content_hash


def test_rows_are_numbered_afresh_in_the_order_that_was_asked_for(client, db):
    published_world()
    article = draft(article_content(faqs=[{"key": key, "question": f"{key}?", "answer": "Yes."} for key in "abcd"]))
    client.force_login(writer())

    # d to the second place, a to the third, a new one first, and b away.
    send(
        client,
        change(article),
        "article",
        faqs__3__position="2",
        faqs__0__position="3",
        faqs__1__DELETE="on",
        faqs__4__question="New?",
        faqs__4__answer="Yes.",
        faqs__4__position="1",
    )

    assert list(article.faqs.values_list("key", "position")) == [("new", 1), ("d", 2), ("a", 3), ("c", 4)]


def test_new_row_without_a_number_comes_last_and_its_key_is_unique(client, db):
    published_world()
    article = draft(article_content(faqs=[{"key": "same", "question": "Same?", "answer": "Yes."}]))
    client.force_login(writer())

    send(client, change(article), "article", faqs__1__question="Same?", faqs__1__answer="No.")

    assert list(article.faqs.values_list("key", "position")) == [("same", 1), ("same-2", 2)]


def test_key_of_a_saved_row_cannot_be_changed(client, db):
    published_world()
    article = draft(article_content(faqs=[{"key": "same", "question": "Same?", "answer": "Yes."}]))
    client.force_login(writer())

    send(client, change(article), "article", faqs__0__key="other", faqs__0__answer="No.")

    assert article.faqs.get().key == "same"
    assert article.faqs.get().answer == "No."


def test_address_that_another_article_has_is_refused_in_words(client, db):
    client.force_login(writer())

    response = send(
        client,
        ADD,
        "article",
        title="Again?",
        verdict="Yes.",
        short_answer="Yes.",
        action="Ask.",
        slug="does-amlodipine-cause-leg-cramps",
    )

    assert "Another article has this address already." in errors_of(response)


def test_comparison_table_is_made_from_columns_and_rows(client, db):
    published_world()
    sections = [{"key": "which", "heading": "Which one?", "body": "See the table."}]
    article = draft(article_content(sections=sections))
    client.force_login(writer())

    response = send(
        client,
        f"/admin/articles/comparisontable/add/?article={article.pk}",
        "comparisontable",
        caption="Two medicines",
        section="which",
        columns__TOTAL_FORMS="2",
        columns__0__heading="Testamol",
        columns__1__heading="Other",
        columns__1__key="",
        columns__1__position="1",
        columns__1__id="",
        columns__1__table="",
    )
    assert response.status_code == 302
    table = ComparisonTable.objects.get(article=article)
    response = send(
        client,
        f"/admin/articles/comparisontable/{table.pk}/change/",
        "comparisontable",
        rows__0__heading="Aches",
        rows__0__cell_testamol="Some. [ref:label]",
    )

    assert response.status_code == 302
    assert article.revisions.count() == 3
    assert article.revisions.first().content["tables"] == [
        {
            "key": "two-medicines",
            "section": "which",
            "caption": "Two medicines",
            "columns": [{"key": "other", "heading": "Other"}, {"key": "testamol", "heading": "Testamol"}],
            "rows": [{"key": "aches", "heading": "Aches", "cells": [{"key": "testamol", "text": "Some. [ref:label]"}]}],
        }
    ]


def test_cells_follow_their_columns_and_go_with_them(client, db):
    client.force_login(writer())
    table = ComparisonTable.objects.first()
    keys = list(table.columns.values_list("key", flat=True))

    send(
        client,
        f"/admin/articles/comparisontable/{table.pk}/change/",
        "comparisontable",
        columns__0__DELETE="on",
        columns__2__position="1",
    )

    left = table.article.revisions.first().content["tables"][0]
    assert [column["key"] for column in left["columns"]] == [keys[2], keys[1]]
    assert [cell["key"] for cell in left["rows"][0]["cells"]] == [keys[2], keys[1]]


def test_saving_a_shipped_table_unchanged_stores_nothing_new(client, db):
    client.force_login(writer())

    for table in ComparisonTable.objects.select_related("article"):
        response = send(client, f"/admin/articles/comparisontable/{table.pk}/change/", "comparisontable")

        assert response.status_code == 302
        assert table.article.revisions.count() == 1


def test_each_text_says_how_much_markdown_its_readers_see(client, db):
    client.force_login(writer())

    html = client.get(ADD).text

    sizes = {
        re.search('name="([^"]+)"', tag)[1]: re.search('data-markdown="([^"]+)"', tag)
        for tag in re.findall("<textarea[^>]*>", html)
    }
    assert {name: size and size[1] for name, size in sizes.items() if "__prefix__" not in name} == {
        "short_answer": "line",
        "lead": "short",
        "helps": "line",
        "harms": "line",
        "key_points-0-text": "line",
        "sections-0-body": "long",
        "claims-0-often_said": "line",
        "claims-0-sources_say": "line",
        "faqs-0-answer": "line",
    }


def test_page_says_how_long_it_takes_to_read_and_what_stands_elsewhere(client, db):
    published_world()
    texts = {"lead": "Word " * 300, "sections": [{"key": "a", "heading": "Two words", "body": "Word " * 300}]}
    article = draft(
        article_content(title="Four words are here", verdict="Yes.", short_answer="No.", action="Do.", **texts)
    )
    client.force_login(writer())

    html = client.get(change(article)).text

    assert 'id="reading-time" data-words-elsewhere="8">Readers need about 3 minutes for it (609 words).' in html


def test_page_of_a_table_offers_the_references_of_its_article(client, db):
    published_world()
    table = {"key": "t", "section": "a", "caption": "Table", "columns": [{"key": "c", "heading": "C"}], "rows": []}
    sections = [{"key": "a", "heading": "A", "body": "Text."}]
    article = draft(article_content(sections=sections, tables=[table]))
    client.force_login(writer())

    html = client.get(f"/admin/articles/comparisontable/{article.tables.get().pk}/change/").text

    assert '<datalist id="reference-keys"><option value="label">' in html
