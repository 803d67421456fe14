"""Who may sign off content, and on what authority."""

from django.conf import settings
from django.db import models
from django.utils import timezone


def name_of(user):
    """How colleagues call somebody: by their name, or by the name they log in with."""
    return user.get_full_name() or user.get_username()


class CredentialQuerySet(models.QuerySet):
    def valid(self, on=None):
        return self.filter(valid_until__gte=on or timezone.localdate())


class Credential(models.Model):
    """A clinician's professional registration, entered by an administrator who has seen it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="credentials")
    title = models.CharField(
        max_length=100,
        help_text="Shown to readers beside the name, for example 'Pharmacist' or 'General practitioner'.",
    )
    registration = models.CharField(
        max_length=100, help_text="The register and number, for example 'GPhC 2012345'. Readers can look it up."
    )
    valid_until = models.DateField(help_text="After this day the person can no longer sign off.")

    objects = CredentialQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "registration"], name="credential_unique_per_user"),)

    def __str__(self):
        return f"{name_of(self.user)}, {self.title} ({self.registration})"
