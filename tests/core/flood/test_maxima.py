"""The maxima are those of every step: no peak of the depth, arrival or wet second is missed between looks."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")

from tests.flood_setups import flood_setup
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood import solver
from twin_plugin.core.flood.maxima import Maxima
from twin_plugin.core.flood.processes.boundaries import Boundary, BoundaryKind
from twin_plugin.core.flood.processes.inflows import Inflow
from twin_plugin.core.flood.schemes.array_layout import ArrayLayout
from twin_plugin.core.flood.solver import LOOK_EVERY_STEPS, simulate

WET_M = 0.05
BOTH = pytest.mark.parametrize("scheme", ["inertial", "shockcapturing"])


@pytest.fixture
def states(monkeypatch):
    """Time, depths and whether it is looked at, of the state before each step and of the last one."""
    found: list[tuple[float, np.ndarray, bool]] = []

    def note(run, look):
        found.append((run._time_s, run._layout.view(run._scheme.depth_m).copy(), look))

    step, finish = solver.Run._step, solver.Run._finish

    def stepped(run, dt, look):
        note(run, look)
        step(run, dt, look)

    def finished(run):
        note(run, True)
        return finish(run)

    monkeypatch.setattr(solver.Run, "_step", stepped)
    monkeypatch.setattr(solver.Run, "_finish", finished)
    return found


def splash(scheme, **changes):
    """Water that rushes from a fixed level and an inflow over steps in the ground: its peaks last a step or two."""
    y, x = np.mgrid[0:40, 0:150]
    bed = (0.2 * np.sin(x / 3.0) + 0.01 * x + 2.0 * ((x + y) % 23 > 19)).astype(np.float32)
    source = np.zeros(bed.shape, bool)
    source[20, 60] = True
    options = {
        "rain": [(1, 2)],
        "inflows": [Inflow(source, (0, 30, 60), (0, 2, 0))],
        "boundaries": {"west": Boundary(BoundaryKind.LEVEL, 1.0), "east": Boundary(BoundaryKind.OPEN)},
        "infiltration_mm_h": 20.0,
        "scheme": scheme,
    }
    return flood_setup(Grid(bed, 0.0, 0.0, 2.0), 120, 50, **{**options, **changes})


@BOTH
def test_depth_arrival_and_wet_time_are_those_of_every_step(states, scheme):
    result = simulate(splash(scheme))
    times, depths = np.array([time for time, _, _ in states]), np.stack([depth for _, depth, _ in states])
    assert result.summary.steps == len(states) - 1
    np.testing.assert_array_equal(result.depth_max_m, depths.max(axis=0))
    wet = depths >= np.float32(WET_M)
    first = np.where(wet.any(axis=0), times[wet.argmax(axis=0)], np.nan)
    np.testing.assert_allclose(result.arrival_s, first, rtol=1e-6)
    spans = (wet[1:] * np.diff(times)[:, None, None]).sum(axis=0)
    np.testing.assert_allclose(result.wet_s, spans, atol=1e-3)


@BOTH
def test_peaks_between_looks_would_have_been_missed(states, scheme):
    """The test above can fail: in this flood the looks alone do not see the largest depths."""
    result = simulate(splash(scheme))
    looks = [number for number, (_, _, look) in enumerate(states) if look]
    assert max(np.diff(looks)) == LOOK_EVERY_STEPS
    looked = np.stack([states[number][1] for number in looks])
    assert (result.depth_max_m > looked.max(axis=0) + 1e-4).any()


@BOTH
def test_looks_see_the_speeds_of_every_frame(scheme):
    frames = []

    def keep(frame):
        speed = np.hypot(frame.velocity_east_ms, frame.velocity_north_ms)
        frames.append((speed, speed * frame.depth_m))

    result = simulate(splash(scheme), on_frame=keep)
    assert len(frames) == 4
    for speed, product in frames:
        assert (result.speed_max_ms >= speed * (1 - 1e-6)).all()
        assert (result.product_max_m2s >= product * (1 - 1e-6)).all()
    assert max(speed.max() for speed, _ in frames) > 0.5


def test_maxima_are_the_same_with_and_without_frames():
    """Whether RESULT is written changes no maximum."""
    plain, watched = simulate(splash("inertial")), simulate(splash("inertial"), on_frame=lambda frame: None)
    for name in ("depth_max_m", "speed_max_ms", "arrival_s", "wet_s", "froude_max", "limited"):
        np.testing.assert_array_equal(getattr(plain, name), getattr(watched, name))


@pytest.mark.parametrize(("duration_s", "step_s"), [(86_400.0, 0.7), (7200.0, 0.013), (60.0, 0.6)])
def test_wet_time_adds_up_without_rounding(duration_s, step_s):
    """A day in steps of 0.7 s: plain sums in float32 would be wrong by minutes."""

    class Still:
        centred = True

    maxima = Maxima(ArrayLayout(1, 1), WET_M, 3.0, duration_s)
    tiles = ArrayLayout(1, 1).tiles(1, 1)
    wet_s, steps = np.float32(0.0), min(int(duration_s / step_s), 150_000)
    for number in range(1, steps + 1):
        wet_s += maxima.watch(Still(), tiles, number * step_s, False).numbers[2]
    assert wet_s.dtype == np.float32
    assert float(wet_s) == pytest.approx(steps * step_s, abs=duration_s / 2**23)
