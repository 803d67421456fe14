"""Writes the read tables from live revisions: what the check, the pair pages and the search read.

workflow.py calls project() for what it shows to readers or takes from them; rebuild() is for many documents at once.
"""

from django.db import connection, transaction
from django.utils.text import slugify

from .frequency import BAND_NUMBERS, are_debated, headline, highest_band
from .models import Document, ListedEffect, SearchEntry, SearchTerm
from .search import entries_for
from .urgency import urgency_of

Kind = Document.Kind
# Any number that no other lock of this database has.
_LOCK = 0x51DE_EFFE
_LISTED = (Kind.DRUG, Kind.EFFECT, Kind.SOURCE, Kind.RED_FLAG, Kind.ARTICLE)


def project(document):
    """Make the read tables agree with the live revisions again after this document changed. Expects a transaction."""
    _alone()
    if document.kind in _LISTED:
        drugs = [document] if document.kind == Kind.DRUG else _drugs_that_name(document)
        ListedEffect.objects.filter(drug__in=[drug.pk for drug in drugs]).delete()
        ListedEffect.objects.bulk_create(_listed_effects([drug for drug in drugs if drug.live_id]))
    SearchEntry.objects.filter(document=document.pk).delete()
    if document.live_id:
        _store_search_entries([document])


@transaction.atomic
def rebuild():
    """Empty the read tables and fill them from all live revisions; returns how many rows each holds."""
    _alone()
    ListedEffect.objects.all().delete()
    SearchEntry.objects.all().delete()
    ListedEffect.objects.bulk_create(_listed_effects(_live(Kind.DRUG)), batch_size=1000)
    _store_search_entries(_live(Kind.DRUG, Kind.EFFECT, Kind.ARTICLE, Kind.GLOSSARY_TERM))
    return {model: model.objects.count() for model in (ListedEffect, SearchEntry, SearchTerm)}


def _alone():
    """Wait until nobody else writes the read tables: two publications that change the same rows would wait for each other.

    SQLite lets only one write at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _live(*kinds):
    return list(Document.objects.live().filter(kind__in=kinds).select_related("live").order_by("kind", "slug"))


def _drugs_that_name(document):
    """Live medicines whose rows can change with this document. A red flag may have named others before, so: all."""
    if document.kind == Kind.RED_FLAG:
        return _live(Kind.DRUG)
    if document.kind == Kind.ARTICLE:
        led = set(ListedEffect.objects.filter(article_slug=document.slug).values_list("drug_slug", flat=True))
        pairs = document.live.content.get("pairs", []) if document.live_id else []
        led.update(pair.partition("/")[0] for pair in pairs)
        return [drug for drug in _live(Kind.DRUG) if drug.slug in led] if led else []
    mentions = f'"{document.slug}"'
    field = "live__content__effects__icontains" if document.kind == Kind.EFFECT else "live__content__icontains"
    return list(Document.objects.live().filter(kind=Kind.DRUG, **{field: mentions}).select_related("live"))


def _listed_effects(drugs):
    if not drugs:
        return
    effects = {effect.slug: effect for effect in _live(Kind.EFFECT)}
    sources = {source.slug: source.live.content for source in _live(Kind.SOURCE)}
    rules = [rule.live.content for rule in _live(Kind.RED_FLAG)]
    articles = {pair: article for article in _live(Kind.ARTICLE) for pair in article.live.content.get("pairs", [])}
    for drug in drugs:
        content = drug.live.content
        for listing in content.get("effects", []):
            if effect := effects.get(listing["key"]):
                article = articles.get(f"{drug.slug}/{effect.slug}")
                yield _listed_effect(drug, content, listing, effect, sources, rules, article)


def _listed_effect(drug, content, listing, effect, sources, rules, article):
    findings = listing.get("findings", [])
    figure = headline(findings, sources)
    urgency, reason = urgency_of(drug.slug, listing, rules)
    return ListedEffect(
        drug=drug,
        effect=effect,
        drug_slug=drug.slug,
        drug_name=content["name"],
        class_slug=slugify(content["drug_class"]),
        class_name=content["drug_class"],
        effect_slug=effect.slug,
        effect_name=effect.live.content["name"],
        body_area=effect.live.content["body_area"],
        band=BAND_NUMBERS[highest_band(findings)],
        per_million=round(figure["percent"][1] * 10_000) if figure else 0,
        headline=figure,
        urgency=urgency,
        urgency_reason=reason,
        debated=are_debated(listing),
        serious=listing.get("serious", False),
        extra=listing.get("extra", False),
        listing=listing,
        article_slug=article.slug if article else "",
        article_title=article.live.content["title"] if article else "",
    )


def _store_search_entries(documents):
    pairs = [pair for document in documents for pair in entries_for(document)]
    SearchEntry.objects.bulk_create((entry for entry, _ in pairs), batch_size=1000)
    terms = [SearchTerm(entry=entry, **term) for entry, words in pairs for term in words]
    SearchTerm.objects.bulk_create(terms, batch_size=1000)
