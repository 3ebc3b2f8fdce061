"""What twin:undergroundclearance joins: layers below the ground, the editable tables, core's clearances."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, part
from ...core.common.tables import columns
from ...core.planning.bodies import PLANNED, PRESENT, REMOVED, Bodies
from ...core.planning.clearance import CONTROL, KEPT, OVERLAP, SPECIAL, TOO_CLOSE, BodyPair, find_pairs
from ...core.planning.clearance_rules import RECALLED, ZONE, Rules, read_rules
from ...core.planning.cover import Covers, covers
from ...core.planning.free_space import free_volumes
from ..kernel import resources
from ..kernel.input_table import Entry, table_lines
from ..kernel.line_layers import names_of
from ..kernel.metric_layers import AREAS, Reader, numbers_of, row_ids, valid, why
from ..kernel.pipe_layers import PipeChoices
from ..kernel.translation import localized
from .underground_layers import UndergroundLayers, UndergroundRead, read_underground

PAIRS = columns("""
    id_a text Id of the one body
    name_a text Its name
    kind_a text Its kind
    id_b text Id of the other body
    name_b text Its name
    kind_b text Its kind
    verdict text overlap, too_close, special_zone, control_zone, kept or no_rule
    state text present, planned (with a body of the scheme) or removed (with one that it takes the place of)
    gap_m real Least distance in space between the surfaces, m; negative by how far one lies in the other
    horizontal_m real Least distance in plan, m; 0 where one lies over the other
    vertical_m real Gap in height where one lies over the other, m; negative by the overlap in height
    overlap_m3 real Volume that both share, m³
    least_horizontal_m real Least distance in plan that the rule asks, m
    least_vertical_m real Least gap in height that the rule asks, m
    rule text Kinds of the rule
    reason text What the verdict follows from
""")
COVER = columns("""
    id text Id of the pipe or tunnel
    name text Its name
    kind text Its kind
    cover_m real Least ground above the crown, m; negative where the crown lies above the ground
    least_cover_m real Ground above the crown that the table asks, m
    verdict text kept, too_shallow, above_ground, no_rule or unknown
    at_x real Place of the least cover, x
    at_y real Place of the least cover, y
    crown_elev_m real Level of the crown there, m
""")
FREE = columns("""
    id text Id of the parcel
    name text Its name
    from_depth_m real Upper end of the band of depth, m
    to_depth_m real Lower end of the band of depth, m
    ground_elev_m real Level from which depths count, m
    volume_m3 real Volume of the band below the parcel, m³
    free_m3 real Volume that nothing takes, with the scheme, m³
    free_share real Its share, 0 to 1
    before_m3 real Volume that nothing takes today, m³
""")
SHALLOW, ABOVE, COVERED, FREE_OF_RULES, UNKNOWN = "too_shallow", "above_ground", "kept", "no_rule", "unknown"
MOST_DEPTHS = 12
FAR_M, HIGH_M = 200.0, 2.0
"""Pipes so far below the terrain, or above it, have another datum or unit."""
_SAMPLES = 40
Rows = Iterable[tuple[Any, dict[str, Any]]]


@dataclass(frozen=True)
class ClearanceChoices:
    """What the user decides.

    Attributes
    ----------
    search_m : float
        All pairs whose gap is at most so wide are listed.
    depths_m : sequence of float
        Lower ends of the bands of depth, rising.
    pipes : PipeChoices
    kinds, rules : str
        Paths of tables in the place of the shipped ones; "" for these.
    """

    search_m: float = 2.0
    depths_m: Sequence[float] = (15.0, 30.0, 50.0)
    pipes: PipeChoices = field(default_factory=PipeChoices)
    kinds: str = ""
    rules: str = ""


@dataclass(frozen=True)
class UndergroundResult:
    """The review: rows of PAIRS, COVER and FREE, numbers, warnings, and the lines of the table of inputs."""

    pairs: Rows
    cover: Rows
    free: Rows
    numbers: dict[str, float]
    warnings: list[Message]
    table: list[Message]


def tables(kinds: str = "", rules: str = "") -> Rules:
    """The tables of kinds and of clearances: the user's, else the shipped ones."""
    return read_rules(
        Path(kinds) if kinds else resources.table("underground_kinds"),
        Path(rules) if rules else resources.table("clearance_rules"),
    )


def review_underground(
    reader: Reader, terrain: Grid | None, layers: UndergroundLayers, choices: ClearanceChoices, progress: Progress
) -> UndergroundResult:
    """Measure what lies below the ground, with a scheme where there is one.

    Raises
    ------
    InputError
        Naming the layer, the reason and the cure.
    Cancelled
    """
    rules = tables(choices.kinds, choices.rules)
    advance(progress, 0.0, "reading what lies below the ground")
    read = read_underground(layers, reader, terrain, rules, choices.pipes)
    advance(progress, 0.1, "measuring gaps")
    found = find_pairs(read.bodies, rules, choices.search_m, part(progress, 0.1, 0.7))
    cover = None if terrain is None else covers(read.bodies, terrain, part(progress, 0.7, 0.8))
    notes = [*read.notes, *_datum(read.bodies, cover), *_unchecked(found.pairs)]
    free, entries = list[tuple[Any, dict[str, Any]]](), list(read.entries)
    if layers.parcels is not None:
        free = _free(reader, terrain, layers.parcels, choices.depths_m, read, entries, notes, part(progress, 0.8, 1.0))
    cover_rows = [] if cover is None else list(_cover_rows(read.bodies, rules, cover))
    entries.append(Entry(Message("pairs of connected bodies, which are not measured"), 0, found.connected))
    return UndergroundResult(
        (_pair_row(pair) for pair in found.pairs),
        cover_rows,
        free,
        _numbers(found.pairs, cover_rows, free),
        notes,
        table_lines(entries),
    )


def _pair_row(pair: BodyPair) -> tuple[Any, dict[str, Any]]:
    states = (pair.one.state, pair.two.state)
    state = next((state for state in (PLANNED, REMOVED) if state in states), PRESENT)
    values = {
        "id_a": pair.one.id,
        "name_a": pair.one.name,
        "kind_a": pair.one.kind,
        "id_b": pair.two.id,
        "name_b": pair.two.name,
        "kind_b": pair.two.kind,
        "verdict": pair.verdict,
        "state": state,
        "gap_m": pair.gap_m,
        "horizontal_m": pair.horizontal_m,
        "vertical_m": pair.vertical_m,
        "overlap_m3": pair.overlap_m3,
        "least_horizontal_m": pair.rule.horizontal_m,
        "least_vertical_m": pair.rule.vertical_m,
        "rule": " – ".join(pair.rule.kinds) if pair.rule.kinds[0] else None,
        "reason": localized(_reason(pair)),
    }
    return shapely.LineString([pair.first, pair.second]), values


def _reason(pair: BodyPair) -> Message:
    """Why a pair has its verdict."""
    beside = math.isnan(pair.vertical_m)
    asked = pair.rule.horizontal_m if beside else pair.rule.vertical_m
    if ZONE in (pair.one.kind, pair.two.kind):
        return Message("lies in the zone in plan")
    if pair.verdict == OVERLAP:
        return Message(
            "one lies {depth:.2f} m in the other, and they share {volume:.1f} m³",
            depth=-pair.gap_m,
            volume=pair.overlap_m3,
        )
    if pair.verdict == SPECIAL:
        return Message("{gap:.2f} m in plan: in the special protection zone", gap=pair.horizontal_m)
    if pair.verdict == CONTROL:
        return Message("{gap:.2f} m in plan: in the protection zone", gap=pair.horizontal_m)
    if math.isnan(asked):
        return Message("{gap:.2f} m apart; the table asks nothing of this pair", gap=pair.gap_m)
    if beside:
        return Message("{gap:.2f} m beside each other, {least:g} m asked", gap=pair.horizontal_m, least=asked)
    gap = min(pair.vertical_m, pair.gap_m)
    return Message("{gap:.2f} m above each other, {least:g} m asked", gap=gap, least=asked)


def _cover_rows(bodies: Bodies, rules: Rules, found: Covers) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The pipes and tunnels that are round, those with the least cover first."""
    parts: dict[int, list[Any]] = {}
    lines = shapely.linestrings(np.stack([bodies.start, bodies.end], axis=1))
    for owner, line in zip(bodies.owner[: bodies.tubes].tolist(), lines, strict=True):
        parts.setdefault(owner, []).append(line)
    for place in sorted(parts, key=lambda place: (math.isnan(found.least_m[place]), found.least_m[place])):
        item, cover = bodies.items[place], float(found.least_m[place])
        least = rules.least_cover_m(item.kind)
        if math.isnan(cover):
            verdict = UNKNOWN
        elif cover < 0:
            verdict = ABOVE
        elif math.isnan(least):
            verdict = FREE_OF_RULES
        else:
            verdict = SHALLOW if cover < least - 1e-6 else COVERED
        x, y, z = found.at[place].tolist()
        yield (
            shapely.multilinestrings(parts[place]),
            {
                "id": item.id,
                "name": item.name,
                "kind": item.kind,
                "cover_m": cover,
                "least_cover_m": least,
                "verdict": verdict,
                "at_x": x,
                "at_y": y,
                "crown_elev_m": z,
            },
        )


def _datum(bodies: Bodies, found: Covers | None) -> list[Message]:
    """A note where what lies below the ground lies far from it."""
    known = np.zeros(0) if found is None else found.least_m[np.isfinite(found.least_m)]
    if not len(known):
        return []
    middle = float(np.median(known))
    if middle > FAR_M:
        return [
            Message(
                "Half of the pipes and tunnels lie {far:,.0f} m or more below the terrain: check that their heights "
                "have its vertical datum and unit.",
                far=middle,
            )
        ]
    if middle < -HIGH_M:
        return [
            Message(
                "Half of the pipes and tunnels lie {far:,.1f} m or more above the terrain: check that their heights "
                "have its vertical datum and unit.",
                far=-middle,
            )
        ]
    return []


def _unchecked(pairs: Sequence[BodyPair]) -> list[Message]:
    """A note where verdicts come from rules that nobody has checked."""
    judged = [pair for pair in pairs if pair.verdict in (TOO_CLOSE, KEPT)]
    doubtful = sum(pair.rule.is_unchecked for pair in judged)
    if not doubtful:
        return []
    return [
        Message(
            "{n} of {all} verdicts 'too close' and 'kept' come from rows of the table of clearances that are marked "
            "{mark}: check these rows against the standard, or give your own as RULES.",
            n=doubtful,
            all=len(judged),
            mark=RECALLED,
        )
    ]


def _free(
    reader: Reader,
    terrain: Grid | None,
    parcels: QgsFeatureSource,
    depths_m: Sequence[float],
    read: UndergroundRead,
    entries: list[Entry],
    notes: list[Message],
    progress: Progress,
) -> list[tuple[Any, dict[str, Any]]]:
    """A row for each parcel and band of depth."""
    table, name = reader.table(parcels, "PARCELS", AREAS), parcels.sourceName()
    stated = numbers_of(table, ("ground_elev_m", "地面标高"), "elev_m", notes)
    ids, names = row_ids(table), names_of(table)
    solid = np.array([item.kind != ZONE for item in read.bodies.items])
    states = np.array([item.state for item in read.bodies.items])
    rows, guessed, lost = list[tuple[Any, dict[str, Any]]](), 0, 0
    for row, shape in enumerate(table.geometries):
        if shape is None or not shapely.area(shape) > 0:
            lost += 1
            continue
        parcel = valid(shape)
        ground = float(stated[row]) if stated[row] == stated[row] else _mean_ground(parcel, terrain)
        if math.isnan(ground):
            guessed, ground = guessed + 1, 0.0
        own = part(progress, row / len(table), (row + 1) / len(table))
        after = free_volumes(read.bodies, solid & (states != REMOVED), parcel, ground, depths_m, part(own, 0.0, 0.5))
        before = after
        if read.has_scheme:
            taken = solid & (states != PLANNED)
            before = free_volumes(read.bodies, taken, parcel, ground, depths_m, part(own, 0.5, 1.0))
        upper = 0.0
        for depth, free_m3, before_m3 in zip(depths_m, after.tolist(), before.tolist(), strict=True):
            volume = float(shapely.area(parcel)) * (depth - upper)
            values = {
                "id": ids[row],
                "name": names[row] or ids[row],
                "from_depth_m": upper,
                "to_depth_m": depth,
                "ground_elev_m": ground,
                "volume_m3": volume,
                "free_m3": free_m3,
                "free_share": free_m3 / volume,
                "before_m3": before_m3,
            }
            rows.append((parcel, values))
            upper = depth
    if guessed:
        notes.append(
            Message(
                "{n} parcels of the layer '{name}' lie off the terrain and have no ground_elev_m: depths count from "
                "0 m there.",
                n=guessed,
                name=name,
            )
        )
    reason = why([Message("no geometry or area: {n}", n=lost), Message("ground at 0 m: {n}", n=guessed)])
    entries.append(Entry(Message("PARCELS"), len(table) - lost, lost, guessed, reason))
    return rows


def _mean_ground(parcel: shapely.Geometry, terrain: Grid | None) -> float:
    """The mean terrain of a parcel; NaN off it."""
    if terrain is None:
        return math.nan
    west, south, east, north = shapely.bounds(parcel)
    share = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
    x, y = (v.ravel() for v in np.meshgrid(west + share * (east - west), south + share * (north - south)))
    inside = shapely.intersects_xy(parcel, x, y)
    heights = terrain.sample(x[inside], y[inside])
    heights = heights[np.isfinite(heights)]
    return float(heights.mean()) if len(heights) else math.nan


def _numbers(pairs: Sequence[BodyPair], cover: Sequence[Any], free: Sequence[Any]) -> dict[str, float]:
    """The outputs that are numbers: of all pairs that stand with the scheme, and of those of the scheme."""
    stands = [pair for pair in pairs if REMOVED not in (pair.one.state, pair.two.state)]
    ours = [pair for pair in stands if PLANNED in (pair.one.state, pair.two.state)]
    found: dict[str, float] = {"PAIRS_COUNT": len(stands), "PLANNED_PAIRS": len(ours)}
    for name, verdicts in (("OVERLAPS", (OVERLAP,)), ("TOO_CLOSE", (TOO_CLOSE,)), ("IN_ZONES", (SPECIAL, CONTROL))):
        found[name] = sum(pair.verdict in verdicts for pair in stands)
        found[f"PLANNED_{name}"] = sum(pair.verdict in verdicts for pair in ours)
    found["OVERLAP_M3"] = sum(pair.overlap_m3 for pair in stands if pair.overlap_m3 == pair.overlap_m3)
    found["LEAST_GAP_M"] = min((pair.gap_m for pair in stands), default=math.nan)
    found["SHALLOW_COUNT"] = sum(values["verdict"] in (SHALLOW, ABOVE) for _, values in cover)
    found["FREE_M3"] = sum(values["free_m3"] for _, values in free)
    found["FREE_BEFORE_M3"] = sum(values["before_m3"] for _, values in free)
    return found


def depths_of(text: str) -> tuple[float, ...]:
    """Depths from a text, rising and each once.

    Raises
    ------
    InputError
    """
    try:
        depths = sorted({float(word) for word in text.replace(",", ";").split(";") if word.strip()})
    except ValueError:
        depths = []
    if not 0 < len(depths) <= MOST_DEPTHS or any(not 0 < depth <= 500 for depth in depths):
        raise InputError(
            "DEPTHS must be 1 to {most} depths up to 500 m, as in '15; 30; 50', not '{text}'.",
            most=MOST_DEPTHS,
            text=text[:60],
        )
    return tuple(depths)
