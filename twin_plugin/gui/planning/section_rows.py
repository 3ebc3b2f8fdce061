"""The bodies of a section as SECTION and SURFACES have them: x is the distance along the line, y the elevation."""

from __future__ import annotations

from qgis.core import NULL, QgsExpression, QgsFeatureRequest, QgsVectorLayer, QgsWkbTypes

from .section_view import DrawnBody
from .symbol_colours import with_colours

MOST_BODIES = 2000
REMOVED = "removed"
"""State of what the scheme takes the place of: only its outline is drawn."""


def sections(layer: QgsVectorLayer) -> list[str]:
    """The ids of the sections of a run."""
    return sorted(str(value) for value in layer.uniqueValues(layer.fields().lookupField("section")) if value != NULL)


def bodies(layer: QgsVectorLayer, section: str) -> list[DrawnBody]:
    """What is drawn of a section, the largest bodies at the back, lines in front."""
    request = QgsFeatureRequest().setLimit(MOST_BODIES)
    request.setFilterExpression(QgsExpression.createFieldEqualityExpression("section", section))
    names = set(layer.fields().names())
    found: list[tuple[float, DrawnBody]] = []
    for feature, colour in with_colours(layer, layer.getFeatures(request)):
        geometry = feature.geometry()
        area = geometry.type() == QgsWkbTypes.GeometryType.PolygonGeometry
        state, name = (feature[field] if field in names else None for field in ("state", "name"))
        called = "" if name in (None, NULL) else str(name)
        for part in geometry.constParts():
            ring = part.exteriorRing() if area else part
            places = tuple((point.x(), point.y()) for point in ring.vertices())
            if len(places) > 1:
                found.append((geometry.area(), DrawnBody(places, colour, called, area and state != REMOVED)))
    return [body for _, body in sorted(found, key=lambda item: -item[0])]
