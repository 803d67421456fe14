from datetime import date

import pytest
from django.contrib.auth.models import User

from articles import workflow
from articles.content import restore, snapshot
from articles.models import Document, Effect, ListedEffect, ReviewEvent, Revision, SignOff
from articles.workflow import TRANSITIONS, Refused, Verb

from .. import factories
from ..factories import draft, drug_content, effect_content, published, published_world, signed_off, source_content

pytestmark = [pytest.mark.django_db, pytest.mark.database]

State = Document.State


def content_of(document):
    return workflow.latest_revision(document).content


class TestSave:
    def test_every_save_stores_the_complete_content(self):
        document = draft(effect_content())

        assert content_of(document) == snapshot(document)
        assert workflow.latest_revision(document).number == 1

    def test_a_save_that_changes_nothing_stores_nothing(self):
        document = draft(effect_content())

        workflow.save(document, by=factories.writer())

        assert document.revisions.count() == 1

    def test_a_save_after_publication_starts_a_new_draft_that_readers_do_not_see(self):
        document = published(effect_content())

        document = draft(effect_content(name="Another name"))

        assert document.state == State.DRAFT
        assert document.live.content["name"] == "Test ache"

    def test_an_edit_during_review_takes_the_document_back_to_draft(self):
        document = workflow.submit(draft(effect_content()), by=factories.writer())

        restore(effect_content(name="Changed under the reviewer's eyes"))
        document = workflow.save(document, by=factories.writer())

        assert document.state == State.DRAFT


class TestTransitions:
    """A truth table: from each state, only the verbs that the policy names are open."""

    ROLES = {
        Verb.SUBMIT: factories.writer,
        Verb.RETURN: factories.publisher,
        Verb.SIGN_OFF: factories.reviewer,
        Verb.PUBLISH: factories.publisher,
        Verb.WITHDRAW: factories.publisher,
    }

    def at_state(self, state):
        document = published(effect_content()) if state == State.WITHDRAWN else draft(effect_content())
        if state == State.WITHDRAWN:
            return workflow.withdraw(document, by=factories.publisher(), reason="Out of date")
        if state in (State.IN_REVIEW, State.SIGNED_OFF, State.PUBLISHED):
            document = workflow.submit(document, by=factories.writer())
        if state in (State.SIGNED_OFF, State.PUBLISHED):
            document = workflow.sign_off(document, by=factories.reviewer())
        if state == State.PUBLISHED:
            document = workflow.publish(document, by=factories.publisher())
        return document

    @pytest.mark.parametrize("verb", TRANSITIONS)
    @pytest.mark.parametrize("state", State)
    def test_a_verb_is_open_only_from_the_states_the_policy_names(self, state, verb):
        document = self.at_state(state)

        reasons = workflow.reasons_against(document, verb, by=self.ROLES[verb]())

        allowed = state == State.PUBLISHED if verb == Verb.WITHDRAW else state in TRANSITIONS[verb][0]
        assert (reasons == []) == allowed
        assert all(reason.endswith(".") for reason in reasons)

    @pytest.mark.parametrize("verb", TRANSITIONS)
    def test_a_person_without_the_role_is_refused_every_verb(self, verb):
        document = self.at_state(State.SIGNED_OFF)

        reasons = workflow.reasons_against(document, verb, by=User.objects.create_user("stranger"))

        assert len(reasons) == 1
        assert "Your account may not do this" in reasons[0]

    def test_each_move_writes_one_review_event(self):
        document = self.at_state(State.PUBLISHED)

        verbs = list(document.events.order_by("pk").values_list("verb", flat=True))

        assert verbs == ["submit", "sign-off", "publish"]

    def test_the_writer_is_told_what_to_mend_before_review(self):
        published_world()
        document = draft(factories.article_content(short_answer="Nobody knows."))

        with pytest.raises(Refused, match="'label' is cited nowhere"):
            workflow.submit(document, by=factories.writer())

    def test_sending_back_needs_a_reason(self):
        document = self.at_state(State.IN_REVIEW)

        with pytest.raises(Refused, match="Write a reason"):
            workflow.send_back(document, by=factories.reviewer(), comment=" ")

        assert workflow.send_back(document, by=factories.reviewer(), comment="Too long").state == State.DRAFT


class TestSignOff:
    def test_it_holds_for_exactly_this_content(self):
        document = signed_off(effect_content())

        revision = workflow.latest_revision(document)

        assert SignOff.objects.get(revision=revision).content_hash == revision.content_hash

    def test_without_a_valid_credential_it_is_refused(self):
        document = workflow.submit(draft(effect_content()), by=factories.writer())
        expired = factories.reviewer()
        expired.credentials.update(valid_until=date(2020, 1, 1))

        with pytest.raises(Refused, match="no valid professional credential"):
            workflow.sign_off(document, by=expired)

    def test_whoever_wrote_part_of_it_cannot_sign_it(self):
        both = factories.reviewer()
        document = draft(effect_content(), by=both)
        document = workflow.submit(document, by=factories.writer())

        with pytest.raises(Refused, match="somebody else has to sign it off"):
            workflow.sign_off(document, by=both)

    def test_it_cannot_be_skipped(self):
        document = workflow.submit(draft(effect_content()), by=factories.writer())

        with pytest.raises(Refused, match="No clinician has signed off"):
            workflow.publish(document, by=factories.publisher())


class TestPublish:
    def test_readers_see_the_signed_off_revision(self):
        document = published(effect_content())

        assert document.live == workflow.latest_revision(document)

    def test_the_author_needs_a_reason_and_the_reason_is_kept(self):
        author = factories.publisher()
        document = signed_off(effect_content(), by=author) if author.has_perm("articles.submit_document") else None
        document = document or workflow.sign_off(
            workflow.submit(draft(effect_content(), by=author), by=factories.writer()), by=factories.reviewer()
        )

        with pytest.raises(Refused, match="Write a reason"):
            workflow.publish(document, by=author)
        workflow.publish(document, by=author, reason="Nobody else is here and the old text is wrong")

        assert document.events.get(verb=Verb.PUBLISH).comment.startswith("Nobody else")

    def test_a_refused_publication_changes_nothing(self):
        document = draft(effect_content())

        with pytest.raises(Refused):
            workflow.publish(document, by=factories.publisher())

        document.refresh_from_db()
        assert (document.state, document.live, document.events.count()) == (State.DRAFT, None, 0)

    def test_a_page_that_names_a_draft_waits_for_it(self):
        published(source_content())
        draft(effect_content())
        document = signed_off(drug_content())

        with pytest.raises(Refused, match="names the side effect 'test-ache', which readers cannot see"):
            workflow.publish(document, by=factories.publisher())

    def test_a_medicine_is_listed_once_it_is_live(self):
        published_world()

        row = ListedEffect.objects.get(drug_slug="testamol")

        assert (row.effect_slug, row.effect_name) == ("test-ache", "Test ache")

    def test_a_renamed_effect_reaches_every_medicine_that_lists_it(self):
        published_world()

        published(effect_content(name="Renamed ache"))

        assert ListedEffect.objects.get(drug_slug="testamol").effect_name == "Renamed ache"


class TestWithdraw:
    def test_a_withdrawn_medicine_is_gone_from_the_read_tables(self):
        drug = published_world()

        workflow.withdraw(drug, by=factories.publisher(), reason="A figure is wrong")

        drug.refresh_from_db()
        assert drug.live is None
        assert not ListedEffect.objects.filter(drug_slug="testamol").exists()

    def test_a_withdrawn_effect_is_gone_from_every_medicine(self):
        published_world()

        workflow.withdraw(Effect.objects.get(slug="test-ache"), by=factories.publisher(), reason="Merged")

        assert not ListedEffect.objects.filter(effect_slug="test-ache").exists()

    def test_it_comes_back_through_review(self):
        document = workflow.withdraw(published(effect_content()), by=factories.publisher(), reason="Looked wrong")

        document = workflow.submit(document, by=factories.writer())

        assert document.state == State.IN_REVIEW
        assert document.live is None

    def test_it_needs_a_reason(self):
        with pytest.raises(Refused, match="Write a reason"):
            workflow.withdraw(published(effect_content()), by=factories.publisher(), reason="")


class TestShipped:
    def test_it_is_published_unsigned_and_says_so(self):
        document = workflow.publish_shipped(effect_content())

        assert document.live.origin == Revision.Origin.SHIPPED
        assert not document.live.sign_offs.exists()
        assert ReviewEvent.objects.get(document=document).by is None

    def test_the_same_content_again_changes_nothing(self):
        workflow.publish_shipped(effect_content())

        assert workflow.publish_shipped(effect_content()) is None

    def test_a_later_edit_marks_it_as_edited_here(self):
        document = workflow.publish_shipped(effect_content())
        assert not workflow.edited_on_site(document)

        draft(effect_content(name="Edited"))

        assert workflow.edited_on_site(document)


class TestDiscard:
    def test_a_draft_that_was_never_published_goes_with_its_versions(self):
        document = draft(effect_content())
        pk = document.pk

        workflow.discard(document, by=factories.writer())

        assert not Document.objects.filter(pk=pk).exists()
        assert not Revision.objects.filter(document_id=pk).exists()

    def test_what_was_published_once_stays_on_record(self):
        document = workflow.withdraw(published(source_content()), by=factories.publisher(), reason="Old")

        with pytest.raises(Refused, match="published once"):
            workflow.discard(document, by=factories.writer())

    def test_a_reviewer_may_not_delete(self):
        document = draft(effect_content())

        with pytest.raises(Refused, match="may not delete"):
            workflow.discard(document, by=factories.reviewer())


def test_nothing_but_the_workflow_assigns_a_state():
    from pathlib import Path

    from django.conf import settings

    assigning = [
        path.name
        for path in Path(settings.BASE_DIR, "articles").rglob("*.py")
        if ".state = " in path.read_text() or "update(state" in path.read_text()
    ]

    assert assigning == ["workflow.py"]


def test_an_effect_is_counted_once_per_medicine():
    published_world()
    published(drug_content("other-drug"))

    assert ListedEffect.objects.filter(effect_slug="test-ache").count() == 2
