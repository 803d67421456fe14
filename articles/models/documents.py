"""What every page of content has in common: an address, a state, and its immutable revisions.

Not here: the rules of who may move a document (workflow.py) and the shape of its content (content.py).
"""

import re

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.text import slugify

KEY_LENGTH = 60

key_validator = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z", "Use lower-case letters, digits and single hyphens, for example 'ankle-swelling'."
)


def new_key(words, taken):
    """A short key made from these words that none of `taken` has."""
    key = re.sub(r"[-_]+", "-", slugify(words)).strip("-")
    if len(key) > KEY_LENGTH:
        key = key[:KEY_LENGTH].rpartition("-")[0] or key[:KEY_LENGTH]
    key = key or "row"
    number, found = 1, key
    while found in taken:
        number += 1
        found = f"{key}-{number}"
    return found


class DocumentQuerySet(models.QuerySet):
    def live(self):
        """Documents that readers can see: the single meaning of "public"."""
        return self.filter(live__isnull=False)

    def for_page(self):
        """Live documents with all that the foot of a page says of who wrote and signed them, in one query."""
        signing = SignOff.objects.filter(
            revision=models.OuterRef("live"), content_hash=models.OuterRef("live__content_hash")
        ).order_by("-signed_at")
        return (
            self.live()
            .select_related("live__author")
            .annotate(
                signed_on=models.Subquery(signing.values("signed_at")[:1]),
                signed_first_name=models.Subquery(signing.values("credential__user__first_name")[:1]),
                signed_last_name=models.Subquery(signing.values("credential__user__last_name")[:1]),
                signed_title=models.Subquery(signing.values("credential__title")[:1]),
                signed_registration=models.Subquery(signing.values("credential__registration")[:1]),
            )
        )

    def contents(self, **slugs_by_kind):
        """{(kind, slug): live content}, one query: contents(source=[...], effect=[...], red_flag=None). None means all."""
        wanted = models.Q()
        for kind, slugs in slugs_by_kind.items():
            of_kind = models.Q(kind=kind.replace("_", "-"))
            wanted |= of_kind if slugs is None else of_kind & models.Q(slug__in=set(slugs))
        rows = self.live().filter(wanted).order_by("kind", "slug") if wanted else self.none()
        return {(kind, slug): content for kind, slug, content in rows.values_list("kind", "slug", "live__content")}


class Document(models.Model):
    """The stable identity of a piece of content; `live` is the one revision that readers see."""

    class Kind(models.TextChoices):
        ARTICLE = "article", "article"
        DRUG = "drug", "medicine"
        EFFECT = "effect", "side effect"
        SOURCE = "source", "source"
        GLOSSARY_TERM = "glossary-term", "glossary term"
        RED_FLAG = "red-flag", "red flag"
        CASCADE = "cascade", "prescribing cascade"
        LOOK_ALIKE = "look-alike", "look-alike names"
        HELP_LINE = "help-line", "help line"
        WORD_GROUP = "word-group", "word group"
        AMBIGUOUS_WORD = "ambiguous-word", "word with several meanings"

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        IN_REVIEW = "in-review", "in review"
        SIGNED_OFF = "signed-off", "signed off"
        PUBLISHED = "published", "published"
        WITHDRAWN = "withdrawn", "withdrawn"

    kind = models.CharField(max_length=20, choices=Kind, editable=False)
    slug = models.SlugField(
        "address",
        max_length=100,
        validators=[key_validator],
        help_text="The last part of the page's web address. Links break if it changes, so choose it once.",
    )
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="owned_documents",
        help_text="Who looks after this page. They are asked first when a review is due.",
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    live = models.ForeignKey("Revision", models.PROTECT, null=True, blank=True, editable=False, related_name="live_for")
    facts_checked = models.DateField(
        "facts last checked",
        null=True,
        blank=True,
        help_text="The day on which every fact was last compared with its source. Readers see this date.",
    )
    review_due = models.DateField(
        "next review due", null=True, blank=True, help_text="Readers see this date. Twelve months is usual."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DocumentQuerySet.as_manager()

    KIND = None
    # The fields and child rows that make up the content dict, in reading order (see content.py).
    CONTENT = ()

    class Meta:
        permissions = (
            ("submit_document", "Can submit a document for review"),
            ("return_document", "Can send a document back to its writer"),
            ("sign_off_document", "Can sign off a document as a clinician"),
            ("publish_document", "Can publish a document"),
            ("withdraw_document", "Can withdraw a document"),
        )
        constraints = (
            models.UniqueConstraint(fields=["kind", "slug"], name="document_slug_unique_per_kind"),
            models.CheckConstraint(
                condition=models.Q(review_due__isnull=True)
                | models.Q(facts_checked__isnull=True)
                | models.Q(review_due__gte=models.F("facts_checked")),
                name="document_review_after_check",
                violation_error_message="The next review cannot be due before the facts were last checked.",
            ),
        )

    def __str__(self):
        return f"{self.get_kind_display()}: {self.slug}"

    def save(self, **kwargs):
        if self.KIND:
            self.kind = self.KIND
        super().save(**kwargs)

    @property
    def ever_published(self):
        return self.events.filter(verb=ReviewEvent.Verb.PUBLISH).exists()


class Revision(models.Model):
    """One immutable, numbered, complete content of a document. Triggers refuse UPDATE and DELETE (guards.py)."""

    class Origin(models.TextChoices):
        EDITED = "edited", "edited on the site"
        SHIPPED = "shipped", "came with the project"
        RESTORED = "restored", "restored from an earlier version"

    # DO_NOTHING: a revision goes only together with its never-published document, and after it (workflow.discard).
    document = models.ForeignKey(Document, models.DO_NOTHING, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    schema_version = models.PositiveSmallIntegerField(default=1)
    origin = models.CharField(max_length=10, choices=Origin)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="revisions")
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["document", "number"], name="revision_number_unique_per_document"),
            models.CheckConstraint(
                condition=models.Q(origin="shipped") | models.Q(author__isnull=False),
                name="revision_has_author_unless_shipped",
            ),
        )

    def __str__(self):
        return f"{self.document_id} version {self.number}"


class SignOff(models.Model):
    """A clinician's statement that one revision is sound. It holds only for the content with this hash."""

    revision = models.ForeignKey(Revision, models.DO_NOTHING, related_name="sign_offs")
    content_hash = models.CharField(max_length=64)
    credential = models.ForeignKey("Credential", models.PROTECT, related_name="sign_offs")
    comment = models.TextField(blank=True)
    signed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.credential} signed off {self.revision}"


class ReviewEvent(models.Model):
    """One move of a document through the workflow; the log that says who did what, when and why."""

    class Verb(models.TextChoices):
        SUBMIT = "submit", "submitted for review"
        RETURN = "return", "sent back to the writer"
        SIGN_OFF = "sign-off", "signed off"
        PUBLISH = "publish", "published"
        WITHDRAW = "withdraw", "withdrawn"

    document = models.ForeignKey(Document, models.DO_NOTHING, related_name="events")
    revision = models.ForeignKey(Revision, models.DO_NOTHING, related_name="events")
    verb = models.CharField(max_length=10, choices=Verb)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="review_events")
    comment = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self):
        return f"{self.document_id} {self.get_verb_display()}"


class Part(models.Model):
    """A child row of a document: `key` names it for ever, `position` orders it."""

    key = models.CharField(
        max_length=100,
        validators=[key_validator],
        help_text="A short name that never changes. History, compare and restore follow the row by it.",
    )
    position = models.PositiveIntegerField(default=0, help_text="The order on the page: small numbers come first.")

    PARENT = ""
    CONTENT = ()

    class Meta:
        abstract = True
        ordering = ("position", "pk")
