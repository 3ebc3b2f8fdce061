"""Where the catalogue is, and the sources that fill it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsProviderRegistry, QgsSettings
from qgis.gui import QgsAuthConfigSelect, QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QGridLayout, QLineEdit, QSizePolicy, QWidget

from ...bridge.kernel.outside_text import as_tip
from ..common import settings, state
from ..widgets.basics import button, fill_column, narrow_combo
from .catalogue_search import CatalogueLocation

SCHEMA = "twin_services"
LOCATION = "services/catalogue"
LAST_LOCATION = f"{settings.PREFIX}/services/catalogue"


class ServiceSources(QWidget):
    """The catalogue's file or connection, kept in the project and the profile, and the address of a source.

    Signals: `moved()` when another catalogue is chosen, and one for each button.
    """

    moved = pyqtSignal()
    connect_wanted = pyqtSignal()
    check_wanted = pyqtSignal()
    import_wanted = pyqtSignal()
    export_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = QgsFileWidget()
        self.file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file.setConfirmOverwrite(False)
        self.file.setFilter(self.tr("GeoPackage (*.gpkg)"))
        self.file.setDialogTitle(self.tr("Catalogue of services"))
        self.connection = narrow_combo()
        self.connection.addItem(self.tr("[none: the file]"), "")
        metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
        for name in sorted(metadata.connections(False)) if metadata is not None else ():
            self.connection.addItem(name, name)
        self.schema = QLineEdit(SCHEMA)
        self.url = QLineEdit()
        self.url.setPlaceholderText("https://…")
        self.auth = QgsAuthConfigSelect()
        # Its list may be narrower than the longest name in it.
        self.auth.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.auth.setMinimumWidth(self.fontMetrics().averageCharWidth() * 24)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for label, field, tip in (
            (self.tr("Catalogue (file)"), self.file,
             self.tr("The GeoPackage with the services; a new name creates a new one.")),
            (self.tr("Or a PostGIS connection"), self.connection,
             self.tr("A PostgreSQL connection of QGIS to a shared catalogue.")),
            (self.tr("Schema"), self.schema,
             self.tr("The schema of the catalogue in that database.")),
            (self.tr("Connect a source"), self.url,
             self.tr("Address of a server or catalogue of any kind, a folder of GIS files, or the "
                       "name of a PostgreSQL connection.")),
            (self.tr("Authentication"), self.auth,
             self.tr("Authentication for the source; the catalogue stores only its name.")),
        ):  # fmt: skip
            field.setToolTip(as_tip(tip))
            for inner in field.findChildren(QWidget):
                if not inner.toolTip():
                    inner.setToolTip(as_tip(tip))
            form.addRow(label, field)
        grid = QGridLayout()
        self.connect_button = button(
            "",
            self.tr("Connect and read"),
            self.tr("Read what the source offers into the catalogue."),
            self.connect_wanted.emit,
        )
        grid.addWidget(self.connect_button, 0, 0, 1, 2)
        for text, tip, signal, cell in (
            (self.tr("Check all"), self.tr("Check whether every service of the catalogue answers."), self.check_wanted,
             (1, 0, 1, 2)),
            (self.tr("Import…"), self.tr("Read records from a file: OGC API Records or CSV."), self.import_wanted,
             (2, 0)),
            (self.tr("Export…"), self.tr("Write the catalogue as OGC API Records or CSV."), self.export_wanted,
             (2, 1)),
        ):  # fmt: skip
            grid.addWidget(button("", text, tip, signal.emit), *cell)
        fill_column(self, form, grid)
        self._schema_row = form.labelForField(self.schema)
        self._show_schema()
        self.file.fileChanged.connect(lambda *_: self._edited(self.connection))
        self.connection.currentIndexChanged.connect(lambda *_: self._edited(None))
        self.schema.editingFinished.connect(self._moved)
        self.url.returnPressed.connect(self.connect_wanted)

    def restore(self) -> None:
        """Take the catalogue of the project, else the last one of the profile, else the profile's own; no signal."""
        kept = state.recall(LOCATION, None) or QgsSettings().value(LAST_LOCATION, None)
        is_location = isinstance(kept, dict) and set(kept) <= {"path", "connection", "schema"}
        location = CatalogueLocation(**kept) if is_location else CatalogueLocation()
        own = Path(QgsApplication.qgisSettingsDirPath()) / "city_twin" / "services.gpkg"
        self._show(location or CatalogueLocation(str(own)))

    def choose(self, location: CatalogueLocation) -> None:
        """Take another catalogue."""
        self._show(location)
        self._moved()

    def location(self) -> CatalogueLocation:
        """Where the catalogue is."""
        connection = self.connection.currentData() or ""
        if connection:
            return CatalogueLocation("", connection, self.schema.text().strip() or SCHEMA)
        return CatalogueLocation(self.file.filePath().strip())

    def _show(self, location: CatalogueLocation) -> None:
        for field in (self.file, self.connection, self.schema):
            field.blockSignals(True)
        self.file.setFilePath(location.path)
        self.connection.setCurrentIndex(max(0, self.connection.findData(location.connection)))
        self.schema.setText(location.schema or SCHEMA)
        for field in (self.file, self.connection, self.schema):
            field.blockSignals(False)
        # QGIS's widget takes the tip away with each path.
        self.file.lineEdit().setToolTip(self.file.toolTip())
        self._show_schema()

    def source(self) -> dict[str, Any]:
        """The source, as twin:harvestservices takes it."""
        found: dict[str, Any] = {"URL": self.url.text().strip()}
        return found | ({"AUTHCFG": self.auth.configId()} if self.auth.configId() else {})

    def _moved(self) -> None:
        """Keep the catalogue in the project and the profile."""
        kept = asdict(self.location())
        QgsSettings().setValue(LAST_LOCATION, kept)
        state.remember(LOCATION, kept)
        self.moved.emit()

    def _edited(self, other: QComboBox | None) -> None:
        if other is not None and self.file.filePath().strip():
            other.blockSignals(True)
            other.setCurrentIndex(0)
            other.blockSignals(False)
        self.file.lineEdit().setToolTip(self.file.toolTip())
        self._show_schema()
        self._moved()

    def _show_schema(self) -> None:
        shown = bool(self.connection.currentData())
        self.schema.setVisible(shown)
        self._schema_row.setVisible(shown)
