"""twin:designstorm as Processing runs it: worked depths, a city's formula, a gauge's table, and bad input."""

from __future__ import annotations

import pytest
from qgis.core import NULL, QgsFeature, QgsProcessingException, QgsVectorLayer

from tests.listener import Listener

ID = "twin:designstorm"


def rows_of(path):
    layer = QgsVectorLayer(str(path), "storm")
    assert layer.isValid()
    return [[feature[name] for name in ("time_min", "depth_mm", "intensity_mm_h")] for feature in layer.getFeatures()]


@pytest.fixture
def storm(run_algorithm, tmp_path):
    """A function from parameters to (rows, total, warnings)."""

    def run(name="storm.gpkg", **parameters):
        listener = Listener()
        results = run_algorithm(ID, {"OUTPUT": str(tmp_path / name), **parameters}, listener)
        return rows_of(results["OUTPUT"]), results["TOTAL_MM"], listener.warnings

    return run


def gauge(rows, fields="field=time_min:double&field=depth_mm:double"):
    layer = QgsVectorLayer(f"NoGeometry?{fields}", "gauge", "memory")
    features = []
    for row in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(row))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def test_defaults_are_the_worked_storm(storm):
    rows, total, warnings = storm()
    assert total == pytest.approx(146.027, abs=0.0005)
    assert len(rows) == 24
    assert sum(row[1] for row in rows) == pytest.approx(total, rel=1e-9)
    assert rows[9] == pytest.approx([50, 17.562 * (1000 / 6) / 167, 17.562 * (1000 / 6) / 167 * 12], abs=0.01)
    assert not warnings


@pytest.mark.parametrize("pattern", ["chicago", "triangular", "uniform"])
def test_last_step_may_be_shorter_and_csv_is_written(storm, pattern):
    rows, total, _ = storm("a 中文 path.csv", ZONE="west", RETURN_PERIOD=5, DURATION=32, STEP=5, PATTERN=pattern)
    assert [float(row[0]) for row in rows][-2:] == [30, 32]
    assert sum(float(row[1]) for row in rows) == pytest.approx(total)


def test_custom_formula_equals_the_zone(storm):
    _, total, _ = storm(ZONE="custom", A=4367.217, B=19.736, N=0.621)
    assert total == pytest.approx(146.027, abs=0.0005)
    _, other, _ = storm("b.gpkg", ZONE="custom", A1=4367.217 / 167, B=19.736, N=0.621, RETURN_PERIOD=7)
    assert other == pytest.approx(total)


@pytest.mark.parametrize(
    ("parameters", "years"),
    [
        ({"RETURN_PERIOD": 20}, 20),
        ({"ZONE": "custom", "A": 4367.217, "B": 19.736, "N": 0.621, "C": 0.5, "RETURN_PERIOD": 7}, 7),
        ({"ZONE": "custom", "A": 4367.217, "B": 19.736, "N": 0.621}, None),
        ({"PATTERN": "gauge"}, None),
    ],
)
def test_the_table_knows_its_return_period(storm, tmp_path, parameters, years):
    storm(**parameters, **({"GAUGE": gauge([(10, 6), (20, 3)])} if "PATTERN" in parameters else {}))
    layer = QgsVectorLayer(str(tmp_path / "storm.gpkg"), "storm")
    assert {None if row["return_period"] == NULL else row["return_period"] for row in layer.getFeatures()} == {years}


def test_duration_outside_the_range_warns(storm):
    assert "extrapolation" in storm(DURATION=360)[2][0]


def test_gauge_table_is_resampled(storm):
    layer = gauge([(10, 6), (20, 3)])
    rows, total, _ = storm(PATTERN="gauge", GAUGE=layer, STEP=5)
    assert [row[1] for row in rows] == pytest.approx([3, 3, 1.5, 1.5])
    assert total == 9


def test_gauge_fields_may_be_chosen(storm):
    layer = gauge([(10, 6), (20, None)], "field=minute:integer&field=rain:double")
    rows, _, warnings = storm(PATTERN="gauge", GAUGE=layer, STEP=10, TIME_FIELD="minute", DEPTH_FIELD="rain")
    assert [row[1] for row in rows] == [6, 0]
    assert "no depth" in warnings[0]


@pytest.mark.parametrize(
    ("parameters", "word"),
    [
        ({"RETURN_PERIOD": 25}, "100"),
        ({"DURATION": 0}, "duration"),
        ({"STEP": -5}, "step"),
        ({"PEAK_RATIO": 2}, "peak ratio"),
        ({"ZONE": "west", "RETURN_PERIOD": 1, "DURATION": 3000}, "shrinks"),
        ({"ZONE": "custom"}, "A1"),
        ({"ZONE": "custom", "A": 1000, "B": 8, "N": -1}, "N of"),
        ({"PATTERN": "gauge"}, "GAUGE"),
    ],
)
def test_bad_parameters_say_what_to_do(storm, parameters, word):
    with pytest.raises(QgsProcessingException, match=word):
        storm(**parameters)


@pytest.mark.parametrize(
    ("rows", "word"), [([], "no rows"), ([(5, -1)], "negative"), ([(5, 1000)], "millimetres"), ([(0, 4)], "end of its")]
)
def test_bad_gauges_say_what_to_do(storm, rows, word):
    with pytest.raises(QgsProcessingException, match=word):
        storm(PATTERN="gauge", GAUGE=gauge(rows))


def test_gauge_without_the_field_names_those_there_are(storm):
    with pytest.raises(QgsProcessingException, match="rain"):
        storm(PATTERN="gauge", GAUGE=gauge([(5, 1)], "field=minute:integer&field=rain:double"))


def test_failure_leaves_the_earlier_output(storm, tmp_path):
    storm()
    with pytest.raises(QgsProcessingException):
        storm(RETURN_PERIOD=25)
    assert len(rows_of(tmp_path / "storm.gpkg")) == 24
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".twin")] == []


def test_values_without_effect_are_reported(storm):
    _, total, warnings = storm(A=2000, B=10, N=0.7, GAUGE=gauge([(5, 1.0), (10, 2.0)]))
    assert total == pytest.approx(146.027, abs=0.0005)
    assert [text.split(":")[0] for text in warnings] == [
        "GAUGE has no effect with the pattern chicago",
        "A, B, N have no effect in the zone central",
    ]
    assert not storm(PATTERN="gauge", GAUGE=gauge([(5, 1.0), (10, 2.0)]))[2]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"ZONE": "custom", "A": 2000, "B": 10, "N": 0.7, "RETURN_PERIOD": 20},
            "RETURN_PERIOD has no effect, since C is 0",
        ),
        ({"PATTERN": "uniform", "PEAK_RATIO": 0.3}, "No effect with the pattern uniform: PEAK_RATIO"),
        ({"C": 0.7}, "C has no effect in the zone central"),
    ],
)
def test_numbers_without_effect_are_reported(storm, given, words):
    assert [text for text in storm(**given)[2] if words in text]
    assert not [text for text in storm(**{**given, "RETURN_PERIOD": 50, "PEAK_RATIO": 0.4, "C": 0})[2] if words in text]


def test_a_gauge_without_rain_and_numbers_that_it_does_not_use_are_reported(storm):
    warnings = storm(PATTERN="gauge", RETURN_PERIOD=20, DURATION=60, GAUGE=gauge([(5, 0.0), (10, 0.0)]))[2]
    assert any("is 0 mm in all 2 steps" in text for text in warnings)
    assert any(text == "No effect with the pattern gauge: RETURN_PERIOD, DURATION." for text in warnings)


def pattern_table(rows, fields="field=time_h:double&field=share:double"):
    return gauge(rows, fields)


def test_a_day_by_type_ii_and_the_depth_of_24_hours(storm, tmp_path):
    rows, total, warnings = storm(PATTERN="scs2", DURATION=1440, STEP=30, DEPTH_MM=250)
    assert total == pytest.approx(250.0)
    assert len(rows) == 48
    assert rows[23][1] == pytest.approx(250 * 0.38)
    assert not warnings
    layer = QgsVectorLayer(str(tmp_path / "storm.gpkg"), "storm")
    assert {row["return_period"] for row in layer.getFeatures()} == {NULL}


def test_a_user_s_pattern(storm):
    table = pattern_table([(1, 0.1), (2, 0.6), (4, 0.3)])
    rows, total, _ = storm(PATTERN="table", PATTERN_TABLE=table, DURATION=120, STEP=30, DEPTH_MM=80)
    assert [row[1] for row in rows] == pytest.approx([8.0, 48.0, 12.0, 12.0])
    assert total == pytest.approx(80.0)


@pytest.mark.parametrize(
    ("parameters", "factor"),
    [
        ({"AREAL_METHOD": "tp40", "AREA_KM2": 100}, 0.9134),
        ({"AREAL_METHOD": "feh", "AREA_KM2": 100}, 0.8470),
        ({"AREAL_FACTOR": 0.9}, 0.9),
    ],
)
def test_an_areal_factor_reduces_every_step_and_stands_in_the_table(storm, tmp_path, parameters, factor):
    _, whole, _ = storm("whole.gpkg")
    rows, total, warnings = storm(**parameters)
    assert total / whole == pytest.approx(factor, abs=2e-3)
    assert sum(row[1] for row in rows) == pytest.approx(total)
    assert not warnings
    layer = QgsVectorLayer(str(tmp_path / "storm.gpkg"), "storm")
    assert {round(row["areal_factor"], 3) for row in layer.getFeatures()} == {round(total / whole, 3)}


@pytest.mark.parametrize(
    ("parameters", "word"),
    [
        ({"PATTERN": "scs1", "DURATION": 1440}, "DEPTH_MM"),
        ({"PATTERN": "scs1", "DEPTH_MM": 100}, "1440 in DURATION"),
        ({"PATTERN": "table", "DEPTH_MM": 100}, "PATTERN_TABLE"),
        ({"PATTERN": "table", "DEPTH_MM": 100, "PATTERN_TABLE": gauge([(10, 6)])}, "cumulative or share"),
        ({"AREAL_METHOD": "feh"}, "needs the area"),
        ({"AREAL_METHOD": "feh", "AREA_KM2": 5, "AREAL_FACTOR": 0.9}, "both given"),
        ({"DEPTH_MM": -5}, "above 0 mm"),
    ],
)
def test_patterns_and_factors_without_what_they_need_are_refused(storm, parameters, word):
    with pytest.raises(QgsProcessingException, match=word):
        storm(**parameters)


@pytest.mark.parametrize(
    ("parameters", "word"),
    [
        ({"AREA_KM2": 10}, "AREA_KM2 has no effect"),
        ({"PATTERN_TABLE": pattern_table([(1, 1.0)])}, "PATTERN_TABLE has no effect"),
        ({"PATTERN": "uniform", "DEPTH_MM": 80, "RETURN_PERIOD": 20}, "No effect, since the depth is DEPTH_MM"),
        ({"PATTERN": "gauge", "GAUGE": gauge([(10, 6), (20, 3)]), "DEPTH_MM": 80}, "those of the gauge"),
    ],
)
def test_what_has_no_effect_is_said(storm, parameters, word):
    _, _, warnings = storm(**parameters)
    assert len(warnings) == 1
    assert word in warnings[0]


def test_a_simulation_knows_the_areal_factor_of_its_storm(storm, run_algorithm, tmp_path):
    import json

    import numpy as np

    from twin_plugin.bridge.kernel.rasters import write_grid
    from twin_plugin.core.common.grid import Grid

    pytest.importorskip("numba")
    storm(AREAL_FACTOR=0.8, DURATION=10)
    write_grid(Grid(np.zeros((5, 5), np.float32), 493_000.0, 2_491_000.0, 5.0, "EPSG:4547"), tmp_path / "dtm.tif")
    inputs = {"DTM": str(tmp_path / "dtm.tif"), "RAIN": str(tmp_path / "storm.gpkg"), "SCHEME": "inertial"}
    run_algorithm("twin:simulateflood", {**inputs, "DURATION_MIN": 11, "SUMMARY": str(tmp_path / "summary.json")})
    assert json.loads((tmp_path / "summary.json").read_text("utf-8"))["areal_factor"] == pytest.approx(0.8)
