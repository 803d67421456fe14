import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles import schedule, workflow
from articles.content import restore
from articles.models import Document, ReviewEvent
from articles.permissions import PUBLISHERS
from articles.schedule import publish_due

from ..factories import (
    article_content,
    effect_content,
    published_world,
    publisher,
    reviewer,
    signed_off,
    writer,
)

pytestmark = [pytest.mark.database]

State = Document.State


def in_an_hour():
    return timezone.now() + timedelta(hours=1)


def in_two_hours():
    return timezone.now() + timedelta(hours=2)


def scheduled(content, *, by=None):
    return workflow.schedule(signed_off(content), by=by or publisher(), publish_at=in_an_hour())


def state(document):
    return Document.objects.get(pk=document.pk).state


@pytest.mark.django_db
class TestPublishDue:
    def test_what_is_due_is_published_in_the_name_of_who_scheduled_it(self):
        planner = publisher()
        document = scheduled(effect_content(), by=planner)

        done, refused = publish_due(in_two_hours())

        document.refresh_from_db()
        assert ([page.pk for page in done], refused) == ([document.pk], {})
        assert (document.state, document.live.number, document.publish_at) == (State.PUBLISHED, 1, None)
        assert (document.events.first().verb, document.events.first().by) == ("publish", planner)

    def test_what_is_not_due_stays_scheduled(self):
        document = scheduled(effect_content())

        assert publish_due() == ([], {})
        assert state(document) == State.SCHEDULED

    def test_a_second_run_does_nothing(self):
        document = scheduled(effect_content())
        publish_due(in_two_hours())

        assert publish_due(in_two_hours()) == ([], {})
        assert document.events.filter(verb="publish").count() == 1

    def test_what_was_changed_since_is_no_longer_scheduled(self):
        document = scheduled(effect_content())
        restore(effect_content(description="It aches at night."))
        workflow.save(document, by=writer(), reason="When it aches")

        assert publish_due(in_two_hours()) == ([], {})
        assert state(document) == State.DRAFT

    @pytest.mark.parametrize("what", ["lost the role", "was deactivated"])
    def test_in_the_name_of_somebody_who_may_no_longer_publish_it_is_refused(self, what):
        planner = publisher(first_name="Paula", last_name="Nowak")
        document = scheduled(effect_content(), by=planner)
        if what == "lost the role":
            planner.groups.remove(Group.objects.get(name=PUBLISHERS))
        else:
            User.objects.filter(pk=planner.pk).update(is_active=False)

        done, refused = publish_due(in_two_hours())

        assert (done, state(document)) == ([], State.SCHEDULED)
        assert refused[document].startswith("Paula Nowak scheduled it and may no longer publish.")

    def test_the_gate_is_asked_again_and_what_is_refused_holds_back_nothing_else(self):
        published_world()
        article = scheduled(article_content())
        workflow.withdraw(Document.objects.get(kind="drug", slug="testamol"), by=publisher(), reason="Out of date")
        effect = scheduled(effect_content("test-itch"))

        done, refused = publish_due(in_two_hours())

        assert [page.pk for page in done] == [effect.pk]
        assert refused == {article: "It names the medicine 'testamol', which readers cannot see. Publish that first."}
        assert state(article) == State.SCHEDULED

    def test_a_page_that_names_another_which_is_due_too_follows_it(self):
        published_world()
        article = scheduled(article_content())
        drug = workflow.withdraw(
            Document.objects.get(kind="drug", slug="testamol"), by=publisher(), reason="A new text comes"
        )
        workflow.sign_off(workflow.submit(drug, by=writer()), by=reviewer())
        workflow.schedule(drug, by=publisher(), publish_at=in_an_hour())

        done, refused = publish_due(in_two_hours())

        assert ([page.pk for page in done], refused) == ([drug.pk, article.pk], {})

    def test_killed_between_two_pages_it_keeps_the_first_and_the_next_run_does_the_other(self, monkeypatch):
        first, second = scheduled(effect_content()), scheduled(effect_content("test-itch"))
        publish = workflow.publish

        def killed(document, *, by):
            if document.pk == second.pk:
                raise KeyboardInterrupt
            return publish(document, by=by)

        monkeypatch.setattr(workflow, "publish", killed)
        with pytest.raises(KeyboardInterrupt):
            publish_due(in_two_hours())
        assert (state(first), state(second)) == (State.PUBLISHED, State.SCHEDULED)

        monkeypatch.undo()
        done, _ = publish_due(in_two_hours())
        assert [page.pk for page in done] == [second.pk]


@pytest.mark.django_db
class TestCommand:
    def past(self, document):
        Document.objects.filter(pk=document.pk).update(publish_at=timezone.now() - timedelta(minutes=1))

    def test_it_says_what_it_published(self, capsys):
        self.past(scheduled(effect_content()))

        call_command("publish_due")

        assert capsys.readouterr().out == "Published: Test ache\n"

    def test_a_refusal_is_said_and_ends_it_with_an_error_after_the_others(self, capsys):
        planner = publisher()
        self.past(scheduled(effect_content(), by=planner))
        self.past(scheduled(effect_content("test-itch", name="Test itch")))
        planner.groups.clear()

        with pytest.raises(CommandError, match=r"Test ache: .* may no longer publish") as error:
            call_command("publish_due")

        assert error.value.returncode == 1
        assert capsys.readouterr().out == "Published: Test itch\n"


def test_two_runs_at_once_publish_each_page_once(committed, monkeypatch):
    pages = [scheduled(effect_content(f"test-ache-{number}", name=f"Ache {number}")) for number in range(4)]
    both_have_read_the_list = threading.Barrier(2, timeout=30)
    still_due, done, faults = schedule._publish_if_still_due, [], []
    waiting = threading.local()

    def after_both(pk, now):
        if not getattr(waiting, "over", False):
            both_have_read_the_list.wait()
            waiting.over = True
        return still_due(pk, now)

    def run():
        try:
            published_pages, refused = publish_due(in_two_hours())
            done.extend(page.pk for page in published_pages)
            faults.extend(refused.values())
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    monkeypatch.setattr(schedule, "_publish_if_still_due", after_both)
    runs = [threading.Thread(target=run) for _ in range(2)]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join()

    assert (sorted(done), faults) == ([page.pk for page in pages], [])
    assert ReviewEvent.objects.filter(document__in=pages, verb="publish").count() == 4
