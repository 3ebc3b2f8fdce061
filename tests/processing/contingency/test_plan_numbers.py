"""twin:contingencyplan with money, people and places that are doubtful: what counts, and what is said of the rest."""

from __future__ import annotations

import math

import pytest
from qgis.core import QgsProcessingException

from tests.processing.contingency.conftest import HOUSES, RISK_FIELDS, line, memory_layer, point, square

KEYS = tuple(HOUSES)


def money(*rows, kind="double"):
    """Buildings in water with (id, people, loss), in CNY."""
    numbers = [field.replace("people:double", f"people:{kind}") for field in RISK_FIELDS]
    made = [
        (square(*HOUSES[key]), (name, name, "residential", 3, 0.5, 10.0, people, "wet", "run-r", loss, "CNY"))
        for key, (name, people, loss) in zip(KEYS, rows, strict=False)
    ]
    return memory_layer("Polygon", made, [*numbers, f"loss:{kind}", "currency:string"], "risk")


@pytest.fixture
def sums(make, town):
    """Runs a level with some buildings: the sums of all, and the warnings."""

    def run(layer, **more):
        plan, _, log = make(
            {"BUILDING_RISK": [layer], "RESULTS": [town["RESULTS"][1]], "LEVEL_NAMES": "red"} | more, "numbers"
        )
        return plan.levels[0].districts[-1], log.warnings

    return run


def test_buildings_that_share_an_id_keep_their_own_damage(sums):
    found, warnings = sums(money(("h", 40, 1000.0), ("h", 30, 5000.0), ("i", 1, 7.0)))
    assert (found.damage, found.currency, found.people) == (6007.0, "CNY", 71)
    assert any("have the id of another one" in text for text in warnings)


@pytest.mark.parametrize("loss", [None, -500.0, math.inf, 1.7e308])
def test_damage_that_is_no_amount_is_left_out_and_counted(sums, loss):
    found, warnings = sums(money(("a", 1, 1000.0), ("b", 1, loss), ("c", 1, loss)))
    assert found.damage == 1000.0
    assert any("2 of 3 buildings of 'risk' in water have no possible damage in the field 'loss'" in w for w in warnings)


def test_numbers_written_with_separators_are_read(sums):
    found, warnings = sums(money(("a", "1,200", "12,345"), ("b", "30", "5 000"), kind="string"))
    assert (found.people, found.damage) == (1230, 17345.0)
    assert not any("no number of people" in text or "no possible damage" in text for text in warnings)


def test_parts_of_people_are_told(sums):
    found, warnings = sums(money(("a", 0.4, 1.0), ("b", 0.4, 1.0), ("c", 0.4, 1.0)))
    assert found.people == 0
    assert any("rounded to whole ones, 0 instead of 1.2 in all" in text for text in warnings)


AWAY = {
    "SHELTERS": ("Point", [(point(90_000, 0), ("S", 5))], ("id:string", "capacity:integer")),
    "ASSETS": ("Point", [(point(90_000, 0), ("A",))], ("asset_id:string",)),
    "DISTRICTS": ("Polygon", [(square(90_000, 0), ("D",))], ("name:string",)),
}


@pytest.mark.parametrize("name", AWAY)
def test_layers_at_another_place_are_refused_with_the_distance(sums, name):
    roads = memory_layer("LineString", [(line((10, 90), (120, 90)), ("r",))], ("id:string",), "roads")
    with pytest.raises(QgsProcessingException, match=r"'away' \(EPSG:4547\) and the water '.*' .* 89.8 km apart"):
        sums(money(("a", 1, 1.0)), ROADS=roads, **{name: memory_layer(*AWAY[name], "away")})


def test_shelters_out_of_the_water_at_a_road_that_leads_there_are_used(sums):
    roads = memory_layer("LineString", [(line((30, 84), (900, 84)), ("r",))], ("id:string",), "roads")
    out = memory_layer("Point", [(point(900, 84), ("S", 5))], ("id:string", "capacity:integer"), "out")
    _, warnings = sums(money(("a", 1, 1.0)), ROADS=roads, SHELTERS=out)
    assert not any("have no place" in text for text in warnings)
