"""The zones and the RESULT of a water balance: which face lies in which zone, and what the run's account says."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from qgis.core import QgsFeatureSource, QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingFeedback

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.common.progress import Progress, advance
from ....core.flood.analysis.zone_balance import CLOSED_TO, ZoneBalance, missed
from ....core.flood.process import Role
from ....core.flood.processes import PROCESSES
from ....core.flood.surface import GAPS, WALL
from ...kernel.flood_run import RUN_FIELD, read_summary, require_one_run, results_beside, run_of_file, run_of_summary
from ...kernel.input_table import Entry, reasons, table_lines
from ...kernel.rasterize import burn
from ...kernel.rasters import crs_text
from ...kernel.ugrid_reader import Result
from ...kernel.vectors import FeatureTable, field_named, read_table
from ..files.balance_table import TIME
from ..files.result_checks import require_metric, require_square
from .balance_chart import Chart, whereabouts_chart

RAIN = "rain_m3"
STORED = "stored_m3"


@dataclass(frozen=True)
class Account:
    """What the water account of a run says at the times of RESULT.

    Attributes
    ----------
    rain_m3, stored_m3 : ndarray, shape (times,), or None
        Rain since the start, and water on the terrain; None where BALANCE is not given.
    whereabouts_m3 : dict of str to ndarray, shape (times,)
        Where the water is: stored_m3 and what was taken, by column; volumes that are accounted for in parts by those.
    """

    rain_m3: np.ndarray | None = None
    stored_m3: np.ndarray | None = None
    whereabouts_m3: dict[str, np.ndarray] = field(default_factory=dict)


class ZoneReader:
    """Reads RESULT, ZONES, SUMMARY and BALANCE of twin:floodbalance.

    Raises
    ------
    InputError
        When one of them cannot be used, or they are of two runs.
    """

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        self._algorithm, self._parameters, self._context = algorithm, parameters, context
        self._feedback = feedback
        path = algorithm.parameterAsFile(parameters, "RESULT", context)
        self.result = Result(path)
        require_metric(self.result)
        require_square(self.result)
        self.run = run_of_file(path)
        given = algorithm.parameterAsFile(parameters, "SUMMARY", context)
        given = given or results_beside(path, self.run).get("SUMMARY", "")
        self.summary = read_summary(given)
        require_one_run({"RESULT": self.run, "SUMMARY": run_of_summary(self.summary)})
        self.warnings: list[Message] = []
        self.table: list[Message] = []
        self._require_water()

    def balance(self, wet_m: float, progress: Progress) -> ZoneBalance:
        """The water of the zones at every time of RESULT."""
        labels, names = self._zones()
        cells = self.result.cells
        zones = ZoneBalance(labels, names, cells.width_m * cells.height_m, wet_m)
        zones.require_rows(len(self.result.minutes))
        empty = zones.empty()
        if empty:
            self.warnings.append(
                Message(
                    "{n} zones hold no centre of a cell of the result and have no row, such as '{name}'.",
                    n=len(empty),
                    name=empty[0],
                )
            )
        for done, minutes, depth, water in self.result.water():
            advance(progress, done, Message("Water of the zones"))
            zones.add(minutes, np.nan_to_num(depth), np.nan_to_num(water))
        return zones

    def account(self) -> Account:
        """What BALANCE says at the times of RESULT; nothing where it is not given."""
        source = self._source("BALANCE")
        if source is None:
            return Account()
        table = read_table(source, self._feedback)
        if missing := [name for name in (TIME, RAIN, STORED) if not field_named(table.columns, name)]:
            raise InputError(
                "The table '{table}' of BALANCE has no field {field}: choose the output BALANCE of 'Simulate flood'.",
                table=source.sourceName(),
                field=missing[0],
            )
        run = next((str(value) for value in table.get(RUN_FIELD) if value), "")
        require_one_run({"RESULT": self.run, "BALANCE": run})
        columns = [_numbers(table, name) for name in (TIME, RAIN, STORED)]
        if not all(np.isfinite(column).all() for column in columns) or not np.array_equal(
            np.round(columns[0], 3), np.round(self.result.minutes, 3)
        ):
            raise InputError(
                "The table '{table}' of BALANCE has other times than RESULT: choose the one that the same run wrote.",
                table=source.sourceName(),
            )
        return Account(*columns[1:], {name: np.nan_to_num(_numbers(table, name)) for name in _whereabouts(table)})

    def whereabouts(self, account: Account) -> Chart:
        """The chart of where the water of the run went."""
        if not account.whereabouts_m3:
            raise InputError("BALANCE_PICTURE needs the water balance of the run: choose it in BALANCE.")
        return whereabouts_chart(self.result.minutes.tolist(), account.whereabouts_m3)

    def rain_m(self, account: Account) -> np.ndarray | None:
        """Rain since the start as a depth over every face; None where it is not known, with a warning."""
        area_m2 = self._rained_m2()
        if account.rain_m3 is None:
            return None
        if not area_m2:
            self.warnings.append(
                Message(
                    "The rain on each zone is not known, and rain_m3 and exchange_m3 are empty: SUMMARY was not found, "
                    "or the run has walls, whose roofs drain onto the cells beside them."
                )
            )
            return None
        taken = [name for name in ("infiltration_m3", "drained_m3", "inflow_m3") if self.summary.get(name)]
        if taken:
            self.warnings.append(
                Message(
                    "The run has {names}: exchange_m3 of a zone contains what of them happened in it.",
                    names=", ".join(taken),
                )
            )
        return account.rain_m3 / area_m2

    def check(self, zones: ZoneBalance, account: Account) -> None:
        """Compare all zones together with what the run stored: at every time by BALANCE, at the end by SUMMARY."""
        sums = [float(state.volume_m3[-1]) for state in zones.states]
        stored = account.stored_m3
        if stored is None and isinstance(self.summary.get(STORED), (int, float)):
            sums, stored = sums[-1:], np.array([self.summary[STORED]], float)
        if stored is None or not len(sums):
            self.warnings.append(
                Message("The zones could not be compared with the run's own account: SUMMARY was not found.")
            )
            return
        share = missed(sums, stored.tolist(), max(float(np.max(stored)), 0.0))
        self.table.append(
            Message(
                "All zones and what is outside them hold {sum:,.2f} m³ at the end; by the run's own account it is "
                "{stored:,.2f} m³.",
                sum=sums[-1],
                stored=float(stored[-1]),
            )
        )
        if share > CLOSED_TO:
            self.warnings.append(
                Message(
                    "The sum of the zones differs by {share:.1e} of the most water stored from the run's own account, "
                    "more than {limit:g}: the file may be of an older version, whose depths are rounded one by one.",
                    share=share,
                    limit=CLOSED_TO,
                )
            )

    def _require_water(self) -> None:
        """Refuse blocks of cells whose file has only the largest depth of each."""
        cell_m = self.summary.get("cell_m")
        wider = isinstance(cell_m, (int, float)) and self.result.cells.width > 1.01 * cell_m
        if wider and not self.result.has_water:
            raise InputError(
                "RESULT has blocks of cells with the largest depth of each, from which no volume follows: simulate "
                "again with this version, which writes the water of each block too."
            )

    def _rained_m2(self) -> float:
        """Area that rain falls on, where every cell gets its own; 0 where that is not known."""
        cells, cell_m = self.summary.get("domain_cells"), self.summary.get("cell_m")
        walls = self.summary.get("buildings_as") in (WALL, GAPS) and self.summary.get("building_cells")
        known = isinstance(cells, int) and isinstance(cell_m, (int, float)) and not walls
        return float(cells * cell_m**2) if known else 0.0

    def _zones(self) -> tuple[np.ndarray, list[str]]:
        """The zone of each face, and the names of the zones."""
        source = self._source("ZONES")
        name = self._algorithm.parameterAsString(self._parameters, "ID_FIELD", self._context)
        if source is None:
            raise InputError("The zones cannot be read: choose a layer of polygons in ZONES.")
        crs = self.result.crs
        if not crs.isValid():
            raise InputError("The result has no CRS: run the simulation again, on a terrain with one.")
        table = read_table(source, self._feedback, crs, (name,) if name else (), self._context.transformContext())
        if not len(table):
            raise InputError("The layer '{layer}' of ZONES has no features.", layer=source.sourceName())
        values = table.get(name) if name else table.ids.tolist()
        names = [str(value) if value is not None else "" for value in values]
        cells = self.result.cells
        blank = np.broadcast_to(np.float32(0), (cells.rows, cells.columns))
        grid = Grid(blank, cells.west, cells.north, cells.width, crs_text(crs))
        shapes = list(table.geometries)
        last, first = burn(shapes, grid), burn(shapes[::-1], grid)
        first[first > 0] = len(shapes) + 1 - first[first > 0]
        faces = self.result.face_cells()
        shared = int(((last != first) & (last > 0)).ravel()[faces].sum())
        if shared:
            self.warnings.append(
                Message(
                    "{n:,} cells lie in several zones: each counts in the last of them in the layer only.", n=shared
                )
            )
        missing = sum(shape is None or shape.is_empty for shape in shapes)
        doubled = len(names) - len(set(names))
        if doubled:
            self.warnings.append(
                Message("{n} zones have the name of another zone: their rows cannot be distinguished by it.", n=doubled)
            )
        why = reasons([Message("no geometry") if missing else None])
        self.table += table_lines([Entry(Message("Zones"), len(shapes) - missing, missing, 0, why)])
        return last.ravel()[faces], names

    def _source(self, name: str) -> QgsFeatureSource | None:
        return self._algorithm.parameterAsSource(self._parameters, name, self._context)


def rows(zones: ZoneBalance, rain_m: np.ndarray | None) -> Iterator[tuple[None, dict[str, Any]]]:
    """(no geometry, values by column) of every zone at every time."""
    for row in zones.rows(None if rain_m is None else rain_m.tolist()):
        yield None, row


def _whereabouts(table: FeatureTable) -> list[str]:
    """The columns of BALANCE that say where the water is: what is stored, and what was taken, in parts where it has
    some.
    """
    names = [STORED]
    for taken in (item.name for kind in PROCESSES for item in kind.FIELDS if item.role is Role.TAKES):
        stem = f"{taken.removesuffix('_m3')}_"
        parts = [name for name in table.columns if name.startswith(stem) and name != taken]
        names += parts or [name for name in (taken,) if name in table.columns]
    return names


def _numbers(table: FeatureTable, name: str) -> np.ndarray:
    """A column as numbers, NaN where it has none: tables of text, such as CSV, have texts."""
    return np.array([_number(value) for value in table.get(field_named(table.columns, name))], float)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan
