"""The list of models that were read: what became of each and why, with a filter."""

from __future__ import annotations

from pathlib import Path

from qgis.core import NULL, QgsVectorLayer
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QCoreApplication, QModelIndex, QSortFilterProxyModel, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from ...bridge import resources

IDENTITY = Qt.ItemDataRole.UserRole + 1


class ModelList(QWidget):
    """Rows of the last REPORT; `chosen` and `zoom` give the id of a model."""

    chosen = pyqtSignal(str)
    zoom = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = QLabel()
        self.heading.setWordWrap(True)
        self.heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.filter = QgsFilterLineEdit()
        self.filter.setShowSearchIcon(True)
        self.filter.setPlaceholderText(QCoreApplication.translate("ModelList", "Filter by name, state or reason"))
        self.filter.setToolTip(
            QCoreApplication.translate(
                "ModelList", "Show only the models with this text in their name, state or reason."
            )
        )
        self.rows = QStandardItemModel(0, 3, self)
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self.rows)
        self.shown.setFilterKeyColumn(-1)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.filter.textChanged.connect(self.shown.setFilterFixedString)
        self.view = QTreeView()
        self.view.setModel(self.shown)
        self.view.setRootIsDecorated(False)
        self.view.setUniformRowHeights(True)
        self.view.setSortingEnabled(True)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setToolTip(
            QCoreApplication.translate(
                "ModelList", "Select a model to see its building; double-click or Enter shows it on the map."
            )
        )
        self.view.setMinimumHeight(self.fontMetrics().height() * 9)
        self.view.activated.connect(lambda index: self.zoom.emit(self._identity(index)))
        self.view.selectionModel().currentChanged.connect(lambda index, _: self._choose(index))
        self.button = QPushButton(QCoreApplication.translate("ModelList", "Zoom to building"))
        self.button.setToolTip(
            QCoreApplication.translate("ModelList", "Show the building of the selected model on the map.")
        )
        self.button.clicked.connect(lambda: self.zoom.emit(self._identity(self.view.currentIndex())))
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.heading)
        layout.addWidget(self.filter)
        layout.addWidget(self.view)
        layout.addLayout(row)
        self._shown_id: str | None = ""
        self.show_report(None)

    def show_report(self, layer: QgsVectorLayer | None) -> None:
        """Fill the list from a report; without one, say what belongs here."""
        identity = layer.id() if layer is not None else None
        if identity == self._shown_id:
            return
        self._shown_id = identity
        self.rows.setRowCount(0)
        for part in (self.filter, self.view, self.button):
            part.setVisible(layer is not None)
        self.button.setEnabled(False)
        if layer is None:
            self.heading.setText(
                QCoreApplication.translate(
                    "ModelList",
                    "Here every model will be listed with what was read from it, or why it could not be read.",
                )
            )
            return
        names = {
            "ok": QCoreApplication.translate("ModelList", "read"),
            "partial": QCoreApplication.translate("ModelList", "read in part"),
            "failed": QCoreApplication.translate("ModelList", "not read"),
        }
        icons = {"ok": "present", "partial": "risk", "failed": "cancel"}
        counts = dict.fromkeys(names, 0)
        fields = layer.fields().names()
        for feature in layer.getFeatures():
            status, path = str(feature["status"]), Path(str(feature["path"]))
            counts[status] = counts.get(status, 0) + 1
            reason = feature["reason"]
            reason = "" if reason in (None, NULL) else str(reason)
            first = QStandardItem(QIcon(str(resources.icon(icons.get(status, "absent")))), path.name)
            first.setData(str(feature["id"]) if "id" in fields else path.stem, IDENTITY)
            row = [first, QStandardItem(names.get(status, status)), QStandardItem(reason)]
            for item in row:
                item.setToolTip(f"{path}\n{names.get(status, status)}\n{reason}".strip())
            self.rows.appendRow(row)
        self.rows.setHorizontalHeaderLabels(
            [
                QCoreApplication.translate("ModelList", "Model"),
                QCoreApplication.translate("ModelList", "State"),
                QCoreApplication.translate("ModelList", "Reason"),
            ]
        )
        header = self.view.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.view.resizeColumnToContents(0)
        self.view.resizeColumnToContents(1)
        self.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        text = QCoreApplication.translate("ModelList", "{ok} models read, {partial} in part, {failed} not")
        self.heading.setText(text.format(**{name: counts.get(name, 0) for name in names}))

    def _identity(self, index: QModelIndex) -> str:
        return str(index.siblingAtColumn(0).data(IDENTITY) or "") if index.isValid() else ""

    def _choose(self, index: QModelIndex) -> None:
        self.button.setEnabled(index.isValid())
        if index.isValid():
            self.chosen.emit(self._identity(index))
