"""The schema for editors says the same of documents as the reader."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from tests.core.scenarios.test_documents import document
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.json_documents import Node
from twin_plugin.core.scenarios.documents import CHAIN_KEYS, SCENARIO_KEYS, scenario_of

SCHEMA = Path(__file__).parents[3] / "resources" / "schemas" / "scenario.schema.json"


@pytest.fixture(scope="module")
def validator():
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def test_it_takes_what_the_reader_takes(validator):
    validator.validate(document())
    scenario_of(Node(document(), "", "x"))


def test_it_has_the_keys_of_the_reader(validator):
    assert set(validator.schema["properties"]) == set(SCENARIO_KEYS)
    assert set(CHAIN_KEYS) <= set(SCENARIO_KEYS)


def faulty():
    """Documents with one fault each: a key too much, a required one missing, a value of another type."""
    whole = document()
    for key in whole:
        yield f"number for {key}", whole | {key: 5}
    for key in ("id", "domain", "name", "question", "users", "decision", "steps"):
        yield f"no {key}", {name: value for name, value in whole.items() if name != key}
    for key in CHAIN_KEYS:
        value = copy.deepcopy(whole)
        value[key][0]["unknown"] = 1
        yield f"unknown key in {key}", value
        for name in whole[key][0]:
            value = copy.deepcopy(whole)
            value[key][0][name] = [[]]
            if not (key == "checks" and name == "tolerance"):
                yield f"list for {key}.{name}", value


@pytest.mark.parametrize(("name", "value"), list(faulty()), ids=[name for name, _ in faulty()])
def test_it_refuses_what_the_reader_refuses(validator, name, value):
    with pytest.raises(InputError):
        scenario_of(Node(value, "", "x"))
    assert not validator.is_valid(value)
