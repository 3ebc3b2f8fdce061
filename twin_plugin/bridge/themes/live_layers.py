"""Layers of sensors, which QGIS reads once and keeps: read again, and their filter, which is a part of their source."""

from __future__ import annotations

from qgis.core import QgsDataSourceUri, QgsMapLayer, QgsProject, QgsVectorLayer

SENSORS = "sensorthings"
"""QGIS's provider, whose layers are always those of a filter: the property that is observed."""


def read_again(layer: QgsMapLayer) -> None:
    """Let a layer of a project forget what it read; on the main thread, which waits for nothing.

    Reloading a layer of sensors does nothing in QGIS 3.40, and opening its source asks the server at once. Another
    filter makes it read again: the same one, in brackets or without them. The project is no more changed than it was.
    """
    if not (isinstance(layer, QgsVectorLayer) and layer.providerType() == SENSORS):
        layer.reload()
        return
    project = layer.project()
    dirty = project.isDirty() if isinstance(project, QgsProject) else True
    text = layer.subsetString()
    plain = _plain(text)
    if plain:
        layer.setSubsetString(plain if text != plain else f"({plain})")
    if not dirty:
        project.setDirty(False)


def own_filter(layer: QgsMapLayer) -> str:
    """The filter of a layer, the same whether it was read again or not; "" for none."""
    if not isinstance(layer, QgsVectorLayer):
        return ""
    text = str(layer.subsetString())
    return _plain(text) if layer.providerType() == SENSORS else text


def without_filter(layer: QgsMapLayer) -> str:
    """The source of a layer of sensors without its filter."""
    uri = QgsDataSourceUri(layer.source())
    uri.setSql("")
    return str(uri.uri(False))


def _plain(text: str) -> str:
    return text[1:-1] if text.startswith("(") and text.endswith(")") else text
