from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User

from articles import workflow
from articles.models import Document, ReviewEvent
from tests.factories import (
    article_content,
    draft,
    effect_content,
    published,
    published_world,
    publisher,
    reviewer,
    signed_off,
    source_content,
    writer,
)

from ...pages import Page
from .forms import fields_of, send


def change(document):
    return f"/admin/articles/{document._meta.model_name}/{document.pk}/change/"


def move(client, document, verb, *, comment="", version=None):
    address = change(document).replace("/change/", f"/move/{verb}/")
    number = document.revisions.first().number if version is None else version
    return client.post(address, {"comment": comment, "version": number}, follow=True)


def state(document):
    return Document.objects.get(pk=document.pk).state


@pytest.fixture
def source(db):
    return draft(source_content())


def test_page_goes_from_writer_to_readers_by_its_buttons(client, source):
    for user, verb, comment in (
        (writer(), "submit", ""),
        (reviewer(), "sign-off", "I read the label"),
        (publisher(), "publish", ""),
    ):
        client.force_login(user)
        response = move(client, source, verb, comment=comment)
        assert response.status_code == 200

    source.refresh_from_db()
    assert source.live == source.revisions.first()
    assert [event.verb for event in source.events.all()] == ["publish", "sign-off", "submit"]
    assert "Readers see it now." in response.content.decode()


def test_writer_cannot_publish_by_any_route(client, db):
    source = signed_off(source_content())
    client.force_login(writer())

    by_button = move(client, source, "publish", comment="Please")
    by_form = send(
        client, change(source), "source", title="Mine", state="published", live=[source.revisions.first().pk], version=9
    )
    by_action = client.post(
        "/admin/articles/source/", {"action": "publish", "_selected_action": [source.pk], "index": 0}
    )

    assert by_button.status_code == 409
    assert "Your account may not do this." in by_button.content.decode()
    assert (by_form.status_code, by_action.status_code) == (302, 200)
    source.refresh_from_db()
    assert (source.state, source.live, source.version) == (Document.State.DRAFT, None, 2)


def test_saving_puts_a_signed_page_back_to_draft_and_changes_no_state_else(client, db):
    source = signed_off(source_content())
    client.force_login(writer())

    send(client, change(source), "source")
    assert state(source) == Document.State.SIGNED_OFF

    send(client, change(source), "source", title="Other words")
    assert state(source) == Document.State.DRAFT


def test_reviewer_without_credential_is_refused_with_the_sentence(client, source):
    source = workflow.submit(source, by=writer())
    client.force_login(reviewer(credential=False))
    sentence = "Your account has no valid professional credential. An administrator can enter it."

    page = client.get(change(source)).content.decode()
    response = move(client, source, "sign-off")

    assert sentence in page
    assert (response.status_code, sentence in response.content.decode()) == (409, True)
    assert state(source) == Document.State.IN_REVIEW


@pytest.mark.parametrize("superuser", [False, True])
def test_whoever_wrote_a_version_publishes_it_only_as_an_emergency(client, db, superuser):
    author = publisher(is_superuser=superuser)
    source = signed_off(source_content(), by=author)
    client.force_login(author)

    refused = move(client, source, "publish", comment="Nobody else is here this week")
    assert (refused.status_code, "somebody else has to publish it" in refused.content.decode()) == (409, True)
    assert state(source) == Document.State.SIGNED_OFF

    assert move(client, source, "publish-urgently").status_code == 409
    move(client, source, "publish-urgently", comment="The published figure is wrong")
    assert source.events.first().comment == "The published figure is wrong"
    page = client.get(change(source)).content.decode()
    assert "Published as an emergency by" in page
    assert f"Nobody has approved version {source.revisions.first().number} yet." in page
    assert state(source) == Document.State.PUBLISHED


def test_publication_is_scheduled_for_a_day_and_time_and_taken_off_again(client, db):
    source = signed_off(source_content())
    client.force_login(publisher())
    address = change(source).replace("/change/", "/move/schedule/")

    for day, sentence in (("", "Choose a day and a time"), ("2020-01-01", "still to come")):
        response = client.post(address, {"version": 1, "day": day, "time": "09:00", "comment": "With the leaflet"})
        assert response.status_code == 409
        assert sentence in response.content.decode()
        assert "With the leaflet" in response.content.decode()
    client.post(address, {"version": 1, "day": "2999-01-02", "time": "09:00"})
    source.refresh_from_db()
    assert (source.state, source.publish_at.isoformat()) == ("scheduled", "2999-01-02T09:00:00+00:00")

    move(client, source, "unschedule")
    source.refresh_from_db()
    assert (source.state, source.publish_at) == ("signed-off", None)


def test_review_of_the_whole_page_moves_its_dates(client, db):
    source = published(source_content())
    client.force_login(reviewer())
    address = change(source).replace("/change/", "/move/review/")

    assert client.post(address, {"version": 1, "review_due": "soon"}).status_code == 409
    client.post(address, {"version": 1, "review_due": "2999-01-02"})

    source.refresh_from_db()
    assert (source.state, source.review_due.isoformat()) == ("signed-off", "2999-01-02")


def test_withdrawn_page_can_send_readers_elsewhere(client, db):
    source, other = published(source_content()), published(source_content("newer-label"))
    client.force_login(publisher())
    address = change(source).replace("/change/", "/move/withdraw/")

    refused = client.post(address, {"version": 1, "comment": "Replaced", "moved_to": "nowhere"})
    assert (refused.status_code, "Readers can see no page" in refused.content.decode()) == (409, True)

    client.post(address, {"version": 1, "comment": "Replaced", "moved_to": "newer-label"})
    source.refresh_from_db()
    assert source.moved_to_id == other.pk
    assert "nothing: they are sent to “source: newer-label”" in client.get(change(source)).content.decode()


def test_withdrawing_needs_a_reason(client, db):
    source = published(source_content())
    client.force_login(publisher())

    assert move(client, source, "withdraw").status_code == 409
    assert state(source) == Document.State.PUBLISHED

    move(client, source, "withdraw", comment="The label was replaced")
    source.refresh_from_db()
    assert (source.state, source.live) == (Document.State.WITHDRAWN, None)


def test_sending_back_keeps_what_was_typed_when_it_is_refused(client, source):
    client.force_login(reviewer())

    response = move(client, source, "return", comment="The second sentence is not in the source")

    assert response.status_code == 409
    assert "The second sentence is not in the source" in response.content.decode()
    assert not ReviewEvent.objects.filter(document=source).exists()


def test_decision_on_an_older_version_is_refused(client, source):
    user = writer()
    source = workflow.submit(source, by=user)
    client.force_login(reviewer())

    response = move(client, source, "sign-off", version=0)

    assert "You read version 0, and version 1 has been saved since." in response.content.decode()
    assert state(source) == Document.State.IN_REVIEW


def test_page_shows_only_the_buttons_of_the_users_roles_and_why_not(client, source):
    client.force_login(writer())
    page = client.get(change(source)).content.decode()
    assert "Submit for review" in page
    assert ">Publish<" not in page

    client.force_login(publisher())
    page = client.get(change(source)).content.decode()
    assert (
        "It is &#x27;draft&#x27;. It can be published only when it is &#x27;signed off&#x27; or &#x27;scheduled&#x27;."
        in page
    )
    assert "Submit for review" not in page


def test_a_published_page_shows_no_button_that_cannot_be_pressed(client, db):
    page_of = change(published(source_content()))
    for user in (writer(), reviewer(), publisher(), User.objects.create_superuser("root")):
        client.force_login(user)
        page = client.get(page_of).content.decode()
        assert "It is &#x27;published&#x27;" not in page
        assert ("To change it, write below and save" in page) == user.has_perm("articles.change_source")
    assert ">Withdraw<" in page


def test_reviewer_and_publisher_cannot_change_the_text(client, source):
    for user in (reviewer(), publisher()):
        client.force_login(user)
        response = client.post(change(source), {"title": "Other"})
        assert response.status_code == 403


def test_article_with_an_uncited_reference_cannot_be_submitted_and_the_page_says_why(client, db):
    published_world()
    article = draft(article_content(short_answer="Some people ache."))
    client.force_login(writer())

    page = client.get(change(article)).content.decode()

    # Once, in the box with the link to the field; the button leads there.
    assert page.count("The reference &#x27;label&#x27; is cited nowhere.") == 1
    assert '<a href="#problems">To mend before that: 1</a>' in page


def test_writer_finds_the_remarks_above_the_buttons_until_the_page_is_submitted_again(client, source):
    submitted = workflow.submit(source, by=writer())
    workflow.send_back(submitted, by=reviewer(), comment="Say which doses.")
    client.force_login(writer())

    page = client.get(change(source)).content.decode()
    move(client, source, "submit")
    later = client.get(change(source)).content.decode()

    assert "Changes asked for by Rita Rahman" in page
    assert page.index("<p>Say which doses.</p>") < page.index("Submit for review")
    assert "Changes asked for by" not in later


def test_missing_note_leads_to_its_field(client, db):
    source = published(source_content())
    source.title = "Another label"
    source.save(update_fields=["title"])
    workflow.save(source, by=writer())
    client.force_login(writer())

    page = client.get(change(source)).content.decode()

    assert 'readers are told it. <a href="#id_change_note">Go there: Note on this' in page


def test_page_says_for_when_it_is_scheduled(client, db):
    at = datetime(2999, 1, 2, 9, 30, tzinfo=UTC)
    source = workflow.schedule(signed_off(source_content()), by=publisher(), publish_at=at)
    client.force_login(writer())

    assert "for 2 January 2999, 09:30 (UTC)" in client.get(change(source)).content.decode()


def test_emergency_is_offered_only_where_the_ordinary_way_is_closed(client, db):
    waiting = signed_off(source_content())
    hurried = draft(source_content("other-label"))
    client.force_login(publisher())

    assert "Publish as an emergency" not in client.get(change(waiting)).content.decode()
    assert "Publish as an emergency" in client.get(change(hurried)).content.decode()


def test_pages_to_send_readers_to_are_chosen_by_their_names(client, db):
    published_world()
    article = published(article_content())
    published(article_content("a-newer-answer", title="Is testamol safe?"))
    draft(article_content("a-draft", title="Can testamol wait?"))
    client.force_login(publisher())

    page = client.get(change(article)).content.decode()

    assert '<option value="a-newer-answer">Is testamol safe?</option>' in page
    assert "Can testamol wait?" not in page
    assert f'<option value="{article.slug}">' not in page


def test_never_published_draft_is_deleted_with_its_versions(client, source):
    client.force_login(writer())

    page = Page(client.get(change(source).replace("change", "delete")).content.decode())
    seen = page.one("input", name="version")["attributes"]["value"]
    response = client.post(change(source).replace("change", "delete"), {"post": "yes", "version": seen}, follow=True)

    assert response.status_code == 200
    assert not Document.objects.filter(pk=source.pk).exists()


@pytest.mark.parametrize("seen", ["1", "", "x"])
def test_draft_that_somebody_saved_meanwhile_is_not_deleted(client, source, seen):
    client.force_login(writer())
    draft(source_content(title="A whole afternoon of work"))

    answer = client.post(change(source).replace("change", "delete"), {"post": "yes", "version": seen}, follow=True)

    assert "Version 2 has been saved since you opened this page. Look at it first." in answer.content.decode()
    assert Document.objects.filter(pk=source.pk).exists()


def test_published_page_cannot_be_deleted_even_when_it_is_withdrawn(client, db):
    source = workflow.withdraw(published(source_content()), by=publisher(), reason="Old")
    client.force_login(User.objects.create_superuser("root"))

    response = client.post(change(source).replace("change", "delete"), {"post": "yes"})

    assert response.status_code == 403
    assert Document.objects.filter(pk=source.pk).exists()
    assert "deletelink" not in client.get(change(source)).content.decode()


def test_draft_that_others_name_is_not_deleted(client, source):
    draft(effect_content(sources=["test-label"]))
    client.force_login(writer())

    response = client.post(change(source).replace("change", "delete"), {"post": "yes"}, follow=True)

    assert "because “Test ache” name it. Take it off there first." in response.content.decode()
    assert Document.objects.filter(pk=source.pk).exists()


def test_address_is_fixed_once_a_page_was_published(client, db):
    source = published(source_content())
    client.force_login(writer())

    assert "slug" not in fields_of(client, change(source), "source")
