"""Where the dock finds objects and the records of their stages: a twin base, or layers of the project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProviderRegistry
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from ...bridge.bim.model_source import ModelSource
from ...bridge.lifecycle.stores import BasePlace
from ..common import bases, state
from ..widgets.base_questions import ask_file, ask_postgis
from ..widgets.basics import fill_column, folded, icon, narrow_combo, plain_label
from ..widgets.form import ParameterForm

BASE = "lifecycle/base"
LAYERS = ("OBJECTS", "ID_FIELD", "STAGES")
_RECORDS = {"object_id", "stage", "valid_from", "superseded_at"}
_DEMO_TABLE = "planned_buildings"
DEMO = {"OBJECTS": _DEMO_TABLE, "ID_FIELD": "building_file"}
"""Objects of the demo district, which is a base without buildings of its own."""


class LifeSource(QWidget):
    """A row with the bases of the project, and a folded form for objects and records in other layers.

    `changed()` comes when either is another.

    Attributes
    ----------
    base : ModelSource
        What is chosen; false for the layers of the form alone.
    """

    changed = pyqtSignal()

    def __init__(self, algorithm: QgsProcessingAlgorithm, canvas: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.base = ModelSource()
        self._offered: list[ModelSource] = []
        self.combo = narrow_combo(letters=12)
        self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.combo.setToolTip(self.tr("The twin base whose life cycle is shown; stages are written into it."))
        self.combo.activated.connect(lambda index: self.choose(self._offered[index]))
        label = plain_label(self.tr("Life cycle of"))
        label.setBuddy(self.combo)
        self.more = QToolButton()
        self.more.setText(self.tr("Base"))
        self.more.setIcon(icon("twin"))
        self.more.setToolTip(self.tr("Open a twin base, or read the shown one again."))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.addAction(self.tr("Open a twin base…"), lambda: self._take(ask_file(self)))
        menu.addAction(self.tr("Twin base in PostGIS…"), lambda: self._take(ask_postgis(self)))
        menu.addSeparator()
        menu.addAction(self.tr("Read it again"), self.changed.emit)
        self.more.setMenu(menu)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.combo, 1)
        row.addWidget(self.more)
        self.form = ParameterForm(algorithm, LAYERS, "lifecycle/layers", canvas)
        self.form.changed.connect(self.changed)
        box = folded(self.tr("Layers of your own"), self.form, "lifecycleLayers")
        fill_column(self, label, row, box)

    @property
    def place(self) -> BasePlace:
        """The base for what reads and writes it."""
        return BasePlace(self.base.path, self.base.connection, self.base.schema)

    def choose(self, base: ModelSource) -> None:
        """Choose a base, also one that is not offered yet."""
        if base.is_base:
            bases.remember(base)
        state.remember(BASE, base.text)
        self.base = base
        self.offer()
        self.changed.emit()

    def take(self, base: ModelSource, **layers: str) -> None:
        """Choose a base with objects in a layer beside its own."""
        self.form.blockSignals(True)
        for name in LAYERS:
            self.form.set_value(name, layers.get(name))
        self.form.remember()
        self.form.blockSignals(False)
        self.choose(base)

    def take_demo(self, path: str) -> None:
        """Choose the tables of a demo district."""
        self.take(ModelSource(path=path), **DEMO | {"OBJECTS": f"{path}|layername={_DEMO_TABLE}"})

    def offer(self) -> None:
        """Offer the bases that the project now has; one that is gone is followed by the first of the others."""
        there = list(dict.fromkeys((*bases.shown(), *_life_files())))
        kept = ModelSource.parse(str(state.recall(BASE, "") or ""))
        if self.base not in there and self.base != kept:
            self.base = kept
        if not self.base and there and not self.form.value("STAGES"):
            self.base = there[0]
        self._offered = list(dict.fromkeys((ModelSource(), *([self.base] if self.base else []), *there)))
        self.combo.blockSignals(True)
        self.combo.clear()
        for base in self._offered:
            title = bases.base_title(base) if base.is_base else self.tr("layers of this project")
            self.combo.addItem(title)
        self.combo.setCurrentIndex(self._offered.index(self.base))
        self.combo.blockSignals(False)

    def restore(self) -> None:
        """Another project: take what it remembers."""
        self.base = ModelSource.parse(str(state.recall(BASE, "") or ""))
        self.form.blockSignals(True)
        self.form.restore()
        self.form.blockSignals(False)
        self.offer()

    def base_values(self) -> dict[str, Any]:
        """The parameters that name the base."""
        if self.base.path:
            return {"TWIN_BASE": self.base.path}
        if self.base.connection:
            return {"CONNECTION": self.base.connection, "SCHEMA": self.base.schema}
        return {}

    def values(self) -> dict[str, Any]:
        """The parameters of twin:lifecyclestatus; empty where something is missing."""
        layers = self.form.values()
        if not self.base and not ("OBJECTS" in layers and "STAGES" in layers):
            return {}
        if "OBJECTS" not in layers:
            layers.pop("ID_FIELD", None)
        return self.base_values() | layers

    def _take(self, base: ModelSource) -> None:
        if base and is_demo(base.path):
            self.take_demo(base.path)
        elif base:
            self.choose(base)


def is_demo(path: str) -> bool:
    """Whether a GeoPackage is that of a demo district: it has stages of planned buildings, and no buildings."""
    if not path:
        return False
    tables = {table.name() for table in QgsProviderRegistry.instance().querySublayers(path)}
    return {_DEMO_TABLE, "lifecycle_stage"} <= tables and "building" not in tables


def _life_files() -> list[ModelSource]:
    """GeoPackages of the project that hold records of stages, and are no twin bases: the demo district is one."""
    found = []
    for layer in bases.vectors():
        if layer.providerType() == "ogr" and set(layer.fields().names()) >= _RECORDS:
            path = QgsProviderRegistry.instance().decodeUri("ogr", layer.source()).get("path") or ""
            if Path(str(path)).suffix.lower() == ".gpkg":
                found.append(ModelSource(path=str(path)))
    return found
