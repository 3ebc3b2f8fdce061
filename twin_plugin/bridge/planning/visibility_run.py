"""What twin:visibility joins: the district's surface, what observers see of it, of green, water and landmarks."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from qgis.core import QgsFeatureSource

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.prisms import Floats, Prisms
from ...core.common.progress import Progress, part
from ...core.planning.facades import Facades, make_facades
from ...core.planning.kernel_threads import kernel_threads
from ...core.planning.observers import Observers, inside
from ...core.planning.surface_model import SurfaceModel
from ...core.planning.viewshed import Sight
from ...core.planning.visibility import LandmarkView, SeenGround, see_facades, see_ground
from ...core.planning.visibility_tables import KINDS, change_of, landmark_row, observer_rows
from ..kernel import kernels
from ..kernel.input_table import Entry
from ..kernel.metric_layers import AREAS, valid
from ..kernel.rasterize import burn
from .city import City
from .landmarks import LandmarkGroup, Landmarks, read_landmarks
from .surface import build_surface, surface_notes

MOST_BANDS = 200
"""Of one raster: more observers make a file that no panel of layers shows."""
MOST_PANELS = 5_000_000
Rows = list[tuple[shapely.Geometry, dict[str, Any]]]


@dataclass(frozen=True)
class ViewLayers:
    """What is looked at beside the ground; nothing must be there."""

    landmarks: QgsFeatureSource | None = None
    landmark_ids: Sequence[str] = ()
    green: QgsFeatureSource | None = None
    water: QgsFeatureSource | None = None


@dataclass(frozen=True)
class ViewChoices:
    """What the user decides.

    Attributes
    ----------
    sight : Sight
    panel_m : float
        Greatest width and height of a panel of a facade.
    cell_m : float, optional
        Of the rasters; by default the terrain's.
    water_level_m : float
        Of WATER where the terrain has no data.
    each : bool
        Keep what each observer sees.
    threads : int
        Of the kernels; 0 for all.
    """

    sight: Sight = field(default_factory=Sight)
    panel_m: float = 2.0
    cell_m: float | None = None
    water_level_m: float = 0.0
    each: bool = False
    threads: int = 0


@dataclass(frozen=True, eq=False)
class VisibilityResult:
    """What observers see.

    Attributes
    ----------
    place : Grid
        The surface, on whose cells the rasters lie; NaN where there is no data.
    now, before : SeenGround or None
        With the scheme, and without it where there is one.
    observers, landmarks : list of (geometry, values)
        Rows of the two tables.
    numbers : dict of str to float
        Those that are known: nothing of "before" without a scheme, of landmarks without any.
    notes, entries : list
        What the log says.
    """

    place: Grid
    now: SeenGround
    before: SeenGround | None
    observers: Rows
    landmarks: Rows
    numbers: dict[str, float]
    notes: list[Message]
    entries: list[Entry]

    def counts(self, of: SeenGround) -> Grid:
        """How many observers see each cell, NaN where there is no data."""
        return self.place.with_values(np.where(np.isnan(self.place.values), np.nan, of.counts).astype(np.float32))


def see_city(
    city: City, observers: Observers, layers: ViewLayers, choices: ViewChoices, progress: Progress
) -> VisibilityResult:
    """Look from each observer at the district, with its scheme and, where there is one, without it.

    Raises
    ------
    InputError
        Where there is no terrain, an area layer is empty, or more is asked for than a run can hold.
    Cancelled
    """
    if city.terrain is None:
        raise InputError("Give a terrain: without one nobody knows what the ground hides.")
    if choices.each and len(observers) > MOST_BANDS:
        raise InputError(
            "VISIBLE would have {n} bands, one for each observer, and at most {most} are written: choose fewer "
            "observers, a wider spacing, or leave VISIBLE out.",
            n=len(observers),
            most=MOST_BANDS,
        )
    notes, entries = list[Message](), list[Entry]()
    kernels.ready("planning", part(progress, 0.0, 0.02))
    areas = _areas(city, layers, entries)
    terrain = _with_water(city.terrain, areas.get("WATER", []), choices.water_level_m, notes, entries)
    surface = build_surface(terrain, city.prisms, choices.cell_m)
    notes += surface_notes(surface, city.prisms)
    entries.append(_cells_entry(surface))
    kinds = _kinds(surface.ground, areas, notes)
    landmarks = read_landmarks(city, layers.landmarks, layers.landmark_ids)
    before = None
    with kernel_threads(choices.threads):
        now = _see(surface, observers, city.prisms, kinds, choices, notes, part(progress, 0.05, 0.45))
        if city.future is not None:
            today = build_surface(terrain, city.present, choices.cell_m)
            plain = dataclasses.replace(choices, each=False)
            before = _see(today, observers, city.present, kinds, plain, [], part(progress, 0.45, 0.75))
        views = _look_at(landmarks, surface, observers, choices, notes, part(progress, 0.75, 1.0))
    rows = _landmark_rows(city, landmarks, observers, views)
    shown = _shown(views, len(observers), before is not None)
    return VisibilityResult(
        surface.top,
        now,
        before,
        list(observer_rows(observers, now, before, shown if views else {})),
        rows,
        _numbers(surface, now, before, rows),
        [*landmarks.notes, *notes],
        [*entries, *landmarks.entries],
    )


def _cells_entry(surface: SurfaceModel) -> Entry:
    """The cells with data and without."""
    empty = int(np.isnan(surface.top.values).sum())
    why = Message("no data, neither seen nor hiding anything") if empty else ""
    return Entry(Message("terrain cells"), surface.top.values.size - empty, empty, 0, why)


def _areas(city: City, layers: ViewLayers, entries: list[Entry]) -> dict[str, list[shapely.Geometry]]:
    """The polygons of green and of water, by parameter."""
    found = dict[str, list[shapely.Geometry]]()
    for parameter, source in (("GREEN", layers.green), ("WATER", layers.water)):
        if source is None:
            continue
        shapes = city.reader.table(source, parameter, AREAS).geometries
        found[parameter] = [valid(shape) for shape in shapes if shape is not None]
        if not found[parameter]:
            raise InputError(
                "The layer '{name}' for {parameter} holds no polygon: choose another one, or leave it out.",
                name=source.sourceName(),
                parameter=parameter,
            )
        entries.append(Entry(Message(parameter), len(found[parameter]), len(shapes) - len(found[parameter])))
    return found


def _with_water(
    terrain: Grid, water: Sequence[shapely.Geometry], level_m: float, notes: list[Message], entries: list[Entry]
) -> Grid:
    """The terrain with water at a level where it has no data, as many have none of the sea."""
    filled = (burn(water, terrain) > 0) & np.isnan(terrain.values) if water else np.zeros(terrain.values.shape, bool)
    if not filled.any():
        return terrain
    n = int(filled.sum())
    notes.append(
        Message(
            "{n} cells of WATER have no terrain: their surface is assumed at {level:g} m (WATER_LEVEL).",
            n=n,
            level=level_m,
        )
    )
    entries.append(Entry(Message("water without terrain"), 0, 0, n, Message("at {level:g} m", level=level_m)))
    return terrain.with_values(np.where(filled, level_m, terrain.values))


def _kinds(grid: Grid, areas: dict[str, list[shapely.Geometry]], notes: list[Message]) -> NDArray[np.uint8]:
    """The kind of ground of each cell: 1 green, 2 water, which lies over green."""
    kinds = np.zeros((grid.rows, grid.columns), np.uint8)
    for number, parameter in enumerate(("GREEN", "WATER"), 1):
        if parameter not in areas:
            continue
        burnt = (burn(areas[parameter], grid) > 0) & ~np.isnan(grid.values)
        kinds[burnt] = number
        if not burnt.any():
            notes.append(
                Message(
                    "No cell of the terrain lies in the polygons of {parameter}: check their CRS and place.",
                    parameter=parameter,
                )
            )
    return kinds


def _see(
    surface: SurfaceModel,
    observers: Observers,
    prisms: Prisms,
    kinds: NDArray[np.uint8],
    choices: ViewChoices,
    notes: list[Message],
    progress: Progress,
) -> SeenGround:
    """What observers see; those whom a building of the scheme surrounds see nothing."""
    within = inside(observers, prisms)
    if not within.any():
        return see_ground(surface, observers, choices.sight, kinds, len(KINDS), choices.each, progress)
    notes.append(
        Message(
            "{n} observers stand within buildings of the scheme and see nothing then. The first: {ids}.",
            n=int(within.sum()),
            ids=", ".join(np.array(observers.ids)[within][:3]),
        )
    )
    found = see_ground(surface, observers.keep(~within), choices.sight, kinds, len(KINDS), choices.each, progress)
    return found.spread(~within)


def _look_at(
    landmarks: Landmarks,
    surface: SurfaceModel,
    observers: Observers,
    choices: ViewChoices,
    notes: list[Message],
    progress: Progress,
) -> list[tuple[LandmarkView, LandmarkGroup]]:
    """The views of all landmarks, their numbers being those of all."""
    found = list[tuple[LandmarkView, LandmarkGroup]]()
    for n, group in enumerate(landmarks.groups):
        facades = _facades(group, surface.ground, choices.panel_m, len(observers))
        flat = facades.areas(len(group.places)) <= 0
        if flat.any():
            notes.append(
                Message(
                    "{n} landmarks have no wall in the open, such as {id}: they lie below the ground or within others.",
                    n=int(flat.sum()),
                    id=landmarks.found[group.places[int(np.argmax(flat))]][0],
                )
            )
        standing = group.now or group.before or group.source
        earlier = None if group.now is None else group.before
        step = part(progress, n / len(landmarks.groups), (n + 1) / len(landmarks.groups))
        sight, many = choices.sight, len(group.places)
        for view in see_facades(facades, many, standing, earlier, surface.ground, observers, sight, step):
            if group.now is None:  # the scheme replaces it
                view = dataclasses.replace(view, before_m2=view.seen_m2, seen_m2=0.0, facing_m2=0.0, hidden_m2={})
            found.append((dataclasses.replace(view, landmark=int(group.places[view.landmark])), group))
    return found


def _facades(group: LandmarkGroup, ground: Grid, panel_m: float, observers: int) -> Facades:
    """The facades of a group, not more than a run can hold."""
    chosen = np.isin(group.source.owner, group.objects)
    outlines = group.source.outlines[chosen]
    height = (group.source.top_m - group.source.bottom_m)[chosen]
    panels = float((shapely.length(outlines) * height).sum()) / panel_m**2
    if panels > MOST_PANELS:
        raise InputError(
            "The facades of the landmarks would have {n:.3g} panels of {size:g} m, and at most {most:.3g} are looked "
            "at: choose fewer landmarks or wider panels.",
            n=panels,
            size=panel_m,
            most=float(MOST_PANELS),
        )
    return make_facades(group.source, group.objects, ground, panel_m)


def _landmark_rows(
    city: City, landmarks: Landmarks, observers: Observers, views: Iterable[tuple[LandmarkView, LandmarkGroup]]
) -> Rows:
    rows = []
    for view, group in views:
        gone, new = group.now is None, city.future is not None and group.before is None
        ids = (group.now or group.source).ids
        change = change_of(view, gone, new)
        rows.append(landmark_row(view, observers, landmarks.found[view.landmark], ids, change))
    return rows


def _shown(views: Sequence[tuple[LandmarkView, LandmarkGroup]], number: int, scheme: bool) -> dict[str, Floats]:
    """Of each observer: landmarks that are seen, the largest share of one, and how many are lost."""
    seen, share, then, lost = (np.zeros(number) for _ in range(4))
    for view, _ in views:
        n = view.observer
        seen[n] += view.seen_m2 > 0
        share[n] = max(share[n], 0.0 if math.isnan(view.share) else view.share)
        then[n] += view.before_m2 > 0
        lost[n] += view.before_m2 > 0 and not view.seen_m2 > 0
    found = {"landmarks": seen, "landmark_share": share}
    return found | ({"landmarks_before": then, "landmarks_lost": lost} if scheme else {})


def _numbers(surface: SurfaceModel, now: SeenGround, before: SeenGround | None, rows: Rows) -> dict[str, float]:
    """The figures of the whole: areas that anyone sees, means over the observers."""
    area = surface.top.cell_m**2

    def mean(values: Iterable[float | None]) -> float:
        known = [value for value in values if value is not None and not math.isnan(value)]
        return sum(known) / len(known) if known else math.nan

    shares = [values["share"] for _, values in rows]
    numbers = {
        "OBSERVERS_COUNT": len(now.visible_m2),
        "SEEN_M2": float((now.counts > 0).sum()) * area,
        "SEEN_BEFORE_M2": math.nan if before is None else float((before.counts > 0).sum()) * area,
        "LANDMARK_SHARE": mean(shares),
        "LANDMARK_SHARE_BEFORE": mean(values["before_share"] for _, values in rows),
        "LANDMARK_LOST": sum(values["change"] in ("lost", "gone") and values["before_m2"] > 0 for _, values in rows),
        "NO_DATA_CELLS": int(np.isnan(surface.top.values).sum()),
    }
    for n, kind in enumerate(("GREEN", "WATER")):
        numbers[f"{kind}_M2"] = float(now.kind_m2[:, n].mean())
        numbers[f"{kind}_BEFORE_M2"] = math.nan if before is None else float(before.kind_m2[:, n].mean())
    return {name: value for name, value in numbers.items() if not math.isnan(value)}
