"""What twin:expecteddamage joins: the layers of events, core's integral, a measure, and the rows of the outputs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from qgis.core import QgsProcessingFeedback, QgsVectorLayer

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.tables import columns
from ...core.risk.damage_curve import Part
from ...core.risk.expected_damage import ExpectedDamage, Integral, expected_damage, present_value
from ..kernel.input_table import Entry, reasons, table_lines
from .damage_events import DamageEvents, DamageFields, read_events, read_periods, unit_of, warnings_of

COLUMNS = columns("""
    id text Id of the asset
    ead real Expected annual damage, in the unit of the damage a year; empty where an event is unknown
    rare_tail real Part of ead beyond the rarest event
    frequent_tail real Part of ead before the most frequent event
    tail_share_pct real Share of both tails in ead, %
    times_mean real ead as a multiple of the mean over all assets
    events_known integer Events with a known damage
    unknown_events text Return periods of the events without a known damage, years
    falling boolean Whether a rarer event costs less than a more frequent one
    ead_measure real Expected annual damage with the measure
    avoided real ead less ead_measure
    unit text Unit of the damage
""")
CURVE = columns("""
    return_period_a real Return period, years
    probability real Annual probability, 1 / return period
    damage real Damage of all assets with known events
    damage_measure real The same with the measure
    assets_known integer Assets whose damage is known in this event
    layer text Layer of the event
""")
Rows = Iterable[tuple[Any, dict[str, Any]]]


@dataclass(frozen=True)
class DamageChoices:
    """What the user decides; money is in the unit of the damage."""

    fields: DamageFields
    periods: str
    integral: Integral
    unit: str
    years: float
    discount_pct: float
    cost: float


@dataclass(frozen=True)
class Side:
    """One set of events, integrated for a list of assets."""

    events: DamageEvents
    matrix: np.ndarray
    found: ExpectedDamage

    @property
    def known(self) -> np.ndarray:
        """Assets that are known in all events."""
        return np.isfinite(self.found.total)

    def sums(self) -> np.ndarray:
        """Damage of the known assets in each event, from frequent to rare."""
        return np.asarray(self.matrix[self.known].sum(axis=0))

    def by_part(self) -> dict[Part, float]:
        """Expected annual damage of the known assets, by the parts of the curve."""
        rare, frequent, total = (
            float(part[self.known].sum()) for part in (self.found.rare_tail, self.found.frequent_tail, self.found.total)
        )
        return {Part.RARE_TAIL: rare, Part.BETWEEN: total - rare - frequent, Part.FREQUENT_TAIL: frequent}


@dataclass(frozen=True)
class DamageResult:
    """Rows of OUTPUT and CURVE, the outputs that are numbers, what the log says, and what these were made of.

    Attributes
    ----------
    assets : list of str
        Ids, in the order of the rows.
    sides : list of Side
        Without a measure, and with it where there is one.
    unit : str
        Of the damage, "" where it is not known.
    """

    rows: Rows
    curve: Rows
    numbers: dict[str, float]
    warnings: list[Message]
    lines: list[Message]
    assets: list[str]
    sides: list[Side]
    integral: Integral
    unit: str


def assess_damage(
    layers: Sequence[QgsVectorLayer],
    measure: Sequence[QgsVectorLayer],
    choices: DamageChoices,
    feedback: QgsProcessingFeedback,
) -> DamageResult:
    """Expected annual damage of the assets of some events, and what a measure avoids.

    Raises
    ------
    InputError
        When the events cannot be used, no asset is known in all of them, or the measure has other events.
    """
    sets = [
        read_events(group, read_periods(choices.periods, group), choices.fields, feedback)
        for group in (layers, measure)
        if group
    ]
    unit = unit_of(sets, choices.unit)
    if len(sets) > 1 and sets[0].periods() != sets[1].periods():
        names = [", ".join(f"{period:g}" for period in events.periods()) for events in sets]
        raise InputError(
            "The events without the measure ({without} years) and with it ({with_it} years) differ: compare the same "
            "return periods.",
            without=names[0],
            with_it=names[1],
        )
    assets = list(dict.fromkeys(asset for events in sets for asset in events.shapes))
    sides = [_side(events, assets, choices.integral) for events in sets]
    if not sides[0].known.any():
        raise InputError("No asset has a known damage in all events: check ID_FIELD and DAMAGE_FIELD.")
    warnings = [*(text for side in sides for text in _warnings(side, assets)), *_frequent(sides[0], choices.integral)]
    numbers, compared = _numbers(sides, choices)
    return DamageResult(
        _rows(assets, sides, unit),
        _curve(sides),
        numbers,
        warnings,
        [*_lines(sides, choices, numbers, unit), *compared],
        assets,
        sides,
        choices.integral,
        unit,
    )


def _side(events: DamageEvents, assets: Sequence[str], integral: Integral) -> Side:
    matrix = events.matrix(assets)
    return Side(events, matrix, expected_damage(events.periods(), matrix, integral))


def _warnings(side: Side, assets: Sequence[str]) -> list[Message]:
    notes = warnings_of(side.events, assets)
    falling, unknown = int(side.found.falling.sum()), int((~side.known).sum())
    if falling:
        notes.append(
            Message(
                "{n} assets cost less in a rarer event than in a more frequent one: see the field falling.", n=falling
            )
        )
    if unknown:
        notes.append(
            Message(
                "{n} of {all} assets have an event without a known damage: they are listed without ead, and the total "
                "does not hold them; see the field unknown_events.",
                n=unknown,
                all=len(assets),
            )
        )
    return notes


def _frequent(side: Side, integral: Integral) -> list[Message]:
    """Says that the damage of what is more frequent than all events is left out, where there is some."""
    first, damage = min(side.events.periods()), float(side.sums()[0])
    if integral.zero_return_period_a or not damage > 0:
        return []
    return [
        Message(
            "Damage more frequent than every {first:g} years is left out, although the event of {first:g} years costs "
            "{damage:,.6g} in all: give ZERO_RETURN_PERIOD, the return period up to which nothing is damaged.",
            first=first,
            damage=damage,
        )
    ]


def _numbers(sides: Sequence[Side], choices: DamageChoices) -> tuple[dict[str, float], list[Message]]:
    """The outputs that are numbers, and a sentence about the measure."""
    first = sides[0]
    total = float(first.found.total[first.known].sum())
    tails = float((first.found.rare_tail + first.found.frequent_tail)[first.known].sum())
    numbers: dict[str, float] = {
        "EAD": total,
        "TAIL_SHARE": 100.0 * tails / total if total else 0.0,
        "COUNT": len(first.known),
        "UNKNOWN": int((~first.known).sum()),
    }
    if len(sides) < 2:
        return numbers, []
    both = first.known & sides[1].known
    if not both.any():
        raise InputError(
            "No asset of MEASURE has a known damage in all events that it also has without the measure: check ID_FIELD "
            "and DAMAGE_FIELD of both."
        )
    avoided = float((first.found.total - sides[1].found.total)[both].sum())
    worth = present_value(avoided, choices.years, choices.discount_pct)
    numbers |= {"EAD_MEASURE": float(sides[1].found.total[sides[1].known].sum()), "AVOIDED": avoided}
    numbers |= {"BENEFIT": worth, "NPV": worth - choices.cost}
    if choices.cost > 0:
        numbers["BENEFIT_COST"] = worth / choices.cost
    text = Message(
        "The measure avoids {avoided:.6g} a year at {n} assets known with and without it: worth {worth:.6g} over "
        "{years:g} years at {rate:g} %, net of its cost {net:.6g}.",
        avoided=avoided,
        n=int(both.sum()),
        worth=worth,
        years=choices.years,
        rate=choices.discount_pct,
        net=worth - choices.cost,
    )
    return numbers, [text]


def _rows(assets: Sequence[str], sides: Sequence[Side], unit: str) -> Rows:
    first, found = sides[0], sides[0].found
    mean = float(found.total[first.known].mean())
    tails = found.rare_tail + found.frequent_tail
    share = np.divide(100.0 * tails, found.total, out=np.zeros(len(assets)), where=found.total != 0)
    periods = np.array([f"{period:g}" for period in first.events.periods()], object)
    for row, asset in enumerate(assets):
        unknown = np.isnan(first.matrix[row])
        known = bool(first.known[row])
        values = {
            "id": asset,
            "ead": found.total[row],
            "rare_tail": found.rare_tail[row] if known else None,
            "frequent_tail": found.frequent_tail[row] if known else None,
            "tail_share_pct": share[row] if known else None,
            "times_mean": found.total[row] / mean if mean else 0.0 * found.total[row],
            "events_known": int((~unknown).sum()),
            "unknown_events": ", ".join(periods[unknown]) or None,
            "falling": bool(found.falling[row]),
            "unit": unit or None,
        }
        if len(sides) > 1:
            with_it = sides[1].found.total[row]
            values |= {"ead_measure": with_it, "avoided": found.total[row] - with_it}
        yield first.events.shapes.get(asset), values


def _curve(sides: Sequence[Side]) -> Rows:
    first = sides[0]
    sums = [side.sums() for side in sides]
    for event, period in enumerate(first.events.periods()):
        yield (
            None,
            {
                "return_period_a": period,
                "probability": 1.0 / period,
                "damage": sums[0][event],
                "damage_measure": sums[1][event] if len(sums) > 1 else None,
                "assets_known": int(np.isfinite(first.matrix[:, event]).sum()),
                "layer": first.events.names[period],
            },
        )


def _lines(sides: Sequence[Side], choices: DamageChoices, numbers: dict[str, float], unit: str) -> Iterable[Message]:
    """The table of inputs, the events in their order, and the result with its rule and tails."""
    for side, what in zip(sides, (Message("Damage of events"), Message("Damage with the measure")), strict=False):
        events = side.events
        why = [
            Message("rows without id: {n}", n=events.without_id) if events.without_id else None,
            Message("double ids: {n}", n=events.double) if events.double else None,
            Message("no possible damage: {n}", n=events.refused) if events.refused else None,
        ]
        left = events.without_id + events.double + events.refused
        yield from table_lines([Entry(what, events.rows - left, left, 0, reasons(why))])
        for period in events.periods():
            yield Message("{period:g} years: '{layer}'", period=period, layer=events.names[period])
    yield Message(
        "Expected annual damage {ead:.6g} {unit} by the rule {rule}, rare tail {tail}; the tails are {share:.1f} % of "
        "it.",
        ead=numbers["EAD"],
        unit=unit or "-",
        rule=choices.integral.rule.value,
        tail=choices.integral.tail.value,
        share=numbers["TAIL_SHARE"],
    )
