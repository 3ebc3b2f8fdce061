"""Places a model by hand: reads its footprint, lends the map a tool, and reports the placement that was accepted."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ...bridge.bim import hand_placement
from ...bridge.bim.hand_placement import HandPlacement
from ...bridge.bim.model_tables import ModelRow
from ...bridge.kernel.translation import localized
from ...core.common.errors import TwinError
from ..common.run_request import RunResult
from ..widgets.job_panel import JobPanel
from . import algorithm_calls
from .map_tool import PlaceTool
from .placement_state import Placing


class PlacementSession(QObject):
    """One placement at a time, from the choice of a model to the placement that the user accepts.

    Signals: `refused(sentence)` when a model cannot be placed; `started(Placing)` and `ended()` when the map receives
    and returns the tool; `accepted(ModelRow, Placing)` after `ended`.

    Parameters
    ----------
    canvas : QgsMapCanvas
        The map on which the model is placed.
    panel : JobPanel
        Runs the reading of the footprint; while it is busy no placement starts.
    known_crs : callable
        CRSs of what is already shown of the models: first that of the positions in the rows, if one is known.
    """

    refused = pyqtSignal(str)
    started = pyqtSignal(object)
    ended = pyqtSignal()
    accepted = pyqtSignal(object, object)

    def __init__(
        self,
        canvas: QgsMapCanvas,
        panel: JobPanel,
        known_crs: Callable[[], list[QgsCoordinateReferenceSystem]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.canvas, self.panel, self.known_crs = canvas, panel, known_crs
        self.row: ModelRow | None = None
        self.placing: Placing | None = None
        self.tool: PlaceTool | None = None

    def begin(self, row: ModelRow) -> None:
        """Read a model's footprint in its own metres; the map tool starts when it is there."""
        if self.panel.busy():
            return
        self.give_up()
        crs = self._metric_crs()
        try:
            job = self.panel.run(algorithm_calls.local(row, crs))
        except TwinError as error:
            self.refused.emit(localized(error))
            return
        self.row = row
        job.finished.connect(lambda result: self._read(row, crs, result))

    def give_up(self) -> None:
        """Leave the model where it was, and the map as it was; a footprint still being read is not waited for."""
        self.row = None
        if self.placing is not None:
            self.placing.end(False)

    def start(self, placing: Placing) -> None:
        """Lend the map the tool."""
        self.placing = placing
        placing.ended.connect(self._ended)
        self.tool = PlaceTool(self.canvas, placing)
        self.canvas.setMapTool(self.tool)
        self.started.emit(placing)
        self.canvas.setFocus()

    def _read(self, row: ModelRow, crs: QgsCoordinateReferenceSystem, result: RunResult) -> None:
        if not result.ok or self.row is not row:
            return
        layer = QgsVectorLayer(str(result.outputs["BUILDINGS"]), "local", "ogr")
        local = hand_placement.local_model(row.id, row.path, layer)
        if local is None:
            text = QCoreApplication.translate(
                "BuildingsDock",
                "'{name}' has no footprint to draw: enter its place in a placements table.",
            )
            self.refused.emit(text.format(name=row.name))
            return
        self.start(Placing(local, crs, self._position(row, crs)))

    def _ended(self, accepted: bool) -> None:
        placing, row = self.placing, self.row
        self.placing = self.row = None
        if self.tool is not None:
            self.tool.remove()
            self.tool = None
        self.ended.emit()
        if accepted and row is not None:
            self.accepted.emit(row, placing)

    def _metric_crs(self) -> QgsCoordinateReferenceSystem:
        """The CRS in metres of the placement."""
        project, own = QgsProject.instance(), self.canvas.mapSettings().destinationCrs()
        candidates = [*self.known_crs(), project.crs(), own]
        return hand_placement.metric_crs(candidates, self.canvas.extent().center(), own, project.transformContext())

    def _position(self, row: ModelRow, crs: QgsCoordinateReferenceSystem) -> HandPlacement | None:
        """Where the model lies already, if it does in this CRS."""
        if row.map_x is None or row.map_y is None or self.known_crs()[:1] != [crs]:
            return None
        return HandPlacement(row.map_x, row.map_y, row.origin_z or 0.0, row.map_bearing_deg or 0.0)
