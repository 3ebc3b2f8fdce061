"""Solids of element classes: each class has its own, and all together are what the building is."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from twin_plugin.core.bim import input_limits
from twin_plugin.core.bim.input_limits import bounded
from twin_plugin.core.bim.model import Georeference, LocalToMap, ReadStatus
from twin_plugin.core.bim.rows import place_model
from twin_plugin.core.bim.solids import Detail

COUNTS = {"IfcDoor": 2, "IfcRoof": 1, "IfcSlab": 2, "IfcWall": 5}
VOLUMES = {
    "IfcDoor": 2 * 1 * 0.1 * 2.1,
    "IfcRoof": 11 * 9 * 0.2,
    "IfcSlab": 10 * 8 * 0.2 + 5 * 8 * 0.2,
    "IfcWall": 2 * (10 + 8) * 0.3 * 3.0 + 5 * 0.3 * 2.8,
}


def volume(solid):
    """By the divergence theorem over all rings: right only where the faces close and look outwards."""
    origin = np.array(solid.geoms[0].exterior.coords[0])
    total = 0.0
    for ring in (ring for face in solid.geoms for ring in (face.exterior, *face.interiors)):
        corners = np.asarray(ring.coords)[:-1] - origin
        total += np.einsum("j,ij->", corners[0], np.cross(corners[1:-1], corners[2:])) / 6
    return float(total)


def two_storeys(house, schema="IFC4"):
    model = house(schema=schema)
    upper = model.level("Upper", 3.2)
    kind = "IfcWallStandardCase" if schema != "IFC4X3_ADD2" else "IfcWall"
    model.box(kind, "Upper wall", 0, 0, 3.2, 5, 0.3, 2.8, upper)
    model.box("IfcSlab", "Upper floor", 0, 0, 3.0, 5, 8, 0.2, upper)
    model.box("IfcDoor", "Upper door", 1, 0.1, 3.2, 1, 0.1, 2.1, upper)
    return model


def solids_of(read, model, detail):
    report = read(model, with_faces=detail is Detail.SHELL, class_detail=detail)
    return {solid.kind: solid for solid in report.buildings[0].solids}, report


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4", "IFC4X3_ADD2"])
@pytest.mark.parametrize("detail", list(Detail))
def test_each_class_has_its_own_solid(house, read, schema, detail):
    found, report = solids_of(read, two_storeys(house, schema), detail)
    assert {name: part.elements for name, part in found.items()} == COUNTS
    for name, part in found.items():
        assert part.polygons().has_z
        assert part.owner == report.buildings[0].id
        # Walls that stand into one another count once where a storey is joined.
        corners = 4 * 0.3 * 0.3 * 3.0 if name == "IfcWall" and detail is Detail.STOREYS else 0.0
        assert volume(part.polygons()) == pytest.approx(VOLUMES[name] - corners, rel=1e-6)
        if name == "IfcSlab":
            assert part.heights == pytest.approx((-0.2, 3.2))


def test_a_row_for_each_class_on_the_map(house, read):
    model = two_storeys(house)
    parts, report = solids_of(read, model, Detail.FOOTPRINT)
    place = Georeference(to_map=LocalToMap("EPSG:25832", 458657.0, 5438232.0, 100.0))
    placed = bounded(type(report)("m", "m", status=ReadStatus.OK, georeference=place, buildings=report.buildings))
    rows = place_model(placed, "EPSG:25832")
    building = rows.buildings[0][1]["id"]
    assert [values["ifc_class"] for _, values in rows.solids] == sorted(COUNTS)
    for shape, values in rows.solids:
        assert values["id"] == building
        assert values["elements"] == COUNTS[values["ifc_class"]]
        z = shapely.get_coordinates(shape, include_z=True)[:, 2]
        assert (z.min(), z.max()) == pytest.approx((values["base_elev_m"], values["roof_elev_m"]))
        assert volume(shape) == pytest.approx(VOLUMES[values["ifc_class"]], rel=1e-6)
        assert shape.bounds[0] > 458650
    unplaced = place_model(type(report)("m", "m", status=ReadStatus.OK, buildings=report.buildings), "")
    assert [shape for shape, _ in unplaced.solids] == [None] * len(COUNTS)
    assert len(parts) == len(COUNTS)


def test_without_being_asked_a_building_is_one_solid(house, read):
    report = read(two_storeys(house))
    assert report.buildings[0].solids == ()
    rows = place_model(report, "")
    assert [values.get("ifc_class") for _, values in rows.solids] == [None]


def test_what_a_class_is_called_does_not_change_the_building(house, read):
    model = two_storeys(house)
    plain, asked = read(model).buildings[0], solids_of(read, model, Detail.STOREYS)[1].buildings[0]
    assert asked.outline.equals(plain.outline)
    assert asked.footprint.equals(plain.footprint)
    assert [o.id for o in asked.openings] == [o.id for o in plain.openings]


def test_faces_of_a_model_have_a_limit(house, read, monkeypatch):
    monkeypatch.setattr(input_limits, "MOST_POINTS_OF_FACES", 200)
    parts, report = solids_of(read, two_storeys(house), Detail.SHELL)
    assert report.status is ReadStatus.PARTIAL
    assert "faces" in report.reason
    assert sum(shapely.get_num_coordinates(part.polygons()) for part in parts.values()) <= 200
    whole = read(two_storeys(house), with_faces=True)
    assert whole.buildings[0].solids == ()
    assert whole.status is ReadStatus.PARTIAL


def test_a_flat_element_has_a_body(house, read):
    model = house()
    shape = model.f.by_type("IfcRoof")[0].Representation.Representations[0]
    e = model.f.create_entity
    ring = [e("IfcCartesianPoint", p) for p in ((0.0, 0.0, 3.0), (9.0, 0.0, 3.0), (9.0, 9.0, 3.0), (0.0, 9.0, 3.0))]
    face = e("IfcFace", [e("IfcFaceOuterBound", e("IfcPolyLoop", ring), True)])
    faces = e("IfcConnectedFaceSet", [face])
    shape.RepresentationType, shape.Items = "SurfaceModel", [e("IfcFaceBasedSurfaceModel", [faces])]
    found, _ = solids_of(read, model, Detail.FOOTPRINT)
    assert 0 < np.ptp(found["IfcRoof"].heights) < 0.1
