"""Where the catalogue is, and the sources that fill it."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProviderRegistry
from qgis.gui import QgsAuthConfigSelect, QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from .catalogue_search import CatalogueLocation

SCHEMA = "twin_services"


class ServiceSources(QWidget):
    """The catalogue's file or connection, and a source's address; `asked(what)`: connect, check, import, export."""

    moved = pyqtSignal()
    asked = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = QgsFileWidget()
        self.file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file.setConfirmOverwrite(False)
        self.file.setFilter(self.tr("GeoPackage (*.gpkg)"))
        self.file.setDialogTitle(self.tr("Catalogue of services"))
        self.connection = QComboBox()
        self.connection.setMinimumContentsLength(8)
        self.connection.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.schema = QLineEdit(SCHEMA)
        self.url = QLineEdit()
        self.url.setPlaceholderText("https://…")
        self.auth = QgsAuthConfigSelect()
        # Its list may be narrower than the longest name in it.
        self.auth.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.auth.setMinimumWidth(self.fontMetrics().averageCharWidth() * 24)
        self.connect_button = QPushButton(self.tr("Connect and read"))
        self.buttons = {
            "connect": self.connect_button,
            "check": QPushButton(self.tr("Check all")),
            "import": QPushButton(self.tr("Import…")),
            "export": QPushButton(self.tr("Export…")),
        }
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for label, field, tip in (
            (self.tr("Catalogue (file)"), self.file,
             self.tr("The GeoPackage with the services; a new name makes a new one.")),
            (self.tr("Or a PostGIS connection"), self.connection,
             self.tr("A PostgreSQL connection of QGIS with a catalogue that many share.")),
            (self.tr("Schema"), self.schema,
             self.tr("The schema of the catalogue in that database.")),
            (self.tr("Connect a source"), self.url,
             self.tr("Address of a server or catalogue of any kind, a folder of GIS files, or the "
                       "name of a PostgreSQL connection.")),
            (self.tr("Authentication"), self.auth,
             self.tr("What opens the source; the catalogue keeps only its name.")),
        ):  # fmt: skip
            field.setToolTip(tip)
            for inner in field.findChildren(QWidget):
                if not inner.toolTip():
                    inner.setToolTip(tip)
            form.addRow(label, field)
        tips = {
            "connect": self.tr("Read what the source offers into the catalogue."),
            "check": self.tr("Ask every service of the catalogue whether it answers."),
            "import": self.tr("Take records from a file: OGC API Records or CSV."),
            "export": self.tr("Write the catalogue as OGC API Records or CSV."),
        }
        grid = QGridLayout()
        for what, button in self.buttons.items():
            button.setToolTip(tips[what])
            button.clicked.connect(lambda *_, what=what: self.asked.emit(what))
        grid.addWidget(self.connect_button, 0, 0, 1, 2)
        grid.addWidget(self.buttons["check"], 1, 0, 1, 2)
        grid.addWidget(self.buttons["import"], 2, 0)
        grid.addWidget(self.buttons["export"], 2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addLayout(grid)
        self._schema_row = form.labelForField(self.schema)
        self.fill_connections()
        self.file.fileChanged.connect(lambda *_: self._moved(self.connection))
        self.connection.currentIndexChanged.connect(lambda *_: self._moved(None))
        self.schema.editingFinished.connect(self.moved)
        self.url.returnPressed.connect(lambda: self.asked.emit("connect"))

    def place(self) -> CatalogueLocation:
        """Where the catalogue is."""
        connection = self.connection.currentData() or ""
        if connection:
            return CatalogueLocation("", connection, self.schema.text().strip() or SCHEMA)
        return CatalogueLocation(self.file.filePath().strip())

    def set_place(self, place: CatalogueLocation) -> None:
        """Show where the catalogue is; no signal."""
        for field in (self.file, self.connection, self.schema):
            field.blockSignals(True)
        self.file.setFilePath(place.path)
        self.connection.setCurrentIndex(max(0, self.connection.findData(place.connection)))
        self.schema.setText(place.schema or SCHEMA)
        for field in (self.file, self.connection, self.schema):
            field.blockSignals(False)
        # QGIS's widget takes the tip away with each path.
        self.file.lineEdit().setToolTip(self.file.toolTip())
        self._show_schema()

    def source(self) -> dict[str, Any]:
        """The source, as twin:harvestservices takes it."""
        found: dict[str, Any] = {"URL": self.url.text().strip()}
        return found | ({"AUTHCFG": self.auth.configId()} if self.auth.configId() else {})

    def fill_connections(self) -> None:
        """List QGIS's connections to PostgreSQL."""
        kept = self.connection.currentData()
        self.connection.blockSignals(True)
        self.connection.clear()
        self.connection.addItem(self.tr("[none: the file]"), "")
        metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
        for name in sorted(metadata.connections(False)) if metadata is not None else ():
            self.connection.addItem(name, name)
        self.connection.setCurrentIndex(max(0, self.connection.findData(kept or "")))
        self.connection.blockSignals(False)
        self._show_schema()

    def _moved(self, other: QComboBox | None) -> None:
        if other is not None and self.file.filePath().strip():
            other.blockSignals(True)
            other.setCurrentIndex(0)
            other.blockSignals(False)
        self.file.lineEdit().setToolTip(self.file.toolTip())
        self._show_schema()
        self.moved.emit()

    def _show_schema(self) -> None:
        shown = bool(self.connection.currentData())
        self.schema.setVisible(shown)
        self._schema_row.setVisible(shown)
