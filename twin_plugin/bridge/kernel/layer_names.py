"""What a layer is called: by people, or by its table where it has only the name of its file."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProviderRegistry, QgsVectorLayer


def layer_names(layer: QgsVectorLayer) -> tuple[str, ...]:
    """What a layer is called, first by its table where it has only the name of its file, which other layers share."""
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    table, path = str(parts.get("layerName") or ""), str(parts.get("path") or "")
    if not table or table == layer.name():
        return (layer.name(),)
    return (table, layer.name()) if layer.name() == Path(path).stem else (layer.name(), table)
