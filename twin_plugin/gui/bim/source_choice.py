"""The choice of where the listed models come from: a run in the project, or a twin base."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from ...bridge.bim.model_source import ModelSource
from ..common import bases, state
from ..widgets.base_questions import ask_file, ask_postgis
from ..widgets.basics import fill_column, icon, narrow_combo, plain_label
from . import sources

SOURCE = "buildings/source"


class SourceChoice(QWidget):
    """Offers the project's model sources, and keeps the chosen one in the project.

    Signals: `changed()` after the user or the plugin has chosen a source; `reload()` and `show_layers()` when the user
    asks for either.

    Attributes
    ----------
    source : ModelSource
        What is chosen; false for none.
    """

    changed = pyqtSignal()
    reload = pyqtSignal()
    show_layers = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = ModelSource()
        self._offered: list[ModelSource] = []
        self.combo = narrow_combo(letters=12)
        self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.combo.setToolTip(self.tr("Source of the listed models: a run in the project, or a twin base."))
        self.combo.activated.connect(lambda index: self.choose(self._offered[index]))
        label = plain_label(self.tr("Models from"))
        label.setBuddy(self.combo)
        self.more = QToolButton()
        self.more.setText(self.tr("Base"))
        self.more.setIcon(icon("twin"))
        self.more.setToolTip(self.tr("Open or create a twin base, reload its list, or show it on the map."))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self)
        self.menu.addAction(self.tr("Open a twin base…"), self._open)
        self.menu.addAction(self.tr("New twin base…"), self._new)
        self.menu.addAction(self.tr("Twin base in PostGIS…"), self._postgis)
        self.menu.addSeparator()
        self.again = self.menu.addAction(self.tr("Reload the list"), self.reload.emit)
        self.layers = self.menu.addAction(self.tr("Show it on the map"), self.show_layers.emit)
        self.more.setMenu(self.menu)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.combo, 1)
        row.addWidget(self.more)
        fill_column(self, label, row)

    def choose(self, source: ModelSource) -> None:
        """Choose a source, also one that is not offered yet."""
        if source.is_base:
            bases.remember(source)
        state.remember(SOURCE, source.text)
        self.source = source
        self._offer(sources.available())
        self.changed.emit()

    def refresh(self) -> bool:
        """Offer what the project now holds; True when the chosen source is no more and another has taken its place."""
        available, before = sources.available(), self.source
        if self.source not in available:
            kept = ModelSource.parse(str(state.recall(SOURCE, "") or ""))
            self.source = kept if kept in available else next(iter(available), ModelSource())
        self._offer(available)
        return self.source != before

    def forget(self) -> None:
        """Choose nothing: the project is another one."""
        self.source = ModelSource()

    def _offer(self, available: dict[ModelSource, str]) -> None:
        """Fill the combo box; without a report its first entry stands for new layers in the project."""
        offered = dict(available)
        if not any(source.layer_id for source in available):
            offered = {ModelSource(): self.tr("this project (no models read yet)"), **offered}
        self._offered = list(offered)
        self.combo.blockSignals(True)
        self.combo.clear()
        self.combo.addItems(list(offered.values()))
        self.combo.setCurrentIndex(self._offered.index(self.source) if self.source in offered else 0)
        self.combo.blockSignals(False)
        self.layers.setEnabled(self.source.is_base)
        self.again.setEnabled(bool(self.source))

    def _open(self) -> None:
        source = ask_file(self)
        if source:
            self.choose(source)

    def _new(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Name a new twin base"), "", "GeoPackage (*.gpkg)")
        if path:
            whole = path if path.lower().endswith(".gpkg") else str(Path(path)) + ".gpkg"
            self.choose(ModelSource(path=whole))

    def _postgis(self) -> None:
        source = ask_postgis(self)
        if source:
            self.choose(source)
