"""What the ground takes, against worked losses, closed forms and integrals."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("numba")

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.ground.combination import GroundNumbers, combine
from twin_plugin.core.flood.ground.ground_infiltration import GroundClass, GroundInfiltration
from twin_plugin.core.flood.ground.methods import Antecedent, CurveNumber, GreenAmpt, Horton, Method, curve_number
from twin_plugin.core.flood.ground.tables import LandCover, Soil, read_land_covers, read_soils
from twin_plugin.core.flood.look import coarser
from twin_plugin.core.flood.processes.rain import Rain
from twin_plugin.core.flood.result import FloodResult
from twin_plugin.core.flood.schemes.scheme import Numerics
from twin_plugin.core.flood.setup import FloodSetup, InitialWater, RunOutput
from twin_plugin.core.flood.solver import SCHEMES, simulate
from twin_plugin.core.flood.surface import Surface

TABLES = Path(__file__).parents[4] / "twin_plugin" / "resources" / "tables"
FLAT = Grid(np.zeros((6, 8), np.float32), 0.0, 0.0, 2.0)
WIDE = Grid(np.zeros((3, 3), np.float32), 0.0, 0.0, 200.0)
"""So that steps are long where water stands for days."""
LOAM = GreenAmpt(3.4, 88.9, 0.3)


def run(loss, steps=(), minutes=60.0, *, pervious=1.0, water_m=0.0, bed=FLAT, step_s=60.0, **numerics) -> FloodResult:
    """One class of ground on closed terrain."""
    ground = GroundInfiltration((GroundClass("soil", loss, pervious),), np.zeros(bed.values.shape, np.int32))
    processes = (Rain(steps), ground) if steps else (ground,)
    depth = np.full(bed.values.shape, water_m, np.float32) if water_m else None
    numerics.setdefault("max_step_s", 10.0)
    output = RunOutput(60.0 * minutes, step_s)
    return simulate(FloodSetup(Surface(bed), output, processes, InitialWater(depth), Numerics(**numerics)))


def taken_mm(result: FloodResult, bed=FLAT) -> float:
    """What the ground took, in mm over the area."""
    return 1000.0 * result.summary.infiltration_m3 / (bed.values.size * bed.cell_m**2)


def front_mm(seconds: float, loss: GreenAmpt, head_mm: float = 0.0) -> float:
    """Cumulative depth under ponding from the implicit closed form, by bisection."""
    drive = (loss.suction_mm + head_mm) * loss.deficit
    low, high = 0.0, 1e5
    for _ in range(200):
        middle = 0.5 * (low + high)
        due = middle - drive * math.log1p(middle / drive)
        low, high = (middle, high) if due < loss.conductivity_mm_h * seconds / 3600.0 else (low, middle)
    return low


@pytest.mark.parametrize(("rain_mm", "number", "runoff_mm"), [(100, 98, 94.038), (100, 80, 50.539), (150, 70, 69.353)])
def test_the_runoff_curve_leaves_the_worked_depths(rain_mm, number, runoff_mm):
    result = run(CurveNumber(number), [(30, 0.4 * rain_mm), (60, 0.6 * rain_mm)], 60)
    assert rain_mm - taken_mm(result) == pytest.approx(runoff_mm, abs=1e-3)
    assert float(result.depth_m.mean()) == pytest.approx(runoff_mm / 1000, abs=1e-6)
    assert abs(result.summary.mass_error) < 1e-6


def test_horton_takes_the_integral_of_its_capacity_where_water_stands():
    loss = Horton(76.0, 13.0, 4.14)
    result = run(loss, water_m=0.5, minutes=60)
    integral_mm = 13.0 + (76.0 - 13.0) / 4.14 * (1 - math.exp(-4.14))
    assert taken_mm(result) == pytest.approx(integral_mm, rel=1e-6)


def test_horton_under_light_rain_falls_only_with_what_was_taken():
    """20 mm/h for an hour are all taken; the capacity then is where its integral is 20 mm."""
    loss = Horton(76.0, 13.0, 4.14)
    result = run(loss, [(60, 20.0), (120, 60.0)], minutes=120)
    low, high = 0.0, 10.0
    for _ in range(100):
        middle = 0.5 * (low + high)
        due = 13.0 * middle + 63.0 / 4.14 * (1 - math.exp(-4.14 * middle))
        low, high = (middle, high) if due < 20.0 else (low, middle)
    after = 13.0 + 63.0 / 4.14 * (math.exp(-4.14 * low) - math.exp(-4.14 * (low + 1.0)))
    assert taken_mm(result) == pytest.approx(20.0 + after, rel=2e-4)


def test_green_ampt_ponds_when_the_closed_form_says_and_takes_the_implicit_depth():
    """Mein and Larson: water stands after F = K S / (i - K); then the implicit form. The head of the water is small."""
    rate, soil = 30.0, GreenAmpt(3.4, 88.9, 0.3)
    ponding_mm = 3.4 * 88.9 * 0.3 / (rate - 3.4)
    ponding_min = 60.0 * ponding_mm / rate
    early = run(soil, [(60, rate)], minutes=0.98 * ponding_min, max_step_s=1.0)
    assert float(early.depth_m.max()) < 1e-7
    late = run(soil, [(60, rate)], minutes=1.05 * ponding_min, max_step_s=1.0)
    assert float(late.depth_m.min()) > 1e-6

    hour = run(soil, [(60, rate)], minutes=60, max_step_s=1.0)
    taken, water, drive = ponding_mm, 0.0, 88.9
    for _ in range(200_000):  # Euler's steps of the same law, with the head of the water on the ground
        dt_h = (1.0 - ponding_min / 60.0) / 200_000
        entered = 3.4 * (1.0 + (drive + water) * 0.3 / taken) * dt_h
        taken, water = taken + entered, water + rate * dt_h - entered
    assert taken_mm(hour) == pytest.approx(taken, rel=2e-4)
    start_s = 3600.0 * (ponding_mm - 26.67 * math.log1p(ponding_mm / 26.67)) / 3.4
    implicit_mm = front_mm(3600.0 - 60.0 * ponding_min + start_s, soil)
    assert implicit_mm < taken_mm(hour) < 1.05 * implicit_mm


def test_green_ampt_under_standing_water_takes_the_implicit_depth():
    soil = GreenAmpt(0.3, 316.3, 0.2)
    result = run(soil, water_m=1.0, minutes=60)
    assert taken_mm(result) == pytest.approx(front_mm(3600, soil, 1000.0 - 0.5 * taken_mm(result)), rel=2e-3)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_account_closes_on_a_slope_and_its_parts_add_up(scheme):
    column = np.linspace(0.0, 1.0, 20, dtype=np.float32)
    bed = Grid(np.tile(column, (12, 1)), 0.0, 0.0, 2.0)
    cells = np.zeros((12, 20), np.int32)
    cells[6:], cells[0] = 1, -1
    ground = GroundInfiltration(
        (GroundClass("loam", LOAM, 0.7), GroundClass("clay", GreenAmpt(0.3, 316.3, 0.2))), cells
    )
    output, rows = RunOutput(1800, 600), []
    setup = FloodSetup(Surface(bed), output, (Rain([(20, 30)]), ground), numerics=Numerics(scheme))
    result = simulate(setup, on_frame=lambda frame: rows.append(frame.account_m3))
    assert abs(result.summary.mass_error) < 1e-6
    parts = [rows[-1][f"infiltration_{name}_m3"] for name in ("loam", "clay")]
    assert sum(parts) == pytest.approx(result.summary.infiltration_m3, rel=1e-12)
    assert min(parts) > 0
    depth_mm = result.outcomes[GroundInfiltration]
    assert not depth_mm[0].any()
    assert depth_mm.sum(dtype=float) * 4e-3 == pytest.approx(result.summary.infiltration_m3, rel=1e-5)


def test_an_impervious_share_takes_none_and_buildings_neither():
    half = run(Horton(40.0, 40.0, 1.0), water_m=0.5, pervious=0.5)
    assert taken_mm(half) == pytest.approx(20.0, rel=1e-6)
    labels = np.zeros(FLAT.values.shape, np.int32)
    labels[2:4, 2:5] = 1
    ground = GroundInfiltration((GroundClass("soil", LOAM),), np.zeros(FLAT.values.shape, np.int32))
    setup = FloodSetup(Surface(FLAT, buildings=labels), RunOutput(600), (Rain([(10, 2)]), ground))
    assert not simulate(setup).outcomes[GroundInfiltration][labels > 0].any()


@pytest.mark.parametrize("loss", [LOAM, Horton(76.0, 13.0, 4.14, 1.0), CurveNumber(80, 1.0)])
def test_dry_days_give_the_ground_its_capacity_back(loss):
    """Two storms: the second loses more after ten dry days than after one dry hour, and never more than the first."""
    storm = (60.0, 40.0)

    def lost(pause_min: float) -> float:
        rain = [storm, (60 + pause_min, 0.0), (120 + pause_min, 40.0)]
        both = run(loss, rain, minutes=120 + pause_min, bed=WIDE, max_step_s=300.0, step_s=1e6)
        return taken_mm(both, WIDE)

    once = run(loss, [storm], minutes=60, bed=WIDE, step_s=1e6)
    first = taken_mm(once, WIDE)
    soon, late = lost(60.0), lost(14400.0)
    assert soon < late
    assert first < late


def test_threads_and_turning_change_no_bit():
    rng = np.random.default_rng(3)
    bed = Grid(rng.random((40, 60)).astype(np.float32), 0.0, 0.0, 2.0)
    whole = run(LOAM, [(10, 20)], 15, bed=bed)
    turned = run(LOAM, [(10, 20)], 15, bed=Grid(np.ascontiguousarray(bed.values[::-1].T), 0.0, 0.0, 2.0), threads=2)
    np.testing.assert_array_equal(np.ascontiguousarray(whole.depth_m[::-1].T), turned.depth_m)


def test_moisture_changes_the_curve_number_as_the_handbook_has_it():
    assert curve_number(80, Antecedent.DRY) == pytest.approx(62.69, abs=0.01)
    assert curve_number(80, Antecedent.WET) == pytest.approx(90.20, abs=0.01)
    assert curve_number(80, Antecedent.AVERAGE) == 80


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: GreenAmpt(0.0, 88.9, 0.3), "above 0 mm/h"),
        (lambda: GreenAmpt(3.4, 88.9, 30.0), "share of its volume"),
        (lambda: Horton(10.0, 20.0, 4.0), "falls from"),
        (lambda: CurveNumber(120), "at most 100"),
        (lambda: GroundClass("soil", LOAM, 60.0), "from 0 to 1"),
    ],
)
def test_numbers_that_no_ground_has_are_refused(make, word):
    with pytest.raises(InputError, match=word):
        make()


def test_the_storage_of_a_curve_number_fills_again_linearly():
    """40 mm on CN 80 lose 28.5 mm of S = 63.5; a day of seven gives 9.07 mm back; the second storm has S = 44.1."""

    def lost(storage: float) -> float:
        return 0.2 * storage + storage * (40 - 0.2 * storage) / (40 + 0.8 * storage)

    first = lost(63.5)
    second = lost(63.5 - first + 63.5 / 7)
    rain = [(60, 40.0), (1500, 0.0), (1560, 40.0)]
    result = run(CurveNumber(80, 7.0), rain, 1560, bed=WIDE, max_step_s=60.0, step_s=1e6)
    assert taken_mm(result, WIDE) == pytest.approx(first + second, abs=0.05)


def test_layers_of_ground_become_classes_with_the_numbers_of_both():
    """Green-Ampt takes the soil and the impervious share of the cover, scs the cover's number for the soil's group."""
    loam, clay = Soil("loam", 3.4, 88.9, 0.434, "B"), Soil("sandy clay", 0.6, 239.0, 0.321, "D")
    park = LandCover("lawn", 0.1, {"A": 39, "B": 61, "C": 74, "D": 80}, (114.3, 15.2, 6.48))
    soil_cells, cover_cells = np.array([[0, 1], [0, 1]], np.int32), np.array([[0, 0], [1, 1]], np.int32)
    numbers = GroundNumbers(empty_share=0.5, impervious=0.4, number=90.0, antecedent=Antecedent.WET)
    given = ([loam, clay], soil_cells, [park, None], cover_cells, numbers)
    wet = combine(Method.GREEN_AMPT, *given)
    corner = [wet.classes[place] for place in wet.cells.ravel()]
    assert [each.part for each in corner] == ["loam", "sandy_clay", "loam", "sandy_clay"]
    assert [round(each.pervious, 9) for each in corner] == [0.9, 0.9, 0.6, 0.6]
    assert corner[0].loss == GreenAmpt(3.4, 88.9, 0.217)
    curves = combine(Method.CURVE_NUMBER, *given)
    found = [curves.classes[place] for place in curves.cells.ravel()]
    assert [each.pervious for each in found] == [1, 1, 1, 1]
    assert found[0].loss.number == pytest.approx(curve_number(61, Antecedent.WET))
    assert found[1].loss.number == pytest.approx(curve_number(80, Antecedent.WET))
    assert found[2].loss.number == pytest.approx(curve_number(90, Antecedent.WET))
    assert combine(Method.HORTON, *given).classes[0].loss == Horton(114.3, 15.2, 6.48, 7.0)


def test_the_tables_have_what_their_sources_say():
    soils = read_soils(TABLES / "soils.csv")
    assert soils.named("Sandy_Loam") == Soil("sandy loam", 10.9, 110.1, 0.412, "A")
    assert soils.named("粘土") is soils.coded(1) is soils.named("clay")
    assert soils.named("peat") is None
    assert (soils.rows[0].conductivity_mm_h, soils.rows[-1].conductivity_mm_h) == (117.8, 0.3)
    covers = read_land_covers(TABLES / "land_cover.csv")
    assert covers.named("草坪").curve_numbers == {"A": 39, "B": 61, "C": 74, "D": 80}
    assert covers.coded(50).impervious == 0.65
    for cover in covers.rows:
        numbers = list(cover.curve_numbers.values())
        assert numbers == sorted(numbers)
        assert 0 <= cover.horton[1] <= cover.horton[0]


def test_wider_cells_have_the_class_that_most_of_them_have():
    cells = np.zeros((4, 6), np.int32)
    cells[:2, :2] = 1
    cells[2:, 2:4] = [[1, 1], [1, 0]]
    ground = GroundInfiltration((GroundClass("loam", LOAM), GroundClass("clay", GreenAmpt(0.3, 316.3, 0.2))), cells)
    setup = FloodSetup(Surface(Grid(np.zeros((4, 6), np.float32), 0.0, 0.0, 2.0)), RunOutput(60.0), (ground,))
    wide = coarser(setup, 2).process(GroundInfiltration)
    np.testing.assert_array_equal(wide.cells, [[1, 0, 0], [0, 1, 0]])
    assert wide.classes == ground.classes


def test_many_soils_share_the_last_part_of_the_account():
    classes = tuple(GroundClass(f"soil_{number}", GreenAmpt(1.0 + number, 88.9, 0.3)) for number in range(25))
    cells = np.arange(48, dtype=np.int32).reshape(6, 8) % 25
    ground, rows = GroundInfiltration(classes, cells), []
    setup = FloodSetup(Surface(FLAT), RunOutput(60.0, 60.0), (Rain([(1, 5)]), ground))
    summary = simulate(setup, on_frame=lambda frame: rows.append(frame.account_m3)).summary
    parts = {name: volume for name, volume in rows[-1].items() if name.startswith("infiltration_soil")}
    assert len(parts) == 19
    assert rows[-1]["infiltration_others_m3"] > max(parts.values())
    assert sum(parts.values()) + rows[-1]["infiltration_others_m3"] == pytest.approx(summary.infiltration_m3)
