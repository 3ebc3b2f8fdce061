"""Messages with a code: stored as data, and restored with today's sentences."""

from __future__ import annotations

import json
import pickle

import numpy as np
import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.warnings import CodedMessage, from_json, to_json

TEMPLATES = {"far": "{name} lies {metres:.1f} m off.", "plain": "A brace { is a brace."}


def test_a_coded_message_survives_a_process_boundary_and_an_error():
    message = CodedMessage.of(TEMPLATES, "far", name="市", metres=2.25)
    for again in (pickle.loads(pickle.dumps(message)), InputError(message).message):  # noqa: S301
        assert (again.code, again, again.template) == ("far", "市 lies 2.2 m off.", TEMPLATES["far"])
    error = pickle.loads(pickle.dumps(InputError(message)))  # noqa: S301
    assert error.message.code == "far"


def test_json_keeps_code_and_values_and_takes_todays_sentence():
    stored = to_json({"a": [CodedMessage.of(TEMPLATES, "far", name='"市"', metres=np.float32(2.5))], "b": []})
    assert json.loads(stored) == {"a": [{"code": "far", "values": {"name": '"市"', "metres": 2.5}}]}
    (message,) = from_json(stored, {"far": "{metres} m: {name}"})["a"]
    assert (message, message.code) == ('2.5 m: "市"', "far")
    assert to_json({"a": [message]}) == stored
    assert to_json({"a": [], "b": []}) == ""


def test_every_kind_of_number_is_kept():
    message = CodedMessage.of({"n": "{a} {b} {c}"}, "n", a=np.int64(3), b=True, c=float("inf"))
    assert from_json(to_json({"a": [message]}), {"n": "{a} {b} {c}"})["a"][0] == "3 True inf"


@pytest.mark.parametrize("templates", [{}, {"far": "{who} is far."}, {"far": "{name:.1f}"}])
def test_what_no_sentence_fits_shows_its_code_and_values_and_is_kept(templates):
    stored = to_json({"a": [CodedMessage.of(TEMPLATES, "far", name="House", metres=2.0)]})
    (message,) = from_json(stored, templates)["a"]
    assert message == "far: name House, metres 2.0"
    assert to_json({"a": [message]}) == stored


def test_a_number_beyond_all_formats_is_shown_as_it_is():
    text = '{"a": [{"code": "far", "values": {"name": "House", "metres": 1' + "0" * 400 + "}}]}"
    assert from_json(text, TEMPLATES)["a"][0].startswith("far: name House, metres 1000")


def test_json_nested_without_end_holds_nothing():
    assert from_json("[" * 100_000, TEMPLATES) == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "[]",
        "3",
        '{"a": 3}',
        '{"a": [{"code": "far"}]}',
        '{"a": [{"values": {}}]}',
        '{"a": [{"code": "b", "values": {"x": 1, "x:>999999999": 2}}]}',
        '{"a": [{"code": "{x:>999999999}", "values": {"x": 1}}]}',
    ],
)
def test_damaged_json_holds_nothing(text):
    assert from_json(text, TEMPLATES) == {}
