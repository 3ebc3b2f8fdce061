"""Closed shells and rooms of a scene: which count, to which building they belong, and what of them is kept."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingContext, QgsProcessingFeedback, QgsProcessingUtils

from tests.memory_layers import memory_layer
from twin_plugin.bridge.kernel.metric_layers import Reader
from twin_plugin.bridge.scene.building_layers import kept
from twin_plugin.bridge.scene.detail_layers import with_rooms, with_shells
from twin_plugin.bridge.scene.scene_layers import SceneLog
from twin_plugin.core.common.closed_solids import open_edges, volume_m3
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.scene.scene import Buildings

X, Y = 500_000.0, 2_490_000.0


@pytest.fixture
def city():
    shapes = [shapely.box(X + 30 * k, Y, X + 30 * k + 20, Y + 10) for k in range(3)]
    bodies = Prisms.of_shapes(shapes, np.zeros(3), np.full(3, 9.0), np.arange(3), ("m/1", "m/2", "n/3"))
    return Buildings.of_bodies(bodies)


@pytest.fixture
def reading(qgis_app):
    """A function that gives the source of a layer in memory and what reads it."""
    held = []

    def read(kind, rows, fields, name="made"):
        context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
        layer = memory_layer(kind, rows, fields, name)
        held.append((layer, context, feedback))
        reader = Reader(QgsCoordinateReferenceSystem("EPSG:4547"), context, feedback)
        return QgsProcessingUtils.variantToSource(layer, context), reader

    return read


def house(x=0.0, missing=()):
    """A gabled house of 10 x 8 m, 5 m to the eaves and 8 m to the ridge, as WKT; some of its faces may be missing."""
    a, b, c, d = [(0, 0), (10, 0), (10, 8), (0, 8)]
    low = [(*p, 0) for p in (a, b, c, d)]
    high = [(*p, 5) for p in (a, b, c, d)]
    ridge = [(0, 4, 8), (10, 4, 8)]
    faces = [
        low[::-1],
        [low[0], low[1], high[1], high[0]],
        [low[2], low[3], high[3], high[2]],
        [low[1], low[2], high[2], ridge[1], high[1]],
        [low[3], low[0], high[0], ridge[0], high[3]],
        [high[0], high[1], ridge[1], ridge[0]],
        [high[2], high[3], ridge[0], ridge[1]],
    ]
    polygons = [
        "((" + ", ".join(f"{X + x + p[0]} {Y + p[1]} {p[2]}" for p in (*face, face[0])) + "))"
        for number, face in enumerate(faces)
        if number not in missing
    ]
    return f"MULTIPOLYGON Z({', '.join(polygons)})"


def test_closed_shells_keep_their_volume(city, reading):
    log = SceneLog()
    rows = [
        (house(), ("m/1", "2.2")),
        (house(30), ("n", "1.3")),  # the model of one building
        (house(60, (5,)), ("m/2", "2.2")),
        (house(), ("m/1", "1.2")),
        (house(), ("stranger", "2.2")),
        (house(), ("m/2", None)),
        (None, ("m/2", "2.2")),
    ]
    found = with_shells(city, *reading("MultiPolygonZ", rows, ("id:string", "lod:string")), log)
    assert set(found.shells) == {0, 2}
    for solid in found.shells.values():
        assert open_edges(solid) == 0
        assert volume_m3(solid) == pytest.approx(10 * 8 * 6.5)
    assert found.shells[0].faces_count == 7
    (entry,) = log.entries
    assert (entry.read, entry.left_out) == (2, 5)
    assert entry.why == (
        "no geometry, or no level of detail: 2; of no building: 1; not closed: 1; a second one of a building: 1"
    )


def test_shells_follow_their_buildings(city, reading):
    rows = [(house(), ("m/1", "2.2")), (house(30), ("n/3", "2.2"))]
    found = with_shells(city, *reading("MultiPolygonZ", rows, ("id:string", "lod:string")), SceneLog())
    few = kept(found, np.array([False, True, True]))
    assert list(few.shells) == [1]
    assert few.bodies.ids == ("m/2", "n/3")


def test_flat_polygons_are_no_shells(city, reading):
    with pytest.raises(InputError, match="has no heights in its geometry"):
        with_shells(
            city, *reading("Polygon", [(shapely.box(X, Y, X + 9, Y + 9).wkt, ("m/1",))], ("id:string",)), SceneLog()
        )


def test_rooms_have_their_columns(city, reading):
    fields = ("id:string", "building_id:string", "name:string", "elev_m:double", "height_m:double", "is_outside:bool")
    two = shapely.multipolygons([shapely.box(X, Y, X + 4, Y + 4), shapely.box(X + 9, Y, X + 12, Y + 4)]).wkt
    rows = [
        (two, ("r1", "m/1", "101 <b>", 0.0, 3.0, False)),
        (shapely.box(X + 31, Y, X + 40, Y + 4).wkt, ("r2", "m/2", None, 3.0, 2.8, None)),
        (shapely.box(X + 31, Y, X + 40, Y + 4).wkt, ("r3", "gone", "x", 3.0, 2.8, True)),
    ]
    log = SceneLog()
    found = with_rooms(city, *reading("MultiPolygon", rows, fields), log)
    assert found.rooms.owner.tolist() == [0, 0, 1]
    assert found.rooms.ids == city.bodies.ids
    assert found.rooms.top_m.tolist() == [3.0, 3.0, pytest.approx(5.8)]
    assert found.room_attributes["id"] == ["r1", "r1", "r2"]
    assert found.room_attributes["name"] == ["101 <b>", "101 <b>", None]
    assert found.room_attributes["is_outside"] == [False, False, None]
    assert (log.entries[0].read, log.entries[0].left_out) == (2, 1)
    few = kept(found, np.array([False, True, True]))
    assert few.rooms.owner.tolist() == [0]
    assert few.room_attributes["id"] == ["r2"]
    with pytest.raises(InputError, match=r"has no field .building_id."):
        with_rooms(city, *reading("MultiPolygon", [(two, ("r", 1.0))], ("id:string", "height_m:double")), SceneLog())
