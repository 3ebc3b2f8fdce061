"""The results of two flood runs, checked and brought onto the cells of the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsRasterLayer,
)

from ....core.common.cells import Cells
from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.common.progress import Progress, part
from ...kernel.flood_run import RUN_FIELD, read_summary, require_one_run, results_beside, run_of, run_of_file
from ...kernel.flood_run import run_of_summary as id_in
from ...kernel.raster_kinds import require_output, require_water
from ...kernel.raster_units import scale_note, unit_note
from ...kernel.rasters import crs_text, plan_grid, read_cells, require_metres
from ...kernel.resampling import resampling_words, turned_note
from ...kernel.ugrid_reader import Result
from ...kernel.vectors import FeatureTable, field_named, read_table
from ..files.result_checks import require_metric, require_square
from ..run_agreement import RESULT, run_doubts

RASTERS = {"DEPTH": "DEPTH_MAX", "LEVEL": "LEVEL_MAX", "ARRIVAL": "ARRIVAL", "HAZARD": "HAZARD"}
"""Outputs of twin:simulateflood by what the parameters call them."""


@dataclass(frozen=True)
class Pair:
    """The values of both runs on one grid.

    Attributes
    ----------
    grid : Grid
        Its cells; the values mean nothing.
    values : dict of str to tuple of float32 arrays
        Of A and of B, by a key of `RASTERS`; only what both runs have.
    summaries : tuple of dict
        What SUMMARY says, {} where there is none.
    runs : tuple of str
        Ids, "" where unknown.
    notes : list of Message
        What was converted, resampled or left out.
    """

    grid: Grid
    values: dict[str, tuple[np.ndarray, np.ndarray]]
    summaries: tuple[dict[str, Any], dict[str, Any]]
    runs: tuple[str, str]
    notes: list[Message]


class RunSource:
    """The results of one run, before anything of them is read.

    Raises
    ------
    InputError
        When there is no depth, a layer cannot be read or is another output, or the results are of two runs.
    """

    def __init__(
        self, side: str, algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> None:
        self.side = side
        self.rasters: dict[str, QgsRasterLayer] = {}
        for name in RASTERS:
            layer = algorithm.parameterAsRasterLayer(parameters, f"{name}_{side}", context)
            if layer is None and parameters.get(f"{name}_{side}") not in (None, ""):
                raise InputError(
                    "The raster of {name} cannot be opened: choose another file, or leave it empty.",
                    name=f"{name}_{side}",
                )
            if layer is not None:
                self.rasters[name] = layer
        path = algorithm.parameterAsFile(parameters, f"RESULT_{side}", context)
        self.result = Result(path) if path else None
        if self.result is not None:
            require_metric(self.result)
            require_square(self.result)
        self.path = path or (self.rasters["DEPTH"].source() if "DEPTH" in self.rasters else "")
        if not self.path:
            raise InputError("Run {side} has no depths: choose DEPTH_{side}, or RESULT_{side}.", side=side)
        self.summary_path = algorithm.parameterAsFile(parameters, f"SUMMARY_{side}", context)
        self.summary = read_summary(self.summary_path) if self.summary_path else {}
        named = {f"{name}_{side}": run_of(layer) for name, layer in self.rasters.items()}
        named |= {f"RESULT_{side}": run_of_file(path) if path else "", f"SUMMARY_{side}": id_in(self.summary)}
        self.run = require_one_run(named)
        self.notes: list[Message] = []
        self._look_beside()

    @property
    def crs(self) -> QgsCoordinateReferenceSystem:
        """The CRS of the depths."""
        return self.rasters["DEPTH"].crs() if "DEPTH" in self.rasters else self.result.crs

    def cells(self) -> Cells:
        """The cells of the depths, square ones."""
        return plan_grid(self.rasters["DEPTH"]) if "DEPTH" in self.rasters else self.result.cells

    def check(self, wet_m: float, context: QgsProcessingContext) -> None:
        """Check that each raster holds what its parameter asks for, in metres, and that they contradict nothing."""
        for name, layer in self.rasters.items():
            require_metres(layer)
            parameter, output = f"{name}_{self.side}", RASTERS[name]
            if name == "HAZARD":
                require_output(layer, parameter, output)
                continue
            require_water(layer, parameter, output)
            scale = scale_note(layer) if name == "DEPTH" else None
            notes = unit_note(layer, output), turned_note(layer), scale
            self.notes += [note for note in notes if note is not None]
        names = {output: f"{name}_{self.side}" for name, output in RASTERS.items()} | {RESULT: f"RESULT_{self.side}"}
        layers = {RASTERS[name]: layer for name, layer in self.rasters.items()}
        self.notes += run_doubts(layers, self.result, context, wet_m, names)

    def read(self, name: str, cells: Cells, wet_m: float, progress: Progress) -> np.ndarray:
        """The values of a raster, or the greatest depths of RESULT, on some cells in the same CRS."""
        layer = self.rasters.get(name)
        if layer is None:
            values, own = self.result.greatest(wet_m, progress)[0], self.result.cells
            number = own.index(*cells.centres(np.arange(cells.size)))
            return np.where(number >= 0, values[number], np.float32(np.nan)).reshape(cells.rows, cells.columns)
        crs = crs_text(self.crs)
        if words := resampling_words(layer, cells, crs, nearest=True):
            self.notes.append(
                Message(
                    "{name}_{side} was brought onto the cells of run A: each takes {how}.",
                    name=name,
                    side=self.side,
                    how=words,
                )
            )
        return read_cells(layer, cells, crs, nearest=True, output="" if name == "HAZARD" else RASTERS[name])

    def _look_beside(self) -> None:
        """Take what was not given from the folder of the depths, where it says that it is of the same run."""
        if not self.run:
            return
        outputs = {output: name for name, output in RASTERS.items()}
        for output, path in results_beside(self.path.split("|")[0], self.run).items():
            name = outputs.get(output)
            if name and name not in self.rasters and not (name == "DEPTH" and self.result is not None):
                layer = QgsRasterLayer(path, Path(path).stem)
                if layer.isValid():
                    self.rasters[name] = layer
            if output == "SUMMARY" and not self.summary:
                self.summary_path, self.summary = path, read_summary(path)


def read_pair(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    wet_m: float,
    progress: Progress,
) -> Pair:
    """The results of both runs on the cells of run A.

    Raises
    ------
    InputError
        For what cannot be read, and for runs in two CRSs or at two places.
    """
    a, b = (RunSource(side, algorithm, parameters, context) for side in ("A", "B"))
    for source in (a, b):
        source.check(wet_m, context)
    if a.crs != b.crs:
        raise InputError(
            "Run A is in {crs} and run B in {crs2}: bring one to the CRS of the other with 'Warp (reproject)', by the "
            "nearest neighbour.",
            crs=a.crs.authid() or a.crs.description() or Message("no CRS"),
            crs2=b.crs.authid() or b.crs.description() or Message("no CRS"),
        )
    cells, other = a.cells(), b.cells()
    if cells.west >= other.east or other.west >= cells.east or cells.south >= other.north or other.south >= cells.north:
        raise InputError("The runs A and B lie at different places: choose two runs of one area.")
    values, names = {}, [name for name in RASTERS if name == "DEPTH" or (name in a.rasters and name in b.rasters)]
    for number, name in enumerate(names):
        share = part(progress, number / len(names), (number + 1) / len(names))
        values[name] = (
            a.read(name, cells, wet_m, part(share, 0.0, 0.5)), b.read(name, cells, wet_m, part(share, 0.5, 1.0)),
        )  # fmt: skip
    grid = Grid(np.broadcast_to(np.float32(0), (cells.rows, cells.columns)), cells.west, cells.north, cells.width,
                crs_text(a.crs))  # fmt: skip
    notes = [*a.notes, *b.notes, *_doubts(a, b, wet_m), *_coverage(*values["DEPTH"], cells.width_m * cells.height_m)]
    return Pair(grid, values, (a.summary, b.summary), (a.run, b.run), notes)


def read_classes(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    pair: Pair,
) -> tuple[tuple[dict[Any, int | None], dict[Any, int | None]] | None, list[Message]]:
    """The risk classes of buildings by their id, of A and of B, and what is in doubt; None where no layer is given.

    Raises
    ------
    InputError
        When only one layer is given, lacks a field, or is an assessment of another run.
    """
    given = [name for name in ("RISK_A", "RISK_B") if parameters.get(name) not in (None, "")]
    if not given:
        return None, []
    if len(given) == 1:
        raise InputError("{name} is given alone: choose the buildings of both runs, or of none.", name=given[0])
    notes: list[Message] = []
    sides = []
    for side, run in zip("AB", pair.runs, strict=True):
        name = f"RISK_{side}"
        source = algorithm.parameterAsSource(parameters, name, context)
        if source is None:
            raise InputError("The layer of {name} cannot be opened: choose another.", name=name)
        table = read_table(source, feedback, fields=("id", "risk_class", RUN_FIELD))
        if missing := [field for field in ("id", "risk_class") if not field_named(table.columns, field)]:
            raise InputError(
                "The layer '{layer}' of {name} has no field {field}: choose an output of 'Building risk'.",
                layer=source.sourceName(), name=name, field=missing[0],
            )  # fmt: skip
        require_one_run({f"DEPTH_{side}": run, name: _first_run(table)})
        classes = dict(zip(table.columns["id"], map(_whole, table.columns["risk_class"]), strict=True))
        if len(classes) < len(table):
            notes.append(
                Message(
                    "{n} buildings of {name} have an id that occurs before: the last of each counts.",
                    n=len(table) - len(classes),
                    name=name,
                )
            )
        sides.append(classes)
    if alone := len(sides[0].keys() ^ sides[1].keys()):
        notes.append(
            Message(
                "{n} buildings are in RISK_A or RISK_B only: they count in the classes, not as risen or fallen.",
                n=alone,
            )
        )
    return (sides[0], sides[1]), notes


def _first_run(table: FeatureTable) -> str:
    return next((str(value) for value in table.get(RUN_FIELD) if value), "")


def _whole(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def _doubts(a: RunSource, b: RunSource, wet_m: float) -> Iterator[Message]:
    """What makes a comparison mean less than it seems."""
    if a.run and a.run == b.run:
        if ("DEPTH" in a.rasters) == ("DEPTH" in b.rasters):
            yield Message("A and B are results of the same run {run}: they have no difference.", run=a.run)
        else:
            yield Message(
                "A and B are results of the same run {run}: they differ by the times of RESULT only.", run=a.run
            )
    for source in (a, b):
        if "DEPTH" not in source.rasters and source.result is not None:
            yield Message(
                "The depths of run {side} are the greatest of the {steps} output steps of RESULT_{side}: between them "
                "the water may have been deeper. DEPTH_{side} has the maximum.",
                side=source.side,
                steps=len(source.result.minutes),
            )
        own = source.summary.get("wet_depth_m")
        if isinstance(own, (int, float)) and own > wet_m:
            yield Message(
                "Run {side} counts cells as wet from {own:g} m, more than WET_DEPTH_M {wet:g} m: shallower water of it "
                "is missing here.",
                side=source.side,
                own=own,
                wet=wet_m,
            )


def _coverage(a: np.ndarray, b: np.ndarray, cell_m2: float) -> Iterator[Message]:
    """Cells that only one of the runs knows."""
    known_a, known_b = np.isfinite(a), np.isfinite(b)
    if not (known_a & known_b).any():
        raise InputError("No cell has data in both runs: choose two runs of one area.")
    for side, other, alone in (("A", "B", known_a & ~known_b), ("B", "A", known_b & ~known_a)):
        if count := int(alone.sum()):
            yield Message(
                "{n:,} cells of run {side} ({area:,.0f} m²) have no data in run {other}: they are not compared.",
                n=count,
                side=side,
                other=other,
                area=count * cell_m2,
            )
