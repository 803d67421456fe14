"""Doing several things at the same moment, each on a database connection of its own."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

# Whoever is held back, as they should be, does not come; the other waits so many seconds for them.
PATIENCE = 2


def at_once(*doing):
    """The results of these functions, each run in a thread."""

    def run(do):
        try:
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doing)) as threads:
        return list(threads.map(run, doing))
