"""Assets of a plan, such as substations and pumps: which fail by water, when, and what fails with them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsFeatureSource, QgsProcessingContext, QgsProcessingFeedback

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.contingency.hits import ENTERED
from ...core.contingency.timeline import AssetFailure
from ...core.risk.dependencies import Need, spread
from ...core.risk.field_values import read_numbers
from ...core.risk.ingress import Series
from ..kernel.dependency_table import read_needs
from ..kernel.input_table import Entry
from ..kernel.vectors import field_named, read_table
from .plan_buildings import LevelBuildings

IDS = ("asset_id", "id", "编号")
NAMES = ("name", "名称", "name_zh", "name_en", "kind")
WET_M = 0.05


@dataclass(frozen=True)
class Assets:
    """Points of assets in the CRS of a plan, and what they need; `threshold_m` is the level at which water gets in."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    x: np.ndarray
    y: np.ndarray
    threshold_m: np.ndarray
    needs: tuple[Need, ...] = ()


def read_assets(
    source: QgsFeatureSource | None,
    dependencies: QgsFeatureSource | None,
    crs: QgsCoordinateReferenceSystem,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> tuple[Assets, list[Entry]]:
    """The assets of a layer and the table of what needs what; either may be None.

    Raises
    ------
    InputError
        When the layer has no ids, or the table not its columns.
    """
    assets, entries = Assets((), (), *(np.empty(0) for _ in range(3))), []
    if source is not None:
        table = read_table(source, feedback, crs, transform_context=context.transformContext())
        own = next((found for name in IDS if (found := field_named(table.columns, name))), "")
        if not own:
            raise InputError("The layer '{name}' of ASSETS has no field asset_id or id.", name=source.sourceName())
        rows = [
            row
            for row, shape in enumerate(table.geometries)
            if shape is not None and not shape.is_empty and table.columns[own][row] not in (None, "")
        ]
        rows.sort(key=lambda row: str(table.columns[own][row]))
        title = next((found for name in NAMES if (found := field_named(table.columns, name))), own)
        level = table.get(field_named(table.columns, "threshold_elev_m"))
        places = shapely.point_on_surface(table.geometries[rows])
        assets = Assets(
            tuple(str(table.columns[own][row]) for row in rows),
            tuple(str(table.columns[title][row] or "") for row in rows),
            shapely.get_x(places),
            shapely.get_y(places),
            read_numbers([level[row] for row in rows], "sill_elev_m").values,
        )
        why = Message("without a place or an id: {n}", n=len(table) - len(rows)) if len(table) > len(rows) else ""
        entries.append(Entry(Message("Assets"), len(rows), len(table) - len(rows), 0, why))
    if dependencies is None:
        return assets, entries
    table = read_table(dependencies, feedback)
    read = read_needs(table, assets.ids, dependencies.sourceName())  # roads and buildings are needed too: no stranger
    entries.extend(read.entries)
    return replace(assets, needs=tuple(read.needs)), entries


def fail(
    assets: Assets,
    buildings: LevelBuildings,
    closes_min: Mapping[str, float],
    series: Series | None,
    closed_m: float,
) -> tuple[tuple[AssetFailure, ...], list[Message]]:
    """Which assets fail in a level, in the order of time.

    An asset in a building fails when water enters that building. Another one fails when the water at it reaches its
    threshold, or without one `closed_m`. What needs closed roads and entered buildings fails too.

    Parameters
    ----------
    assets : Assets
    buildings : LevelBuildings
    closes_min : mapping of str to float
        When roads close, by id; NaN where unknown.
    series : Series, optional
        Water over time.
    closed_m : float

    Returns
    -------
    failures, notes
    """
    entered = {hit.id: hit.entered_min for hit in buildings.hits if hit.risk_class >= ENTERED}
    by_water = _in_buildings(assets, buildings)
    for row, minute in _in_the_open(assets, series, closed_m).items():
        by_water[row] = min(minute, by_water.get(row, math.inf))
    own = {assets.ids[row]: minute for row, minute in by_water.items()}
    untimed = sorted(name for name, minute in own.items() if math.isnan(minute))
    failed = {**closes_min, **entered, **own}
    places = {name: (title, x, y) for name, title, x, y in _rows(assets)}
    found = []
    for failure in spread(
        {name: 0.0 if math.isnan(minute) else minute for name, minute in failed.items()}, assets.needs
    ):
        if failure.asset in own or failure.because:  # roads and buildings in water have events of their own
            title, x, y = places.get(failure.asset, ("", math.nan, math.nan))
            because = tuple(places[name][0] or name if name in places else name for name in failure.because)
            found.append(AssetFailure(failure.asset, title, failure.minute, failure.step, because, x, y))
    notes = []
    if untimed:
        notes.append(
            Message(
                "{n} assets fail at an unknown time and count as failed from the start ({names}).",
                n=len(untimed),
                names=", ".join(untimed[:5]),
            )
        )
    return tuple(found), notes


def _rows(assets: Assets) -> Sequence[tuple[str, str, float, float]]:
    return [
        (name, title, float(x), float(y))
        for name, title, x, y in zip(assets.ids, assets.names, assets.x, assets.y, strict=True)
    ]


def _in_buildings(assets: Assets, buildings: LevelBuildings) -> dict[int, float]:
    """When water enters the building that an asset stands in, by row of the asset."""
    minutes = {hit.id: hit.entered_min for hit in buildings.hits}
    tree, found = shapely.STRtree(buildings.shapes), {}
    rows, numbers = tree.query(shapely.points(assets.x, assets.y), "intersects")
    for row, number in sorted(zip(rows.tolist(), numbers.tolist(), strict=True)):
        if buildings.risk_class[number] >= ENTERED:
            found[row] = minutes.get(buildings.ids[number], math.nan)
    return found


def _in_the_open(assets: Assets, series: Series | None, closed_m: float) -> dict[int, float]:
    """When the water at an asset reaches what it bears, by row; to the output step of RESULT."""
    if series is None or not len(assets.ids):
        return {}
    faces = series.number(assets.x, assets.y)
    there = np.flatnonzero(faces >= 0)
    threshold, found = assets.threshold_m[there], {}
    for _, minutes, depth, level in series.steps(faces[there]):
        with np.errstate(invalid="ignore"):
            over = np.where(np.isnan(threshold), depth >= closed_m, (level >= threshold) & (depth >= WET_M))
        for row in there[np.flatnonzero(over)].tolist():
            found.setdefault(row, float(minutes))
    return found
