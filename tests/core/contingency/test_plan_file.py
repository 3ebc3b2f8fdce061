"""A plan as a file: the same after reading, its id, and what is refused."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from tests.core.contingency.plans import closure, level, plan
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.messages import Message
from twin_plugin.core.contingency import plan_file
from twin_plugin.core.contingency.evacuation import Route
from twin_plugin.core.contingency.plan_file import parse_plan, plan_id, plan_text, read_plan


def with_route(part):
    route = Route("7", "S1", (1, 2), (3, 4, 5), 420.0, -60.0, -55.0, math.inf, math.inf)
    return replace(part, evacuation=replace(part.evacuation, routes=(route,)))


def test_read_back_equals_written(tmp_path):
    made = plan(with_route(level(closures=[closure("r1", math.nan, math.nan)])))
    path = tmp_path / "预案 plan.json"
    path.write_text(plan_text(made), "utf-8")
    read = read_plan(path)
    assert plan_text(read) == plan_text(made)
    assert read.levels[0].evacuation.routes[0].latest_departure_min == math.inf
    assert math.isnan(read.levels[0].closures[0].closes_min)
    assert read.levels[0].evacuation.shelters == made.levels[0].evacuation.shelters
    text = read.warnings[0]
    assert (str(text), text.template, text.values) == (
        "3 buildings without people",
        "{n} buildings without people",
        {"n": 3},
    )


def test_a_name_that_reads_as_our_word_for_no_end_stays_a_name():
    made = replace(plan(), warnings=(Message("{road} closes at {minute}", road="infinite", minute=math.inf),))
    values = parse_plan(plan_text(made), "p").warnings[0].values
    assert values == {"road": "infinite", "minute": math.inf}


def test_the_file_is_json_without_nan():
    text = plan_text(plan(level(closures=[closure("r1", math.nan, math.nan)])))
    content = json.loads(text, parse_constant=lambda word: pytest.fail(word))
    assert content["plan"]["levels"][0]["closures"][0]["closes_min"] is None
    assert "学校" in text


def test_id_says_what_the_plan_says():
    made = plan()
    later = replace(
        made, created="2030", id="x", version=4, previous="y", sources=(replace(made.sources[0], sha256="z"),)
    )
    assert plan_id(later) == plan_id(made)
    assert plan_id(replace(made, title="other")) != plan_id(made)
    assert len(plan_id(made)) == 12


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "[" * 100_000, '{"kind": "City Twin contingency plan", "plan": 3}', '{"kind": NaN}', "\ud800"],
)
def test_what_is_no_plan_is_refused(text):
    with pytest.raises(InputError, match="is no plan"):
        parse_plan(text, "p.json")


def changed(path, value):
    content = json.loads(plan_text(plan()))
    place = content["plan"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(content)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("title",), 3),
        (("version",), 1.5),
        (("version",), True),
        (("version",), 1e300),
        (("version",), 0),
        (("title",), "\ud800"),
        (("settings",), {"\udfff": "x"}),
        (("levels", 0, "rain_mm"), 10**400),
        (("warnings",), [{"text": "{n:.2f}", "values": {"n": 10**400}}]),
        (("levels",), {}),
        (("levels", 0, "rain_mm"), "much"),
        (("levels", 0, "buildings", 0, "critical"), 1),
        (("levels", 0, "buildings", 0, "people"), None),
        (("levels", 0), None),
        (("settings",), []),
        (("warnings",), [{"text": "{n.__class__}", "values": {"n": 1}}]),
        (("warnings",), [{"text": "{n:999999999}", "values": {"n": 1}}]),
        (("warnings",), [{"text": "{n!r}", "values": {"n": 1}}]),
        (("warnings",), [{"text": "{n} {m}", "values": {"n": 1}}]),
        (("warnings",), [{"text": "{n:.2f}", "values": {"n": "word"}}]),
        (("warnings",), [{"text": "{", "values": {"n": 1}}]),
        (("warnings",), [{"values": {"n": 1}}]),
    ],
)
def test_impossible_values_are_refused_with_their_place(path, value):
    with pytest.raises(InputError, match=f"no possible value at plan.{path[0]}"):
        parse_plan(changed(path, value), "p.json")


@pytest.mark.parametrize("place", [("version",), ("levels", 0, "rain_mm")])
def test_a_number_that_overflows_is_refused(place):
    text = changed(place, 123454321).replace("123454321", "1e999")
    with pytest.raises(InputError, match="no possible value at plan"):
        parse_plan(text, "p.json")


def test_a_missing_field_is_refused():
    content = json.loads(plan_text(plan()))
    del content["plan"]["levels"][1]["run"]
    with pytest.raises(InputError, match=r"plan.levels\[1\]"):
        parse_plan(json.dumps(content), "p.json")


def test_a_later_form_is_refused():
    content = json.loads(plan_text(plan())) | {"form_version": 99}
    with pytest.raises(InputError, match="update City Twin"):
        parse_plan(json.dumps(content), "p.json")


def test_too_large_missing_and_binary_files_are_refused(tmp_path, monkeypatch):
    path = tmp_path / "p.json"
    with pytest.raises(InputError, match=r"'p.json' cannot be read"):
        read_plan(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read"):
        read_plan(path)
    monkeypatch.setattr(plan_file, "MOST_BYTES", 2)
    with pytest.raises(InputError, match="more than 2 bytes"):
        read_plan(path)
