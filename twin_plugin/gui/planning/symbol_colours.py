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
            context.expressionContext().setFeature(feature)
            symbols = renderer.originalSymbolsForFeature(feature, context)
            yield feature, symbols[0].color().name() if symbols else OTHER
    finally:
        renderer.stopRender(context)
