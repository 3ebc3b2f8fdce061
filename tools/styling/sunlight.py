"""Styles of sunlight: windows and buildings by what a rule says of them, told apart by mark, size and hatch too."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsFeatureRequest,
    QgsFillSymbol,
    QgsMarkerSymbol,
    QgsProperty,
    QgsRendererCategory,
    QgsSymbolLayer,
    QgsVectorLayer,
)

from tools.styling.features import hatched, label, labels, marker, polygon, text
from twin_plugin.bridge.kernel.map_classes import INK, PAPER, QUIET
from twin_plugin.bridge.kernel.outside_text import give_map_tip

RED, AMBER, GREY, GOLD, BLUE = "#bf1220", "#d98200", "#7d7a73", "#f2c230", "#2f6199"
TITLES = (
    ("newly fails", "Too little sun by the scheme"),
    ("fails and loses", "Had too little, loses more"),
    ("fails", "Too little sun"),
    ("passes", "Enough sun"),
    ("faces away", "Faces away from the sun"),
)


def sunlight_points(layer: QgsVectorLayer) -> None:
    """Marks that point to where the wall faces; of those over each other the worst verdict is on top."""
    symbols = {
        "newly fails": _mark("triangle", RED, 4.0),
        "fails and loses": _mark("diamond", AMBER, 3.4),
        "fails": _mark("triangle", GREY, 2.4),
        "passes": _mark("half_square", GOLD, 1.6),
        "faces away": _mark("circle", QUIET, 0.8),
    }
    categories = [QgsRendererCategory(value, symbols[value], title) for value, title in TITLES]
    renderer = QgsCategorizedSymbolRenderer("verdict", categories)
    worst = "array_find(array('faces away', 'passes', 'fails', 'fails and loses', 'newly fails'), \"verdict\")"
    renderer.setOrderBy(QgsFeatureRequest.OrderBy([QgsFeatureRequest.OrderByClause(worst)]))
    renderer.setOrderByEnabled(True)
    layer.setRenderer(renderer)
    loss = "'−' || format_number(\"lost_min\", 0) || ' min'"
    lost = label(loss, text(7, RED, bold=True), Qgis.LabelPlacement.AroundPoint, distance=1)
    labels(layer, (lost, "\"verdict\" = 'newly fails'", 2000, 0))
    give_map_tip(layer)


def sunlight_buildings(layer: QgsVectorLayer) -> None:
    """Buildings by their worst point, the newly failing hatched; those that only take the sun are outlines."""
    symbols: tuple[tuple[str, QgsFillSymbol, str], ...] = (
        ("newly fails", hatched("#f4c7c7", RED, 0.6, RED, 135, 2.4, 0.25), TITLES[0][1]),
        ("fails and loses", hatched("#fbe3bf", AMBER, 0.5, AMBER, 45, 2.4, 0.25), TITLES[1][1]),
        ("fails", polygon("#dedbd3", GREY, 0.4), TITLES[2][1]),
        ("passes", polygon("#fff3c4", GOLD, 0.4), TITLES[3][1]),
        ("scheme", polygon("#d3e2f3", BLUE, 0.5), "Building of the scheme, takes sun from others"),
        ("other", polygon(PAPER, QUIET, 0.3, "dot"), "Not reviewed, takes sun from others"),
    )
    kind = "coalesce(\"verdict\", if(\"planned\", 'scheme', 'other'))"
    layer.setRenderer(QgsCategorizedSymbolRenderer(kind, [QgsRendererCategory(*row) for row in symbols]))
    least = label(
        "format_number(\"least_min\" / 60, 1) || ' h'", text(7.5, INK), Qgis.LabelPlacement.OverPoint, least_mm=5
    )
    labels(layer, (least, '"least_min" is not null', 8000, 0))
    give_map_tip(layer)


def _mark(shape: str, colour: str, size: float) -> QgsMarkerSymbol:
    """A mark that points away from the wall."""
    symbol = marker(shape, colour, size, PAPER, 0.2)
    turn = QgsProperty.fromExpression('coalesce("facing_deg", 0)')
    symbol.symbolLayer(0).setDataDefinedProperty(QgsSymbolLayer.Property.Angle, turn)
    return symbol
