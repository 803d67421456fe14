"""Two editors at once, through the real forms: what does not clash is put together, the rest is asked, nothing is lost."""

import re
import threading
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles import policy, workflow
from articles.admin.saving import VersionedAdmin
from articles.content import restore
from articles.models import Article, Document, DrugEffect, Effect, Revision, Section, Source
from articles.revisions import latest_revision
from tests.factories import (
    article_content,
    draft,
    drug_content,
    effect_content,
    listing,
    published,
    published_world,
    publisher,
    reviewer,
    signed_off,
    source_content,
    writer,
)

from ...pages import Page
from ..threads import PATIENCE, at_once
from .forms import fields_of, send
from .two_editors import SECTIONS, as_bert, change, content_of, seen


def field_named(fields, part, key, name):
    """The name of a field of the row with this key, as it stands in the form."""
    row = next(field for field, values in fields.items() if field.endswith("-row") and values == [key])
    assert row.startswith(part)
    return row.removesuffix("row") + name


def test_changes_to_different_fields_merge_by_themselves(anna, bert, article):
    fields = fields_of(anna, change(article), "article")
    as_bert(article, bert, article_content(sections=SECTIONS, subtitle="Bert's subtitle"))

    response = anna.post(change(article), fields | {"action": "Anna's action"}, follow=True)

    content = content_of(article)
    assert (content["subtitle"], content["action"]) == ("Bert's subtitle", "Anna's action")
    assert "Bert had saved version 2 since you opened this page" in response.content.decode()


def test_both_originals_stay_as_versions(anna, bert, article):
    fields = fields_of(anna, change(article), "article")
    as_bert(article, bert, article_content(sections=SECTIONS, subtitle="Bert's subtitle"))

    anna.post(change(article), fields | {"action": "Anna's action"})

    origins = article.revisions.order_by("number").values_list("origin", "content__subtitle", "content__action")
    assert list(origins) == [
        ("edited", None, "Ask a pharmacist."),
        ("edited", "Bert's subtitle", "Ask a pharmacist."),
        ("set-aside", None, "Anna's action"),
        ("merged", "Bert's subtitle", "Anna's action"),
    ]


def test_a_section_that_somebody_deleted_while_it_was_edited_is_asked_about_and_kept(anna, bert, article):
    fields = fields_of(anna, change(article), "article")
    as_bert(article, bert, article_content(sections=[SECTIONS[0], SECTIONS[2]]))

    response = anna.post(
        change(article), fields | {field_named(fields, "sections", "when", "body"): "Anna worked on this."}, follow=True
    )

    page = response.content.decode()
    assert "Sections › When it aches" in page
    assert "Anna worked on this." in page
    assert "Deleted by Bert: leave it out" in page
    assert not Section.objects.filter(article=article, key="when").exists()

    number = article.revisions.first().number
    response = anna.post(
        f"/admin/articles/article/{article.pk}/conflict/{number}/",
        {"seen": seen(article), "choice:sections/when": "mine"},
        follow=True,
    )
    assert [row["key"] for row in content_of(article)["sections"]] == ["why", "when", "where"]
    assert content_of(article)["sections"][1]["body"] == "Anna worked on this."


def test_rows_that_were_added_deleted_and_moved_merge(anna, bert, article):
    fields = fields_of(anna, change(article), "article")
    as_bert(article, bert, article_content(sections=[SECTIONS[2], SECTIONS[0], SECTIONS[1]]))

    total = int(fields["sections-TOTAL_FORMS"][0])
    anna.post(
        change(article),
        fields
        | {
            field_named(fields, "sections", "where", "DELETE"): "on",
            f"sections-{total - 1}-heading": "How it aches",
            f"sections-{total - 1}-body": "A lot.",
        },
    )

    assert [row["key"] for row in content_of(article)["sections"]] == ["why", "when", "how-it-aches"]


@pytest.mark.parametrize("name", ["Theirs", "Test ache"], ids=["after a save", "as it was"])
def test_an_address_and_dates_typed_while_the_page_was_published_are_given_back(anna, db, name):
    effect = draft(effect_content(facts_checked="2026-01-01"))
    fields = fields_of(anna, change(effect), "effect")
    published(effect_content(name=name, facts_checked="2026-01-01"))

    typed = {"slug": "test-moved", "review_due": "next week", "description": "Mine."}
    answer = anna.post(change(effect), fields | typed, follow=True)

    assert "You had typed: address “test-moved”, next review due “next week”." in answer.content.decode()
    assert (content_of(effect)["slug"], content_of(effect)["description"]) == ("test-ache", "Mine.")


def test_dates_that_a_review_moved_meanwhile_were_typed_by_nobody(anna, db):
    effect = draft(effect_content(facts_checked="2026-01-01"))
    fields = fields_of(anna, change(effect), "effect")
    page = published(effect_content(facts_checked="2026-01-01"))
    workflow.review(page, by=reviewer(), review_due=date(2999, 1, 1))

    answer = anna.post(change(effect), fields | {"description": "Mine."}, follow=True)

    assert "You had typed" not in answer.content.decode()
    answer = anna.post(change(effect), fields | {"facts_checked": "", "description": "Mine too."}, follow=True)
    assert "You had typed: facts last checked “”." in answer.content.decode()


def test_a_form_opened_before_the_address_of_what_it_names_changed_is_put_together(anna, db):
    draft(source_content("old-label"))
    effect = draft(effect_content(sources=["old-label"]))
    fields = fields_of(anna, change(effect), "effect")
    moved = Source.objects.get(slug="old-label")
    moved.slug = "new-label"
    moved.save()
    workflow.save(moved, by=writer())

    anna.post(change(effect), fields | {"description": "Mine."})

    assert (content_of(effect)["description"], content_of(effect)["sources"]) == ("Mine.", ["new-label"])
    anna.post(change(effect), fields)
    assert Revision.objects.unsettled().count() == 0


@pytest.mark.parametrize("since", ["published", "taken by another"])
def test_a_form_opened_before_the_address_of_its_own_page_changed_is_put_together(anna, bert, since):
    effect = draft(effect_content("old-ache"))
    fields = fields_of(anna, change(effect), "effect")
    as_bert(effect, bert, effect_content("new-ache", clinical_term="Bert's ache"))
    if since == "published":
        published(effect_content("new-ache", clinical_term="Bert's ache"))
    else:
        draft(effect_content("old-ache", name="Another ache"))

    assert anna.post(change(effect).replace("change", "preview"), fields | {"description": "Mine."}).status_code == 200
    anna.post(change(effect), fields | {"description": "Mine."})

    content = content_of(effect)
    assert (content["slug"], content["clinical_term"], content["description"]) == ("new-ache", "Bert's ache", "Mine.")


def test_an_address_typed_while_somebody_else_changed_it_is_asked_about(anna, bert, db):
    effect = draft(effect_content("old-ache"))
    fields = fields_of(anna, change(effect), "effect")
    as_bert(effect, bert, effect_content("new-ache"))

    page = anna.post(change(effect), fields | {"slug": "my-ache"}, follow=True).content.decode()

    assert "Two people changed the same place" in page
    assert Revision.objects.unsettled().get().content["slug"] == "my-ache"


def test_a_side_effect_whose_address_changed_while_its_page_was_open_is_put_together(anna, db):
    draft(source_content())
    draft(effect_content("old-itch", name="Test itch"))
    drug = draft(drug_content(effects=[listing("old-itch")]))
    pair = DrugEffect.objects.get(drug=drug.pk)
    fields = fields_of(anna, change(pair), "drugeffect")
    moved = Effect.objects.get(slug="old-itch")
    moved.slug = "new-itch"
    moved.save()
    workflow.save(moved, by=writer())

    anna.post(change(pair), fields | {"mechanism": "Mine."})

    assert [(row["key"], row["mechanism"]) for row in content_of(drug)["effects"]] == [("new-itch", "Mine.")]


@pytest.fixture
def sent_at_once(monkeypatch):
    """sent_at_once(send, send): the answers to both forms, sent so that each would look what is stored before the other saves."""
    both_are_inside, opened = threading.Barrier(2), VersionedAdmin.opened

    def slowly(*args):
        found = opened(*args)
        # Where the document is held, as it should be, the other cannot come this far.
        with suppress(threading.BrokenBarrierError):
            both_are_inside.wait(PATIENCE)
        return found

    def sent(*sending):
        monkeypatch.setattr(VersionedAdmin, "opened", slowly)
        return at_once(*sending)

    return sent


@pytest.mark.database
@pytest.mark.parametrize("field", ["name", "description"])
def test_two_forms_sent_at_the_same_moment_lose_nothing(committed, sent_at_once, field):
    effect, anna, bert = draft(effect_content()), Client(), Client()
    anna.force_login(writer())
    bert.force_login(writer())
    fields = fields_of(anna, change(effect), "effect")

    answers = sent_at_once(
        lambda: anna.post(change(effect), fields | {"description": "Anna's words"}),
        lambda: bert.post(change(effect), fields | {field: "Bert's words"}),
    )

    assert [answer.status_code for answer in answers] == [302, 302]
    texts = list(effect.revisions.values_list("content__description", f"content__{field}"))
    assert "Anna's words" in [description for description, _ in texts]
    assert "Bert's words" in [words for _, words in texts]
    if field == "name":
        assert texts[0] == ("Anna's words", "Bert's words")
    else:
        assert effect.revisions.unsettled().count() == 1


def test_a_form_with_mistakes_comes_back_whole_and_merges_when_they_are_mended(anna, bert, article):
    fields = fields_of(anna, change(article), "article")
    as_bert(article, bert, article_content(sections=[SECTIONS[0], SECTIONS[2]]))
    body = field_named(fields, "sections", "where", "body")

    refused = anna.post(change(article), fields | {"title": "", body: "Anna's text"})
    assert refused.status_code == 200
    assert "Anna&#x27;s text" in refused.content.decode()

    anna.post(change(article), fields | {body: "Anna's text"})
    assert [(row["key"], row["body"]) for row in content_of(article)["sections"]] == [
        ("why", "No one knows."),
        ("where", "Anna's text"),
    ]


def test_refused_form_says_above_everything_that_nothing_is_saved(anna, article):
    fields = fields_of(anna, change(article), "article")

    refused = anna.post(change(article), fields | {"title": ""}).content.decode()
    reopened = anna.post(change(article), fields | {"_reopen": "1"}).content.decode()

    assert refused.index("Nothing of this is saved yet") < refused.index("Where this page stands")
    assert reopened.index("You had been logged out.") < reopened.index("Where this page stands")
    assert "Nothing of this is saved yet" not in anna.get(change(article)).content.decode()


def test_saving_an_old_form_unchanged_stores_nothing(anna, bert, article):
    fields = fields_of(anna, change(article), "article")
    as_bert(article, bert, article_content(sections=SECTIONS, action="Ask Bert."))

    response = anna.post(change(article), fields, follow=True)

    assert article.revisions.count() == 2
    assert "No text was changed" in response.content.decode()


@pytest.mark.parametrize(
    ("changed", "meaning"),
    [
        ({"search_description": "Can testamol ache?"}, "it stays signed off"),
        ({"subtitle": "Clinical words"}, "It is a draft"),
    ],
)
def test_a_save_says_what_became_of_the_sign_off(anna, changed, meaning):
    published_world()
    page = signed_off(article_content(sections=SECTIONS))

    response = anna.post(change(page), fields_of(anna, change(page), "article") | changed, follow=True)

    assert "Stored as version 2" in response.content.decode()
    assert meaning in response.content.decode()


def test_an_owner_chosen_in_an_old_form_is_kept_and_one_not_chosen_is_left(anna, bert, article):
    fields = fields_of(anna, change(article), "article")
    as_bert(article, bert, article_content(sections=SECTIONS, action="Ask Bert."))
    Article.objects.filter(pk=article.pk).update(owner=bert)

    anna.post(change(article), fields | {"subtitle": "Anna's"})
    article.refresh_from_db()
    assert article.owner == bert

    anna.post(change(article), fields | {"subtitle": "Anna's", "owner": Document.objects.get(pk=article.pk).owner_id})
    article.refresh_from_db()
    assert article.owner == bert


@pytest.mark.parametrize("role", ["owner", "reviewer"])
def test_whoever_was_entered_meanwhile_is_not_taken_off_by_an_old_form(anna, bert, article, role):
    fields = fields_of(anna, change(article), "article")
    as_bert(article, bert, article_content(sections=SECTIONS, action="Ask Bert."))
    person = reviewer()
    Article.objects.filter(pk=article.pk).update(**{role: person})

    anna.post(change(article), fields | {"subtitle": "Anna's"})

    article.refresh_from_db()
    assert getattr(article, role) == person


def test_a_deleted_draft_gives_back_what_was_typed(anna, article):
    fields = fields_of(anna, change(article), "article")
    workflow.discard(article, by=writer())

    response = anna.post(change(article), fields | {"action": "A whole afternoon of work"})

    assert response.status_code == 409
    assert "A whole afternoon of work" in response.content.decode()


def test_a_deleted_side_effect_gives_back_its_figures_and_no_numbers_of_the_database(anna, bert, db):
    published_world()
    drug = draft(drug_content(effects=[listing()]))
    pair = DrugEffect.objects.get(drug=drug)
    fields = fields_of(anna, change(pair), "drugeffect")
    as_bert(drug, bert, drug_content(effects=[]))
    group = next(name for name in fields if name.endswith("-high")).removesuffix("high")

    typed = {f"{group}low": "7", f"{group}high": "12", "opened_from": "garbled"}
    page = Page(anna.post(change(pair), fields | typed).content.decode())

    given_back = {name["text"]: text["text"] for name, text in zip(page.all("dt"), page.all("dd"), strict=True)}
    assert (given_back[f"{group}low"], given_back[f"{group}high"]) == ("7", "12")
    assert not {name for name in given_back if name.endswith(("id", "position", "source", "effect", "_FORMS"))}


def test_a_note_that_was_missing_can_be_given_by_itself(anna, db):
    published_world()
    page = workflow.save(restore(article_content(sections=SECTIONS)), by=writer())
    assert policy.NO_NOTE in policy.problems_of(page, latest_revision(page))

    send(anna, change(page), "article", change_note="Written from the label")

    saved = latest_revision(Article.objects.get(pk=page.pk))
    assert (saved.number, saved.reason) == (2, "Written from the label")
    assert policy.NO_NOTE not in policy.problems_of(page, saved)

    told = send(anna, change(page), "article", change_note="A second note")
    assert latest_revision(Article.objects.get(pk=page.pk)) == saved
    assert "your note could stand by: “A second note”" in anna.get(told["Location"]).content.decode()


def test_a_note_that_was_missing_is_kept_from_an_old_form_too(anna, bert, db):
    published_world()
    page = workflow.save(restore(article_content(sections=SECTIONS)), by=writer())
    fields = fields_of(anna, change(page), "article")
    workflow.save(restore(article_content(sections=SECTIONS, subtitle="Bert's")), by=bert)

    anna.post(change(page), fields | {"change_note": "Written from the label"})

    saved = latest_revision(Article.objects.get(pk=page.pk))
    assert (saved.reason, saved.content["subtitle"]) == ("Written from the label", "Bert's")


def test_a_save_that_takes_a_page_off_the_schedule_says_so(anna, db):
    published_world()
    page = signed_off(article_content())
    workflow.schedule(page, by=publisher(), publish_at=timezone.now() + timedelta(days=1))

    response = send(anna, change(page), "article", search_description="Can testamol ache?")

    assert response.status_code == 302
    assert "It is no longer scheduled." in anna.get(change(page)).content.decode()


def test_only_who_can_sign_off_is_offered_as_reviewer_of_a_new_page(anna):
    able, root = reviewer(), User.objects.create_superuser("root")
    User.objects.create_user("somebody")

    offered = Page(anna.get("/admin/articles/effect/add/").content.decode()).html.partition('name="reviewer"')[2]

    options = re.findall(r'<option value="(\d+)"', offered.partition("</select>")[0])
    assert set(map(int, options)) == {able.pk, root.pk}


@pytest.mark.parametrize("number", [2, 12])
def test_headings_of_one_long_beginning_get_keys_that_can_be_saved_again(anna, article, number):
    heading = "What to do about aching legs at night when walking and resting both help"
    for _ in range(number):
        fields = fields_of(anna, change(article), "article")
        new = int(fields["sections-TOTAL_FORMS"][0]) - 1
        typed = {f"sections-{new}-heading": heading, f"sections-{new}-body": "Walk."}
        assert anna.post(change(article), fields | typed).status_code == 302

    keys = [row["key"] for row in content_of(article)["sections"]]
    assert len(set(keys)) == len(SECTIONS) + number
    assert max(map(len, keys)) <= 60


def test_figures_of_one_source_are_never_mixed(anna, bert, db):
    published_world()
    drug = draft(drug_content(effects=[listing(findings=[{"low": 1, "high": 2}])]))
    pair = DrugEffect.objects.get(drug=drug)
    fields = fields_of(anna, change(pair), "drugeffect")
    as_bert(drug, bert, drug_content(effects=[listing(findings=[{"band": "common"}])]))

    response = anna.post(change(pair), fields | {field_named(fields, "findings", "f1", "high"): "3"}, follow=True)
    assert content_of(drug)["effects"][0]["findings"] == [{"key": "f1", "sources": ["test-label"], "band": "common"}]

    place = "choice:effects/test-ache/findings/f1"
    assert f'name="{place}"' in response.content.decode()
    anna.post(response.redirect_chain[-1][0], {"seen": seen(drug), place: "mine"})
    assert content_of(drug)["effects"][0]["findings"] == [{"key": "f1", "sources": ["test-label"], "low": 1, "high": 3}]


def test_a_side_effect_that_was_deleted_while_its_page_was_edited_is_asked_about(anna, bert, db):
    published_world()
    published(effect_content("test-rash"))
    drug = draft(drug_content(effects=[listing(), listing("test-rash")]))
    pair = DrugEffect.objects.get(drug=drug, effect__slug="test-ache")
    fields = fields_of(anna, change(pair), "drugeffect")
    as_bert(drug, bert, drug_content(effects=[listing("test-rash")]))

    response = anna.post(change(pair), fields | {"onset": "After a week"}, follow=True)
    anna.post(response.redirect_chain[-1][0], {"seen": seen(drug), "choice:effects/test-ache": "mine"})

    assert [(row["key"], row.get("onset")) for row in content_of(drug)["effects"]] == [
        ("test-ache", "After a week"),
        ("test-rash", None),
    ]


def test_pages_of_two_side_effects_of_one_medicine_do_not_clash(anna, bert, db):
    published_world()
    published(effect_content("test-rash"))
    drug = draft(drug_content(effects=[listing(), listing("test-rash")]))
    pair = DrugEffect.objects.get(drug=drug, effect__slug="test-ache")
    fields = fields_of(anna, change(pair), "drugeffect")
    as_bert(drug, bert, drug_content(effects=[listing(), listing("test-rash", onset="At once")]))

    response = anna.post(change(pair), fields | {"onset": "After a week"})

    assert [row["onset"] for row in content_of(drug)["effects"]] == ["After a week", "At once"]
    assert response["Location"] == change(pair)


def test_cells_of_a_table_merge(anna, bert, db):
    published_world()
    cells = [{"key": "first", "text": "one"}, {"key": "second", "text": "two"}]
    table = {
        "key": "compared",
        "section": "why",
        "caption": "Compared",
        "columns": [{"key": "first", "heading": "First"}, {"key": "second", "heading": "Second"}],
        "rows": [{"key": "dose", "heading": "Dose", "cells": cells}],
    }
    article = draft(article_content(sections=SECTIONS, tables=[table]))
    row = article.tables.get()
    fields = fields_of(anna, change(row), "comparisontable")
    changed = [{"key": "first", "text": "ONE"}, cells[1]]
    as_bert(
        article,
        bert,
        article_content(sections=SECTIONS, tables=[table | {"rows": [table["rows"][0] | {"cells": changed}]}]),
    )

    anna.post(change(row), fields | {field_named(fields, "rows", "dose", "cell_second"): "TWO"})

    assert [cell["text"] for cell in content_of(article)["tables"][0]["rows"][0]["cells"]] == ["ONE", "TWO"]


def test_a_save_by_somebody_else_is_found_whatever_page_of_the_document_it_came_from(anna, bert, article):
    effect = Effect.objects.get(slug="test-ache")
    fields = fields_of(anna, change(effect), "effect")
    as_bert(effect, bert, effect_content(name="Bert's ache"))

    anna.post(change(effect), fields | {"description": "Anna's words"})

    assert (content_of(effect)["name"], content_of(effect)["description"]) == ("Bert's ache", "Anna's words")


def test_nobody_without_the_right_saves_beside(client, bert, article):
    client.force_login(writer())
    fields = fields_of(client, change(article), "article")
    as_bert(article, bert, article_content(sections=SECTIONS, action="Ask Bert."))
    client.force_login(publisher())

    assert client.post(change(article), fields | {"action": "Mine"}).status_code == 403
    assert article.revisions.count() == 2


@pytest.mark.parametrize("token", ["", "x", "1:x", "999999:1", "1:999999", "::", "1:2:3:4", "-1:1"])
def test_a_garbled_token_saves_nothing_and_gives_the_text_back(anna, article, token):
    fields = fields_of(anna, change(article), "article")

    response = anna.post(change(article), fields | {"opened_from": token, "action": "Typed with care"})

    assert response.status_code == 409
    assert "Typed with care" in response.content.decode()
    assert article.revisions.count() == 1


def test_a_page_of_another_kind_cannot_be_reached_by_a_token(anna, article):
    source = Source.objects.get(slug="test-label")
    fields = fields_of(anna, change(source), "source")

    response = anna.post(
        f"/admin/articles/source/{source.pk + 999999}/change/", fields | {"opened_from": f"{article.pk}:1"}
    )

    assert response.status_code == 409
    assert article.revisions.count() == 1


def test_the_forms_of_rows_with_a_page_of_their_own_say_what_they_were_opened_from(anna, db):
    drug = published_world()
    pair = DrugEffect.objects.get(drug=drug)

    assert fields_of(anna, change(pair), "drugeffect")["opened_from"] == [f"{drug.pk}:1:test-ache"]
    send(anna, change(pair), "drugeffect", onset="After a week")
    assert fields_of(anna, change(pair), "drugeffect")["opened_from"] == [f"{drug.pk}:2:test-ache"]
