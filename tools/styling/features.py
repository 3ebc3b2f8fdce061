"""Styles of the vector outputs: symbols, labels by scale, map tips and forms."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsAttributeEditorContainer,
    QgsAttributeEditorField,
    QgsCategorizedSymbolRenderer,
    QgsEditFormConfig,
    QgsEditorWidgetSetup,
    QgsFillSymbol,
    QgsLinePatternFillSymbolLayer,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProperty,
    QgsRendererCategory,
    QgsRuleBasedLabeling,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsTextFormat,
    QgsVectorLayer,
)

from twin_plugin.bridge.kernel.lettering import text_format
from twin_plugin.bridge.kernel.map_classes import INK, PAPER, QUIET, classes, risk_class
from twin_plugin.bridge.kernel.outside_text import give_map_tip, html_expression


def said(english: str, chinese: str) -> str:
    """An expression for a text in the language that QGIS speaks."""
    return f"if(@qgis_locale ilike 'zh%', '{chinese}', '{english}')"


# Tables name things in one field, or in one for each language.
NAME = (
    "coalesce(attribute('name'), if(@qgis_locale ilike 'zh%', attribute('name_zh'), attribute('name_en')), "
    "attribute('name_en'), '')"
)

Tabs = dict[str, list[str]]


def text(size: float, colour: str = INK, bold: bool = False) -> QgsTextFormat:
    """A text with a halo."""
    return text_format(size, colour, bold, halo=True)


def label(expression: str, form: QgsTextFormat, placement: Qgis.LabelPlacement, **more: float) -> QgsPalLayerSettings:
    """A label from an expression."""
    settings = QgsPalLayerSettings()
    settings.fieldName = expression
    settings.isExpression = True
    settings.placement = placement
    settings.setFormat(form)
    settings.multilineAlign = Qgis.LabelMultiLineAlignment.Center
    settings.wrapChar = "\n"
    settings.autoWrapLength = int(more.get("wrap", 0))
    obstacles = settings.obstacleSettings()
    obstacles.setIsObstacle(False)
    settings.setObstacleSettings(obstacles)
    settings.dist = more.get("distance", 0.0)
    settings.priority = int(more.get("priority", 5))
    return settings


def labels(layer: QgsVectorLayer, *rules: tuple[QgsPalLayerSettings, str, int, int]) -> None:
    """Labels as rules: (settings, filter, from 1:n when zoomed out, to 1:n when zoomed in; 0 for no limit)."""
    root = QgsRuleBasedLabeling.Rule(None)
    for settings, condition, smallest, largest in rules:
        root.appendChild(QgsRuleBasedLabeling.Rule(settings, largest, smallest, condition))
    layer.setLabeling(QgsRuleBasedLabeling(root))
    layer.setLabelsEnabled(True)


def form(layer: QgsVectorLayer, tabs: Tabs, names: dict[str, str]) -> None:
    """Names for people on the fields, and a form with a tab for each group of them."""
    fields = layer.fields()
    for index, field in enumerate(fields):
        layer.setFieldAlias(index, names.get(field.name(), field.name().replace("_", " ")))
        if field.name() == "reason":
            layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("TextEdit", {"IsMultiline": True}))
    config = layer.editFormConfig()
    config.setLayout(Qgis.AttributeFormLayout.DragAndDrop)
    config.clearTabs()
    for title, members in tabs.items():
        tab = QgsAttributeEditorContainer(title, config.invisibleRootContainer())
        tab.setType(Qgis.AttributeEditorContainerType.Tab)
        for name in members:
            if fields.indexOf(name) >= 0:
                tab.addChildElement(QgsAttributeEditorField(name, fields.indexOf(name), tab))
        config.addTab(tab)
    config.setSuppress(QgsEditFormConfig.FeatureFormSuppress.SuppressDefault)
    layer.setEditFormConfig(config)


def polygon(colour: str, edge: str, width: float, pen: str = "solid", opacity: float = 1.0) -> QgsFillSymbol:
    """A plain polygon."""
    symbol = QgsFillSymbol.createSimple(
        {
            "color": colour,
            "outline_color": edge,
            "outline_width": str(width),
            "outline_style": pen,
            "joinstyle": "miter",
        }
    )
    symbol.setOpacity(opacity)
    return symbol


def hatched(colour: str, edge: str, width: float, hatch: str, angle: float, gap: float, pen: float) -> QgsFillSymbol:
    """A polygon with lines across it, so that its class shows without colour."""
    symbol = polygon(colour, edge, width)
    lines = QgsLinePatternFillSymbolLayer()
    lines.setLineAngle(angle)
    lines.setDistance(gap)
    lines.setSubSymbol(QgsLineSymbol.createSimple({"line_color": hatch, "line_width": str(pen)}))
    symbol.insertSymbolLayer(1, lines)
    return symbol


def marker(shape: str, colour: str, size: float, edge: str = PAPER, width: float = 0.3) -> QgsMarkerSymbol:
    """A plain marker."""
    return QgsMarkerSymbol.createSimple(
        {"name": shape, "color": colour, "size": str(size), "outline_color": edge, "outline_width": str(width)}
    )


RISK_FILLS = {
    4: lambda colour: hatched(colour, "#1c0307", 0.7, "#f6d3d3", 135, 2.0, 0.2),
    3: lambda colour: hatched(colour, "#6d100c", 0.5, "#7d130e", 45, 1.6, 0.25),
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
    unknown = hatched(PAPER, grey, 0.3, grey, 45, 1.3, 0.2)
    unknown.symbolLayer(0).setStrokeStyle(unknown.symbolLayer(0).strokeStyle().__class__.DashLine)
    return {**symbols, None: unknown}


def building_risk(layer: QgsVectorLayer) -> None:
    """Classes 4 to 0 and unknown, labels with depth where water is, the reason in map tip and form."""
    renderer = QgsCategorizedSymbolRenderer("risk_class")
    for number, symbol in risk_symbols().items():
        title = risk_class(number).label
        renderer.addCategory(QgsRendererCategory(number, symbol, title[0].upper() + title[1:]))
    # Loud classes over quiet ones where footprints touch.
    renderer.setUsingSymbolLevels(False)
    layer.setRenderer(renderer)
    around = Qgis.LabelPlacement.AroundPoint
    wet = label("format_number(\"depth_m\", 2) || ' m'", text(6.5, bold=True), Qgis.LabelPlacement.OverPoint)
    name = "coalesce(\"name\", '')"
    close = label(
        f"{name} || '\n' || format_number(\"depth_m\", 2) || ' m' || "
        "if(\"ingress_time_min\" is null, '', ' · ' || lpad(floor(\"ingress_time_min\"/60), 2, '0') || ':' || "
        "lpad(floor(\"ingress_time_min\" % 60), 2, '0'))",
        text(8, bold=True),
        Qgis.LabelPlacement.OverPoint,
        priority=9,
        wrap=26,
    )
    dry = label(name, text(7, QUIET), around, wrap=26)
    labels(
        layer,
        (wet, '"risk_class" >= 2', 6000, 1501),
        (close, '"risk_class" >= 1', 1500, 0),
        (dry, 'coalesce("risk_class", 0) < 1', 1000, 0),
    )
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
                "ingress_time_min",
                "ingress_opening_id",
                "storeys_reached",
                "basement_reached",
                "assessed_use",
                "doubts",
                "damage",
                "people",
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
        {
            "risk_class": "risk class (0 to 4)",
            "depth_m": "water depth around it (m)",
            "level_m": "water level around it (m)",
            "arrival_min": "water reaches it after (min)",
            "ingress_time_min": "water comes in after (min)",
            "ingress_opening_id": "comes in first at opening",
            "damage": "damage (share of value)",
        },
    )


def roads(layer: QgsVectorLayer) -> None:
    """White streets with a grey edge, as wide as the field width_m says where there is one."""
    casing = QgsLineSymbol.createSimple(
        {"line_color": "#b9b6ae", "line_width": "1.9", "capstyle": "round", "joinstyle": "round"}
    )
    street = QgsLineSymbol.createSimple(
        {"line_color": "#fdfdfb", "line_width": "1.5", "capstyle": "round", "joinstyle": "round"}
    )
    casing.appendSymbolLayer(street.takeSymbolLayer(0))
    wide = "coalesce(try(to_real(attribute('width_m'))), 8)"
    for number, extra in ((0, "+ 2"), (1, "")):
        line = casing.symbolLayer(number)
        line.setWidthUnit(Qgis.RenderUnit.MapUnits)
        line.setWidth(10 if number == 0 else 8)
        line.setDataDefinedProperty(line.Property.PropertyStrokeWidth, QgsProperty.fromExpression(f"{wide} {extra}"))
        line.setRenderingPass(number)
    renderer = QgsSingleSymbolRenderer(casing)
    renderer.setUsingSymbolLevels(True)
    layer.setRenderer(renderer)
    along = label(NAME, text(7, QUIET), Qgis.LabelPlacement.Curved)
    lines = along.lineSettings()
    lines.setMergeLines(True)
    along.setLineSettings(lines)
    labels(layer, (along, "", 5000, 0))
    give_map_tip(layer)


def shelters(layer: QgsVectorLayer) -> None:
    """Green squares with name and capacity."""
    layer.setRenderer(QgsSingleSymbolRenderer(marker("pentagon", "#1b7f4b", 4.2, PAPER, 0.5)))
    unit = said(" persons", " 人")
    what = f"{NAME} || coalesce('\n' || attribute('capacity_persons') || {unit}, '')"
    labels(
        layer, (label(what, text(7.5, "#14613a", bold=True), Qgis.LabelPlacement.AroundPoint, distance=1), "", 8000, 0)
    )
    give_map_tip(layer)


def rain_gauges(layer: QgsVectorLayer) -> None:
    """Blue circles with the gauge's name."""
    layer.setRenderer(QgsSingleSymbolRenderer(marker("circle", "#1f5fa8", 3.0, PAPER, 0.6)))
    name = label(NAME, text(7.5, "#17497f"), Qgis.LabelPlacement.AroundPoint, distance=1)
    labels(layer, (name, "", 15000, 0))
    give_map_tip(layer)
