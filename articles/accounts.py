"""What is done to accounts, each with its line in the log: second factors, recovery codes, rights, handing pages over.

The caller is named by the request. Not here: pages (entrance/, admin/accounts.py) and what editors may do (permissions.py).
"""

import hashlib
import secrets
from math import ceil

import django_otp
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from . import letters
from .models import AccountEvent, Document, RecoveryCode
from .network import network

What = AccountEvent.What
RECOVERY_CODES = 10
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # without l, o, 0 and 1, which are mistaken for each other
# Each wrong code doubles the wait for the next one, up to four minutes: to guess a code takes years all the same, and who
# knows a colleague's password cannot keep them out for hours.
MOST_COUNTED = 9
_CODE_LENGTH = 24  # of 32 letters: 120 bits, so a plain hash is enough (ASVS 5.0, 6.5.2) and no salt is needed


def record(request, what, about=None, *, by=None, about_name="", **details):
    """Add a line to the log. Call it in the transaction of what it tells of."""
    user = getattr(request, "user", None)
    by = by or (user if user is not None and user.is_authenticated else None)
    AccountEvent.objects.create(
        what=what,
        by_id=by.pk if by else None,
        by_name=by.get_username() if by else "",
        about_id=about.pk if about else None,
        about_name=(about.get_username() if about else about_name)[:150],
        network=network(request),
        details=details,
    )


# The second factor


def device_of(user):
    """The app that makes this account's codes, or None."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).first()


def lacks_second_factor(user):
    """Whether this session still owes a code: always on a public site, locally only if the account has set one up."""
    if getattr(user, "otp_device", None):
        return False
    if not settings.PRODUCTION and not hasattr(user, "has_device"):
        user.has_device = device_of(user) is not None  # a page of the admin asks several times
    return settings.PRODUCTION or user.has_device


def new_device(user, key):
    return TOTPDevice(user_id=user.pk, key=key, name="Authenticator app")


def set_up(request, device, code):
    """Take the device into use if the code is its own; returns new recovery codes, or None for a wrong code."""
    with transaction.atomic():
        device.save()
        if not device.verify_token(_digits(code)):
            transaction.set_rollback(True)
            return None
        replaced, _ = TOTPDevice.objects.filter(user_id=device.user_id).exclude(pk=device.pk).delete()
        record(request, What.FACTOR_SET_UP, request.user, replaced=bool(replaced))
        codes = _fresh_codes(request.user)
    django_otp.login(request, device)
    request.session.cycle_key()
    return codes


def check_code(request, code):
    """The account's device if the code is right now, by its app or as a recovery code; each is good once."""
    user, device = request.user, device_of(request.user)
    if device is None:
        return None
    if len(_digits(code)) == device.digits and _digits(code) == _plain(code):
        accepted = django_otp.verify_token(user, device.persistent_id, _digits(code))
        worse = TOTPDevice.objects.filter(pk=device.pk, throttling_failure_count__gt=MOST_COUNTED)
        worse.update(throttling_failure_count=MOST_COUNTED)
        return accepted
    with transaction.atomic():
        used, _ = RecoveryCode.objects.filter(user_id=user.pk, digest=_digest(code)).delete()
        if used:
            record(request, What.CODE_USED, user, left=user.recovery_codes.count())
    return device if used else None


def seconds_to_wait(user):
    """How long no code of the app is looked at, after wrong ones."""
    device = device_of(user)
    allowed, why = device.verify_is_allowed() if device else (True, None)
    return 0 if allowed else max(1, ceil((why["locked_until"] - timezone.now()).total_seconds()))


def renew_codes(request):
    with transaction.atomic():
        record(request, What.CODES_RENEWED, request.user)
        return _fresh_codes(request.user)


def remove_second_factor(request, user):
    """Turn it off, for oneself or for a colleague who lost the phone and the codes."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user_id=user.pk).delete()
        RecoveryCode.objects.filter(user_id=user.pk).delete()
        record(request, What.FACTOR_REMOVED if user.pk == request.user.pk else What.FACTOR_RESET, user)


def _fresh_codes(user):
    codes = ["".join(secrets.choice(LETTERS) for _ in range(_CODE_LENGTH)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(user_id=user.pk).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user_id=user.pk, digest=_digest(code)) for code in codes)
    return ["-".join(code[start : start + 4] for start in range(0, _CODE_LENGTH, 4)) for code in codes]


def _plain(code):
    return "".join(code.split()).replace("-", "").lower()


def _digits(code):
    return "".join(letter for letter in _plain(code) if letter in "0123456789")


def _digest(code):
    return hashlib.sha256(_plain(code).encode()).hexdigest()


# Rights


def rights(user):
    """What an account may do, in words, as the database has it now; None for no account."""
    user = get_user_model().objects.filter(pk=user.pk).first()
    return user and {
        "active": user.is_active,
        "staff": user.is_staff,
        "administrator": user.is_superuser,
        "groups": sorted(user.groups.values_list("name", flat=True)),
        "permissions": _permissions(user.user_permissions),
    }


def rights_of_group(group):
    return {"name": group.name, "permissions": _permissions(group.permissions)}


def differences(before, after):
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}


def record_account(request, user, before, changed_fields):
    """Log what a save of an account's page did; `before` are its rights then, None if it is new."""
    after = rights(user)
    if before is None:
        return record(request, What.MADE, user, **after)
    changes = differences(before, after)
    if "active" in changes:
        changes.pop("active")
        record(request, What.REACTIVATED if user.is_active else What.DEACTIVATED, user)
    if changes:
        record(request, What.RIGHTS_CHANGED, user, **changes)
    # Names of fields only: the log stays for ever, and an e-mail address need not.
    others = sorted({"username", "first_name", "last_name", "email"} & set(changed_fields))
    if others:
        record(request, What.CHANGED, user, fields=others)
    return None


def _permissions(permissions):
    return sorted(".".join(names) for names in permissions.values_list("content_type__app_label", "codename"))


def has_history(user):
    """Whether the account did or owns anything, so that it is deactivated and never deleted."""
    return bool(
        user.last_login
        or user.revisions.exists()
        or user.review_events.exists()
        or user.credentials.exists()
        or Document.objects.filter(owner=user).exists()
    )


# Handing over


def in_hand(user):
    """{field of a page that names a person: how many pages name this one}"""
    return {field: Document.objects.filter(**{field: user}).count() for field in _person_fields()}


def hand_over(request, leaver, colleague):
    """Give every page of one person to another. Neither is content, so no version is stored.

    A review that was asked for goes along only to somebody who may sign off; otherwise any reviewer may take it.
    """
    with transaction.atomic():
        counts = in_hand(leaver)
        for field in counts:
            pages = Document.objects.filter(**{field: leaver}).order_by("pk")
            to = colleague if field == "owner" or colleague.has_perm("articles.sign_off_document") else None
            letters.handed_over(list(pages), role=field, to=to, by=request.user)
            pages.update(**{field: to})
        record(request, What.HANDED_OVER, leaver, to=colleague.get_username(), **counts)
    return counts


def _person_fields():
    user_model = get_user_model()
    return [field.name for field in Document._meta.concrete_fields if field.related_model is user_model]
