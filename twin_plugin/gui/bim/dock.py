"""The buildings dock: reads models, lists what became of each, places them, and shows a building with its risk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsVectorLayer
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QIcon

from ...bridge.bim import model_tables
from ...bridge.bim.model_tables import BUILDINGS, Card, ModelRow
from ...bridge.kernel import resources
from ...bridge.kernel.translation import localized
from ...core.common.errors import TwinError
from ..common import formatting, state
from ..common.jobs import Job
from ..common.run_request import RunResult
from ..common.shell import Shell
from ..widgets.basics import folded, text_label
from ..widgets.dock import TwinDock
from ..widgets.form import ParameterForm, advanced_names
from ..widgets.notice import Notice
from . import algorithm_calls, base_layers, model_files, sources
from .base_loader import Loader
from .building_form import BuildingForm
from .model_list import ModelList
from .placement_panel import PlacingPanel
from .placement_session import PlacementSession
from .placement_state import Placing
from .source_bar import SourceBar

MAIN = ("FOLDER", "MODELS", "CRS")
SOURCE = "buildings/source"
SETTLE_MS = 300
"""The primary button is updated so long after the last change: counting the models at each letter would be slow."""
SHARED = ("SOURCE_CRS", "PLACEMENTS", "TIMEOUT", "WORKERS")


class BuildingsDock(TwinDock):
    """Models in, buildings with storeys and openings out."""

    NAME = "buildings"
    ICON = "buildings"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setWindowTitle(self.tr("Buildings"))
        self.primary.setIcon(QIcon(str(resources.icon("buildings"))))
        self.primary.setToolTip(
            self.tr("Read the models in the background; broken ones are reported, and stop nothing.")
        )
        self.form: ParameterForm | None = None
        self.key = ""
        self._watched: list[QgsVectorLayer] = []
        self._select_after = ""
        self.sources = SourceBar()
        self.sources.chosen.connect(self.choose_source)
        self.sources.reload.connect(self.reload)
        self.sources.show_layers.connect(self.show_base)
        self.body.addWidget(
            text_label(self.tr("IFC models become footprints, storeys and openings with the level of their sills."))
        )
        self.body.addWidget(self.sources)
        self._build_form()
        self.notice = Notice()
        self.models = ModelList()
        self.panel_place = PlacingPanel()
        self.building = BuildingForm()
        for part in (self.notice, self.models, self.panel_place, self.building):
            self.body.addWidget(part)
        self.loader = Loader()
        self.placer = PlacementSession(self.shell.iface.mapCanvas(), self.run, self.busy, self._known_crs, self)
        self._connect()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._say_what)

    def _build_form(self) -> None:
        algorithm = self.algorithm("loadbim")
        if algorithm is None:
            missing = Notice()
            missing.say(
                self.tr(
                    "The tool that reads models is not there: switch on the provider City Twin in Processing's options."
                ),
                Qgis.MessageLevel.Warning,
            )
            self.body.addWidget(missing)
            return
        canvas = self.shell.iface.mapCanvas()
        labels = {
            "FOLDER": self.tr("Folder of models"),
            "MODELS": self.tr("Or single files"),
            "CRS": self.tr("CRS of the buildings"),
        }
        self.form = ParameterForm(algorithm, MAIN, "buildings/inputs", canvas, labels)
        self.options = ParameterForm(algorithm, advanced_names(algorithm, MAIN), "buildings/options", canvas)
        self.inputs = folded(self.tr("Models to read"), self.form, "buildingsInputs", collapsed=False)
        self.body.addWidget(self.inputs)
        self.body.addWidget(folded(self.tr("Options"), self.options, "buildingsOptions"))
        self.form.changed.connect(self._inputs_changed)

    def _connect(self) -> None:
        self.models.chosen.connect(lambda row: self._find(model_id=row.id))
        self.models.zoom.connect(lambda row: self._find(model_id=row.id, zoom=True))
        self.models.place.connect(self._place)
        self.placer.refused.connect(lambda text: self.notice.say(text, Qgis.MessageLevel.Warning))
        self.placer.started.connect(self._placing_started)
        self.placer.ended.connect(self._placing_ended)
        self.placer.accepted.connect(self._keep_placement)
        self.models.read_again.connect(self.read_again)
        self.models.report.connect(self.open_report)
        self.loader.rows.connect(self.models.add)
        self.loader.ended.connect(self._listed)
        self.loader.card.connect(self._show_card)
        self.loader.no_card.connect(lambda error: self.building.clear(error))
        self.building.zoom.connect(lambda: self._zoom(self.building.card))
        self.building.building.connect(lambda identity: self._find(building_id=identity))
        self.building.result.connect(lambda _: self._find_again())
        self.building.write_back.connect(self.write_back)
        self._zoom_next = False

    # What the primary button and the list start

    def start(self) -> None:
        """Read the models: into layers of the project, or into the base that is chosen."""
        if self.form is None:
            return
        self.form.remember()
        self.options.remember()
        values = {**self.options.values(), **self.form.values()}
        if self.is_base():
            more = {name: values[name] for name in (*SHARED, "CRS") if values.get(name) is not None}
            self.update_base(str(values.get("FOLDER", "")), more)
        else:
            self.load(values)

    def load(self, parameters: dict[str, Any], again: bool = False) -> Job:
        """Read models into layers; `again` switches off those of the run before, whose place they take."""
        algorithm_calls.remember_load(parameters)
        before = sources.report_layer(self.key) if again else None
        job = self.run(algorithm_calls.load(self.options.algorithm, parameters))
        job.finished.connect(lambda result: self._loaded(result, before))
        return job

    def update_base(self, folder: str, more: dict[str, Any]) -> Job | None:
        """Bring the chosen base up to date; None with the reason said when it cannot be started."""
        try:
            job = self.run(algorithm_calls.update(sources.tables(self.key), folder, more))
        except TwinError as error:
            self.notice.say(localized(error), Qgis.MessageLevel.Warning)
            return None
        self.notice.clear()
        job.finished.connect(self._updated)
        return job

    def read_again(self, row: ModelRow) -> None:
        """Read what failed once more; the selected model stays selected."""
        if self.busy():
            return
        self._select_after = row.id
        if self.is_base():
            self.update_base(row.folder, {"RETRY": True})
        else:
            self.load(self.inputs_of_report(row), again=True)

    def inputs_of_report(self, row: ModelRow) -> dict[str, Any]:
        """What to read again for the listed models: what was read last, else what the form says, else this model."""
        last = algorithm_calls.last_load()
        values = {**self.options.values(), **self.form.values()}
        if last.get("FOLDER") or last.get("MODELS"):
            for name in ("FOLDER", "MODELS"):
                values.pop(name, None)
            return {**values, **last}
        return values if values.get("FOLDER") or values.get("MODELS") else {**values, "MODELS": [row.path]}

    def write_back(self) -> None:
        """Write the shown building's results into a copy of its model."""
        card = self.building.card
        layer = next((item for item in sources.risks() if item.id() == self.building.results.currentData()), None)
        if card.model is None or layer is None or self.busy():
            return
        self.building.written.clear()
        job = self.run(algorithm_calls.write_back(card.model, layer))
        identity = str((card.building or {}).get("id"))
        job.finished.connect(lambda result: self._written(identity, result))

    def open_report(self) -> None:
        """Open the attribute table of the models; a base's is put into the project first."""
        layer = sources.report_layer(self.key)
        if layer is None and self.is_base():
            layer = base_layers.add_models(self.key)
        if layer is not None:
            self.shell.iface.showAttributeTable(layer)

    def show_base(self) -> None:
        """Show the layers of the chosen base on the map."""
        try:
            base_layers.add(self.key, lambda ids: self.shell.zoom_to(ids))
        except TwinError as error:
            self.notice.say(localized(error), Qgis.MessageLevel.Warning)

    # Where the models come from

    def is_base(self) -> bool:
        """Whether a twin base is chosen."""
        return self.key.startswith(("file:", "postgres:"))

    def choose_source(self, key: str) -> None:
        """List the models of another source, and keep the choice in the project."""
        if key.startswith(("file:", "postgres:")):
            sources.remember(key)
        state.remember(SOURCE, key)
        self.key = key
        self.sources.offer(sources.found(), key)
        self.reload()

    def reload(self) -> None:
        """List the models of the chosen source again."""
        self.loader.stop()
        self.notice.clear()
        self._show_rows()
        if not self.key:
            self.models.begin()
            return
        if self.key.startswith("file:") and not Path(self.key[5:]).exists() and not self.busy():
            self.models.begin(
                self.tr("'{path}' is not there yet: choose the folder of the models and update the base.").format(
                    path=self.key[5:]
                )
            )
            return
        self.models.begin(self.tr("Looking at the models…"))
        try:
            self.loader.load(sources.tables(self.key))
        except TwinError as error:
            self._listed(localized(error))

    def refresh(self, *_: object) -> None:
        """Look at what the project holds; the list is read again only when its source is another one."""
        found = sources.found()
        keys = [source.key for source in found]
        if self.key not in keys:
            kept = state.recall(SOURCE, "")
            key = kept if kept in keys else next(iter(keys), "")
            if key != self.key:
                self.key = key
                self.building.clear()
                self.reload()
        self.sources.offer(found, self.key)
        self._watch()
        before = self.building.results.currentData()
        chosen = self.building.set_results([(layer.id(), layer.name()) for layer in sources.risks()])
        if chosen != before and self.building.card.building is not None:
            self._find_again()
        self._inputs_changed()

    def project_changed(self, *_: object) -> None:
        self.placer.give_up()
        if self.form is not None:
            self.form.restore()
            self.options.restore()
        self.loader.stop()
        self.building.clear()
        self.key = "none"
        self.refresh()

    def close_down(self) -> None:
        self.placer.give_up()
        self.loader.stop()
        super().close_down()

    def take_demo(self, result: RunResult) -> None:
        self.choose_folder(str(result.outputs.get("MODELS_FOLDER", "")))

    def choose_folder(self, folder: str) -> None:
        """Take a folder of models as input."""
        if self.form is not None and folder:
            self.form.set_value("MODELS", [])
            self.form.set_value("FOLDER", folder)
            self.form.remember()

    # Placing by hand

    def _place(self, row: ModelRow) -> None:
        self.notice.clear()
        self.placer.begin(row)

    def _placing_started(self, placing: Placing) -> None:
        self.models.setEnabled(False)
        self.building.hide()  # the panel needs its room
        self.panel_place.follow(placing)
        QTimer.singleShot(0, lambda: self.scroll.ensureWidgetVisible(self.panel_place))

    def _placing_ended(self) -> None:
        self.panel_place.leave()
        self.building.show()
        self.models.setEnabled(True)

    def _known_crs(self) -> list[QgsCoordinateReferenceSystem]:
        """The CRS of the buildings' layer, and of the building on the card."""
        layer, card = sources.layers(self.key).get(BUILDINGS), self.building.card
        return ([layer.crs()] if layer is not None else []) + ([card.system()] if card.crs else [])

    def _keep_placement(self, row: ModelRow, placing: Placing) -> None:
        """Keep the row where the next import finds it, and read the model with it now."""
        self._select_after = row.id
        try:
            if self.is_base():
                table = algorithm_calls.placement_in_base(sources.tables(self.key), row, placing.place, placing.crs)
                self.update_base(row.folder, {"PLACEMENTS": table})
                return
            given = self.options.value("PLACEMENTS")
            table = algorithm_calls.add_placement(given, row, placing.place, placing.crs, self.options.maker.context)
        except TwinError as error:
            self.notice.say(localized(error), Qgis.MessageLevel.Critical)
            return
        self.options.set_value("PLACEMENTS", table)
        self.options.remember()
        self.load({**self.inputs_of_report(row), "PLACEMENTS": table}, again=True)

    # What came back

    def _listed(self, error: str) -> None:
        if error:
            self.models.begin(self.tr("The models cannot be listed."))
            self.notice.say(error, Qgis.MessageLevel.Warning)
            return
        self.models.end()
        if not self.models.table.rows:
            self.models.begin(self.tr("There is no model in it yet."))
        if self.form is not None:
            # What is listed needs the room; without models the way to them is open.
            self.inputs.setCollapsed(bool(self.models.table.rows))
        if self._select_after:
            self.models.select(self._select_after)
            self._select_after = ""
        if self.is_base() and self.form is not None and not self.form.value("FOLDER"):
            folder = next((row.folder for row in self.models.table.rows if row.folder), "")
            self.form.set_value("FOLDER", folder)
        self._inputs_changed()

    def _loaded(self, result: RunResult, before: QgsVectorLayer | None) -> None:
        if not result.ok:
            return
        report = result.layers.get("REPORT")
        base_layers.hide(before)
        if report:
            self.choose_source(f"layer:{report}")

    def _updated(self, result: RunResult) -> None:
        if result.ok or result.cancelled:
            base_layers.refresh(self.key)
            self.reload()

    def _written(self, identity: str, result: RunResult) -> None:
        if result.cancelled or str((self.building.card.building or {}).get("id")) != identity:
            return
        if result.ok:
            text, file = algorithm_calls.written(result.outputs), str(result.outputs.get("OUTPUT", ""))
            self.building.show_written(text, Qgis.MessageLevel.Success, file=file)
        else:
            self.building.show_written(result.error, Qgis.MessageLevel.Critical, result.log)

    # The card

    def _find(self, model_id: str = "", building_id: str = "", zoom: bool = False) -> None:
        self._zoom_next = zoom
        risk = next((item for item in sources.risks() if item.id() == self.building.results.currentData()), None)
        try:
            snapshot = model_tables.snapshot(risk) if risk is not None else None
            found = sources.tables(self.key)
            if not found.has(BUILDINGS):
                self.building.clear(self.tr("The buildings of this run are not in the project any more."))
                return
            self.loader.find(found, snapshot, model_id, building_id)
        except TwinError as error:
            self.building.clear(localized(error))

    def _find_again(self) -> None:
        shown = self.building.card.building
        if shown is not None:
            self._find(building_id=str(shown["id"]))

    def _show_card(self, card: Card) -> None:
        self.building.show_card(card)
        if self._zoom_next:
            self._zoom_next = False
            self._zoom(card)

    def _zoom(self, card: Card) -> None:
        if card.shapes:
            base_layers.show_shapes(self.shell.iface.mapCanvas(), card.shapes, card.system())

    def _watch(self) -> None:
        """Follow the selection on the map, in layers of buildings and of their risk."""
        for layer in sources.selectable():
            if layer not in self._watched:
                layer.selectionChanged.connect(self._selected)
        self._watched = sources.selectable()

    def _selected(self, *_: object) -> None:
        layer = self.sender()
        if isinstance(layer, QgsVectorLayer) and layer.selectedFeatureCount():
            feature = next(layer.getSelectedFeatures())
            self.models.select(str(feature["model_id"]), quiet=True)
            self._find(building_id=str(feature["id"]))

    # The primary button

    def _show_rows(self) -> None:
        if self.form is not None:
            self.form.show_row("MODELS", not self.is_base())
            for name in ("LOD", "SOLIDS_OF", "DTM"):
                self.options.show_row(name, not self.is_base())

    def _inputs_changed(self) -> None:
        self._later.start(SETTLE_MS)

    def _say_what(self) -> None:
        """Say on the button what it will do."""
        values = self.form.values() if self.form is not None else {}
        folder, files = str(values.get("FOLDER", "")), values.get("MODELS") or []
        files = [] if self.is_base() else files
        count = (model_files.count(Path(folder)) if folder else 0) + len(files)
        if not folder and not files:
            text = self.tr("Choose models first")
        elif count == 0:
            text = self.tr("There are no IFC models in this folder")
        elif self.is_base():
            text = self.tr("Update the twin base")
        elif count < 0:
            text = self.tr("Load all models of the folder")
        elif count == 1:
            text = self.tr("Load the model")
        else:
            text = self.tr("Load {n} models").format(n=formatting.number(count, 0))
        self.primary.setText(text)
        self.primary.setEnabled(not self.busy() and count != 0)
