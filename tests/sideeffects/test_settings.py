"""What the environment may say, and the sentence that answers a wrong value. Each case is a process of its own."""

import ast
import json
import shutil
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings

KEY = "an-example-key-for-tests-only-" * 2
PUBLIC = {"ALLOWED_HOSTS": "www.example.org", "SECRET_KEY": KEY}
SHOW = "import json, settings as s; print(json.dumps({n: getattr(s, n) for n in dir(s) if n.isupper()}, default=str))"


@pytest.fixture
def start(tmp_path):
    """start(NAME=value): settings.py alone in an empty tree, as a finished process."""
    home = tmp_path / "home" / "sideeffects"
    home.mkdir(parents=True)
    shutil.copy(settings.BASE_DIR / "sideeffects" / "settings.py", home)

    def started(**environment):
        command = [sys.executable, "-B", "-c", SHOW]
        return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)

    started.var = home.parent / "var"
    return started


@pytest.fixture
def values(start):
    def read(**environment):
        process = start(**environment)
        assert process.stderr == ""
        return json.loads(process.stdout)

    return read


def test_without_a_variable_the_site_is_local(values):
    local = values()

    assert not local["DEBUG"] and not local["PRODUCTION"] and not local["SECURE_SSL_REDIRECT"]
    assert set(local["ALLOWED_HOSTS"]) == {"127.0.0.1", "localhost", "[::1]"}


def test_debug_is_opted_into(values):
    assert values(DEBUG="1")["DEBUG"] is True


def test_local_key_is_private_and_stays(start, values):
    first, second = values(), values()

    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert stat.S_IMODE((start.var / "secret-key").stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_one_key(start, values):
    with ThreadPoolExecutor(8) as pool:
        keys = {made["SECRET_KEY"] for made in pool.map(lambda _: values(), range(8))}

    assert len(keys) == 1
    assert sorted(path.name for path in start.var.iterdir()) == ["secret-key", "static"]


def test_key_file_that_others_can_read_is_refused(start, values):
    values()
    (start.var / "secret-key").chmod(0o644)

    process = start()

    assert process.returncode == 78
    assert "others on this machine can read" in process.stderr


def test_public_host_makes_production(values):
    public = values(**PUBLIC)

    assert public["PRODUCTION"] and public["SECURE_SSL_REDIRECT"] and public["SECURE_HSTS_SECONDS"] == 63072000
    assert public["SESSION_COOKIE_NAME"].startswith("__Host-") and public["SESSION_COOKIE_SECURE"]
    assert public["CSRF_COOKIE_NAME"].startswith("__Host-") and public["CSRF_COOKIE_SECURE"]
    assert public["SITE_URL"] == "https://www.example.org"


def test_production_writes_nothing(start, values):
    values(**PUBLIC)

    assert not start.var.exists()


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://ada:p%40ss@mail.example.org:2525?tls=1", 2525, True, False),
        ("smtp://ada:p%40ss@mail.example.org?tls=1", 587, True, False),
        ("smtp://ada:p%40ss@mail.example.org?ssl=1", 465, False, True),
        ("smtp://ada:p%40ss@mail.example.org/", 25, False, False),
    ],
)
def test_mail_server_is_one_address(values, url, port, tls, ssl):
    got = values(**PUBLIC, EMAIL_URL=url, DEFAULT_FROM_EMAIL="Side Effects <site@example.org>")

    assert (got["EMAIL_HOST"], got["EMAIL_PORT"]) == ("mail.example.org", port)
    assert (got["EMAIL_HOST_USER"], got["EMAIL_HOST_PASSWORD"]) == ("ada", "p@ss")
    assert (got["EMAIL_USE_TLS"], got["EMAIL_USE_SSL"], got["SENDS_MAIL"]) == (tls, ssl, True)
    assert got["DEFAULT_FROM_EMAIL"] == "Side Effects <site@example.org>"


def test_without_a_mail_server_a_local_site_prints_mails_and_a_public_one_sends_none(values):
    local, public = values(), values(**PUBLIC)

    assert ("console" in local["EMAIL_BACKEND"], local["SENDS_MAIL"]) == (True, True)
    assert ("dummy" in public["EMAIL_BACKEND"], public["SENDS_MAIL"]) == (True, False)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"ALLOWED_HOSTS": "www.example.org"}, "needs a SECRET_KEY of its own; make one with python3 -c"),
        (PUBLIC | {"SECRET_KEY": "short"}, "SECRET_KEY is too weak"),
        (PUBLIC | {"SECRET_KEY": "a" * 60}, "SECRET_KEY is too weak"),
        (PUBLIC | {"SECRET_KEY": "django-insecure-" + KEY}, "SECRET_KEY is too weak"),
        (PUBLIC | {"DEBUG": "1"}, "DEBUG=1 shows settings"),
        (PUBLIC | {"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS has '*'"),
        (PUBLIC | {"ALLOWED_HOSTS": ".example.org"}, "ALLOWED_HOSTS has '.example.org'"),
        (PUBLIC | {"ALLOWED_HOSTS": "https://example.org"}, "ALLOWED_HOSTS has 'https://example.org'"),
        (PUBLIC | {"SITE_URL": "http://www.example.org"}, "SITE_URL must start with https://"),
        (PUBLIC | {"SITE_URL": "https://other.example.org"}, "name a host of ALLOWED_HOSTS"),
        ({"SITE_URL": "www.example.org"}, "SITE_URL is not an address"),
        ({"DEBUG": "yes"}, "DEBUG is 'yes'; write 1 or 0."),
        ({"CONTACT_EMAIL": "nobody"}, "CONTACT_EMAIL is not one e-mail address"),
        ({"EMAIL_URL": "https://mail.example.org"}, "EMAIL_URL is not understood"),
        ({"EMAIL_URL": "smtp://"}, "EMAIL_URL is not understood"),
        ({"EMAIL_URL": "smtp://mail.example.org:port"}, "EMAIL_URL is not understood"),
        ({"EMAIL_URL": "smtp://mail.example.org?tls=yes"}, "EMAIL_URL is not understood"),
        ({"EMAIL_URL": "smtp://mail.example.org"}, "EMAIL_URL needs DEFAULT_FROM_EMAIL"),
        ({"DEFAULT_FROM_EMAIL": "Side Effects"}, "DEFAULT_FROM_EMAIL is not a sender"),
        ({"DATABASE_URL": "mysql://host/name"}, "DATABASE_URL is not understood"),
        ({"DATABASE_URL": "postgres://host"}, "DATABASE_URL is not understood"),
        ({"DATABASE_URL": "postgres://host:port/name"}, "DATABASE_URL is not understood"),
        ({"DATABASE_URL": "postgres://host/name?sslmod=require"}, "DATABASE_URL is not understood"),
        ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL is not understood"),
    ],
)
def test_wrong_value_stops_the_start_with_one_sentence(start, environment, sentence):
    process = start(**environment)

    assert process.returncode == 78
    assert sentence in process.stderr
    assert len(process.stderr.splitlines()) == 1


def test_postgresql_address_is_read_whole(values):
    database = values(DATABASE_URL="postgres://us%40er:p%2Fw@db.example.org:5433/side?sslmode=require")["DATABASES"]

    assert database["default"] == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "side",
        "USER": "us@er",
        "PASSWORD": "p/w",
        "HOST": "db.example.org",
        "PORT": 5433,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 2, "sslmode": "require"},
    }


def test_sqlite_path_can_be_absolute(values):
    assert values(DATABASE_URL="sqlite:////srv/data/site.sqlite3")["DATABASES"]["default"]["NAME"] == (
        "/srv/data/site.sqlite3"
    )


def test_only_settings_read_the_environment():
    readers = set()
    for folder in ("articles", "sideeffects"):
        for path in (settings.BASE_DIR / folder).rglob("*.py"):
            names = [node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)]
            if {"environ", "getenv"} & set(names):
                readers.add(path.name)

    assert readers == {"settings.py", "wsgi.py"}  # wsgi.py only names the settings


def test_every_variable_stands_in_the_readme():
    source = (settings.BASE_DIR / "sideeffects" / "settings.py").read_text()
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = {
        call.args[0].value
        for call in calls
        if getattr(call.func, "id", "") in ("_text", "_boolean") and isinstance(call.args[0], ast.Constant)
    }

    assert {"SECRET_KEY", "DEBUG", "SITE_URL"} <= names
    assert [name for name in sorted(names) if f"`{name}`" not in (settings.BASE_DIR / "README.md").read_text()] == []
