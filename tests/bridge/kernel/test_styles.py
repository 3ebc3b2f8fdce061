"""The styles load on what they are for, draw the table's classes, and tell them apart for every eye."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsMeshLayer,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
    QgsRectangle,
    QgsSingleBandPseudoColorRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.kernel import resources, styles
from twin_plugin.bridge.kernel.columns import make_fields
from twin_plugin.bridge.kernel.map_classes import classes, maps, risk_class, see_through
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.bridge.reports import mesh_style
from twin_plugin.core.bim.tables import TABLES
from twin_plugin.core.common.clock import clock
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.tables import Column

RISK = ("risk_class:integer", "reason:text", "depth_m:real", "ingress_time_min:real")
RAMPS = (
    "flood_depth",
    "flood_velocity",
    "flood_arrival",
    "flood_duration",
    "flood_infiltrated",
    "flood_rain",
    "flood_froude",
    "flood_limited",
    "flood_governing",
    "flood_difference",
    "flood_arrival_difference",
    "sun_hours",
    "sky_view",
    "sky_view_change",
)
DIVERGING = ("flood_difference", "flood_arrival_difference", "visibility_change", "sky_view_change")
# Machado, Oliveira and Fernandes 2009, severity 1, for linear RGB; doi 10.1109/TVCG.2009.113.
EYES = {
    "all colours": "1 0 0  0 1 0  0 0 1",
    "protanopia": "0.152286 1.052583 -0.204868  0.114503 0.786281 0.099216  -0.003882 -0.048116 1.051998",
    "deuteranopia": "0.367322 0.860646 -0.227968  0.280085 0.672501 0.047413  -0.01182 0.04294 0.968881",
    "tritanopia": "1.255528 -0.076749 -0.178779  -0.078411 0.930809 0.147602  0.004733 0.691367 0.3039",
}


def lab(colour: str, eye: str) -> np.ndarray:
    """CIE L*a*b* (D65) of a colour as an eye sees it."""
    matrix = np.array(EYES[eye].split(), float).reshape(3, 3)
    rgb = np.array(QColor(colour).getRgbF()[:3])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(matrix @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ seen
    f = [value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in xyz / [0.9505, 1.0, 1.089]]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.fixture
def raster(qgis_app, tmp_path):
    """A function from values to a raster layer of them."""

    def make(values: np.ndarray) -> QgsRasterLayer:
        path = tmp_path / f"r{len(list(tmp_path.iterdir()))}.tif"
        write_grid(Grid(values, 0.0, 10.0, 1.0, "EPSG:4547"), path)
        return QgsRasterLayer(str(path), "r")

    return make


@pytest.fixture
def vector(qgis_app):
    """A function from a geometry type and a table of the twin base to an empty layer."""

    def make(kind: str, table: str, *more: str) -> QgsVectorLayer:
        layer = QgsVectorLayer(f"{kind}?crs=EPSG:4547", "v", "memory")
        columns = (TABLES[table].columns if table in TABLES else ()) + tuple(
            Column(*item.split(":"), "") for item in more
        )
        layer.dataProvider().addAttributes(list(make_fields(columns)))
        layer.updateFields()
        return layer

    return make


@pytest.mark.parametrize("name", RAMPS)
def test_a_ramp_has_the_limits_and_colours_of_the_table(raster, name):
    layer = raster(np.ones((4, 4), np.float32))
    assert styles.apply(layer, name)
    renderer = layer.renderer()
    assert isinstance(renderer, QgsSingleBandPseudoColorRenderer)
    items = renderer.shader().rasterShaderFunction().colorRampItemList()
    if classes(name)[0].lower > 0:
        below, *items = items
        assert below.value == classes(name)[0].lower
        assert below.color.alpha() == 0
        assert below.label in ("< 0.05 m", "< 0.1 mm", "< 0.10 m/s", "< 00:01", "< 0.50", "< 1 %", "< 1 steps")
    for item, expected in zip(items, classes(name), strict=True):
        assert item.value == expected.upper
        assert item.color.name() == expected.colour
        assert item.label == expected.label


@pytest.mark.parametrize("name", RAMPS)
def test_a_value_on_a_limit_is_drawn_in_the_class_that_ends_there(raster, name):
    layer = raster(np.ones((2, 2), np.float32))
    styles.apply(layer, name)
    shader = layer.renderer().shader().rasterShaderFunction()
    for item in classes(name):
        middle = (item.lower + min(item.upper, abs(item.lower) * 2 + 1)) / 2
        seen, red, green, blue, alpha = shader.shade(middle)
        assert seen
        assert QColor(red, green, blue, alpha).name() == item.colour
    if classes(name)[0].lower > 0:
        seen, *_, alpha = shader.shade(classes(name)[0].lower / 2)
        assert not seen or alpha == 0


@pytest.mark.parametrize("name", [*RAMPS, "flood_hazard"])
def test_a_legend_shows_the_colours_of_the_map_with_their_opacity(raster, name):
    layer = raster(np.arange(9, dtype=np.uint8 if name == "flood_hazard" else np.float32).reshape(3, 3))
    assert styles.apply(layer, name)
    assert layer.renderer().opacity() == 1
    drawn = [colour for _, colour in layer.renderer().legendSymbologyItems() if colour.alpha()]
    assert [colour.name() for colour in drawn] == [item.colour for item in classes(name)]
    assert {colour.alpha() for colour in drawn} == {204}


def test_water_that_arrives_at_once_is_drawn(raster):
    layer = raster(np.zeros((2, 2), np.float32))
    styles.apply(layer, "flood_arrival")
    assert layer.renderer().shader().rasterShaderFunction().shade(0.0)[-1] == 204


def test_hazard_has_a_colour_for_each_class_and_none_for_dry(raster):
    layer = raster(np.arange(9, dtype=np.uint8).reshape(3, 3))
    assert styles.apply(layer, "flood_hazard")
    assert isinstance(layer.renderer(), QgsPalettedRasterRenderer)
    assert {item.value: item.color.name() for item in layer.renderer().classes()} == {
        int(item.lower): item.colour for item in classes("flood_hazard")
    }


@pytest.mark.parametrize("name", ["flood_level", "terrain"])
def test_elevations_are_stretched_over_what_the_map_shows(raster, name):
    layer = raster(np.linspace(3, 9, 16, dtype=np.float32).reshape(4, 4))
    assert styles.apply(layer, name)
    assert layer.renderer().minMaxOrigin().extent() == QgsRasterMinMaxOrigin.Extent.UpdatedCanvas


def test_relief_lies_over_the_terrain_as_a_shade(raster):
    layer = raster(np.ones((4, 4), np.float32))
    assert styles.apply(layer, "terrain_shade")
    assert layer.renderer().type() == "hillshade"


@pytest.mark.parametrize(
    ("name", "kind", "table", "more"),
    [
        ("building", "MultiPolygon", "building", ()),
        ("building_risk", "MultiPolygon", "building", RISK),
        ("storey", "MultiPolygon", "storey", ()),
        ("opening", "PointZ", "opening", ()),
        ("roads", "LineString", "", ("name_en:text", "width_m:real")),
        ("waterlogging", "MultiPolygon", "", ("id:integer", "nesting:integer", "depth_m:real", "rain_mm:real")),
        ("waterlogging_points", "Point", "", ("id:integer", "depth_m:real", "minutes:real")),
        ("shelters", "Point", "", ("name:text", "capacity_persons:integer")),
        ("rain_gauges", "Point", "", ("name:text",)),
    ],
)  # fmt: skip
def test_a_vector_style_fits_its_layer_and_its_labels_can_be_read(vector, name, kind, table, more):
    layer = vector(kind, table, *more)
    assert styles.apply(layer, name)
    assert layer.labelsEnabled()
    rules = layer.labeling().rootRule().children()
    assert rules
    for rule in rules:
        settings = rule.settings()
        expression = settings.getLabelExpression()
        assert not expression.hasParserError(), expression.parserErrorString()
        text = settings.format()
        assert text.buffer().enabled()
        assert "WenQuanYi Zen Hei" in text.families()
        assert rule.maximumScale() <= rule.minimumScale() or rule.minimumScale() == 0


def test_building_risk_has_a_symbol_for_each_class_and_for_unknown(vector):
    layer = vector("MultiPolygon", "building", "risk_class:integer", "reason:text")
    styles.apply(layer, "building_risk")
    symbols = {category.value(): category.symbol().clone() for category in layer.renderer().categories()}
    for item in classes("building_risk"):
        assert symbols[int(item.lower)].symbolLayer(0).fillColor().name() == item.colour
    unknown = next(symbol for value, symbol in symbols.items() if value not in range(5))
    assert unknown.symbolLayerCount() == 2
    assert unknown.symbolLayer(0).fillColor().name() == "#ffffff"
    looks = {
        (symbol.symbolLayerCount(), round(symbol.symbolLayer(0).strokeWidth(), 2), symbol.symbolLayer(0).strokeStyle())
        for symbol in symbols.values()
    }
    assert len(looks) == 6, "classes must differ by outline or pattern too"
    assert "reason" in layer.mapTipTemplate()
    tabs = layer.editFormConfig().tabs()
    assert [tab.name() for tab in tabs] == ["Flood", "Building", "Source"]
    assert "reason" in [child.name() for child in tabs[0].children()]


@pytest.mark.parametrize(("depth_m", "nesting"), [(0.02, 0), (0.1, 0), (0.15, 0), (0.4, 1), (2.0, 2), (9.0, 0)])
def test_each_depression_is_drawn_by_the_class_of_its_depth(vector, depth_m, nesting):
    layer = vector("MultiPolygon", "", "depth_m:real", "nesting:integer")
    assert styles.apply(layer, "waterlogging")
    feature = QgsFeature(layer.fields())
    feature.setAttributes([depth_m, nesting])
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    drawn = []
    for rule in layer.renderer().rootRule().children():
        expression = QgsExpression(rule.filterExpression())
        if not rule.isElse() and expression.evaluate(context):
            drawn.append(rule.symbol().symbolLayer(0).fillColor().name())
    expected = [item.colour for item in classes("flood_depth") if item.lower <= depth_m < item.upper]
    assert drawn == expected
    assert layer.renderer().rootRule().children()[-1].isElse()


def test_labels_of_risk_stand_beside_the_buildings_and_say_what_their_number_is(vector):
    layer = vector("MultiPolygon", "building", *RISK)
    styles.apply(layer, "building_risk")
    rules = layer.labeling().rootRule().children()
    wet = [rule for rule in rules if "depth_m" in rule.settings().fieldName]
    assert len(wet) == 4
    for rule in wet:
        settings = rule.settings()
        assert settings.placement == Qgis.LabelPlacement.OutsidePolygons
        assert "outside" in settings.fieldName
        assert settings.thinningSettings().minimumFeatureSize() > 2
        assert settings.callout().enabled()
    assert any(rule.settings().obstacleSettings().isObstacle() and not rule.settings().drawLabels for rule in rules)
    # No scale between two rules without a label, as 1:1500 once was.
    for condition in {rule.filterExpression() for rule in wet}:
        far, near = sorted((r for r in wet if r.filterExpression() == condition), key=lambda r: -r.minimumScale())
        assert far.maximumScale() == near.minimumScale()


def drawn_colours(layer: QgsVectorLayer, extent: QgsRectangle) -> set[str]:
    """The colours of a picture of a layer without its labels."""
    layer.setLabelsEnabled(False)
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setExtent(extent)
    settings.setOutputSize(QSize(120, 120))
    settings.setDestinationCrs(layer.crs())
    settings.setFlag(Qgis.MapSettingsFlag.DrawSelection, True)
    settings.setSelectionColor(QColor("#ffff00"))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    picture = job.renderedImage()
    return {picture.pixelColor(x, y).name() for x in range(120) for y in range(120)}


def block(layer: QgsVectorLayer, wkt: str, **values: object) -> QgsFeature:
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt(wkt))
    for name, value in values.items():
        feature[name] = value
    layer.dataProvider().addFeature(feature)
    return next(layer.getFeatures(f'"risk_class" = {values["risk_class"]}'))


@pytest.mark.parametrize("number", [1, 3])
def test_a_selected_building_keeps_the_colour_of_its_class(vector, number):
    layer = vector("MultiPolygon", "building", *RISK)
    feature = block(layer, "MULTIPOLYGON(((0 0,20 0,20 20,0 20,0 0)))", risk_class=number)
    styles.apply(layer, "building_risk")
    layer.selectByIds([feature.id()])
    colours = drawn_colours(layer, QgsRectangle(-5, -5, 25, 25))
    assert risk_class(number).colour in colours
    assert "#ffff00" not in colours


def test_a_station_is_coloured_entrance_by_entrance(vector):
    wkt = "MULTIPOLYGON(((0 0,20 0,20 20,0 20,0 0)),((100 0,120 0,120 20,100 20,100 0)))"
    layer = vector("MultiPolygon", "building", *RISK, "parts_reached:text")
    block(layer, wkt, risk_class=3, parts_reached="2")
    styles.apply(layer, "building_risk")
    dry, wet = drawn_colours(layer, QgsRectangle(2, 2, 18, 18)), drawn_colours(layer, QgsRectangle(102, 2, 118, 18))
    assert risk_class(0).colour in dry
    assert risk_class(3).colour not in dry
    assert risk_class(3).colour in wet
    # The legend shows the class, not the dry entrance.
    symbols = {category.value(): category.symbol().clone() for category in layer.renderer().categories()}
    picture = symbols[3].asImage(QSize(40, 40))
    seen = {picture.pixelColor(x, y).name() for x in range(40) for y in range(40)}
    assert risk_class(3).colour in seen
    assert risk_class(0).colour not in seen


def test_forms_show_numbers_as_a_person_reads_them(vector):
    layer = vector("MultiPolygon", "building", *RISK)
    block(layer, "MULTIPOLYGON(((0 0,20 0,20 20,0 20,0 0)))", risk_class=1)
    styles.apply(layer, "building_risk")
    shown = {}
    for name, value in (("depth_m", 0.6301001310348511), ("ingress_time_min", 27.303516387939453)):
        index = layer.fields().indexOf(name)
        setup = layer.editorWidgetSetup(index)
        formatter = QgsApplication.fieldFormatterRegistry().fieldFormatter(setup.type())
        shown[name] = formatter.representValue(layer, index, setup.config(), None, value)
        assert layer.editFormConfig().readOnly(index)
    assert shown == {"depth_m": "0.63", "ingress_time_min": "27"}
    for name in ("reason", "id", "model_id"):
        setup = layer.editorWidgetSetup(layer.fields().indexOf(name))
        assert (setup.type(), setup.config()["IsMultiline"]) == ("TextEdit", True), name
    aliases = [layer.attributeAlias(index) for index in range(layer.fields().count())]
    assert all(alias[0] == alias[0].upper() for alias in aliases)


def test_a_form_where_levels_are_edited_saves_millimetres(vector):
    layer = vector("MultiPolygon", "building")
    styles.apply(layer, "building")
    index = layer.fields().indexOf("ground_floor_elev_m")
    assert layer.editorWidgetSetup(index).config()["Precision"] == 3


def test_storeys_are_outlines_that_hide_nothing(vector):
    layer = vector("MultiPolygon", "storey")
    styles.apply(layer, "storey")
    for rule in layer.renderer().rootRule().children():
        assert rule.symbol().symbolLayer(0).fillColor().alpha() == 0


def test_openings_show_at_street_scale_only(vector):
    layer = vector("PointZ", "opening")
    styles.apply(layer, "opening")
    assert layer.hasScaleBasedVisibility()
    assert layer.isInScaleRange(1000)
    assert not layer.isInScaleRange(2000)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", maps())
def test_neighbouring_classes_stay_apart_for_every_eye(qgis_app, name, eye):
    seen = [lab(item.colour, eye) for item in classes(name)]
    for first, second in itertools.pairwise(seen):
        assert np.linalg.norm(first - second) > 9
    if name not in ("building_risk", "flood_change", "shadow_change", *DIVERGING):
        lightness = np.diff([colour[0] for colour in seen])
        assert abs(np.sign(lightness).sum()) == len(lightness), "a sequence is ordered by lightness"


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", DIVERGING)
def test_a_difference_is_lightest_at_0_and_its_two_directions_stay_apart(qgis_app, name, eye):
    rows = classes(name)
    seen, middle = [lab(item.colour, eye) for item in rows], len(rows) // 2
    assert rows[middle].lower < 0 < rows[middle].upper
    lightness = np.diff([colour[0] for colour in seen])
    assert (lightness[:middle] > 0).all()
    assert (lightness[middle:] < 0).all()
    for number in range(middle):
        assert np.linalg.norm(seen[number] - seen[-1 - number]) > 18
        assert rows[number].upper == -rows[-1 - number].lower


@pytest.mark.parametrize("eye", EYES)
def test_no_two_changes_look_alike_for_any_eye(qgis_app, eye):
    seen = [lab(item.colour, eye) for item in classes("flood_change")]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) > 18


@pytest.mark.parametrize("eye", EYES)
def test_depths_stay_apart_over_the_ground_too(qgis_app, eye):
    ground = np.array(QColor("#e8e4d8").getRgbF()[:3])
    seen = [lab(QColor.fromRgbF(*blended(item.colour, ground)).name(), eye) for item in classes("flood_depth")]
    for first, second in itertools.pairwise(seen):
        assert np.linalg.norm(first - second) > 9


def blended(colour: str, ground: np.ndarray) -> np.ndarray:
    """A colour of water as it looks over the ground."""
    water = see_through(colour)
    return water.alphaF() * np.array(water.getRgbF()[:3]) + (1 - water.alphaF()) * ground


@pytest.mark.parametrize("eye", EYES)
def test_a_flooded_basement_is_not_taken_for_wet_feet(qgis_app, eye):
    second, third = (lab(risk_class(number).colour, eye) for number in (2, 3))
    assert np.linalg.norm(second - third) > 30


@pytest.mark.parametrize("eye", EYES)
def test_no_two_risk_classes_look_alike_for_any_eye(qgis_app, eye):
    seen = [lab(item.colour, eye) for item in (*classes("building_risk"), risk_class(None))]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen[:5], 2)) > 18


def test_a_result_shows_depth_in_its_classes_with_arrows_and_keeps_its_own_times(qgis_app, tmp_path):
    bed = np.arange(9, dtype=np.float32).reshape(3, 3)
    times = [0.0, 120.0, 240.0]
    with FloodMesh(tmp_path / "r.nc", Grid(bed, 0.0, 9.0, 3.0, "EPSG:4547"), times) as result:
        for _ in times:
            result.write(np.full_like(bed, 0.4), None, bed, bed)
    layer = QgsMeshLayer(str(tmp_path / "r.nc"), "r", "mdal")
    before = layer.temporalProperties().timeExtent()
    assert styles.apply(layer, "flood_result")
    names, settings = mesh_style.groups(layer), layer.rendererSettings()
    assert settings.activeScalarDatasetGroup() == names["depth"]
    assert settings.activeVectorDatasetGroup() == names["velocity"]
    assert settings.vectorSettings(names["velocity"]).isOnUserDefinedGrid()
    items = settings.scalarSettings(names["depth"]).colorRampShader().colorRampItemList()
    assert [item.color.name() for item in items[1:]] == [item.colour for item in classes("flood_depth")]
    hazard = settings.scalarSettings(names["water hazard"]).colorRampShader().colorRampItemList()
    assert [item.color.name() for item in hazard[1:]] == [item.colour for item in classes("flood_hazard")]
    assert [item.value for item in hazard] == [0.5, 1, 2, 3, 4, 5, 6]
    assert hazard[0].color.alpha() == 0
    assert layer.temporalProperties().timeExtent() == before
    assert layer.temporalProperties().referenceTime() == before.begin()
    assert layer.activeScalarDatasetAtTime(QgsDateTimeRange(before.end(), before.end())).dataset() == 2
    other = QgsMeshLayer(str(tmp_path / "r.nc"), "r", "mdal")
    mesh_style.dress(other)
    level = other.rendererSettings().scalarSettings(names["z of the bed"]).colorRampShader()
    assert (level.minimumValue(), level.maximumValue()) == pytest.approx((0.0, 8.0))


def test_clock():
    assert clock(35) == "00:35"
    assert clock(95.4) == "01:35"
    assert clock(math.nan) == ""
    assert clock(None) == ""


def test_every_style_of_the_classes_ships(qgis_app):
    for name in (*maps(), "flood_level", "flood_result", "building", "storey", "opening", "terrain", "terrain_shade"):
        assert resources.style(name).exists(), name
