from collections import Counter
from functools import partial

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.link_answers import ask
from articles.links import check_outbound_links, check_sources, due_sources
from articles.models import Source


class Command(BaseCommand):
    help = (
        "Asks the addresses of sources, and of links on pages, whether they still answer. It may be stopped at any time: "
        "what was found is kept, and the next run begins with what was asked longest ago."
    )

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, help="ask for this many sources at most, and no links on pages")
        parser.add_argument("--only-slug", default="", help="ask for this source only")

    def handle(self, *, limit, only_slug, **options):
        due = due_sources(only_slug=only_slug, limit=limit)
        if only_slug and not due:
            raise CommandError(f"No live source '{only_slug}' has a link for readers.")
        asking = partial(ask, agent=f"SideEffectsLinkCheck/1.0 (+{settings.SITE_URL}/about/)")
        counts = Counter()
        for source, state, note in check_sources(due, asking):
            counts[state] += 1
            if note:
                self.stdout.write(f"{source['slug']}: {Source.LinkState(state).label}: {note} <{source['address']}>")
        if limit is None and not only_slug:
            for page, address, note in check_outbound_links(asking, known={source["address"] for source in due}):
                self.stdout.write(f"Link on {page}: {note} <{address}>")
        states = (Source.LinkState.WORKS, Source.LinkState.UNSURE, Source.LinkState.DEAD)
        self.stdout.write("Sources: " + ", ".join(f"{counts[state]} {state}" for state in states))
