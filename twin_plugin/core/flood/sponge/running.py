"""Sponge surfaces in a run: uptake from the terrain and from roofs, storage, seepage and underdrains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ..constants import MM_H
from ..ledger import Store
from ..process import Domain, RunningProcess, Step
from ..schemes.array_layout import F32
from .surface import STORE, TAKEN, SpongeSurface, part_name

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class SurfaceVolumes:
    """What each sponge surface did in a run; arrays have shape (surfaces,), volumes in m³.

    Attributes
    ----------
    surfaces : tuple of SpongeSurface
    area_m2, capacity_m3, initial_m3 : float64 arrays
    rain_m3 : float64 array
        Rain that fell on it.
    taken_m3, to_ground_m3, to_drains_m3, stored_m3 : float64 arrays
        Taken up, passed on, and held at the end.
    full_s : float64 array
        When it was full for the first time; infinite where it never was.
    """

    surfaces: tuple[SpongeSurface, ...]
    area_m2: Vector
    capacity_m3: Vector
    initial_m3: Vector
    rain_m3: Vector
    taken_m3: Vector
    to_ground_m3: Vector
    to_drains_m3: Vector
    stored_m3: Vector
    full_s: Vector


class Uptake:
    """The cells that surfaces take water from, all of one kind of place: terrain, or roofs that are cut out."""

    def __init__(self, positions: NDArray[np.int64], surface: NDArray[np.int64], rate_ms: Vector) -> None:
        self.positions, self.surface, self.rate_ms = positions, surface, rate_ms
        self.unit = np.zeros(len(positions), np.int64)
        self.held_m = np.zeros(len(positions), np.float32)


class RunningSurfaces(RunningProcess):
    """The surfaces of a run. A tank is one storage; any other surface has one for each of its cells."""

    def __init__(self, numbers: NDArray[np.int32], surfaces: tuple[SpongeSurface, ...], domain: Domain) -> None:
        from . import uptake_kernels

        self._kernels, self._domain, self._surfaces = uptake_kernels, domain, surfaces
        terrain, count = domain.terrain, len(surfaces)
        labels = np.where(terrain.data, numbers, 0)
        cells = np.bincount(labels.ravel(), minlength=count + 1)[1:] * domain.cell_m2
        areas = np.array([surface.area_m2 for surface in surfaces])
        self._area_m2: Vector = np.where(cells > 0, np.where(np.isnan(areas), cells, areas), 0.0)
        # A polygon's edge cuts cells: storage and rates are spread over the cells so that those of the polygon remain.
        self._share = self._area_m2 / np.maximum(cells, domain.cell_m2)
        outdoors = terrain.wet & ~terrain.sheltered
        self._open, self._roofs = (self._uptake(np.where(where, labels, 0)) for where in (outdoors, ~outdoors))
        self._make_storages()
        self._roof_held_m = terrain.layout.zeros() if len(self._roofs.positions) else None
        below = self._open.positions  # the ground there takes nothing besides
        terrain.friction[below] = -np.abs(terrain.friction[below])
        self._waited_s = 0.0
        self._rain_m3, self._taken_m3, self._seeped_m3, self._drained_m3 = (np.zeros(count) for _ in range(4))
        self._full_s, self._empty = np.full(count, np.inf), np.zeros(count, np.int64)
        self._kinds = [part_name(surface.kind) for surface in surfaces]
        self._initial_m3 = self._by_surface(self._stored_m3)
        total = float(self._stored_m3.sum())
        self._store = domain.ledger.stores[STORE] = Store(initial_m3=total, stored_m3=total)

    def _uptake(self, labels: NDArray[np.int32]) -> Uptake:
        row, column = np.nonzero(labels)
        surface = labels[row, column].astype(np.int64) - 1
        rates = np.array([surface.rate_mm_h * MM_H for surface in self._surfaces])
        positions = self._domain.terrain.layout.index(row, column)
        return Uptake(positions, surface, rates[surface] * self._share[surface])

    def _make_storages(self) -> None:
        """Number the storages, and give each its capacity, outflow and what it holds at the start."""
        surfaces, cell_m2 = self._surfaces, self._domain.cell_m2
        vessel = np.array([surface.vessel for surface in surfaces], bool)
        both = np.concatenate([self._open.surface, self._roofs.surface])
        first = np.where(vessel, np.cumsum(vessel) - 1, -1)
        own = int(vessel.sum()) + np.cumsum(~vessel[both]) - 1
        unit = np.where(vessel[both], first[both], own)
        self._open.unit, self._roofs.unit = np.split(unit, [len(self._open.surface)])
        units = int(unit.max(initial=-1)) + 1
        self._of = np.zeros(units, np.int64)
        self._of[unit] = both
        area_m2 = np.bincount(unit, self._share[both] * cell_m2, units)
        spread = {
            name: np.array([getattr(surface, name) for surface in surfaces])[self._of] * area_m2
            for name in ("storage_mm", "seepage_mm_h", "drain_mm_h")
        }
        self._capacity_m3 = spread["storage_mm"] / 1000.0
        self._seepage_m3s, self._drain_m3s = spread["seepage_mm_h"] * MM_H, spread["drain_mm_h"] * MM_H
        self._stored_m3 = self._capacity_m3 * np.array([surface.initial_fill for surface in surfaces])[self._of]
        self._outflow_m3s = self._seepage_m3s + self._drain_m3s
        self._scratch = np.zeros(units)

    def evaluate(self, step: Step) -> None:
        step.takes_films = True

    def add(self, step: Step) -> None:
        """Take up what rain and flow brought in this step, then pass on to ground and drains."""
        scheme, ledger = self._domain.scheme, self._domain.ledger
        before = float(self._taken_m3.sum())
        self._count_rain(step)
        self._take(step.dt_s, scheme.depth_m, scheme.low_m, self._open.positions, self._open)
        if self._roof_held_m is not None:
            self._take_from_roofs(step, self._roof_held_m)
        self._kernels.let_out(
            self._stored_m3, self._capacity_m3, self._seepage_m3s, self._drain_m3s, self._of, step.dt_s, step.end_s,
            self._seeped_m3, self._drained_m3, self._full_s, self._empty,
        )  # fmt: skip
        ledger.taken[TAKEN] += float(self._taken_m3.sum()) - before
        self._book()

    def _take_from_roofs(self, step: Step, roof_held_m: F32) -> None:
        """Take from the rain on roofs that are cut out; rain that waited for several steps was taken up in all."""
        self._waited_s += step.dt_s
        if step.rain_m or step.rain_cells_m is not None:
            positions = self._roofs.positions
            rain_m = np.full(len(positions), step.rain_m, np.float32)
            if step.rain_cells_m is not None:
                rain_m += step.rain_cells_m[positions]
            self._take(self._waited_s, rain_m, np.zeros_like(rain_m), np.arange(len(positions)), self._roofs)
            roof_held_m[positions] = self._roofs.held_m
            step.roof_held_m = roof_held_m
        if not step.rain_waits:
            self._waited_s = 0.0

    def _take(self, span_s: float, h: F32, low: F32, positions: NDArray[np.int64], uptake: Uptake) -> None:
        self._kernels.take_up(
            h, low, positions, uptake.unit, uptake.surface, uptake.rate_ms, span_s, self._domain.cell_m2,
            self._capacity_m3, self._outflow_m3s, self._stored_m3, self._scratch, self._taken_m3, uptake.held_m,
        )  # fmt: skip

    def _count_rain(self, step: Step) -> None:
        if step.rain_m:
            self._rain_m3 += step.rain_m * self._area_m2
        if step.rain_cells_m is not None:
            for uptake in (self._open, self._roofs):
                volumes = step.rain_cells_m[uptake.positions] * self._share[uptake.surface] * self._domain.cell_m2
                self._rain_m3 += np.bincount(uptake.surface, volumes, len(self._rain_m3))

    def _book(self) -> None:
        parts = self._domain.ledger.parts[TAKEN]
        parts.update(dict.fromkeys(parts, 0.0))
        for kind, volume in zip(self._kinds, self._taken_m3, strict=True):
            parts[kind] += float(volume)
        store = self._store
        store.from_terrain_m3 = float(self._taken_m3.sum())
        store.lost_m3 = float(self._seeped_m3.sum() + self._drained_m3.sum())
        store.stored_m3 = float(self._stored_m3.sum())

    def _by_surface(self, values: Vector) -> Vector:
        """Sums over the storages of each surface."""
        return np.bincount(self._of, values, len(self._surfaces)).astype(np.float64)

    def state(self) -> Mapping[str, NDArray[Any]]:
        return {"stored_m3": self._stored_m3.copy(), "waited_s": np.array([self._waited_s])}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        if state["stored_m3"].shape != self._stored_m3.shape:
            raise InputError(
                "The state in START has other sponge surfaces than this run: give the same SURFACES, or start without "
                "it."
            )
        self._stored_m3[:] = state["stored_m3"]
        self._waited_s = float(state["waited_s"][0])
        self._initial_m3 = self._by_surface(self._stored_m3)
        self._store.initial_m3 = self._store.stored_m3 = float(self._stored_m3.sum())

    def outcome(self) -> SurfaceVolumes:
        capacity = self._by_surface(self._capacity_m3)
        return SurfaceVolumes(
            self._surfaces, self._area_m2, capacity, self._initial_m3, self._rain_m3, self._taken_m3, self._seeped_m3,
            self._drained_m3, self._by_surface(self._stored_m3), self._full_s,
        )  # fmt: skip
