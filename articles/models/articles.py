"""Articles: a question, its short answer, sections, claims, comparison tables, FAQs and references.

Inside one article rows point to each other by key (a claim to its section, a cell to its column), never by id.
"""

from django.db import models

from .documents import Document, Part, key_validator

CITATION_HELP = "Cite a source with [ref:key], where the key is one of the references below."


class Article(Document):
    title = models.CharField(max_length=65, help_text="The question as a patient asks it. At most 65 characters.")
    subtitle = models.CharField(max_length=150, blank=True)
    verdict = models.CharField(
        max_length=150, help_text="The first words of the answer: 'Yes, it can. But most people do not get it.'"
    )
    short_answer = models.TextField(help_text="The rest of the answer, with the numbers both ways. " + CITATION_HELP)
    action = models.CharField(max_length=250, help_text="One line: what to do now.")
    search_description = models.CharField(
        "description for search engines",
        max_length=160,
        blank=True,
        help_text="What a search engine shows under the title. Blank: the first words of the answer.",
    )
    lead = models.TextField(blank=True, help_text="One or two short paragraphs that open the article.")
    helps = models.TextField(blank=True, help_text="Quick summary, first half: how the medicine helps.")
    harms = models.TextField(blank=True, help_text="Quick summary, second half: what it can do besides helping.")
    drugs = models.ManyToManyField("Drug", blank=True, related_name="articles", verbose_name="medicines")
    effects = models.ManyToManyField("Effect", blank=True, related_name="articles")
    pairs = models.ManyToManyField(
        "DrugEffect",
        blank=True,
        related_name="articles",
        verbose_name="leads these pairs",
        help_text="The pages 'Can this medicine cause this?' that point to this article.",
    )

    KIND = Document.Kind.ARTICLE
    CONTENT = (
        "title",
        "subtitle",
        "verdict",
        "short_answer",
        "action",
        "search_description",
        "lead",
        "helps",
        "harms",
        "drugs",
        "effects",
        "pairs",
        "key_points",
        "sections",
        "claims",
        "tables",
        "faqs",
        "references",
        "links",
    )

    def __str__(self):
        return self.title


class ArticlePart(Part):
    article = models.ForeignKey(Article, models.CASCADE, related_name="%(class)ss")

    PARENT = "article"

    class Meta(Part.Meta):
        abstract = True
        constraints = (models.UniqueConstraint(fields=["article", "key"], name="%(class)s_key_unique"),)


class KeyPoint(ArticlePart):
    article = models.ForeignKey(Article, models.CASCADE, related_name="key_points")
    label = models.CharField(max_length=80, help_text="Two or three words, shown bold.")
    text = models.TextField(help_text=CITATION_HELP)

    CONTENT = ("label", "text")

    def __str__(self):
        return self.label


class Section(ArticlePart):
    class Style(models.TextChoices):
        TEXT = "", "text"
        HOW_OFTEN = "how-often", "how often: figures of the medicine and effect chosen here, then the text"
        STOP = "stop", "call-out: do not stop on your own"
        EMERGENCY = "emergency", "help box: emergency (a list only)"
        TODAY = "today", "help box: doctor today (a list only)"
        SOON = "soon", "help box: pharmacist or doctor soon (a list only)"
        SELF_CARE = "self-care", "what you can do"

    heading = models.CharField(max_length=120)
    parent = models.CharField(
        max_length=100,
        blank=True,
        validators=[key_validator],
        help_text="The key of the section that this one stands under, if it is a sub-section.",
    )
    style = models.CharField(max_length=12, choices=Style, blank=True)
    body = models.TextField(
        blank=True, help_text="Paragraphs, lists, **labels** and [links](/medicines/). " + CITATION_HELP
    )
    drug = models.ForeignKey("Drug", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="medicine")
    effect = models.ForeignKey("Effect", models.PROTECT, null=True, blank=True, related_name="+")

    CONTENT = ("heading", "parent", "style", "body", "drug", "effect")

    class Meta(ArticlePart.Meta):
        constraints = (
            *ArticlePart.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(style="how-often") | models.Q(drug__isnull=False, effect__isnull=False),
                name="section_how_often_names_a_pair",
                violation_error_message="A 'how often' section needs a medicine and a side effect.",
            ),
        )

    def __str__(self):
        return self.heading


class Claim(ArticlePart):
    section = models.CharField(
        max_length=100, validators=[key_validator], help_text="The key of the section it stands in."
    )
    often_said = models.TextField(help_text="What people say, in one or two sentences.")
    sources_say = models.TextField(help_text="What primary sources say. " + CITATION_HELP)

    CONTENT = ("section", "often_said", "sources_say")

    def __str__(self):
        return self.often_said


class ComparisonTable(ArticlePart):
    article = models.ForeignKey(Article, models.CASCADE, related_name="tables")
    section = models.CharField(
        max_length=100, validators=[key_validator], help_text="The key of the section it stands in."
    )
    caption = models.CharField(max_length=200)

    CONTENT = ("section", "caption", "columns", "rows")

    def __str__(self):
        return self.caption


class TableColumn(Part):
    table = models.ForeignKey(ComparisonTable, models.CASCADE, related_name="columns")
    heading = models.CharField(max_length=60)
    drug = models.ForeignKey("Drug", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="medicine")

    PARENT = "table"
    CONTENT = ("heading", "drug")

    class Meta(Part.Meta):
        constraints = (models.UniqueConstraint(fields=["table", "key"], name="table_column_key_unique"),)

    def __str__(self):
        return self.heading


class TableRow(Part):
    table = models.ForeignKey(ComparisonTable, models.CASCADE, related_name="rows")
    heading = models.CharField(max_length=60)

    PARENT = "table"
    CONTENT = ("heading", "cells")

    class Meta(Part.Meta):
        constraints = (models.UniqueConstraint(fields=["table", "key"], name="table_row_key_unique"),)

    def __str__(self):
        return self.heading


class TableCell(Part):
    """One cell; its key is the key of its column."""

    row = models.ForeignKey(TableRow, models.CASCADE, related_name="cells")
    text = models.TextField(help_text=CITATION_HELP)

    PARENT = "row"
    CONTENT = ("text",)

    class Meta(Part.Meta):
        constraints = (models.UniqueConstraint(fields=["row", "key"], name="table_cell_unique"),)

    def __str__(self):
        return self.text


class FaqItem(ArticlePart):
    article = models.ForeignKey(Article, models.CASCADE, related_name="faqs")
    question = models.CharField(max_length=150)
    answer = models.TextField(help_text="The answer first, in one to three sentences. " + CITATION_HELP)

    CONTENT = ("question", "answer")

    def __str__(self):
        return self.question


class ArticleReference(ArticlePart):
    article = models.ForeignKey(Article, models.CASCADE, related_name="references")
    source = models.ForeignKey("Source", models.PROTECT, related_name="+")

    CONTENT = ("source",)

    def __str__(self):
        return str(self.source)


class OutboundLink(ArticlePart):
    article = models.ForeignKey(Article, models.CASCADE, related_name="links")
    label = models.CharField(max_length=200)
    url = models.URLField("web address", max_length=500)

    CONTENT = ("label", "url")

    def __str__(self):
        return self.label
