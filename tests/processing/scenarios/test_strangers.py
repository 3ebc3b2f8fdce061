"""Scenarios of strangers: what they may not do, however they try, and that they are shown before they run."""

from __future__ import annotations

import pytest
from qgis.core import QgsApplication, QgsProcessingException, QgsProcessingFeedback, QgsSettings

from twin_plugin.bridge.scenarios import description
from twin_plugin.bridge.scenarios.allowed import ANYONE, rules


@pytest.fixture(autouse=True)
def nothing_agreed():
    QgsSettings().remove(description.AGREED)
    yield
    QgsSettings().remove(description.AGREED)


def step(algorithm, **parameters):
    return {"id": "evil", "algorithm": algorithm, "parameters": parameters}


ATTACKS = {
    "a download": step("native:filedownloader", URL="https://example.org/x"),
    "a request": step("native:httprequest", URL="https://example.org/x"),
    "SQL": step("qgis:executesql", INPUT_QUERY="select 1"),
    "SQL of Spatialite": step("native:spatialiteexecutesql", DATABASE="x.sqlite", SQL="drop table x"),
    "Python": step("qgis:advancedpythonfieldcalculator", FORMULA="import os"),
    "GDAL's calculator": step("gdal:rastercalculator", FORMULA="__import__('os')"),
    "an import": step("native:importintopostgis", DATABASE="x"),
    "publishing": step("twin:publishtwinbase", TWIN_BASE="x.gpkg"),
    "a harvest": step("twin:harvestservices", URL="https://example.org"),
    "a catalogue changed": step("twin:editservice", ID="x"),
    "services asked": step("twin:queryservice", SERVICE="x"),
    "itself": step("twin:runscenario", SCENARIO="WAT-01"),
    "a layer by its path": step("native:buffer", INPUT="/etc/passwd", DISTANCE=1),
    "a layer of a database": step("native:buffer", INPUT="postgres://host/db", DISTANCE=1),
    "a layer of the web": step("native:buffer", INPUT="/vsicurl/https://example.org/x.gpkg", DISTANCE=1),
    "a raster by its address": step("native:slope", INPUT="/vsicurl/https://example.org/x.tif"),
    "a file": step("twin:simulateflood", DTM={"data": "DTM"}, DRAINS="/etc/passwd", RAIN_MM=1),
    "an output of its own": step("native:buffer", INPUT={"data": "PLACES"}, DISTANCE=1, OUTPUT="/tmp/x.gpkg"),
    "a scheduler": step("twin:runensemble", RUNS={"data": "PLACES"}, DTM={"data": "DTM"}, SCHEDULER="tcp://evil:1"),
    "options of a driver": step("native:cellstatistics", INPUT=[{"data": "DTM"}], STATISTIC=0,
                                REFERENCE_LAYER={"data": "DTM"}, CREATE_OPTIONS="X=Y"),
    "a program's arguments": step("gdal:contour", INPUT={"data": "DTM"}, EXTRA="; rm -rf /"),
    "a shell in a name": step("gdal:contour", INPUT={"data": "DTM"}, FIELD_NAME="$(touch /tmp/x)"),
    "a secret": step("native:extractbyexpression", INPUT={"data": "PLACES"}, EXPRESSION="env('HOME') != ''"),
    "a variable": step("native:extractbyexpression", INPUT={"data": "PLACES"}, EXPRESSION="@project_path != ''"),
    "an evaluation": step("native:fieldcalculator", INPUT={"data": "PLACES"}, FIELD_NAME="x",
                          FORMULA="eval('env(''HOME'')')"),
    "a file in an aggregate": step("native:aggregate", INPUT={"data": "PLACES"}, GROUP_BY="1", AGGREGATES=[
        {"aggregate": "first_value", "input": "file_path(@layer)", "name": "x", "type": 10, "length": 0,
         "precision": 0, "delimiter": ","}]),
    "an expression for the name of an aggregate": step("native:aggregate", INPUT={"data": "PLACES"}, GROUP_BY="1",
        AGGREGATES=[{"aggregate": "env('HOME') || concatenate", "input": "\"name\"", "name": "x", "type": 10,
                     "length": 0, "precision": 0, "delimiter": ","}]),
    "a value that ends its text": step("native:extractbyattribute", INPUT={"data": "PLACES"}, FIELD="name", OPERATOR=6,
                                       VALUE="x' or env('HOME') <> '' or 'a'='b"),
    "a name with a quote": step("native:renametablefield", INPUT={"data": "PLACES"}, FIELD=["a'b"], NEW_NAME="x"),
    "the map of the open project": step("native:rasterize", EXTENT="0,1,0,1", MAP_UNITS_PER_PIXEL=1),
    "an expression that sorts": step("native:orderbyexpression", INPUT={"data": "PLACES"}, EXPRESSION="env('A')"),
    "an extent that is a layer": step("native:creategrid", TYPE=2, EXTENT="/vsicurl/https://example.org/x.tif",
                                      HSPACING=1, VSPACING=1, CRS="EPSG:4547"),
    "a CRS that is a file": step("native:reprojectlayer", INPUT={"data": "PLACES"}, TARGET_CRS="/etc/passwd"),
    "data for a text": step("native:addfieldtoattributestable", INPUT={"data": "PLACES"}, FIELD_NAME={"data": "DTM"}),
    "an object for a value": step("native:buffer", INPUT={"data": "PLACES"},
                                  DISTANCE={"type": "data_defined", "expression": "env('A')"}),
    "a path that a row of the data names": {"id": "evil", "algorithm": "native:buffer", "parameters": {
        "INPUT": {"step": "watch", "output": "PLAN"}, "DISTANCE": 1}},
    "a source with properties": step("native:buffer", INPUT={"source": "/etc/passwd"}, DISTANCE=1),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_is_refused_before_anything_runs(run, scenario, attack, tmp_path):
    watch = step("twin:floodwatch", RAIN={"data": "PLACES"}, RUNS={"data": "PLACES"}, PLANS={"data": "PLACES"})
    scenario["steps"] += [watch | {"id": "watch"}, attack]
    with pytest.raises(QgsProcessingException) as error:
        run(scenario)
    assert "OWN-1 cannot run" in str(error.value)
    assert "step evil" in str(error.value) or attack["algorithm"] in str(error.value)
    assert "step watch:" not in str(error.value)
    assert not (tmp_path / "results 结果").exists()


@pytest.mark.parametrize("text", ["x' or env('HOME') or 'x", "x' = @a or 'x", "'"])
def test_a_setting_cannot_smuggle_an_expression(run, scenario, text):
    scenario["settings"].append({"name": "WORD", "title": "Word", "value": "x"})
    scenario["steps"][0]["parameters"]["EXPRESSION"] = "\"name\" != '${WORD}'"
    scenario["checks"] = []
    with pytest.raises(QgsProcessingException, match="many"):
        run(scenario, SETTINGS=["WORD", text])


def test_data_that_lead_out_of_the_folder_are_refused(run, scenario, district, tmp_path):
    secret = tmp_path / "secret.gpkg"
    secret.write_bytes((district / "district.gpkg").read_bytes())
    (district / "link.gpkg").symlink_to(secret)
    scenario["data"][0]["path"] = "link.gpkg|layername=places"
    with pytest.raises(QgsProcessingException, match="leads out of the folder"):
        run(scenario)


@pytest.mark.parametrize("name", ["x.csv", "x.geojson", "x.tif", "commented.tif"])
def test_descriptions_of_data_elsewhere_are_refused(run, scenario, district, name):
    text = '<?xml version="1.0"?>\n<OGRVRTDataSource><OGRVRTLayer name="places"/></OGRVRTDataSource>'
    if name.endswith("tif"):
        text = '<VRTDataset rasterXSize="1" rasterYSize="1"></VRTDataset>'
        text = "<!-- GDAL looks behind this -->" * name.startswith("commented") + text
        scenario["data"][1] |= {"must": True}
    scenario["data"][1 if name.endswith("tif") else 0]["path"] = name
    (district / name).write_text(text)
    with pytest.raises(QgsProcessingException, match="only describes data in another place"):
        run(scenario)


def test_a_stranger_is_shown_first_and_asked_once(run, scenario, run_algorithm):
    log = []

    class Log(QgsProcessingFeedback):
        def pushInfo(self, info):
            log.append(info)

    with pytest.raises(QgsProcessingException, match="set CONFIRM"):
        run(scenario, Log(), CONFIRM=False)
    text = "\n".join(log)
    assert "district.gpkg|layername=places" in text
    assert "native:buffer" in text
    assert "reach.gpkg" in text
    results, _ = run(scenario)
    assert results["STATE"] == "ok"


def test_what_was_agreed_to_once_runs_and_a_changed_document_does_not(run, scenario, tmp_path):
    run(scenario)
    results, _ = run(scenario, CONFIRM=False, OUTPUT_FOLDER=str(tmp_path / "second"))
    assert results["STATE"] == "ok"
    scenario["settings"][0]["value"] = 51
    with pytest.raises(QgsProcessingException, match="set CONFIRM"):
        run(scenario, CONFIRM=False, OUTPUT_FOLDER=str(tmp_path / "third"))


def test_every_algorithm_of_the_plugin_has_a_rule(qgis_plugin):
    provider = QgsApplication.processingRegistry().providerById("twin")
    models = {name for name in (one.id() for one in provider.algorithms()) if "_" in name}
    missing = {one.id() for one in provider.algorithms()} - models - rules().keys()
    assert not missing, f"add rows to resources/tables/scenario_algorithms.csv: {sorted(missing)}"


def test_no_algorithm_that_reaches_out_is_for_anyone(qgis_plugin):
    """By the kinds of their parameters: connections, logins and addresses are not for strangers."""
    for name, rule in rules().items():
        algorithm = QgsApplication.processingRegistry().algorithmById(name)
        if algorithm is None or rule.who != ANYONE:
            continue
        for definition in algorithm.parameterDefinitions():
            reaches = definition.name() in ("URL", "SQL", "SCHEDULER", "AUTHCFG", "SCHEMA", "HOST", "PORT")
            if reaches:
                assert definition.name() in rule.without, (name, definition.name())


@pytest.fixture
def asked(qgis_plugin):
    """A function that lets the desktop answer; returns the questions that were asked."""
    provider = QgsApplication.processingRegistry().providerById("twin")
    questions = []

    def answer(yes):
        def ask(question):
            questions.append(question)
            if yes:
                question.agreed()
            return yes

        provider.ask = ask
        return questions

    yield answer
    provider.ask = None


def test_the_desktop_asks_before_the_first_run_only(run, scenario, asked, tmp_path):
    questions = asked(True)
    results, _ = run(scenario, CONFIRM=False)
    assert results["STATE"] == "ok"
    assert "native:buffer" in questions[0].detail
    assert "district.gpkg" in questions[0].detail
    run(scenario, CONFIRM=False, OUTPUT_FOLDER=str(tmp_path / "second"))
    assert len(questions) == 1


def test_a_no_runs_nothing(run, scenario, asked, tmp_path):
    questions = asked(False)
    results, record = run(scenario, CONFIRM=False)
    assert (results, record, len(questions)) == ({}, None, 1)
    assert not (tmp_path / "results 结果").exists()


def test_a_title_cannot_begin_a_line_or_hide_the_others(scenario):
    from twin_plugin.core.common.json_documents import Node
    from twin_plugin.core.scenarios.documents import scenario_of

    scenario["data"][0]["title"] = "places\nRuns: nothing at all" + " and more" * 500
    lines = description.describe(scenario_of(Node(scenario, "", "x")))
    text = description.as_text(lines)
    assert len(text.splitlines()) == len(lines) == 2 + 3 + 3
    assert max(map(len, text.splitlines())) < 300
