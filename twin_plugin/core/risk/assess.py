"""The risk of each building: what the water does at its walls and openings, its class, damage, people and reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.cells import FloatArray, IntArray
from ..common.errors import InputError
from ..common.messages import Message
from ..common.progress import Progress, advance, part, silent
from .damage import damage
from .ingress import LEADS_DOWN, Contacts, Openings, Water, find_contacts, find_times, no_water
from .parts import parts_reached
from .reason import Outcome, explain, pick
from .reason_templates import WORDS, Words
from .ring import RingCells, find_rings, is_coarse, off_raster, without_footprint
from .rule_water import Pool, make_pool, pooled_contacts, pooled_times, pooled_water
from .rules import Rule
from .tables import ClassRules, RiskTables

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
    footprints : ndarray of shapely polygons, shape (n,)
        In the CRS of the water; None where there is none.
    use : ndarray of str or None
    ground_floor_m, storeys_above, storeys_below, height_m, floor_area_m2, people : ndarray of float64
        `people` are those that the data names.
    openings : Openings, optional
        External ones only.
    storeys : Storeys, optional
    name : str
        What errors call the layer.
    """

    footprints: NDArray[Any]
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
    """Results of n buildings by field name, what a reader must know, and the cells that they come from.

    Attributes
    ----------
    columns : dict of str to ndarray, shape (n,)
        depth_m, level_m, arrival_min, water_rule, wet_share, parts_reached, ingress_opening_id, ingress_time_min,
        openings_reached, storeys_reached, basement_reached, damage, content_damage, people, risk_class, reason;
        with an hour people_full and people_hour. NaN or None where unknown or not applicable.
    warnings : list of Message
    places : RingCells or Pool
        The cells of each building.
    rule : Rule
    """

    columns: dict[str, NDArray[Any]]
    warnings: list[Message]
    places: RingCells | Pool
    rule: Rule = Rule.RING

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
    buildings: Buildings,
    water: Water,
    tables: RiskTables,
    progress: Progress = silent,
    words: Words = WORDS,
    rule: Rule = Rule.RING,
) -> Assessment:
    """Assess every building.

    Parameters
    ----------
    buildings : Buildings
    water : Water
        With a depth or a level, or both.
    tables : RiskTables
    progress : Progress
    words : mapping of str to str
        The keys of `reason_templates.WORDS` in the language of the reasons.
    rule : Rule
        Which cells count for a building, and how.

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
    rules = tables.rules
    _require_water(buildings, water)
    look = _ring_water if rule is Rule.RING else _pooled_water
    places, contacts, columns = look(buildings, water, rules, rule, progress)
    wettest_m, known = columns.pop("wettest_m"), columns.pop("known") & (places.count > 0)
    advance(progress, 0.9)
    worst, first = _choose(contacts, len(buildings))
    above_m = pick(contacts.above_m, worst)
    basement = _basement(buildings, contacts) & (above_m > 0)
    classes = rules.classify(wettest_m, above_m, basement, known)
    basement &= classes >= 2
    first = np.where(classes >= 2, first, -1)
    bare, reach_m = without_footprint(buildings.footprints), 0.0 if is_coarse(water.cells) else water.cells.reach_m
    outcome = Outcome(classes, wettest_m, places.count, bare, reach_m, contacts, worst, first, basement, rule)
    columns["parts_reached"] = parts_reached(
        buildings.footprints, water.cells, contacts, buildings.openings, outcome.inside
    )
    columns["ingress_opening_id"] = _opening_ids(buildings.openings, outcome)
    columns["ingress_time_min"] = pick(contacts.first_min, first)
    columns["openings_reached"] = _openings_reached(contacts, known)
    columns["storeys_reached"] = _storeys_reached(buildings, outcome)
    columns["basement_reached"] = _true_or_false(basement, known)
    advance(progress, 0.9)
    columns["damage"], columns["content_damage"], without_curve = damage(
        buildings.use, buildings.ground_floor_m, tables, outcome, columns
    )
    columns |= _people(buildings, tables)
    columns["risk_class"] = classes
    columns["reason"] = explain(outcome, buildings.openings, words, part(progress, 0.9, 1.0))
    warnings = [*_warnings(buildings, water, places, contacts, rule), *tables.curves.warnings, *without_curve]
    return Assessment(columns, warnings, places, rule)


def _require_water(buildings: Buildings, water: Water) -> None:
    """Check that there are buildings and water to assess."""
    if not len(buildings):
        raise InputError("There are no buildings to assess: choose a layer with footprints.")
    values = water.depth_m if water.depth_m is not None else water.level_m
    if values is None:
        raise no_water()
    if not np.isfinite(values).any():
        raise InputError(
            "The water has no data near the buildings: check that the rasters are the results of a run there."
        )


def _require_cells(places: RingCells | Pool, buildings: Buildings, water: Water) -> None:
    """Check that some building lies on the cells of the water."""
    if not places.count.any():
        raise InputError(
            "No building of {layer} lies on the cells of {water}: check that both have their right CRS.",
            layer=buildings.name,
            water=water.name,
        )


_Look = tuple[RingCells | Pool, Contacts, dict[str, NDArray[Any]]]


def _ring_water(buildings: Buildings, water: Water, rules: ClassRules, rule: Rule, progress: Progress) -> _Look:
    """Rings, contacts with their nearest cell, and what the water does in each ring."""
    rings = find_rings(water.cells, buildings.footprints, part(progress, 0.0, 0.4))
    _require_cells(rings, buildings, water)
    contacts = find_contacts(rings, water, buildings.ground_floor_m, buildings.openings, rules.dry_m)
    find_times(contacts, water, rules.dry_m, part(progress, 0.4, 0.9))
    none = np.full(len(buildings), np.nan)
    level = water.wet_level(rules.dry_m)
    level_m = none if level is None else rings.highest(level)[0]
    depth_m = none if water.depth_m is None else rings.highest(water.depth_m)[0]
    arrival = none if water.arrival_min is None else rings.lowest(water.arrival_min)
    return rings, contacts, _columns(depth_m, level_m, arrival, none, water, rings, rule)


def _pooled_water(buildings: Buildings, water: Water, rules: ClassRules, rule: Rule, progress: Progress) -> _Look:
    """The cells that a rule asks for, contacts with the one water of their building, and that water."""
    pool = make_pool(rule, water.cells, buildings.footprints, water.known, part(progress, 0.0, 0.4))
    _require_cells(pool, buildings, water)
    found = pooled_water(pool, water, rules.dry_m)
    contacts = pooled_contacts(found, buildings.ground_floor_m, buildings.openings, water.level_m is not None)
    pooled_times(contacts, pool, water, rules.dry_m, part(progress, 0.4, 0.9))
    columns = (found.depth_m, found.level_m, found.arrival_min, found.wet_share)
    return pool, contacts, _columns(*columns, water, pool, rule)


def _columns(
    depth_m: FloatArray,
    level_m: FloatArray,
    arrival_min: FloatArray,
    wet_share: FloatArray,
    water: Water,
    places: RingCells | Pool,
    rule: Rule,
) -> dict[str, NDArray[Any]]:
    """The water of each building; `wettest_m` is what decides between dry and wet."""
    known = np.isfinite(depth_m) if water.depth_m is not None else places.count > 0
    # Without depths a level says that it is wet, not how deep.
    wettest = depth_m if water.depth_m is not None else np.where(np.isfinite(level_m), np.inf, 0.0)
    return {
        "depth_m": depth_m,
        "level_m": level_m,
        "arrival_min": arrival_min,
        "water_rule": np.full(len(depth_m), rule.value, object),
        "wet_share": wet_share,
        "wettest_m": wettest,
        "known": known,
    }


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
    buildings: Buildings, water: Water, places: RingCells | Pool, contacts: Contacts, rule: Rule
) -> Iterator[Message]:
    count = len(buildings)
    if n := int(without_footprint(buildings.footprints).sum()):
        yield Message("{n} of {count} buildings have no footprint: their class is unknown.", n=n, count=count)
    if n := int(off_raster(water.cells, buildings.footprints).sum()):
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
