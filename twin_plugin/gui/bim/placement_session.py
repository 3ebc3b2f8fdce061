"""Places a model by hand for the Buildings dock: reads its footprint, lends the map a tool, and keeps the row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsProcessingUtils, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QObject, QTimer

from ...bridge.bim import hand_placement
from ...bridge.bim.hand_placement import HandPlacement
from ...bridge.bim.model_tables import BUILDINGS, ModelRow, StoredTable
from ...core.common.errors import TwinError
from ..common.run_request import RunResult
from . import algorithm_calls, sources
from .map_tool import PlaceTool
from .placement_state import Placing

if TYPE_CHECKING:
    from .dock import BuildingsDock


class PlacementSession(QObject):
    """One placing at a time, from the choice of a model to the run that repeats its place."""

    def __init__(self, dock: BuildingsDock) -> None:
        super().__init__(dock)
        self.dock = dock
        self.row: ModelRow | None = None
        self.placing: Placing | None = None
        self.tool: PlaceTool | None = None

    def begin(self, row: ModelRow) -> None:
        """Read a model's footprint in its own metres; the map tool starts when it is there."""
        if self.dock.busy():
            return
        self.give_up()
        self.dock.notice.clear()
        crs = self._crs()
        try:
            job = self.dock.run(algorithm_calls.local(row, crs))
        except TwinError as error:
            self.dock.notice.say(str(error), Qgis.MessageLevel.Warning)
            return
        self.row = row
        job.finished.connect(lambda outcome: self._read(row, crs, outcome))

    def give_up(self) -> None:
        """Leave the model where it was, and the map as it was; a footprint still being read is not waited for."""
        self.row = None
        if self.placing is not None:
            self.placing.end(False)

    def _read(self, row: ModelRow, crs: QgsCoordinateReferenceSystem, outcome: RunResult) -> None:
        if not outcome.ok or self.row is not row:
            return
        layer = QgsVectorLayer(str(outcome.results["BUILDINGS"]), "local", "ogr")
        local = hand_placement.local_model(row.id, row.path, layer)
        if local is None:
            text = QCoreApplication.translate(
                "BuildingsDock",
                "'{name}' has no footprint that could be drawn: type its place into a placements table.",
            )
            self.dock.notice.say(text.format(name=row.name), Qgis.MessageLevel.Warning)
            return
        self.start(Placing(local, crs, self._start(row, crs)))

    def start(self, session: Placing) -> None:
        """Lend the map the tool."""
        canvas = self.dock.shell.iface.mapCanvas()
        self.placing = session
        session.ended.connect(self._ended)
        self.tool = PlaceTool(canvas, session)
        canvas.setMapTool(self.tool)
        self.dock.models.setEnabled(False)
        self.dock.building.hide()  # the panel needs its room
        self.dock.panel_place.follow(session)
        QTimer.singleShot(0, lambda: self.dock.scroll.ensureWidgetVisible(self.dock.panel_place))
        canvas.setFocus()

    def _ended(self, accepted: bool) -> None:
        session, row = self.placing, self.row
        self.placing = self.row = None
        self.dock.panel_place.leave()
        self.dock.building.show()
        self.dock.models.setEnabled(True)
        if self.tool is not None:
            self.tool.remove()
            self.tool = None
        if accepted and session is not None and row is not None:
            try:
                self._keep(row, session)
            except TwinError as error:
                self.dock.notice.say(str(error), Qgis.MessageLevel.Critical)

    def _keep(self, row: ModelRow, session: Placing) -> None:
        """Keep the row where the next import finds it, and read the model with it now."""
        dock = self.dock
        dock._select_after = row.id
        if dock.is_base():
            made = hand_placement.row_of(self._key(row), session.place, session.crs.authid())
            table = hand_placement.keep_rows(algorithm_calls.temporary_folder("placed") / hand_placement.FILE, [made])
            dock.update_base(row.folder, {"PLACEMENTS": table})
            return
        file = algorithm_calls.placements_file()
        rows = [hand_placement.row_of(row.path, session.place, session.crs.authid())]
        table = hand_placement.keep_rows(file, [*self._rows_given(file), *rows])
        dock.options.set_value("PLACEMENTS", table)
        dock.options.remember()
        dock.load({**dock.inputs_of_report(row), "PLACEMENTS": table}, again=True)

    def _key(self, row: ModelRow) -> str:
        """By what the row of a base names its model: by its id, which stays when the folder moves.

        A row that names it by its full path would be preferred to that: such a row is replaced.
        """
        tables = sources.tables(self.dock.key)
        kept = StoredTable(tables.source, hand_placement.TABLE, tables.path or tables.connection)
        paths = [str(values["path"] or "") for values, _ in kept.rows(("path",))]
        return next((path for path in paths if path.replace("\\", "/") == row.path.replace("\\", "/")), row.id)

    def _rows_given(self, file: Any) -> list[dict[str, Any]]:
        """The rows of another table that the user gave: they are kept too, since one table is all a run takes."""
        given = self.dock.options.value("PLACEMENTS")
        if not isinstance(given, str) or given.startswith(str(file)):
            return []
        layer = QgsProject.instance().mapLayer(given) or QgsProcessingUtils.mapLayerFromString(
            given, self.dock.options.maker.context
        )
        return hand_placement.rows_of(layer) if isinstance(layer, QgsVectorLayer) else []

    def _crs(self) -> QgsCoordinateReferenceSystem:
        canvas = self.dock.shell.iface.mapCanvas()
        shown = sources.layers(self.dock.key).get(BUILDINGS)
        own = canvas.mapSettings().destinationCrs()
        candidates = [shown.crs()] if shown is not None else []
        if self.dock.building.card.crs:
            candidates.append(self.dock.building.card.system())
        project = QgsProject.instance()
        return hand_placement.metric_crs(
            [*candidates, project.crs(), own], canvas.extent().center(), own, project.transformContext()
        )

    def _start(self, row: ModelRow, crs: QgsCoordinateReferenceSystem) -> HandPlacement | None:
        """Where the model lies already, if it does in this CRS."""
        if row.map_x is None or row.map_y is None or self._crs() != crs:
            return None
        layer = sources.layers(self.dock.key).get(BUILDINGS)
        card = self.dock.building.card
        of_rows = layer.crs() if layer is not None else card.system()
        if of_rows != crs:
            return None
        return HandPlacement(row.map_x, row.map_y, row.origin_z or 0.0, row.map_bearing_deg or 0.0)
