"""Styles of the vector outputs: symbols, labels by scale, map tips and forms."""

from __future__ import annotations

import math

from qgis.core import (
    Qgis,
    QgsAttributeEditorContainer,
    QgsAttributeEditorField,
    QgsEditFormConfig,
    QgsEditorWidgetSetup,
    QgsFillSymbol,
    QgsLabelObstacleSettings,
    QgsLinePatternFillSymbolLayer,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProperty,
    QgsRuleBasedLabeling,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsTextFormat,
    QgsVectorLayer,
)

from twin_plugin.bridge.kernel.columns import make_fields
from twin_plugin.bridge.kernel.lettering import text_format
from twin_plugin.bridge.kernel.map_classes import INK, PAPER, QUIET, WATER_BODY, classes
from twin_plugin.bridge.kernel.outside_text import give_map_tip
from twin_plugin.core.common.tables import Column

WORDS = {
    "id": "id",
    "model_id": "model",
    "building_id": "building",
    "storey_id": "storey",
    "footprint_area_m2": "footprint area (m²)",
    "outline_area_m2": "area seen from above (m²)",
    "ground_floor_elev_m": "level of the ground floor (m)",
    "base_elev_m": "lowest level (m)",
    "roof_elev_m": "highest level (m)",
    "height_m": "height (m)",
    "gross_floor_area_m2": "gross floor area (m²)",
    "below_ground_area_m2": "basement area (m²)",
    "storeys_above": "storeys above ground",
    "storeys_below": "storeys below ground",
    "lifecycle_stage": "stage of its life",
    "area_m2": "area (m²)",
    "elev_m": "level of the floor (m)",
    "sill_elev_m": "level of the sill (m)",
    "width_m": "clear width (m)",
    "is_external": "leads outside",
    "room_number": "room number",
    "long_name": "long name",
    "stated_area_m2": "area that the model states (m²)",
    "area_differs": "both areas differ",
    "is_outside": "lies outside",
    "is_counted": "counts in sums",
    "part_of": "part of",
    "source": "sill taken from",
    "number": "number (0 is the ground floor)",
    "top_elev_m": "highest level (m)",
    "bottom_elev_m": "lowest level (m)",
    "lod": "level of detail",
    "kind": "kind",
    "surface_m2": "area along the slope (m²)",
    "slope_deg": "slope (°)",
    "volume_m3": "volume (m³)",
    "volume_check_m3": "volume of the model's envelope (m³)",
}


def said(english: str, chinese: str) -> str:
    """An expression for a text in the language that QGIS speaks."""
    return f"if(@qgis_locale ilike 'zh%', '{chinese}', '{english}')"


# Tables name things in one field, or in one for each language.
NAME = (
    "coalesce(attribute('name'), if(@qgis_locale ilike 'zh%', attribute('name_zh'), attribute('name_en')), "
    "attribute('name_en'), '')"
)

Tabs = dict[str, list[str]]
LONG = ("id", "reason", "doubts", "address")
DECIMALS = {"_m2": 0, "_min": 0, "_ms": 0, "_mm": 1}
REAL = make_fields((Column("x", "real", ""),))[0].type()


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
    thinning = settings.thinningSettings()
    thinning.setMinimumFeatureSize(more.get("least_mm", 0.0))
    settings.setThinningSettings(thinning)
    return settings


def obstacle() -> QgsPalLayerSettings:
    """No label, but what it stands for keeps the labels of all layers away."""
    settings = label("''", text(6), Qgis.LabelPlacement.OverPoint)
    settings.drawLabels = False
    obstacles = settings.obstacleSettings()
    obstacles.setIsObstacle(True)
    obstacles.setType(QgsLabelObstacleSettings.ObstacleType.PolygonInterior)
    obstacles.setFactor(10.0)
    settings.setObstacleSettings(obstacles)
    return settings


def labels(layer: QgsVectorLayer, *rules: tuple[QgsPalLayerSettings, str, int, int]) -> None:
    """Labels as rules: (settings, filter, from 1:n when zoomed out, to 1:n when zoomed in; 0 for no limit)."""
    root = QgsRuleBasedLabeling.Rule(None)
    for settings, condition, smallest, largest in rules:
        root.appendChild(QgsRuleBasedLabeling.Rule(settings, largest, smallest, condition))
    layer.setLabeling(QgsRuleBasedLabeling(root))
    layer.setLabelsEnabled(True)


def spoken(name: str) -> str:
    """The name of a column as words, its unit in brackets."""
    words, _, unit = name.rpartition("_")
    shown = {"m": "m", "m2": "m²"}.get(unit)
    return f"{words} ({shown})".replace("_", " ") if shown else name.replace("_", " ")


def decimals(field: str, finest: int) -> int:
    """How many decimals of a field a person reads: 0.63 m, 27 min, 514 m²."""
    return next((digits for unit, digits in DECIMALS.items() if field.endswith(unit)), finest)


def rounded(digits: int) -> QgsEditorWidgetSetup:
    """A number with so many decimals, in forms and attribute tables; the value itself stays."""
    limits = {"Min": -1e9, "Max": 1e9, "Step": 10.0**-digits}
    return QgsEditorWidgetSetup("Range", {"AllowNull": True, "Precision": digits, "Style": "SpinBox", **limits})


def form(layer: QgsVectorLayer, tabs: Tabs, names: dict[str, str], finest: int = 2) -> None:
    """Names for people on the fields, rounded numbers, and a form with a tab for each group of fields.

    `finest` are the decimals of metres and what has no unit: 3 where people may edit, since a form saves what it shows.
    """
    fields = layer.fields()
    for index, field in enumerate(fields):
        name = names.get(field.name(), field.name().replace("_", " "))
        layer.setFieldAlias(index, name[:1].upper() + name[1:])
        if field.name() in LONG or field.name().endswith("_id"):
            layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("TextEdit", {"IsMultiline": True}))
        elif field.type() == REAL:
            layer.setEditorWidgetSetup(index, rounded(decimals(field.name(), finest)))
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


def darkening(layer: QgsVectorLayer, name: str, field: str, width: float, without: str) -> None:
    """Colours of the legend classes `name` by a field; polygons without a value are an outline, called `without`."""
    root = QgsRuleBasedRenderer.Rule(None)
    for item in classes(name):
        below = "" if math.isinf(item.upper) else f' and "{field}" < {item.upper:g}'
        lower = f'"{field}" >= {item.lower:g}' if item.lower > 0 else f'"{field}" is not null'
        root.appendChild(QgsRuleBasedRenderer.Rule(polygon(item.colour, INK, width), 0, 0, lower + below, item.label))
    empty = polygon("255,255,255,0", INK, 0.2)
    root.appendChild(QgsRuleBasedRenderer.Rule(empty, 0, 0, "ELSE", without))
    layer.setRenderer(QgsRuleBasedRenderer(root))


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


def water_bodies(layer: QgsVectorLayer) -> None:
    """Sea, lakes and rivers: greyer than any depth of a flood, so that nobody takes them for one."""
    layer.setRenderer(QgsSingleSymbolRenderer(polygon(WATER_BODY, WATER_BODY, 0.1)))
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
