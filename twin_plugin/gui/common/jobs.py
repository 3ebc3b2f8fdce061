"""The job runner: starts an algorithm in the background, follows it, and publishes what came out."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsTask,
)
from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QApplication

from ...bridge.kernel import dependencies
from ...bridge.kernel.outside_text import as_name
from ...bridge.kernel.translation import localized
from . import history, result_layers
from .run_request import RunRequest, RunResult

log = logging.getLogger(__name__)
POLL_MS = 200
KNOWN_PERCENT = 2.0
"""From this progress on the time left is estimated: before, it jumps."""
KEPT = 10
"""Runs that are kept whole after their end."""
CANCEL_S = 5.0
"""Unloading waits so long for cancelled runs: algorithms stop within a second, unless the machine is busy."""


class JobFeedback(QgsProcessingFeedback):
    """Keeps the stage, the warnings and the errors of a run; the runner reads them from the main thread."""

    def __init__(self) -> None:
        super().__init__(False)
        self.stage = ""
        self.errors: list[str] = []
        self.warnings: list[str] = []
        self.on_progress: Callable[[], None] | None = None

    def setProgressText(self, text: str) -> None:
        super().setProgressText(text)
        self.stage = text
        if self.on_progress is not None:
            self.on_progress()

    def pushWarning(self, warning: str) -> None:
        super().pushWarning(warning)
        self.warnings.append(warning)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N803 - the names QGIS uses
        super().reportError(error, fatalError)
        self.errors.append(error)


class Job(QObject):
    """One run: `progressed(percent, stage, seconds left or -1)` comes again and again, `finished(RunResult)` once."""

    progressed = pyqtSignal(float, str, float)
    finished = pyqtSignal(object)

    def __init__(self, request: RunRequest, algorithm: QgsProcessingAlgorithm | None, parent: QObject) -> None:
        super().__init__(parent)
        self.request = request
        self.algorithm = algorithm
        self.feedback = JobFeedback()
        self.context = QgsProcessingContext()
        self.context.setProject(QgsProject.instance())
        self.context.setFeedback(self.feedback)
        self.task: QgsProcessingAlgRunnerTask | None = None
        self.parameters: dict[str, Any] = {}
        self.result: RunResult | None = None
        self.lacking = False
        self.entry: history.HistoryEntry | None = None
        self.started_s = time.monotonic()
        self._began: tuple[float, float] | None = None  # when progress was first seen, and which
        self.timer = QTimer(self)
        self.timer.setInterval(POLL_MS)
        self.timer.timeout.connect(self.poll)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started_s

    def cancel(self) -> None:
        """Ask the run to stop; `finished` follows."""
        self.feedback.cancel()
        if self.task is not None:
            self.task.cancel()

    def let_go(self) -> None:
        """Close the layers that were opened for the run: left to Python they may be closed after QGIS has ended."""
        self.context, self.task = QgsProcessingContext(), None

    def poll(self) -> None:
        """Tell how far the run is."""
        percent = self.feedback.progress()
        self.progressed.emit(percent, self.feedback.stage, self._left_s(percent))

    def _left_s(self, percent: float) -> float:
        """Seconds that are left at the speed since the first progress, -1 for unknown: before, kernels are compiled."""
        if percent <= 0:
            return -1.0
        if self._began is None:
            self._began = self.seconds, percent
        seconds, done = self.seconds - self._began[0], percent - self._began[1]
        return seconds * (100.0 - percent) / done if done >= KNOWN_PERCENT and seconds > 1.0 else -1.0


class JobRunner(QObject):
    """Runs algorithms for the docks and keeps what belongs to a run alive until it has ended."""

    started = pyqtSignal(object)
    finished = pyqtSignal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.active: list[Job] = []
        self._ended: deque[Job] = deque()

    def start(self, request: RunRequest) -> Job:
        """Start a run and return at once; whatever is wrong arrives through `finished` too."""
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(request.algorithm_id)
        job = Job(request, algorithm, self)
        self.active.append(job)
        problem = self._check(job)
        self.started.emit(job)
        if problem:
            result = RunResult(False, error=problem, lacking=job.lacking)
            QTimer.singleShot(0, lambda: self._end(job, result))
        elif algorithm.flags() & QgsProcessingAlgorithm.Flag.FlagNoThreading:
            QTimer.singleShot(0, lambda: self._run_here(job))
        else:
            self._run_behind(job)
        return job

    def cancel_all(self) -> None:
        """Cancel every run and wait shortly for the tasks to stop: for unload."""
        for job in list(self.active):
            job.cancel()
        end = time.monotonic() + CANCEL_S
        while self.active and time.monotonic() < end:
            QCoreApplication.processEvents()
            time.sleep(0.01)
        for job in self._ended:
            job.let_go()

    def _check(self, job: Job) -> str:
        """The reason why a run cannot start, or ''."""
        request, algorithm = job.request, job.algorithm
        if algorithm is None:
            text = self.tr("There is no algorithm '{name}': is its provider switched off in Processing's options?")
            return text.format(name=request.algorithm_id)
        able, reason = algorithm.canExecute()
        if not able:
            job.lacking = bool(dependencies.lacking(getattr(algorithm, "PACKAGES", ())))
            return reason
        job.parameters = result_layers.with_destinations(algorithm, request)
        fits, reason = algorithm.checkParameterValues(job.parameters, job.context)
        if not fits:
            return reason
        job.entry = history.HistoryEntry(algorithm, job.parameters, job.context)
        return ""

    def _run_behind(self, job: Job) -> None:
        # Silent: the plugin's own message says how it ended.
        flags = QgsTask.Flag.CanCancel | QgsTask.Flag.Silent
        task = QgsProcessingAlgRunnerTask(job.algorithm, job.parameters, job.context, job.feedback, flags)
        task.setDescription(as_name(job.request.title))
        if task.isCanceled():  # its preparation failed
            QTimer.singleShot(0, lambda: self._completed(job, False, {}))
            return
        job.task = task
        task.executed.connect(lambda ok, results: self._completed(job, ok, results))
        job.timer.start()
        QgsApplication.taskManager().addTask(task)

    def _run_here(self, job: Job) -> None:
        """Run what may only run on the main thread, with a chance to draw and to cancel at each stage."""

        def breathe() -> None:
            job.poll()
            QCoreApplication.processEvents()

        job.feedback.on_progress = breathe
        QApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
        try:
            results, ok = job.algorithm.run(job.parameters, job.context, job.feedback)
        except QgsProcessingException as error:
            job.feedback.errors.append(localized(error))
            results, ok = {}, False
        finally:
            QApplication.restoreOverrideCursor()
        self._completed(job, ok, results)

    def _completed(self, job: Job, ok: bool, results: dict[str, Any]) -> None:
        job.timer.stop()
        result = RunResult(ok, log=job.feedback.textLog(), seconds=job.seconds)
        if job.feedback.isCanceled():
            result = replace(result, ok=False, cancelled=True)
        elif not ok:
            result = replace(result, error=self._reason(job))
        else:
            layers, unloaded = result_layers.load(job.request, job.parameters, job.context, job.feedback, results)
            result = replace(result, outputs=results, layers=layers)
            if unloaded:
                text = self.tr("The run succeeded, but QGIS could not open {files}: check the files and the log.")
                result = replace(result, ok=False, error=text.format(files=", ".join(unloaded)))
        self._end(job, result)

    def _reason(self, job: Job) -> str:
        """Why a run failed: its first error, since "Execution failed" and the like follow the cause."""
        errors = [line.strip() for line in job.feedback.errors if line.strip()]
        fallback = self.tr("{title} failed without a reason: open the details.").format(title=job.request.title)
        return errors[0] if errors else fallback

    def _end(self, job: Job, result: RunResult) -> None:
        if job.result is not None:
            return
        job.result = result
        if job.entry is not None:
            job.entry.close(result.outputs, job.feedback.htmlLog())
        if job in self.active:
            self.active.remove(job)
        # The task still uses the context while it unwinds: both stay until newer runs push them out.
        self._ended.append(job)
        if len(self._ended) > KEPT:
            oldest = self._ended.popleft()
            oldest.let_go()
            oldest.deleteLater()
        if result.error:
            log.warning("%s: %s", job.request.title, result.error)
        job.finished.emit(result)
        self.finished.emit(job, result)
