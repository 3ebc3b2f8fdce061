"""Scenario documents: what is read, and what is refused with its place."""

from __future__ import annotations

import json

import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.scenarios.documents import read_scenario
from twin_plugin.core.scenarios.scenario import FromData, FromSetting, FromStep


def document():
    return {
        "id": "OWN-1",
        "version": "2",
        "domain": "water",
        "name": {"en": "Depth of a storm", "zh": "暴雨积水深度"},
        "question": "How deep is it?",
        "users": "duty officer",
        "decision": "where crews go",
        "data": [{"name": "DTM", "subdivision": "A02", "kind": "raster", "path": "dtm.tif"}],
        "settings": [{"name": "RAIN", "title": "Rain", "value": 50, "minimum": 0, "maximum": 500, "unit": "mm"}],
        "steps": [
            {
                "id": "flood",
                "algorithm": "twin:simulateflood",
                "parameters": {"DTM": {"data": "DTM"}, "RAIN_MM": {"setting": "RAIN"}},
            },
            {
                "id": "sum",
                "algorithm": "native:rasterlayerstatistics",
                "parameters": {"INPUT": {"step": "flood", "output": "DEPTH_MAX"}, "BAND": 1},
            },
        ],
        "outputs": [{"step": "flood", "output": "DEPTH_MAX", "title": "Depth", "file": "depth.tif"}],
        "measures": [
            {"id": "deepest", "title": "Deepest", "unit": "m", "step": "sum", "output": "MAX", "statistic": "value"}
        ],
        "checks": [{"left": "deepest", "relation": ">", "right": 0, "reason": "Rain makes water."}],
    }


def read(tmp_path, value):
    path = tmp_path / "情景 1.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return read_scenario(path)


def test_a_document_is_read_whole(tmp_path):
    scenario = read(tmp_path, document())
    assert scenario.name == {"en": "Depth of a storm", "zh": "暴雨积水深度"}
    assert scenario.chain[0].parameters == {"DTM": FromData("DTM"), "RAIN_MM": FromSetting("RAIN")}
    assert scenario.chain[1].parameters == {"INPUT": FromStep("flood", "DEPTH_MAX"), "BAND": 1}
    assert scenario.settings[0].maximum == 500
    assert scenario.data[0].must
    assert scenario.checks[0].right == 0
    assert scenario.measures[0].step == "sum"


def at(value, *keys_and_new):
    *keys, last, new = keys_and_new
    for key in keys:
        value = value[key]
    value[last] = new


@pytest.mark.parametrize(
    ("change", "place", "cure"),
    [
        (("steps", 0, "algorithm", "rm -rf /"), "steps[0].algorithm", "rm -rf /"),
        (("steps", 0, "parameters", "DTM", {"data": "DEM"}), "steps[0].parameters.DTM", "DTM"),
        (("steps", 0, "parameters", "X", {"step": "sum", "output": "MAX"}), "steps[0].parameters.X", "sum"),
        (("data", 0, "path", "../secret.tif"), "data[0].path", "below the district's folder"),
        (("data", 0, "path", "/etc/passwd"), "data[0].path", "below the district's folder"),
        (("data", 0, "path", "a/../../b.tif"), "data[0].path", "below the district's folder"),
        (("data", 0, "path", "https://x/y.tif"), "data[0].path", "below the district's folder"),
        (("data", 0, "path", "C:\\x.tif"), "data[0].path", "below the district's folder"),
        (("data", 0, "path", "a.gpkg|subset=1"), "data[0].path", "layername"),
        (("data", 0, "subdivision", "Z99"), "data[0]", "Z99"),
        (("outputs", 0, "file", "../x.tif"), "outputs[0].file", "../x.tif"),
        (("steps", 0, "parameters", "X", "a ${RAINS}"), "steps[0].parameters.X", "RAINS"),
        (("outputs", 0, "step", "none"), "outputs[0]", "none"),
        (("measures", 0, "statistic", "median"), "measures[0].statistic", "median"),
        (("checks", 0, "left", "deepst"), "checks[0]", "deepst"),
        (("checks", 0, "left", "__import__('os')"), "checks[0].left", "no number"),
        (("checks", 0, "relation", "~"), "checks[0].relation", "~"),
        (("settings", 0, "value", 501), "settings[0]", "500"),
        (("settings", 0, "value", "many"), "settings[0]", "many"),
        (("settings", 0, "minimun", 3), "settings[0]", "minimum"),
        (("id", "../x"), "id", "../x"),
        (("name", {}), "name", "en"),
        (("question", ""), "question", "empty"),
        (("steps", []), "", "steps"),
        (("question", "\ud800"), "question", "cannot be written"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path, change, place, cure):
    value = document()
    at(value, *change)
    with pytest.raises(InputError) as error:
        read(tmp_path, value)
    assert "情景 1.json" in str(error.value)
    assert place in str(error.value)
    assert cure in str(error.value)


@pytest.mark.parametrize("key", ["data", "settings", "steps", "outputs", "measures"])
def test_doubled_names_are_refused(tmp_path, key):
    value = document()
    value[key].append(value[key][0])
    with pytest.raises(InputError, match="twice"):
        read(tmp_path, value)


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("", "no valid JSON"),
        ("{", "no valid JSON"),
        ("[]", "object"),
        ('{"id": NaN}', "NaN"),
        ('{"id": 1, "id": 2}', "twice"),
        ("[" * 40 + "]" * 40, "deeper than 16"),
        ("[" * 200_000, "deeper than 16"),
        ('{"id": "' + "x" * 2_000_000 + '"}', "larger than"),
        ('{"id": ' + "9" * 10_000 + "}", "no valid JSON"),
    ],
)
def test_hostile_texts_end_in_one_sentence(tmp_path, text, cure):
    with pytest.raises(InputError, match=cure):
        read(tmp_path, text)


def test_no_text_and_no_file(tmp_path):
    path = tmp_path / "x.json"
    path.write_bytes(b"\xff\xfe\x00{")
    with pytest.raises(InputError, match="UTF-8"):
        read_scenario(path)
    with pytest.raises(InputError, match="does not exist"):
        read_scenario(tmp_path / "none.json")
    with pytest.raises(InputError, match="no file"):
        read_scenario(tmp_path)
