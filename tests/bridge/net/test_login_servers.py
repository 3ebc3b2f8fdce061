"""A login goes to the servers that its configuration names, and to those that the user confirmed for it: no others."""

from __future__ import annotations

import pytest
from qgis.core import QgsAuthMethodConfig, QgsSettings

from tests.hostile import Server, redirect, reply
from twin_plugin.bridge.net import auth, http, login_servers
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.web.fetch import Request, Trouble, WebError

GOOD = reply(b"{}")


def config(resource="", identifier="abc1234", name="City"):
    made = QgsAuthMethodConfig("Basic")
    made.setId(identifier)
    made.setName(name)
    made.setUri(resource)
    return made


@pytest.fixture(autouse=True)
def nothing_confirmed(qgis_app):
    login_servers.forget()
    yield
    login_servers.forget()


@pytest.mark.parametrize(
    ("resource", "url", "exact", "below"),
    [
        ("https://gis.city.gov", "https://gis.city.gov/wms?a=b", True, True),
        ("https://gis.city.gov/path", "https://GIS.city.gov:443/other", True, True),
        ("https://gis.city.gov.", "https://gis.city.gov/", True, True),
        ("gis.city.gov", "https://gis.city.gov/", True, True),
        ("gis.city.gov", "http://gis.city.gov/", False, False),
        ("https://gis.city.gov", "http://gis.city.gov/", False, False),
        ("https://gis.city.gov", "https://gis.city.gov:8443/", False, False),
        ("http://gis.city.gov:8080", "http://gis.city.gov:8080/", True, True),
        ("https://city.gov", "https://gis.city.gov/", False, True),
        ("https://city.gov", "https://evilcity.gov/", False, False),
        ("https://gis.city.gov", "https://city.gov/", False, False),
        ("https://gis.city.gov", "https://gis.city.gov.evil.example/", False, False),
        ("https://gis.city.gov", "https://gis.city.gov@evil.example/", False, False),
        ("https://gis.city.gov", "https://evil.example/#https://gis.city.gov", False, False),
        ("https://城.example", "https://xn--1ug.example/", False, False),
        ("https://城.example", "https://xn--uis.example/", True, True),
        ("http://[::1]:80", "http://[0:0:0:0:0:0:0:1]/", True, True),
        ("", "https://gis.city.gov/", False, False),
        ("see the wiki", "https://gis.city.gov/", False, False),
        ("ftp://gis.city.gov", "https://gis.city.gov/", False, False),
        ("https://gis.city.gov", "file://gis.city.gov/x", False, False),
    ],
)
def test_a_configuration_names_a_scheme_a_host_and_a_port(resource, url, exact, below):
    assert login_servers.is_allowed(config(resource), url) is exact
    assert login_servers.is_allowed(config(resource), url, with_subdomains=True) is below


def test_a_confirmation_is_for_one_server_and_one_configuration():
    one, other = config(identifier="aaaaaaa"), config(identifier="bbbbbbb")
    login_servers.confirm("aaaaaaa", "https://h.example/wms?x=1")
    assert login_servers.is_allowed(one, "https://h.example/other")
    for url in ("http://h.example/", "https://h.example:444/", "https://a.h.example/"):
        assert not login_servers.is_allowed(one, url)
    # One of the same name that replaces it is another secret.
    assert not login_servers.is_allowed(other, "https://h.example/other")
    login_servers.confirm("aaaaaaa", "http://second.example:81")
    login_servers.confirm("aaaaaaa", "http://second.example:81")
    assert login_servers.confirmed("aaaaaaa") == ["https://h.example", "http://second.example:81"]


def test_confirmations_are_in_the_profile_and_can_be_taken_back():
    login_servers.confirm("aaaaaaa", "https://h.example/")
    QgsSettings().sync()
    assert "https://h.example" in str(QgsSettings().value("city_twin/logins/aaaaaaa"))
    login_servers.forget()
    assert not login_servers.is_allowed(config(identifier="aaaaaaa"), "https://h.example/")


def test_nothing_is_asked_with_a_login_that_is_not_confirmed(credentials, canary):
    name = credentials()
    with Server({"*": GOOD}) as server, http.opened() as fetch:
        with pytest.raises(WebError) as caught:
            fetch(Request(server.url("/api"), auth=name))
        assert caught.value.trouble is Trouble.DENIED
        text = str(caught.value)
        for part in (name, f"http://127.0.0.1:{server.port}", "Resource", "AUTHCFG", "Harvest services"):
            assert part in text
        assert auth.id_of(name) not in text
        assert canary not in text
        assert server.asked == []
        auth.confirm(name, server.url())
        fetch(Request(server.url("/api"), auth=name))
        assert "authorization" in server.asked[0].headers


def test_the_resource_is_a_confirmation(credentials):
    with Server({"*": GOOD}) as server, Server({"*": GOOD}) as other, http.opened() as fetch:
        name = credentials(resource=server.url("/anywhere"))
        fetch(Request(server.url("/api"), auth=name))
        assert "authorization" in server.asked[0].headers
        with pytest.raises(WebError):
            fetch(Request(other.url("/api"), auth=name))
        assert other.asked == []


def test_a_redirect_to_a_confirmed_server_gets_no_login(credentials):
    """The user confirmed it for what is there, not for what another server sends there."""
    with Server({"*": GOOD}) as other, Server({"*": redirect(other.url("/x"))}) as server, http.opened() as fetch:
        name = credentials()
        auth.confirm(name, server.url())
        auth.confirm(name, other.url())
        fetch(Request(server.url("/"), auth=name))
        assert "authorization" in server.asked[0].headers
        assert "authorization" not in other.asked[0].headers


def test_what_has_to_be_confirmed_is_told_by_name_and_by_id(credentials):
    name = credentials()
    for login in (name, auth.id_of(name)):
        found = auth.unconfirmed(login, "https://h.example:8443/x")
        assert (found.name, found.server) == (name, "https://h.example:8443")
    for login, url in (("", "https://h/"), ("no such", "https://h/"), (name, "/a/folder"), (name, "a connection")):
        assert auth.unconfirmed(login, url) is None
    found.confirm()
    assert auth.unconfirmed(name, "https://h.example:8443/other") is None
    assert auth.id_for(name, "https://h.example:8443/other") == auth.id_of(name)
    with pytest.raises(InputError, match="was not sent"):
        auth.id_for(name, "https://h.example/")


def test_an_id_that_the_user_gave_confirms_and_a_name_does_not(credentials):
    name = credentials()
    auth.confirm_given(name, "https://h.example/")
    assert auth.unconfirmed(name, "https://h.example/") is not None
    auth.confirm_given(auth.id_of(name), "https://h.example/")
    assert auth.unconfirmed(name, "https://h.example/") is None
