"""Buildings of several parts, such as a metro station of four entrances: which parts the water enters."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.cells import Cells, IntArray
from .footprints import Footprints
from .ingress import Contacts, Openings


def parts_reached(
    footprints: Footprints, cells: Cells, contacts: Contacts, openings: Openings | None, inside: NDArray[np.bool_]
) -> NDArray[np.object_]:
    """The parts of each footprint that water enters.

    An opening belongs to the nearest part; without openings the place of the highest water decides.

    Parameters
    ----------
    footprints : Footprints
        In the CRS of the water.
    cells : Cells
        Of the water.
    contacts : Contacts
    openings : Openings or None
    inside : ndarray of bool, shape (n,)
        Buildings that water enters.

    Returns
    -------
    ndarray of str or None, shape (n,)
        Numbers of parts from 1 such as '2' or '1,3'; None for footprints of one part and where no water comes in.
    """
    result = np.full(len(footprints), None, object)
    several = inside & (footprints.parts > 1)
    rows = np.flatnonzero(several[contacts.building] & (contacts.above_m > 0))
    if not len(rows):
        return result
    points = _places(rows, cells, contacts, openings)
    buildings, which = np.unique(contacts.building[rows], return_inverse=True)
    shapes = footprints.shapes(buildings)
    for number, point in zip(which, points, strict=True):
        building = buildings[number]
        nearest = int(np.argmin(shapely.distance(shapely.get_parts(shapes[number]), point)))
        result[building] = {*(result[building] or ()), nearest + 1}
    for building in buildings:
        result[building] = ",".join(map(str, sorted(result[building])))
    return result


def _places(rows: IntArray, cells: Cells, contacts: Contacts, openings: Openings | None) -> NDArray[Any]:
    """Points of contacts: their opening, else the middle of their cell."""
    column_x, row_y = cells.axes()
    line, column = np.divmod(contacts.cell[rows], cells.columns)
    x, y = column_x[column], row_y[line]
    if openings is not None:
        own = contacts.opening[rows] >= 0
        x[own], y[own] = (values[contacts.opening[rows][own]] for values in (openings.x, openings.y))
    return np.asarray(shapely.points(x, y))
