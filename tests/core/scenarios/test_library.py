"""The library: rows that fill the placeholders of chains."""

from __future__ import annotations

import csv
import json

import pytest

from twin_plugin.core.scenarios.library import COLUMNS, read_library, sameness

CHAIN = {
    "id": "near",
    "version": "1",
    "parameters": {"places": None, "code": "B08", "metres": 300},
    "data": [
        {"name": "PLACES", "subdivision": "${code}", "path": "district.gpkg|layername=${places}", "title": "${places}"}
    ],
    "settings": [{"name": "DISTANCE", "title": "Distance of ${places}", "value": "${metres}", "minimum": 1}],
    "steps": [
        {
            "id": "ring",
            "algorithm": "native:buffer",
            "parameters": {"INPUT": {"data": "PLACES"}, "DISTANCE": {"setting": "DISTANCE"}},
        }
    ],
    "measures": [
        {"id": "n", "title": "n", "step": "ring", "output": "OUTPUT", "statistic": "count"},
        {"id": "m", "title": "m", "data": "PLACES", "statistic": "count"},
    ],
    "checks": [{"left": "n", "relation": "=", "right": "m", "reason": "One ring for each place."}],
}


def row(**changes):
    values = dict.fromkeys(COLUMNS, "")
    for key in ("name_en", "question_en", "users_en", "decision_en"):
        values[key] = key
    values |= {"id": "A-1", "domain": "water", "chain": "near", "with": '{"places": "schools"}'}
    return values | changes


@pytest.fixture
def library(tmp_path):
    def read(*rows, chain=CHAIN):
        (tmp_path / "chains").mkdir(exist_ok=True)
        (tmp_path / "chains" / "near.json").write_text(json.dumps(chain), encoding="utf-8")
        with open(tmp_path / "scenarios.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
        return read_library(tmp_path / "scenarios.csv")

    return read


def test_a_row_fills_the_chain(library):
    (scenario,) = library(row(settings='{"DISTANCE": 500}', data="C03?")).scenarios
    assert scenario.data[0].path == "district.gpkg|layername=schools"
    assert scenario.data[0].subdivision == "B08"
    assert scenario.settings[0].value == 500
    assert scenario.settings[0].title == {"en": "Distance of schools"}
    assert scenario.data[1].subdivision == "C03"
    assert not scenario.data[1].must
    assert scenario.chain_id == "near"
    assert not scenario.outline


def test_a_placeholder_keeps_the_kind_of_its_value(library):
    (scenario,) = library(row()).scenarios
    assert scenario.settings[0].value == 300


def test_rows_add_checks(library):
    (scenario,) = library(
        row(checks='[{"left": "n", "relation": ">", "right": 0, "reason": "There are places."}]')
    ).scenarios
    assert [check.relation for check in scenario.checks] == ["=", ">"]


def test_a_list_of_algorithms_is_an_outline(library):
    (scenario,) = library(
        row(chain="twin:skyline > native:buffer", data="A05 A02:dtm.tif A05", **{"with": ""})
    ).scenarios
    assert scenario.outline
    assert [step.algorithm for step in scenario.chain] == ["twin:skyline", "native:buffer"]
    assert [need.name for need in scenario.data] == ["A05", "A02", "A05_3"]
    assert scenario.data[1].kind == "raster"
    assert scenario.data[1].path == "dtm.tif"


@pytest.mark.parametrize(
    ("changes", "cure"),
    [
        ({"with": "{}"}, "places"),
        ({"with": '{"place": 1}'}, "places"),
        ({"with": "{"}, "no valid JSON"),
        ({"chain": "far"}, "far.json"),
        ({"chain": "../near"}, "no id of a chain"),
        ({"chain": ""}, "empty"),
        ({"settings": '{"DISTANCE": 0}'}, "at least 1"),
        ({"settings": '{"DISTANSE": 1}'}, "DISTANCE"),
        ({"data": "X1"}, "X1"),
        ({"data": "A02:../x.tif"}, "below the district's folder"),
        ({"with": '{"places": "x|subset=1"}'}, "layername"),
        ({"checks": "[1]"}, "checks"),
        ({"question_en": ""}, "question"),
    ],
)
def test_a_fault_is_that_of_its_row(library, changes, cure):
    found = library(row(), row(id="A-2", **changes))
    assert [scenario.id for scenario in found.scenarios] == ["A-1"]
    assert list(found.faults) == ["A-2"]
    assert cure in str(found.faults["A-2"])


def test_an_id_twice_is_a_fault(library):
    assert "twice" in str(library(row(), row()).faults["A-1"])


def test_an_unknown_placeholder_is_a_fault(library):
    chain = CHAIN | {"measures": [], "checks": [], "data": [CHAIN["data"][0] | {"title": "${plcaes}"}]}
    assert "plcaes" in str(library(row(), chain=chain).faults["A-1"])


def test_data_of_an_outline_have_words_for_the_search(library):
    text = "A05 buildings with year built; B01? parcels; A02:dtm.tif C07"
    (scenario,) = library(row(chain="twin:skyline", data=text, **{"with": ""})).scenarios
    assert [(need.subdivision, need.must, need.search, need.path) for need in scenario.data] == [
        ("A05", True, "buildings with year built", ""),
        ("B01", False, "parcels", ""),
        ("A02", True, "", "dtm.tif"),
        ("C07", True, "", ""),
    ]


def test_only_numbers_do_not_make_another_scenario(library):
    first, second, third = library(
        row(), row(id="A-2", settings='{"DISTANCE": 500}'), row(id="A-3", **{"with": '{"places": "parks"}'})
    ).scenarios
    assert sameness(first) == sameness(second) != sameness(third)
