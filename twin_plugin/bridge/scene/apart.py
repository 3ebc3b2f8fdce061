"""Whether storeys, basements, rooms and shells lie at the building that they name: another CRS or datum shows here."""

from __future__ import annotations

import numpy as np
import shapely

from ...core.common.messages import Message
from ...core.common.prisms import Prisms
from ...core.scene.scene import Buildings

BESIDE_M = 20.0
"""Basements and terraces reach so far beyond their building; what lies farther away has wrong coordinates."""
GAP_M = 5.0
"""What belongs to a building has no wider gap of height to it."""


def boxes_of(prisms: Prisms) -> np.ndarray:
    """West, south, bottom, east, north and top of each body, shape (bodies, 6)."""
    bounds = shapely.bounds(prisms.outlines).reshape(-1, 4)
    return np.column_stack([bounds[:, :2], prisms.bottom_m, bounds[:, 2:], prisms.top_m])


def apart_notes(name: str, boxes: np.ndarray, owner: np.ndarray, buildings: Buildings) -> list[Message]:
    """What the log says of bodies of a layer that lie beside, above or below the building that they name.

    Parameters
    ----------
    name : str
        Of the layer.
    boxes : ndarray of float64, shape (n, 6)
        As `boxes_of`.
    owner : ndarray of int64, shape (n,)
        The place of each one's building; -1 where it has none.
    buildings : Buildings
        With their bodies; buildings of which no body is known are not looked at.
    """
    low, high = _extents(buildings)
    seen = np.flatnonzero(owner >= 0)
    seen = seen[np.isfinite(low[owner[seen], 0])]
    if not len(seen):
        return []
    gap = np.maximum(low[owner[seen]] - boxes[seen, 3:], boxes[seen, :3] - high[owner[seen]])
    beside = np.hypot(*np.maximum(gap[:, :2], 0).T)
    notes, ids = [], buildings.bodies.ids
    far = beside > BESIDE_M
    if far.any():
        notes.append(
            Message(
                "{n} of {all} bodies of the layer '{name}' lie {least:,.0f} m or more beside the building that they "
                "name, such as '{id}': check the CRS of both layers.",
                n=int(far.sum()),
                all=len(owner),
                name=name,
                least=float(beside[far].min()),
                id=ids[owner[seen[int(np.argmax(far))]]][:60],
            )
        )
    off = gap[:, 2] > GAP_M
    if off.any():
        notes.append(
            Message(
                "{n} of {all} bodies of the layer '{name}' lie {least:,.0f} m or more above or below the building that "
                "they name, such as '{id}': check that their levels have its vertical datum and unit.",
                n=int(off.sum()),
                all=len(owner),
                name=name,
                least=float(gap[off, 2].min()),
                id=ids[owner[seen[int(np.argmax(off))]]][:60],
            )
        )
    return notes


def _extents(buildings: Buildings) -> tuple[np.ndarray, np.ndarray]:
    """The least and the greatest x, y and elevation of each building's bodies; infinite where it has none."""
    low, high = np.full((len(buildings), 3), np.inf), np.full((len(buildings), 3), -np.inf)
    if len(buildings.bodies):
        boxes = boxes_of(buildings.bodies)
        np.minimum.at(low, buildings.bodies.owner, boxes[:, :3])
        np.maximum.at(high, buildings.bodies.owner, boxes[:, 3:])
    return low, high
