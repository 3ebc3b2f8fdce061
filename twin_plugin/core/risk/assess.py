"""The risk of each building: what the water does at its walls and openings, its class, damage, people and reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.cells import FloatArray, IntArray
from ..common.errors import InputError
from ..common.messages import Message
from ..common.progress import Progress, advance, part, silent
from .damage import damage
from .footprints import Footprints
from .gathered_water import GatheredWater, Places
from .ingress import (
    LEADS_DOWN,
    Contacts,
    Openings,
    TiledWater,
    Water,
    WholeWater,
    find_times,
)
from .parts import parts_reached
from .reason import Outcome, explain, pick
from .reason_templates import WORDS, Words
from .ring import is_coarse
from .rules import Rule
from .tables import RiskTables
from .tiles import Tile, tiles, whole_tile

APART_M = 10.0
"""A ground floor this far from the ground outside means another vertical datum."""

STOREY_M = 3.0
"""Height of a storey where neither storeys nor heights are known."""


@dataclass(frozen=True)
class Storeys:
    """Storeys of buildings: number of the building, level of the floor in m, and own number (0 = ground)."""

    building: IntArray
    elev_m: FloatArray
    number: FloatArray


@dataclass(frozen=True)
class Buildings:
    """What is known of n buildings; numbers are NaN where they are not.

    Attributes
    ----------
    footprints : Footprints
        In the CRS of the water.
    use : ndarray of str or None
    ground_floor_m, storeys_above, storeys_below, height_m, floor_area_m2, people : ndarray of float64
        `people` are those that the data names.
    openings : Openings, optional
        External ones only.
    storeys : Storeys, optional
    name : str
        What errors call the layer.
    """

    footprints: Footprints
    use: NDArray[np.object_]
    ground_floor_m: FloatArray
    storeys_above: FloatArray
    storeys_below: FloatArray
    height_m: FloatArray
    floor_area_m2: FloatArray
    people: FloatArray
    openings: Openings | None = None
    storeys: Storeys | None = None
    name: str = Message("the layer")

    def __len__(self) -> int:
        return len(self.footprints)


@dataclass(frozen=True)
class Assessment:
    """Results of n buildings by field name, and what a reader must know.

    Attributes
    ----------
    columns : dict of str to ndarray, shape (n,)
        depth_m, level_m, arrival_min, water_rule, wet_share, parts_reached, ingress_opening_id, ingress_time_min,
        openings_reached, storeys_reached, basement_reached, damage, content_damage, people, risk_class; with an hour
        people_full and people_hour. NaN or None where unknown or not applicable. `reasons` gives the sentences.
    warnings : list of Message
    places : Places
    outcome : Outcome
    openings : Openings, optional
    """

    columns: dict[str, NDArray[Any]]
    warnings: list[Message]
    places: Places
    outcome: Outcome
    openings: Openings | None = None

    @property
    def rule(self) -> Rule:
        """By which the water was taken from the cells."""
        return self.outcome.rule

    def reasons(self, words: Words = WORDS, rows: slice = slice(None)) -> NDArray[np.object_]:
        """The sentences of some buildings, in the language of `words`."""
        return explain(self.outcome, self.openings, words, rows)

    def counts(self) -> dict[int | None, int]:
        """How many buildings are in each class from 0 to 4, and under None those unknown."""
        classes = self.columns["risk_class"]
        result: dict[int | None, int] = {number: int((classes == number).sum()) for number in range(5)}
        result[None] = int(np.isnan(classes).sum())
        return result

    def people_sums(self) -> dict[str, float]:
        """How many people are known of: PEOPLE in all buildings, PEOPLE_INSIDE in those that water enters."""
        people = np.nan_to_num(self.columns["people"], nan=0.0)
        inside = self.columns["risk_class"] >= 2
        return {"PEOPLE": float(people.sum()), "PEOPLE_INSIDE": float(people[inside].sum())}


def assess(
    buildings: Buildings, water: Water, tables: RiskTables, progress: Progress = silent, rule: Rule = Rule.RING
) -> Assessment:
    """Assess every building by a water that is there as a whole; as `assess_tiles`."""
    return assess_tiles(buildings, WholeWater(water), tables, progress, rule, [whole_tile(water.cells, len(buildings))])


def assess_tiles(
    buildings: Buildings,
    water: TiledWater,
    tables: RiskTables,
    progress: Progress = silent,
    rule: Rule = Rule.RING,
    parts: Iterable[Tile] | None = None,
) -> Assessment:
    """Assess every building, tile after tile of the water.

    Parameters
    ----------
    buildings : Buildings
    water : TiledWater
        With a depth or a level, or both.
    tables : RiskTables
    progress : Progress
    rule : Rule
        Which cells count for a building, and how.
    parts : iterable of Tile, optional
        Those with buildings; by default as `tiles` cuts the water.

    Returns
    -------
    Assessment

    Raises
    ------
    InputError
        When there are no buildings, no water data at all, or they do not overlap.
    Cancelled
        When `progress` answers so.
    """
    if not len(buildings):
        raise InputError("There are no buildings to assess: choose a layer with footprints.")
    prints = buildings.footprints
    gathered = GatheredWater(prints, (buildings.ground_floor_m, buildings.openings), water, tables.rules, rule)
    chosen = list(tiles(water.cells, prints.box) if parts is None else parts)
    gathered.add(chosen, buildings.name, part(progress, 0.0, 0.6))
    contacts, columns, places = gathered.contacts(), gathered.columns, gathered.places
    if rule is Rule.RING:
        find_times(contacts, water.cells, water.series, tables.rules.dry_m, part(progress, 0.6, 0.9))
    wettest_m, known = gathered.wettest()
    advance(progress, 0.9, Message("Classes of buildings"))
    worst, first = _choose(contacts, len(buildings))
    advance(progress, 0.91)
    above_m = pick(contacts.above_m, worst)
    basement = _basement(buildings, contacts) & (above_m > 0)
    classes = tables.rules.classify(wettest_m, above_m, basement, known)
    basement &= classes >= 2
    first = np.where(classes >= 2, first, -1)
    reach_m = 0.0 if is_coarse(water.cells) else water.cells.reach_m
    outcome = Outcome(classes, wettest_m, places.count, prints.missing, reach_m, contacts, worst, first, basement, rule)
    advance(progress, 0.92)
    columns["parts_reached"] = parts_reached(prints, water.cells, contacts, buildings.openings, outcome.inside)
    columns["ingress_opening_id"] = _opening_ids(buildings.openings, outcome)
    columns["ingress_time_min"] = pick(contacts.first_min, first)
    columns["openings_reached"] = _openings_reached(contacts, known)
    advance(progress, 0.94)
    columns["storeys_reached"] = _storeys_reached(buildings, outcome)
    columns["basement_reached"] = _true_or_false(basement, known)
    advance(progress, 0.96)
    columns["damage"], columns["content_damage"], without_curve = damage(
        buildings.use, buildings.ground_floor_m, tables, outcome, columns
    )
    advance(progress, 0.98)
    columns |= _people(buildings, tables)
    columns["risk_class"] = classes
    warnings = [*_warnings(buildings, water, places, contacts, rule), *tables.curves.warnings, *without_curve]
    return Assessment(columns, warnings, places, outcome, buildings.openings)


def _choose(contacts: Contacts, count: int) -> tuple[IntArray, IntArray]:
    """For each building the contact with the greatest height, and where water first comes in; -1 without any."""
    above = np.where(np.isnan(contacts.above_m), -np.inf, contacts.above_m)
    when = np.where(above > 0, np.where(np.isnan(contacts.first_min), 1e300, contacts.first_min), np.inf)
    worst = _leading(contacts.building, (above, -contacts.sill_m), count)
    return worst, _leading(contacts.building, (-when, above), count)


def _leading(building: IntArray, keys: tuple[FloatArray, ...], count: int) -> IntArray:
    """The row of each building that has the largest keys, the first key first; the earliest row among equals."""
    order = np.lexsort((-np.arange(len(building)), *reversed([np.nan_to_num(key, nan=-1e300) for key in keys])))
    result = np.full(count, -1, np.int64)
    result[building[order]] = order
    return result


def _basement(buildings: Buildings, contacts: Contacts) -> NDArray[np.bool_]:
    """Buildings with storeys below ground, or that water enters by a way that leads down."""
    below, storeys, openings = buildings.storeys_below > 0, buildings.storeys, buildings.openings
    if storeys is not None:
        below[storeys.building[storeys.number < 0]] = True
    if openings is not None:
        row = np.flatnonzero((contacts.opening >= 0) & (contacts.above_m > 0))
        ramps = row[openings.kind[contacts.opening[row]] == LEADS_DOWN[0]]
        below[contacts.building[ramps]] = True
    return np.asarray(below)


def _people(buildings: Buildings, tables: RiskTables) -> dict[str, NDArray[Any]]:
    """People at full occupancy, given or estimated, and those present at the hour of the tables."""
    uses = list(buildings.use)
    estimate = tables.exposure.people(uses, buildings.floor_area_m2)
    # Whole people, as the output has them: the sums are those of its rows.
    full = np.round(np.where(np.isfinite(buildings.people), buildings.people, estimate))
    if tables.presence is None:
        return {"people": full}
    hour = np.full(len(full), tables.presence.hour)
    return {"people": np.round(full * tables.presence.share(uses)), "people_full": full, "people_hour": hour}


def _opening_ids(openings: Openings | None, outcome: Outcome) -> NDArray[np.object_]:
    first, opening = outcome.first, outcome.contacts.opening
    result = np.full(len(first), None, object)
    if openings is not None:
        rows = np.flatnonzero(first >= 0)
        rows = rows[opening[first[rows]] >= 0]
        result[rows] = openings.id[opening[first[rows]]]
    return result


def _true_or_false(values: NDArray[np.bool_], known: NDArray[np.bool_]) -> NDArray[np.object_]:
    """The values as Python's, None where nothing is known."""
    result = values.astype(object)
    result[~known] = None
    return result


def _openings_reached(contacts: Contacts, known: NDArray[np.bool_]) -> FloatArray:
    """How many openings of each building have water above their sill; NaN where the water is not known."""
    wet = contacts.building[(contacts.opening >= 0) & (contacts.above_m > 0)]
    return np.where(known, np.bincount(wet, minlength=len(known)), np.nan)


def _storeys_reached(buildings: Buildings, outcome: Outcome) -> FloatArray:
    """Storeys whose floor lies below the water inside, those below ground included; NaN where the class is unknown."""
    level_in, above = outcome.level_inside(), outcome.at_worst(outcome.contacts.above_m)
    storeys = buildings.storeys
    floors = np.maximum(np.nan_to_num(buildings.storeys_above, nan=1.0), 1.0)
    height = buildings.height_m / floors
    height = np.where(height > 1.0, height, STOREY_M)
    depth_in = level_in - buildings.ground_floor_m
    depth_in = np.where(np.isfinite(depth_in), depth_in, above)
    upper = np.where(depth_in > 0, np.minimum(np.floor(depth_in / height) + 1, floors), 0.0)
    lower = np.where(outcome.basement, np.maximum(np.nan_to_num(buildings.storeys_below, nan=1.0), 1.0), 0.0)
    reached = upper + lower
    if storeys is not None:
        has = np.bincount(storeys.building, minlength=len(buildings)) > 0
        under = storeys.elev_m < level_in[storeys.building]
        counted = np.bincount(storeys.building[under], minlength=len(buildings))
        reached = np.where(has & np.isfinite(level_in), counted, reached)
    return np.where(np.isnan(outcome.classes), np.nan, np.where(outcome.inside, reached, 0.0))


def _warnings(
    buildings: Buildings, water: TiledWater, places: Places, contacts: Contacts, rule: Rule
) -> Iterator[Message]:
    count = len(buildings)
    if n := int(buildings.footprints.missing.sum()):
        yield Message("{n} of {count} buildings have no footprint: their class is unknown.", n=n, count=count)
    if n := int(buildings.footprints.off(water.cells).sum()):
        yield Message("{n} of {count} buildings have their centroid off the water raster.", n=n, count=count)
    if n := int(places.under.sum()) if rule is Rule.RING else 0:
        yield Message(
            "{n} buildings have no cell free of buildings around them: the cell under each is taken instead.", n=n
        )
    floor = buildings.ground_floor_m[contacts.building]
    apart = np.where(np.isnan(floor), contacts.sill_m, floor) - (contacts.level_m - contacts.depth_m)
    far = np.abs(apart) > APART_M
    if far.any():
        yield Message(
            "{n} buildings have a ground floor far from the terrain outside, {typical:+.1f} m in the median: check "
            "that buildings and terrain have the same vertical datum and unit.",
            n=len(np.unique(contacts.building[far])),
            typical=float(np.median(apart[far])),
        )
