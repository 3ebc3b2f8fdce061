"""Servers that lead a client into its own computer or network: by redirects, by links, and by names.

Names of this test lead to addresses of loopback; 127.0.0.2 stands for an address of the internet, 127.0.0.3 for one of
the local network.
"""

from __future__ import annotations

import socket

import pytest

from tests.hostile import Server, redirect, refused, reply
from twin_plugin.core.web import places
from twin_plugin.core.web.fetch import Request, Trouble
from twin_plugin.core.web.places import Place

GOOD = reply(b"{}")
STANDS_FOR = {"127.0.0.2": Place.INTERNET, "127.0.0.3": Place.LOCAL_NETWORK}


@pytest.fixture
def names(monkeypatch):
    """Names and the IP addresses to which they lead, to be filled by the test."""
    from twin_plugin.bridge.net import guard, resolver

    table = {"public.example": ["127.0.0.2"], "intranet.example": ["127.0.0.3"], "trap.example": ["127.0.0.1"]}

    def look_up(host, port, **_):
        if host not in table:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in table[host]]

    monkeypatch.setattr(resolver.socket, "getaddrinfo", look_up)
    monkeypatch.setattr(guard, "place_of", lambda ip: STANDS_FOR.get(ip) or places.place_of(ip))
    return table


@pytest.fixture
def inner():
    """A server of this computer that nobody may reach from outside."""
    with Server({"*": reply(b'{"secret": 1}')}) as server:
        yield server


@pytest.fixture
def public():
    """A server of the internet."""
    with Server({"*": GOOD}, host="127.0.0.2") as server:
        yield server


def at(server, name, path="/"):
    return f"http://{name}:{server.port}{path}"


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://sub.localhost:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://0.0.0.0:{port}/",
        "http://127.1:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f000001:{port}/",
        "http://017700000001:{port}/",
        "http://trap.example:{port}/",
        "http://intranet.example:{port}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://224.0.0.1/",
    ],
)
def test_a_server_of_the_internet_leads_nowhere_inside(fetch, names, public, inner, target):
    names["sub.localhost"] = names["localhost"] = ["127.0.0.1"]
    link = target.format(port=inner.port)
    public.answers["/away"] = redirect(link)
    refused(fetch, at(public, "public.example", "/away"), Trouble.REFUSED, time_limit_s=5)
    refused(fetch, link, Trouble.REFUSED, given=at(public, "public.example"), time_limit_s=5)
    assert not inner.asked


def test_a_name_of_both_worlds_leads_outside(fetch, names, public, inner):
    """The address inside comes first, and is not tried."""
    names["both.example"] = ["127.0.0.1", "127.0.0.2"]
    assert fetch(Request(at(public, "both.example"), given=at(public, "public.example"))).body == b"{}"
    refused(fetch, at(inner, "both.example"), Trouble.UNREACHABLE)
    assert not inner.asked


def test_a_link_to_the_internet_needs_no_look_at_what_was_given(fetch, names, public):
    assert fetch(Request(at(public, "public.example"), given="http://gone.example/")).status == 200


def test_a_name_that_leads_into_this_computer_is_refused_though_the_user_gave_it(fetch, names, inner):
    assert "127.0.0.1" in refused(fetch, at(inner, "trap.example"), Trouble.REFUSED)
    assert not inner.asked


def test_a_name_that_moves_inside_is_not_followed(fetch, names, public, inner):
    """DNS rebinding: at first the name leads to its server, and then to one that only the user can reach."""
    assert fetch(Request(at(public, "public.example"))).status == 200
    for ip in ("127.0.0.1", "127.0.0.3"):
        names["public.example"] = [ip]
        refused(fetch, at(inner, "public.example"), Trouble.REFUSED)
    assert not inner.asked


def test_the_users_own_network_is_reached_by_name_and_from_itself(fetch, names):
    with Server({"*": GOOD}, host="127.0.0.3") as intranet:
        names["other.example"] = ["127.0.0.3"]
        intranet.answers["/other"] = redirect(at(intranet, "other.example", "/there"))
        assert fetch(Request(at(intranet, "intranet.example"))).status == 200
        assert fetch(Request(at(intranet, "intranet.example", "/other"))).status == 200
        given = at(intranet, "intranet.example")
        assert fetch(Request(at(intranet, "other.example"), given=given)).status == 200


def test_the_users_own_network_does_not_lead_into_this_computer(fetch, names, inner):
    with Server(host="127.0.0.3") as intranet:
        for target in (inner.url(), "http://169.254.169.254/"):
            intranet.answers["*"] = redirect(target)
            refused(fetch, at(intranet, "intranet.example"), Trouble.REFUSED)
    assert not inner.asked


def test_an_address_of_this_computer_leads_everywhere_but_to_its_link(fetch, inner):
    with Server() as server:
        server.answers["/own"] = redirect(f"http://localhost:{inner.port}/")
        assert fetch(Request(server.url("/own"))).status == 200
        assert fetch(Request(inner.url(), given=server.url())).status == 200
        server.answers["/link"] = redirect("http://169.254.169.254/latest/meta-data/")
        refused(fetch, server.url("/link"), Trouble.REFUSED)


def test_what_the_user_gave_counts_and_not_the_last_link(fetch, names, public, inner):
    """A redirect outwards and back again is judged against the first address."""
    public.answers["/a"] = redirect("/b")
    public.answers["/b"] = redirect(inner.url())
    refused(fetch, at(public, "public.example", "/a"), Trouble.REFUSED)
    refused(fetch, at(public, "public.example", "/b"), Trouble.REFUSED, given=at(public, "public.example"))
    assert not inner.asked
