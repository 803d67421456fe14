"""Wrong passwords: what stops a guesser, and what must not stop a colleague."""

import pytest
from axes.models import AccessAttempt
from django.test import Client

from articles.models import AccountEvent

from ...factories import writer
from .people import can_get_in, give_password

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TRIES = 5


def guess(client, user, times, **headers):
    return [
        client.post("/admin/login/", {"username": user.username, "password": f"guess {number}"}, **headers).status_code
        for number in range(times)
    ]


@pytest.fixture
def behind_nginx(settings):
    """nginx stands on this machine, as the test client's address is, and says who asks."""
    settings.PRODUCTION = True
    settings.SECURE_SSL_REDIRECT = False


def test_fifth_wrong_password_locks(client):
    assert guess(client, writer(), TRIES) == [200, 200, 200, 200, 429]


def test_locked_out_means_the_right_password_too_in_a_plain_sentence(client):
    user = writer()
    guess(client, user, TRIES)

    response = give_password(client, user)

    assert response.status_code == 429
    assert "Wait 15 minutes, then try again." in response.content.decode()
    assert response.headers["Retry-After"] == "900"
    assert not can_get_in(client)


def test_name_that_does_not_exist_is_answered_alike(client):
    nobody = writer()
    nobody.username = "nobody-at-all"

    assert guess(client, nobody, TRIES) == [200, 200, 200, 200, 429]


def test_name_longer_than_any_account_has_is_answered_alike(client):
    response = client.post("/admin/login/", {"username": "x" * 300, "password": "guess"})

    assert response.status_code == 200
    assert "Please enter the correct username and password" in response.content.decode()
    assert not AccessAttempt.objects.exists()


def test_lock_is_for_one_name_at_one_address(client):
    victim, colleague = writer(), writer()
    guess(client, victim, TRIES, REMOTE_ADDR="203.0.113.9")

    assert give_password(Client(REMOTE_ADDR="198.51.100.4"), victim).status_code == 302
    assert give_password(Client(REMOTE_ADDR="203.0.113.9"), colleague).status_code == 302


def test_login_from_elsewhere_does_not_lift_the_lock(client):
    victim = writer()
    guess(client, victim, TRIES, REMOTE_ADDR="203.0.113.9")
    give_password(Client(REMOTE_ADDR="198.51.100.4"), victim)

    assert guess(client, victim, 1, REMOTE_ADDR="203.0.113.9") == [429]


def test_other_browsers_at_the_address_count_together(client):
    user = writer()

    answers = [guess(client, user, 1, HTTP_USER_AGENT=f"browser {number}")[0] for number in range(TRIES)]

    assert answers[-1] == 429


def test_forged_header_gives_a_guesser_no_new_tries(client):
    user = writer()

    answers = [guess(client, user, 1, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")[0] for number in range(TRIES)]

    assert answers[-1] == 429


def test_header_forged_through_the_proxy_gives_no_new_tries(client, behind_nginx):
    user = writer()

    answers = [
        guess(client, user, 1, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}, 203.0.113.9")[0] for number in range(TRIES)
    ]

    assert answers[-1] == 429


def test_forged_header_does_not_lock_the_victim_out(client, behind_nginx):
    victim = writer()
    guess(client, victim, TRIES, HTTP_X_FORWARDED_FOR="198.51.100.4, 203.0.113.9")
    guess(client, victim, TRIES, HTTP_X_FORWARDED_FOR="198.51.100.4", REMOTE_ADDR="203.0.113.9")

    response = give_password(Client(HTTP_X_FORWARDED_FOR="198.51.100.4"), victim)

    assert response.headers["Location"].startswith("/admin/two-factor/")


def test_lock_is_logged_once(client):
    user = writer()

    guess(client, user, TRIES + 3)

    assert list(user.account_events.order_by("pk").values_list("what", flat=True)) == [
        *["login-failed"] * (TRIES - 1),
        "locked-out",
    ]


def test_what_is_counted_holds_no_text_of_a_form(client):
    client.post(
        "/admin/login/", {"username": "x", "password": "secret one", "kept": "secret two", "code": "secret three"}
    )

    attempt = AccessAttempt.objects.get()
    assert "secret" not in attempt.post_data + attempt.get_data
    assert AccountEvent.objects.count() == 1
