"""Watches sensors: their latest values on the map, again and again, and the last day of one as a series."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from qgis.core import NULL, QgsFeature, QgsProcessingUtils, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QDateTime, QObject, QTimer, pyqtSignal

from ...bridge.kernel.outside_text import as_name, give_map_tip
from ...bridge.services import sensor_layer
from ...core.services.record import ServiceRecord
from ..common import run_outputs
from ..common.background import Background
from ..common.jobs import Job, JobRunner
from ..common.run_request import RunRequest, RunResult
from .catalogue_search import CatalogueLocation

SERIES_LIMIT = 20_000
NEAR_DEG = 0.00002
MARK = "city_twin/watch"


@dataclass(frozen=True)
class Limits:
    """From which value on it is time for caution, and for alarm; None for never."""

    caution: float | None = None
    alarm: float | None = None


class Watch(QObject):
    """One service that is watched.

    `refreshed(sentence)` comes after each answer, with an error or ""; `series(title, unit, times, values)` for the
    sensor that is selected on the map; `ended()` when it was stopped or its layer was removed.
    """

    refreshed = pyqtSignal(str)
    series = pyqtSignal(str, str, list, list)
    ended = pyqtSignal()

    def __init__(
        self, runner: JobRunner, place: CatalogueLocation, record: ServiceRecord, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.runner, self.place, self.record = runner, place, record
        self.limits = Limits()
        self.extent = ""
        self.layer_id = ""
        self.last: datetime | None = None
        self._file: Path | None = None
        self._jobs: dict[str, Job] = {}
        self._sensor: tuple[str, str] = ("", "")
        self._reader = Background("twin-series", self)
        self._reader.done.connect(lambda found: self.series.emit(*found))
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.refresh)

    def start(self, seconds: float, extent: str) -> None:
        """Ask now and then every so many seconds, in an extent as Processing takes it ("" for everywhere)."""
        self.extent = extent
        self.timer.start(max(1_000, round(1000 * seconds)))
        self.refresh()

    def set_limits(self, limits: Limits) -> None:
        """Colour by other thresholds."""
        self.limits = limits
        layer = self.layer()
        if layer is not None:
            sensor_layer.dress(layer, limits.caution, limits.alarm)

    def layer(self) -> QgsVectorLayer | None:
        """The layer in the project, while it is there."""
        found = QgsProject.instance().mapLayer(self.layer_id) if self.layer_id else None
        return found if isinstance(found, QgsVectorLayer) else None

    def refresh(self) -> None:
        """Ask for the latest values, unless an answer is still awaited."""
        if self.layer_id and self.layer() is None:
            self.stop()
        elif "latest" not in self._jobs:
            query = {"LATEST": True, **({"EXTENT": self.extent} if self.extent else {})}
            self._run("latest", query, self._fetched)

    def choose(self, feature: QgsFeature) -> None:
        """Show the last day of a sensor."""
        sensor = _text(feature, sensor_layer.SENSOR)
        title = _text(feature, "sensor") or _text(feature, "site") or sensor
        self._sensor = (sensor, title)
        since = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        query: dict[str, Any] = {"LATEST": False, "DATETIME": f"{since}/..", "LIMIT": SERIES_LIMIT}
        if feature.hasGeometry() and not feature.geometry().isEmpty():
            box, layer = feature.geometry().boundingBox().buffered(NEAR_DEG), self.layer()
            if layer is not None and layer.crs().isGeographic():
                corners = f"{box.xMinimum()},{box.xMaximum()},{box.yMinimum()},{box.yMaximum()}"
                query["EXTENT"] = f"{corners} [{layer.crs().authid()}]"
        if (running := self._jobs.pop("series", None)) is not None:
            running.cancel()
        self._run("series", query, self._got_series)

    def stop(self) -> None:
        """Ask no more; the layer stays as it is."""
        self.timer.stop()
        for job in list(self._jobs.values()):
            job.cancel()
        self._jobs.clear()
        self._reader.stop()
        self.ended.emit()

    def _run(self, what: str, query: dict[str, Any], then: Any) -> None:
        output = Path(QgsProcessingUtils.tempFolder()) / f"watch_{uuid.uuid4().hex[:12]}.gpkg"
        parameters = {**self.place.parameters(), "SERVICE": self.record.id, "OUTPUT": str(output), **query}
        job = self.runner.start(RunRequest("twin:fetchobservations", parameters, self.record.title, quiet=True))
        self._jobs[what] = job
        job.finished.connect(lambda result: self._ended(what, job, result, output, then))

    def _ended(self, what: str, job: Job, result: RunResult, output: Path, then: Any) -> None:
        if self._jobs.get(what) is not job:
            return
        del self._jobs[what]
        if result.ok:
            then(Path(str(result.outputs.get("OUTPUT", output)).split("|")[0]))
        elif not result.cancelled:
            self.refreshed.emit(result.error)

    def _fetched(self, path: Path) -> None:
        """Put the newest file in the place of the last one: a file that a layer has open is never overwritten."""
        layer, name = self.layer(), run_outputs.named(self.record.title)
        if layer is None:
            layer = QgsVectorLayer(str(path), as_name(name), "ogr")
            if not layer.isValid():
                return
            layer.setCustomProperty(MARK, self.record.id)
            sensor_layer.dress(layer, self.limits.caution, self.limits.alarm)
            give_map_tip(layer)
            layer.selectionChanged.connect(self._selected)
            QgsProject.instance().addMapLayer(layer)
            self.layer_id = layer.id()
        else:
            layer.setDataSource(str(path), layer.name(), "ogr")
            layer.triggerRepaint()
        old, self._file = self._file, path
        if old is not None:
            for beside in (old, old.with_suffix(".qml")):
                with suppress(OSError):
                    beside.unlink(missing_ok=True)
        self.last = datetime.now().astimezone()
        self.refreshed.emit("")
        self._follow(layer)

    def _selected(self, *_: object) -> None:
        layer = self.layer()
        if layer is not None and layer.selectedFeatureCount():
            self.choose(next(layer.getSelectedFeatures()))

    def _follow(self, layer: QgsVectorLayer) -> None:
        """Ask for the series of the chosen sensor again, so that its chart goes on."""
        sensor = self._sensor[0]
        if sensor and "series" not in self._jobs:
            text = sensor.replace("'", "''")
            feature = next(layer.getFeatures(f"\"{sensor_layer.SENSOR}\" = '{text}'"), None)
            if feature is not None:
                self.choose(feature)

    def _got_series(self, path: Path) -> None:
        sensor, title = self._sensor

        def read(_ticket: Any) -> tuple[str, str, list[float], list[float]]:
            times, values, unit = sensor_layer.series(path, sensor)
            for beside in (path, path.with_suffix(".qml")):
                with suppress(OSError):
                    beside.unlink(missing_ok=True)
            return title, unit, times, values

        self._reader.ask(read)


def _text(feature: QgsFeature, name: str) -> str:
    place = feature.fields().indexOf(name)
    value = feature[name] if place >= 0 else None
    if value is None or value == NULL:
        return ""
    return value.toString("yyyy-MM-dd HH:mm") if isinstance(value, QDateTime) else str(value)
