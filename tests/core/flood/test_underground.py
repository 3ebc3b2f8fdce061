"""Rooms below ground in a flood run: the water that fills them is missing on the street, and nothing is lost."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("numba")

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.processes.boundaries import Boundaries, Boundary, BoundaryKind
from twin_plugin.core.flood.processes.inflows import Inflow, Inflows
from twin_plugin.core.flood.processes.rain import Rain
from twin_plugin.core.flood.processes.underground import UndergroundWater
from twin_plugin.core.flood.schemes.scheme import Numerics
from twin_plugin.core.flood.setup import FloodSetup, InitialWater, RunOutput
from twin_plugin.core.flood.solver import SCHEMES, simulate
from twin_plugin.core.flood.state import Start
from twin_plugin.core.flood.surface import Surface
from twin_plugin.core.flood.underground.rooms import Barrier, Room, RoomLink, RoomOpening

CELL_M = 2.0
SIDE = 30
WEST, NORTH = 1000.0, 5000.0


def street(level_m: float = 4.0) -> Grid:
    return Grid(np.full((SIDE, SIDE), level_m, np.float32), WEST, NORTH, CELL_M)


def at(row: float, column: float) -> tuple[float, float]:
    """Map coordinates of the centre of a cell."""
    return WEST + (column + 0.5) * CELL_M, NORTH - (row + 0.5) * CELL_M


def garage(volume_m3: float = 3000.0, top_m: float = 3.0) -> Room:
    return Room("garage", top_m - 3.0, top_m, volume_m3)


def ramp(sill_m: float = 4.0, width_m: float = 4.0, place=(15, 15), room: int = 0, id: str = "ramp") -> RoomOpening:
    return RoomOpening(id, room, *at(*place), sill_m, width_m, "ramp")


def run(underground: UndergroundWater, duration_s: float, *others, depth_m: float = 0.0, scheme: str = "inertial",
        surface: Surface | None = None, step_s: float | None = None):  # fmt: skip
    initial = InitialWater(np.full((SIDE, SIDE), depth_m, np.float32) if depth_m else None)
    setup = FloodSetup(
        surface or Surface(street()),
        RunOutput(duration_s, step_s or duration_s),
        (*others, underground),
        initial,
        Numerics(scheme, threads=1),
    )
    return simulate(setup)


def below(*openings, rooms=None, links=(), barriers=()) -> UndergroundWater:
    return UndergroundWater(tuple(rooms or (garage(),)), openings, links, barriers, WEST, NORTH)


def held_by_the_sea(level_m: float) -> Boundaries:
    sides = dict.fromkeys(("north", "east", "south", "west"), Boundary(BoundaryKind.LEVEL, level_m))
    return Boundaries(sides)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_garage_of_3000_m3_behind_a_sill_0_3_m_below_the_water_fills_in_the_time_of_the_closed_form(scheme):
    """The street lies 0.7 m lower than the sill and its water is held 0.3 m above it: Q = 1.70 b 0.3^1.5."""
    surface = Surface(Grid(np.full((SIDE, SIDE), 3.0, np.float32), WEST, NORTH, CELL_M), 0.01)
    result = run(below(ramp(3.7, 8.0)), 1500, held_by_the_sea(4.0), depth_m=1.0, scheme=scheme, surface=surface,
                 step_s=20)  # fmt: skip
    filling = result.outcomes[UndergroundWater]
    flow_m3s = 1.70 * 8.0 * 0.3**1.5
    time_s = np.interp(2999.0, filling.volumes_m3[:, 0], filling.times_s)
    assert time_s == pytest.approx(2999 / flow_m3s, rel=0.035)  # the water falls on its way to the ramp
    assert filling.openings[0].peak_m3s == pytest.approx(flow_m3s, rel=0.08)
    summary = result.summary
    assert filling.rooms[0].volume_m3 == pytest.approx(3000, rel=1e-9)
    assert abs(summary.system_error) < 1e-6
    assert abs(summary.mass_error) < 1e-6
    assert summary["underground_stored_m3"] == filling.rooms[0].volume_m3
    assert abs(summary["underground_error_m3"]) < 1e-6 * 3000
    assert summary["to_underground_m3"] == pytest.approx(filling.rooms[0].volume_m3, rel=1e-6)


def test_the_time_to_fill_from_a_pond_is_that_of_the_closed_form():
    """A closed yard of 3600 m² without friction to speak of: h = (h0^-.5 + C b t / 2A)^-2."""
    result = run(below(ramp(4.0, 1.2)), 600, depth_m=0.3, surface=Surface(street(), 0.002), step_s=60)
    filling, area_m2 = result.outcomes[UndergroundWater], (SIDE * CELL_M) ** 2
    height = (0.3**-0.5 + 1.7 * 1.2 * filling.times_s / (2 * area_m2)) ** -2
    np.testing.assert_allclose(filling.volumes_m3[1:, 0], area_m2 * (0.3 - height[1:]), rtol=0.02)
    assert abs(result.summary.system_error) < 1e-9


def test_a_garage_takes_the_whole_of_a_small_flood_and_the_account_closes():
    """A street 0.3 m above the sill under an inflow: what the street does not hold is in the garage."""
    source = np.zeros((SIDE, SIDE), bool)
    source[2, 2] = True
    inflow = Inflows((Inflow(source, (0.0,), (0.5,)),))
    result = run(below(ramp(3.7)), 1800, inflow)
    summary = result.summary
    assert summary["inflow_m3"] == pytest.approx(900, rel=1e-6)
    assert summary["underground_stored_m3"] > 300
    assert summary["stored_m3"] + summary["underground_stored_m3"] == pytest.approx(900, rel=1e-6)
    assert abs(summary.system_error) < 1e-9
    assert float(np.nanmin(result.depth_m)) >= 0.0


def test_a_barrier_keeps_it_dry():
    shut = run(below(ramp(3.7), barriers=(Barrier(0, 4.5),)), 600, depth_m=0.3)
    assert shut.summary["to_underground_m3"] == shut.summary["underground_stored_m3"] == 0.0
    gate = run(below(ramp(3.7), barriers=(Barrier(0, math.inf, closes_s=60.0),)), 600, depth_m=0.3, step_s=60)
    volumes = gate.outcomes[UndergroundWater].volumes_m3[:, 0]
    assert volumes[1] > 0
    assert volumes[2] < volumes[1] * 1.3
    assert (volumes[3:] == volumes[2]).all()


def test_a_full_garage_takes_nothing_more():
    result = run(below(ramp(), rooms=(garage(50.0),)), 900, depth_m=0.3)
    filled = result.outcomes[UndergroundWater].rooms[0]
    assert filled.volume_m3 == pytest.approx(50.0, rel=1e-12)
    assert filled.filled_share == pytest.approx(1.0, rel=1e-12)
    assert result.summary["from_underground_m3"] == pytest.approx(0.0, abs=1e-3)
    assert float(result.depth_m.mean()) == pytest.approx(0.3 - 50 / 3600, rel=1e-5)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_swings_while_a_room_comes_to_the_level_of_the_street(scheme):
    """A pit of 16 m² whose ceiling is far above the street: no flow changes its direction more than waves make it."""
    room = Room("pit", 3.0, 9.0, 16.0 * 6.0)
    result = run(below(ramp(4.0, 8.0), rooms=(room,)), 1200, depth_m=0.5, step_s=20, scheme=scheme,
                 surface=Surface(street(), 0.1))  # fmt: skip
    filling = result.outcomes[UndergroundWater]
    level = 3.0 + filling.volumes_m3[:, 0] / 16.0
    settled = level[filling.times_s >= 900]
    assert np.ptp(settled) < 5e-3
    assert settled[-1] == pytest.approx(4.0 + float(result.depth_m[0, 0]), abs=2e-3)
    assert abs(result.summary.system_error) < 1e-9


def test_water_that_stands_above_the_sill_goes_back_and_the_rest_stays():
    room = Room("yard", 3.0, 6.0, 100.0 * 3.0)
    process = below(ramp(4.0, 4.0), rooms=(room,))
    setup = FloodSetup(Surface(street()), RunOutput(3600), (process,))
    empty = simulate(replace(setup, output=RunOutput(1.0, keep_state=True)))
    rooms = empty.state.processes["UndergroundWater"] | {"volume_m3": np.array([200.0])}  # up to 5.0 m
    state = replace(empty.state, processes={"UndergroundWater": rooms})
    result = simulate(replace(setup, start=Start(state)))
    left = result.summary["underground_stored_m3"]
    assert left == pytest.approx(100.0, abs=12.0)
    assert left >= 100.0
    assert result.summary["stored_m3"] == pytest.approx(200.0 - left, rel=1e-6)
    assert result.summary["from_underground_m3"] > 0
    assert abs(result.summary.system_error) < 1e-9


def test_two_rooms_at_one_cell_share_its_water():
    openings = ramp(place=(10, 10)), ramp(place=(10, 10), room=1, id="stair")
    rain = Rain(((10.0, 30.0),))
    result = run(below(*openings, rooms=(garage(), Room("cellar", 0.0, 3.0, 500.0))), 1200, rain)
    filled = result.outcomes[UndergroundWater].rooms
    assert all(room.volume_m3 > 1 for room in filled)
    summary = result.summary
    assert summary["stored_m3"] + summary["underground_stored_m3"] == pytest.approx(summary["rain_m3"], rel=1e-6)
    assert float(np.nanmin(result.depth_m)) >= 0.0


def test_a_concourse_behind_an_entrance_fills_the_platform():
    rooms = Room("concourse", -2.0, 3.0, 1000.0), Room("platform", -8.0, -3.0, 800.0)
    result = run(below(ramp(), rooms=rooms, links=(RoomLink(0, 1, -2.0, 6.0),)), 1200, depth_m=0.3)
    filled = result.outcomes[UndergroundWater].rooms
    assert filled[1].volume_m3 > filled[0].volume_m3 > 0
    assert abs(result.summary.system_error) < 1e-9


def test_an_opening_outside_the_terrain_or_far_inside_a_building_takes_nothing_and_is_reported():
    buildings = np.zeros((SIDE, SIDE), np.int32)
    buildings[4:26, 4:26] = 1
    surface = Surface(street(), buildings=buildings, buildings_as="wall")
    process = below(
        ramp(place=(-20, 3), id="away"), ramp(place=(15, 15), id="inside"), ramp(0.5, place=(2, 2), id="deep"),
        rooms=(garage(), Room("alone", 0.0, 1.0, 5.0)),
    )  # fmt: skip
    texts = list(process.warnings(surface))
    assert [word for word in ("1 rooms below ground (alone)", "2 openings", "away, inside", "1 openings", "deep")
            if not any(word in text for text in texts)] == []  # fmt: skip
    result = run(process, 60, depth_m=0.3, surface=surface)
    assert [flow.used for flow in result.outcomes[UndergroundWater].openings] == [False, False, True]
    assert [flow.in_m3 > 0 for flow in result.outcomes[UndergroundWater].openings] == [False, False, True]


def test_a_sill_below_the_ground_counts_from_the_ground():
    """Water falls over the edge of the street: its depth is the head."""
    deep, even = (run(below(ramp(sill, 2.0)), 300, depth_m=0.2).summary["to_underground_m3"] for sill in (2.5, 4.0))
    assert deep == even > 0


@pytest.mark.parametrize("buildings_as", ["raise", "wall"])
def test_a_wide_opening_takes_its_water_along_the_wall(buildings_as):
    buildings = np.zeros((SIDE, SIDE), np.int32)
    buildings[:10] = 1
    surface = Surface(street(), buildings=buildings, buildings_as=buildings_as)
    x, y = WEST + 15 * CELL_M, NORTH - 10 * CELL_M
    gate = RoomOpening("gate", 0, x, y, 4.0, 12.0, "ramp")
    process = below(gate)
    from twin_plugin.core.flood.processes.underground import free_cells

    [(rows, columns)] = process.places(free_cells(surface), CELL_M)
    assert rows.tolist() == [10] * 6
    assert sorted(columns.tolist()) == [12, 13, 14, 15, 16, 17]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_run_in_two_halves_is_one_run(scheme):
    """A room that fills above its sill and gives back, and a gate that closes in the first half."""
    rooms = Room("yard", 3.0, 6.0, 60.0), Room("garage", 0.0, 3.5, 300.0)
    gate = Barrier(1, math.inf, closes_s=60.0)
    process = below(ramp(4.0, 2.0), ramp(3.9, 3.0, (20, 20), 1, "gate"), rooms=rooms, barriers=(gate,))
    depth = InitialWater(np.tile(np.linspace(0.0, 0.5, SIDE, dtype=np.float32), (SIDE, 1)))

    def flood(duration_s: float, start: Start | None = None):
        output = RunOutput(duration_s, 50.0, keep_state=True)
        numerics = Numerics(scheme, threads=1)
        given = InitialWater() if start else depth
        return simulate(FloodSetup(Surface(street()), output, (process,), given, numerics, start))

    whole, first = flood(400.0), flood(150.0)
    second = flood(250.0, Start(first.state, goes_on=True))
    assert second.notes == ()
    np.testing.assert_array_equal(second.depth_m, whole.depth_m)
    states = [result.state.processes["UndergroundWater"] for result in (whole, second)]
    assert states[0]["closed"].tolist() == [True]
    for name, values in states[0].items():
        np.testing.assert_array_equal(states[1][name], values)
    assert repr(second.outcomes[UndergroundWater].rooms) == repr(whole.outcomes[UndergroundWater].rooms)
    assert abs(second.summary.system_error) < 1e-12
    other = replace(process, rooms=(rooms[0], Room("other", 0.0, 3.5, 300.0)))
    with pytest.raises(InputError, match="other rooms below ground"):
        simulate(FloodSetup(Surface(street()), RunOutput(60.0), (other,), start=Start(first.state)))


def test_without_rooms_nothing_changes():
    setup = FloodSetup(Surface(street()), RunOutput(300, 300), (Rain(((5.0, 20.0),)),))
    plain, empty = simulate(setup), run(UndergroundWater(), 300, Rain(((5.0, 20.0),)))
    np.testing.assert_array_equal(plain.depth_m, empty.depth_m)
    assert UndergroundWater not in {**plain.outcomes, **empty.outcomes}
    assert plain.summary["to_underground_m3"] == 0.0


def test_the_first_look_on_wide_cells_takes_the_rooms_along():
    setup = FloodSetup(
        Surface(street()),
        RunOutput(60, 60),
        (below(ramp()),),
        InitialWater(np.full((SIDE, SIDE), 0.3, np.float32)),
        Numerics("auto", threads=1),
    )
    assert simulate(setup).summary["to_underground_m3"] > 0


def test_parts_that_do_not_fit_together_are_refused():
    with pytest.raises(InputError, match="room that does not exist"):
        below(ramp(room=3))
    with pytest.raises(InputError, match="passage"):
        below(ramp(), links=(RoomLink(0, 4, 0.0, 1.0),))
    with pytest.raises(InputError, match="barrier"):
        below(ramp(), barriers=(Barrier(4, 5.0),))
    elsewhere = UndergroundWater((garage(),), (ramp(),), west=0.0, north=0.0)
    with pytest.raises(InputError, match="placed on the terrain"):
        FloodSetup(Surface(street()), RunOutput(60), (elsewhere,))
