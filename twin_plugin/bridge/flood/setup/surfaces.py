"""Sponge surfaces: polygons of a layer as surfaces of a run, with what was left out, guessed and doubted."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood.sponge.kinds import SpongeKind, kind_of, sponge_kinds
from ....core.flood.sponge.surface import SpongeSurface
from ....core.flood.sponge.surfaces import SpongeSurfaces
from ....core.flood.surface import Surface
from ...kernel.input_table import Entry, reasons
from ...kernel.rasterize import burn
from ...kernel.vectors import FeatureTable
from .parameters import Parameters

if TYPE_CHECKING:
    import shapely

SHARES = ("void_share", "initial_fill")
NUMBERS = ("depth_mm", "rate_mm_h", "seepage_mm_h", "drain_mm_h", *SHARES, "catchment_m2")
OVERLAP_M2 = 0.05
"""Smaller overlaps of polygons come from drawing."""
METRES_BELOW = 5.0
"""Thinner layers (mm) than this in the whole field, and slower uptakes (mm/h), are those of another unit."""


@dataclass
class _Notes:
    """What is noted of the features while they are read."""

    name: str
    left_out: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    guessed: set[int] = field(default_factory=set)
    overlapping: int = 0


def read_surfaces(parameters: Parameters, grid: Grid, surface: Surface) -> SpongeSurfaces:
    """The polygons of SURFACES as sponge surfaces.

    Raises
    ------
    InputError
        When the layer has no field `kind`, a number of a surface is negative or a share above 1, or none of its
        polygons lies on the terrain.
    """
    source = parameters.source("SURFACES")
    if source is None:
        return SpongeSurfaces()
    table = parameters.features(source, grid, "kind", *NUMBERS)
    notes = _Notes(source.sourceName())
    if "kind" not in table.columns:
        raise InputError(
            "The layer of sponge surfaces '{layer}' has no field kind: add it, with {kinds}.",
            layer=notes.name,
            kinds=", ".join(sponge_kinds()),
        )
    read = [_surface(table, row, notes) for row in range(len(table))]
    known = [row for row, item in enumerate(read) if item is not None]
    placed = _Placed(grid, table.geometries, known, notes)
    kept = [row for row in known if placed.area_m2[row] > 0]
    notes.guessed &= set(kept)
    if len(table) and not kept and not notes.unknown:
        raise InputError(
            "No sponge surface of '{layer}' lies on the terrain: check the CRS of both layers and the extent.",
            layer=notes.name,
        )
    number = np.zeros(len(table) + 1, np.int32)
    number[[row + 1 for row in kept]] = np.arange(1, len(kept) + 1)
    labels = number[placed.labels]
    surfaces = tuple(SpongeSurface(**read[row], area_m2=float(placed.area_m2[row])) for row in kept)  # type: ignore[arg-type]
    parameters.warn([*_doubts(table, notes), *_places(surfaces, labels, surface)])
    parameters.entries.append(_entry(len(kept), notes))
    return SpongeSurfaces(labels, surfaces)


def _surface(table: FeatureTable, row: int, notes: _Notes) -> dict[str, Any] | None:
    """The settings of a feature but its area; None where its kind is not known."""
    said = table.columns["kind"][row]
    kind = kind_of(said)
    if kind is None:
        notes.unknown["NULL" if said is None else str(said)] += 1
        return None
    values = {name: _number(table, name, row, notes.name) for name in NUMBERS}
    wanted = _defaults(kind)
    if any(math.isnan(values[name]) for name in wanted):
        notes.guessed.add(row)
    values = {name: wanted.get(name, 0.0) if math.isnan(value) else value for name, value in values.items()}
    return {
        "kind": kind.name,
        "storage_mm": values["depth_mm"] * values["void_share"],
        **{name: values[name] for name in ("rate_mm_h", "seepage_mm_h", "drain_mm_h", "initial_fill", "catchment_m2")},
        "number": row + 1,
    }


def _defaults(kind: SpongeKind) -> dict[str, float]:
    names = ("depth_mm", "void_share", "rate_mm_h", "seepage_mm_h", "drain_mm_h")
    return {name: getattr(kind, name) for name in names}


def _number(table: FeatureTable, name: str, row: int, layer: str) -> float:
    """A number of a feature, NaN where it is empty."""
    value = table.get(name)[row]
    if value is None or (isinstance(value, str) and not value.strip()):
        return math.nan
    most = 1.0 if name in SHARES else math.inf
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if math.isnan(number):
        return math.nan
    if not 0 <= number <= most or math.isinf(number):
        facts = {"row": row + 1, "layer": layer, "name": name, "value": value}
        if name in SHARES:
            raise InputError(
                "Sponge surface {row} of '{layer}' has {name} = {value}: give a share from 0 to 1.", **facts
            )
        raise InputError("Sponge surface {row} of '{layer}' has {name} = {value}: give a number from 0 up.", **facts)
    return number


class _Placed:
    """Polygons on the cells of a terrain.

    Attributes
    ----------
    labels : int32 array, shape (rows, columns)
        Row of the feature on each cell with a height, from 1; 0 for none.
    area_m2 : array, shape (features,)
        Of each polygon on cells with a height, without what later ones cover; 0 where it has no cell.
    """

    def __init__(self, grid: Grid, every: Any, rows: list[int], notes: _Notes) -> None:
        import shapely

        geometries = np.full(len(every), None, object)
        geometries[rows] = every[rows]
        known = np.isfinite(grid.values)
        south, east = grid.north - grid.rows * grid.cell_m, grid.west + grid.columns * grid.cell_m
        inside = shapely.intersection(geometries, shapely.box(grid.west, south, east, grid.north))
        parts = self._without_later(inside, notes)
        area_m2 = np.nan_to_num(shapely.area(parts))
        labels = burn(list(geometries), grid)
        counts = np.bincount(labels.ravel(), minlength=len(geometries) + 1)[1:]
        for row in np.flatnonzero((counts == 0) & (area_m2 > 0)):
            self._put_small(parts[row], int(row) + 1, grid, labels)
        counts = np.bincount(labels.ravel(), minlength=len(geometries) + 1)[1:]
        self.labels = np.where(known, labels, 0)
        there = np.bincount(self.labels.ravel(), minlength=len(geometries) + 1)[1:]
        self.area_m2 = area_m2 * there / np.maximum(counts, 1)
        for row in rows:
            if self.area_m2[row] > 0:
                continue
            empty = geometries[row] is None or not shapely.area(geometries[row]) > 0
            outside = shapely.is_empty(inside[row]) or (counts[row] > 0 and there[row] == 0)
            notes.left_out["empty" if empty else "outside" if outside else "covered"] += 1

    @staticmethod
    def _without_later(polygons: Any, notes: _Notes) -> Any:
        """Polygons without what later ones cover of them, as cells have the later one."""
        import shapely

        parts = polygons.copy()
        first, second = shapely.STRtree(polygons).query(polygons, predicate="intersects")
        pairs = (first < second) & (shapely.area(shapely.intersection(polygons[first], polygons[second])) > OVERLAP_M2)
        for lower, upper in zip(first[pairs], second[pairs], strict=True):
            parts[lower] = shapely.difference(parts[lower], polygons[upper])
        notes.overlapping = len(np.unique(np.concatenate([first[pairs], second[pairs]])))
        return parts

    @staticmethod
    def _put_small(part: shapely.Geometry, label: int, grid: Grid, labels: np.ndarray) -> None:
        """A polygon without a cell's centre gets the cell that it lies in, unless another one has it."""
        import shapely

        x, y = shapely.get_coordinates(shapely.point_on_surface(part))[0]
        row = min(int((grid.north - y) / grid.cell_m), grid.rows - 1)
        column = min(int((x - grid.west) / grid.cell_m), grid.columns - 1)
        if labels[row, column] == 0:
            labels[row, column] = label


def _doubts(table: FeatureTable, notes: _Notes) -> Iterator[Message]:
    """Kinds that are not known, overlaps, and numbers that look like those of another unit."""
    if count := notes.unknown.total():
        yield Message(
            "{count:,} sponge surfaces of '{layer}' have a kind that is not known ({words}) and no effect: write "
            "{kinds}.",
            count=count,
            layer=notes.name,
            words=", ".join(list(notes.unknown)[:3]),
            kinds=", ".join(sponge_kinds()),
        )
    if notes.overlapping:
        yield Message(
            "{count:,} sponge surfaces of '{layer}' overlap others: there the later one counts.",
            count=notes.overlapping,
            layer=notes.name,
        )
    for name in ("depth_mm", "rate_mm_h"):
        given = [float(value) for value in table.get(name) if value not in (None, "")]
        if given and 0 < max(given) < METRES_BELOW:
            yield Message(
                "The largest {name} of '{layer}' is {value:g}: make sure that it is in {unit}, not in metres.",
                name=name,
                layer=notes.name,
                value=max(given),
                unit="mm" if name == "depth_mm" else "mm/h",
            )


def _places(surfaces: tuple[SpongeSurface, ...], labels: np.ndarray, surface: Surface) -> Iterator[Message]:
    """Green roofs beside buildings, and other surfaces on them."""
    cells = np.bincount(labels.ravel(), minlength=len(surfaces) + 1)[1:]
    on_roofs = np.bincount(labels[~surface.free], minlength=len(surfaces) + 1)[1:] >= 0.5 * np.maximum(cells, 1)
    green = np.array([item.kind == "green roof" for item in surfaces], bool)
    if count := int((green & ~on_roofs).sum()):
        yield Message(
            "{count:,} green roofs lie mostly beside the buildings, where they take water from the ground: give "
            "BUILDINGS, or move them.",
            count=count,
        )
    if count := int((~green & on_roofs).sum()):
        yield Message(
            "{count:,} sponge surfaces lie mostly on buildings, where only rain on the roof reaches them.", count=count
        )


def _entry(read: int, notes: _Notes) -> Entry:
    left_out = notes.left_out
    why = [
        Message("unknown kind: {n}", n=notes.unknown.total()) if notes.unknown else None,
        Message("outside: {n}", n=left_out["outside"]) if left_out["outside"] else None,
        Message("without a polygon: {n}", n=left_out["empty"]) if left_out["empty"] else None,
        Message("covered by others: {n}", n=left_out["covered"]) if left_out["covered"] else None,
        Message("values of the kind where fields are empty") if notes.guessed else None,
    ]
    return Entry(
        Message("Sponge surfaces"), read, left_out.total() + notes.unknown.total(), len(notes.guessed), reasons(why)
    )
