"""Staged outputs: nothing of the user's is lost, nothing half-written stays."""

from __future__ import annotations

import pytest
from osgeo import ogr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
    QgsProject,
    QgsVectorLayer,
    QgsWkbTypes,
)

from twin_plugin.bridge.kernel.compat import TEXT
from twin_plugin.core.common.errors import InputError
from twin_plugin.processing.algorithm import TwinAlgorithm


class Writer(TwinAlgorithm):
    """Writes a point layer and a text file, then does what AFTER says."""

    ID, GROUP_ID = "writer", "buildings"

    def title(self):
        return "Writer"

    def help_text(self):
        return "Writes."

    def declare(self, configuration):
        self.add(QgsProcessingParameterString("AFTER", "After", "", optional=True), "what happens then")
        self.add(QgsProcessingParameterFeatureSink("LAYER", "Points", QgsProcessing.SourceType.VectorPoint), "points")
        self.add(
            QgsProcessingParameterFileDestination("NOTE", "Note", "*.txt", optional=True, createByDefault=False), "text"
        )

    def execute(self, parameters, context, feedback):
        fields = QgsFields()
        fields.append(QgsField("text", TEXT))
        sink, destination = self.parameterAsSink(
            parameters, "LAYER", context, fields, QgsWkbTypes.Type.Point, QgsCoordinateReferenceSystem("EPSG:4547")
        )
        feature = QgsFeature(fields)
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(1, 2)))
        feature.setAttributes(["new"])
        sink.addFeature(feature)
        note = self.parameterAsFileOutput(parameters, "NOTE", context)
        if note:
            with open(note, "w", encoding="utf-8") as file:
                file.write("new")
        after = self.parameterAsString(parameters, "AFTER", context)
        if after == "fail":
            raise InputError("Layer 'x' is wrong: mend it.")
        if after == "bug":
            raise RuntimeError("bug")
        if after == "cancel":
            feedback.cancel()
        self.kept = sink  # a reference that lives on, as a cycle or a generator would hold it
        return {"LAYER": destination, "NOTE": note}


@pytest.fixture
def run(qgis_app):
    def execute(parameters, context=None):
        algorithm = Writer()
        algorithm.initAlgorithm()
        if context is None:
            context = QgsProcessingContext()
        results, succeeded = algorithm.run(parameters, context, QgsProcessingFeedback(False), {}, False)
        assert succeeded
        return results

    return execute


def texts(path):
    layer = QgsVectorLayer(str(path), "x", "ogr")
    assert layer.isValid(), path
    return [feature["text"] for feature in layer.getFeatures()]


def leftovers(folder):
    return [path.name for path in folder.rglob("*") if path.name.startswith(".twin-")]


@pytest.mark.parametrize("name", ["a b 楼.gpkg", "a.shp", "a.geojson", "a.fgb"])
def test_success_puts_everything_in_place(run, tmp_path, name):
    results = run({"LAYER": str(tmp_path / name), "NOTE": str(tmp_path / "n.txt")})
    assert results["LAYER"] == str(tmp_path / name)
    assert texts(results["LAYER"]) == ["new"]
    assert (tmp_path / "n.txt").read_text() == "new"
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("after", ["fail", "bug", "cancel"])
def test_failure_keeps_what_was_there(run, tmp_path, after):
    target, note = tmp_path / "a.gpkg", tmp_path / "n.txt"
    run({"LAYER": str(target)})
    note.write_text("old")
    before = target.read_bytes()
    parameters = {"LAYER": str(target), "NOTE": str(note), "AFTER": after}
    if after == "cancel":
        assert run(parameters) == {}
    else:
        with pytest.raises((QgsProcessingException, RuntimeError), match="mend it" if after == "fail" else "bug"):
            Writer_run(parameters)
    assert target.read_bytes() == before
    assert note.read_text() == "old"
    assert leftovers(tmp_path) == []


def Writer_run(parameters):
    algorithm = Writer()
    algorithm.initAlgorithm()
    return algorithm.processAlgorithm(parameters, QgsProcessingContext(), QgsProcessingFeedback(False))


def test_table_in_a_geopackage_leaves_the_others(run, tmp_path):
    target = tmp_path / "base.gpkg"
    run({"LAYER": f"ogr:dbname='{target}' table=\"first\" (geom)"})
    run({"LAYER": f"ogr:dbname='{target}' table=\"second\" (geom)"})
    run({"LAYER": f"ogr:dbname='{target}' table=\"first\" (geom)"})
    dataset = ogr.Open(str(target))
    assert sorted(dataset.GetLayer(i).GetName() for i in range(dataset.GetLayerCount())) == ["first", "second"]
    assert texts(f"{target}|layername=first") == ["new"]


def test_plain_path_to_a_geopackage_with_more_in_it_only_replaces_its_own_table(run, tmp_path):
    target = tmp_path / "base.gpkg"
    run({"LAYER": f"ogr:dbname='{target}' table=\"precious\" (geom)"})
    results = run({"LAYER": str(target)})
    assert texts(f"{target}|layername=precious") == ["new"]
    assert texts(results["LAYER"]) == ["new"]


def test_two_outputs_with_one_file_are_refused(run, tmp_path):
    with pytest.raises(QgsProcessingException, match="same file"):
        Writer_run({"LAYER": str(tmp_path / "a.gpkg"), "NOTE": str(tmp_path / "a.gpkg")})


def test_folder_that_cannot_be_written_is_told_before_the_work(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(QgsProcessingException, match="choose another"):
        Writer_run({"LAYER": str(tmp_path / "file" / "a.gpkg")})


def test_layer_to_load_has_its_final_path_and_name(run, tmp_path):
    context = QgsProcessingContext()
    definition = QgsProcessingOutputLayerDefinition(str(tmp_path / "a.gpkg"), QgsProject.instance())
    definition.destinationName = "Points of P50"
    results = run({"LAYER": definition}, context)
    details = context.layersToLoadOnCompletion()
    assert list(details) == [results["LAYER"]]
    assert details[results["LAYER"]].name == "Points of P50"
    assert details[results["LAYER"]].outputName == "LAYER"


def test_temporary_outputs_work(run):
    assert run({"LAYER": "TEMPORARY_OUTPUT"})["LAYER"]
