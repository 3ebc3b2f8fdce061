"""The 3D view of a project: which layers stand in it, in which colours, in what light, and what is said to lack."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtXml import QDomDocument

from tests.memory_layers import memory_layer, written_layer
from twin_plugin.bridge.kernel import layer_marks
from twin_plugin.core.common.errors import InputError

HOUSE = "POLYGON((506000 2494000, 506020 2494000, 506020 2494010, 506000 2494010, 506000 2494000))"
SHED = "POLYGON((506050 2494000, 506055 2494000, 506055 2494005, 506050 2494005, 506050 2494000))"
CELLAR = "POLYGON((506000 2494000, 506020 2494000, 506020 2494010, 506000 2494010, 506000 2494000))"
PIPE = "LINESTRING Z(505990 2493990 -2, 506060 2493990 -2.5)"
CHINA = timezone(timedelta(hours=8))


def house(number, use, base=3.0, roof=9.0):
    return {"id": number, "use": use, "base_elev_m": base, "roof_elev_m": roof, "ground_floor_elev_m": base,
            "gross_floor_area_m2": 200.0}  # fmt: skip


def storey(owner, number):
    return {"building_id": owner, "number": float(number), "elev_m": 3.0 + 3.0 * number, "height_m": 3.0, "use": None}


@pytest.fixture
def town(qgis_new_project, tmp_path):
    """A function that puts layers of a town into the project and gives their ids by name."""
    import numpy as np

    from twin_plugin.bridge.kernel.rasters import write_grid
    from twin_plugin.core.common.grid import Grid

    folder = tmp_path / "小区 <script> a"
    folder.mkdir()
    tables = {
        "buildings": [(HOUSE, house("m/1", "office")), (SHED, house("m/2", "school"))],
        "storeys": [(HOUSE, storey("m/1", number)) for number in (-1, 0, 1)],
        "below": [(CELLAR, {"id": "c", "bottom_elev_m": -3.0, "top_elev_m": 0.0, "use": "parking"})],
        "pipes": [(PIPE, {"kind": "water", "diameter_mm": 600.0})],
    }

    def put(*names):
        found = {}
        for name in names:
            if name == "dtm":
                path = folder / "dtm.tif"
                write_grid(Grid(np.full((60, 60), 2.5, np.float32), 505_980, 2_494_040, 2.0, "EPSG:4547"), path)
                layer = QgsRasterLayer(str(path), "DTM")
            else:
                path = folder / f"{name}.gpkg"
                written_layer(path, name, tables[name])
                layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
            assert layer.isValid()
            QgsProject.instance().addMapLayer(layer)
            found[name] = layer.id()
        return found

    return put


def made(moment=None, **options):
    from twin_plugin.bridge.scene.view_layers import find_layers
    from twin_plugin.bridge.scene.view_run import ViewOptions, make_view

    project = QgsProject.instance()
    moment = moment or datetime(2001, 1, 20, 12, tzinfo=CHINA)
    return make_view(project, find_layers(project), ViewOptions("City Twin 3D", moment, **options))


def said(result):
    return " ".join(message.template if hasattr(message, "template") else str(message) for message in result.lacks)


def kept():
    document = QDomDocument()
    element = QgsProject.instance().viewsManager().writeXml(document)
    document.appendChild(element)
    views, child = {}, element.firstChildElement("view")
    while not child.isNull():
        views[child.attribute("name")] = child
        child = child.nextSiblingElement("view")
    return document, views


def layer_of(layer_id):
    return QgsProject.instance().mapLayer(layer_id)


def test_a_town_stands_with_storeys_cellar_pipes_and_ground(town):
    ids = town("buildings", "storeys", "below", "pipes", "dtm")
    result = made()
    assert result.shown == {"buildings": 2, "storeys": 3, "rooms": 1, "pipes": 1, "solids": 0}
    view = result.view
    assert view.terrain == ids["dtm"]
    assert view.ground_m == pytest.approx(2.5)
    assert {ids["below"], ids["pipes"]} <= set(view.layers)
    assert ids["storeys"] not in view.layers, "a hidden layer with the uses of the buildings stands for it"
    assert ids["buildings"] not in view.layers
    west, south, east, north = view.extent
    assert west < 505990
    assert east > 506060
    assert south < 2493990
    assert north > 2494010


def test_storeys_have_the_use_of_their_building(town):
    town("buildings", "storeys")
    hidden = [layer_of(name) for name in made().view.layers if layer_of(name).name() == "storeys"]
    assert len(hidden) == 1
    assert {feature["building_use"] for feature in hidden[0].getFeatures()} == {"office"}
    assert hidden[0].flags() & QgsMapLayer.LayerFlag.Private
    rules = hidden[0].renderer3D().rootRule().children()
    colours = {rule.symbol().materialSettings().diffuse().name() for rule in rules}
    assert {"#c5d0da", "#e3c9bd", "#e6e4df"} <= colours


def test_a_building_without_storeys_stands_as_a_body(town):
    town("buildings", "storeys")
    result = made()
    bodies = [layer_of(name) for name in result.view.layers if layer_of(name).name() == "buildings"]
    assert [feature["id"] for feature in bodies[0].getFeatures()] == ["m/2"]
    assert "buildings have no storeys" in said(result)


def test_every_feature_is_drawn_by_one_rule(town):
    from qgis.core import QgsExpression, QgsExpressionContext, QgsExpressionContextUtils

    town("buildings", "storeys", "pipes")
    for layer in (layer_of(name) for name in made().view.layers):
        if not hasattr(layer.renderer3D(), "rootRule"):
            continue
        rules = [QgsExpression(rule.filterExpression()) for rule in layer.renderer3D().rootRule().children()]
        for feature in layer.getFeatures():
            context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
            context.setFeature(feature)
            assert [rule.evaluate(context) for rule in rules].count(1) == 1, layer.name()


def test_a_second_view_takes_the_place_of_the_hidden_layers(town):
    town("buildings", "storeys")
    made()
    number = len(QgsProject.instance().mapLayers())
    made()
    assert len(QgsProject.instance().mapLayers()) == number


def test_what_the_user_drew_in_3d_stays(town):
    from qgis._3d import QgsPolygon3DSymbol, QgsVectorLayer3DRenderer

    from twin_plugin.bridge.scene import view_renderers

    ids = town("below")
    made()
    layer = layer_of(ids["below"])
    ours = view_renderers.fingerprint(layer.renderer3D())
    assert not view_renderers.own(layer)
    symbol = QgsPolygon3DSymbol()
    symbol.setExtrusionHeight(77.0)
    layer.setRenderer3D(QgsVectorLayer3DRenderer(symbol))
    assert view_renderers.own(layer)
    made()
    assert view_renderers.fingerprint(layer.renderer3D()) != ours
    assert layer.renderer3D().symbol().extrusionHeight() == 77.0


def test_the_renderer_of_a_shipped_style_is_not_the_users(town):
    from twin_plugin.bridge.kernel import styles
    from twin_plugin.bridge.scene import view_renderers

    view_renderers.know_3d()
    ids = town("storeys")
    layer = layer_of(ids["storeys"])
    styles.apply(layer, "storey")
    assert layer.renderer3D() is not None
    assert not view_renderers.own(layer, "storey")
    assert view_renderers.own(layer, "building")


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (("buildings", "dtm"), "No storeys"),
        (("buildings", "storeys"), "No terrain"),
        (("dtm",), "No buildings"),
    ],
)
def test_what_lacks_is_said_and_the_view_is_made(town, names, sentence):
    town(*names)
    result = made()
    assert sentence in said(result)
    assert result.view.layers or names == ("dtm",)


def test_nothing_with_a_place_is_refused(qgis_new_project):
    project = QgsProject.instance()
    with pytest.raises(InputError, match="projected CRS"):
        made()
    from qgis.core import QgsCoordinateReferenceSystem

    project.setCrs(QgsCoordinateReferenceSystem("EPSG:4547"))
    with pytest.raises(InputError, match="load buildings or a terrain"):
        made()


def test_degrees_are_no_crs_of_a_view(qgis_new_project):
    layer = memory_layer("Polygon", [("POLYGON((114 22, 114.1 22, 114.1 22.1, 114 22))", ["a"])], ["id:string"], "a",
                         "EPSG:4326")  # fmt: skip
    QgsProject.instance().addMapLayer(layer)
    with pytest.raises(InputError, match="projected CRS in metres"):
        made()


# The sun: the table of altitudes and azimuths of the reference, Shenzhen, 20 January 2001, true solar time.


@pytest.mark.parametrize(
    ("tst", "altitude", "azimuth"),
    [(8.0, 17.541, 121.493), (10.0, 38.240, 143.291), (12.0, 47.338, 180.0), (16.0, 17.541, 360 - 121.493)],
)
def test_the_sun_of_a_moment(qgis_app, tst, altitude, azimuth):
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsPointXY, QgsRectangle

    from twin_plugin.bridge.scene.view_run import sun_of

    crs = QgsCoordinateReferenceSystem("EPSG:4547")
    to = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), crs, QgsProject.instance())
    place = to.transform(QgsPointXY(114.06, 22.55))
    clock = tst + 10.93 / 60.0 + (120.0 - 114.06) / 15.0  # Beijing time, equation of time -10.93 min
    moment = datetime(2001, 1, 20, tzinfo=CHINA) + timedelta(hours=clock)
    sun = sun_of(crs, QgsRectangle.fromCenterAndSize(place, 100, 100), moment)
    assert sun.altitude_deg == pytest.approx(altitude, abs=0.1)
    assert sun.azimuth_deg == pytest.approx(azimuth, abs=0.15)


def test_the_light_comes_from_the_sun(qgis_app):
    from twin_plugin.bridge.scene.view_document import Sun

    east, north, up = Sun(45.0, 90.0).direction()  # in the east: light goes west and down
    assert (east, north, up) == pytest.approx((-math.sqrt(0.5), 0.0, -math.sqrt(0.5)), abs=1e-9)
    east, north, up = Sun(30.0, 180.0).direction()  # in the south: light goes north
    assert (east, north, up) == pytest.approx((0.0, math.cos(math.radians(30)), -0.5), abs=1e-9)


def test_at_night_there_are_no_shadows(town):
    from twin_plugin.bridge.scene.view_document import view_element

    town("buildings")
    result = made(datetime(2001, 1, 20, 16, tzinfo=UTC))
    assert "the sun is not up" in said(result)
    shadows = view_element(result.view, False).find("qgis3d/shadow-rendering")
    assert shadows.get("shadow-rendering-enabled") == "0"


def test_the_project_keeps_the_view_beside_others(town, tmp_path):
    from qgis._3d import Qgs3DMapSettings
    from qgis.core import QgsReadWriteContext

    from twin_plugin.bridge.scene.view_document import keep_view

    ids = town("buildings", "storeys", "below", "dtm")
    project = QgsProject.instance()
    foreign, document = QDomDocument(), QDomDocument()
    foreign.setContent('<qgis><mapViewDocks3D><view name="mine 我的" isOpen="0"/></mapViewDocks3D></qgis>')
    project.viewsManager().readXml(foreign.documentElement(), foreign)
    for _ in range(2):
        keep_view(project, made(see_through=True).view, is_open=True)
    document, views = kept()
    assert set(views) == {"mine 我的", "City Twin 3D"}
    settings = Qgs3DMapSettings()
    settings.readXml(views["City Twin 3D"].firstChildElement("qgis3d"), QgsReadWriteContext())
    settings.resolveReferences(project)
    assert settings.crs().authid() == "EPSG:4547"
    assert ids["below"] in {layer.id() for layer in settings.layers()}
    assert settings.terrainVerticalScale() == 1.0
    assert not settings.isSkyboxEnabled()
    assert len(settings.lightSources()) == 2
    light = views["City Twin 3D"].firstChildElement("qgis3d").firstChildElement("lights").firstChildElement()
    assert min(float(light.attribute(axis)) for axis in "yz") < -0.5, "the sun of noon shines down"
    path = tmp_path / "再 open.qgz"
    assert project.write(str(path))
    project.clear()
    assert project.read(str(path))
    document, views = kept()
    assert set(views) == {"mine 我的", "City Twin 3D"}
    del document


def test_marks_of_hidden_layers_are_no_outputs(town):
    from twin_plugin.gui.common import footprints, project, result_layers

    ids = town("buildings", "storeys", "dtm")
    made()
    assert project.layer("loadbim/STOREYS").id() == ids["storeys"]
    assert footprints.layer().id() == ids["buildings"]
    assert result_layers.newest("loadbim/STOREYS") is None
    layer = layer_of(ids["storeys"])
    layer_marks.mark(layer, "loadbim/STOREYS", layer_marks.new_run())
    assert result_layers.newest("loadbim/STOREYS").id() == ids["storeys"]


def test_the_ground_is_see_through_and_has_the_elevations_of_the_terrain(town):
    from twin_plugin.bridge.scene.view_document import view_element

    town("buildings", "storeys", "below", "dtm")
    result = made(see_through=True)
    assert view_element(result.view, False).find("qgis3d/terrain").get("terrain-rendering-enabled") == "0"
    assert view_element(result.view, False).find("qgis3d/terrain/generator") is not None, (
        "without one pictures end QGIS"
    )
    ground = next(layer_of(name) for name in result.view.drawn if layer_of(name).name() == "ground")
    assert ground.renderer3D().symbol().materialSettings().opacity() < 0.5
    heights, area = set(), 0.0
    for feature in ground.getFeatures():
        shape = feature.geometry()
        area += shape.area()
        heights |= {round(vertex.z(), 3) for vertex in shape.vertices()}
    assert heights == {2.5}
    west, south, east, north = result.view.extent
    assert area == pytest.approx((east - west) * (north - south), rel=0.05)


def test_without_a_terrain_the_see_through_ground_is_a_plane(town):
    town("buildings", "below")
    result = made(see_through=True)
    ground = next(layer_of(name) for name in result.view.drawn if layer_of(name).name() == "ground")
    west, south, east, north = result.view.extent
    area = sum(feature.geometry().area() for feature in ground.getFeatures())
    assert area == pytest.approx((east - west) * (north - south), rel=1e-3)


def test_pipes_are_as_wide_as_they_are_or_can_be_seen(town):
    from twin_plugin.bridge.scene import view_renderers

    ids = town("pipes")
    assert view_renderers.width_of(layer_of(ids["pipes"])) == 1.0
    tunnels = memory_layer("LineStringZ", [(PIPE, [6.2])], ["diameter_m:double"], "tunnels")
    assert view_renderers.width_of(tunnels) == pytest.approx(6.2)


def test_many_storeys_are_cut_into_tiles_and_have_no_edges(qgis_app):
    from twin_plugin.bridge.scene import view_renderers

    few, many = (view_renderers.storeys('"use"', number) for number in (500, 140_000))
    assert few.tilingSettings().zoomLevelsCount() == 1
    assert many.tilingSettings().zoomLevelsCount() == 4  # 4³ tiles of 2,200
    assert few.rootRule().children()[0].symbol().edgesEnabled()
    assert not many.rootRule().children()[0].symbol().edgesEnabled()


def test_a_mesh_has_the_renderer_of_water(qgis_new_project, tmp_path):
    from qgis.core import QgsMeshLayer

    from twin_plugin.bridge.scene import view_renderers

    view_renderers.know_3d()
    path = tmp_path / "water.2dm"
    path.write_text("MESH2D\nND 1 506000 2494000 2\nND 2 506010 2494000 2\nND 3 506010 2494010 2\nE3T 1 1 2 3 1\n")
    mesh = QgsMeshLayer(str(path), "water", "mdal")
    assert mesh.isValid()
    view_renderers.dress_water(mesh)
    assert mesh.renderer3D().type() == "mesh"
    assert not view_renderers.own(mesh)
