"""Roofs that hold rain back or have downpipes: storage of each roof cell, and the cells that get the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ..ledger import Store
from ..process import Domain, RunningProcess, Step
from ..roof_water import TO_DRAINS
from ..surface import RAISE
from .rain import RUNOFF, TAKEN, roof_rain

STORE = "roofs"
HEAP_M = 0.05
"""A cell gets at most this more than it holds in one step; the rest follows, so that no heap stands at a downpipe."""

Cells = NDArray[np.int64]
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Downpipe:
    """Where roof rain of a building reaches the ground: its label, and the row and column of the cell; or the id of the
    node of the drains into which it is led.
    """

    building: int
    row: int
    column: int
    node: str = ""


class RoofRunoff(RunningProcess):
    """Rain on roof cells in three kinds of buildings.

    On raised blocks the sweep has put the rain onto the cells: a building with downpipes gives up all of it, one
    without keeps what the storage does not take. Of buildings that are cut out the rain never reaches the terrain
    but here. On porous buildings the sweep has put it onto the ground below the roof, from where it is taken first.
    """

    def __init__(self, storage_mm: float, downpipes: tuple[Downpipe, ...], domain: Domain) -> None:
        from ..schemes.addition_kernels import change_depths
        from ..terrain import nearest_free

        self._domain, self._change_depths = domain, change_depths
        terrain = domain.terrain
        self._raised, self._cut = terrain.buildings_as == RAISE, not terrain.roofs.any()
        free = terrain.wet & ~terrain.roofs
        sources, beside = nearest_free(terrain.layout, terrain.data, free)
        known = beside >= 0
        self._sources, beside = sources[known], beside[known]
        row, column = terrain.layout.place_all(self._sources)
        labels = terrain.data.astype(np.int32) if terrain.buildings is None else terrain.buildings
        self._building = labels[row, column].astype(np.int64)
        self._capacity_m = np.full(len(self._sources), storage_mm / 1000.0)
        self._piped = self._join_outlets(downpipes, beside)
        self._held_m = np.zeros(len(self._sources))
        self._due_m3, self._given_m = np.zeros(len(self._targets)), np.zeros(len(self._targets) - len(self._nodes))
        self._moved_m = np.zeros(len(self._sources))
        self._store = domain.ledger.stores[STORE] = Store()
        self._node_places: Cells | None = None
        self.cells = np.concatenate([self._targets[len(self._nodes) :], self._sources[: 0 if self._cut else None]])

    def _join_outlets(self, downpipes: tuple[Downpipe, ...], beside: Cells) -> NDArray[np.bool_]:
        """Find which cells get the rain of which roof cells; the roof cells whose building has downpipes.

        Roof cells with the same way out are a group; a group has an entry for each cell that gets a share of it.
        """
        terrain, layout = self._domain.terrain, self._domain.terrain.layout
        buildings = np.array([pipe.building for pipe in downpipes], np.int64)
        places = layout.index(
            np.array([pipe.row for pipe in downpipes], np.int64),
            np.array([pipe.column for pipe in downpipes], np.int64),
        )
        order = np.argsort(self._sources)
        at = np.clip(np.searchsorted(self._sources[order], places), 0, max(len(order) - 1, 0))
        if len(order):
            inside = self._sources[order][at] == places
            places = np.where(inside, beside[order][at], places)
        usable = (terrain.wet & (~terrain.roofs))[layout.place_all(places)]
        # A node stands among the cells as a number below 0, so that nodes are the first of the targets.
        self._nodes = sorted({pipe.node for pipe in downpipes if pipe.node})
        below = {node: place - len(self._nodes) for place, node in enumerate(self._nodes)}
        led = np.array([below.get(pipe.node, 0) for pipe in downpipes], np.int64)
        places, usable = np.where(led < 0, led, places), usable | (led < 0)
        buildings, places = buildings[usable], places[usable]
        piped = np.isin(self._building, buildings)
        with_pipes, of_pipe = np.unique(buildings, return_inverse=True)
        alone, of_alone = np.unique(beside[~piped], return_inverse=True)
        self._group = np.empty(len(self._sources), np.int64)
        self._group[piped] = np.searchsorted(with_pipes, self._building[piped])
        self._group[~piped] = len(with_pipes) + of_alone
        self._entry_group = np.concatenate([of_pipe, len(with_pipes) + np.arange(len(alone))])
        number = np.bincount(self._entry_group, minlength=len(with_pipes) + len(alone))
        self._entry_share = 1.0 / number[self._entry_group]
        self._targets, self._entry_target = np.unique(np.concatenate([places, alone]), return_inverse=True)
        return piped

    def add(self, step: Step) -> None:
        """Take the step's rain from the roofs, keep what they hold back, and give the rest to the ground."""
        if self._raised:
            available_m = self._take_from_blocks()
        elif step.rain_m or step.rain_cells_m is not None:
            available_m = self._take_rain(step)
        else:
            available_m = np.zeros(len(self._sources))
        cell_m2 = self._domain.cell_m2
        self._domain.ledger.taken[TAKEN] += (taken_m3 := float(available_m.sum()) * cell_m2)
        self._store.from_terrain_m3 += taken_m3
        held_m = np.minimum(available_m, self._capacity_m - self._held_m)
        self._held_m += held_m
        groups = np.bincount(self._group, (available_m - held_m) * cell_m2, len(self._entry_share))
        self._due_m3 += np.bincount(
            self._entry_target, groups[self._entry_group] * self._entry_share, len(self._targets)
        )
        self._give(step)
        self._store.stored_m3 = float(self._held_m.sum()) * cell_m2 + float(self._due_m3.sum())

    def _take_from_blocks(self) -> Vector:
        """Take from raised blocks what their storage or their downpipes get."""
        scheme = self._domain.scheme
        depth_m = np.maximum(scheme.depth_m[self._sources].astype(np.float64), 0.0)
        wanted = np.where(self._piped, depth_m, np.minimum(depth_m, self._capacity_m - self._held_m))
        self._change_depths(scheme.depth_m, scheme.low_m, self._sources, -wanted.astype(np.float32), self._moved_m)
        return -self._moved_m

    def _take_rain(self, step: Step) -> Vector:
        """The rain on roofs that are cut out, or that the sweep has put onto the ground below porous buildings."""
        rain_m, green_m = roof_rain(step, self._sources)
        if self._cut:
            self._domain.ledger.added["rain_m3"] += float(rain_m.sum()) * self._domain.cell_m2
            return rain_m - green_m
        scheme = self._domain.scheme
        self._change_depths(scheme.depth_m, scheme.low_m, self._sources, -rain_m.astype(np.float32), self._moved_m)
        return -self._moved_m - green_m

    def _give(self, step: Step) -> None:
        scheme, cell_m2 = self._domain.scheme, self._domain.cell_m2
        if self._nodes:
            self._give_to_drains()
        ground = slice(len(self._nodes), None)
        room_m = HEAP_M + scheme.depth_m[self._targets[ground]].astype(np.float64)
        amounts = np.minimum(self._due_m3[ground] / cell_m2, room_m).astype(np.float32)
        deepest = self._change_depths(scheme.depth_m, scheme.low_m, self._targets[ground], amounts, self._given_m)
        given_m3 = self._given_m * cell_m2
        self._due_m3[ground] -= given_m3
        step.deepest_m = max(step.deepest_m, float(deepest))
        self._domain.ledger.added[RUNOFF] += float(given_m3.sum())
        self._store.to_terrain_m3 += float(given_m3.sum())

    def _give_to_drains(self) -> None:
        """Hand over what nodes get; it passes through the account of the terrain as what enters inlets does."""
        water, ledger, count = self._domain.roof_water, self._domain.ledger, len(self._nodes)
        if self._node_places is None:
            self._node_places = water.places(self._nodes)
        water.give(self._node_places, self._due_m3[:count])
        given_m3 = float(self._due_m3[:count].sum())
        self._due_m3[:count] = 0.0
        ledger.added[RUNOFF] += given_m3
        ledger.taken[TO_DRAINS] += given_m3
        self._store.to_terrain_m3 += given_m3

    def state(self) -> Mapping[str, NDArray[Any]]:
        return {"held_m": self._held_m.copy(), "due_m3": self._due_m3.copy()}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        if any(own.shape != state[name].shape for name, own in self.state().items()):
            raise InputError(
                "The state in START has other roofs or downpipes than this run: give the same BUILDINGS and DOWNPIPES, "
                "or start without it."
            )
        self._held_m[:], self._due_m3[:] = state["held_m"], state["due_m3"]
        stored_m3 = float(self._held_m.sum()) * self._domain.cell_m2 + float(self._due_m3.sum())
        self._store.initial_m3 = self._store.stored_m3 = stored_m3
