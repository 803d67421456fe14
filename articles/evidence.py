"""What rests on what: when a source or a medicine's figures change, the live pages that use them are to be looked at."""

from django.db.models import Q
from django.utils import timezone

from .clinical import clinical_part
from .models import Document, Effect, EvidenceChange, Source, WarningSign
from .shapes import named_documents

Kind = Document.Kind


def note_change(document, before, after, *, by):
    """Enter every live page that rests on what this publication (or withdrawal: `after` is None) changed.

    `before` and `after` are the revisions that readers saw and see. What is published is thereby looked at itself.
    """
    if after is not None:
        settle(document, by=by, comment=f"Version {after.number} was published.", until=after.created_at)
    if before is None:
        return
    new = after.content if after else None
    if document.kind == Kind.SOURCE:
        if new:
            _forget_the_old_link(document, before.content, new)
        changed = _pages_on_source(document, before.content, new)
    elif document.kind == Kind.DRUG:
        changed = _pages_on_figures(document, before.content, new)
    else:
        return
    EvidenceChange.objects.bulk_create(
        EvidenceChange(page_id=page, evidence_id=document.pk, revision=after, what=what) for page, what in changed
    )


def settle(page, *, by, comment="", until=None):
    """Somebody looked at the page after its evidence changed. Returns how many changes were open."""
    open_changes = EvidenceChange.objects.filter(page=page.pk, settled_at=None)
    if until is not None:
        open_changes = open_changes.filter(at__lte=until)
    return open_changes.update(settled_at=timezone.now(), settled_by=by, comment=comment)


def source_states(content):
    """{slug: "" | "dead" | "withdrawn" | "unpublished"} of the sources that a content dict names; one query."""
    slugs = {slug for kind, slug in named_documents(content) if kind == Kind.SOURCE}
    rows = Source.objects.filter(slug__in=slugs) if slugs else Source.objects.none()
    return {row.slug: _state_of(row) for row in rows.only("slug", "state", "live_id", "link_state")}


def _state_of(source):
    if source.state == Document.State.WITHDRAWN:
        return "withdrawn"
    if source.live_id is None:
        return "unpublished"
    return "dead" if source.link_state == Source.LinkState.DEAD else ""


def warned_effects(content):
    """Slugs of the side effects that a medicine lists and whose own pages say when to get help; one query."""
    if content["kind"] != Kind.DRUG:
        return set()
    listed = [listing["key"] for listing in content.get("effects", [])]
    return set(WarningSign.objects.filter(effect__slug__in=listed).values_list("effect__slug", flat=True))


def _forget_the_old_link(source, before, after):
    """What the last link check found is about another address, or about one that readers are not sent to any more."""
    if any(before.get(name) != after.get(name) for name in ("address", "linkable")):
        Source.objects.filter(pk=source.pk).update(
            link_state=Source.LinkState.UNKNOWN, link_note="", link_failures=0, link_checked_at=None
        )


def _pages_on_source(source, before, after):
    if after is not None and clinical_part(before) == clinical_part(after):
        return
    name = f"{before['publisher']}: {before['title']}"
    what = f"The source “{name}” changed." if after else f"The source “{name}” was withdrawn."
    # The text search narrows the rows; which kind of document is named is asked of the dict.
    mention = Q(live__content__icontains=f'"{source.slug}"')
    for pk, content in Document.objects.live().filter(mention).values_list("pk", "live__content"):
        if (Kind.SOURCE, source.slug) in named_documents(content):
            yield pk, what


def _pages_on_figures(drug, before, after):
    old, new = (
        {listing["key"]: listing for listing in content.get("effects", [])} if content else {}
        for content in (before, after)
    )
    changed = {effect for effect in old if old[effect] != new.get(effect)}
    if not changed:
        return
    names = dict(Effect.objects.filter(slug__in=changed).values_list("slug", "name"))
    articles = Document.objects.live().filter(kind=Kind.ARTICLE).order_by("slug").values_list("pk", "live__content")
    for pk, content in articles:
        if used := sorted(changed & _effects_shown(content, drug.slug)):
            verb = "changed" if after else "was withdrawn"
            yield pk, f"What is known of {before['name']} ({', '.join(names[slug] for slug in used)}) {verb}."


def _effects_shown(article, drug):
    """The effects of this medicine of which an article speaks: its pairs, its figures, and all it is about."""
    shown = {pair.partition("/")[2] for pair in article.get("pairs", []) if pair.partition("/")[0] == drug}
    shown |= {row["effect"] for row in article.get("sections", []) if row.get("drug") == drug and row.get("effect")}
    return shown | (set(article.get("effects", [])) if drug in article.get("drugs", []) else set())
