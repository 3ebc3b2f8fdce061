"""The choice of where the models come from: a run in the project, or a twin base."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsProviderRegistry
from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...bridge.kernel import resources
from .sources import ModelSource

DEFAULT_SCHEMA = "twin_base"


class SourceBar(QWidget):
    """A combo of sources; `chosen` gives a key, also of one that was opened, `reload` and `show_layers` what to do."""

    chosen = pyqtSignal(str)
    reload = pyqtSignal()
    show_layers = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        self.combo = QComboBox()
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(12)
        self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.combo.setToolTip(
            translate("SourceBar", "Where the listed models are: a run in the project, or a twin base.")
        )
        self.combo.activated.connect(lambda _: self.chosen.emit(str(self.combo.currentData() or "")))
        label = QLabel(translate("SourceBar", "Models of"))
        label.setBuddy(self.combo)
        self.more = QToolButton()
        self.more.setText(translate("SourceBar", "Base"))
        self.more.setIcon(QIcon(str(resources.icon("twin"))))
        self.more.setToolTip(
            translate("SourceBar", "Open or make a twin base, look into it again, or show it on the map.")
        )
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self)
        self.menu.addAction(translate("SourceBar", "Open a twin base…"), self._open)
        self.menu.addAction(translate("SourceBar", "New twin base…"), self._new)
        self.menu.addAction(translate("SourceBar", "Twin base in PostGIS…"), self._postgis)
        self.menu.addSeparator()
        self.again = self.menu.addAction(translate("SourceBar", "Look into it again"), self.reload.emit)
        self.layers = self.menu.addAction(translate("SourceBar", "Show it on the map"), self.show_layers.emit)
        self.more.setMenu(self.menu)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.combo, 1)
        row.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addLayout(row)

    def offer(self, sources: Sequence[ModelSource], key: str) -> None:
        """Offer some sources and show which is chosen; the first entry stands for new layers in the project."""
        self.combo.blockSignals(True)
        self.combo.clear()
        if not any(not source.is_base for source in sources):
            self.combo.addItem(QCoreApplication.translate("SourceBar", "this project (nothing read yet)"), "")
        for source in sources:
            self.combo.addItem(source.title, source.key)
        self.combo.setCurrentIndex(max(0, self.combo.findData(key)))
        self.combo.blockSignals(False)
        base = key != "" and not key.startswith("layer:")
        self.layers.setEnabled(base)
        self.again.setEnabled(key != "")

    def _open(self) -> None:
        title = QCoreApplication.translate("SourceBar", "Open a twin base")
        path, _ = QFileDialog.getOpenFileName(self, title, "", "GeoPackage (*.gpkg)")
        if path:
            self.chosen.emit(f"file:{path}")

    def _new(self) -> None:
        title = QCoreApplication.translate("SourceBar", "Name a new twin base")
        path, _ = QFileDialog.getSaveFileName(self, title, "", "GeoPackage (*.gpkg)")
        if path:
            self.chosen.emit(f"file:{path if path.lower().endswith('.gpkg') else str(Path(path)) + '.gpkg'}")

    def _postgis(self) -> None:
        metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
        names = sorted(metadata.connections(False)) if metadata is not None else []
        title = QCoreApplication.translate("SourceBar", "Twin base in PostGIS")
        text = QCoreApplication.translate(
            "SourceBar", "Connection/schema. Connections are made in QGIS's browser panel, under PostgreSQL."
        )
        offers = [f"{name}/{DEFAULT_SCHEMA}" for name in names]
        place, accepted = QInputDialog.getItem(self, title, text, offers, 0, True)
        if accepted and "/" in place:
            self.chosen.emit(f"postgres:{place}")
