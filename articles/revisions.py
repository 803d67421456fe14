"""The versions of a document: storing them, setting one aside, and who wrote what since when.

Not here: which state a save leaves a document in (workflow.py).
"""

from django.db.models import Max, Q
from django.db.models.expressions import RawSQL

from .clinical import clinical_hash
from .content import snapshot, with_addresses_of_now
from .lineage import LATEST_IN_STATE, PUBLISHED, SIGNED, written_into
from .models import PUBLICATIONS, Document, Revision
from .shapes import DATES, content_hash, standing_as

_THIS = "version.id = %s"


def latest_revision(document):
    """The version that the rows are; one that was set aside is not in them."""
    return document.revisions.of_the_rows().order_by("-number").first()


def store(document, *, origin, author, reason, based_on=None):
    """A new revision of the rows as they are, or None if the latest one already says the same. Expects a locked document."""
    content = snapshot(document)
    latest = latest_revision(document)
    if latest is not None and latest.content_hash == content_hash(content):
        # A version that says the same by chance has other authors than the one that was restored.
        is_made_anew = origin == Revision.Origin.RESTORED and based_on != latest.number
        # A note that readers wait for is kept, though nothing else was changed: without it the page could not be submitted.
        if not (is_made_anew or (reason and lacks_note(document, latest))):
            return None
    return _create(document, content, origin=origin, author=author, reason=reason, based_on=based_on)


def store_for_preview(document):
    """The rows as if they came with the project: only that is published by nobody. For a transaction that is undone."""
    return _create(document, snapshot(document), origin=Revision.Origin.SHIPPED, author=None, reason="")


def set_aside(document, content, *, author, based_on, reason=""):
    """Keep what somebody submitted after another had saved. The rows do not change. Expects a locked document."""
    return _create(document, content, origin=Revision.Origin.SET_ASIDE, author=author, reason=reason, based_on=based_on)


def standing_now(document, content):
    """An earlier content at the addresses of now, its own too; once readers have seen the page, with its dates of now.

    None of these is a text that comes back: other pages name it by its address, and only a review moves the dates.
    """
    fixed = ("slug", *DATES) if document.ever_published else ("slug",)
    return standing_as(latest_revision(document).content, with_addresses_of_now(content), fixed=fixed)


def _create(document, content, **fields):
    document.version += 1
    document.save(update_fields=["version", "updated_at"])
    return Revision.objects.create(
        document_id=document.pk,
        number=document.version,
        content=content,
        content_hash=content_hash(content),
        clinical_hash=clinical_hash(content),
        **fields,
    )


def wrote_since_sign_off(revision, user):
    """Whether `user` wrote any part of what this version has that no clinician had signed off before it.

    The guard sign_off_is_by_no_author says the same to whoever writes to the database directly.
    """
    return _written_into(_THIS, [revision.pk], user, SIGNED).exists()


def wrote_since_publication(revision, user):
    """Whether `user` wrote any part of what this version would bring to readers (guard: publication_is_by_no_author)."""
    return _written_into(f"{_THIS} AND NOT {PUBLISHED}", [revision.pk], user, PUBLISHED).exists()


def pages_written_since_sign_off(user, state):
    """The documents in this state whose latest version this user may not sign off, because they wrote a part of it."""
    return _written_into(LATEST_IN_STATE, [state], user, SIGNED)


def pages_written_since_publication(user, state):
    """The same of those that this user may not publish."""
    return _written_into(f"{LATEST_IN_STATE} AND NOT {PUBLISHED}", [state], user, PUBLISHED)


def _written_into(versions, parameters, user, seen):
    written = RawSQL(  # noqa: S611 - lineage.py writes every piece of it
        written_into(versions, author="%s", seen=seen), [*parameters, user.pk]
    )
    return Document.objects.filter(pk__in=written)


def notes_since_publication(document, revision):
    """The notes of the versions that this one would bring to readers, oldest first, each once."""
    return _each_once(_brought_by(document, revision))


def notes_that_were_signed(document, revision):
    """The same without what was written after the sign-off of this text, which no clinician has read.

    That a whole page was reviewed is the clinician's own doing.
    """
    signed = Revision.objects.filter(document_id=document.pk, number__lte=revision.number)
    last = signed.filter(sign_offs__clinical_hash=revision.clinical_hash).aggregate(last=Max("number"))["last"] or 0
    read = Q(number__lte=last) | Q(origin=Revision.Origin.REVIEWED)
    return _each_once(_brought_by(document, revision).filter(read))


def _brought_by(document, revision):
    shown = document.events.filter(verb__in=PUBLICATIONS).aggregate(last=Max("revision__number"))
    after = shown["last"] or 0
    versions = document.revisions.of_the_rows().filter(number__gt=after, number__lte=revision.number)
    # Editors find in the history why it was stored; readers see no difference.
    return versions.exclude(origin=Revision.Origin.RENAMED)


def _each_once(versions):
    notes = versions.exclude(reason="").order_by("number").values_list("reason", flat=True)
    return list(dict.fromkeys(notes))


def lacks_note(document, revision):
    """Whether readers would be shown words that are new to them, without being told what changed."""
    if notes_since_publication(document, revision):
        return False
    # A withdrawn page can come back as it was, and what a search engine says is no news.
    last_shown = document.events.filter(verb__in=PUBLICATIONS).order_by("-pk").values_list("revision__clinical_hash")
    return last_shown.first() != (revision.clinical_hash,)
