"""The service that a query of a theme means: the best that answers; those that are down cost one time-out together."""

from __future__ import annotations

import time
from contextlib import ExitStack

import pytest

from tests import made_theme
from tests.hostile import Server
from twin_plugin.bridge.services.catalogues import open_catalogue
from twin_plugin.bridge.services.query_match import CatalogueServices, ask_all
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.common.progress import silent
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import Health, ServiceRecord, record_id
from twin_plugin.core.themes.theme import ServiceSource

HERE = BoundingBox(113.9, 22.4, 114.0, 22.6)


def record(title, url, protocol=ServiceProtocol.FILE, layer="", **values):
    return ServiceRecord(record_id(protocol, url, layer), title, protocol, url, layer, **values)


@pytest.fixture
def catalogue(qgis_app, tmp_path):
    """A function that writes records into a catalogue, and gives its services."""

    def write(*records, box=None, time_s=5.0):
        path = tmp_path / "catalogue.gpkg"
        store = open_catalogue(str(path), create=True)
        try:
            store.apply(records, complete=False)
        finally:
            store.close()
        return CatalogueServices(str(path), box, time_s)

    return write


@pytest.fixture
def gauges(tmp_path):
    """A file with rain gauges."""
    path = tmp_path / "gauges 雨量.gpkg"
    made_theme.write_table(path, "gauges", "Point", [(made_theme.shape("Point", 3), {"name": "a"})])
    return str(path)


def matched(services, *queries):
    return services.match(queries, silent)


def silence(connection, asked):
    """Take a request and never answer."""
    time.sleep(30)


def test_the_service_of_a_query_is_opened(catalogue, gauges):
    services = catalogue(record("Rain gauges", gauges, subdivision="C07"), record("Roads", gauges + "x"))
    query = ServiceSource(text="rain", subdivision="C07")
    match = matched(services, query)[query]
    assert (match.title, match.reason) == ("Rain gauges", "")
    layer = match.open()
    assert layer.isValid()
    assert layer.featureCount() == 1


def test_the_next_best_stands_in_for_one_that_is_gone(catalogue, gauges, tmp_path):
    gone = record("Rain gauges A", str(tmp_path / "gone.gpkg"))
    services = catalogue(gone, record("Rain gauges B", gauges))
    query = ServiceSource(text="rain")
    assert matched(services, query)[query].title == "Rain gauges B"


def test_why_there_is_none(catalogue, gauges, tmp_path):
    far = BoundingBox(10, 50, 11, 51)
    services = catalogue(
        record("Rain far away", gauges, box=far), record("Pumps", str(tmp_path / "gone.gpkg")),
        record("Gates", "https://made.example/x", ServiceProtocol.WMS, made=True), box=HERE,
    )  # fmt: skip
    queries = [ServiceSource(text=text) for text in ("rain", "gates", "snow", "pumps")] + [
        ServiceSource(record_id="zz")
    ]
    found = {query.text or query.record_id: match.reason for query, match in matched(services, *queries).items()}
    assert found["rain"] == "for 'rain' the catalogue has only synthetic services, or services elsewhere"
    assert found["gates"] == "for 'gates' the catalogue has only synthetic services, or services elsewhere"
    assert found["snow"] == "the catalogue has no service for 'snow'"
    assert found["pumps"].startswith("'Pumps': ")
    assert found["zz"] == "the catalogue has no service zz"


def test_services_of_the_district_come_first_and_those_of_unknown_extent_after_them(catalogue, gauges):
    services = catalogue(
        record("Rain A", gauges), record("Rain B", gauges.replace("雨量", "雨量"), layer="gauges", box=HERE), box=HERE
    )
    query = ServiceSource(text="rain")
    assert matched(services, query)[query].title == "Rain B"


def test_one_that_answered_the_last_check_comes_first(catalogue, gauges, tmp_path):
    services = catalogue(
        record("A rain", gauges, health=Health.UNKNOWN), record("B rain", gauges, layer="gauges", health=Health.ALIVE)
    )
    query = ServiceSource(text="rain")
    assert matched(services, query)[query].title == "B rain"


def test_services_that_are_down_are_asked_together_and_said(qgis_app, gauges):
    """Each takes the connection and says nothing; the one that works is there all the same."""
    with ExitStack() as stack:
        servers = [stack.enter_context(Server({"*": silence})) for _ in range(5)]
        records = [
            record(f"down {n}", f"http://127.0.0.1:{server.port}/wms", ServiceProtocol.WMS, "a")
            for n, server in enumerate(servers)
        ]
        works = record("works", gauges)
        answers = ask_all([*records, works], 0.5, silent)
        assert [str(answers[one.id]) for one in records] == ["no answer within 0.5 s"] * 5
        assert answers[works.id].title == "works"
        assert all(server.asked for server in servers)  # none waited for another to be given up


def test_a_cancel_ends_the_asking(qgis_app):
    with Server({"*": silence}) as server:
        one = record("down", f"http://127.0.0.1:{server.port}/wms", ServiceProtocol.WMS, "a")
        with pytest.raises(Cancelled):
            ask_all([one], 60, lambda fraction, text: False)
