"""Stored flood runs: their rain over time, their figures, and the plan that was made from each."""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qgis.core import QgsFeatureSource, QgsProcessingFeedback, QgsVectorLayer

from ....core.common.errors import Cancelled, InputError, TwinError
from ....core.common.messages import Message
from ....core.flood.rainfall_series import RainSeries, from_rows
from ...kernel.flood_run import RAIN_STEPS, read_summary
from ...kernel.input_table import Entry, reasons
from ...kernel.vectors import FeatureTable, field_named, read_table
from ..ensemble import manifest
from ..setup.rain import RAIN_FIELDS

SUMMARY, RISK, RESULT = "summary.json", "risk.gpkg", "result.nc"
FIGURES = ("wet_area_m2", "peak_volume_m3", "max_depth_m")
REACHED = ("buildings_reached", "doors_reached")
CLASSES = range(1, 5)
FAILED = "failed"


@dataclass(frozen=True)
class StoredRun:
    """A run that was computed before.

    Attributes
    ----------
    name : str
    folder : Path or None
        Of its results.
    rain : RainSeries or None
        None where it is not known.
    reason : str
        Why it is not known.
    figures : dict
        Values of the columns of OUTPUT.
    """

    name: str
    folder: Path | None
    rain: RainSeries | None
    reason: str
    figures: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class StoredRuns:
    """The runs to compare with, and the lines of the log about them."""

    runs: list[StoredRun]
    entries: list[Entry]


def runs_of_table(
    source: QgsFeatureSource, base: Path, measures: bool, plans: Mapping[str, str], feedback: QgsProcessingFeedback
) -> StoredRuns:
    """The runs of a table such as RUNS_DONE of 'Run an ensemble of floods'.

    Parameters
    ----------
    source : QgsFeatureSource
        A row for each run, with name, and folder or summary, or rain (the table of its rain).
    base : Path
        Where relative paths begin.
    measures : bool
        Whether runs with a measure are compared too.
    plans : mapping of str to str
        Plan by the name of the run.

    Raises
    ------
    InputError
        When the table has no names, or a name twice, or no run is left.
    """
    table = read_table(source, feedback)
    if not field_named(table.columns, "name"):
        raise InputError(
            "The table '{table}' of RUNS has no field name: choose RUNS_DONE of 'Run an ensemble of floods', or a "
            "table with name, and folder, summary or rain.",
            table=source.sourceName(),
        )
    rows = [_row(table, number) for number in range(len(table))]
    twice = [name for name, count in Counter(row["name"] for row in rows).items() if count > 1]
    if twice:
        raise InputError(
            "The table '{table}' of RUNS has the run '{name}' more than once: give each a name of its own.",
            table=source.sourceName(),
            name=twice[0],
        )
    failed = sum(row.get("state") == FAILED for row in rows)
    other = sum(bool(row.get("measure")) and row.get("state") != FAILED for row in rows) if not measures else 0
    kept = [row for row in rows if row.get("state") != FAILED and (measures or not row.get("measure"))]
    why = [
        Message("failed: {n}", n=failed) if failed else None,
        Message("with a measure: {n}", n=other) if other else None,
    ]
    return _checked(_all(kept, base, plans, feedback), failed + other, why, plans)


def runs_of_folder(folder: Path, plans: Mapping[str, str], feedback: QgsProcessingFeedback) -> StoredRuns:
    """The runs in a folder of 'Run an ensemble of floods': each folder in it with a summary, with a measure or without.

    Raises
    ------
    InputError
        When there is none.
    """
    try:
        places = sorted(path for path in folder.iterdir() if (path / SUMMARY).is_file())
    except OSError as error:
        raise InputError("The folder '{folder}' cannot be read: {error}.", folder=folder, error=error) from error
    rows = [{"name": place.name, "folder": str(place)} for place in places]
    return _checked(_all(rows, folder, plans, feedback), 0, [], plans)


def read_plans(source: QgsFeatureSource | None, feedback: QgsProcessingFeedback) -> dict[str, str]:
    """The plan of each run of a table with the fields name and plan; nothing without one."""
    if source is None:
        return {}
    table = read_table(source, feedback)
    names = [field_named(table.columns, wanted) for wanted in ("name", "plan")]
    if not all(names):
        raise InputError(
            "The table '{table}' of PLANS needs the fields name (of the run) and plan (file or name of the plan).",
            table=source.sourceName(),
        )
    pairs = zip(*(table.columns[name] for name in names), strict=True)
    return {str(name): str(plan) for name, plan in pairs if name not in (None, "") and plan not in (None, "")}


def _all(
    rows: Sequence[Mapping[str, Any]], base: Path, plans: Mapping[str, str], feedback: QgsProcessingFeedback
) -> list[StoredRun]:
    """The run of each row; raises Cancelled."""
    runs = []
    for number, row in enumerate(rows):
        if feedback.isCanceled():
            raise Cancelled
        feedback.setProgress(10.0 + 60.0 * number / len(rows))
        runs.append(_stored(row, base, plans))
    return runs


def _checked(
    runs: list[StoredRun], left_out: int, why: Sequence[Message | None], plans: Mapping[str, str]
) -> StoredRuns:
    unknown = sum(run.rain is None for run in runs)
    if unknown == len(runs):
        first = next((run.reason for run in runs if run.reason), Message("there is no run"))
        raise InputError(
            "No stored run has a known rain ({reason}): choose the folder or RUNS_DONE of 'Run an ensemble of floods', "
            "computed with this version, or name the table of each run's rain in a field rain.",
            reason=first,
        )
    lonely = sum(name not in {run.name for run in runs} for name in plans)
    parts = [
        *why,
        Message("without a known rain: {n}", n=unknown) if unknown else None,
        Message("plans of no run: {n}", n=lonely) if lonely else None,
    ]
    return StoredRuns(runs, [Entry(Message("Stored runs"), len(runs) - unknown, left_out + unknown, 0, reasons(parts))])


def _row(table: FeatureTable, number: int) -> dict[str, Any]:
    """A row by the names of its fields in lower case, without empty values."""
    row = {name.lower(): column[number] for name, column in table.columns.items()}
    row = {name: value for name, value in row.items() if value not in (None, "")}
    return row | {"name": str(row.get("name", f"row {number + 1}"))}


def _stored(row: Mapping[str, Any], base: Path, plans: Mapping[str, str]) -> StoredRun:
    folder = base / str(row["folder"]) if row.get("folder") else None
    path = base / str(row["summary"]) if row.get("summary") else (folder / SUMMARY if folder is not None else None)
    summary, rain, reason = {}, None, ""
    try:
        summary = read_summary("" if path is None else str(path))
        rain = _rain_of_table(base / str(row["rain"])) if row.get("rain") else _rain_of_summary(summary)
    except TwinError as error:
        reason = error.message
    if rain is None and not reason:
        reason = Message("its SUMMARY has no rain over time: simulate it again, or give its table in a field rain")
    figures = {name: str(row[name]) for name in ("measure", "plan", "result") if name in row}
    figures["run_id"] = row.get("run_id", summary.get("run_id"))
    figures |= {name: _number(row.get(name, summary.get(name))) for name in (*FIGURES, "return_period_a")}
    if row["name"] in plans:
        figures["plan"] = plans[row["name"]]
    if folder is not None:
        figures |= dict(_of_folder(folder, row)) | {"folder": str(folder)}
    return StoredRun(row["name"], folder, rain, reason, figures)


def _number(value: Any) -> float | None:
    """A figure as a number, also of a table of texts; None where it is none."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _rain_of_summary(summary: Mapping[str, Any]) -> RainSeries | None:
    """The rain of a run as its SUMMARY keeps it; None where it has none."""
    steps = summary.get(RAIN_STEPS)
    if not isinstance(steps, dict) or not steps.get("end_min"):
        return None
    return RainSeries(steps["end_min"], steps.get("depth_mm", []))


def _rain_of_table(path: Path) -> RainSeries:
    """The rain of a table as 'Design storm' writes it."""
    layer = QgsVectorLayer(os.fspath(path), path.name, "ogr")
    if not layer.isValid():
        raise InputError("the rain '{path}' cannot be read", path=path)
    table = read_table(layer, QgsProcessingFeedback(False))
    names = [field_named(table.columns, name) for name in RAIN_FIELDS]
    if not all(names):
        raise InputError("the rain '{path}' has no time_min and depth_mm", path=path)
    return from_rows(*(table.columns[name] for name in names), f"'{path.name}'")[0]


def _of_folder(folder: Path, row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What the folder of a run says besides its summary: buildings and doors, risk classes, the water over time."""
    note = manifest.read(folder) or {}
    for name in REACHED:
        reached = note.get("answer", {}).get(name.removesuffix("_reached"))
        if name in row:
            number = _number(row[name])
            yield name, None if number is None else round(number)
        elif isinstance(reached, dict):
            yield name, sum(reached.values())
    if (folder / RESULT).is_file():
        yield "result", str(folder / RESULT)
    if not (folder / RISK).is_file():
        return
    layer = QgsVectorLayer(str(folder / RISK), "risk", "ogr")
    if layer.isValid() and layer.fields().indexOf("risk_class") >= 0:
        count = Counter(feature["risk_class"] for feature in layer.getFeatures())
        yield from ((f"class_{number}", count.get(number, 0)) for number in CLASSES)
