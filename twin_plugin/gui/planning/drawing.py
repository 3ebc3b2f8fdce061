"""Points and lines that the user draws on the map, into layers of the project that the reviews then read."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.gui import QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal
from qgis.PyQt.QtGui import QColor

from ..common import result_layers
from ..widgets.map_tools import LineTool, PointTool
from .reviews import Drawn

MARK = "city_twin/drawn"
"""Property of a layer that was drawn: the key of what it holds."""
INK = "#c2185b"


def layer_of(what: Drawn) -> QgsVectorLayer | None:
    """The layer of the project with what was drawn."""
    for layer in QgsProject.instance().mapLayers().values():
        if isinstance(layer, QgsVectorLayer) and layer.customProperty(MARK) == what.key:
            return layer
    return None


def add(what: Drawn, geometry: QgsGeometry, crs: Any) -> QgsVectorLayer:
    """Put a geometry of the map into its layer, which is created where there is none."""
    layer = layer_of(what) or _new_layer(what, crs)
    transform = QgsCoordinateTransform(crs, layer.crs(), QgsProject.instance())
    geometry.transform(transform)
    number = max((int(feature["id"]) for feature in layer.getFeatures()), default=0) + 1
    feature = QgsFeature(layer.fields())
    feature.setAttributes([number, f"{layer.name()} {number}"])
    feature.setGeometry(geometry)
    layer.dataProvider().addFeatures([feature])
    _show_changed(layer)
    return layer


def clear(what: Drawn) -> list[QgsFeature]:
    """Remove all that was drawn of a kind; returns it."""
    layer = layer_of(what)
    if layer is None:
        return []
    gone = [QgsFeature(feature) for feature in layer.getFeatures()]
    layer.dataProvider().truncate()
    _show_changed(layer)
    return gone


def put_back(what: Drawn, features: list[QgsFeature]) -> None:
    """Draw again what was removed, where its layer is still there."""
    layer = layer_of(what)
    if layer is not None:
        layer.dataProvider().addFeatures(features)
        _show_changed(layer)


def remove_last(what: Drawn) -> None:
    """Remove what was drawn last of a kind."""
    layer = layer_of(what)
    last = max(layer.getFeatures(), key=lambda feature: int(feature["id"]), default=None) if layer is not None else None
    if layer is not None and last is not None:
        layer.dataProvider().deleteFeatures([last.id()])
        _show_changed(layer)


def count(what: Drawn) -> int:
    """How much is drawn of a kind."""
    layer = layer_of(what)
    return 0 if layer is None else int(layer.featureCount())


def _show_changed(layer: QgsVectorLayer) -> None:
    layer.updateExtents()
    layer.triggerRepaint()


def _new_layer(what: Drawn, crs: Any) -> QgsVectorLayer:
    """A layer in memory, above all others: QGIS asks whether to keep it when the project is closed."""
    translate = QCoreApplication.translate
    names = {
        Drawn.VIEWPOINTS: translate("PlanningDrawing", "Drawn viewpoint"),
        Drawn.PATHS: translate("PlanningDrawing", "Drawn path"),
        Drawn.CORRIDORS: translate("PlanningDrawing", "Drawn view corridor"),
        Drawn.SECTIONS: translate("PlanningDrawing", "Drawn section"),
    }
    layer = QgsVectorLayer(f"{what.geometry}?field=id:integer&field=name:string", names[what], "memory")
    layer.setCrs(crs)
    layer.setCustomProperty(MARK, what.key)
    point = {"color": INK, "outline_color": "#ffffff", "size": "3.2"}
    result_layers.draw_simply(layer, point if what.geometry == "Point" else {"color": INK, "width": "0.7"})
    QgsProject.instance().addMapLayer(layer, False)
    QgsProject.instance().layerTreeRoot().insertLayer(0, layer)
    return layer


class Drawing(QObject):
    """The map tools of the dock: one thing is drawn at a time.

    `drawn(what, layer id)` comes with each point and line, `changed` when drawing begins or ends.
    """

    drawn = pyqtSignal(object, str)
    changed = pyqtSignal()

    def __init__(self, canvas: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.canvas = canvas
        self.what: Drawn | None = None
        self.points, self.lines = PointTool(canvas), LineTool(canvas)
        self.points.clicked.connect(lambda point: self.take([point]))
        self.lines.drawn.connect(self.take)
        self.lines.changed.connect(self._preview)
        self._band: QgsRubberBand | None = None
        self._cleared: dict[Drawn, list[QgsFeature]] = {}
        for tool in (self.points, self.lines):
            tool.deactivated.connect(self._left)

    def begin(self, what: Drawn) -> None:
        """Draw something from now on."""
        self.what = what
        self._before: QgsMapTool | None = self.canvas.mapTool()
        self.canvas.setMapTool(self.points if what.geometry == "Point" else self.lines)
        self.what = what  # the tool of before may have been ours, and left
        self.changed.emit()

    def end(self) -> None:
        """Draw nothing any more."""
        for tool in (self.points, self.lines):
            self.canvas.unsetMapTool(tool)

    def take(self, vertices: list[QgsPointXY]) -> None:
        """Keep a point or a line of the map."""
        if self.what is None:
            return
        point = self.what.geometry == "Point"
        geometry = QgsGeometry.fromPointXY(vertices[0]) if point else QgsGeometry.fromPolylineXY(vertices)
        layer = add(self.what, geometry, self.canvas.mapSettings().destinationCrs())
        self._preview([])
        self._cleared.pop(self.what, None)
        self.drawn.emit(self.what, layer.id())
        self.changed.emit()

    def clear(self, what: Drawn) -> None:
        """Remove all that was drawn of a kind; `undo` brings it back."""
        gone = clear(what)
        if gone:
            self._cleared[what] = gone
        self.changed.emit()

    def undo(self, what: Drawn) -> None:
        """Bring back what was cleared last, else take back what was drawn last."""
        gone = self._cleared.pop(what, None)
        if gone:
            put_back(what, gone)
        else:
            remove_last(what)
        self.changed.emit()

    def can_undo(self, what: Drawn) -> bool:
        """Whether there is something to take back or to bring back."""
        return count(what) > 0 or (layer_of(what) is not None and bool(self._cleared.get(what)))

    def forget(self) -> None:
        """Another project: what was cleared belongs to the one before."""
        self.end()
        self._cleared.clear()

    def close_down(self) -> None:
        """Leave the map as it was: before the dock is deleted."""
        self.end()
        if self._band is not None:
            self.canvas.scene().removeItem(self._band)
            self._band = None

    def _preview(self, vertices: list[QgsPointXY]) -> None:
        """Show the line that is being drawn."""
        if self._band is None:
            self._band = QgsRubberBand(self.canvas, QgsWkbTypes.GeometryType.LineGeometry)
            self._band.setColor(QColor(INK))
            self._band.setWidth(2)
        self._band.reset(QgsWkbTypes.GeometryType.LineGeometry)
        for vertex in vertices:
            self._band.addPoint(vertex)

    def _left(self) -> None:
        self.what = None
        self.changed.emit()
