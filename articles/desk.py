"""What lies on an editor's desk: the lists of the admin's front page, and which of them are whose.

Each list is a query of documents, so that the front page, its counts and the filter of the full lists cannot differ.
Not here: how a move is made (workflow.py), and the letters that announce one (letters.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from operator import itemgetter

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum, TextField
from django.db.models.functions import Cast, Lower
from django.utils import timezone

from . import schedule
from .models import AskedFor, Document, Drug, EvidenceChange, ReviewEvent, Revision, SignOff, Source
from .revisions import pages_written_since_publication, pages_written_since_sign_off
from .shapes import MODELS

State, Verb = Document.State, ReviewEvent.Verb
ROWS = 10  # of each list on the front page; the rest is a link away
# The kinds that readers read as pages.
_READ = (Document.Kind.ARTICLE, Document.Kind.DRUG, Document.Kind.EFFECT)
MONTHS_ASKED = timedelta(days=92)


def kinds_for(user):
    """The kinds of documents that this account may read."""
    return [kind for kind, model in MODELS.items() if user.has_perm(f"articles.view_{model._meta.model_name}")]


# The lists. Each annotates `event_pk` or `revision_pk`: what says who brought the page here, and when.


def mine(user):
    return _with_last_revision(Document.objects.filter(owner=user))


def drafts(user):
    return _worked_on_by(user).filter(state=State.DRAFT)


def changes_asked(user):
    return _with_event(_worked_on_by(user).filter(state=State.CHANGES_ASKED), Verb.RETURN)


def sent(user):
    """What this editor works on and others have now."""
    waiting = _worked_on_by(user).filter(state__in=(State.IN_REVIEW, State.SIGNED_OFF))
    return _with_event(waiting, Verb.SUBMIT, Verb.SIGN_OFF)


def set_aside(user):
    """Versions of this editor; of somebody who left, on a page of theirs or, for who can write, of nobody who is still here."""
    inherited = Q(document__owner=user)
    if user.has_perm("articles.submit_document"):
        inherited |= _gone("document__owner")
    theirs = Q(author=user) | _gone("author") & inherited
    aside = Revision.objects.unsettled().filter(theirs, document=OuterRef("pk")).order_by("-number")
    return Document.objects.annotate(revision_pk=Subquery(aside.values("pk")[:1])).filter(revision_pk__isnull=False)


def to_review(user):
    """Pages in review that name this reviewer, or nobody who is still here, and that they wrote no part of."""
    in_review = _with_event(Document.objects.filter(state=State.IN_REVIEW), Verb.SUBMIT)
    if not user.has_perm("articles.sign_off_document"):
        return in_review.filter(reviewer=user)
    theirs = pages_written_since_sign_off(user, State.IN_REVIEW)
    return in_review.filter(Q(reviewer=user) | _gone("reviewer") & ~Q(pk__in=theirs))


def to_publish(user):
    """Signed-off pages that this publisher wrote no part of."""
    if not user.has_perm("articles.publish_document"):
        return Document.objects.none()
    theirs = pages_written_since_publication(user, State.SIGNED_OFF)
    others = Document.objects.filter(~Q(pk__in=theirs), state=State.SIGNED_OFF)
    return _with_event(others, Verb.SIGN_OFF, Verb.REVIEW)


def emergencies(user):
    waiting = ReviewEvent.objects.awaiting_approval().filter(document=OuterRef("pk")).order_by("-pk")
    return Document.objects.annotate(event_pk=Subquery(waiting.values("pk")[:1])).filter(event_pk__isnull=False)


def scheduled(user):
    return _with_event(Document.objects.filter(state=State.SCHEDULED), Verb.SCHEDULE).order_by("publish_at", "pk")


def overdue(user):
    """What is read as a page and names no day for its next review is overdue: else no list would ever show it."""
    return _due(user, Q(review_due__lt=timezone.localdate()) | Q(review_due=None, kind__in=_READ))


def due_in_30_days(user):
    return _due(user, Q(review_due__range=_days(0, 30)))


def due_in_90_days(user):
    return _due(user, Q(review_due__range=_days(31, 90)))


def unsigned(user):
    """Live pages whose text no clinician has signed off, for who can do that."""
    if not user.has_perm("articles.sign_off_document"):
        return Document.objects.none()
    signed = SignOff.objects.filter(revision__document=OuterRef("pk"), clinical_hash=OuterRef("live__clinical_hash"))
    # What was published as an emergency is on a list of its own.
    hurried = ReviewEvent.objects.awaiting_approval().filter(document=OuterRef("pk"))
    pages = Document.objects.live().filter(~Exists(signed), ~Exists(hurried))
    pages = pages.annotate(is_read=Q(kind__in=_READ))
    return _mine_first(user, _with_last_revision(pages), "-is_read", "kind", "slug")


def evidence_changed(user):
    still_open = EvidenceChange.objects.filter(page=OuterRef("pk"), settled_at=None)
    return _mine_first(user, _with_last_revision(Document.objects.filter(Exists(still_open))))


@dataclass(frozen=True)
class DeskList:
    title: str
    documents: Callable
    # What the column of the moment is called, and what an editor does with the list.
    since: str = "since"
    help: str = ""
    # Only who has this permission is told that it is empty.
    needs: str = ""


PERSONAL = {
    "emergencies": DeskList(
        "Emergency publications to approve",
        emergencies,
        "published",
        "Readers see these pages, and no second person has looked at them. A clinician who did not write it approves it.",
    ),
    "changes": DeskList("Changes asked of me", changes_asked, "asked"),
    "review": DeskList("Waiting for my review", to_review, "submitted", needs="articles.sign_off_document"),
    "publish": DeskList("Signed off, to publish", to_publish, "signed off", needs="articles.publish_document"),
    "aside": DeskList(
        "My versions set aside",
        set_aside,
        "saved",
        "Somebody else had saved before you. Nothing of yours is lost: put the two together, or leave yours.",
    ),
    "drafts": DeskList("My drafts", drafts, "saved"),
}
EVERYBODYS = {
    "sent": DeskList("Mine, with a reviewer or publisher", sent, "since"),
    "scheduled": DeskList("Scheduled", scheduled, "time (UTC)"),
    "overdue": DeskList(
        "Reviews overdue", overdue, "due", "Only “Whole page reviewed” moves the date. A mended typing error does not."
    ),
    "due-30": DeskList("Reviews due in 30 days", due_in_30_days, "due"),
    "unsigned": DeskList(
        "Published without a sign-off",
        unsigned,
        "saved",
        "Readers are told that no clinician has signed these pages off. “Whole page reviewed” on a page does it.",
        needs="articles.sign_off_document",
    ),
    "due-90": DeskList("Reviews due in 31 to 90 days", due_in_90_days, "due"),
}
EVIDENCE = {"evidence": DeskList("Evidence changed", evidence_changed)}
LISTS = PERSONAL | EVERYBODYS | EVIDENCE


# The front page


def desk(user):
    """All that the front page shows this editor.

    The number of queries does not grow with the content, but for the reasons of scheduled pages that are overdue.
    """
    kinds = kinds_for(user)
    counts = _counts(user, kinds)
    found = {key: list(_rows_of(LISTS[key], user, kinds)) if counts[key] else [] for key in LISTS}
    names = _names(document for documents in found.values() for document in documents)
    sources = _sources(found)
    lists = {
        key: {
            "key": key,
            "title": LISTS[key].title,
            "since": LISTS[key].since,
            "help": LISTS[key].help,
            "count": sum(counts[key].values()),
            "more": _more(counts[key]) if sum(counts[key].values()) > ROWS else [],
            "rows": [_row(key, document, names, sources) for document in documents],
        }
        for key, documents in found.items()
    }
    add_changes(lists["evidence"]["rows"], user)
    return {
        "personal": [lists[key] for key in PERSONAL if lists[key]["rows"]],
        "everybodys": [lists[key] for key in EVERYBODYS if lists[key]["rows"]],
        "evidence": lists["evidence"],
        "dead_links": dead_links() if Document.Kind.SOURCE in kinds else {"count": 0, "rows": []},
        "asked": asked_for() if user.has_perm("articles.view_askedfor") else [],
        "empty": [one.title for key, one in LISTS.items() if kinds and not lists[key]["rows"] and _is_for(user, one)],
    }


def _is_for(user, desk_list):
    return not desk_list.needs or user.has_perm(desk_list.needs)


def add_changes(rows, user):
    """Give each row of a page whose evidence changed its open changes, and whether this editor may settle them."""
    pages = [row["document"] for row in rows]
    changes = EvidenceChange.objects.filter(page__in=pages, settled_at=None).select_related("evidence")
    for row in rows:
        theirs = [change for change in changes if change.page_id == row["document"].pk]
        row["changes"] = [
            {"what": change.what, "at": change.at, "evidence": change.evidence, "opts": _opts(change.evidence)}
            for change in theirs
        ]
        row["seen"] = max((change.pk for change in theirs), default=0)
        row["may_settle"] = may_settle(user, row["document"])


def may_settle(user, page):
    """Whoever writes, reviews or publishes such a page can say that nothing in it has to change."""
    change = f"articles.change_{_opts(page).model_name}"
    return any(user.has_perm(name) for name in (change, "articles.sign_off_document", "articles.publish_document"))


def dead_links():
    """Sources whose link is dead, with the live pages that name them: {"count": ..., "rows": [...]}."""
    dead = list(Source.objects.live().filter(link_state=Source.LinkState.DEAD).select_related("owner").order_by("slug"))
    if not dead:
        return {"count": 0, "rows": []}
    # One pass over the live texts: asked of the database, each dead link would be a search of its own in all of them.
    texts = Document.objects.live().exclude(kind=Document.Kind.SOURCE)
    texts = list(texts.annotate(text=Cast("live__content", TextField())).values_list("text", flat=True))
    rows = [
        {"source": source, "users": users}
        for source in dead
        if (users := sum(f'"{source.slug}"' in text for text in texts))
    ]
    return {"count": len(rows), "rows": sorted(rows, key=itemgetter("users"), reverse=True)[:ROWS]}


def asked_for():
    """The medicines that readers asked for most in the last months and that still have no page."""
    since = (timezone.localdate() - MONTHS_ASKED).replace(day=1)
    covered = Drug.objects.live().values(lower=Lower("name"))
    rows = AskedFor.objects.filter(what=AskedFor.What.MEDICINE, month__gte=since).annotate(lower=Lower("name"))
    rows = rows.exclude(lower__in=covered).values("name").annotate(times=Sum("count"))
    return list(rows.order_by("-times", "name")[:ROWS])


# The parts of the queries


def _gone(person):
    """Nobody, or somebody who can no longer enter."""
    return Q(**{person: None}) | Q(**{f"{person}__is_active": False}) | Q(**{f"{person}__is_staff": False})


def _with_event(queryset, *verbs):
    events = ReviewEvent.objects.filter(document=OuterRef("pk"), verb__in=verbs).order_by("-pk")
    return queryset.annotate(event_pk=Subquery(events.values("pk")[:1])).order_by("-event_pk")


def _with_last_revision(queryset):
    latest = Revision.objects.of_the_rows().filter(document=OuterRef("pk")).order_by("-number")
    return queryset.annotate(
        revision_pk=Subquery(latest.values("pk")[:1]), last_author=Subquery(latest.values("author")[:1])
    ).order_by("-revision_pk")


def _worked_on_by(user):
    """Pages that this editor owns or was the last to write."""
    return _with_last_revision(Document.objects.all()).filter(Q(owner=user) | Q(last_author=user.pk))


def _due(user, when):
    """Live pages by the day of their next review, the user's own first; those without a day before the others."""
    days = F("review_due").asc(nulls_first=True)
    return _mine_first(user, _with_last_revision(Document.objects.live().filter(when)), days)


def _mine_first(user, queryset, *then):
    return queryset.annotate(is_mine=Q(owner=user) & Q(owner__isnull=False)).order_by("-is_mine", *then, "pk")


def _days(first, last):
    today = timezone.localdate()
    return today + timedelta(days=first), today + timedelta(days=last)


def _rows_of(desk_list, user, kinds):
    return desk_list.documents(user).filter(kind__in=kinds).select_related("owner")[:ROWS]


# The parts of a row


def _counts(user, kinds):
    """{key of a list: {kind: how many}}, in one query."""
    wanted = {
        key.replace("-", "_"): Count("pk", filter=Q(pk__in=desk_list.documents(user).order_by().values("pk")))
        for key, desk_list in LISTS.items()
    }
    rows = list(Document.objects.filter(kind__in=kinds).order_by("kind").values("kind").annotate(**wanted))
    return {
        key: {row["kind"]: row[key.replace("-", "_")] for row in rows if row[key.replace("-", "_")]} for key in LISTS
    }


def _more(counts):
    """[(which kind, how many, its model)]: the full lists that a list of the front page is cut from."""
    return [(Document.Kind(kind).label, count, MODELS[kind]._meta) for kind, count in counts.items()]


def _opts(document):
    return MODELS[document.kind]._meta


def _names(documents):
    """{pk: title} with one query for each kind: a Document itself does not know its title."""
    by_kind = {}
    for document in documents:
        by_kind.setdefault(document.kind, set()).add(document.pk)
    return {pk: str(page) for kind, pks in by_kind.items() for pk, page in MODELS[kind].objects.in_bulk(pks).items()}


def _sources(found):
    """The events and revisions that say who brought these pages where they are: ({pk: event}, {pk: revision})."""
    documents = [document for documents in found.values() for document in documents]
    events = {getattr(document, "event_pk", None) for document in documents}
    versions = {getattr(document, "revision_pk", None) for document in documents}
    return (
        ReviewEvent.objects.select_related("by").in_bulk(events - {None}),
        Revision.objects.select_related("author").defer("content").in_bulk(versions - {None}),
    )


def _row(key, document, names, sources):
    events, revisions = sources
    event = events.get(getattr(document, "event_pk", None))
    revision = revisions.get(getattr(document, "revision_pk", None))
    row = {
        "document": document,
        "opts": _opts(document),
        "name": names[document.pk],
        "who": event.by if event else revision.author if revision else None,
        "at": event.at if event else revision.created_at if revision else document.updated_at,
        "words": event.comment if event else "",
        "reasons": [],
    }
    if key == "aside":
        row["number"] = revision.number
    elif key == "scheduled":
        row["at"] = document.publish_at
        if document.publish_at <= timezone.now():
            row["reasons"] = schedule.reasons_it_waits(document) or [
                "Its time has come, and nothing stands against it. If it stays here, an administrator has to look whether "
                "manage.py publish_due runs."
            ]
    elif key in ("overdue", "due-30", "due-90"):
        row |= {"who": document.owner, "at": document.review_due, "is_day": True}
    elif key == "evidence":
        row["who"] = document.owner
    return row
