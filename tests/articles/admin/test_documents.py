import datetime

import pytest
from django.apps import apps
from django.contrib.auth.models import User

from articles import workflow
from articles.models import DOCUMENT_MODELS, AccountEvent, Article, Credential, Drug, Effect, RedFlag, Source
from articles.usage import used_by
from tests.factories import (
    draft,
    effect_content,
    published,
    published_world,
    publisher,
    reviewer,
    source_content,
    writer,
)

from ...pages import Page
from .forms import errors_of, fields_of, send

NAMES = [model._meta.model_name for model in DOCUMENT_MODELS]
LISTS = [*NAMES, "drugeffect", "comparisontable", "drugclass", "revision", "reviewevent", "signoff"]


@pytest.mark.parametrize("name", LISTS)
def test_list_and_page_open_for_writer_and_reviewer(client, db, name):
    row = apps.get_model("articles", name).objects.first()
    for user in (writer(), reviewer()):
        client.force_login(user)
        assert client.get(f"/admin/articles/{name}/?q=leg").status_code == 200
        if row:
            assert client.get(f"/admin/articles/{name}/{row.pk}/change/").status_code == 200
            assert client.get(f"/admin/articles/{name}/{row.pk}/history/").status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_list_takes_the_same_number_of_queries_however_long_it_is(client, db, name, django_assert_max_num_queries):
    client.force_login(writer())

    with django_assert_max_num_queries(11):
        client.get(f"/admin/articles/{name}/")


@pytest.mark.parametrize("name", ["article", "source", "effect", "redflag", "cascade", "comparisontable"])
def test_page_takes_the_same_number_of_queries_whatever_it_holds(client, db, name, django_assert_max_num_queries):
    client.force_login(writer())

    for row in apps.get_model("articles", name).objects.order_by("pk")[:5]:
        with django_assert_max_num_queries(45):
            client.get(f"/admin/articles/{name}/{row.pk}/change/")


@pytest.mark.parametrize("name", ["source", "effect", "glossaryterm", "redflag", "cascade", "helpline"])
def test_saving_shipped_pages_unchanged_stores_nothing_new(client, db, name):
    client.force_login(writer())

    for row in apps.get_model("articles", name).objects.order_by("slug")[:4]:
        response = send(client, f"/admin/articles/{name}/{row.pk}/change/", name)

        assert response.status_code == 302
        assert row.revisions.count() == 1


def test_list_says_overdue_in_words_and_filters_by_it(client, db):
    draft(source_content("old", title="Old one", review_due="2020-01-02"))
    client.force_login(writer())

    page = client.get("/admin/articles/source/?review=overdue").content.decode()

    assert "overdue since 2 Jan 2020" in page
    assert "1 source" in page


def test_review_before_the_check_is_refused_in_words(client, db):
    source = draft(source_content())
    client.force_login(writer())

    response = send(
        client,
        f"/admin/articles/source/{source.pk}/change/",
        "source",
        facts_checked="02/01/2026",
        review_due="01/01/2026",
    )

    assert "The next review cannot be due before the facts were last checked." in errors_of(response)


def test_concurrent_changes_of_two_fields_are_both_kept_and_the_state_is_not_written_back(client, db):
    source = draft(source_content())
    client.force_login(writer())
    address = f"/admin/articles/source/{source.pk}/change/"
    opened_by_both = fields_of(client, address, "source")
    client.post(address, opened_by_both | {"note": "From A"})
    client.post(address, opened_by_both | {"note": "From A", "supports": "From B"})

    source.refresh_from_db()
    assert (source.note, source.supports) == ("From A", "From B")
    origins = source.revisions.order_by("number").values_list("origin", flat=True)
    assert list(origins) == ["edited", "edited", "set-aside", "merged"]


def test_view_on_site_is_offered_only_for_what_readers_can_see(client, db):
    drug = published_world()
    client.force_login(writer())
    address = f"/admin/articles/drug/{drug.pk}/change/"

    assert 'href="/medicines/testamol/"' in client.get(address).content.decode()

    workflow.withdraw(drug, by=publisher(), reason="Test")
    assert 'href="/medicines/testamol/"' not in client.get(address).content.decode()


def test_page_of_a_source_says_what_cites_it(client, db):
    published_world()
    client.force_login(writer())
    source = Source.objects.get(slug="test-label")

    page = client.get(f"/admin/articles/source/{source.pk}/change/").content.decode()

    assert "Named by 1 other page" in page
    assert "testamol" in page


def test_every_way_of_naming_a_document_is_found(db):
    cramps, amlodipine = Effect.objects.get(slug="muscle-cramps"), Drug.objects.get(slug="amlodipine")

    assert {type(user) for user in used_by(cramps)} >= {Drug, Article, RedFlag}
    assert Article.objects.get(slug="does-amlodipine-cause-leg-cramps") in used_by(amlodipine)


def test_logs_and_credentials_cannot_be_written_by_editors(client, db):
    for user in (writer(), reviewer()):
        client.force_login(user)
        for name in ("revision", "reviewevent", "signoff", "credential"):
            assert client.get(f"/admin/articles/{name}/add/").status_code == 403

    client.force_login(User.objects.create_superuser("root"))
    assert client.get("/admin/articles/credential/add/").status_code == 200
    assert client.get("/admin/articles/revision/add/").status_code == 403


def test_administrator_enters_a_credential(client, db):
    person = reviewer(credential=False)
    client.force_login(User.objects.create_superuser("root"))

    response = send(
        client,
        "/admin/articles/credential/add/",
        "credential",
        user=[person.pk],
        title="Pharmacist",
        registration="GPhC 1",
        valid_until="01/01/2999",
    )

    assert response.status_code == 302
    assert person.credentials.get().valid_until == datetime.date(2999, 1, 1)
    (event,) = AccountEvent.objects.filter(about=person)
    assert "GPhC 1" in event.details["credential"]


def test_credential_that_readers_are_shown_keeps_its_person_and_number(client, db):
    person = reviewer(first_name="Rita", last_name="Rahman")
    published(effect_content())
    credential = Credential.objects.exclude(user=person).get(sign_offs__isnull=False)
    signer, other = credential.user, reviewer()
    client.force_login(User.objects.create_superuser("root"))
    address = f"/admin/articles/credential/{credential.pk}/change/"

    changed = {"user": other.pk, "title": "Doctor", "registration": "FAKE 1", "valid_until": "01/01/2998"}
    assert client.post(address, changed).status_code == 302

    credential.refresh_from_db()
    assert (credential.user, credential.title, credential.registration) == (signer, "Pharmacist", "TEST 1234567")
    assert credential.valid_until == datetime.date(2998, 1, 1)
    (event,) = AccountEvent.objects.filter(about=signer, what="rights-changed")
    assert "valid until 1 January 2998" in event.details["credential"]


def test_help_line_without_number_or_address_is_refused_in_words(client, db):
    client.force_login(writer())

    response = send(
        client,
        "/admin/articles/helpline/add/",
        "helpline",
        slug="test-line",
        purpose="crisis",
        countries="UK",
        seen_at="Nowhere",
    )

    assert "Give a number or a web address, or both." in errors_of(response)


def test_source_added_in_a_pop_up_stores_a_revision_too(client, db):
    user = writer()
    client.force_login(user)

    response = send(
        client,
        "/admin/articles/source/add/?_popup=1",
        "source",
        title="A paper",
        publisher="A journal",
        source_kind="peer-reviewed",
        strength="good",
    )

    assert response.status_code == 200
    assert Source.objects.get(slug="a-paper").revisions.get().author == user


def test_autocomplete_finds_sources_by_their_address_and_pairs_by_both_names(client, db):
    client.force_login(writer())
    address = "/admin/autocomplete/?app_label=articles&model_name={}&field_name={}&term={}"

    sources = client.get(address.format("articlereference", "source", "amlodipine-label")).json()["results"]
    pairs = client.get(address.format("article", "pairs", "amlodipine+cramps")).json()["results"]

    assert any("[amlodipine-label" in source["text"] for source in sources)
    assert [pair["text"] for pair in pairs] == ["amlodipine and Muscle cramps or spasms"]


@pytest.mark.parametrize("name", LISTS)
def test_editors_pages_need_no_inline_script_or_style(client, db, name):
    client.force_login(User.objects.create_superuser("root"))
    row = apps.get_model("articles", name).objects.first()
    addresses = ["", f"{row.pk}/change/", f"{row.pk}/history/"] if row else [""]

    for address in addresses:
        page = Page(client.get(f"/admin/articles/{name}/{address}").content.decode())
        assert [script for script in page.all("script") if not script["attributes"].get("src")] == []
        inline = {attribute for element in page.elements for attribute in element["attributes"]}
        assert not {attribute for attribute in inline if attribute == "style" or attribute.startswith("on")}
