"""The query of a service: extent, filter, time and limit, saved under names."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingAlgorithm
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QInputDialog, QWidget

from ..widgets.basics import button, fill_column, narrow_combo
from ..widgets.form import ParameterForm
from . import favourites
from .favourites import SavedQuery

NAMES = ("EXTENT", "FILTER", "DATETIME", "FIELDS", "LIMIT", "CRS")
_KEPT_AS_TEXT = (str, int, float, bool)


class QueryPanel(QWidget):
    """`wanted(parameters)` asks the dock to run twin:queryservice with these."""

    wanted = pyqtSignal(dict)

    def __init__(self, algorithm: QgsProcessingAlgorithm, canvas: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.record_id = ""
        self.saved = narrow_combo(self.tr("Queries of this service that you saved; choosing one fills the fields."))
        self.saved.activated.connect(self._take)
        self.form = ParameterForm(algorithm, NAMES, "services/query", canvas)
        self.run_button = button(
            "",
            self.tr("Run query"),
            self.tr("Fetch the result into a new layer."),
            lambda: self.wanted.emit(self.form.values()),
        )
        self.save = button(
            "", self.tr("Save query…"), self.tr("Save these fields under a name for this service."), self._save
        )
        self.remove = button("", self.tr("Delete query"), self.tr("Delete the chosen saved query."), self._remove)
        grid = QGridLayout()
        grid.addWidget(self.save, 0, 0)
        grid.addWidget(self.remove, 0, 1)
        grid.addWidget(self.run_button, 1, 0, 1, 2)
        fill_column(self, self.saved, self.form, grid)

    def show_record(self, record_id: str) -> None:
        """Offer the saved queries of a service."""
        self.record_id = record_id
        found = favourites.queries(record_id)
        self.saved.clear()
        self.saved.addItem(self.tr("Saved queries"), None)
        for query in found:
            self.saved.addItem(query.name, query)
        self.saved.setVisible(bool(found))
        self.remove.setVisible(bool(found))

    def keep(self, name: str) -> None:
        """Save what is entered under a name."""
        form, context = self.form, self.form.maker.context
        plain = {
            key: form.algorithm.parameterDefinition(key).valueAsJsonObject(value, context)
            for key, value in form.values().items()
        }
        kept = {key: value for key, value in plain.items() if isinstance(value, _KEPT_AS_TEXT)}
        favourites.save_query(SavedQuery(self.record_id, name, kept))
        self.show_record(self.record_id)
        self.saved.setCurrentIndex(self.saved.findText(name))

    def _take(self, *_: object) -> None:
        query = self.saved.currentData()
        if isinstance(query, SavedQuery):
            for name in NAMES:
                definition = self.form.algorithm.parameterDefinition(name)
                if definition is not None:
                    self.form.set_value(name, query.parameters.get(name, definition.defaultValue()))

    def _save(self) -> None:
        name, accepted = QInputDialog.getText(self, self.tr("Save query"), self.tr("Name of the query"))
        if accepted and name.strip():
            self.keep(name.strip())

    def _remove(self) -> None:
        query = self.saved.currentData()
        if isinstance(query, SavedQuery):
            favourites.remove_query(query)
            self.show_record(self.record_id)
