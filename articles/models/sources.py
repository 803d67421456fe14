"""Sources: a label, health-service page or paper that findings and references point to."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models

from .documents import Document


class Source(Document):
    class SourceKind(models.TextChoices):
        REGULATOR_LABEL = "regulator-label", "official label or leaflet"
        HEALTH_SERVICE = "health-service", "national health service page"
        PEER_REVIEWED = "peer-reviewed", "peer-reviewed paper"
        OTHER = "other", "other"

    class Strength(models.TextChoices):
        GOOD = "good", "strong"
        MEDIUM = "medium", "medium"
        WEAK = "weak", "weak"

    class LinkState(models.TextChoices):
        UNKNOWN = "", "not tried yet"
        WORKS = "works", "works"
        UNSURE = "unsure", "did not answer the last time"
        DEAD = "dead", "dead"

    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=300, help_text="Who stands behind the text, for example 'Pfizer'.")
    address = models.CharField(
        "web address",
        max_length=500,
        blank=True,
        help_text="Where the text was read. Readers get a link only if 'may be linked' is ticked.",
    )
    linkable = models.BooleanField(
        "may be linked",
        default=False,
        help_text="Tick only if the address is the publisher's own public page and was seen to work.",
    )
    source_kind = models.CharField(max_length=20, choices=SourceKind)
    strength = models.CharField(
        max_length=10, choices=Strength, help_text="How far the text can be trusted: strong, medium or weak."
    )
    language = models.CharField(
        max_length=10, blank=True, help_text="Language code of the page if it is not English, for example 'de'."
    )
    supports = models.TextField(blank=True, help_text="What was read in it.")
    note = models.TextField(blank=True)
    # What `manage.py check_links` last found; no part of the content.
    link_state = models.CharField(max_length=10, choices=LinkState, blank=True, editable=False)
    link_note = models.CharField(max_length=300, blank=True, editable=False)
    link_failures = models.PositiveSmallIntegerField(default=0, editable=False)
    link_checked_at = models.DateTimeField(null=True, editable=False)

    KIND = Document.Kind.SOURCE
    CONTENT = (
        "title",
        "publisher",
        "address",
        "linkable",
        "source_kind",
        "strength",
        "language",
        "supports",
        "note",
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(linkable=False)
                | models.Q(address__startswith="https://")
                | models.Q(address__startswith="http://"),
                name="source_link_is_a_web_address",
                violation_error_message="A source that may be linked needs an address that starts with https://.",
            ),
        )

    def clean(self):
        super().clean()
        if self.linkable and self.address:
            try:
                URLValidator(schemes=["http", "https"])(self.address)
            except ValidationError as error:
                raise ValidationError({"address": error}) from error

    def __str__(self):
        # The address tells apart the many texts of one publisher with the same title.
        return f"{self.publisher}: {self.title} [{self.slug}]"
