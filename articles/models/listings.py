"""The read tables. Only projection.py writes them, and `manage.py rebuild` makes them again from live revisions."""

from django.db import models

from .documents import Document


class ListedEffect(models.Model):
    """One row per published medicine x published effect: all that the check, pair and symptom pages need, no joins."""

    class Urgency(models.IntegerChoices):
        """Least number, most urgent; the words are for the page's `data-urgency` too."""

        EMERGENCY = 1, "emergency"
        TODAY = 2, "today"
        SOON = 3, "soon"
        SELF_CARE = 4, "self-care"
        ASK = 5, "ask"

    drug = models.ForeignKey(Document, models.CASCADE, related_name="+", db_index=False)
    effect = models.ForeignKey(Document, models.CASCADE, related_name="+", db_index=False)
    drug_slug = models.CharField(max_length=100)
    drug_name = models.CharField(max_length=100)
    class_slug = models.CharField(max_length=100)
    class_name = models.CharField(max_length=100)
    effect_slug = models.CharField(max_length=100)
    effect_name = models.CharField(max_length=100)
    body_area = models.CharField(max_length=60)
    band = models.PositiveSmallIntegerField(
        help_text="1 very common ... 5 very rare, 6 not known: the most frequent band that any finding reaches."
    )
    per_million = models.PositiveIntegerField(help_text="For sorting only: the headline's high end, 0 when not known.")
    headline = models.JSONField(null=True, help_text="frequency.headline() of the pair's findings.")
    urgency = models.PositiveSmallIntegerField(choices=Urgency)
    urgency_reason = models.TextField()
    debated = models.BooleanField()
    serious = models.BooleanField()
    extra = models.BooleanField()
    listing = models.JSONField(help_text="The pair's own content dict, as in the medicine's live revision.")
    article_slug = models.CharField(max_length=100, blank=True)
    article_title = models.CharField(max_length=65, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["drug_slug", "effect_slug"], name="listed_effect_pair_unique"),)
        indexes = (
            models.Index(fields=["effect_slug", "drug_slug", "band", "urgency"], name="listed_effect_check"),
            models.Index(fields=["drug", "effect"], name="listed_effect_documents"),
        )

    def __str__(self):
        return f"{self.drug_slug}/{self.effect_slug}"


class SearchEntry(models.Model):
    """One thing that search can find: a medicine, an effect, an article, a question or a glossary term."""

    class Kind(models.TextChoices):
        DRUG = "drug", "Medicine"
        EFFECT = "effect", "Symptom"
        ARTICLE = "article", "Article"
        FAQ = "faq", "Question"
        GLOSSARY_TERM = "glossary-term", "Word explained"

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    slug = models.CharField(max_length=100)
    anchor = models.CharField(max_length=100, blank=True, help_text="The key of a question inside its article.")
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "slug", "anchor"], name="search_entry_unique"),)

    def __str__(self):
        return self.title


class SearchTerm(models.Model):
    """A folded name or word under which an entry is found."""

    class How(models.TextChoices):
        NAME = "name", "its own name"
        SYNONYM = "synonym", "another word for it"
        BRAND = "brand", "a brand name"
        CODE = "code", "a code"
        WORD = "word", "a word in its text"

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="terms")
    term = models.CharField(max_length=200)
    how = models.CharField(max_length=10, choices=How)
    shown = models.CharField(
        max_length=200, blank=True, help_text="The name as written, for 'Norvasc, a brand of ...'."
    )

    class Meta:
        indexes = (models.Index(fields=["term", "how"], name="search_term_lookup"),)

    def __str__(self):
        return self.term
