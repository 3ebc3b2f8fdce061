"""Styles of expected annual damage: assets and districts by the multiple of the mean, which suits any currency."""

from __future__ import annotations

from qgis.core import Qgis, QgsVectorLayer

from tools.styling.features import darkening, form, label, labels, text
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
    darkening(layer, "expected_damage", "times_mean", 0.2, "an event is unknown")
    what = "format_number(\"ead\", 2) || coalesce(' ' || \"unit\", '')"
    labels(layer, (label(what, text(7, bold=True), Qgis.LabelPlacement.OverPoint, least_mm=2.5), "", 5000, 0))
    layer.setDisplayExpression('"id"')
    form(layer, TABS, NAMES)
    give_map_tip(layer)


AREA_NAMES = {
    **NAMES,
    "assets": "assets",
    "unknown": "assets with an unknown event",
    "share_pct": "share of the total (%)",
    "area_km2": "area (km²)",
    "ead_per_km2": "expected annual damage by km²",
    "times_mean": "times the mean by area",
}
AREA_TABS = {
    "Damage": ["name", "ead", "unit", "share_pct", "ead_measure", "avoided"],
    "Area": ["area_km2", "ead_per_km2", "times_mean", "assets", "unknown", "tail_share_pct", "kind"],
}


def expected_damage_areas(layer: QgsVectorLayer) -> None:
    """Colours that darken with the damage by area, for otherwise a large district looks worse; labels have the sum."""
    darkening(layer, "expected_damage", "times_mean", 0.4, "no damage by area")
    what = "\"name\" || '\n' || format_number(\"ead\", 0) || coalesce(' ' || \"unit\", '')"
    labels(layer, (label(what, text(8, bold=True), Qgis.LabelPlacement.OverPoint), "", 500000, 0))
    layer.setDisplayExpression('"name"')
    form(layer, AREA_TABS, AREA_NAMES)
    give_map_tip(layer)
