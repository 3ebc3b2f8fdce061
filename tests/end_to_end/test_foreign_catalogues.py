"""A catalogue of somebody else takes neither the user's login to its own server nor the plugin into this computer.

Its records name the user's login and addresses of a server that keeps every byte that comes. Whatever asks services is
tried, with each protocol and each kind of login. Where the server is confirmed, a probe of each protocol does bring the
login: so the trials that find nothing could have found it.
"""

from __future__ import annotations

import base64
import json
from contextlib import closing, contextmanager, suppress

import pytest
from qgis.core import QgsProcessingException

from tests.hostile import Listening
from twin_plugin.bridge.net import auth, http, login_servers
from twin_plugin.bridge.services import preview, protocols, qgis_layers
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import TwinError
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import ServiceRecord, record_id
from twin_plugin.core.services.registry import ADAPTERS

pytestmark = pytest.mark.end_to_end

PATHS = {
    ServiceProtocol.XYZ: "/tiles/{z}/{x}/{y}.png",
    ServiceProtocol.WMTS: "/WMTSCapabilities.xml",
    ServiceProtocol.TILES_3D: "/tileset.json",
    ServiceProtocol.ARCGIS_FEATURES: "/arcgis/rest/services/a/FeatureServer",
    ServiceProtocol.ARCGIS_MAP: "/arcgis/rest/services/a/MapServer",
}
WAYS = ("Basic", "header", "address")


class Catcher(Listening):
    """A server that answers everything with an empty object and keeps what came, byte by byte."""

    def __init__(self):
        self.came, self.connections = b"", 0

    def _answer(self, connection):
        self.connections += 1
        with suppress(OSError), connection:
            data = b""
            while b"\r\n\r\n" not in data:
                piece = connection.recv(65536)
                self.came += piece
                data += piece
                if not piece:
                    return
            head = (
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
            )
            connection.sendall(head.encode())

    def url(self, path=""):
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def catcher():
    with Catcher() as server:
        yield server


@pytest.fixture(params=WAYS)
def login(request, credentials, canary):
    """The name of the user's login, of each kind."""
    given = {
        "Basic": {"method": "Basic", "username": "twin", "password": canary},
        "header": {"method": "APIHeader", "X-Api-Key": canary},
        "address": {"method": "APIHeader", "?token": canary},
    }[request.param]
    return credentials("city login", **given)


@pytest.fixture
def caught(catcher, canary):
    """Whether the login came to the server, in any form that a request could have it in."""
    basic = base64.b64encode(f"twin:{canary}".encode())
    return lambda: any(form in catcher.came for form in (canary.encode(), basic, b"Authorization", b"authorization"))


def records(catcher, login, source=""):
    """A record of each protocol at the server, which names the login."""
    box = BoundingBox(113.9, 22.5, 114.0, 22.6)
    found = []
    for protocol in ADAPTERS:
        url = catcher.url(PATHS.get(protocol, "/api"))
        found.append(
            ServiceRecord(record_id(protocol, url, "1"), protocol.value, protocol, url, "1", box=box, auth=login,
                          crs=("EPSG:3857",), source=source)
        )  # fmt: skip
    assert len(found) > 10
    return found


def catalogue_of(folder, given):
    path = folder / "theirs.gpkg"
    with closing(FileCatalogue(path, create=True)) as catalogue:
        catalogue.apply(given)
        assert {record.auth for record in catalogue.records()} == {record.auth for record in given}
    return str(path)


@contextmanager
def failures():
    """What a service that is none ends in."""
    with suppress(TwinError, QgsProcessingException):
        yield


def ask_in_every_way(run_algorithm, path, given, folder):
    """All that asks a service: the algorithms, and what the dock does by itself."""
    for record in given:
        for algorithm in ("queryservice", "fetchobservations"):
            with failures():
                run_algorithm(f"twin:{algorithm}", {"CATALOGUE": path, "SERVICE": record.id, "OUTPUT": "memory:"})
        preview.describe(record)
        preview.sample(record)
        preview.probe(record)
        with failures(), http.opened() as fetch:
            protocols.adapter(record.protocol).describe(record, fetch)
        with failures(), http.opened() as fetch:
            source = qgis_layers.plan(record, fetch)
            assert source is None or "authcfg" not in source.uri
    run_algorithm("twin:checkservices", {"CATALOGUE": path, "OUTPUT": str(folder / "state.gpkg"), "TIMEOUT": 5})


def test_a_login_stays_here_whatever_asks(run_algorithm, catcher, login, caught, tmp_path):
    given = records(catcher, login)
    path = catalogue_of(tmp_path, given)
    ask_in_every_way(run_algorithm, path, given, tmp_path)
    assert not caught()
    assert catcher.connections == 0
    with closing(FileCatalogue(path)) as catalogue:
        for record in catalogue.records():
            assert "city login" in record.health_reason, record
            assert "not sent" in record.health_reason


@pytest.mark.parametrize("protocol", ADAPTERS)
def test_a_confirmed_login_arrives(catcher, credentials, caught, protocol):
    """Without this the test before would show nothing."""
    name = credentials("city login")
    auth.confirm(name, catcher.url())
    one = next(record for record in records(catcher, name) if record.protocol is protocol)
    preview.probe(one)
    assert caught()


def test_a_confirmation_for_one_server_is_none_for_a_catalogues_own(
    run_algorithm, catcher, credentials, caught, tmp_path
):
    name = credentials("city login", resource=f"http://127.0.0.1:{catcher.port + 1}")
    auth.confirm(name, "https://gis.city.gov/")
    given = records(catcher, name)[:3]
    ask_in_every_way(run_algorithm, catalogue_of(tmp_path, given), given, tmp_path)
    assert not caught()


def test_a_harvest_confirms_with_an_id_and_not_with_a_name(run_algorithm, catcher, login, caught, tmp_path):
    """A model of somebody else can guess the name of a login, not its id."""
    given = {"URL": catcher.url("/api"), "CATALOGUE": str(tmp_path / "c.gpkg")}
    with pytest.raises(QgsProcessingException, match="not sent") as caught_error:
        run_algorithm("twin:harvestservices", {**given, "AUTHCFG": login})
    assert "Traceback" not in str(caught_error.value)
    assert not caught()
    with failures():
        run_algorithm("twin:harvestservices", {**given, "AUTHCFG": auth.id_of(login)})
    assert caught()


def test_imported_records_lose_the_names_of_logins(run_algorithm, catcher, login, caught, tmp_path):
    from qgis.core import QgsProcessingFeedback

    from twin_plugin.core.services.catalogue import exchange

    given = records(catcher, login)
    for suffix in ("json", "csv"):
        file, path = tmp_path / f"theirs.{suffix}", str(tmp_path / f"{suffix}.gpkg")
        if suffix == "json":
            file.write_text("".join(exchange.to_json(given)), encoding="utf-8")
        else:
            with file.open("w", encoding="utf-8-sig", newline="") as stream:
                exchange.to_csv(given, stream)
        assert login in file.read_text(encoding="utf-8-sig")
        feedback = QgsProcessingFeedback(False)
        run_algorithm("twin:importservices", {"INPUT": str(file), "CATALOGUE": path}, feedback)
        with closing(FileCatalogue(path)) as catalogue:
            assert {record.auth for record in catalogue.records()} == {""}
        assert f"{len(given)} records named an authentication configuration" in feedback.textLog()
    assert not caught()


def test_an_import_does_not_move_a_login_to_another_server(run_algorithm, catcher, login, caught, tmp_path):
    """The record of a file has the id of one that the catalogue has, and another address."""
    from dataclasses import replace

    from twin_plugin.core.services.catalogue import exchange

    own = ServiceRecord("abc", "Rain", ServiceProtocol.OGC_FEATURES, "https://gis.city.gov/api", "1")
    path = str(tmp_path / "ours.gpkg")
    with closing(FileCatalogue(path, create=True)) as catalogue:
        catalogue.apply([own])
        catalogue.edit("abc", {"auth": login})
        theirs = replace(own, url=catcher.url("/api"))
        file = tmp_path / "theirs.json"
        file.write_text("".join(exchange.to_json([theirs])), encoding="utf-8")
    run_algorithm("twin:importservices", {"INPUT": str(file), "CATALOGUE": path})
    with closing(FileCatalogue(path)) as catalogue:
        moved = catalogue.one("abc")
    assert (moved.url, moved.auth) == (theirs.url, "")
    assert "auth" not in moved.edited


def test_records_of_the_internet_do_not_lead_into_this_computer(run_algorithm, catcher, tmp_path):
    """Nothing is asked where the source that was harvested is a server of the internet, by its number."""
    given = records(catcher, "", source="http://93.184.215.14/catalogue")
    ask_in_every_way(run_algorithm, catalogue_of(tmp_path, given), given, tmp_path)
    assert catcher.connections == 0
    with closing(FileCatalogue(str(tmp_path / "theirs.gpkg"))) as catalogue:
        for record in catalogue.records():
            assert "127.0.0.1" in record.health_reason, record


def test_records_of_this_computer_may(catcher):
    for record in records(catcher, "", source=catcher.url("/catalogue")):
        before = catcher.connections
        preview.probe(record)
        assert catcher.connections > before, record.protocol


def test_projects_of_others_bring_a_token_nowhere(catcher, credentials, canary, caught, qgis_plugin):
    """The mark in an address of a layer names the login; QGIS itself asks for the tiles."""
    from qgis.core import QgsNetworkAccessManager
    from qgis.PyQt.QtCore import QUrl
    from qgis.PyQt.QtNetwork import QNetworkRequest

    from twin_plugin.bridge.net import query_tokens

    name = credentials("city login", "APIHeader", **{"?token": canary})
    url = query_tokens.marked(catcher.url("/tile.png"), name)
    assert name.split()[0] in url
    QgsNetworkAccessManager.blockingGet(QNetworkRequest(QUrl(url)))
    assert catcher.connections == 1
    assert not caught()
    login_servers.confirm(auth.id_of(name), catcher.url())
    QgsNetworkAccessManager.blockingGet(QNetworkRequest(QUrl(url)))
    assert caught()
    assert json.dumps(canary)[1:-1].encode() in catcher.came
