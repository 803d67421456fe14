"""Effects: what a person feels, and the words they type for it."""

from django.db import models

from .documents import Document, Part
from .words import WORDINGS_HELP, validate_wordings


class Effect(Document):
    # Named so that Document gets no accessor `effect`: it would clash with Cascade.effect.
    document_ptr = models.OneToOneField(Document, models.CASCADE, parent_link=True, related_name="+")
    name = models.CharField(max_length=100, help_text="The plain name, for example 'Swollen ankles, feet or legs'.")
    clinical_term = models.CharField(
        max_length=100, help_text="The term a clinician uses, for example 'Oedema peripheral'."
    )
    body_area = models.CharField(
        max_length=60, help_text="Where on the body readers look for it, for example 'legs and feet'."
    )
    description = models.TextField(help_text="One or two short sentences: what it feels like.")
    self_care = models.TextField(blank=True, help_text="What helps whatever the medicine. Part steps with semicolons.")
    self_care_sources = models.ManyToManyField("Source", blank=True, related_name="+")
    other_causes = models.TextField(
        "usual causes that are not a medicine",
        blank=True,
        help_text="Only what a source names. Part them with semicolons.",
    )
    other_causes_sources = models.ManyToManyField("Source", blank=True, related_name="+")
    sources = models.ManyToManyField("Source", blank=True, related_name="+")
    is_illness = models.BooleanField(
        "is an illness",
        default=False,
        help_text="Tick if it is an illness and not what is felt: its symptoms are then understood one by one as well, "
        "and a question whether a medicine can cause it is no alarm.",
    )
    wordings = models.TextField(
        "how people say it", blank=True, validators=[validate_wordings], help_text=WORDINGS_HELP
    )

    KIND = Document.Kind.EFFECT
    CONTENT = (
        "name",
        "clinical_term",
        "body_area",
        "description",
        "red_flags",
        "self_care",
        "self_care_sources",
        "other_causes",
        "other_causes_sources",
        "terms",
        "is_illness",
        "wordings",
        "sources",
    )

    class Meta:
        verbose_name = "side effect"

    def __str__(self):
        return self.name


class WarningSign(Part):
    """A sign that turns this effect into something to get help for."""

    effect = models.ForeignKey(Effect, models.CASCADE, related_name="red_flags")
    text = models.CharField(max_length=300)

    PARENT = "effect"
    CONTENT = ("text",)

    class Meta(Part.Meta):
        constraints = (models.UniqueConstraint(fields=["effect", "key"], name="warning_sign_key_unique"),)

    def __str__(self):
        return self.text


class EffectTerm(Part):
    """A word or phrase that people type for the effect."""

    effect = models.ForeignKey(Effect, models.CASCADE, related_name="terms")
    text = models.CharField(max_length=100)
    language = models.CharField(max_length=10, blank=True, help_text="Language code if the phrase is not English.")

    PARENT = "effect"
    CONTENT = ("text", "language")

    class Meta(Part.Meta):
        constraints = (models.UniqueConstraint(fields=["effect", "key"], name="effect_term_key_unique"),)

    def __str__(self):
        return self.text
