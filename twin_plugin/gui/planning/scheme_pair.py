"""Two schemes of the project: those that are compared, and a swipe on the map between them."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsMapLayer, QgsMapLayerProxyModel, QgsProject
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from ...bridge.kernel.outside_text import as_tip
from ..common import state
from ..widgets.basics import button, fill_column, make_narrow, plain_label, wrapped_label
from ..widgets.swipe import Swipe

KEY = "planning/schemes"


class SchemePair(QWidget):
    """Chooses two layers of planned buildings; `changed` when the choice changes."""

    changed = pyqtSignal()

    def __init__(self, canvas: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = [
            self._box(self.tr("Planned buildings of the first scheme.")),
            self._box(self.tr("Planned buildings of the second scheme.")),
        ]
        self.labels = [plain_label(self.tr("Scheme A")), plain_label(self.tr("Scheme B"))]
        self.note = wrapped_label()
        self.swipe = Swipe(canvas, self)
        self.swipe.changed.connect(self._show)
        tip = self.tr("Show scheme A left and scheme B right of a line on the map; drag it. Escape ends it.")
        self.swiper = button("swipe", "", tip, self.toggle)
        rows = [part for pair in zip(self.labels, self.boxes, strict=True) for part in pair]
        for label, box in zip(self.labels, self.boxes, strict=True):
            label.setBuddy(box)
        fill_column(self, *rows, self.note, self.swiper)
        self._show()

    def layers(self) -> list[QgsMapLayer]:
        """The chosen layers, each once."""
        found = [box.currentLayer() for box in self.boxes]
        return list({layer.id(): layer for layer in found if layer is not None}.values())

    def choose(self, ids: list[str]) -> None:
        """Take layers of the project as the schemes."""
        for box, layer_id in zip(self.boxes, ids, strict=False):
            layer = QgsProject.instance().mapLayer(layer_id)
            if layer is not None:
                box.setLayer(layer)

    def restore(self) -> None:
        """Take the schemes that the project remembers; none where it remembers none."""
        self.swipe.stop()
        for box in self.boxes:
            box.setLayer(None)
        self.choose([str(item) for item in state.recall(KEY, []) or []])

    def toggle(self) -> None:
        """Begin the swipe, or end it."""
        layers = self.layers()
        if self.swipe.running or len(layers) < 2:
            self.swipe.stop()
            return
        a, b = layers
        tree = QgsProject.instance().layerTreeRoot()
        for layer, shown in ((a, True), (b, False)):
            node = tree.findLayer(layer.id())
            if node is not None and shown:
                node.setItemVisibilityCheckedParentRecursive(True)
            elif node is not None:
                node.setItemVisibilityChecked(False)
        self.swipe.start({a.id(): b.id()}, (f"A: {a.name()}", f"B: {b.name()}"))

    def _box(self, tip: str) -> QgsMapLayerComboBox:
        box = QgsMapLayerComboBox()
        box.setAllowEmptyLayer(True, self.tr("[Not set]"))
        box.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        make_narrow(box)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.setToolTip(as_tip(tip))
        box.setAccessibleName(tip)
        box.setLayer(None)
        box.activated.connect(lambda *_: self._keep())
        box.layerChanged.connect(lambda *_: self._show())
        return box

    def _keep(self) -> None:
        state.remember(KEY, [layer.id() for layer in self.layers()])
        self.swipe.stop()

    def _show(self) -> None:
        if not hasattr(self, "swiper"):
            return
        enough = len(self.layers()) == 2
        self.swiper.setText(self.tr("End the swipe") if self.swipe.running else self.tr("Swipe on the map"))
        self.swiper.setEnabled(enough or self.swipe.running)
        self.note.setText("" if enough else self.tr("Choose two schemes to compare them."))
        self.note.setVisible(not enough)
        self.changed.emit()
