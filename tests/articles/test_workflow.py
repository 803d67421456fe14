import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.utils import timezone

from articles import policy, revisions, workflow
from articles.clinical import clinical_hash
from articles.content import restore, snapshot
from articles.models import Article, Document, Drug, Effect, ListedEffect, ReviewEvent, Revision, SignOff, Source
from articles.permissions import PUBLISHERS, WRITERS
from articles.workflow import TRANSITIONS, Refused, Verb

from .. import factories
from ..factories import draft, drug_content, effect_content, published, published_world, signed_off, source_content

pytestmark = [pytest.mark.django_db, pytest.mark.database]

State = Document.State


def tomorrow():
    return timezone.now() + timedelta(days=1)


def content_of(document):
    return workflow.latest_revision(document).content


def signed_again(document, *, publish=True):
    document = workflow.submit(Effect.objects.get(pk=document.pk), by=factories.writer())
    document = workflow.sign_off(document, by=factories.reviewer())
    return workflow.publish(document, by=factories.publisher()) if publish else document


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
    """A truth table: which verbs are open from each state, to somebody with the role, on a page that is sound."""

    OPEN = {
        State.DRAFT: {Verb.SUBMIT, Verb.PUBLISH_URGENTLY},
        State.IN_REVIEW: {Verb.RETURN, Verb.SIGN_OFF, Verb.PUBLISH_URGENTLY},
        State.CHANGES_ASKED: {Verb.SUBMIT, Verb.PUBLISH_URGENTLY},
        State.SIGNED_OFF: {Verb.RETURN, Verb.SCHEDULE, Verb.PUBLISH, Verb.PUBLISH_URGENTLY},
        State.SCHEDULED: {Verb.RETURN, Verb.UNSCHEDULE, Verb.PUBLISH, Verb.PUBLISH_URGENTLY},
        State.PUBLISHED: {Verb.REVIEW, Verb.WITHDRAW},
        State.WITHDRAWN: {Verb.SUBMIT},
    }

    ROLES = {
        Verb.SUBMIT: factories.writer,
        Verb.RETURN: factories.publisher,
        Verb.SIGN_OFF: factories.reviewer,
        Verb.SCHEDULE: factories.publisher,
        Verb.UNSCHEDULE: factories.publisher,
        Verb.PUBLISH: factories.publisher,
        Verb.PUBLISH_URGENTLY: factories.publisher,
        Verb.APPROVE: factories.reviewer,
        Verb.REVIEW: factories.reviewer,
        Verb.WITHDRAW: factories.publisher,
    }

    def at_state(self, state):
        document = draft(effect_content())
        if state != State.DRAFT:
            document = workflow.submit(document, by=factories.writer())
        if state == State.CHANGES_ASKED:
            document = workflow.send_back(document, by=factories.reviewer(), comment="Say where it aches")
        if state in (State.SIGNED_OFF, State.SCHEDULED, State.PUBLISHED, State.WITHDRAWN):
            document = workflow.sign_off(document, by=factories.reviewer())
        if state == State.SCHEDULED:
            document = workflow.schedule(document, by=factories.publisher(), publish_at=tomorrow())
        if state in (State.PUBLISHED, State.WITHDRAWN):
            document = workflow.publish(document, by=factories.publisher())
        if state == State.WITHDRAWN:
            document = workflow.withdraw(document, by=factories.publisher(), reason="Out of date")
        return document

    @pytest.mark.parametrize("verb", TRANSITIONS)
    @pytest.mark.parametrize("state", State)
    def test_a_verb_is_open_only_from_its_states(self, state, verb):
        document = self.at_state(state)

        reasons = workflow.reasons_against(document, verb, by=self.ROLES[verb]())

        assert (reasons == []) == (verb in self.OPEN[state])
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

    def test_what_could_not_be_published_now_is_not_scheduled(self):
        source = published(source_content())
        document = signed_off(effect_content(sources=["test-label"]))
        workflow.withdraw(source, by=factories.publisher(), reason="Out of date")

        with pytest.raises(Refused, match="test-label"):
            workflow.schedule(document, by=factories.publisher(), publish_at=tomorrow())

    def test_sending_back_needs_a_reason(self):
        document = self.at_state(State.IN_REVIEW)

        with pytest.raises(Refused, match="Write a reason"):
            workflow.send_back(document, by=factories.reviewer(), comment=" ")

        assert workflow.send_back(document, by=factories.reviewer(), comment="Too long").state == State.CHANGES_ASKED


class TestSignOff:
    def test_it_holds_for_exactly_this_clinical_text(self):
        document = signed_off(effect_content())

        revision = workflow.latest_revision(document)

        assert SignOff.objects.get(revision=revision).clinical_hash == clinical_hash(revision.content)

    def test_one_changed_word_makes_it_void(self):
        signed_off(effect_content())

        document = draft(effect_content(description="It aches a lot."))

        assert document.state == State.DRAFT
        assert not workflow.is_signed(workflow.latest_revision(document))

    def test_a_new_address_of_what_a_page_names_makes_nobody_its_author(self):
        both = factories.reviewer()
        both.groups.add(Group.objects.get(name=WRITERS))
        source = draft(source_content())
        document = draft(effect_content(sources=["test-label"]))
        author = workflow.latest_revision(document).author
        restore(source_content("new-label"), document=source)

        workflow.save(source, by=both)

        latest = workflow.latest_revision(document)
        assert (latest.number, latest.author, latest.content["sources"]) == (2, author, ["new-label"])
        assert not revisions.wrote_since_sign_off(latest, both)
        assert revisions.wrote_since_sign_off(latest, author)

    def test_a_new_address_of_what_a_page_names_is_no_news_for_readers_and_whoever_gave_it_ends_a_schedule(self):
        source, giver = draft(source_content()), factories.writer()
        document = signed_off(effect_content(sources=["test-label"]))
        document = workflow.schedule(document, by=factories.publisher(), publish_at=tomorrow())
        restore(source_content("new-label"), document=source)

        workflow.save(source, by=giver)

        latest = workflow.latest_revision(document)
        assert (latest.reason, latest.origin) == (
            "The address of 'Test agency: Test label [new-label]' changed",
            "renamed",
        )
        assert revisions.notes_since_publication(document, latest) == ["Made for a test"]
        assert document.events.get(verb=Verb.UNSCHEDULE).by == giver

    def test_another_address_or_search_description_leaves_it(self):
        published_world()
        document = signed_off(factories.article_content())

        document = draft(factories.article_content(search_description="Leg ache on testamol"))
        assert document.state == State.SIGNED_OFF

        restore(factories.article_content("another-address"), document=document)
        document = workflow.save(document, by=factories.writer(), reason="Shorter address")
        assert document.state == State.SIGNED_OFF
        assert workflow.publish(document, by=factories.publisher()).live.content["slug"] == "another-address"

    def test_an_edit_that_is_taken_back_needs_a_review_again(self):
        signed_off(effect_content())

        draft(effect_content(description="It aches a lot."))
        document = draft(effect_content())

        assert document.state == State.DRAFT

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

    @pytest.mark.parametrize("superuser", [False, True])
    def test_whoever_wrote_a_part_of_it_cannot_publish_it(self, superuser):
        author = factories.publisher(is_superuser=superuser)
        draft(effect_content(), by=author)
        document = signed_off(effect_content(description="It aches a lot."))

        with pytest.raises(Refused, match="somebody else has to publish it"):
            workflow.publish(document, by=author)
        with pytest.raises(Refused, match="somebody else has to publish it"):
            workflow.schedule(document, by=author, publish_at=tomorrow())

    def test_a_part_that_readers_already_see_counts_no_more(self):
        author = factories.publisher()
        published(effect_content(), by=author)

        document = signed_off(effect_content(description="It aches a lot."))

        assert workflow.publish(document, by=author).state == State.PUBLISHED

    def test_it_says_what_changed_in_the_words_of_the_notes(self):
        published(effect_content())
        restore(effect_content(description="It aches a lot."))
        document = workflow.save(
            Effect.objects.get(slug="test-ache"), by=factories.writer(), reason="A lot was missing"
        )
        document = workflow.submit(document, by=factories.writer())
        document = workflow.sign_off(document, by=factories.reviewer())

        document = workflow.publish(document, by=factories.publisher())

        assert document.events.filter(verb=Verb.PUBLISH).first().what_changed == "A lot was missing"

    def test_a_note_that_came_after_the_sign_off_is_not_told(self):
        document = signed_again(draft(effect_content()), publish=False)
        restore(effect_content("test-better-name"), document=document)
        document = workflow.save(document, by=factories.writer(), reason="It is safe in pregnancy.")
        assert document.state == State.SIGNED_OFF

        workflow.publish(document, by=factories.publisher())

        assert document.events.filter(verb=Verb.PUBLISH).first().what_changed == "Made for a test"

    def test_a_preview_tells_what_the_publication_will_tell(self):
        document = signed_again(draft(effect_content()), publish=False)
        restore(effect_content("test-better-name"), document=document)
        document = workflow.save(document, by=factories.writer(), reason="It is safe in pregnancy.")

        with workflow.as_if_published(document) as shown:
            assert shown.events.filter(verb=Verb.PUBLISH).first().what_changed == "Made for a test"
        unsigned = effect_content("test-better-name", description="It aches a lot.")
        with workflow.as_if_published(document, unsigned) as shown:
            told = shown.events.filter(verb=Verb.PUBLISH).first().what_changed
            assert told == "Made for a test\nIt is safe in pregnancy."

    def test_after_an_emergency_new_words_need_a_new_note_and_the_old_one_is_not_told_again(self):
        document = workflow.publish_urgently(draft(effect_content()), by=factories.publisher(), reason="Now")
        document = workflow.save(
            restore(effect_content(description="It aches a lot."), document=document), by=factories.writer()
        )
        with pytest.raises(Refused, match="Say what you changed"):
            workflow.submit(document, by=factories.writer())
        document = workflow.save(document, by=factories.writer(), reason="A lot was missing")
        document = workflow.submit(document, by=factories.writer())
        document = workflow.sign_off(document, by=factories.reviewer())

        workflow.publish(document, by=factories.publisher())

        assert document.events.filter(verb=Verb.PUBLISH).first().what_changed == "A lot was missing"

    def test_what_a_search_engine_says_is_no_news_to_readers(self):
        published_world()
        published(factories.article_content())
        article = restore(factories.article_content(search_description="For a search engine."))
        document = workflow.save(article, by=factories.writer())

        workflow.publish(document, by=factories.publisher())

        assert document.events.filter(verb=Verb.PUBLISH).first().what_changed == ""

    def test_dates_that_came_after_the_sign_off_end_it(self):
        document = signed_again(draft(effect_content()), publish=False)
        restore(effect_content(facts_checked="2026-11-01", review_due="2099-01-01"), document=document)

        document = workflow.save(document, by=factories.writer(), reason="Dates")

        assert document.state == State.DRAFT

    def test_without_any_note_it_waits(self):
        document = workflow.save(restore(effect_content()), by=factories.writer())

        with pytest.raises(Refused, match="Say what you changed"):
            workflow.submit(document, by=factories.writer())

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


class TestEmergency:
    def test_the_author_may_publish_with_a_reason_and_nobody_is_named_as_signing(self):
        author = factories.publisher()
        document = draft(effect_content(), by=author)

        with pytest.raises(Refused, match="Write a reason"):
            workflow.publish_urgently(document, by=author, reason=" ")
        document = workflow.publish_urgently(document, by=author, reason="The old text is dangerous")

        assert (document.state, document.live.author) == (State.PUBLISHED, author)
        assert Document.objects.for_page().get(pk=document.pk).signed_on is None

    def test_it_waits_for_approval_until_a_clinician_who_did_not_write_it_approves(self):
        author = factories.publisher()
        document = workflow.publish_urgently(draft(effect_content(), by=author), by=author, reason="Dangerous")
        assert ReviewEvent.objects.awaiting_approval().get().revision == document.live

        document = workflow.approve(document, by=factories.reviewer(), comment="I read the label")

        assert not ReviewEvent.objects.awaiting_approval().exists()
        assert Document.objects.for_page().get(pk=document.pk).signed_on

    def test_whoever_wrote_or_published_it_cannot_approve_it(self):
        both = factories.reviewer()
        both.groups.add(*factories.publisher().groups.all())
        document = workflow.publish_urgently(draft(effect_content(), by=both), by=both, reason="Dangerous")

        with pytest.raises(Refused, match="somebody else has to sign it off"):
            workflow.approve(document, by=both)

        other = draft(source_content())
        other = workflow.publish_urgently(other, by=both, reason="Dangerous")
        with pytest.raises(Refused, match="somebody else has to approve it"):
            workflow.approve(other, by=both)

    def test_whoever_published_the_same_version_a_second_time_cannot_approve_it(self):
        both = factories.reviewer()
        both.groups.add(*factories.publisher().groups.all())
        document = workflow.publish_urgently(draft(effect_content()), by=factories.publisher(), reason="Dangerous")
        document = workflow.withdraw(document, by=factories.publisher(), reason="Hasty")
        document = workflow.submit(document, by=factories.writer())
        document = workflow.publish_urgently(document, by=both, reason="Dangerous after all")

        with pytest.raises(Refused, match="somebody else has to approve it"):
            workflow.approve(document, by=both)

    def test_its_text_is_still_nobodys_second_look_at_the_next_publication(self):
        author = factories.publisher()
        workflow.publish_urgently(draft(effect_content(), by=author), by=author, reason="Dangerous")
        document = signed_off(effect_content(description="It aches a lot."))

        with pytest.raises(Refused, match="somebody else has to publish it"):
            workflow.publish(document, by=author)

    def test_the_checks_of_the_text_hold_it_back_too(self):
        published_world()
        document = draft(factories.article_content(short_answer="Nobody knows."))

        with pytest.raises(Refused, match="'label' is cited nowhere"):
            workflow.publish_urgently(document, by=factories.publisher(), reason="Dangerous")


class TestReview:
    def test_only_the_dates_move_and_readers_see_them_after_publication(self):
        document = published(effect_content())
        due = timezone.localdate() + timedelta(days=365)

        document = workflow.review(document, by=factories.reviewer(), review_due=due)
        assert (document.state, document.live.number) == (State.SIGNED_OFF, 1)
        document = workflow.publish(document, by=factories.publisher())

        content = document.live.content
        assert (content["facts_checked"], content["review_due"]) == (str(timezone.localdate()), str(due))
        assert clinical_hash(content) == clinical_hash(effect_content())

    def test_it_signs_off_what_came_with_the_project(self):
        document = workflow.publish_shipped(effect_content())

        document = workflow.review(document, by=factories.reviewer(), review_due=tomorrow().date())
        document = workflow.publish(document, by=factories.publisher())

        assert Document.objects.for_page().get(pk=document.pk).signed_on
        assert document.live.author is None

    def test_whoever_reviewed_it_may_sign_the_next_change(self):
        person = factories.reviewer()
        document = workflow.review(published(effect_content()), by=person, review_due=tomorrow().date())
        workflow.publish(document, by=factories.publisher())

        document = workflow.submit(draft(effect_content(name="Other")), by=factories.writer())

        assert workflow.sign_off(document, by=person).state == State.SIGNED_OFF

    def test_a_day_that_is_past_is_refused(self):
        document = published(effect_content())

        with pytest.raises(Refused, match="still to come"):
            workflow.review(document, by=factories.reviewer(), review_due=timezone.localdate())


class TestRestore:
    def test_an_earlier_version_comes_back_whole_as_a_new_draft(self):
        published(effect_content(terms=[{"key": "ache", "text": "ache"}]))
        draft(effect_content(name="Worse"))

        document = workflow.restore_version(Effect.objects.get(slug="test-ache"), 1, by=factories.writer())

        revision = workflow.latest_revision(document)
        assert (revision.number, revision.origin, document.state) == (3, Revision.Origin.RESTORED, State.DRAFT)
        assert revision.content == document.revisions.get(number=1).content

    def test_the_dates_stay_because_only_a_review_moves_them(self):
        document = published(effect_content(facts_checked="2026-01-02"))
        document = workflow.review(document, by=factories.reviewer(), review_due=tomorrow().date())

        document = workflow.restore_version(document, 1, by=factories.writer())

        assert document.facts_checked == timezone.localdate()

    def test_what_it_names_and_is_gone_is_said(self):
        published_world()
        workflow.save(restore(source_content("gone")), by=factories.writer(), reason="New")
        draft(drug_content(effects=[factories.listing(sources=["gone"])]))
        document = draft(drug_content())
        workflow.discard(Document.objects.get(slug="gone").source, by=factories.writer())

        with pytest.raises(Refused, match="no source is called 'gone'"):
            workflow.restore_version(document, 2, by=factories.writer())

    @pytest.mark.parametrize("aside", [False, True], ids=["a version", "a version set aside"])
    def test_whoever_wrote_what_is_restored_neither_signs_nor_publishes_it(self, aside):
        both = factories.reviewer()
        both.groups.add(Group.objects.get(name=PUBLISHERS))
        document = draft(effect_content())
        theirs = effect_content(description="It aches, as nobody has checked.")
        if aside:
            revisions.set_aside(document, theirs, author=both, based_on=1)
        else:
            draft(theirs, by=both)
        draft(effect_content(description="It aches, as somebody has checked."))
        signed_again(document)

        document = workflow.restore_version(
            Effect.objects.get(pk=document.pk), 2, by=factories.writer(), reason="Old words"
        )
        document = workflow.submit(document, by=factories.writer())

        with pytest.raises(Refused, match="wrote"):
            workflow.sign_off(document, by=both)
        document = workflow.sign_off(document, by=factories.reviewer())
        with pytest.raises(Refused, match="wrote"):
            workflow.publish(document, by=both)

    def test_restoring_what_was_signed_shuts_out_nobody_but_who_restored_it(self):
        one, other = factories.reviewer(), factories.reviewer()
        for user in (one, other):
            user.groups.add(Group.objects.get(name=WRITERS))
        published(effect_content(description="First."), by=one)
        document = published(effect_content(description="Second."), by=other)
        document = workflow.restore_version(document, 1, by=factories.writer(), reason="Old words")
        document = workflow.submit(document, by=factories.writer())

        assert policy.reasons_against(document, "sign-off", by=one) == []
        assert policy.reasons_against(document, "sign-off", by=other) == []

    def test_what_others_wrote_again_by_hand_can_be_restored_as_it_was_signed(self):
        """Otherwise nobody could sign the page: the same words have other authors."""
        one, other = factories.reviewer(), factories.reviewer()
        for user in (one, other):
            user.groups.add(Group.objects.get(name=WRITERS))
        published(effect_content())
        draft(effect_content(description="Tried."), by=one)
        document = draft(effect_content(), by=other)

        document = workflow.restore_version(document, 1, by=factories.writer(), reason="Old words")
        document = workflow.submit(document, by=factories.writer())

        assert document.version == 4
        assert policy.reasons_against(document, "sign-off", by=one) == []

    def test_what_it_names_is_found_at_its_new_address(self):
        draft(source_content("old-label"))
        document = draft(effect_content(sources=["old-label"]))
        moved = Source.objects.get(slug="old-label")
        moved.slug = "new-label"
        moved.save()
        workflow.save(moved, by=factories.writer())
        document = draft(effect_content(description="Later.", sources=["new-label"]))

        document = workflow.restore_version(document, 1, by=factories.writer(), reason="Old words")

        assert (content_of(document)["description"], content_of(document)["sources"]) == ("It aches.", ["new-label"])

    def test_the_latest_version_is_there_already(self):
        document = draft(effect_content())

        assert workflow.restore_version(document, 1, by=factories.writer()).version == 1

    def test_a_draft_that_readers_never_saw_gets_its_old_dates_back(self):
        """The later ones may be of somebody who then signs the old words."""
        draft(effect_content(facts_checked="2026-01-02"))
        document = draft(effect_content(facts_checked="2026-11-02", review_due="2031-01-01"))

        document = workflow.restore_version(document, 1, by=factories.writer())

        assert (str(document.facts_checked), document.review_due) == ("2026-01-02", None)

    def test_a_side_effect_that_an_article_leads_is_not_dropped(self):
        published_world()
        drug = draft(drug_content(effects=[]))
        published(effect_content("test-itch", name="Test itch"))
        draft(drug_content(effects=[factories.listing(), factories.listing("test-itch")]))
        draft(factories.article_content(pairs=["testamol/test-itch"]))

        with pytest.raises(Refused, match="the article “Does testamol ache\\?” leads 'test-itch'"):
            workflow.restore_version(Drug.objects.get(pk=drug.pk), drug.version, by=factories.writer())
        assert Article.objects.get(slug="does-testamol-ache").pairs.count() == 1

    def test_a_version_that_does_not_exist_is_refused(self):
        with pytest.raises(Refused, match="no version 7"):
            workflow.restore_version(draft(effect_content()), 7, by=factories.writer())


class TestWithdraw:
    def test_readers_can_be_sent_to_another_page_until_it_is_published_again(self):
        document, other = published(effect_content()), published(effect_content("other-ache"))

        document = workflow.withdraw(document, by=factories.publisher(), reason="Merged", moved_to=other)
        assert document.moved_to_id == other.pk

        document = published(effect_content(name="Back again"))
        assert document.moved_to is None

    def test_readers_are_not_sent_to_what_they_cannot_see(self):
        document = published(effect_content())

        for nowhere in (document, draft(effect_content("other-ache"))):
            with pytest.raises(Refused, match="another page that they can see"):
                workflow.withdraw(document, by=factories.publisher(), reason="Merged", moved_to=nowhere)

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
    assigns = re.compile(r"\.state\b[^=\n]*(?<![=!<>])=(?!=)|update\(state")

    assigning = [
        path.name for path in Path(settings.BASE_DIR, "articles").rglob("*.py") if assigns.search(path.read_text())
    ]

    assert assigning == ["workflow.py"]


def test_an_effect_is_counted_once_per_medicine():
    published_world()
    published(drug_content("other-drug"))

    assert ListedEffect.objects.filter(effect_slug="test-ache").count() == 2
