"""SensorThings against servers that do as the standard says, and against ones with the faults of real servers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import shapely

from tests.core.services.loopback import Wire, serving
from tests.core.services.sta_server import Sta
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import Cancelled, InputError
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.services import observations
from twin_plugin.core.services.adapter import Query
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.protocols.sensorthings import SensorThings, harvest
from twin_plugin.core.services.record import ServiceRecord
from twin_plugin.core.web.fetch import WebError

START = datetime(2024, 6, 1, tzinfo=UTC)
COUNT, STEPS = 430, 7


def text(minutes):
    return (START + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")


def made_sensors(count=COUNT, steps=STEPS):
    """Sensor 3 is silent; times are shuffled, so that the last in the list is not the latest."""
    sensors = []
    for n in range(count):
        order = [(k * 3 + n) % steps for k in range(steps)]
        series = [] if n == 3 else [(text(5 * k + n % 4), round(n + k / 10, 3)) for k in order]
        sensors.append((f"gauge {n}", 113.9 + n % 20 / 100, 22.5 + n // 20 / 100, series))
    return sensors


FAULTS = [
    set(), {"order"}, {"nested"}, {"unordered"}, {"unordered", "told"}, {"phenomenon"}, {"global"}, {"first"},
    {"first", "nested", "order", "phenomenon"},
]  # fmt: skip


def record(url, layer="Level"):
    return ServiceRecord("x", "Level", ServiceProtocol.SENSORTHINGS, f"{url}/sta/v1.1", layer)


def rows_of(found):
    return [row for page in found.pages for row in page]


@pytest.mark.parametrize("faults", FAULTS, ids=lambda faults: "-".join(sorted(faults)) or "none")
def test_the_latest_whatever_the_server_gets_wrong(faults):
    # Many sensors where one request brings a hundred, few where each has to be asked.
    sensors = made_sensors(COUNT if faults <= {"phenomenon", "first", "global"} else 40)
    server = Sta(sensors, faults)
    with serving(server) as url:
        found = observations.latest(record(url), Query(), Wire())
        rows = {row.values["sensor"]: row for row in rows_of(found)}
    assert set(rows) == {name for name, *_ in sensors}
    for name, x, y, series in sensors:
        row = rows[name]
        latest = max(series, key=lambda pair: pair[0]) if series else (None, None)
        assert row.values["value"] == latest[1], name
        assert row.values["time"] == (datetime.fromisoformat(latest[0]) if series else None)
        assert shapely.from_wkb(row.geometry).coords[0] == (x, y)
        assert row.values["unit"] == "m"
        assert row.values["site"] == f"at {name}"
    if not faults:
        assert found.notes == []
        assert len(server.asked) < 12, "a request for each hundred sensors, not for each sensor"


@pytest.mark.parametrize("faults", [set(), {"link"}], ids=["none", "link"])
def test_further_pages_of_a_sensor_are_its_own(faults):
    """mozilla-sensorweb 244: the link to the next page leads to the observations of all, without filter and order."""
    sensors = made_sensors(3, 260)
    server = Sta(sensors, faults, top_limit=100)
    with serving(server) as url:
        found = observations.series(record(url), Query(time=f"{text(100)}/.."), Wire())
        got = sorted((row.values["sensor"], row.values["value"]) for row in rows_of(found))
    assert got == sorted((name, value) for name, *_, series in sensors for at, value in series if at >= text(100))
    assert found.notes == []


@pytest.mark.parametrize("faults", FAULTS, ids=lambda faults: "-".join(sorted(faults)) or "none")
def test_a_series_whatever_the_server_gets_wrong(faults):
    sensors = made_sensors(120)
    server = Sta(sensors, faults)
    query = Query(time=f"{text(4)}/{text(21)}")
    with serving(server) as url:
        rows = rows_of(observations.series(record(url), query, Wire()))
    expected = sorted(
        (name, datetime.fromisoformat(moment), value, (x, y))
        for name, x, y, series in sensors
        for moment, value in series
        if text(4) <= moment <= text(21)
    )
    got = [
        (r.values["sensor"], r.values["time"], r.values["value"], shapely.from_wkb(r.geometry).coords[0]) for r in rows
    ]
    assert sorted(got) == expected
    if not faults:
        assert len(server.asked) < 12


def test_a_box_and_a_filter():
    sensors = made_sensors()
    box = BoundingBox(113.945, 22.515, 113.995, 22.6)
    with serving(Sta(sensors)) as url:
        rows = rows_of(observations.latest(record(url), Query(box=box, filter=parse("value > 100")), Wire()))
    expected = {
        name
        for name, x, y, series in sensors
        if box.west <= x <= box.east and box.south <= y <= box.north and max(series)[1] > 100
    }
    assert expected
    assert {row.values["sensor"] for row in rows} == expected


def test_times_results_and_qualities_of_every_kind():
    moment, later = text(0), text(10)
    series = [
        (f"{moment}/{later}", 1.5), (moment, "open"), (moment, None), (moment, True), (moment, {"a": [1]}), ("noon", 2),
    ]  # fmt: skip
    with serving(Sta([("one", 1, 2, series)])) as url:
        rows = {row.id: row.values for row in rows_of(observations.series(record(url), Query(), Wire()))}
    assert [rows[f"0-{n}"]["value"] for n in range(6)] == [1.5, None, None, None, None, 2]
    assert [rows[f"0-{n}"]["text"] for n in range(6)] == [None, "open", None, "true", '{"a": [1]}', None]
    assert rows["0-0"]["time"] == START
    assert rows["0-0"]["time_end"] == START + timedelta(minutes=10)
    assert rows["0-1"]["time_end"] is None
    assert rows["0-5"]["time"] is None


def test_an_interval_that_meets_the_time_is_in_it():
    series = [(f"{text(0)}/{text(30)}", 1), (f"{text(31)}/{text(40)}", 2)]
    with serving(Sta([("one", 1, 2, series)])) as url:
        rows = rows_of(observations.series(record(url), Query(time=f"../{text(30)}"), Wire()))
    assert [row.values["value"] for row in rows] == [1]


def test_cancel():
    asked = []

    def stop(fraction, told=""):
        asked.append(told)
        return len(asked) < 6

    server = Sta(made_sensors(60), {"nested"})
    with serving(server) as url, pytest.raises(Cancelled):
        rows_of(observations.latest(record(url), Query(), Wire(), stop))
    assert len(server.asked) < 40


def test_harvest_and_the_places_of_sensors():
    sensors = made_sensors()
    with serving(Sta(sensors)) as url:
        (found,) = harvest(f"{url}/sta/v1.1/", "", Wire())
        assert found.layer == "Level"
        assert (found.box.west, found.box.east) == pytest.approx((113.9, 114.09))
        assert f"{COUNT} sensors" in found.description
        again = list(harvest(f"{url}/sta/v1.1", "", Wire()))
        assert [r.id for r in again] == [found.id]
        rows = rows_of(SensorThings().query(found, Query(), Wire()))
        assert len(rows) == COUNT == SensorThings().count(found, Query(), Wire())
        assert len(rows_of(SensorThings().query(found, Query(limit=5), Wire()))) == 5
        wire = Wire()
        described = SensorThings().describe(found, wire)
        assert (described.count, described.extra) == (COUNT, {"unit": "m"})
        assert len(wire.requests) == 2, "a card does not read all sensors"


def test_the_things_of_a_faulty_server_are_asked_for_once():
    server = Sta(made_sensors(), {"first"})
    with serving(server) as url:
        (found,) = harvest(f"{url}/sta/v1.1", "", Wire())
    assert (found.box.west, found.box.east) == pytest.approx((113.9, 114.09)), "not that of the first sensor"
    assert server.asked.count("Things") == 5, "its five pages"
    assert sum("/Sensor" in path for path in server.asked) == 3, "all have the same one, and that is soon believed"


def test_what_is_no_sensorthings_is_told():
    with serving(lambda path, parameters: {"value": [{"name": "Cats"}]}) as url, pytest.raises(WebError, match="v1"):
        list(harvest(url, "", Wire()))
    with serving(lambda path, parameters: 500) as url, pytest.raises(WebError):
        rows_of(observations.latest(record(url), Query(), Wire()))
    wms = ServiceRecord("x", "Map", ServiceProtocol.WMS, "http://127.0.0.1:9/")
    with pytest.raises(InputError, match="no service of observations"):
        observations.latest(wms, Query(), Wire())
