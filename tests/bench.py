"""How fast pages and the check answer, on this machine: `make bench`. Figures are printed, never asserted.

Each page goes through the whole stack in process, uncached. Ratios to a constant answer (/healthz) travel between
machines better than milliseconds.
"""

import os
import random
import statistics
import tempfile
import time
from pathlib import Path

PAGES = [
    "/healthz",
    "/",
    "/articles/does-amitriptyline-affect-your-legs/",
    "/medicines/",
    "/medicines/amitriptyline/",
    "/medicines/amlodipine/ankle-swelling/",
    "/symptoms/",
    "/symptoms/nausea/",
    "/check/",
    "/check/?q=norvasc+swollen+ankles",
    "/check/?q=norvasc+swollen+ankles&format=json",
    "/check/?q=amlodopine+swolen+ankels",
    "/check/?symptom=nausea&symptom=dizziness&symptom=headache",
    "/check/?medicine=amlodipine&medicine=sertraline&symptom=nausea&symptom=dizziness",
    "/compare/?medicine=amlodipine&medicine=losartan",
    "/search/?q=swollen+ankles",
    "/questions/",
    "/glossary/",
]
ROUNDS = 25


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sideeffects.settings")
        import django

        django.setup()
        _measure_content()
        _measure_pages()
        _measure_relevance()
        _measure_large_check()


def _measure_content():
    from django.conf import settings
    from django.core.management import call_command

    from articles.content_files import load
    from articles.projection import rebuild

    call_command("migrate", verbosity=0)
    print("content")
    _print_seconds("load everything for the first time", lambda: load(Path(settings.BASE_DIR, "fixtures")))
    _print_seconds("load it again, nothing to do", lambda: load(Path(settings.BASE_DIR, "fixtures")))
    _print_seconds("rebuild the read tables", rebuild)


def _print_seconds(name, work):
    started = time.process_time()
    work()
    print(f"  {name:46} {time.process_time() - started:8.2f} s CPU")


def _measure_pages():
    print(f"\npages, uncached, median of {ROUNDS}\n  {'':70} {'CPU ms':>7} {'ratio':>6} {'queries':>7} {'br bytes':>9}")
    base = None
    for address in PAGES:
        milliseconds, queries, size = _page(address)
        base = base or milliseconds
        print(f"  {address:70} {milliseconds:7.2f} {milliseconds / base:6.1f} {queries:7} {size:9,}")


def _page(address):
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"accept-encoding": "br"}, SERVER_NAME="127.0.0.1")
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    queries = len(captured)  # now, for the next request empties the log
    assert response.status_code == 200, (address, response.status_code)
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        client.get(address)
        times.append((time.process_time() - started) * 1000)
    return statistics.median(times), queries, len(response.content)


def _measure_relevance():
    """How many of the labelled queries are understood, and how long the whole answer takes beside a bare view."""
    from urllib.parse import urlencode

    from django.test import Client

    from articles.check import hear
    from articles.known import known
    from articles.question import Question

    from .relevance.judge import measure, read_queries, table

    everything = known()
    counts, wrong = measure(lambda text: hear(Question(words=text), everything).result)
    print(f"\nunderstanding, {len(read_queries())} labelled queries, {len(everything.lexicon.names):,} names")
    print(*table(counts, wrong), sep="\n")
    client = Client(headers={"accept-encoding": "br"}, SERVER_NAME="127.0.0.1")
    bare = _bare_view(client)
    for name, form in (("page", {}), ("JSON", {"format": "json"})):
        times = []
        for query in read_queries():
            started = time.process_time()
            client.get("/check/?" + urlencode({"q": query["q"]} | form))
            times.append((time.process_time() - started) * 1000)
        times.sort()
        median, late = statistics.median(times), times[int(len(times) * 0.99)]
        print(
            f"  {name}: {median:.1f} ms CPU at the median ({median / bare:.1f}x a bare view), "
            f"{late:.1f} at p99 ({late / bare:.1f}x)"
        )


def _bare_view(client):
    """CPU milliseconds of a view that answers one word, through the same stack."""
    times = []
    for _ in range(400):
        started = time.process_time()
        client.get("/healthz")
        times.append((time.process_time() - started) * 1000)
    return statistics.median(times)


def _measure_large_check():
    """The check with as many pairs as a site of 1,400 medicines has."""
    from articles.known import known
    from articles.models import ListedEffect

    template = ListedEffect.objects.first()
    effects = list(ListedEffect.objects.values_list("effect_slug", flat=True).distinct())
    random.seed(1)
    rows = []
    for number in range(1_400):
        for effect in random.sample(effects, min(100, len(effects))):
            row = {field.attname: getattr(template, field.attname) for field in ListedEffect._meta.fields}
            row |= {"id": None, "drug_slug": f"drug-{number}", "drug_name": f"drug {number}", "effect_slug": effect}
            row |= {"band": random.randint(1, 6), "urgency": random.randint(1, 5)}
            rows.append(ListedEffect(**row))
    ListedEffect.objects.bulk_create(rows, batch_size=2_000)
    known().medicines.update({row.drug_slug: row.drug_name for row in rows})
    milliseconds, queries, _ = _page("/check/?symptom=nausea&symptom=dizziness&symptom=headache")
    print(f"\nthe check with {ListedEffect.objects.count():,} pairs: {milliseconds:.1f} ms CPU, {queries} queries")


if __name__ == "__main__":
    main()
