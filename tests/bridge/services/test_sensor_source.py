"""Live layers of sensors: what QGIS's provider reads from a real server, and servers that cannot answer it."""

from __future__ import annotations

import http.client
import json
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.hostile import Server, reply
from tests.servers.fixtures import stations_of
from tools.servers import sensorthings as feed
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.messages import Message
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import ServiceRecord, record_id
from twin_plugin.core.web import address

VALUE, TIME = "Thing_Datastream_Observation_result", "Thing_Datastream_Observation_phenomenonTimeEnd"
UNIT = "Thing_Datastream_unitOfMeasurement"


def record(url, layer="level", **values):
    kind = ServiceProtocol.SENSORTHINGS
    return ServiceRecord(record_id(kind, url, layer), layer or "all", kind, url, layer, **values)


@pytest.fixture
def plan(qgis_plugin):
    """A function from a record to the source of its live layer."""
    from twin_plugin.bridge.net import http
    from twin_plugin.bridge.services import qgis_layers

    def make(one, sensors=True):
        with http.opened() as fetch:
            return qgis_layers.plan(one, fetch, sensors=sensors)

    return make


@pytest.fixture
def live(plan):
    """A function from a record to its live layer."""
    from twin_plugin.bridge.services import qgis_layers

    return lambda one: qgis_layers.make(plan(one))


def rows(layer):
    """(value, time, unit, x, y) of each sensor by its name."""
    found = {}
    for feature in layer.getFeatures():
        point = feature.geometry().asPoint()
        moment = feature[TIME].toPyDateTime().replace(tzinfo=UTC)
        place = round(point.x(), 6), round(point.y(), 6)
        assert feature["Thing_name"] not in found
        found[feature["Thing_name"]] = (float(feature[VALUE]), moment, feature[UNIT]["symbol"], *place)
    return found


def wanted(sensors):
    return {one.name: (one.series[-1][1], one.series[-1][0], one.unit, one.x, one.y) for one in sensors}


@pytest.mark.parametrize("kind", ["level", "rain"])
def test_each_sensor_of_a_property_is_there_once_with_its_latest_value(live, live_sensors, city, kind):
    layer = live(record(live_sensors.url, kind))
    assert layer.dataProvider().name() == "sensorthings"
    assert rows(layer) == wanted(one for one in city.sensors if one.kind == kind)


def test_all_properties_of_a_service(live, live_sensors, city):
    assert rows(live(record(live_sensors.url, ""))) == wanted(city.sensors)


def test_of_a_thing_with_two_sensors_only_the_asked_one(live, city):
    """The thing is the same where name and place are."""
    both = [dict(one) for one in stations_of(city, growing=True)[:2]]
    both[1] |= {"name": both[0]["name"], "x": both[0]["x"], "y": both[0]["y"]}
    with feed.sensorthings(both, deep=True) as server:
        for sensor, station in zip(city.sensors[:2], both, strict=True):
            (row,) = rows(live(record(server.url, sensor.kind))).values()
            assert row[:3] == (sensor.series[-1][1], sensor.series[-1][0], sensor.unit)
            assert station["kind"] == sensor.kind


def test_a_layer_read_again_has_what_was_observed_meanwhile(live, city):
    from twin_plugin.bridge.themes import live_layers

    sensor = city.sensors[1]
    with feed.sensorthings([stations_of(city, growing=True)[1]], deep=True) as server:
        layer = live(record(server.url, sensor.kind))
        assert rows(layer)[sensor.name][0] == sensor.series[-1][1]
        later = sensor.series[-1][0] + timedelta(hours=1)
        text = later.isoformat().replace("+00:00", "Z")
        stream = server.streams[sensor.name]
        body = {"phenomenonTime": text, "resultTime": text, "result": 9.75, "Datastream": {"@iot.id": stream}}
        path = address.path(f"{server.url}/Observations")
        connection = http.client.HTTPConnection(address.host(server.url), timeout=30)
        connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        assert connection.getresponse().status == 201
        connection.close()
        live_layers.read_again(layer)
        assert rows(layer)[sensor.name][:2] == (9.75, later)
        assert live_layers.own_filter(layer) == "Things/Datastreams/ObservedProperty/name eq 'level'"
        live_layers.read_again(layer)
        assert rows(layer)[sensor.name][:2] == (9.75, later)


def test_a_server_that_cannot_answer_is_said_and_the_dock_fetches_instead(plan, sensorthings):
    with pytest.raises(InputError, match="does not give the latest value of each sensor in one request"):
        plan(record(sensorthings.url))
    assert plan(record(sensorthings.url), sensors=False) is None


def test_a_server_that_lets_its_answers_be_kept_is_said(plan, live_sensors):
    """QGIS reads them from its cache, however old they are."""
    assert plan(record(live_sensors.url)).notes == ()
    with Server(answers("http://127.0.0.1:9", reply(b'{"value": []}'))) as server:
        (note,) = plan(record(server.url("/v1.1"))).notes
    assert "Cache-Control" in note


def test_a_property_that_the_source_cannot_name_is_refused(plan, live_sensors):
    with pytest.raises(InputError, match="'a;b:c'"):
        plan(record(live_sensors.url, "a;b:c"))


def answers(server_of_entities, places):
    """Replies of a server whose root names the entities of another one."""
    sets = [{"name": name, "url": f"{server_of_entities}/{name}"} for name in ("Locations", "Things", "Datastreams")]
    return {"/v1.1/": reply(json.dumps({"value": sets}).encode()), "/v1.1/Locations": places}


def test_a_login_does_not_go_to_the_servers_that_a_service_names(plan, credentials):
    with Server(answers("http://other.example/v1.1", reply(b'{"value": []}'))) as server:
        name = credentials(resource=server.url(""))
        assert plan(record(server.url("/v1.1"), auth=name)) is None
        assert plan(record(server.url("/v1.1"))) is not None


@pytest.mark.parametrize(
    "places",
    [
        b'{"value": [{"@iot.id": 1}]}',
        b'{"value": [{"Things": [{"Datastreams": [{"Observations": [{}, {}]}]}]}]}',
        b'{"value": {"Things": []}}',
        b"[]",
    ],
)
def test_a_server_that_leaves_out_what_is_asked_cannot_answer(plan, places):
    with Server(answers("http://127.0.0.1:9", reply(places))) as server, pytest.raises(InputError, match="one request"):
        plan(record(server.url("/v1.1")))


def test_a_server_that_hangs_on_the_latest_values_costs_one_time_out(qgis_plugin):
    from twin_plugin.bridge.services.query_match import ask_all
    from twin_plugin.core.common.progress import silent

    with Server(answers("http://127.0.0.1:9", lambda connection, asked: time.sleep(20))) as server:
        asked = [record(server.url("/v1.1"), name) for name in ("level", "rain", "wind")]
        start = time.monotonic()
        found = ask_all(asked, 1.0, silent)
        spent = time.monotonic() - start
    assert [str(answer) for answer in found.values()] == ["no answer within 1 s"] * 3
    assert all(isinstance(answer, Message) for answer in found.values())
    assert spent < 10  # three, one after the other, twenty seconds each, would be 60


def test_old_values_are_grey_and_sensors_without_one_hollow(qgis_plugin):
    from qgis.core import QgsExpressionContextUtils, QgsFeature, QgsRenderContext, QgsVectorLayer
    from qgis.PyQt.QtCore import QDateTime, Qt

    from twin_plugin.bridge.kernel import resources
    from twin_plugin.bridge.kernel.map_classes import states

    fields = f"field=Thing_name:string&field={VALUE}:string&field={TIME}:datetime"
    layer = QgsVectorLayer(f"Point?crs=EPSG:4326&{fields}", "x", "memory")
    assert layer.loadNamedStyle(str(resources.style("live_sensors")))[1]
    renderer, context = layer.renderer(), QgsRenderContext()
    context.expressionContext().appendScope(QgsExpressionContextUtils.layerScope(layer))
    now = int(datetime.now(UTC).timestamp() * 1000)
    found = []
    for value, minutes in (("1.5", 5), ("1.5", 45), (None, 5), ("high", 5), ("1.5", None)):
        feature = QgsFeature(layer.fields())
        moment = None if minutes is None else QDateTime.fromMSecsSinceEpoch(now - minutes * 60_000, Qt.TimeSpec.UTC)
        feature.setAttributes(["a", value, moment])
        context.expressionContext().setFeature(feature)
        renderer.startRender(context, layer.fields())
        keys = renderer.legendKeysForFeature(feature, context)
        renderer.stopRender(context)
        found.append([rule.label() for rule in renderer.rootRule().children() if rule.ruleKey() in keys])
    fresh, old, none = (state.label for state in states("live_sensors"))
    assert found == [[fresh], [old], [none], [none], [old]]
