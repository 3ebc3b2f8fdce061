"""Observations beside the hydrographs of a RESULT, as layers and tables have them."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import NULL, QgsFeature, QgsGeometry, QgsProcessingException, QgsVectorLayer

from tests.listener import Listener
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.core.common.grid import Grid

WEST, NORTH, CELL = 493_000.0, 2_491_000.0, 10.0
MINUTES = np.arange(0.0, 61.0, 10.0)
DEPTHS_M = np.array([0.0, 0.2, 0.6, 1.0, 0.8, 0.4, 0.2])
"""Of every cell, over a bed of 2 m."""


@pytest.fixture
def result(tmp_path):
    """A RESULT of 4 x 4 cells whose depth rises to 1 m at 30 min."""
    bed = np.full((4, 4), 2, np.float32)
    still = np.zeros_like(bed)
    with FloodMesh(tmp_path / "水.nc", Grid(bed, WEST, NORTH, CELL, "EPSG:4547"), (60 * MINUTES).tolist()) as mesh:
        for depth in DEPTHS_M:
            mesh.write(np.full_like(bed, depth), None, still, still)
    return str(tmp_path / "水.nc")


def table(rows, fields, kind="None", name="gauges 水位"):
    """A layer of rows (values, then WKT where it has points)."""
    head = "None?" if kind == "None" else f"{kind}?crs=EPSG:4547&"
    layer = QgsVectorLayer(head + "&".join(f"field={field}" for field in fields), name, "memory")
    assert layer.isValid()
    features = []
    for row in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(row[: len(fields)]))
        if kind != "None":
            feature.setGeometry(QgsGeometry.fromWkt(row[-1]))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


@pytest.fixture
def ask(run_algorithm, result, tmp_path):
    """A function from parameters to (rows of FIT, rows of PAIRS, warnings)."""

    def run(**parameters):
        places = {name: str(tmp_path / f"{name}.gpkg") for name in ("OUTPUT", "FIT", "PAIRS")}
        listener = Listener()
        results = run_algorithm("twin:floodhydrographs", {"RESULT": result} | places | parameters, listener)
        found = []
        for name in ("FIT", "PAIRS"):
            layer = QgsVectorLayer(results[name], name)
            names = layer.fields().names()
            found.append([dict(zip(names, f.attributes(), strict=True)) for f in layer.getFeatures()])
        return *found, "\n".join(listener.warnings)

    return run


def test_points_of_a_sensor_service_need_no_other_points(ask):
    """Levels in cm, 10 cm too high: a bias of -0.1 m; two rows lie outside the run or have no time."""
    moments = (
        "2026-06-08T14:10:00Z",
        "2026-06-08T22:30:00+08:00",
        "2026-06-08T14:35:00Z",
        "2026-06-08T16:00:00Z",
        None,
    )
    levels = (230, 310, 300, 250, 240)
    place = f"Point({WEST + 15} {NORTH - 15})"
    rows = [("s1", moment, level, "cm", place) for moment, level in zip(moments, levels, strict=True)]
    rows.append(("s1", "2026-06-08T14:10:00Z", 5, "mm/h", place))
    fields = ("sensor_id:string", "time:string", "value:double", "unit:string")
    fit, pairs, warnings = ask(OBSERVED=table(rows, fields, "Point"), START_TIME="2026-06-08T14:00:00Z")
    (row,) = fit
    assert (row["point_id"], row["quantity"], row["pairs"], row["left_out"]) == ("s1", "level", 3, 2)
    assert row["bias_m"] == pytest.approx(-0.1)
    assert row["rmse_m"] == pytest.approx(0.1)
    assert row["peak_error_m"] == pytest.approx(-0.1)
    assert row["peak_time_error_min"] == 0
    assert [pair["time_min"] for pair in pairs] == [10, 30, 35]
    assert [pair["simulated_m"] for pair in pairs] == pytest.approx([2.2, 3.0, 2.9])
    assert "before or after the run: 1" in row["reason"]
    assert "1 observations of 'gauges 水位' are in mm/h, which is no length" in warnings


def test_a_table_of_depths_by_minutes_goes_with_points_by_their_id(ask):
    rows = [("a", minutes, depth) for minutes, depth in zip(MINUTES, DEPTHS_M, strict=True)]
    rows += [("b", 10, 0.5), ("a", 70, 0.1)]
    observed = table(rows, ("point_id:string", "time_min:double", "depth_m:double"))
    points = table([("a", f"Point({WEST + 5} {NORTH - 5})"), ("c", f"Point({WEST + 5} {NORTH - 25})")],
                   ("name:string",), "Point")  # fmt: skip
    fit, pairs, warnings = ask(OBSERVED=observed, POINTS=points, ID_FIELD="name")
    assert [row["point_id"] for row in fit] == ["a", "b"]
    assert fit[0]["nash_sutcliffe"] == pytest.approx(1.0)
    assert fit[0]["left_out"] == 1
    assert fit[1]["pairs"] == 0
    assert fit[1]["bias_m"] == NULL
    assert len(pairs) == len(MINUTES)
    assert "1 observed points have no values in the result: b." in warnings
    assert "1 points have no observations: c." in warnings


def test_levels_of_another_datum_are_reported_and_mended(ask):
    rows = [("1", minutes, 3.1 + depth) for minutes, depth in zip(MINUTES[1:], DEPTHS_M[1:], strict=True)]
    observed = table(rows, ("point_id:string", "time_min:double", "level_m:double"))
    given = {"OBSERVED": observed, "COORDINATES": f"{WEST + 15},{NORTH - 15}"}
    _, _, warnings = ask(**given)
    assert "lie -1.10 m off the observed ones at 1 points" in warnings
    fit, _, warnings = ask(**given, OBSERVED_DATUM_M=-1.1)
    assert "datum" not in warnings
    assert fit[0]["rmse_m"] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(
    ("fields", "row", "word"),
    [
        (("point_id:string", "time:string", "level_m:double"), ("1", "2026-06-08T14:00:00Z", 2.0), "give START_TIME"),
        (("point_id:string", "time:double", "level_m:double"), ("1", 5.0, 2.0), "name it time_min"),
        (("point_id:string", "time_min:double"), ("1", 5.0), "lack a time or a value"),
        (("time_min:double", "level_m:double"), (5.0, 2.0), "no column that names their point"),
    ],
)
def test_observations_that_cannot_be_used(ask, fields, row, word):
    with pytest.raises(QgsProcessingException, match=word):
        ask(OBSERVED=table([row], fields), COORDINATES=f"{WEST + 15},{NORTH - 15}")
