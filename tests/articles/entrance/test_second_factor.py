"""Setting the second factor up, and what one can do with it afterwards."""

import re

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles import accounts
from articles.models import RecoveryCode

from ...factories import writer
from .people import can_get_in, code_of, give_code, give_password, with_device

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/two-factor/"


def new_device_of(client, user):
    """The device that the set-up page shows now."""
    return accounts.new_device(user, client.session["new_second_factor"])


def codes_on(response):
    return re.findall(r"<li><code>([a-z0-9-]+)</code></li>", response.content.decode())


@pytest.fixture
def user(client):
    user = writer()
    give_password(client, user)
    return user


@pytest.fixture
def verified(client, user):
    """A logged-in editor's device, set up as it is on the site; a code of the next half minute is good."""
    client.get(ADDRESS)
    client.post(ADDRESS, {"code": code_of(new_device_of(client, user))})
    return TOTPDevice.objects.get(user=user)


def test_page_shows_the_key_as_picture_and_text_without_an_image(client, user):
    page = client.get(ADDRESS).content.decode()

    assert '<svg class="qr" viewBox=' in page
    assert "data:" not in page and "style=" not in page
    assert re.search(r'class="secret">[A-Z2-7]{4}( [A-Z2-7]{4}){7}<', page)


def test_code_of_the_new_key_sets_it_up(client, user, settings):
    settings.PRODUCTION = True
    client.get(ADDRESS)
    before = can_get_in(client)

    response = client.post(ADDRESS, {"code": code_of(new_device_of(client, user))})

    assert not before
    assert can_get_in(client)
    assert len(set(codes_on(response))) == 10
    assert TOTPDevice.objects.get(user=user).confirmed
    assert user.account_events.filter(what="factor-set-up").count() == 1


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "not a code at all"])
def test_wrong_code_sets_nothing_up_and_keeps_the_key(client, user, code):
    client.get(ADDRESS)
    key = client.session["new_second_factor"]

    response = client.post(ADDRESS, {"code": code})

    assert "This code is not right" in response.content.decode()
    assert client.session["new_second_factor"] == key
    assert not TOTPDevice.objects.exists() and not RecoveryCode.objects.exists()


def test_code_that_set_it_up_does_not_log_in_again(client, user):
    client.get(ADDRESS)
    code = code_of(new_device_of(client, user))
    client.post(ADDRESS, {"code": code})
    client.post("/admin/logout/")
    give_password(client, user)

    give_code(client, code)

    assert not can_get_in(client)


@pytest.mark.database
def test_recovery_code_works_once_in_any_spelling(client, user):
    client.get(ADDRESS)
    codes = codes_on(client.post(ADDRESS, {"code": code_of(new_device_of(client, user))}))
    spelled = codes[3].upper().replace("-", " ")
    got_in = []

    for _ in range(2):
        client.post("/admin/logout/")
        give_password(client, user)
        give_code(client, spelled)
        got_in.append(can_get_in(client))

    assert got_in == [True, False]
    assert user.recovery_codes.count() == 9
    assert [event.details for event in user.account_events.filter(what="code-used")] == [{"left": 9}]


def test_recovery_codes_are_stored_as_hashes_only(client, user):
    client.get(ADDRESS)

    codes = codes_on(client.post(ADDRESS, {"code": code_of(new_device_of(client, user))}))

    stored = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert not [code for code in codes if code in stored or code.replace("-", "") in stored]


def test_new_recovery_codes_end_the_old_ones(client, user, verified):
    old = set(user.recovery_codes.values_list("digest", flat=True))

    response = client.post(ADDRESS, {"code": code_of(verified, later=1), "do": "codes"})

    assert len(codes_on(response)) == 10
    assert not old & set(user.recovery_codes.values_list("digest", flat=True))


@pytest.mark.parametrize("wanted", ["codes", "replace", "remove"])
def test_every_change_asks_for_a_code(client, user, verified, wanted):
    before = set(user.recovery_codes.values_list("digest", flat=True))

    response = client.post(ADDRESS, {"code": "000001", "do": wanted})

    assert "This code is not right" in response.content.decode()
    assert TOTPDevice.objects.get() == verified
    assert set(user.recovery_codes.values_list("digest", flat=True)) == before
    assert "new_second_factor" not in client.session


def test_old_phone_works_until_the_new_one_is_set_up(client, user, verified):
    client.post(ADDRESS, {"code": code_of(verified, later=1), "do": "replace"})
    between = list(TOTPDevice.objects.all())

    client.post(ADDRESS, {"code": code_of(new_device_of(client, user))})

    assert between == [verified]
    assert TOTPDevice.objects.get().key != verified.key
    assert can_get_in(client)


def test_moving_to_another_phone_can_be_given_up(client, user, verified):
    client.post(ADDRESS, {"code": code_of(verified, later=1), "do": "replace"})

    client.post(ADDRESS, {"cancel": "1"})

    assert "new_second_factor" not in client.session
    assert TOTPDevice.objects.get() == verified


def test_it_is_turned_off_on_a_local_site_only(client, user, verified, settings):
    settings.PRODUCTION = True
    refused = client.post(ADDRESS, {"code": code_of(verified, later=1), "do": "remove"}, follow=True)
    still = TOTPDevice.objects.count()
    settings.PRODUCTION = False
    TOTPDevice.objects.update(last_t=-1)

    client.post(ADDRESS, {"code": code_of(verified), "do": "remove"})

    assert "cannot be turned off" in refused.content.decode() and still == 1
    assert not TOTPDevice.objects.exists() and not RecoveryCode.objects.exists()
    assert can_get_in(client)


def test_password_alone_does_not_reach_an_existing_second_factor(client):
    user = writer()
    device = with_device(user)
    give_password(client, user)

    page = client.get(ADDRESS).content.decode()
    client.post(ADDRESS, {"do": "replace", "code": ""})
    client.post(ADDRESS, {"cancel": "1"})

    assert "Code from your app" in page and "qr" not in page
    assert TOTPDevice.objects.get() == device
    assert "new_second_factor" not in client.session


def test_nobody_sets_it_up_without_a_login(client):
    assert client.get(ADDRESS, follow=True).request["PATH_INFO"] in (ADDRESS, "/admin/login/")
    assert "new_second_factor" not in client.session
