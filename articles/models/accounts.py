"""What happened to accounts, as a log that is only ever added to; and the recovery codes of the second factor.

Not here: what happened to documents (ReviewEvent), and the rules (articles/accounts.py).
"""

from django.conf import settings
from django.db import models


class AccountEvent(models.Model):
    """One line of the log of accounts. Triggers refuse UPDATE and DELETE (guards.py)."""

    class What(models.TextChoices):
        LOGIN = "login", "logged in"
        PASSWORD_RIGHT = "password-right", "gave the right password, no code yet"
        LOGIN_FAILED = "login-failed", "failed to log in"
        LOCKED_OUT = "locked-out", "locked out after wrong passwords"
        LOGOUT = "logout", "logged out"
        FACTOR_SET_UP = "factor-set-up", "second factor set up"
        FACTOR_REMOVED = "factor-removed", "second factor turned off"
        FACTOR_RESET = "factor-reset", "second factor reset by an administrator"
        CODES_RENEWED = "codes-renewed", "new recovery codes made"
        CODE_USED = "code-used", "recovery code used"
        PASSWORD_CHANGED = "password-changed", "password changed"
        RESET_ASKED = "reset-asked", "password reset asked for"
        PASSWORD_RESET = "password-reset", "password reset by mail"
        MADE = "made", "account made"
        CHANGED = "changed", "account changed"
        RIGHTS_CHANGED = "rights-changed", "rights changed"
        DEACTIVATED = "deactivated", "account deactivated"
        REACTIVATED = "reactivated", "account activated again"
        DELETED = "deleted", "deleted"
        HANDED_OVER = "handed-over", "pages handed over"

    # Names stand beside the keys, and the keys bind nothing: the log outlives an account, and no row of it is ever updated.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    by_name = models.CharField("by", max_length=150, blank=True)
    what = models.CharField(max_length=20, choices=What)
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="account_events"
    )
    about_name = models.CharField("about", max_length=150, blank=True)
    network = models.CharField(max_length=45, blank=True, help_text="A part of the address; never the whole.")
    details = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self):
        return f"{self.about_name or 'unknown name'}: {self.get_what_display()}"


class RecoveryCode(models.Model):
    """One unused recovery code of an account; using it deletes it. The code itself is nowhere."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_unique_per_user"),)

    def __str__(self):
        return f"Recovery code of {self.user}"
