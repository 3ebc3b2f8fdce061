"""Solids: closed, as large as what they stand for, and few faces."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon, box

from twin_plugin.core.bim import solids
from twin_plugin.core.bim.mesh import Mesh
from twin_plugin.core.bim.model import Georeference, LocalToMap, ModelReport, ReadStatus
from twin_plugin.core.bim.rows import place_model
from twin_plugin.core.bim.solids import Detail, extrude, shell_faces, stack


def fan(polygon):
    """Triangles of a polygon without holes around its first corner, signed by their winding."""
    corners = shapely.get_coordinates(polygon, include_z=True)[:-1]
    return np.array([[corners[0], corners[i], corners[i + 1]] for i in range(1, len(corners) - 1)])


def volume(solid):
    """By the divergence theorem: right only where the faces close and look outwards."""
    triangles = np.vstack([fan(face) for face in solid.geoms])
    triangles = triangles - triangles[0, 0]
    return float(np.einsum("ij,ij->i", triangles[:, 0], np.cross(triangles[:, 1], triangles[:, 2])).sum() / 6)


def prism(plan, low, high):
    """The mesh of a prism over a polygon without holes, from shapely's own triangles."""
    vertices, faces = [], []

    def add(triangle):
        faces.append(range(len(vertices), len(vertices) + 3))
        vertices.extend(triangle)

    for triangle in shapely.get_parts(shapely.delaunay_triangles(plan)):
        if plan.buffer(1e-9).covers(triangle):
            ring = shapely.get_coordinates(shapely.geometry.polygon.orient(triangle))[:3]
            add([(*p, high) for p in ring])
            add([(*p, low) for p in ring[::-1]])
    ring = shapely.get_coordinates(shapely.geometry.polygon.orient(plan))
    for (x0, y0), (x1, y1) in pairwise(ring):
        add([(x0, y0, low), (x1, y1, low), (x1, y1, high)])
        add([(x0, y0, low), (x1, y1, high), (x0, y0, high)])
    return Mesh(np.array(vertices, float), np.array([list(f) for f in faces], np.int32))


@pytest.mark.parametrize("at", [(0.0, 0.0), (500_000.25, 2_500_000.75)])
def test_faces_of_one_plane_are_joined(at):
    bent = Polygon([(0, 0), (6, 0), (6, 2), (2, 2), (2, 5), (0, 5)])
    plan = shapely.transform(bent, lambda p: p + at)
    mesh = prism(plan, 1.0, 4.0)
    solid = shell_faces([mesh], np.round(at)).polygons()
    assert len(mesh.faces) > len(solid.geoms) == 8
    assert volume(solid) == pytest.approx(plan.area * 3.0, rel=1e-6)
    assert sum(map(surface, solid.geoms)) == pytest.approx(2 * plan.area + plan.length * 3.0, rel=1e-6)


def surface(face):
    triangles = fan(face)
    total = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]).sum(axis=0)
    return float(np.linalg.norm(total)) / 2


def test_a_slope_keeps_its_place():
    corners = np.array([(0, 0, 3), (10, 0, 3), (10, 4, 6), (0, 4, 6)], float)
    solid = shell_faces([Mesh(corners, np.array([[0, 1, 2], [0, 2, 3]], np.int32))], np.zeros(2)).polygons()
    (face,) = solid.geoms
    assert surface(face) == pytest.approx(50.0, abs=1e-3)
    found = shapely.get_coordinates(face, include_z=True)[:4]
    assert sorted(map(tuple, np.round(found, 3) + 0.0)) == sorted(map(tuple, corners))
    assert found[:, 2] == pytest.approx(3 + 0.75 * found[:, 1], abs=1e-3)


def test_nothing_gives_nothing(monkeypatch):
    assert shell_faces([], np.zeros(2)) is None
    flat = Mesh(np.zeros((3, 3)), np.array([[0, 1, 2]], np.int32))
    assert shell_faces([flat], np.zeros(2)) is None
    assert stack([(box(0, 0, 1, 1), None, 3.0), (None, 0.0, 3.0), (box(0, 0, 1, 1), 3.0, 3.0)]) is None
    monkeypatch.setattr(solids, "MANY", 3)
    assert shell_faces([prism(box(0, 0, 1, 1), 0, 1)], np.zeros(2)).faces_count == 12


def test_prisms_close_around_a_court():
    plan = Polygon(box(0, 0, 10, 10).exterior, [box(4, 4, 6, 6).exterior])
    assert len(extrude(plan, 0, 3).polygons().geoms) == 10
    assert volume(extrude(box(2, 1, 5, 3), 1.0, 4.0).polygons()) == pytest.approx(18.0)
    both = stack([(box(0, 0, 4, 4), 0.0, 3.0), (box(0, 0, 2, 4), 3.0, 6.0)])
    assert volume(both.polygons()) == pytest.approx(48.0 + 24.0)


def placed(house, read, detail):
    model = house()
    upper = model.level("Upper", 3.2)
    model.box("IfcWall", "Upper wall", 0, 0, 3.2, 5, 0.3, 2.8, upper)
    model.box("IfcSlab", "Upper floor", 0, 0, 3.0, 5, 8, 0.2, upper)
    report = read(model, with_faces=detail is Detail.SHELL)
    to_map = LocalToMap("EPSG:25832", 458657.0, 5438232.0, 100.0)
    report = ModelReport(
        "m", "m", status=ReadStatus.OK, georeference=Georeference(to_map=to_map), buildings=report.buildings
    )
    rows = place_model(report, "EPSG:25832", detail=detail)
    return rows.solids[0][0], rows.buildings[0]


def test_each_level_of_detail_on_the_map(house, read):
    heights = {}
    for detail in Detail:
        solid, (footprint, _) = placed(house, read, detail)
        assert solid.geom_type == "MultiPolygon"
        assert solid.has_z
        assert footprint.buffer(1.01).covers(box(*solid.bounds))
        z = shapely.get_coordinates(solid, include_z=True)[:, 2]
        heights[detail] = (z.min(), z.max(), len(solid.geoms))
    assert heights[Detail.FOOTPRINT][:2] == pytest.approx((99.8, 106.0), abs=1e-3)
    assert heights[Detail.STOREYS][:2] == pytest.approx((100.0, 106.0), abs=1e-3)
    assert heights[Detail.SHELL][:2] == pytest.approx((99.8, 106.0), abs=1e-3)
    # Ten boxes of six faces each: walls, slabs, roof and door.
    assert heights[Detail.SHELL][2] == 9 * 6


def test_faces_are_read_only_where_they_are_wanted(house, read):
    assert read(house()).buildings[0].solids == ()
