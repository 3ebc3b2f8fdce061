"""A shapefile as an output cuts names and texts: each algorithm warns, since the base class does."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterString,
    QgsVectorLayer,
    QgsWkbTypes,
)

from twin_plugin.bridge.kernel.compat import TEXT
from twin_plugin.processing.algorithm import TwinAlgorithm


class Points(TwinAlgorithm):
    """Writes one point with the fields of FIELDS, each with the text of TEXT."""

    ID, GROUP_ID = "points", "buildings"

    def title(self):
        return "Points"

    def help_text(self):
        return "Writes."

    def declare(self, configuration):
        self.add(QgsProcessingParameterString("FIELDS", "Fields"), "names")
        self.add(QgsProcessingParameterString("TEXT", "Text"), "text")
        self.add(QgsProcessingParameterFeatureSink("LAYER", "Points", QgsProcessing.SourceType.VectorPoint), "points")

    def execute(self, parameters, context, feedback):
        fields = QgsFields()
        for name in parameters["FIELDS"].split():
            fields.append(QgsField(name, TEXT))
        crs, kind = QgsCoordinateReferenceSystem("EPSG:4547"), QgsWkbTypes.Type.Point
        sink, place = self.parameterAsSink(parameters, "LAYER", context, fields, kind, crs)
        feature = QgsFeature(fields)
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(500_000, 2_490_000)))
        feature.setAttributes([parameters["TEXT"]] * len(fields))
        assert sink.addFeatures([feature])
        return {"LAYER": place}


class Warned(QgsProcessingFeedback):
    """Keeps warnings."""

    def __init__(self):
        super().__init__(False)
        self.warnings = []

    def pushWarning(self, warning):
        self.warnings.append(warning)


@pytest.fixture
def run(qgis_app, tmp_path):
    """A function that writes a layer, and gives the warnings and the fields and texts that are read again."""

    def go(name, fields, text="short"):
        algorithm, feedback, place = Points(), Warned(), str(tmp_path / name)
        algorithm.initAlgorithm()
        values = {"FIELDS": fields, "TEXT": text, "LAYER": place}
        assert algorithm.processAlgorithm(values, QgsProcessingContext(), feedback) == {"LAYER": place}
        layer = QgsVectorLayer(place)
        row = next(layer.getFeatures())
        return feedback.warnings, {field.name(): row[field.name()] for field in layer.fields() if field.name() != "fid"}

    return go


def test_cut_names_are_listed_with_what_is_left_of_them(run, tmp_path):
    warnings, values = run("风险.shp", "id storeys_reached ingress_time_min ingress_opening_id 建筑物名称")
    assert len(warnings) == 1
    assert str(tmp_path / "风险.shp") in warnings[0]
    assert "cuts 4 names" in warnings[0]
    kept = list(values)
    assert kept[0] == "id"
    for name, left in zip(("storeys_reached", "ingress_time_min", "ingress_opening_id"), kept[1:4], strict=True):
        assert f"{name} = {left}" in warnings[0]


def test_names_that_become_equal_are_listed_as_they_are_told_apart(run):
    warnings, values = run("a.shp", "ingress_time_min ingress_time_max")
    first, second = values
    assert first != second
    assert f"ingress_time_max = {second}" in warnings[0]


def test_cut_texts_are_counted(run):
    text = "水深 0.31 m，" * 30
    warnings, values = run("a.shp", "reason", text)
    assert len(values["reason"]) < len(text)
    assert warnings == [warnings[0]]
    assert "reason (1)" in warnings[0]


@pytest.mark.parametrize("name", ["a.shp", "a.gpkg", "a.geojson", "a.csv"])
def test_what_is_kept_is_not_warned_of(run, name):
    fields = "id reason" if name.endswith(".shp") else "id storeys_reached"
    text = "x" * 254 if name.endswith(".shp") else "水" * 300
    warnings, values = run(name, fields, text)
    assert warnings == []
    assert set(fields.split()) <= set(values)
    assert values["id"] == text


def test_a_name_in_capitals_is_a_shapefile_too(qgis_app, tmp_path):
    algorithm, feedback = Points(), Warned()
    algorithm.initAlgorithm()
    values = {"FIELDS": "id storeys_reached", "TEXT": "x", "LAYER": str(tmp_path / "A.SHP")}
    result = algorithm.processAlgorithm(values, QgsProcessingContext(), feedback)
    assert result == {"LAYER": str(tmp_path / "A.shp")}
    assert len(feedback.warnings) == 1
    assert QgsVectorLayer(result["LAYER"]).featureCount() == 1
