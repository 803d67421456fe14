"""Which address is believed, and how much of it is kept."""

import pytest
from django.test import RequestFactory

from articles.network import client_address, network


def request(address, forwarded=None):
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/admin/", REMOTE_ADDR=address, **headers)


@pytest.mark.parametrize(
    ("production", "address", "forwarded", "believed"),
    [
        (False, "203.0.113.9", None, "203.0.113.9"),
        (False, "127.0.0.1", "192.0.2.1", "127.0.0.1"),
        (True, "203.0.113.9", "192.0.2.1", "203.0.113.9"),
        (True, "127.0.0.1", "192.0.2.1", "192.0.2.1"),
        (True, "127.0.0.1", "198.51.100.7, 192.0.2.1", "192.0.2.1"),
        (True, "::1", "192.0.2.1", "192.0.2.1"),
        (True, "", "192.0.2.1", "192.0.2.1"),
        (True, "127.0.0.1", None, "127.0.0.1"),
        (True, "127.0.0.1", "not an address", None),
        (False, "", None, None),
        (False, "::ffff:192.0.2.1", None, "192.0.2.1"),
        (False, "2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::"),
    ],
)
def test_address_is_what_the_proxy_on_this_machine_wrote_last(settings, production, address, forwarded, believed):
    settings.PRODUCTION = production

    assert client_address(request(address, forwarded)) == believed


@pytest.mark.parametrize(
    ("address", "kept"),
    [("203.0.113.9", "203.0.113.0/24"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"), ("", "")],
)
def test_log_keeps_a_part_of_the_address(address, kept):
    assert network(request(address)) == kept
