"""twin:runscenario: outputs, provenance and checks; what fails leaves nothing behind."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import closing

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProject,
    QgsVectorLayer,
)

from tests.memory_layers import written_layer

ID = "twin:runscenario"


class Log(QgsProcessingFeedback):
    """What was said."""

    def __init__(self):
        super().__init__(False)
        self.warnings, self.lines = [], []

    def pushWarning(self, warning):
        self.warnings.append(warning)

    def pushInfo(self, info):
        self.lines.append(info)


def people(path, least):
    """By SQL: how many places have so many people, and their sum."""
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT count(*), sum(people) FROM places WHERE people >= ?", (least,)).fetchone()


def test_a_run_gives_outputs_numbers_and_provenance(run, scenario, district, tmp_path):
    results, record = run(scenario)
    out = tmp_path / "results 结果"
    assert (results["STATE"], results["STEPS"], results["CHECKS"], results["CHECKS_FAILED"]) == ("ok", 3, 3, 0)
    assert {path.name for path in out.iterdir()} >= {"reach.gpkg", "reach.qml", "storm.csv", "provenance.json"}
    values = {one["id"]: one["value"] for one in record["measures"]}
    count, total = people(district / "district.gpkg", 10)
    assert (values["near"], values["people"], values["all"]) == (count, total, 5)
    assert QgsVectorLayer(str(out / "reach.gpkg"), "", "ogr").featureCount() == count
    assert record["settings"] == {"REACH": 50, "PEOPLE": 10}
    assert record["versions"]["city_twin"]
    assert [step["algorithm"] for step in record["steps"]] == [step["algorithm"] for step in scenario["steps"]]
    assert record["steps"][1]["parameters"]["INPUT"] == "many.OUTPUT"
    assert record["steps"][0]["parameters"]["EXPRESSION"] == '"people" >= 10'


def test_sources_have_age_and_hash_and_outputs_their_hash(run, scenario, district, tmp_path):
    os.utime(district / "dtm.tif", (1_700_000_000, 1_700_000_000))
    _, record = run(scenario)
    source = {one["name"]: one for one in record["sources"]}["DTM"]
    assert source["modified"] == "2023-11-14T22:13:20Z"
    assert source["age_s"] > 60 * 60 * 24 * 365
    assert source["sha256"] == hashlib.sha256((district / "dtm.tif").read_bytes()).hexdigest()
    for one in record["files"]:
        path = tmp_path / "results 结果" / one["file"]
        assert one["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest(), one
    assert record["scenario"]["sha256"] == hashlib.sha256((tmp_path / "情景 own.json").read_bytes()).hexdigest()


def test_no_place_of_a_temporary_file_is_left_in_the_provenance(run, scenario, tmp_path):
    _, record = run(scenario)
    text = json.dumps(record, ensure_ascii=False)
    assert "/scenario" not in text.replace("/scenarios", "")
    assert str(tmp_path / "results") not in text


def test_the_user_sets_and_gives(run, scenario, tmp_path):
    other = tmp_path / "other places.gpkg"
    written_layer(other, "p", [("POINT(500000 2500000)", {"people": 7}), ("POINT(500050 2500000)", {"people": 8})])
    data = ["places", f"{other}|layername=p"]
    results, record = run(scenario, DATA=data, SETTINGS=["people", "8", "REACH", "2.5"])
    values = {one["id"]: one["value"] for one in record["measures"]}
    assert (values["all"], values["near"], values["people"]) == (2, 1, 8)
    assert record["settings"] == {"REACH": 2.5, "PEOPLE": 8}
    assert results["CHECKS_FAILED"] == 1  # 8 people are fewer than 10
    given = {one["name"]: one["given_by_user"] for one in record["sources"]}
    assert given == {"PLACES": True, "DTM": False}


def test_a_layer_of_the_project_can_be_given_with_its_filter(run, scenario, district):
    layer = QgsVectorLayer(f"{district / 'district.gpkg'}|layername=places", "my places", "ogr")
    layer.setSubsetString('"people" > 15')
    QgsProject.instance().addMapLayer(layer)
    try:
        _, record = run(scenario, DATA=["PLACES", "my places"])
    finally:
        QgsProject.instance().removeMapLayer(layer.id())
    assert {one["id"]: one["value"] for one in record["measures"]}["all"] == 2


@pytest.mark.parametrize(
    ("check", "holds"),
    [
        ({"left": "near", "relation": "=", "right": 4}, False),
        ({"left": "near", "relation": "=", "right": 3}, True),
        ({"left": "rain", "relation": "<", "right": 0}, False),
    ],
)
def test_a_check_that_does_not_hold_is_a_result(run, scenario, check, holds, tmp_path):
    scenario["checks"] = [{**check, "reason": {"en": "As it must be.", "zh": "必须如此。"}}]
    log = Log()
    results, record = run(scenario, log)
    assert results["STATE"] == record["state"] == ("ok" if holds else "check failed")
    assert [one["holds"] for one in record["checks"]] == [holds]
    assert (tmp_path / "results 结果" / "reach.gpkg").exists()
    assert any("As it must be." in text for text in log.warnings) is not holds


@pytest.mark.parametrize("spoil", ["a lost ring", "people lost"])
def test_a_planted_wrong_result_fails_its_check(run, scenario, monkeypatch, spoil):
    """The second step writes a ring too few, or rings without people, as a mistake in an algorithm would."""
    from twin_plugin.bridge.scenarios import run as engine

    real = engine.run_child

    def spoiled(algorithm, values, context, feedback, step):
        results = real(algorithm, values, context, feedback, step)
        if step == "ring":
            layer = QgsVectorLayer(results["OUTPUT"], "", "ogr")
            provider = layer.dataProvider()
            ids = [feature.id() for feature in provider.getFeatures()]
            if spoil == "a lost ring":
                assert provider.deleteFeatures(ids[:1])
            else:
                assert provider.changeAttributeValues({one: {provider.fieldNameIndex("people"): 1} for one in ids})
        return results

    monkeypatch.setattr(engine, "run_child", spoiled)
    results, _ = run(scenario)
    assert (results["STATE"], results["CHECKS_FAILED"]) == ("check failed", 1)


def test_a_failed_step_is_named_and_leaves_nothing(run, scenario, tmp_path):
    scenario["steps"][2]["parameters"]["DURATION"] = 1e6
    with pytest.raises((QgsProcessingException, AssertionError)) as error:
        run(scenario)
    assert "storm" in str(error.value)
    assert not list(tmp_path.glob("*results*"))


def test_a_cancel_leaves_nothing(run, scenario, tmp_path):
    class Cancelling(QgsProcessingFeedback):
        def setProgressText(self, text):
            if "2" in text:
                self.cancel()

    results, record = run(scenario, Cancelling())
    assert results == {}
    assert record is None
    assert not [path for path in tmp_path.iterdir() if path.name not in ("the district 片区", "情景 own.json")]


def test_a_folder_with_files_is_left_alone(run, scenario, tmp_path):
    out = tmp_path / "results 结果"
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    with pytest.raises(QgsProcessingException, match="already holds files"):
        run(scenario)
    assert [path.name for path in out.iterdir()] == ["mine.txt"]


def test_a_full_disk_ends_in_a_sentence(run, scenario, disk):
    disk(8)
    with pytest.raises(QgsProcessingException, match="results"):
        run(scenario, OUTPUT_FOLDER=str(disk.folder / "results"))
    assert {path.name for path in disk.folder.iterdir()} <= {"filler"}


def test_the_table_of_results(run, scenario, tmp_path):
    table = tmp_path / "r.gpkg"
    run(scenario, RESULTS=str(table))
    rows = list(QgsVectorLayer(str(table), "", "ogr").getFeatures())
    assert [row["kind"] for row in rows] == ["measure"] * 5 + ["check"] * 3
    assert [row["holds"] for row in rows[5:]] == [True] * 3


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"SETTINGS": ["REACH", "5000"]}, "at most 1000"),
        ({"SETTINGS": ["REACH", "far"]}, "is a number"),
        ({"SETTINGS": ["RANGE", "5"]}, "no setting 'RANGE'"),
        ({"SETTINGS": ["REACH", "5", "REACH", "6"]}, "twice"),
        ({"SETTINGS": ["REACH"]}, "in each row"),
        ({"DATA": ["HOUSES", "dtm.tif"]}, "neither a file nor a layer"),
        ({"FOLDER": ""}, "B07 PLACES"),
        ({"SCENARIO": "WAT-01"}, "in SCENARIO, or"),
        ({"OUTPUT_FOLDER": ""}, "OUTPUT_FOLDER is empty"),
    ],
)
def test_what_is_given_wrong(run, scenario, more, sentence):
    with pytest.raises(QgsProcessingException, match=sentence):
        run(scenario, **more)


def test_data_of_another_name_are_refused(run, scenario, district):
    with pytest.raises(QgsProcessingException, match="no data 'HOUSES'"):
        run(scenario, DATA=["HOUSES", str(district / "dtm.tif")])


def test_the_chain_as_a_model_gives_the_same_answer(run, scenario, tmp_path, run_algorithm):
    path = tmp_path / "chain 链.model3"
    _, record = run(scenario, MODEL=str(path))
    model = QgsProcessingModelAlgorithm()
    assert model.fromFile(str(path))
    assert {definition.name() for definition in model.parameterDefinitions()} >= {"PLACES", "REACH"}
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    outputs = {item.name(): str(tmp_path / f"{item.name()}.gpkg") for item in model.destinationParameterDefinitions()}
    assert set(outputs) == {"reach", "storm"}
    inputs = {item.name(): item.defaultValue() for item in model.parameterDefinitions() if not item.isDestination()}
    results, done = model.run({**inputs, **outputs}, context, QgsProcessingFeedback(False))
    assert done
    layer = QgsVectorLayer(str(results["reach"]), "", "ogr")
    assert layer.featureCount() == {one["id"]: one["value"] for one in record["measures"]}["near"] == 3


def test_a_model_alone_runs_nothing(run, scenario, tmp_path):
    path = tmp_path / "chain.model3"
    results, record = run(scenario, MODEL=str(path), OUTPUT_FOLDER=None)
    assert results == {"MODEL": str(path)}
    assert record is None
    assert path.stat().st_size > 1000


def test_no_layer_comes_into_the_project(run, scenario):
    before = set(QgsProject.instance().mapLayers())
    run(scenario)
    assert set(QgsProject.instance().mapLayers()) == before
    assert QgsApplication.processingRegistry().algorithmById(ID) is not None


@pytest.mark.parametrize("given", [True, False])
def test_the_district_is_given_or_lies_in_the_folder(run, scenario, district, tmp_path, given):
    ring = "POLYGON((499990 2499990, 500030 2499990, 500030 2500010, 499990 2500010, 499990 2499990))"
    place = tmp_path if given else district
    written_layer(place / "outline.gpkg", "outline", [(ring, {"name": "two places"})])
    path = "" if given else "outline.gpkg|layername=outline"
    scenario["data"].append({"name": "DISTRICT", "path": path})
    clip = {"INPUT": {"data": "PLACES"}, "OVERLAY": {"data": "DISTRICT"}}
    scenario["steps"].append({"id": "inside", "algorithm": "native:clip", "parameters": clip})
    measure = {"id": "inside", "title": "Inside", "step": "inside", "output": "OUTPUT", "statistic": "count"}
    scenario["measures"].append(measure)
    more = {"DISTRICT": f"{place / 'outline.gpkg'}|layername=outline"} if given else {}
    _, record = run(scenario, **more)
    assert record["measures"][-1]["value"] == 2


def test_without_a_district_the_parameter_is_named(run, scenario):
    scenario["data"].append({"name": "DISTRICT"})
    with pytest.raises(QgsProcessingException, match="the parameter DISTRICT is empty"):
        run(scenario)
