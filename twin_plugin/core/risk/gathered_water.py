"""The water at every building, gathered tile by tile: depths, levels and arrivals, and where it may come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.cells import FloatArray, IntArray
from ..common.errors import InputError
from ..common.messages import Message
from ..common.progress import Progress, advance, part
from .footprints import Footprints
from .ingress import Contacts, Openings, TiledWater, Water, find_contacts, no_water
from .ring import find_rings
from .rule_water import make_pool, pooled_contacts, pooled_times, pooled_water
from .rules import Rule
from .tables import ClassRules
from .tiles import Tile

Doors = tuple[FloatArray, Openings | None]
"""Ground floors and openings of buildings."""


@dataclass(frozen=True)
class Places:
    """How many cells each building has, shape (n,), and whether others stand in for those that the rule asks for."""

    count: IntArray
    under: NDArray[np.bool_]


class GatheredWater:
    """The water of buildings and their contacts with it, gathered tile by tile.

    Parameters
    ----------
    prints : Footprints
    doors : (ndarray, Openings or None)
        Level of the ground floor of each building, and openings.
    water : TiledWater
    rules : ClassRules
    rule : Rule

    Attributes
    ----------
    columns : dict of str to ndarray, shape (n,)
        depth_m, level_m, arrival_min, wet_share, water_rule.
    places : Places
    """

    def __init__(self, prints: Footprints, doors: Doors, water: TiledWater, rules: ClassRules, rule: Rule) -> None:
        count = len(prints)
        self._prints, self._water, self._rules, self._rule = prints, water, rules, rule
        self._floor_m, self._openings = doors
        self._contacts: list[Contacts] = []
        names = ("depth_m", "level_m", "arrival_min", "wet_share")
        self.columns: dict[str, NDArray[Any]] = {name: np.full(count, np.nan) for name in names}
        self.columns["water_rule"] = np.full(count, rule.value, object)
        self.places = Places(np.zeros(count, np.int64), np.zeros(count, np.bool_))
        self._local = np.full(count, -1, np.int64)

    def add(self, parts: list[Tile], name: str, progress: Progress) -> None:
        """Look at every tile; `name` is what errors call the buildings.

        Raises
        ------
        InputError
            When there is no water, none near any building, or no building on its cells.
        """
        if not (self._water.has_depth or self._water.has_level):
            raise no_water()
        openings = _OpeningsByTile(self._openings, parts, len(self._prints))
        any_water = False
        for number, tile in enumerate(parts):
            within = part(progress, number / len(parts), (number + 1) / len(parts))
            advance(within, 0.0, Message("Water at buildings"))
            cut = self._water.cut(tile, part(within, 0.0, 0.3))
            values = cut.depth_m if cut.depth_m is not None else cut.level_m
            any_water |= values is not None and bool(np.isfinite(values).any())
            self._look(tile, cut, openings.of(number), part(within, 0.3, 1.0))
        if parts and not any_water:
            raise InputError(
                "The water has no data near the buildings: check that the rasters are the results of a run there."
            )
        if not self.places.count.any():
            raise InputError(
                "No building of {layer} lies on the cells of {water}: check that both have their right CRS.",
                layer=name,
                water=self._water.name,
            )

    def _look(self, tile: Tile, water: Water, chosen: IntArray, progress: Progress) -> None:
        rows, prints = tile.rows, self._prints
        openings = None
        if self._openings is not None:
            self._local[rows] = np.arange(len(rows))
            openings = self._openings.some(chosen, self._local)
        floor_m = self._floor_m[rows]
        shapes, beside = prints.shapes(rows), prints.shapes(tile.beside)
        look = _ring_water if self._rule is Rule.RING else _pooled_water
        found = look(shapes, beside, water, (floor_m, openings), self._rules, self._rule, progress)
        contacts = found.contacts
        contacts.building = rows[contacts.building]
        contacts.cell = tile.flat(contacts.cell, self._water.cells)
        own = contacts.opening >= 0
        contacts.opening[own] = chosen[contacts.opening[own]]
        self._contacts.append(contacts)
        for name, values in found.columns.items():
            self.columns[name][rows] = values
        self.places.count[rows], self.places.under[rows] = found.count, found.under

    def contacts(self) -> Contacts:
        """All contacts; afterwards the tiles' own are let go."""
        several, self._contacts = self._contacts, []
        return Contacts.joined(several)

    def wettest(self) -> tuple[FloatArray, NDArray[np.bool_]]:
        """What decides between dry and wet, and where it is known."""
        depth_m, level_m, there = self.columns["depth_m"], self.columns["level_m"], self.places.count > 0
        if self._water.has_depth:
            return depth_m, np.isfinite(depth_m) & there
        # Without depths a level says that it is wet, not how deep.
        return np.where(np.isfinite(level_m), np.inf, 0.0), there


class _OpeningsByTile:
    """The openings of each tile's buildings, in their order."""

    def __init__(self, openings: Openings | None, parts: list[Tile], count: int) -> None:
        tile_of = np.full(count, -1, np.int64)
        for number, tile in enumerate(parts):
            tile_of[tile.rows] = number
        owner = tile_of[openings.building] if openings is not None else np.empty(0, np.int64)
        self._order = np.argsort(owner, kind="stable")
        self._start = np.searchsorted(owner[self._order], np.arange(len(parts) + 1))

    def of(self, number: int) -> IntArray:
        return self._order[self._start[number] : self._start[number + 1]]


@dataclass(frozen=True)
class _Found:
    """What a tile gives: contacts by numbers of the tile, columns, cells of each building, and stand-ins among them."""

    contacts: Contacts
    columns: dict[str, FloatArray]
    count: IntArray
    under: NDArray[np.bool_]


def _ring_water(
    shapes: NDArray[Any],
    beside: NDArray[Any],
    water: Water,
    doors: Doors,
    rules: ClassRules,
    rule: Rule,
    progress: Progress,
) -> _Found:
    """Rings, contacts with their nearest cell, and what the water does in each ring."""
    rings = find_rings(water.cells, shapes, progress, beside)
    contacts = find_contacts(rings, water, *doors, rules.dry_m)
    level = water.wet_level(rules.dry_m)
    columns = {}
    if level is not None:
        columns["level_m"] = rings.highest(level)[0]
    if water.depth_m is not None:
        columns["depth_m"] = rings.highest(water.depth_m)[0]
    if water.arrival_min is not None:
        columns["arrival_min"] = rings.lowest(water.arrival_min)
    return _Found(contacts, columns, rings.count, rings.under)


def _pooled_water(
    shapes: NDArray[Any],
    beside: NDArray[Any],
    water: Water,
    doors: Doors,
    rules: ClassRules,
    rule: Rule,
    progress: Progress,
) -> _Found:
    """The cells that a rule asks for, contacts with the one water of their building, and that water."""
    pool = make_pool(rule, water.cells, shapes, water.known, part(progress, 0.0, 0.5))
    found = pooled_water(pool, water, rules.dry_m)
    contacts = pooled_contacts(found, *doors, water.level_m is not None)
    pooled_times(contacts, pool, water, rules.dry_m, part(progress, 0.5, 1.0))
    names = ("depth_m", "level_m", "arrival_min", "wet_share")
    return _Found(contacts, {name: getattr(found, name) for name in names}, pool.count, pool.under)
