"""Terrains of models: surfaces of sites and of what is called a terrain, as triangles that look up."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.bim.mesh import Mesh
from twin_plugin.core.bim.read import ModelJob, read_model
from twin_plugin.core.bim.rows import place_model
from twin_plugin.core.bim.terrains import up_facing
from twin_plugin.core.bim.wanted import Wanted

GROUND = Wanted(terrain=True)
MM = 1e-3
CORNERS = ((0.0, 0.0, 1.0), (10.0, 0.0, 2.0), (10.0, 10.0, 3.0), (0.0, 10.0, 2.0))


def surface(house, corners=CORNERS, faces=((1, 2, 3), (1, 3, 4))):
    """Give the site of a house a triangulated surface."""
    e = house.f.create_entity
    points = e("IfcCartesianPointList3D", [tuple(house.n(x) for x in corner) for corner in corners])
    item = e("IfcTriangulatedFaceSet", points, CoordIndex=faces)
    shape = e("IfcShapeRepresentation", house.context, "Surface", "Tessellation", [item])
    house.site.Representation = e("IfcProductDefinitionShape", None, None, [shape])


@pytest.mark.parametrize("unit_m", [1.0, 0.001])
@pytest.mark.parametrize("turned", [False, True])
def test_the_surface_of_a_site_is_a_terrain(house, read, unit_m, turned):
    model = house(unit_m=unit_m)
    model.conversion("EPSG:4547", 500_000.0, 2_490_000.0, 10.0)
    surface(model, faces=((1, 3, 2), (1, 4, 3)) if turned else ((1, 2, 3), (1, 3, 4)))
    report = read(model, asked=GROUND)
    (terrain,) = report.terrains
    assert (terrain.ifc_class, terrain.triangles, terrain.name) == ("IfcSite", 2, "Plot")
    assert terrain.plan_area_m2 == pytest.approx(100.0)
    assert (terrain.low_m, terrain.high_m) == (pytest.approx(1.0), pytest.approx(3.0))
    shape, row = place_model(report, "EPSG:4547").terrains[0]
    assert shape.bounds == pytest.approx((500_000, 2_490_000, 500_010, 2_490_010))
    assert row["high_elev_m"] == pytest.approx(13.0)
    rings = [np.array(face.exterior.coords) for face in shape.geoms]
    assert all(face.exterior.is_ccw for face in shape.geoms)
    assert max(ring[:, 2].max() for ring in rings) == pytest.approx(13.0)


def test_it_is_read_only_when_asked_and_changes_no_building(house, read):
    model = house()
    surface(model)
    plain, asked = read(model), read(model, asked=GROUND)
    assert plain.terrains == ()
    assert plain.buildings[0].footprint_area_m2 == asked.buildings[0].footprint_area_m2


def test_of_a_body_only_what_looks_up_is_ground(house, read):
    model = house()
    model.box("IfcBuildingElementProxy", "Terrain", -20, -20, -3.0, 60, 50, 2.0)
    (terrain,) = read(model, asked=GROUND).terrains
    assert terrain.plan_area_m2 == pytest.approx(3000.0)
    assert (terrain.low_m, terrain.high_m) == (pytest.approx(-1.0), pytest.approx(-1.0))


def test_a_site_without_a_shape_is_no_terrain(house, read):
    report = read(house(), asked=GROUND)
    assert report.terrains == ()
    assert not any(w.code == "terrains_unread" for w in report.warnings)


def test_a_trimmed_model_keeps_the_terrain_and_its_kernel_free_shape(house, tmp_path, monkeypatch):
    from twin_plugin.core.bim import read as reading
    from twin_plugin.core.bim.source import open_model

    model = house()
    surface(model)
    path = model.write(tmp_path / "m.ifc")
    job = ModelJob("m", str(path), asked=GROUND)
    short = read_model(job)
    monkeypatch.setattr(reading, "open_model", lambda path, limit, *_: open_model(path, limit))
    whole = read_model(job)
    assert short.terrains == whole.terrains != ()


def test_upright_faces_are_left_out():
    wall = np.array([[0, 0, 0], [5, 0, 0], [5, 0, 3]], dtype=float)
    assert len(up_facing(Mesh(wall, np.array([[0, 1, 2]], dtype=np.int32)))) == 0


def test_the_terrain_of_a_sample_lies_at_its_golden_place(shared_data):
    report = read_model(ModelJob("m", str(shared_data("ifc") / "UT_GeoRef_1.ifc"), asked=GROUND))
    assert len(report.terrains) == 1
    shape, row = place_model(report, report.georeference.to_map.crs).terrains[0]
    # 1 km x 1 km about the model's zero, whose place is 4468005, 5334600, 515 (the reference's golden coordinates).
    assert shape.centroid.coords[0][:2] == pytest.approx((4468005.0, 5334600.0), abs=MM)
    assert shape.bounds == pytest.approx((4467505.0, 5334100.0, 4468505.0, 5335100.0), abs=MM)
    assert row["low_elev_m"] == pytest.approx(515.0, abs=MM)
