"""The Planning dock: it takes the demo district, draws into layers, starts the algorithms and shows their results."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from qgis.core import (
    NULL,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsLineSymbol,
    QgsPoint,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsRendererCategory,
    QgsRuleBasedRenderer,
    QgsVectorLayer,
)

from twin_plugin.bridge.demo.layers import write_layers, write_synthetic_grid
from twin_plugin.bridge.kernel import layer_marks
from twin_plugin.gui.common import footprints
from twin_plugin.gui.common.run_request import RunResult
from twin_plugin.gui.planning import drawing, section_rows, skyline_rows
from twin_plugin.gui.planning.dock import hide_others
from twin_plugin.gui.planning.results import list_rows
from twin_plugin.gui.planning.reviews import REVIEWS, SCHEMES, Drawn, Listing, title_of
from twin_plugin.gui.planning.scheme_pair import SchemePair
from twin_plugin.gui.planning.section_view import SectionView
from twin_plugin.gui.planning.skyline_view import SkylineView
from twin_plugin.gui.planning.symbol_colours import OTHER, with_colours

X, Y = 493_000.0, 2_490_800.0
CRS = "EPSG:4547"


@pytest.fixture(scope="module")
def demo(synthetic_district, tmp_path_factory):
    """A demo district's tables and terrain, as twin:createdemodistrict reports them."""
    folder = tmp_path_factory.mktemp("演示 demo")
    district = synthetic_district(60, 1)
    write_layers(district, folder / "district.gpkg")
    write_synthetic_grid(district.terrain, folder / "dtm.tif", "DTM", "Synthetic terrain", "m")
    return RunResult(True, outputs={"DISTRICT": str(folder / "district.gpkg"), "DTM": str(folder / "dtm.tif")})


@pytest.fixture
def dock(make_desktop, qgis_iface):
    QgsProject.instance().setCrs(QgsCoordinateReferenceSystem(CRS))
    qgis_iface.mapCanvas().setDestinationCrs(QgsCoordinateReferenceSystem(CRS))
    return make_desktop().docks["planning"]


def show(dock, review):
    """Choose a review of the dock; skips where the plugin has none."""
    found = next(item for item in REVIEWS if item.id == review)
    if dock.algorithm(review) is None:
        pytest.skip(f"twin:{review} is not there")
    dock.tabs.setCurrentIndex(found.page)
    dock.which.setCurrentIndex(dock.which.findData(review))
    return dock.panels[review]


def layer_of(kind, fields, rows, name="layer", mark="", run="1"):
    """A layer in memory with rows of (WKT, values), in the project."""
    layer = QgsVectorLayer(f"{kind}?crs={CRS}&{'&'.join(f'field={field}' for field in fields)}", name, "memory")
    for wkt, values in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(values))
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        layer.dataProvider().addFeature(feature)
    if mark:
        layer_marks.mark(layer, mark, run)
    QgsProject.instance().addMapLayer(layer)
    return layer


def test_every_review_has_a_page_and_a_title():
    assert {review.page for review in REVIEWS} == set(range(4))
    assert all(title_of(review.id) for review in REVIEWS)
    assert len({review.id for review in REVIEWS}) == len(REVIEWS)


def test_the_demo_district_fills_the_forms_and_a_review_runs(dock, demo, wait_for):
    dock.take_demo(demo)
    names = {layer.name() for layer in QgsProject.instance().mapLayers().values()}
    assert any("Scheme A" in name for name in names), names
    assert QgsProject.instance().layerTreeRoot().children()[0].name() == "Planning", "above the terrain"
    assert dock.city.value("BUILDINGS")
    assert footprints.layer() is None, "the buildings of the work are those of the models, which are not loaded yet"
    assert footprints.polygon_layers() == []
    panel = show(dock, "planningmetrics")  # which is made now
    assert dock.primary.isEnabled(), dock.primary.toolTip()
    dock.start()
    wait_for(lambda: not dock.busy(), 60)
    assert not dock.panel.notice.isVisibleTo(dock), dock.panel.notice.text.text()
    results = panel.results
    assert results.isVisibleTo(panel)
    assert results.list.model.rowCount() == 20
    site = next(
        row for row in range(20) if "11" in results.list.model.item(row, 0).text()
    )  # the parcel of the site is the eleventh block
    assert float(results.list.model.item(site, 1).text()) == pytest.approx(6.1, abs=0.01)
    assert results.bars.bars[0][1] == max(value for _, value in results.bars.bars)


def test_what_a_review_lacks_is_named(dock):
    show(dock, "planningmetrics")
    assert not dock.primary.isEnabled()
    assert "Buildings" in dock.primary.toolTip()


def test_points_and_lines_are_drawn_into_layers_of_the_project(dock, qgis_iface):
    taken = []
    dock.drawer.drawn.connect(lambda what, layer: taken.append((what, layer)))
    dock.drawer.begin(Drawn.VIEWPOINTS)
    dock.drawer.points.clicked.emit(QgsPointXY(X, Y))
    dock.drawer.points.clicked.emit(QgsPointXY(X + 10, Y))
    dock.drawer.begin(Drawn.SECTIONS)
    assert dock.drawer.what is Drawn.SECTIONS
    dock.drawer.lines.drawn.emit([QgsPointXY(X, Y), QgsPointXY(X + 30, Y + 40)])
    points, lines = drawing.layer_of(Drawn.VIEWPOINTS), drawing.layer_of(Drawn.SECTIONS)
    assert [what for what, _ in taken] == [Drawn.VIEWPOINTS, Drawn.VIEWPOINTS, Drawn.SECTIONS]
    assert taken[-1][1] == lines.id()
    assert [feature["id"] for feature in points.getFeatures()] == [1, 2]
    assert points.crs().authid() == CRS
    [line] = lines.getFeatures()
    assert line.geometry().length() == pytest.approx(50)
    drawing.clear(Drawn.VIEWPOINTS)
    assert points.featureCount() == 0
    dock.drawer.end()
    assert dock.drawer.what is None


def test_what_was_drawn_is_taken_back_and_cleared(dock):
    panel = show(dock, "skyline")
    undo, empty = panel.cures[Drawn.VIEWPOINTS]
    assert not undo.isVisibleTo(panel)
    assert not empty.isVisibleTo(panel)
    dock.drawer.begin(Drawn.VIEWPOINTS)
    for step in range(3):
        dock.drawer.points.clicked.emit(QgsPointXY(X + 10 * step, Y))
    assert empty.isVisibleTo(panel)
    undo.click()
    assert [feature["id"] for feature in drawing.layer_of(Drawn.VIEWPOINTS).getFeatures()] == [1, 2]
    empty.click()
    assert drawing.count(Drawn.VIEWPOINTS) == 0
    assert not empty.isVisibleTo(panel)
    undo.click()
    assert [feature["id"] for feature in drawing.layer_of(Drawn.VIEWPOINTS).getFeatures()] == [1, 2], "they are back"
    empty.click()
    dock.drawer.points.clicked.emit(QgsPointXY(X, Y))
    undo.click()
    assert drawing.count(Drawn.VIEWPOINTS) == 0
    assert not undo.isVisibleTo(panel), "what was cleared before something new was drawn is gone"
    QgsProject.instance().clear()
    assert not dock.drawer.can_undo(Drawn.VIEWPOINTS)


def test_what_is_drawn_lies_in_the_crs_of_its_layer(dock, qgis_iface):
    drawing.add(Drawn.VIEWPOINTS, QgsGeometry.fromPointXY(QgsPointXY(X, Y)), QgsCoordinateReferenceSystem(CRS))
    there = QgsCoordinateReferenceSystem("EPSG:4490")
    layer = drawing.add(Drawn.VIEWPOINTS, QgsGeometry.fromPointXY(QgsPointXY(113.93, 22.51)), there)
    assert layer.crs().authid() == CRS
    second = [*layer.getFeatures()][1].geometry().asPoint()
    assert abs(second.x() - X) < 2000
    assert abs(second.y() - Y) < 2000


def test_a_drawing_button_sets_the_map_tool_and_the_input(dock, qgis_iface):
    panel = show(dock, "skyline")
    dock.show()
    panel.show()
    draw = panel.buttons[Drawn.VIEWPOINTS]
    draw.click()
    assert qgis_iface.mapCanvas().mapTool() is dock.drawer.points
    assert draw.isChecked()
    dock.drawer.points.clicked.emit(QgsPointXY(X, Y))
    assert panel.form.value("OBSERVERS") == drawing.layer_of(Drawn.VIEWPOINTS).id()
    draw.click()
    assert qgis_iface.mapCanvas().mapTool() is not dock.drawer.points
    assert not draw.isChecked()


def test_two_schemes_are_swiped_and_one_twice_is_not(widget, qgis_iface, qgis_new_project):
    square = "POLYGON((493000 2490800,493010 2490800,493010 2490810,493000 2490800))"
    one, other = (layer_of("Polygon", ("id:string",), [(square, ("a",))], name) for name in ("one", "other"))
    pair = widget(lambda: SchemePair(qgis_iface.mapCanvas()))
    assert not pair.swiper.isEnabled()
    pair.choose([one.id(), one.id()])
    assert pair.layers() == [one]
    assert not pair.swiper.isEnabled()
    pair.choose([one.id(), other.id()])
    assert pair.swiper.isEnabled()
    pair.toggle()
    assert pair.swipe.running
    tree = QgsProject.instance().layerTreeRoot()
    assert tree.findLayer(one.id()).isVisible()
    assert not tree.findLayer(other.id()).isVisible()
    pair.toggle()
    assert not pair.swipe.running
    pair.swipe.close_down()


PIECES = ("observer:string", "state:string", "kind:string", "object:string", "planned:boolean")
EYE = QgsPoint(X, Y, 1.6)


def test_the_skyline_is_drawn_from_the_pieces(widget, qgis_new_project):
    """A wall of 20 m over the eye, 20 m to the north, 40 m wide: atan(20 / 20) ahead, less at its ends."""
    top = 1.6 + 20.0
    wall = f"LINESTRINGZ({X - 20} {Y + 20} {top},{X + 20} {Y + 20} {top})"
    east = f"LINESTRINGZ({X + 50} {Y + 5} 31.6,{X + 50} {Y - 5} 31.6)"
    rows = [
        (wall, ("o'1", "present", "building", "a", False)),
        (wall, ("o'1", "scheme", "building", "a", False)),
        (east, ("o'1", "scheme", "building", "b", True)),
        (wall, ("2", "present", "building", "a", False)),
        ("", ("o'1", "present", "level", "", NULL)),
    ]
    pieces = layer_of("LineStringZ", PIECES, rows)
    symbols = {
        False: QgsLineSymbol.createSimple({"color": "#8d98a3"}),
        True: QgsLineSymbol.createSimple({"color": "#e0762f"}),
    }
    categories = [QgsRendererCategory(value, symbol, "") for value, symbol in symbols.items()]
    pieces.setRenderer(QgsCategorizedSymbolRenderer("planned", categories))
    today = skyline_rows.parts(pieces, "o'1", EYE, "present")  # in two parts, left and right of north
    assert [part.places[0][0] for part in today] == pytest.approx([0, 315], abs=2), (
        "in two parts, left and right of north"
    )
    assert max(elevation for part in today for _, elevation in part.places) == pytest.approx(45, abs=0.1)
    assert today[1].places[0][1] == pytest.approx(math.degrees(math.atan2(20, math.hypot(20, 20))), abs=0.01)
    planned = skyline_rows.parts(pieces, "o'1", EYE, "scheme")
    grey, orange = "#8d98a3", "#e0762f"
    assert [part.colour for part in planned] == [grey, orange, grey], "as the layer's style has them"
    for part in (*today, *planned):
        assert all(a[0] <= b[0] for a, b in zip(part.places, part.places[1:], strict=False))
    chart = widget(SkylineView)
    chart.resize(400, 200)
    blank = chart.grab().toImage()
    chart.show_skyline("[% 1 %]", planned, today)
    assert "45.0°" in chart.caption()
    image = chart.grab().toImage()
    assert image != blank
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert {grey, orange} <= colours


def test_observers_are_those_of_the_table(qgis_new_project):
    fields = ("observer:string", "name:string", "eye_m:double")
    table = layer_of("Point", fields, [("POINT(1 2)", ("a", NULL, 3.5)), ("POINT(5 6)", ("b", "Hill", NULL))])
    [(identity, name, eye)] = skyline_rows.observers(table)
    assert (identity, name, (eye.x(), eye.y(), eye.z())) == ("a", "a", (1, 2, 3.5))


def test_a_section_is_drawn_with_its_bodies(widget, qgis_new_project):
    fields = ("section:string", "name:string", "state:string")
    rows = [
        ("POLYGON((10 0,20 0,20 5,10 5,10 0))", ("it's", "<b>small</b>", "present")),
        ("POLYGON((0 0,100 0,100 30,0 30,0 0))", ("it's", "large", "removed")),
        ("LINESTRING(0 2,100 3)", ("it's", "", "")),
        ("POLYGON((0 0,9 0,9 9,0 9,0 0))", ("1", "of another line", "present")),
    ]
    layer = layer_of("Polygon", fields, [*rows[:2], rows[3]])
    assert section_rows.sections(layer) == ["1", "it's"]
    bodies = section_rows.bodies(layer, "it's")
    assert [body.name for body in bodies] == ["large", "<b>small</b>"], "the largest at the back"
    assert [body.filled for body in bodies] == [False, True], "what is removed is an outline"
    assert {body.colour for body in bodies} == {layer.renderer().symbol().color().name()}
    ground = section_rows.bodies(layer_of("LineString", fields, rows[2:3]), "it's")
    assert not ground[0].filled
    view = widget(SectionView)
    assert view.caption() == view.hint
    view.show_section([*bodies, *ground])
    assert "100 m" in view.caption()
    assert "<b>" not in view.toolTip().replace("&lt;b&gt;", "")
    view.resize(300, 200)
    assert not view.grab().isNull()


def test_lists_are_in_order_and_show_their_feature(dock, qgis_iface, settle, monkeypatch):
    panel = show(dock, "planningmetrics")
    rows = [
        (f"POLYGON(({X + 100 * n} {Y},{X + 100 * n + 10} {Y},{X + 100 * n} {Y + 10},{X + 100 * n} {Y}))", (name, far))
        for n, (name, far) in enumerate((("low", 1.0), ("none", NULL), ("high", 5.5)))
    ]
    fields = ("name:string", "far:double")
    layer_of("Polygon", fields, rows[:1], "old", "planningmetrics/OUTPUT", "1")
    layer = layer_of("Polygon", fields, rows, "new", "planningmetrics/OUTPUT", "2")
    listing = Listing("OUTPUT", ("label", "name"), "far", "")
    assert [(row.label, row.value) for row in list_rows(layer, listing)] == [
        ("high", 5.5),
        ("low", 1.0),
        ("none", None),
    ]
    dock.refresh()
    assert panel.results.listed is layer, "of the newest run"
    canvas, asked = qgis_iface.mapCanvas(), []
    monkeypatch.setattr(canvas, "flashFeatureIds", lambda layer, ids: asked.append(ids), raising=False)
    canvas.setExtent(QgsRectangle(0, 0, 1, 1))
    panel.results.list.view.selectRow(0)
    high = next(feature for feature in layer.getFeatures() if feature["name"] == "high")
    assert asked == [[high.id()]]
    assert canvas.extent().contains(high.geometry().boundingBox())


def test_another_project_forgets(dock, demo, settle):
    show(dock, "planningmetrics")
    dock.take_demo(demo)
    QgsProject.instance().clear()
    settle()
    assert dock.city.value("BUILDINGS") is None
    assert not dock.primary.isEnabled()
    assert dock.tabs.currentIndex() == SCHEMES


def test_results_of_other_reviews_are_switched_off(qgis_new_project):
    root = QgsProject.instance().layerTreeRoot()
    square = "POLYGON((0 0,1 0,1 1,0 0))"
    layers = []
    for mark in ("skyline/BREAKERS", "planningmetrics/OUTPUT", ""):
        layer = layer_of("Polygon", ("id:string",), [(square, ("a",))], "x", mark)
        node = root.findLayer(layer.id())
        group = root.addGroup(mark or "own")
        group.insertChildNode(0, node.clone())
        root.removeChildNode(node)
        layers.append(layer)
    hide_others({layers[1].id()})
    assert [root.findLayer(layer.id()).isVisible() for layer in layers] == [False, True, True]


def test_a_rule_of_a_style_gives_its_colour(qgis_new_project):
    layer = layer_of("Polygon", ("kind:string",), [("POLYGON((0 0,1 0,1 1,0 0))", (kind,)) for kind in "ab"])
    rules = QgsRuleBasedRenderer.Rule(None)
    for kind, colour in (("a", "#ff0000"), ("c", "#00ff00")):
        symbol = QgsFillSymbol.createSimple({"color": colour})
        rules.appendChild(QgsRuleBasedRenderer.Rule(symbol, filterExp=f"\"kind\" = '{kind}'"))
    layer.setRenderer(QgsRuleBasedRenderer(rules))
    assert [colour for _, colour in with_colours(layer, layer.getFeatures())] == ["#ff0000", OTHER]


def test_the_demo_gives_the_comparison_its_pair_with_the_rooms_below(dock, demo):
    dock.take_demo(demo)
    panel = show(dock, "comparescheme")
    values = panel.values()
    layers = QgsProject.instance().mapLayers()
    tables = [
        [(layers[item].source() if item in layers else str(item)).rpartition("=")[2] for item in values[name]]
        for name in ("SCHEMES", "SCHEME_BASEMENTS")
    ]
    assert tables == [["scheme_a", "scheme_b"], ["scheme_a_underground", "scheme_b_underground"]]
    assert dock.primary.isEnabled(), dock.primary.toolTip()


def test_schemes_are_compared_behind_the_desktop_and_laid_out_in_front(dock, demo, wait_for):
    """Computing takes long; only the layouts of REPORT and PAGE need the main thread."""
    dock.take_demo(demo)
    show(dock, "comparescheme")
    assert dock.primary.isEnabled(), dock.primary.toolTip()
    dock.start()
    assert dock.panel.job.task is not None, "it runs in a thread"
    results = []
    dock.panel.job.finished.connect(results.append)
    wait_for(lambda: bool(results), 240)
    assert results[0].ok, results[0].error
    for name in ("REPORT", "PAGE"):
        assert Path(results[0].outputs[name]).stat().st_size > 10_000
