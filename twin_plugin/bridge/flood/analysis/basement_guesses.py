"""Sills and openings of rooms below ground that layers lack, guessed from the ground and the water of a RESULT."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ....core.flood.processes.underground import free_cells
from ....core.flood.surface import Surface
from ....core.flood.underground.places import mouth_cells
from ....core.flood.underground.ties import NO_OPENINGS, OpeningTable, RoomTable
from ...kernel.ugrid_reader import Result
from ...kernel.vectors import FeatureTable
from ..setup.parameters import Parameters
from ..setup.underground_layers import numbers_of, texts_of

THRESHOLD_M = 0.15
"""A sill that is not known lies so far above the ground before it, or above the ground floor of its building."""
BESIDE_CELLS = 1.5
BESIDE_M = 1.0
"""Cells so far from an outline count as beside it."""
WET_M = 0.01
"""Less water is a film, whose level says nothing."""
ASSUMED_KIND = "door"
FLOOR = "ground_floor_elev_m"


class GroundGuesses:
    """Guesses by the ground of a RESULT.

    Parameters
    ----------
    parameters : Parameters
        BUILDINGS may have the ground floors of the buildings of rooms.
    result : Result
    surface : Surface
        Its cells, with those of buildings.
    """

    def __init__(self, parameters: Parameters, result: Result, surface: Surface) -> None:
        self._parameters, self._result, self._bed = parameters, result, surface.bed
        self._free = free_cells(surface)

    def sills(self, openings: OpeningTable) -> OpeningTable:
        """The openings with the ground plus `THRESHOLD_M` as sill where the layer has none and a cell is near."""
        sill_m, bed = np.array(openings.sill_m, np.float64), self._bed
        for row in np.flatnonzero(np.isnan(sill_m) & np.isfinite(openings.x)):
            at = (bed.north - openings.y[row]) / bed.cell_m, (openings.x[row] - bed.west) / bed.cell_m
            rows, columns = mouth_cells(self._free, *at, 1.0, bed.cell_m)
            if len(rows):
                sill_m[row] = float(bed.values[rows[0], columns[0]]) + THRESHOLD_M
        return replace(openings, sill_m=sill_m)

    def openings(self, rooms: RoomTable, rows: Sequence[int]) -> OpeningTable:
        """A door for each room, where the water beside its outline stands highest.

        Its sill is `THRESHOLD_M` above the ground floor of the building, or above the ground there where none is known.
        Rooms without an outline beside a free cell get none.
        """
        shapes, floors = self._buildings()
        ids: list[str] = []
        names: list[str] = []
        places: list[tuple[float, float, float]] = []
        for row in rows:
            building = rooms.buildings[row]
            cells = self._beside(shapes.get(building, rooms.shapes[row]))
            if not len(cells):
                continue
            x, y, ground_m = self._wettest(cells)
            floor_m = floors.get(building, math.nan)
            ids.append(f"{rooms.ids[row]} (assumed)")
            names.append(rooms.ids[row])
            places.append((x, y, (ground_m if math.isnan(floor_m) else floor_m) + THRESHOLD_M))
        if not ids:
            return NO_OPENINGS
        x, y, sill_m = np.array(places).T
        texts = ids, names, [""] * len(ids), [ASSUMED_KIND] * len(ids)
        return OpeningTable(*texts, x, y, sill_m, np.full(len(ids), math.nan), np.zeros(len(ids), bool))

    def _buildings(self) -> tuple[dict[str, Any], dict[str, float]]:
        """Outlines and ground floors of BUILDINGS by id; nothing without them."""
        source = self._parameters.source("BUILDINGS")
        if source is None:
            return {}, {}
        table: FeatureTable = self._parameters.features(source, self._bed, "id", FLOOR)
        ids = texts_of(table, "id")
        floors = numbers_of(self._parameters, table, FLOOR, source.sourceName())
        return dict(zip(ids, table.geometries, strict=True)), dict(zip(ids, floors.tolist(), strict=True))

    def _beside(self, shape: Any) -> np.ndarray:
        """Flat numbers of the free cells beside an outline."""
        import shapely

        if shape is None or shapely.is_empty(shape):
            return np.zeros(0, np.int64)
        bed, (count_rows, count_columns) = self._bed, self._free.shape
        reach_m = max(BESIDE_M, BESIDE_CELLS * bed.cell_m)
        west, south, east, north = shapely.bounds(shape)
        left, right = ((edge - bed.west) / bed.cell_m for edge in (west - reach_m, east + reach_m))
        top, bottom = ((bed.north - edge) / bed.cell_m for edge in (north + reach_m, south - reach_m))
        columns = np.arange(max(math.floor(left), 0), min(math.ceil(right), count_columns))
        rows = np.arange(max(math.floor(top), 0), min(math.ceil(bottom), count_rows))
        if not (len(rows) and len(columns)):
            return np.zeros(0, np.int64)
        row, column = (part.ravel() for part in np.meshgrid(rows, columns, indexing="ij"))
        points = shapely.points(bed.west + (column + 0.5) * bed.cell_m, bed.north - (row + 0.5) * bed.cell_m)
        near = shapely.distance(shapely.boundary(shape), points) <= reach_m
        near &= self._free[row, column]
        return row[near] * count_columns + column[near]

    def _wettest(self, cells: np.ndarray) -> tuple[float, float, float]:
        """Place and ground of the cell whose water stands highest; of the lowest cell where all stay dry."""
        bed, columns = self._bed, self._free.shape[1]
        _, level_m, _, _ = self._result.history(self._result.faces_of(cells), WET_M)
        ground_m = bed.values.ravel()[cells].astype(np.float64)
        best = int(np.argmin(ground_m)) if np.isnan(level_m).all() else int(np.nanargmax(level_m))
        row, column = divmod(int(cells[best]), columns)
        place = bed.west + (column + 0.5) * bed.cell_m, bed.north - (row + 0.5) * bed.cell_m
        return *place, float(ground_m[best])
