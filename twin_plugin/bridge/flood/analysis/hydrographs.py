"""Hydrographs of a RESULT at points: the values of the cell that holds each point, over all steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ....core.common.errors import InputError
from ....core.common.messages import Message
from ....core.common.progress import Progress, advance, silent
from ....core.flood.analysis.hydrograph import moment
from ....core.flood.constants import FILM_M, WET_M
from ...kernel.ugrid_reader import Result
from ..files.mesh_file import BLOCK_ITEM
from .query_features import QueryFeatures

MOST_ROWS = 2_000_000
NAMED = 5
"""Ids that a warning names."""
FLOW_VARIABLES = ("depth", "water_level", "velocity_x", "velocity_y")


class Hydrographs:
    """The water over time at points.

    Parameters
    ----------
    result : Result
    points : QueryFeatures
        Points or multipoints; each part of one is a point of its own.
    progress : Progress

    Attributes
    ----------
    outside, blocked, dry : list of str
        Ids of the points outside the RESULT, of those without a cell (buildings that are cut out, no data), and of
        those that stay dry.
    notes : list of Message

    Raises
    ------
    InputError
        When the RESULT lacks a variable, or there would be too many rows.
    """

    def __init__(self, result: Result, points: QueryFeatures, progress: Progress = silent) -> None:
        self._minutes = result.minutes
        ids, x, y = _parts(points)
        cell, face = result.cells.index(x, y), result.number(x, y)
        self.outside = [name for name, there in zip(ids, cell >= 0, strict=True) if not there]
        self.blocked = [name for name, c, f in zip(ids, cell, face, strict=True) if c >= 0 and f < 0]
        kept = np.flatnonzero(face >= 0)
        self._ids = [ids[place] for place in kept]
        rows = len(kept) * len(self._minutes)
        if rows > MOST_ROWS:
            raise InputError(
                "{points:,} points at {steps:,} steps would be {rows:,} rows, more than {most:,}: choose fewer points.",
                points=len(kept),
                steps=len(self._minutes),
                rows=rows,
                most=MOST_ROWS,
            )
        self._moments = list(_moments(result, face[kept], progress))
        deepest = np.zeros(len(kept))
        for values in self._moments:
            deepest = np.fmax(deepest, values["depth_m"])
        self.dry = [name for name, depth in zip(self._ids, deepest, strict=True) if depth < FILM_M]
        self.notes = [*points.notes, *self._doubts(), *block_notes(result)]

    @property
    def count(self) -> int:
        """Points with values."""
        return len(self._ids)

    @property
    def ids(self) -> list[str]:
        """Ids of the points with values."""
        return self._ids

    @property
    def minutes(self) -> np.ndarray:
        """Times of the steps, shape (steps,)."""
        return self._minutes

    def series(self, point: str, column: str) -> np.ndarray | None:
        """A column of a point over all steps, NaN where it has no value; None for a point without values."""
        if point not in self._ids:
            return None
        place = self._ids.index(point)
        return np.array([float(values[column][place]) for values in self._moments])

    def rows(self) -> Iterator[tuple[None, Mapping[str, Any]]]:
        """Rows by column of `HYDROGRAPH`, point by point."""
        for place, name in enumerate(self._ids):
            for minutes, values in zip(self._minutes.tolist(), self._moments, strict=True):
                row = {column: float(array[place]) for column, array in values.items()}
                hazard = row["hazard_class"]
                row["hazard_class"] = None if np.isnan(hazard) else int(hazard)
                yield None, {"point_id": name, "time_min": minutes, **row}

    def _doubts(self) -> Iterator[Message]:
        if self.outside:
            yield Message(
                "{n} points lie outside the result and have no rows: {ids}.",
                n=len(self.outside),
                ids=_first(self.outside),
            )
        if self.blocked:
            yield Message(
                "{n} points lie in buildings or where the terrain has no data, without a cell of the result, and have "
                "no rows: {ids}.",
                n=len(self.blocked),
                ids=_first(self.blocked),
            )
        if self.dry:
            yield Message("{n} points stay dry: {ids}.", n=len(self.dry), ids=_first(self.dry))


def block_notes(result: Result) -> Iterator[Message]:
    """What a careful reader must know of a RESULT whose faces are blocks of cells."""
    block = result.attribute(BLOCK_ITEM)
    if block.isdecimal() and int(block) > 1:
        yield Message(
            "The faces of the result are blocks of {block} x {block} cells: depth and level are the largest of a "
            "block, velocities its mean, and a discharge takes the mean depth: it is rough where depth and velocity "
            "differ within a block. For exact values simulate a smaller EXTENT.",
            block=int(block),
        )


def _first(ids: list[str]) -> str:
    return ", ".join(ids[:NAMED]) + (" …" if len(ids) > NAMED else "")


def _parts(points: QueryFeatures) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Id, x and y of each point; the parts of a multipoint get its id with a number."""
    import shapely

    ids, places = [], []
    for name, shape in zip(points.ids, points.shapes, strict=True):
        parts = shapely.get_parts(shape)
        ids += [name] if len(parts) == 1 else [f"{name}.{number + 1}" for number in range(len(parts))]
        places += [(part.x, part.y) for part in parts]
    x, y = np.array(places, np.float64).reshape(-1, 2).T
    return ids, x, y


def _moments(result: Result, faces: np.ndarray, progress: Progress) -> Iterator[Mapping[str, np.ndarray]]:
    names = (*FLOW_VARIABLES, "hazard") if result.has("hazard") else FLOW_VARIABLES
    if not len(faces):
        names = ()
    for done, _, values in result.frames(faces, names) if names else ():
        advance(progress, done, "reading the result")
        hazard = values[len(FLOW_VARIABLES)] if len(values) > len(FLOW_VARIABLES) else None
        yield moment(*values[: len(FLOW_VARIABLES)], hazard, WET_M)
