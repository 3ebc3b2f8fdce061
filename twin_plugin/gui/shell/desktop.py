"""The plugin in the desktop: its docks, menu and toolbar, and their removal."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from qgis.core import Qgis, QgsCoordinateTransform, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QObject, Qt, QTimer
from qgis.PyQt.QtWidgets import QAction, QMenu, QTabBar, QToolBar

from ...bridge.kernel.outside_text import as_tip
from ...processing.provider import TwinProvider
from ..bim.dock import BuildingsDock
from ..common import formatting, settings
from ..common.jobs import Job, JobRunner
from ..common.run_request import RunResult
from ..contingency.dock import PlanDock
from ..flood.dock import FloodDock
from ..home.dock import HomeDock
from ..lifecycle.dock import LifecycleDock
from ..planning.dock import PlanningDock
from ..services.dock import ServicesDock
from ..themes.dock import ThemesDock
from ..widgets import message_bar, question_dialog
from ..widgets.basics import button, icon
from ..widgets.dock import TwinDock
from ..widgets.notice import DetailsDialog
from .dependencies import DependencyBar, Installer
from .guide import GuideDialog
from .options import PAGE, OptionsFactory
from .warm_up import WarmUp

log = logging.getLogger(__name__)
PLACED = "docks_placed"
MARGIN = 1.05
"""The map shows results with this much space around them."""
DOCKS: tuple[type[TwinDock], ...] = (
    HomeDock, BuildingsDock, ServicesDock, FloodDock, PlanDock, ThemesDock, PlanningDock, LifecycleDock,
)  # fmt: skip


class Desktop(QObject):
    """Docks and actions of one plugin instance."""

    def __init__(self, iface: Any, provider: TwinProvider | None) -> None:
        super().__init__()
        self.iface = iface
        self.provider = provider
        self.docks: dict[str, TwinDock] = {}
        self.actions: list[QAction] = []
        self.menu: QMenu | None = None
        self.toolbar: QToolBar | None = None
        self.runner: JobRunner | None = None
        self.installer: Installer | None = None
        self.dependency_bar: DependencyBar | None = None
        self.warm_up: WarmUp | None = None
        self.factory: OptionsFactory | None = None

    def build(self) -> None:
        """Put everything into the main window."""
        if self.runner is not None:
            return
        settings.apply(settings.load())
        window = self.iface.mainWindow()
        self.runner = JobRunner()
        self.runner.finished.connect(self._report)
        if self.provider is not None:
            self.provider.ask = partial(question_dialog.ask, parent=window)
        self.installer = Installer()
        self.installer.finished.connect(self._installed)
        self.dependency_bar = DependencyBar(self.iface.messageBar(), self.installer)
        self.installer.removed.connect(self._removed)
        self.warm_up = WarmUp()
        self.installer.removing.connect(self.warm_up.cancel)
        self.menu = QMenu(self.tr("City Twin"), window)
        self.menu.setIcon(icon("twin"))
        self.iface.pluginMenu().addMenu(self.menu)
        self.toolbar = QToolBar(self.tr("City Twin"), window)
        self.toolbar.setObjectName("CityTwinToolbar")
        self.iface.addToolBar(self.toolbar)
        for kind in DOCKS:
            self._add_dock(kind(self))
        for dock in self.docks.values():
            dock.open()
        self._add_action("guide", self.tr("Guide…"), self.open_guide)
        self._add_action("settings", self.tr("Settings…"), self.open_settings)
        self.factory = OptionsFactory(self.installer)
        self.iface.registerOptionsWidgetFactory(self.factory)
        self.iface.initializationCompleted.connect(self._place_docks)
        QTimer.singleShot(0, self.dependency_bar.show_missing)
        self.warm_up.start_later()

    def remove(self) -> None:
        """Take everything out again; safe to call twice."""
        if self.runner is None:
            return
        self.iface.initializationCompleted.disconnect(self._place_docks)
        self.runner.finished.disconnect(self._report)
        if self.provider is not None:
            self.provider.ask = None
        self.runner.cancel_all()
        self.installer.finished.disconnect(self._installed)
        self.installer.removed.disconnect(self._removed)
        self.installer.stop()
        self.warm_up.stop()
        self.dependency_bar.remove()
        if self.factory is not None:
            self.iface.unregisterOptionsWidgetFactory(self.factory)
        for dock in self.docks.values():
            dock.close_down()
            self.iface.removeDockWidget(dock)
            dock.setParent(None)
            dock.deleteLater()
        self.docks = {}
        self.iface.pluginMenu().removeAction(self.menu.menuAction())
        for item in (self.toolbar, self.menu, *self.actions):
            item.setParent(None)
            item.deleteLater()
        self.actions = []
        self.toolbar = self.menu = self.factory = None
        self.runner = self.installer = self.dependency_bar = self.warm_up = None

    def show_dock(self, name: str, section: str = "") -> None:
        """Bring a dock to the front, at one of its sections."""
        dock = self.docks[name]
        dock.setUserVisible(True)
        dock.show_section(section)

    def refresh(self) -> None:
        """Update every dock from the project."""
        for dock in self.docks.values():
            dock.refresh()

    def open_algorithm(self, name: str, parameters: dict[str, Any] | None = None) -> None:
        """Open the dialog of twin:<name>."""
        import processing

        if self.provider is None or self.provider.algorithm(name) is None:
            text = self.tr("This installation lacks the tool '{name}': reinstall the plugin.")
            message_bar.push(self.iface.messageBar(), text.format(name=name), Qgis.MessageLevel.Warning)
            return
        if not self.provider.algorithm(name).canExecute()[0] and self.dependency_bar.show_missing():
            return
        processing.execAlgorithmDialog(f"twin:{name}", parameters or {})

    def open_settings(self) -> None:
        """Open QGIS's options at the plugin's page."""
        self.iface.showOptionsDialog(self.iface.mainWindow(), PAGE)

    def open_guide(self) -> None:
        """Open the guide."""
        GuideDialog(self.iface.mainWindow()).show()

    def use_demo(self, result: RunResult) -> None:
        """Let every dock take the new demo district as input, and show it on the map."""
        for dock in self.docks.values():
            dock.take_demo(result)
        terrain = result.layers.get("DTM")
        if terrain:
            QgsProject.instance().setCrs(QgsProject.instance().mapLayer(terrain).crs())
        self.zoom_to(list(result.layers.values()))

    def zoom_to(self, layer_ids: list[str]) -> None:
        """Show the whole of some layers on the map."""
        canvas, project = self.iface.mapCanvas(), QgsProject.instance()
        box = QgsRectangle()
        for layer in (project.mapLayer(layer_id) for layer_id in layer_ids):
            if layer is None or not layer.isSpatial() or layer.extent().isEmpty():
                continue
            transform = QgsCoordinateTransform(layer.crs(), canvas.mapSettings().destinationCrs(), project)
            box.combineExtentWith(transform.transformBoundingBox(layer.extent()))
        if not box.isEmpty():
            box.scale(MARGIN)
            canvas.setExtent(box)
            canvas.refresh()

    def _add_dock(self, dock: TwinDock) -> None:
        self.docks[dock.NAME] = dock
        first = next(iter(self.docks.values()))
        if dock is first:
            self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        else:
            self.iface.addTabifiedDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock, [first.objectName()], False)
            dock.hide()
        action = self._add_action(dock.ICON, dock.windowTitle(), None)
        action.setCheckable(True)
        dock.setToggleVisibilityAction(action)
        dock.visibilityChanged.connect(self._tabs_later)

    def _tabs_later(self, *_: object) -> None:
        """Show whole titles when Qt has made the tabs, which it does in its own time."""
        QTimer.singleShot(0, lambda: self.runner is not None and self._show_whole_titles())

    def _place_docks(self) -> None:
        """Put the docks behind each other, once: QGIS takes new ones apart, and later the user's own order holds."""
        if settings.load_number(PLACED, 0.0):
            return
        settings.save_number(PLACED, 1.0)
        window, first = self.iface.mainWindow(), next(iter(self.docks.values()))
        for dock in self.docks.values():
            if dock is not first:
                window.tabifyDockWidget(first, dock)
        tabs = self._show_whole_titles()
        width = max(first.sizeHint().width(), tabs.sizeHint().width() if tabs is not None else 0)
        window.resizeDocks([first], [width], Qt.Orientation.Horizontal)

    def _show_whole_titles(self) -> QTabBar | None:
        """Let the tabs of the docks scroll rather than cut their titles; the bar that has them, None without one."""
        titles = {dock.windowTitle() for dock in self.docks.values()}
        for bar in self.iface.mainWindow().findChildren(QTabBar):
            own = [place for place in range(bar.count()) if bar.tabText(place) in titles]
            if bar.parent() is self.iface.mainWindow() and len(own) > 1:
                bar.setElideMode(Qt.TextElideMode.ElideNone)
                bar.setUsesScrollButtons(True)
                return bar
        return None

    def _add_action(self, name: str, text: str, slot: Any) -> QAction:
        action = QAction(icon(name), text, self.iface.mainWindow())
        action.setToolTip(as_tip(text.removesuffix("…")))
        if slot is not None:
            action.triggered.connect(lambda *_: slot())
        self.menu.addAction(action)
        self.toolbar.addAction(action)
        self.actions.append(action)
        return action

    def _installed(self, error: str) -> None:
        if not error:
            self.refresh()
            self.warm_up.start()

    def _removed(self) -> None:
        self.refresh()
        self.dependency_bar.show_missing()

    def _report(self, job: Job, result: RunResult) -> None:
        """Report the end of a run in the message bar."""
        request, level = job.request, Qgis.MessageLevel
        if result.cancelled:
            text = self.tr("{title} was cancelled; nothing was changed.")
            self._say(text.format(title=request.title), level.Info, 6)
        elif result.lacking:
            self.dependency_bar.show_missing()
        elif not result.ok:
            self._say(result.error, level.Critical, 0, result.error, result.log)
        elif not request.quiet:
            text = self.tr("{title} is done after {time}.")
            done = text.format(title=request.title, time=formatting.duration(result.seconds))
            summary = f" {request.summary(result.outputs)}" if request.summary is not None else ""
            self._say(done + summary, level.Success, 12, done, result.log)
            if settings.load().zoom_to_results and result.layers:
                self.zoom_to([layer for output, layer in result.layers.items() if output not in request.hidden])

    def _say(self, text: str, level: Qgis.MessageLevel, seconds: int, title: str = "", log: str = "") -> None:
        """Push an item into the message bar, with a button that opens the log of a run if it has one."""
        item = message_bar.MessageItem(text, level, seconds)
        if log:
            dialog = partial(DetailsDialog, self.tr("Details"), f"{title}\n\n{log}", self.iface.mainWindow())
            tip = self.tr("Open the whole log, to read or copy it.")
            item.layout().addWidget(button("", self.tr("Details…"), tip, lambda: dialog().show()))
        self.iface.messageBar().pushItem(item)
