"""Every setting, and the only reader of the environment. The README's table names each variable.

With nothing set the site is local. As soon as ALLOWED_HOSTS names anything but this machine it is production.
"""

import os
import re
import secrets
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"  # what this machine makes for itself: database, key, collected files; never in git

_LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
_MAKE_A_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"


def _refuse(sentence):
    print(f"Side Effects does not start: {sentence}", file=sys.stderr)
    raise SystemExit(78)  # EX_CONFIG of sysexits.h: systemd can be told not to try again


def _text(name):
    return os.environ.get(name, "").strip()


def _boolean(name):
    value = _text(name).lower()
    if value not in ("", "0", "1", "false", "true"):
        _refuse(f"{name} is '{value}'; write 1 or 0.")
    return value in ("1", "true")


def _hosts():
    hosts = _text("ALLOWED_HOSTS").replace(",", " ").split() or _LOOPBACK
    for host in hosts:
        if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\]", host, re.IGNORECASE):
            _refuse(
                f"ALLOWED_HOSTS has '{host}'; write whole host names such as www.example.org, "
                "without a scheme, port or wildcard, parted by commas."
            )
    return hosts


def _is_strong(key):
    # The same rule as Django's check security.W009.
    return len(key) >= 50 and len(set(key)) >= 5 and not key.startswith("django-insecure-")


def _local_key():
    """The key of a local site, made once in a file that only its owner can read."""
    path = VAR_DIR / "secret-key"
    try:
        VAR_DIR.mkdir(exist_ok=True)
        if not path.exists():
            draft = path.with_name(f"secret-key.{secrets.token_hex(8)}")
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(64))
            try:
                os.link(draft, path)  # Unlike a rename it never replaces the key of a process that was faster.
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        if path.stat().st_mode & 0o077:
            _refuse(f"others on this machine can read {path}; delete it, and a new key is made.")
        return path.read_text().strip()
    except OSError as error:
        _refuse(f"the key file {path} cannot be used ({error.strerror}); mend that, or set SECRET_KEY.")


def _secret_key():
    key = _text("SECRET_KEY")
    if not key and not PRODUCTION:
        key = _local_key()
    if not _is_strong(key):
        fault = "SECRET_KEY is too weak" if key else "a public site needs a SECRET_KEY of its own"
        _refuse(f"{fault}; make one with {_MAKE_A_KEY}")
    return key


def _database():
    url = _text("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'side-effects.sqlite3'}"
    if url.startswith("sqlite:///") and url != "sqlite:///" and "?" not in url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": BASE_DIR / unquote(url.removeprefix("sqlite:///")),
            "CONN_MAX_AGE": 60,  # opening the file with these pragmas costs as much as the rest of a page
            "OPTIONS": {
                # Measured with 20 editors saving at once: stock settings lost 47 of 200 saves, these none.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # Without recursive_triggers INSERT OR REPLACE would delete a row and ask no trigger (guards.py).
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA recursive_triggers=ON;"
                    "PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-20000"
                ),
            },
            # A file, because WAL and locks between threads do not exist in memory; one a process, so two runs can meet.
            "TEST": {"NAME": VAR_DIR / f"test-{os.getpid()}.sqlite3"},
        }
    try:
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
        name, port = unquote(parts.path[1:]), parts.port
    except ValueError:
        parts = None
    if (
        parts is None
        or parts.scheme not in ("postgres", "postgresql")
        or not re.fullmatch(r"[^/]+", name)
        or not options.keys() <= {"host", "sslmode", "sslrootcert"}
    ):
        _refuse(
            "DATABASE_URL is not understood; write postgres://user:password@host:5432/name "
            "(after a ? only host, sslmode or sslrootcert) or sqlite:////path/to/file."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 2} | options,
    }


def _site_url():
    url = _text("SITE_URL").rstrip("/") or (f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000")
    if not re.fullmatch(r"https?://[^/?#@\s]+", url):
        _refuse("SITE_URL is not an address such as https://www.example.org, without a path.")
    host = url.split("://")[1].lower()
    if PRODUCTION and (not url.startswith("https://") or host.partition(":")[0] not in map(str.lower, ALLOWED_HOSTS)):
        _refuse("SITE_URL must start with https:// and name a host of ALLOWED_HOSTS.")
    return url


def _contact_email():
    address = _text("CONTACT_EMAIL")
    if address and not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+", address):
        _refuse("CONTACT_EMAIL is not one e-mail address; write one such as contact@example.org, or leave it out.")
    return address


def _mail():
    """How to reach the mail server, as Django's settings; without EMAIL_URL a public site sends no mail."""
    url = _text("EMAIL_URL")
    if not url:
        # What the console shows ends in the log of a public site, and a reset link in a log is a key under the mat.
        return {"EMAIL_BACKEND": f"django.core.mail.backends.{'dummy' if PRODUCTION else 'console'}.EmailBackend"}
    try:
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, options = None, None, {}
    if (
        not host
        or parts.scheme != "smtp"
        or parts.path not in ("", "/")
        or options not in ({}, {"tls": "1"}, {"ssl": "1"})
    ):
        _refuse(
            "EMAIL_URL is not understood; write smtp://user:password@host:587?tls=1 "
            "(after the ? tls=1 for STARTTLS, ssl=1 for TLS from the start, or nothing)."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": port or (465 if "ssl" in options else 587 if "tls" in options else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": "tls" in options,
        "EMAIL_USE_SSL": "ssl" in options,
        "EMAIL_TIMEOUT": 10,
    }


def _sender():
    sender = _text("DEFAULT_FROM_EMAIL")
    if sender and not re.fullmatch(r"([^<>\"@\r\n]+ <)?[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+>?", sender):
        _refuse("DEFAULT_FROM_EMAIL is not a sender; write site@example.org or 'Side Effects <site@example.org>'.")
    if _text("EMAIL_URL") and not sender:
        _refuse("EMAIL_URL needs DEFAULT_FROM_EMAIL, the sender of the mails, such as site@example.org.")
    return sender or "side-effects@localhost"


ALLOWED_HOSTS = _hosts()
PRODUCTION = any(host.lower() not in _LOOPBACK for host in ALLOWED_HOSTS)
DEBUG = _boolean("DEBUG")
if PRODUCTION and DEBUG:
    _refuse("DEBUG=1 shows settings and data to everybody; leave it out when ALLOWED_HOSTS names a public host.")
SECRET_KEY = _secret_key()
DATABASES = {"default": _database()}
SITE_URL = _site_url()
CONTACT_EMAIL = _contact_email()
globals().update(_mail())
DEFAULT_FROM_EMAIL = _sender()
SENDS_MAIL = bool(_text("EMAIL_URL")) or not PRODUCTION

ROOT_URLCONF = "sideeffects.urls"
WSGI_APPLICATION = "sideeffects.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "sideeffects.apps.EditorsAdminConfig",  # django.contrib.admin with an AdminSite of ours
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "articles",
]
MIDDLEWARE = [
    "sideeffects.middleware.SecurityHeadersMiddleware",  # outermost, so that errors of the others get the headers too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sideeffects.middleware.EditorSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "sideeffects.middleware.EditorCsrfMiddleware",
    "sideeffects.middleware.EditorAuthenticationMiddleware",
    "sideeffects.middleware.EditorSecondFactorMiddleware",
    "sideeffects.middleware.EditorMessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sideeffects.styles.inline_styles",
            ]
        },
    }
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
FORMS_URLFIELD_ASSUME_HTTPS = True  # Django 6's behaviour; goes with the upgrade
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a medicine's edit form holds every effect with its findings

# Static files. A local site reads an uncollected file from its source, so a fresh clone and the tests need no collectstatic.
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# The pictures of the writers' guide too, which the admin shows.
STATICFILES_DIRS = [BASE_DIR / "static", ("docs", BASE_DIR / "docs" / "screenshots")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "sideeffects.storage.LocalStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
if not PRODUCTION:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# Security. Django 6.0 reads SECURE_CSP itself; our middleware only adds the hash of the inlined stylesheet.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
X_FRAME_OPTIONS = "DENY"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = [
    "security.W003",  # it looks for CsrfViewMiddleware by name; ours is a subclass
    "axes.W002",  # no middleware of django-axes: our login page itself answers who is locked out
]
CSRF_FAILURE_VIEW = "sideeffects.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SAMESITE = "Lax"  # with Strict a link to the admin in an e-mail would end at the login form
# Eight hours after the login, whatever was done in them: renewing it with each request would be a write for each page, and no
# end at all. Who types longer loses nothing: the login page carries the form (articles/entrance/kept.py).
SESSION_COOKIE_AGE = 8 * 60 * 60
# Local names of their own: cookies do not keep ports apart, and other Django sites on 127.0.0.1 use the stock names.
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "side-effects-session"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "side-effects-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if PRODUCTION:
    SECURE_HSTS_SECONDS = 63072000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
# No SECURE_PROXY_SSL_HEADER: it would believe every client. The web server says https (deploy/gunicorn.conf.py).

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

PASSWORD_RESET_TIMEOUT = 60 * 60  # the link is in a mailbox and, as a path, in the web server's log

# Who guesses passwords is stopped for this name from this address; the colleague of that name elsewhere is not.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "articles.network.client_address"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# The log of logins is our own, which nobody can edit; django-axes keeps what it counts for a quarter of an hour.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# It stores what was posted with a wrong password, and our login page may carry a whole article.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "kept", "code", "next"]
OTP_TOTP_ISSUER = "Side Effects"

# What a person looks up about their health is in the query string, so no log has it. Errors are not mailed: mail has it all.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "private": {"()": "sideeffects.logs.PrivateFormatter", "format": "%(asctime)s %(levelname)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "private"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "axes": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},  # it warns of each try, with addresses
    },
}
