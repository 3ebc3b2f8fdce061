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
