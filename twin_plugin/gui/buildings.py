"""The buildings dock: reads models, lists what became of each, and shows a building with its openings and its risk."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsFeature, QgsFeatureRequest, QgsVectorLayer
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QIcon

from ..bridge import resources
from . import project, publish, runs, settings, steps, words
from .dock import TwinDock, folded, text_label
from .jobs import Outcome
from .widgets.building_form import BuildingForm
from .widgets.form import ParameterForm, advanced_names
from .widgets.models import ModelList
from .widgets.notice import Notice

MAIN = ("FOLDER", "MODELS", "CRS")
COUNT_LIMIT = 10_000
COUNT_SECONDS = 0.2


class BuildingsDock(TwinDock):
    """Models in, buildings with storeys and openings out."""

    NAME = "buildings"
    ICON = "buildings"

    def build(self) -> None:
        self.setWindowTitle(self.tr("Buildings"))
        self.primary.setIcon(QIcon(str(resources.icon("buildings"))))
        self.primary.setToolTip(
            self.tr("Read the models in the background; broken ones are reported, and stop nothing.")
        )
        self.form: ParameterForm | None = None
        self._watched: QgsVectorLayer | None = None
        self.body.addWidget(
            text_label(self.tr("IFC models become footprints, storeys and openings with the level of their sills."))
        )
        algorithm = self.algorithm("loadbim")
        if algorithm is None:
            notice = Notice()
            notice.say(
                self.tr(
                    "The tool that reads models is not there: switch on the provider City Twin in Processing's options."
                ),
                Qgis.MessageLevel.Warning,
            )
            self.body.addWidget(notice)
        else:
            canvas = self.desktop.iface.mapCanvas()
            labels = {
                "FOLDER": self.tr("Folder of models"),
                "MODELS": self.tr("Or single files"),
                "CRS": self.tr("CRS of the buildings"),
            }
            self.form = ParameterForm(algorithm, MAIN, "buildings/inputs", canvas, labels)
            self.options = ParameterForm(algorithm, advanced_names(algorithm, MAIN), "buildings/options", canvas)
            self.body.addWidget(self.form)
            self.body.addWidget(folded(self.tr("Options"), self.options, "buildingsOptions"))
            self.form.changed.connect(self._inputs_changed)
        self.models = ModelList()
        self.models.chosen.connect(self.show_model)
        self.models.zoom.connect(self.zoom_to_model)
        self.body.addWidget(self.models, 1)
        self.building = BuildingForm()
        self.building.zoom.connect(self.zoom_to_building)
        self.body.addWidget(self.building)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._say_what)

    def start(self) -> None:
        """Load the models."""
        if self.form is None:
            return
        self.form.remember()
        self.options.remember()
        kept = settings.load()
        parameters = runs.with_settings(
            self.options.algorithm,
            {**self.options.values(), **self.form.values()},
            {"WORKERS": kept.workers, "TIMEOUT": kept.timeout_s},
        )
        titles = {
            "OPENINGS": runs.named(self.tr("Openings")),
            "STOREYS": runs.named(self.tr("Storeys")),
            "BUILDINGS": runs.named(self.tr("Buildings")),
            "REPORT": runs.named(self.tr("Models read")),
        }
        order = runs.make(
            "loadbim", parameters, runs.named(self.tr("Buildings from models")), titles, summary=self._summary
        )
        self.run(replace(order, hidden=("STOREYS",))).finished.connect(self._loaded)

    def refresh(self, *_: object) -> None:
        report = project.layer("loadbim/REPORT")
        self.models.show_report(report if isinstance(report, QgsVectorLayer) else None)
        self._watch(project.layer("loadbim/BUILDINGS"))
        self._inputs_changed()

    def project_changed(self, *_: object) -> None:
        if self.form is not None:
            self.form.restore()
            self.options.restore()
        self.building.clear()
        self.refresh()

    def choose_folder(self, folder: str) -> None:
        """Take a folder of models as input."""
        if self.form is not None and folder:
            self.form.set_value("MODELS", [])
            self.form.set_value("FOLDER", folder)
            self.form.remember()

    def show_model(self, model_id: str) -> None:
        """Show the first building of a model."""
        layer = project.layer("loadbim/BUILDINGS")
        feature = _first(layer, "model_id", model_id)
        if feature is not None:
            self.show_building(feature)
        else:
            self.building.clear(self.tr("No building was read from this model."))

    def show_building(self, feature: QgsFeature) -> None:
        """Show a building with its openings and its risk."""
        buildings = project.layer("loadbim/BUILDINGS")
        openings = publish.same_run(buildings, "loadbim/OPENINGS") or project.layer("loadbim/OPENINGS")
        storeys = publish.same_run(buildings, "loadbim/STOREYS") or project.layer("loadbim/STOREYS")
        identity = feature["id"]
        risk = _first(project.layer("buildingrisk/OUTPUT"), "id", identity)
        self.building.show_building(
            feature, _all(storeys, "building_id", identity), _all(openings, "building_id", identity), risk
        )

    def zoom_to_model(self, model_id: str) -> None:
        """Show the buildings of a model on the map."""
        layer = project.layer("loadbim/BUILDINGS")
        self._zoom(layer, [feature.id() for feature in _all(layer, "model_id", model_id)])

    def zoom_to_building(self, identity: str) -> None:
        """Show a building on the map."""
        layer = project.layer("loadbim/BUILDINGS")
        self._zoom(layer, [feature.id() for feature in _all(layer, "id", identity)])

    def _zoom(self, layer: QgsVectorLayer | None, ids: list[int]) -> None:
        if layer is not None and ids:
            canvas = self.desktop.iface.mapCanvas()
            canvas.zoomToFeatureIds(layer, ids)
            canvas.flashFeatureIds(layer, ids)

    def _watch(self, layer: Any) -> None:
        """Follow the selection on the map."""
        if layer is self._watched:
            return
        self._watched = layer
        if isinstance(layer, QgsVectorLayer):
            layer.selectionChanged.connect(self._selected)

    def _selected(self, *_: object) -> None:
        layer = project.layer("loadbim/BUILDINGS")
        if isinstance(layer, QgsVectorLayer) and layer.selectedFeatureCount():
            self.show_building(next(layer.getSelectedFeatures()))

    def _loaded(self, outcome: Outcome) -> None:
        if outcome.ok:
            self.refresh()

    def _summary(self, results: dict[str, Any]) -> str:
        return steps.buildings_state()

    def _inputs_changed(self) -> None:
        if hasattr(self, "_later"):
            self._later.start(300)

    def _say_what(self) -> None:
        """Say on the button what it will do."""
        values = self.form.values() if self.form is not None else {}
        folder, files = str(values.get("FOLDER", "")), values.get("MODELS") or []
        count = (count_models(Path(folder)) if folder else 0) + len(files)
        if not folder and not files:
            self.primary.setText(self.tr("Choose models first"))
        elif count == 0:
            self.primary.setText(self.tr("There are no IFC models in this folder"))
        elif count < 0:
            self.primary.setText(self.tr("Load all models of the folder"))
        else:
            self.primary.setText(self.tr("Load {n} models").format(n=words.number(count, 0)))
        self.primary.setEnabled(not self.busy() and count != 0)


def count_models(folder: Path) -> int:
    """How many IFC models are in a folder and below; -1 when counting takes too long."""
    count, end = 0, time.monotonic() + COUNT_SECONDS
    for _, _, files in os.walk(folder):
        count += sum(name.lower().endswith((".ifc", ".ifczip")) for name in files)
        if count > COUNT_LIMIT or time.monotonic() > end:
            return -1
    return count


def _all(layer: Any, field: str, value: str) -> list[QgsFeature]:
    """The features of a layer whose field has a value; [] without a layer or field."""
    if not isinstance(layer, QgsVectorLayer) or field not in layer.fields().names():
        return []
    text = str(value).replace("'", "''")
    return list(layer.getFeatures(QgsFeatureRequest().setFilterExpression(f"\"{field}\" = '{text}'")))


def _first(layer: Any, field: str, value: str) -> QgsFeature | None:
    return next(iter(_all(layer, field, value)), None)
