"""A scene as one glTF file and as 3D Tiles: what is in them, and what is refused."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.errors import Cancelled, InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.common.progress import silent
from twin_plugin.core.scene import tile_plan
from twin_plugin.core.scene.earth import Undulation
from twin_plugin.core.scene.gltf_scene import write_gltf
from twin_plugin.core.scene.scene import Buildings, Pipes, Scene
from twin_plugin.core.scene.tiles_scene import write_tiles

from .glb_reader import Glb

X, Y = 500_000.0, 2_495_000.0


def scene(count=3, terrain=True):
    plans = [shapely.box(X + 40 * k, Y, X + 40 * k + 20, Y + 10) for k in range(count)]
    owner = np.arange(count)
    ids = [f"m/{k}" for k in owner]
    bodies = Prisms.of_shapes(plans, np.full(count, 5.0), np.full(count, 17.0), owner, ids, ["楼 <b>"] * count)
    buildings = Buildings(bodies, ("office",) * count, Prisms.none(), np.zeros(0, np.int64), Prisms.none())
    ground = Grid(np.full((20, 30), 5.0, np.float32), X - 50, Y + 100, 10.0, "EPSG:4547") if terrain else None
    pipes = Pipes(("p",), (np.array([[X, Y, 2.0], [X + 30, Y, 2.0]]),), np.array([0.4]), ("storm",))
    return Scene("城 A", "EPSG:4547", "1985", 114.0, 22.55, 0.0, buildings, ground, None, pipes)


@pytest.fixture(autouse=True)
def one_offset(monkeypatch):
    """The same geoid on every machine."""
    monkeypatch.setattr(tile_plan, "undulation", lambda bounds: Undulation.constant(-3.0))


def test_gltf_holds_buildings_terrain_and_pipes_from_its_origin(tmp_path):
    path = tmp_path / "城 scene.glb"
    (told,) = write_gltf(scene(), path, silent)
    file = Glb(path.read_bytes())
    east, north, up = file.document["asset"]["extras"]["origin"]
    parts = {part.material["name"]: part for part in file.primitives()}
    assert set(parts) == {"Work and trade", "Terrain", "Pipes"}
    homes = parts["Work and trade"].points + np.array([east, up, -north])
    assert homes.min(axis=0) == pytest.approx([X, 5.0, -Y - 10], abs=1e-3)
    assert homes.max(axis=0) == pytest.approx([X + 100, 17.0, -Y], abs=1e-3)
    assert (parts["Terrain"].normals[:, 1] == 1.0).all()
    assert set(parts["Terrain"].features) == {3.0}
    assert file.table()["name"] == ["楼 <b>"] * 3 + [""]
    assert "EPSG:4547" in told


def test_gltf_is_refused_for_other_names_and_nothing(tmp_path):
    with pytest.raises(InputError, match=r"\.glb"):
        write_gltf(scene(), tmp_path / "a.gltf", silent)
    with pytest.raises(Cancelled):
        write_gltf(scene(), tmp_path / "a.glb", lambda fraction, text="": False)
    assert not list(tmp_path.iterdir())


def test_buildings_keep_their_numbers_in_gltf(tmp_path):
    write_gltf(scene(500, terrain=False), tmp_path / "a.glb", silent)
    file = Glb((tmp_path / "a.glb").read_bytes())
    east = file.document["asset"]["extras"]["origin"][0]
    (homes,) = (part for part in file.primitives() if part.material["name"] == "Work and trade")
    assert set(homes.features) == set(range(500))
    assert np.floor((homes.points[:, 0] + east - X + 1e-3) / 40).tolist() == homes.features.tolist()


def test_too_much_for_a_file_is_refused(tmp_path, monkeypatch):
    from twin_plugin.core.scene import gltf_scene

    monkeypatch.setattr(gltf_scene, "MOST_TRIANGLES", 100)
    with pytest.raises(InputError, match="one glTF file"):
        write_gltf(scene(500), tmp_path / "a.glb", silent)
    assert not list(tmp_path.iterdir())


def test_tiles_of_a_scene_are_those_of_twin_exporttiles_and_go_on(tmp_path):
    folder = tmp_path / "tiles 瓦"
    (told,) = write_tiles(scene(300), folder, silent)
    before = {path.name: path.read_bytes() for path in (folder / "tiles").iterdir()}
    assert "-3.00" in told
    root = json.loads((folder / "tileset.json").read_text(encoding="utf-8"))["root"]
    assert len(root["children"]) >= 2
    write_tiles(scene(300), folder, silent)
    assert {path.name: path.read_bytes() for path in (folder / "tiles").iterdir()} == before


def test_cancelled_tiles_stay_and_show_nothing(tmp_path):
    calls = iter([True, True, False])
    with pytest.raises(Cancelled):
        write_tiles(scene(300), tmp_path / "t", lambda fraction, text="": next(calls))
    assert len(list((tmp_path / "t" / "tiles").iterdir())) >= 2
    assert not (tmp_path / "t" / "tileset.json").exists()


def test_tiles_of_nothing_are_refused(tmp_path):
    with pytest.raises(InputError, match="no building"):
        write_tiles(scene(0), tmp_path / "t", silent)
    (tmp_path / "notes.txt").touch()
    with pytest.raises(InputError, match=r"notes\.txt"):
        write_tiles(scene(2), tmp_path, silent)
