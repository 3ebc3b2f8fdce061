"""The bodies of a section as SECTION has them: x is the distance along the line, y the elevation."""

from __future__ import annotations

from qgis.core import NULL, QgsFeature, QgsFeatureRequest, QgsVectorLayer, QgsWkbTypes

from .section_view import DrawnBody

COLOURS = {
    "terrain": "#b08d66", "building": "#b8bec4", "storey": "#b8bec4", "planned": "#e0762f", "basement": "#8d98a3",
    "pipe": "#2f8fd8", "water": "#7db8e8", "sewer": "#7a5c3a", "tunnel": "#5d4f7c", "rail_tunnel": "#5d4f7c",
}  # fmt: skip
OTHER = "#8d98a3"
MOST_BODIES = 2000


def bodies(layer: QgsVectorLayer) -> list[DrawnBody]:
    """What is drawn of a section, the largest bodies at the back."""
    found: list[tuple[float, DrawnBody]] = []
    names = set(layer.fields().names())
    for feature in layer.getFeatures(QgsFeatureRequest().setLimit(MOST_BODIES)):
        geometry = feature.geometry()
        filled = geometry.type() == QgsWkbTypes.GeometryType.PolygonGeometry
        colour, name = _colour(feature, names), _text(feature, "name", names)
        for part in geometry.constParts():
            ring = part.exteriorRing() if filled else part
            places = tuple((point.x(), point.y()) for point in ring.vertices())
            if len(places) > 1:
                found.append((geometry.area() if filled else -1.0, DrawnBody(places, colour, name, filled)))
    return [body for _, body in sorted(found, key=lambda item: -item[0])]


def _colour(feature: QgsFeature, names: set[str]) -> str:
    if _text(feature, "state", names) == "planned":
        return COLOURS["planned"]
    return COLOURS.get(_text(feature, "kind", names), OTHER)


def _text(feature: QgsFeature, name: str, names: set[str]) -> str:
    value = feature[name] if name in names else None
    return "" if value in (None, NULL) else str(value)
