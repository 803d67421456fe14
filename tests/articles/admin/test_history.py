import pytest
from django.contrib.auth.models import User

from articles import revisions, workflow
from articles.models import Document
from articles.revisions import latest_revision
from tests.factories import draft, effect_content, published, publisher, reviewer, signed_off, writer

from ...pages import Page


def address(document, page):
    return f"/admin/articles/effect/{document.pk}/{page}/"


@pytest.fixture
def effect(db):
    published(effect_content(terms=[{"key": "ache", "text": "ache"}]))
    return draft(effect_content(description="It aches a lot.", terms=[{"key": "pain", "text": "pain"}]))


def test_two_versions_are_compared_by_fields_words_and_rows(client, effect):
    client.force_login(reviewer())

    page = client.get(address(effect, "history/compare"), {"from": "1", "to": "2"}).content.decode()

    assert "It aches<ins> a lot</ins>." in page
    assert page.count('<section class="module difference">') == 3
    assert "Terms › ache" in page
    assert "Terms › pain" in page


@pytest.mark.parametrize("query", [{}, {"from": "1"}, {"from": "1", "to": "9"}, {"from": "x", "to": "-1"}])
def test_versions_that_do_not_exist_are_not_found(client, effect, query):
    client.force_login(reviewer())

    assert client.get(address(effect, "history/compare"), query).status_code == 404


def test_history_says_who_when_why_and_leads_to_what_changed(client, effect):
    client.force_login(reviewer())

    page = client.get(address(effect, "history")).content.decode()

    assert "Made for a test" in page
    assert f"{address(effect, 'history/compare')}?from=1&amp;to=2" in page
    assert "Version 1 was published" in page


def test_the_last_two_texts_are_offered_to_compare_and_not_one_set_aside(client, effect):
    revisions.set_aside(effect, latest_revision(effect).content | {"name": "Mine"}, author=writer(), based_on=1)
    client.force_login(reviewer())

    page = client.get(address(effect, "history")).content.decode()

    assert '<select id="from" name="from"><option>3</option><option>2</option><option selected>1</option>' in page
    assert '<select id="to" name="to"><option>3</option><option selected>2</option><option>1</option>' in page


def test_whole_version_is_restored_at_one_press(client, effect):
    client.force_login(writer())

    response = client.post(address(effect, "restore/1"), {"reason": "The old words were right"}, follow=True)

    latest = latest_revision(Document.objects.get(pk=effect.pk))
    assert (latest.content["description"], latest.reason) == ("It aches.", "The old words were right")
    assert "Version 1 is the draft again, as version 3." in response.content.decode()


def test_restored_without_a_reason_it_still_wants_a_note_for_readers(client, effect):
    client.force_login(writer())

    client.post(address(effect, "restore/1"))

    latest = latest_revision(Document.objects.get(pk=effect.pk))
    assert (latest.origin, latest.based_on, latest.reason) == ("restored", 1, "")


def test_version_that_is_the_latest_is_said_to_be_there_already(client, effect):
    client.force_login(writer())

    response = client.post(address(effect, "restore/2"), {"reason": "Why not"}, follow=True)

    assert "Version 2 is what the page says already, so nothing was changed." in response.content.decode()
    assert latest_revision(Document.objects.get(pk=effect.pk)).number == 2


def test_who_may_not_change_the_page_restores_nothing(client, effect):
    for user in (reviewer(), publisher()):
        client.force_login(user)
        assert client.post(address(effect, "restore/1")).status_code == 403
        assert (
            "Restore version"
            not in client.get(address(effect, "history/compare"), {"from": "1", "to": "2"}).content.decode()
        )
    assert client.get(address(effect, "restore/1")).status_code == 405


def test_a_version_that_does_not_exist_is_refused_in_words(client, effect):
    client.force_login(writer())

    response = client.post(address(effect, "restore/7"), {"reason": "The old words"}, follow=True)

    page = response.content.decode()
    assert "There is no version 7 of it." in page
    assert "The reason that you gave was: “The old words”" in page


def test_reviewer_sees_what_changed_since_their_own_sign_off(client, db):
    person = reviewer()
    document = workflow.submit(draft(effect_content()), by=writer())
    workflow.sign_off(document, by=person)
    draft(effect_content(description="It aches a lot."))
    client.force_login(User.objects.get(pk=person.pk))

    page = Page(client.get(address(document, "change")).content.decode())
    assert "Changes since your last sign-off" in page.text

    client.force_login(reviewer())
    assert "since your last sign-off" not in client.get(address(document, "change")).content.decode()


def test_page_leads_to_what_readers_do_not_see_yet_and_to_what_waits_to_be_settled(client, effect):
    revisions.set_aside(effect, effect_content(name="Mine"), author=writer(), based_on=1)
    client.force_login(writer())

    links = Page(client.get(address(effect, "change")).content.decode()).links

    assert f"{address(effect, 'history/compare')}?from=1&to=2" in links
    assert address(effect, "conflict/3") in links


def test_unchanged_page_leads_to_no_comparison(client, db):
    document = signed_off(effect_content())
    client.force_login(writer())

    assert "comparisons" not in client.get(address(document, "change")).content.decode()
