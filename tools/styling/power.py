"""Styles of the grid of power: sources, feeders, charging, storage, loads, critical buildings, and the load flow."""

from __future__ import annotations

import math
from collections.abc import Callable

from qgis.core import Qgis, QgsLineSymbol, QgsRuleBasedRenderer, QgsSymbol, QgsVectorLayer

from tools.styling.features import label, labels, marker, polygon, text
from twin_plugin.bridge.kernel.map_classes import INK, PAPER, MapClass, classes, states
from twin_plugin.bridge.kernel.outside_text import give_map_tip, html_expression

STATES = {
    "power_lines": {
        "open": "\"state_now\" = 'open'",
        "without power or out of service": "\"state_now\" in ('out', 'without power')",
        "supplied, loading unknown": '"loading_percent" is null',
    },
    "power_nodes": {"without power": 'not "supplied"', "supplied, spare power unknown": '"spare_kw" is null'},
    "power_feeders": {"in service": "\"state\" = 'in service'", "open, closed only to feed from another side": "ELSE"},
    "power_substations": {"substation": "\"kind\" = 'substation'", "infeed from outside": "ELSE"},
    "power_points": {
        "free": "\"state\" = 'free'",
        "charging": "\"state\" = 'charging'",
        "out of order": "\"state\" = 'out of order'",
    },
    "power_roofs": {"roof with panels": "ELSE"},
}
"""What the classes without numbers of the table stand for."""
SHAPES = {"free": "circle", "charging": "square", "out of order": "cross_fill", "infeed from outside": "diamond"}


def _rules(layer: QgsVectorLayer, name: str, field: str, symbol: Callable[[MapClass, int], QgsSymbol]) -> None:
    """A rule for each state, and for each class of the field's value; `symbol` gets the number among its kind."""
    root, taken = QgsRuleBasedRenderer.Rule(None), ""
    for number, item in enumerate(states(name)):
        rule = STATES[name][item.label]
        root.appendChild(
            QgsRuleBasedRenderer.Rule(symbol(item, number), 0, 0, rule + taken * (rule != "ELSE"), item.label)
        )
        taken += f" and not ({rule})"
    for number, item in enumerate(classes(name)):
        below = "" if math.isinf(item.upper) else f' and "{field}" < {item.upper:g}'
        rule = f'"{field}" >= {item.lower:g}{below}{taken}'
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol(item, number), 0, 0, rule, item.label))
    layer.setRenderer(QgsRuleBasedRenderer(root))


def _line(colour: str, width: float, dash: str = "solid") -> QgsLineSymbol:
    return QgsLineSymbol.createSimple(
        {"line_color": colour, "line_width": str(width), "line_style": dash, "capstyle": "round", "joinstyle": "round"}
    )


def power_lines(layer: QgsVectorLayer) -> None:
    """Cables by loading, wider the more they carry; open ones dotted, those without power dashed."""

    def symbol(item: MapClass, number: int) -> QgsSymbol:
        if math.isnan(item.lower):
            return _line(item.colour, 0.5 + 0.4 * (number == 1), ("dot", "dash", "solid")[number])
        return _line(item.colour, 0.9 + 0.25 * number)

    _rules(layer, "power_lines", "loading_percent", symbol)
    share = "format_number(\"loading_percent\", 0) || ' %'"
    high, low = (label(share, text(6.5), Qgis.LabelPlacement.Line, distance=1) for _ in range(2))  # each is of one rule
    labels(layer, (high, '"loading_percent" >= 60', 6000, 0), (low, '"loading_percent" < 60', 2000, 0))
    _tip(layer, "\"id\" || coalesce(' · ' || format_number(\"loading_percent\", 1) || ' %', '')")


def power_nodes(layer: QgsVectorLayer) -> None:
    """Nodes by what can be added there, crosses where there is no power."""

    def symbol(item: MapClass, number: int) -> QgsSymbol:
        if math.isnan(item.lower):
            return marker(
                *(("cross_fill", item.colour, 4.4, PAPER, 0.4), ("circle", item.colour, 2.2, INK, 0.2))[number]
            )
        return marker("circle", item.colour, 2.4 + 0.5 * number, INK, 0.2)

    _rules(layer, "power_nodes", "spare_kw", symbol)
    spare = label(
        "format_number(\"spare_kw\" / 1000, 1) || ' MW'", text(6.5), Qgis.LabelPlacement.AroundPoint, distance=2.4
    )
    labels(layer, (spare, '"spare_kw" is not null', 4000, 0))
    _tip(layer, 'coalesce("name", "id") || coalesce(\' · \' || "reason", \'\')')


def power_feeders(layer: QgsVectorLayer) -> None:
    """Cables in service solid, open ones dashed, with the name of their feeder."""
    _rules(
        layer,
        "power_feeders",
        "",
        lambda item, number: _line(item.colour, (0.7, 0.6)[number], ("solid", "dash")[number]),
    )
    name = label('"feeder"', text(7, INK, bold=True), Qgis.LabelPlacement.Curved)
    settings = name.lineSettings()
    settings.setMergeLines(True)
    name.setLineSettings(settings)
    labels(layer, (name, "\"feeder\" <> ''", 5000, 0))
    _tip(layer, "\"id\" || ' · ' || coalesce(\"cable\", '')")


def power_substations(layer: QgsVectorLayer) -> None:
    """Substations as large squares, the infeed as a diamond, with their rated power."""

    def symbol(item: MapClass, number: int) -> QgsSymbol:
        return marker(SHAPES.get(item.label, "square"), item.colour, 5.2 - 0.8 * number, PAPER, 0.6)

    _rules(layer, "power_substations", "", symbol)
    size = "\"id\" || ' · ' || format_number(\"mva\", 0) || ' MVA'"
    labels(layer, (label(size, text(7.5, INK, bold=True), Qgis.LabelPlacement.AroundPoint, distance=2), "", 25000, 0))
    _tip(layer, '"name"')


def power_load(layer: QgsVectorLayer) -> None:
    """Nodes by their load, the larger the more they take."""
    _rules(
        layer, "power_load", "p_kw", lambda item, number: marker("circle", item.colour, 1.4 + 0.9 * number, INK, 0.2)
    )
    load = label("format_number(\"p_kw\" / 1000, 2) || ' MW'", text(6.5), Qgis.LabelPlacement.AroundPoint, distance=1)
    labels(layer, (load, '"p_kw" > 0', 3000, 0))
    _tip(layer, '"name"')


def power_charging(layer: QgsVectorLayer) -> None:
    """Charging stations by how many points are free."""
    _rules(layer, "power_charging", "free", lambda item, _: marker("pentagon", item.colour, 4.6, INK, 0.3))
    points = '"free" || \' / \' || "points"'
    labels(layer, (label(points, text(7, INK, bold=True), Qgis.LabelPlacement.AroundPoint, distance=2), "", 15000, 0))
    _tip(layer, '"name"')


def power_points(layer: QgsVectorLayer) -> None:
    """Charging points by state, told apart by shape too."""
    _rules(layer, "power_points", "", lambda item, _: marker(SHAPES[item.label], item.colour, 2.4, INK, 0.2))
    _tip(layer, "\"id\" || ' · ' || format_number(\"power_kw\", 0) || ' kW'")


def power_storage(layer: QgsVectorLayer) -> None:
    """Storage by its state of charge."""
    _rules(layer, "power_storage", "soc_pct", lambda item, _: marker("rectangle", item.colour, 4.0, INK, 0.3))
    state = 'format_number("mwh" * "soc_pct" / 100, 1) || \' MWh\''
    labels(layer, (label(state, text(7), Qgis.LabelPlacement.AroundPoint, distance=2), "", 8000, 0))
    _tip(layer, '"name"')


def power_roofs(layer: QgsVectorLayer) -> None:
    """Roofs with panels."""
    _rules(layer, "power_roofs", "", lambda item, _: polygon(item.colour, "#9a7b16", 0.2, opacity=0.8))
    peak = label("format_number(\"kwp\", 0) || ' kW'", text(6), Qgis.LabelPlacement.OverPoint)
    labels(layer, (peak, "", 2000, 0))
    _tip(layer, '"name"')


def power_critical(layer: QgsVectorLayer) -> None:
    """Critical buildings by the hours of their own power."""
    _rules(layer, "power_critical", "backup_h", lambda item, _: marker("triangle", item.colour, 4.0, INK, 0.3))
    hours = label(
        "format_number(\"backup_h\", 0) || ' h'", text(7, INK, bold=True), Qgis.LabelPlacement.AroundPoint, distance=2
    )
    labels(layer, (hours, "", 8000, 0))
    _tip(layer, '"name"')


def _tip(layer: QgsVectorLayer, expression: str) -> None:
    layer.setDisplayExpression(expression)
    layer.setMapTipTemplate(f"[% {html_expression(expression)} %]")
    give_map_tip(layer)
