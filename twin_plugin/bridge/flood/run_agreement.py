"""Whether the rasters and the RESULT that are given together are of one run: by their cells, and by their figures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np
from qgis.core import QgsMapLayer, QgsMeshLayer, QgsProcessingContext, QgsRasterLayer

from ...core.common.cells import Cells
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, silent
from ...core.flood.analysis.agreement import RunSamples, another_terrain, contradictions, moved, on_one_lattice
from ..kernel.flood_run import run_of, run_of_file
from ..kernel.raster_kinds import TERRAIN
from ..kernel.rasters import crs_text, own_cells, read_cells
from ..kernel.ugrid_reader import Result

PLACES = 20_000
"""As many cells are compared at most, evenly spread."""
MOST_CELLS = 1_000_000
"""Larger rasters are read in part."""
WET_M = 0.05
"""Depth from which the cells of a report are compared."""
RESULT = "RESULT"
KEYS = {"DEPTH_MAX": "depth", "LEVEL_MAX": "level", "ARRIVAL": "arrival"}
"""What figures are of, by the output that a raster stands for."""


def require_places(
    layers: Mapping[str, QgsRasterLayer], result: Result | None, one_run: bool, result_name: str = "RESULT"
) -> list[Message]:
    """Check that rasters and result lie where those of one run lie.

    Parameters
    ----------
    layers : mapping of str to QgsRasterLayer
        By what people know them by, such as the names of parameters.
    result : Result or None
    one_run : bool
        Whether all say that they are of one run.
    result_name : str
        What people know `result` by.

    Returns
    -------
    list of Message
        Rasters whose cells do not meet; of results that do not say of which run they are, also those elsewhere.

    Raises
    ------
    InputError
        When a raster of a run has the cells of another, but in another place.
    """
    notes: list[Message] = []
    names = list(layers)
    for name in names[1:]:
        first, other = layers[names[0]], layers[name]
        if first.crs() != other.crs():
            continue
        cells, others = own_cells(first), own_cells(other)
        if (way := moved(cells, others)) is not None:
            notes += require_agreement([_moved(name, names[0], *way)], one_run)
        elif not on_one_lattice(cells, others):
            notes.append(
                Message(
                    "{first} and {other} have not the same cells: make sure that both are of one run.",
                    first=names[0],
                    other=name,
                )
            )
    for name, layer in layers.items():
        if result is not None and result.crs == layer.crs() and (way := _off(own_cells(layer), result.cells)):
            notes += require_agreement([_moved(name, result_name, *way)], one_run)
    return notes


def compare(
    values: Mapping[str, np.ndarray],
    names: Mapping[str, str],
    cells: Cells,
    result: Result | None,
    wet_m: float,
    progress: Progress = silent,
    own: Cells | None = None,
) -> list[Message]:
    """Sentences about figures that cannot be of one run.

    Parameters
    ----------
    values : mapping of str to ndarray, shape (rows * columns,)
        Depths, levels and arrivals by the output that they stand for, on `cells`.
    names : mapping of str to str
        What people know them by, and RESULT, by output.
    cells : Cells
    result : Result or None
        Following the CRS of the cells.
    wet_m : float
    own : Cells or None
        Those of the rasters, where `cells` are some of them.
    """
    places = np.flatnonzero(known_cells(values, wet_m))
    places = places[:: math.ceil(len(places) / PLACES) or 1]
    some = {output: array[places] for output, array in values.items()}
    return compare_at(some, *cells.centres(places), names, own or cells, result, wet_m, progress)


def known_cells(values: Mapping[str, np.ndarray], wet_m: float) -> np.ndarray:
    """Where some value by output says something: a depth is wet, another is there."""
    first = next(iter(values.values()), np.empty(0))
    known = np.zeros(first.shape, np.bool_)
    for output, array in values.items():
        known |= array >= wet_m if output == "DEPTH_MAX" else np.isfinite(array)
    return known


def compare_at(
    values: Mapping[str, np.ndarray],
    x: np.ndarray,
    y: np.ndarray,
    names: Mapping[str, str],
    cells: Cells,
    result: Result | None,
    wet_m: float,
    progress: Progress = silent,
) -> list[Message]:
    """As `compare`, by values at some places; `cells` are those of the rasters."""
    samples = {f"{KEYS[output]}_{'min' if output == 'ARRIVAL' else 'm'}": array for output, array in values.items()}
    if result is not None and len(x):
        faces = result.number(x, y)
        depth, level, wet, dry = result.history(faces, wet_m, progress)
        samples |= {"bed_m": result.bed(faces), "frames_depth_m": depth, "frames_level_m": level}
        samples |= {"frames_wet_min": wet, "frames_dry_min": dry}
    same = result is None or on_one_lattice(cells, result.cells)
    frames = 0 if result is None else len(result.minutes)
    keyed = {KEYS.get(output, "result"): name for output, name in names.items()}
    return list(contradictions(RunSamples(**samples, same_cells=same, frames=frames), keyed, wet_m))


def require_agreement(found: list[Message], one_run: bool) -> list[Message]:
    """Give the contradictions back as warnings, where results do not say of which run they are.

    Raises
    ------
    InputError
        The first of them, where they say that they are of one run.
    """
    if found and one_run:
        raise InputError(found[0])
    return found


def run_doubts(
    layers: Mapping[str, QgsRasterLayer],
    result: Result | None,
    context: QgsProcessingContext,
    wet_m: float = WET_M,
    names: Mapping[str, str] | None = None,
    progress: Progress = silent,
) -> list[Message]:
    """What speaks against one run in whole rasters and a RESULT: where they lie, and their figures.

    Parameters
    ----------
    layers : mapping of str to QgsRasterLayer
        By the output that they stand for.
    result : Result or None
    context : QgsProcessingContext
    wet_m : float
    names : mapping of str to str, optional
        What people know them by, RESULT among them; by default the outputs.

    Raises
    ------
    InputError
        When they contradict each other though they carry the id of one run.
    """
    names = names or {output: output for output in (*layers, RESULT)}
    runs = [run_of(layer) for layer in layers.values()] + ([run_of_file(result.path)] if result is not None else [])
    one_run = all(runs)
    notes = require_places({names[output]: layer for output, layer in layers.items()}, result, one_run, names[RESULT])
    figures = {output: layer for output, layer in layers.items() if output in KEYS}
    if not figures:
        return notes
    first = next(iter(figures.values()))
    cells, crs = _thinned(own_cells(first)), crs_text(first.crs())
    if result is not None:
        result.follow(first.crs(), context.transformContext())
    values = {
        output: read_cells(layer, cells, crs, nearest=True, output=output).ravel().astype(np.float64)
        for output, layer in figures.items()
    }
    named = {output: names[output] for output in (*figures, RESULT)}
    found = compare(values, named, cells, result, wet_m, progress, own_cells(first))
    return [*notes, *require_agreement(found, one_run)]


def report_doubts(
    layers: Mapping[str, QgsMapLayer], rasters: Iterable[str], context: QgsProcessingContext, progress: Progress
) -> list[Message]:
    """What speaks against one run in the layers of a report by parameter, its terrain included.

    Raises
    ------
    InputError
        When results that carry the id of one run contradict each other, or the terrain lies elsewhere.
    """
    given = {n: layer for n in rasters if isinstance(layer := layers.get(n), QgsRasterLayer)}
    mesh, terrain = layers.get("RESULT"), layers.get(TERRAIN)
    path = mesh.source() if isinstance(mesh, QgsMeshLayer) else ""
    result, notes = _result_of(path)
    if isinstance(terrain, QgsRasterLayer):
        notes += terrain_doubts(terrain, result, given)
    return [*notes, *run_doubts(given, result, context, progress=progress)]


def _result_of(path: str) -> tuple[Result | None, list[Message]]:
    """A RESULT where there is one on regular cells, and a note where a mesh is another one."""
    try:
        return Result(path) if path else None, []
    except InputError as error:
        note = Message("RESULT is not compared with the other results. {reason}", reason=error.message)
        return None, [note]


def terrain_doubts(
    terrain: QgsRasterLayer, result: Result | None, layers: Mapping[str, QgsRasterLayer]
) -> Iterator[Message]:
    """That a terrain is not the one of a run: its heights are not those of the bed of RESULT.

    Raises
    ------
    InputError
        When it does not overlap the results.
    """
    if result is not None:
        yield from _other_bed(terrain, result)
    for name, layer in layers.items():
        if layer.crs() == terrain.crs() and not layer.extent().intersects(terrain.extent()):
            raise _elsewhere(terrain, name)


def _other_bed(terrain: QgsRasterLayer, result: Result) -> Iterator[Message]:
    """Compare the heights of a terrain with the bed of a result."""
    cells = _thinned(result.cells)
    crs = result.crs if result.crs.isValid() else terrain.crs()
    heights_m = read_cells(terrain, cells, crs_text(crs), nearest=True, output="DTM").ravel().astype(np.float64)
    bed_m = result.bed(result.number(*cells.centres(np.arange(cells.size))))
    if np.isfinite(bed_m).any() and not np.isfinite(heights_m[np.isfinite(bed_m)]).any():
        raise _elsewhere(terrain, "RESULT")
    if off_m := another_terrain(bed_m, heights_m):
        yield Message(
            "The heights of the terrain '{layer}' are {off:.1f} m off the bed of RESULT (median): make sure that it is "
            "the terrain of this run, with the same vertical datum.",
            layer=terrain.name(),
            off=off_m,
        )


def _thinned(cells: Cells) -> Cells:
    """Cells whose centres are those of every third, fifth … cell, so that there are few enough to hold."""
    step = math.ceil(math.sqrt(cells.size / MOST_CELLS)) | 1
    size = {"width": cells.width * step, "height": cells.height * step}
    return replace(cells, **size, rows=max(cells.rows // step, 1), columns=max(cells.columns // step, 1))


def _off(cells: Cells, whole: Cells) -> tuple[float, float] | None:
    """How far a raster lies off the cells of a result that it has room for, and is therefore not cut out of."""
    if not on_one_lattice(cells, whole) or cells.rows < whole.rows or cells.columns < whole.columns:
        return None
    east = max(whole.east - cells.east, 0.0) + min(whole.west - cells.west, 0.0)
    north = max(whole.north - cells.north, 0.0) + min(whole.south - cells.south, 0.0)
    return (-east, -north) if max(abs(east) / cells.width, abs(north) / cells.height) > 0.5 else None


def _moved(name: str, other: str, east: float, north: float) -> Message:
    return Message(
        "{name} lies elsewhere than {other}, though it has as many cells: {east:g} to the east and {north:g} to the "
        "north, in the unit of its CRS. Choose the results as the run wrote them.",
        name=name,
        other=other,
        east=east,
        north=north,
    )


def _elsewhere(terrain: QgsRasterLayer, name: str) -> InputError:
    return InputError(
        "The terrain '{layer}' does not overlap {name}: choose the terrain of this run, or check its CRS.",
        layer=terrain.name(),
        name=name,
    )
