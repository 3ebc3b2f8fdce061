"""Styles of what models hold beside buildings: terrains as surfaces, alignments by the curves of their segments."""

from __future__ import annotations

from qgis._3d import QgsLine3DSymbol, QgsPhongMaterialSettings, QgsVectorLayer3DRenderer
from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsLineSymbol,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from tools.styling.buildings import metres, tip
from tools.styling.features import WORDS, form, label, labels, polygon, spoken, text
from tools.styling.solids import body

GROUND, GROUND_EDGE = "#cdc7a8", "#9d9777"
TRANSITIONS = ("clothoid", "cubic", "blosscurve", "cosinecurve", "sinecurve", "helmertcurve", "viennesebend")
CURVES = (
    ("Straight", "#3d4852", ("line",)),
    ("Arc", "#b5462f", ("circulararc",)),
    ("Transition curve", "#c98a1b", TRANSITIONS),
    ("Polyline", "#6f6a61", ("polyline",)),
)
"""Title, colour and kinds of the segments of an alignment."""


def model_terrain(layer: QgsVectorLayer) -> None:
    """A quiet surface whose triangles can be seen near by; in 3D views at its own levels."""
    layer.setRenderer(QgsSingleSymbolRenderer(polygon(GROUND, GROUND_EDGE, 0.06)))
    layer.setRenderer3D(QgsVectorLayer3DRenderer(body(GROUND, QColor(GROUND).darker(170))))
    layer.setMapTipTemplate(
        tip(
            "coalesce(\"name\", 'terrain')",
            ("from", metres("low_elev_m", 2)),
            ("to", metres("high_elev_m", 2)),
            ("area", "format_number(\"plan_area_m2\", 0) || ' m²'"),
        )
    )
    layer.setDisplayExpression('coalesce("name", "ifc_class")')
    tabs = {
        "Terrain": ["name", "ifc_class", "low_elev_m", "high_elev_m", "plan_area_m2", "triangles"],
        "Source": ["id", "model_id"],
    }
    own = {"low_elev_m": "lowest level (m)", "high_elev_m": "highest level (m)"}
    form(layer, tabs, {name: spoken(name) for name in layer.fields().names()} | WORDS | own, 3)


def alignment(layer: QgsVectorLayer) -> None:
    """Straights dark, arcs red, transitions ochre, on a white edge; the label tells radius and station."""
    renderer = QgsCategorizedSymbolRenderer("kind")
    for title, colour, kinds in CURVES:
        renderer.addCategory(QgsRendererCategory(list(kinds), _line(colour), title))
    renderer.addCategory(QgsRendererCategory(None, _line("#6f6a61"), "Other"))
    layer.setRenderer(renderer)
    radius = "if(\"start_radius_m\" is null, '', 'R ' || format_number(abs(\"start_radius_m\"), 0) || ' m')"
    far = 'abs(round("start_station_m"))'
    station = (
        f"if(\"start_station_m\" < 0, '-', '') || format_number(floor({far} / 1000), 0) || '+' || "
        f"lpad(format_number({far} - 1000 * floor({far} / 1000), 0), 3, '0')"
    )
    near = label(f"{station} || if({radius} = '', '', '  ' || {radius})", text(7), Qgis.LabelPlacement.Line, distance=1)
    labels(layer, (near, '"length_m" is not null', 5000, 0))
    layer.setMapTipTemplate(
        tip(
            "coalesce(\"name\", 'alignment')",
            ("segment", '"segment" || \': \' || "kind"'),
            ("from station", metres("start_station_m", 2)),
            ("to station", metres("end_station_m", 2)),
            ("radius at its start", metres("start_radius_m", 1)),
            ("radius at its end", metres("end_radius_m", 1)),
            ("gradient at its start", "format_number(1000 * \"start_gradient\", 2) || ' ‰'"),
            ("cant at its start", "format_number(1000 * \"start_cant_m\", 0) || ' mm'"),
        )
    )
    layer.setDisplayExpression(f"coalesce(\"name\", '') || ' ' || {station}")
    tabs = {
        "Alignment": ["name", "segment", "kind", "start_station_m", "end_station_m", "length_m"],
        "Geometry": [
            *("start_radius_m", "end_radius_m", "start_gradient", "end_gradient", "start_cant_m", "end_cant_m"),
            "has_profile",
        ],
        "Source": ["id", "alignment_id", "model_id"],
    }
    form(layer, tabs, {name: spoken(name) for name in layer.fields().names()} | WORDS, 4)
    material = QgsPhongMaterialSettings()
    material.setDiffuse(QColor("#b5462f"))
    material.setAmbient(QColor("#6d2a1c"))
    symbol = QgsLine3DSymbol()
    symbol.setMaterialSettings(material)
    symbol.setAltitudeClamping(Qgis.AltitudeClamping.Absolute)
    symbol.setRenderAsSimpleLines(True)
    symbol.setWidth(3.0)
    layer.setRenderer3D(QgsVectorLayer3DRenderer(symbol))


def _line(colour: str) -> QgsLineSymbol:
    """A line on a white edge."""
    edge = QgsLineSymbol.createSimple({"line_color": "#ffffff", "line_width": "1.3", "capstyle": "flat"})
    edge.appendSymbolLayer(
        QgsLineSymbol.createSimple({"line_color": colour, "line_width": "0.7", "capstyle": "flat"}).takeSymbolLayer(0)
    )
    return edge
