"""Style of expected annual damage: polygons by the multiple of the mean, which suits any currency."""

from __future__ import annotations

import math

from qgis.core import Qgis, QgsRuleBasedRenderer, QgsVectorLayer

from tools.styling.features import INK, form, label, labels, polygon, text
from twin_plugin.bridge.kernel.map_classes import classes
from twin_plugin.bridge.kernel.outside_text import give_map_tip

NAMES = {
    "ead": "expected annual damage",
    "rare_tail": "of it beyond the rarest event",
    "frequent_tail": "of it before the most frequent event",
    "tail_share_pct": "share of the tails (%)",
    "times_mean": "times the mean",
    "events_known": "known events",
    "unknown_events": "unknown events (years)",
    "falling": "costs less in a rarer event",
    "ead_measure": "expected annual damage with the measure",
    "avoided": "avoided in a year",
    "unit": "unit of the damage",
}
TABS = {
    "Damage": ["id", "ead", "unit", "times_mean", "ead_measure", "avoided"],
    "Events": ["rare_tail", "frequent_tail", "tail_share_pct", "events_known", "unknown_events", "falling"],
}


def expected_damage(layer: QgsVectorLayer) -> None:
    """Colours that darken with the damage; assets with an unknown event are an outline."""
    root = QgsRuleBasedRenderer.Rule(None)
    for item in classes("expected_damage"):
        below = "" if math.isinf(item.upper) else f' and "times_mean" < {item.upper:g}'
        lower = f'"times_mean" >= {item.lower:g}' if item.lower > 0 else '"times_mean" is not null'
        root.appendChild(QgsRuleBasedRenderer.Rule(polygon(item.colour, INK, 0.2), 0, 0, lower + below, item.label))
    empty = polygon("255,255,255,0", INK, 0.2)
    root.appendChild(QgsRuleBasedRenderer.Rule(empty, 0, 0, "ELSE", "an event is unknown"))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    what = "format_number(\"ead\", 2) || coalesce(' ' || \"unit\", '')"
    labels(layer, (label(what, text(7, bold=True), Qgis.LabelPlacement.OverPoint, least_mm=2.5), "", 5000, 0))
    layer.setDisplayExpression('"id"')
    form(layer, TABS, NAMES)
    give_map_tip(layer)
