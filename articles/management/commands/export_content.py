from django.core.management.base import BaseCommand

from articles.content_files import export


class Command(BaseCommand):
    help = "Writes every document as YAML, in the form that load_content reads."

    def add_arguments(self, parser):
        parser.add_argument("folder")
        parser.add_argument("--live", action="store_true", help="only what readers can see, not drafts")

    def handle(self, *, folder, live, **options):
        self.stdout.write(f"{export(folder, live=live)} documents written to {folder}")
