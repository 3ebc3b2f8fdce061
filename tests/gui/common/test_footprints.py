"""Which polygon layer counts as the buildings: chosen, of models, or named so."""

from __future__ import annotations

import pytest
from qgis.core import QgsField, QgsProject, QgsVectorLayer

from twin_plugin.bridge.kernel.compat import TEXT
from twin_plugin.gui.common import footprints, result_layers, state, workflow


@pytest.fixture
def add(qgis_new_project):
    """A function that puts a polygon layer with fields into the project, as the output of a run where one is named."""

    def make(name, *fields, output="", run="", kind="Polygon"):
        layer = QgsVectorLayer(f"{kind}?crs=EPSG:4547", name, "memory")
        layer.dataProvider().addAttributes([QgsField(field, TEXT) for field in fields])
        layer.updateFields()
        if output:
            layer.setCustomProperty(result_layers.OUTPUT, output)
            layer.setCustomProperty(result_layers.RUN, run)
        QgsProject.instance().addMapLayer(layer)
        return layer

    return make


def test_a_polygon_layer_of_any_name_counts_once_it_is_chosen(add):
    add("District boundary")
    own = add("LOD_2020_v3", "k")
    assert footprints.layer() is None
    footprints.choose(own.id())
    assert footprints.layer() == own
    QgsProject.instance().removeMapLayer(own.id())
    assert footprints.layer() is None


NAMES = ("Buildings 2020", "houses_v2", "city_footprints", "Gebäude", "朝阳区建筑", "bâtiments")


@pytest.mark.parametrize("name", NAMES)
def test_a_layer_that_is_named_so_counts_without_a_choice(add, name):
    add("Outbuildinghouse register")
    wanted = add(name)
    assert footprints.layer() == wanted


def test_openstreetmap_buildings_are_known_by_their_field(add):
    wanted = add("gis_osm_a_free_1", "osm_id", "building")
    add("landuse", "osm_id", "landuse")
    assert footprints.layer() == wanted


def test_of_two_layers_that_are_named_so_none_is_taken(add):
    add("Buildings north")
    add("Buildings south")
    assert footprints.layer() is None


def test_points_and_outputs_of_runs_are_no_buildings(add):
    add("Buildings", kind="Point")
    add("Building risk", "id", "risk_class", "reason")
    add("Building blocks", output="createdemodistrict/DISTRICT|population")
    assert footprints.layer() is None
    assert footprints.polygon_layers() == []


def test_the_later_of_the_choice_and_the_models_counts(add):
    own = add("own")
    first = add("Buildings", output="loadbim/BUILDINGS", run="2020-01-01T00:00:00.000000Z")
    assert footprints.layer() == first
    footprints.choose(own.id())
    assert footprints.layer() == own
    later = add("Buildings", output="loadbim/BUILDINGS", run="2999-01-01T00:00:00.000000Z")
    assert footprints.layer() == later


def test_openings_of_models_do_not_go_with_footprints_of_another_source(add):
    run = "2020-01-01T00:00:00.000000Z"
    models = add("Buildings", output="loadbim/BUILDINGS", run=run)
    doors = add("Openings", "sill_elev_m", "building_id", output="loadbim/OPENINGS", run=run, kind="Point")
    own = add("own")
    assert footprints.companion(models, "loadbim/OPENINGS") == doors
    assert footprints.companion(own, "loadbim/OPENINGS") is None
    own_doors = add("doors", "sill_elev_m", "building_id", kind="Point")
    assert footprints.companion(own, "loadbim/OPENINGS") == own_doors
    assert footprints.companion(models, "loadbim/OPENINGS") == doors


def test_the_assessment_takes_own_footprints_and_the_options_that_fit_them(add, qgis_plugin, add_flood):
    depth = add_flood("aa", outputs=("DEPTH_MAX",)).results["DEPTH_MAX"]
    own = add("own", "zweck")
    footprints.choose(own.id())
    state.remember(workflow.RISK_INPUTS, {"USE_FIELD": "zweck", "FLOOR_FIELD": "elsewhere", "NO_DATA": "dry"})
    request = workflow.building_risk()
    given = {name: value for name, value in request.parameters.items() if name != "OUTPUT"}
    assert given == {"BUILDINGS": own.id(), "DEPTH": depth, "USE_FIELD": "zweck", "NO_DATA": "dry"}
    said = request.summary({"CLASS_0": 3, "CLASS_2": 1, "UNKNOWN": 0})
    assert "1 of 4" in said
    assert "0.15 m above the ground outside" in said
    state.remember(workflow.RISK_INPUTS, {"FLOOR_FIELD": "zweck"})
    assert "0.15 m above the ground floor" in workflow.building_risk().summary({})


def test_a_layer_that_a_run_used_stays_the_buildings_when_it_is_renamed(add):
    buildings = add("Buildings 2020")
    footprints.confirm("another")
    assert state.recall(footprints.CHOSEN) is None
    footprints.confirm(buildings.id())
    buildings.setName("A")
    assert footprints.layer() == buildings


def test_a_layer_whose_features_are_not_counted_is_named(add, monkeypatch):
    buildings = add("Buildings 2020")
    monkeypatch.setattr(type(buildings), "featureCount", lambda self: -1)
    assert "Buildings 2020" in workflow.buildings_state()
    assert "-1" not in workflow.buildings_state()
