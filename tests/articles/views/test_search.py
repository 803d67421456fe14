"""The search page."""

import re

import pytest

from articles.models import Document, SearchEntry, SearchTerm

HTMX = {"HX-Request": "true"}


def test_empty_search_is_a_box(page):
    found = page("/search/")

    assert found.h1 == "Search"
    assert found.one("input", id="q")["attributes"]["value"] == ""
    assert found.one("p", role="status")["text"] == ""


def test_box_keeps_what_was_typed(page):
    assert page("/search/?q=Norvasc").one("input", id="q")["attributes"]["value"] == "Norvasc"


def test_result_names_the_brand_that_was_typed(page):
    found = page("/search/?q=norvasc")

    assert "Norvasc (US), a brand name of amlodipine" in found.text
    assert "/medicines/amlodipine/" in found.links
    assert found.one("p", role="status")["text"] == "1 result for 'norvasc'"


@pytest.mark.parametrize("query", ["17767", "C08CA01", "amlodipine", "Istin"])
def test_medicine_is_found_by_code_and_name(page, query):
    assert "/medicines/amlodipine/" in page(f"/search/?q={query}").links


def test_nothing_found_says_where_to_look(page):
    found = page("/search/?q=xyzzy")

    assert "No pages match 'xyzzy'. Check the spelling on the box." in found.text
    assert {"/medicines/", "/symptoms/", "/check/"} <= found.links


@pytest.mark.parametrize("query", ["chest+pain", "can't breathe", "overdose", "kill", "amlodipine suicide", "SEIZURE"])
def test_urgent_words_bring_the_emergency_box_before_any_result(page, query):
    found = page(f"/search/?q={query}")

    assert found.html.index("box now") < found.html.index('role="status"')
    assert {"tel:911", "tel:999", "tel:112"} <= found.links


@pytest.mark.parametrize("query", ["overdose", "overdose of amlodipine", "took too many and can't breathe"])
def test_too_much_of_a_medicine_is_one_box_with_whom_to_call(page, query):
    found = page(f"/search/?q={query}")

    assert "taken more of a medicine than you should" in found.text
    assert len(found.html.split("box now")) == 2


def test_suicidal_words_have_crisis_lines_and_lead_to_the_page(page):
    found = page("/search/?q=kill myself")

    assert {"tel:988", "tel:116123", "/symptoms/suicidal-thoughts/"} <= found.links
    assert found.html.index("tel:988") < found.html.index('role="status"')


def test_other_urgent_words_have_no_crisis_lines(page):
    assert "tel:988" not in page("/search/?q=chest pain").links


def test_medicine_that_is_taken_for_another_leads_to_the_note(page):
    found = page("/search/?q=prednisone")

    assert "Prednisone is a different medicine that we do not cover; see the note on prednisolone" in found.text
    assert "/medicines/prednisolone/#names" in found.links
    assert found.one("p", role="status")["text"].startswith("1 result for 'prednisone' We do not cover Prednisone yet.")


def test_brand_says_in_which_country_it_is_this_medicine(page):
    assert "Benadryl (US), a brand name of diphenhydramine" in page("/search/?q=benadryl").text


@pytest.mark.parametrize("query", ["amlodipine", "skill", "benefit", "fitness", "swollen ankles"])
def test_other_words_bring_no_emergency_box(page, query):
    assert "box now" not in page(f"/search/?q={query}").html.partition("<main")[2]


def test_medicine_with_symptom_offers_the_check(page):
    found = page("/search/?q=Norvasc and puffy ankles")

    assert "/check/?q=Norvasc+and+puffy+ankles" in found.links
    assert "Check amlodipine with swollen ankles, feet or legs" in found.text


def test_likely_spelling_is_offered_with_what_it_is_for(page):
    found = page("/search/?q=amlodopine")

    assert "You typed 'amlodopine'. Did you mean:" in found.text
    assert "amlodipine (for high blood pressure and angina)" in found.text
    assert "/medicines/amlodipine/" in found.links


def test_real_medicine_without_a_page_says_so(page):
    assert "We do not cover Nimodipine yet." in page("/search/?q=nimodipine").text


def test_symptom_in_other_words_finds_its_page(page):
    assert "/symptoms/ankle-swelling/" in page("/search/?q=my ankles are all puffed up").links


def test_long_query_is_refused_with_a_sentence(page):
    found = page("/search/?q=" + "a" * 301, status=400)

    assert "That is too long to search for. Type at most 300 letters." in found.text


def test_ten_thousand_letters_are_refused_too(page):
    assert len(page("/search/?q=" + "a" * 10_000, status=400).html) < 100_000


@pytest.mark.parametrize(
    "query", ["%00", "%ff%fe", "%ed%a0%80", "%25", "_", "'", "%E2%80%AE", "<script>alert(1)</script>"]
)
def test_odd_characters_are_an_ordinary_page(page, query):
    found = page(f"/search/?q={query}")

    assert "<script>alert" not in found.html
    assert "\x00" not in found.html


def test_many_parameters_are_refused(client, db):
    response = client.get("/search/?" + "&".join(f"q{number}=1" for number in range(6000)))

    assert response.status_code == 400


@pytest.fixture
def many_entries(db):
    """More results than a page holds; rows of the read table that publication would write."""
    document = Document.objects.live().filter(kind="drug").first()
    for number in range(25):
        entry = SearchEntry.objects.create(
            document=document, kind="faq", slug=document.slug, anchor=f"q{number}", title=f"Frobnicate {number:02}"
        )
        SearchTerm.objects.create(entry=entry, term="frobnicate", how=SearchTerm.How.WORD)


def test_twenty_results_a_page_with_real_links(page, many_entries):
    first = page("/search/?q=frobnicate")
    second = page("/search/?q=frobnicate&page=2")

    assert [len(found.one("ol", class_="results")["text"].split("Frobnicate")) - 1 for found in (first, second)] == [
        20,
        5,
    ]
    assert "?q=frobnicate&page=2" in first.links
    assert second.one("ol", class_="results")["attributes"]["start"] == "21"


@pytest.mark.parametrize("number", ["0", "99", "x", "-1", "%00"])
def test_page_that_does_not_exist_is_not_found(client, many_entries, number):
    assert client.get(f"/search/?q=frobnicate&page={number}").status_code == 404


def test_fragment_is_contained_in_the_page(client, db):
    whole = client.get("/search/?q=norvasc").content.decode()
    fragment = client.get("/search/?q=norvasc", headers=HTMX).content.decode()

    assert fragment.startswith('<section id="search_results"')
    assert re.sub(r"<title>.*?</title>\n", "", fragment).strip() in whole


def test_history_gets_the_whole_page(client, db):
    response = client.get("/search/?q=norvasc", headers=HTMX | {"HX-History-Restore-Request": "true"})

    assert response.content.decode().startswith("<!doctype html>")


def test_answer_varies_on_what_it_reads_and_is_kept_nowhere(client, db):
    response = client.get("/search/?q=norvasc")

    varies = {name.strip() for name in response.headers["Vary"].split(",")}
    assert {"HX-Request", "HX-History-Restore-Request"} <= varies
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("query", ["norvasc", "does amlodipine cause leg cramps", "chest pain", "overdose", "xyzzy"])
def test_number_of_queries_is_constant(client, db, django_assert_num_queries, query):
    client.get("/check/")

    with django_assert_num_queries(2):
        client.get("/search/", {"q": query})


def test_empty_search_asks_only_what_is_known(client, db, django_assert_num_queries):
    client.get("/search/")

    with django_assert_num_queries(1):
        client.get("/search/")
