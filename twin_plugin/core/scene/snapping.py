"""Outlines on a lattice that stay valid: no ring touches itself or another."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

Outlines = NDArray[Any]
Ints = NDArray[np.int64]

GAP_STEPS = 20.0
"""Half the side of the square that is cut out where rings touch, in steps."""


def snap_outlines(outlines: Outlines, origin: tuple[float, ...], step_m: float) -> tuple[Outlines, Ints, int]:
    """Polygons whose corners are whole numbers of steps from an origin.

    Where two rings of a polygon touch in a point, the edge above that point would bound four walls, and the body would
    be no closed surface: a square of some millimetres is cut out there.

    Parameters
    ----------
    outlines : ndarray of shapely Polygon, shape (n,)
    origin : tuple of float
        x and y of the lattice's zero point.
    step_m : float

    Returns
    -------
    shapes : ndarray of shapely Polygon, shape (m,)
        Those that collapse are missing; some fall into several parts.
    row : ndarray of int64, shape (m,)
        The outline of each, rising.
    mended : int
        How many outlines were mended.
    """
    zero = np.array(origin)
    steps = shapely.transform(outlines, lambda points: (points - zero) / step_m)
    shapes = shapely.transform(steps, np.rint)
    good = shapely.is_valid(shapes) & (shapely.area(shapes) > 0)
    holes = np.flatnonzero(good & (shapely.get_num_interior_rings(shapes) > 0))
    touching = holes[~shapely.is_simple(shapely.boundary(shapes[holes]))]
    good[touching] = False
    kept, rows = [shapes[good]], [np.flatnonzero(good)]
    mended = 0
    for place in np.flatnonzero(~good).tolist():
        parts = _mended(shapes[place] if place in touching else steps[place])
        mended += bool(parts)
        kept.append(np.array(parts, object))
        rows.append(np.full(len(parts), place))
    row = np.concatenate(rows).astype(np.int64)
    order = np.argsort(row, kind="stable")
    return np.concatenate(kept)[order], row[order], mended


def _mended(shape: shapely.Polygon) -> list[shapely.Polygon]:
    """The parts of a polygon on the lattice; nothing where it has no area there."""
    found = []
    for part in _polygons(shapely.set_precision(shape, 1.0)):
        rings = shapely.get_rings(part)
        touches = [shapely.intersection(one, other) for one, other in combinations(rings, 2)]
        spots = shapely.get_coordinates(touches)
        boxes = [shapely.box(*(spot - GAP_STEPS), *(spot + GAP_STEPS)) for spot in spots]
        apart = shapely.difference(part, shapely.union_all(boxes)) if boxes else part
        found += _polygons(shapely.set_precision(apart, 1.0))
    return found


def _polygons(shape: shapely.Geometry) -> list[shapely.Polygon]:
    parts = shapely.get_parts(shape)
    return [part for part in parts if isinstance(part, shapely.Polygon) and part.area > 0]
