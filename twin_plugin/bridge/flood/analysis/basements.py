"""What twin:basementflooding joins: the water of a RESULT, layers of rooms below ground, and how these fill."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from qgis.core import QgsCoordinateReferenceSystem

from ....core.common.errors import InputError
from ....core.common.messages import Message
from ....core.common.progress import Progress, part
from ....core.flood.processes.underground import UndergroundWater, free_cells, named
from ....core.flood.underground.barring import Barred, Case, Values, bar_each, groups_of, ranked
from ....core.flood.underground.basement_tables import (
    RoomFacts,
    Source,
    confidence_of,
    filled_row,
    flow_rows,
    left_out_row,
    ranking_rows,
)
from ....core.flood.underground.room_water import Filling
from ....core.flood.underground.tables import series_rows
from ....core.risk.field_values import number_of
from ...kernel.input_table import Entry, table_lines
from ..setup.parameters import Parameters
from ..setup.underground import RoomsRead, read_rooms
from .basement_guesses import GroundGuesses
from .basement_water import BasementResult, StreetWater

MOST_STEPS = 20_000
"""Steps are of a second, or longer where the time of RESULT would take more of them."""
LONGEST_STEP_S = 10.0
MUCH = 0.05
"""Where rooms hold more of the street's water, its levels would be lower with them."""
BAR_STEP_S = 300.0
"""How often it is asked for a cancel while openings are barred."""
FLOODED_M = 0.05
"""Depth from which a room counts as flooded, as the map's first class."""
GROWING_M3 = 0.1
Rows = Iterable[tuple[Any, Mapping[str, Any]]]


@dataclass(frozen=True)
class BasementChoices:
    """What the user decides.

    Attributes
    ----------
    series_step_min : float
    value_field : str
        Of UNDERGROUND; "" for none.
    currency : str
    full_damage_m : float
    rank : bool
        Whether openings are barred one by one, which takes a while.
    """

    series_step_min: float
    value_field: str
    currency: str
    full_damage_m: float
    rank: bool


@dataclass(frozen=True)
class BasementFlooding:
    """The rows of the outputs in the CRS of RESULT, the numbers, and the lines of the log."""

    crs: QgsCoordinateReferenceSystem
    rooms: Rows
    openings: Rows
    series: Rows
    ranking: Rows
    numbers: dict[str, float]
    warnings: list[Message]
    table: list[Message]


def assess_basements(parameters: Parameters, choices: BasementChoices, progress: Progress) -> BasementFlooding:
    """Fill the rooms of UNDERGROUND from the levels of RESULT at their openings.

    Raises
    ------
    InputError
        When an input cannot be used, or no opening lies on RESULT.
    """
    ground = BasementResult(parameters)
    surface = ground.surface
    read = read_rooms(parameters, surface.bed, surface, GroundGuesses(parameters, ground.result, surface))
    values = _values(parameters, choices, read)
    places = read.process.places(free_cells(surface), surface.bed.cell_m)
    _require_meeting(parameters, read, places)
    water = ground.water(read.process, places, part(progress, 0.0, 0.4))
    case = _case(read.process, water)
    filling = case.fill(60.0 * choices.series_step_min, part(progress, 0.4, 0.5))
    barred: list[Barred] = []
    if choices.rank:
        unknown = Values(np.full(len(case.rooms), math.nan))
        barred = ranked(bar_each(case, filling, values or unknown, progress=part(progress, 0.5, 0.95)), case.openings)
    notes = [*read.process.warnings(surface), *_doubts(ground, filling, water), _note_assumed(read)]
    sources = _sources(read)
    return BasementFlooding(
        ground.result.crs,
        _room_rows(read, filling, water, sources, values, choices.currency, ground.run),
        _points(filling, water, sources),
        ((None, row) for row in series_rows(filling)),
        ((None, row) for row in ranking_rows(barred, filling, water.head_max_m.tolist(), choices.currency)),
        _numbers(read, filling, sum(map(bool, _reached(read, filling, sources))), values),
        [note for note in notes if note is not None],
        table_lines(parameters.entries),
    )


def _case(process: UndergroundWater, water: StreetWater) -> Case:
    start_s, end_s = (float(water.outside.times_s[k]) for k in (0, -1))
    step_s = min(max((end_s - start_s) / MOST_STEPS, 1.0), LONGEST_STEP_S)
    return Case(
        process.rooms,
        process.openings,
        process.links,
        process.barriers,
        water.mouths,
        water.outside,
        start_s,
        end_s - start_s,
        step_s,
    )


def _values(parameters: Parameters, choices: BasementChoices, read: RoomsRead) -> Values | None:
    """The value of what each room holds; None without a field."""
    if not choices.value_field:
        return None
    if not choices.currency:
        raise InputError("VALUE_FIELD is money: name its currency in CURRENCY, such as CNY.")
    source = parameters.source("UNDERGROUND")
    if source is None:
        return None
    table = parameters.plain_features(source, choices.value_field)
    given, refused = np.full(len(table), math.nan), 0
    for row, value in enumerate(table.get(choices.value_field)):
        number = number_of(value, True)
        possible = 0 <= number < math.inf
        refused += not possible and value is not None and str(value).strip() != ""
        given[row] = number if possible else math.nan
    if refused:
        text = "{n} values of the field '{field}' of '{layer}' are no amounts of money: they count as unknown."
        layer = source.sourceName()
        parameters.warn([Message(text, n=refused, field=choices.value_field, layer=layer)])
    own = np.array([given[room.row] for room in read.process.rooms], np.float64)
    known = int(np.isfinite(own).sum())
    parameters.entries.append(Entry(Message("Values of rooms below ground"), known, len(own) - known))
    return Values(own, choices.full_damage_m)


def _require_meeting(parameters: Parameters, read: RoomsRead, places: list[tuple[np.ndarray, np.ndarray]]) -> None:
    """Check that there are rooms, and that some opening lies on RESULT."""
    source = parameters.source("UNDERGROUND")
    layer = source.sourceName() if source is not None else ""
    if not read.process.rooms:
        raise InputError(
            "The layer '{layer}' of UNDERGROUND has no room that can be used: it needs polygons and levels "
            "(bottom_elev_m and top_elev_m in m above the terrain's datum); the log says what is left out.",
            layer=layer,
        )
    if not any(len(rows) for rows, _ in places):
        raise InputError(
            "No opening of the rooms of '{layer}' lies on the cells of RESULT: check the CRS of the layers and the "
            "extent of the run.",
            layer=layer,
        )


def _doubts(ground: BasementResult, filling: Filling, water: StreetWater) -> Iterable[Message]:
    """What a careful reader must know of the volumes."""
    most_m3 = sum(filled.filled_share * filled.room.volume_m3 for filled in filling.rooms)
    if ground.carried:
        yield Message(
            "The run of RESULT carried {n} rooms below ground itself: its street has lost that water already. Its own "
            "UNDERGROUND_FILLED is better than these numbers, unless rooms, openings or barriers differ.",
            n=ground.carried,
        )
    elif most_m3 > 0:
        yield _taken(filling, water, most_m3)
    if len(filling.times_s) > 1:
        rise = filling.volumes_m3[-1] - filling.volumes_m3[-2]
        growing = [filled.room.id for filled, more in zip(filling.rooms, rise, strict=True) if more > GROWING_M3]
        if growing:
            yield Message(
                "At the end of RESULT water still enters {n} rooms below ground ({ids}): simulate a longer time to see "
                "them at their fullest.",
                n=len(growing),
                ids=named(growing),
            )


def _taken(filling: Filling, water: StreetWater, most_m3: float) -> Message:
    """How much of the street's water is in the rooms, and what to do where that is much, in all or near some rooms."""
    text = (
        "The rooms hold up to {most:,.0f} m³, which is {share:.1f} % of the most water in RESULT at one time "
        "({street:,.0f} m³). It is not taken from the street of RESULT."
    )
    share = most_m3 / water.peak_m3 if water.peak_m3 > 0 else math.inf
    found = Message(text, most=most_m3, share=100.0 * share, street=water.peak_m3)
    many = sum(near > 100.0 * MUCH for near in _street_pct(filling, water))
    if share <= MUCH and not many:
        return found
    advice = Message(
        "Of {n} rooms it is more than 5 % of the water near their openings (street_pct): there the street would stand "
        "lower and the rooms fill less. Give the same layers to UNDERGROUND of 'Simulate flood', which computes both "
        "together.",
        n=many,
    )
    return Message("{found} {advice}", found=found, advice=advice)


def _street_pct(filling: Filling, water: StreetWater) -> list[float]:
    """Most water in each room as a share of the most near its openings, %; NaN where there never is any."""
    return [
        100.0 * filled.filled_share * filled.room.volume_m3 / near_m3 if near_m3 > 0 else math.nan
        for filled, near_m3 in zip(filling.rooms, water.near_m3.tolist(), strict=True)
    ]


def _note_assumed(read: RoomsRead) -> Message | None:
    assumed = [read.openings.ids[row] for row in read.made.opening_rows if row in read.assumed]
    if not assumed:
        return None
    return Message(
        "{n} rooms below ground have no opening in OPENINGS_UNDERGROUND: a door 0.15 m above the ground floor, or "
        "above the ground, is assumed where the water beside them stands highest ({ids}). Their confidence is none.",
        n=len(assumed),
        ids=named(assumed),
    )


def _sources(read: RoomsRead) -> list[Source]:
    """Where sill and width of each opening come from."""
    guessed = read.widths_guessed() | read.sills_guessed
    return [
        Source.ASSUMED if row in read.assumed else Source.GUESSED if row in guessed else Source.LAYER
        for row in read.made.opening_rows
    ]


def _room_rows(
    read: RoomsRead,
    filling: Filling,
    water: StreetWater,
    sources: list[Source],
    values: Values | None,
    currency: str,
    run: str,
) -> Rows:
    """Every row of UNDERGROUND, also those that are left out."""
    import shapely

    numbers = {filled.room.row: number for number, filled in enumerate(filling.rooms)}
    reached, shares = _reached(read, filling, sources), _street_pct(filling, water)
    for row, shape in enumerate(read.rooms.shapes):
        number, building = numbers.get(row, -1), read.rooms.buildings[row]
        outline = shapely.MultiPolygon([shape]) if shape is not None and shape.geom_type == "Polygon" else shape
        if number < 0:
            yield outline, left_out_row(read.rooms.ids[row], building, run)
            continue
        confidence = confidence_of(reached[number], bool(read.made.guessed_levels[number]))
        facts = RoomFacts(building, confidence, shares[number])
        yield outline, filled_row(filling, number, facts, values, currency, run)


def _reached(read: RoomsRead, filling: Filling, sources: list[Source]) -> list[list[Source]]:
    """Of each room the sources of the openings by which water comes to it, also through passages from other rooms."""
    group = groups_of(len(filling.rooms), read.process.links)
    by_group: dict[int, list[Source]] = {}
    for flow, source in zip(filling.openings, sources, strict=True):
        if flow.used:
            by_group.setdefault(group[flow.opening.room], []).append(source)
    return [by_group.get(own, []) for own in group]


def _points(filling: Filling, water: StreetWater, sources: list[Source]) -> Rows:
    import shapely

    for place, row in flow_rows(filling, water.head_max_m.tolist(), sources):
        yield shapely.Point(place), row


def _numbers(read: RoomsRead, filling: Filling, known: int, values: Values | None) -> dict[str, float]:
    """The numbers of the run; `known` rooms have an opening, their own or that of a room that a passage joins."""
    damages = [
        values.damage(number, filled.depth_max_m) for number, filled in enumerate(filling.rooms) if values is not None
    ]
    return {
        "ROOMS_FLOODED": sum(filled.depth_max_m >= FLOODED_M for filled in filling.rooms),
        "ROOMS_UNKNOWN": len(read.rooms.ids) - known,
        "VOLUME_M3": float(filling.volumes_m3[-1].sum()),
        "DAMAGE": sum(damage for damage in damages if not math.isnan(damage)),
    }
