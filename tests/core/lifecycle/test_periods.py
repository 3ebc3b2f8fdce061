"""Stages in two times: when they held, and when that was recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.lifecycle.gates import Demand, Document, Event, demand, require_met, unmet
from twin_plugin.core.lifecycle.periods import (
    Period,
    Stage,
    advance,
    correct,
    faults,
    known,
    moment,
    status,
    written,
)


def day(text):
    return moment(text, "a test")


def history():
    """A building as in the worked example: four stages, each recorded on its day."""
    periods: list[Period] = []
    for stage, start in (
        ("planning", "2024-01-01"),
        ("design", "2024-07-01"),
        ("construction", "2025-03-01"),
        ("operation", "2026-09-15"),
    ):
        periods = apply(periods, advance(periods, "b", Stage(stage), day(start), day(start)))
    return periods


def apply(periods, change):
    gone = {(p.object_id, p.stage, p.valid_from, p.recorded_at) for p in change.superseded}
    kept = [p for p in periods if (p.object_id, p.stage, p.valid_from, p.recorded_at) not in gone]
    assert len(kept) == len(periods) - len(change.superseded)
    return [*kept, *change.superseded, *change.added]


def stage_at(periods, at, known_at):
    found = status(periods, day(at), day(known_at)).get("b")
    return found and found.stage.value


def test_the_worked_stages_and_their_correction():
    periods = history()
    assert stage_at(periods, "2025-02-28", "2026-09-30") == "design"
    assert stage_at(periods, "2025-03-01", "2026-09-30") == "construction"
    assert stage_at(periods, "2023-12-31", "2026-09-30") is None
    assert stage_at(periods, "2030-01-01", "2026-09-30") == "operation"
    late = apply(periods, correct(periods, "b", Stage.CONSTRUCTION, day("2025-04-01"), day("2026-10-01")))
    assert stage_at(late, "2025-03-15", "2026-09-30") == "construction"
    assert stage_at(late, "2025-03-15", "2026-10-01") == "design"
    assert stage_at(late, "2025-04-01", "2026-10-01") == "construction"
    assert not faults(late, day("2027-01-01"))
    assert [p.stage.value for p in known(late, day("2027-01-01"))] == [s.value for s in Stage][:4]


def test_what_one_knew_before_a_stage_was_recorded():
    periods = history()
    assert stage_at(periods, "2025-06-01", "2025-01-01") == "design", "construction was not known then"
    assert stage_at(periods, "2025-06-01", "2023-01-01") is None


@pytest.mark.parametrize(
    ("stage", "at", "sentence"),
    [
        ("design", "2027-01-01", "choose CORRECT"),
        ("demolished", "2026-01-01", "began on 2026-09-15"),
        ("planning", "2027-01-01", "choose CORRECT"),
    ],
)
def test_stages_that_cannot_be_entered(stage, at, sentence):
    with pytest.raises(InputError, match=sentence):
        advance(history(), "b", Stage(stage), day(at), day("2027-01-01"))


def test_an_object_does_not_go_back():
    periods = list(advance([], "b", Stage.OPERATION, day("2020-01-01"), day("2020-01-01")).added)
    with pytest.raises(InputError, match="does not go back"):
        advance(periods, "b", Stage.DESIGN, day("2021-01-01"), day("2021-01-01"))
    with pytest.raises(InputError, match="no stage design to correct"):
        correct(periods, "b", Stage.DESIGN, day("2021-01-01"), day("2021-01-01"))


def test_a_correction_stays_between_its_neighbours():
    for at in ("2024-06-01", "2026-09-15"):
        with pytest.raises(InputError, match="cannot begin on"):
            correct(history(), "b", Stage.CONSTRUCTION, day(at), day("2026-10-01"))


def test_overlaps_and_ends_before_starts_are_named():
    start, now = day("2024-01-01"), day("2024-02-01")
    one = Period("b", Stage.DESIGN, start, None, now)
    two = Period("b", Stage.CONSTRUCTION, start + timedelta(days=9), None, now)
    assert "design and construction of 'b' overlap from 2024-01-10" in faults([two, one], now)[0]
    back = Period("c", Stage.DESIGN, start, start - timedelta(days=1), now)
    assert "ends on 2023-12-31, before it begins on 2024-01-01" in faults([back], now)[0]
    assert not faults([one, two], start), "nothing was recorded yet"


def test_times_of_any_zone_are_utc():
    assert moment("2026-01-01T08:00:00+08:00", "x") == datetime(2026, 1, 1, tzinfo=UTC)
    assert written(moment("2026-01-01T08:00:00+08:00", "x")) == "2026-01-01"
    assert written(moment("2026-01-01T08:30:00Z", "x")) == "2026-01-01T08:30:00Z"
    with pytest.raises(InputError, match="no date or time for AT"):
        moment("next week", "AT")


def test_a_gate_names_all_that_is_missing():
    demands = [
        Demand(Stage.CONSTRUCTION, "document", "permit", "published"),
        Demand(Stage.CONSTRUCTION, "document", "design review", "shared"),
        Demand(Stage.CONSTRUCTION, "check", "sunlight"),
        Demand(Stage.OPERATION, "document", "as-built model"),
    ]
    documents = [Document("b", "permit", "shared"), Document("other", "design review", "archived")]
    missing = unmet(demands, "b", Stage.CONSTRUCTION, documents, [])
    with pytest.raises(InputError) as error:
        require_met("b", Stage.CONSTRUCTION, missing)
    for phrase in ("'permit' is shared, not published", "'design review' is missing", "'sunlight' was not made"):
        assert phrase in str(error.value)
    events = [Event("b", "check failed", day("2025-01-01"), "sunlight")]
    assert "'sunlight' failed" in unmet(demands, "b", Stage.CONSTRUCTION, documents, events)[2]
    events.append(Event("b", "check passed", day("2025-02-01"), "sunlight"))
    documents += [Document("b", "permit", "published"), Document("b", "design review", "archived")]
    assert not unmet(demands, "b", Stage.CONSTRUCTION, documents, events)
    require_met("b", Stage.CONSTRUCTION, [])


@pytest.mark.parametrize(
    "row", [("finished", "document", "x", ""), ("design", "paper", "x", ""), ("design", "document", "x", "done"),
            ("design", "check", "", "")],
)  # fmt: skip
def test_rows_of_gates_that_cannot_be(row):
    with pytest.raises(InputError, match="table of gates"):
        demand(*row)
