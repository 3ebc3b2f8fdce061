"""twin:loadbim in 3D and against a terrain: solids at each level of detail, and ground floors that hang in the air."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from qgis.core import QgsProcessingException, QgsTessellator, QgsVectorLayer, QgsWkbTypes

from tests.listener import Listener
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.closed_solids import open_edges, volume_m3
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.solid import Solid

ID = "twin:loadbim"
OUTPUTS = ("BUILDINGS", "STOREYS", "OPENINGS", "SOLIDS", "REPORT")


@pytest.fixture
def folder(district_models):
    return district_models(2, 7)


@pytest.fixture
def load(run_algorithm, folder, tmp_path):
    def run(**parameters):
        listener = Listener()
        places = {name: str(tmp_path / f"{name.lower()}.gpkg") for name in OUTPUTS}
        results = run_algorithm(ID, {**places, "FOLDER": str(folder), **parameters}, listener)
        return {name: QgsVectorLayer(results[name], name) for name in OUTPUTS}, listener.warnings

    return run


def drawn(solid):
    """The area of the triangles that QGIS makes of the faces for its 3D views."""
    box = solid.boundingBox()
    tessellator = QgsTessellator(box.xMinimum(), box.yMinimum(), False)
    for face in parts(solid):
        tessellator.addPolygon(face, 0)
    corners = np.array(tessellator.data()).reshape(-1, 3, 3)
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    return np.linalg.norm(cross, axis=1).sum() / 2


def surface(solid):
    """The area of the faces by their corners."""
    box = solid.boundingBox()
    total = 0.0
    for face in parts(solid):
        rings = [face.exteriorRing(), *(face.interiorRing(i) for i in range(face.numInteriorRings()))]
        for sign, ring in zip((1, *(-1 for _ in rings[1:])), rings, strict=True):
            points = [(p.x() - box.xMinimum(), p.y() - box.yMinimum(), p.z()) for p in ring.points()]
            total += sign * np.linalg.norm(np.cross(points[:-1], points[1:]).sum(axis=0)) / 2
    return total


def parts(solid):
    return [solid.geometryN(i) for i in range(solid.numGeometries())]


def test_solids_at_each_level_of_detail(load, tmp_path):
    faces = {}
    for detail in ("footprint", "storeys", "shell"):
        layers, warnings = load(LOD=detail)
        assert warnings == []
        assert layers["SOLIDS"].wkbType() == QgsWkbTypes.Type.MultiPolygonZ
        roofs = {f["id"]: f["roof_elev_m"] for f in layers["BUILDINGS"].getFeatures()}
        faces[detail] = 0
        for feature in layers["SOLIDS"].getFeatures():
            geometry = feature.geometry().constGet()
            faces[detail] += geometry.numGeometries()
            highest = max(vertex.z() for vertex in geometry.vertices())
            assert highest == pytest.approx(roofs[feature["id"]], abs=0.01)
            assert drawn(geometry) == pytest.approx(surface(geometry), rel=1e-4)
    assert faces["footprint"] < faces["storeys"] < faces["shell"]
    assert (tmp_path / "solids.qml").exists()


@pytest.mark.parametrize("detail", ["lod12", "lod13", "lod22"])
def test_closed_shells_close_and_say_what_they_hold(load, detail):
    layers, warnings = load(LOD=detail)
    assert warnings == []
    features = list(layers["SOLIDS"].getFeatures())
    assert {feature["id"] for feature in features} == {feature["id"] for feature in layers["BUILDINGS"].getFeatures()}
    for feature in features:
        faces = shapely.from_wkb(bytes(feature.geometry().asWkb())).geoms
        solid = Solid.from_faces([[np.array(r.coords)[:-1] for r in (f.exterior, *f.interiors)] for f in faces])
        assert open_edges(solid) == 0
        assert volume_m3(solid) == pytest.approx(feature["volume_m3"], rel=1e-4)
        if detail == "lod12":
            assert (feature["lod"], feature["reason"] or "") == ("1.2", "")
        if feature["lod"] == "2.2":
            assert volume_m3(solid) == pytest.approx(feature["volume_check_m3"], rel=0.05)
        assert (feature["lod"] == f"{detail[3]}.{detail[4]}") == (not feature["reason"])


def test_outlines_and_areas_only_where_they_are_asked_for(run_algorithm, folder, tmp_path):
    wanted = {name: str(tmp_path / f"{name.lower()}.gpkg") for name in ("BUILDINGS", "REPORT", "OUTLINES", "ENVELOPE")}
    results = run_algorithm(ID, {**wanted, "FOLDER": str(folder)}, Listener())
    assert "SOLIDS" not in results
    buildings = {f["id"]: f for f in QgsVectorLayer(results["BUILDINGS"], "b").getFeatures()}
    surfaces = list(QgsVectorLayer(results["OUTLINES"], "o").getFeatures())
    assert {surface["lod"] for surface in surfaces} == {"0.2", "0.3", "0.4"}
    for surface in surfaces:
        building = buildings[surface["building_id"]]
        expected = building["roof_elev_m"] if surface["kind"] == "roof" else building["ground_floor_elev_m"]
        if surface["lod"] == "0.2":
            assert surface["elev_m"] == pytest.approx(expected, abs=0.01)
            assert surface.geometry().area() == pytest.approx(surface["area_m2"], rel=1e-3)
    assert (tmp_path / "outlines.qml").exists()
    sides = list(QgsVectorLayer(results["ENVELOPE"], "e").getFeatures())
    assert {side["building_id"] for side in sides} == {*buildings}
    assert {"wall", "roof", "slab", "ground", "window", "door"} <= {side["kind"] for side in sides}
    assert all(side["net_area_m2"] <= side["gross_area_m2"] for side in sides)
    assert all(side["gross_area_m2"] > 0 for side in sides if side["kind"] in ("wall", "roof", "ground"))


def test_a_closed_shell_of_a_class_is_refused(load):
    with pytest.raises(QgsProcessingException, match="whole building"):
        load(LOD="lod22", SOLIDS_OF="class")


def test_a_solid_for_each_class(load):
    layers, _ = load(LOD="shell")
    whole = {}
    for feature in layers["SOLIDS"].getFeatures():
        assert not feature["ifc_class"]
        solid = feature.geometry().constGet()
        whole[feature["id"]] = (solid.numGeometries(), surface(solid))
    layers, warnings = load(LOD="shell", SOLIDS_OF="class")
    assert warnings == []
    rows = list(layers["SOLIDS"].getFeatures())
    assert {"IfcWall", "IfcSlab", "IfcDoor"} <= {row["ifc_class"] for row in rows}
    assert len({(row["id"], row["ifc_class"]) for row in rows}) == len(rows)
    # The same faces, only in more rows.
    faces, areas = dict.fromkeys(whole, 0), dict.fromkeys(whole, 0.0)
    for row in rows:
        solid = row.geometry().constGet()
        faces[row["id"]] += solid.numGeometries()
        areas[row["id"]] += surface(solid)
    assert faces == {key: count for key, (count, _) in whole.items()}
    assert areas == pytest.approx({key: area for key, (_, area) in whole.items()}, rel=1e-6)


def test_a_terrain_that_lies_elsewhere_is_told(load, tmp_path):
    layers, _ = load()
    extent = layers["BUILDINGS"].extent().buffered(20)
    floor = next(layers["BUILDINGS"].getFeatures())["ground_floor_elev_m"]
    for offset, count in ((0.0, 0), (-30.0, 2)):
        values = np.full((int(extent.height()), int(extent.width())), floor + offset, np.float32)
        path = tmp_path / f"dtm {offset}.tif"
        write_grid(Grid(values, extent.xMinimum(), extent.yMaximum(), 1.0, "EPSG:4547"), path)
        layers, warnings = load(DTM=str(path))
        assert len(warnings) == count
        assert all("above the terrain" in text for text in warnings)
        told = [row["warnings"] for row in layers["REPORT"].getFeatures()]
        assert sum("above the terrain" in str(text) for text in told) == count


def test_an_unknown_detail_is_refused(load):
    with pytest.raises((AssertionError, QgsProcessingException)):
        load(LOD="bricks")
