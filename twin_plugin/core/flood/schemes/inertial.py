"""The local inertial scheme: shallow water without the advection of momentum, on faces, semi-implicit in friction."""

from __future__ import annotations

import math

import numpy as np

from ..constants import GRAVITY_MS2
from . import inertial_kernels
from .edges import Edges
from .inertial_edges import InertialEdges
from .scheme import StepReport, Tiles, Watch
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

    def edge_flow(self, edges: Edges) -> InertialEdges:
        """The edges act beside the sweep."""
        return InertialEdges(self, edges, self._cell_m, self._numerics.froude_cap)

    def step(self, tiles: Tiles, dt_s: float, rain_m: float, loss_m: float, watch: Watch) -> StepReport:
        """Advance the cells of the tiles by dt; see `Scheme.step`."""
        constants = self._numerics
        cell = self._cell_m
        cap, g = 4.0 * constants.froude_cap * math.sqrt(GRAVITY_MS2), GRAVITY_MS2
        numbers = np.array(
            [2.0 * dt_s, g * dt_s / cell, dt_s / cell, 0.9999 * cell / dt_s, constants.theta, cap, rain_m, loss_m],
            np.float32,
        )
        report = np.zeros((len(tiles), 2), np.int32)
        lost = np.zeros((len(tiles), 1))
        h, qx, qy = self._now
        h2, qx2, qy2 = self._next
        stride = np.uint64(self.layout.stride)
        inertial_kernels.sweep(
            h, self.bed_m, self.friction, qx, qy, h2, self.low_m, qx2, qy2, stride, tiles, numbers,
            watch.kept, watch.numbers, watch.look, watch.counts, report, lost,
        )  # fmt: skip
        self._advance()
        depths = np.ascontiguousarray(report[:, 0]).view(np.float32)
        deepest = int(depths.argmax())
        return StepReport(float(depths[deepest]), float(lost.sum()), depths, cell=int(report[deepest, 1]))
