"""Inflows with a constant discharge or a hydrograph."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood.processes.inflows import Inflow, Inflows
from ....core.flood.time_series import TimeSeries, read_moment, read_series
from ...kernel.input_table import Entry, reasons
from ...kernel.rasterize import burn
from ...kernel.vectors import FeatureTable
from .class_layer import names_of
from .parameters import Parameters
from .series_table import read_rows_of

FLOW = "flow_m3s"
UNITS = {FLOW: 1.0, "flow_l_s": 1e-3, "flow_m3_h": 1.0 / 3600.0}
NAMES = ("inflow", "inflow_id", "id", "name")
MOST_M3S = 5000.0
"""A larger discharge has perhaps another unit."""


def read_inflows(parameters: Parameters, grid: Grid, run_s: tuple[float, float]) -> Inflows:
    """Polygons as inflows, each with the constant discharge of flow_m3s or its rows of INFLOW_TABLE.

    `run_s` is the clock at the start and at the end of the run.

    Raises
    ------
    InputError
        When an inflow has no discharge.
    """
    source = parameters.source("INFLOWS")
    if source is None:
        if parameters.given("INFLOW_TABLE"):
            raise InputError("INFLOW_TABLE needs INFLOWS: the polygons into which the water flows.")
        return Inflows()
    table = parameters.features(source, grid, FLOW, *NAMES)
    hydrographs = _hydrographs(parameters)
    if hydrographs is None and FLOW not in table.columns:
        raise InputError(
            "The inflow layer '{source}' has no field flow_m3s (discharge in m³/s).", source=source.sourceName()
        )
    used: list[str] = []
    inflows = []
    for number, geometry in enumerate(table.geometries):
        cells = burn([geometry], grid) > 0
        if not cells.any():
            cells = burn([geometry], grid, touched=True) > 0
        times_s, flows = _flow_of(table, number, hydrographs, used, source.sourceName())
        inflows.append(Inflow(cells, times_s, flows, math.nan if geometry is None else geometry.area))
    if hydrographs is not None:
        _note_table(parameters, hydrographs, used)
        _note_use(parameters, hydrographs, Counter(used))
        _note_span(parameters, {name: hydrographs[name] for name in used}, run_s)
    return Inflows(inflows)


def _hydrographs(parameters: Parameters) -> Mapping[str, TimeSeries] | None:
    """The series of INFLOW_TABLE by the name of the inflow; None where it is empty."""
    source = parameters.source("INFLOW_TABLE")
    if source is None:
        return None
    cure = Message("It needs inflow (id or name of the polygon), time_min (minutes) or time (moments), and flow_m3s.")
    table = read_rows_of(parameters, source, UNITS, NAMES, cure)
    if nameless := table.rows.get(""):
        raise InputError(
            "{n} rows of '{table}' name no inflow: give each the id or the name of its polygon in the column inflow.",
            n=len(nameless),
            table=table.name,
        )
    moments = [read_moment(str(at)) for rows in table.rows.values() for at, _ in rows]
    begin = min((moment for moment in moments if moment is not None), default=None)
    return {
        name: read_series(*zip(*rows, strict=True), Message("the inflow '{name}'", name=name), begin)
        for name, rows in table.rows.items()
    }


def _flow_of(
    table: FeatureTable, number: int, hydrographs: Mapping[str, TimeSeries] | None, used: list[str], layer: str
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Times and discharges of a polygon: its rows of the table, else its own constant one."""
    names = [_text(table.columns[name][number]) for name in NAMES if name in table.columns]
    for name in names:
        if hydrographs and name in hydrographs:
            if min(hydrographs[name].values) < 0:
                raise InputError(
                    "INFLOW_TABLE has a discharge of {flow:g} m³/s of '{name}': correct it. A pump in STRUCTURES "
                    "takes water away.",
                    flow=min(hydrographs[name].values),
                    name=name,
                )
            used.append(name)
            return hydrographs[name].times_s, hydrographs[name].values
    flow = _float(table.columns[FLOW][number]) if FLOW in table.columns else math.nan
    which = {"name": next((name for name in names if name), str(number + 1)), "layer": layer}
    if hydrographs is not None and math.isnan(flow):
        raise InputError(
            "The inflow '{name}' of '{layer}' has no row in INFLOW_TABLE and no flow_m3s: give it one of them.", **which
        )
    if not (math.isfinite(flow) and flow >= 0):
        raise InputError(
            "The inflow '{name}' of '{layer}' has a negative discharge, or none: correct its flow_m3s (m³/s), or give "
            "it rows in INFLOW_TABLE.",
            **which,
        )
    return (0.0,), (flow,)


def _note_table(parameters: Parameters, hydrographs: Mapping[str, TimeSeries], used: Sequence[str]) -> None:
    """The line of INFLOW_TABLE, and warnings about rows that count for nothing and about units."""
    unknown = [name for name in hydrographs if name not in used]
    largest = max(max(series.values) for series in hydrographs.values())
    lost = [len(hydrographs[name].times_s) for name in unknown]
    parameters.warn(
        [
            Message("INFLOW_TABLE has rows of inflows that INFLOWS lacks: {names}.", names=names_of(unknown))
            if unknown
            else None,
            Message(
                "INFLOW_TABLE has a discharge of {flow:g} m³/s, as of a great river: make sure of its unit.",
                flow=largest,
            )
            if largest > MOST_M3S
            else None,
        ]
    )
    rows = sum(len(series.times_s) for series in hydrographs.values()) - sum(lost)
    left_out = sum(series.left_out for series in hydrographs.values()) + sum(lost)
    notes = [note for series in hydrographs.values() for note in series.notes]
    volumes = [_volume_m3(hydrographs[name]) for name in used]
    why = [Message("{volume:,.0f} m³ between their first and last times", volume=sum(volumes)), *notes[:3]]
    parameters.entries.append(Entry(Message("Rows of INFLOW_TABLE"), rows, left_out, 0, reasons(why)))


def _note_use(parameters: Parameters, hydrographs: Mapping[str, TimeSeries], used: Mapping[str, int]) -> None:
    """Sentences where a hydrograph brings more water than its rows say."""
    for name, polygons in used.items():
        series = hydrographs[name]
        several = Message(
            "{n} polygons of INFLOWS are called '{name}', and the whole hydrograph enters by each of them: give them "
            "different names, or make them one polygon.",
            n=polygons,
            name=name,
        )
        early = Message(
            "The hydrograph of '{name}' begins at {minutes:g} min with {flow:g} m³/s, which counts from the start of "
            "the run on: add a row before it with what flows until then.",
            name=name,
            minutes=series.times_s[0] / 60.0,
            flow=series.values[0],
        )
        begins_late = series.times_s[0] > 0 and series.values[0] > 0
        parameters.warn([several if polygons > 1 else None, early if begins_late else None])


def _note_span(parameters: Parameters, hydrographs: Mapping[str, TimeSeries], run_s: tuple[float, float]) -> None:
    """Sentences where hydrographs and the run are at different times."""
    for name, series in hydrographs.items():
        source = Message("the hydrograph of '{name}'", name=name)
        outside = series.outside_note(*run_s, source)
        later_m3 = series.integral_after(run_s[1])
        cut = Message(
            "The run ends after {end:g} min, before {source} does ({last:g} min): {volume:,.0f} m³ that flow later are "
            "left out. Give a longer DURATION_MIN if they matter.",
            end=run_s[1] / 60.0,
            source=source,
            last=series.times_s[-1] / 60.0,
            volume=later_m3,
        )
        parameters.warn([outside, cut if later_m3 > 0 and outside is None else None])


def _volume_m3(series: TimeSeries) -> float:
    """Volume of a hydrograph, linear between its points."""
    points = list(zip(series.times_s, series.values, strict=True))
    return sum(0.5 * (a + b) * (t1 - t0) for (t0, a), (t1, b) in itertools.pairwise(points))


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _float(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan
