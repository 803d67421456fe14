from datetime import timedelta

import pytest
from django.utils import timezone

from articles import evidence, policy, workflow
from articles.models import Document, EvidenceChange, Source
from articles.revisions import latest_revision

from ..factories import (
    article_content,
    draft,
    drug_content,
    effect_content,
    listing,
    published,
    published_world,
    publisher,
    reviewer,
    signed_off,
    source_content,
    writer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def listed():
    """{(slug of the page, what changed)} of all that is still to be looked at in the test's own pages."""
    rows = EvidenceChange.objects.filter(settled_at=None).select_related("page")
    return {(row.page.slug, row.what) for row in rows}


@pytest.fixture
def world(db):
    published_world()
    return published(article_content())


class TestSource:
    def test_every_live_page_that_cites_a_changed_source_is_listed(self, world):
        published(source_content(title="Newer label"))

        changed = "The source “Test agency: Test label” changed."
        assert listed() == {("testamol", changed), ("does-testamol-ache", changed)}

    def test_a_withdrawn_source_is_listed_the_same_way(self, world):
        workflow.withdraw(Document.objects.get(slug="test-label"), by=publisher(), reason="Taken down")

        withdrawn = "The source “Test agency: Test label” was withdrawn."
        assert listed() == {("testamol", withdrawn), ("does-testamol-ache", withdrawn)}

    def test_a_draft_of_a_source_changes_nothing_yet(self, world):
        draft(source_content(title="Newer label"))

        assert listed() == set()

    def test_moved_dates_are_no_change(self, world):
        source = Document.objects.get(slug="test-label")
        due = timezone.localdate() + timedelta(days=365)
        source = workflow.review(source, by=reviewer(), review_due=due)
        workflow.publish(source, by=publisher())

        assert listed() == set()

    def test_a_page_that_was_written_before_the_change_is_still_to_be_looked_at(self, world):
        article = signed_off(article_content(subtitle="Written before"))
        published(source_content(title="Newer label"))
        by = publisher()

        workflow.publish(article, by=by)
        assert ("does-testamol-ache", "The source “Test agency: Test label” changed.") in listed()

        workflow.publish(signed_off(article_content(subtitle="Written after")), by=by)
        assert "does-testamol-ache" not in {slug for slug, _ in listed()}
        assert EvidenceChange.objects.get(page=article.pk).settled_by == by

    def test_a_source_whose_name_only_begins_the_same_is_another(self, world):
        published(source_content("test-label-2"))
        published(source_content("test-label-2", title="Newer"))

        assert listed() == set()


class TestFigures:
    def test_a_changed_figure_lists_the_articles_about_that_pair(self, world):
        published(drug_content(effects=[listing(findings=[{"low": 1, "high": 2}])]))

        assert ("does-testamol-ache", "What is known of testamol (Test ache) changed.") in listed()

    def test_a_side_effect_that_the_article_is_not_about_does_not(self, world):
        published(effect_content("test-rash"))
        published(drug_content(effects=[listing(), listing("test-rash")]))
        EvidenceChange.objects.all().delete()

        published(drug_content(effects=[listing(), listing("test-rash", onset="At once")]))

        assert listed() == set()

    def test_a_withdrawn_medicine_lists_them_too(self, world):
        workflow.withdraw(Document.objects.get(slug="testamol"), by=publisher(), reason="Wrong figures")

        assert listed() == {("does-testamol-ache", "What is known of testamol (Test ache) was withdrawn.")}


class TestSettled:
    def test_a_new_version_of_the_page_settles_what_was_open(self, world):
        published(source_content(title="Newer label"))

        published(article_content(action="Ask a doctor."))

        assert "does-testamol-ache" not in {page for page, _ in listed()}

    def test_somebody_can_say_that_nothing_has_to_change(self, world):
        published(source_content(title="Newer label"))
        person = writer()

        settled = evidence.settle(world, by=person, comment="Only the title is new")

        row = EvidenceChange.objects.get(page=world.pk)
        assert (settled, row.settled_by, row.comment) == (1, person, "Only the title is new")


class TestStatesOfSources:
    def test_dead_and_withdrawn_are_told_apart(self, world):
        content = latest_revision(world).content
        assert evidence.source_states(content) == {"test-label": ""}

        Source.objects.filter(slug="test-label").update(link_state="dead")
        assert evidence.source_states(content) == {"test-label": "dead"}

        workflow.withdraw(Document.objects.get(slug="test-label"), by=publisher(), reason="Taken down")
        assert evidence.source_states(content) == {"test-label": "withdrawn"}

    def test_a_withdrawn_source_holds_back_what_cites_it_and_a_dead_one_warns(self, world):
        revision = latest_revision(world)
        Source.objects.filter(slug="test-label").update(link_state="dead")
        warned = [problem for problem in policy.problems_of(world, revision) if problem.path[:1] == ("references",)]
        assert [problem.binding for problem in warned] == [False]

        workflow.withdraw(Document.objects.get(slug="test-label"), by=publisher(), reason="Taken down")
        held = [problem for problem in policy.problems_of(world, revision) if "withdrawn" in problem.sentence]
        assert [problem.binding for problem in held] == [True]
