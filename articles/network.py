"""Where a request comes from: whole for counting wrong passwords, shortened for the log that stays."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings


def client_address(request):
    """The address that wrong passwords are counted for; None where it is not known.

    nginx stands on the same machine and says in X-Forwarded-For who asked (deploy/nginx.conf). A proxy writes last, so only
    the last entry is believed, only from this machine, and only where there is a proxy: what a client writes there is nothing.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PRODUCTION and (_parsed(address) is None or _parsed(address).is_loopback):
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or address
    found = _parsed(address)
    if isinstance(found, IPv6Address):
        # One household has a whole /64, so a guesser would have a new address for every try.
        found = ip_network((found, 64), strict=False).network_address
    return str(found) if found else None


def network(request):
    """The network that the address is of, for the log: enough to tell places apart, too little to find a person."""
    found = _parsed(client_address(request) or "")
    return str(ip_network((found, 24 if found.version == 4 else 48), strict=False)) if found else ""


def _parsed(text):
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
