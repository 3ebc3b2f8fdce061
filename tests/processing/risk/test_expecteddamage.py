"""twin:expecteddamage from layers to layers: worked numbers, ids that do not fit, a measure, and what is refused."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QImage

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


@pytest.mark.parametrize(("zero_a", "said"), [(0, True), (2, False)])
def test_damage_that_is_more_frequent_than_every_event_is_said(run_algorithm, out, zero_a, said):
    given = layers_of(("a", {5: 100.0, 20: 150.0, 100: 200.0}))
    parameters = {"ASSESSMENTS": given, "RETURN_PERIODS": "5; 20; 100", "ZERO_RETURN_PERIOD": zero_a, "OUTPUT": out}
    _, log = logged(run_algorithm, parameters)
    assert (
        "more frequent than every 5 years is left out, although the event of 5 years costs 100 in all" in log
    ) is said


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


def test_shares_do_not_take_the_currency_of_the_losses_beside_them(run_algorithm, out):
    fields = (*FIELDS, "loss:double", "currency:string")
    given = [layer(f"P{p}", [("a", share, 1e6 * share, "CNY")], fields) for p, share in ((5, 0.1), (25, 0.3))]
    parameters = {"ASSESSMENTS": given, "RETURN_PERIODS": "5 25", "OUTPUT": out}
    found, log = logged(run_algorithm, parameters)
    assert rows_of(out)[0]["unit"] == NULL
    assert "choose loss as DAMAGE_FIELD" in log
    money, log = logged(run_algorithm, parameters | {"DAMAGE_FIELD": "loss"})
    assert rows_of(out)[0]["unit"] == "CNY"
    assert money["EAD"] == pytest.approx(1e6 * found["EAD"])
    assert "choose loss" not in log


def test_money_as_text_may_part_its_thousands(run_algorithm, out):
    fields = ("id:string", "loss:string")
    given = [
        layer(f"flood {period}", [("a", text), ("b", "0,5")], fields)
        for period, text in ((2, "0"), (5, "1,000"), (10, "2 000"), (25, "4,000.0"))
    ]
    values = {"ASSESSMENTS": given, "RETURN_PERIODS": "2; 5; 10; 25", "DAMAGE_FIELD": "loss", "UNIT": "CNY"}
    run_algorithm(ID, {**values, "OUTPUT": out})
    plain = [layer(f"flood {p}", [("a", d), ("b", 0.5)]) for p, d in ((2, 0), (5, 1000), (10, 2000), (25, 4000))]
    other = out.replace("out", "plain")
    run_algorithm(ID, {**values, "ASSESSMENTS": plain, "DAMAGE_FIELD": "damage", "OUTPUT": other})
    assert [row["ead"] for row in rows_of(out)] == pytest.approx([row["ead"] for row in rows_of(other)])


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
        ({"MEASURE": layers_of(("other", EVENTS)), "COST": 5}, "No asset of MEASURE has a known damage in all events"),
    ):
        with pytest.raises(QgsProcessingException, match=sentence):
            run_algorithm(ID, {"ASSESSMENTS": given, "RETURN_PERIODS": "2;5;10;25", "OUTPUT": out} | changes)


def districts(*boxes, crs="EPSG:4547"):
    """A layer of rectangles with names."""
    made = QgsVectorLayer(f"Polygon?crs={crs}&field=name:string", "片区", "memory")
    features = []
    for name, west, south, east, north in boxes:
        feature = QgsFeature(made.fields())
        ring = f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"
        feature.setGeometry(QgsGeometry.fromWkt(f"POLYGON(({ring}))"))
        feature.setAttributes([name])
        features.append(feature)
    made.dataProvider().addFeatures(features)
    return made


def test_districts_add_up_to_the_total_with_what_lies_in_none(run_algorithm, out, tmp_path):
    half = {period: value / 2 for period, value in EVENTS.items()}
    given = layers_of(("a", EVENTS), ("b", half), ("c", {**EVENTS, 10: NULL}), ("d", EVENTS))
    zones = districts(  # the squares of a, b, c, d begin at x = 500,000 and every 20 m
        ("西", 499_990, -10, 500_015, 990), ("东", 500_015, -10, 500_055, 990), ("empty", 501_000, 0, 502_000, 1_000)
    )
    areas = str(tmp_path / "areas.gpkg")
    parameters = {
        "ASSESSMENTS": given,
        "RETURN_PERIODS": "2 5 10 25",
        "DISTRICTS": zones,
        "DISTRICT_FIELD": "name",
        "UNIT": "CNY",
        "OUTPUT": out,
        "AREAS": areas,
    }
    found, log = logged(run_algorithm, parameters)
    west, east, empty, outside = rows_of(areas)
    assert [(r["name"], r["kind"], r["assets"], r["unknown"]) for r in (west, east, empty, outside)] == [
        ("西", "district", 1, 0),
        ("东", "district", 2, 1),
        ("empty", "district", 0, 0),
        (NULL, "outside", 1, 0),
    ]
    assert [r["ead"] for r in (west, east, empty, outside)] == pytest.approx([64, 32, 0, 64])
    assert sum(r["ead"] for r in rows_of(areas)) == pytest.approx(found["EAD"], rel=1e-12)
    assert [west["share_pct"], west["tail_share_pct"]] == pytest.approx([40, 25])
    assert empty["area_km2"] == pytest.approx(1.0, rel=1e-3)
    assert west["ead_per_km2"] == pytest.approx(64 / 0.025, rel=1e-3)
    assert west["times_mean"] == pytest.approx((64 / 0.025) / (96 / 1.065), rel=1e-3)
    assert "1 assets lie in no district" in log
    assert "1 districts hold no asset" in log


def test_districts_in_another_crs_and_assets_without_a_place(run_algorithm, out, tmp_path):
    """Districts in degrees hold the same assets and areas."""
    around = QgsGeometry.fromWkt("POLYGON((499990 -10, 501000 -10, 501000 990, 499990 990, 499990 -10))")
    zones = QgsVectorLayer("Polygon?crs=EPSG:4490", "degrees", "memory")
    there = QgsCoordinateReferenceSystem("EPSG:4547"), QgsCoordinateReferenceSystem("EPSG:4490")
    around.transform(QgsCoordinateTransform(*there, QgsCoordinateTransformContext()))
    feature = QgsFeature()
    feature.setGeometry(around)
    zones.dataProvider().addFeatures([feature])
    given = layers_of(("a", EVENTS), ("b", EVENTS))
    extra = layer("late", [("a", 800), ("z", 1)], FIELDS, "NoGeometry?")
    areas = str(tmp_path / "areas.gpkg")
    parameters = {"ASSESSMENTS": [*given, extra], "RETURN_PERIODS": "2 5 10 25 50", "DISTRICTS": zones, "OUTPUT": out}
    found, log = logged(run_algorithm, {**parameters, "AREAS": areas})
    inside, unplaced = rows_of(areas)
    assert (inside["assets"], inside["unknown"], inside["ead"]) == (2, 1, pytest.approx(found["EAD"]))
    assert inside["area_km2"] == pytest.approx(1.01, rel=1e-3)
    assert (unplaced["kind"], unplaced["assets"], unplaced["unknown"], unplaced["ead"]) == ("unplaced", 1, 1, NULL)
    assert "1 assets have no geometry" in log


def test_a_measure_is_added_up_by_district(run_algorithm, out, tmp_path):
    areas = str(tmp_path / "areas.gpkg")
    parameters = {
        "ASSESSMENTS": layers_of(("a", WITHOUT)),
        "MEASURE": layers_of(("a", WITH)),
        "RETURN_PERIODS": "2;5;10;25;100",
        "DISTRICTS": districts(("all", 499_000, -100, 501_000, 100)),
        "OUTPUT": out,
        "AREAS": areas,
    }
    run_algorithm(ID, parameters)
    (row,) = rows_of(areas)
    assert (row["ead"], row["ead_measure"], row["avoided"]) == pytest.approx((76.5, 40, 36.5))


def test_the_chart_is_a_picture_or_a_drawing_with_its_numbers_as_text(run_algorithm, out, tmp_path):
    parameters = {
        "ASSESSMENTS": layers_of(("a", WITHOUT)),
        "MEASURE": layers_of(("a", WITH)),
        "RETURN_PERIODS": "2;5;10;25;100",
        "ZERO_RETURN_PERIOD": 1,
        "UNIT": "CNY",
        "OUTPUT": out,
    }
    png, svg = str(tmp_path / "图 chart.png"), str(tmp_path / "chart.svg")
    run_algorithm(ID, parameters | {"PICTURE": png})
    picture = QImage(png)
    assert (picture.width(), picture.height()) == (1600, 900)
    assert len({picture.pixel(x, y) for x in range(0, 1600, 40) for y in range(0, 900, 30)}) > 4
    run_algorithm(ID, parameters | {"PICTURE": svg})
    root = ElementTree.parse(svg).getroot()  # noqa: S314
    texts = "|".join(text.strip() for text in root.itertext() if text.strip())
    for words in ("Expected annual damage: 76.5 CNY a year", "100 years", "67.5 a year, 88.2 %", "9 a year, 11.8 %",
                  "40 a year", "1 of 1 assets are known"):  # fmt: skip
        assert words in texts


def test_areas_and_districts_need_each_other_and_a_place(run_algorithm, out, tmp_path):
    areas = str(tmp_path / "areas.gpkg")
    parameters = {"ASSESSMENTS": layers_of(("a", EVENTS)), "RETURN_PERIODS": "2;5;10;25", "OUTPUT": out}
    zone = districts(("all", 499_000, -100, 501_000, 100))
    table = layer("t", [("a", 1, 5), ("a", 2, 10)], (*FIELDS, "return_period_a:double"), "NoGeometry?")
    points = QgsVectorLayer("Point?crs=EPSG:4547", "wells", "memory")
    for changes, sentence in (
        ({"AREAS": areas}, "AREAS needs a layer of polygons"),
        ({"AREAS": areas, "DISTRICTS": zone, "ASSESSMENTS": [table], "RETURN_PERIODS": ""}, "a place and a CRS"),
        ({"AREAS": areas, "DISTRICTS": points}, "'wells' of DISTRICTS holds no polygons"),
    ):
        with pytest.raises(QgsProcessingException, match=sentence):
            run_algorithm(ID, parameters | changes)
    assert "DISTRICTS is not used" in logged(run_algorithm, parameters | {"DISTRICTS": zone})[1]
