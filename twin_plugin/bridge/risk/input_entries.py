"""The inputs of an assessment in the table at the end of its log: read, left out, guessed, and why."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ...core.common.messages import Message
from ...core.risk.assess import Assessment
from ...core.risk.ingress import THRESHOLD_M
from ...core.risk.rules import Rule
from ...core.risk.tables import RiskTables
from ..kernel.input_table import Entry, reasons
from .risk_layers import BuildingsRead

_COVERED = Message("fewer than two cells have their centre in the footprint: all that it covers count, by area")
_MIDDLE = Message("no area: the cell under the middle is taken")
_STAND_INS = {
    Rule.RING: Message("no free cell around: the cell under the building is taken"),
    Rule.TOUCHED: _MIDDLE,
    Rule.MEAN: _COVERED,
    Rule.GREATEST: _COVERED,
    Rule.AREA: _MIDDLE,
}
"""What stands in where a rule finds no cells, or too few."""


def building_entries(read: BuildingsRead, assessment: Assessment, tables: RiskTables) -> Iterator[Entry]:
    """Buildings, what their fields say, and the damage curves."""
    yield _footprints(read, assessment)
    yield from _attributes(read, assessment, tables)
    yield _curves(read, assessment, tables)


def _footprints(read: BuildingsRead, assessment: Assessment) -> Entry:
    unknown, under = int(np.isnan(assessment.columns["risk_class"]).sum()), int(assessment.places.under.sum())
    why = [
        Message("water by the rule {rule}", rule=assessment.rule.value),
        Message("no footprint, off the water or no data around: see the field reason") if unknown else None,
        _STAND_INS[assessment.rule] if under else None,
    ]
    return Entry(Message("Buildings"), len(read.buildings) - unknown, unknown, under, reasons(why))


def _curves(read: BuildingsRead, assessment: Assessment, tables: RiskTables) -> Entry:
    """Buildings in water by whether their sector has a curve."""
    wet = assessment.columns["risk_class"] >= 1
    lacking = int((wet & np.isnan(assessment.columns["damage"])).sum())
    sectors = ", ".join(sorted(tables.curves.curves))
    parts = [Message("sectors: {sectors}", sectors=sectors)]
    if tables.curves.contents:
        parts.append(Message("of contents: {sectors}", sectors=", ".join(sorted(tables.curves.contents))))
    if tables.curves.column != "depth_m":
        parts.append(Message("depths in feet"))
    why = reasons(parts)
    return Entry(Message("Damage curves, for buildings in water"), int(wet.sum()) - lacking, lacking, 0, why)


def _attributes(read: BuildingsRead, assessment: Assessment, tables: RiskTables) -> Iterator[Entry]:
    buildings, uses = read.buildings, read.uses
    count = len(buildings)
    floors = int(np.isfinite(buildings.ground_floor_m).sum())
    yield Entry(
        Message("Ground floors"),
        floors,
        read.refused("ground_floor_elev_m"),
        count - floors,
        Message("unknown: the threshold is {height:g} m above the ground outside", height=THRESHOLD_M)
        if floors < count
        else "",
    )
    found = int(sum(uses.by_field.values()))
    fields = ", ".join(f"{name} {n}" for name, n in uses.by_field.items())
    words = ", ".join(f"{text} {n}" for text, n in sorted(uses.unknown.items(), key=lambda item: -item[1])[:8])
    yield Entry(
        Message("Uses"),
        found,
        0,
        count - found,
        Message(
            "by field: {fields}; no known use: {words}; unknown ones count as residential",
            fields=fields or "-",
            words=words or "-",
        ),
    )
    people, given = assessment.columns["people"], int(np.isfinite(buildings.people).sum())
    yield Entry(
        Message("People"),
        given,
        read.refused("people"),
        int(np.isfinite(people).sum()) - given,
        reasons(
            [
                Message("guessed by use and floor area; without a floor area unknown"),
                Message("those present at {hour:g} h by use", hour=tables.presence.hour) if tables.presence else None,
            ]
        ),
    )
