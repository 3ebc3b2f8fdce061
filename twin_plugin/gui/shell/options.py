"""The page of City Twin in QGIS's options."""

from __future__ import annotations

from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QFormLayout, QSpinBox, QWidget

from ...bridge.kernel import schedulers
from ...bridge.net import login_servers
from ...core.common.processes import default_workers
from ..common import settings
from ..widgets.basics import button, icon
from .dependencies import Installer
from .packages_box import PackagesBox

PAGE = "CityTwinOptions"


class OptionsPage(QgsOptionsPageWidget):
    """Widgets for `settings.Settings`; stored when the dialog is accepted."""

    def __init__(self, installer: Installer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(PAGE)
        now = settings.load()
        cores = default_workers()
        self.workers = self._spin(now.workers, cores, self.tr("automatic"), "")
        self.workers.setToolTip(
            self.tr("How many models are read at the same time. Each worker is a process of its own.")
        )
        self.timeout = self._spin(now.timeout_s, 36000, self.tr("the algorithm's own"), self.tr(" s"))
        self.timeout.setToolTip(self.tr("A model that takes longer than this is stopped and reported as failed."))
        self.threads = self._spin(now.threads, cores, self.tr("all but one"), "")
        self.threads.setToolTip(self.tr("How many cores the flood solver uses; one is left for the map by default."))
        self.folder = QgsFileWidget()
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setFilePath(now.results_folder)
        self.folder.lineEdit().setPlaceholderText(self.tr("beside the project file"))
        self.folder.setToolTip(
            self.tr(
                "Every run gets a folder of its own in this one. Empty: the folder city_twin beside the project file."
            )
        )
        self.zoom = QCheckBox(self.tr("Zoom to the results when a run has ended"))
        self.zoom.setChecked(now.zoom_to_results)
        self.zoom.setToolTip(self.tr("Off: the map stays where it is."))
        self.level = QComboBox()
        labels = {"quiet": self.tr("warnings only"), "normal": self.tr("normal"), "everything": self.tr("everything")}
        for name, label in labels.items():
            self.level.addItem(label, name)
        self.level.setCurrentIndex(self.level.findData(now.log_level))
        self.level.setToolTip(self.tr("Level of detail in the tab City Twin of QGIS's log messages."))
        self.taxonomy = self._table(now.taxonomy_table)
        self.taxonomy.setToolTip(
            self.tr("A table with code, zh, en and parent; it replaces the plugin's 25 subdivisions.")
        )
        self.words = self._table(now.subdivision_words)
        self.words.setToolTip(self.tr("A table with word, code, weight and where: keywords that suggest subdivisions."))
        self.documents = QgsFileWidget()
        self.documents.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.documents.setFilePath(now.documents_folder)
        self.documents.lineEdit().setPlaceholderText(self.tr("in the profile"))
        self.documents.setToolTip(
            self.tr(
                "Your own themes, districts and scenarios are in the folders themes, districts and scenarios of this "
                "one. Empty: the folder city_twin of your QGIS profile."
            )
        )
        self.forget = button(
            "",
            self.tr("Ask again"),
            self.tr(
                "Forget to which servers your logins may go and which schedulers may be connected to: the next use "
                "asks again. The Resource of an authentication configuration still counts."
            ),
            self._forget,
        )
        layout = QFormLayout(self)
        layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        layout.addRow(self.tr("Worker processes for models"), self.workers)
        layout.addRow(self.tr("Time limit for one model"), self.timeout)
        layout.addRow(self.tr("Threads of the flood solver"), self.threads)
        layout.addRow(self.tr("Folder of the results"), self.folder)
        layout.addRow(self.zoom)
        layout.addRow(self.tr("Subdivisions of data services"), self.taxonomy)
        layout.addRow(self.tr("Keywords for guessing subdivisions"), self.words)
        layout.addRow(self.tr("Own themes, districts and scenarios"), self.documents)
        layout.addRow(self.tr("Log"), self.level)
        layout.addRow(self.tr("Confirmed servers"), self.forget)
        self.packages = PackagesBox(installer)
        layout.addRow(self.packages)

    def apply(self) -> None:
        """Store what is shown."""
        settings.save(
            settings.Settings(
                workers=self.workers.value(),
                timeout_s=self.timeout.value(),
                threads=self.threads.value(),
                results_folder=self.folder.filePath().strip(),
                zoom_to_results=self.zoom.isChecked(),
                log_level=self.level.currentData(),
                taxonomy_table=self.taxonomy.filePath().strip(),
                subdivision_words=self.words.filePath().strip(),
                documents_folder=self.documents.filePath().strip(),
            )
        )

    def _forget(self) -> None:
        login_servers.forget()
        schedulers.forget()
        self.forget.setEnabled(False)

    def _table(self, path: str) -> QgsFileWidget:
        field = QgsFileWidget()
        field.setFilter(self.tr("Tables (*.csv)"))
        field.setFilePath(path)
        field.lineEdit().setPlaceholderText(self.tr("the plugin's own"))
        return field

    @staticmethod
    def _spin(value: int, maximum: int, automatic: str, suffix: str) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(0, maximum)
        spin.setSpecialValueText(automatic)
        spin.setSuffix(suffix)
        spin.setValue(value)
        return spin


class OptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page when the options are opened."""

    def __init__(self, installer: Installer) -> None:
        super().__init__()
        self.installer = installer
        self.setKey(PAGE)
        self.setTitle(self.tr("City Twin"))
        self.setIcon(icon("twin"))

    def createWidget(self, parent: QWidget | None = None) -> OptionsPage:
        return OptionsPage(self.installer, parent)
