"""Headers on every answer, and cookies for editors only."""

from functools import lru_cache

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django_otp.middleware import OTPMiddleware

from .styles import csp_source

# Denied to our own pages too, so that even a script that got in could not use them.
_FEATURES = (
    "accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation gyroscope hid "
    "idle-detection local-fonts magnetometer microphone midi payment picture-in-picture publickey-credentials-get "
    "screen-wake-lock serial sync-xhr usb xr-spatial-tracking"
).split()

# Django's SecurityMiddleware sets some of these, but not on an answer that it makes itself, such as 400 for a wrong host.
HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def is_for_editors(request):
    return request.path_info.startswith("/admin/")


class SecurityHeadersMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        csp_source()  # a missing stylesheet stops the start, not the first reader

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        # Without a referrer a form sends "Origin: null", which Django's CSRF check refuses; reader pages post nothing.
        response.headers["Referrer-Policy"] = "same-origin" if is_for_editors(request) else "no-referrer"
        # As in Django 6.0: with DEBUG on, Django's own error pages need their inline style.
        if not (settings.DEBUG and response.status_code in (400, 403, 404, 500)):
            framed = getattr(response, "is_framed_by_us", False)
            response.headers.setdefault(
                "Content-Security-Policy", policy(csp_source(), for_editors=is_for_editors(request), framed=framed)
            )
        return response


@lru_cache(maxsize=4)
def policy(style_source, *, for_editors=False, framed=False):
    """The policy of a page. Editors' pages hold the preview in a frame; that page alone may be framed, by our own."""
    directives = settings.SECURE_CSP | {"style-src": [*settings.SECURE_CSP["style-src"], style_source]}
    if for_editors:
        directives |= {"frame-src": ["'self'"]}
    if framed:
        directives |= {"frame-ancestors": ["'self'"]}
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


class _EditorsOnly:
    """Runs one of Django's middlewares below /admin/ and nowhere else.

    Django's own set no cookie on a page that asks for none; but one {% csrf_token %} or {{ user }} in a shared template,
    and no cache may hold the page any more. And the CSRF check would answer 403 to a PUT or POST where 405 is the truth.
    """

    def __call__(self, request):
        return super().__call__(request) if is_for_editors(request) else self.get_response(request)


class EditorSessionMiddleware(_EditorsOnly, SessionMiddleware):
    pass


class EditorAuthenticationMiddleware(_EditorsOnly, AuthenticationMiddleware):
    pass


class EditorSecondFactorMiddleware(_EditorsOnly, OTPMiddleware):
    pass


class EditorMessageMiddleware(_EditorsOnly, MessageMiddleware):
    pass


class EditorCsrfMiddleware(_EditorsOnly, CsrfViewMiddleware):
    def process_view(self, request, callback, callback_args, callback_kwargs):
        if is_for_editors(request):
            return super().process_view(request, callback, callback_args, callback_kwargs)
        return None
