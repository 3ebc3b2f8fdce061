"""The flood dock: what its button says, what it orders, and what it shows afterwards."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtWidgets import QComboBox

from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.kernel import kernels
from twin_plugin.core.common.grid import Grid
from twin_plugin.gui.common import floods, settings
from twin_plugin.gui.common.run_request import RunResult
from twin_plugin.gui.flood import estimate
from twin_plugin.gui.flood.input_groups import outputs_of


class Run:
    """Stands for a job: keeps who waits for its end."""

    def __init__(self):
        self.waiting = []
        self.finished = self

    def connect(self, slot):
        self.waiting.append(slot)

    def end(self, result):
        for slot in self.waiting:
            slot(result)


@pytest.fixture
def make_terrain(tmp_path):
    """A function that makes a terrain layer of some columns and rows of 2 m in a CRS."""
    from osgeo import gdal, osr

    def make(columns=100, rows=60, crs=4547, cell=2.0):
        path = str(tmp_path / f"terrain_{crs}.tif")
        dataset = gdal.GetDriverByName("GTiff").Create(path, columns, rows, 1, gdal.GDT_Float32)
        dataset.SetGeoTransform((500_000, cell, 0, 2_490_000, 0, -cell) if cell > 0.1 else (114, cell, 0, 22, 0, -cell))
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(crs)
        dataset.SetProjection(reference.ExportToWkt())
        dataset.GetRasterBand(1).Fill(3.0)
        dataset.FlushCache()
        layer = QgsRasterLayer(path, "Ground")
        QgsProject.instance().addMapLayer(layer)
        return layer

    return make


@pytest.fixture
def add_rain_gauges(qgis_new_project):
    """A function that adds a layer of rain gauges to the project."""

    def add():
        layer = QgsVectorLayer("Point?crs=EPSG:4547&field=gauge:string&field=time_min:double", "Gauges", "memory")
        QgsProject.instance().addMapLayer(layer)
        return layer

    return add


@pytest.fixture
def dock(make_desktop, monkeypatch):
    """The flood dock, whose runs are only kept in `dock.ordered`."""
    made = make_desktop().docks["flood"]
    made.ordered = []

    def run(request):
        made.ordered.append((request, Run()))
        return made.ordered[-1][1]

    monkeypatch.setattr(made, "run", run)
    return made


def test_without_a_terrain_the_button_says_so(dock, wait_for):
    wait_for(lambda: "terrain" in dock.primary.text())
    assert not dock.primary.isEnabled()


def test_the_button_says_time_cells_and_duration_and_follows(dock, make_terrain, wait_for):
    dock.choose_terrain(make_terrain().id())
    wait_for(lambda: "3 h" in dock.primary.text())
    assert words_of(6000) in dock.primary.text()
    dock.run_form.set_value("CELL_SIZE", 4.0)
    dock.run_form.set_value("DURATION_MIN", 30.0)
    wait_for(lambda: "30 min" in dock.primary.text())
    assert words_of(1500) in dock.primary.text()


def words_of(cells):
    from twin_plugin.gui.common import formatting

    return formatting.count(cells)


def test_a_design_storm_is_written_first_and_given_to_the_flood(dock, make_terrain, wait_for, results):
    dock.choose_terrain(make_terrain().id())
    wait_for(lambda: dock.primary.isEnabled())
    dock.start()
    storm, run = dock.ordered[0]
    assert storm.algorithm_id == "twin:designstorm"
    assert storm.quiet
    assert storm.layers == {}
    table = storm.parameters["OUTPUT"]
    assert table.startswith(str(results))
    run.end(RunResult(True, outputs={"OUTPUT": table}))
    flood, _ = dock.ordered[1]
    assert flood.algorithm_id == "twin:simulateflood"
    assert flood.parameters["RAIN"] == table
    assert "RAIN_MM" not in flood.parameters
    assert next(iter(flood.layers)) == "DEPTH_MAX"
    assert set(flood.hidden) == set(flood.layers) - {"DEPTH_MAX"}
    assert flood.layers["DEPTH_MAX"] == "Maximum depth", "what tells runs apart stands in the group's name"
    assert flood.group.startswith("50-year storm, 146 mm in 2 h · 3 h simulated · ")
    assert flood.group.endswith(" m cells")
    assert flood.parameters["RESULT"].endswith(".nc")
    assert flood.parameters["SUMMARY"].endswith(".json")


def test_the_terrain_can_be_checked_and_searched(dock, make_terrain, wait_for, results):
    assert not dock.tools.isEnabled()
    terrain = make_terrain()
    dock.choose_terrain(terrain.id())
    wait_for(dock.tools.isEnabled)
    dock.tools.check.click()
    dock.tools.find.click()
    (check, _), (find, _) = dock.ordered
    assert (check.algorithm_id, find.algorithm_id) == ("twin:checkterrain", "twin:findwaterlogging")
    assert check.parameters["DTM"] == find.parameters["DTM"] == terrain.id()
    assert list(check.layers) == ["OUTPUT", "MENDED"]
    assert check.parameters["MENDED"].startswith(str(results))
    assert check.summary({"COUNT": 0}) == "Nothing is wrong with the terrain."
    assert check.summary({"COUNT": 3, "CHANGED": 12}).startswith("3 findings; 12 cells were mended.")
    assert find.summary({"COUNT": 2, "VOLUME_M3": 7.0}) == "2 depressions hold 7 m³."
    assert set(find.parameters) >= {"DTM", "OUTPUT"}


def test_basements_are_filled_from_the_shown_flood(dock, add_flood, tmp_path, results):
    rooms = QgsVectorLayer("Polygon?crs=EPSG:4547&field=id:string", "underground", "memory")
    openings = QgsVectorLayer("Point?crs=EPSG:4547&field=id:string", "underground_openings", "memory")
    other = QgsVectorLayer("Polygon?crs=EPSG:4547", "a park", "memory")
    QgsProject.instance().addMapLayers([other, rooms, openings])
    basements = dock.after.questions[0]
    dock.refresh()
    assert not basements.start.isEnabled()  # there is no flood yet
    add_flood("aa", "Storm A")
    dock.refresh()
    assert not basements.start.isEnabled()  # it has no water over time
    flat = np.zeros((4, 4), np.float32)
    with FloodMesh(
        tmp_path / "aa" / "result.nc", Grid(flat, 500_000, 2_490_000, 2.0, "EPSG:4547"), [0.0], run="aa"
    ) as mesh:
        mesh.write(flat, flat, flat, flat)
    dock.refresh()
    assert basements.start.isEnabled()
    basements.start.click()
    [(request, _)] = dock.ordered
    assert request.algorithm_id == "twin:basementflooding"
    assert request.parameters["RESULT"] == floods.current().results["RESULT"]
    assert request.parameters["UNDERGROUND"] == rooms.id()
    assert request.parameters["OPENINGS_UNDERGROUND"] == openings.id()
    assert list(request.layers) == ["OPENINGS_FLOW", "ROOMS", "RANKING"]
    assert request.parameters["ROOMS"].startswith(str(results))
    said = request.summary({"ROOMS_FLOODED": 2, "ROOMS_UNKNOWN": 1, "VOLUME_M3": 1234.4})
    assert said == "2 rooms have water, 1 are unknown; 1,234 m³ at the end."


def test_the_nearest_stored_flood_is_asked_for(dock, tmp_path, results):
    watch = dock.after.questions[1]
    QgsProject.instance().addMapLayer(QgsVectorLayer("Polygon?crs=EPSG:4547", "a park", "memory"))
    dock.refresh()
    assert watch.form.value("RAIN") is None  # no layer is taken for the rain because it is the first
    assert not watch.start.isEnabled()
    QgsProject.instance().addMapLayer(QgsVectorLayer("None?field=time_min:double", "gauge_rain", "memory"))
    dock.refresh()
    assert not watch.start.isEnabled()  # no stored runs
    watch.form.set_value("FOLDER", str(tmp_path))
    assert watch.start.isEnabled()
    watch.start.click()
    [(request, _)] = dock.ordered
    assert request.algorithm_id == "twin:floodwatch"
    assert request.parameters["FOLDER"] == str(tmp_path)
    assert list(request.layers) == ["OUTPUT"]
    assert request.summary({"SAYS": "No stored flood is near."}) == "No stored flood is near."


def test_a_failed_storm_starts_no_flood(dock, make_terrain, wait_for):
    dock.choose_terrain(make_terrain().id())
    wait_for(lambda: dock.primary.isEnabled())
    dock.start()
    dock.ordered[0][1].end(RunResult(False, error="no"))
    assert len(dock.ordered) == 1


def test_even_rain_goes_straight_to_the_flood(dock, make_terrain, wait_for):
    dock.choose_terrain(make_terrain().id())
    dock.storm.source.setCurrentIndex(dock.storm.source.findData("even"))
    dock.storm.even.set_value("RAIN_MM", 80.0)
    wait_for(lambda: dock.primary.isEnabled() and dock.storm.total_mm == 80.0)
    dock.start()
    request, _ = dock.ordered[0]
    assert request.algorithm_id == "twin:simulateflood"
    assert request.parameters["RAIN_MM"] == 80.0
    assert "RAIN" not in request.parameters


def test_an_even_rain_is_not_captioned_with_the_design_storm_before_it(dock, wait_for):
    wait_for(lambda: dock.storm.total_mm > 0)
    assert dock.storm.caption().count("146") == 1
    assert "peak" in dock.storm.caption()
    dock.storm.source.setCurrentIndex(dock.storm.source.findData("even"))
    dock.storm.even.set_value("RAIN_MM", 80.0)
    wait_for(lambda: dock.storm.total_mm == 80.0)
    assert "80" in dock.storm.caption()
    assert "146" not in dock.storm.caption()


def test_a_storm_that_cannot_be_made_is_explained_in_its_place(dock, make_terrain, wait_for):
    dock.choose_terrain(make_terrain().id())
    dock.storm.form.set_value("ZONE", "custom")
    wait_for(lambda: dock.storm.problem)
    assert dock.storm.notice.isVisibleTo(dock)
    wait_for(lambda: not dock.primary.isEnabled())
    dock.storm.form.set_value("ZONE", "west")
    wait_for(lambda: not dock.storm.problem and dock.storm.total_mm > 0)
    assert not dock.storm.notice.isVisibleTo(dock)


def test_a_run_is_remembered_and_shown(dock, make_terrain, wait_for, add_flood):
    dock.choose_terrain(make_terrain().id())
    wait_for(lambda: dock.primary.isEnabled())
    dock.start()
    dock.ordered[0][1].end(RunResult(True, outputs={"OUTPUT": "storm.gpkg"}))
    figures = {"max_depth_m": 1.234, "wall_s": 4.0, "peak_volume_m3": 1500.0, "mass_error": 2e-14}
    made = add_flood("aa", "Flood", **figures)
    dock.ordered[1][1].end(RunResult(True, outputs=made.results, layers=made.layers))
    assert floods.current().results["DEPTH_MAX"] == made.results["DEPTH_MAX"]
    assert floods.current().storm == "50-year storm, 146 mm in 2 h"
    shown = [dock.results.numbers.itemAt(i).widget().text() for i in range(dock.results.numbers.count())]
    assert "1.23 m" in shown
    assert "2.00 ha" in shown
    assert dock.shell.docks["home"].rows["flood"].done
    QgsProject.instance().removeMapLayers(list(made.layers.values()))
    assert not dock.shell.docks["home"].rows["flood"].done
    assert not dock.results.buttons.isVisibleTo(dock)


def test_levels_are_asked_for_where_an_edge_has_one(dock):
    assert not dock.edges.fields["LEVEL_SOUTH_M"].isVisibleTo(dock)
    dock.edges.set_value("BOUNDARY_SOUTH", "level")
    assert dock.edges.fields["LEVEL_SOUTH_M"].isVisibleTo(dock.edges)


def test_no_estimate_for_a_terrain_in_degrees(qgis_new_project, make_terrain):
    assert estimate.estimate(make_terrain(crs=4326, cell=0.0001), None, None, 60.0) is None


@pytest.fixture
def no_speed(qgis_app):
    """No speed of this machine was measured yet."""
    from qgis.core import QgsSettings

    QgsSettings().remove(f"{settings.PREFIX}/measured/{estimate.RATE}")


def test_an_estimate_learns_from_a_run(qgis_new_project, make_terrain, no_speed):
    layer = make_terrain()
    size = estimate.estimate(layer, None, None, 60.0)
    assert (size.cells, size.cell_m) == (6000, 2.0)
    estimate.learn(size, 60.0, 12.0)
    assert estimate.estimate(layer, None, None, 60.0).seconds == pytest.approx(12.0)
    assert estimate.estimate(layer, None, 4.0, 120.0).seconds == pytest.approx(3.0)


@pytest.fixture
def add_raster(qgis_new_project, tmp_path):
    """A function that puts a raster of the plugin's, or of another's, into the project."""
    import numpy as np

    from twin_plugin.bridge.kernel.rasters import write_grid
    from twin_plugin.core.common.grid import Grid

    def add(name, output=""):
        metadata = {"CITY_TWIN_OUTPUT": output} if output else None
        values = np.arange(16, dtype=np.float32).reshape(4, 4)
        write_grid(Grid(values, 500_000, 2_490_000, 2.0, "EPSG:4547"), tmp_path / f"{name}.tif", metadata=metadata)
        layer = QgsRasterLayer(str(tmp_path / f"{name}.tif"), name)
        QgsProject.instance().addMapLayer(layer)
        return layer

    return add


def listed(dock):
    box = next(box for box in dock.inputs.fields["DTM"].findChildren(QComboBox))
    return [box.itemText(row).split(" [")[0] for row in range(box.count())]


def test_the_first_raster_in_the_alphabet_is_no_terrain_by_that(dock, add_raster, settle):
    add_raster("Arrival of water", "ARRIVAL")
    settle()
    assert dock.inputs.value("DTM") is None
    add_raster("Cover")
    heights = add_raster("Valley heights")
    settle()
    dock.refresh()
    assert listed(dock) == ["Cover", "Valley heights"]
    assert dock.inputs.value("DTM") == heights.id()


def test_a_terrain_that_the_user_chose_stays(dock, add_raster, tmp_path, settle):
    add_raster("DTM")
    chosen = add_raster("Mine")
    dock.choose_terrain(chosen.id())
    dock.refresh()
    assert dock.inputs.value("DTM") == chosen.id()
    dock.inputs.set_value("DTM", str(tmp_path / "DTM.tif.copy"))
    dock.inputs.remember()
    dock.refresh()
    assert dock.inputs.value("DTM") == str(tmp_path / "DTM.tif.copy")


def test_a_run_that_was_slowed_down_does_not_make_the_next_estimate_as_long(qgis_new_project, make_terrain, no_speed):
    layer = make_terrain()
    size = estimate.estimate(layer, None, None, 60.0)
    estimate.learn(size, 60.0, 2.0)
    estimate.learn(size, 60.0, 200.0)
    assert estimate.estimate(layer, None, None, 60.0).seconds == pytest.approx(20.0)
    estimate.learn(size, 60.0, 3.0)
    assert estimate.estimate(layer, None, None, 60.0).seconds == pytest.approx(3.0)


@pytest.mark.parametrize("compiled", [True, False])
def test_a_first_run_says_that_it_compiles_and_teaches_no_speed(
    dock, make_terrain, wait_for, add_flood, monkeypatch, no_speed, compiled
):
    monkeypatch.setattr(kernels, "compiled", lambda domain: compiled)
    dock.choose_terrain(make_terrain().id())
    dock.storm.source.setCurrentIndex(dock.storm.source.findData("even"))
    dock.storm.even.set_value("RAIN_MM", 80.0)
    wait_for(lambda: dock.primary.isEnabled() and dock.storm.total_mm == 80.0)
    assert ("a minute of compiling" in dock.primary.text()) == (not compiled)
    dock.start()
    made = add_flood("aa", "Flood", wall_s=700.0)
    dock.ordered[0][1].end(RunResult(True, outputs=made.results, layers=made.layers))
    learnt = settings.load_number(estimate.RATE, 0.0)
    assert (learnt > 0) == compiled


def test_a_table_of_rain_in_the_project_is_proposed_as_the_storm(make_desktop, wait_for, tmp_path):
    from qgis.core import QgsFeature, QgsVectorLayer

    table = QgsVectorLayer("None?field=time_min:double&field=depth_mm:double", "storm", "memory")
    for end, depth in ((60.0, 40.0), (120.0, 20.0)):
        row = QgsFeature(table.fields())
        row.setAttributes([end, depth])
        table.dataProvider().addFeatures([row])
    QgsProject.instance().addMapLayer(table)
    storm = make_desktop().docks["flood"].storm
    assert storm.kind() == "table"
    wait_for(lambda: storm.total_mm == 60.0)
    assert "60.0 mm in 2 h" in storm.chart.caption()


def test_the_rain_of_many_gauges_is_not_proposed_as_one_storm(make_desktop):
    from qgis.core import QgsVectorLayer

    source = "None?field=site:string&field=time_min:double&field=depth_mm:double"
    QgsProject.instance().addMapLayer(QgsVectorLayer(source, "gauge_rain", "memory"))
    assert make_desktop().docks["flood"].storm.kind() == "design"


def test_everything_unfolded_fits_320_pixels(dock, make_terrain, wait_for, settle, monkeypatch):
    from qgis.PyQt.QtWidgets import QGroupBox

    monkeypatch.setattr(kernels, "compiled", lambda domain: False)
    dock.choose_terrain(make_terrain().id())
    wait_for(lambda: dock.primary.isEnabled())
    folded = [box for box in dock.findChildren(QGroupBox) if hasattr(box, "setCollapsed")]
    assert len(folded) >= len(dock.groups.forms)
    for box in folded:
        box.setCollapsed(False)
    settle()
    assert dock.minimumSizeHint().width() <= 320


def test_buildings_are_shown_with_a_new_flood_until_they_are_assessed(
    dock, make_terrain, wait_for, add_flood, add_assessment
):
    from qgis.core import QgsVectorLayer

    from twin_plugin.gui.common import footprints

    houses = QgsVectorLayer("Polygon?crs=EPSG:4547", "houses", "memory")
    QgsProject.instance().addMapLayer(houses)
    footprints.choose(houses.id())
    node = QgsProject.instance().layerTreeRoot().findLayer(houses)
    node.setItemVisibilityChecked(False)
    dock.choose_terrain(make_terrain().id())
    dock.storm.source.setCurrentIndex(dock.storm.source.findData("even"))
    dock.storm.even.set_value("RAIN_MM", 80.0)
    wait_for(lambda: dock.primary.isEnabled() and dock.storm.total_mm == 80.0)
    dock.start()
    made = add_flood("aa", "Flood")
    dock.ordered[0][1].end(RunResult(True, outputs=made.results, layers=made.layers))
    assert node.isVisible()
    node.setItemVisibilityChecked(False)
    add_assessment("aa")
    dock.ordered[0][1].end(RunResult(True, outputs=made.results, layers=made.layers))
    assert not node.isVisible()


def test_the_scheme_is_an_option(dock):
    assert dock.groups.forms["options"].value("SCHEME") == "auto"
    dock.groups.forms["options"].set_value("SCHEME", "shockcapturing")
    assert dock.groups.forms["options"].values()["SCHEME"] == "shockcapturing"


def test_several_storms_open_the_dialog_with_the_inputs_of_the_dock(dock, make_terrain, monkeypatch):
    opened = []
    monkeypatch.setattr(dock.shell, "open_algorithm", lambda *given: opened.append(given))
    terrain = make_terrain()
    dock.choose_terrain(terrain.id())
    dock.run_form.set_value("CELL_SIZE", 4.0)
    dock.storm.source.setCurrentIndex(dock.storm.source.findData("even"))
    dock.storm.even.set_value("RAIN_MM", 80.0)
    dock.several.click()
    ((name, parameters),) = opened
    assert name == "runensemble"
    assert parameters["DTM"] == terrain.id()
    assert (parameters["CELL_SIZE"], parameters["RAIN_MM"]) == (4.0, 80.0)
    algorithm = dock.algorithm("runensemble")
    assert all(algorithm.parameterDefinition(given) is not None for given in parameters)


def test_inputs_are_folded_by_kind(dock):
    forms = dock.groups.forms
    assert list(forms)[-1] == "options"
    assert "DRAINS" in forms["drains"].fields
    assert "STRUCTURES" in forms["structures"].fields
    assert "DRAIN_CAPACITY_MM_H" in forms["drains"].fields
    assert "SOIL" in forms["ground"].fields
    assert "GAUGES" in forms["rain"].fields
    names = [name for form in (dock.inputs, dock.run_form, *forms.values()) for name in form.fields]
    assert len(names) == len(set(names))


def test_choices_of_the_groups_are_in_words(dock):
    shown = {name: combo for form in dock.groups.forms.values() for name, combo in form._combos.items()}
    words = [shown[name].itemText(0) for name in ("INFILTRATION_METHOD", "DRAINS_OUTFALLS", "START_CLOCK")]
    assert words == ["one rate everywhere", "leaves the area", "counts from this run"]


def test_a_run_with_structures_writes_and_shows_their_flows(dock):
    assert outputs_of(dock.flood, {"STRUCTURES": "walls", "DRAINS": ""}) == ("STRUCTURE_FLOWS",)
    assert outputs_of(dock.flood, {"DRAINS": "a.inp", "NODES": "nodes"}) == ("DRAIN_CONDUITS", "DRAIN_NODES")


def test_rain_of_gauges_takes_the_place_of_the_dock_s_storm(dock, make_terrain, wait_for, add_rain_gauges):
    dock.choose_terrain(make_terrain().id())
    dock.groups.forms["rain"].set_value("GAUGES", add_rain_gauges().id())
    wait_for(lambda: dock.primary.isEnabled())
    dock.start()
    (request, _), *others = dock.ordered
    assert not others
    assert request.algorithm_id == "twin:simulateflood"
    assert request.parameters["GAUGES"]
    assert not request.parameters.get("RAIN")
    assert request.group.startswith("rain of gauges")


def test_the_state_at_the_end_is_written_on_wish_and_the_wish_kept(dock, make_terrain, wait_for):
    dock.choose_terrain(make_terrain().id())
    dock.storm.source.setCurrentIndex(dock.storm.source.findData("even"))
    dock.storm.even.set_value("RAIN_MM", 80.0)
    wait_for(lambda: dock.primary.isEnabled() and dock.storm.total_mm == 80.0)
    dock.start()
    assert "STATE" not in dock.ordered[-1][0].parameters
    dock.ordered[-1][1].end(RunResult(False))
    dock.groups.keep_state.setChecked(True)
    wait_for(lambda: dock.primary.isEnabled())
    dock.start()
    request = dock.ordered[-1][0]
    assert request.parameters["STATE"].endswith("end.state")
    assert "STATE" not in request.layers
    dock.groups.keep_state.blockSignals(True)
    dock.groups.keep_state.setChecked(False)
    dock.groups.keep_state.blockSignals(False)
    dock.groups.restore()
    assert dock.groups.keep_state.isChecked()
