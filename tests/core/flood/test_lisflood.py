"""The model of LISFLOOD-FP: its files as its own code reads them, and the water that goes in."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.lisflood import lisflood_model
from twin_plugin.core.flood.processes.boundaries import Boundaries, Boundary, BoundaryKind, MovingLevel
from twin_plugin.core.flood.processes.drainage import Drainage
from twin_plugin.core.flood.processes.infiltration import Infiltration
from twin_plugin.core.flood.processes.inflows import Inflow, Inflows
from twin_plugin.core.flood.processes.rain import Rain
from twin_plugin.core.flood.schemes.scheme import Numerics
from twin_plugin.core.flood.setup import FloodSetup, InitialWater, RunOutput
from twin_plugin.core.flood.surface import Surface

WEST, NORTH, CELL = 493_000.0, 2_491_000.0, 4.0
BED = (20 - 0.01 * np.mgrid[0:6, 0:9][0] + 0.03 * np.mgrid[0:6, 0:9][1]).astype(np.float32)


def model(bed=BED, *processes, surface=None, **setup):
    surface = surface or Surface(Grid(bed, WEST, NORTH, CELL, "EPSG:4547"))
    return lisflood_model(FloodSetup(surface, RunOutput(3600.0, 600.0), processes, **setup))


def parameters(made):
    lines = [line.split() for line in made.texts["model.par"].splitlines() if not line.startswith("#")]
    return {line[0]: line[1] if len(line) > 1 else True for line in lines}


def series(text):
    """Values and times of a series as LISFLOOD-FP reads it: a line of comment, the number of rows, the rows."""
    lines = text.splitlines()
    count, unit = lines[1].split()
    assert unit == "seconds"
    rows = np.array([[float(word) for word in line.split()] for line in lines[2:]])
    assert len(rows) == int(count)
    assert (np.diff(rows[:, 1]) > 0).all()
    return rows[:, 0], rows[:, 1]


def edge_cells(line, rows, columns):
    """(side, cells from the west or the north) of a line, by the arithmetic of LoadBCs of release 8.1."""
    side, start, finish, *_ = line.split()
    west, south, north = WEST, NORTH - rows * CELL, NORTH
    low, high = (south, north) if side in "EW" else (west, west + columns * CELL)
    ends = [min(max(float(end), low), high) for end in (start, finish)]
    if side == "N":
        numbers = [int((end - west) / CELL) for end in ends]
    elif side == "E":
        numbers = [int(columns + (north - end) / CELL) for end in ends]
    elif side == "S":
        numbers = [int(2 * columns + rows - (end - west) / CELL) for end in ends]
    else:
        numbers = [int(2 * columns + 2 * rows - (north - end) / CELL) for end in ends]
    found = range(min(numbers), max(numbers))
    first = {"N": 0, "E": columns}.get(side)
    last = {"S": 2 * columns + rows - 1, "W": 2 * columns + 2 * rows - 1}.get(side)
    return side, sorted(number - first if first is not None else last - number for number in found)


def test_the_rain_keeps_its_depth_and_its_steps():
    steps = ((10.0, 5.0), (15.0, 20.0), (40.0, 0.0), (60.0, 6.0))
    rate, at = series(model(BED, Rain(steps)).texts["storm.rain"])
    total = (0.5 * (rate[1:] + rate[:-1]) * np.diff(at)).sum() / 3600.0
    assert total == pytest.approx(31.0, rel=1e-6)
    for middle_s, wanted in ((300, 30.0), (750, 240.0), (1500, 0.0), (3000, 18.0), (3700, 0.0), (7200, 0.0)):
        assert np.interp(middle_s, at, rate) == pytest.approx(wanted)
    assert at[-1] > 3600


def test_every_cell_of_an_open_side_has_its_slope():
    """10 cells of three slopes in the south: as many stretches, which cover each cell once."""
    bed = np.tile(np.linspace(2, 1, 6, dtype=np.float32)[:, None], (1, 9))
    bed[-1, 3:5] -= 0.4
    bed[-1, 7] += 5
    sides = {name: Boundary(BoundaryKind.OPEN) for name in ("north", "east", "south", "west")}
    lines = model(bed, Boundaries(sides)).texts["edges.bci"].splitlines()
    found = {side: [] for side in "NESW"}
    slopes = {}
    for line in lines:
        side, cells = edge_cells(line, 6, 9)
        found[side] += cells
        slopes |= {(side, cell): float(line.split()[4]) for cell in cells}
        assert line.split()[3] == "FREE"
    assert found == {"N": [*range(9)], "S": [*range(9)], "E": [*range(6)], "W": [*range(6)]}
    assert slopes["S", 0] == pytest.approx(0.2 / CELL, rel=1e-3)
    assert slopes["S", 3] == slopes["S", 4] == pytest.approx(0.6 / CELL, rel=1e-3)
    assert slopes["S", 7] == slopes["N", 4] == 0.001  # it does not fall outwards


def test_a_level_and_closed_sides():
    sides = {"east": Boundary(BoundaryKind.LEVEL, 3.25), "north": Boundary()}
    lines = model(BED, Boundaries(sides)).texts["edges.bci"].splitlines()
    assert [line.split()[0] for line in lines] == ["E"]
    assert lines[0].split()[3:] == ["HFIX", "3.25"]
    assert edge_cells(lines[0], 6, 9)[1] == [*range(6)]
    assert "edges.bci" not in model(BED).texts


def test_a_level_over_time_becomes_a_series():
    made = model(BED, Boundaries({"east": MovingLevel.of((0.0, 1800.0, 3600.0), (3.25, 4.0, 3.5))}))
    assert made.texts["edges.bci"].split()[3:] == ["HVAR", "level_east"]
    lines = made.texts["sources.bdy"].splitlines()
    assert lines[1:3] == ["level_east", "3 seconds"]
    assert [[float(number) for number in line.split()] for line in lines[3:]] == [[3.25, 0], [4, 1800], [3.5, 3600]]


def test_open_edges_inside_the_grid_fall_outwards():
    """The simulation opens the outermost data: 4 columns in the north begin a row or two further inside."""
    bed = np.full((6, 9), 5.0, np.float32)
    bed[0, :4] = bed[1, :2] = np.nan
    bed[2, 0] = 4.0
    made = model(bed, Boundaries({"north": Boundary(BoundaryKind.OPEN)}))
    found = made.grids["terrain.dem.ascii"]
    np.testing.assert_allclose(found[:3, 0], [2.0, 3.0, 4.0])  # as steep as the last cells inside
    np.testing.assert_allclose(found[:2, 1], [5 - 0.008, 5 - 0.004])  # at least 0.1 %
    np.testing.assert_allclose(found[0, 2:4], 5 - 0.004)
    np.testing.assert_allclose(found[np.isfinite(bed)], bed[np.isfinite(bed)])
    assert str(made.notes[0]).startswith("6 cells without data beyond open edges")
    lines = [edge_cells(line, 6, 9) for line in made.texts["edges.bci"].splitlines()]
    assert sorted(cell for _, cells in lines for cell in cells) == [*range(9)]


def test_a_level_without_data_at_the_edge_is_reported():
    bed = BED.copy()
    bed[0, :4] = np.nan
    made = model(bed, Boundaries({"north": Boundary(BoundaryKind.LEVEL, 20.0)}))
    assert str(made.notes[0]).startswith("4 of 9 cells of the north edge have no data")
    assert np.isnan(made.grids["terrain.dem.ascii"][0, :4]).all()


def test_rows_and_columns_without_data_are_left_out():
    """The edges then lie where the data end, as in the simulation."""
    bed = np.full((9, 14), np.nan, np.float32)
    bed[2:8, 3:12] = BED
    made = model(bed, Boundaries({side: Boundary(BoundaryKind.OPEN) for side in ("north", "south", "east", "west")}))
    assert (made.place.west, made.place.north) == (WEST + 3 * CELL, NORTH - 2 * CELL)
    np.testing.assert_allclose(made.grids["terrain.dem.ascii"], BED, atol=1e-5)
    assert not made.notes
    eastern = [line.split() for line in made.texts["edges.bci"].splitlines() if line.startswith("E")]
    assert min(float(line[1]) for line in eastern) == pytest.approx(NORTH - 8 * CELL, abs=0.01)


def test_inflows_keep_their_discharge():
    cells = np.zeros(BED.shape, bool)
    cells[2, 3:6] = True
    steady = Inflow(cells, (0.0,), (1.5,))
    tide = Inflow(cells.T[:6, :9] if cells.T.shape == cells.shape else ~cells & (BED < 20), (0.0, 900.0), (0.0, 3.0))
    made = model(BED, Inflows((steady, tide)))
    lines = [line.split() for line in made.texts["edges.bci"].splitlines()]
    fixed = [line for line in lines if line[3] == "QFIX"]
    assert [float(line[1]) for line in fixed] == [WEST + 14, WEST + 18, WEST + 22]
    assert {float(line[2]) for line in fixed} == {NORTH - 10}
    assert sum(float(line[4]) for line in fixed) * CELL == pytest.approx(1.5)
    varying = [line for line in lines if line[3] == "QVAR"]
    assert {line[4] for line in varying} == {"inflow2"}
    _, name, *rest = made.texts["sources.bdy"].splitlines()
    assert name == "inflow2"
    flow, at = series("\n".join(["#", *rest]))
    assert flow * len(varying) * CELL == pytest.approx([0.0, 3.0])
    assert at.tolist() == [0.0, 900.0]


def test_more_cells_of_inflows_than_there_is_room_for_are_refused():
    bed = np.ones((150, 150), np.float32)
    with pytest.raises(InputError, match=r"enter 22,500 cells, and LISFLOOD-FP has room for 20,000"):
        model(bed, Inflows((Inflow(np.ones(bed.shape, bool), (0.0,), (1.0,)),)))


def test_grids_have_blocks_walls_and_roughness():
    labels = np.zeros(BED.shape, np.int32)
    labels[2:4, 2:5] = 1
    rough = np.full(BED.shape, 0.05)
    raised = model(surface=Surface(Grid(BED, WEST, NORTH, CELL), rough, labels))
    np.testing.assert_allclose(raised.grids["terrain.dem.ascii"][labels == 0], BED[labels == 0], atol=1e-5)
    np.testing.assert_allclose(raised.grids["terrain.dem.ascii"][labels == 1], BED[labels == 1].max() + 5, atol=1e-5)
    assert (raised.grids["roughness.n.ascii"] == 0.05).all()
    assert not raised.notes
    surface = Surface(Grid(BED, WEST, NORTH, CELL), 0.04, labels, "wall")
    walls = lisflood_model(FloodSetup(surface, RunOutput(60.0), (Rain(((10.0, 50.0),)),)))
    assert (np.isnan(walls.grids["terrain.dem.ascii"]) == (labels == 1)).all()
    assert parameters(walls)["fpfric"] == "0.04"
    assert "roofs of walls, 5 m³, is left out" in str(walls.notes[0])  # 6 cells of 16 m², 50 mm


def test_losses_schemes_and_a_start():
    labels = np.zeros(BED.shape, np.int32)
    labels[0, 0] = 1
    surface = Surface(Grid(BED, WEST, NORTH, CELL), 0.03, labels)
    made = model(
        BED, Infiltration(10.0), Drainage(26.0), surface=surface, initial=InitialWater(level_m=19.98),
        numerics=Numerics("shockcapturing"),
    )  # fmt: skip
    settings = parameters(made)
    assert float(settings["infiltration"]) * 3600 * 1000 == pytest.approx(36.0)
    assert settings["fv1"] is True
    assert "acceleration" not in settings
    assert settings["startfile"] == "start.wd"
    np.testing.assert_allclose(made.grids["start.wd"], np.maximum(19.98 - made.grids["terrain.dem.ascii"], 0))
    assert "36 mm/h also from the roofs of the 1 cells" in str(made.notes[0])
    plain = parameters(model())
    assert (plain["acceleration"], plain["sim_time"], plain["saveint"]) == (True, "3600", "600")
    assert all(name in made.texts or name in made.grids for key, name in settings.items() if key.endswith("file"))
