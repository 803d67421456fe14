"""Names of medicines far beyond those that have a page, and which of them readers ask for. No documents: nobody edits these."""

from django.db import models


class KnownName(models.Model):
    """A real name of a medicine, so that it is recognised and never taken for another. Loaded from fixtures/names.csv."""

    class NameKind(models.TextChoices):
        INGREDIENT = "ingredient", "active ingredient"
        BRAND = "brand", "brand name"

    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=NameKind)
    country = models.CharField(max_length=10, blank=True, help_text="Where the name is known from; blank: not known.")
    ingredient = models.CharField(
        max_length=500, help_text="The international name of its active ingredient; several are parted by semicolons."
    )
    rxcui = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["name", "kind", "country", "ingredient"], name="known_name_unique"),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(ingredient=""), name="known_name_not_empty"
            ),
        )

    def __str__(self):
        return self.name


class AskedFor(models.Model):
    """How often readers asked for a medicine that has no page here, or for a side effect, in one month.

    Only names that stand in our own lists are counted, never what was typed.
    """

    class What(models.TextChoices):
        MEDICINE = "medicine", "medicine without a page"
        EFFECT = "effect", "side effect"

    month = models.DateField(help_text="The first day of the month.")
    what = models.CharField(max_length=10, choices=What)
    name = models.CharField(max_length=150)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-month", "-count", "name")
        verbose_name = "name asked for"
        verbose_name_plural = "names asked for"
        constraints = (
            models.UniqueConstraint(fields=["month", "what", "name"], name="asked_for_once_a_month"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="asked_for_month_begins"),
        )

    def __str__(self):
        return f"{self.name} ({self.month:%B %Y})"
