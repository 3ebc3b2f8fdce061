"""The arrays of a scene's page: bodies, terrain, water, pipes and stages as whole numbers in a local frame.

docs/dev/scene-page.md describes each of them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.grid import Grid
from ..common.messages import Message
from ..common.prisms import Bools, Prisms
from ..common.progress import Progress, advance, part, silent
from .grids import block_means, coarser, factor_for
from .plans import encode_plans
from .scene import Buildings, Pipes, Scene, Scheme, Stages, Water

BUILDING, STOREY, UNDERGROUND = 0, 1, 2
"""Kinds of bodies."""
STAGE_NAMES = ("planning", "design", "construction", "operation", "demolished")
PLAN_UNIT_M, COARSE_UNIT_M, COARSE_FROM = 0.01, 0.1, 250_000
"""Corners are rounded to a centimetre; to a decimetre where there are so many bodies or more."""
MOST_TERRAIN, MOST_WATER = 250_000, 6_000_000
"""Cells of the terrain, and cells of the water times its steps: more are averaged."""
TERRAIN_REACH = 16_383
"""Differences of two cells between plus and minus this fit into int16."""
UNITS_M = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
NO_HEIGHT, NO_DEPTH = -32_768, 255
WET_M = 0.05
"""Shallower water is not drawn."""
MOST_POINTS = 65_534
"""Steps of a line that uint16 can count; longer ones are cut."""
NEVER = 1e30
DAY_S = 86_400.0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Arrays = dict[str, NDArray[Any]]


@dataclass
class PageParts:
    """What goes into a page.

    Attributes
    ----------
    header : dict
        Keys of the header that follow from the scene.
    arrays : dict of str to ndarray
        By name, in the types of the page.
    notes : list of Message
        What was averaged, rounded away or left out.
    """

    header: dict[str, Any] = field(default_factory=dict)
    arrays: Arrays = field(default_factory=dict)
    notes: list[Message] = field(default_factory=list)


def page_parts(scene: Scene, progress: Progress = silent) -> PageParts:
    """The arrays of a scene, and the keys of the header that describe them.

    Raises
    ------
    Cancelled
    """
    page = PageParts()
    origin = origin_of(scene)
    page.header["origin"] = list(origin)
    _bodies(scene, origin, page, part(progress, 0.0, 0.7))
    page.header["terrain"] = None if scene.terrain is None else _terrain(scene.terrain, origin, page)
    advance(progress, 0.75)
    page.header["water"] = None if scene.water is None else _water(scene.water, origin, page, progress)
    page.header["pipes"] = None if scene.pipes is None else _pipes(scene.pipes, origin, page)
    page.header["stages"] = None if scene.stages is None else _stages(scene.stages, page)
    advance(progress, 1.0)
    return page


def origin_of(scene: Scene) -> tuple[float, float, float]:
    """The origin of the local frame: the middle of the scene in whole metres, at the height of its ground."""
    west, south, east, north = scene.bounds
    heights = np.zeros(0) if scene.terrain is None else scene.terrain.values[np.isfinite(scene.terrain.values)]
    if heights.size:
        ground = (float(heights.min()) + float(heights.max())) / 2
    else:
        bases = np.concatenate([scene.buildings.bodies.bottom_m, *(s.buildings.bodies.bottom_m for s in scene.schemes)])
        ground = float(np.median(bases)) if len(bases) else 0.0
    return float(round((west + east) / 2)), float(round((south + north) / 2)), float(round(ground))


def hidden(present: Buildings, scheme: Scheme) -> Bools:
    """Which of today's buildings a scheme hides, shape (buildings,): those with their inner point in its area."""
    result = np.zeros(len(present), bool)
    bodies = present.bodies
    if scheme.replaces is None or scheme.replaces.is_empty or not len(bodies):
        return result
    shapely.prepare(scheme.replaces)
    inside = shapely.intersects(scheme.replaces, shapely.point_on_surface(bodies.outlines))
    result[bodies.owner[inside]] = True
    return result


def _bodies(scene: Scene, origin: tuple[float, float, float], page: PageParts, progress: Progress) -> None:
    named = [("today", scene.buildings), *((scheme.name, scheme.buildings) for scheme in scene.schemes)]
    first, sets = 0, []
    several: list[tuple[Prisms, int, int, NDArray[np.int64]]] = []
    for name, buildings in named:
        sets.append({"name": name, "first": first, "count": len(buildings)})
        for sort, prisms, numbers in (
            (BUILDING, buildings.bodies, None),
            (STOREY, buildings.storeys, buildings.storey_numbers),
            (UNDERGROUND, buildings.underground, None),
        ):
            several.append((prisms, sort, first, np.zeros(len(prisms), np.int64) if numbers is None else numbers))
        first += len(buildings)
    outlines = np.concatenate([prisms.outlines for prisms, *_ in several])
    owner = np.concatenate([prisms.owner + start for prisms, _, start, _ in several])
    kind = np.concatenate([np.full(len(prisms), which, np.uint8) for prisms, which, *_ in several])
    storey = np.concatenate([numbers for *_, numbers in several])
    bottom, top = (
        np.concatenate([getattr(prisms, name) for prisms, *_ in several]) - origin[2] for name in ("bottom_m", "top_m")
    )
    unit = COARSE_UNIT_M if len(outlines) >= COARSE_FROM else PLAN_UNIT_M
    plans = encode_plans(outlines, origin[:2], unit, progress)
    used = (plans.plan >= 0) & np.isfinite(bottom) & np.isfinite(top)
    order = np.lexsort((storey, kind, owner))
    order = order[used[order]]
    page.header |= {"plan_unit": unit, "sets": sets}
    page.arrays["texts"] = _texts([buildings for _, buildings in named])
    pairs = [
        np.column_stack([np.full(len(places), place + 1), places])
        for place, scheme in enumerate(scene.schemes)
        if len(places := np.flatnonzero(hidden(scene.buildings, scheme)))
    ]
    page.arrays |= {
        "plan_xy": plans.corners.ravel(),
        "ring_size": plans.ring_size,
        "plan_rings": plans.rings,
        "body_plan": plans.plan[order].astype(np.uint32),
        "body_owner": owner[order].astype(np.uint32),
        "body_base": np.rint(bottom[order] * 100).astype(np.int32),
        "body_top": np.rint(top[order] * 100).astype(np.int32),
        "body_kind": kind[order],
        "body_number": np.clip(storey[order], -128, 127).astype(np.int8),
        "set_hides": np.concatenate([np.zeros((0, 2)), *pairs]).ravel().astype(np.uint32),
    }
    _body_notes(page.notes, len(outlines), len(plans), int(used.sum()), plans.simplified, unit)


def _texts(several: Sequence[Buildings]) -> NDArray[np.uint8]:
    """Names, ids and uses of all buildings as JSON in UTF-8, packed with the arrays: a city has megabytes of them."""
    lists = {
        "names": [name for buildings in several for name in buildings.bodies.names],
        "ids": [identity for buildings in several for identity in buildings.bodies.ids],
        "uses": [use for buildings in several for use in buildings.uses],
    }
    text = json.dumps(lists, ensure_ascii=False, separators=(",", ":"))
    return np.frombuffer(text.encode("utf-8", "replace"), np.uint8)


def _body_notes(notes: list[Message], bodies: int, plans: int, used: int, simplified: int, unit: float) -> None:
    notes.append(
        Message(
            "The page holds {n} bodies of {plans} different outlines, corners to {unit:g} m.",
            n=used,
            plans=plans,
            unit=unit,
        )
    )
    if used < bodies:
        notes.append(
            Message(
                "{n} bodies are not in the page: rounded to {unit:g} m they have no area.", n=bodies - used, unit=unit
            )
        )
    if simplified:
        notes.append(Message("{n} outlines had too many corners and are simplified.", n=simplified))


def _terrain(terrain: Grid, origin: tuple[float, float, float], page: PageParts) -> dict[str, Any]:
    factor = factor_for(terrain.rows, terrain.columns, MOST_TERRAIN)
    grid = coarser(terrain, factor)
    if factor > 1:
        page.notes.append(
            Message(
                "The terrain in the page has cells of {cell:g} m, means of {own:g} m.",
                cell=grid.cell_m,
                own=terrain.cell_m,
            )
        )
    heights = grid.values.astype(np.float64) - origin[2]
    reach = float(np.nanmax(np.abs(heights))) if np.isfinite(heights).any() else 0.0
    unit = next((unit for unit in UNITS_M if reach <= unit * TERRAIN_REACH), reach / TERRAIN_REACH)
    if unit > UNITS_M[0]:
        page.notes.append(Message("Heights of the terrain are rounded to {unit:g} m in the page.", unit=unit))
    page.arrays["terrain_z"] = _steps_along_rows(heights / unit)
    return {**_place(grid, origin), "unit": unit}


def _steps_along_rows(values: NDArray[np.float64]) -> NDArray[np.int16]:
    """Differences along each row; a cell without data is marked, and the next one differs from the last known."""
    known = np.isfinite(values)
    whole = np.rint(np.where(known, values, 0.0)).astype(np.int64)
    rows, columns = whole.shape
    place = np.where(known, np.arange(columns), -1)
    before = np.maximum.accumulate(place, axis=1)
    before = np.concatenate([np.full((rows, 1), -1), before[:, :-1]], axis=1)
    starts = np.zeros(rows + 1, np.int64)
    for row in range(rows):  # a row whose first cell has no data starts where the one before did
        starts[row + 1] = whole[row, 0] if known[row, 0] else starts[row]
    previous = np.where(before >= 0, np.take_along_axis(whole, np.maximum(before, 0), axis=1), starts[:-1, None])
    return np.where(known, whole - previous, NO_HEIGHT).astype(np.int16).ravel()


def _water(water: Water, origin: tuple[float, float, float], page: PageParts, progress: Progress) -> dict[str, Any]:
    steps, rows, columns = water.depth_m.shape
    factor = factor_for(rows, columns, min(MOST_TERRAIN, MOST_WATER // max(steps, 1)))
    depths = np.stack([_block(step, factor, progress) for step in water.depth_m])
    if factor > 1:
        page.notes.append(
            Message(
                "The water in the page has cells of {cell:g} m, means of {own:g} m.",
                cell=water.ground.cell_m * factor,
                own=water.ground.cell_m,
            )
        )
    page.notes.append(
        Message("The page shows water from {wet:g} m of depth on, at {n} times.", wet=WET_M, n=steps),
    )
    deepest = float(np.nanmax(depths, initial=0.0))
    scale = max(0.01, math.ceil(deepest / (NO_DEPTH - 1) * 1000) / 1000)
    known = np.isfinite(depths)
    units = np.rint(np.where(known & (depths >= WET_M), depths, 0.0) / scale).astype(np.uint8)
    units[~known] = NO_DEPTH
    page.arrays["water_depth"] = np.diff(units, axis=0, prepend=np.zeros((1, *units.shape[1:]), np.uint8)).ravel()
    grid = Grid(depths[0], water.ground.west, water.ground.north, water.ground.cell_m * factor)
    return {**_place(grid, origin), "times_min": [round(float(t), 3) for t in water.times_min], "scale": scale}


def _block(step: NDArray[np.float32], factor: int, progress: Progress) -> NDArray[np.floating[Any]]:
    advance(progress, 0.8)
    return block_means(step, factor)


def _place(grid: Grid, origin: tuple[float, float, float]) -> dict[str, Any]:
    """Where cells lie, in the local frame."""
    return {
        "rows": grid.rows,
        "columns": grid.columns,
        "west": round(grid.west - origin[0], 4),
        "north": round(grid.north - origin[1], 4),
        "cell": grid.cell_m,
    }


def _pipes(pipes: Pipes, origin: tuple[float, float, float], page: PageParts) -> dict[str, Any]:
    systems = list(dict.fromkeys(pipes.systems))
    lines, of = list[NDArray[np.int64]](), list[int]()
    for place, path in enumerate(pipes.paths):
        whole = np.rint((path - np.asarray(origin)) * 100).astype(np.int64)
        pieces = [whole[start : start + MOST_POINTS + 1] for start in range(0, len(whole) - 1, MOST_POINTS)]
        lines += pieces
        of += [place] * len(pieces)
    steps = [np.concatenate([line[:1], np.diff(line, axis=0)]) for line in lines]
    radius = np.clip(np.rint(pipes.radius_m * 1000), 1, 65_535)
    page.arrays |= {
        "pipe_points": np.concatenate([np.zeros((0, 3)), *steps]).ravel().astype(np.int32),
        "pipe_size": np.array([len(line) for line in lines], np.uint16),
        "pipe_radius": radius[of].astype(np.uint16),
        "pipe_system": np.array([systems.index(pipes.systems[place]) for place in of], np.uint8),
    }
    return {"systems": systems}


def _stages(stages: Stages, page: PageParts) -> dict[str, Any]:
    moments = np.unique(np.concatenate([stages.start_s, stages.end_s]))
    moments = moments[np.isfinite(moments)]
    first, last = (float(moments[0]), float(moments[-1])) if len(moments) else (0.0, 0.0)
    page.arrays |= {
        "stage_owner": stages.owner.astype(np.uint32),
        "stage_kind": np.array([STAGE_NAMES.index(name) for name in stages.stage], np.uint8),
        "stage_from": _days(stages.start_s, first),
        "stage_to": _days(stages.end_s, first),
    }
    dates = [written(float(moment)) for moment in moments]
    return {"names": list(STAGE_NAMES), "dates": dates, "first": written(first), "last": written(last)}


def _days(seconds: NDArray[np.float64], first: float) -> NDArray[np.float32]:
    return np.clip((seconds - first) / DAY_S, -NEVER, NEVER).astype(np.float32)


def written(seconds: float) -> str:
    """A time in ISO 8601, UTC; whole days as dates."""
    moment = _EPOCH + timedelta(seconds=seconds)
    if seconds % DAY_S == 0:
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def joined_arrays(arrays: Mapping[str, NDArray[Any]]) -> tuple[list[dict[str, Any]], Sequence[bytes]]:
    """Where each array lies in the data, at multiples of 4 bytes, and the pieces of the data."""
    places, pieces, offset = [], [], 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()
        places.append({"name": name, "type": array.dtype.name, "length": int(array.size), "offset": offset})
        fill = bytes(-len(data) % 4)
        pieces += [data, fill]
        offset += len(data) + len(fill)
    return places, pieces
