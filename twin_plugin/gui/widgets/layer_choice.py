"""A row to choose one layer of the project, which shows what is chosen elsewhere too."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import Qgis, QgsMapLayer, QgsProject
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from ...bridge.kernel.outside_text import as_tip
from .basics import fill_column, make_narrow, plain_label


class LayerChoice(QWidget):
    """A label and a combo box of layers; `chosen(layer id)` when the user took one. Hidden while there is none.

    Parameters
    ----------
    label, tip, empty : str
        Of the row, of the box, and the text of the box while no layer is chosen.
    kind : Qgis.LayerFilter
        The layers that it offers.
    """

    chosen = pyqtSignal(str)

    def __init__(self, label: str, tip: str, empty: str, kind: Qgis.LayerFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QgsMapLayerComboBox()
        self.box.setAllowEmptyLayer(True, empty)
        self.box.setFilters(kind)
        make_narrow(self.box)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box.setToolTip(as_tip(tip))
        self.box.setAccessibleName(label)
        title = plain_label(label)
        title.setWordWrap(True)
        title.setBuddy(self.box)
        fill_column(self, title, self.box)
        self.box.activated.connect(lambda *_: self._take())

    def show_layers(self, offered: Iterable[QgsMapLayer], current: QgsMapLayer | None) -> None:
        """Offer these layers alone, with one of them chosen, or none."""
        kept = {layer.id() for layer in offered}
        others = [layer for layer in QgsProject.instance().mapLayers().values() if layer.id() not in kept]
        self.box.blockSignals(True)
        self.box.setExceptedLayerList(others)
        self.box.setLayer(current)
        self.box.blockSignals(False)
        self.setVisible(bool(kept))

    def _take(self) -> None:
        layer = self.box.currentLayer()
        if layer is not None:
            self.chosen.emit(layer.id())
