"""Areas of the envelope and surfaces in plan: by hand for plain bodies, for the sample house, and where things lack."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely.geometry import box

from tests.core.bim import shell_bodies
from tests.core.bim.shell_bodies import block, maker, room
from twin_plugin.core.bim.envelope import mesh_volume_m3, outer_doors, sides, size_of, surfaces, walls_in_plan
from twin_plugin.core.bim.mesh import Mesh
from twin_plugin.core.bim.model import (
    Building,
    ClosedShell,
    EnvelopeSide,
    Georeference,
    LocalToMap,
    ModelReport,
    RoofPart,
)
from twin_plugin.core.bim.read import ModelJob, read_model
from twin_plugin.core.bim.rows import place_model
from twin_plugin.core.bim.solids import Detail, extrude
from twin_plugin.core.bim.wanted import Wanted

ASKED = Wanted(outlines=True, quantities=True)


def test_surfaces_of_a_gable_and_of_an_overhang():
    solid = maker(shell_bodies.gable()[0]).make(Detail.LOD22).solid
    areas = surfaces(solid, 0.0)
    assert areas["ground"] == pytest.approx(96.0)
    assert areas["roof"] == pytest.approx(96.0 * 1.25)
    assert areas["wall"] == pytest.approx(2 * 12 * 4 + 2 * (8 * 4 + 0.5 * 8 * 3))
    assert areas["overhang"] == 0.0
    areas = surfaces(maker(shell_bodies.overhang()[0]).make(Detail.LOD22).solid, 0.0)
    assert (areas["ground"], areas["overhang"]) == (pytest.approx(80.0), pytest.approx(16.0))
    assert areas["wall"] == pytest.approx(2 * (10 + 8) * 3 + 2 * (12 + 8) * 3)


def test_walls_net_are_less_windows_and_doors():
    shell = ClosedShell(extrude(box(0, 0, 10, 8), 0.0, 3.0), "1.2")
    windows, doors = [np.array([2.0, 1.5]), None], [np.array([1.0, 2.1])]
    found = {side.kind: side for side in sides(shell, [], [], 0.0, windows, doors)}
    assert (found["wall"].gross_area_m2, found["wall"].net_area_m2) == (pytest.approx(108.0), pytest.approx(102.9))
    assert (found["window"].elements, found["window"].gross_area_m2) == (2, pytest.approx(3.0))
    assert found["wall"].volume_m3 is None
    assert found["wall"].lod == "1.2"


def test_without_a_shell_nothing_is_measured_on_it():
    found = {side.kind: side for side in sides(None, [], [], 0.0, [], [])}
    assert found["wall"].gross_area_m2 is None
    assert "ground" not in found


def test_the_volume_of_a_mesh_is_known_where_it_closes():
    mesh = block(500_000, 0, 500_002, 3, 0, 4)
    assert mesh_volume_m3(mesh) == pytest.approx(24.0)
    assert mesh_volume_m3(Mesh(mesh.vertices, mesh.faces[:, ::-1])) == pytest.approx(24.0)
    assert mesh_volume_m3(Mesh(mesh.vertices, mesh.faces[1:])) is None


def test_doors_in_a_wall_lead_outside_unless_they_say_otherwise(house, tmp_path):
    import ifcopenshell

    model = ifcopenshell.open(str(house().write(tmp_path / "h.ifc")))
    door = model.by_type("IfcDoor")[0]
    solid = extrude(box(0, 0, 10, 8), 0.0, 3.0)
    assert walls_in_plan(solid).length >= 36.0
    near, far = block(4, 0, 5, 0.1, 0, 2), block(4, 4, 5, 4.1, 0, 2)
    assert outer_doors([(door, near)], solid) == [door]
    assert outer_doors([(door, far)], solid) == []
    assert outer_doors([(door, near)], None) == []
    assert size_of(door, 1.0) is None or size_of(door, 1.0).shape == (2,)


def test_rows_of_outlines_have_their_levels_and_lie_on_the_map():
    square = box(0, 0, 10, 8)
    planes = (RoofPart(box(0, 0, 10, 4), (0.0, 0.75, 4.0), 7.0), RoofPart(box(0, 4, 10, 8), (0.0, -0.75, 10.0), 7.0))
    shell = ClosedShell(None, "2.2", parts=(RoofPart(square, (0.0, 0.0, 7.0), 7.0),), planes=planes)
    side = EnvelopeSide("wall", 4, 100.00049, 90.0, None, "2.2")
    building = Building("b", "", "", square, square, 0.0, -3.0, 7.0, shell=shell, envelope=(side,))
    georeference = Georeference(50, "map", to_map=LocalToMap("EPSG:4547", 500_000, 2_490_000, 4.0, 0.6, 0.8))
    report = ModelReport("m.ifc", "/m.ifc", georeference=georeference, buildings=(building,))
    rows = place_model(report, "EPSG:4547", asked=ASKED)
    found = {values["id"].split("m.ifc/b/")[1]: (shape, values) for shape, values in rows.outlines}
    assert [*found] == ["0.2/footprint/1", "0.2/roof/1", "0.3/roof/1", "0.4/roof/1", "0.4/roof/2"]
    shape, values = found["0.4/roof/2"]
    assert values["slope_deg"] == pytest.approx(36.8699, abs=1e-3)
    assert values["surface_m2"] == pytest.approx(50.0)
    assert values["elev_m"] == pytest.approx(11.0)
    heights = shapely.get_coordinates(shape, include_z=True)[:, 2]
    assert (heights.min(), heights.max()) == (pytest.approx(8.0), pytest.approx(11.0))
    x, y = shape.centroid.x - 500_000, shape.centroid.y - 2_490_000
    assert (x, y) == (pytest.approx(0.6 * 5 - 0.8 * 6), pytest.approx(0.8 * 5 + 0.6 * 6))
    assert rows.envelope == [(None, rows.envelope[0][1])]
    assert rows.envelope[0][1]["gross_area_m2"] == 100.0
    assert place_model(report, "EPSG:4547").outlines == []
    nowhere = place_model(ModelReport("m", "m", buildings=(building,)), "", asked=ASKED).outlines
    assert {shape for shape, _ in nowhere} == {None}


def test_roof_parts_do_not_overlap_and_fill_the_roof():
    shell = maker([*room(0, 0, 10, 10, 0, 9), *room(10, 0, 20, 5, 0, 4)]).make(Detail.LOD22)
    for surfaces_of in (shell.parts, shell.planes):
        assert sum(part.shape.area for part in surfaces_of) == pytest.approx(150.0)
        assert shapely.union_all([part.shape for part in surfaces_of]).area == pytest.approx(150.0)


def test_fzk_haus_by_hand(shared_data):
    path = shared_data("ifc/AC20-FZK-Haus.ifc")
    report = read_model(ModelJob("m", str(path), shell_detail=Detail.LOD22, asked=ASKED))
    found = {side.kind: side for side in report.buildings[0].envelope}
    slope, thick = np.cos(np.radians(30)), 0.2 / np.cos(np.radians(30))
    assert found["roof"].gross_area_m2 == pytest.approx(143 / slope, rel=1e-4)
    assert found["overhang"].gross_area_m2 == pytest.approx(23 / slope, rel=1e-4)
    assert found["ground"].gross_area_m2 == pytest.approx(120.0)
    soffit = 6.31769 - thick
    gables = 2 * (10 * soffit - np.tan(np.radians(30)) * 25)
    eaves = 2 * 12 * (soffit - np.tan(np.radians(30)) * 5)
    assert found["wall"].gross_area_m2 == pytest.approx(gables + eaves + (2 * 11 + 2 * 13) * thick, rel=1e-3)
    assert found["roof"].volume_m3 == pytest.approx(143 * thick, rel=1e-3)
    assert (found["window"].elements, found["door"].elements) == (11, 2)
