"""Accounts in the admin: every change of rights is logged, leavers hand over, and the log is read only."""

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.db import IntegrityError
from django.urls import NoReverseMatch, reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles import accounts
from articles.models import AccountEvent, Document
from articles.permissions import PUBLISHERS, WRITERS

from ...factories import draft, effect_content, publisher, reviewer, source_content, writer
from ..entrance.people import PASSWORD, can_get_in, give_password, with_device
from .forms import fields_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(client):
    user = User.objects.create_superuser("root", password=PASSWORD)
    client.force_login(user)
    return user


def page_of(user, step="change"):
    return f"/admin/auth/user/{user.pk}/{step}/"


def events(user):
    return [(event.what, event.by_name, event.details) for event in user.account_events.order_by("pk")]


def test_new_account_is_logged(client, root):
    response = client.post(
        "/admin/auth/user/add/",
        {
            "username": "ada",
            "usable_password": "true",
            "password1": "a new long password",
            "password2": "a new long password",
        },
    )

    assert response.status_code == 302
    [(what, by, details)] = events(User.objects.get(username="ada"))
    assert (what, by, details["groups"], details["administrator"]) == ("made", "root", [], False)


def test_changed_rights_are_logged_with_what_was_before(client, root):
    user = writer()
    group = Group.objects.get(name=PUBLISHERS)

    send(client, page_of(user), "user", groups=[str(group.pk)], is_superuser="on")

    assert events(user) == [
        ("rights-changed", "root", {"groups": [[WRITERS], [PUBLISHERS]], "administrator": [False, True]})
    ]


def test_deactivation_is_logged_and_ends_sessions(client, root, django_user_model):
    user = writer()
    desk = type(client)()
    give_password(desk, user)
    values = fields_of(client, page_of(user), "user")
    values.pop("is_active")

    client.post(page_of(user), values)

    assert events(user)[-1] == ("deactivated", "root", {})
    assert not can_get_in(desk)


def test_changed_address_is_logged_without_the_address(client, root):
    user = writer(email="old@example.org")

    send(client, page_of(user), "user", email="new@example.org", first_name="Ada")

    assert events(user) == [("changed", "root", {"fields": ["email", "first_name"]})]


def test_save_without_a_change_logs_nothing(client, root):
    user = writer()

    send(client, page_of(user), "user")

    assert events(user) == []


def test_password_set_by_an_administrator_is_logged(client, root):
    user = writer()
    new = {"usable_password": "true", "password1": "a new long password", "password2": "a new long password"}

    client.post(page_of(user, "password"), new | {"password2": "another"})
    client.post(page_of(user, "password"), new | {"set-password": "1"})

    assert events(user) == [("password-changed", "root", {})]


def test_changed_group_is_logged_with_what_was_before(client, root):
    group = Group.objects.create(name="Helpers")
    permission = "articles.view_drug"
    pk = group.permissions.model.objects.get(codename="view_drug").pk

    send(client, f"/admin/auth/group/{group.pk}/change/", "group", permissions=[str(pk)])

    event = AccountEvent.objects.get()
    assert (event.what, event.about_name, event.details) == (
        "rights-changed",
        "group Helpers",
        {"permissions": [[], [permission]]},
    )


def test_deleted_account_stays_in_the_log(client, root):
    user = User.objects.create_user("typo", password=PASSWORD)

    client.post(page_of(user, "delete"), {"post": "yes"})

    event = AccountEvent.objects.get(what="deleted")
    assert (event.by_name, event.about_name) == ("root", "typo")
    assert not User.objects.filter(username="typo").exists()
    assert "typo" in client.get("/admin/articles/accountevent/").content.decode()


def test_whoever_did_anything_is_not_deleted(client, root):
    author = writer()
    draft(effect_content(), by=author)

    response = client.post(page_of(author, "delete"), {"post": "yes"})

    assert response.status_code == 403
    assert "cannot be deleted" in client.get(page_of(author)).content.decode()


def test_pages_are_handed_over_with_one_line_in_the_log(client, root):
    leaver, colleague, other = writer(), writer(), writer()
    theirs = [draft(effect_content(), by=leaver), draft(source_content(), by=leaver)]
    not_theirs = draft(effect_content("test-rash"), by=other)
    Document.objects.filter(pk__in=[document.pk for document in theirs]).update(owner=leaver)
    Document.objects.filter(pk=not_theirs.pk).update(owner=other)
    versions = [document.version for document in theirs]

    client.post(page_of(leaver, "hand-over"), {"colleague": colleague.pk})

    assert set(Document.objects.filter(owner=colleague).values_list("pk", flat=True)) == {each.pk for each in theirs}
    assert Document.objects.get(pk=not_theirs.pk).owner == other
    assert [Document.objects.get(pk=each.pk).version for each in theirs] == versions
    [(what, by, details)] = events(leaver)
    assert (what, by, details["to"], details["owner"]) == ("handed-over", "root", colleague.username, 2)


def test_whoever_is_handed_pages_gets_one_letter(client, root, django_capture_on_commit_callbacks):
    leaver, colleague = writer(), writer(email="colleague@example.org")
    for content in (effect_content(), effect_content("test-itch", name="Test itch")):
        Document.objects.filter(pk=draft(content, by=leaver).pk).update(owner=leaver)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(page_of(leaver, "hand-over"), {"colleague": colleague.pk})

    [letter] = mail.outbox
    assert letter.to == ["colleague@example.org"]
    assert "“Test ache”" in letter.body
    assert "“Test itch”" in letter.body


def test_colleagues_list_shows_what_was_handed_over(client, root):
    leaver, colleague = writer(), writer()
    document = draft(effect_content(), by=leaver)
    Document.objects.filter(pk=document.pk).update(owner=leaver)
    client.post(page_of(leaver, "hand-over"), {"colleague": colleague.pk})

    page = client.get(f"/admin/articles/effect/?owner__id__exact={colleague.pk}").content.decode()

    assert "Test ache" in page


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}])
def test_nothing_is_handed_to_whom_may_not_log_in(client, root, fields):
    leaver, colleague = writer(), writer()
    User.objects.filter(pk=colleague.pk).update(**fields)

    response = client.post(page_of(leaver, "hand-over"), {"colleague": colleague.pk})

    assert response.status_code == 200
    assert events(leaver) == []


def test_administrator_resets_the_second_factor_of_a_colleague(client, root):
    user = writer()
    with_device(user)

    client.post(page_of(user, "reset-factor"))

    assert not TOTPDevice.objects.filter(user=user).exists()
    assert events(user) == [("factor-reset", "root", {})]


def test_opening_the_page_resets_nothing(client, root):
    user = writer()
    device = with_device(user)

    client.get(page_of(user, "reset-factor"))

    assert TOTPDevice.objects.get() == device


def test_ones_own_second_factor_is_not_reset_past_its_code(client, root):
    desk_device = with_device(root)
    session = client.session
    session["otp_device_id"] = desk_device.persistent_id
    session.save()

    client.post(page_of(root, "reset-factor"))

    assert TOTPDevice.objects.get() == desk_device


@pytest.mark.parametrize("person", [writer, reviewer, publisher])
@pytest.mark.parametrize("step", ["change", "hand-over", "reset-factor", "password"])
def test_only_administrators_touch_accounts(client, person, step):
    user = writer()
    device = with_device(user)
    client.force_login(person())

    answers = [client.get(page_of(user, step)).status_code, client.post(page_of(user, step)).status_code]

    assert answers == [403, 403]
    assert TOTPDevice.objects.get() == device


@pytest.mark.parametrize("person", [writer, reviewer, publisher])
def test_log_is_for_administrators(client, person):
    client.force_login(person())

    assert client.get("/admin/articles/accountevent/").status_code == 403


def test_log_cannot_be_edited_in_the_admin(client, root):
    user = writer()
    client.post("/admin/login/", {"username": user.username, "password": "x"})
    event = AccountEvent.objects.get()
    address = f"/admin/articles/accountevent/{event.pk}/"

    answers = {
        client.post("/admin/articles/accountevent/add/", {"what": "login"}).status_code,
        client.post(f"{address}change/", {"what": "login"}).status_code,
        client.post(f"{address}delete/", {"post": "yes"}).status_code,
        client.post(
            "/admin/articles/accountevent/", {"action": "delete_selected", "_selected_action": event.pk}
        ).status_code,
    }

    assert answers <= {403, 200}
    assert list(AccountEvent.objects.values_list("pk", "what")) == [(event.pk, "login-failed")]


def test_secrets_of_colleagues_have_no_page(root):
    for name in ("otp_totp_totpdevice", "articles_recoverycode", "axes_accessattempt"):
        with pytest.raises(NoReverseMatch):
            reverse(f"admin:{name}_changelist")


@pytest.mark.database
def test_change_and_its_line_are_stored_together_or_not_at_all(client, root, monkeypatch):
    user = writer()
    device = with_device(user)

    def refuse(**fields):
        raise IntegrityError

    monkeypatch.setattr(AccountEvent.objects, "create", refuse)
    with pytest.raises(IntegrityError):
        send(client, page_of(user), "user", first_name="Ada")
    with pytest.raises(IntegrityError):
        client.post(page_of(user, "reset-factor"))

    assert User.objects.get(pk=user.pk).first_name == ""
    assert TOTPDevice.objects.get() == device
    assert accounts.rights(user)["groups"] == [WRITERS]
