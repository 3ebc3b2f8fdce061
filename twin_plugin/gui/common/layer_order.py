"""Where layers come to lie in the layer tree: results of floods on top, one flood at a time, all else below them."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsLayerTreeGroup,
    QgsLayerTreeLayer,
    QgsLayerTreeNode,
    QgsMapLayer,
    QgsProject,
    QgsVectorLayer,
)

from ...bridge.kernel.outside_text import as_name
from . import floods
from .floods import Flood

_HIDDEN = "city_twin/hidden"
"""Property of a node that was switched off for another flood, and is switched on again with its own."""


def new_group(project: QgsProject, name: str, is_result: bool) -> QgsLayerTreeGroup:
    """A new group: results at the top, all else below the results; a second group of the same name gets a number."""
    root = project.layerTreeRoot()
    title, number = name, 2
    while root.findGroup(as_name(title)) is not None:
        title, number = f"{name} ({number})", number + 1
    return root.insertGroup(0 if is_result else _below_results(root), as_name(title))


def add(layer: QgsMapLayer) -> None:
    """Add a layer to the project where it hides no results of floods: points and lines where QGIS puts new layers, all
    others below the results.
    """
    if isinstance(layer, QgsVectorLayer) and layer.geometryType() != Qgis.GeometryType.Polygon:
        QgsProject.instance().addMapLayer(layer)
        return
    root = QgsProject.instance().layerTreeRoot()
    QgsProject.instance().addMapLayer(layer, False)
    root.insertLayer(_below_results(root), layer)


def group_of(project: QgsProject, layer_id: str) -> QgsLayerTreeGroup | None:
    """The group that a layer stands in; None for the top level."""
    node = project.layerTreeRoot().findLayer(layer_id)
    group = node.parent() if node is not None else None
    return group if group is not None and group.parent() is not None else None


def show_alone(flood: Flood) -> None:
    """Switch on the group of a flood, and off what the project shows of other floods and of their assessments."""
    own = set(flood.layers.values())
    own |= {layer.id() for layer in floods.assessments() if floods.run_of(layer) == flood.run}
    _show_only(own, flood.layers.get("DEPTH_MAX", ""))


def show_comparison(layer_id: str) -> None:
    """Switch on the difference of two floods, and off all floods, their assessments and other comparisons."""
    node = QgsProject.instance().layerTreeRoot().findLayer(layer_id)
    group = node.parent() if node is not None else None
    if group is not None:
        _show_only({layer.layerId() for layer in group.findLayers()}, layer_id)


def _show_only(own: set[str], first_id: str) -> None:
    """Switch on what was switched off of some results, the first of them at least, and off all other results."""
    root = QgsProject.instance().layerTreeRoot()
    for node in root.findLayers():
        if node.layerId() not in own and floods.is_result(node.layer()):
            _hide(node, own)
    shown = [node for node in root.findLayers() if node.layerId() in own]
    for node in (*shown, *(node.parent() for node in shown)):
        if node.customProperty(_HIDDEN):
            node.removeCustomProperty(_HIDDEN)
            node.setItemVisibilityCheckedParentRecursive(True)
    if shown and not any(node.isVisible() for node in shown):
        first = root.findLayer(first_id) or shown[0]
        first.setItemVisibilityCheckedParentRecursive(True)


def _hide(node: QgsLayerTreeLayer, others: set[str]) -> None:
    """Switch off the group of a result; where the group holds something else too, the layer alone."""
    group = node.parent()
    rest = group.findLayers() if group.parent() is not None else []
    whole = bool(rest) and all(_is_output(layer) and layer.layerId() not in others for layer in rest)
    hidden = group if whole else node
    if hidden.itemVisibilityChecked():
        hidden.setCustomProperty(_HIDDEN, True)
        hidden.setItemVisibilityChecked(False)


def _is_output(node: QgsLayerTreeLayer) -> bool:
    layer = node.layer()
    return layer is not None and (bool(layer.customProperty(floods.OUTPUT)) or floods.is_result(layer))


def _below_results(root: QgsLayerTreeGroup) -> int:
    """The place at the top level below the last node that holds a result."""
    return max((place + 1 for place, node in enumerate(root.children()) if _holds_result(node)), default=0)


def _holds_result(node: QgsLayerTreeNode) -> bool:
    layers = [node] if isinstance(node, QgsLayerTreeLayer) else node.findLayers()
    return any(floods.is_result(layer.layer()) for layer in layers)
