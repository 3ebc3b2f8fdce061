"""The style of building risk: classes, labels beside the buildings, the selected building, map tip and form."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsCallout,
    QgsCategorizedSymbolRenderer,
    QgsGeometryGeneratorSymbolLayer,
    QgsLineSymbol,
    QgsPalLayerSettings,
    QgsProperty,
    QgsRendererCategory,
    QgsSimpleLineCallout,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from tools.styling.features import WORDS, form, hatched, label, labels, obstacle, polygon, said, spoken, text
from twin_plugin.bridge.kernel.map_classes import INK, PAPER, QUIET, classes, risk_class
from twin_plugin.bridge.kernel.outside_text import html_expression
from twin_plugin.bridge.risk.risk_layers import ALL_RESULTS

NEAR, FAR = 1500, 8000
"""Closer than 1 to the first a label has the building's name, and openings are shown; beyond the second is none."""
SELECTED = "#00a0d2"

RISK_FILLS = {
    4: lambda colour: hatched(colour, "#1c0307", 0.7, "#f6d3d3", 135, 2.0, 0.2),
    3: lambda colour: hatched(colour, "#4f070d", 0.5, "#6b0a12", 45, 1.6, 0.25),
    2: lambda colour: polygon(colour, "#8a4700", 0.45),
    1: lambda colour: polygon(colour, "#9a7d00", 0.26),
    0: lambda colour: polygon(colour, "#8d969f", 0.14),
}
"""Outline and pattern of the risk classes; others have the outline of class 4."""


def risk_symbols() -> dict[int | None, QgsSymbol]:
    """Each class by fill, and by outline or pattern too; unknown is hatched on white."""
    colours = {int(item.lower): item.colour for item in reversed(classes("building_risk"))}
    symbols = {number: RISK_FILLS.get(number, RISK_FILLS[4])(colour) for number, colour in colours.items()}
    grey = risk_class(None).colour
    for number in (4, 3, 2):
        symbols[number].appendSymbolLayer(_dry_parts())
    unknown = hatched(PAPER, grey, 0.3, grey, 45, 1.3, 0.2)
    unknown.symbolLayer(0).setStrokeStyle(unknown.symbolLayer(0).strokeStyle().__class__.DashLine)
    return {**symbols, None: unknown}


def _dry_parts() -> QgsGeometryGeneratorSymbolLayer:
    """The parts that no water enters, in the colour of class 0, over a building of several parts."""
    generator = QgsGeometryGeneratorSymbolLayer.create({"SymbolType": "Fill"})
    generator.setGeometryExpression(
        "collect_geometries(array_foreach(array_filter(generate_series(1, num_geometries(@geometry)), "
        "not array_contains(string_to_array(attribute('parts_reached')), to_string(@element))), "
        "geometry_n(@geometry, @element)))"
    )
    several = "coalesce(attribute('parts_reached'), '') <> ''"
    generator.setDataDefinedProperty(generator.Property.PropertyLayerEnabled, QgsProperty.fromExpression(several))
    # Legends draw this layer without a building, and must show nothing of it: its own colours are none.
    shown = RISK_FILLS[0](risk_class(0).colour)
    fill = shown.symbolLayer(0)
    for kind, colour in (
        (fill.Property.PropertyFillColor, fill.fillColor().name()),
        (fill.Property.PropertyStrokeColor, fill.strokeColor().name()),
    ):
        fill.setDataDefinedProperty(kind, QgsProperty.fromExpression(f"if({several}, '{colour}', '0,0,0,0')"))
    fill.setFillColor(QColor(0, 0, 0, 0))
    fill.setStrokeColor(QColor(0, 0, 0, 0))
    generator.setSubSymbol(shown)
    return generator


def _selected() -> QgsSymbol:
    """A selected building keeps the colour of its class; a broad outline of two colours marks it."""
    colours = " ".join(
        f"when \"risk_class\" = {item.lower:g} then '{item.colour}'" for item in classes("building_risk")
    )
    symbol = polygon(PAPER, "#ffffff", 1.8)
    fill = symbol.symbolLayer(0)
    fill.setDataDefinedProperty(
        fill.Property.PropertyFillColor,
        QgsProperty.fromExpression(f"case {colours} else '{PAPER}' end"),
    )
    symbol.appendSymbolLayer(polygon("255,255,255,0", SELECTED, 1.0).takeSymbolLayer(0))
    return symbol


def _leader() -> QgsSimpleLineCallout:
    """A line from a label to its building, where they stand apart."""
    leader = QgsSimpleLineCallout()
    leader.setLineSymbol(QgsLineSymbol.createSimple({"line_color": INK, "line_width": "0.25"}))
    leader.setMinimumLength(1.5)
    leader.setAnchorPoint(QgsCallout.AnchorPoint.PointOnExterior)
    leader.setEnabled(True)
    return leader


def _risk_labels() -> tuple[tuple[QgsPalLayerSettings, str, int, int], ...]:
    """The depth outside where water comes in, closer the name too; beside the buildings, never on them."""
    outside = Qgis.LabelPlacement.OutsidePolygons
    name, depth = "coalesce(\"name\", '')", 'format_number("depth_m", 2)'
    deep = f"if(@qgis_locale ilike 'zh%', '墙外 ' || {depth} || ' m', {depth} || ' m outside')"
    narrow = f"{depth} || ' m' || '\\n' || {said('outside', '墙外')}"
    enters = (
        f"if(\"ingress_time_min\" is null, '', '\n' || {said('in at ', '进水 ')} || "
        "lpad(floor(\"ingress_time_min\" / 60), 2, '0') || ':' || lpad(floor(\"ingress_time_min\" % 60), 2, '0'))"
    )
    rules = []
    for condition, priority in (('"risk_class" = 4', 10), ('"risk_class" in (2, 3)', 8)):
        wet = label(narrow, text(6.5, bold=True), outside, distance=0.6, priority=priority, least_mm=2.5)
        close = label(
            f"{name} || '\n' || {deep} || {enters}",
            text(7.5, bold=True),
            outside,
            distance=0.8,
            priority=priority,
            wrap=22,
            least_mm=2.5,
        )
        for settings in (wet, close):
            # Of a building of several parts the first one that water enters is labelled.
            settings.geometryGeneratorEnabled = True
            settings.geometryGeneratorType = Qgis.GeometryType.Polygon
            settings.geometryGenerator = (
                "if(coalesce(attribute('parts_reached'), '') = '', @geometry, "
                "geometry_n(@geometry, to_int(string_to_array(attribute('parts_reached'))[0])))"
            )
            settings.setCallout(_leader())
        rules += [(wet, condition, FAR, NEAR), (close, condition, NEAR, 0)]
    around = label(name, text(7.5), outside, distance=0.8, wrap=26, least_mm=4)
    dry = label(name, text(7, QUIET), Qgis.LabelPlacement.Horizontal, wrap=26, least_mm=4)
    return (
        *rules,
        (around, '"risk_class" = 1', 1250, 0),
        (dry, 'coalesce("risk_class", 0) < 1', 1250, 0),
        (obstacle(), '"risk_class" >= 1', FAR, 0),
    )


def building_risk(layer: QgsVectorLayer) -> None:
    """Classes 4 to 0 and unknown, labels with depth where water is, the reason in map tip and form."""
    renderer = QgsCategorizedSymbolRenderer("risk_class")
    for number, symbol in risk_symbols().items():
        title = risk_class(number).label
        renderer.addCategory(QgsRendererCategory(number, symbol, title[0].upper() + title[1:]))
    # Loud classes over quiet ones where footprints touch.
    renderer.setUsingSymbolLevels(False)
    layer.setRenderer(renderer)
    selection = layer.selectionProperties()
    selection.setSelectionRenderingMode(Qgis.SelectionRenderingMode.CustomSymbol)
    selection.setSelectionSymbol(_selected())
    labels(layer, *_risk_labels())
    named, why = html_expression('coalesce("name", "id")'), html_expression('"reason"')
    layer.setMapTipTemplate(
        f'<div style="max-width:320px"><b>[% {named} %]</b><br>'
        f'[% {said("Class ", "等级 ")} || coalesce(to_string("risk_class"), {said("unknown", "未知")}) %]<br>'
        f"[% coalesce({why}, '') %]</div>"
    )
    layer.setDisplayExpression('coalesce("name", "id")')
    form(
        layer,
        {
            "Flood": [
                "name",
                "risk_class",
                "reason",
                "depth_m",
                "level_m",
                "arrival_min",
                "water_rule",
                "wet_share",
                "ingress_time_min",
                "ingress_opening_id",
                "parts_reached",
                "openings_reached",
                "storeys_reached",
                "basement_reached",
                "assessed_use",
                "doubts",
                "damage",
                "people",
                "people_full",
                "people_hour",
                "content_damage",
                "currency",
                "loss",
                "structure_value",
                "structure_loss",
                "content_value",
                "content_loss",
            ],
            "Building": [
                "use",
                "address",
                "footprint_area_m2",
                "gross_floor_area_m2",
                "storeys_above",
                "storeys_below",
                "ground_floor_elev_m",
                "base_elev_m",
                "height_m",
                "roof_elev_m",
                "district",
                "lifecycle_stage",
            ],
            "Source": [
                "id",
                "model_id",
                "outline_area_m2",
                "below_ground_area_m2",
                "valid_from",
                "valid_to",
                "flood_run",
            ],
        },
        {name: spoken(name) for name in layer.fields().names()}
        | WORDS
        | {
            "risk_class": "risk class (0 to 4)",
            "depth_m": "depth outside (m)",
            "level_m": "water level outside (m)",
            "arrival_min": "water arrives after (min)",
            "water_rule": "rule for the cells of a building",
            "wet_share": "share of its cells that are wet",
            "ingress_time_min": "water comes in after (min)",
            "ingress_opening_id": "first opening reached",
            "parts_reached": "parts with water inside",
            "damage": "damage (share of value)",
            "people": "people (estimate)",
            "people_full": "people at full occupancy",
            "people_hour": "people counted at (h)",
            "content_damage": "damage of the content (share of value)",
        },
    )
    config = layer.editFormConfig()
    for column in ALL_RESULTS:
        if layer.fields().indexOf(column.name) >= 0:
            config.setReadOnly(layer.fields().indexOf(column.name), True)
    layer.setEditFormConfig(config)
