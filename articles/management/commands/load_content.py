from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.content_files import ContentFileError, load


class Command(BaseCommand):
    help = "Loads and publishes the YAML documents of a folder. Run it again at any time: what is unchanged stays."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", default=str(settings.BASE_DIR / "fixtures"))

    def handle(self, *, folder, **options):
        try:
            outcomes, notes = load(folder)
        except ContentFileError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        for note in notes:
            self.stdout.write(note)
        words = ("created", "updated", "unchanged", "skipped")
        self.stdout.write(", ".join(f"{outcomes[word]} {word}" for word in words))
