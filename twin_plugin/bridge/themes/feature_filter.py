"""Layers that show only the features behind a number, within the filter that they have, and get it back."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import NULL, QgsExpression, QgsFeatureRequest, QgsMapLayer, QgsVectorLayer

from .feature_values import LayerFeatures

MOST = 5_000
"""So many features are listed and named in a filter at most."""
OWN_FILTER = "city_twin/own_filter"
"""Property of a layer that shows only what is behind a number: the filter that it had before."""


def label_field(layer: QgsVectorLayer) -> str:
    """The field that names a layer's features, "" for none."""
    names = layer.fields().names()
    for name in ("name", "title", "id"):
        if name in names:
            return name
    return layer.displayField() or (names[0] if names else "")


def labels(features: LayerFeatures, field: str, ids: Sequence[int]) -> dict[int, str]:
    """The names of some features by a field; to be called in any thread."""
    place = features.fields.lookupField(field)
    if place < 0:
        return {}
    request = QgsFeatureRequest().setFilterFids(list(ids)).setSubsetOfAttributes([place])
    request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
    values = ((feature.id(), feature.attribute(place)) for feature in features.source.getFeatures(request))
    return {number: "" if value is None or value == NULL else str(value) for number, value in values}


def show_only(layer: QgsVectorLayer, ids: Sequence[int]) -> bool:
    """Let a layer show only some features, within the filter that it has; whether its source can do that."""
    keys = layer.primaryKeyAttributes()
    if len(keys) != 1 or not ids or layer.isEditable():
        return False
    own = layer.subsetString()
    key = QgsExpression.quotedColumnRef(layer.fields().at(keys[0]).name())
    only = f"{key} IN ({','.join(str(int(number)) for number in ids)})"
    layer.setCustomProperty(OWN_FILTER, own)
    if not layer.setSubsetString(f"({own}) AND {only}" if own else only):
        layer.setSubsetString(own)
        layer.removeCustomProperty(OWN_FILTER)
        return False
    return True


def show_all(layer: QgsVectorLayer) -> None:
    """Give a layer its own filter back, unless it shows its own."""
    own = layer.customProperty(OWN_FILTER)
    if own is not None:
        layer.removeCustomProperty(OWN_FILTER)
        layer.setSubsetString(str(own))


def unfiltered(layer: QgsMapLayer) -> QgsMapLayer:
    """The layer, or a copy with its own filter where it shows only the features behind a number."""
    own = layer.customProperty(OWN_FILTER) if isinstance(layer, QgsVectorLayer) else None
    if own is None:
        return layer
    copy = layer.clone()
    copy.setSubsetString(str(own))
    return copy
