"""twin:expecteddamage from layers to layers: worked numbers, ids that do not fit, a measure, and what is refused."""

from __future__ import annotations

import pytest
from qgis.core import (
    NULL,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

ID = "twin:expecteddamage"
EVENTS = {2: 0, 5: 100, 10: 200, 25: 400}
WITHOUT = {**EVENTS, 100: 900}
WITH = {2: 0, 5: 0, 10: 50, 25: 300, 100: 900}
FIELDS = ("id:string", "damage:double")


def layer(name, rows, fields=FIELDS, kind="Polygon?crs=EPSG:4547&"):
    """A layer in memory; each row has a square."""
    made = QgsVectorLayer(kind + "&".join(f"field={field}" for field in fields), name, "memory")
    features = []
    for number, values in enumerate(rows):
        feature = QgsFeature(made.fields())
        if kind.startswith("Polygon"):
            x = 500_000 + 20 * number
            feature.setGeometry(QgsGeometry.fromWkt(f"POLYGON(({x} 0, {x + 9} 0, {x + 9} 9, {x} 9, {x} 0))"))
        feature.setAttributes(list(values))
        features.append(feature)
    made.dataProvider().addFeatures(features)
    return made


def layers_of(*assets):
    """A layer for each event of assets with damage by return period; a missing period is a missing row."""
    periods = sorted({period for _, damage in assets for period in damage})
    return [
        layer(f"洪水 {period}", [(name, damage[period]) for name, damage in assets if period in damage])
        for period in periods
    ]


def rows_of(path):
    found = QgsVectorLayer(str(path), "", "ogr")
    names = found.fields().names()
    return [dict(zip(names, feature.attributes(), strict=True)) for feature in found.getFeatures()]


def logged(run_algorithm, parameters):
    feedback = QgsProcessingFeedback(False)
    return run_algorithm(ID, parameters, feedback), feedback.textLog()


@pytest.fixture
def out(tmp_path):
    return str(tmp_path / "风险 out.gpkg")


def test_the_worked_number_of_two_assets_and_their_curve(run_algorithm, out, tmp_path):
    half = {period: value / 2 for period, value in EVENTS.items()}
    given = layers_of(("a", EVENTS), ("b", half))[::-1]
    curve = str(tmp_path / "curve.gpkg")
    found = run_algorithm(
        ID, {"ASSESSMENTS": given, "RETURN_PERIODS": "25; 10; 5; 2", "UNIT": "CNY", "OUTPUT": out, "CURVE": curve}
    )
    rows = rows_of(out)
    assert [row["ead"] for row in rows] == pytest.approx([64, 32])
    assert rows[0]["rare_tail"] == pytest.approx(16)
    assert rows[0]["tail_share_pct"] == pytest.approx(25)
    assert rows[0]["unit"] == "CNY"
    assert found["EAD"] == pytest.approx(96) == pytest.approx(sum(row["ead"] for row in rows))
    assert found["TAIL_SHARE"] == pytest.approx(25)
    assert [(row["return_period_a"], row["damage"]) for row in rows_of(curve)] == [
        (2, 0),
        (5, 150),
        (10, 300),
        (25, 600),
    ]
    assert not QgsVectorLayer(out, "", "ogr").getFeature(1).geometry().isEmpty()


def test_one_table_with_all_events_by_its_field(run_algorithm, out):
    fields = ("id:string", "damage:double", "return_period_a:double")
    table = layer("all", [("a", d, p) for p, d in EVENTS.items()], fields, "NoGeometry?")
    found = run_algorithm(ID, {"ASSESSMENTS": [table], "RULE": "log_linear", "TAIL": "none", "OUTPUT": out})
    assert found["EAD"] == pytest.approx(44.26393, abs=5e-6)


def test_an_asset_with_an_unknown_event_is_listed_and_says_which(run_algorithm, out):
    lacking = {2: 0, 10: NULL, 25: 7}
    falling = {2: 9, 5: 8, 10: 8, 25: 8}
    given = layers_of(("a", EVENTS), ("b", lacking), ("c", falling))
    found, log = logged(run_algorithm, {"ASSESSMENTS": given, "RETURN_PERIODS": "2,5,10,25", "OUTPUT": out})
    a, b, c = rows_of(out)
    assert (b["ead"], b["events_known"], b["unknown_events"]) == (NULL, 2, "5, 10")
    assert c["falling"] is True
    assert found["UNKNOWN"] == 1
    assert found["EAD"] == pytest.approx(a["ead"] + c["ead"])
    assert "1 assets are missing in at least one event" in log
    assert "1 of 3 assets have an event without a known damage" in log
    assert "1 assets cost less in a rarer event" in log


def test_double_ids_and_impossible_values_are_counted(run_algorithm, out):
    given = [
        layer("first", [("a", 1), ("b", 1), ("b", 2), (NULL, 3), ("c", -1)]),
        layer("second", [("a", 2), ("b", 2), ("c", 2)]),
    ]
    found, log = logged(run_algorithm, {"ASSESSMENTS": given, "RETURN_PERIODS": "5 10", "OUTPUT": out})
    assert (found["COUNT"], found["UNKNOWN"]) == (3, 2)
    assert "1 rows have no id" in log
    assert "1 rows repeat an id within one event" in log
    assert "1 values of damage are negative or no numbers" in log


def test_a_measure_is_worth_what_was_worked_out(run_algorithm, out):
    given = {
        "ASSESSMENTS": layers_of(("a", WITHOUT)),
        "MEASURE": layers_of(("a", WITH)),
        "RETURN_PERIODS": "2;5;10;25;100",
        "COST": 500,
        "OUTPUT": out,
    }
    found = run_algorithm(ID, given)
    assert (found["EAD"], found["EAD_MEASURE"], found["AVOIDED"]) == pytest.approx((76.5, 40, 36.5))
    assert found["BENEFIT"] == pytest.approx(784.10, abs=0.005)
    assert found["NPV"] == pytest.approx(284.10, abs=0.005)
    assert found["BENEFIT_COST"] == pytest.approx(1.568, abs=5e-4)
    assert rows_of(out)[0]["avoided"] == pytest.approx(36.5)


def test_bad_input_is_refused_in_a_sentence(run_algorithm, out):
    given = layers_of(("a", EVENTS))
    money = [layer(f"in {c}", [("a", 1, c)], (*FIELDS, "currency:string"), "NoGeometry?") for c in ("CNY", "USD")]
    for changes, sentence in (
        ({"RETURN_PERIODS": "2;5;10"}, "3 values for 4 layers"),
        ({"RETURN_PERIODS": "2;5;10;5"}, "'洪水 5' and '洪水 25' both have the return period 5 years"),
        ({"RETURN_PERIODS": "2;5;ten;25"}, "must be years"),
        ({"RETURN_PERIODS": ""}, "has no field 'return_period_a'"),
        ({"DAMAGE_FIELD": "cost"}, "has no field 'cost'"),
        ({"ZERO_RETURN_PERIOD": 2}, "below that of the most frequent event"),
        ({"ASSESSMENTS": money, "RETURN_PERIODS": "5;10"}, "cannot be added"),
    ):
        with pytest.raises(QgsProcessingException, match=sentence):
            run_algorithm(ID, {"ASSESSMENTS": given, "RETURN_PERIODS": "2;5;10;25", "OUTPUT": out} | changes)
