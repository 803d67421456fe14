"""Setting the second factor up, renewing its recovery codes, moving it to another phone, turning it off."""

from base64 import b32encode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django_otp.util import random_hex
from qrcode import ERROR_CORRECT_L, QRCode

from .. import accounts

# In the session and not in a row: what somebody else began with a stolen password is not what the owner confirms.
NEW_KEY = "new_second_factor"


def answer(site, request, device, kept):
    """The page for an editor who may see it: whose session owes no code."""
    if device is None or NEW_KEY in request.session:
        return _confirm(site, request, device, kept) if request.method == "POST" else offer(site, request, kept)
    if request.method == "POST":
        return _change(site, request)
    return _show(site, request)


def offer(site, request, kept=None, *, is_wrong=False, status=200):
    """Show the new key as a picture and as text, and ask for a code that it makes."""
    key = request.session.setdefault(NEW_KEY, random_hex())
    device = accounts.new_device(request.user, key)
    device.user = request.user
    side, picture = _picture(device.config_url)
    context = {"secret": _in_fours(b32encode(device.bin_key).decode()), "side": side, "picture": picture}
    title = "Set up the second factor"
    replaces = accounts.device_of(request.user) is not None
    return site.step(
        request, "second_factor_new", title, kept, status=status, is_wrong=is_wrong, replaces=replaces, **context
    )


def _confirm(site, request, device, kept):
    if "cancel" in request.POST and device:
        del request.session[NEW_KEY]
        return HttpResponseRedirect(reverse("admin:second_factor"))
    key = request.session.get(NEW_KEY)
    codes = key and accounts.set_up(request, accounts.new_device(request.user, key), request.POST.get("code", ""))
    if not codes:
        return offer(site, request, kept, is_wrong=True)
    del request.session[NEW_KEY]
    return _show_codes(site, request, codes, kept)


def _change(site, request):
    """Each change asks for a code anew: an unlocked screen alone must not be enough."""
    wanted = request.POST.get("do")
    if wanted not in ("codes", "replace", "remove"):
        return _show(site, request)
    if accounts.check_code(request, request.POST.get("code", "")) is None:
        return _show(site, request, is_wrong=True)
    if wanted == "codes":
        return _show_codes(site, request, accounts.renew_codes(request))
    if wanted == "replace":
        request.session[NEW_KEY] = random_hex()
    elif settings.PRODUCTION:
        messages.error(request, "Every account of this site needs a second factor, so it cannot be turned off.")
    else:
        accounts.remove_second_factor(request, request.user)
        messages.success(request, "The second factor is off. Your password alone logs you in.")
        return HttpResponseRedirect(reverse("admin:index"))
    return HttpResponseRedirect(reverse("admin:second_factor"))


def _show(site, request, *, is_wrong=False):
    return site.step(
        request,
        "second_factor",
        "Your second factor",
        is_wrong=is_wrong,
        wait=accounts.seconds_to_wait(request.user),
        codes_left=request.user.recovery_codes.count(),
        can_remove=not settings.PRODUCTION,
    )


def _show_codes(site, request, codes, kept=None):
    return site.step(request, "recovery_codes", "Your recovery codes", kept, codes=codes)


def _in_fours(text):
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _picture(address):
    """A QR code as the side of its square and the path of its dark modules, for an SVG in the page."""
    code = QRCode(border=4, error_correction=ERROR_CORRECT_L)  # a screen is not torn, and fewer modules are read sooner
    code.add_data(address)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return len(rows), path
