"""The base of the docks: a body that scrolls, the run's state, one primary button and that of the 3D scene below it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import Qgis, QgsApplication, QgsProcessingAlgorithm, QgsProject
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QEvent, QSize, Qt, QTimer
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ...bridge.kernel.translation import localized
from ...core.common.errors import TwinError
from ..common import workflow
from ..common.jobs import Job
from ..common.run_request import RunRequest, RunResult
from ..common.shell import Shell
from .basics import icon
from .form import ParameterForm
from .job_panel import JobPanel
from .scene_button import SceneButton

COMFORTABLE_LETTERS = 44
"""Width of a new dock in letters: the labels of the forms fit on one line, and the map keeps most of the window."""


class TwinDock(QgsDockWidget):
    """A dock of the plugin.

    A subclass sets NAME and ICON, fills `self.body` in its constructor, and says in `start` what its primary button
    does. The desktop calls `open` when the dock is complete: until then no signal of the project reaches it.

    Attributes
    ----------
    body : QVBoxLayout
        What scrolls.
    sections : dict of str to QWidget
        Parts of the body to which `show_section` scrolls.
    panel : JobPanel
        Runs the algorithms of this dock, and shows their progress and errors.
    primary : QPushButton
    scene : SceneButton
        Shows the project in 3D, whatever dock one is at.
    """

    NAME = ""
    ICON = "twin"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.iface.mainWindow())
        self.shell = shell
        self.setObjectName(f"CityTwin{self.NAME.title()}Dock")
        self.setWindowIcon(icon(self.ICON))
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self.body = QVBoxLayout()
        self.sections: dict[str, QWidget] = {}
        self.primary = QPushButton()
        self.primary.setIcon(self.windowIcon())
        self.primary.setDefault(True)
        self.primary.clicked.connect(lambda *_: self.start())
        self.panel = JobPanel(shell.runner)
        self.panel.started.connect(lambda: self.primary.setEnabled(False))
        self.panel.ended.connect(self._run_ended)
        inner = QWidget()
        inner.setLayout(self.body)
        self.scroll = ScrollBody(inner)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.addWidget(self.scroll, 1)
        layout.addWidget(self.panel)
        self.scene = SceneButton(shell)
        buttons = QHBoxLayout()
        buttons.addWidget(self.primary, 1)
        buttons.addWidget(self.scene)
        layout.addLayout(buttons)
        self.setWidget(whole)

    def open(self) -> None:
        """Show the open project, and follow it from now on."""
        self.body.addStretch()
        self.project_changed()
        for signal, slot in self._project_signals():
            signal.connect(slot)

    def close_down(self) -> None:
        """Leave the project's signals and what was opened: before the dock is deleted."""
        for signal, slot in self._project_signals():
            signal.disconnect(slot)
        self.scene.close_down()
        # What waits would find no algorithms any more.
        for timer in self.findChildren(QTimer):
            timer.stop()
        for form in self.findChildren(ParameterForm):
            form.let_go()

    # What a subclass may override

    def start(self) -> None:
        """Do what the primary button says."""

    def refresh(self, *_: object) -> None:
        """Show what the project now holds."""

    def project_changed(self, *_: object) -> None:
        """Another project: take what it remembers."""
        self.refresh()

    def take_demo(self, result: RunResult) -> None:
        """Take the new demo district as input."""

    # What it may use

    def show_section(self, name: str) -> None:
        """Scroll to a section."""
        if name in self.sections:
            self.scroll.ensureWidgetVisible(self.sections[name], 0, 0)

    def run(self, request: RunRequest) -> Job:
        """Start a run in this dock's panel; the primary button waits for its end."""
        return self.panel.run(request)

    def run_step(self, make: Callable[[], RunRequest]) -> Job | None:
        """Start a run, or say in the panel what its request lacks."""
        try:
            return self.run(make())
        except TwinError as error:
            self.panel.notice.say(localized(error), Qgis.MessageLevel.Warning)
            return None

    def write_report(self) -> None:
        """Write the report of the flood that the docks are at, and keep in the project where it is."""
        job = self.run_step(workflow.report)
        if job is not None:
            job.finished.connect(lambda result: self._reported(job.request, result))

    def busy(self) -> bool:
        """Whether a run of this dock is going on."""
        return self.panel.busy()

    def algorithm(self, name: str) -> QgsProcessingAlgorithm | None:
        """An instance of twin:<name> of our own: the registered one goes when the provider is refreshed."""
        return QgsApplication.processingRegistry().createAlgorithmById(f"twin:{name}")

    def _project_signals(self) -> tuple[tuple[Any, Callable[..., None]], ...]:
        project = QgsProject.instance()
        return (
            (project.readProject, self.project_changed),
            (project.cleared, self.project_changed),
            (project.layersAdded, self.refresh),
            (project.layersRemoved, self.refresh),
            (project.projectSaved, self.refresh),
        )

    def _reported(self, request: RunRequest, result: RunResult) -> None:
        if result.ok:
            workflow.remember_report(request, result)
            self.shell.refresh()

    def _run_ended(self, _: RunResult) -> None:
        self.primary.setEnabled(True)
        self.refresh()


class ScrollBody(QScrollArea):
    """Scrolls up and down only: it is never narrower than what it holds."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(self.widget().minimumSizeHint().width()), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        width = max(
            COMFORTABLE_LETTERS * self.fontMetrics().averageCharWidth(), self.widget().minimumSizeHint().width()
        )
        return QSize(self._width(width), super().sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def _width(self, content: int) -> int:
        return content + self.verticalScrollBar().sizeHint().width() + 2 * self.frameWidth()
