"""The text of a form whose session had ended: carried through every step, opened again, never saved unseen."""

import json
from html import unescape
from html.parser import HTMLParser

import pytest
from django.test import Client

from articles import accounts
from articles.entrance import kept
from articles.models import Drug, Effect

from ... import factories
from ...factories import draft, effect_content, writer
from ..admin.forms import fields_of
from .people import code_of, give_code, give_password, with_device

pytestmark = pytest.mark.django_db
TEXT = 'It aches "much" <b>more</b> &amp; longer\r\nthan before – ünd 漢字'


class _Hidden(HTMLParser):
    def __init__(self, response):
        super().__init__()
        self.fields, self.action = {}, None
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form" and attributes.get("id") == "kept-form":
            self.action = attributes["action"]
        if tag == "input" and attributes.get("type") == "hidden":
            self.fields.setdefault(attributes["name"], []).append(attributes["value"])


def carried(response):
    """What the page would send on in its hidden field."""
    return _Hidden(response).fields["kept"][0]


def reopen(client, response):
    """Press the button of the page that says that one is logged in again."""
    form = _Hidden(response)
    return client.post(
        form.action, {name: values for name, values in form.fields.items() if name not in ("kept", "next")}
    )


@pytest.fixture
def effect():
    return draft(effect_content())


@pytest.fixture
def address(effect):
    return f"/admin/articles/effect/{effect.pk}/change/"


@pytest.fixture
def expired(client, effect, address):
    """The answer to a save after the session had ended."""
    client.force_login(writer())
    values = fields_of(client, address, "effect") | {"description": TEXT, "_save": "Save"}
    client.logout()
    return client.post(address, values)


def test_save_without_a_session_is_answered_by_the_login_with_the_text(expired):
    assert expired.status_code == 403  # a script that saves must not take it for saved
    assert "Nothing was saved yet, and nothing is lost" in expired.content.decode()
    assert json.loads(carried(expired))["fields"]["description"] == [TEXT]
    assert "no-store" in expired.headers["Cache-Control"]


def test_password_and_token_are_not_carried(client, address):
    response = client.post(address, {"csrfmiddlewaretoken": "t", "new_password1": "p", "description": "a b"})

    assert set(json.loads(carried(response))["fields"]) == {"description"}


def test_form_is_there_again_after_every_step_and_not_saved(client, expired, effect, address):
    user = writer()
    device = with_device(user)
    before = effect.revisions.count()

    wrong = client.post("/admin/login/", {"username": user.username, "password": "x", "kept": carried(expired)})
    asked = give_password(client, user, kept=carried(wrong))
    mistyped = give_code(client, "not it", kept=carried(asked))
    again = give_code(client, code_of(device), kept=carried(mistyped))
    page = reopen(client, again)

    assert _Hidden(again).action == address
    assert "Nothing of this is saved yet" in page.content.decode()
    assert page.context["adminform"].form["description"].value() == TEXT
    assert (effect.revisions.count(), Effect.objects.get(slug="test-ache").description) == (before, "It aches.")


def test_whoever_logs_in_is_told_whose_text_it_is(client, address):
    """Saved under another name, its author could sign their own words."""
    anna, bert = writer(username="anna"), writer(username="bert")
    client.force_login(anna)
    values = fields_of(client, address, "effect") | {"description": TEXT, "_save": "Save"}
    client.logout()
    expired = client.post(address, values)

    to_bert = give_password(client, bert, kept=carried(expired))
    again = client.post("/admin/logout/", {"kept": carried(to_bert)})
    for_bert, for_anna = (page.content.decode() for page in (to_bert, give_password(client, anna, kept=carried(again))))

    assert "Log in as anna" in for_bert
    assert "This was typed by anna, and you are logged in as bert." in for_bert
    assert "continue.js" not in for_bert
    assert "This was typed by" not in for_anna
    assert "continue.js" in for_anna


def test_reopened_form_is_saved_by_its_own_button(client, expired, address):
    again = give_password(client, writer(), kept=carried(expired))
    form = _Hidden(again)

    client.post(
        address, {name: values for name, values in form.fields.items() if name not in ("kept", "_reopen", "next")}
    )

    assert Effect.objects.get(slug="test-ache").description == TEXT.replace("\r\n", "\n")


def test_text_is_carried_through_a_lock_out(client, expired):
    user = writer()
    carried_on = carried(expired)

    for _ in range(5):
        response = client.post("/admin/login/", {"username": user.username, "password": "x", "kept": carried_on})
        carried_on = carried(response)

    assert response.status_code == 429
    assert carried_on == carried(expired)


def test_text_is_carried_through_setting_up_a_second_factor(client, expired, settings):
    settings.PRODUCTION = True
    user = writer()

    offered = give_password(client, user, kept=carried(expired))
    device = accounts.new_device(user, client.session["new_second_factor"])
    codes = client.post("/admin/two-factor/", {"code": code_of(device), "kept": carried(offered)})
    again = client.post("/admin/login/", {"kept": carried(codes)})

    assert _Hidden(again).fields["description"] == [TEXT]


def test_session_that_owes_a_code_keeps_the_text_too(client, address):
    user = writer()
    with_device(user)
    give_password(client, user)

    response = client.post(address, {"description": TEXT})

    assert response.status_code == 403
    assert "Code from your app" in response.content.decode()
    assert json.loads(carried(response))["fields"]["description"] == [TEXT]


def test_new_page_is_opened_again_too(client):
    add = "/admin/articles/effect/add/"
    expired = client.post(add, {"name": "New ache"})

    page = reopen(client, give_password(client, writer(), kept=carried(expired)))

    assert page.context["adminform"].form["name"].value() == "New ache"
    assert not Effect.objects.filter(name="New ache").exists()


def test_page_of_a_part_is_opened_again_too(client):
    drug = factories.published_world()
    pair = Drug.objects.get(pk=drug.pk).effects.get()
    address = f"/admin/articles/drugeffect/{pair.pk}/change/"
    client.force_login(writer())
    values = fields_of(client, address, "drugeffect") | {"change_note": "A note"}
    client.logout()

    page = reopen(client, give_password(client, writer(), kept=carried(client.post(address, values))))

    assert "Nothing of this is saved yet" in page.content.decode()
    assert page.context["adminform"].form["change_note"].value() == "A note"


def test_comment_of_a_decision_comes_back_to_be_copied_and_nothing_is_decided(client, effect):
    address = f"/admin/articles/effect/{effect.pk}/"
    expired = client.post(
        f"{address}move/submit/",
        {"comment": "All sources read.", "version": "1"},
        headers={"Referer": f"http://testserver{address}change/"},
    )

    again = give_password(client, writer(), kept=carried(expired)).content.decode()

    assert "readonly>All sources read.</textarea>" in again
    assert f'href="{address}change/"' in again
    assert "kept-form" not in again
    effect.refresh_from_db()
    assert effect.state == "draft"


def test_form_from_an_address_that_is_none_is_kept_too(client):
    response = client.post("/admin/articles/effect/add/", {"name": "Typed"}, headers={"Referer": "http://["})

    assert json.loads(carried(response))["fields"]["name"] == ["Typed"]


def test_form_of_an_account_is_not_kept(client):
    response = client.post("/admin/auth/user/add/", {"username": "new one", "first_name": "Ada Maria"})

    assert json.loads(carried(response))["fields"] == {}
    assert "so this was not done" in response.content.decode()


def test_too_long_a_text_is_said_to_be_too_long(client, address):
    response = client.post(address, {"description": "ü" * (kept.LIMIT // 2)})

    assert "too long to be kept here" in response.content.decode()
    assert json.loads(carried(response)) | {"page": ""} == {
        "address": address,
        "page": "",
        "fields": {},
        "too_long": True,
    }


def test_text_up_to_the_limit_is_kept(client, address):
    text = '"' * (kept.LIMIT // 2 - 200)  # each is two in JSON

    expired = client.post(address, {"description": text})
    again = give_password(client, writer(), kept=carried(expired))

    assert _Hidden(again).fields["description"] == [text]


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/admin/articles/effect/add/",
        "//evil.example/admin/",
        "/\\evil.example/admin/",
        "javascript:alert(1)",
        "/search/?q=/admin/",
        "/admin/../search/",
        "/admin/articles/effect/%2E%2E/%2e%2e/%2e%2e/search/change/",
        "/admin/articles/effect/..\\..\\..\\search/change/",
        "",
        None,
        7,
    ],
)
def test_hostile_address_is_dropped(client, address):
    carried_on = json.dumps({"address": address, "page": "/admin/", "fields": {"name": ["x"]}})

    response = give_password(client, writer(), kept=carried_on)

    assert response.headers["Location"] == "/admin/"


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "7",
        "null",
        "[" * 5000,
        '{"address": "/admin/"}',
        '{"address": "/admin/", "page": "/admin/", "fields": {"a": "b"}}',
        '{"address": "/admin/", "page": "/admin/", "fields": {"a": [7]}}',
        '{"address": "/admin/", "page": "/admin/", "fields": []}',
        '{"address": "/admin/", "page": "/admin/", "fields": {"a": ["\\ud800"]}}',
        '{"address": "/admin/", "page": "/admin/", "fields": {}, "more": 1}',
    ],
)
def test_hostile_field_is_dropped(client, text):
    assert give_password(client, writer(), kept=text).headers["Location"] == "/admin/"


def test_fields_that_were_sent_cannot_break_out_of_the_page(client):
    hostile = '"><script>alert(1)</script>'
    text = json.dumps({"address": "/admin/articles/effect/add/", "page": "/admin/", "fields": {hostile: [hostile]}})

    page = give_password(client, writer(), kept=text).content.decode()

    assert "<script>alert" not in page
    assert hostile in unescape(page)


def test_reopened_form_that_is_sent_by_another_site_saves_nothing(client, effect, address):
    client.force_login(writer())
    values = fields_of(client, address, "effect") | {"description": "Not mine", "_reopen": "1"}

    client.post(address, values)

    assert Effect.objects.get(slug="test-ache").description == "It aches."


# The token is out of date: somebody logged in in another tab


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True)


def test_form_with_an_old_token_is_kept_too(strict, address):
    strict.force_login(writer())

    response = strict.post(address, {"description": TEXT}, headers={"Origin": "http://testserver"})

    page = response.content.decode()
    assert response.status_code == 403
    assert "This form could not be taken" in page and "continue.js" not in page
    assert (_Hidden(response).action, _Hidden(response).fields["description"]) == (address, [TEXT])
    assert _Hidden(response).fields["_reopen"] == ["1"]


def test_login_page_with_an_old_token_hands_on_what_it_carried(strict, expired, address):
    response = strict.post("/admin/login/", {"kept": carried(expired)}, headers={"Origin": "http://testserver"})

    assert response.status_code == 403
    assert (_Hidden(response).action, _Hidden(response).fields["description"]) == (address, [TEXT])


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example"])
def test_form_of_another_site_gets_nothing_back(strict, address, origin):
    strict.force_login(writer())

    response = strict.post(address, {"description": TEXT}, headers={"Origin": origin})

    assert response.status_code == 403
    assert b"<form" not in response.content and b"aches" not in response.content
