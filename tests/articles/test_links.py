"""What the answers of addresses make of sources, and of the links on pages."""

from datetime import date, timedelta
from threading import Barrier, get_ident

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from articles import evidence, workflow
from articles.link_answers import Answer
from articles.links import check_outbound_links, check_sources, due_sources, judged
from articles.models import Document, Revision, Source
from tests import factories
from tests.factories import (
    article_content,
    drug_content,
    effect_content,
    published,
    published_world,
    source_content,
)

from .web import UNKNOWN, small_web

TODAY = date(2027, 3, 2)
PAGE = "https://www.example.org/label"


@pytest.fixture
def web():
    with small_web() as web:
        yield web


@pytest.fixture
def empty(db):
    """Without the links of the shipped content, so that the tests' own are all there is to ask."""
    Document.objects.filter(live__content__linkable=True).update(live=None)
    Document.objects.filter(kind__in=["article", "drug", "help-line"]).update(live=None)


def linked(slug, address, **fields):
    return published(source_content(slug, address=address, linkable=True, **fields))


def check(web, **options):
    return list(check_sources(due_sources(**options), web.ask, pause=0))


def yesterday(*sources):
    for source in sources:
        asked = timezone.now() - timedelta(days=1)
        Source.objects.filter(pk=source.pk).update(link_checked_at=asked)


def standing(source):
    source = Source.objects.get(pk=source.pk)
    return source.link_state, source.link_failures, source.link_note


def test_an_address_that_is_none_holds_up_no_other(empty, web):
    broken, sound = linked("broken", "https://[broken/x"), linked("sound", web.address())

    states = {source["slug"]: state for source, state, _ in check(web)}

    assert states == {broken.slug: "unsure", sound.slug: "works"}


def test_a_source_with_an_impossible_address_is_refused_in_words():
    with pytest.raises(ValidationError, match="Enter a valid URL"):
        Source(title="T", publisher="P", linkable=True, address="https://[broken/x").clean()


# What an answer means; no request, no database


def judge(answer, *, state="", failures=0, asked_on=None):
    source = {"address": PAGE, "link_state": state, "link_failures": failures, "link_checked_at": None}
    if asked_on:
        source["link_checked_at"] = timezone.datetime(asked_on.year, asked_on.month, asked_on.day)
    found = judged(answer, source, today=TODAY)
    return found["link_state"], found["link_failures"], found["link_note"]


@pytest.mark.parametrize("answer", [Answer(PAGE, 404), Answer(PAGE, 410), Answer(PAGE, problem="x", nameless=True)])
def test_page_that_is_gone_is_dead_on_the_second_day_and_not_before(answer):
    assert judge(answer)[:2] == ("unsure", 1)
    assert judge(answer, state="unsure", failures=1, asked_on=TODAY)[:2] == ("unsure", 1)
    assert judge(answer, state="unsure", failures=1, asked_on=TODAY - timedelta(days=1))[:2] == ("dead", 2)
    assert judge(answer, state="dead", failures=2, asked_on=TODAY - timedelta(days=1))[:2] == ("dead", 2)


@pytest.mark.parametrize("status", [400, 401, 403, 418, 429, 500, 503, 304, None])
def test_server_that_refuses_or_is_down_never_makes_a_link_dead(status):
    answer = Answer(PAGE, status, "" if status else "it did not answer in time")

    assert judge(answer, state="works", asked_on=TODAY - timedelta(days=1))[:2] == ("unsure", 0)
    assert judge(answer, state="unsure", failures=1, asked_on=TODAY - timedelta(days=9))[:2] == ("unsure", 1)


def test_dead_link_comes_back_by_an_answer_alone():
    assert judge(Answer(PAGE, 503), state="dead", failures=2)[0] == "dead"
    assert judge(Answer(PAGE, 200), state="dead", failures=2) == ("works", 0, "")


@pytest.mark.parametrize(
    ("ended", "note"),
    [
        ("https://example.org/label/", ""),
        ("https://www.example.org/new", ""),
        ("https://other.example/label", "moved to https://other.example/label"),
        ("https://www.example.org/", "moved to the front page of www.example.org"),
        ("https://other.example", "moved to the front page of other.example"),
    ],
)
def test_page_that_moved_works_with_a_note(ended, note):
    assert judge(Answer(ended, 200)) == ("works", 0, note)


def test_note_fits_its_field():
    assert len(judge(Answer(f"https://other.example/{'x' * 500}", 200))[2]) == 300


# Sources


def test_each_source_keeps_what_was_found(empty, web):
    web.answers["/gone"] = 404
    works, gone = linked("works", web.address("/here")), linked("gone", web.address("/gone"))
    unknown = linked("unknown", web.address(host=UNKNOWN))

    check(web)

    assert standing(works) == ("works", 0, "")
    assert standing(gone) == ("unsure", 1, "it answers 404")
    assert standing(unknown) == ("unsure", 1, "its name is not known")


def test_source_is_dead_on_the_second_day_and_its_pages_are_flagged(empty, web):
    web.answers["/gone"] = 404
    source = linked("gone", web.address("/gone"))
    effect = published(effect_content(sources=["gone"]))

    for _ in range(2):
        check(web)
        yesterday(source)

    assert standing(source)[0] == "dead"
    assert evidence.source_states(effect.live.content) == {"gone": "dead"}


def test_second_look_on_the_same_day_counts_for_nothing(empty, web):
    web.answers["/gone"] = 404
    source = linked("gone", web.address("/gone"))

    check(web)
    check(web)

    assert standing(source)[:2] == ("unsure", 1)


def test_machine_that_is_offline_accuses_nobody(empty, web):
    source = linked("unknown", web.address(host=UNKNOWN))

    for _ in range(3):
        check(web)
        yesterday(source)

    assert standing(source)[:2] == ("unsure", 0)


def test_result_is_no_version(empty, web):
    source = linked("works", web.address())
    before = Document.objects.filter(pk=source.pk).values().get(), Revision.objects.count()

    check(web)

    assert (Document.objects.filter(pk=source.pk).values().get(), Revision.objects.count()) == before


def test_only_live_sources_with_a_link_for_readers_are_asked(empty, web):
    published(source_content("not-linked", address=web.address("/not-linked")))
    factories.draft(source_content("draft", address=web.address("/draft"), linkable=True))
    linked("linked", web.address("/linked"))
    factories.draft(source_content("linked", address=web.address("/not-yet"), linkable=True))

    check(web)

    assert [path for _, _, path, _ in web.asked] == ["/linked"]


def test_what_was_asked_longest_ago_comes_first(empty, web):
    old, new, _ = (linked(slug, web.address(f"/{slug}")) for slug in ("old", "new", "never"))
    Source.objects.filter(pk=new.pk).update(link_checked_at=timezone.now())
    yesterday(old)

    assert [source["slug"] for source in due_sources()] == ["never", "old", "new"]
    assert [source["slug"] for source in due_sources(limit=1)] == ["never"]
    assert [source["slug"] for source in due_sources(only_slug="new")] == ["new"]


def test_address_of_two_sources_is_asked_once(empty, web):
    one, two = linked("one", web.address()), linked("two", web.address())

    check(web)

    assert len(web.asked) == 1
    assert standing(one)[0] == standing(two)[0] == "works"


def test_run_that_is_stopped_keeps_what_it_found(empty, web):
    for number in range(5):
        linked(f"s{number}", web.address(f"/{number}"))

    run = check_sources(due_sources(), web.ask, pause=0)
    next(run)
    run.close()

    assert Source.objects.filter(link_state="works").count() == 1


def test_source_that_changed_while_it_was_asked_is_left_for_the_next_run(empty, web):
    source = linked("changed", web.address("/old"))
    due = due_sources()
    linked("changed", web.address("/new"))

    list(check_sources(due, web.ask, pause=0))

    assert Source.objects.get(pk=source.pk).link_checked_at is None


def test_hosts_are_asked_at_once_and_each_for_one_page_at_a_time(empty):
    both, pairs = Barrier(2, timeout=10), []
    now = {}

    def ask(address):
        now[get_ident()] = address.split("/")[2]
        if both.wait() == 0:
            pairs.append(set(now.values()))
        both.wait()
        return Answer(address, 200)

    for number in range(6):
        linked(f"s{number}", f"https://host{number % 2}.example/{number}")
    list(check_sources(due_sources(), ask, at_once=2, pause=0))

    assert pairs == [{"host0.example", "host1.example"}] * 3


def test_fault_in_the_asking_is_not_swallowed(empty, web):
    linked("works", web.address())

    def ask(address):
        raise KeyError(address)

    with pytest.raises(KeyError):
        list(check_sources(due_sources(), ask, pause=0))


@pytest.mark.parametrize("fields", [{"address": "https://example.org/new"}, {"linkable": False}])
def test_new_address_has_not_been_tried_yet(empty, fields):
    source = linked("moved", "https://example.org/old")
    Source.objects.filter(pk=source.pk).update(link_state="dead", link_failures=2, link_note="it answers 404")
    yesterday(source)

    published(source_content("moved", **({"address": "https://example.org/old", "linkable": True} | fields)))

    assert standing(source) == ("", 0, "")
    assert Source.objects.get(pk=source.pk).link_checked_at is None


def test_new_words_of_a_source_leave_what_was_found(empty):
    source = linked("same", "https://example.org/old")
    Source.objects.filter(pk=source.pk).update(link_state="dead", link_failures=2, link_note="it answers 404")

    linked("same", "https://example.org/old", note="Read again")

    assert standing(source)[0] == "dead"


# Links on pages, and the command


def test_links_of_live_pages_that_do_not_answer_are_reported(empty, web):
    web.answers["/gone"] = 404
    published(source_content())
    published(effect_content())
    links = [
        {"key": key, "label": f"The agency's page about {key}", "url": web.address(f"/{key}")}
        for key in ("gone", "here")
    ]
    published(drug_content(links=links))

    found = list(check_outbound_links(web.ask, pause=0))

    assert found == [("medicine testamol", web.address("/gone"), "it answers 404")]
    assert list(check_outbound_links(web.ask, known={web.address("/gone")}, pause=0)) == []


def test_links_in_texts_and_of_help_lines_are_asked_too(empty, web):
    web.answers |= {"/gone": 404, "/quiet": 410}
    published_world()
    body = f"It aches. [The agency tells more]({web.address('/gone')})."
    published(article_content(sections=[{"key": "what", "heading": "What it is", "body": body}]))
    content = {
        "kind": "help-line",
        "slug": "a-test-line",
        "purpose": "crisis",
        "countries": "UK",
        "name": "A test line",
        "how": "Write there.",
        "url": web.address("/quiet"),
        "seen_at": "https://www.example.org/",
    }
    published(content)

    found = list(check_outbound_links(web.ask, pause=0))

    assert found == [
        ("article does-testamol-ache", web.address("/gone"), "it answers 404"),
        ("help line a-test-line", web.address("/quiet"), "it answers 410"),
    ]


def test_command_says_what_it_found(empty, web, monkeypatch, capsys):
    monkeypatch.setattr("articles.management.commands.check_links.ask", lambda address, *, agent: web.ask(address))
    web.answers["/gone"] = 404
    linked("works", web.address("/here", host="other.example"))
    linked("gone", web.address("/gone"))

    call_command("check_links")

    said = capsys.readouterr().out
    assert f"gone: did not answer the last time: it answers 404 <{web.address('/gone')}>" in said
    assert "Sources: 1 works, 1 unsure, 0 dead" in said


def test_command_asked_for_an_unknown_source_says_so(empty):
    with pytest.raises(CommandError, match="No live source 'nothing'"):
        call_command("check_links", only_slug="nothing")


def test_saving_and_publishing_a_source_asks_nobody(empty, monkeypatch):
    def never(*args, **kwargs):
        raise AssertionError("a request was made")

    monkeypatch.setattr("socket.getaddrinfo", never)

    assert linked("fresh", "https://example.org/").live
    assert workflow.withdraw(Document.objects.get(slug="fresh"), by=factories.publisher(), reason="Old").live is None
