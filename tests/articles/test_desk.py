from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import desk, evidence, revisions, workflow
from articles.content import restore
from articles.merging import put_together
from articles.models import AskedFor, Document, EvidenceChange, Source
from articles.permissions import REVIEWERS

from .. import factories
from ..factories import (
    draft,
    drug_content,
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


# A day for the next review, so that no page is overdue of itself.
DATED = {"facts_checked": "2020-01-01", "review_due": "2999-01-01"}


def effect_content(slug="test-ache", **fields):
    return factories.effect_content(slug, **(DATED | fields))


def article_content(**fields):
    return factories.article_content(**(DATED | fields))


def tomorrow():
    return timezone.now() + timedelta(days=1)


def lists_with(document, user):
    return {key for key, listed in desk.LISTS.items() if listed.documents(user).filter(pk=document.pk).exists()}


def rows_of(user, key):
    shown = desk.desk(user)
    return next(
        (shown_list["rows"] for shown_list in shown["personal"] + shown["everybodys"] if shown_list["key"] == key), []
    )


@pytest.fixture
def cast():
    """Those who have to do with one page, and those who have not."""
    return {
        "author": writer(),
        "owner": writer(),
        "other writer": writer(),
        "named reviewer": reviewer(),
        "other reviewer": reviewer(),
        "publisher": publisher(),
        "administrator": User.objects.create_superuser("an-administrator"),
        "stranger": User.objects.create_user("a-stranger", is_staff=True),
    }


class TestWhoSeesWhat:
    """A truth table: at each state, whose lists a page is on."""

    def page(self, cast, state):
        document = draft(effect_content(), by=cast["author"])
        Document.objects.filter(pk=document.pk).update(owner=cast["owner"], reviewer=cast["named reviewer"])
        if state == "draft":
            return document
        document = workflow.submit(document, by=writer())
        if state == "emergency":
            return workflow.publish_urgently(document, by=publisher(), reason="The number is wrong")
        if state == "changes asked for":
            return workflow.send_back(document, by=reviewer(), comment="Say where it aches")
        if state in ("signed off", "scheduled", "published"):
            document = workflow.sign_off(document, by=cast["named reviewer"])
        if state == "scheduled":
            return workflow.schedule(document, by=publisher(), publish_at=tomorrow())
        return workflow.publish(document, by=publisher()) if state == "published" else document

    @pytest.mark.parametrize(
        ("state", "whose"),
        [
            ("draft", {"author": {"drafts"}, "owner": {"drafts"}}),
            ("in review", {"named reviewer": {"review"}, "author": {"sent"}, "owner": {"sent"}}),
            ("changes asked for", {"author": {"changes"}, "owner": {"changes"}}),
            (
                "signed off",
                {
                    "publisher": {"publish"},
                    "administrator": {"publish"},
                    "author": {"sent"},
                    "owner": {"sent"},
                },
            ),
            ("published", {}),
        ],
    )
    def test_a_page_is_on_the_lists_of_those_who_have_to_act(self, cast, state, whose):
        document = self.page(cast, state)

        assert {role: lists for role in cast if (lists := lists_with(document, cast[role]))} == whose

    @pytest.mark.parametrize(("state", "key"), [("scheduled", "scheduled"), ("emergency", "emergencies")])
    def test_what_concerns_all_is_on_everybodys_list(self, cast, state, key):
        document = self.page(cast, state)

        assert all(lists_with(document, user) == {key} for user in cast.values())

    def test_what_no_clinician_signed_is_shown_to_who_can(self, cast):
        document = workflow.publish_shipped(effect_content("test-shipped"))

        assert {role for role in cast if "unsigned" in lists_with(document, cast[role])} == {
            "named reviewer",
            "other reviewer",
            "administrator",
        }
        document = workflow.review(document, by=cast["other reviewer"], review_due=tomorrow().date())
        assert "unsigned" not in lists_with(document, cast["other reviewer"])

    def test_a_version_set_aside_by_who_left_is_on_the_list_of_the_owner(self, cast):
        document = self.page(cast, "draft")
        revisions.set_aside(document, effect_content(name="Theirs"), author=cast["other writer"], based_on=1)
        assert "aside" not in lists_with(document, cast["owner"])

        User.objects.filter(pk=cast["other writer"].pk).update(is_active=False)

        assert "aside" in lists_with(document, cast["owner"])
        assert "aside" not in lists_with(document, cast["stranger"])

    @pytest.mark.parametrize("owner", ["nobody", "other writer"])
    def test_a_version_set_aside_that_nobody_here_answers_for_is_on_every_writers_list(self, cast, owner):
        document = self.page(cast, "draft")
        revisions.set_aside(document, effect_content(name="Theirs"), author=cast["other writer"], based_on=1)
        User.objects.filter(pk=cast["other writer"].pk).update(is_active=False)
        Document.objects.filter(pk=document.pk).update(owner=cast.get(owner))

        assert "aside" in lists_with(document, cast["owner"])
        assert "aside" not in lists_with(document, cast["stranger"])

    def test_an_account_that_may_read_nothing_is_shown_nothing(self, cast):
        self.page(cast, "emergency")

        shown = desk.desk(cast["stranger"])

        assert (shown["personal"], shown["everybodys"], shown["evidence"]["rows"], shown["asked"]) == ([], [], [], [])

    def test_an_approved_emergency_is_on_nobodys_list(self, cast):
        document = workflow.approve(self.page(cast, "emergency"), by=cast["named reviewer"])

        assert all(lists_with(document, user) == set() for user in cast.values())


class TestWaitingForReview:
    def test_a_page_that_names_nobody_waits_for_every_reviewer_who_wrote_none_of_it(self):
        author = reviewer()
        document = workflow.submit(draft(effect_content(), by=author), by=writer())

        assert lists_with(document, reviewer()) == {"review"}
        assert lists_with(document, author) == {"sent"}
        assert lists_with(document, writer()) == set()

    def test_a_page_whose_reviewer_has_left_waits_for_the_others(self):
        document = workflow.submit(draft(effect_content()), by=writer())
        gone = reviewer(is_active=False)
        Document.objects.filter(pk=document.pk).update(reviewer=gone)

        assert lists_with(document, reviewer()) == {"review"}

    def test_what_was_signed_before_they_wrote_nothing_of_counts_no_more(self):
        earlier_author = reviewer()
        published(effect_content(), by=earlier_author)
        document = workflow.submit(draft(effect_content(description="It aches at night.")), by=writer())

        assert lists_with(document, earlier_author) == {"review"}

    def test_it_agrees_with_the_rule_of_the_button(self):
        author = reviewer()
        document = workflow.submit(draft(effect_content(), by=author), by=writer())

        for user in (author, reviewer()):
            may = workflow.reasons_against(document, workflow.Verb.SIGN_OFF, by=user) == []
            assert ("review" in lists_with(document, user)) == may

    def test_it_agrees_with_the_button_also_where_an_older_text_was_brought_in(self):
        author = reviewer()
        document = draft(effect_content())
        aside = revisions.set_aside(
            document, effect_content(description="Mine."), author=author, based_on=1, reason="Mine"
        )
        document = published(effect_content(name="Theirs"))
        put_together(document, aside, by=writer())
        document = workflow.submit(Document.objects.get(pk=document.pk), by=writer())

        for user, listed in ((author, set()), (reviewer(), {"review"})):
            assert lists_with(document, user) == listed
            assert (workflow.reasons_against(document, workflow.Verb.SIGN_OFF, by=user) == []) == bool(listed)


class TestRows:
    def test_changes_asked_for_are_shown_with_the_remark_and_who_made_it(self):
        author, clinician = writer(), reviewer()
        document = workflow.submit(draft(effect_content(), by=author), by=author)
        workflow.send_back(document, by=clinician, comment="Say where it aches")

        (row,) = rows_of(author, "changes")

        assert (row["name"], row["who"], row["words"]) == ("Test ache", clinician, "Say where it aches")

    def test_a_version_set_aside_is_shown_to_its_author_until_it_is_settled(self):
        author = writer()
        document = draft(effect_content())
        aside = revisions.set_aside(document, effect_content(name="Mine"), author=author, based_on=1)

        (row,) = rows_of(author, "aside")
        assert (row["number"], lists_with(document, writer())) == (aside.number, set())

        document.events.create(revision=aside, verb=workflow.Verb.SETTLE, by=author)
        assert rows_of(author, "aside") == []

    def test_a_scheduled_page_that_is_overdue_says_why(self):
        planner = publisher(first_name="Paula", last_name="Nowak")
        document = workflow.schedule(signed_off(effect_content()), by=planner, publish_at=tomorrow())
        Document.objects.filter(pk=document.pk).update(publish_at=timezone.now() - timedelta(minutes=1))
        planner.groups.clear()

        (row,) = rows_of(writer(), "scheduled")

        assert row["reasons"] == [
            "Paula Nowak scheduled it and may no longer publish. Somebody else has to take it off the schedule and publish it."
        ]

    def test_only_so_many_rows_are_shown_and_the_rest_is_a_link_away(self):
        author = writer()
        for number in range(desk.ROWS + 2):
            draft(effect_content(f"test-ache-{number}"), by=author)

        (drafts,) = desk.desk(author)["personal"]

        assert (len(drafts["rows"]), drafts["count"]) == (desk.ROWS, desk.ROWS + 2)
        assert [(kind, count) for kind, count, _ in drafts["more"]] == [("side effect", desk.ROWS + 2)]


class TestReviewsDue:
    @pytest.mark.parametrize(
        ("days", "key"),
        [(-1, "overdue"), (0, "due-30"), (30, "due-30"), (31, "due-90"), (90, "due-90"), (91, None)],
    )
    def test_live_pages_by_the_day_of_their_next_review(self, days, key):
        due = timezone.localdate() + timedelta(days=days)
        document = published(effect_content(review_due=due.isoformat()))

        assert lists_with(document, writer()) == ({key} if key else set())

    def test_a_page_that_names_no_day_is_overdue_and_a_source_is_none(self):
        assert "overdue" in lists_with(published(factories.effect_content()), writer())
        assert "overdue" not in lists_with(published(source_content()), writer())

    def test_a_draft_that_readers_do_not_see_has_no_review(self):
        document = draft(effect_content(review_due="2020-02-01"))

        assert lists_with(document, writer()) == set()

    def test_a_typing_error_moves_no_date_and_a_review_of_the_whole_page_does(self):
        document = published(effect_content(review_due="2020-02-01"))
        restore(effect_content(description="It aches!", review_due="2020-02-01"))
        document = workflow.submit(workflow.save(document, by=writer(), reason="A typing error"), by=writer())
        document = workflow.publish(workflow.sign_off(document, by=reviewer()), by=publisher())
        assert lists_with(document, writer()) == {"overdue"}

        workflow.review(document, by=reviewer(), review_due=timezone.localdate() + timedelta(days=365))
        assert lists_with(document, writer()) == set()

    def test_my_own_come_first(self):
        owner = writer()
        for slug, due in (("test-ache-a", "2020-02-01"), ("test-ache-b", "2020-03-01")):
            published(effect_content(slug, review_due=due))
        Document.objects.filter(slug="test-ache-b").update(owner=owner)

        assert [row["document"].slug for row in rows_of(owner, "overdue")][:2] == ["test-ache-b", "test-ache-a"]


class TestEvidence:
    def changed(self, owner=None):
        published_world()
        article = published(article_content())
        Document.objects.filter(pk=article.pk).update(owner=owner)
        published(source_content(note="A new edition"))
        return article

    def test_a_live_page_is_listed_with_its_owner_and_what_changed(self):
        owner = writer()
        article = self.changed(owner)

        rows = {row["document"].pk: row for row in desk.desk(publisher())["evidence"]["rows"]}

        assert (rows[article.pk]["who"], rows[article.pk]["name"]) == (owner, "Does testamol ache?")
        assert [change["what"] for change in rows[article.pk]["changes"]] == [
            "The source “Test agency: Test label” changed."
        ]

    def test_it_leaves_the_list_when_somebody_has_looked(self):
        article = self.changed()

        evidence.settle(article, by=writer(), comment="The sentence is the same")

        assert lists_with(article, writer()) == set()

    def test_editors_of_every_group_may_settle_it_and_strangers_may_not(self, cast):
        article = self.changed()

        may = {role for role, user in cast.items() if desk.may_settle(user, article)}

        assert may == set(cast) - {"stranger"}


class TestDeadLinks:
    def test_a_dead_link_is_listed_with_the_number_of_live_pages_that_name_it(self):
        published_world()
        published(source_content("named-by-nobody"))
        draft(article_content())
        Source.objects.filter(slug__in=["test-label", "named-by-nobody"]).update(link_state=Source.LinkState.DEAD)

        found = desk.dead_links()

        assert [(row["source"].slug, row["users"]) for row in found["rows"]] == [("test-label", 1)]
        assert found["count"] == 1

    def test_a_link_that_failed_once_is_not_listed(self):
        published_world()
        Source.objects.filter(slug="test-label").update(link_state=Source.LinkState.UNSURE)

        assert desk.dead_links()["rows"] == []


class TestAskedFor:
    def asked(self, name, month, count, what=AskedFor.What.MEDICINE):
        AskedFor.objects.create(name=name, month=month, count=count, what=what)

    def test_the_last_months_are_summed_and_what_is_covered_by_now_is_left_out(self):
        AskedFor.objects.all().delete()
        published_world()
        this_month = timezone.localdate().replace(day=1)
        last_month = (this_month - timedelta(days=1)).replace(day=1)
        self.asked("absentol", this_month, 2)
        self.asked("absentol", last_month, 3)
        self.asked("raritol", this_month, 4)
        self.asked("longagol", date(2020, 1, 1), 90)
        self.asked("Testamol", this_month, 90)
        self.asked("test-ache", this_month, 90, what=AskedFor.What.EFFECT)

        assert [(row["name"], row["times"]) for row in desk.asked_for()] == [("absentol", 5), ("raritol", 4)]


def test_front_page_takes_the_same_number_of_queries_however_much_there_is():
    everybody = writer(first_name="Every")
    everybody.groups.set(Group.objects.all())
    assert everybody.groups.filter(name=REVIEWERS).exists()

    def fill(first, last):
        for number in range(first, last):
            due = {"facts_checked": "2020-01-01", "review_due": "2020-02-01"}
            draft(effect_content(f"draft-{number}"), by=everybody)
            workflow.submit(draft(effect_content(f"in-review-{number}")), by=writer())
            signed_off(effect_content(f"signed-{number}"))
            workflow.schedule(signed_off(effect_content(f"scheduled-{number}")), by=publisher(), publish_at=tomorrow())
            page = published(effect_content(f"overdue-{number}", **due))
            label = published(source_content(f"label-{number}"))
            EvidenceChange.objects.create(page=page, evidence_id=label.pk, what="Something")
            listed = listing(f"overdue-{number}", sources=[f"label-{number}"])
            published(drug_content(f"testamol-{number}", effects=[listed]))
            Source.objects.filter(pk=label.pk).update(link_state=Source.LinkState.DEAD)
            workflow.publish_urgently(draft(effect_content(f"urgent-{number}")), by=publisher(), reason="Wrong")

    def queries():
        user = User.objects.get(pk=everybody.pk)
        with CaptureQueriesContext(connection) as captured:
            shown = desk.desk(user)
        return len(captured), {shown_list["key"]: shown_list["count"] for shown_list in shown["personal"]}

    fill(0, 1)
    few, counts = queries()
    fill(1, 4)
    many, more_counts = queries()

    assert many == few <= 26
    assert all(more_counts[key] == 4 * counts[key] for key in ("drafts", "review", "publish", "emergencies"))
