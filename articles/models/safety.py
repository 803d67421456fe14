"""Safety rules as reviewed documents: red flags, prescribing cascades, names that are mixed up, and help lines."""

from django.core.validators import MinValueValidator
from django.db import models

from .documents import Document, Part
from .words import WORDINGS_HELP, validate_wordings


class RedFlag(Document):
    """Warning signs that need help now or today, with all medicines or with some."""

    class Level(models.TextChoices):
        EMERGENCY = "emergency", "emergency: ambulance or emergency department now"
        TODAY = "today", "today: doctor, pharmacist or urgent-care line the same day"

    level = models.CharField(max_length=10, choices=Level)
    any_medicine = models.BooleanField(default=False, help_text="Tick if the rule holds whatever medicine is taken.")
    drugs = models.ManyToManyField("Drug", blank=True, related_name="+", verbose_name="medicines")
    group_words = models.CharField(
        max_length=200, blank=True, help_text="The group in words, for example 'statin', if the rule is about one."
    )
    together_count = models.PositiveSmallIntegerField(
        "how many signs",
        default=2,
        validators=[MinValueValidator(2)],
        help_text="How many different signs meet the rule, where none of them does alone.",
    )
    mixing_matters = models.BooleanField(
        default=False, help_text="Tick if two of its medicines together raise the risk: then one sign fewer is enough."
    )
    do = models.TextField(help_text="What to do. Begin with the action.")
    why = models.TextField()
    sources = models.ManyToManyField("Source", blank=True, related_name="+")

    KIND = Document.Kind.RED_FLAG
    CONTENT = (
        "level",
        "signs",
        "any_medicine",
        "drugs",
        "group_words",
        "together_count",
        "mixing_matters",
        "do",
        "why",
        "sources",
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(together_count__gte=2), name="red_flag_together_means_at_least_two"
            ),
        )

    def __str__(self):
        return f"{self.slug} ({self.level})"


class Sign(Part):
    """One warning sign of a red flag, as the reader sees it, and the effects by which the check recognises it."""

    rule = models.ForeignKey(RedFlag, models.CASCADE, related_name="signs")
    text = models.CharField(max_length=300)
    effects = models.ManyToManyField(
        "Effect", blank=True, related_name="+", help_text="Each of these alone is this sign and meets the rule."
    )
    effects_together = models.ManyToManyField(
        "Effect",
        blank=True,
        related_name="+",
        help_text="These are often harmless alone: they count only together with another sign.",
    )
    wordings = models.TextField(
        "how people say it",
        blank=True,
        validators=[validate_wordings],
        help_text=f"Alone it meets the rule. {WORDINGS_HELP}",
    )
    wordings_together = models.TextField(
        "how people say it, if harmless alone",
        blank=True,
        validators=[validate_wordings],
        help_text="The same for words that count only together with another sign.",
    )

    PARENT = "rule"
    CONTENT = ("text", "effects", "effects_together", "wordings", "wordings_together")

    class Meta(Part.Meta):
        constraints = (models.UniqueConstraint(fields=["rule", "key"], name="sign_key_unique"),)

    def __str__(self):
        return self.text


class Cascade(Document):
    """A side effect that is often taken for a new illness and treated with a second medicine."""

    class Strength(models.TextChoices):
        GOOD = "good", "strong"
        MEDIUM = "medium", "medium"
        WEAK = "weak", "weak"

    causes = models.ManyToManyField("Drug", related_name="+", help_text="Medicines that can cause the effect.")
    effect = models.ForeignKey("Effect", models.PROTECT, related_name="+")
    remedies = models.ManyToManyField("Drug", blank=True, related_name="+", help_text="Medicines often added for it.")
    other_remedies = models.CharField(max_length=200, blank=True, help_text="Remedies that the site does not cover.")
    question = models.TextField(help_text="A neutral question for the pharmacist. It never advises stopping.")
    avoidable = models.CharField(max_length=100)
    evidence = models.TextField()
    evidence_strength = models.CharField(max_length=10, choices=Strength)
    sources = models.ManyToManyField("Source", blank=True, related_name="+")

    KIND = Document.Kind.CASCADE
    CONTENT = (
        "causes",
        "effect",
        "remedies",
        "other_remedies",
        "question",
        "avoidable",
        "evidence",
        "evidence_strength",
        "sources",
    )

    class Meta:
        verbose_name = "prescribing cascade"

    def __str__(self):
        return self.slug


class LookAlike(Document):
    """Two names of medicines that people really mix up: the page says so beside either of them."""

    name_a = models.CharField("one name", max_length=100)
    name_b = models.CharField("the other name", max_length=100)
    why = models.CharField(max_length=300, help_text="What is alike, and what differs.")
    seen_at = models.TextField(help_text="Where this mix-up is on record.")

    KIND = Document.Kind.LOOK_ALIKE
    CONTENT = ("name_a", "name_b", "why", "seen_at")

    class Meta:
        verbose_name = "pair of look-alike names"
        verbose_name_plural = "look-alike names"
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(name_a=models.F("name_b")),
                name="look_alike_names_two_names",
                violation_error_message="Give two different names.",
            ),
        )

    def __str__(self):
        return f"{self.name_a} and {self.name_b}"


class HelpLine(Document):
    """A number or address that people can turn to. No page prints any other number."""

    class Purpose(models.TextChoices):
        EMERGENCY = "emergency", "emergency"
        SAME_DAY = "same-day", "same-day advice"
        CRISIS = "crisis", "thoughts of suicide or self-harm"
        REPORT = "report", "reporting a side effect"
        LOOK_UP = "look-up", "official information on medicines"

    purpose = models.CharField(max_length=10, choices=Purpose)
    countries = models.CharField(max_length=100, help_text="Where it works, for example 'US, Canada'.")
    number = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=100, blank=True)
    how = models.CharField(max_length=100, blank=True, help_text="For example 'call or text'.")
    url = models.URLField("web address", blank=True)
    note = models.CharField(max_length=300, blank=True)
    seen_at = models.TextField(help_text="Where the number was seen.")

    KIND = Document.Kind.HELP_LINE
    CONTENT = ("purpose", "countries", "number", "name", "how", "url", "note", "seen_at")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(number="") | ~models.Q(url=""), name="help_line_has_number_or_address"
            ),
        )

    def __str__(self):
        return f"{self.name or self.number} ({self.countries})"
