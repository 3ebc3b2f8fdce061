"""Style of solids: pale footprints on the map, bodies with edges in 3D views, in the colours of their classes."""

from __future__ import annotations

from qgis._3d import Qgs3DTypes, QgsPhongMaterialSettings, QgsPolygon3DSymbol, QgsRuleBased3DRenderer
from qgis.core import Qgis, QgsFeatureRequest, QgsRuleBasedRenderer, QgsSingleSymbolRenderer, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

from tools.styling.features import form, polygon
from twin_plugin.bridge.kernel.outside_text import html_expression
from twin_plugin.core.bim.class_tables import table

SURFACES = (
    ("Footprint", "\"kind\" = 'footprint'", "#8d867b"),
    ("Roof outline", "\"kind\" = 'roof' and \"lod\" = '0.2'", "#d9d4ca"),
    ("Flat roof part", "\"lod\" = '0.3'", "#c9b7a6"),
    ("Roof plane, flat (below 5°)", '"lod" = \'0.4\' and "slope_deg" < 5', "#e3c9b0"),
    ("Roof plane, sloped", '"lod" = \'0.4\' and "slope_deg" >= 5 and "slope_deg" < 35', "#cf8f74"),
    ("Roof plane, steep (35° and more)", '"lod" = \'0.4\' and "slope_deg" >= 35', "#a4503f"),
)
"""Title, rule and colour of the surfaces of the output OUTLINES."""

WALL, SHADE, EDGE = "#d9d4ca", "#6f6a61", "#5b564e"


def _colours() -> dict[str, list[str]]:
    """The colours of the classes that are not drawn like walls, by the table ifc_classes.csv."""
    colours: dict[str, list[str]] = {}
    for row in table("ifc_classes"):
        if row["colour"]:
            colours.setdefault(row["colour"], []).append(row["class"])
    return colours


def body(colour: str, shade: QColor) -> QgsPolygon3DSymbol:
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


def outline(layer: QgsVectorLayer) -> None:
    """Footprints dark, roofs from flat to steep, the finest level on top; in 3D views at their levels."""
    root = QgsRuleBasedRenderer.Rule(None)
    for title, rule, colour in SURFACES:
        root.appendChild(QgsRuleBasedRenderer.Rule(polygon(colour, EDGE, 0.12), 0, 0, rule, title))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    finest = 'CASE WHEN "lod" = \'0.2\' THEN if("kind" = \'roof\', 1, 0) ELSE 10 * to_real("lod") END'
    order = QgsFeatureRequest.OrderBy([QgsFeatureRequest.OrderByClause(finest, True)])
    layer.renderer().setOrderBy(order)
    layer.renderer().setOrderByEnabled(True)
    levels = QgsRuleBased3DRenderer.Rule(None)
    for _, rule, colour in SURFACES:
        levels.appendChild(QgsRuleBased3DRenderer.Rule(body(colour, QColor(colour).darker(190)), rule))
    layer.setRenderer3D(QgsRuleBased3DRenderer(levels))
    lod, kind = html_expression('"lod"'), html_expression('"kind"')
    layer.setMapTipTemplate(
        f"<b>LoD [% {lod} %]</b> [% {kind} %]<br>"
        '[% format_number("elev_m", 2) %] m, [% format_number("surface_m2", 1) %] m², '
        '[% format_number("slope_deg", 0) %]°'
    )
    layer.setDisplayExpression('"lod" || \' \' || "kind"')
    form(
        layer,
        {"Surface": ["lod", "kind", "elev_m", "area_m2", "surface_m2", "slope_deg", "id", "building_id"]},
        {
            "lod": "level of detail",
            "elev_m": "highest level (m)",
            "area_m2": "area in plan (m²)",
            "surface_m2": "area along the slope (m²)",
            "slope_deg": "slope (°)",
            "building_id": "building",
        },
    )


def solid(layer: QgsVectorLayer) -> None:
    """Pale on the map; in 3D views walls, and whole buildings, are grey, and other classes have their colours."""
    layer.setRenderer(QgsSingleSymbolRenderer(polygon("#d9d4ca80", "#8b857a", 0.1)))
    root = QgsRuleBased3DRenderer.Rule(None)
    for colour, classes in _colours().items():
        # A layer of an older version lacks the attribute.
        named = ", ".join(f"'{name}'" for name in classes)
        rule = f"attribute(@feature, 'ifc_class') in ({named})"
        root.appendChild(QgsRuleBased3DRenderer.Rule(body(colour, QColor(colour).darker(190)), rule))
    root.appendChild(QgsRuleBased3DRenderer.Rule(body(WALL, QColor(SHADE)), "ELSE"))
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
            "Building": ["name", "ifc_class", "elements", "base_elev_m", "roof_elev_m", "id", "building_id"],
            "Closed shell": ["lod", "volume_m3", "volume_check_m3", "reason"],
        },
        {
            "base_elev_m": "lowest level (m)",
            "roof_elev_m": "highest level (m)",
            "ifc_class": "IFC class",
            "lod": "level of detail",
            "volume_m3": "volume (m³)",
            "volume_check_m3": "volume by columns (m³)",
        },
    )
