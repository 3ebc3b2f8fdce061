"""The reviews that a comparison asks give what each of them gives on its own, with numbers known by hand."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import QgsProject

from tests.memory_layers import memory_layer
from tests.processing.planning.test_comparescheme import Log, X, Y, box, layer, rows
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

ROOM_FIELDS = ("id:string", "top_elev_m:double", "bottom_elev_m:double")
HOME = box(20, 60, 40, 70)
LOW = (box(20, 20, 40, 40), ("P", 0.0, 9.0, 3, None))
HIGH = (box(0, 20, 60, 40), ("P", 0.0, 90.0, 30, None))


@pytest.fixture(autouse=True)
def emptied_project(qgis_app):
    yield
    QgsProject.instance().clear()


@pytest.fixture
def terrain(tmp_path):
    path = tmp_path / "dtm.tif"
    write_grid(Grid(np.zeros((120, 120), np.float32), X - 10, Y + 110, 1.0, "EPSG:4547"), str(path))
    return str(path)


@pytest.fixture
def judged(run_algorithm, tmp_path, terrain):
    """Values by scheme and criterion."""

    def run(**more):
        schemes = layer("low", LOW), layer("high", HIGH)
        QgsProject.instance().addMapLayers(list(schemes), False)
        log = Log()
        fields = ("id:string", "use:string", "base_elev_m:double", "height_m:double", "storeys_above:integer")
        homes = memory_layer("Polygon", [(HOME, ("H", "residential", 0.0, 9.0, 3))], fields, "homes")
        given = {
            "SCHEMES": [scheme.id() for scheme in schemes],
            "BUILDINGS": homes,
            "DTM": terrain,
            "PARCELS": memory_layer("Polygon", [(box(0, 0, 100, 50), ("K",))], ("parcel_id:string",), "plan"),
            "OUTPUT": "memory:",
            "TABLE": str(tmp_path / "table.gpkg"),
        }
        results = run_algorithm("twin:comparescheme", given | more, log)
        return {(row["scheme"], row["criterion"]): row["value"] for row in rows(results["TABLE"])}, log

    return run


def line(*places):
    return "LINESTRING(" + ", ".join(f"{X + x} {Y + y}" for x, y in places) + ")"


def point(x, y):
    return f"POINT({X + x} {Y + y})"


def test_views(judged):
    eyes = memory_layer("Point", [(point(30, 0), ("V", 1.6))], ("id:string", "eye_elev_m:double"), "eyes")
    corridor = memory_layer(
        "LineString",
        [(line((30, 0), (30, 100)), ("C", 1.6, 61.6, 10.0))],
        ("id:string", "eye_elev_m:double", "target_elev_m:double", "width_m:double"),
        "corridors",
    )
    tower = memory_layer(
        "Polygon",
        [(box(25, 95, 35, 100), ("T", 0.0, 60.0))],
        ("id:string", "base_elev_m:double", "height_m:double"),
        "tower",
    )
    found, _ = judged(OBSERVERS=eyes, CORRIDORS=corridor, LANDMARKS=tower)
    # Where the home ends today's skyline is the ground; there the wall of the scheme rises most above it.
    beside = np.cos(np.arctan(10 / 60)) / 20
    assert found["low", "skyline"] == pytest.approx(np.degrees(np.arctan(7.4 * beside)), abs=0.01)
    assert found["high", "skyline"] == pytest.approx(np.degrees(np.arctan(88.4 * beside)), abs=0.01)
    # The line of sight rises by .6: at 20 m it is 13.6 m high.
    assert (found["low", "corridors"], found["high", "corridors"]) == (0, 1)
    assert found["high", "landmark"] < found["low", "landmark"]


def test_sun(judged):
    park = memory_layer("Polygon", [(box(20, 45, 40, 55), ("G",))], ("id:string",), "park")
    found, _ = judged(PARKS=park)
    assert found["low", "sun_rule"] == 0
    assert found["high", "sun_rule"] > 0  # a slab of 90 m stands 20 m south of the home
    assert found["high", "sun_lost"] > found["low", "sun_lost"]
    assert 6 >= found["low", "park_sun"] > found["high", "park_sun"] >= 0


def test_below_ground(judged):
    tunnel = memory_layer(
        "LineString",
        [(line((0, 30), (100, 30)), ("T", "rail_tunnel", 6.0, -20.0, -20.0))],
        ("id:string", "kind:string", "diameter_m:double", "start_elev_m:double", "end_elev_m:double"),
        "tunnel",
    )
    shallow, deep = (
        memory_layer("Polygon", [(box(20, 20, 40, 40), ("R", 0.0, bottom))], ROOM_FIELDS, name)
        for name, bottom in (("shallow", -5.0), ("deep", -18.0))
    )
    QgsProject.instance().addMapLayers([shallow, deep], False)
    found, _ = judged(TUNNELS=tunnel, SCHEME_BASEMENTS=[shallow.id(), deep.id()])
    assert found["high", "clearance"] >= 1  # the crown lies at -17, the deep rooms reach -18
    assert found["low", "protection"] + found["low", "clearance"] >= 1  # within 50 m of a tunnel


def test_what_is_missing_is_named(judged):
    fields = ("id:string", "use:string", "base_elev_m:double", "height_m:double")
    offices = memory_layer("Polygon", [(HOME, ("H", "office", 0.0, 9.0))], fields, "offices")
    found, log = judged(BUILDINGS=offices)
    assert found["low", "skyline"] is None
    assert found["low", "sun_rule"] is None
    for told in ("Not judged: Skyline. It needs OBSERVERS.", "It needs PARKS.",
                 "Not judged: Sun in windows of homes."):  # fmt: skip
        assert told in log.text


def test_rooms_for_each_scheme(judged):
    from qgis.core import QgsProcessingException

    rooms = memory_layer("Polygon", [(box(20, 20, 40, 40), ("R", 0.0, -5.0))], ROOM_FIELDS, "rooms")
    QgsProject.instance().addMapLayer(rooms, False)
    with pytest.raises(QgsProcessingException, match="1 layers for 2 schemes"):
        judged(SCHEME_BASEMENTS=[rooms.id()])
