"""Runs twin:lifecyclestatus for the dock without a layer in the project, and reads what it found."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from qgis.core import NULL, QgsGeometry, QgsProcessingUtils, QgsVectorLayer
from qgis.PyQt.QtCore import QDateTime, QObject, Qt, pyqtSignal

from ...core.lifecycle.periods import Stage
from ..common.jobs import Job, JobRunner
from ..common.run_request import RunRequest, RunResult

FAR_YEAR = 2999
"""The end of a stage that lasts, as the algorithm writes it."""


@dataclass(frozen=True, eq=False)
class LifeRow:
    """An object at the date, as OUTPUT has it; `gate_met` is None where no gate is known."""

    id: str
    name: str
    stage: str
    since: str
    days: int | None
    source: str
    next_stage: str
    gate_met: bool | None
    missing: str
    shape: QgsGeometry


@dataclass(frozen=True, eq=False)
class Span:
    """A stage of an object, as HISTORY has it; `ends` is invalid while it lasts."""

    stage: str
    starts: QDateTime
    ends: QDateTime


@dataclass(frozen=True, eq=False)
class LifeStatus:
    """All objects at a date, their counts by stage ("" for unknown), all dates of change, the spans by object, and what
    the run warned of."""

    rows: tuple[LifeRow, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    dates: tuple[QDateTime, ...] = ()
    spans: dict[str, list[Span]] = field(default_factory=dict)
    crs: str = ""
    warnings: tuple[str, ...] = ()


class StatusReader(QObject):
    """One run at a time; what is asked meanwhile waits, and the newest counts. `ready(LifeStatus)` or `failed(str)`."""

    ready = pyqtSignal(object)
    failed = pyqtSignal(str)

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._job: Job | None = None
        self._waiting: tuple[dict[str, Any], str] | None = None
        self._stopped = False

    def ask(self, values: dict[str, Any], title: str) -> None:
        """Find the stages with these parameters."""
        if self._job is not None:
            self._waiting = values, title
            return
        whole = values | {"OUTPUT": "TEMPORARY_OUTPUT", "HISTORY": "TEMPORARY_OUTPUT"}
        self._job = self._runner.start(RunRequest("twin:lifecyclestatus", whole, title, quiet=True))
        self._job.finished.connect(self._finished)

    def busy(self) -> bool:
        """Whether a run is going on."""
        return self._job is not None

    def forget(self) -> None:
        """Ask for nothing any more; what runs is not told."""
        self._waiting, self._job = None, None

    def stop(self) -> None:
        """Before the dock is deleted."""
        self._stopped = True
        self.forget()

    def _finished(self, result: RunResult) -> None:
        job, self._job = self._job, None
        if job is None or self._stopped:
            return
        if self._waiting is not None:
            values, title = self._waiting
            self._waiting = None
            self.ask(values, title)
        elif result.ok:
            layers = [
                QgsProcessingUtils.mapLayerFromString(str(result.outputs.get(name)), job.context)
                for name in ("OUTPUT", "HISTORY")
            ]
            self.ready.emit(replace(read_status(*layers, result.outputs), warnings=tuple(job.feedback.warnings)))
        elif result.error:
            self.failed.emit(result.error)


def read_status(output: QgsVectorLayer, history: QgsVectorLayer, numbers: dict[str, Any]) -> LifeStatus:
    """The rows of both outputs."""
    rows = tuple(_row(feature) for feature in output.getFeatures())
    spans: dict[str, list[Span]] = {}
    dates = set()
    for feature in history.getFeatures():
        starts, ends = _utc(feature["starts"]), _utc(feature["ends"])
        if ends.date().year() >= FAR_YEAR:
            ends = QDateTime()
        dates.update(time.toSecsSinceEpoch() for time in (starts, ends) if time.isValid())
        spans.setdefault(str(feature["object_id"]), []).append(Span(str(feature["stage"]), starts, ends))
    counts = {stage.value: int(numbers.get(stage.value.upper(), 0)) for stage in Stage}
    counts[""] = int(numbers.get("UNKNOWN", 0))
    changes = tuple(QDateTime.fromSecsSinceEpoch(time, Qt.TimeSpec.UTC) for time in sorted(dates))
    return LifeStatus(rows, counts, changes, spans, output.crs().authid() or output.crs().toWkt())


def _row(feature: Any) -> LifeRow:
    def text(name: str) -> str:
        return "" if feature[name] in (None, NULL) else str(feature[name])

    met, days = feature["gate_met"], feature["days"]
    return LifeRow(
        text("object_id"),
        text("name") or text("object_id"),
        text("stage"),
        text("valid_from"),
        None if days in (None, NULL) else int(days),
        text("source"),
        text("next_stage"),
        None if met in (None, NULL) else bool(met),
        text("missing"),
        QgsGeometry(feature.geometry()),
    )


def _utc(value: Any) -> QDateTime:
    """A time of a layer, whose fields hold UTC without saying so."""
    return QDateTime(value.date(), value.time(), Qt.TimeSpec.UTC) if isinstance(value, QDateTime) else QDateTime()
