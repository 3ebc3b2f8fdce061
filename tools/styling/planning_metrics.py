"""Styles of planning metrics and of the comparison of schemes: parcels by verdict, planned and replaced buildings."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsFeatureRequest,
    QgsFillSymbol,
    QgsRendererCategory,
    QgsVectorLayer,
)

from tools.styling.features import hatched, label, labels, polygon, said, text
from twin_plugin.bridge.kernel.map_classes import INK, PAPER, QUIET
from twin_plugin.bridge.kernel.outside_text import give_map_tip
from twin_plugin.core.planning.control_plan import Measure

RED, AMBER, GREEN = "#bf1220", "#d98200", "#1b7f4b"
_WORDS = ", ".join(
    f"'{name}', {said(english, chinese)}"
    for name, english, chinese in (
        (Measure.FAR.value, "plot ratio", "容积率"),
        (Measure.DENSITY.value, "density", "建筑密度"),
        (Measure.GREEN.value, "green ratio", "绿地率"),
        (Measure.HEIGHT.value, "height", "建筑高度"),
        (Measure.SETBACK.value, "setback", "退线"),
        ("use", "use", "用地性质"),
    )
)
BROKEN = (
    "array_to_string(array_foreach(string_to_array(\"broken\", '; '), "
    f"coalesce(map_get(map({_WORDS}), @element), @element)), '; ')"
)
"""The limits that a parcel breaks, in words."""


def planning_parcels(layer: QgsVectorLayer) -> None:
    """Parcels that break a limit red and hatched, those that keep them pale green, unknown ones grey and hatched."""
    symbols: tuple[tuple[str, QgsFillSymbol, str], ...] = (
        ("breaks", hatched("#f4c7c7", RED, 0.6, RED, 135, 2.4, 0.25), "A limit is broken"),
        ("meets", polygon("#dcebdd", GREEN, 0.4), "All limits are kept"),
        ("unknown", hatched(PAPER, QUIET, 0.4, QUIET, 45, 1.8, 0.2), "Not all can be judged"),
        ("no limit", polygon("255,255,255,0", QUIET, 0.4, "dot"), "No limit"),
    )
    layer.setRenderer(QgsCategorizedSymbolRenderer("verdict", [QgsRendererCategory(*row) for row in symbols]))
    red = label(BROKEN, text(7.5, RED, bold=True), Qgis.LabelPlacement.OverPoint, least_mm=6)
    far = label(
        f"{said('FAR', '容积率')} || ' ' || format_number(\"far\", 2)",
        text(7, INK),
        Qgis.LabelPlacement.OverPoint,
        least_mm=6,
    )
    labels(layer, (red, "\"verdict\" = 'breaks'", 12000, 0), (far, "\"verdict\" <> 'breaks'", 6000, 0))
    give_map_tip(layer)


def planning_schemes(layer: QgsVectorLayer) -> None:
    """Schemes that keep the hard rules green, those that break one red and hatched, with rank and score."""
    symbols: tuple[tuple[str, QgsFillSymbol, str], ...] = (
        ("breaks", hatched("#f4c7c7", RED, 0.6, RED, 135, 2.4, 0.25), "A hard rule is broken"),
        ("meets", polygon("#c9e3cd", GREEN, 0.6), "The hard rules are kept"),
        ("unknown", polygon("#fbe3b5", AMBER, 0.6), "Not all rules can be judged"),
    )
    layer.setRenderer(QgsCategorizedSymbolRenderer("verdict", [QgsRendererCategory(*row) for row in symbols]))
    what = "coalesce(\"rank\" || '. ', '') || \"scheme\" || coalesce('\n' || format_number(\"score\", 2), '')"
    labels(layer, (label(what, text(8, INK, bold=True), Qgis.LabelPlacement.OverPoint), "", 20000, 0))
    give_map_tip(layer)


def planning_bodies(layer: QgsVectorLayer) -> None:
    """Bodies on a map: planned ones dark with their height, replaced ones dashed red, others pale."""
    symbols: tuple[tuple[str, QgsFillSymbol, str], ...] = (
        ("planned", polygon("#1f6fb2", "#0d3a63", 0.4), "Planned"),
        ("replaced", polygon("255,255,255,0", RED, 0.5, "dash"), "Replaced"),
        ("standing", polygon("#cfd4da", "#9aa5b1", 0.2), "Stays"),
    )
    renderer = QgsCategorizedSymbolRenderer("part", [QgsRendererCategory(*row) for row in symbols])
    above = "array_find(array('standing', 'planned', 'replaced'), \"part\")"
    renderer.setOrderBy(QgsFeatureRequest.OrderBy([QgsFeatureRequest.OrderByClause(above, True)]))
    renderer.setOrderByEnabled(True)
    layer.setRenderer(renderer)
    height = label('format_number("height_m", 0)', text(7.5, INK, bold=True), Qgis.LabelPlacement.OverPoint)
    labels(layer, (height, "\"part\" = 'planned'", 20000, 0))
    give_map_tip(layer)


def planning_limits(layer: QgsVectorLayer) -> None:
    """Parcels on the map of a scheme: outlines, red and hatched where a limit is broken."""
    symbols: tuple[tuple[str, QgsFillSymbol, str], ...] = (
        ("breaks", hatched("#fbeaea", RED, 0.6, "#e8a5a5", 135, 3.0, 0.2), "A limit is broken"),
        ("meets", polygon("#eef5ee", GREEN, 0.4), "All limits are kept"),
        ("unknown", polygon("255,255,255,0", QUIET, 0.4, "dash"), "Not all can be judged"),
        ("no limit", polygon("255,255,255,0", QUIET, 0.3, "dot"), "No limit"),
    )
    layer.setRenderer(QgsCategorizedSymbolRenderer("verdict", [QgsRendererCategory(*row) for row in symbols]))
    give_map_tip(layer)
