"""Readers' questions are counted by names of our lists, and by nothing else."""

import time

import pytest

from articles import asked
from articles.models import AskedFor

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def counting(monkeypatch):
    """Counts are written with each question, as on a quiet site, and before the answer: a thread sees no test's rows."""
    monkeypatch.setattr(asked, "WRITE_EVERY", 0)
    monkeypatch.setattr(asked, "write_soon", asked.write_counts)
    asked._waiting.clear()


def counted():
    return {(row.what, row.name): row.count for row in AskedFor.objects.all()}


def test_an_uncovered_medicine_and_a_symptom_are_counted_by_their_names(client, counting):
    client.get("/check/", {"q": "NIMODIPINE 30mg and a poundin headache"})
    client.get("/check/", {"q": "nimodipine", "symptom": "headache"})

    assert counted() == {("medicine", "Nimodipine"): 2, ("effect", "headache"): 2}


def test_what_was_typed_is_stored_nowhere(client, counting):
    client.get("/check/", {"q": "zzqqxxyy Nimodipine my secret words headache"})

    stored = " ".join(f"{row.name} {row.what}" for row in AskedFor.objects.all())
    assert stored and not {"zzqqxxyy", "secret"} & set(stored.split())


def test_a_covered_medicine_is_not_counted(client, counting):
    client.get("/check/", {"q": "amlodipine"})

    assert counted() == {}


def test_a_count_bears_the_month_and_no_day(client, counting):
    client.get("/check/", {"q": "nimodipine"})

    assert AskedFor.objects.get().month.day == 1


def test_counts_wait_between_two_writes(client, counting, monkeypatch):
    monkeypatch.setattr(asked, "WRITE_EVERY", 60)
    monkeypatch.setattr(asked, "_written_at", time.monotonic())
    client.get("/check/", {"q": "nimodipine"})
    assert counted() == {}

    asked.write_counts()

    assert counted() == {("medicine", "Nimodipine"): 1}


def test_a_database_that_refuses_costs_the_reader_nothing(client, counting, monkeypatch):
    def refuse(**_):
        raise asked.DatabaseError

    monkeypatch.setattr(AskedFor.objects, "get_or_create", refuse)

    assert client.get("/check/", {"q": "nimodipine"}).status_code == 200
    assert sum(asked._waiting.values()) == 1
    asked._waiting.clear()
