"""A model of a user with drains and rooms below ground, from its file: the same flood as the algorithm alone."""

from __future__ import annotations

import json

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterRasterLayer,
    QgsProject,
    QgsVectorLayer,
)

from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

pytest.importorskip("numba")

WEST, NORTH = 493_000.0, 2_491_000.0
FIXED = {
    "RAIN_MM": 60, "DURATION_MIN": 20, "SCHEME": "inertial", "BUILDINGS_AS": "wall", "THREADS": 1,
    **{f"BOUNDARY_{side}": "closed" for side in ("NORTH", "EAST", "SOUTH", "WEST")},
}  # fmt: skip
LAYERS = {"NODES": "Point", "CONDUITS": "LineString", "UNDERGROUND": "Polygon", "OPENINGS_UNDERGROUND": "Point"}
OUTPUTS = {
    "DEPTH_MAX": "depth.tif",
    "DRAIN_NODES": "nodes.gpkg",
    "UNDERGROUND_FILLED": "rooms.gpkg",
    "SUMMARY": "s.json",
}


def layer(kind, fields, rows):
    made = QgsVectorLayer(f"{kind}?crs=EPSG:4547&field=" + "&field=".join(fields), kind, "memory")
    for wkt, values in rows:
        feature = QgsFeature(made.fields())
        geometry = QgsGeometry.fromWkt(wkt)
        geometry.translate(WEST, NORTH)
        feature.setGeometry(geometry)
        feature.setAttributes(values)
        made.dataProvider().addFeatures([feature])
    return made


@pytest.fixture
def inputs(tmp_path):
    """A slope with two inlets, a pipe to an outfall, and a room behind a ramp."""
    y, x = np.mgrid[0:30, 0:30]
    write_grid(Grid((5 + 0.01 * (x + y)).astype(np.float32), WEST, NORTH, 4.0, "EPSG:4547"), tmp_path / "dtm.tif")
    inlet = ("id:string", "kind:string", "invert_m:double", "inlet:string", "length_m:double", "width_m:double")
    places = {"J1": (30, 3.5), "J2": (70, 3.2), "O1": (110, 2.9)}
    nodes = [
        (f"POINT({x} -60)", [name, "outfall" if name == "O1" else "junction", invert, *grate])
        for name, (x, invert) in places.items()
        for grate in [[None] * 3 if name == "O1" else ["grate", 1.0, 0.5]]
    ]
    pipes = [("LINESTRING(30 -60,70 -60)", ["C1", 0.5]), ("LINESTRING(70 -60,110 -60)", ["C2", 0.5])]
    room = [("POLYGON((40 -10,56 -10,56 -26,40 -26,40 -10))", ["R1", 1.0, 4.5])]
    ramp = [("POINT(48 -18)", ["D1", "ramp", 5.2, 5.0, "R1"])]
    opening = ("id:string", "kind:string", "sill_elev_m:double", "width_m:double", "room_id:string")
    return {
        "DTM": str(tmp_path / "dtm.tif"),
        "NODES": layer("Point", inlet, nodes),
        "CONDUITS": layer("LineString", ("id:string", "diameter_m:double"), pipes),
        "UNDERGROUND": layer("Polygon", ("id:string", "bottom_elev_m:double", "top_elev_m:double"), room),
        "OPENINGS_UNDERGROUND": layer("Point", opening, ramp),
    }


def write_model(path):
    """A model with the inputs and outputs above, as the model designer writes it."""
    model, child = QgsProcessingModelAlgorithm("Drains and rooms", "own"), QgsProcessingModelChildAlgorithm()
    kinds = QgsProcessing.SourceType
    types = {"Point": kinds.TypeVectorPoint, "LineString": kinds.TypeVectorLine, "Polygon": kinds.TypeVectorPolygon}
    model.addModelParameter(QgsProcessingParameterRasterLayer("dtm", "DTM"), QgsProcessingModelParameter("dtm"))
    for name, kind in LAYERS.items():
        source = QgsProcessingParameterFeatureSource(name.lower(), name, [types[kind]])
        model.addModelParameter(source, QgsProcessingModelParameter(name.lower()))
    child.setAlgorithmId("twin:simulateflood")
    child.setChildId("flood")
    sources = QgsProcessingModelChildParameterSource
    for name in ("DTM", *LAYERS):
        child.addParameterSources(name, [sources.fromModelParameter(name.lower())])
    for name, value in FIXED.items():
        child.addParameterSources(name, [sources.fromStaticValue(value)])
    outputs = {}
    for name in OUTPUTS:
        outputs[name.lower()] = QgsProcessingModelOutput(name.lower())
        outputs[name.lower()].setChildId("flood")
        outputs[name.lower()].setChildOutputName(name)
    child.setModelOutputs(outputs)
    model.addChildAlgorithm(child)
    model.updateDestinationParameters()
    assert model.toFile(str(path))


def test_a_model_from_its_file_gives_the_flood_of_the_algorithm(qgis_plugin, run_algorithm, inputs, tmp_path):
    write_model(tmp_path / "own 模型.model3")
    model = QgsProcessingModelAlgorithm()
    assert model.fromFile(str(tmp_path / "own 模型.model3"))
    (tmp_path / "model").mkdir()
    places = {f"flood:{name.lower()}": str(tmp_path / "model" / file) for name, file in OUTPUTS.items()}
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    values = {name.lower(): value for name, value in inputs.items()} | places
    fits, reason = model.checkParameterValues(values, context)
    assert fits, reason
    _, done = model.run(values, context, QgsProcessingFeedback(False), {}, False)
    assert done
    alone = {name: str(tmp_path / file) for name, file in OUTPUTS.items()}
    run_algorithm("twin:simulateflood", inputs | FIXED | alone)
    depths = [gdal.Open(str(folder / "depth.tif")).ReadAsArray() for folder in (tmp_path / "model", tmp_path)]
    assert depths[0].tobytes() == depths[1].tobytes()
    summary = json.loads((tmp_path / "model" / "s.json").read_text("utf-8"))
    assert summary["captured_m3"] > 10
    assert summary["to_underground_m3"] > 10
    assert abs(summary["system_error"]) < 1e-5
    for file in ("nodes.gpkg", "rooms.gpkg"):
        rows = list(QgsVectorLayer(str(tmp_path / "model" / file), file).getFeatures())
        assert {row["flood_run"] for row in rows} == {summary["run_id"]}
