import pytest
from django.db import IntegrityError, transaction

from articles import revisions, workflow
from articles.merging import CannotStandTogether, put_together, row_of, settle
from articles.models import Document, ReviewEvent, SignOff
from articles.policy import Refused
from articles.revisions import latest_revision

from ..factories import (
    draft,
    drug_content,
    effect_content,
    listing,
    published,
    published_world,
    reviewer,
    source_content,
    writer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def aside(document, content, *, based_on=1):
    return revisions.set_aside(
        Document.objects.get(pk=document.pk), content, author=writer(), based_on=based_on, reason="Mine"
    )


def test_what_does_not_clash_becomes_a_version_under_whoever_put_it_together():
    document = draft(effect_content())
    draft(effect_content(name="Theirs"))
    person = writer()

    outcome = put_together(document, aside(document, effect_content(description="Mine.")), by=person)

    latest = latest_revision(outcome.document)
    assert (latest.origin, latest.author, latest.reason) == ("merged", person, "Mine")
    assert (latest.content["name"], latest.content["description"]) == ("Theirs", "Mine.")
    assert ReviewEvent.objects.get(verb="settle").by == person


def test_while_something_clashes_nothing_is_written():
    document = draft(effect_content())
    draft(effect_content(name="Theirs"))
    mine = aside(document, effect_content(name="Mine"))

    outcome = put_together(document, mine, by=writer())

    assert [conflict.name for conflict in outcome.conflicts] == ["name"]
    assert latest_revision(document).content["name"] == "Theirs"
    assert document.revisions.unsettled().get() == mine


def test_dates_that_only_together_break_a_rule_become_a_choice():
    document = draft(source_content(facts_checked="2026-01-01", review_due="2026-06-01"))
    draft(source_content(facts_checked="2026-05-01", review_due="2026-06-01"))
    mine = aside(document, source_content(facts_checked="2026-01-01", review_due="2026-03-01"))

    outcome = put_together(document, mine, by=writer())
    assert {conflict.name for conflict in outcome.conflicts} == {"facts_checked", "review_due"}

    outcome = put_together(document, mine, by=writer(), choices={"facts_checked": "mine", "review_due": "mine"})
    assert latest_revision(outcome.document).content["review_due"] == "2026-03-01"


def test_what_no_choice_can_mend_is_refused_in_a_sentence():
    published_world()
    draft(source_content("short-lived"))
    document = draft(drug_content(effects=[listing(onset="Soon")]))
    mine = aside(document, drug_content(effects=[listing(onset="Soon", sources=["short-lived"])]), based_on=2)
    draft(drug_content(effects=[listing(onset="Later")]))
    workflow.discard(Document.objects.get(slug="short-lived").source, by=writer())

    with pytest.raises(CannotStandTogether, match="no source is called 'short-lived'") as refused:
        put_together(document, mine, by=writer(), choices={"effects/test-ache": "mine"})
    assert refused.value.whole == {("effects", "test-ache")}
    assert latest_revision(document).content["effects"][0]["onset"] == "Later"


def test_an_old_text_moves_neither_the_address_nor_the_dates_of_a_page_that_readers_see():
    document = draft(effect_content())
    mine = aside(document, effect_content("test-moved", facts_checked="2026-01-01", description="Mine."))
    published(effect_content(name="Theirs", facts_checked="2026-05-01"))

    outcome = put_together(document, mine, by=writer())

    content = latest_revision(outcome.document).content
    assert (content["slug"], content["facts_checked"]) == ("test-ache", "2026-05-01")
    assert (content["name"], content["description"]) == ("Theirs", "Mine.")


def test_whose_old_words_a_stale_form_brings_back_does_not_sign_them():
    """What they wrote was taken out before anybody had looked at it."""
    author = reviewer()
    itch = listing("test-itch", onset="Soon, as nobody has checked.")
    published_world()
    published(effect_content("test-itch", name="Test itch"))
    written_on = draft(drug_content(effects=[listing(), itch]), by=author).version
    draft(drug_content())
    document = published(drug_content(patient_words="Theirs"))
    mine = aside(document, drug_content(effects=[listing(), itch | {"mechanism": "Mine."}]), based_on=written_on)

    document = put_together(document, mine, by=writer(), choices={"effects/test-itch": "mine"}).document
    document = workflow.submit(document, by=writer())

    assert latest_revision(document).content["effects"][1]["onset"] == "Soon, as nobody has checked."
    with pytest.raises(Refused, match="somebody else has to sign it off"):
        workflow.sign_off(document, by=author)
    with pytest.raises(IntegrityError, match="sign_off_is_by_no_author"), transaction.atomic():
        latest = latest_revision(document)
        SignOff.objects.create(revision=latest, clinical_hash=latest.clinical_hash, credential=author.credentials.get())


def test_readers_see_nothing_of_it():
    document = published(effect_content())
    draft(effect_content(name="Theirs"))

    put_together(document, aside(document, effect_content(description="Mine.")), by=writer())

    assert Document.objects.get(pk=document.pk).live.number == 1


def test_a_version_left_aside_is_settled_and_stays_in_the_history():
    document = draft(effect_content())
    mine = aside(document, effect_content(name="Mine"))

    settle(document, mine, by=writer(), comment="Left aside")

    assert not document.revisions.unsettled().exists()
    assert document.revisions.get(number=2).content["name"] == "Mine"


@pytest.mark.parametrize(
    ("path", "row"),
    [
        ((), ()),
        (("title",), ()),
        (("sections", "why"), ("sections", "why")),
        (("sections", "why", "drug"), ("sections", "why")),
        (("effects", "ache", "findings", "f1", "low"), ("effects", "ache", "findings", "f1")),
    ],
)
def test_the_innermost_row_of_a_path(path, row):
    assert row_of(path) == row
