"""Long pages keep their geometries as bytes: what is made of them is what is made of the rows themselves."""

from __future__ import annotations

import gc
import json

import pytest

from twin_plugin.core.services.protocols import esri_json
from twin_plugin.core.services.protocols.json_geometry import MalformedGeometryError, compact, geojson_wkb
from twin_plugin.core.web.decode import json_of

RING = [[113.9, 22.5, 3.0], [114.0, 22.5, 4.0], [114.0, 22.6, 5.0], [113.9, 22.5, 3.0]]
GEOMETRIES = [
    None,
    {"type": "Point", "coordinates": [113.9, 22.5]},
    {"type": "Point", "coordinates": []},
    {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]},
    {"type": "LineString", "coordinates": RING},
    {"type": "LineString", "coordinates": [[1, 2]]},
    {"type": "LineString", "coordinates": [[1, "2"], [3, 4]]},
    {"type": "Polygon", "coordinates": [RING]},
    {"type": "Polygon", "coordinates": "many"},
    {"type": "MultiPolygon", "coordinates": [[RING], [RING]]},
    {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}, None]},
    {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, None]}]},
    {"type": "Curve", "coordinates": [[1, 2], [3, 4]]},
    {"coordinates": [1, 2]},
    [1, 2],
    "POINT (1 2)",
]
ESRI = [
    *GEOMETRIES,
    {},
    {"x": 1, "y": 2},
    {"x": "NaN", "y": 2},
    {"points": [[1, 2], [3, 4]]},
    {"points": []},
    {"points": None},
    {"points": 5},
    {"paths": [RING, RING]},
    {"paths": [RING], "hasZ": True},
    {"paths": None},
    {"paths": [[], RING, 0]},
    {"paths": [RING, 5]},
    {"rings": [RING]},
    {"rings": [[[0, 0], [0, 9], [9, 9], [0, 0]], [[1, 2], [2, 3], [1, 3], [1, 2]]]},
    {"rings": [[[0, 0], {"c": [[1, 1], [2, 2]]}, [0, 0]]]},
    {"curveRings": [RING]},
]


def outcome(convert, geometry):
    """The WKB, or why there is none."""
    try:
        return convert(geometry)
    except MalformedGeometryError as error:
        return str(error)


@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_a_geometry_of_geojson_is_the_same(geometry):
    row = {"id": 1, "geometry": geometry, "properties": {"a": [1, 2]}}
    found = compact(json.loads(json.dumps(row)))
    assert outcome(geojson_wkb, found["geometry"]) == outcome(geojson_wkb, geometry)
    assert (found["id"], found["properties"]) == (1, {"a": [1, 2]})


@pytest.mark.parametrize("geometry", ESRI)
@pytest.mark.parametrize("has_z", [False, True])
def test_a_geometry_of_esri_is_the_same(geometry, has_z):
    found = esri_json.compact(json.loads(json.dumps({"geometry": geometry})))
    expected = outcome(lambda given: esri_json.wkb(given, has_z), json.loads(json.dumps(geometry)))
    assert outcome(lambda given: esri_json.wkb(given, has_z), found["geometry"]) == expected


def test_a_geometry_longer_than_a_piece_is_the_same():
    line = {"type": "LineString", "coordinates": [[number / 7, 1.5] for number in range(20_000)]}
    page = json.dumps({"features": [{"geometry": line}, {"geometry": line}]}).encode()
    found = json_of(page, "It", compact=compact)
    assert [geojson_wkb(row["geometry"]) for row in found["features"]] == [geojson_wkb(line)] * 2


@pytest.mark.parametrize("positions", [100, 200_000])
def test_the_garbage_collector_has_little_to_look_at(positions):
    """It stops every thread while it looks: a page of 8 MB kept 300,000 lists, one for each position."""
    line = [[number / 7, 1.5] for number in range(positions)]
    rows = [{"geometry": {"type": "LineString", "coordinates": line}}] * (200_000 // positions)
    page = json.dumps({"features": rows}).encode()
    gc.collect()
    before = len(gc.get_objects())
    found = json_of(page, "It", compact=compact)
    gc.collect()
    assert len(found["features"]) == len(rows)
    assert len(gc.get_objects()) - before < 10_000


def test_the_garbage_collector_has_little_to_look_at_while_one_geometry_comes():
    line = {"type": "LineString", "coordinates": [[number / 7, 1.5] for number in range(100_000)]}
    page = json.dumps({"features": [{"geometry": line}]}).encode()
    counts = []

    def counted(entry):
        kept = compact(entry)
        if isinstance(entry, list) and entry[0] > 99_000 / 7 and not counts:
            gc.collect()
            counts.append(len(gc.get_objects()))
        return kept

    del line
    gc.collect()
    before = len(gc.get_objects())
    json_of(page, "It", compact=counted)
    assert counts
    assert counts[0] - before < 20_000
