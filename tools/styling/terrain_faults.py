"""Style of the faults of a terrain: a colour and a sign for each kind, so that single cells show at every scale."""

from __future__ import annotations

from qgis.core import Qgis, QgsCentroidFillSymbolLayer, QgsRuleBasedRenderer, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

from tools.styling.features import form, label, labels, marker, polygon, text
from twin_plugin.bridge.kernel.map_classes import CAUTION, CLOSED, PAPER
from twin_plugin.bridge.kernel.outside_text import html_expression

SIGNS = (
    ("no_data", "undeclared no data", "#7b2d8b", "square"),
    ("holes", "holes without data", "#66727f", "square"),
    ("pits", "pits", "#1f5fa8", "circle"),
    ("spikes", "spikes", CLOSED, "triangle"),
    ("diagonals", "channels joined at corners", "#0f8b8d", "diamond"),
    ("bridges", "bridges over channels", CAUTION, "cross_fill"),
    ("walls", "thin ridges", "#6b4f2a", "pentagon"),
    ("seams", "seams", "#111111", "line"),
    ("flats", "areas of one height", "#5b8c5a", "hexagon"),
)
WHOLE = (("form", "form: orientation, cells, CRS", CAUTION), ("units", "unit of the heights", CLOSED))
NAMES = {
    "id": "number",
    "what": "what is wrong",
    "area_m2": "area (m²)",
    "size_m": "depth or height (m)",
    "length_m": "length (m)",
    "value": "value of no data",
    "mended": "mended in the copy",
}
TABS = {
    "Fault": ["kind", "severity", "what", "cure", "mended"],
    "Size and place": ["id", "cells", "area_m2", "size_m", "length_m", "value", "x", "y"],
}


def faint(colour: str) -> str:
    """A colour through which the terrain shows."""
    red, green, blue, _ = QColor(colour).getRgb()
    return f"{red},{green},{blue},64"


def terrain_faults(layer: QgsVectorLayer) -> None:
    """Outlines with a sign on each; faults of the whole terrain are a broken line around it."""
    root = QgsRuleBasedRenderer.Rule(None)
    for code, title, colour in WHOLE:
        symbol = polygon("0,0,0,0", colour, 0.8, "dash")
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, f"\"kind\" = '{code}'", title))
    for code, title, colour, sign in SIGNS:
        symbol = polygon(faint(colour), colour, 0.4)
        if sign != "line":
            centre = QgsCentroidFillSymbolLayer()
            centre.setSubSymbol(marker(sign, colour, 2.6, PAPER, 0.3))
            centre.setPointOnSurface(True)
            symbol.appendSymbolLayer(centre)
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, f"\"kind\" = '{code}'", title))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    size = label(
        "format_number(\"size_m\", 2) || ' m'", text(7, bold=True), Qgis.LabelPlacement.AroundPoint, distance=2
    )
    labels(layer, (size, '"size_m" is not null', 5000, 0))
    layer.setDisplayExpression('"what"')
    what, cure = (html_expression(f'"{name}"') for name in ("what", "cure"))
    layer.setMapTipTemplate(f'<div style="max-width:320px"><b>[% {what} %]</b><br>[% {cure} %]</div>')
    form(layer, TABS, NAMES)
