"""Which live pages rest on evidence that has changed since they were published."""

from django.conf import settings
from django.db import models

from .documents import Document, Revision


class EvidenceChange(models.Model):
    """A page that readers see uses a source, or the figures of a medicine, of which another version is now live.

    It stays on the list of the page's owner until somebody has looked: by publishing the page anew, or by saying that
    nothing in it has to change.
    """

    page = models.ForeignKey(Document, models.CASCADE, related_name="evidence_changes")
    evidence = models.ForeignKey(Document, models.CASCADE, related_name="pages_to_look_at")
    # The version that brought the change; None when the evidence was withdrawn.
    revision = models.ForeignKey(Revision, models.DO_NOTHING, null=True, related_name="+")
    what = models.TextField(help_text="What changed, in words.")
    at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self):
        return f"{self.evidence} changed under {self.page}"
