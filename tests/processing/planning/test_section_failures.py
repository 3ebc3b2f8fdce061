"""Drawings of sections whose n-th write fails: one sentence, the old files as they were, nothing left behind."""

from __future__ import annotations

import errno

import pytest

from tests.failing_writer.child import run_algorithm
from tests.failing_writer.trial import Trial
from tests.memory_layers import written_layer

X, Y = 500_000.0, 2_500_000.0
OLD = b"of the user"


def kind_of(name, content):
    """What must be the same of two drawings: that they are whole, or that they are the user's; a PDF holds the time."""
    return content if content == OLD or name.endswith(".svg") else (name, content[:4])


@pytest.mark.slow
@pytest.mark.parametrize(("output", "name", "least"), [("SVG", "s.svg", 2), ("LAYOUT", "s.pdf", 5)])
def test_every_write_that_fails(failing_child, tmp_path, output, name, least):
    given, out = tmp_path / "in", tmp_path / "out 结果"
    for place in (given, out):
        place.mkdir()
    ring = ", ".join(f"{X + x} {Y + y}" for x, y in ((0, 0), (60, 0), (60, 40), (0, 40), (0, 0)))
    room = (f"POLYGON(({ring}))", {"id": "B1", "bottom_elev_m": -14.0, "top_elev_m": 0.0})
    line = (f"LINESTRING({X + 30} {Y - 50}, {X + 30} {Y + 50})", {"id": "S1"})
    parameters = {
        "LINE": written_layer(given / "line.gpkg", "line", [line]),
        "BASEMENTS": written_layer(given / "rooms.gpkg", "rooms", [room]),
        "SECTION": "memory:",
        output: str(out / name),
    }
    (out / name).write_bytes(OLD)
    trial = Trial(failing_child, out, run_algorithm, "twin:section", parameters, ignore=kind_of)
    trial.count_through(errno.ENOSPC, kinds=("write", "sync", "rename"))
    assert trial.failed >= least
