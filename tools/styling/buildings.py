"""Styles of what is read from models: buildings by use, storeys, openings and parts below ground, in 2D and 3D."""

from __future__ import annotations

import csv

from qgis._3d import (
    QgsPhongMaterialSettings,
    QgsPoint3DSymbol,
    QgsPolygon3DSymbol,
    QgsVectorLayer3DRenderer,
)
from qgis.core import (
    Qgis,
    QgsAbstract3DSymbol,
    QgsCategorizedSymbolRenderer,
    QgsEditorWidgetSetup,
    QgsProperty,
    QgsRendererCategory,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
    QgsVectorSimplifyMethod,
)
from qgis.PyQt import sip
from qgis.PyQt.QtGui import QColor

from tools.styling.features import WORDS, form, label, labels, marker, polygon, said, spoken, text
from twin_plugin.bridge.kernel import resources
from twin_plugin.bridge.kernel.map_classes import QUIET
from twin_plugin.bridge.kernel.outside_text import html_expression
from twin_plugin.core.scene.use_colours import use_colours

ROOM_USES = (
    (
        "Living and working",
        "#f3e3c3",
        (
            *("bedroom", "living room", "dining", "kitchen", "office", "meeting room", "classroom", "laboratory"),
            *("retail", "hospital ward", "sports", "platform"),
        ),
    ),
    ("Water and washing", "#c3dbe3", ("bathroom", "toilet", "laundry")),
    ("Ways", "#dfe3d0", ("corridor", "entrance", "stairs", "lift")),
    ("Plant and storage", "#d3cfdc", ("plant room", "server room", "storage", "shaft", "roof", "shelter")),
    ("Parking", "#cdc3dc", ("parking",)),
    ("Outside", "#d5e5c3", ("terrace",)),
)
"""Rooms by what goes on in them."""
OTHER = ("Other or unknown use", "#e6e4df")
ROOM_EDGE = "#7d7668"
EDGE, DEEP = "#8b857a", "#6a4c93"
STAGES = ("planning", "design", "construction", "operation", "demolished")


def uses() -> list[str]:
    """Every use that reading a model can give, in the order of the alphabet."""
    with (resources.RESOURCES / "tables" / "building_use.csv").open(encoding="utf-8", newline="") as stream:
        return sorted({row["use"] for row in csv.DictReader(stream)})


def building(layer: QgsVectorLayer) -> None:
    """Quiet footprints by use: the base of every other map.

    Nothing of the symbols depends on an expression, which costs more time for each building than its edge does
    (tests/benchmarks/bench_draw.py).
    """
    renderer = QgsCategorizedSymbolRenderer("use")
    for group in use_colours():
        members = list(group.uses) or None
        renderer.addCategory(QgsRendererCategory(members, polygon(group.colour, EDGE, 0.15), group.name_en))
    layer.setRenderer(renderer)
    _simplify(layer)
    tall = "coalesce(\"storeys_above\", 0) || ' F' || if(\"storeys_below\" > 0, ' / B' || \"storeys_below\", '')"
    close = Qgis.LabelPlacement.OverPoint
    labels(
        layer,
        (label('"name"', text(7.5), close, wrap=26), '"name" is not null', 2500, 1501),
        (label(f"coalesce(\"name\" || '\n', '') || {tall}", text(8), close, wrap=26), "", 1500, 0),
    )
    layer.setMapTipTemplate(
        tip(
            'coalesce("name", "id")',
            ("use", '"use"'),
            ("address", '"address"'),
            ("storeys", f'if("storeys_above" is null, null, {tall})'),
            ("ground floor", metres("ground_floor_elev_m", 2)),
            ("height", metres("height_m", 1)),
            ("floor area", "format_number(\"gross_floor_area_m2\", 0) || ' m²'"),
            ("stage", '"lifecycle_stage"'),
        )
    )
    layer.setDisplayExpression('coalesce("name", "id")')
    _form(
        layer,
        {
            "Building": ["name", "use", "address", "district", "lifecycle_stage"],
            "Levels": [
                "ground_floor_elev_m",
                "base_elev_m",
                "height_m",
                "roof_elev_m",
                "storeys_above",
                "storeys_below",
            ],
            "Areas": ["footprint_area_m2", "outline_area_m2", "gross_floor_area_m2", "below_ground_area_m2"],
            "Source": ["id", "model_id", "valid_from", "valid_to"],
        },
        ("id", "model_id", "valid_from", "valid_to"),
        {"use": uses(), "lifecycle_stage": STAGES},
    )
    _extrude(layer, "#d9d4ca", '"base_elev_m"', '"roof_elev_m" - "base_elev_m"', 10.0)


def storey(layer: QgsVectorLayer) -> None:
    """Outlines, because storeys lie over one another; those below ground dashed."""
    root = QgsRuleBasedRenderer.Rule(None)
    for title, condition, symbol in (
        ("below ground", '"number" < 0', polygon("255,255,255,0", DEEP, 0.4, "dash")),
        ("ground floor", '"number" = 0', polygon("255,255,255,0", "#3d4852", 0.4)),
        ("above ground", '"number" > 0', polygon("255,255,255,0", "#9aa5b1", 0.15)),
        ("no number", "ELSE", polygon("255,255,255,0", "#9aa5b1", 0.15, "dot")),
    ):
        rule = QgsRuleBasedRenderer.Rule(symbol, 0, 0, "" if condition == "ELSE" else condition, title)
        if condition == "ELSE":  # setIsElse(False) would make it one too
            rule.setIsElse(True)
        root.appendChild(rule)
    layer.setRenderer(QgsRuleBasedRenderer(root))
    _show_below(layer, 10_000)
    _simplify(layer)
    below = label("\"name\" || '\n' || " + metres("elev_m", 2), text(7, DEEP), Qgis.LabelPlacement.OverPoint)
    ground = label(metres("elev_m", 2), text(7), Qgis.LabelPlacement.AroundPoint, distance=1)
    labels(layer, (below, '"number" < 0', 1000, 0), (ground, '"number" = 0', 500, 0))
    layer.setMapTipTemplate(
        tip(
            '"name"',
            ("floor", metres("elev_m", 2)),
            ("height", metres("height_m", 2)),
            ("area", "format_number(\"area_m2\", 0) || ' m²'"),
            ("use", '"use"'),
        )
    )
    layer.setDisplayExpression('"name"')
    _form(
        layer,
        {"Storey": ["name", "number", "elev_m", "height_m", "area_m2", "use"], "Source": ["id", "building_id"]},
        ("id", "building_id"),
        {"use": uses()},
    )
    _extrude(layer, "#cfd6dc", '"elev_m"', '"height_m" - 0.15', 3.0)


def underground(layer: QgsVectorLayer) -> None:
    """Dashed outlines, as storeys below ground have; the label tells how deep it goes."""
    layer.setRenderer(QgsSingleSymbolRenderer(polygon("106,76,147,40", DEEP, 0.4, "dash")))
    _show_below(layer, 25_000)
    _simplify(layer)
    depth = label(metres("bottom_elev_m", 2), text(7, DEEP), Qgis.LabelPlacement.OverPoint)
    labels(layer, (depth, '"bottom_elev_m" is not null', 1000, 0))
    layer.setMapTipTemplate(
        tip(
            "'below ground'",
            ("from", metres("bottom_elev_m", 2)),
            ("to", metres("top_elev_m", 2)),
            ("use", '"use"'),
        )
    )
    layer.setDisplayExpression("'below ground, ' || " + metres("bottom_elev_m", 2))
    _form(
        layer,
        {"Below ground": ["bottom_elev_m", "top_elev_m", "use"], "Source": ["id", "building_id"]},
        ("id", "building_id"),
        {"use": uses()},
    )
    _extrude(layer, "#8e79b0", '"bottom_elev_m"', '"top_elev_m" - "bottom_elev_m"', 3.0)


def room(layer: QgsVectorLayer) -> None:
    """Rooms by use in pale colours, with number, name and area where there is space for it."""
    renderer = QgsCategorizedSymbolRenderer("use")
    for title, colour, members in ROOM_USES:
        renderer.addCategory(QgsRendererCategory(list(members), polygon(colour, ROOM_EDGE, 0.12), title))
    renderer.addCategory(QgsRendererCategory(None, polygon(OTHER[1], ROOM_EDGE, 0.12), OTHER[0]))
    layer.setRenderer(renderer)
    _show_below(layer, 2500)
    _simplify(layer)
    named = 'coalesce("long_name", "name", \'\')'
    short = f"trim(coalesce(\"room_number\", '') || ' ' || if(\"room_number\" = {named}, '', {named}))"
    area = "coalesce('\n' || format_number(\"area_m2\", 1) || ' m²', '')"
    near = label(f"{short} || {area}", text(6.5), Qgis.LabelPlacement.OverPoint, least_mm=6.0, wrap=18)
    labels(layer, (near, '"is_counted"', 600, 0))
    answer = f'if("area_differs", {said("differs", "不同")}, null)'
    layer.setMapTipTemplate(
        tip(
            short,
            ("use", '"use"'),
            ("floor", metres("elev_m", 2)),
            ("height", metres("height_m", 2)),
            ("area", "format_number(\"area_m2\", 1) || ' m²'"),
            ("stated area", "format_number(\"stated_area_m2\", 1) || ' m²'"),
            ("both areas", answer),
        )
    )
    layer.setDisplayExpression(short)
    _form(
        layer,
        {
            "Room": ["room_number", "name", "long_name", "use", "elev_m", "height_m", "is_outside"],
            "Areas": ["area_m2", "stated_area_m2", "area_differs", "is_counted", "part_of"],
            "Source": ["id", "building_id", "storey_id"],
        },
        ("id", "building_id", "storey_id"),
        {},
    )
    _extrude(layer, "#d8dfe6", '"elev_m"', '"height_m"', 2.5)


def opening(layer: QgsVectorLayer) -> None:
    """At street scale only: where water can come in, with the sill as label."""
    renderer = QgsCategorizedSymbolRenderer("kind")
    for kind, symbol in (
        ("door", marker("square", "#0b6e6e", 2.0)),
        ("window", marker("line", "#4f8fbf", 2.0, "#4f8fbf", 0.6)),
        ("ramp", marker("triangle", DEEP, 2.8)),
        ("vent", marker("diamond", "#8a5a00", 2.2)),
        ("metro entrance", marker("star", "#c1121f", 3.6)),
        (None, marker("circle", QUIET, 1.6)),
    ):
        renderer.addCategory(QgsRendererCategory(kind, symbol, (kind or "other").capitalize()))
    layer.setRenderer(renderer)
    _show_below(layer, 1500)
    sill = label(metres("sill_elev_m", 2), text(7, "#0b4a4a"), Qgis.LabelPlacement.AroundPoint, distance=1)
    labels(layer, (sill, "\"sill_elev_m\" is not null and coalesce(\"kind\", '') <> 'window'", 750, 0))
    layer.setMapTipTemplate(
        tip(
            '"kind"',
            ("sill", metres("sill_elev_m", 2)),
            ("width", metres("width_m", 2)),
            (
                "leads outside",
                f'if("is_external" is null, null, if("is_external", {said("yes", "是")}, {said("no", "否")}))',
            ),
            ("sill taken from", '"source"'),
        )
    )
    word = said(", sill ", "，门槛标高 ")
    layer.setDisplayExpression(f'"kind" || {word} || format_number("sill_elev_m", 2) || \' m\'')
    _form(
        layer,
        {
            "Opening": ["kind", "sill_elev_m", "width_m", "is_external", "source"],
            "Source": ["id", "building_id", "storey_id"],
        },
        ("id", "building_id", "storey_id"),
        {"kind": ("door", "window", "ramp", "vent", "metro entrance")},
    )
    material = _material("#0b6e6e")
    symbol = QgsPoint3DSymbol()
    symbol.setShape(Qgis.Point3DShape.Cube)
    symbol.setShapeProperties({"size": 1.2})
    billboard = marker("square", "#0b6e6e", 2.0)  # not used, but QGIS makes one of any colour
    symbol.setBillboardSymbol(billboard)
    sip.transferto(billboard, None)  # QGIS owns it now, and does not tell Python
    symbol.setMaterialSettings(material)
    symbol.setAltitudeClamping(Qgis.AltitudeClamping.Absolute)
    layer.setRenderer3D(QgsVectorLayer3DRenderer(symbol))


def tip(title: str, *rows: tuple[str, str]) -> str:
    """A map tip: a title, and a table of what is known; a row without a value is left out."""
    lines = "".join(
        f"[% coalesce('<tr><td style=\"padding-right:8px\">{name}</td><td>' || {html_expression(value)}"
        " || '</td></tr>', '') %]"
        for name, value in rows
    )
    head = f"[% coalesce({html_expression(title)}, '') %]"
    return f'<div style="max-width:320px"><b>{head}</b><table>{lines}</table></div>'


def metres(field: str, decimals: int) -> str:
    """An expression: a length with its unit, null where it is null."""
    # No minus before what rounds to nothing.
    return f'format_number(if(abs("{field}") < {0.5 * 10**-decimals:g}, 0, "{field}"), {decimals}) || \' m\''


def _show_below(layer: QgsVectorLayer, scale: int) -> None:
    layer.setScaleBasedVisibility(True)
    layer.setMinimumScale(scale)
    layer.setMaximumScale(0)


def _simplify(layer: QgsVectorLayer) -> None:
    """Vertices that fall into one pixel are not drawn."""
    method = QgsVectorSimplifyMethod()
    method.setSimplifyHints(Qgis.VectorRenderingSimplificationFlag.FullSimplification)
    method.setThreshold(1.0)
    method.setForceLocalOptimization(True)
    layer.setSimplifyMethod(method)


def _form(layer: QgsVectorLayer, tabs: dict, locked: tuple[str, ...], choices: dict) -> None:
    """Tabs, names with units, ids that cannot be typed over, and lists for what has fixed values.

    A column that stands in no tab goes into the last one, under its own name with the unit in brackets.
    """
    fields = layer.fields()
    listed, last = {name for members in tabs.values() for name in members}, list(tabs)[-1]
    tabs = tabs | {last: [*tabs[last], *(name for name in fields.names() if name not in listed)]}
    form(layer, tabs, {name: spoken(name) for name in fields.names()} | WORDS, 3)
    config = layer.editFormConfig()
    for name in locked:
        if fields.indexOf(name) >= 0:
            config.setReadOnly(fields.indexOf(name), True)
    layer.setEditFormConfig(config)
    for name, values in choices.items():
        setup = QgsEditorWidgetSetup("ValueMap", {"map": [{value: value} for value in values]})
        layer.setEditorWidgetSetup(fields.indexOf(name), setup)


def _material(colour: str) -> QgsPhongMaterialSettings:
    material = QgsPhongMaterialSettings()
    material.setDiffuse(QColor(colour))
    material.setAmbient(QColor(colour).darker(190))
    material.setSpecular(QColor("#202020"))
    material.setShininess(0.0)
    return material


def _extrude(layer: QgsVectorLayer, colour: str, base: str, height: str, default_m: float) -> None:
    """Bodies from a level upwards; where a model has no height, `default_m`."""
    symbol = QgsPolygon3DSymbol()
    symbol.setMaterialSettings(_material(colour))
    symbol.setAltitudeClamping(Qgis.AltitudeClamping.Absolute)
    symbol.setExtrusionHeight(default_m)
    symbol.setEdgesEnabled(True)
    symbol.setEdgeColor(QColor("#5b564e"))
    symbol.setEdgeWidth(1.0)
    properties = symbol.dataDefinedProperties()
    kinds = QgsAbstract3DSymbol.Property if hasattr(QgsAbstract3DSymbol, "Property") else QgsAbstract3DSymbol
    properties.setProperty(kinds.PropertyHeight, QgsProperty.fromExpression(f"coalesce({base}, 0)"))
    properties.setProperty(
        kinds.PropertyExtrusionHeight, QgsProperty.fromExpression(f"max(0.1, coalesce({height}, {default_m}))")
    )
    symbol.setDataDefinedProperties(properties)
    layer.setRenderer3D(QgsVectorLayer3DRenderer(symbol))
