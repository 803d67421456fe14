"""No log ever shows what a reader looked up: real servers are asked for an unguessable word, and all they print is read."""

import http.client
import logging
import os
import secrets
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection

from sideeffects.logs import PrivateFormatter

# The project with two more addresses, so that a 500 happens on demand and quotes what was asked.
LOUD_SETTINGS = "from sideeffects.settings import *\nROOT_URLCONF = 'loud_urls'"
LOUD_URLS = """
from django.http import HttpResponse
from django.urls import include, path
from sideeffects.urls import handler400, handler500

def fine(request):
    return HttpResponse("fine")

def broken(request):
    try:
        int(request.GET["q"])
    except ValueError as error:
        raise RuntimeError(f"no number in {request.get_full_path()}") from error

urlpatterns = [path("fine/", fine), path("broken/", broken), path("", include("sideeffects.urls"))]
"""
SERVERS = {
    "serve": ["manage.py", "serve", "--port", "{port}"],
    "runserver": ["manage.py", "runserver", "--noreload", "127.0.0.1:{port}"],
    "gunicorn": ["-m", "gunicorn", "sideeffects.wsgi", "-c", "deploy/gunicorn.conf.py", "-b", "127.0.0.1:{port}"],
}


@pytest.fixture
def filled(tmp_path, django_db_setup):
    """A database file with the shipped content, for the servers of a test."""
    if connection.vendor != "sqlite":
        pytest.skip("The walk copies a SQLite file; run it without DATABASE_URL.")
    path = tmp_path / "empty.sqlite3"
    # By a connection of its own: the test's is inside a transaction, and a copy would wait for its end for ever.
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy)
    return path


@pytest.fixture(params=SERVERS)
def server(request, tmp_path):
    """A server of the loud project on a free port; stop() ends it and gives all that it printed."""
    if "filled" in request.fixturenames:
        request.getfixturevalue("filled")
    (tmp_path / "loud.py").write_text(LOUD_SETTINGS)
    (tmp_path / "loud_urls.py").write_text(LOUD_URLS)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "loud",
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{settings.BASE_DIR}",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
    }
    command = [sys.executable, *(part.format(port=port) for part in SERVERS[request.param])]
    log = tmp_path / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=output, stderr=output)
    process.port = port

    def stop():
        process.terminate()
        process.wait(10)
        return log.read_text()

    process.stop = stop
    _wait_for(process, log)
    yield process
    process.kill()
    process.wait()


def _wait_for(process, log):
    for _ in range(200):
        try:
            return socket.create_connection(("127.0.0.1", process.port)).close()
        except OSError:
            assert process.poll() is None, log.read_text()
            time.sleep(0.1)
    raise AssertionError(log.read_text())


def ask(port, target, **headers):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", target, headers=headers)
        return connection.getresponse().status


def ask_raw(port, line):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(line.encode() + b"\r\n\r\n")
        return connection.recv(100)


def test_servers_print_no_query_and_no_referrer(server):
    word = secrets.token_hex(12)
    referrer = {"Referer": f"http://127.0.0.1/search/?q={word}"}

    statuses = [
        ask(server.port, f"/fine/?q={word}", **referrer),
        ask(server.port, f"/no-such-page/?q={word}", **referrer),
        ask(server.port, f"/fine/?q={word}", Host=f"evil.example?{word}"),
        ask(server.port, f"/broken/?q={word}", **referrer),
        ask(server.port, f"/admin?q={word}"),
    ]
    ask_raw(server.port, f"GET /fine/?q=two {word} HTTP/1.1")
    ask_raw(server.port, f"GET /fine/?q={word} HTTP/7.x")
    printed = server.stop()

    assert statuses == [200, 404, 400, 500, 301]
    assert word not in printed
    assert "/broken/" in printed and "RuntimeError" in printed and "ValueError" in printed


def walk(port, word):
    """Ask every page that takes words, in every form in which it answers, with a word that stands nowhere else."""
    words = f"nimodipine+{word}+swolen+ankels+chest+pain"
    referrer = {"Referer": f"http://127.0.0.1/check/?q={words}"}
    addresses = [
        f"/?q={words}",
        f"/check/?q={words}",
        f"/check/?q={words}&format=json",
        f"/check/?medicine={word}&medicine=norvasc&symptom={word}",
        f"/check/?q={words}&class={word}&band={word}&page={word}",
        f"/check/?q={word * 20}",
        f"/check/sheet/?q={words}",
        f"/check/sheet/?q={words}&save=1",
        f"/compare/?medicine=amlodipine&medicine={word}",
        f"/search/?q={words}",
        f"/search/?q={words}&page=999",
        f"/medicines/?by={word}",
        f"/no-such-page/?q={words}",
        f"/admin/login/?next=/check/?q={words}",
    ]
    statuses = [ask(port, address, **referrer) for address in addresses]
    statuses += [ask(port, f"/check/?q={words}", **referrer, **{"HX-Request": "true"})]
    ask_raw(port, f"GET /check/?q=two {word} HTTP/1.1")
    return statuses


@pytest.mark.django_db
@pytest.mark.parametrize("server", SERVERS, indirect=True)
def test_a_walk_through_the_site_writes_nothing_that_was_typed(server, filled, tmp_path):
    word = f"zz{secrets.token_hex(8)}"

    statuses = walk(server.port, word)
    printed = server.stop()

    assert not any(status >= 500 for status in statuses), statuses
    assert printed.count("/check/") >= 6
    assert word not in printed
    written = [path for path in tmp_path.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]
    assert written == []
    with closing(sqlite3.connect(filled)) as database:
        asked_for = database.execute("SELECT name FROM articles_askedfor").fetchall()
    assert ("Nimodipine",) in asked_for, "the walk was to be counted by the names of our lists"


def record(message, *arguments, **more):
    made = logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, arguments, None)
    made.__dict__.update(more)
    return made


@pytest.mark.parametrize(
    ("message", "arguments", "printed"),
    [
        ('"%s" %s %s', ("GET /search/?q=sad HTTP/1.1", "200", 15), '"GET /search/?..." 200 15'),
        ("Bad request syntax ('GET /?q=very sad HTTP/1.1')", (), "Bad request syntax ('GET /?..."),
        ("%(path)s failed", ({"path": "/a/?q=sad"},), "/a/?... failed"),
        (
            "Forbidden (%s): %s",
            ("Referer checking failed - https://a/?q=sad x", "/"),
            "Forbidden (Referer checking failed",
        ),
    ],
)
def test_formatter_cuts_the_query(message, arguments, printed):
    text = PrivateFormatter("%(message)s").format(record(message, *arguments))

    assert printed in text
    assert "sad" not in text


def test_error_of_a_command_keeps_its_message():
    try:
        raise ValueError("no such table")
    except ValueError:
        made = record("load failed", exc_info=sys.exc_info())

    assert "ValueError: no such table" in PrivateFormatter("%(message)s").format(made)


def test_formatter_leaves_the_record_to_other_handlers():
    made = record("%s", "/a/?q=kept")

    PrivateFormatter("%(message)s").format(made)

    assert made.getMessage() == "/a/?q=kept"


def test_nginx_example_logs_no_query():
    text = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text()
    log_format = next(line for line in text.splitlines() if line.startswith("log_format"))

    assert not {"$request ", "$request_uri", "$args", "$query_string", "$http_referer", "$remote_addr"} & set(
        log_format.replace("'", " ").split()
    )
    assert "error_log /var/log/nginx/side-effects-error.log crit;" in text
