"""Observations from a layer or a table beside the hydrographs of a RESULT."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from qgis.core import QgsFeatureSource, QgsProcessingFeedback, QgsWkbTypes

from ....core.common.errors import InputError
from ....core.common.messages import Message
from ....core.flood.analysis.observed import DEPTH, LEVEL, Fit, compare
from ....core.flood.time_series import TimeSeries, read_series
from ...kernel.vectors import FeatureTable, field_named, read_table
from ..setup.class_layer import names_of
from ..setup.series_table import TIMES, is_number, plain_time
from .hydrographs import Hydrographs

UNITS = {"m": 1.0, "metre": 1.0, "meter": 1.0, "米": 1.0, "cm": 0.01, "厘米": 0.01, "mm": 0.001, "毫米": 0.001}
"""Lengths by the symbol in the column unit, in metres."""
VALUES = {"level_m": 1.0, "depth_m": 1.0, "level_cm": 0.01, "depth_cm": 0.01}
NAMES = ("point_id", "sensor_id", "site_id", "id", "name", "sensor", "site")
MOST_M = 20.0
"""A larger depth has perhaps another unit."""


@dataclass(frozen=True)
class Observed:
    """What was observed, by the id of the point.

    Attributes
    ----------
    name : str
        Of the layer.
    quantity : str
        level or depth.
    series : dict of str to TimeSeries
        In metres; times count from the start of the run.
    notes : list of Message
    """

    name: str
    quantity: str
    series: Mapping[str, TimeSeries]
    notes: list[Message]


def has_places(source: QgsFeatureSource | None) -> bool:
    """Whether observations have points of their own."""
    return source is not None and source.wkbType() not in (QgsWkbTypes.Type.NoGeometry, QgsWkbTypes.Type.Unknown)


def id_field(source: QgsFeatureSource, wanted: str = "") -> str:
    """The column of observations that names their point.

    Raises
    ------
    InputError
        When there is none.
    """
    fields = source.fields().names()
    found = next((own for name in (wanted, *NAMES) if name and (own := field_named(fields, name))), "")
    if not found:
        raise InputError(
            "The observations '{layer}' have no column that names their point: call it point_id.",
            layer=source.sourceName(),
        )
    return found


def read_observed(
    source: QgsFeatureSource, feedback: QgsProcessingFeedback, quantity: str, datum_m: float, start: datetime | None
) -> Observed:
    """The observations of a layer or table.

    Parameters
    ----------
    source : QgsFeatureSource
        A row for each observation, with the id of its point, a time, and level_m, depth_m, level_cm, depth_cm or, as
        'Fetch observations' writes them, value and unit.
    quantity : str
        What the column value has: level or depth.
    datum_m : float
        Height of the zero of observed levels above the terrain's datum.
    start : datetime or None
        Of the run, from which moments count.

    Raises
    ------
    InputError
        When columns are missing, moments have no start to count from, or a value or unit cannot be read.
    """
    name, fields = source.sourceName(), source.fields().names()
    time = next((own for column in TIMES if (own := field_named(fields, column))), "")
    value = next((own for column in (*VALUES, "value") if (own := field_named(fields, column))), "")
    if not time or not value:
        raise InputError(
            "The observations '{layer}' lack a time or a value: give time_min or time, and level_m, depth_m, or value "
            "with unit.",
            layer=name,
        )
    key = id_field(source)
    units = field_named(fields, "unit") if value.lower() == "value" else ""
    table = read_table(source, feedback, fields=(key, time, value, *([units] if units else ())))
    times = [plain_time(item) for item in table.columns[time]]
    _check_times(times, time, name, start)
    if value.lower() != "value":
        quantity = LEVEL if value.lower().startswith(LEVEL) else DEPTH
    rows, other = _rows(table, (key, value, units), times, VALUES.get(value.lower(), 1.0), name)
    series = {point: read_series(*zip(*some, strict=True), f"'{point}'", start) for point, some in rows.items()}
    if quantity == LEVEL:
        series = {point: some.raised(datum_m) for point, some in series.items()}
    notes = list(_notes(series, quantity, other, name))
    return Observed(name, quantity, series, notes)


def _check_times(times: list[Any], column: str, layer: str, start: datetime | None) -> None:
    """That times are minutes by the name of their column, or moments that have a start to count from."""
    numbers = [is_number(time) for time in times if time is not None]
    if any(numbers) and column.lower() != TIMES[0]:
        raise InputError(
            "The column {column} of '{source}' has numbers: name it time_min and give minutes, or give moments such as "
            "2026-06-08T14:00:00Z.",
            column=column,
            source=layer,
        )
    if not all(numbers) and start is None:
        raise InputError(
            "The observations '{layer}' have moments: give START_TIME, the moment at which the run starts.", layer=layer
        )


def _rows(
    table: FeatureTable, columns: tuple[str, str, str], times: list[Any], factor: float, layer: str
) -> tuple[dict[str, list[tuple[object, object]]], dict[str, int]]:
    """Times and values in metres by point, and how many rows have a unit that is no length."""
    key, value, unit = columns
    rows: dict[str, list[tuple[object, object]]] = {}
    other: dict[str, int] = {}
    units = table.columns[unit] if unit else [""] * len(table)
    for point, time, number, symbol in zip(table.columns[key], times, table.columns[value], units, strict=True):
        scale = UNITS.get(str(symbol or "m").strip().lower()) if unit else factor
        if scale is None:
            other[str(symbol)] = other.get(str(symbol), 0) + 1
            continue
        scaled = number if number is None or not is_number(number) else float(str(number)) * scale
        rows.setdefault(_text(point), []).append((time, scaled))
    rows = {point: some for point, some in rows.items() if any(v is not None for _, v in some)}
    if not rows:
        raise InputError("The observations '{layer}' have no row with a value in metres.", layer=layer)
    return rows, other


def _notes(series: Mapping[str, TimeSeries], quantity: str, other: dict[str, int], layer: str) -> Iterator[Message]:
    for symbol, rows in other.items():
        yield Message(
            "{n} observations of '{layer}' are in {unit}, which is no length, and are left out.",
            n=rows,
            layer=layer,
            unit=symbol,
        )
    deepest = max(max(some.values) for some in series.values())
    if quantity == DEPTH and deepest > MOST_M:
        yield Message(
            "The observations '{layer}' have a depth of {depth:g} m: make sure of their unit, and that they are no "
            "levels.",
            layer=layer,
            depth=deepest,
        )
    notes = [note for some in series.values() for note in some.notes]
    yield from notes[:5]


class Fits:
    """Observations beside the hydrographs of their points.

    Attributes
    ----------
    notes : list of Message
        Points without observations or without values, and levels that have perhaps another datum.
    """

    def __init__(self, observed: Observed, hydrographs: Hydrographs) -> None:
        self._observed, self._fits = observed, dict[str, Fit]()
        for point, series in observed.series.items():
            simulated = hydrographs.series(point, f"{observed.quantity}_m")
            if simulated is not None:
                self._fits[point] = compare(series, hydrographs.minutes, simulated)
        self._missing = [point for point in observed.series if point not in self._fits]
        self._lonely = [point for point in hydrographs.ids if point not in observed.series]
        self.notes = [*observed.notes, *self._doubts()]

    def fit_rows(self) -> Iterator[tuple[None, Mapping[str, Any]]]:
        """Rows of FIT, a point after the other."""
        for point, fit in self._fits.items():
            own = self._observed.series[point].left_out
            reason = Message.joined(list(_reasons(fit, own)), "; ")
            row = {**fit.row, "left_out": fit.row["left_out"] + own, "reason": reason or None}
            yield None, {"point_id": point, "quantity": self._observed.quantity, **row}
        for point in self._missing:
            series = self._observed.series[point]
            left_out = len(series.times_s) + series.left_out
            reason = Message("the point has no values in the result")
            row = {"pairs": 0, "left_out": left_out, "reason": reason}
            yield None, {"point_id": point, "quantity": self._observed.quantity, **row}

    def pair_rows(self) -> Iterator[tuple[None, Mapping[str, Any]]]:
        """Rows of PAIRS."""
        for point, fit in self._fits.items():
            for minutes, observed, simulated in zip(fit.minutes, fit.observed_m, fit.simulated_m, strict=True):
                row = {"time_min": minutes, "observed_m": observed, "simulated_m": simulated}
                yield None, {"point_id": point, **row, "difference_m": simulated - observed}

    def _doubts(self) -> Iterator[Message]:
        if self._missing:
            yield Message(
                "{n} observed points have no values in the result: {ids}.",
                n=len(self._missing),
                ids=names_of(self._missing),
            )
        if self._lonely:
            yield Message("{n} points have no observations: {ids}.", n=len(self._lonely), ids=names_of(self._lonely))
        empty = [point for point, fit in self._fits.items() if not len(fit.minutes)]
        if empty:
            yield Message(
                "No observation of {ids} lies within the run where it has water: check START_TIME and the time zone.",
                ids=names_of(empty),
            )
        offsets = [fit.offset_m for fit in self._fits.values() if fit.offset_m]
        if self._observed.quantity == LEVEL and offsets:
            yield Message(
                "The simulated levels lie {offset:.2f} m off the observed ones at {n} points, by nearly as much at all "
                "times: they have perhaps another datum. Give OBSERVED_DATUM_M, the height of their zero above the "
                "terrain's datum.",
                offset=float(np.median(offsets)),
                n=len(offsets),
            )


def _reasons(fit: Fit, own: int) -> Iterator[Message]:
    if fit.outside:
        yield Message("before or after the run: {n}", n=fit.outside)
    if fit.dry:
        yield Message("dry in the result: {n}", n=fit.dry)
    if own:
        yield Message("without a time or a value, or twice: {n}", n=own)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
