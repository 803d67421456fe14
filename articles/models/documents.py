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
    return free_key(key or "row", taken)


def free_key(key, taken):
    """This key, or with a number behind it where it is taken; never longer than the editors' forms accept."""
    number, found = 1, key
    while found in taken:
        number += 1
        ending = f"-{number}"
        found = key[: KEY_LENGTH - len(ending)].rstrip("-") + ending
    return found


class DocumentQuerySet(models.QuerySet):
    def live(self):
        """Documents that readers can see: the single meaning of "public"."""
        return self.filter(live__isnull=False)

    def held(self):
        """Held against other writers until the transaction ends; rows that name one of these can still be stored."""
        return self.select_for_update(no_key=True)

    def for_page(self):
        """Live documents with all that the foot of a page says of who wrote and signed them, in one query."""
        signing = SignOff.objects.filter(
            revision__document=models.OuterRef("pk"), clinical_hash=models.OuterRef("live__clinical_hash")
        ).order_by("-signed_at")
        hurried = ReviewEvent.objects.awaiting_approval().filter(revision=models.OuterRef("live")).order_by("-at")
        return (
            self.live()
            .select_related("live__author")
            .annotate(
                signed_on=models.Subquery(signing.values("signed_at")[:1]),
                signed_first_name=models.Subquery(signing.values("credential__user__first_name")[:1]),
                signed_last_name=models.Subquery(signing.values("credential__user__last_name")[:1]),
                signed_title=models.Subquery(signing.values("credential__title")[:1]),
                signed_registration=models.Subquery(signing.values("credential__registration")[:1]),
                hurried_on=models.Subquery(hurried.values("at")[:1]),
            )
        )

    def contents(self, **slugs_by_kind):
        """{(kind, slug): live content}, one query: contents(source=[...], effect=[...], red_flag=None). None means all.

        A source whose address is dead says so in `link_is_dead`, which is no part of its content.
        """
        wanted = models.Q()
        for kind, slugs in slugs_by_kind.items():
            of_kind = models.Q(kind=kind.replace("_", "-"))
            wanted |= of_kind if slugs is None else of_kind & models.Q(slug__in=set(slugs))
        rows = self.live().filter(wanted).order_by("kind", "slug") if wanted else self.none()
        columns = ("kind", "slug", "live__content", "source__link_state")
        return {
            (kind, slug): content | {"link_is_dead": True} if link == "dead" else content
            for kind, slug, content, link in rows.values_list(*columns)
        }


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
        CHANGES_ASKED = "changes-asked", "changes asked for"
        SIGNED_OFF = "signed-off", "signed off"
        SCHEDULED = "scheduled", "scheduled"
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
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="documents_to_review",
        help_text="The clinician who is asked to review it. Blank: any reviewer.",
    )
    publish_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Where readers of a withdrawn page are sent; without it they are told that it is gone.
    moved_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="moved_here"
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
            ("return_document", "Can ask the writer of a document for changes"),
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
            models.CheckConstraint(
                condition=models.Q(state="scheduled", publish_at__isnull=False)
                | (~models.Q(state="scheduled") & models.Q(publish_at__isnull=True)),
                name="document_scheduled_has_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(moved_to__isnull=True)
                | (models.Q(live__isnull=True) & ~models.Q(moved_to=models.F("id"))),
                name="document_moved_only_when_withdrawn",
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
        return self.events.filter(verb__in=PUBLICATIONS).exists()


class RevisionQuerySet(models.QuerySet):
    def of_the_rows(self):
        """Versions that once were the draft itself; not what was set aside because two people saved."""
        return self.exclude(origin=Revision.Origin.SET_ASIDE)

    def unsettled(self):
        """What was set aside and waits for somebody to put it together with the draft, or to leave it."""
        settled = ReviewEvent.objects.filter(verb=ReviewEvent.Verb.SETTLE, revision=models.OuterRef("pk"))
        return self.filter(~models.Exists(settled), origin=Revision.Origin.SET_ASIDE)


class Revision(models.Model):
    """One immutable, numbered, complete content of a document. Triggers refuse UPDATE and DELETE (guards.py)."""

    class Origin(models.TextChoices):
        EDITED = "edited", "edited on the site"
        SHIPPED = "shipped", "came with the project"
        RESTORED = "restored", "restored from an earlier version"
        MERGED = "merged", "put together from two versions"
        SET_ASIDE = "set-aside", "set aside, because somebody else had saved"
        REVIEWED = "reviewed", "the whole page was reviewed; only its dates moved"
        RENAMED = "renamed", "a page that it names got another address"

    # DO_NOTHING: a revision goes only together with its never-published document, and after it (workflow.discard).
    document = models.ForeignKey(Document, models.DO_NOTHING, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    # Of the text that a clinician answers for (clinical.py).
    clinical_hash = models.CharField(max_length=64, db_index=True)
    # The number of the version that a set-aside one was written on, of the set-aside one that a merged one brought in, or
    # of the one that was restored.
    based_on = models.PositiveIntegerField(null=True)
    schema_version = models.PositiveSmallIntegerField(default=1)
    origin = models.CharField(max_length=10, choices=Origin)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="revisions")
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = "version"
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["document", "number"], name="revision_number_unique_per_document"),
            models.CheckConstraint(
                # A review moves the dates of a text that somebody else wrote, or that came with the project.
                condition=models.Q(origin__in=["shipped", "reviewed"]) | models.Q(author__isnull=False),
                name="revision_has_author_unless_shipped",
            ),
            models.CheckConstraint(
                condition=~models.Q(origin__in=["set-aside", "merged", "restored"]) | models.Q(based_on__isnull=False),
                name="revision_knows_what_it_was_made_from",
            ),
        )

    def __str__(self):
        return f"{self.document_id} version {self.number}"


class SignOff(models.Model):
    """A clinician's statement that one revision is sound. It holds for the clinical text with this hash, and no other."""

    revision = models.ForeignKey(Revision, models.DO_NOTHING, related_name="sign_offs")
    clinical_hash = models.CharField(max_length=64)
    credential = models.ForeignKey("Credential", models.PROTECT, related_name="sign_offs")
    comment = models.TextField(blank=True)
    signed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "sign-off"

    def __str__(self):
        return f"{self.credential} signed off {self.revision}"


class ReviewEventQuerySet(models.QuerySet):
    def awaiting_approval(self):
        """Emergency publications whose text no second person has approved yet."""
        verb = ReviewEvent.Verb
        approved = ReviewEvent.objects.filter(verb=verb.APPROVE, revision=models.OuterRef("revision"))
        return self.filter(~models.Exists(approved), verb=verb.PUBLISH_URGENTLY)

    def readers_saw(self):
        """Publications and withdrawals, newest first, as dicts: what "What changed on this page" is made of."""
        seen = (*PUBLICATIONS, ReviewEvent.Verb.WITHDRAW)
        return self.filter(verb__in=seen).order_by("-at", "-pk").values("verb", "at", "what_changed")


class ReviewEvent(models.Model):
    """One move of a document through the workflow; the log that says who did what, when and why."""

    class Verb(models.TextChoices):
        SUBMIT = "submit", "submitted for review"
        RETURN = "return", "sent back with changes asked for"
        SIGN_OFF = "sign-off", "signed off"
        SCHEDULE = "schedule", "scheduled for publication"
        UNSCHEDULE = "unschedule", "taken off the schedule"
        PUBLISH = "publish", "published"
        PUBLISH_URGENTLY = "publish-urgently", "published as an emergency"
        APPROVE = "approve", "approved after its emergency publication"
        REVIEW = "review", "reviewed as a whole"
        WITHDRAW = "withdraw", "withdrawn"
        SETTLE = "settle", "settled"

    document = models.ForeignKey(Document, models.DO_NOTHING, related_name="events")
    revision = models.ForeignKey(Revision, models.DO_NOTHING, related_name="events")
    verb = models.CharField(max_length=20, choices=Verb)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="review_events")
    comment = models.TextField(blank=True)
    # Of a publication: what readers are told has changed, from the notes of the versions it brought.
    what_changed = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = ReviewEventQuerySet.as_manager()

    class Meta:
        verbose_name = "decision"
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(verb__in=["return", "withdraw", "publish-urgently"]) | ~models.Q(comment=""),
                name="review_event_has_its_reason",
            ),
        )

    def __str__(self):
        return f"{self.document_id} {self.get_verb_display()}"


# The verbs after which readers see a new version.
PUBLICATIONS = (ReviewEvent.Verb.PUBLISH, ReviewEvent.Verb.PUBLISH_URGENTLY)


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
