"""The shock-capturing scheme: finite volumes for the whole shallow water equations, jumps and fast water included."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from . import shock_kernels
from .array_layout import F32, TOP, ArrayLayout
from .edges import SIDES, Edges
from .scheme import Numerics, StepReport, Tiles, Watch
from .swept_state import SweptState

COURANT = 0.45
"""Cells that the fastest wave crosses in a step; at most 0.5, the limit of the unsplit scheme in two dimensions."""


class ShockCapturing(SweptState):
    """HLLC fluxes on a hydrostatic reconstruction: balanced over any bed, positive, exact in mass.

    Second order by limited slopes (minmod) of depth, level and velocity and a predicted half step (Hancock) that has
    friction in it; friction is implicit in the length of the discharge. What leaves a cell is reduced to what the cell
    holds. Depth is kept in two float32 and each face takes from one cell exactly what it gives to the other. Water that
    processes add joins at the speed of the cell.

    References
    ----------
    Audusse, Bouchut, Bristeau, Klein, Perthame (2004), doi:10.1137/S1064827503431090; Audusse, Bristeau (2005),
    doi:10.1016/j.jcp.2004.12.016; Toro (2001), Shock-Capturing Methods for Free-Surface Shallow Flows.
    """

    centred = True

    def __init__(self, layout: ArrayLayout, bed_m: F32, friction: F32, cell_m: float, numerics: Numerics) -> None:
        super().__init__(layout, bed_m, friction, cell_m, numerics)
        self.courant = min(numerics.courant, COURANT)
        self._second = numerics.order == 2
        none = np.zeros(0, np.int64)
        self.edge_flow(Edges(none, none, none, np.zeros(0, np.float32), np.zeros(0, np.float32), 0.0))

    def edge_flow(self, edges: Edges) -> ShockEdges:
        """The sweep itself computes the fluxes through edges."""
        edges = edges.take(np.argsort(edges.cells, kind="stable"))
        rows = np.arange(TOP + self.layout.rows + TOP + 1) * self.layout.stride
        starts = np.searchsorted(edges.cells, rows)
        self._moved = np.zeros(len(edges.cells), np.float32)
        self._edges = (edges.cells, edges.sides, edges.kinds, edges.number, edges.fall_m, starts, self._moved)
        return ShockEdges(self._moved, edges)

    def step(self, tiles: Tiles, dt_s: float, rain_m: float, loss_m: float, watch: Watch) -> StepReport:
        """Advance the cells of the tiles by dt; see `Scheme.step`."""
        cell = self._cell_m
        numbers = np.array(
            [dt_s / cell, dt_s / (2.0 * cell), 2.0 * dt_s, 4.0 * dt_s, 0.9999 * cell / dt_s, rain_m, loss_m], np.float32
        )
        report = np.zeros((len(tiles), 3), np.int32)
        lost = np.zeros((len(tiles), 1))
        h2, u2, v2 = self._next
        self._moved[:] = 0.0
        shock_kernels.sweep(
            tuple(self._now), (h2, self.low_m, u2, v2), (self.bed_m, self.friction),
            np.uint64(self.layout.stride), tiles, numbers, self._second, self._edges,
            watch.kept, watch.numbers, watch.look, watch.counts, report, lost,
        )  # fmt: skip
        self._advance()
        depths, waves = (np.ascontiguousarray(report[:, i]).view(np.float32) for i in (0, 1))
        fastest = int(waves.argmax())
        return StepReport(
            float(depths.max()), float(lost.sum()), depths, float(waves[fastest]), int(report[fastest, 2])
        )


class ShockEdges:
    """What the sweep let through the edges."""

    def __init__(self, moved: F32, edges: Edges) -> None:
        self._moved, self._edges = moved, edges

    def set_level(self, side: int, level_m: float) -> None:
        self._edges.set_level(side, level_m)

    @property
    def inertia(self) -> F32:
        """None: the flux comes from the cells."""
        return np.zeros(0, np.float32)

    def evaluate(self, dt_s: float) -> None:
        """Nothing to do: the sweep does it."""

    def exchange(self, dt_s: float) -> NDArray[np.float64]:
        moved, count = self._moved, len(SIDES)
        out, entered = (np.bincount(self._edges.sides, np.maximum(signed, 0.0), count) for signed in (moved, -moved))
        return np.stack([out, entered], axis=1)
