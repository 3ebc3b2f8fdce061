"""twin:runensemble: many flood runs from one table, with maps of all of them and measures compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

from ...bridge.flood.ensemble import computing, plan
from ...bridge.kernel import kernels
from ...bridge.kernel.input_table import Entry, table_lines
from ...bridge.kernel.schedulers import Scheduler
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import part
from ...core.flood.ensemble.run_pool import Program
from ...core.flood.ensemble.run_table import RunRow
from ...core.flood.ensemble.weights import weights_of
from ..algorithm import TwinAlgorithm, Values
from ..inputs import scheduler
from ..question import Question
from .ensemble import declaration, inputs, results, run_server
from .ensemble.results import Done


class RunEnsemble(TwinAlgorithm):
    ID = "runensemble"
    GROUP_ID = ICON = "flood"
    PACKAGES = ("numba", "shapely")

    def title(self) -> str:
        return self.tr("Run an ensemble of floods")

    def help_text(self) -> str:
        return self.tr(
            "<p>Simulates a flood for each row of a table: storms, tides, drains, measures. A column called like a "
            "parameter of 'Simulate flood' gives its value for the run; where a cell is empty, the value below counts. "
            "The results are a folder for each run, maps of all runs together (greatest depth, earliest arrival, how "
            "probable a depth is), and what measures change against doing nothing.</p><p>A run that failed is a row "
            "with its reason and stops nothing. The next start with the same folder computes only runs that are not "
            "finished or whose inputs have changed.</p>"
        )

    def declare(self, configuration: Values) -> None:
        declaration.declare(self)

    def cancelled_text(self) -> str:
        return self.tr("Cancelled: the finished runs are kept, and the next start continues from there.")

    def questions(self, parameters: Values, context: QgsProcessingContext) -> Iterator[Question]:
        asked = scheduler(self, parameters, context)
        if asked.address and asked.is_new():
            yield Question(
                self.tr("Connect to a new scheduler?"),
                self.tr("Shall the dask scheduler at {address} compute the runs?").format(address=asked.address),
                self.tr("Whoever runs it can run code on this computer. The answer yes is kept for this address."),
                self.tr("Connect"),
                self.tr("The scheduler at {address} was not asked: nothing was computed.").format(
                    address=asked.address
                ),
                asked.keep,
            )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the table, compute what is not finished, and write the maps and tables of all runs."""
        rows = inputs.read_rows(self, parameters, context, feedback)
        pairs = plan.compared_with(rows, self.parameterAsString(parameters, "BASELINE", context).strip())
        group = [row for row in rows if not row.measure] or rows
        weights_of(group)  # refused before anything is computed
        folder = inputs.folder(self, parameters, context)
        progress = self.progress(feedback)
        with computing.only_user(folder, progress):
            self.push_warnings(plan.other_runs(folder, rows), feedback)
            done = self._compute(rows, folder, parameters, context, feedback)
            maps = results.Maps(self, parameters, context, feedback, part(progress, 0.9, 1.0))
            values = maps.write_envelopes([done[row.name] for row in group])
            compared = maps.compare(done, pairs, folder)
        values |= maps.write_tables(done, compared)
        counts = {state: sum(run.state == state for run in done.values()) for state in results.STATES}
        entry = Entry(Message("Runs of RUNS"), counts["ok"] + counts["skipped"], counts["failed"])
        self.push_lines(table_lines([entry, *maps.entries]), feedback)
        return {**values, "FOLDER": str(folder), **{f"RUNS_{k.upper()}": v for k, v in counts.items()}}

    def _compute(
        self,
        rows: list[RunRow],
        folder: Path,
        parameters: Values,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Done]:
        """All runs of the table by name, finished or failed."""
        progress = self.progress(feedback)
        asked = self._agreed(scheduler(self, parameters, context))
        workers = inputs.workers(self, parameters, context, len(rows))
        self.push_warnings(workers.notes, feedback)
        planner = inputs.planner(self, parameters, context, folder, 1 if asked.address else workers.threads)
        planned = {row.name: planner.plan(row) for row in rows}
        for run in planned.values():
            if run.again:
                text = Message("The run '{name}' is computed again: {why}.", name=run.row.name, why=run.again)
                self.push_lines([text], feedback)
        done = {name: Done.of_plan(run) for name, run in planned.items()}
        jobs = [run.job for run in planned.values() if run.job]
        if jobs and not asked.address:
            kernels.ready("flood", part(progress, 0.0, 0.02))
            if any(job["risk"] for job in jobs):
                kernels.ready("risk", part(progress, 0.0, 0.02))
        program = Program(run_server.__name__, _settings())
        for finished in computing.compute(jobs, folder, program, workers.processes, asked, part(progress, 0.02, 0.9)):
            run = Done.of_answer(planned[finished.job["name"]], finished)
            done[run.row.name] = run
            self._tell(run, feedback)
        for run in (run for run in done.values() if run.plan.problem is not None):
            self._tell(run, feedback)
        return done

    def _tell(self, run: Done, feedback: QgsProcessingFeedback) -> None:
        if run.state == "failed":
            text = Message("The run '{name}' failed: {reason}", name=run.row.name, reason=run.reason)
            self.push_warnings([text], feedback)
        else:
            seconds = (run.answer or {}).get("seconds", 0.0)
            text = Message("The run '{name}' is finished after {seconds:.1f} s.", name=run.row.name, seconds=seconds)
            self.push_lines([text], feedback)
            if warned := (run.answer or {}).get("warnings"):
                text = Message("The run '{name}' has {n} warnings: see its log.txt.", name=run.row.name, n=warned)
                self.push_warnings([text], feedback)

    def _agreed(self, asked: Scheduler) -> Scheduler:
        """The scheduler, which in the desktop the user agreed to: a model could not ask."""
        if asked.address and self.asker() is not None and asked.is_new():
            text = self.tr(
                "The scheduler at {address} is new: run 'Run an ensemble of floods' with it from the toolbox once, "
                "which asks whether you trust it."
            )
            raise InputError(text.format(address=asked.address))
        return asked


def _settings() -> dict[str, str]:
    """What the processes of runs need to know of this QGIS."""
    return {
        "profile": QgsApplication.qgisSettingsDirPath(),
        "prefix": QgsApplication.prefixPath(),
        "locale": QgsApplication.locale(),
    }
