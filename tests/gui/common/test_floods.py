"""Which floods a project shows, and that what belongs to one is never taken for another's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsFeature, QgsProject, QgsVectorLayer

from twin_plugin.bridge.kernel import layer_marks
from twin_plugin.bridge.kernel.flood_run import RUN_ITEM
from twin_plugin.bridge.kernel.project_entries import DISTRICT
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.gui.common import floods, footprints, layer_order, project, result_layers, run_outputs, state, workflow
from twin_plugin.gui.common.run_request import RunResult


def shown(layer_id: str) -> bool:
    return bool(QgsProject.instance().layerTreeRoot().findLayer(layer_id).isVisible())


def top_level() -> list[str]:
    return [node.name() for node in QgsProject.instance().layerTreeRoot().children()]


def test_floods_are_told_apart_by_their_runs_the_newest_first(add_flood):
    first, second = add_flood("aa", "one"), add_flood("bb", "two")
    assert [flood.key for flood in floods.find()] == ["bb", "aa"]
    assert floods.current().title == "two"
    assert first.results["DEPTH_MAX"] != second.results["DEPTH_MAX"]
    floods.choose(first)
    assert floods.current().key == "aa"
    QgsProject.instance().removeMapLayers(list(first.layers.values()))
    assert floods.current().key == "bb"


def test_files_beside_a_layer_belong_to_its_flood_only_where_they_are_of_the_same_run(add_flood, tmp_path):
    flood = add_flood("aa", outputs=("DEPTH_MAX",), files=("LEVEL_MAX",))
    grid = Grid(np.ones((4, 4), np.float32), 0, 8, 2.0, "EPSG:4547")
    write_grid(grid, tmp_path / "aa" / "arrival.tif", metadata={"CITY_TWIN_OUTPUT": "ARRIVAL", RUN_ITEM: "bb"})
    assert "ARRIVAL" not in floods.current().results
    assert {"DEPTH_MAX", "LEVEL_MAX", "SUMMARY"} == set(floods.current().results)
    (tmp_path / "aa" / "summary.json").write_text('{"run_id": "bb", "wet_area_m2": 1.0}', "utf-8")
    assert "SUMMARY" not in floods.current().results
    assert flood.number("wet_area_m2") == 20_000.0


def test_results_without_an_id_are_a_flood_by_their_folder(add_flood):
    flood = add_flood("", "old", marked=False, outputs=("DEPTH_MAX",), files=("ARRIVAL",))
    assert flood.run == ""
    assert flood.key == str(Path(flood.results["DEPTH_MAX"]).parent)
    assert "ARRIVAL" in flood.results


def test_a_layer_of_a_deleted_file_is_no_flood(add_flood):
    flood = add_flood("aa", outputs=("DEPTH_MAX",))
    Path(flood.results["DEPTH_MAX"]).unlink()
    assert floods.current() is None


def test_an_assessment_counts_for_its_own_flood_only(add_flood, add_assessment):
    first = add_flood("aa", "one")
    risk = add_assessment("aa")
    assert floods.assessment(first) == risk
    second = add_flood("bb", "two")
    assert floods.assessment(second) is None
    assert floods.assessment(None) is None
    unknown = add_flood("", "old")
    assert floods.assessment(unknown) is None
    old = add_assessment("")
    assert floods.assessment(unknown) == old


def test_the_report_refuses_the_assessment_of_another_flood(qgis_plugin, results, add_flood, add_assessment):
    add_flood("aa", "one")
    first = add_assessment("aa")
    assert workflow.report().parameters["BUILDING_RISK"] == first.id()
    second = add_flood("bb", "two")
    with pytest.raises(InputError, match="not for 'two'"):
        workflow.report()
    risk = add_assessment("bb")
    inputs = workflow.report().parameters
    assert inputs["BUILDING_RISK"] == risk.id()
    assert {inputs[name] for name in second.results} == set(second.results.values())
    floods.choose(next(flood for flood in floods.find() if flood.key == "aa"))
    assert workflow.report().parameters["BUILDING_RISK"] == first.id()


def test_the_report_refuses_the_assessment_of_other_buildings(qgis_plugin, results, add_flood, add_assessment):
    flood = add_flood("aa", "one")
    risk = add_assessment("aa")
    first, second = (QgsVectorLayer("Polygon?crs=EPSG:4547", name, "memory") for name in ("old", "new"))
    QgsProject.instance().addMapLayers([first, second])
    risk.setCustomProperty(layer_marks.BUILDINGS, first.id())
    assert workflow.assessment(flood) == risk  # the project has not said which are its buildings
    footprints.choose(second.id())
    assert workflow.assessment(flood) is None
    with pytest.raises(InputError, match="of other buildings"):
        workflow.report()
    footprints.choose(first.id())
    assert workflow.report().parameters["BUILDING_RISK"] == risk.id()


def test_without_any_assessment_the_report_is_of_the_water_alone(qgis_plugin, results, add_flood):
    add_flood("aa", "one")
    assert "BUILDING_RISK" not in workflow.report().parameters


def test_a_report_is_remembered_with_its_flood(qgis_plugin, results, add_flood, tmp_path):
    add_flood("aa", "one")
    request = workflow.report()
    (tmp_path / "report.pdf").touch()
    workflow.remember_report(request, RunResult(True, outputs={"REPORT": str(tmp_path / "report.pdf")}))
    assert project.last_report()["run"] == "aa"


def test_paths_in_the_project_follow_it_when_it_is_moved(qgis_new_project, tmp_path):
    home = tmp_path / "here"
    home.mkdir()
    (home / "report.pdf").touch()
    QgsProject.instance().write(str(home / "p.qgz"))
    state.remember("report/last", {"path": str(home / "report.pdf"), "title": "T", "run": ""})
    QgsProject.instance().write()
    home.rename(tmp_path / "there")
    QgsProject.instance().read(str(tmp_path / "there" / "p.qgz"))
    assert project.last_report()["path"] == str(tmp_path / "there" / "report.pdf")


def test_one_flood_is_shown_at_a_time_and_the_user_can_go_back(add_flood, add_assessment):
    first = add_flood("aa", "one")
    risk = add_assessment("aa")
    second = add_flood("bb", "two")
    layer_order.show_alone(second)
    assert not any(map(shown, (*first.layers.values(), risk.id())))
    assert all(map(shown, second.layers.values()))
    layer_order.show_alone(first)
    assert all(map(shown, (*first.layers.values(), risk.id())))
    assert not any(map(shown, second.layers.values()))


def test_switching_a_flood_off_leaves_the_users_layers_on(add_flood):
    first = add_flood("aa", "mine")
    own = QgsVectorLayer("Point?crs=EPSG:4547", "own", "memory")
    QgsProject.instance().addMapLayer(own, False)
    layer_order.group_of(QgsProject.instance(), first.layers["DEPTH_MAX"]).addLayer(own)
    layer_order.show_alone(add_flood("bb", "two"))
    assert shown(own.id())
    assert not shown(first.layers["DEPTH_MAX"])


def test_groups_of_results_come_on_top_and_all_others_below_them(add_flood):
    QgsProject.instance().addMapLayer(QgsVectorLayer("Point?crs=EPSG:4547", "own", "memory"))
    layer_order.new_group(QgsProject.instance(), "Buildings", False)
    assert top_level() == ["Buildings", "own"]
    add_flood("aa", "one")
    layer_order.new_group(QgsProject.instance(), "Buildings", False)
    assert top_level() == ["one", "Buildings (2)", "Buildings", "own"]
    layer_order.new_group(QgsProject.instance(), "two", True)
    layer_order.add(QgsVectorLayer("Polygon?crs=EPSG:4547", "blocks of a service", "memory"))
    assert top_level() == ["two", "one", "blocks of a service", "Buildings (2)", "Buildings", "own"]
    layer_order.add(QgsVectorLayer("Point?crs=EPSG:4547", "sensors of a service", "memory"))
    assert "sensors of a service" in top_level()


def test_a_result_that_was_taken_out_comes_back_from_its_file(qgis_plugin, add_flood):
    flood = add_flood("aa", "one", outputs=("DEPTH_MAX",), files=("HAZARD",))
    assert result_layers.of_flood(flood, "ARRIVAL") is None
    layer = result_layers.of_flood(flood, "HAZARD")
    assert layer.source() == flood.results["HAZARD"]
    assert layer_order.group_of(QgsProject.instance(), layer.id()).name() == "one"
    assert floods.current().layers["HAZARD"] == layer.id()
    assert result_layers.of_flood(floods.current(), "HAZARD") == layer
    assert len(floods.find()) == 1


def test_a_title_is_no_districts_name(qgis_new_project):
    QgsProject.instance().setTitle("Flood at the doors")
    assert run_outputs.district() == ""
    assert run_outputs.named("Buildings") == "Buildings"
    state.remember(DISTRICT, "Houhai")
    assert run_outputs.named("Buildings") == "Buildings · Houhai"


def test_a_table_of_rain_in_the_project_is_its_storm(qgis_new_project):
    assert workflow.storm_state(None) == ""
    table = QgsVectorLayer("None?field=time_min:double&field=depth_mm:double", "storm", "memory")
    for end, depth in ((60.0, 40.0), (120.0, 106.2)):
        row = QgsFeature(table.fields())
        row.setAttributes([end, depth])
        table.dataProvider().addFeatures([row])
    layer_marks.mark(table, "designstorm/OUTPUT", layer_marks.new_run())
    QgsProject.instance().addMapLayer(table)
    assert workflow.storm_state(None) == "146 mm in 2 h"
