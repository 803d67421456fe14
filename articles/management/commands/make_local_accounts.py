"""Accounts to try the editors' work on a local site: one for each group, and an administrator."""

import secrets

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from articles.accounts import LETTERS
from articles.permissions import PUBLISHERS, REVIEWERS, WRITERS

ACCOUNTS = {"writer": WRITERS, "reviewer": REVIEWERS, "publisher": PUBLISHERS, "admin": None}


class Command(BaseCommand):
    help = "Make the local accounts writer, reviewer, publisher and admin, once, each with a password of its own."

    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError("Local accounts are for a local site; here use: manage.py createsuperuser")
        with transaction.atomic():
            made = [(name, _make(name, group)) for name, group in ACCOUNTS.items() if not _exists(name)]
            # Shown before the commit: a run killed here makes them anew, instead of leaving passwords nobody saw.
            if made:
                self.stdout.write("New accounts for /admin/, shown this once:")
            for name, password in made:
                self.stdout.write(f"  {name:<10} {password}")
            self.stdout.flush()


def _exists(name):
    return User.objects.filter(username=name).exists()


def _make(name, group):
    password = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    user = User.objects.create_user(name, password=password, is_staff=True, is_superuser=group is None)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return password
