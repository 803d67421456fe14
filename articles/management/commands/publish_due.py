from django.core.management.base import BaseCommand, CommandError

from articles.schedule import publish_due


class Command(BaseCommand):
    help = "Publishes what is scheduled for now or earlier. Run it every minute; two runs at once do no harm."

    def handle(self, **options):
        published, refused = publish_due()
        for document in published:
            self.stdout.write(f"Published: {document}")
        if refused:
            sentences = [f"{document}: {sentence}" for document, sentence in refused.items()]
            raise CommandError("Not published, and still scheduled:\n" + "\n".join(sentences))
