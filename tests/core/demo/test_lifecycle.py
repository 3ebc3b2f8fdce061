"""The life cycle of the demo district: its records hold together, and its tables are those of the life cycle."""

from __future__ import annotations

from datetime import date

import pytest

from twin_plugin.core.demo.lifecycle import TODAY, lifecycle_layers
from twin_plugin.core.lifecycle import tables
from twin_plugin.core.lifecycle.gates import Document, Event, demand, unmet
from twin_plugin.core.lifecycle.periods import Stage, faults, known, moment, status
from twin_plugin.core.lifecycle.store import period

NOW = moment(TODAY.isoformat(), "the demo")


@pytest.fixture(scope="module")
def layers(synthetic_district):
    return {layer.name: layer for layer in lifecycle_layers(synthetic_district(60, 1))}


@pytest.fixture(scope="module")
def periods(layers):
    return [period(*row) for _, row in layers["lifecycle_stage"].rows]


def test_the_columns_are_those_of_the_life_cycle(layers):
    for table in tables.TABLES:
        assert tuple(field.name for field in layers[table.name].fields) == table.names


def test_records_hold_together(periods):
    assert not faults(periods, NOW)
    assert all(p.valid_from.date() <= TODAY for p in periods)
    now = status(periods, NOW, NOW)
    assert len(now) == 60, "each building is in some stage"
    counts = {stage: sum(p.stage is stage for p in now.values()) for stage in Stage}
    assert counts[Stage.OPERATION] > 40
    assert all(counts[stage] >= 3 for stage in (Stage.PLANNING, Stage.DESIGN, Stage.CONSTRUCTION))


def test_one_building_was_corrected(periods):
    (name,) = {p.object_id for p in periods if p.superseded_at is not None}
    begun = next(p for p in periods if p.object_id == name and p.stage is Stage.CONSTRUCTION and p.superseded_at)
    before = moment(date(2026, 8, 1).isoformat(), "the demo")
    assert status(periods, begun.valid_from, before)[name].stage is Stage.CONSTRUCTION
    assert status(periods, begun.valid_from, NOW)[name].stage is Stage.DESIGN
    assert [p.stage.value for p in known(periods, NOW) if p.object_id == name] == [s.value for s in Stage][:4]


def test_some_gates_are_open_and_some_are_not(layers, periods):
    demands = [demand(*row) for _, row in layers["gate"].rows]
    documents = [Document(*row[:4]) for _, row in layers["document"].rows]
    events = [Event(row[0], row[1], moment(row[2], "the demo"), row[3]) for _, row in layers["lifecycle_event"].rows]
    waiting = [name for name, p in status(periods, NOW, NOW).items() if p.stage is Stage.DESIGN]
    missing = {name: unmet(demands, name, Stage.CONSTRUCTION, documents, events) for name in waiting}
    assert any(missing.values())
    in_use = [name for name, p in status(periods, NOW, NOW).items() if p.stage is Stage.OPERATION]
    assert not any(unmet(demands, name, Stage.OPERATION, documents, events) for name in in_use)
