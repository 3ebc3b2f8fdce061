"""ROOFS_TO drains in twin:simulateflood: which roofs lead where, what is counted, and what is refused."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core")
pytest.importorskip("numba")
pytest.importorskip("swmm.toolkit")

from osgeo import ogr, osr
from qgis.core import QgsProcessingException, QgsProcessingFeedback

from tests.processing.flood.test_drains_coupled import SOUTH, WEST, simulate  # noqa: F401 - a fixture

ROOF_M2 = 400.0
RAIN_M = 0.07
"""Of the storm of `simulate`, which is over after 20 min."""


@pytest.fixture
def layer(tmp_path):
    """A function that writes a GeoPackage of features: (WKT with x and y from the corner of the terrain, values)."""

    def write(name: str, kind: int, fields: list[str], features: list[tuple]) -> str:
        path, reference = tmp_path / f"{name}.gpkg", osr.SpatialReference()
        reference.ImportFromEPSG(4547)
        source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
        table = source.CreateLayer(name, reference, kind)
        for field in fields:
            table.CreateField(ogr.FieldDefn(field, ogr.OFTString))
        for geometry, *values in features:
            feature = ogr.Feature(table.GetLayerDefn())
            feature.SetGeometry(geometry)
            for field, value in zip(fields, values, strict=True):
                feature.SetField(field, value) if value is not None else None
            table.CreateFeature(feature)
        del table, source
        return str(path)

    return write


def box(x: float, y: float) -> ogr.Geometry:
    """A roof of 20 x 20 m."""
    x, y = WEST + x, SOUTH + y
    return ogr.CreateGeometryFromWkt(f"POLYGON(({x} {y},{x + 20} {y},{x + 20} {y + 20},{x} {y + 20},{x} {y}))")


def point(x: float, y: float) -> ogr.Geometry:
    return ogr.CreateGeometryFromWkt(f"POINT({WEST + x} {SOUTH + y})")


@pytest.fixture
def houses(layer):
    """One 15 m from J1, one 65 m from J2."""
    return layer("houses", ogr.wkbPolygon, ["id"], [(box(30, 90), "near"), (box(170, 60), "far")])


def test_roofs_lead_to_the_nearest_node_within_reach(simulate, houses):  # noqa: F811
    log = QgsProcessingFeedback(False)
    given = {"BUILDINGS": houses, "BUILDINGS_AS": "wall", "minutes": 25, "feedback": log}
    summary, _, _ = simulate("one", **given, ROOFS_TO="drains", ROOF_STORAGE_MM=10)
    assert summary["downpipes_to_drains"] == 1
    assert summary["roof_to_drains_m3"] == pytest.approx((RAIN_M - 0.01) * ROOF_M2, rel=1e-6)
    assert abs(summary["system_error"]) < 1e-5
    assert "Roofs led to the drains" in log.textLog()
    assert "no node within 50 m: 1" in log.textLog()
    both, _, _ = simulate("both", **given, ROOFS_TO="drains", ROOF_REACH_M=100)
    assert both["roof_to_drains_m3"] == pytest.approx(RAIN_M * 2 * ROOF_M2, rel=1e-6)
    ground, _, _ = simulate("ground", **given)
    assert ground["roof_to_drains_m3"] == 0.0
    assert ground["captured_m3"] != both["captured_m3"]


def test_a_downpipe_names_its_node(simulate, houses, layer):  # noqa: F811
    """The far house leads to J2 by name; a pipe whose node does not exist leads to the ground."""
    log, kinds = QgsProcessingFeedback(False), ["building_id", "node"]
    pipes = [(point(169, 70), "far", "J2"), (point(29, 100), "near", "X9")]
    summary, _, _ = simulate(
        feedback=log, minutes=25, BUILDINGS=houses, BUILDINGS_AS="wall", ROOFS_TO="drains",
        DOWNPIPES=layer("pipes", ogr.wkbPoint, kinds, pipes),
    )  # fmt: skip
    assert summary["roof_to_drains_m3"] == pytest.approx(RAIN_M * ROOF_M2, rel=1e-6)
    assert summary["roof_runoff_m3"] == pytest.approx(RAIN_M * 2 * ROOF_M2, rel=1e-3)
    assert "1 downpipes name nodes that take no water, such as 'X9'" in log.textLog()


def test_roofs_to_drains_need_buildings_drains_and_a_node(simulate, houses):  # noqa: F811
    given = {"BUILDINGS": houses, "BUILDINGS_AS": "wall", "ROOFS_TO": "drains"}
    with pytest.raises(QgsProcessingException, match="ROOFS_TO is drains, which leads"):
        simulate("a", **given, DRAINS=None)
    with pytest.raises(QgsProcessingException, match="ROOFS_TO is drains, which leads"):
        simulate("b", ROOFS_TO="drains")
    with pytest.raises(QgsProcessingException, match=r"no node of 'drains.inp' has an inlet"):
        simulate("c", **given, DRAINS_OTHER_NODES="closed")
    with pytest.raises(QgsProcessingException, match="within 1 m: make ROOF_REACH_M larger"):
        simulate("d", **given, ROOF_REACH_M=1)
