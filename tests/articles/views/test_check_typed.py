"""What is typed into the check: names, brands, other medicines' names, and words that sound urgent."""

import pytest

from articles.search import _URGENT

from ...pages import Page

EVERY_URGENT = sorted({phrase for phrases in _URGENT.values() for phrase in phrases.split(", ")})


@pytest.mark.parametrize(
    "words", ["chest pain, amlodipine", "can’t breathe", "I can't breathe and rash", *EVERY_URGENT]
)
def test_every_urgent_word_brings_the_emergency_box(client, db, words):
    response = client.get("/check/", {"find": words}, follow=True)

    found = Page(response.content.decode())
    assert found.html.partition("</h1>")[2].lstrip().startswith('<div class="box now">')
    assert found.one("p", id="status")["text"].startswith("Read the warning first.")


def test_example_beside_the_box_works(client, page):
    example = page("/check/").one("p", id="find-hint")["text"].partition(": ")[2].partition(".")[0]

    assert client.get("/check/", {"find": example}).headers["Location"] == (
        "/check/?medicine=amlodipine&symptom=ankle-swelling&name=norvasc"
    )


def test_brand_of_one_country_is_named_where_it_is_resolved(client, page):
    address = client.get("/check/?find=benadryl").headers["Location"]

    assert (
        "Benadryl (US brand) is diphenhydramine. In other countries the same name can mean another medicine."
        in page(address).text
    )


def test_typed_name_of_what_is_ticked_already_leaves_the_box(client, db):
    location = client.get("/check/?medicine=diphenhydramine&find=benadryl").headers["Location"]

    assert location == "/check/?medicine=diphenhydramine&name=benadryl"


@pytest.mark.parametrize(
    "words", ["xyz and foo;bar", "can't breathe and xyz, overdose of amlodipine", "a,,b, and rash"]
)
def test_typed_words_settle_in_one_address(client, db, words):
    response = client.get("/check/", {"find": words}, follow=True)

    assert response.status_code == 200
    assert len(response.redirect_chain) == 1


def test_medicine_that_is_taken_for_another_is_told_and_not_swapped(page):
    found = page("/check/?find=prednisone")

    assert "Prednisone is a different medicine that we do not cover." in found.text
    assert "/medicines/prednisolone/#names" in found.links
    assert not found.all("li", data_medicine="prednisolone")


def test_name_that_we_do_not_know_stays_beside_the_symptom(client, page):
    address = client.get("/check/?find=aspirin, rash").headers["Location"]

    assert address == "/check/?symptom=skin-rash&find=aspirin"
    assert "We do not know the name 'aspirin', or do not cover it." in page(address).text


def test_beginning_of_a_name_is_offered_and_not_applied(page):
    found = page("/check/?find=amlod&symptom=headache")

    assert "Did you mean one of these?" in found.text
    assert "/check/?medicine=amlodipine&symptom=headache" in found.links


def test_brand_in_the_address_is_never_echoed(page):
    assert "xyzzy" not in page("/check/?medicine=amlodipine&name=xyzzy").text


def test_typed_names_become_choices_in_the_address(client, db):
    response = client.get("/check/?find=Norvasc, xyz and puffy ankles&medicine=sertraline")

    assert response.status_code == 302
    assert response.headers["Location"] == (
        "/check/?medicine=sertraline&medicine=amlodipine&symptom=ankle-swelling&find=xyz&name=norvasc"
    )


def test_typed_name_that_is_not_known_is_said_so(page):
    found = page("/check/?find=xyz")

    assert "We do not know the name 'xyz', or do not cover it." in found.text
    assert found.one("input", id="find")["attributes"]["value"] == "xyz"
