"""The steps of a login: password, code, and nothing to see in between."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles import accounts
from articles.models import AccountEvent

from ...factories import writer
from .people import PASSWORD, can_get_in, code_of, give_code, give_password, with_device

pytestmark = pytest.mark.django_db


@pytest.fixture
def public(settings):
    settings.PRODUCTION = True


def events(user):
    return list(user.account_events.order_by("pk").values_list("what", flat=True))


def test_password_alone_is_enough_on_a_local_site(client):
    user = writer()

    response = give_password(client, user)

    assert response.headers["Location"] == "/admin/"
    assert can_get_in(client)
    assert events(user) == ["login"]


def test_code_is_asked_for_after_the_password(client):
    user = writer()
    device = with_device(user)

    asked = give_password(client, user)
    before = can_get_in(client)
    response = give_code(client, code_of(device))

    assert "Code from your app" in asked.content.decode()
    assert not before
    assert response.headers["Location"] == "/admin/"
    assert can_get_in(client)
    assert events(user) == ["password-right", "login"]


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/articles/drug/",
        "/admin/autocomplete/",
        "/admin/jsi18n/",
        "/admin/password_change/",
        "/admin/x/",
    ],
)
def test_between_password_and_code_no_page_opens(client, address):
    user = writer()
    with_device(user)
    give_password(client, user)

    response = client.get(address)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/?next=")


def test_session_gets_a_new_name_with_the_code(client):
    user = writer()
    device = with_device(user)
    give_password(client, user)
    before = client.session.session_key

    give_code(client, code_of(device))

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


@pytest.mark.parametrize(
    "asked",
    [
        "revision/?created_at__year=9999999999999999999999999",
        "accountevent/?at__year=9999",
        "reviewevent/?at__year=2024&at__month=9999999999999999999999999",
        "article/?drugs__id__exact=9999999999999999999999999",
        "effect/?owner__id__in=1,9999999999999999999999999",
    ],
)
def test_list_filtered_by_a_number_that_nothing_has_is_a_mistake_of_who_asks(admin_client, asked):
    assert admin_client.get(f"/admin/articles/{asked}").status_code == 400


def test_search_for_a_long_number_is_a_search(admin_client):
    assert admin_client.get("/admin/articles/article/?q=9999999999999999999999999").status_code == 200


def test_credential_of_a_person_whose_number_nothing_has_is_a_mistake_in_the_form(admin_client):
    values = {"user": "9" * 30, "title": "Pharmacist", "registration": "1", "valid_until": "2999-01-01"}

    response = admin_client.post("/admin/articles/credential/add/", values)

    assert (response.status_code, "user" in response.context["adminform"].form.errors) == (200, True)


@pytest.mark.database
def test_group_with_a_name_as_long_as_it_may_be_is_stored(admin_client):
    assert admin_client.post("/admin/auth/group/add/", {"name": "g" * 150}).status_code == 302


@pytest.mark.database
def test_code_works_once(client):
    user = writer()
    device = with_device(user)
    code = code_of(device)
    give_password(client, user)
    give_code(client, code)
    client.post("/admin/logout/")

    give_password(client, user)
    response = give_code(client, code)

    assert "This code is not right" in response.content.decode()
    assert not can_get_in(client)


def test_a_guesser_who_knows_the_password_keeps_nobody_out_for_longer_than_some_minutes(client):
    user = writer()
    device = with_device(user)
    give_password(client, user)
    for _ in range(14):
        # As if the guesser had waited each time.
        TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(days=1))
        give_code(client, "000000" if code_of(device) != "000000" else "000001")

    assert 200 < accounts.seconds_to_wait(user) <= 256
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(seconds=257))
    give_code(client, code_of(device))
    assert can_get_in(client)


def test_after_a_wrong_code_even_the_right_one_has_to_wait(client):
    user = writer()
    device = with_device(user)
    give_password(client, user)

    wrong = give_code(client, "000000" if code_of(device) != "000000" else "111111")
    right = give_code(client, code_of(device))

    assert "This code is not right" in wrong.content.decode()
    assert "is looked at in 1 second." in right.content.decode()
    assert not can_get_in(client)
    assert events(user) == ["password-right", "login-failed"]


def test_code_of_a_colleague_is_refused(client):
    user, colleague = writer(), writer()
    with_device(user)
    give_password(client, user)

    give_code(client, code_of(with_device(colleague)))

    assert not can_get_in(client)


def test_code_without_a_password_is_nothing(client):
    device = with_device(writer())

    give_code(client, code_of(device))

    assert not can_get_in(client)


def test_public_site_leads_to_the_set_up_and_nowhere_else(client, public):
    user = writer()

    response = give_password(client, user)

    assert response.headers["Location"] == "/admin/two-factor/?next=%2Fadmin%2F"
    assert "Set up the second factor" in client.get("/admin/two-factor/").content.decode()
    assert not can_get_in(client)
    assert give_code(client, "123456").status_code == 302
    assert not can_get_in(client)


def test_session_of_before_is_asked_once_a_device_is_there(client):
    user = writer()
    give_password(client, user)
    with_device(user)

    assert not can_get_in(client)
    assert "Code from your app" in client.get("/admin/", follow=True).content.decode()


def test_half_a_login_can_be_given_up(client):
    user = writer()
    with_device(user)
    give_password(client, user)

    client.post("/admin/logout/")

    assert "Username" in client.get("/admin/login/").content.decode()
    assert events(user) == ["password-right", "logout"]


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/admin/", "/search/", "/admin/../x", "/admin/%2e%2e/x"]
)
def test_login_leads_to_no_page_but_an_editors(client, target):
    response = give_password(client, writer(), next=target)

    assert response.headers["Location"] == "/admin/"


def test_login_leads_to_the_page_that_was_asked_for(client):
    user = writer()
    device = with_device(user)
    give_password(client, user, next="/admin/articles/drug/?q=a")

    response = give_code(client, code_of(device), next="/admin/articles/drug/?q=a")

    assert response.headers["Location"] == "/admin/articles/drug/?q=a"


def test_session_ends_eight_hours_after_its_login_whatever_is_written_to_it(client):
    give_password(client, writer())
    session = client.session
    end = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    session.set_expiry(end - timedelta(hours=7))
    session.save()

    client.get("/admin/two-factor/")  # keeps the new key in the session

    assert abs(client.session.get_expiry_date() - (end - timedelta(hours=7))) < timedelta(minutes=1)


def test_login_sets_the_end_of_the_session(client):
    give_password(client, writer())

    assert "_session_expiry" in client.session
    assert 0 <= settings.SESSION_COOKIE_AGE - client.session.get_expiry_age() < 60


def test_names_that_are_none_of_ours_are_not_kept(client):
    client.post("/admin/login/", {"username": "my secret password", "password": "x"})

    event = AccountEvent.objects.get(what="login-failed")
    assert (event.about, event.about_name, event.by_name) == (None, "", "")
    assert "secret" not in str(event.details)


def test_failed_login_is_logged_with_a_part_of_the_address(client):
    user = writer()

    client.post("/admin/login/", {"username": user.username, "password": "x"}, REMOTE_ADDR="203.0.113.77")

    assert list(user.account_events.values_list("what", "network")) == [("login-failed", "203.0.113.0/24")]


def test_changed_password_is_logged(client):
    user = writer()
    client.force_login(user)
    new = "another long password 5"

    refused = client.post("/admin/password_change/", {"old_password": "x", "new_password1": new, "new_password2": new})
    client.post("/admin/password_change/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})

    assert refused.status_code == 200
    assert events(user) == ["password-changed"]


def test_no_reader_page_looks_at_accounts(client, page, django_assert_num_queries):
    user = writer()
    with_device(user)
    give_password(client, user)
    written = AccountEvent.objects.count()

    response = page("/about/").response

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert AccountEvent.objects.count() == written
