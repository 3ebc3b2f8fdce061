"""Shows one building in the form: reads it in the background, with the water of the chosen result."""

from __future__ import annotations

from qgis.core import NULL, Qgis, QgsCoordinateReferenceSystem, QgsFeature, QgsVectorLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject

from ...bridge.bim import model_tables
from ...bridge.bim.model_tables import BUILDINGS, Card
from ...bridge.kernel.rasters import crs_text
from ...bridge.kernel.translation import localized
from ...core.common.errors import TwinError
from ..common import floods
from ..common.run_request import RunResult
from ..widgets.job_panel import JobPanel
from . import algorithm_calls, base_layers, sources
from .base_loader import Loader
from .building_form import BuildingForm
from .source_choice import SourceChoice


class BuildingView(QObject):
    """The building that a person has chosen in the list or on the map."""

    def __init__(
        self,
        form: BuildingForm,
        choice: SourceChoice,
        loader: Loader,
        panel: JobPanel,
        canvas: QgsMapCanvas,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.form, self.choice, self.loader, self.panel, self.canvas = form, choice, loader, panel, canvas
        self._zoom_when_read = False
        self._shown = ("", "")  # the flood that the docks were at, and its assessment
        loader.card.connect(self._show)
        loader.no_card.connect(form.clear)
        form.zoom.connect(lambda: self._zoom(form.card))
        form.building.connect(self.show_building)
        form.result.connect(lambda _: self._show_again())
        form.write_back.connect(self.write_back)

    def show_model(self, model_id: str, zoom: bool = False) -> None:
        """Show the first building of a model, on the map too if wanted."""
        self._zoom_when_read = zoom
        self._read(model_id=model_id)

    def show_building(self, building_id: str) -> None:
        """Show a building by its own id."""
        self._zoom_when_read = False
        self._read(building_id=building_id)

    def show_assessed(self, layer: QgsVectorLayer, feature: QgsFeature) -> None:
        """Show a footprint of the user's own as an assessment found it: all that is known of it is in its row."""
        values = dict(zip(feature.fields().names(), feature.attributes(), strict=True))
        plain = {name: None if value == NULL else value for name, value in values.items()}
        self._zoom_when_read = False
        self.form.show_card(Card(building=plain, risk=plain, shapes=(feature.geometry(),), crs=crs_text(layer.crs())))

    def known_crs(self) -> list[QgsCoordinateReferenceSystem]:
        """The CRS of the layer of buildings, and that of the building shown."""
        layer, card = sources.layers(self.choice.source).get(BUILDINGS), self.form.card
        return ([layer.crs()] if layer is not None else []) + ([card.system()] if card.crs else [])

    def refresh_results(self) -> None:
        """Offer the project's risk results, and show the building with another one where the chosen one is removed.

        Where the docks come to another flood, or to a new assessment of theirs, that one is chosen.
        """
        before, flood = self.form.results.currentData(), floods.current()
        risk = floods.assessment(flood)
        own = (flood.key if flood is not None else "", risk.id() if risk is not None else "")
        wanted = own[1] if own != self._shown else ""
        self._shown = own
        chosen = self.form.set_results([(layer.id(), layer.name()) for layer in sources.risks()], wanted)
        if chosen != before:
            self._show_again()

    def write_back(self) -> None:
        """Write the results of the building shown into a copy of its model."""
        card, risk = self.form.card, self._chosen_risk()
        if card.model is None or risk is None or self.panel.busy():
            return
        self.form.written.clear()
        identity = self._shown_id()
        job = self.panel.run(algorithm_calls.write_back(card.model, risk))
        job.finished.connect(lambda result: self._written(identity, result))

    def _read(self, model_id: str = "", building_id: str = "") -> None:
        risk = self._chosen_risk()
        try:
            snapshot = model_tables.snapshot(risk) if risk is not None else None
            tables = sources.tables(self.choice.source)
            if tables.has(BUILDINGS):
                self.loader.find(tables, snapshot, model_id, building_id)
            else:
                self.form.clear(self.tr("The buildings of this run are no longer in the project."))
        except TwinError as error:
            self.form.clear(localized(error))

    def _show_again(self) -> None:
        if self.form.card.building is not None and self.form.card.from_model:
            self.show_building(self._shown_id())

    def _show(self, card: Card) -> None:
        self.form.show_card(card)
        if self._zoom_when_read:
            self._zoom_when_read = False
            self._zoom(card)

    def _zoom(self, card: Card) -> None:
        if card.shapes:
            base_layers.show_shapes(self.canvas, card.shapes, card.system())

    def _chosen_risk(self) -> QgsVectorLayer | None:
        chosen = self.form.results.currentData()
        return next((layer for layer in sources.risks() if layer.id() == chosen), None)

    def _shown_id(self) -> str:
        return str((self.form.card.building or {}).get("id"))

    def _written(self, identity: str, result: RunResult) -> None:
        if result.cancelled or self._shown_id() != identity:
            return
        if result.ok:
            text, file = algorithm_calls.written(result.outputs), str(result.outputs.get("OUTPUT", ""))
            self.form.show_written(text, Qgis.MessageLevel.Success, file=file)
        else:
            self.form.show_written(result.error, Qgis.MessageLevel.Critical, result.log)
