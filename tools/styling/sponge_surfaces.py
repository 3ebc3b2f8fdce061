"""Style of sponge surfaces after a run: filled by the class of their capture ratio, labelled with kind and ratio."""

from __future__ import annotations

from qgis.core import Qgis, QgsVectorLayer

from tools.styling.features import darkening, form, label, labels, text
from twin_plugin.bridge.kernel.outside_text import give_map_tip

NAMES = {
    "surface": "number in the layer",
    "kind": "kind of surface",
    "area_m2": "area (m²)",
    "storage_m3": "storage (m³)",
    "rain_m3": "rain on it (m³)",
    "taken_m3": "taken up (m³)",
    "drained_m3": "passed on (m³)",
    "to_drains_m3": "of this to drains (m³)",
    "stored_m3": "held at the end (m³)",
    "overflow_min": "first overflow (min)",
    "capture_pct": "capture ratio (%)",
}
TABS = {
    "Surface": ["surface", "kind", "area_m2", "storage_m3", "capture_pct", "overflow_min"],
    "Water": ["rain_m3", "taken_m3", "drained_m3", "to_drains_m3", "stored_m3"],
}


def sponge_surfaces(layer: QgsVectorLayer) -> None:
    """Greens that darken with the ratio; without rain only an outline."""
    darkening(layer, "sponge_surfaces", "capture_pct", 0.26, "without rain")
    what = "format_number(\"capture_pct\", 0) || ' %'"
    labels(layer, (label(what, text(7, bold=True), Qgis.LabelPlacement.OverPoint, least_mm=2.5), "", 5000, 0))
    layer.setDisplayExpression('"surface" || \': \' || "kind"')
    form(layer, TABS, NAMES)
    give_map_tip(layer)
