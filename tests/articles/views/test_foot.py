"""The foot of the pages of content: what changed, and what went out in a hurry."""

import pytest

from articles import workflow
from articles.content import restore
from articles.models import Source
from tests import factories
from tests.factories import article_content, drug_content, effect_content, published, published_world

ARTICLE, DRUG, SYMPTOM = "/articles/does-testamol-ache/", "/medicines/testamol/", "/symptoms/test-ache/"
PAIR = "/medicines/testamol/test-ache/"
HURRIED = "This text was published in a hurry on "


@pytest.fixture
def world(db):
    published_world()
    return published(article_content())


def hurry(content):
    document = factories.draft(content)
    return workflow.publish_urgently(document, by=factories.publisher(), reason="The dose was wrong")


def box(shown):
    return " ".join(shown.one("details", class_="changes")["text"].split())


@pytest.mark.parametrize(
    ("address", "content"),
    [
        (ARTICLE, article_content(verdict="Yes.")),
        (DRUG, drug_content(patient_words="another tablet")),
        (SYMPTOM, effect_content(description="It aches a lot.")),
    ],
)
def test_page_tells_what_changed_from_the_notes(page, world, address, content):
    published(content)

    shown = box(page(address))

    assert shown.startswith("What changed on this page")
    assert shown.index("Made for a test.") < shown.index("First published.")


def test_content_that_came_with_the_project_says_when_it_was_first_published(page):
    assert "First published." in box(page("/articles/does-amlodipine-cause-leg-cramps/"))


def test_note_is_text_and_never_markup(page, world):
    document = restore(article_content(verdict="Yes."))
    document = workflow.save(document, by=factories.writer(), reason="<b>x</b>")
    workflow.publish_urgently(document, by=factories.publisher(), reason="Wrong")

    assert "&lt;b&gt;x&lt;/b&gt;" in page(ARTICLE).html


def test_reason_of_an_emergency_is_not_told(page, world):
    hurry(article_content(verdict="Yes."))

    assert "The dose was wrong" not in page(ARTICLE).html


def test_pair_does_not_tell_what_changed_in_the_rest_of_its_medicine(page, world):
    assert not page(PAIR).all("details", class_="changes")


@pytest.mark.parametrize(
    ("content", "addresses"),
    [
        (article_content(verdict="Yes."), [ARTICLE]),
        (drug_content(patient_words="another tablet"), [DRUG, PAIR]),
        (effect_content(description="It aches a lot."), [SYMPTOM, PAIR]),
    ],
)
def test_emergency_text_says_so_until_a_clinician_approves_it(page, world, content, addresses):
    document = hurry(content)
    before = [page(address).text for address in addresses]
    workflow.approve(document, by=factories.reviewer())
    after = [page(address).text for address in addresses]

    assert all(HURRIED in text for text in before)
    assert not any(HURRIED in text for text in after)


def test_hurried_text_says_so_after_the_answer_and_at_the_dates(page, world):
    hurry(article_content(verdict="Yes."))

    text = page(ARTICLE).text

    assert text.index("Some people ache") < text.index(HURRIED) < text.index("to read.")
    assert "Published in a hurry on" in text.partition("About this page")[2]
    assert "Not yet signed off" not in text


def test_signed_text_that_went_out_urgently_is_not_called_unsigned(page, world):
    document = factories.signed_off(article_content(verdict="Yes."))
    workflow.publish_urgently(document, by=factories.publisher(), reason="Somebody may be harmed")

    text = page(ARTICLE).text

    assert HURRIED not in text
    assert "Signed off by Rita Rahman" in text


def test_comparison_says_of_a_medicine_that_its_text_was_hurried(page, world):
    hurry(drug_content(patient_words="another tablet"))

    assert "Published in a hurry on" in page("/compare/?medicine=testamol&medicine=amlodipine").text


def test_readers_are_not_sent_to_a_page_that_is_gone(page, world):
    published(factories.source_content(address="https://example.org/label", linkable=True))
    before = page(ARTICLE)
    Source.objects.filter(slug="test-label").update(link_state="dead")
    after = page(ARTICLE)

    assert "https://example.org/label" in before.links
    assert "https://example.org/label" not in after.links
    assert "Test label (its web page is gone)" in after.text
