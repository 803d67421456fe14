"""Forms and addresses that no browser makes: each gets a clear answer, never a server error, and nothing is stored."""

import pytest
from django.contrib.auth.models import User

from articles.models import AccountEvent, Document, ReviewEvent, Revision
from tests.articles.edits import small_article, small_medicine
from tests.factories import draft, effect_content, published, published_world, source_content

from .forms import errors_of, fields_of
from .test_interleaving import change, is_text

NINES = "9" * 5000
NO_ID = ["a\0b", "xyz", "-1", "²", str(2**63), "9" * 400, NINES]


@pytest.fixture
def root(client, db):
    client.force_login(User.objects.create_superuser("root"))
    return client


@pytest.fixture
def rows(db):
    """{model: a document or a row with a page of its own}"""
    published_world()
    for content in (effect_content("test-rash"), source_content("test-leaflet")):
        published(content)
    article, drug = draft(small_article()), draft(small_medicine() | {"stop_warning": False})
    found = (article, article.tables.get(), drug, drug.effects.first())
    return {row._meta.model_name: row for row in found}


def stored():
    counted = tuple(model.objects.count() for model in (Document, Revision, ReviewEvent, AccountEvent))
    return counted, list(Document.objects.order_by("pk").values_list("version", "state", "live"))


MODELS = ["article", "comparisontable", "drug", "drugeffect"]


@pytest.mark.parametrize("model", MODELS)
def test_a_null_character_is_refused_beside_each_field(root, rows, model):
    address = change(rows[model])
    fields = fields_of(root, address, model)
    texts = {name: "a\0b" for name in fields if is_text(name) or name == "change_note"}
    before = stored()

    response = root.post(address, fields | texts)

    assert errors_of(response).count("Null characters are not allowed.") == len(texts)
    assert stored() == before


@pytest.mark.parametrize("model", MODELS)
def test_a_text_of_a_million_characters_is_refused(root, rows, model):
    address = change(rows[model])
    fields = fields_of(root, address, model)
    name = {"article": "lead", "drug": "mechanism", "drugeffect": "note", "comparisontable": "rows-0-cell_low"}[model]

    response = root.post(address, fields | {name: "x" * 1_000_000})

    assert "at most 100000 characters" in errors_of(response)
    assert root.post(address, fields | {name: "x" * 3_000_000}).status_code == 400


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("value", NO_ID, ids=["null", "word", "negative", "superscript", "2^63", "400", "5000"])
def test_what_is_no_id_is_refused_in_every_relation_and_place(root, rows, model, value):
    address = change(rows[model])
    fields = fields_of(root, address, model)
    one_of = (
        "drugs",
        "effects",
        "pairs",
        "drug",
        "effect",
        "source",
        "sources",
        "owner",
        "id",
        "position",
        "stop_sources",
    )
    ending = {name: name.rpartition("-")[2] for name in fields if "__" not in name}
    # Only the first row of each group: the others have the same fields.
    wrong = [name for name, end in ending.items() if end in one_of and ("-" not in name or "-0-" in name)]
    before = stored()

    response = root.post(address, fields | dict.fromkeys(wrong, value))

    assert wrong
    assert errors_of(response)
    assert stored() == before


# Only the page with one group of rows: Django shows the first two thousand of them.
@pytest.mark.parametrize("model", ["drugeffect"])
@pytest.mark.parametrize("total", ["99999", "9" * 30, NINES, "-1", "x", "²", ""])
@pytest.mark.parametrize("stale", [False, True], ids=["latest", "stale"])
def test_a_wrong_number_of_rows_stores_nothing(root, rows, model, total, stale):
    row = rows[model]
    address = change(row)
    fields = fields_of(root, address, model)
    if stale:
        assert root.post(address, fields | stale_change(model)).status_code == 302
    group = next(name for name in fields if name.endswith("-TOTAL_FORMS")).removesuffix("TOTAL_FORMS")
    before = stored()

    for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
        assert root.post(address, fields | {group + name: total}).status_code in (200, 302)
        assert stored() == before


def stale_change(model):
    return {
        "article": {"subtitle": "Meanwhile"},
        "comparisontable": {"caption": "Meanwhile"},
        "drug": {"mechanism": "Meanwhile"},
        "drugeffect": {"onset": "Meanwhile"},
    }[model]


@pytest.mark.parametrize("model", MODELS)
def test_saved_rows_are_not_stored_a_second_time_as_new_ones(root, rows, model):
    address = change(rows[model])
    fields = fields_of(root, address, model)
    groups = [name for name, value in fields.items() if name.endswith("-INITIAL_FORMS") and value != ["0"]]
    before = stored()

    for name in groups:
        response = root.post(address, fields | {name: "0"})
        assert "did not arrive as they were sent" in errors_of(response)
    assert groups
    assert stored() == before


def test_two_rows_of_one_key_are_refused(root, rows):
    address = change(rows["article"])
    fields = fields_of(root, address, "article")
    new = int(fields["faqs-TOTAL_FORMS"][0])
    rows_of_one_key = {
        f"faqs-{number}-{name}": value
        for number in (new, new + 1)
        for name, value in {"question": "Why?", "answer": "So.", "key": "why", "position": ""}.items()
    }
    before = stored()

    response = root.post(address, fields | rows_of_one_key | {"faqs-TOTAL_FORMS": str(new + 2)})

    assert "duplicate" in errors_of(response)
    assert stored() == before


@pytest.mark.parametrize("model", MODELS)
def test_more_than_five_thousand_fields_are_refused(root, rows, model):
    before = stored()

    response = root.post(change(rows[model]), {f"field-{number}": "" for number in range(5001)})

    assert (response.status_code, stored()) == (400, before)


@pytest.mark.parametrize("model", MODELS)
def test_save_as_new_makes_no_second_page(root, rows, model):
    address = change(rows[model])
    before = stored()

    response = root.post(address, fields_of(root, address, model) | {"_saveasnew": "1"})

    assert (response.status_code, stored()) == (400, before)


def test_a_popup_cannot_be_asked_for_another_field(root, rows):
    address = change(rows["article"])

    response = root.post(address, fields_of(root, address, "article") | {"_popup": "1", "_to_field": "password"})

    assert response.status_code == 400


@pytest.mark.parametrize("token", [f"{NINES}:1", f"1:{NINES}", f"{2**63}:1", "²:1", "1:²", "a\0b:1"])
def test_a_token_of_no_version_gives_the_text_back(root, rows, token):
    address = change(rows["article"])

    response = root.post(
        address, fields_of(root, address, "article") | {"opened_from": token, "subtitle": "Typed with care"}
    )

    assert response.status_code == 409
    assert "Typed with care" in response.content.decode()


@pytest.mark.parametrize("number", ["9" * 30, NINES, "-1", "0", "²"])
@pytest.mark.parametrize("page", ["restore/{}/", "conflict/{}/", "history/compare/?from={}&to=1"])
def test_a_version_that_cannot_be_is_not_found(root, rows, page, number):
    address = change(rows["article"]).removesuffix("change/") + page.format(number)

    # An address that is no version's is taken for that of an article, and leads to the page that says so.
    assert root.get(address, follow=True).status_code in (200, 404, 405)
    assert root.post(address).status_code in (404, 302)  # "There is no version 0 of it."


@pytest.mark.parametrize("pk", ["9" * 30, NINES, "-1", "²", "x", "%00", "a%00b"])
@pytest.mark.parametrize("kind", ["article", "drugeffect", "revision", "credential"])
def test_a_row_that_cannot_be_is_not_found(root, rows, kind, pk):
    for page in ("change/", "history/", "delete/", "preview/", "move/submit/"):
        response = root.get(f"/admin/articles/{kind}/{pk}/{page}", follow=True)
        assert response.status_code in (200, 403, 404, 405), page
        response = root.post(f"/admin/articles/{kind}/{pk}/{page}")
        assert response.status_code in (302, 404, 405, 409, 403), page


@pytest.mark.parametrize("user", ["/admin/auth/user/{}/", "/admin/auth/group/{}/"])
@pytest.mark.parametrize("pk", ["9" * 30, NINES, "x", "%00"])
def test_an_account_that_cannot_be_is_not_found(root, user, pk):
    for page in ("change/", "delete/", "history/", "password/", "hand-over/", "reset-factor/"):
        for method in (root.get, root.post):
            assert method(user.format(pk) + page).status_code in (302, 404, 405), page


@pytest.mark.parametrize(
    "query",
    [
        "article/?q=%00",
        "article/?state__exact=%00",
        "article/?owner__id__exact=x",
        "article/?owner__id__exact=" + "9" * 30,
        "article/?p=" + "9" * 30,
        "article/?o=999.x.-",
        "article/?facts_checked__gte=x",
        "article/?nothing__exact=1",
        "article/add/?owner=x&title=a",
        "article/add/?drugs=x",
        "article/add/?drugs=" + "9" * 30,
        "drugeffect/?drug__id__exact=" + "9" * 30,
        "evidencechange/?at__year=x",
        "evidencechange/?at__year=99999999",
        "evidencechange/?at__year=-5",
        "revision/?q=%00",
    ],
)
def test_a_list_with_an_impossible_filter_is_answered(root, rows, query):
    response = root.get(f"/admin/articles/{query}", follow=True)

    assert response.status_code in (200, 400)


@pytest.mark.parametrize("query", ["term=%00", "term=a&page=" + "9" * 30, "term=a&page=x", "term=%ED%A0%80"])
def test_an_impossible_search_for_a_document_is_answered(root, query):
    address = "/admin/autocomplete/?app_label=articles&model_name=article&field_name=drugs&"

    assert root.get(address + query).status_code in (200, 400, 404)


@pytest.mark.parametrize(
    "address",
    ["articles/article/?q=", "autocomplete/?app_label=articles&model_name=article&field_name=drugs&term="],
)
def test_a_search_for_a_thousand_words_is_refused(root, address):
    assert root.get(f"/admin/{address}{'+'.join('a' * 1500)}").status_code == 400


@pytest.mark.parametrize("verb", ["submit", "schedule", "review", "withdraw", "publish-urgently", "return", "x"])
@pytest.mark.parametrize(
    "typed",
    [
        {"comment": "a\0b"},
        {"version": NINES},
        {"moved_to": "a\0b", "comment": "Why"},
        {"day": "9999-12-31", "time": "23:59"},
        {"day": "0001-01-01", "time": "00:00"},
        {"day": "2030-01-01", "time": "00:00+99:99"},
        {"day": "2030-01-01", "time": "00:00+14:00"},
        {"review_due": "9999-12-31"},
        {"review_due": "\0"},
    ],
    ids=lambda typed: ",".join(typed),
)
def test_a_move_with_an_impossible_answer_is_refused(root, rows, verb, typed):
    before = stored()

    response = root.post(
        change(rows["article"]).replace("/change/", f"/move/{verb}/"), {"version": "1", "_": verb} | typed
    )

    assert response.status_code in (400, 404, 409) or (verb, response.status_code) == ("submit", 302)
    assert response.status_code == 302 or stored() == before


@pytest.mark.parametrize("text", ["\0", "a\0b", "x" * 900_000])
def test_an_impossible_article_cannot_be_pasted(root, text):
    before = stored()

    response = root.post("/admin/articles/article/paste/", {"text": text})

    assert (response.status_code in (200, 400), stored()) == (True, before)


@pytest.mark.parametrize("typed", [{"comment": "a\0b", "seen": "0"}, {"comment": "Read", "seen": NINES}, {"seen": "²"}])
def test_changed_evidence_is_not_settled_by_an_impossible_answer(root, rows, typed):
    response = root.post(f"/admin/articles/evidencechange/looked-at/{rows['article'].pk}/", typed)

    assert response.status_code in (302, 400)


def test_own_words_with_a_null_character_settle_no_conflict(root, rows):
    address = change(rows["article"])
    fields = fields_of(root, address, "article")
    root.post(address, fields | {"subtitle": "Theirs"})
    conflict = root.post(address, fields | {"subtitle": "Mine"})["Location"]
    before = stored()

    response = root.post(conflict, {"seen": "2", "choice:subtitle": "text", "text:subtitle": "a\0b"})

    assert (response.status_code, stored()) == (400, before)
