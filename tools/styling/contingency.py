"""Styles of the layers of a contingency plan: roads that close, ways, shelters, blocks, measures and the time line."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsLineSymbol,
    QgsMarkerLineSymbolLayer,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsVectorLayer,
)

from tools.styling.features import form, label, labels, marker, polygon, said, text
from twin_plugin.bridge.contingency.map_legend import BLOCK, MEASURE, ROUTE, SHELTER, UNPLACED
from twin_plugin.bridge.kernel.map_classes import CLOSED, INK, PAPER, QUIET, classes
from twin_plugin.bridge.kernel.outside_text import give_map_tip, html_expression

NAMES = {
    "level": "warning level",
    "id": "id",
    "name": "name",
    "road_class": "class of the road",
    "closes_min": "closes after (min)",
    "opens_min": "opens after (min)",
    "depth_m": "greatest depth (m)",
    "length_m": "length (m)",
    "block": "block",
    "shelter": "shelter",
    "people": "people",
    "depart_min": "leave after (min)",
    "arrive_min": "arrive after (min)",
    "latest_departure_min": "latest departure (min)",
    "latest_by_any_way_min": "latest by any way (min)",
    "capacity": "places",
    "share_pct": "places taken (%)",
    "excluded": "not used because",
    "buildings": "buildings",
    "placed": "people with a place",
    "unplaced": "people without a place",
    "reason": "why",
    "kind": "kind",
    "place": "place",
    "by_min": "in place by (min)",
    "minute": "minute",
    "text": "what happens",
    "object_id": "object",
    "begin": "shown from",
    "end": "shown until",
    "plan_id": "plan",
}
EVENTS = (
    ("warning", "warnings", "star", "#d98a00"),
    ("action", "actions", "circle", SHELTER),
    ("departure", "latest departures", "triangle", ROUTE),
    ("measure", "measures", "square", MEASURE),
    ("closure", "road closures", "cross_fill", CLOSED),
    ("opening", "road openings", "cross", QUIET),
    ("entry", "water enters a building", "diamond", "#2a6fb0"),
    ("failure", "failures", "cross2", "#520615"),
    ("peak", "peak", "pentagon", INK),
    ("end", "end of the run", "hexagon", INK),
)
"""Kind of event, its name in the legend, and the marker and colour that it has."""
SENTENCES_FROM = 1500
"""Scale from which on events say what happens, and not only when."""


def contingency_closures(layer: QgsVectorLayer) -> None:
    """Thick red lines with crosses, labelled with the time from which they are closed."""
    line = QgsLineSymbol.createSimple(
        {"line_color": CLOSED, "line_width": "1.2", "capstyle": "round", "joinstyle": "round"}
    )
    line.appendSymbolLayer(_marks("cross2", CLOSED, 2.4, 9.0))
    line.setClipFeaturesToExtent(False)
    layer.setRenderer(QgsSingleSymbolRenderer(line))
    when = f"coalesce({_clock('closes_min')}, {said('closed', '封闭')})"
    labels(layer, (label(when, text(7, CLOSED, bold=True), Qgis.LabelPlacement.Line, distance=0.6), "", 12000, 0))
    _finish(layer, '"name"')


def contingency_routes(layer: QgsVectorLayer) -> None:
    """Green lines with a white edge and arrows in the direction of travel."""
    line = QgsLineSymbol.createSimple({"line_color": PAPER, "line_width": "1.4", "capstyle": "round"})
    inner = QgsLineSymbol.createSimple({"line_color": ROUTE, "line_width": "0.8", "capstyle": "round"})
    line.appendSymbolLayer(inner.takeSymbolLayer(0))
    line.appendSymbolLayer(_marks("filled_arrowhead", ROUTE, 2.8, 14.0))
    line.setOpacity(0.85)
    line.setClipFeaturesToExtent(False)
    layer.setRenderer(QgsSingleSymbolRenderer(line))
    _finish(layer, '"block" || \' → \' || "shelter"')


def contingency_shelters(layer: QgsVectorLayer) -> None:
    """Green pentagons with people and places; those that are not used are hollow and crossed."""
    used = marker("pentagon", SHELTER, 4.6, PAPER, 0.5)
    unused = marker("pentagon", PAPER, 4.2, QUIET, 0.5)
    unused.appendSymbolLayer(marker("cross2", QUIET, 2.6, QUIET, 0.5).takeSymbolLayer(0))
    full = '"excluded" IS NULL OR "excluded" = \'\''
    _rules(layer, (used, full, "shelter"), (unused, "ELSE", "not used"))
    what = f'"name" || \'\n\' || "people" || \' / \' || "capacity" || {said(" places", " 个名额")}'
    shown = label(what, text(7, "#14613a", bold=True), Qgis.LabelPlacement.AroundPoint, distance=1.2, wrap=22)
    closed = label('"name"', text(6.5, QUIET), Qgis.LabelPlacement.AroundPoint, distance=1.2, wrap=22)
    labels(layer, (shown, full, 20000, 0), (closed, f"NOT ({full})", 6000, 0))
    _finish(layer, '"name"')


def contingency_blocks(layer: QgsVectorLayer) -> None:
    """Circles that grow with the people who leave; people without a place are a violet square with their number."""
    placed, without = marker("circle", BLOCK, 2.6, PAPER, 0.4), marker("square", UNPLACED, 3.6, PAPER, 0.5)
    _rules(layer, (without, '"unplaced" > 0', "people without a place"), (placed, "ELSE", "all have a place"))
    number = label('"unplaced"', text(7.5, UNPLACED, bold=True), Qgis.LabelPlacement.AroundPoint, distance=1)
    people = label('"people"', text(6.5, BLOCK), Qgis.LabelPlacement.AroundPoint, distance=0.8)
    labels(layer, (number, '"unplaced" > 0', 20000, 0), (people, '"unplaced" = 0', 6000, 0))
    _finish(layer, '"name"')


def contingency_measures(layer: QgsVectorLayer) -> None:
    """Blue squares with the name of the measure."""
    pump, barrier = marker("square", MEASURE, 3.4, PAPER, 0.5), marker("line", MEASURE, 4.6, MEASURE, 1.2)
    other = marker("diamond", MEASURE, 3.4, PAPER, 0.5)
    _rules(
        layer,
        (pump, "\"kind\" = 'pump'", "pump"),
        (barrier, "\"kind\" = 'barrier'", "barrier"),
        (other, "ELSE", "other measure"),
    )
    named = label('"name"', text(7, MEASURE, bold=True), Qgis.LabelPlacement.AroundPoint, distance=1, wrap=20)
    labels(layer, (named, "", 10000, 0))
    _finish(layer, '"kind" || \' \' || "name"')


def contingency_events(layer: QgsVectorLayer) -> None:
    """A shape and a colour for each kind of event, shown while its time lasts in the temporal controller."""
    _rules(
        layer,
        *(
            (
                marker(shape, colour, 4.0, PAPER if shape not in ("cross", "cross2") else colour, 0.5),
                f"\"kind\" = '{kind}'",
                title,
            )
            for kind, title, shape, colour in EVENTS
        ),
    )
    what = f"{_clock('minute')} || ' ' || \"text\""
    # Sentences cover a district: zoomed out only the moments of what counts most. CLOSURES have theirs on their lines.
    urgent = "\"kind\" IN ('failure', 'entry', 'departure')"
    moments = label(_clock("minute"), text(7, INK, bold=True), Qgis.LabelPlacement.AroundPoint, distance=1, priority=7)
    sentences = label(what, text(7, INK), Qgis.LabelPlacement.AroundPoint, distance=1, wrap=30, priority=7)
    more = label(what, text(7, INK), Qgis.LabelPlacement.AroundPoint, distance=1, wrap=30, priority=3)
    labels(
        layer,
        (moments, urgent, 12000, SENTENCES_FROM),
        (sentences, urgent, SENTENCES_FROM, 0),
        (more, f"NOT ({urgent})", SENTENCES_FROM // 2, 0),
    )
    _finish(layer, what)
    properties = layer.temporalProperties()
    properties.setMode(Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromFields)
    properties.setStartField("begin")
    properties.setEndField("end")
    properties.setLimitMode(Qgis.VectorTemporalLimitMode.IncludeBeginExcludeEnd)
    properties.setIsActive(True)


def contingency_districts(layer: QgsVectorLayer) -> None:
    """Dashed outlines."""
    layer.setRenderer(QgsSingleSymbolRenderer(polygon("255,255,255,0", QUIET, 0.4, "dash")))
    give_map_tip(layer)


def contingency_buildings(layer: QgsVectorLayer) -> None:
    """Points of buildings by their risk class, where there are no outlines."""
    _rules(
        layer,
        *(
            (marker("square", item.colour, 2.2, INK, 0.15), f'"risk_class" = {item.lower:g}', item.label)
            for item in classes("building_risk")
            if item.lower >= 1
        ),
    )
    give_map_tip(layer)


def _clock(field: str) -> str:
    """An expression for minutes as a clock shows them, with a minus before the start."""
    minutes = f'(abs("{field}") + 0.5)'
    hours, rest = f"lpad(floor({minutes} / 60), 2, '0')", f"lpad(floor({minutes} % 60), 2, '0')"
    return f"if(\"{field}\" <= -0.5, '−', '') || {hours} || ':' || {rest}"


def _rules(layer: QgsVectorLayer, *rules: tuple[QgsSymbol, str, str]) -> None:
    root = QgsRuleBasedRenderer.Rule(None)
    for symbol, condition, title in rules:
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, condition, title))
    layer.setRenderer(QgsRuleBasedRenderer(root))


def _marks(shape: str, colour: str, size: float, interval: float) -> QgsMarkerLineSymbolLayer:
    """Marks along a line, the first half an interval from its start."""
    marks = QgsMarkerLineSymbolLayer.create({"interval": str(interval), "rotate": "1"})
    marks.setPlacements(Qgis.MarkerLinePlacement.Interval)
    marks.setIntervalUnit(Qgis.RenderUnit.Millimeters)
    marks.setOffsetAlongLine(interval / 2)
    marks.setOffsetAlongLineUnit(Qgis.RenderUnit.Millimeters)
    marks.setSubSymbol(marker(shape, colour, size, colour, 0.5))
    return marks


def _finish(layer: QgsVectorLayer, name: str) -> None:
    """The form with all columns, the name of a feature, and a map tip that shows it with its reason."""
    columns = [field.name() for field in layer.fields()]
    form(layer, {"Plan": columns}, NAMES)
    layer.setDisplayExpression(f"coalesce({name}, '')")
    if "reason" in columns:
        reason = html_expression('"reason"')
        shown = f"coalesce({html_expression(name)}, '') || coalesce('<br>' || {reason}, '')"
        layer.setMapTipTemplate(f'<div style="max-width:320px">[% {shown} %]</div>')
    give_map_tip(layer)
