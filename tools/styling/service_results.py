"""Styles of what services give: their state, the features of a query, and what sensors observed."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsLineSymbol,
    QgsRendererCategory,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)

from tools.styling.features import label, labels, marker, polygon, said, text
from twin_plugin.bridge.kernel.map_classes import INK, PAPER, QUIET, states
from twin_plugin.bridge.kernel.outside_text import give_map_tip, html_expression

STATES = (
    ("alive", "Alive", "circle", "#1b7f4b"),
    ("slow", "Slow", "triangle", "#c98a16"),
    ("denied", "Access denied", "square", "#6a4c93"),
    ("dead", "Dead", "cross_fill", "#b3261e"),
    ("unknown", "Not asked", "diamond", "#8d969f"),
)


def service_health(layer: QgsVectorLayer) -> None:
    """Each state by colour and by shape, the reason in the map tip."""
    categories = [
        QgsRendererCategory(value, marker(shape, colour, 3.2), title) for value, title, shape, colour in STATES
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("state", categories))
    took = "[% if(\"latency_ms\" is null, '', ' · ' || round(\"latency_ms\") || ' ms') %]"
    title, protocol, state, reason = map(html_expression, ('"title"', '"protocol"', '"state"', '"reason"'))
    layer.setMapTipTemplate(
        f'<div style="max-width:320px"><b>[% {title} %]</b><br>[% {protocol} %] · [% {state} %]'
        f"{took}<br>[% coalesce({reason}, '') %]</div>"
    )
    layer.setDisplayExpression('"title"')
    # A rule owns its label: each has one of its own.
    worse, all_of_them = (
        label('"title"', text(7), Qgis.LabelPlacement.AroundPoint, distance=1, wrap=24) for _ in range(2)
    )
    labels(layer, (worse, "\"state\" in ('dead', 'denied')", 200000, 50000), (all_of_them, "", 50000, 0))


def service_points(layer: QgsVectorLayer) -> None:
    """Points of a query."""
    layer.setRenderer(QgsSingleSymbolRenderer(marker("circle", "#0f8b8d", 2.6)))
    give_map_tip(layer)


def service_lines(layer: QgsVectorLayer) -> None:
    """Lines of a query."""
    symbol = QgsLineSymbol.createSimple({"line_color": "#0f8b8d", "line_width": "0.6", "capstyle": "round"})
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    give_map_tip(layer)


def service_polygons(layer: QgsVectorLayer) -> None:
    """Polygons of a query."""
    layer.setRenderer(QgsSingleSymbolRenderer(polygon("#0f8b8d33", "#0f8b8d", 0.4)))
    give_map_tip(layer)


def observations(layer: QgsVectorLayer) -> None:
    """Sensors with their value and unit; those without a value are hollow."""
    root = QgsRuleBasedRenderer.Rule(None)
    seen, silent = marker("circle", "#1f5fa8", 3.0), marker("circle", "#ffffff", 2.6, "#8d969f", 0.5)
    known = '"value" is not null or "text" is not null'
    root.appendChild(QgsRuleBasedRenderer.Rule(seen, 0, 0, known, "Observed"))
    root.appendChild(QgsRuleBasedRenderer.Rule(silent, 0, 0, "ELSE", "No observation"))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    shown = 'coalesce(to_string(round("value", 2)), left("text", 24)) || coalesce(\' \' || "unit", \'\')'
    labels(layer, (label(shown, text(7.5, "#17497f"), Qgis.LabelPlacement.AroundPoint, distance=1), known, 60000, 0))
    site, what, value = map(html_expression, ('coalesce("site", "sensor")', '"property"', shown))
    layer.setMapTipTemplate(
        f"<b>[% {site} %]</b><br>[% {what} %]: [% {value} %]<br>[% format_date(\"time\", 'yyyy-MM-dd HH:mm') %] UTC"
    )
    layer.setDisplayExpression('coalesce("site", "sensor")')


OBSERVATION = "Thing_Datastream_Observation"
"""How the fields of QGIS's layers of sensors begin that the latest observation has."""
UP_TO_DATE_MIN = 30


def live_sensors(layer: QgsVectorLayer) -> None:
    """Sensors as QGIS asks them, with their latest value: grey where it is old, hollow where there is none."""
    fresh, old, none = states("live_sensors")
    value, time = f'try(to_real("{OBSERVATION}_result"))', f'"{OBSERVATION}_phenomenonTimeEnd"'
    minutes = f"(epoch(now()) - epoch({time})) / 60000.0"
    late = f"coalesce({minutes} > {UP_TO_DATE_MIN}, true)"
    root = QgsRuleBasedRenderer.Rule(None)
    for symbol, condition, item in (
        (marker("circle", PAPER, 2.8, none.colour, 0.5), f"{value} is null", none),
        (marker("circle", old.colour, 3.2, PAPER, 0.4), f"{value} is not null and {late}", old),
        (marker("circle", fresh.colour, 3.8, PAPER, 0.4), f"{value} is not null and not {late}", fresh),
    ):
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, condition, item.label))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    unit = "coalesce(' ' || map_get(\"Thing_Datastream_unitOfMeasurement\", 'symbol'), '')"
    shown = f"format_number({value}, 2) || {unit}"
    ago = f"round({minutes}) || {said(' min ago', ' 分钟前')}"
    current = label(shown, text(8, INK, bold=True), Qgis.LabelPlacement.AroundPoint, distance=1)
    stale = label(f"{shown} || '\n' || {ago}", text(7, QUIET), Qgis.LabelPlacement.AroundPoint, distance=1)
    labels(layer, (current, f"not {late}", 50000, 0), (stale, late, 20000, 0))
    site, tip = map(html_expression, ('coalesce("Thing_name", "name")', f"coalesce({shown} || ' · ' || {ago}, '–')"))
    layer.setMapTipTemplate(f"<b>[% {site} %]</b><br>[% {tip} %]")
    layer.setDisplayExpression('coalesce("Thing_name", "name")')


def layers() -> Iterator[tuple[QgsVectorLayer, str]]:
    """Empty layers with these styles, and the styles' names."""
    for name, kind, fields, draw in (
        ("service_health", "Point", "title:string protocol:string state:string latency_ms:double reason:string",
         service_health),
        ("service_points", "Point", "", service_points),
        ("service_lines", "LineString", "", service_lines),
        ("service_polygons", "Polygon", "", service_polygons),
        ("observations", "Point", "sensor:string site:string property:string value:double text:string unit:string "
         "time:datetime", observations),
        ("live_sensors", "Point", f"name:string Thing_name:string Thing_Datastream_unitOfMeasurement:map "
         f"{OBSERVATION}_result:string {OBSERVATION}_phenomenonTimeEnd:datetime", live_sensors),
    ):  # fmt: skip
        given = "".join(f"&field={field}" for field in fields.split())
        layer = QgsVectorLayer(f"{kind}?crs=EPSG:4326{given}", "sample", "memory")
        draw(layer)
        yield layer, name
