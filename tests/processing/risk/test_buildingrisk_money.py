"""twin:buildingrisk with money, people by time of day, curves in feet and rules, as a user chooses them."""

from __future__ import annotations

import pytest
from qgis.core import NULL, QgsProcessingException

from tests.listener import Listener
from tests.processing.risk.test_buildingrisk import HOUSES, box, layer, risk, water
from tests.processing.risk.test_buildingrisk_inputs import curves

__all__ = ["risk", "water"]

FIELDS = "id:string&field=use:string&field=gross_floor_area_m2:double&field=worth:string&field=goods:double"
CURVE = curves(("residential", 0.0, 0.0), ("residential", 1.0, 0.5), ("commercial", 0.0, 0.0), ("commercial", 1.0, 1.0))


def homes(worth="1,000,000", goods=NULL):
    return layer(
        "Polygon",
        FIELDS,
        [(box(*HOUSES[0]), ("a", "office", 100.0, worth, goods)), (box(*HOUSES[1]), ("b", "住宅", 200.0, NULL, NULL))],
    )


def values(*rows, fields="use:string&field=structure_per_m2:double&field=content_per_m2:double&field=currency:string"):
    return layer("NoGeometry", fields, [(None, row) for row in rows], "")


def test_values_of_a_field_and_of_a_table_give_losses_by_class_and_in_all(risk, water):
    """0.6 m outside: offices lose 0.6, homes 0.3. 600,000 of structure; 200 m² at 3,000 and 900: 180,000 and 54,000."""
    log = Listener()
    rows, results, _ = risk(
        log, BUILDINGS=homes(), VALUE_FIELD="worth", VALUES=values(("住宅", 3000, 900, "cny")), CURVES=CURVE,
        DEPTH=water(0.6)["DEPTH"],
    )  # fmt: skip
    assert rows["a"]["structure_loss"] == pytest.approx(600_000, rel=1e-6)
    assert rows["a"]["content_loss"] == NULL
    assert rows["b"]["loss"] == pytest.approx(234_000, rel=1e-6)
    assert rows["b"]["content_damage"] == pytest.approx(0.3)
    assert {row["currency"] for row in rows.values()} == {"CNY"}
    assert results["LOSS"] == pytest.approx(834_000, rel=1e-6)
    assert results["LOSS"] == pytest.approx(results["LOSS_STRUCTURE"] + results["LOSS_CONTENT"])
    assert results["LOSS"] == pytest.approx(sum(results[f"LOSS_CLASS_{n}"] for n in range(5)))
    assert any(line.startswith("Values | 1 | 0 | 1 | currency CNY") for line in log.infos)


def test_a_currency_alone_takes_the_published_values(risk, water):
    rows, results, _ = risk(BUILDINGS=homes(), CURRENCY="eur", DEPTH=water(0.6)["DEPTH"])
    assert rows["b"]["structure_value"] == 200 * 384
    assert results["LOSS"] > 0
    with pytest.raises(QgsProcessingException, match="no value in CNY"):
        risk(BUILDINGS=homes(), CURRENCY="CNY", DEPTH=water(0.6)["DEPTH"])


def test_money_without_a_currency_is_refused_in_one_sentence(risk, water):
    with pytest.raises(QgsProcessingException, match="write it in CURRENCY"):
        risk(BUILDINGS=homes(), VALUE_FIELD="worth", DEPTH=water(0.6)["DEPTH"])


def test_values_that_cannot_be_are_told_and_lose_nothing_known(risk, water):
    rows, results, warnings = risk(
        BUILDINGS=homes("-5"), VALUE_FIELD="worth", CURRENCY="CNY", DEPTH=water(0.6)["DEPTH"]
    )
    assert rows["a"]["loss"] == NULL
    assert "worth" in " ".join(warnings)
    assert any("2 buildings in water is unknown" in text for text in warnings)
    assert results["LOSS"] == 0.0


def test_without_money_there_are_no_columns_of_it(risk, water):
    rows, results, _ = risk(BUILDINGS=homes(), DEPTH=water(0.6)["DEPTH"])
    assert not {"loss", "structure_value", "content_damage", "people_full"} & set(rows["a"])
    assert "LOSS" not in results
    assert rows["a"]["water_rule"] == "ring"
    assert rows["a"]["wet_share"] == NULL


def test_people_are_those_of_the_time_of_day(risk, water):
    """An office of 100 m² has 10 people, a home of 200 m² 6: by day 9 and 3, at 7 h .46 and .70 of them."""
    depth = water(0.6)["DEPTH"]
    for choices, expected in (
        ({}, (10, 6)),
        ({"TIME_OF_DAY": "day"}, (9, 3)),
        ({"TIME_OF_DAY": "hour", "HOUR": 7.0}, (5, 4)),
    ):
        rows, results, _ = risk(BUILDINGS=homes(), DEPTH=depth, **choices)
        assert (rows["a"]["people"], rows["b"]["people"]) == expected
        assert results["PEOPLE"] == results["PEOPLE_INSIDE"] == sum(expected)
    assert (rows["a"]["people_full"], rows["a"]["people_hour"]) == (10, 7.0)


def test_curves_in_feet_cost_what_they_do_in_metres(risk, water):
    feet = layer(
        "NoGeometry",
        "sector:string&field=depth:double&field=damage_fraction:double",
        [
            (None, (sector, depth, share))
            for sector in ("residential", "commercial")
            for depth, share in ((0, 0), (4, 1))
        ],
        "",
    )
    depth = water(0.6)["DEPTH"]
    with pytest.raises(QgsProcessingException, match="says no unit"):
        risk(BUILDINGS=homes(), CURVES=feet, DEPTH=depth)
    rows, _, _ = risk(BUILDINGS=homes(), CURVES=feet, DEPTH_UNIT="ft", DEPTH=depth)
    assert rows["a"]["damage"] == pytest.approx(0.6 / 1.2192, rel=1e-6)


def test_a_rule_under_buildings_warns_beside_a_run_only(risk, water):
    rows, _, warnings = risk(BUILDINGS=homes(), RULE="area", **water(0.6))
    assert rows["a"]["water_rule"] == "area"
    assert rows["a"]["wet_share"] == 1.0
    assert rows["a"]["depth_m"] == pytest.approx(0.6)
    assert not any("Choose ring" in text for text in warnings)


def test_parts_of_people_are_rounded_in_the_rows_and_in_the_sum(risk, water):
    fields = "id:string&field=use:string&field=people:double"
    made = [(box(*HOUSES[0]), ("a", "office", 2.9)), (box(*HOUSES[1]), ("b", "office", 1.6))]
    rows, results, _ = risk(BUILDINGS=layer("Polygon", fields, made), DEPTH=water(0.6)["DEPTH"])
    assert [rows["a"]["people"], rows["b"]["people"]] == [3, 2]
    assert results["PEOPLE"] == results["PEOPLE_INSIDE"] == 5
