"""Addresses: what is taken, where links lead, and that no secret is shown."""

from __future__ import annotations

import pickle

import pytest

from twin_plugin.core.web import address
from twin_plugin.core.web.address import Address
from twin_plugin.core.web.fetch import Trouble, WebError

CANARY = "-".join(("Kanarienvogel", "77"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://host.cn/a", "https://host.cn/a"),
        ("  HTTPS://host.cn ", "https://host.cn/"),
        ("http://[::1]:8080/x?a=1&b=%E5%8D%97#part", "http://[::1]:8080/x?a=1&b=%E5%8D%97"),
        ("http://10.0.0.1/服务/一", "http://10.0.0.1/服务/一"),
        ("http://水务.cn/wms?map=/data/a.map", "http://水务.cn/wms?map=/data/a.map"),
        ("http://host/#access_token=" + CANARY, "http://host/"),
        ("http://h/ogc?resumptionToken=7&monkey=1", "http://h/ogc?resumptionToken=7&monkey=1"),
    ],
)
def test_good_addresses_are_taken(given, kept):
    assert Address.checked(given) == kept


@pytest.mark.parametrize(
    "given",
    [
        "",
        "host.cn/a",
        "file:///etc/passwd",
        "data:text/plain,x",
        "ftp://host/x",
        "javascript:alert(1)",
        "http://",
        "http:///path",
        "http://host:99999/",
        "http://host:0/",
        "http://ho st/",
        "http://host/\r\nHost: other",
        "http://host\\@evil/",
        "http://[::1/",
        "http://host/" + "a" * 9000,
        f"http://user:{CANARY}@host/",
        f"http://user:pa/{CANARY}@host/",
        f"http://user:pa {CANARY}@host/",
        "http://user@host/",
        f"http://host/?token={CANARY}",
        f"http://host/?service=WMS&TK={CANARY}",
        f"http://host/?x=1;api_key={CANARY}",
        f"http://host/?X-Amz-Signature={CANARY}",
        f"http://host/a;jsessionid={CANARY}",
        f"http://host/?myPassword={CANARY}",
    ],
)
def test_bad_addresses_are_refused_without_showing_secrets(given):
    with pytest.raises(WebError) as caught:
        Address.checked(given)
    assert caught.value.trouble is Trouble.REFUSED
    assert CANARY not in str(caught.value)
    assert caught.value.__cause__ is None
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://a/", "http://A:80/x?y", True),
        ("https://a/", "https://a:443/", True),
        ("http://a/", "https://a/", False),
        ("http://a/", "http://a.b/", False),
        ("http://a:1/", "http://a:2/", False),
        ("http://a/", "http://[", False),
        ("", "", False),
    ],
)
def test_same_origin(one, other, same):
    assert address.same_origin(one, other) is same


def test_links_resolve_against_the_page():
    base = "http://h/a/b?x=1"
    assert Address(base).joined("?offset=10") == "http://h/a/b?offset=10"
    assert Address(base).joined("../c") == "http://h/c"
    assert Address(base).joined("//other/c") == "http://other/c"
    assert Address(base).next_page("http://h/a/b?token=next:7") == "http://h/a/b?token=next:7"
    assert Address(base).auth_for("http://h/z", "name") == "name"
    assert Address(base).auth_for("http://other/z", "name") == ""


def test_what_is_derived_from_an_address_is_one():
    base = Address.checked("https://h:8443/a/?map=x")
    assert Address(base) is Address.checked(base) is base
    for derived, text in (
        (base.with_query({"page": 2}), "https://h:8443/a/?map=x&page=2"),
        (base.without_query(), "https://h:8443/a/"),
        (base.without_query().without_end("/"), "https://h:8443/a"),
        (base.with_path("b c", "d"), "https://h:8443/a/b%20c/d?map=x"),
        (base.before("/?"), "https://h:8443/a"),
        (base.joined("b"), "https://h:8443/a/b"),
    ):
        assert isinstance(derived, Address)
        assert derived == text
        assert derived.origin == ("https", "h", 8443)
        assert derived.host == "h:8443"
    assert pickle.loads(pickle.dumps(base)).origin == base.origin  # noqa: S301


def test_an_address_of_a_server_may_carry_a_token_and_shows_none():
    page = Address("http://h/a").next_page("?token=" + CANARY)
    assert CANARY in page
    assert CANARY not in page.shown
    with pytest.raises(WebError) as caught:
        Address.checked(page)
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "data:,x", "http://u:p@h/", "http://other/"])
def test_pages_stay_on_their_server(target):
    with pytest.raises(WebError):
        Address("http://h/a").next_page(target)


def test_a_page_behind_a_proxy_keeps_https():
    assert Address("https://h:8443/a").next_page("http://h/a?page=2") == "https://h:8443/a?page=2"


def test_redirects_never_leave_https():
    assert Address("http://h/a").redirected("https://h/a") == "https://h/a"
    assert Address("https://h/a").redirected("/b") == "https://h/b"
    for target in ("http://h/a", "file:///etc/passwd", "data:text/html,x", "javascript:x"):
        with pytest.raises(WebError):
            Address("https://h/a").redirected(target)


def test_queries_are_put_together_safely():
    url = Address("http://h/w?map=%C4%CF&Service=x").with_query({"SERVICE": "WMS", "q": "a&b=c #d", "map2": None})
    assert url == "http://h/w?map=%C4%CF&SERVICE=WMS&q=a%26b%3Dc%20%23d"
    assert dict(address.query_pairs(url))["q"] == "a&b=c #d"
    assert (
        Address("http://h/").with_query({"bbox": (1.5, 2), "f": True, "$top": 3})
        == "http://h/?bbox=1.5,2&f=true&$top=3"
    )
    assert url.without_query() == "http://h/w"
    assert url.without_query("map", "Q") == "http://h/w?SERVICE=WMS"
    assert (
        Address("http://h/a/?f=json").with_path("b/../c", "南山") == "http://h/a/b%2F..%2Fc/%E5%8D%97%E5%B1%B1?f=json"
    )
    assert address.unquoted(address.quoted("a/b ?&")) == "a/b ?&"


def test_secrets_are_stripped_and_named():
    clean, names = address.stripped(f"http://u:{CANARY}@h/w?a=1&token={CANARY}&b=%C4%CF#x")
    assert (clean, names) == ("http://h/w?a=1&b=%C4%CF", ("password", "token"))
    assert Address.checked(clean) == clean
    assert address.stripped("http://h/w?a=1") == ("http://h/w?a=1", ())


@pytest.mark.parametrize(
    "text",
    [
        f"GET http://user:{CANARY}@host/x failed",
        f"http://user:a/{CANARY}@host/x",
        f"see https://host/x?a=1&token={CANARY}&b=2 and go",
        f"https://host/x?access_token={CANARY}",
        f"https://host/x?url=http%3A%2F%2Fh%3Ftoken%3D{CANARY}",
        f"Authorization: Basic {CANARY}=",
        f"{{'Authorization': 'Bearer {CANARY}'}}",
        f"dbname='x' host=h user='u' password='{CANARY}' sslmode=prefer",
        f"dbname=x password={CANARY} port=5432",
        f'{{"token": "{CANARY}"}}',
        f"X-Api-Key: {CANARY}",
        f"Cookie: session={CANARY}; a=b",
        f"bearer {CANARY}",
        f"postgresql://twin:{CANARY}@127.0.0.1:5432/x",
    ],
)
def test_texts_lose_their_secrets(text):
    shown = address.redacted(text)
    assert CANARY not in shown
    assert address.HIDDEN in shown
    assert address.redacted(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "https://host:8080/maps/@22.5,114.1?service=WMS&layers=a:b",
        "HTTP status code: 404; the basic description of a layer",
        "key: a word, 12:30, monkey=3",
        "http://host/a?pageToken=5",
    ],
)
def test_other_texts_stay(text):
    assert address.redacted(text) == text


def test_hosts_are_named_as_people_know_them():
    assert address.host("http://A.cn/x") == "a.cn"
    assert address.host("https://a:8443/x") == "a:8443"
    assert address.host("http://[::1]:5000/") == "[::1]:5000"
