"""Pages of scenes as the plugin writes them, in a browser: 10,000 buildings with everything in few draw calls."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from tests import browser, scene_town
from twin_plugin.bridge.scene.html_page import viewer
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.scene.page import PageChoices, write_page
from twin_plugin.core.scene.scene import Buildings, Pipes, Scene, Scheme, Stages, Water

X, Y = 500_000.0, 2_494_000.0
DAY_S = 86_400.0
START_S = datetime(2024, 1, 1, tzinfo=UTC).timestamp()


def outlines(arrays: dict[str, np.ndarray]) -> list[shapely.Polygon]:
    """The plans of a town as polygons in its CRS."""
    xy = arrays["plan_xy"].reshape(-1, 2) / 10
    ends = np.cumsum(arrays["ring_size"])
    rings = [np.cumsum(ring, axis=0) + np.array([X, Y]) for ring in np.split(xy, ends[:-1])]
    found, at = [], 0
    for count in arrays["plan_rings"]:
        found.append(shapely.Polygon(rings[at], rings[at + 1 : at + count]))
        at += count
    return found


def buildings(header: dict[str, Any], arrays: dict[str, np.ndarray], set_: dict[str, Any]) -> Buildings:
    """The buildings of one set of a town."""
    plans = np.array(outlines(arrays), object)
    own = (arrays["body_owner"] >= set_["first"]) & (arrays["body_owner"] < set_["first"] + set_["count"])
    names, ids = (header[key][set_["first"] : set_["first"] + set_["count"]] for key in ("names", "ids"))

    def prisms(kind: int) -> Prisms:
        rows = np.flatnonzero(own & (arrays["body_kind"] == kind))
        return Prisms.of_shapes(
            plans[arrays["body_plan"][rows]],
            arrays["body_base"][rows] / 100,
            arrays["body_top"][rows] / 100,
            arrays["body_owner"][rows].astype(np.int64) - set_["first"],
            ids,
            names,
        )

    numbers = arrays["body_number"][own & (arrays["body_kind"] == 1)].astype(np.int64)
    uses = tuple(header["uses"][set_["first"] : set_["first"] + set_["count"]])
    return Buildings(prisms(0), uses, prisms(1), numbers, prisms(2))


def scene_of(header: dict[str, Any], arrays: dict[str, np.ndarray]) -> Scene:
    """A town as the value that the plugin's writer takes."""
    grid = header["terrain"]
    shape = (grid["rows"], grid["columns"])
    packed = arrays["terrain_z"].reshape(shape).astype(np.int64)
    packed[:, 0] = np.cumsum(packed[:, 0])
    place = (X + grid["west"], Y + grid["north"], grid["cell"], header["crs"])
    terrain = Grid((np.cumsum(packed, axis=1) / 100).astype(np.float32), *place)
    depth = np.cumsum(arrays["water_depth"].reshape(-1, *shape), axis=0, dtype=np.uint8) * np.float32(0.05)
    lines = np.split(arrays["pipe_points"].reshape(-1, 3), np.cumsum(arrays["pipe_size"])[:-1])
    pipes = Pipes(
        tuple(f"pipe {place}" for place in range(len(lines))),
        tuple(np.cumsum(line, axis=0) / 100 + np.array([X, Y, 0.0]) for line in lines),
        arrays["pipe_radius"] / 1000,
        ("storm",) * len(lines),
    )
    ends = arrays["stage_to"].astype(np.float64)
    stages = Stages(
        arrays["stage_owner"].astype(np.int64),
        tuple(scene_town.STAGES[kind] for kind in arrays["stage_kind"]),
        START_S + arrays["stage_from"].astype(np.float64) * DAY_S,
        np.where(ends > 1e20, np.inf, START_S + ends * DAY_S),
    )
    schemes = tuple(
        Scheme(set_["name"], buildings(header, arrays, set_), shapely.box(X - 300, Y - 300, X + 300, Y + 300))
        for set_ in header["sets"][1:]
    )
    return Scene(
        header["title"], header["crs"], header["vertical"], 114.06, 22.55, 0.0,
        buildings(header, arrays, header["sets"][0]), terrain,
        Water(np.array(header["water"]["times_min"]), depth, terrain), pipes, stages, schemes, ("synthetic",),
    )  # fmt: skip


@pytest.mark.slow
def test_10000_buildings_with_everything_are_one_small_page_of_few_draw_calls(tmp_path: Path) -> None:
    header, arrays = scene_town.town(10_000)
    scene = scene_of(header, arrays)
    path = tmp_path / "一万栋 10,000 & more.html"
    written = write_page(scene, path, PageChoices("en", datetime(2026, 1, 20, 2, tzinfo=UTC), 8.0), viewer())
    assert written.size < 3e6
    assert len(scene.buildings) == 10_000
    assert len(scene.buildings.storeys.outlines) > 80_000
    with browser.browsing(tmp_path / "profile") as page:
        page.size(900, 560)
        page.open(path, "underground=1&pipes=1&ground=0.35&section=0.505&colour=stage&stage=2026-03-01")
        page.until("typeof cityTwinScene !== 'undefined'")
        assert page.run("cityTwinScene.ready") is True
        stats = page.run("cityTwinScene.stats()")
        assert stats["calls"] < 10
        assert stats["triangles"] > 1e6
        assert stats["caps"] > 1000
        page.run("cityTwinScene.faceCut()")
        assert page.run("cityTwinScene.backs()") == 0
        page.run("document.getElementById('find').value = '<script>'")
        page.run("document.getElementById('find').dispatchEvent(new Event('input'))")
        assert page.run("document.getElementById('found').textContent") == scene_town.HOSTILE
        page.run("cityTwinScene.set({picked: 0, language: 'zh'})")
        assert page.run("document.getElementById('card-name').textContent") == scene_town.HOSTILE
        assert page.errors == []
        assert len(page.requests) == 1


def test_schemes_stages_and_water_of_the_plugins_page_are_understood(tmp_path: Path) -> None:
    header, arrays = scene_town.town(100)
    path = tmp_path / "scene.html"
    write_page(scene_of(header, arrays), path, PageChoices("zh", datetime(2026, 1, 20, 2, tzinfo=UTC), 8.0), viewer())
    with browser.browsing(tmp_path / "profile") as page:
        page.size(900, 560)
        page.open(path, "stage=2026-03-01&view=side&left=1&right=2&water=75")
        page.until("typeof cityTwinScene !== 'undefined'")
        page.run("cityTwinScene.ready")
        state = page.run("cityTwinScene.state()")
        assert state["language"] == "zh"
        assert state["sun"] == "2026-01-20T10:00"
        assert state["step"] == pytest.approx(7.5)
        counts = page.run("cityTwinScene.counts()")
        day = (datetime(2026, 3, 1) - datetime(2024, 1, 1)).days
        held = (arrays["stage_from"] <= day) & (day < arrays["stage_to"])
        for place, name in enumerate(scene_town.STAGES):
            assert counts[name] == int((held & (arrays["stage_kind"] == place)).sum()), name
        assert page.run("document.getElementById('tag-left').textContent") == "Scheme A"
        assert page.errors == []
