"""What is typed into the check: names, brands, other medicines' names, and words that sound urgent."""

import re

import pytest

# What people type when it may be an emergency: each once raised a box from a list in code.
URGENT = """
    ambulance, anaphylactic, anaphylaxis, black poo, black poop, black stool, black stools, blacked out,
    blistering rash, blisters, blood in poo, blood in stool, blood in stools, blood in vomit, bloody stool, bloody
    stools, blue lips, can not breathe, cannot be woken, cannot breathe, cant breathe, cant speak, cant wake,
    chest hurts, chest is hurting, chest pain, chest pressure, chest tightness, collapsed, convulsion,
    convulsions, coughing blood, coughing up blood, difficulty breathing, emergency, end my life, face drooping,
    face droops, face numb, face swelling, face swollen, fainted, fit, fits, hard to wake, harm myself, harming
    myself, heart attack, hurt myself, kill, kill myself, killing myself, lips swelling, numb face, overdose,
    overdosed, pain in chest, pain in my chest, pale lips, passed out, peeling skin, puffy face, seizure,
    seizures, self harm, severe belly pain, severe stomach pain, shallow breathing, skin peeling, slow breathing,
    slurred speech, stroke, struggling to breathe, sudden loss of sight, sudden loss of vision, sudden weakness,
    suicidal, suicide, swelling of the face, swelling of the lips, swelling of the tongue, swollen face, swollen
    lips, swollen throat, swollen tongue, taken too many, taken too much, tarry stools, throat closing, throat
    swelling, throwing up blood, tight chest, tongue swelling, took too many, took too much, trouble breathing,
    trouble speaking, unconscious, vomiting blood, want to die, weak on one side, went blind, wont wake, wont wake
    up
"""
EVERY_URGENT = [" ".join(phrase.split()) for phrase in URGENT.split(",")]


@pytest.mark.parametrize(
    "words", ["chest pain, amlodipine", "can’t breathe", "I can't breathe and rash", *EVERY_URGENT]
)
def test_every_urgent_word_brings_the_emergency_box(page, words):
    found = page(f"/check/?q={words}")

    assert found.html.partition("</h1>")[2].lstrip().startswith('<div class="box now"')
    assert found.one("p", id="status")["text"].startswith("Read the warning first.")


def test_example_beside_the_box_works(page):
    example = page("/check/").one("p", id="q-hint")["text"].partition(": ")[2].partition(".")[0]

    assert page(f"/check/?q={example}").all("div", data_medicine="amlodipine", data_symptom="ankle-swelling")


def test_brand_of_one_country_is_named_where_it_is_resolved(page):
    assert (
        "Benadryl (US brand) is diphenhydramine. In other countries the same name can mean another medicine."
        in page("/check/?q=benadryl").text
    )


def test_brand_of_several_countries_misleads_nobody(page):
    found = page("/check/?q=lipitor")

    assert found.all("li", data_medicine="atorvastatin")
    assert "In other countries the same name can mean another medicine." not in found.text


@pytest.mark.parametrize(
    "words", ["xyz and foo;bar", "can't breathe and xyz, overdose of amlodipine", "a,,b, and rash", "Norvasc, Xyzzy"]
)
def test_typed_words_stay_in_the_box_as_they_were(page, words):
    assert page(f"/check/?q={words.replace(';', '%3B')}").one("input", id="q")["attributes"]["value"] == words


def test_medicine_that_is_taken_for_another_is_told_and_not_swapped(page):
    found = page("/check/?q=prednisone")

    assert "Prednisone and prednisolone are different medicines. We do not cover prednisone." in found.text
    assert "/medicines/prednisolone/#names" in found.links
    assert not found.all("li", data_medicine="prednisolone")


def test_look_alike_names_are_told_apart(page):
    found = page("/check/?q=losec, swollen ankles")

    assert "Losec and Lasix have been mixed up." in found.text
    assert not found.all("div", data_medicine="furosemide")


def test_real_medicine_without_a_page_says_so_and_where_to_look(page):
    found = page("/check/?q=aspirin, rash")

    assert "We do not cover Aspirin yet. This says nothing about its risk." in found.text
    assert "https://www.nhs.uk/medicines/" in found.links
    assert found.one("div", data_medicine="aspirin")["attributes"]["data-state"] == "not_covered"


def test_word_that_we_do_not_know_is_said(page):
    found = page("/check/?q=xyzzy, rash")

    assert "We did not understand 'xyzzy'." in found.text
    assert found.one("input", id="q")["attributes"]["value"] == "xyzzy, rash"


def test_beginning_of_a_name_is_offered_and_not_applied(page):
    found = page("/check/?q=amlod&symptom=headache")

    assert "You typed 'amlod'. Did you mean:" in found.text
    assert "/check/?medicine=amlodipine&symptom=headache" in found.links
    assert [cell for cell in found.all("div", data_medicine="amlodipine") if "data-state" not in cell] == []


def test_words_that_name_nothing_are_answered_with_what_was_searched(page):
    found = page("/check/?q=xyzzy")

    assert "We found no medicine and no symptom in your words" in found.text
    assert "/search/?q=xyzzy" in found.links
    assert "https://yellowcard.mhra.gov.uk" in found.links


def test_denied_symptom_is_left_out_and_said(page):
    found = page("/check/?q=norvasc, no chest pain, swollen ankles")

    assert "We left out 'chest pain', because you said that it is not so." in found.text
    assert not found.all("div", data_symptom="chest-pain")
    assert "box now" not in found.html.partition("<main")[2]


def test_group_of_medicines_asks_which(page):
    found = page("/check/?q=statin, muscle pain")

    assert {"/check/?q=muscle+pain&medicine=atorvastatin", "/check/?q=muscle+pain&medicine=simvastatin"} <= found.links


def test_cascade_is_asked_about_neutrally(page):
    found = page("/check/?q=amlodipine and furosemide")

    assert found.all("div", data_cause="amlodipine", data_remedy="furosemide")
    assert "Change nothing before you have asked." in found.text


def test_other_causes_are_named_with_their_source(page):
    found = page("/check/?q=amlodipine, leg cramps")

    assert "It may not be your medicine" in found.text
    assert found.one("h2", id="other-causes")


def test_nothing_listed_says_where_we_looked_and_how_to_report(page):
    found = page("/check/?medicine=salbutamol&symptom=hair-loss")

    assert "We found nothing listed. What now?" in found.text
    assert "https://www.fda.gov/medwatch" in found.links


def test_same_day_number_stands_on_same_day_cards_only(page):
    found = page("/check/?q=amitriptyline, leg cramps and chest pain")

    cards = re.split('<div class="box ', found.html)[1:]
    assert {card.split('"')[0]: "tel:111" in card for card in cards if card.startswith(("now", "today"))} == {
        "now": False,
        "today": True,
    }
