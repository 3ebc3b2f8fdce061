"""What a server repeats of a login, in its own words, is told to nobody and kept nowhere."""

from __future__ import annotations

import base64

import pytest

from tests.hostile import Server, reply
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import ServiceRecord, record_id
from twin_plugin.core.web import secrets
from twin_plugin.core.web.fetch import Request, WebError

WAYS = ("Basic", "header", "address")
REPEATED = (
    '{"message": "API key SECRET is not valid"}',
    '{"message": "LOGIN"}',
    '{"detail": "got SECRET."}',
    "<ServiceException>the password SECRET of twin is wrong</ServiceException>",
    '{"message": "' + "x" * 135 + ' and the key SECRET"}',
)


@pytest.fixture(params=WAYS)
def login(request, login_for, canary):
    """A function from the address of a server to the name of a configuration of each kind, confirmed for it."""
    given = {
        "Basic": {"username": "twin", "password": canary},
        "header": {"X-Api-Key": canary},
        "address": {"?tk": canary},
    }[request.param]
    return lambda url: login_for(url, "城 login", "Basic" if request.param == "Basic" else "APIHeader", **given)


@pytest.fixture
def told(canary):
    """A function that fills secrets into what a server says."""
    basic = base64.b64encode(f"twin:{canary}".encode()).decode()
    return lambda text: text.replace("SECRET", canary).replace("LOGIN", basic).encode()


def holds_none(text, canary):
    basic = base64.b64encode(f"twin:{canary}".encode()).decode()
    return not any(part in text for part in (canary, canary[:10], basic, basic[:12]))


@pytest.mark.parametrize("text", REPEATED)
def test_an_error_loses_it(qgis_app, login, told, canary, text):
    from twin_plugin.bridge.net import http

    with Server({"*": reply(told(text), 400)}) as server, http.opened() as fetch, pytest.raises(WebError) as caught:
        fetch(Request(server.url("/x"), auth=login(server.url())))
    assert caught.value.status == 400
    assert holds_none(str(caught.value), canary)


@pytest.mark.parametrize("protocol", [ServiceProtocol.WFS, ServiceProtocol.ARCGIS_FEATURES])
def test_the_reason_of_a_probe_loses_it(qgis_app, login, told, canary, protocol):
    """Servers that report errors with the status 200: the reason would be kept in the catalogue."""
    from twin_plugin.bridge.net import http
    from twin_plugin.bridge.services import protocols

    report = (
        "<ServiceExceptionReport><ServiceException>SECRET is wrong, LOGIN</ServiceException></ServiceExceptionReport>"
    )
    kind = "text/xml"
    if protocol is ServiceProtocol.ARCGIS_FEATURES:
        report, kind = '{"error": {"code": 500, "message": "SECRET is wrong, LOGIN"}}', "application/json"
    with Server({"*": reply(told(report), kind=kind)}) as server, http.opened() as fetch:
        url = server.url("/arcgis/rest/services/a/FeatureServer")
        one = ServiceRecord(record_id(protocol, url, "0"), "A", protocol, url, "0", auth=login(server.url()))
        state = protocols.adapter(protocol).probe(one, fetch)
    assert "is wrong" in state.reason
    assert holds_none(state.reason, canary)


def test_short_secrets_would_make_sentences_unreadable():
    secrets.remember("is")
    assert secrets.without("this is it") == "this is it"
