"""What twin:runensemble writes when its runs are computed: maps of all runs, and tables."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from ....bridge.flood.ensemble import maps
from ....bridge.flood.ensemble.plan import PlannedRun
from ....bridge.kernel.input_table import Entry
from ....bridge.kernel.resources import style
from ....bridge.kernel.translation import localized
from ....core.common import leftovers
from ....core.common.errors import Cancelled, InputError, unwritable
from ....core.common.messages import Message
from ....core.common.progress import Progress
from ....core.common.tables import Column
from ....core.flood.ensemble.measure_table import COMPARISON_COLUMNS, RUN_COLUMNS, comparison_row, run_row
from ....core.flood.ensemble.run_pool import Finished
from ....core.flood.ensemble.run_table import RunRow
from ....core.flood.ensemble.weights import WeightKind, weights_of
from ...algorithm import TwinAlgorithm, Values
from ...written_rows import write_output
from .declaration import STYLES

STATES = ("ok", "skipped", "failed")
CHANGES = "changes"
"""Folder of the maps of changes of depth, beside those of the runs."""


@dataclass(frozen=True)
class Done:
    """A run that has ended: its state of `STATES`, the reason in the user's language, and its figures."""

    plan: PlannedRun
    state: str
    reason: str = ""
    answer: Mapping[str, Any] | None = None

    @property
    def row(self) -> RunRow:
        return self.plan.row

    @staticmethod
    def of_plan(plan: PlannedRun) -> Done:
        """A run before anything is computed: finished before, impossible, or missing."""
        if plan.answer is not None:
            return Done(plan, "skipped", "", plan.answer)
        return Done(plan, "failed", "" if plan.problem is None else localized(plan.problem))

    @staticmethod
    def of_answer(plan: PlannedRun, finished: Finished) -> Done:
        """A run that was computed, or failed."""
        answer = finished.answer or {}
        if finished.error is not None:
            return Done(plan, "failed", localized(finished.error))
        if "error" in answer:
            return Done(plan, "failed", str(answer["error"]))
        return Done(plan, "ok", localized(plan.again), answer)


class Maps:
    """Writes the outputs of an algorithm from runs that have ended.

    Attributes
    ----------
    entries : list of Entry
        Lines of the table at the end of the log.
    """

    def __init__(
        self,
        algorithm: TwinAlgorithm,
        parameters: Values,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        progress: Progress,
    ) -> None:
        self._algorithm, self._parameters, self._context = algorithm, parameters, context
        self._feedback, self._progress = feedback, progress
        self.entries: list[Entry] = []

    def write_envelopes(self, runs: Sequence[Done]) -> Values:
        """The maps of all runs that are finished and lie on the same cells; their places by output."""
        algorithm, parameters, context = self._algorithm, self._parameters, self._context
        outputs = {n: algorithm.parameterAsOutputLayer(parameters, n, context) for n in STYLES if parameters.get(n)}
        finished = {run.row.name: run.plan.folder for run in runs if run.answer is not None}
        folders, notes = maps.same_place(finished)
        if not folders:
            algorithm.push_warnings([Message("No run is finished: there are no maps of all runs.")], self._feedback)
            return {}
        kept = [run.row for run in runs if run.row.name in folders]
        weights = weights_of(kept)
        if weights.kind is not WeightKind.EQUAL and len(kept) < len(runs):
            notes.append(Message("EXCEEDANCE lacks the runs that are not finished: probabilities are too low."))
        unknown = maps.write_envelopes(folders, weights.by_name, outputs, self._progress) if outputs else 0
        if unknown:
            text = Message(
                "{n:,} cells have data in some runs and none in others: there the greatest depth is that of the runs "
                "with data, and EXCEEDANCE has none.",
                n=unknown,
            )
            notes.append(text)
        algorithm.push_warnings(notes, self._feedback)
        self.entries.append(Entry(Message("Runs in the maps"), len(kept), len(runs) - len(kept), 0, weights.note()))
        return dict(outputs)

    def compare(self, done: Mapping[str, Done], pairs: Mapping[str, str], folder: Path) -> list[dict[str, Any]]:
        """Maps of the change of depth into the folder of changes, and the rows of COMPARISON."""
        wet_m = self._algorithm.parameterAsDouble(self._parameters, "WET_DEPTH_M", self._context)
        rows, left_out = [], 0
        for name, baseline in pairs.items():
            run, before = done[name], done[baseline]
            own = {"name": name, "measure": run.row.measure, "baseline": baseline, "cost": run.row.cost}
            try:
                rows.append(own | self._compared(run, before, folder / CHANGES, wet_m))
            except Cancelled:
                raise
            except InputError as error:
                left_out += 1
                rows.append(own | {"reason": localized(error)})
        if pairs:
            self.entries.append(Entry(Message("Runs compared"), len(rows) - left_out, left_out))
        return rows

    def write_tables(self, done: Mapping[str, Done], compared: Sequence[Mapping[str, Any]]) -> Values:
        """RUNS_DONE and COMPARISON; their places by output."""
        rows = [
            run_row(run.row, run.state, run.reason, str(run.plan.folder) if run.answer else "", run.answer)
            for run in done.values()
        ]
        places = self._table("RUNS_DONE", RUN_COLUMNS, rows)
        return places | self._table("COMPARISON", COMPARISON_COLUMNS, compared) if compared else places

    def _compared(self, run: Done, before: Done, folder: Path, wet_m: float) -> dict[str, Any]:
        for side in (run, before):
            if side.answer is None:
                raise InputError("The run '{name}' is not finished.", name=side.row.name)
        path = folder / f"{run.row.name}.tif"
        work = folder / leftovers.name(path.name)
        try:
            folder.mkdir(exist_ok=True)
            change = maps.write_change(before.plan.folder, run.plan.folder, work, wet_m, self._progress)
            work.replace(path)
            if not path.with_suffix(".qml").exists():  # the user's own stays
                shutil.copyfile(style("flood_difference"), path.with_suffix(".qml"))
        except OSError as error:
            raise unwritable(path, error) from error
        finally:
            work.unlink(missing_ok=True)
        row = comparison_row(run.row, before.row.name, before.answer or {}, run.answer or {}, change)
        return row | {"change_map": str(path)}

    def _table(self, name: str, columns: tuple[Column, ...], rows: Sequence[Mapping[str, Any]]) -> Values:
        given = (self._parameters, self._context, self._feedback)
        return write_output(self._algorithm, name, *given, columns, ((None, row) for row in rows))
