"""The local inertial scheme: shallow water without the advection of momentum, on faces, semi-implicit in friction."""

from __future__ import annotations

import math

import numpy as np

from ..constants import GRAVITY_MS2
from . import inertial_kernels
from .array_layout import F32, ArrayLayout
from .edges import Edges
from .inertial_edges import InertialEdges
from .scheme import Numerics, StepReport, Tiles, Watch
from .swept_state import SweptState


class LocalInertial(SweptState):
    """The q-centred local inertial scheme of de Almeida and others, with friction on the whole discharge vector.

    A limiter reduces what leaves a cell to what the cell holds, so that depths never fall below 0 and no water is
    created. Depth is kept in two float32 and each face takes from one cell exactly what it gives to the other.

    References
    ----------
    de Almeida, Bates, Freer, Souvignet (2012), doi:10.1029/2011WR011570; de Almeida, Bates (2013),
    doi:10.1002/wrcr.20366.
    """

    centred = False

    def __init__(self, layout: ArrayLayout, bed_m: F32, friction: F32, cell_m: float, numerics: Numerics) -> None:
        super().__init__(layout, bed_m, friction, cell_m, numerics)
        self._cap = 4.0 * numerics.froude_cap * math.sqrt(GRAVITY_MS2)
        self._stride = np.uint64(layout.stride)
        # Made once: a step of a small grid takes as long as a few small arrays.
        self._numbers = np.zeros(8, np.float32)
        self._report = np.zeros((0, 2), np.int32)
        self._depths = np.zeros(0, np.float32)
        self._lost = np.zeros((0, 1))

    def edge_flow(self, edges: Edges) -> InertialEdges:
        """The edges act beside the sweep."""
        return InertialEdges(self, edges, self._cell_m, self._numerics.froude_cap)

    def step(self, tiles: Tiles, dt_s: float, rain_m: float, loss_m: float, watch: Watch) -> StepReport:
        """Advance the cells of the tiles by dt; see `Scheme.step`."""
        cell, numbers = self._cell_m, self._numbers
        numbers[:] = (
            2.0 * dt_s, GRAVITY_MS2 * dt_s / cell, dt_s / cell, 0.9999 * cell / dt_s, self._numerics.theta,
            self._cap, rain_m, loss_m,
        )  # fmt: skip
        if len(self._report) != len(tiles):
            self._report = np.zeros((len(tiles), 2), np.int32)
            self._depths = self._report.view(np.float32)[:, 0]
            self._lost = np.zeros((len(tiles), 1))
        report, depths, lost, stride = self._report, self._depths, self._lost, self._stride
        h, qx, qy = self._now
        h2, qx2, qy2 = self._next
        inertial_kernels.sweep(
            h, self.bed_m, self.friction, qx, qy, h2, self.low_m, qx2, qy2, stride, tiles, numbers,
            watch.kept, watch.numbers, watch.look, watch.counts, report, lost,
        )  # fmt: skip
        self._advance()
        deepest = int(depths.argmax())
        lost_m = float(lost.sum()) if loss_m else 0.0
        return StepReport(float(depths[deepest]), lost_m, depths, cell=int(report[deepest, 1]))
