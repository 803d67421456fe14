"""What a test of two editors needs: the page, what is stored of it, and a save by the other one in between."""

from articles import workflow
from articles.content import restore
from articles.models import Document
from articles.revisions import latest_revision

SECTIONS = [
    {"key": "why", "heading": "Why it aches", "body": "No one knows."},
    {"key": "when", "heading": "When it aches", "body": "At night."},
    {"key": "where", "heading": "Where it aches", "body": "In the legs."},
]


def change(document):
    return f"/admin/articles/{document._meta.model_name}/{document.pk}/change/"


def content_of(document):
    return latest_revision(Document.objects.get(pk=document.pk)).content


def seen(document):
    """The version that the page of conflicts shows as stored."""
    return latest_revision(document).number


def as_bert(document, bert, content):
    """Somebody else saves this content in between."""
    return workflow.save(restore(content, document=document), by=bert, reason="By Bert")
