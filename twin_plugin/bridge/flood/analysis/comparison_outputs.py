"""Two runs compared, as rasters and as the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ....core.common.errors import InputError
from ....core.flood.analysis.comparison import (
    Change,
    Comparison,
    Figure,
    building_figures,
    change_figures,
    class_figures,
    depth_figures,
    difference_of,
    setting_figures,
    summary_figures,
)
from ...kernel.raster_kinds import KIND_ITEM, TITLES
from ...kernel.rasters import write_grid
from .compared_runs import Pair

UNITS = {"DIFFERENCE": "m", "LEVEL_DIFFERENCE": "m", "ARRIVAL_DIFFERENCE": "min", "CHANGE": ""}
"""The rasters that a comparison writes, with their units."""
SOURCES = {"LEVEL_DIFFERENCE": "LEVEL", "ARRIVAL_DIFFERENCE": "ARRIVAL"}
AREAS = {
    "ONLY_A_AREA_M2": Change.ONLY_A,
    "ONLY_B_AREA_M2": Change.ONLY_B,
    "DEEPER_AREA_M2": Change.DEEPER,
    "SHALLOWER_AREA_M2": Change.SHALLOWER,
}
"""Numbers that the algorithm gives, with the change that they are the area of."""

Classes = Mapping[Any, int | None]


def require_sources(pair: Pair, outputs: Mapping[str, str]) -> None:
    """Check that the differences that are wanted can be computed.

    Raises
    ------
    InputError
    """
    for output, source in SOURCES.items():
        if outputs.get(output) and source not in pair.values:
            raise InputError(
                "{output} needs {source} of both runs: choose {source}_A and {source}_B, or leave {output} empty.",
                output=output,
                source=source,
            )


def write_rasters(pair: Pair, comparison: Comparison, outputs: Mapping[str, str]) -> None:
    """Write the rasters that have a path, each with the ids of both runs."""
    runs = {f"CITY_TWIN_RUN_{side}": run for side, run in zip("AB", pair.runs, strict=True) if run}
    for output, unit in UNITS.items():
        if not outputs.get(output):
            continue
        if output in SOURCES:
            values: np.ndarray = difference_of(*pair.values[SOURCES[output]])
        else:
            values = comparison.change if output == "CHANGE" else comparison.difference_m
        metadata = {KIND_ITEM: output, **runs}
        grid = pair.grid.with_values(values)
        write_grid(grid, outputs[output], description=TITLES[output], unit=unit, metadata=metadata)


def rows(
    pair: Pair, comparison: Comparison, wet_m: float, classes: tuple[Classes, Classes] | None
) -> Iterator[tuple[None, dict[str, Any]]]:
    """(no geometry, values by column) of the figures: depths, changes, hazard, water, buildings, then settings."""
    for figure in _figures(pair, comparison, wet_m, classes):
        yield None, figure.row()


def numbers(pair: Pair, comparison: Comparison) -> dict[str, float]:
    """The numbers that the algorithm gives."""
    cell_m2 = pair.grid.cell_m**2
    areas = {name: cell_m2 * comparison.cells(kind) for name, kind in AREAS.items()}
    return {"MAX_DIFFERENCE_M": comparison.greatest_m, **areas}


def _figures(
    pair: Pair, comparison: Comparison, wet_m: float, classes: tuple[Classes, Classes] | None
) -> Iterator[Figure]:
    cell_m2 = pair.grid.cell_m**2
    yield from depth_figures(*pair.values["DEPTH"], wet_m, cell_m2)
    yield from change_figures(comparison, cell_m2)
    if "HAZARD" in pair.values:
        yield from class_figures(*pair.values["HAZARD"], cell_m2)
    yield from summary_figures(*pair.summaries)
    if classes is not None:
        yield from building_figures(*classes)
    yield from setting_figures(*pair.summaries)
