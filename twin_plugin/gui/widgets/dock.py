"""The base of the docks: a body that scrolls, the run's state and one primary button below it."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProcessingAlgorithm, QgsProject
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QEvent, QSize, Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QFrame,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ...bridge.kernel import resources
from ..common.jobs import Job
from ..common.run_request import RunRequest, RunResult
from ..common.shell import Shell
from .form import ParameterForm
from .job_panel import JobPanel


class TwinDock(QgsDockWidget):
    """A dock of the plugin.

    A subclass sets NAME and ICON, builds its body in `build`, and says in `primary_text` what its button will do and in
    `start` what happens then.
    """

    NAME = ""
    ICON = "twin"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.iface.mainWindow())
        self.shell = shell
        self.setObjectName(f"CityTwin{self.NAME.title()}Dock")
        self.setWindowIcon(QIcon(str(resources.icon(self.ICON))))
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self.body = QVBoxLayout()
        self.panel = JobPanel()
        self.primary = QPushButton()
        self.primary.setDefault(True)
        self.primary.clicked.connect(self.start)
        inner = QWidget()
        inner.setLayout(self.body)
        self.scroll = ScrollBody(inner)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.addWidget(self.scroll, 1)
        layout.addWidget(self.panel)
        layout.addWidget(self.primary)
        self.setWidget(whole)
        self.build()
        self.body.addStretch()
        self.refresh()
        project = QgsProject.instance()
        project.readProject.connect(self.project_changed)
        project.cleared.connect(self.project_changed)
        project.layersAdded.connect(self.refresh)
        project.layersRemoved.connect(self.refresh)

    # What a subclass gives

    def build(self) -> None:
        """Put the widgets into `self.body`."""

    def start(self) -> None:
        """Do what the primary button says."""

    def refresh(self, *_: object) -> None:
        """Show what the project now holds."""

    def project_changed(self, *_: object) -> None:
        """Another project: take what it remembers."""
        self.refresh()

    # What it may use

    def close_down(self) -> None:
        """Leave the project's signals and what was opened: before the dock is deleted."""
        project = QgsProject.instance()
        for signal, slot in (
            (project.readProject, self.project_changed),
            (project.cleared, self.project_changed),
            (project.layersAdded, self.refresh),
            (project.layersRemoved, self.refresh),
        ):
            signal.disconnect(slot)
        for form in self.findChildren(ParameterForm):
            form.let_go()

    def run(self, order: RunRequest) -> Job:
        """Start a run that this dock's panel follows; the primary button waits for its end."""
        self.primary.setEnabled(False)
        job = self.shell.runner.start(order)
        self.panel.follow(job)
        job.finished.connect(self._ended)
        return job

    def busy(self) -> bool:
        """Whether a run of this dock is going on."""
        return self.panel.job is not None

    def algorithm(self, name: str) -> QgsProcessingAlgorithm | None:
        """An instance of twin:<name> of our own: the registered one goes when the provider is refreshed."""
        return QgsApplication.processingRegistry().createAlgorithmById(f"twin:{name}")

    def _ended(self, outcome: RunResult) -> None:
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
        comfortable = 44 * self.fontMetrics().averageCharWidth()
        width = max(comfortable, self.widget().minimumSizeHint().width())
        return QSize(self._width(width), super().sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def _width(self, content: int) -> int:
        return content + self.verticalScrollBar().sizeHint().width() + 2 * self.frameWidth()
