"""Where an address leads: to the internet, to the local network, or into this computer.

A server must not send the user's computer to addresses that only the user can reach. So what a redirect or a link leads
to is judged against the address that the user gave.
"""

from __future__ import annotations

import re
from enum import Enum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network


class Place(Enum):
    """The part of the network that an IP address belongs to."""

    INTERNET = "internet"
    LOCAL_NETWORK = "local network"  # private, shared and unique local addresses
    COMPUTER = "this computer"  # loopback, and the unspecified address, which leads there
    LINK = "link"  # link-local: 169.254.169.254 is where clouds keep their machines' passwords
    NONE = "none"  # multicast and reserved addresses: no server has one


_NETWORKS = {
    Place.COMPUTER: ("127.0.0.0/8", "0.0.0.0/8", "::1/128", "::/128"),
    Place.LINK: ("169.254.0.0/16", "fe80::/10"),
    Place.LOCAL_NETWORK: (
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "198.18.0.0/15"),
        *("fc00::/7", "fec0::/10", "64:ff9b:1::/48"),
    ),
    Place.NONE: ("192.0.0.0/24", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "2001:db8::/32"),
}
_PLACES = [(ip_network(text), place) for place, texts in _NETWORKS.items() for text in texts]
_NAT64 = ip_network("64:ff9b::/96")
_IPV4_COMPATIBLE = ip_network("::/96")
_GLOBAL_UNICAST = ip_network("2000::/3")


def place_of(ip: str) -> Place:
    """The place of an IP address, as a resolver or a socket writes it.

    An IPv4 address inside one of IPv6 counts (mapped, compatible, NAT64, 6to4, Teredo). The networks are those of
    IANA's registries of special-purpose addresses (RFC 6890).

    Raises
    ------
    ValueError
        Where it is no IP address.
    """
    found = ip_address(ip.partition("%")[0])
    for network, place in _PLACES:
        if found in network:
            return place
    if isinstance(found, IPv6Address):
        inner = _inner(found)
        if inner is not None:
            return place_of(str(inner))
        return Place.INTERNET if found in _GLOBAL_UNICAST else Place.NONE
    return Place.INTERNET


def place_of_host(host: str) -> Place | None:
    """The place of the host of an address where it needs no resolver; None for a name that does.

    Every way to write an IPv4 address is read as resolvers do: 127.1, 0x7f000001, 017700000001 and 2130706433 are all
    127.0.0.1.
    """
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return Place.COMPUTER
    try:
        return place_of(name)
    except ValueError:
        written = _ipv4(name)
    return None if written is None else place_of(str(written))


def may_lead(given: Place, target: Place) -> bool:
    """Whether a server at the place `given` may send a client to the place `target`.

    Everybody may lead to the internet, each place to itself, and this computer to the local network.
    """
    return target in (Place.INTERNET, given) or (given is Place.COMPUTER and target is Place.LOCAL_NETWORK)


def _inner(ip: IPv6Address) -> IPv4Address | None:
    """The address of IPv4 that one of IPv6 leads to."""
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    if ip in _NAT64 or ip in _IPV4_COMPATIBLE:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def _ipv4(text: str) -> IPv4Address | None:
    """An IPv4 address in the forms of inet_aton: one to four numbers, decimal, octal or hexadecimal."""
    parts = text.split(".")
    if len(parts) > 4 or not all(re.fullmatch(r"0x[0-9a-f]*|\d+", part) for part in parts):
        return None
    numbers = [_number(part) for part in parts]
    if None in numbers:
        return None
    *high, low = [number for number in numbers if number is not None]
    if low >= 256 ** (5 - len(parts)) or any(number > 255 for number in high):
        return None
    for place, number in enumerate(high):
        low += number << (24 - 8 * place)
    return IPv4Address(low)


def _number(text: str) -> int | None:
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    if text.startswith("0") and len(text) > 1:
        return int(text, 8) if re.fullmatch("[0-7]+", text) else None
    return int(text)
