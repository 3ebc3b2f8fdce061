"""City formats whose n-th write fails: one sentence, the old files as they were, nothing left behind."""

from __future__ import annotations

import errno

import pytest

from tests.failing_writer.child import run_algorithm
from tests.failing_writer.trial import Trial
from tests.memory_layers import written_layer

X, Y = 500_000.0, 2_500_000.0
OLD = b"of the user"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("output", "names", "least"),
    [
        ("CITYJSON", ["a.json"], 1),
        ("CITYGML", ["a.gml"], 1),
        ("CITYGML2", ["b.gml"], 1),
        ("OBJ", ["a.obj", "a.mtl", "a.prj", "a.wld3"], 4),
    ],
)
def test_every_write_that_fails(failing_child, tmp_path, output, names, least):
    given, out = tmp_path / "in", tmp_path / "out 结果"
    for place in (given, out):
        place.mkdir()
    rows = [
        (
            f"POLYGON(({X + k} {Y}, {X + k + 9} {Y}, {X + k + 9} {Y + 9}, {X + k} {Y + 9}, {X + k} {Y}))",
            {"id": f"B{k}", "base_elev_m": 0.0, "roof_elev_m": 9.0},
        )
        for k in range(0, 60, 20)
    ]
    layer = written_layer(given / "b.gpkg", "building", rows)
    for name in names:
        (out / name).write_bytes(OLD)
    parameters = {"BUILDINGS": layer, output: str(out / names[0])}
    trial = Trial(failing_child, out, run_algorithm, "twin:exportscene", parameters)
    trial.count_through(errno.ENOSPC, kinds=("write", "sync", "rename"))
    assert trial.failed >= least
