"""The runs that read models: into layers of the project, or into a twin base."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...bridge.bim.model_source import ModelSource
from ...bridge.bim.model_tables import ModelRow
from ...bridge.kernel.translation import localized
from ...core.common.errors import TwinError, unwritable
from ..common.jobs import Job
from ..common.run_request import RunResult
from ..widgets.job_panel import JobPanel
from . import algorithm_calls, base_layers, sources
from .model_inputs import ModelInputs
from .placement_state import Placing

SHARED = ("CRS", "SOURCE_CRS", "PLACEMENTS", "TIMEOUT", "WORKERS")
"""Parameters that both algorithms take."""


class ModelReading(QObject):
    """Starts runs with the inputs of the dock.

    Signals: `loaded(ModelSource)` with the report of a run into layers; `updated()` when a twin base was written;
    `refused(sentence)` when a run cannot be started.
    """

    loaded = pyqtSignal(object)
    updated = pyqtSignal()
    refused = pyqtSignal(str)

    def __init__(self, inputs: ModelInputs, panel: JobPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.inputs, self.panel = inputs, panel

    def read(self, source: ModelSource) -> None:
        """Read what is entered: into the twin base that is chosen, else into new layers."""
        self.inputs.remember()
        values = self.inputs.values()
        if source.is_base:
            more = {name: values[name] for name in SHARED if values.get(name) is not None}
            self.update_base(source, str(values.get("FOLDER", "")), more)
        elif self.inputs.algorithm is not None:
            self.load(values)

    def load(self, parameters: dict[str, Any], replaced: ModelSource | None = None) -> Job:
        """Read models into layers, and switch off those of the run that they replace."""
        algorithm_calls.remember_load(parameters)
        before = sources.report_layer(replaced) if replaced is not None else None
        job = self.panel.run(algorithm_calls.load(self.inputs.algorithm, parameters))
        job.finished.connect(lambda result: self._loaded(result, before))
        return job

    def update_base(self, base: ModelSource, folder: str, more: dict[str, Any]) -> Job | None:
        """Bring a twin base up to date; None when that cannot be started."""
        try:
            job = self.panel.run(algorithm_calls.update(base, folder, more))
        except TwinError as error:
            self.refused.emit(localized(error))
            return None
        job.finished.connect(lambda result: self._updated(base, result))
        return job

    def read_again(self, source: ModelSource, row: ModelRow) -> None:
        """Read again what failed, or all that was read last into layers."""
        if source.is_base:
            self.update_base(source, row.folder, {"RETRY": True})
        else:
            self.load(self._last_inputs(row), source)

    def keep_placement(self, source: ModelSource, row: ModelRow, placing: Placing) -> None:
        """Keep a placement where the next run takes it from, and read the model with it now."""
        try:
            if source.is_base:
                table = algorithm_calls.placement_in_base(sources.tables(source), row, placing.place, placing.crs)
                self.update_base(source, row.folder, {"PLACEMENTS": table})
                return
            chosen, context = self.inputs.value("PLACEMENTS"), self.inputs.options.maker.context
            table = algorithm_calls.add_placement(chosen, row, placing.place, placing.crs, context)
        except TwinError as error:
            self.refused.emit(localized(error))
            return
        self.inputs.set_value("PLACEMENTS", table)
        self.load({**self._last_inputs(row), "PLACEMENTS": table}, source)

    def table_of_places(
        self, models: Sequence[ModelRow], known: Sequence[QgsCoordinateReferenceSystem]
    ) -> QgsVectorLayer:
        """The project's table of placements as a layer to edit, with rows for these models; later runs take it.

        Raises
        ------
        TwinError
            When the table cannot be written or opened.
        """
        chosen, context = self.inputs.value("PLACEMENTS"), self.inputs.options.maker.context
        project = QgsProject.instance()
        crs = next((crs for crs in (*known, project.crs()) if crs.isValid() and not crs.isGeographic()), None)
        table = algorithm_calls.add_unplaced(chosen, models, crs or QgsCoordinateReferenceSystem(), context)
        self.inputs.set_value("PLACEMENTS", table)
        shown = next((layer for layer in project.mapLayers().values() if layer.source() == table), None)
        if shown is None:
            shown = project.addMapLayer(QgsVectorLayer(table, self.tr("Places of models"), "ogr"))
        if shown is None or not shown.startEditing():
            raise unwritable(table, self.tr("it cannot be edited"))
        return shown

    def _last_inputs(self, row: ModelRow) -> dict[str, Any]:
        """What to read again for the listed models: what was read last, else what is entered, else this model."""
        last, values = algorithm_calls.last_load(), self.inputs.values()
        if last.get("FOLDER") or last.get("MODELS"):
            return {name: value for name, value in values.items() if name not in ("FOLDER", "MODELS")} | last
        return values if values.get("FOLDER") or values.get("MODELS") else {**values, "MODELS": [row.path]}

    def _loaded(self, result: RunResult, before: QgsVectorLayer | None) -> None:
        if result.ok:
            base_layers.hide(before)
            if "REPORT" in result.layers:
                self.loaded.emit(ModelSource(layer_id=result.layers["REPORT"]))

    def _updated(self, base: ModelSource, result: RunResult) -> None:
        if result.ok or result.cancelled:
            base_layers.refresh(base)
            self.updated.emit()
