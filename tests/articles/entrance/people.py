"""An editor with a second factor, and what the app on the phone would show."""

import time

from django_otp.oath import TOTP
from django_otp.util import random_hex

from articles import accounts

PASSWORD = "a long enough password"


def with_device(user):
    """This user with an app that is in use; its codes count from long ago, so that any code is new."""
    device = accounts.new_device(user, random_hex())
    device.save()
    return device


def code_of(device, *, later=0):
    """The code that the app shows, `later` half minutes from now."""
    totp = TOTP(device.bin_key)
    totp.time = time.time() + 30 * later
    return f"{totp.token():06d}"


def give_password(client, user, **fields):
    return client.post("/admin/login/", {"username": user.username, "password": PASSWORD} | fields)


def give_code(client, code, **fields):
    return client.post("/admin/login/", {"code": code} | fields)


def can_get_in(client):
    return client.get("/admin/").status_code == 200
