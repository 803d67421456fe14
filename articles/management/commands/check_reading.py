from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.content_files import read_folder
from articles.reading import measure, names_of, too_hard


class Command(BaseCommand):
    help = "Grades how hard the texts of a folder are to read, and fails if an article is too hard."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", default=str(settings.BASE_DIR / "fixtures"))

    def handle(self, *, folder, **options):
        contents = [content for _, _, content in read_folder(folder)]
        names = names_of(contents)
        faults = []
        for content in contents:
            if content["kind"] == "article":
                measured = measure([content], names)
                self._report(content["slug"], measured)
                faults += [f"{content['slug']}: {fault}" for fault in too_hard(measured)]
        for kind, label in (("effect", "side effects"), ("glossary-term", "glossary")):
            # Not held back: these keep the words of their sources where an easier one would say less.
            self._report(label, measure([content for content in contents if content["kind"] == kind], names))
        if faults:
            raise CommandError("\n".join(faults))

    def _report(self, label, measured):
        worst = measured["worst"][0][0] if measured["worst"] else 0
        avoid = ", ".join(f"{word} (better: {plain})" for word, plain in sorted(measured["avoid"].items()))
        self.stdout.write(
            f"{label}: middle paragraph grade {measured['median']:.1f}, hardest {worst:.1f}; of every 100 sentences "
            f"{measured['long_sentence_share']:.1f} are long; of every 100 words {measured['long_word_share']:.1f} are "
            f"long; words to avoid: {avoid or 'none'}"
        )
