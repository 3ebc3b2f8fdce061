"""The state of a run inside its dock: bar, stage, time left, cancel, and how it ended."""

from __future__ import annotations

from qgis.core import Qgis
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ..common import formatting
from ..common.jobs import Job, JobRunner
from ..common.run_request import RunRequest, RunResult
from .basics import button, fill_column, wrapped_label
from .notice import Notice


class JobPanel(QWidget):
    """Starts and follows one run at a time; hidden while there is nothing to report.

    Signals: `started()`, and `ended(RunResult)` before the job's own `finished` reaches those who connect to it later.
    """

    started = pyqtSignal()
    ended = pyqtSignal(object)

    def __init__(self, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self.job: Job | None = None
        self.bar = QProgressBar()
        self.bar.setToolTip(self.tr("Progress of the run."))
        self.stage = wrapped_label()
        self.cancel = button(
            "cancel", self.tr("Cancel"), self.tr("Stop the run; earlier files and layers stay unchanged."), self._cancel
        )
        self.notice = Notice()
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.running = QWidget()
        fill_column(self.running, row, self.stage)
        fill_column(self, self.running, self.notice)
        self.running.hide()

    def busy(self) -> bool:
        """Whether a run is going on."""
        return self.job is not None

    def run(self, request: RunRequest) -> Job:
        """Start a run and show it from now on."""
        self.started.emit()
        self.job = job = self.runner.start(request)
        self.notice.clear()
        self.bar.setRange(0, 0)
        self.stage.setText(self.tr("Starting…"))
        self.cancel.setEnabled(True)
        self.running.show()
        job.progressed.connect(self._progressed)
        job.finished.connect(self._finished)
        return job

    def _progressed(self, percent: float, stage: str, left_s: float) -> None:
        if percent > 0:
            self.bar.setRange(0, 100)
            self.bar.setValue(round(percent))
        parts = [stage] if stage else []
        if left_s >= 0 and self.cancel.isEnabled():
            parts.append(self.tr("{time} left").format(time=formatting.duration(left_s)))
        if not parts and self.cancel.isEnabled() and self.job is not None:
            starting = self.tr("Starting, {time} so far…")
            parts.append(starting.format(time=formatting.duration(self.job.seconds)))
        if parts:
            self.stage.setText(" · ".join(parts))

    def _cancel(self) -> None:
        if self.job is not None:
            self.cancel.setEnabled(False)
            self.stage.setText(self.tr("Stopping…"))
            self.job.cancel()

    def _finished(self, result: RunResult) -> None:
        self.running.hide()
        if result.cancelled:
            self.notice.say(self.tr("Cancelled: nothing was changed."))
        elif result.error:
            self.notice.say(result.error, Qgis.MessageLevel.Critical, result.log)
        self.job = None
        self.ended.emit(result)
