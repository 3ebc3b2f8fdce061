"""glTF read back by a strict reader of its own and by trimesh: places, normals, colours, attributes, volumes."""

from __future__ import annotations

import io

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.scene.gltf import FeatureColumns, Material, glb
from twin_plugin.core.scene.meshes import Mesh, Shades, near_mesh, prism_mesh
from twin_plugin.core.scene.scene import Buildings

from .glb_reader import Glb

SHADES = Shades({"residential": 0}, 1)
MATERIALS = [Material(name, f"#{k}0{k}0ff") for k, name in enumerate(("homes", "homes, odd", "other", "odd", "below"))]
NAMES = ("水务大厦 <script>alert(1)</script>", "")


def made() -> bytes:
    shapes = [shapely.box(0, 0, 30, 20) - shapely.box(10, 5, 20, 15), shapely.box(50, 0, 60, 10)]
    bodies = Prisms.of_shapes(shapes, np.array([5.0, 0]), np.array([17.0, 9]), np.array([0, 1]), ["a/1", "b"], NAMES)
    buildings = Buildings(bodies, ("residential", "x"), Prisms.none(), np.zeros(0, np.int64), Prisms.none())
    columns = FeatureColumns(2, {"id": bodies.ids, "name": NAMES}, {"height_m": np.array([12.0, np.nan], np.float32)})
    return glb(near_mesh(buildings, SHADES), MATERIALS, columns, {"note": "±"})


def test_file_obeys_the_specification_and_holds_the_solids():
    file = Glb(made())
    assert file.volume() == pytest.approx(500 * 12 + 900, rel=1e-6)
    points = np.concatenate([primitive.points for primitive in file.primitives()])
    # x is east, y is up, z is south.
    assert points.min(axis=0) == pytest.approx([0, 0, -20])
    assert points.max(axis=0) == pytest.approx([60, 17, 0])


def test_normals_look_outward():
    for primitive in Glb(made()).primitives():
        corners = primitive.points[primitive.triangles]
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        across /= np.linalg.norm(across, axis=1)[:, None]
        for k in range(3):
            assert primitive.normals[primitive.triangles[:, k]] == pytest.approx(across, abs=1e-5)


def test_normals_are_stored_as_qgis_takes_them():
    """QGIS 3.40 turns positions, but takes the numbers of normals as they stand, in a scene with y up."""
    file = Glb(made())
    assert file.document["nodes"] == [{"mesh": 0}]
    stored = np.concatenate(
        [file.accessor(primitive["attributes"]["NORMAL"]) for primitive in file.document["meshes"][0]["primitives"]]
    )
    assert {tuple(row) for row in np.round(stored, 3)} >= {(0.0, 1.0, 0.0), (0.0, -1.0, 0.0), (0.0, 0.0, 1.0)}


def test_normals_may_be_left_to_the_program():
    file = Glb(glb(prism_mesh(one(), np.zeros(1, np.int64)), MATERIALS, with_normals=False))
    assert [set(item["attributes"]) for item in file.document["meshes"][0]["primitives"]] == [{"POSITION"}]
    assert file.volume() == pytest.approx(1.0)


def test_attributes_come_back_as_texts():
    file = Glb(made())
    assert file.table() == {"id": ["a/1", "b"], "name": list(NAMES), "height_m": [12.0, None]}
    seen = {primitive.material["name"]: set(primitive.features.tolist()) for primitive in file.primitives()}
    assert seen == {"homes": {0.0}, "other": {1.0}}
    assert file.document["extensionsUsed"] == ["EXT_mesh_features", "EXT_structural_metadata"]


def test_colours_are_linear():
    (material, _) = (primitive.material for primitive in Glb(made()).primitives())
    red, green, blue, opacity = material["pbrMetallicRoughness"]["baseColorFactor"]
    assert (red, green, blue, opacity) == pytest.approx((0, 0, 1, 1))
    grey = glb(prism_mesh(one(), np.zeros(1, np.int64)), [Material("grey", "#808080", 0.4)])
    (shown,) = (primitive.material for primitive in Glb(grey).primitives())
    # 128/255 in sRGB is 0.2158605 of the light.
    assert shown["pbrMetallicRoughness"]["baseColorFactor"] == pytest.approx([0.2158605] * 3 + [0.4], abs=1e-6)
    assert shown["alphaMode"] == "BLEND"


def one() -> Prisms:
    return Prisms.of_shapes([shapely.box(0, 0, 1, 1)], np.zeros(1), np.ones(1), np.zeros(1, int), ["a"])


def test_more_corners_than_a_short_index_counts():
    many = Prisms.of_shapes(
        [shapely.box(x, 0, x + 0.5, 1) for x in range(3000)], np.zeros(3000), np.ones(3000), np.arange(3000),
        [str(k) for k in range(3000)],
    )  # fmt: skip
    file = Glb(glb(prism_mesh(many, np.zeros(3000, np.int64)), MATERIALS))
    assert sum(len(primitive.points) for primitive in file.primitives()) == 72_000
    assert file.volume() == pytest.approx(1500, rel=1e-4)
    assert "extensionsUsed" not in file.document


def test_equal_scenes_give_equal_bytes():
    assert made() == made()


def test_trimesh_reads_the_same_solid():
    trimesh = pytest.importorskip("trimesh")
    scene = trimesh.load(io.BytesIO(made()), file_type="glb")
    mesh = scene.to_geometry() if hasattr(scene, "to_geometry") else scene.dump(concatenate=True)
    assert mesh.volume == pytest.approx(6900, rel=1e-6)
    assert mesh.bounds.ravel() == pytest.approx([0, 0, -20, 60, 17, 0])
    mesh.merge_vertices(merge_norm=True, merge_tex=True)
    assert mesh.is_watertight


def test_mesh_of_nothing_has_no_normals():
    assert Mesh.none().normals().shape == (0, 3)


def test_pipes_have_their_volume_and_terrain_looks_up():
    from twin_plugin.core.common.grid import Grid
    from twin_plugin.core.scene.ground_mesh import pipe_mesh, terrain_mesh
    from twin_plugin.core.scene.scene import Pipes

    axis = np.array([[0, 0, 0], [10, 0, 0], [10, 5, -3], [10, 5, 4.0]])
    pipes = pipe_mesh(Pipes(("a", "b"), (axis, axis + 50), np.array([0.5, 1.0]), ("storm", "")), 0, 0)
    length = 10 + np.hypot(5, 3) + 7
    assert pipes.volume_m3() == pytest.approx(np.pi * (0.25 + 1.0) * length)
    values = np.add.outer(-np.arange(5.0), np.arange(7.0)) * 2
    values[0, 0] = np.nan
    ground = terrain_mesh(Grid(values, 100, 50, 2.0), 1, 2)
    assert len(ground) == 2 * 4 * 6 - 2
    # It rises a metre a metre to the east and to the north.
    assert ground.normals() == pytest.approx(np.tile([-1, -1, 1] / np.sqrt(3), (34, 1)))
    assert ground.points[:, :2].min(axis=0).tolist() == [101.0, 41.0]
