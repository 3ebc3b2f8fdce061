"""Style of solids: pale footprints on the map, grey bodies with edges in 3D views."""

from __future__ import annotations

from qgis._3d import Qgs3DTypes, QgsPhongMaterialSettings, QgsPolygon3DSymbol, QgsVectorLayer3DRenderer
from qgis.core import Qgis, QgsSingleSymbolRenderer, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

from .features import form, polygon

WALL, SHADE, EDGE = "#d9d4ca", "#6f6a61", "#5b564e"


def solid(layer: QgsVectorLayer) -> None:
    """Faces stand at their own elevations; both sides are drawn, since not every model closes its shells."""
    layer.setRenderer(QgsSingleSymbolRenderer(polygon("#d9d4ca80", "#8b857a", 0.1)))
    material = QgsPhongMaterialSettings()
    material.setDiffuse(QColor(WALL))
    material.setAmbient(QColor(SHADE))
    material.setSpecular(QColor("#202020"))
    material.setShininess(0.0)
    symbol = QgsPolygon3DSymbol()
    symbol.setMaterialSettings(material)
    symbol.setAltitudeClamping(Qgis.AltitudeClamping.Absolute)
    symbol.setCullingMode(Qgs3DTypes.CullingMode.NoCulling)
    symbol.setEdgesEnabled(True)
    symbol.setEdgeColor(QColor(EDGE))
    symbol.setEdgeWidth(1.0)
    layer.setRenderer3D(QgsVectorLayer3DRenderer(symbol))
    layer.setMapTipTemplate(
        '<b>[% coalesce("name", "id") %]</b><br>[% format_number("base_elev_m", 2) %] to '
        '[% format_number("roof_elev_m", 2) %] m'
    )
    layer.setDisplayExpression('coalesce("name", "id")')
    form(
        layer,
        {"Building": ["name", "base_elev_m", "roof_elev_m", "id"]},
        {"base_elev_m": "lowest level (m)", "roof_elev_m": "highest level (m)"},
    )
