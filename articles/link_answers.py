"""What one web address answers: a polite request that nobody can lead into our own network. No database.

Not here: which addresses are asked, and what an answer means for a source (links.py).
"""

import ipaddress
import socket
import ssl
import threading
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

TIMEOUT = 15  # seconds, for each step of a connection
# Times that for a whole request: a server that sends a byte now and then never runs into the time of a step.
MOST_STEPS = 4
MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
TOO_MANY_REQUESTS = 429
HEADERS = {"Accept": "text/html, */*;q=0.5", "Accept-Language": "en"}
CONNECTIONS = {"http": HTTPConnection, "https": HTTPSConnection}
NAME_IS_UNKNOWN = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
# Addresses that stand for an IPv4 address behind a gateway, which may be one of our own: NAT64 and 6to4.
_STAND_FOR_OTHERS = [ipaddress.ip_network(network) for network in ("64:ff9b::/32", "2002::/16")]


class Answer(NamedTuple):
    """Where the redirects ended and with which status; without a status, `problem` says why there is none."""

    address: str
    status: int | None = None
    problem: str = ""
    nameless: bool = False  # no such name in the DNS


class NotAsked(OSError):
    """An address that is no web address, or that leads to this machine, its network, or nobody in particular."""


def public_addresses(host, port):
    """The IP addresses of a host, all of which are public, or NotAsked."""
    found = [entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(map(_is_public, found)):
        raise NotAsked("it leads to a private network")
    return found


def ask(address, *, agent, resolve=public_addresses, timeout=TIMEOUT):
    """The Answer of a web address; it raises nothing. HEAD first, and GET where that is refused; no body is read."""
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, location = _request("HEAD", address, agent, resolve, timeout)
            if status >= 400 and status != TOO_MANY_REQUESTS:
                # Many servers know no HEAD; what is called gone has to be gone for a reader's browser too.
                status, location = _request("GET", address, agent, resolve, timeout)
            if status not in REDIRECTS or not location:
                return Answer(address, status)
            address = urljoin(address, location)
        return Answer(address, problem=f"it sends on more than {MOST_REDIRECTS} times")
    except socket.gaierror as error:
        if error.errno in NAME_IS_UNKNOWN:
            return Answer(address, problem="its name is not known", nameless=True)
        return Answer(address, problem="its name cannot be looked up now")
    except (OSError, HTTPException, ValueError) as error:
        return Answer(address, problem=_in_words(error))


def _request(method, address, agent, resolve, timeout):
    """(status, Location) of one request, sent to an IP address that `resolve` allows."""
    parts = urlsplit(address)
    if parts.scheme not in CONNECTIONS or not parts.hostname:
        raise NotAsked("it is no web address")
    connection_type = CONNECTIONS[parts.scheme]
    host, port = parts.hostname.encode("idna").decode(), parts.port or connection_type.default_port
    allowed = resolve(host, port)
    connection = connection_type(host, port, timeout=timeout)
    # To the address that was looked at: looked up a second time, the name could lead elsewhere (DNS rebinding).
    connection._create_connection = lambda where, *rest: _connect(allowed, port, *rest)
    path = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe="/?%:@!$&'()*+,;=~[]")
    is_late = threading.Event()
    deadline = threading.Timer(MOST_STEPS * timeout, _break_off, [connection, is_late])
    deadline.start()
    try:
        connection.request(method, path, headers=HEADERS | {"User-Agent": agent})
        response = connection.getresponse()
        return response.status, response.getheader("Location")
    except (OSError, HTTPException) as error:
        if is_late.is_set():
            raise TimeoutError from error
        raise
    finally:
        deadline.cancel()
        connection.close()


def _break_off(connection, is_late):
    is_late.set()
    with suppress(OSError):
        if connection.sock:
            connection.sock.shutdown(socket.SHUT_RDWR)


def _connect(addresses, port, *rest):
    """The first of a host's addresses that can be reached: a machine without IPv6 fails at those of that kind."""
    for address in addresses[:-1]:
        try:
            return socket.create_connection((address, port), *rest)
        except OSError:
            continue
    return socket.create_connection((addresses[-1], port), *rest)


def _is_public(text):
    address = ipaddress.ip_address(text.partition("%")[0])
    address = getattr(address, "ipv4_mapped", None) or address
    stands_for_another = any(address in network for network in _STAND_FOR_OTHERS)
    return address.is_global and not address.is_multicast and not stands_for_another


def _in_words(error):
    if isinstance(error, NotAsked):
        return str(error)
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    if isinstance(error, ssl.SSLError):
        return "its certificate or encryption is not in order"
    if isinstance(error, ConnectionError | HTTPException):
        return "it broke off the connection"
    return "it is no web address" if isinstance(error, ValueError) else "it cannot be reached"
