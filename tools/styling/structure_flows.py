"""Style of the flow through structures: a colour for each kind, an arrow along the line, and the largest flow."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsLineSymbol,
    QgsMarkerLineSymbolLayer,
    QgsRuleBasedRenderer,
    QgsVectorLayer,
)

from tools.styling.features import form, label, labels, marker, text
from twin_plugin.bridge.kernel.map_classes import PAPER
from twin_plugin.bridge.kernel.outside_text import give_map_tip

KINDS = (
    ("culvert", "culverts", "#1f5fa8"),
    ("bridge", "bridges", "#6b4f2a"),
    ("weir", "weirs", "#0f8b8d"),
    ("gate", "gates", "#7b2d8b"),
    ("orifice", "orifices", "#2f7d4f"),
    ("pump", "pumps", "#b03a2e"),
)
WALLS = (
    ('"over_crest_m" > 0', "walls that water overtopped", "#c2261d"),
    ('"over_crest_m" = 0', "walls that held", "#4a4a4a"),
)
"""Walls, kerbs and levees, by whether water stood on them."""
NAMES = {
    "structure_id": "structure",
    "flow_max_m3s": "largest flow (m³/s)",
    "time_max_min": "at (min)",
    "regime_at_max": "what governed it",
    "volume_m3": "from start to end (m³)",
    "back_m3": "back (m³)",
    "running_min": "with flow (min)",
    "submerged_share": "submerged (share of the time)",
    "limited_share": "limited by the cells (share of the time)",
    "level_start_max_m": "highest level at the start (m)",
    "level_end_max_m": "highest level at the end (m)",
    "over_crest_m": "deepest water on the wall (m)",
    "over_crest_min": "on the wall first at (min)",
}
TABS = {
    "Flow": ["structure_id", "kind", "flow_max_m3s", "time_max_min", "regime_at_max", "running_min"],
    "Water": ["volume_m3", "back_m3", "level_start_max_m", "level_end_max_m", "submerged_share", "limited_share"],
    "Wall": ["over_crest_m", "over_crest_min"],
}


def structure_flows(layer: QgsVectorLayer) -> None:
    """Lines of one width with an arrow in the middle, from the start of the line to its end."""
    root = QgsRuleBasedRenderer.Rule(None)
    for kind, title, colour in KINDS:
        symbol = QgsLineSymbol.createSimple({"line_color": colour, "line_width": "0.9", "capstyle": "round"})
        arrow = QgsMarkerLineSymbolLayer(True, 3.0)
        arrow.setPlacements(Qgis.MarkerLinePlacement.CentralPoint)
        arrow.setSubSymbol(marker("filled_arrowhead", colour, 3.0, PAPER, 0.2))
        symbol.appendSymbolLayer(arrow)
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, f"\"kind\" = '{kind}'", title))
    for condition, title, colour in WALLS:
        symbol = QgsLineSymbol.createSimple({"line_color": colour, "line_width": "1.1", "capstyle": "flat"})
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, condition, title))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    flow = (
        "coalesce(format_number(\"flow_max_m3s\", 2) || ' m³/s', "
        "if(\"over_crest_m\" > 0, format_number(\"over_crest_m\", 2) || ' m', ''))"
    )
    what = label(flow, text(7, bold=True), Qgis.LabelPlacement.Line, distance=1.5)
    labels(layer, (what, "", 15000, 0))
    layer.setDisplayExpression("\"structure_id\" || ': ' || " + flow)
    form(layer, TABS, NAMES)
    give_map_tip(layer)
