"""Test objects. Documents come into being as they do on the site: saved by a writer, signed off, published."""

from datetime import date
from itertools import count

from django.contrib.auth.models import Group, User

from articles import workflow
from articles.content import restore
from articles.models import Credential
from articles.permissions import PUBLISHERS, REVIEWERS, WRITERS

_numbers = count(1)


def _user(role, group, *, username="", **fields):
    user = User.objects.create_user(
        username or f"{role}-{next(_numbers)}", password="a long enough password", **({"is_staff": True} | fields)
    )
    user.groups.add(Group.objects.get(name=group))
    return user


def writer(**fields):
    return _user("writer", WRITERS, **fields)


def reviewer(*, credential=True, **fields):
    user = _user("reviewer", REVIEWERS, **({"first_name": "Rita", "last_name": "Rahman"} | fields))
    if credential:
        Credential.objects.create(
            user=user, title="Pharmacist", registration="TEST 1234567", valid_until=date(2999, 1, 1)
        )
    return user


def publisher(**fields):
    return _user("publisher", PUBLISHERS, **fields)


# Content dicts. Every keyword replaces a field of a small, sound document.


def source_content(slug="test-label", **fields):
    return {
        "kind": "source",
        "slug": slug,
        "title": "Test label",
        "publisher": "Test agency",
        "source_kind": "regulator-label",
        "strength": "good",
    } | fields


def effect_content(slug="test-ache", **fields):
    return {
        "kind": "effect",
        "slug": slug,
        "name": "Test ache",
        "clinical_term": "Dolor probationis",
        "body_area": "legs and feet",
        "description": "It aches.",
    } | fields


def listing(effect="test-ache", *, findings=(), **fields):
    """One side effect inside a medicine's content."""
    rows = [{"key": f"f{number}", "sources": ["test-label"]} | finding for number, finding in enumerate(findings, 1)]
    return {"key": effect, "sources": ["test-label"]} | ({"findings": rows} if rows else {}) | fields


def drug_content(slug="testamol", *, effects=None, **fields):
    return {
        "kind": "drug",
        "slug": slug,
        "name": slug,
        "patient_words": "a tablet for tests",
        "drug_class": "Test tablets",
        "effects": [listing()] if effects is None else effects,
    } | fields


def article_content(slug="does-testamol-ache", **fields):
    return {
        "kind": "article",
        "slug": slug,
        "title": "Does testamol ache?",
        "verdict": "Yes, it can.",
        "short_answer": "Some people ache. [ref:label]",
        "action": "Ask a pharmacist.",
        "drugs": ["testamol"],
        "effects": ["test-ache"],
        "sections": [{"key": "what-it-is", "heading": "What it is", "body": "It aches a bit."}],
        "references": [{"key": "label", "source": "test-label"}],
    } | fields


# Documents


def draft(content, *, by=None):
    """A saved draft of this content; what it names must exist."""
    return workflow.save(restore(content), by=by or writer(), reason="Made for a test")


def signed_off(content, *, by=None):
    document = draft(content, by=by)
    document = workflow.submit(document, by=writer())
    return workflow.sign_off(document, by=reviewer())


def published(content, *, by=None):
    return workflow.publish(signed_off(content, by=by), by=publisher())


def published_world():
    """A source, an effect and a medicine that lists it, all live; returns the medicine."""
    published(source_content())
    published(effect_content())
    return published(drug_content())
