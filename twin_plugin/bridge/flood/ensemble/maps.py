"""Maps of several runs together, read and written some rows at a time, so that many runs need little memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from osgeo import gdal

from ....core.common.cells import Cells
from ....core.common.errors import InputError
from ....core.common.messages import Message
from ....core.common.progress import Progress, advance
from ....core.flood.analysis.comparison import compare_depths
from ....core.flood.ensemble.envelope import THRESHOLDS_M, Envelope
from ....core.flood.ensemble.measure_table import DepthChange
from ...kernel.gdal_basics import GdalExceptions
from ...kernel.raster_kinds import KIND_ITEM, TITLES
from ...kernel.raster_writer import Band
from ...kernel.strip_raster import StripRaster

STRIP_CELLS = 2_000_000
"""Cells that are in memory at a time, for each band."""
TILE = 256
DEPTH, ARRIVAL = "depth_max.tif", "arrival.tif"
"""Rasters in the folder of a run."""
OUTPUTS = ("ENVELOPE_DEPTH", "ENVELOPE_ARRIVAL", "EXCEEDANCE")


@dataclass(frozen=True)
class Place:
    """Where the cells of the runs lie."""

    cells: Cells
    crs: str

    def strips(self) -> Iterator[tuple[int, int]]:
        """First row and number of rows of each strip, in whole tiles of the files."""
        step = TILE * max(1, STRIP_CELLS // self.cells.columns // TILE)
        for row in range(0, self.cells.rows, step):
            yield row, min(step, self.cells.rows - row)


def place_of(folder: Path) -> Place:
    """Where the cells of a run lie; raises InputError where its depths cannot be read."""
    with GdalExceptions():
        try:
            dataset = gdal.Open(str(folder / DEPTH))
            west, width, _, north, _, height = dataset.GetGeoTransform()
        except RuntimeError as error:
            raise InputError(
                "The depths in '{folder}' cannot be read ({reason}).", folder=folder, reason=error
            ) from error
        cells = Cells(west, north, width, -height, dataset.RasterYSize, dataset.RasterXSize)
        return Place(cells, dataset.GetProjection())


def same_place(folders: Mapping[str, Path]) -> tuple[dict[str, Path], list[Message]]:
    """The runs that lie on the cells of the first one, and a sentence on the others."""
    places = {name: place_of(folder) for name, folder in folders.items()}
    first = next(iter(places.values()), None)
    others = [name for name, place in places.items() if place != first]
    notes = []
    if others:
        text = Message(
            "{n} runs have other cells than '{first}' and are in no map of all runs: {names}.",
            n=len(others),
            first=next(iter(places)),
            names=", ".join(others),
        )
        notes.append(text)
    return {name: folder for name, folder in folders.items() if name not in others}, notes


def write_envelopes(
    folders: Mapping[str, Path], weights: Mapping[str, float], outputs: Mapping[str, str], progress: Progress
) -> int:
    """Write the maps of all runs that have a path, by the names of `OUTPUTS`.

    Parameters
    ----------
    folders : mapping of str to Path
        Folders of runs on the same cells, by name.
    weights : mapping of str to float
        By name.

    Returns
    -------
    int
        Cells in which some runs have data and others none.

    Raises
    ------
    InputError, ResourceError, Cancelled
    """
    place, unknown = place_of(next(iter(folders.values()))), 0
    limits = [
        Band(lambda: np.zeros((0, 0)), f"P(depth > {limit_m:.2f} m)", "", {"threshold_m": f"{limit_m:g}"})
        for limit_m in THRESHOLDS_M
    ]
    bands = {
        "ENVELOPE_DEPTH": ("DEPTH_MAX", [Band(lambda: np.zeros((0, 0)), TITLES["DEPTH_MAX"], "m")]),
        "ENVELOPE_ARRIVAL": ("ARRIVAL", [Band(lambda: np.zeros((0, 0)), TITLES["ARRIVAL"], "min")]),
        "EXCEEDANCE": ("EXCEEDANCE", limits),
    }
    with ExitStack() as stack:
        files = {
            name: stack.enter_context(StripRaster(outputs[name], place.cells, place.crs, own, {KIND_ITEM: kind}))
            for name, (kind, own) in bands.items()
            if outputs.get(name)
        }
        for row, rows in place.strips():
            envelope = Envelope((rows, place.cells.columns))
            for name, folder in folders.items():
                advance(progress, row / place.cells.rows)
                envelope.add(_read(folder / DEPTH, row, rows), _read(folder / ARRIVAL, row, rows), weights[name])
            unknown += envelope.partly_known
            for name, file in files.items():
                file.write(row, _values(envelope, name))
        for file in files.values():
            file.finish()
    return unknown


def write_change(before: Path, after: Path, path: Path, wet_m: float, progress: Progress) -> DepthChange:
    """Write the change of depth from one run to another, and add up what changed.

    Raises
    ------
    InputError
        When they are not on the same cells, or cannot be read.
    ResourceError, Cancelled
    """
    place, other = place_of(after), place_of(before)
    if place != other:
        raise InputError("It has other cells than the run that it is compared with: '{folder}'.", folder=before.name)
    change = DepthChange(abs(place.cells.width * place.cells.height))
    band = Band(lambda: np.zeros((0, 0)), TITLES["DIFFERENCE"], "m")
    with StripRaster(str(path), place.cells, place.crs, [band], {KIND_ITEM: "DIFFERENCE"}) as file:
        for row, rows in place.strips():
            advance(progress, row / place.cells.rows)
            depths = _read(before / DEPTH, row, rows), _read(after / DEPTH, row, rows)
            compared = compare_depths(*depths, wet_m, 0.01)
            change.add(*depths, compared.difference_m)
            file.write(row, [compared.difference_m])
        file.finish()
    return change


def _values(envelope: Envelope, output: str) -> Sequence[np.ndarray]:
    if output == "EXCEEDANCE":
        return list(envelope.exceedance())
    return [envelope.depth_m if output == "ENVELOPE_DEPTH" else envelope.arrival_min]


def _read(path: Path, row: int, rows: int) -> np.ndarray:
    """Rows of a raster of a run; NaN without data."""
    with GdalExceptions():
        try:
            dataset = gdal.Open(str(path))
            values = dataset.ReadAsArray(0, row, dataset.RasterXSize, rows)
            no_data = dataset.GetRasterBand(1).GetNoDataValue()
        except RuntimeError as error:
            raise InputError(
                "'{path}' cannot be read ({reason}): remove the folder of that run and start again.",
                path=path,
                reason=error,
            ) from error
    values[values == np.float32(no_data)] = np.nan
    return values
