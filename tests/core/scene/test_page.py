"""The page of a scene, decoded again independently: every array against the scene, hostile texts, limits, cancel."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
import shapely

from tests.core.scene.page_decoder import Page
from twin_plugin.core.common.errors import Cancelled, InputError, ResourceError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.scene import page as page_module
from twin_plugin.core.scene.page import PageChoices, Viewer, write_page
from twin_plugin.core.scene.page_arrays import MOST_TERRAIN, WET_M
from twin_plugin.core.scene.scene import Buildings, Pipes, Scene, Scheme, Stages, Water

X, Y = 492_632.0, 2_491_200.0
VIEWER = Viewer(
    "<!doctype html><html lang='{{language}}'><title>{{title}}</title>"
    '<script type="application/json" id="scene">{{header}}</script>'
    '<script type="application/octet-stream;base64" id="data">{{data}}</script><script>{{program}}</script>',
    "run('{{header}}');",
)
CHOICES = PageChoices("zh", datetime(2026, 1, 20, 2, tzinfo=UTC), 8.0, {"storm": "#0000ff"})
HOSTILE = ("</script><script>alert(1)</script>", "A\u2028B\u2029<!--", "福田区政府 & \"'\\", "half \ud800", "")


def box(x, y, width=20.0, depth=12.0):
    return shapely.box(X + x, Y + y, X + x + width, Y + y + depth)


def prisms(rows, ids):
    shapes, bottom, top, owner = zip(*rows, strict=True)
    return Prisms.of_shapes(shapes, np.array(bottom), np.array(top), np.array(owner), ids, [f"N{i}" for i in ids])


def city():
    """Three buildings, one with a court and one with two bodies; storeys of equal plans; basements."""
    ids = ("m/1", "m/2", "m/3")
    court = shapely.Polygon(box(0, 0, 30, 30).exterior, [box(10, 10, 8, 8).exterior])
    low, high = box(50, 0), box(55, 2, 8, 8)
    bodies = prisms([(court, 3.0, 12.5, 0), (low, 4.0, 10.0, 1), (high, 10.0, 40.25, 1), (box(90, 5), 3.5, 9, 2)], ids)
    storeys = prisms([(low, 4.0 + 3 * k, 7.0 + 3 * k, 1) for k in range(2)] + [(court, 3, 7, 0)], ids)
    rooms = prisms([(box(48, -2, 30, 20), -6.13, 4.0, 1)], ids)
    return Buildings(bodies, ("office", "", "school"), storeys, np.array([0, 1, 0]), rooms)


def relief(rows=20, columns=30, low=2.0, high=9.0):
    values = np.linspace(low, high, rows * columns).reshape(rows, columns).astype(np.float32)
    values[0, :3] = values[5, 0] = values[7, 10:14] = values[9, -1] = np.nan
    return Grid(values, X - 10.5, Y + 60.25, 5.0, "EPSG:4547")


def flood(ground):
    depth = np.zeros((4, ground.rows, ground.columns), np.float32)
    for step in range(4):
        depth[step, 4:8, 4 : 8 + step] = 0.3 * step + 0.2
    depth[:, 0, :3] = np.nan
    depth[2, 3, 3] = WET_M - 0.001
    depth[3, 1, 1] = 4.4
    return Water(np.array([0.0, 5.0, 10.25, 20.0]), depth, ground)


def whole_scene():
    scheme = Scheme(
        "<b>A</b>", Buildings.of_bodies(prisms([(box(52, 1, 10, 10), 4, 104, 0)], ("s/1",))), box(40, -5, 35, 40)
    )
    pipes = Pipes(
        ("p1", "p2"),
        (
            np.array([[X, Y, 1.0], [X + 50.126, Y + 3, -2.5], [X + 60, Y + 3, -2.5]]),
            np.array([[X, Y, -20.0], [X - 9, Y, -21.0]]),
        ),
        np.array([0.3, 3.1]),
        ("storm", "tunnel"),
    )
    day = 86_400.0
    stages = Stages(
        np.array([0, 0, 2]), ("planning", "operation", "demolished"), np.array([-np.inf, 100 * day, 130.5 * day]),
        np.array([100 * day, np.inf, np.inf]),
    )  # fmt: skip
    ground = relief()
    return Scene(
        "片区 <script>", "EPSG:4547", "黄海高程", 114.0, 22.5, -0.03, city(), ground, flood(ground), pipes, stages,
        (scheme,), ("BUILDINGS: b (2026-01-01)",),
    )  # fmt: skip


@pytest.fixture
def written(tmp_path):
    def write(scene, choices=CHOICES, viewer=VIEWER, name="场景 1.html"):
        done = write_page(scene, tmp_path / name, choices, viewer)
        text = (tmp_path / name).read_bytes().decode("utf-8")
        assert done.size == (tmp_path / name).stat().st_size
        return Page(text), done

    return write


def rings_of(polygon):
    return [
        sorted({(round(x, 2), round(y, 2)) for x, y in ring.coords}) for ring in (polygon.exterior, *polygon.interiors)
    ]


def test_every_body_comes_back(written):
    scene = whole_scene()
    page, _ = written(scene)
    expected = []
    for first, buildings in ((0, scene.buildings), (3, scene.schemes[0].buildings)):
        for kind, part, numbers in (
            (0, buildings.bodies, np.zeros(len(buildings.bodies), int)),
            (1, buildings.storeys, buildings.storey_numbers),
            (2, buildings.underground, np.zeros(len(buildings.underground), int)),
        ):
            expected += [
                (first + owner, kind, number, round(bottom, 2), round(top, 2), rings_of(outline))
                for owner, number, bottom, top, outline in zip(
                    part.owner, numbers, part.bottom_m, part.top_m, part.outlines, strict=True
                )
            ]
    found = [
        (owner, kind, number, round(base, 2), round(top, 2),
         [sorted((round(x, 2), round(y, 2)) for x, y in ring) for ring in rings])
        for owner, kind, number, base, top, rings in page.bodies()
    ]  # fmt: skip
    assert sorted(found) == sorted(expected)
    assert [row[:3] for row in found] == sorted(row[:3] for row in found)


def test_equal_outlines_are_stored_once(written):
    page, done = written(whole_scene())
    # court (body and storey), low (body and two storeys), high, the third, the basement, the scheme
    assert len(page.plans()) == 6
    assert len(page.bodies()) == 9
    assert "9 bodies of 6 different outlines" in " ".join(done.notes)


def test_header_says_what_the_scene_is(written):
    page, _ = written(whole_scene())
    header = page.header
    assert header["format"] == 1
    assert header["title"] == "片区 <script>"
    assert header["crs"] == "EPSG:4547"
    assert header["vertical"] == "黄海高程"
    assert header["sources"] == ["BUILDINGS: b (2026-01-01)"]
    assert (header["longitude"], header["latitude"], header["north_deg"]) == (114.0, 22.5, -0.03)
    assert header["time"] == "2026-01-20T02:00:00Z"
    assert header["utc_offset_h"] == 8.0
    assert header["language"] == "zh"
    assert header["legend"][0] == {
        "en": "Homes and hotels", "zh": "住宅与酒店", "colour": "#d9d4ca", "uses": ["residential", "hotel"],
    }  # fmt: skip
    assert header["legend"][-1]["uses"] == []
    assert header["sets"] == [
        {"name": "today", "first": 0, "count": 3}, {"name": "<b>A</b>", "first": 3, "count": 1},
    ]  # fmt: skip
    assert header["names"] == ["Nm/1", "Nm/2", "Nm/3", "Ns/1"]
    assert header["ids"][-1] == "s/1"
    assert header["uses"] == ["office", "", "school", ""]
    assert header["pipes"] == {"systems": ["storm", "tunnel"], "colours": ["#0000ff", ""]}
    assert page.arrays["set_hides"] == [1, 1]


def test_terrain_comes_back_with_its_gaps(written):
    scene = whole_scene()
    page, _ = written(scene)
    place, ox, oy = page.header["terrain"], *page.header["origin"][:2]
    assert (place["rows"], place["columns"], place["cell"]) == (20, 30, 5.0)
    assert (ox + place["west"], oy + place["north"]) == (X - 10.5, Y + 60.25)
    for row, values in zip(page.terrain(), scene.terrain.values, strict=True):
        for found, value in zip(row, values, strict=True):
            assert (found is None) == bool(np.isnan(value))
            assert found is None or found == pytest.approx(value, abs=0.0051)


@pytest.mark.parametrize(("low", "high", "unit"), [(0.0, 300.0, 0.01), (-20.0, 944.0, 0.05), (0.0, 8849.0, 0.5)])
def test_high_relief_takes_a_wider_unit(written, low, high, unit):
    ground = relief(low=low, high=high)
    page, done = written(replace(whole_scene(), terrain=ground, water=None))
    assert page.header["terrain"]["unit"] == unit
    found = np.array([[np.nan if v is None else v for v in row] for row in page.terrain()])
    assert np.nanmax(np.abs(found - ground.values)) <= unit * 0.51
    assert any("rounded to" in note for note in done.notes) == (unit > 0.01)


def test_water_comes_back_and_its_times(written):
    scene = whole_scene()
    page, done = written(scene)
    place = page.header["water"]
    assert place["times_min"] == [0.0, 5.0, 10.25, 20.0]
    assert place["scale"] == pytest.approx(0.018)
    for step, depths in zip(page.water(), scene.water.depth_m, strict=True):
        for found, value in zip(step, depths.ravel(), strict=True):
            if math.isnan(value):
                assert found is None
            elif value < WET_M:
                assert found == 0
            else:
                assert found == pytest.approx(value, abs=place["scale"] / 2 + 1e-6)
    assert any(f"from {WET_M:g} m" in note for note in done.notes)


def test_shallow_water_has_centimetres(written):
    scene = whole_scene()
    depth = np.minimum(scene.water.depth_m, 2.0)
    page, _ = written(replace(scene, water=replace(scene.water, depth_m=depth)))
    assert page.header["water"]["scale"] == 0.01


def test_pipes_come_back(written):
    scene = whole_scene()
    page, _ = written(scene)
    for (system, radius, points), path, size, name in zip(
        page.pipes(), scene.pipes.paths, scene.pipes.radius_m, scene.pipes.systems, strict=True
    ):
        assert system == name
        assert radius == pytest.approx(size, abs=0.0005)
        assert np.abs(np.array(points) - path).max() <= 0.0051


def test_a_pipe_of_very_many_points_is_cut(written):
    path = np.column_stack([X + np.arange(70_000) * 0.1, np.full(70_000, Y), np.zeros(70_000)])
    scene = replace(whole_scene(), pipes=Pipes(("p",), (path,), np.array([0.5]), ("",)))
    page, _ = written(scene)
    pieces = page.pipes()
    assert len(pieces) == 2
    assert pieces[0][2][-1] == pieces[1][2][0]
    assert sum(len(points) for *_, points in pieces) == 70_001


def test_stages_are_days_since_the_first_change(written):
    page, _ = written(whole_scene())
    stages = page.header["stages"]
    assert stages["names"] == ["planning", "design", "construction", "operation", "demolished"]
    assert stages["dates"] == ["1970-04-11", "1970-05-11T12:00:00Z"]
    assert (stages["first"], stages["last"]) == ("1970-04-11", "1970-05-11T12:00:00Z")
    assert page.arrays["stage_owner"] == [0, 0, 2]
    assert page.arrays["stage_kind"] == [0, 3, 4]
    assert page.arrays["stage_from"][1:] == [0.0, 30.5]
    assert page.arrays["stage_from"][0] < -9e29
    assert page.arrays["stage_to"][0] == 0.0
    assert min(page.arrays["stage_to"][1:]) > 9e29


def test_texts_of_the_user_stay_texts(written):
    scene = whole_scene()
    bodies = scene.buildings.bodies
    named = replace(
        scene,
        title=HOSTILE[0],
        vertical="</script>{{data}}",
        buildings=replace(scene.buildings, bodies=replace(bodies, names=HOSTILE[:3], ids=HOSTILE[2:5])),
        schemes=(replace(scene.schemes[0], name="{{program}}</script>"),),
    )
    page, _ = written(named)
    assert page.header["names"][:3] == list(HOSTILE[:3])
    assert page.header["title"] == HOSTILE[0]
    assert page.header["ids"][1] == "half ?"
    assert page.header["vertical"] == "</script>{{data}}"
    for sign in "<>&\u2028\u2029":
        assert sign not in page.raw_header
    assert page.text.count("<script") == 3
    assert page.text.count("</script") == 3
    title = re.search("<title>(.*?)</title>", page.text)[1]
    assert title == "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    assert page.text.endswith(f"<script>{VIEWER.program}</script>")  # the program goes in as it is


def test_large_grids_are_averaged_and_it_is_said(written):
    rows = columns = 1200
    values = np.add.outer(np.arange(rows), np.arange(columns)).astype(np.float32) / 100
    values[0:3, 0:3] = np.nan
    ground = Grid(values, X, Y + rows, 1.0, "")
    depth = np.zeros((30, 600, 600), np.float32)
    depth[:, :6, :6] = 0.9
    water = Water(np.arange(30.0), depth, Grid(np.zeros((600, 600), np.float32), X, Y, 2.0, ""))
    page, done = written(replace(whole_scene(), terrain=ground, water=water))
    place = page.header["terrain"]
    assert place["rows"] * place["columns"] <= MOST_TERRAIN
    assert place["cell"] == 3.0
    found = page.terrain()
    assert found[0][0] is None
    assert found[1][1] == pytest.approx(values[3:6, 3:6].mean(), abs=0.006)
    assert page.header["water"]["cell"] == 4.0
    assert len(page.arrays["water_depth"]) <= 6_000_000
    assert page.water()[7][0] == pytest.approx(0.9, abs=0.006)
    said = " ".join(done.notes)
    assert "cells of 3 m, means of 1 m" in said
    assert "cells of 4 m, means of 2 m" in said


def test_what_is_too_small_is_left_out_and_counted(written):
    speck = shapely.box(X, Y, X + 0.002, Y + 0.002)
    bodies = prisms([(box(0, 0), 0, 10, 0), (speck, 0, 10, 1)], ("a", "b"))
    page, done = written(Scene("t", "", "", 114, 22, 0, Buildings.of_bodies(bodies)))
    assert len(page.bodies()) == 1
    assert page.header["ids"] == ["a", "b"]
    assert any(note.startswith("1 bodies are not in the page") for note in done.notes)
    assert page.header["terrain"] is page.header["water"] is page.header["pipes"] is page.header["stages"] is None


def test_levels_that_are_no_numbers_are_left_out(written):
    bodies = prisms([(box(0, 0), 0, 10, 0), (box(30, 0), 0, 10, 1)], ("a", "b"))
    bodies = replace(bodies, top_m=np.array([10.0, np.nan]))
    page, _ = written(Scene("t", "", "", 114, 22, 0, Buildings.of_bodies(bodies)))
    assert [row[0] for row in page.bodies()] == [0]


def test_an_empty_scene_is_refused(tmp_path):
    scene = Scene("t", "", "", 114, 22, 0, Buildings.of_bodies(Prisms.none()))
    with pytest.raises(InputError, match="The scene is empty"):
        write_page(scene, tmp_path / "a.html", CHOICES, VIEWER)
    assert not list(tmp_path.iterdir())


def test_terrain_alone_is_a_scene(written):
    page, _ = written(Scene("t", "", "", 114, 22, 0, Buildings.of_bodies(Prisms.none()), relief()))
    assert page.bodies() == []
    assert len(page.terrain()) == 20


def test_a_scene_that_no_browser_unpacks_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(page_module, "MOST_BYTES", 1000)
    with pytest.raises(InputError, match="choose a smaller extent, or 3D Tiles"):
        write_page(whole_scene(), tmp_path / "a.html", CHOICES, VIEWER)


def test_equal_scenes_give_equal_files(tmp_path):
    for name in "ab":
        write_page(whole_scene(), tmp_path / name, CHOICES, VIEWER)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_it_stops_at_every_stage(tmp_path):
    asked = []
    write_page(whole_scene(), tmp_path / "a", CHOICES, VIEWER, lambda f, t="": asked.append(f) or True)
    assert asked == sorted(asked)
    assert asked[-1] == 1.0
    assert len(asked) > 8
    for last in range(len(asked) - 1):
        left = iter([True] * last)
        with pytest.raises(Cancelled):
            write_page(whole_scene(), tmp_path / "b", CHOICES, VIEWER, lambda f, t="", left=left: next(left, False))
        assert not (tmp_path / "b").exists()


def test_a_place_that_cannot_be_written(tmp_path):
    with pytest.raises(ResourceError, match="cannot be written"):
        write_page(whole_scene(), tmp_path / "no folder" / "a.html", CHOICES, VIEWER)


def test_a_city_far_from_its_origin_keeps_centimetres(written):
    dice = np.random.default_rng(4)
    shapes = [shapely.affinity.rotate(box(*dice.uniform(-9000, 9000, 2), *dice.uniform(5, 80, 2)), dice.uniform(0, 90))
              for _ in range(400)]  # fmt: skip
    bodies = prisms([(shape, 0.0, 10.0, k) for k, shape in enumerate(shapes)], [str(k) for k in range(400)])
    page, _ = written(Scene("t", "", "", 114, 22, 0, Buildings.of_bodies(bodies)))
    for owner, *_, rings in page.bodies():
        assert shapely.hausdorff_distance(shapely.Polygon(rings[0]), bodies.outlines[owner]) < 0.0075
