"""Whether the addresses that readers are sent to still answer: `manage.py check_links`, never while a page is made or saved.

A source keeps what was found (Source.link_state); of the other links of pages and help lines there is only a report.
Not here: the request itself (link_answers.py), and which pages rest on a source (evidence.py).
"""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Event
from urllib.parse import urlsplit

from django.db.models import F
from django.utils import timezone

from .models import Document, Source

AT_ONCE = 4
PAUSE = 2  # seconds between two requests to one host
DEAD_AFTER = 2  # days in a row on which the page was gone
GONE = (404, 410)
# [words](https://…), as a text of ours holds it
_IN_TEXT = re.compile(r"\]\((https?://[^\s()\"]+)\)")

State = Source.LinkState


def due_sources(*, only_slug="", limit=None):
    """Live sources with a link for readers, as dicts: the one that was asked longest ago comes first."""
    sources = Source.objects.live().filter(live__content__linkable=True)
    if only_slug:
        sources = sources.filter(slug=only_slug)
    rows = sources.order_by(F("link_checked_at").asc(nulls_first=True), "slug").values(
        "pk", "slug", "live", "live__content__address", "link_state", "link_failures", "link_checked_at"
    )
    return [row | {"address": row["live__content__address"]} for row in rows[:limit]]


def check_sources(due, ask, *, at_once=AT_ONCE, pause=PAUSE):
    """Ask for each of these sources, write each result as soon as it is there, and yield (source, state, note)."""
    by_address = {}
    for source in due:
        by_address.setdefault(source["address"], []).append(source)
    reached, nameless = False, []
    for answer, address in _answers(by_address, ask, at_once, pause):
        reached = reached or answer.status is not None
        if answer.nameless:
            nameless.append((answer, address))
            continue
        yield from _record(by_address[address], answer)
    for answer, address in nameless:
        # A machine that is offline knows no names at all, which says nothing about any of them.
        yield from _record(by_address[address], answer if reached else answer._replace(nameless=False))


def check_outbound_links(ask, *, known=(), at_once=AT_ONCE, pause=PAUSE):
    """Yield (page, address, note) for each link of a live page or help line that does not answer. Nothing is kept."""
    pages = {}
    kinds = (Document.Kind.ARTICLE, Document.Kind.DRUG, Document.Kind.HELP_LINE)
    rows = Document.objects.live().filter(kind__in=kinds).order_by("kind", "slug")
    for kind, slug, content in rows.values_list("kind", "slug", "live__content"):
        addresses = [row["url"] for row in (content, *content.get("links", [])) if row.get("url")]
        in_texts = _IN_TEXT.findall(json.dumps(content, ensure_ascii=False))
        for address in dict.fromkeys([*addresses, *in_texts]):
            pages.setdefault(address, []).append(f"{Document.Kind(kind).label} {slug}")
    for answer, address in _answers([address for address in pages if address not in known], ask, at_once, pause):
        if not _works(answer):
            yield ", ".join(pages[address]), address, _note(answer, address)


def judged(answer, source, *, today):
    """{field: value}: what an answer makes of a source. A page is dead when it was gone on two days in a row.

    A server that is down, slow or refuses robots says nothing about the page: that alone never makes a link dead, and it
    does not bring a dead one back.
    """
    failures = source["link_failures"]
    if _works(answer):
        state, failures = State.WORKS, 0
    elif answer.status in GONE or answer.nameless:
        asked_today = source["link_checked_at"] is not None and source["link_checked_at"].date() == today
        failures = failures if failures and asked_today else min(failures + 1, DEAD_AFTER)
        state = State.DEAD if failures >= DEAD_AFTER else State.UNSURE
    else:
        state = State.DEAD if source["link_state"] == State.DEAD else State.UNSURE
    return {"link_state": state, "link_failures": failures, "link_note": _note(answer, source["address"])[:300]}


def _record(sources, answer):
    for source in sources:
        now = timezone.now()
        found = judged(answer, source, today=now.date())
        # Not content, so no version; and nothing where another address went to readers in the meantime.
        Source.objects.filter(pk=source["pk"], live=source["live"]).update(link_checked_at=now, **found)
        yield source, found["link_state"], found["link_note"]


def _works(answer):
    return answer.status is not None and 200 <= answer.status < 300


def _note(answer, asked):
    if not _works(answer):
        return answer.problem or f"it answers {answer.status}"
    before, after = urlsplit(asked), urlsplit(answer.address)
    if after.path in ("", "/") and before.path not in ("", "/"):
        return f"moved to the front page of {after.hostname}"
    if _site(before) != _site(after):
        return f"moved to {answer.address}"
    return ""


def _site(parts):
    return parts.hostname.removeprefix("www.")


def _host(address):
    """The host that an address names; "" where it is no web address, which is the answer to it (link_answers.ask)."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _answers(addresses, ask, at_once, pause):
    """Yield (answer, address) as they come: several hosts at once, and one after the other at each host."""
    hosts = {}
    for address in addresses:
        hosts.setdefault(_host(address), []).append(address)
    answers, stopped = SimpleQueue(), Event()

    def visit(host):
        try:
            for number, address in enumerate(hosts[host]):
                if number:
                    stopped.wait(pause)
                if stopped.is_set():
                    break
                answers.put((ask(address), address))
        finally:
            answers.put(None)

    with ThreadPoolExecutor(at_once) as pool:
        visits = [pool.submit(visit, host) for host in hosts]
        try:
            left = len(visits)
            while left:
                answer = answers.get()
                if answer is None:
                    left -= 1
                else:
                    yield answer
        finally:
            stopped.set()
            pool.shutdown(wait=False, cancel_futures=True)
    for finished in visits:
        finished.result()
