"""The base of the docks: a body that scrolls, the run's state and one primary button below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsApplication, QgsProcessingAlgorithm, QgsProject
from qgis.gui import QgsCollapsibleGroupBox, QgsDockWidget
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QSize, Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ..bridge.kernel import resources
from .jobs import Job, Order, Outcome
from .widgets.form import ParameterForm
from .widgets.job_panel import JobPanel

if TYPE_CHECKING:
    from .desktop import Desktop


class TwinDock(QgsDockWidget):
    """A dock of the plugin.

    A subclass sets NAME and ICON, builds its body in `build`, and says in `primary_text` what its button will do and in
    `start` what happens then.
    """

    NAME = ""
    ICON = "twin"

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop.iface.mainWindow())
        self.desktop = desktop
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
        self.scroll = Body(inner)
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

    def run(self, order: Order) -> Job:
        """Start a run that this dock's panel follows; the primary button waits for its end."""
        self.primary.setEnabled(False)
        job = self.desktop.runner.start(order)
        self.panel.follow(job)
        job.finished.connect(self._ended)
        return job

    def busy(self) -> bool:
        """Whether a run of this dock is going on."""
        return self.panel.job is not None

    def algorithm(self, name: str) -> QgsProcessingAlgorithm | None:
        """An instance of twin:<name> of our own: the registered one goes when the provider is refreshed."""
        return QgsApplication.processingRegistry().createAlgorithmById(f"twin:{name}")

    def _ended(self, outcome: Outcome) -> None:
        self.primary.setEnabled(True)
        self.refresh()


class Body(QScrollArea):
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


def text_label(text: str = "") -> QLabel:
    """A paragraph that wraps at any width."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setOpenExternalLinks(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def folded(title: str, content: QWidget, key: str, collapsed: bool = True) -> QgsCollapsibleGroupBox:
    """A group that folds away what is seldom changed."""
    box = QgsCollapsibleGroupBox(title)
    box.setObjectName(key)
    box.setToolTip(QCoreApplication.translate("TwinDock", "Click to fold or unfold."))
    for inner in box.findChildren(QAbstractButton):
        inner.setToolTip(box.toolTip())
    layout = QVBoxLayout(box)
    layout.addWidget(content)
    box.setCollapsed(collapsed)
    return box


def button(icon: str, text: str, tip: str, slot: Any) -> QPushButton:
    """A push button with its icon and tooltip."""
    made = QPushButton(QIcon(str(resources.icon(icon))), text)
    made.setToolTip(tip)
    made.clicked.connect(lambda: slot())
    return made
