"""The colours in which a layer's style draws its features: charts beside the map use the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qgis.core import QgsFeature, QgsRenderContext, QgsVectorLayer

OTHER = "#8d98a3"
"""Of features that the style does not draw."""


def with_colours(layer: QgsVectorLayer, features: Iterable[QgsFeature]) -> Iterator[tuple[QgsFeature, str]]:
    """Each feature with the colour of its symbol."""
    renderer, context = layer.renderer().clone(), QgsRenderContext()
    renderer.startRender(context, layer.fields())
    try:
        for feature in features:
            symbol = renderer.symbolForFeature(feature, context)
            yield feature, symbol.color().name() if symbol is not None else OTHER
    finally:
        renderer.stopRender(context)
