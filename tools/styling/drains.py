"""Styles of a network of drains after a run: pipes by their filling, nodes by what passed their inlets."""

from __future__ import annotations

import math

from qgis.core import Qgis, QgsLineSymbol, QgsRuleBasedRenderer, QgsVectorLayer

from tools.styling.features import form, label, labels, marker, text
from twin_plugin.bridge.kernel.map_classes import CLOSED, PAPER, QUIET, classes
from twin_plugin.bridge.kernel.outside_text import give_map_tip

NODE_NAMES = {
    "id": "id",
    "invert_m": "bottom (m)",
    "rim_m": "rim (m)",
    "ground_m": "terrain (m)",
    "coupled": "exchanges water with the street",
    "why": "why it does not",
    "depth_max_m": "greatest depth (m)",
    "level_max_m": "highest level (m)",
    "time_max_min": "time of the highest level (min)",
    "below_rim_m": "highest level below the rim (m)",
    "captured_m3": "taken from the street (m³)",
    "surcharged_m3": "given back to the street (m³)",
    "lost_m3": "left to the outside (m³)",
    "flooded_min": "water above the rim (min)",
}
CONDUIT_NAMES = {
    "from_node": "from",
    "to_node": "to",
    "shape": "cross-section",
    "height_m": "height (m)",
    "length_m": "length (m)",
    "flow_max_m3s": "largest flow (m³/s)",
    "velocity_max_ms": "largest velocity (m/s)",
    "filling_max": "largest filling (0 to 1)",
    "time_max_min": "time of the largest flow (min)",
}
NODE_SIGNS = (
    ("\"kind\" = 'outfall'", "outfall", "triangle", "#1f5fa8", 3.4),
    ('"surcharged_m3" > 0.001', "gave water back to the street", "circle", CLOSED, 3.0),
    ('"captured_m3" > 0.001', "took water from the street", "circle", "#2b7bba", 2.4),
    ('"coupled"', "no water passed", "circle", "#9aa5af", 1.8),
    ("ELSE", "not joined with the street", "circle", PAPER, 1.6),
)


def drain_nodes(layer: QgsVectorLayer) -> None:
    """Red where water came back, blue where it entered, grey where none passed; labels at street scale."""
    root = QgsRuleBasedRenderer.Rule(None)
    for rule, title, shape, colour, size in NODE_SIGNS:
        edge = QUIET if colour == PAPER else PAPER
        taken = "".join(f" and not ({other})" for other, *_ in NODE_SIGNS[: _place(rule)]) if rule != "ELSE" else ""
        symbol = marker(shape, colour, size, edge, 0.3)
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, rule + taken, title))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    what = "\"id\" || '\\n' || format_number(\"level_max_m\", 2) || ' m'"
    labels(layer, (label(what, text(6.5), Qgis.LabelPlacement.AroundPoint, distance=1), "", 1500, 0))
    layer.setDisplayExpression('"id"')
    water = ["depth_max_m", "level_max_m", "time_max_min", "below_rim_m", "captured_m3", "surcharged_m3", "lost_m3"]
    node = ["id", "kind", "invert_m", "rim_m", "ground_m", "coupled", "why"]
    form(layer, {"Node": node, "Water": [*water, "flooded_min"]}, NODE_NAMES)
    give_map_tip(layer)


def _place(rule: str) -> int:
    return [item[0] for item in NODE_SIGNS].index(rule)


def drain_conduits(layer: QgsVectorLayer) -> None:
    """Pipes by the class of their filling; what has none, such as a pump, is a broken line."""
    root = QgsRuleBasedRenderer.Rule(None)
    for item in classes("drain_conduits"):
        symbol = QgsLineSymbol.createSimple({"line_color": item.colour, "line_width": "0.9", "capstyle": "round"})
        below = "" if math.isinf(item.upper) else f' and "filling_max" < {item.upper:g}'
        rule = f'"filling_max" >= {item.lower:g}{below}'
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, rule, item.label))
    other = QgsLineSymbol.createSimple({"line_color": QUIET, "line_width": "0.7", "line_style": "dash"})
    root.appendChild(QgsRuleBasedRenderer.Rule(other, 0, 0, "ELSE", "pump or weir"))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    flow = label("format_number(\"flow_max_m3s\", 2) || ' m³/s'", text(6.5), Qgis.LabelPlacement.Line, distance=1)
    labels(layer, (flow, "", 2500, 0))
    layer.setDisplayExpression('"id"')
    conduit = ["id", "kind", "from_node", "to_node", "shape", "height_m", "length_m"]
    water = ["flow_max_m3s", "time_max_min", "velocity_max_ms", "filling_max"]
    form(layer, {"Conduit": conduit, "Water": water}, CONDUIT_NAMES)
    give_map_tip(layer)
