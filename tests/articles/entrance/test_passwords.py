"""A forgotten password: the same answer for everybody, one link, no way around the second factor."""

import re

import pytest

from articles.entrance import passwords
from articles.models import AccountEvent

from ...factories import writer
from .people import PASSWORD, can_get_in, give_password, with_device

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/password-reset/"
NEW = "quite another password 7"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """The mail is sent before the answer, so that a test can look at it."""
    monkeypatch.setattr(passwords, "later", lambda work: work())


@pytest.fixture
def user():
    return writer(email="ada@example.org")


def link_in(mail):
    return re.search(r"http\S+?(/admin/\S+)", mail.body)[1]


def choose(client, link, password=NEW):
    form = client.get(link)
    return client.post(form.headers["Location"], {"new_password1": password, "new_password2": password})


def test_answer_is_the_same_whether_the_account_exists(client, user, mailoutbox):
    known = client.post(ADDRESS, {"email": "ada@example.org"}, follow=True)
    unknown = client.post(ADDRESS, {"email": "nobody@example.org"}, follow=True)

    assert known.content == unknown.content
    assert known.redirect_chain == unknown.redirect_chain
    assert [mail.to for mail in mailoutbox] == [["ada@example.org"]]


def test_link_leads_to_our_site_whatever_host_was_asked(client, user, mailoutbox, settings):
    settings.ALLOWED_HOSTS = ["*"]

    client.post(ADDRESS, {"email": "ada@example.org"}, headers={"Host": "evil.example"})

    assert settings.SITE_URL + "/admin/password-reset/" in mailoutbox[0].body
    assert "evil" not in mailoutbox[0].body + mailoutbox[0].subject


def test_link_sets_a_new_password_once(client, user, mailoutbox):
    client.post(ADDRESS, {"email": "ada@example.org"})
    link = link_in(mailoutbox[0])

    response = choose(client, link)

    assert response.headers["Location"] == "/admin/password-reset/done/"
    assert "This link does not work" in client.get(link).content.decode()
    user.refresh_from_db()
    assert user.check_password(NEW) and not user.check_password(PASSWORD)
    assert list(user.account_events.order_by("pk").values_list("what", flat=True)) == ["reset-asked", "password-reset"]


def test_link_ends_sessions_and_asks_for_the_code_as_before(client, user, mailoutbox, django_user_model):
    give_password(client, user)
    with_device(user)
    client.post(ADDRESS, {"email": "ada@example.org"})

    choose(client, link_in(mailoutbox[0]))
    response = client.post("/admin/login/", {"username": user.username, "password": NEW})

    assert "Code from your app" in response.content.decode()
    assert not can_get_in(client)


def test_weak_password_is_refused(client, user, mailoutbox):
    client.post(ADDRESS, {"email": "ada@example.org"})

    response = choose(client, link_in(mailoutbox[0]), "password1234")

    assert response.status_code == 200
    assert "too common" in response.content.decode()


def test_mailbox_is_not_filled_by_asking_again(client, user, mailoutbox):
    for _ in range(3):
        client.post(ADDRESS, {"email": "ada@example.org"})

    assert len(mailoutbox) == 1


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}])
def test_no_mail_to_whom_may_not_log_in(client, user, mailoutbox, fields):
    type(user).objects.filter(pk=user.pk).update(**fields)

    client.post(ADDRESS, {"email": "ada@example.org"})

    assert mailoutbox == []
    assert not AccountEvent.objects.exists()


def test_site_without_mail_says_so(client, settings):
    settings.SENDS_MAIL = False

    assert "This site sends no mail" in client.get(ADDRESS).content.decode()
    assert "An administrator can set a new one" in client.get("/admin/login/").content.decode()


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}sent/", f"{ADDRESS}done/", f"{ADDRESS}MQ/x-y/"])
def test_pages_open_without_a_login_and_are_not_stored(client, address):
    response = client.get(address)

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
