"""What observers see: ground, roofs, green and water, and the facades of landmarks before and after a scheme."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..common.grid import Grid
from ..common.prisms import Bools, Floats, Ints, Prisms
from ..common.progress import Progress, silent
from .facades import Facades, look_at
from .observers import Observers
from .surface_model import SurfaceModel
from .viewshed import Sight, views

GROUND = -1
"""The terrain, among objects that hide something."""


@dataclass(frozen=True, eq=False)
class SeenGround:
    """What each observer sees of ground and roofs.

    Attributes
    ----------
    counts : ndarray of int32, shape (rows, columns)
        How many observers see the target of each cell.
    visible_m2, reach_m2, farthest_m : ndarray of float64, shape (n,)
        Area whose target is seen; area with data within reach and field of view; distance of the farthest.
    kind_m2, kind_sr, kind_deg : ndarray of float64, shape (n, kinds)
        Of each kind: what is seen of it, its solid angle, and the width of the panorama that shows some of it.
    packed : list of ndarray of uint8
        A bit for each cell whose target an observer sees (numpy's packbits of the flat raster), where kept.
    """

    counts: NDArray[np.int32]
    visible_m2: Floats
    reach_m2: Floats
    farthest_m: Floats
    kind_m2: Floats
    kind_sr: Floats
    kind_deg: Floats
    packed: list[NDArray[np.uint8]]

    def band(self, observer: int) -> NDArray[np.uint8]:
        """1 where an observer sees the target, else 0."""
        shape = self.counts.shape
        return np.unpackbits(self.packed[observer], count=shape[0] * shape[1]).reshape(shape)

    def spread(self, rows: Bools) -> SeenGround:
        """The same for more observers, those of `rows` being these and the others seeing nothing."""

        def wide(values: Floats) -> Floats:
            found = np.zeros((len(rows), *values.shape[1:]))
            found[rows] = values
            return found

        blind, own = np.packbits(np.zeros(self.counts.size, np.uint8)), iter(self.packed)
        packed = [next(own) if yes else blind for yes in rows] if self.packed else []
        return SeenGround(
            self.counts, wide(self.visible_m2), wide(self.reach_m2), wide(self.farthest_m), wide(self.kind_m2),
            wide(self.kind_sr), wide(self.kind_deg), packed,
        )  # fmt: skip


def see_ground(
    surface: SurfaceModel,
    observers: Observers,
    sight: Sight,
    kinds: NDArray[np.uint8],
    number: int,
    keep: bool = False,
    progress: Progress = silent,
) -> SeenGround:
    """Look from each observer over the cells of a raster.

    A cell is seen where its centre at the height of the target is: `core/planning/viewshed.py`. Of kinds of ground the
    surface itself counts, where no building covers it. No data is neither seen nor hides anything.

    Parameters
    ----------
    kinds : ndarray of uint8, shape (rows, columns)
        The kind of ground of each cell, from 1 to `number`; 0 for none.
    keep : bool
        Keep what each observer sees.

    Raises
    ------
    Cancelled
    """
    from .view_kernels import DIRECTIONS, measure
    from .viewshed_kernels import TARGET

    grid, many = surface.ground, len(observers)
    area = grid.cell_m**2
    top = np.ascontiguousarray(surface.top.values, np.float32)
    open_kinds = np.where(surface.built, 0, kinds).astype(np.uint8)
    counts, sums = np.zeros(top.shape, np.int32), np.zeros((many, 3))
    areas, shown = np.zeros((many, number + 1, 2)), np.zeros((many, number + 1))
    packed = list[NDArray[np.uint8]]()
    limits = _limits(sight)
    for n, view in enumerate(views(surface, observers, sight, progress)):
        window = view.rows.start, view.rows.stop, view.columns.start, view.columns.stop
        place = (
            float((grid.north - observers.y[n]) / grid.cell_m - 0.5),
            float((observers.x[n] - grid.west) / grid.cell_m - 0.5),
            float(observers.eye_m[n]),
            float(grid.cell_m),
            float(sight.bend),
        )
        panorama = np.zeros((number + 1, DIRECTIONS), np.uint8)
        measure(view.bits, top, open_kinds, window, place, limits, counts, sums[n], areas[n], panorama)
        shown[n] = panorama.sum(axis=1) * (360.0 / DIRECTIONS)
        if keep:
            packed.append(np.packbits(view.bits & TARGET))
    return SeenGround(
        counts, sums[:, 1] * area, sums[:, 0] * area, sums[:, 2], areas[:, 1:, 0] * area, areas[:, 1:, 1], shown[:, 1:],
        packed,
    )  # fmt: skip


def _limits(sight: Sight) -> tuple[float, float, float, float, float, float]:
    """Reach, azimuth and half width in radians, tangents of the limits, target."""
    low, high = sight.slopes
    half = math.inf if sight.width_deg >= 360 else math.radians(sight.width_deg / 2)
    return float(sight.reach_m), math.radians(sight.azimuth_deg), half, low, high, float(sight.target_m)


@dataclass(frozen=True)
class LandmarkView:
    """What one observer sees of the facades of one landmark.

    Attributes
    ----------
    observer, landmark : int
        Their places.
    facade_m2, facing_m2, seen_m2 : float
        The facade; what of it faces the observer within reach and field of view; what the observer sees.
    hidden_m2 : dict of int to float
        What each object hides of what faces the observer, the greatest first; `GROUND` for the terrain.
    before_m2 : float
        What the observer saw before the scheme; NaN without one.
    taken_m2 : dict of int to float
        What was seen before and each object hides now, the greatest first.
    """

    observer: int
    landmark: int
    facade_m2: float
    facing_m2: float
    seen_m2: float
    hidden_m2: dict[int, float]
    before_m2: float = math.nan
    taken_m2: dict[int, float] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """The share of the facade that is seen."""
        return self.seen_m2 / self.facade_m2 if self.facade_m2 > 0 else math.nan

    @property
    def before_share(self) -> float:
        """The share that was seen before."""
        return self.before_m2 / self.facade_m2 if self.facade_m2 > 0 else math.nan


def see_facades(
    facades: Facades,
    landmarks: int,
    prisms: Prisms,
    before: Prisms | None,
    ground: Grid,
    observers: Observers,
    sight: Sight,
    progress: Progress = silent,
) -> list[LandmarkView]:
    """Look from each observer at facades, along exact lines past all bodies and over the terrain.

    Parameters
    ----------
    landmarks : int
        How many there are.
    prisms, before : Prisms
        What stands there, and what stood there before the scheme.

    Raises
    ------
    Cancelled
    """
    now = look_at(facades, prisms, ground, observers, sight, progress)
    then = None if before is None else look_at(facades, before, ground, observers, sight)
    rows = list[LandmarkView]()
    for observer, hidden in enumerate(now):
        rows += _landmark_views(observer, facades, landmarks, prisms, hidden, None if then is None else next(then))
    return rows


def _landmark_views(
    observer: int,
    facades: Facades,
    landmarks: int,
    prisms: Prisms,
    hidden: NDArray[np.int32],
    before: NDArray[np.int32] | None,
) -> list[LandmarkView]:
    """The views of one observer, one for each landmark."""
    from .facade_kernels import AWAY, SEEN, TERRAIN

    owner = np.full(len(hidden), GROUND)
    behind = hidden >= 0
    owner[behind] = prisms.owner[hidden[behind]]
    hides = behind | (hidden == TERRAIN)
    whole = facades.areas(landmarks)
    seen, facing = (
        np.bincount(facades.landmark, facades.area_m2 * yes, landmarks) for yes in (hidden == SEEN, hidden != AWAY)
    )
    hidden_m2, seen_before = _by_owner(facades, owner, hides), np.full(landmarks, math.nan)
    taken_m2 = dict[int, dict[int, float]]()
    if before is not None:
        seen_before = np.bincount(facades.landmark, facades.area_m2 * (before == SEEN), landmarks)
        taken_m2 = _by_owner(facades, owner, hides & (before == SEEN))
    return [
        LandmarkView(
            observer,
            n,
            float(whole[n]),
            float(facing[n]),
            float(seen[n]),
            hidden_m2.get(n, {}),
            float(seen_before[n]),
            taken_m2.get(n, {}),
        )
        for n in range(landmarks)
    ]


def _by_owner(facades: Facades, owner: Ints, panels: Bools) -> dict[int, dict[int, float]]:
    """The area of some panels by their landmark and by the object that hides them, the greatest first."""
    pairs, place = np.unique(np.stack([facades.landmark[panels], owner[panels]]), axis=1, return_inverse=True)
    areas = np.bincount(np.ravel(place), facades.area_m2[panels], pairs.shape[1])
    found = dict[int, dict[int, float]]()
    for n in np.argsort(-areas, kind="stable"):
        found.setdefault(int(pairs[0, n]), {})[int(pairs[1, n])] = float(areas[n])
    return found
