"""The shipped water theme over live sensors: the layers, the numbers with their times, and a second run."""

from __future__ import annotations

import http.client
import json
from datetime import UTC, datetime, timedelta

import pytest
from qgis.core import QgsProject, QgsVectorLayer

from tests.servers.fixtures import stations_of
from tools.servers import sensorthings as feed
from twin_plugin.bridge.services.catalogues import open_catalogue
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import ServiceRecord, record_id
from twin_plugin.core.web import address

KIND = ServiceProtocol.SENSORTHINGS


@pytest.fixture
def catalogue(tmp_path):
    """A function that writes a catalogue with the levels and the rain of a server."""

    def write(url):
        path = str(tmp_path / "catalogue 目录.gpkg")
        store = open_catalogue(path, create=True)
        store.apply([
            ServiceRecord(record_id(KIND, url, name), name, KIND, url, name, subdivision=code)
            for name, code in (("level", "C07"), ("rain", "C03"))
        ], complete=False)  # fmt: skip
        store.close()
        return path

    return write


def observe(server, stream, value, moment):
    """Let a sensor observe."""
    text = moment.isoformat(timespec="seconds").replace("+00:00", "Z")
    body = {"phenomenonTime": text, "resultTime": text, "result": value, "Datastream": {"@iot.id": stream}}
    connection = http.client.HTTPConnection(address.host(server.url), timeout=30)
    connection.request(
        "POST", address.path(f"{server.url}/Observations"), json.dumps(body), {"Content-Type": "application/json"}
    )
    assert connection.getresponse().status == 201
    connection.close()


@pytest.mark.slow
def test_live_numbers_are_the_latest_with_their_times_and_grey_when_old(run_algorithm, city, catalogue, tmp_path):
    level = next(one for one in city.sensors if one.kind == "level")
    levels = [one for one in city.sensors if one.kind == "level"]
    rains = [one for one in city.sensors if one.kind == "rain"]
    project, paper = str(tmp_path / "map 图.qgz"), tmp_path / "indicators.json"

    def built(records):
        run_algorithm("twin:onemap", {
            "THEME": "water", "CATALOGUE": records, "OUTPUT": project, "LANGUAGE": "en", "INDICATORS_JSON": str(paper),
        })  # fmt: skip
        rows = {row["id"]: row for row in json.loads(paper.read_text("utf-8"))["indicators"]}
        return rows["level_live"], rows["rain_live"]

    with feed.sensorthings(stations_of(city, growing=True), deep=True) as server:
        records = catalogue(server.url)
        for row, sensors in zip(built(records), (levels, rains), strict=True):
            assert row["value"] == max(one.series[-1][1] for one in sensors)
            assert row["time"] == sensors[0].series[-1][0].strftime("%Y-%m-%dT%H:%M:%SZ")
            assert (row["used"], row["state"], row["colour"], row["reason"]) == (20, "stale", "#9e9e9e", "")
        now = datetime.now(UTC) - timedelta(minutes=1)
        observe(server, server.streams[level.name], 7.5, now)
        row, rain = built(records)
        assert (row["value"], row["state"], rain["state"]) == (7.5, "current", "stale")
        assert row["time"] == now.strftime("%Y-%m-%dT%H:%M:%SZ")
        assert row["change"] == pytest.approx(7.5 - max(one.series[-1][1] for one in levels))
        found = QgsProject()
        assert found.read(project)
        sensors = [layer for layer in found.mapLayers().values() if layer.providerType() == "sensorthings"]
        assert sorted(layer.name() for layer in sensors) == ["Live level sensors", "Live rain gauges"]
        for layer in sensors:
            assert isinstance(layer, QgsVectorLayer)
            assert layer.isValid()
            assert sum(1 for _ in layer.getFeatures()) == 20
        found.clear()
