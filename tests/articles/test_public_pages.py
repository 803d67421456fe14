"""A page that readers see changes by a publication or a withdrawal, and by nothing else that is written."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import revisions, workflow
from articles.content import restore
from articles.merging import put_together
from articles.models import Article, Document, Drug, DrugEffect, Effect, Section, Source
from articles.schedule import publish_due
from tests.articles.admin.forms import send
from tests.factories import (
    article_content,
    draft,
    drug_content,
    effect_content,
    listing,
    published,
    published_world,
    publisher,
    reviewer,
    source_content,
    writer,
)

CHANGED = {
    "article": article_content(action="Ask a nurse."),
    "drug": drug_content(effects=[listing(note="Worse at night.")]),
    "effect": effect_content(description="It aches at night."),
    "source": source_content(title="Another title"),
}
PAGES = (
    "/articles/does-testamol-ache/",
    "/medicines/testamol/",
    "/medicines/testamol/test-ache/",
    "/symptoms/test-ache/",
)


class World:
    def __init__(self):
        drug = published_world()
        self.documents = {
            "article": published(article_content()),
            "drug": drug,
            "effect": Effect.objects.get(slug="test-ache"),
            "source": Source.objects.get(slug="test-label"),
        }
        self.writer = writer()

    def each(self, do):
        for kind, document in self.documents.items():
            self.documents[kind] = do(type(document).objects.get(pk=document.pk), kind) or document

    def change(self):
        self.each(lambda document, kind: draft(CHANGED[kind], by=self.writer))

    def submit(self):
        self.change()
        self.each(lambda document, kind: workflow.submit(document, by=self.writer))

    def sign_off(self):
        self.submit()
        self.each(lambda document, kind: workflow.sign_off(document, by=reviewer()))

    def schedule(self):
        self.sign_off()
        moment = timezone.now() + timedelta(hours=1)
        self.each(lambda document, kind: workflow.schedule(document, by=publisher(), publish_at=moment))


def shown():
    """{address: what readers get}, asked afresh."""
    answers = {address: Client().get(address) for address in PAGES}
    return {address: (answer.status_code, answer.get("ETag"), answer.content) for address, answer in answers.items()}


def restore_rows_alone(world):
    world.each(lambda document, kind: restore(CHANGED[kind], document=document))


def send_back(world):
    world.submit()
    world.each(lambda document, kind: workflow.send_back(document, by=reviewer(), comment="Say when"))


def unschedule(world):
    world.schedule()
    world.each(lambda document, kind: workflow.unschedule(document, by=publisher()))


def restore_version(world):
    world.change()
    world.each(lambda document, kind: workflow.restore_version(document, 1, by=world.writer))


def review(world):
    due = timezone.localdate() + timedelta(days=100)
    world.each(lambda document, kind: workflow.review(document, by=reviewer(), review_due=due))


def set_aside_and_merge(world):
    def both(document, kind):
        aside = revisions.set_aside(document, CHANGED[kind], author=world.writer, based_on=1)
        return put_together(document, aside, by=world.writer).document

    world.each(both)


def editors_forms(world):
    client = Client()
    client.force_login(world.writer)
    send(client, f"/admin/articles/article/{world.documents['article'].pk}/change/", "article", action="Ask Anna.")
    send(client, f"/admin/articles/drug/{world.documents['drug'].pk}/change/", "drug", mechanism="It relaxes.")
    send(
        client,
        f"/admin/articles/effect/{world.documents['effect'].pk}/change/",
        "effect",
        description="It aches at night.",
    )
    pair = world.documents["drug"].effects.get()
    send(client, f"/admin/articles/drugeffect/{pair.pk}/change/", "drugeffect", onset="At once")
    assert all(
        document.version > 1
        for document in Document.objects.filter(slug__in=["does-testamol-ache", "testamol", "test-ache"])
    )


def rows_changed_past_everything(world):
    Article.objects.update(title="Changed", action="Changed", owner=world.writer)
    Section.objects.update(body="Changed")
    Drug.objects.update(mechanism="Changed", patient_words="Changed")
    DrugEffect.objects.update(note="Changed")
    Effect.objects.update(name="Changed", description="Changed")
    Source.objects.update(title="Changed")


def rows_deleted_past_everything(world):
    Section.objects.all().delete()
    world.documents["article"].references.all().delete()
    world.documents["drug"].effects.all().delete()


def drafts_made_and_discarded(world):
    article = draft(article_content("another-one", title="Another?"), by=world.writer)
    workflow.discard(article, by=world.writer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        restore_rows_alone,
        World.change,
        World.submit,
        send_back,
        World.sign_off,
        World.schedule,
        unschedule,
        restore_version,
        review,
        set_aside_and_merge,
        editors_forms,
        rows_changed_past_everything,
        rows_deleted_past_everything,
        drafts_made_and_discarded,
    ],
)
def test_no_other_way_of_writing_changes_what_readers_see(write):
    world = World()
    before = shown()

    write(world)

    assert all(status == 200 for status, _, _ in before.values())
    assert shown() == before


def publish(world):
    world.sign_off()
    world.each(lambda document, kind: workflow.publish(document, by=publisher()))


def publish_as_an_emergency(world):
    world.change()
    world.each(lambda document, kind: workflow.publish_urgently(document, by=publisher(), reason="Somebody was harmed"))


def publish_what_is_due(world):
    world.schedule()
    assert publish_due(timezone.now() + timedelta(hours=2))[1] == {}


def withdraw(world):
    world.each(lambda document, kind: workflow.withdraw(document, by=publisher(), reason="It is out of date"))


@pytest.mark.django_db
@pytest.mark.parametrize("move", [publish, publish_as_an_emergency, publish_what_is_due, withdraw])
def test_a_publication_or_a_withdrawal_changes_what_readers_see(move):
    world = World()
    before = shown()

    move(world)

    after = shown()
    assert [address for address in PAGES if after[address] == before[address]] == []
