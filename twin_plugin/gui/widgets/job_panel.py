"""The state of a run inside its dock: bar, stage, time left, cancel, and how it ended."""

from __future__ import annotations

from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ...bridge.kernel import resources
from ..common import formatting
from ..common.jobs import Job
from ..common.run_request import RunResult
from .notice import Notice


class JobPanel(QWidget):
    """Follows one run at a time; hidden when there is nothing to tell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.job: Job | None = None
        self.bar = QProgressBar()
        self.bar.setToolTip(QCoreApplication.translate("JobPanel", "How far the run is."))
        self.stage = QLabel()
        self.stage.setWordWrap(True)
        self.stage.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.cancel = QPushButton(
            QIcon(str(resources.icon("cancel"))), QCoreApplication.translate("JobPanel", "Cancel")
        )
        self.cancel.setToolTip(
            QCoreApplication.translate("JobPanel", "Stop the run; what was there before it stays as it was.")
        )
        self.cancel.clicked.connect(self._cancel)
        self.notice = Notice()
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.running = QWidget()
        inner = QVBoxLayout(self.running)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(row)
        inner.addWidget(self.stage)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.running)
        layout.addWidget(self.notice)
        self.running.hide()

    def follow(self, job: Job) -> None:
        """Show this run from now on."""
        self.job = job
        self.notice.clear()
        self.bar.setRange(0, 0)
        self.stage.setText(QCoreApplication.translate("JobPanel", "Starting…"))
        self.cancel.setEnabled(True)
        self.running.show()
        job.progressed.connect(self._progressed)
        job.finished.connect(self._finished)

    def _progressed(self, percent: float, stage: str, left_s: float) -> None:
        if percent > 0:
            self.bar.setRange(0, 100)
            self.bar.setValue(round(percent))
        parts = [stage] if stage else []
        if left_s >= 0 and self.cancel.isEnabled():
            parts.append(QCoreApplication.translate("JobPanel", "{time} left").format(time=formatting.duration(left_s)))
        if not parts and self.cancel.isEnabled() and self.job is not None:
            starting = QCoreApplication.translate("JobPanel", "Starting, {time} so far…")
            parts.append(starting.format(time=formatting.duration(self.job.seconds)))
        if parts:
            self.stage.setText(" · ".join(parts))

    def _cancel(self) -> None:
        if self.job is not None:
            self.cancel.setEnabled(False)
            self.stage.setText(QCoreApplication.translate("JobPanel", "Stopping…"))
            self.job.cancel()

    def _finished(self, outcome: RunResult) -> None:
        self.running.hide()
        if outcome.cancelled:
            self.notice.say(QCoreApplication.translate("JobPanel", "Cancelled: nothing was changed."))
        elif outcome.error:
            self.notice.say(outcome.error, Qgis.MessageLevel.Critical, outcome.log)
        self.job = None
