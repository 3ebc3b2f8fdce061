"""Open and fixed-level edges of the local inertial scheme: a discharge beside the sweep."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from . import edge_kernels
from .array_layout import F32
from .edges import SIDES, Edges
from .scheme import Scheme


class InertialEdges:
    """The faces of the edges; their discharge comes from the state at the start of each step."""

    def __init__(self, scheme: Scheme, edges: Edges, cell_m: float, froude_cap: float) -> None:
        self._scheme, self._edges = scheme, edges
        self._cell_m, self._froude_cap = np.float32(cell_m), np.float32(froude_cap)
        self._discharge = np.zeros(len(edges.cells), np.float32)
        west, east, _, south = (edges.sides == SIDES.index(side) for side in SIDES)
        self._across_x = west | east
        self._outward = np.where(east | south, np.float32(1), np.float32(-1))
        self._faces = edges.cells + np.where(east, 1, 0) + np.where(south, scheme.layout.stride, 0)

    @property
    def inertia(self) -> F32:
        """The discharge of the faces, m²/s."""
        return self._discharge

    def set_level(self, side: int, level_m: float) -> None:
        self._edges.set_level(side, level_m)

    def evaluate(self, dt_s: float) -> None:
        scheme, edges = self._scheme, self._edges
        edge_kernels.evaluate(
            scheme.depth_m, scheme.bed_m, scheme.friction, scheme.motion_x, scheme.motion_y, edges.cells,
            self._across_x, edges.kinds, edges.number, self._discharge, scheme.layout.stride, np.float32(dt_s),
            self._cell_m, self._froude_cap,
        )  # fmt: skip

    def exchange(self, dt_s: float) -> NDArray[np.float64]:
        scheme, moved = self._scheme, np.zeros((len(SIDES), 2))
        edge_kernels.exchange(
            scheme.depth_m, scheme.low_m, scheme.motion_x, scheme.motion_y, self._edges.cells, self._faces,
            self._edges.sides, self._across_x, self._outward, self._discharge, np.float32(dt_s), self._cell_m, moved,
        )  # fmt: skip
        return moved
