"""Tiles: the tree, what workers make of rows, the tileset that shows them, and the folder that a killed run leaves."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
import shapely

from twin_plugin.core.common import crs as registry
from twin_plugin.core.common.errors import Cancelled, InputError, ResourceError
from twin_plugin.core.common.solid import Solid
from twin_plugin.core.scene.earth import LocalFrame, Undulation
from twin_plugin.core.scene.palette import palette
from twin_plugin.core.scene.tile_content import TileSettings, make_city, make_leaf, make_tile
from twin_plugin.core.scene.tile_journal import JOURNAL, TILESET, TileFolder, digest_of, opened, prepare
from twin_plugin.core.scene.tile_rows import (
    BODY,
    ROOM,
    STOREY,
    RowSorter,
    Spool,
    body_row,
    building_row,
    decode,
    shell_row,
)
from twin_plugin.core.scene.tile_tree import CELLS, MOST_BUILDINGS, grow, merged
from twin_plugin.core.scene.tileset import tileset

from .glb_reader import Glb

WEST, SOUTH = 500_000.0, 2_495_000.0
PLAN = shapely.box(WEST, SOUTH, WEST + 30, SOUTH + 20) - shapely.box(WEST + 10, SOUTH + 5, WEST + 20, SOUTH + 15)
SHADES, MATERIALS = palette()
SETTINGS = TileSettings("EPSG:4547", Undulation.constant(-3.0), LocalFrame(114.0, 22.55, 0.0), SHADES, MATERIALS)


def rows(shift=0.0, name="楼 <script>"):
    plan = shapely.to_wkb(shapely.transform(PLAN, lambda c: c + np.array([shift, 0.0])))
    small = shapely.to_wkb(shapely.box(WEST + 100, SOUTH, WEST + 110, SOUTH + 10))
    return b"".join(
        [
            building_row("m/1", name, "office"),
            building_row("m/2", "", ""),
            body_row(BODY, 0, 0, 5.0, 17.0, plan),
            body_row(STOREY, 0, 0, 5.0, 8.0, plan),
            body_row(STOREY, 0, 1, 8.0, 11.0, plan),
            body_row(BODY, 1, 0, 4.0, 12.0, small),
            body_row(ROOM, 1, 0, 0.0, 4.0, small),
        ]
    )


def test_rows_come_back():
    found = decode(rows())
    assert found.bodies.ids == ("m/1", "m/2")
    assert found.bodies.names == ("楼 <script>", "")
    assert found.uses == ("office", "")
    assert found.bodies.outlines[0].equals(PLAN)
    assert found.storeys.bottom_m.tolist() == [5.0, 8.0]
    assert found.storey_numbers.tolist() == [0, 1]
    assert found.underground.owner.tolist() == [1]
    assert len(decode(b"")) == 0


def roofed() -> Solid:
    """A house with a ridge along its length: 8 x 6 m in plan, eaves at 10 m, ridge at 14 m."""
    p = np.array([[0, 0, 5], [8, 0, 5], [8, 6, 5], [0, 6, 5], [0, 0, 10], [8, 0, 10], [8, 6, 10], [0, 6, 10.0]])
    p = np.concatenate([p, [[0, 3, 14], [8, 3, 14]]]) + np.array([WEST, SOUTH, 0])
    faces = [[3, 2, 1, 0], [0, 1, 5, 4], [2, 3, 7, 6], [4, 5, 9, 8], [6, 7, 8, 9], [0, 4, 8, 7, 3], [1, 2, 6, 9, 5]]
    return Solid.from_faces([[p[face]] for face in faces])


def test_shells_come_back_and_replace_storeys():
    plan = shapely.to_wkb(shapely.box(WEST, SOUTH, WEST + 8, SOUTH + 6))
    data = building_row("m/1", "roofed", "residential") + body_row(BODY, 0, 0, 5.0, 14.0, plan)
    data += body_row(STOREY, 0, 0, 5.0, 10.0, plan) + shell_row(0, roofed())
    found = decode(data + body_row(ROOM, 0, 0, 2.0, 5.0, plan))
    assert found.shells == {0: roofed()}
    assert len(found.underground) == 1
    made = Glb(make_leaf(data, SETTINGS).files["near"])
    assert made.volume() == pytest.approx(48 * 5 + 48 * 4 / 2, rel=2e-4)


def test_rows_are_sorted_by_tile():
    found = decode(rows())
    sorter = RowSorter([np.array([1]), np.array([0])], 2)
    parts: dict[int, bytes] = {0: b"", 1: b""}
    every = [
        *sorter.buildings(found.bodies.ids, found.bodies.names, found.uses),
        *sorter.prisms(BODY, found.bodies),
        *sorter.prisms(STOREY, found.storeys, found.storey_numbers),
        *sorter.prisms(ROOM, found.underground),
        *sorter.shells({0: roofed()}),
    ]
    for tile, row in every:
        parts[tile] += row
    first, second = decode(parts[0]), decode(parts[1])
    assert (first.bodies.ids, second.bodies.ids) == (("m/2",), ("m/1",))
    assert (len(first.underground), len(second.storeys)) == (1, 2)
    assert set(second.shells) == {0}
    assert not first.shells


def test_a_spool_gives_the_rows_of_a_tile_in_their_order(tmp_path):
    spool = Spool(tmp_path)
    spool.add([(3, b"a"), (3, b"b")])
    spool.flush()
    spool.add([(3, b"c"), (1, b"x")])
    assert (spool.read(3), spool.read(1), spool.read(0)) == (b"abc", b"x", b"")


def ecef(file: Glb, tile: dict, parents: list[dict]) -> np.ndarray:
    """The corners of a tile as any viewer places them: y-up to z-up, then the transforms up to the root."""
    points = np.concatenate([primitive.points for primitive in file.primitives()])
    points = np.column_stack([points[:, 0], -points[:, 2], points[:, 1]])
    for one in [tile, *parents[::-1]]:
        matrix = np.array(one.get("transform", np.eye(4).ravel()), float).reshape(4, 4).T
        points = points @ matrix[:3, :3].T + matrix[:3, 3]
    return points


def by_proj(x, y, elevation, offset=-3.0):
    lon, lat = registry.Transformer.from_crs("EPSG:4547", "EPSG:4326", always_xy=True).transform(x, y)
    there = registry.Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)
    return np.column_stack(there.transform(lon, lat, np.asarray(elevation) + offset))


def written(tmp_path, leaves):
    """A tileset of leaves by hand, and its document."""
    x = np.array([WEST + shift for shift, _ in leaves])
    root = grow(x, np.full(len(x), SOUTH), np.full(len(x), 10_000))
    prepare(tmp_path / "城 tiles")
    folder = TileFolder(tmp_path / "城 tiles")
    facts, number = {}, 0
    for node in root.walk():
        if node.children:
            blocks = np.array([[WEST, SOUTH, WEST + 30, SOUTH + 20, 5.0, 17.0, 2.0]])
            facts[node.key] = folder.keep(node.key, digest_of("s", blocks.tobytes()), make_city(blocks, SETTINGS))
        else:
            data = leaves[number][1]
            facts[node.key] = folder.keep(node.key, digest_of("s", data), make_leaf(data, SETTINGS))
            number += 1
    document = tileset(root, facts, SETTINGS.frame, {"note": "±"})
    folder.publish(document)
    return folder, json.loads(document)


def walk(tile, parents=()):
    yield tile, list(parents)
    for child in tile.get("children", ()):
        yield from walk(child, [*parents, tile])


def test_every_corner_lies_where_proj_says(tmp_path):
    folder, document = written(tmp_path, [(0.0, rows()), (900.0, rows(900.0))])
    expected = []
    for shift in (0.0, 900.0):
        corners = shapely.get_coordinates(PLAN) + np.array([shift, 0.0])
        levels = (np.full(len(corners), level) for level in (5.0, 8.0, 11.0, 17.0))
        expected += [by_proj(corners[:, 0], corners[:, 1], level) for level in levels]
    expected = np.concatenate(expected)
    near = [(tile, above) for tile, above in walk(document["root"]) if tile["geometricError"] == 0.0]
    assert len(near) == 2
    found = np.concatenate(
        [ecef(Glb((folder.path / tile["content"]["uri"]).read_bytes()), tile, above) for tile, above in near]
    )
    assert all(np.linalg.norm(found - point, axis=1).min() < 0.001 for point in expected)


def test_volumes_hold_what_the_tiles_show_and_errors_fall(tmp_path):
    folder, document = written(tmp_path, [(0.0, rows()), (900.0, rows(900.0))])
    assert document["asset"]["version"] == "1.1"
    for tile, above in walk(document["root"]):
        if above:
            assert tile["geometricError"] < above[-1]["geometricError"] <= document["geometricError"]
        file = Glb((folder.path / tile["content"]["uri"]).read_bytes())
        points = np.concatenate([primitive.points for primitive in file.primitives()])
        local = np.column_stack([points[:, 0], -points[:, 2], points[:, 1]])
        if "box" in tile["boundingVolume"]:
            box = tile["boundingVolume"]["box"]
            middle, half = np.array(box[:3]), np.array([box[3], box[7], box[11]])
            assert (np.abs(local - middle) <= half + 1e-3).all()
    west, south, east, north, low, high = document["root"]["boundingVolume"]["region"]
    lon, lat = registry.Transformer.from_crs("EPSG:4547", "EPSG:4326", always_xy=True).transform(
        [WEST, WEST + 930], [SOUTH, SOUTH]
    )
    assert (math.degrees(west), math.degrees(south)) == pytest.approx((lon[0], min(lat)), abs=1e-9)
    assert (low, high) == pytest.approx((-3.0, 14.0), abs=1e-6)
    assert west < east
    assert south < north


def test_solids_of_tiles_look_outward_and_keep_their_volume():
    made = make_tile(rows(), SETTINGS)
    file = Glb(made.files["near"])
    # A metre of the projection is 1.0000 here, and the volume that of both bodies and the room.
    assert file.volume() == pytest.approx(500 * 12 + 800 + 400, rel=2e-4)
    assert file.table()["name"] == ["楼 <script>", ""]
    assert file.table()["height_m"] == [12.0, 8.0]
    assert file.table()["roof_elev_m"] == [17.0, 12.0]
    assert Glb(made.files["far"]).volume() == pytest.approx(600 * 12 + 800, rel=2e-4)
    assert {p.material["name"] for p in file.primitives()} >= {"Below ground", "Other or unknown use"}


def test_a_tree_holds_each_building_once():
    rng = np.random.default_rng(3)
    x, y = WEST + 8000 * rng.random(5000), SOUTH + 3000 * rng.random(5000)
    root = grow(x, y)
    leaves = [node for node in root.walk() if not node.children]
    assert sorted(np.concatenate([leaf.members for leaf in leaves])) == list(range(5000))
    assert max(len(leaf.members) for leaf in leaves) <= MOST_BUILDINGS
    for node in root.walk():
        inside = (x[node.members] >= node.west) & (x[node.members] < node.west + node.side_m)
        assert inside.all()
        assert ((y[node.members] >= node.south) & (y[node.members] < node.south + node.side_m)).all()


def test_another_building_moves_no_other_tile():
    rng = np.random.default_rng(3)
    x, y = WEST + 8000 * rng.random(5000), SOUTH + 3000 * rng.random(5000)
    before = {node.key: len(node.members) for node in grow(x, y).walk() if not node.children}
    after = {node.key: len(node.members) for node in grow(np.r_[x, x[0]], np.r_[y, y[0]]).walk() if not node.children}
    assert len(set(before.items()) ^ set(after.items())) <= 6


def test_buildings_at_one_point_end():
    root = grow(np.full(900, WEST), np.full(900, SOUTH))
    assert sum(len(node.members) for node in root.walk() if not node.children) == 900


def test_blocks_keep_area_and_mean_height():
    x = np.array([10.0, 20, 700])
    node = grow(x, x * 0 + 5, np.full(3, 10_000))
    boxes = np.array([[5.0, 0, 15, 10], [15, 0, 25, 10], [690, 0, 710, 10]])
    areas, low, high = np.array([100.0, 100, 120]), np.array([0.0, 2, 0]), np.array([10.0, 32, 8])
    cell = node.side_m / CELLS
    assert cell > 20
    blocks = merged(node, boxes, areas, low, high, np.array([0, 4, 2]))
    assert len(blocks) == 2
    sides = blocks[:, 2:4] - blocks[:, :2]
    assert sides.prod(axis=1) == pytest.approx([200, 120])
    assert blocks[:, 4].tolist() == [0.0, 0.0]
    assert blocks[:, 5].tolist() == pytest.approx([20.0, 8.0])
    assert blocks[:, 6].tolist() == [4.0, 2.0]


def test_settings_tell_when_tiles_are_others():
    same = replace(SETTINGS)
    assert same.digest() == SETTINGS.digest()
    others = [
        replace(SETTINGS, crs="EPSG:4526"),
        replace(SETTINGS, offset=Undulation.constant(-3.1)),
        replace(SETTINGS, frame=LocalFrame(114.01, 22.55, 0.0)),
        replace(SETTINGS, materials=SETTINGS.materials[::-1]),
    ]
    assert len({one.digest() for one in [SETTINGS, *others]}) == 5


def test_a_folder_goes_on_where_a_killed_run_ended(tmp_path):
    folder, _ = written(tmp_path, [(0.0, rows()), (900.0, rows(900.0))])
    journal = folder.path / JOURNAL
    whole = {path.name: path.read_bytes() for path in (folder.path / "tiles").iterdir()}
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:-1]) + lines[-1][:20])  # killed within a line
    (folder.path / TILESET).unlink()
    again = TileFolder(folder.path)
    assert len(again.earlier) == 2
    written(tmp_path, [(0.0, rows()), (900.0, rows(900.0))])
    assert {path.name: path.read_bytes() for path in (folder.path / "tiles").iterdir()} == whole


def test_files_that_are_cut_off_or_gone_are_made_again(tmp_path):
    folder, _ = written(tmp_path, [(0.0, rows()), (900.0, rows(900.0))])
    known = TileFolder(folder.path).earlier
    key, other = sorted(key for key in known if "near" in known[key]["files"])
    near = folder.path / known[key]["files"]["near"]
    near.write_bytes(near.read_bytes()[:-8])
    again = TileFolder(folder.path)
    assert again.finished(key, known[key]["digest"]) is None
    assert again.finished(other, "another digest") is None
    assert again.finished(other, known[other]["digest"]) == known[other]


def test_changed_tiles_replace_their_files_only_at_the_end(tmp_path):
    folder, before = written(tmp_path, [(0.0, rows()), (900.0, rows(900.0))])
    uris = {tile["content"]["uri"] for tile, _ in walk(before["root"])}
    again = TileFolder(folder.path)
    data = rows(900.0, "renamed")
    again.keep("1-1-0", digest_of("s", data), make_leaf(data, SETTINGS))
    assert all((folder.path / uri).is_file() for uri in uris)
    _, after = written(tmp_path, [(0.0, rows()), (900.0, data)])
    shown = {tile["content"]["uri"] for tile, _ in walk(after["root"])}
    assert {f"tiles/{path.name}" for path in (folder.path / "tiles").iterdir()} == shown
    assert len(shown & uris) == len(uris) - 2


def test_two_runs_do_not_share_a_folder(tmp_path, monkeypatch):
    from twin_plugin.core.scene import tile_journal

    monkeypatch.setattr(tile_journal, "LOCK_S", 0.2)
    with opened(tmp_path / "t", lambda: True):
        with pytest.raises(ResourceError, match="Another run"), opened(tmp_path / "t", lambda: True):
            pass
        with pytest.raises(Cancelled), opened(tmp_path / "t", lambda: False):
            pass


def test_a_folder_with_something_else_is_refused_by_name(tmp_path):
    place = tmp_path / "其他"
    place.mkdir()
    (place / "thesis.docx").touch()
    with pytest.raises(InputError, match=r"thesis\.docx"):
        prepare(place)
    with pytest.raises(InputError, match="is a file"):
        prepare(place / "thesis.docx")


def test_a_spool_asks_whether_to_go_on(tmp_path):
    spool = Spool(tmp_path, lambda: False)
    with pytest.raises(Cancelled):
        spool.add((0, b"x") for _ in range(10**9))
    with pytest.raises(Cancelled):
        spool.read(0)
