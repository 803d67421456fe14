from articles import workflow
from articles.models import Article, Document, DrugEffect, ListedEffect, Revision, SearchEntry
from tests.factories import article_content, draft, published, published_world, publisher, writer


def preview_of(row):
    return f"/admin/articles/{row._meta.model_name}/{row.pk}/preview/"


def changed_article():
    published_world()
    article = published(article_content())
    return draft(article_content(title="Does testamol still ache?")), article


def test_preview_shows_the_draft_while_readers_see_the_live_page(client, db):
    article, _ = changed_article()
    client.force_login(writer())

    draft_page = client.get(preview_of(article))
    live_page = client.get(f"/articles/{article.slug}/")

    assert "Does testamol still ache?" in draft_page.content.decode()
    assert "Preview of a draft. Readers cannot see this." in draft_page.content.decode()
    assert "Does testamol ache?" in live_page.content.decode()
    assert "Preview of a draft" not in live_page.content.decode()


def test_preview_of_a_page_that_was_never_published_works(client, db):
    published_world()
    article = draft(article_content())
    client.force_login(writer())

    assert "Some people ache." in client.get(preview_of(article)).content.decode()
    assert client.get(f"/articles/{article.slug}/").status_code == 404


def test_preview_changes_nothing(client, db):
    article, _ = changed_article()
    client.force_login(writer())
    models = (Document, Revision, ListedEffect, SearchEntry)
    before = [list(model.objects.order_by("pk").values()) for model in models]

    client.get(preview_of(article))

    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def test_preview_is_stored_and_indexed_nowhere(client, db):
    article, _ = changed_article()
    client.force_login(publisher())

    response = client.get(preview_of(article), headers={"Accept-Encoding": "br", "If-None-Match": "*"})

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert "public" not in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "ETag" not in response.headers


def test_preview_is_for_editors_only(client, db):
    article = Article.objects.first()

    assert client.get(preview_of(article)).status_code == 302


def test_pair_page_is_previewed_from_the_draft_of_its_medicine(client, db):
    published_world()
    pair = DrugEffect.objects.get(drug__slug="testamol")
    pair.what_helps = "Rest a little."
    pair.save()
    workflow.save(pair.drug, by=writer())
    client.force_login(writer())

    assert "Rest a little." in client.get(preview_of(pair)).content.decode()
    assert "Rest a little." not in client.get("/medicines/testamol/test-ache/").content.decode()
