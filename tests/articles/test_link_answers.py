"""One request to one address: what comes back, and where it never goes."""

import socket
import threading
import time
from contextlib import suppress

import pytest

from articles.link_answers import NotAsked, ask, public_addresses

from .web import UNKNOWN, small_web


@pytest.fixture
def web():
    with small_web() as web:
        yield web


def methods(web):
    return [method for method, *_ in web.asked]


def test_page_that_is_there_answers_to_head_alone_and_is_told_who_asks(web):
    answer = web.ask(web.address("/a page?for=readers"))

    assert (answer.status, answer.problem) == (200, "")
    assert web.asked == [
        ("HEAD", f"site.example:{web.port}", "/a%20page?for=readers", "Test/1.0 (+https://example.org/about/)")
    ]


@pytest.mark.parametrize("refusal", [403, 404, 405, 501])
def test_server_that_knows_no_head_is_asked_with_get(web, refusal):
    web.answers["/page"] = lambda method: refusal if method == "HEAD" else 200

    assert web.ask(web.address()).status == 200
    assert methods(web) == ["HEAD", "GET"]


def test_server_that_asks_for_patience_is_not_asked_again(web):
    web.answers["/page"] = 429

    assert web.ask(web.address()).status == 429
    assert methods(web) == ["HEAD"]


def test_redirects_are_followed_to_their_end(web):
    web.answers |= {"/page": (301, "/second"), "/second": (302, web.address("/third", host="other.example"))}

    answer = web.ask(web.address())

    assert (answer.status, answer.address) == (200, web.address("/third", host="other.example"))


def test_circle_of_redirects_ends(web):
    web.answers["/page"] = (302, "/page")

    assert web.ask(web.address()).problem == "it sends on more than 5 times"
    assert len(web.asked) == 6


def test_unknown_name_is_told_apart_from_a_server_that_is_down(web):
    unknown = web.ask(web.address(host=UNKNOWN))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        down = web.ask(f"http://site.example:{free.getsockname()[1]}/")

    assert (unknown.nameless, unknown.problem) == (True, "its name is not known")
    assert (down.nameless, down.problem, down.status) == (False, "it broke off the connection", None)


def test_broken_answers_are_a_problem_in_words(web):
    web.answers["/page"] = None

    assert web.ask(web.address()).problem == "it broke off the connection"
    assert web.ask(web.address(scheme="https")).problem == "its certificate or encryption is not in order"


def test_slow_server_is_left(web, monkeypatch):
    def slow(*args):
        raise TimeoutError

    monkeypatch.setattr("articles.link_answers.socket.create_connection", slow)

    assert web.ask(web.address()).problem == "it did not answer in time"


@pytest.mark.parametrize("drip", [b"HTTP/1.1 100 Continue\r\n\r\n", b"x"], ids=["a promise", "a letter"])
def test_server_that_says_a_little_now_and_then_is_left_too(web, drip):
    patience, was_left = 100, threading.Event()

    def talk(listener):
        with listener.accept()[0] as connection, suppress(OSError):
            for _ in range(patience):
                connection.sendall(drip)
                time.sleep(0.05)
            return
        was_left.set()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        talking = threading.Thread(target=talk, args=[listener])
        talking.start()
        answer = web.ask(f"http://site.example:{listener.getsockname()[1]}/", timeout=0.2)
        talking.join()

    assert answer.problem == "it did not answer in time"
    assert was_left.is_set()


@pytest.mark.parametrize(
    "address",
    ["", "github:stored/copy", "file:///etc/passwd", "ftp://site.example/", "http://", "http://[::1", "http://a:port/"],
)
def test_what_is_no_web_address_is_not_asked(web, address):
    assert web.ask(address).problem == "it is no web address"
    assert web.asked == []


# Never into a private network


def leading_to(monkeypatch, *addresses):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "0.0.0.0",
        "::",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::a01:203",
        "2002:7f00:1::",
    ],
)
def test_name_that_leads_to_a_private_network_is_refused(monkeypatch, address):
    leading_to(monkeypatch, "93.184.216.34", address)

    with pytest.raises(NotAsked):
        public_addresses("site.example", 80)


def test_public_name_is_asked_at_its_addresses(monkeypatch):
    leading_to(monkeypatch, "93.184.216.34", "2606:2800:220:1::1")

    assert public_addresses("site.example", 80) == ["93.184.216.34", "2606:2800:220:1::1"]


def test_loopback_server_is_never_reached_without_leave(web):
    answer = ask(f"http://127.0.0.1:{web.port}/", agent="Test")

    assert answer.problem == "it leads to a private network"
    assert web.asked == []


def test_redirect_into_a_private_network_is_not_followed(web):
    def resolve(host, port):
        if host == "inside.example":
            raise NotAsked("it leads to a private network")
        return ["127.0.0.1"]

    web.answers["/page"] = (302, web.address("/secret", host="inside.example"))
    answer = ask(web.address(), agent="Test", resolve=resolve)

    assert answer.problem == "it leads to a private network"
    assert "/secret" not in [path for _, _, path, _ in web.asked]


def test_each_request_goes_to_the_address_that_was_looked_at(web):
    """The name itself is never looked up a second time, when it could lead elsewhere."""
    assert web.ask(web.address(host="no-such-name.invalid")).status == 200
