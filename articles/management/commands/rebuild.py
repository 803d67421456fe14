from django.core.management.base import BaseCommand

from articles.projection import rebuild


class Command(BaseCommand):
    help = "Makes the tables that readers' pages use again from the live revisions."

    def handle(self, **options):
        for model, rows in rebuild().items():
            self.stdout.write(f"{model._meta.verbose_name}: {rows} rows")
