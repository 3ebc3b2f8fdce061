"""twin:viewcorridor from layers to layers: the worked line of sight, a scheme, terrain, the raster, what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProject,
)

from tests.processing.planning.test_skyline import CRS, X, Y, box, city, eyes, files, layer, rows_of
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

ID = "twin:viewcorridor"
FIELDS = ("id:string", "eye_elev_m:double", "target_elev_m:double", "width_m:double")


def out(folder):
    """The three layers in a folder."""
    return files(folder, ("CORRIDORS", "OBSTACLES", "ZONES"))


def line(*values, length=1000.0):
    return layer("corridors 视廊", "LineString", [(f"LINESTRING({X} {Y}, {X + length} {Y})", *values)], FIELDS)


def towers(**heights):
    """Boxes of 20 m from 250, 400 and 900 m on, on the axis."""
    places = {"a": 250, "b": 400, "c": 900}
    return city({key: (places[key], -5, places[key] + 20, 5, height) for key, height in heights.items()})


def test_the_worked_line_of_sight(run_algorithm, tmp_path):
    allowed = str(tmp_path / "允许 allowed.tif")
    given = {"BUILDINGS": towers(a=30.0, b=38.0, c=73.16), "LINES": line("L", 11.6, 80.0, None), "WIDTH": 30}
    found = run_algorithm(ID, {**given, "CURVATURE": False, "ALLOWED": allowed, "CELL_SIZE": 10, **out(tmp_path)})
    rows = {row["object"]: row for row in rows_of(found["OBSTACLES"])[0]}
    assert {key: row["allowed_m"] for key, row in rows.items()} == pytest.approx({"a": 28.7, "b": 38.96, "c": 73.16})
    assert rows["a"]["exceed_m"] == pytest.approx(1.3)
    assert {key: row["state"] for key, row in rows.items()} == {"a": "exceeds", "b": "free", "c": "free"}
    [corridor], made = rows_of(found["CORRIDORS"])
    assert (corridor["state"], corridor["exceed_by"], corridor["exceeding"]) == ("building", "a", 1)
    assert next(made.getFeatures()).geometry().area() == pytest.approx(30_000)
    assert found["EXCEED_MAX_M"] == pytest.approx(1.3)
    assert "EXCEED_BEFORE_MAX_M" not in found
    zones, made = rows_of(found["ZONES"])
    assert sum(f.geometry().area() for f in made.getFeatures()) == pytest.approx(30_000)
    assert [row["allowed_from_m"] for row in zones] == list(range(10, 80, 10))
    raster = gdal.Open(allowed)
    values, place = raster.ReadAsArray(), raster.GetGeoTransform()
    column, row = int((X + 255 - place[0]) / 10), int((place[3] - Y - 5) / 10)
    assert values[row, column] == pytest.approx(11.6 + 68.4 * 0.255, abs=1e-4)


def test_curvature_lowers_the_ceiling(run_algorithm, tmp_path):
    given = {"BUILDINGS": towers(b=38.0), "LINES": line("L", 11.6, 80.0, 30.0), **out(tmp_path)}
    [row], _ = rows_of(run_algorithm(ID, given)["OBSTACLES"])
    assert 38.96 - row["allowed_m"] == pytest.approx(0.0164, abs=5e-5)


def test_a_scheme_before_and_after(run_algorithm, tmp_path):
    scheme = city({"S": (300, -5, 320, 5, 60)}, "scheme")
    given = {"BUILDINGS": towers(a=20.0), "LINES": line("L", 11.6, 80.0, 30.0), "SCHEME": scheme, "CURVATURE": False}
    found = run_algorithm(ID, {**given, **out(tmp_path)})
    [corridor], _ = rows_of(found["CORRIDORS"])
    assert (corridor["state"], corridor["exceeding_planned"], corridor["exceeding_before"]) == ("scheme", 1, 0)
    assert corridor["exceed_m"] == pytest.approx(60 - (11.6 + 68.4 * 0.3))
    assert corridor["exceed_before_m"] == pytest.approx(20 - 28.7)
    assert found["EXCEEDING_PLANNED"] == 1
    assert [row["planned"] for row in rows_of(found["OBSTACLES"])[0]] == [True, False]


def test_observers_and_targets(run_algorithm, tmp_path):
    landmark = layer("tower", "Polygon", [(box(990, -50, 1010, 50), "T", 0.0, 80.0)],
                     ("id:string", "base_elev_m:double", "height_m:double"))  # fmt: skip
    given = {"BUILDINGS": city({"T": (990, -50, 1010, 50, 80), "b": (400, 0, 420, 5, 60)}),
             "OBSERVERS": eyes((0, 0), (0, 100)), "TARGETS": landmark, "FORM": "cone", "CURVATURE": False}  # fmt: skip
    feedback = QgsProcessingFeedback()
    found = run_algorithm(ID, {**given, **out(tmp_path)}, feedback=feedback)
    assert "1 buildings are targets" in feedback.textLog()
    rows = rows_of(found["CORRIDORS"])[0]
    assert [row["target_m"] for row in rows] == [80, 80]
    assert [row["buildings"] for row in rows] == [1, 0]
    assert rows[0]["length_m"] == pytest.approx(990)
    half = run_algorithm(ID, {**given, "TARGET_HEIGHT": 40, **out(tmp_path)})
    assert rows_of(half["CORRIDORS"])[0][0]["target_m"] == 40


def test_terrain_in_the_view(run_algorithm, tmp_path):
    heights = np.zeros((40, 240), np.float32)
    heights[18:22, 100:104] = 50
    write_grid(Grid(heights, X - 100, Y + 100, 5.0, CRS), tmp_path / "dtm.tif")
    given = {
        "BUILDINGS": towers(a=5.0),
        "DTM": str(tmp_path / "dtm.tif"),
        "LINES": line("L", None, 30.0, 30.0),
        **out(tmp_path),
    }
    found = run_algorithm(ID, given)
    [corridor], _ = rows_of(found["CORRIDORS"])
    assert (corridor["state"], corridor["eye_m"]) == ("terrain", pytest.approx(1.6))
    assert corridor["terrain_at_m"] == pytest.approx(402.5)
    assert found["TERRAIN_EXCEED_MAX_M"] == pytest.approx(50 - (1.6 + 28.4 * 0.4025), abs=0.03)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"LINES": None}, "give LINES, or OBSERVERS and TARGETS"),
        ({"LINES": None, "OBSERVERS": lambda: eyes((0, 0))}, "give LINES, or OBSERVERS and TARGETS"),
        ({"LINES": lambda: line("L", None, None, None)}, "no elevation of eye or target: 1"),
        ({"LINES": lambda: line("L", 1.0, 2.0, None, length=0.5)}, "shorter than 1 m: 1"),
        ({"LINES": lambda: eyes((0, 0))}, "does not hold lines"),
        (
            {"LINES": None, "OBSERVERS": lambda: eyes((0, 0)), "TARGETS": lambda: eyes((500, 0))},
            "fill the field target_elev_m, or give TARGET_HEIGHT",
        ),
        (
            {"LINES": None, "OBSERVERS": lambda: eyes((0, 0)), "TARGETS": lambda: eyes((0, 0)), "TARGET_HEIGHT": 5},
            "All observers stand at their targets",
        ),
        ({"ALLOWED": "TEMPORARY_OUTPUT", "CELL_SIZE": 0.1, "WIDTH": 10_000}, "choose larger cells"),
    ],
)
def test_what_is_refused(run_algorithm, tmp_path, changed, sentence):
    given = {"BUILDINGS": towers(a=30.0), "LINES": line("L", 11.6, 80.0, None), **out(tmp_path)}
    given |= {name: value() if callable(value) else value for name, value in changed.items()}
    with pytest.raises(QgsProcessingException, match=sentence):
        run_algorithm(ID, given)


def test_what_is_not_used_is_said(run_algorithm, tmp_path):
    bent = f"LINESTRING({X} {Y}, {X + 500} {Y + 300}, {X + 1000} {Y})"
    lines = layer(
        "bent", "LineString", [(bent, "L", 11.6, 80.0, 30.0), ("LINESTRING EMPTY", "E", 1.0, 2.0, 3.0)], FIELDS
    )
    given = {"BUILDINGS": towers(a=30.0), "LINES": lines, "OBSERVERS": eyes((0, 0)), **out(tmp_path)}
    feedback = QgsProcessingFeedback()
    found = run_algorithm(ID, given, feedback=feedback)
    log = feedback.textLog()
    assert "OBSERVERS is not used: give TARGETS too" in log
    assert "1 lines of the layer 'bent' have vertices between their ends" in log
    assert "no geometry: 1" in log
    assert rows_of(found["CORRIDORS"])[0][0]["length_m"] == pytest.approx(1000)


def test_a_model_takes_what_is_too_high(qgis_plugin, tmp_path):
    """OBSTACLES goes on into another algorithm."""
    value = QgsProcessingModelChildParameterSource
    layers = {"BUILDINGS": towers(a=30.0, b=38.0), "LINES": line("L", 11.6, 80.0, 30.0)}
    QgsProject.instance().addMapLayers(list(layers.values()))
    model = QgsProcessingModelAlgorithm("high", "tests", "high")
    view = QgsProcessingModelChildAlgorithm(ID)
    view.setChildId("view")
    for name, made in layers.items():
        view.addParameterSources(name, [value.fromStaticValue(made.id())])
    model.addChildAlgorithm(view)
    choose = QgsProcessingModelChildAlgorithm("native:extractbyexpression")
    choose.setChildId("choose")
    choose.addParameterSources("INPUT", [value.fromChildOutput("view", "OBSTACLES")])
    choose.addParameterSources("EXPRESSION", [value.fromStaticValue('"exceed_m" > 0')])
    output = QgsProcessingModelOutput("high", "high")
    output.setChildId("choose")
    output.setChildOutputName("OUTPUT")
    choose.setModelOutputs({"high": output})
    model.addChildAlgorithm(choose)
    model.initAlgorithm()
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    place = str(tmp_path / "high.gpkg")
    _, good = model.run({"choose:high": place}, context, QgsProcessingFeedback(False))
    assert good
    assert [row["object"] for row in rows_of(place)[0]] == ["a"]
    QgsProject.instance().clear()


def test_a_cancel_gives_nothing(run_algorithm, tmp_path):
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    given = {"BUILDINGS": towers(a=30.0), "LINES": line("L", 11.6, 80.0, None)}
    assert run_algorithm(ID, {**given, "CORRIDORS": str(tmp_path / "c.gpkg")}, feedback=feedback) == {}
    assert not list(tmp_path.iterdir())
