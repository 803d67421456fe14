"""Which names readers ask for, for the editors: counted by month, never what was typed, never by whom or when.

Only names of our own lists are counted. They wait in memory for some seconds and are written together, by a thread of
their own: no reader waits while an editor saves. What is lost when a process is killed is a few counts.
"""

import threading
import time
from collections import Counter

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from .models import AskedFor

WRITE_EVERY = 10  # seconds, at most

_waiting = Counter()
_lock = threading.Lock()
_written_at = float("-inf")


def count_asked(found):
    """Count the names of an answer. Never fails a page."""
    month = timezone.localdate().replace(day=1)
    names = [(month, AskedFor.What.MEDICINE, name[:150]) for name in found.uncovered.values()]
    names += [(month, AskedFor.What.EFFECT, slug) for slug in found.question.symptoms]
    if not names:
        return
    with _lock:
        _waiting.update(names)
        is_due = time.monotonic() - _written_at >= WRITE_EVERY
    if is_due:
        write_soon()


def write_soon():
    threading.Thread(target=_write_and_close, daemon=True).start()


def _write_and_close():
    try:
        write_counts()
    finally:
        connection.close()


def write_counts():
    """Add what waits to the table; it goes on waiting if the database refuses."""
    global _written_at
    with _lock:
        counts = Counter(_waiting)
        _waiting.clear()
        _written_at = time.monotonic()
    try:
        with transaction.atomic():
            for (month, what, name), count in sorted(counts.items()):
                row, _ = AskedFor.objects.get_or_create(month=month, what=what, name=name)
                AskedFor.objects.filter(pk=row.pk).update(count=F("count") + count)
    except DatabaseError:
        with _lock:
            _waiting.update(counts)
