"""Where addresses lead: every way to write an address of this computer or of the local network is found out."""

from __future__ import annotations

import pytest

from twin_plugin.core.web.places import Place, may_lead, place_of, place_of_host


@pytest.mark.parametrize(
    ("ip", "place"),
    [
        ("127.0.0.1", Place.COMPUTER),
        ("127.255.255.254", Place.COMPUTER),
        ("0.0.0.0", Place.COMPUTER),  # noqa: S104
        ("::1", Place.COMPUTER),
        ("::", Place.COMPUTER),
        ("::ffff:127.0.0.1", Place.COMPUTER),
        ("::127.0.0.1", Place.COMPUTER),
        ("64:ff9b::7f00:1", Place.COMPUTER),
        ("2002:7f00:1::", Place.COMPUTER),
        ("169.254.169.254", Place.LINK),
        ("::ffff:169.254.169.254", Place.LINK),
        ("64:ff9b::a9fe:a9fe", Place.LINK),
        ("fe80::1%eth0", Place.LINK),
        ("10.1.2.3", Place.LOCAL_NETWORK),
        ("172.16.0.1", Place.LOCAL_NETWORK),
        ("172.31.255.255", Place.LOCAL_NETWORK),
        ("192.168.1.1", Place.LOCAL_NETWORK),
        ("100.64.0.1", Place.LOCAL_NETWORK),
        ("fd12::1", Place.LOCAL_NETWORK),
        ("2002:a00:1::", Place.LOCAL_NETWORK),
        ("::ffff:10.0.0.1", Place.LOCAL_NETWORK),
        ("64:ff9b:1::a00:1", Place.LOCAL_NETWORK),
        ("224.0.0.1", Place.NONE),
        ("255.255.255.255", Place.NONE),
        ("ff02::1", Place.NONE),
        ("4000::1", Place.NONE),
        ("8.8.8.8", Place.INTERNET),
        ("172.32.0.1", Place.INTERNET),
        ("::ffff:8.8.8.8", Place.INTERNET),
        ("64:ff9b::808:808", Place.INTERNET),
        ("2a00:1450::1", Place.INTERNET),
    ],
)
def test_ip_addresses_have_their_place(ip, place):
    assert place_of(ip) is place


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "0x7f.1",
        "0x7f000001",
        "0177.0.0.1",
        "017700000001",
        "2130706433",
        "0",
        "[::1]",
        "[::ffff:7f00:1]",
    ],
)
def test_every_way_to_write_this_computer_is_read(host):
    assert place_of_host(host) is Place.COMPUTER


@pytest.mark.parametrize("host", ["example.org", "localhost.example.org", "10.example", "0x7g.1", "1.2.3.4.5", "256.1"])
def test_names_need_a_resolver(host):
    assert place_of_host(host) is None


def test_other_numbers_are_other_addresses():
    assert place_of_host("0xa9fea9fe") is Place.LINK
    assert place_of_host("012.0.0.1") is Place.LOCAL_NETWORK, "octal: 10.0.0.1"
    assert place_of_host("134744072") is Place.INTERNET


def test_a_server_leads_to_its_own_place_or_outwards():
    led = {(given, target) for given in Place for target in Place if may_lead(given, target)}
    outwards = {(given, Place.INTERNET) for given in Place}
    assert led == outwards | {(place, place) for place in Place} | {(Place.COMPUTER, Place.LOCAL_NETWORK)}
