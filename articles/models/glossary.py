"""Plain-words definitions."""

from django.db import models

from .documents import Document


class GlossaryTerm(Document):
    name = models.CharField(max_length=100, help_text="The word, for example 'oedema'.")
    definition = models.TextField(help_text="One or two short sentences that need no other hard word.")
    sources = models.ManyToManyField("Source", blank=True, related_name="+")

    KIND = Document.Kind.GLOSSARY_TERM
    CONTENT = ("name", "definition", "sources")

    def __str__(self):
        return self.name
