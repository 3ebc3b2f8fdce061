"""The guide's page on themes: its documents can be read, and it names every key, statistic and function."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from twin_plugin.bridge.kernel import resources
from twin_plugin.bridge.kernel.limited_expressions import FUNCTIONS
from twin_plugin.bridge.themes import documents
from twin_plugin.core.themes.theme import Need, Statistic

pytestmark = pytest.mark.usefixtures("qgis_app")
PAGE = (Path(__file__).parents[3] / "docs" / "themes.md").read_text("utf-8")


def test_the_documents_of_the_guide_can_be_read(tmp_path):
    examples = {json.loads(text)["id"]: text for text in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)}
    for name, text in examples.items():
        (tmp_path / f"{name}.json").write_text(text, "utf-8")
    water = documents.read_theme(tmp_path / "my_water.json")
    own = documents.read_theme(tmp_path / "our_water.json")
    assert [layer.id for layer in water.layers] == ["gauges", "depth", "buildings"]
    assert [(layer.id, layer.visible) for layer in own.groups[0].layers] == [
        ("gauges", True),
        ("depth", False),
        ("pumps", True),
    ]
    assert documents.read_district(tmp_path / "our_bay.json").title["zh"] == "本湾区"
    assert examples.keys() == {"my_water", "our_water", "our_bay"}


def keys(schema):
    """All keys of a schema's objects."""
    found = {key for part in (schema, *schema["definitions"].values()) for key in part.get("properties", {})}
    return found - {"$schema", "text"} | {"$schema"}


@pytest.mark.parametrize("name", ["theme", "district"])
def test_the_guide_names_every_key(name):
    schema = json.loads((resources.SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    words = set(re.findall(r"[$\w]+", PAGE))
    assert keys(schema) - words == set()


def test_the_guide_names_every_function_statistic_and_need():
    named = set(re.findall(r"`([$\w]+)`", PAGE))
    assert set(FUNCTIONS) <= named
    assert {statistic.value for statistic in Statistic} <= named
    assert {need.value for need in Need} <= named
