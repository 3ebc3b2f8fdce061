"""Which depressions are worth showing, and what a table says of each: size, nesting, rain, way downstream."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ...common.grid import Grid
from ...common.tables import columns
from .depression_kernels import OUTSIDE
from .depressions import Depressions

COLUMNS = columns("""
    id integer Number of the depression
    parent_id integer Depression that this one becomes a part of when it overflows; empty for outermost ones
    nesting integer 0 for outermost depressions, 1 for those inside them, and so on
    depth_m real Greatest depth when the depression is full, m
    level_m real Water level at which the depression overflows, m above the terrain's datum
    area_m2 real Area of the full depression, m²
    volume_m3 real Volume of the full depression with those inside it, m³
    catchment_m2 real Area whose rain runs to the depression by itself, m²
    rain_mm real Rain on this catchment, without losses, that fills the depression, mm
    spills_to integer Depression that its overflow reaches next; empty where the overflow leaves the terrain
    steps_out integer Outermost depressions that the overflow passes until it leaves the terrain
    pour_x real Where it overflows: x in the CRS of the layer
    pour_y real Where it overflows: y in the CRS of the layer
    water_m3 real Water in the depression after RAIN, with the overflow of others, m³
    filled_pct real Share of the volume that this water takes, %
""")


@dataclass(frozen=True)
class Waterlogging:
    """The depressions of a terrain that are deep and large enough.

    Attributes
    ----------
    basins : Depressions
    ids : int32 array
        Number shown of each basin, from 1 for the outermost one of the largest volume; 0 for those not shown.
    inside : int32 array
        The innermost basin shown that each basin is, or is a part of; 0 for none.
    """

    basins: Depressions
    ids: NDArray[np.int32]
    inside: NDArray[np.int32]

    @property
    def numbers(self) -> NDArray[np.int64]:
        """The basins shown, by their ids."""
        shown = np.flatnonzero(self.ids)
        return shown[np.argsort(self.ids[shown])]

    @property
    def nesting(self) -> NDArray[np.int32]:
        """How many shown basins each basin lies in, itself not counted."""
        depth = np.zeros(len(self.ids), np.int32)
        for number in self.basins.order[::-1]:
            if (parent := self.inside[self.basins.parent[number]]) != OUTSIDE:
                depth[number] = depth[parent] + 1
        return depth

    @property
    def innermost(self) -> NDArray[np.int32]:
        """Id of the innermost basin shown on each cell, shape (rows, columns); 0 where there is none."""
        return self.ids[self.inside][self.basins.cells]

    def labels(self, nesting: int) -> NDArray[np.int32]:
        """Id of the basin shown of a nesting on each cell, shape (rows, columns); 0 where there is none."""
        here = np.zeros(len(self.ids), np.int32)
        depth = self.nesting
        for number in self.basins.order[::-1]:
            own = self.ids[number] and depth[number] == nesting
            here[number] = self.ids[number] if own else here[self.basins.parent[number]]
        return here[self.basins.cells]

    def rows(self, terrain: Grid, rain_mm: float | None = None) -> Iterator[dict[str, Any]]:
        """Values by the names of `COLUMNS`, by id."""
        basins, nesting, steps, rains = self.basins, self.nesting, self._steps(), self.basins.rain_mm
        held = None if rain_mm is None else basins.held_m3(rain_mm)[0]
        for number in self.numbers:
            row, column = divmod(int(basins.pour[number]), terrain.columns)
            rain = float(rains[number]) if basins.catchment[number] else math.nan
            yield {
                "id": int(self.ids[number]),
                "parent_id": int(self.ids[self.inside[basins.parent[number]]]) or None,
                "nesting": int(nesting[number]),
                "depth_m": float(basins.level_m[number] - basins.lowest_m[number]),
                "level_m": float(basins.level_m[number]),
                "area_m2": float(basins.count[number]) * basins.cell_m**2,
                "volume_m3": float(basins.volume_m[number]) * basins.cell_m**2,
                "catchment_m2": float(basins.catchment[number]) * basins.cell_m**2,
                "rain_mm": rain,
                "spills_to": int(self.ids[self._next(number)]) or None,
                "steps_out": int(steps[number]),
                "pour_x": terrain.west + (column + 0.5) * terrain.cell_m,
                "pour_y": terrain.north - (row + 0.5) * terrain.cell_m,
                "water_m3": math.nan if held is None else float(held[number]),
                "filled_pct": math.nan
                if held is None
                else 100.0 * _share(held[number], basins.volume_m[number], basins),
            }

    def _next(self, number: int) -> int:
        """The basin shown that the overflow of one reaches: a neighbour in the same parent, or downstream of all."""
        basins, parent = self.basins, self.basins.parent[number]
        at = basins.target[number]
        if parent != OUTSIDE:
            while at != OUTSIDE and basins.parent[at] != parent:
                at = basins.parent[at]
            return int(at if self.ids[at] else self.inside[parent])
        outer = basins.outermost_of
        while at != OUTSIDE and not self.ids[outer[at]]:
            at = basins.target[outer[at]]
        return int(outer[at])

    def _steps(self) -> NDArray[np.int32]:
        """Outermost basins shown that the overflow of each basin passes; targets have lower levels."""
        steps, outer = np.zeros(len(self.ids), np.int32), self.basins.outermost_of
        for number in self.basins.order:
            if self.basins.parent[number] == OUTSIDE and (after := outer[self.basins.target[number]]) != OUTSIDE:
                steps[number] = steps[after] + (self.ids[after] > 0)
        return steps[outer]


def find_waterlogging(basins: Depressions, least_depth_m: float, least_area_m2: float) -> Waterlogging:
    """Choose the depressions to show: a filter by size that leaves levels, volumes and ways of the water as they are.

    An outermost basin is shown when it is deep and large enough. A basin in another one is shown when a neighbour in
    the same parent is deep and large enough too; else the parent stands for it.

    Raises
    ------
    InputError
        When a limit is below 0.
    """
    if least_depth_m < 0 or least_area_m2 < 0:
        raise InputError("The least depth and the least area must not be below 0.")
    fits = np.zeros(len(basins.parent), np.bool_)
    fits[basins.order] = True
    fits &= (basins.depth_m >= least_depth_m) & (basins.area_m2 >= least_area_m2)
    children = np.bincount(basins.parent[fits], minlength=len(fits))
    shown = fits & ((basins.parent == OUTSIDE) | (children[basins.parent] >= 2))
    result = Waterlogging(basins, shown.astype(np.int32), _inside(basins, shown))
    found = np.flatnonzero(shown)
    by_size = found[np.lexsort((found, -basins.volume_m[found], result.nesting[found]))]
    ids = np.zeros(len(fits), np.int32)
    ids[by_size] = np.arange(1, len(by_size) + 1)
    return Waterlogging(basins, ids, result.inside)


def _inside(basins: Depressions, shown: NDArray[np.bool_]) -> NDArray[np.int32]:
    """The innermost basin shown that each basin is or is a part of."""
    inside = np.zeros(len(shown), np.int32)
    for number in basins.order[::-1]:
        inside[number] = number if shown[number] else inside[basins.parent[number]]
    return inside


def _share(water_m3: float, volume_m: float, basins: Depressions) -> float:
    return float(water_m3) / (float(volume_m) * basins.cell_m**2)
