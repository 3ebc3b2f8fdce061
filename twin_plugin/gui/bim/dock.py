"""The buildings dock: reads models, lists what became of each, places them, and shows a building with its risk."""

from __future__ import annotations

from pathlib import Path

from qgis.core import Qgis
from qgis.PyQt.QtCore import QTimer

from ...bridge.bim.model_tables import ModelRow
from ...bridge.kernel.translation import localized
from ...core.common.errors import TwinError
from ..common import formatting
from ..common.run_request import RunResult
from ..common.shell import Shell
from ..widgets.basics import delay, text_label
from ..widgets.dock import TwinDock
from ..widgets.notice import Notice
from . import base_layers, model_files, sources
from .base_loader import Loader
from .building_form import BuildingForm
from .building_view import BuildingView
from .map_selection import MapSelection
from .model_inputs import ModelInputs
from .model_list import ModelList
from .model_listing import ModelListing
from .model_reading import ModelReading
from .placement_panel import PlacingPanel
from .placement_session import PlacementSession
from .placement_state import Placing
from .source_choice import SourceChoice

SETTLE_MS = 300
"""The primary button is updated so long after the last change: counting the models at each letter would be slow."""


class BuildingsDock(TwinDock):
    """Models in, buildings with storeys and openings out."""

    NAME = "buildings"
    ICON = "buildings"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setWindowTitle(self.tr("Buildings"))
        self.primary.setToolTip(
            self.tr("Read the models in the background. A model that cannot be read is reported; the others are read.")
        )
        canvas = shell.iface.mapCanvas()
        self.choice, self.notice = SourceChoice(), Notice()
        self.inputs = ModelInputs(self.algorithm("loadbim"), canvas)
        self.models, self.placing_panel, self.building = ModelList(), PlacingPanel(), BuildingForm()
        self.body.addWidget(
            text_label(self.tr("Turn IFC models into footprints, storeys and openings with the level of their sills."))
        )
        for part in (self.choice, self.inputs, self.notice, self.models, self.placing_panel, self.building):
            self.body.addWidget(part)
        self.loader = Loader(self)
        self.listing = ModelListing(self.models, self.loader, self)
        self.reading = ModelReading(self.inputs, self.panel, self)
        self.view = BuildingView(self.building, self.choice, self.loader, self.panel, canvas, self)
        self.placement = PlacementSession(canvas, self.panel, self.view.known_crs, self)
        self.selection = MapSelection(self)
        self._later = delay(self, SETTLE_MS, self._update_primary)
        self._connect()

    def _connect(self) -> None:
        self.choice.changed.connect(self.reload)
        self.choice.reload.connect(self.reload)
        self.choice.show_layers.connect(self.show_base)
        self.inputs.changed.connect(self._later.start)
        self.models.chosen.connect(lambda row: self.view.show_model(row.id))
        self.models.zoom.connect(lambda row: self.view.show_model(row.id, zoom=True))
        self.models.place.connect(self.placement.begin)
        self.models.read_again.connect(self._read_again)
        self.models.report.connect(self.open_report)
        self.listing.listed.connect(self._listed)
        self.reading.loaded.connect(self.choice.choose)
        self.reading.updated.connect(self.reload)
        self.placement.started.connect(self._placing_started)
        self.placement.ended.connect(self._placing_ended)
        self.placement.accepted.connect(self._placed)
        self.selection.selected.connect(self._selected)
        self.selection.assessed.connect(self.view.show_assessed)
        self.panel.started.connect(self.notice.clear)
        for signal in (self.listing.failed, self.reading.refused, self.placement.refused):
            signal.connect(self._warn)

    def start(self) -> None:
        """Read the models: into layers of the project, or into the base that is chosen."""
        self.reading.read(self.choice.source)

    def open_report(self) -> None:
        """Open the attribute table of the models; a base's is added to the project first."""
        source = self.choice.source
        layer = sources.report_layer(source)
        if layer is None and source.is_base:
            layer = base_layers.add_models(source)
        if layer is not None:
            self.shell.iface.showAttributeTable(layer)

    def show_base(self) -> None:
        """Show the layers of the chosen base on the map."""
        try:
            base_layers.add(self.choice.source, self.shell.zoom_to)
        except TwinError as error:
            self._warn(localized(error))

    def reload(self) -> None:
        """List the models of the chosen source again."""
        self.notice.clear()
        self.inputs.show_for(self.choice.source.is_base)
        self.listing.show(self.choice.source, self.busy())

    def refresh(self, *_: object) -> None:
        """Show what the project holds; the list is read again only when its source is another one."""
        if self.choice.refresh():
            self.building.clear()
            self.reload()
        self.selection.follow()
        self.view.refresh_results()
        self._later.start()

    def project_changed(self, *_: object) -> None:
        self.placement.give_up()
        self.inputs.restore()
        self.choice.forget()
        self.building.clear()
        self.reload()
        self.refresh()

    def close_down(self) -> None:
        self.placement.give_up()
        self.loader.stop()
        super().close_down()

    def take_demo(self, result: RunResult) -> None:
        self.choose_folder(str(result.outputs.get("MODELS_FOLDER", "")))

    def choose_folder(self, folder: str) -> None:
        """Take a folder of models as input."""
        if folder:
            self.inputs.set_value("MODELS", [])
            self.inputs.set_value("FOLDER", folder)

    def _warn(self, sentence: str) -> None:
        self.notice.say(sentence, Qgis.MessageLevel.Warning)

    def _read_again(self, row: ModelRow) -> None:
        if not self.busy():
            self.listing.select_next(row.id)
            self.reading.read_again(self.choice.source, row)

    def _listed(self) -> None:
        self.inputs.fold(bool(self.models.table.rows))
        folder = self.listing.folder()
        is_known = self.choice.source.is_base or Path(folder).is_dir()
        if folder and is_known and not self.inputs.value("FOLDER") and not self.inputs.value("MODELS"):
            self.inputs.set_value("FOLDER", folder)
        self._offer_table()
        self._later.start()

    def _offer_table(self) -> None:
        """Offer to fill in the places of all models that have none; one alone is placed on the map."""
        count = len(self._unplaced())
        if not count or self.choice.source.is_base or self.notice.text.text():
            return
        text = self.tr(
            "Models without a place: {n}. Select one and choose Place…, or fill in a table with their places."
        )
        tip = self.tr("Open a table with a row for each of them: enter x and y, save it, and load the models again.")
        cure = (self.tr("Table of places…"), tip, self.open_places)
        self.notice.say(text.format(n=formatting.number(count, 0)), Qgis.MessageLevel.Info, cure=cure)

    def _unplaced(self) -> list[ModelRow]:
        return [row for row in self.models.table.rows if row.state == "unplaced"]

    def open_places(self) -> None:
        """Open the table of placements, with a row to fill in for each model without a place."""
        try:
            layer = self.reading.table_of_places(self._unplaced(), self.view.known_crs())
        except TwinError as error:
            self._warn(localized(error))
            return
        self.shell.iface.showAttributeTable(layer)
        self.notice.say(
            self.tr(
                "Enter x, y and what you know of z, bearing_deg and crs. Save the table, then load the models again."
            ),
            Qgis.MessageLevel.Info,
        )

    def _selected(self, model_id: str, building_id: str) -> None:
        self.models.select(model_id, quiet=True)
        self.view.show_building(building_id)

    def _placing_started(self, placing: Placing) -> None:
        self.models.setEnabled(False)
        self.building.hide()  # the panel needs its room
        self.placing_panel.follow(placing)
        QTimer.singleShot(0, lambda: self.scroll.ensureWidgetVisible(self.placing_panel))

    def _placing_ended(self) -> None:
        self.placing_panel.leave()
        self.building.show()
        self.models.setEnabled(True)

    def _placed(self, row: ModelRow, placing: Placing) -> None:
        self.listing.select_next(row.id)
        self.reading.keep_placement(self.choice.source, row, placing)

    def _update_primary(self) -> None:
        """Say on the button what it will do."""
        values, is_base = self.inputs.values(), self.choice.source.is_base
        folder, files = str(values.get("FOLDER", "")), [] if is_base else values.get("MODELS") or []
        count = (model_files.count(Path(folder)) if folder else 0) + len(files)
        if not folder and not files:
            text = self.tr("Choose models first")
        elif count == 0:
            text = self.tr("The folder holds no IFC models")
        elif is_base:
            text = self.tr("Update the twin base")
        elif count < 0:
            text = self.tr("Load all models of the folder")
        elif count == 1:
            text = self.tr("Load the model")
        else:
            text = self.tr("Load {n} models").format(n=formatting.number(count, 0))
        self.primary.setText(text)
        self.primary.setEnabled(not self.busy() and count != 0)
