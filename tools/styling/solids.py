"""Style of solids: pale footprints on the map, bodies with edges in 3D views, in the colours of their classes."""

from __future__ import annotations

from qgis._3d import Qgs3DTypes, QgsPhongMaterialSettings, QgsPolygon3DSymbol, QgsRuleBased3DRenderer
from qgis.core import Qgis, QgsSingleSymbolRenderer, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

from tools.styling.features import form, polygon
from twin_plugin.bridge.kernel.outside_text import html_expression
from twin_plugin.core.bim.class_tables import table

WALL, SHADE, EDGE = "#d9d4ca", "#6f6a61", "#5b564e"


def _colours() -> dict[str, list[str]]:
    """The colours of the classes that are not drawn like walls, by the table ifc_classes.csv."""
    colours: dict[str, list[str]] = {}
    for row in table("ifc_classes"):
        if row["colour"]:
            colours.setdefault(row["colour"], []).append(row["class"])
    return colours


def _body(colour: str, shade: QColor) -> QgsPolygon3DSymbol:
    """Faces at their own elevations; both sides are drawn, since not every model closes its shells."""
    material = QgsPhongMaterialSettings()
    material.setDiffuse(QColor(colour))
    material.setAmbient(shade)
    material.setSpecular(QColor("#202020"))
    material.setShininess(0.0)
    symbol = QgsPolygon3DSymbol()
    symbol.setMaterialSettings(material)
    symbol.setAltitudeClamping(Qgis.AltitudeClamping.Absolute)
    symbol.setCullingMode(Qgs3DTypes.CullingMode.NoCulling)
    symbol.setEdgesEnabled(True)
    symbol.setEdgeColor(QColor(EDGE))
    symbol.setEdgeWidth(1.0)
    return symbol


def solid(layer: QgsVectorLayer) -> None:
    """Pale on the map; in 3D views walls, and whole buildings, are grey, and other classes have their colours."""
    layer.setRenderer(QgsSingleSymbolRenderer(polygon("#d9d4ca80", "#8b857a", 0.1)))
    root = QgsRuleBased3DRenderer.Rule(None)
    for colour, classes in _colours().items():
        # A layer of an older version lacks the attribute.
        named = ", ".join(f"'{name}'" for name in classes)
        rule = f"attribute(@feature, 'ifc_class') in ({named})"
        root.appendChild(QgsRuleBased3DRenderer.Rule(_body(colour, QColor(colour).darker(190)), rule))
    root.appendChild(QgsRuleBased3DRenderer.Rule(_body(WALL, QColor(SHADE)), "ELSE"))
    layer.setRenderer3D(QgsRuleBased3DRenderer(root))
    name = html_expression('coalesce("name", "id")')
    kind = html_expression("coalesce(attribute(@feature, 'ifc_class'), '')")
    layer.setMapTipTemplate(
        f"<b>[% {name} %]</b> [% {kind} %]<br>"
        '[% format_number("base_elev_m", 2) %] – [% format_number("roof_elev_m", 2) %] m'
    )
    layer.setDisplayExpression('coalesce("name", "id")')
    form(
        layer,
        {
            "Building": ["name", "ifc_class", "elements", "base_elev_m", "roof_elev_m", "id"],
            "Closed shell": ["lod", "volume_m3", "volume_check_m3", "reason"],
        },
        {"base_elev_m": "lowest level (m)", "roof_elev_m": "highest level (m)", "ifc_class": "IFC class"},
    )
