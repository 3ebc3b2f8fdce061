"""A flood run as the input of LISFLOOD-FP: its parameter file, edges, sources and rain as text, its grids as arrays.

References
----------
LISFLOOD-FP user manual, code release 5.9.6 (Bates, Trigg, Neal, Dabrowa 2013), sections 5.1 and 5.2; checked with code
release 8.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from ..common.errors import InputError
from ..common.grid import FloatArray, Grid
from ..common.messages import Message
from .constants import MM_H, ROUGHNESS, SHOCK_CAPTURING
from .processes.boundaries import SIDES, Boundaries, Boundary, BoundaryKind, MovingLevel
from .processes.drainage import Drainage
from .processes.infiltration import Infiltration
from .processes.inflows import Inflow, Inflows
from .processes.rain import Rain
from .processes.roofs import Roofs
from .schemes.edge_kernels import FLAT_SLOPE
from .setup import FloodSetup
from .surface import POROSITY
from .terrain import SolverTerrain, prepare

DEM, MANNING, START = "terrain.dem.ascii", "roughness.n.ascii", "start.wd"
PARAMETERS, EDGES, SOURCES, RAIN = "model.par", "edges.bci", "sources.bdy", "storm.rain"
ROOT, RESULTS = "res", "results"
MOST_SOURCES = 20_000
"""LISFLOOD-FP has room for no more point sources."""
RAMP_S = 0.02
"""Rain is linear between its points there: a step becomes a ramp so long, with the same depth."""
THETA, CFL, LONGEST_STEP_S = 0.8, 0.6, 10.0
"""Those of the local inertial scheme here."""
WET_M = 0.001
"""The depth above which LISFLOOD-FP lets water flow; its own default."""
CARRIED = (Rain, Roofs, Inflows, Boundaries, Infiltration, Drainage)
LETTERS = {"north": "N", "east": "E", "south": "S", "west": "W"}


@dataclass(frozen=True)
class LisfloodModel:
    """The files of a model.

    Attributes
    ----------
    place : Grid
        The cells of the grids: those of the run without rows and columns at its edges that have no data, since
        LISFLOOD-FP has its edges where the grid ends. Its values are the terrain with its buildings; NaN is no data.
    grids : dict of str to array, shape (rows, columns)
        By name of the file; NaN is no data.
    texts : dict of str to str
    notes : list of Message
        What LISFLOOD-FP computes in another way, or cannot.
    """

    place: Grid
    grids: dict[str, FloatArray] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    notes: list[Message] = field(default_factory=list)


def lisflood_model(setup: FloodSetup) -> LisfloodModel:
    """The model of a run.

    Raises
    ------
    InputError
        When its inflows enter more cells than LISFLOOD-FP has room for, or buildings are porous.
    """
    if setup.surface.buildings_as == POROSITY:
        raise InputError("LISFLOOD-FP knows no porous buildings: choose raise or wall in BUILDINGS_AS.")
    terrain, (rows, columns) = prepare(setup.surface), _data(setup.surface.bed)
    whole = np.where(terrain.wet, terrain.layout.view(terrain.bed_m).astype(np.float64) + terrain.base_m, np.nan)
    own, bed = setup.surface.bed, whole[rows, columns]
    west, north = own.west + columns.start * own.cell_m, own.north - rows.start * own.cell_m
    model = LisfloodModel(Grid(bed, west, north, own.cell_m, own.crs), {DEM: bed}, {}, list(_notes(setup, terrain)))
    _slope_outwards(setup, model)
    roughness = np.asarray(setup.surface.roughness, np.float64)
    if roughness.ndim:
        known = np.where(np.isfinite(roughness), roughness, ROUGHNESS)
        model.grids[MANNING] = np.where(np.isfinite(bed), known[rows, columns], np.nan)
    edges = list(_edge_lines(setup, model))
    sources, hydrographs = _sources(setup, terrain)
    if edges or sources:
        model.texts[EDGES] = "\n".join([*edges, *sources]) + "\n"
    hydrographs += _tides(setup)
    if hydrographs:
        model.texts[SOURCES] = "\n".join(["# discharge in m2/s or level in m, and time", *hydrographs]) + "\n"
    if setup.process(Rain).steps:
        model.texts[RAIN] = _rain_text(setup)
    start = _start(setup, whole)
    if start is not None:
        model.grids[START] = start[rows, columns]
    model.texts[PARAMETERS] = _parameters(setup, model, float(roughness) if not roughness.ndim else ROUGHNESS)
    return model


def _data(bed: Grid) -> tuple[slice, slice]:
    """The rows and the columns from the first to the last one with data."""
    known = np.isfinite(bed.values)
    found = (np.flatnonzero(known.any(axis)) for axis in (1, 0))
    rows, columns = (slice(int(there[0]), int(there[-1]) + 1) for there in found)
    return rows, columns


def _parameters(setup: FloodSetup, model: LisfloodModel, roughness: float) -> str:
    output = setup.output
    lost = setup.process(Infiltration).infiltration_mm_h + setup.process(Drainage).drain_capacity_mm_h
    lines: list[tuple[str, str]] = [
        ("DEMfile", DEM),
        ("resroot", ROOT),
        ("dirroot", RESULTS),
        ("sim_time", f"{output.duration_s:g}"),
        ("initial_tstep", f"{LONGEST_STEP_S:g}"),
        ("massint", f"{output.step_s:g}"),
        ("saveint", f"{output.step_s:g}"),
        ("fpfric", f"{roughness:g}"),
        ("depththresh", f"{WET_M:g}"),
    ]
    files = (
        ("manningfile", MANNING),
        ("startfile", START),
        ("bcifile", EDGES),
        ("bdyfile", SOURCES),
        ("rainfall", RAIN),
    )
    lines += [(key, name) for key, name in files if name in model.grids or name in model.texts]
    if lost:
        lines.append(("infiltration", f"{lost * MM_H:.9g}"))
    if setup.numerics.scheme == SHOCK_CAPTURING:
        lines += [("fv1", "")]
    else:
        lines += [("acceleration", ""), ("theta", f"{THETA:g}"), ("cfl", f"{CFL:g}")]
    head = "# written by City Twin from the inputs of a flood simulation\n"
    return head + "".join(f"{key:<16}{value}".rstrip() + "\n" for key, value in lines)


def _rain_text(setup: FloodSetup) -> str:
    """Intensities in mm/h by time in s, each step flat and with its depth; dry after the last one."""
    ends = np.array([0.0] + [60.0 * end for end, _ in setup.process(Rain).steps])
    rates = np.array([depth for _, depth in setup.process(Rain).steps]) / np.diff(ends) * 3600.0
    half = 0.5 * min(RAMP_S, 0.5 * float(np.diff(ends).min()))
    rows = [(rates[0], 0.0)]
    for number, end in enumerate(ends[1:]):
        after = rates[number + 1] if number + 1 < len(rates) else 0.0
        rows += [(rates[number], end - half), (after, end + half)]
    rows.append((0.0, max(float(ends[-1]), setup.output.duration_s) + 3600.0))
    return _series("# rain in mm/h and time", rows)


def _series(head: str, rows: list[tuple[float, float]]) -> str:
    return "\n".join([head, f"{len(rows)} seconds", *(f"{value:.9g} {at:.9g}" for value, at in rows)]) + "\n"


def _slope_outwards(setup: FloodSetup, model: LisfloodModel) -> None:
    """Let the bed fall, in place, from the outermost data of open sides to the edge of the grid, where they lie inside.

    The simulation opens the outermost cells that have data; LISFLOOD-FP opens only those of the grid.
    """
    bed, filled = model.place.values, 0
    for side, edge in setup.process(Boundaries).sides.items():
        if edge.kind is not BoundaryKind.OPEN:
            continue
        lines = {"north": bed, "south": bed[::-1], "west": bed.T, "east": bed.T[::-1]}[side]  # from outside inwards
        for line in lines.T:
            first = int(np.isfinite(line).argmax())
            if not first or np.isnan(line[first]):
                continue
            inner = line[min(first + 1, len(line) - 1)]
            fall = 0.0 if np.isnan(inner) else float(inner - line[first])
            step = max(fall, FLAT_SLOPE * model.place.cell_m)
            line[:first] = line[first] - step * np.arange(first, 0, -1)
            filled += first
    if filled:
        model.notes.append(
            Message(
                "{n:,} cells without data beyond open edges got a bed that falls outwards, so that the water leaves: "
                "LISFLOOD-FP has open edges only where the grid ends. Rain falls there too.",
                n=filled,
            )
        )


def _edge_lines(setup: FloodSetup, model: LisfloodModel) -> Iterator[str]:
    """A line for each stretch of the sides that are not closed; cells of equal slope are one."""
    grid, bed, sides = model.place, model.place.values, setup.process(Boundaries).sides
    for side in SIDES:
        edge = sides.get(side, Boundary())
        if edge.kind is BoundaryKind.CLOSED:
            continue
        lines = {"north": bed[:2], "south": bed[:-3:-1], "west": bed.T[:2], "east": bed.T[:-3:-1]}[side]
        outer, inner = lines[0], lines[-1]
        outside = int(np.isnan(outer).sum())
        if outside:
            model.notes.append(
                Message(
                    "{n} of {all} cells of the {side} edge have no data: LISFLOOD-FP has no edge further inside, so "
                    "that the water stays there.",
                    n=outside,
                    all=len(outer),
                    side=side,
                )
            )
        if edge.kind is BoundaryKind.LEVEL:
            word = f"HVAR {_tide_name(side)}" if isinstance(edge, MovingLevel) else f"HFIX {edge.level_m:.9g}"
            words = [word] * len(outer)
        else:
            fall = np.nan_to_num((inner - outer) / grid.cell_m, nan=0.0)
            words = [f"FREE {max(float(slope), FLAT_SLOPE):.4g}" for slope in fall]
        yield from _stretches(side, words, grid)


def _tide_name(side: str) -> str:
    return f"level_{side}"


def _tides(setup: FloodSetup) -> list[str]:
    """The levels over time of sides that have them."""
    lines = []
    for side, edge in setup.process(Boundaries).sides.items():
        if isinstance(edge, MovingLevel):
            rows = [f"{level:.9g} {at:.9g}" for level, at in zip(edge.levels_m, edge.times_s, strict=True)]
            lines += [_tide_name(side), f"{len(rows)} seconds", *rows]
    return lines


def _stretches(side: str, words: list[str], grid: Grid) -> Iterator[str]:
    """Cells of a side one after the other, from the west or the north, as stretches of coordinates.

    The coordinates are the edges of cells, a little aside: LISFLOOD-FP cuts quotients off, and whole ones may come out
    too small.
    """
    first = 0
    south = grid.north - grid.rows * grid.cell_m
    aside = 1e-4 * grid.cell_m
    for last in range(1, len(words) + 1):
        if last < len(words) and words[last] == words[first]:
            continue
        if side in ("north", "south"):
            ends = grid.west + first * grid.cell_m, grid.west + last * grid.cell_m
        else:
            ends = grid.north - last * grid.cell_m, grid.north - first * grid.cell_m
        low, high = (
            (south, grid.north) if side in ("east", "west") else (grid.west, grid.west + grid.columns * grid.cell_m)
        )
        # West and north count up along the coordinate, south and east down: the cut goes the other way.
        move = aside if side in ("north", "west") else -aside
        ends_text = (f"{min(max(end + move, low), high):.6f}" for end in ends)
        yield " ".join([LETTERS[side], *ends_text, words[first]])
        first = last


def _sources(setup: FloodSetup, terrain: SolverTerrain) -> tuple[list[str], list[str]]:
    """Lines of the cells that inflows enter, and the hydrographs of those that change in time."""
    grid, places, hydrographs = setup.surface.bed, [], []
    for number, inflow in enumerate(setup.process(Inflows).inflows, 1):
        there = inflow.cells & terrain.wet
        beside = there & ~terrain.roofs
        rows, columns = np.nonzero(beside if beside.any() else there)
        flows = np.asarray(inflow.flows_m3s, float) / (len(rows) * grid.cell_m)
        constant = len(flows) == 1
        word = f"QFIX {flows[0]:.9g}" if constant else f"QVAR inflow{number}"
        if not constant:
            hydrographs += [f"inflow{number}", *_hydrograph(inflow, flows)]
        for row, column in zip(rows, columns, strict=True):
            x, y = grid.west + (column + 0.5) * grid.cell_m, grid.north - (row + 0.5) * grid.cell_m
            places.append(f"P {x:.3f} {y:.3f} {word}")
    if len(places) > MOST_SOURCES:
        raise InputError(
            "The inflows enter {n:,} cells, and LISFLOOD-FP has room for {most:,}: draw smaller polygons, or choose a "
            "larger CELL_SIZE.",
            n=len(places),
            most=MOST_SOURCES,
        )
    return places, hydrographs


def _hydrograph(inflow: Inflow, flows: FloatArray) -> list[str]:
    rows = [f"{flow:.9g} {at:.9g}" for flow, at in zip(flows, inflow.times_s, strict=True)]
    return [f"{len(rows)} seconds", *rows]


def _start(setup: FloodSetup, bed: FloatArray) -> FloatArray | None:
    """Depth at the start, where there is any."""
    if setup.initial.depth_m is not None:
        return np.where(np.isfinite(bed), np.nan_to_num(setup.initial.depth_m), np.nan)
    if setup.initial.level_m is not None:
        return np.maximum(setup.initial.level_m - bed, 0.0)
    return None


def _notes(setup: FloodSetup, terrain: SolverTerrain) -> Iterator[Message]:
    """What LISFLOOD-FP computes in another way, or cannot."""
    rain_mm = sum(depth for _, depth in setup.process(Rain).steps)
    roofs = float(terrain.roof_weights.sum())
    if roofs and rain_mm:
        yield Message(
            "The rain on the roofs of walls, {volume:,.0f} m³, is left out: LISFLOOD-FP has the same rain in every "
            "cell. With BUILDINGS_AS raise it runs off the roofs.",
            volume=roofs * setup.surface.bed.cell_m**2 * rain_mm / 1000.0,
        )
    lost = setup.process(Infiltration).infiltration_mm_h + setup.process(Drainage).drain_capacity_mm_h
    if lost and terrain.roofs.any():
        yield Message(
            "LISFLOOD-FP takes the losses of {lost:g} mm/h also from the roofs of the {n:,} cells of buildings.",
            lost=lost,
            n=int(terrain.roofs.sum()),
        )
    for process in setup.processes:
        if not isinstance(process, CARRIED) and process != type(process)():
            yield Message(
                "{process} is left out: it has no counterpart in LISFLOOD-FP's files.", process=type(process).__name__
            )
