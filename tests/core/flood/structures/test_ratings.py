"""Rating curves of structures against published values, closed forms and other computations."""

from __future__ import annotations

import math

import numpy as np
import pytest

pytest.importorskip("numba")

from twin_plugin.core.flood.structures import culvert_kernels as culverts
from twin_plugin.core.flood.structures import opening_kernels as openings
from twin_plugin.core.flood.structures.flow_states import DROWNED, FREE, FULL, INLET, OUTLET, OVERTOPPED, PRESSURE

G = 9.81


def test_weir_is_its_formula_and_drowns_as_villemonte_measured():
    """Villemonte (1947): at submergences of 0.25, 0.5, 0.75 and 0.9 the share of the free flow, by hand."""
    free, state = openings.weir(11.0, 9.0, 10.0, 4.0, 1.7)
    assert (free, state) == (pytest.approx(6.8), FREE)
    for share, factor in ((0.25, 0.9499), (0.5, 0.8454), (0.75, 0.6679), (0.9, 0.4770)):
        flow, state = openings.weir(11.0, 10.0 + share, 10.0, 4.0, 1.7)
        assert state == DROWNED
        assert flow == pytest.approx(6.8 * factor, rel=1e-3)
    assert openings.weir(11.0, 11.0, 10.0, 4.0, 1.7)[0] == 0.0


@pytest.mark.parametrize(("up", "down"), [(0.3, -1), (0.9, -1), (2.0, -1), (2.0, 0.4), (2.0, 1.5), (0.7, 0.5)])
def test_orifice_is_the_integral_of_the_velocity_over_its_area(up, down):
    """Torricelli at 20,000 heights, a rectangle and a circle of 0.8 m."""
    z = (np.arange(20000) + 0.5) * 0.8 / 20000
    speed = np.where(z < up, np.sqrt(2 * G * np.maximum(up - np.maximum(z, down), 0.0)), 0.0)
    chord = 2 * np.sqrt(0.4**2 - (z - 0.4) ** 2)
    for width, widths in ((1.5, np.full_like(z, 1.5)), (0.0, chord)):
        flow, _ = openings.orifice(up, down, 0.0, 0.8, width, 0.6)
        assert flow == pytest.approx(0.6 * (speed * widths).sum() * 0.8 / 20000, rel=2e-3)


def test_drowned_orifice_is_torricelli():
    flow, state = openings.orifice(3.0, 2.0, 0.0, 0.5, 0.0, 0.6)
    assert state == DROWNED
    assert flow == pytest.approx(0.6 * math.pi * 0.25**2 * math.sqrt(2 * G), rel=1e-6)


@pytest.mark.parametrize(("ratio", "coefficient"), [(2, 0.49825), (4, 0.53497), (8, 0.56084), (16, 0.57989)])
def test_free_gate_is_near_the_theory_of_its_contraction(ratio, coefficient):
    """Swamee's Cd by hand; Cc / sqrt(1 + Cc a / y) with Cc = 0.61 (Henderson 1966, section 6.2) is 3 to 7 % more."""
    flow, state = openings.gate(0.5 * ratio, -1.0, 0.0, 0.5, 1.0, 1.0)
    assert state == PRESSURE
    assert flow / (0.5 * math.sqrt(2 * G * 0.5 * ratio)) == pytest.approx(coefficient, rel=1e-3)
    assert coefficient == pytest.approx(0.61 / math.sqrt(1 + 0.61 / ratio), rel=0.07)


def test_a_gate_has_no_jump_where_it_touches_the_water_and_none_where_it_drowns():
    heads = np.linspace(0.4, 1.2, 400)
    flows = np.array([openings.gate(h, -1.0, 0.0, 0.5, 1.0, 1.0)[0] for h in heads])
    assert np.abs(np.diff(flows)).max() < 0.02 * flows.max()
    tails = np.linspace(0.0, 1.999, 2000)
    flows = np.array([openings.gate(2.0, t, 0.0, 0.5, 1.0, 1.0)[0] for t in tails])
    assert (np.diff(flows) <= 1e-12).all()
    assert flows[-1] < 0.05 * flows[0]


def test_an_opening_is_critical_or_follows_the_levels():
    """Critical: Q = b sqrt(g) (2 H / 3)^1.5; D'Aubuisson: Q = C b y sqrt(2 g (H - y)); they meet at y = 2/3 H."""
    free, state = openings.opening(1.5, 0.2, 0.0, 6.0, 1.0)
    assert (free, state) == (pytest.approx(6 * math.sqrt(G) * 1.0**1.5, rel=1e-6), FREE)
    held, state = openings.opening(1.5, 1.4, 0.0, 6.0, 0.9)
    assert (held, state) == (pytest.approx(0.9 * 6 * 1.4 * math.sqrt(2 * G * 0.1), rel=1e-9), DROWNED)
    assert openings.opening(1.5, 1.0 + 1e-9, 0.0, 6.0, 1.0)[0] == pytest.approx(free, rel=1e-6)


def test_bridge_rating_is_free_under_pressure_and_over_the_deck():
    """Bed 0, soffit 3, deck 4 m, opening 10 m, deck 30 m; each part from its formula by hand."""
    numbers = (0.0, 3.0, 4.0, 10.0, 30.0, 0.9, 0.5, 0.8, 1.45)
    free, state = openings.bridge(2.0, 0.5, *numbers)
    assert (free, state) == (pytest.approx(0.9 * 10 * 1.70496 * 2**1.5, rel=1e-4), FREE)
    sluice, state = openings.bridge(3.8, 1.0, *numbers)
    assert (sluice, state) == (pytest.approx(0.5 * 30 * math.sqrt(2 * G * 2.3), rel=1e-9), PRESSURE)
    full, state = openings.bridge(3.8, 3.5, *numbers)
    assert (full, state) == (pytest.approx(0.8 * 30 * math.sqrt(2 * G * 0.3), rel=1e-9), DROWNED)
    both, state = openings.bridge(4.5, 3.5, *numbers)
    under = min(0.5 * 30 * math.sqrt(2 * G * 3.0), 0.8 * 30 * math.sqrt(2 * G))
    assert (both, state) == (pytest.approx(under + 1.45 * 30 * 0.5**1.5, rel=1e-9), OVERTOPPED)


def inlet(name, structure_tables):
    found = structure_tables.inlets[name]
    return found, (found.form, found.k, found.m, found.c, found.y)


def test_box_culvert_of_the_design_example_of_hds_5(structure_tables):
    """FHWA HDS-5, chapter III, example problem 4 (SI): box of 2.134 m, 60.96 m at 5 %, square edges, invert 30.48 m.

    The headwaters were read from a nomograph, to about 2 %.
    """
    found, constants = inlet("90 wingwall", structure_tables)
    fall = found.slope_factor * 0.05
    table = culverts.inlet_table(2.134, 2.134, *constants, fall)
    tails = {11.327: 0.793, 16.990: 0.945, 19.822: 1.05, 22.654: 1.158}
    for flow, level in ((11.327, 32.96), (16.990, 33.93), (19.822, 34.71), (22.654, 35.52)):
        head = culverts.inlet_head(flow, 2.134, 2.134, *constants, fall)
        assert 30.48 + head == pytest.approx(level, abs=0.05 * head)
        most = culverts.inlet_flow(head, *table, 2.134, 2.134, found.c, found.y, fall)
        assert most == pytest.approx(flow, rel=1e-3)
        got, state = culverts.culvert(head, tails[flow], most, 2.134, 2.134, 60.96, 0.05, 0.012, 0.5)
        assert (got, state) == (pytest.approx(flow, rel=1e-3), INLET)


@pytest.mark.parametrize("name", ["square edge", "groove", "metal projecting", "bevel 33.7"])
def test_inlet_control_of_circles_is_the_equations_of_hds_5(name, structure_tables):
    """Unsubmerged and submerged by hand (critical depth by another way), and one to one in between."""
    found, constants = inlet(name, structure_tables)
    rise, area = 1.2, math.pi * 0.36
    table = culverts.inlet_table(rise, 0.0, *constants, -0.005)
    last = 0.0
    for x in np.linspace(0.2, 8.0, 60):
        flow = x * area * math.sqrt(rise) / 1.811
        head = culverts.inlet_head(flow, rise, 0.0, *constants, -0.005)
        assert head >= last
        last = head
        back = culverts.inlet_flow(head, *table, rise, 0.0, found.c, found.y, -0.005)
        assert back == pytest.approx(flow, rel=2e-3)
        if x >= 4.0:
            assert head / rise == pytest.approx(found.c * x**2 + found.y - 0.005, rel=1e-9)
        elif x <= 3.5:
            energy = critical_head(flow, rise)  # below which no headwater is
            by_hand = max(energy + rise * (found.k * x**found.m - 0.005), energy)
            assert head == pytest.approx(by_hand, rel=2e-3)


def critical_head(flow, rise):
    """Specific energy at critical depth, the least of all energies at this discharge (found by trying depths)."""
    y = np.linspace(0.001, 0.9999, 200001) * rise
    half = np.arccos(1 - 2 * y / rise)
    area = rise**2 / 4 * (half - np.sin(2 * half) / 2)
    return float((y + (flow / area) ** 2 / (2 * G)).min())


def test_full_barrel_is_the_closed_form_of_hds_5():
    """H = (1 + ke + 19.63 n² L / R^(4/3)) V² / 2 g, equation 5 of HDS-5, both ends under water."""
    for rise, width, flow in ((1.2, 0.0, 2.0), (1.5, 2.0, 6.0)):
        area = math.pi * rise**2 / 4 if width == 0 else rise * width
        radius = rise / 4 if width == 0 else area / (2 * (rise + width))
        head = (1 + 0.5 + 19.63 * 0.013**2 * 50 / radius ** (4 / 3)) * (flow / area) ** 2 / (2 * G)
        got, full = culverts.outlet_head(flow, rise + 0.7, rise, width, 50.0, 0.004, 0.013, 0.5)
        assert full
        assert got == pytest.approx(rise + 0.7 + head - 50 * 0.004, abs=0.002 * head)
        turned, state = culverts.culvert(got, rise + 0.7, 100.0, rise, width, 50.0, 0.004, 0.013, 0.5)
        assert (turned, state) == (pytest.approx(flow, rel=1e-4), FULL)


@pytest.mark.parametrize(("flow", "tail"), [(0.8, 0.0), (1.5, 0.0), (2.0, 0.0), (1.5, 1.0), (0.5, 0.9)])
@pytest.mark.parametrize(("rise", "width"), [(1.5, 0.0), (1.2, 1.6)])
def test_partly_full_barrel_is_the_water_surface_that_a_solver_of_equations_finds(flow, tail, rise, width):
    """dy/dx = (Sf - S) / (1 - Fr²) upstream from the outlet, by scipy with a fine step; then the entrance loss."""
    integrate = pytest.importorskip("scipy.integrate")
    slope, n, length, loss = 0.001, 0.015, 40.0, 0.5

    def shape(y):
        if width:
            return width * y, width + 2 * y, width
        half = math.acos(1 - 2 * min(y, 0.999999 * rise) / rise)
        return rise**2 / 4 * (half - math.sin(2 * half) / 2), rise * half, rise * math.sin(half)

    def steepness(_, depth):
        area, perimeter, top = shape(depth[0])
        friction = (n * flow / area) ** 2 / (area / perimeter) ** (4 / 3)
        return [(friction - slope) / (1 - flow**2 * top / (G * area**3))]

    critical = culverts.critical_depth(flow, rise, width)
    start = max(tail, critical * 1.0005)
    solved = integrate.solve_ivp(steepness, (0, length), [start], rtol=1e-9, atol=1e-10, method="LSODA", max_step=0.02)
    depth = solved.y[0, -1]
    assert depth < rise
    area, _, _ = shape(depth)
    expected = depth + (1 + loss) * (flow / area) ** 2 / (2 * G)
    got, full = culverts.outlet_head(flow, tail, rise, width, length, slope, n, loss)
    assert not full
    assert got == pytest.approx(expected, rel=0.005)
    turned, state = culverts.culvert(expected, tail, 100.0, rise, width, length, slope, n, loss)
    assert (turned, state) == (pytest.approx(flow, rel=0.01), OUTLET)
