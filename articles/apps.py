"""The app: installs groups and database guards after every migrate."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Side Effects"

    def ready(self):
        from .guards import install_guards, remove_guards
        from .permissions import make_groups

        # After migrate, not in a migration: a fresh database has no Permission rows while migrations run, SQLite drops
        # triggers when a table is remade, and the flush of a transactional test wipes groups.
        pre_migrate.connect(remove_guards, sender=self, dispatch_uid="articles.no_guards")
        post_migrate.connect(make_groups, sender=self, dispatch_uid="articles.groups")
        post_migrate.connect(install_guards, sender=self, dispatch_uid="articles.guards")
