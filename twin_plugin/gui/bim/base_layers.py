"""Layers of twin bases in the project, and what the Buildings dock shows on the map."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsMapLayer,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QTimer

from ...bridge.bim.model_source import ModelSource
from ...bridge.bim.model_tables import BUILDINGS, MODELS, OPENINGS, SOLIDS, STOREYS, UNDERGROUND, ModelTables
from ...bridge.kernel import legend
from ...bridge.kernel.outside_text import as_name
from ...core.common.errors import ResourceError
from ..common import bases, layer_order
from . import sources

translate = QCoreApplication.translate

ORDER = (OPENINGS, STOREYS, UNDERGROUND, BUILDINGS, SOLIDS)
HIDDEN = (STOREYS, UNDERGROUND, SOLIDS)
"""Closed shells are for 3D views and exports; a base without them has an empty table, which is not added."""
SURROUNDINGS = 2.5
"""The map shows a building with its neighbours: so many times its own extent."""


def add(base: ModelSource, then: Callable[[list[str]], None]) -> None:
    """Add the tables of a base to the project as one group, one in each turn of the event loop.

    Raises
    ------
    TwinError
        When the base cannot be reached.
    """
    tables, there = sources.tables(base), sources.layers(base)
    missing = [table for table in ORDER if table not in there and (table != SOLIDS or _has_solids(tables))]
    if not missing:
        then([layer.id() for layer in there.values()])
        return
    group = layer_order.new_group(QgsProject.instance(), bases.base_title(base), False)
    added: list[str] = []

    def next_one() -> None:
        if not missing:
            then(added)
            return
        table = missing.pop(0)
        layer = QgsVectorLayer(tables.uris[table], _title(table), tables.provider)
        if layer.isValid():
            layer.setReadOnly(True)
            legend.translate(layer)
            QgsProject.instance().addMapLayer(layer, False)
            node = group.addLayer(layer)
            node.setItemVisibilityChecked(table not in HIDDEN)
            node.setExpanded(table == BUILDINGS)
            added.append(layer.id())
        QTimer.singleShot(0, next_one)

    next_one()


def add_models(base: ModelSource) -> QgsVectorLayer | None:
    """Add the table of the models of a base to the project; None when it cannot be opened."""
    try:
        tables = sources.tables(base)
    except ResourceError:
        return None
    layer = QgsVectorLayer(tables.uris[MODELS], as_name(bases.base_title(base)), tables.provider)
    if not layer.isValid():
        return None
    layer.setReadOnly(True)
    QgsProject.instance().addMapLayer(layer)
    return layer


def refresh(base: ModelSource) -> None:
    """Reload the project's layers of a base after it was written."""
    for layer in sources.layers(base).values():
        layer.dataProvider().reloadData()
        layer.updateExtents()
        layer.triggerRepaint()


def hide(layer: QgsMapLayer | None) -> None:
    """Switch off the group of a run, or the layer where it stands in none."""
    root = QgsProject.instance().layerTreeRoot()
    if layer is None or sip.isdeleted(layer) or (node := root.findLayer(layer.id())) is None:
        return
    (node if node.parent() is root else node.parent()).setItemVisibilityChecked(False)


def show_shapes(canvas: QgsMapCanvas, shapes: Sequence[QgsGeometry], crs: QgsCoordinateReferenceSystem) -> None:
    """Bring geometries into view and flash them."""
    box = QgsRectangle()
    for shape in shapes:
        box.combineExtentWith(shape.boundingBox())
    transform = QgsCoordinateTransform(crs, canvas.mapSettings().destinationCrs(), QgsProject.instance())
    try:
        box = transform.transformBoundingBox(box)
    except QgsCsException:
        return
    box.scale(SURROUNDINGS)
    canvas.setExtent(box)
    canvas.refresh()
    canvas.flashGeometries(list(shapes), crs)


def _has_solids(tables: ModelTables) -> bool:
    """Whether a base holds closed shells; one of an older version lacks the table."""
    layer = QgsVectorLayer(tables.uris[SOLIDS], SOLIDS, tables.provider)
    return layer.isValid() and layer.featureCount() != 0


def _title(table: str) -> str:
    return {
        BUILDINGS: translate("BuildingsDock", "Buildings"),
        STOREYS: translate("BuildingsDock", "Storeys"),
        OPENINGS: translate("BuildingsDock", "Openings"),
        UNDERGROUND: translate("BuildingsDock", "Below ground"),
        SOLIDS: translate("BuildingsDock", "Closed shells"),
    }[table]
