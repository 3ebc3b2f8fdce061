"""Staged outputs: nothing of the user's is lost, nothing half-written stays."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np
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

from twin_plugin.bridge.kernel import publication
from twin_plugin.bridge.kernel.compat import TEXT
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
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


class Careless(Writer):
    """What goes wrong as WAY says."""

    ID = "careless"

    def execute(self, parameters, context, feedback):
        return getattr(self, self.parameterAsString(parameters, "AFTER", context))(parameters, context)

    def sink(self, parameters, context, kind=QgsWkbTypes.Type.Point):
        fields = QgsFields()
        fields.append(QgsField("text", TEXT))
        crs = QgsCoordinateReferenceSystem("EPSG:4547")
        return fields, *self.parameterAsSink(parameters, "LAYER", context, fields, kind, crs)

    def loses_features(self, parameters, context):
        """As a disk that is full does: the sink takes a feature that is not in the file."""
        fields, sink, place = self.sink(parameters, context)
        for number in range(3):
            feature = QgsFeature(fields)
            feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(number, 0)))
            sink.addFeature(feature)
        self._sinks["LAYER"].count = 4
        return {"LAYER": place}

    def breaks_the_file(self, parameters, context):
        note = self.parameterAsFileOutput(parameters, "NOTE", context)
        with open(note, "wb") as file:
            file.write(b'{"half": ' if note.endswith("json") else b"PK half")
        return {"NOTE": note}

    def writes_nothing(self, parameters, context):
        note = self.parameterAsFileOutput(parameters, "NOTE", context)
        with open(note, "wb"):
            pass
        return {"NOTE": note}

    def forgets_the_file(self, parameters, context):
        return {"NOTE": self.parameterAsFileOutput(parameters, "NOTE", context)}

    def makes_a_table(self, parameters, context):
        return {"LAYER": self.sink(parameters, context, QgsWkbTypes.Type.NoGeometry)[2]}

    def runs_out_of_memory(self, parameters, context):
        self.sink(parameters, context)
        return bytearray(1 << 62)

    def meets_the_system(self, parameters, context):
        with open(self.parameterAsFileOutput(parameters, "NOTE", context) + "/x", "wb"):
            raise AssertionError("unreachable")


def careless(parameters):
    algorithm = Careless()
    algorithm.initAlgorithm()
    return algorithm.processAlgorithm(parameters, QgsProcessingContext(), QgsProcessingFeedback(False))


@pytest.mark.parametrize(
    ("way", "layer", "note", "words"),
    [
        ("loses_features", "a.gpkg", "", "3 of 4 features"),
        ("loses_features", "a.geojson", "", "3 of 4 features"),
        ("loses_features", "a.shp", "", "3 of 4 features"),
        ("loses_features", "a.csv", "", "3 of 4 features"),
        ("breaks_the_file", "TEMPORARY_OUTPUT", "n.json", "cannot be read again"),
        ("breaks_the_file", "TEMPORARY_OUTPUT", "n.qgz", "cannot be read again"),
        ("writes_nothing", "TEMPORARY_OUTPUT", "n.txt", "the file is empty"),
        ("forgets_the_file", "TEMPORARY_OUTPUT", "n.txt", "the file is missing"),
        ("makes_a_table", "a.shp", "", "cannot be a shapefile"),
        ("runs_out_of_memory", "a.gpkg", "", "not enough memory"),
        ("meets_the_system", "TEMPORARY_OUTPUT", "n.txt", "n.txt/x' cannot be used"),
    ],
)
def test_what_is_not_whole_replaces_nothing(qgis_app, tmp_path, way, layer, note, words):
    for name in (layer, note):
        if name and name != "TEMPORARY_OUTPUT" and not name.endswith(".gpkg"):
            (tmp_path / name).write_text("old")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    place = layer if layer == "TEMPORARY_OUTPUT" else str(tmp_path / layer)
    parameters = {"AFTER": way, "LAYER": place} | ({"NOTE": str(tmp_path / note)} if note else {})
    with pytest.raises(QgsProcessingException) as caught:
        careless(parameters)
    assert words in str(caught.value)
    assert ".twin-" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_old_parts_of_a_shapefile_and_a_raster_do_not_stay_beside_the_new_one(run, tmp_path):
    for name in ("a.qix", "a.sbn", "a.shp.xml", "b.qix", "a.qml"):
        (tmp_path / name).write_text("old")
    run({"LAYER": str(tmp_path / "a.shp")})
    there = {path.name for path in tmp_path.iterdir()}
    assert {"a.shp", "a.dbf", "a.shx", "a.shp.xml", "b.qix", "a.qml"} <= there
    assert not there & {"a.qix", "a.sbn"}


def test_new_folders_go_with_a_run_that_fails(qgis_app, tmp_path):
    with pytest.raises(QgsProcessingException):
        careless({"AFTER": "runs_out_of_memory", "LAYER": str(tmp_path / "new" / "deep" / "a.gpkg")})
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def unprivileged():
    """A folder of a user for whom permissions count, also where the tests run as root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
    finally:
        if root:
            os.seteuid(0)


def test_read_only_files_and_folders_are_met_before_the_work(qgis_app, unprivileged):
    (unprivileged / "a.csv").write_text("old")
    (unprivileged / "a.csv").chmod(0o444)
    (unprivileged / "closed").mkdir(mode=0o555)
    for name in ("a.csv", "closed/b.csv"):
        with pytest.raises(QgsProcessingException, match="cannot be written"):
            careless({"AFTER": "never called", "LAYER": str(unprivileged / name)})
    assert (unprivileged / "a.csv").read_text() == "old"


def test_a_raster_has_the_name_of_one(run_algorithm, tmp_path):
    base = tmp_path / "base.gpkg"
    base.write_bytes(b"precious")
    with pytest.raises(QgsProcessingException, match=r"rasters are GeoTIFF files"):
        run_algorithm("twin:simulateflood", {"DTM": raster(tmp_path), "DEPTH_MAX": str(base)})
    assert base.read_bytes() == b"precious"


def raster(folder):
    write_grid(Grid(np.zeros((3, 3), np.float32), 0.0, 9.0, 3.0, "EPSG:4547"), folder / "dtm.tif")
    return str(folder / "dtm.tif")


def test_results_without_a_place_are_kept_together(run, tmp_path, held, monkeypatch):
    """Who reads the GeoPackage is met when all is computed: then the note does not take its place either."""
    monkeypatch.setattr(publication, "PATIENCE_S", 0.2)
    base, note = tmp_path / "base.gpkg", tmp_path / "n.txt"
    run({"LAYER": str(base)})
    note.write_text("old")
    held(base, "BEGIN", "SELECT * FROM gpkg_contents")
    parameters = {"LAYER": f"ogr:dbname='{base}' table=\"points\" (geom)", "NOTE": str(note)}
    with pytest.raises(QgsProcessingException, match="locked by another program") as caught:
        Writer_run(parameters)
    (kept,) = (path for path in tmp_path.iterdir() if path.is_dir())
    assert str(kept) in str(caught.value)
    assert sorted(path.name for path in kept.iterdir()) == ["base points.gpkg", "n.txt"]
    assert texts(kept / "base points.gpkg") == ["new"]
    assert (kept / "n.txt").read_text() == "new"
    assert note.read_text() == "old"
    assert leftovers(tmp_path) == []
