import pytest

from articles.content import snapshot
from articles.models import Document, Drug, DrugClass, DrugEffect, Effect, Finding, Source
from articles.revisions import latest_revision
from articles.shapes import content_hash
from tests.factories import article_content, draft, drug_content, effect_content, listing, published_world, writer

from .forms import errors_of, send

PERCENT = {"low": 1, "high": 2}


def change(model, row):
    return f"/admin/articles/{model}/{row.pk}/change/"


@pytest.fixture
def pair(db):
    published_world()
    draft(drug_content(effects=[listing(findings=[PERCENT])]))
    return DrugEffect.objects.get(drug__slug="testamol")


def test_saving_a_side_effect_stores_a_revision_of_its_medicine(client, pair):
    user = writer()
    client.force_login(user)
    before = pair.drug.revisions.count()

    response = send(client, change("drugeffect", pair), "drugeffect", what_helps="Rest.", change_note="From the label")

    assert response.status_code == 302
    assert response.url == change("drug", pair.drug)
    revision = pair.drug.revisions.first()
    assert pair.drug.revisions.count() == before + 1
    assert (revision.author, revision.reason) == (user, "From the label")
    assert revision.content["effects"][0]["what_helps"] == "Rest."
    assert revision.content_hash == content_hash(snapshot(pair.drug))
    assert Document.objects.get(pk=pair.drug_id).state == Document.State.DRAFT


def test_a_side_effect_without_a_medicine_is_offered_nowhere(client, pair):
    client.force_login(writer())

    page = client.get(f"/admin/articles/drugeffect/{pair.pk}/change/").content.decode()

    assert 'name="_continue"' in page
    assert 'name="_addanother"' not in page


def test_figures_are_rows_of_the_side_effect(client, pair):
    client.force_login(writer())
    source = Source.objects.get(slug="test-label")

    send(
        client,
        change("drugeffect", pair),
        "drugeffect",
        findings__1__band="rare",
        findings__1__sources=[source.pk],
    )

    assert pair.drug.revisions.first().content["effects"][0]["findings"] == [
        {"key": "f1", "sources": ["test-label"], "low": 1, "high": 2},
        {"key": "b1", "sources": ["test-label"], "band": "rare"},
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"low": "2", "high": "200"}, "A percent lies between 0 and 100."),
        ({"low": "-1", "high": "2"}, "A percent lies between 0 and 100."),
        ({"low": "9", "high": "2"}, "The low percent cannot be above the high percent."),
        ({"low": "1", "high": "2", "band": "rare"}, "Give either the source's word (band) or a percent"),
        ({"low": "", "high": ""}, "Give either the source's word (band) or a percent"),
    ],
)
def test_impossible_figure_is_refused_in_words_and_nothing_typed_is_lost(client, pair, typed, sentence):
    client.force_login(writer())
    values = {f"findings__0__{name}": value for name, value in typed.items()}

    response = send(client, change("drugeffect", pair), "drugeffect", note="Typed just now", **values)

    page = response.content.decode()
    assert sentence in errors_of(response)
    assert "Typed just now" in page
    assert all(f'value="{value}"' in page for value in typed.values() if value)
    assert Finding.objects.get(drug_effect=pair).high == 2


def test_same_side_effect_twice_is_refused_in_words(client, pair):
    client.force_login(writer())

    response = send(
        client, f"/admin/articles/drugeffect/add/?drug={pair.drug_id}", "drugeffect", effect=[pair.effect_id]
    )

    assert "This medicine already lists this side effect." in errors_of(response)


def test_new_side_effect_gets_the_place_that_was_asked_for(client, pair):
    draft(effect_content("test-itch", name="Test itch"))
    client.force_login(writer())
    itch = Effect.objects.get(slug="test-itch")

    send(
        client,
        f"/admin/articles/drugeffect/add/?drug={pair.drug_id}",
        "drugeffect",
        effect=[itch.pk],
        position="1",
        sources=[Source.objects.get(slug="test-label").pk],
    )

    assert [row["key"] for row in pair.drug.revisions.first().content["effects"]] == ["test-itch", "test-ache"]


def test_deleting_a_side_effect_stores_a_revision_of_its_medicine(client, pair):
    client.force_login(writer())
    address = f"/admin/articles/drugeffect/{pair.pk}/delete/"
    number = latest_revision(pair.drug).number
    assert f'<input type="hidden" name="version" value="{number}">' in client.get(address).content.decode()

    response = client.post(address, {"post": "yes", "version": number})

    assert response.status_code == 302
    revision = pair.drug.revisions.first()
    assert "effects" not in revision.content
    assert revision.reason == "Deleted: testamol and Test ache"


@pytest.mark.parametrize("version", ["1", "", "x"])
def test_side_effect_that_somebody_worked_on_meanwhile_is_not_deleted(client, pair, version):
    draft(drug_content(effects=[listing(mechanism="An hour of work.")]))
    client.force_login(writer())

    sent = {"post": "yes", "version": version}
    response = client.post(f"/admin/articles/drugeffect/{pair.pk}/delete/", sent, follow=True)

    assert "has been saved since. Read that one first." in response.content.decode()
    assert DrugEffect.objects.get(pk=pair.pk).mechanism == "An hour of work."


def test_side_effect_that_an_article_leads_is_not_deleted(client, pair):
    draft(article_content(pairs=["testamol/test-ache"]))
    client.force_login(writer())

    response = client.post(f"/admin/articles/drugeffect/{pair.pk}/delete/", {"post": "yes"}, follow=True)

    assert "leads this pair. Take it off there first." in response.content.decode()
    assert DrugEffect.objects.filter(pk=pair.pk).exists()


def test_saving_a_shipped_medicine_and_its_side_effects_unchanged_stores_nothing_new(client, db):
    client.force_login(writer())
    drug = Drug.objects.get(slug="amlodipine")

    responses = [send(client, change("drug", drug), "drug")]
    responses += [send(client, change("drugeffect", pair), "drugeffect") for pair in drug.effects.all()[:12]]

    assert {response.status_code for response in responses} == {302}
    assert drug.revisions.count() == 1


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Тестовые", "needs letters from a to z or digits"),
        ("test TABLETS", "The group &#x27;Test tablets&#x27; has nearly"),
    ],
)
def test_group_that_no_content_could_name_is_refused(client, pair, name, sentence):
    client.force_login(writer())

    response = client.post("/admin/articles/drugclass/add/", {"name": name})

    assert sentence in response.content.decode()
    assert not DrugClass.objects.filter(name=name).exists()


def test_new_name_of_a_group_is_stored_in_its_medicines(client, pair):
    client.force_login(writer())
    group = DrugClass.objects.get(name="Test tablets")

    send(client, change("drugclass", group), "drugclass", name="Tablets for tests")

    assert pair.drug.revisions.first().content["drug_class"] == "Tablets for tests"


def test_pages_take_no_more_queries_for_more_rows(client, db, django_assert_max_num_queries):
    client.force_login(writer())

    for drug in Drug.objects.all()[:6]:
        with django_assert_max_num_queries(50):
            client.get(change("drug", drug))
    for slug in ("ankle-swelling", "flushing", "chest-pain"):
        pair = DrugEffect.objects.get(drug__slug="amlodipine", effect__slug=slug)
        with django_assert_max_num_queries(22):
            client.get(change("drugeffect", pair))
