"""OGC API EDR and CoverageJSON: points, series, profiles and grids become rows; what cannot be read is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import shapely

from tests.core.services.loopback import Wire, serving
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.services import observations
from twin_plugin.core.services.adapter import Query
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.protocols import coveragejson, edr_observations
from twin_plugin.core.services.protocols.ogc_edr import OgcEdr
from twin_plugin.core.services.record import Health, ServiceRecord
from twin_plugin.core.web.fetch import Trouble, WebError

START = datetime(2024, 6, 1, tzinfo=UTC)
PARAMETERS = {
    "rain": {
        "type": "Parameter",
        "observedProperty": {"label": {"zh": "雨量", "en": "Rain"}},
        "unit": {"symbol": "mm"},
    },
    "level": {
        "type": "Parameter",
        "observedProperty": {"label": "Level"},
        "unit": {"symbol": {"value": "m", "type": "http://x"}},
    },
}
PLACES = {f"G{n}": (113.9 + n / 100, 22.5) for n in range(5)}
SYSTEM = {"type": "GeographicCRS", "id": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}
DEGREES = [{"coordinates": ["x", "y"], "system": SYSTEM}]


def text(hours):
    return (START + timedelta(hours=hours)).isoformat().replace("+00:00", "Z")


def series(name, hours):
    """A point series of a gauge; the last rain value is missing."""
    number = int(name[1:])
    x, y = PLACES[name]
    hours = list(hours)
    rain = [None if hour == 47 else number * 100 + hour for hour in hours]
    axes = {"x": {"values": [x]}, "y": {"values": [y]}, "t": {"values": [text(hour) for hour in hours]}}
    ranges = {
        key: {"type": "NdArray", "axisNames": ["t"], "shape": [len(hours)], "values": values}
        for key, values in (("rain", rain), ("level", [hour / 10 for hour in hours]))
    }
    domain = {"type": "Domain", "domainType": "PointSeries", "axes": axes, "referencing": DEGREES}
    return {"type": "Coverage", "domain": domain, "parameters": PARAMETERS, "ranges": ranges}


class Edr:
    """A server with one collection; `kinds` are the queries that it answers."""

    def __init__(self, *kinds):
        self.kinds = kinds
        self.asked = []

    def __call__(self, path, parameters):
        self.asked.append((path, parameters))
        if path == "/collections/gauges":
            extent = {
                "spatial": {"bbox": [[113.9, 22.5, 113.94, 22.5]]},
                "temporal": {"interval": [[text(0), text(47)]]},
            }
            return {"id": "gauges", "title": "Gauges", "extent": extent, "parameter_names": PARAMETERS,
                    "data_queries": {kind: {} for kind in self.kinds}}  # fmt: skip
        if path == "/collections/gauges/locations":
            features = [
                {"type": "Feature", "id": name, "properties": {"name": f"gauge {name}"},
                 "geometry": {"type": "Point", "coordinates": place}}
                for name, place in PLACES.items()
            ]  # fmt: skip
            return {"type": "FeatureCollection", "features": features}
        start, _, end = parameters.get("datetime", "../..").partition("/")
        hours = [h for h in range(48) if (start == ".." or text(h) >= start) and (end in ("..", "") or text(h) <= end)]
        if path.startswith("/collections/gauges/locations/"):
            return series(path.rsplit("/", 1)[1], hours)
        if path in ("/collections/gauges/cube", "/collections/gauges/area"):
            return {"type": "CoverageCollection", "coverages": [series(name, hours) for name in PLACES]}
        return 404


def record(url):
    return ServiceRecord("x", "Gauges", ServiceProtocol.OGC_EDR, url, "gauges")


def rows_of(found):
    return [row for page in found.pages for row in page]


@pytest.mark.parametrize("kinds", [("locations",), ("cube",), ("area", "position"), ("position", "locations", "cube")])
def test_all_values_of_all_places(kinds):
    with serving(Edr(*kinds)) as url:
        rows = rows_of(observations.series(record(url), Query(), Wire()))
    assert len(rows) == 5 * 48 * 2
    got = {
        (shapely.from_wkb(row.geometry).coords[0], row.values["property"], row.values["time"]): row.values["value"]
        for row in rows
    }
    for name, place in PLACES.items():
        for hour in range(48):
            moment = START + timedelta(hours=hour)
            assert got[place, "Rain", moment] == (None if hour == 47 else int(name[1:]) * 100 + hour)
            assert got[place, "Level", moment] == hour / 10
    assert {row.values["unit"] for row in rows} == {"mm", "m"}
    if "locations" in kinds:
        assert {row.values["site"] for row in rows} == {f"gauge {name}" for name in PLACES}


def test_the_latest_is_the_latest_that_is_there():
    server = Edr("locations")
    with serving(server) as url:
        rows = rows_of(observations.latest(record(url), Query(), Wire()))
    assert len(rows) == 10
    for row in rows:
        rain = row.values["property"] == "Rain"
        assert row.values["time"] == START + timedelta(hours=46 if rain else 47), "a missing value is no latest one"
    asked = [parameters for path, parameters in server.asked if path.endswith("/G0")]
    assert asked[0]["datetime"].startswith(text(23)), "only the last day is read"


def test_many_places_are_asked_for_together(monkeypatch):
    monkeypatch.setattr(edr_observations, "FEW_PLACES", 3)
    server = Edr("locations", "cube")
    with serving(server) as url:
        rows = rows_of(observations.series(record(url), Query(fields=("rain", "value", "site")), Wire()))
    assert len(rows) == 5 * 48 * 2
    assert {row.values["site"] for row in rows} == {f"gauge {name}" for name in PLACES}
    assert set(rows[0].values) == {"value", "site"}
    assert [path.rsplit("/", 1)[1] for path, _ in server.asked] == ["gauges", "gauges", "locations", "cube"]
    assert server.asked[-1][1]["parameter-name"] == "rain"


def test_box_time_and_filter():
    box = BoundingBox(113.905, 22, 113.925, 23)
    query = Query(box=box, time=f"{text(10)}/{text(12)}", filter=parse("property = 'Rain' AND value <> 111"))
    with serving(Edr("cube")) as url:
        rows = rows_of(observations.series(record(url), query, Wire()))
    assert sorted(row.values["value"] for row in rows) == [110, 112, 210, 211, 212]


def test_places_are_features_and_kinds_are_told():
    with serving(Edr("locations", "cube")) as url:
        assert OgcEdr().probe(record(url), Wire()).health is Health.ALIVE
        described = OgcEdr().describe(record(url), Wire())
        rows = rows_of(OgcEdr().query(record(url), Query(), Wire()))
    assert [(field.name, field.title, field.unit) for field in described.fields] == [
        ("rain", "雨量", "mm"), ("level", "Level", "m"),
    ]  # fmt: skip
    assert described.extra["queries"] == "locations, cube"
    assert [row.id for row in rows] == list(PLACES)
    with serving(Edr("trajectory")) as url, pytest.raises(InputError, match="trajectory"):
        rows_of(observations.series(record(url), Query(), Wire()))


def covering(domain, ranges, parameters=PARAMETERS, **more):
    return {
        "type": "Coverage",
        "domain": {"type": "Domain", **domain},
        "parameters": parameters,
        "ranges": ranges,
        **more,
    }


def test_a_grid_is_a_value_for_each_cell():
    axes = {"x": {"start": 0, "stop": 2, "num": 3}, "y": {"values": [10, 20]}, "t": {"values": [text(0)]}}
    values = [1, 2, 3, 4, None, 6]
    held = {"type": "NdArray", "axisNames": ["t", "y", "x"], "shape": [1, 2, 3], "values": values}
    found = list(coveragejson.values_of(covering({"axes": axes}, {"rain": held}), "u"))
    assert [(v.x, v.y, v.value) for v in found] == [
        (0, 10, 1), (1, 10, 2), (2, 10, 3), (0, 20, 4), (1, 20, None), (2, 20, 6),
    ]  # fmt: skip
    assert {v.time for v in found} == {START}


def test_profiles_trajectories_and_areas():
    axes = {"x": {"values": [1]}, "y": {"values": [2]}, "z": {"values": [0, -5, -10]}}
    held = {"type": "NdArray", "axisNames": ["z"], "shape": [3], "values": [9, 8, 7]}
    assert [(v.z, v.value) for v in coveragejson.values_of(covering({"axes": axes}, {"rain": held}), "u")] == [
        (0, 9), (-5, 8), (-10, 7),
    ]  # fmt: skip
    steps = [[text(0), 1, 2], [text(1), 3, 4]]
    axes = {"composite": {"dataType": "tuple", "coordinates": ["t", "x", "y"], "values": steps}}
    held = {"type": "NdArray", "axisNames": ["composite"], "shape": [2], "values": [5, 6]}
    found = list(coveragejson.values_of(covering({"axes": axes}, {"rain": held}), "u"))
    assert [(v.x, v.y, v.time, v.value) for v in found] == [(1, 2, START, 5), (3, 4, START + timedelta(hours=1), 6)]
    ring = [[[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]]
    axes = {
        "composite": {"dataType": "polygon", "coordinates": ["x", "y"], "values": [ring]},
        "t": {"values": [text(0)]},
    }
    held = {"type": "NdArray", "axisNames": ["t"], "shape": [1], "values": [5]}
    assert [(v.x, v.y) for v in coveragejson.values_of(covering({"axes": axes}, {"rain": held}), "u")] == [(2, 1)]


def test_categories_have_their_names():
    about = {"kind": {"observedProperty": {"label": "Kind", "categories": [{"id": "c1", "label": {"en": "flooded"}}]},
                      "categoryEncoding": {"c1": [1, 2]}}}  # fmt: skip
    axes = {"x": {"values": [1, 2]}, "y": {"values": [2]}}
    held = {"type": "NdArray", "axisNames": ["y", "x"], "shape": [1, 2], "values": [2, 3]}
    found = list(coveragejson.values_of(covering({"axes": axes}, {"kind": held}, about), "u"))
    assert [(v.value, v.text) for v in found] == [(2, "flooded"), (3, "")]


AXES = {"x": {"values": [1]}, "y": {"values": [2]}}
GOOD = {"type": "NdArray", "axisNames": ["y", "x"], "shape": [1, 1], "values": [5]}


@pytest.mark.parametrize("document", [
    {}, {"type": "Feature"}, {"type": "CoverageCollection"}, {"type": "Coverage", "domain": "http://elsewhere"},
    covering({"axes": {}}, {"rain": GOOD}),
    covering({"axes": {"x": {"values": []}}}, {"rain": GOOD}),
    covering({"axes": {"x": {"start": 0, "stop": 1, "num": 10**12}}}, {"rain": GOOD}),
    covering({"axes": {"x": {"start": 0, "stop": "b", "num": 2}}}, {"rain": GOOD}),
    covering({"axes": AXES}, {"rain": {**GOOD, "values": [5, 6]}}),
    covering({"axes": AXES}, {"rain": {**GOOD, "shape": [1, -1]}}),
    covering({"axes": AXES}, {"rain": {**GOOD, "shape": [1, 2], "values": [1, 2]}}),
    covering({"axes": AXES}, {"rain": {"type": "TiledNdArray"}}),
    covering({"axes": AXES}, {"rain": "http://elsewhere/range.json"}),
])  # fmt: skip
def test_what_is_no_coverage_is_a_bad_reply(document):
    with pytest.raises(WebError) as error:
        list(coveragejson.values_of(document, "http://host/x"))
    assert error.value.trouble is Trouble.BAD_REPLY
    assert "host" in str(error.value)


def test_values_in_metres_are_refused():
    document = series("G0", range(48))
    system = {"type": "ProjectedCRS", "id": "http://www.opengis.net/def/crs/EPSG/0/4547"}
    metres = [{"coordinates": ["x", "y"], "system": system}]
    document = {**document, "domain": {**document["domain"], "referencing": metres}}

    def answers(path, parameters):
        return Edr("cube")(path, parameters) if path.endswith("gauges") else document

    with serving(answers) as url, pytest.raises(InputError, match="EPSG:4547"):
        rows_of(observations.series(record(url), Query(), Wire()))


@pytest.mark.parametrize("axis", ["t", "time"])
@pytest.mark.parametrize(
    "times_of",
    [
        {"values": ["2000-01-16T00:00:00Z", "2000-01-17T00:00:00Z", "2000-01-18T00:00:00Z"]},
        {"start": "2000-01-16T00:00:00.000000000", "stop": "2000-01-18T00:00:00.000000000", "num": 3},
    ],
)
def test_axes_named_as_in_their_source_and_times_as_an_interval(axis, times_of):
    """pygeoapi 1782, 1833: the time axis is called time, and given by its ends."""
    axes = {"x": {"start": 113.0, "stop": 114.0, "num": 2}, "lat": {"values": [22.5]}, axis: times_of}
    ranges = {"type": "NdArray", "axisNames": [axis, "lat", "x"], "shape": [3, 1, 2], "values": [1, 2, 3, None, 5, 6]}
    document = {
        "type": "Coverage", "domain": {"type": "Domain", "axes": axes}, "parameters": {}, "ranges": {"SST": ranges},
    }  # fmt: skip
    found = list(coveragejson.values_of(document, "http://h"))
    assert [(one.x, one.y, one.time.day, one.value) for one in found] == [
        (113, 22.5, 16, 1), (114, 22.5, 16, 2), (113, 22.5, 17, 3), (114, 22.5, 17, None), (113, 22.5, 18, 5),
        (114, 22.5, 18, 6),
    ]  # fmt: skip
