"""A desktop of the plugin on pytest-qgis's interface, with a real message bar."""

from __future__ import annotations

import time
from typing import ClassVar

import pytest


def run_events(milliseconds: int = 0) -> None:
    """Let events and deletions happen."""
    from qgis.PyQt.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer

    if milliseconds:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def settle(qgis_app):
    """The function that lets events and deletions happen."""
    return run_events


@pytest.fixture
def wait_for(qgis_app):
    """A function that runs the event loop until a condition holds; fails after some seconds."""

    def wait(condition, seconds: float = 20.0):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "waited too long"
            run_events(20)

    return wait


@pytest.fixture
def answer_questions(qgis_app):
    """A function that answers yes or no to every question from now on; gives the list of the questions' texts."""
    from qgis.PyQt.QtCore import QTimer
    from qgis.PyQt.QtWidgets import QApplication

    from twin_plugin.gui.widgets.question_dialog import QuestionDialog

    asked, timer, answers = [], QTimer(), []

    def look():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QuestionDialog):
            asked.append("\n".join((dialog.windowTitle(), dialog.text.text(), dialog.detail.text())))
            (dialog.yes if answers[-1] else dialog.no).click()

    def start(yes):
        answers.append(yes)
        timer.start(20)
        return asked

    timer.timeout.connect(look)
    yield start
    timer.stop()


@pytest.fixture
def widget(qgis_app):
    """A function that makes a widget of a kind; it is deleted after the test, since Python might do so after QGIS."""
    from qgis.PyQt import sip

    made = []

    def make(kind):
        made.append(kind())
        return made[-1]

    yield make
    for item in made:
        if not sip.isdeleted(item):
            sip.delete(item)


@pytest.fixture
def message_bar(qgis_app):
    """A real message bar: pytest-qgis's own takes no items with buttons."""
    from qgis.gui import QgsMessageBar  # noqa: TID251

    return QgsMessageBar()


@pytest.fixture
def plugin_menu(qgis_app):
    """The Plugins menu."""
    from qgis.PyQt.QtWidgets import QMenu

    return QMenu("Plugins")


@pytest.fixture
def results(tmp_path):
    """The folder of the results, by the settings; they are the defaults again after the test."""
    from twin_plugin.gui.common import settings

    folder = tmp_path / "results"
    settings.save(settings.Settings(results_folder=str(folder)))
    yield folder
    settings.save(settings.Settings())


@pytest.fixture
def make_desktop(qgis_plugin, qgis_iface, qgis_new_project, message_bar, plugin_menu, results, monkeypatch):
    """A function that builds the desktop part of the plugin; everything made is taken out at the end."""
    from twin_plugin.gui.shell.desktop import Desktop

    window = qgis_iface.mainWindow()
    real = {
        "messageBar": lambda: message_bar,
        "pluginMenu": lambda: plugin_menu,
        "addDockWidget": window.addDockWidget,
        "addTabifiedDockWidget": lambda area, dock, *_: window.addDockWidget(area, dock),
        "removeDockWidget": window.removeDockWidget,
        "addToolBar": window.addToolBar,
    }
    for name, value in real.items():
        monkeypatch.setattr(qgis_iface, name, value, raising=False)
    made = []

    def make():
        desktop = Desktop(qgis_iface, qgis_plugin.provider)
        desktop.build()
        made.append(desktop)
        return desktop

    yield make
    for desktop in made:
        desktop.remove()
    run_events()


@pytest.fixture
def add_flood(qgis_new_project, tmp_path):
    """A function that writes the results of a flood run and puts them into the project, in a group of its own.

    It gives the flood as the docks find it. Without a group name the layers stand at the top level.
    """
    import json

    import numpy as np
    from qgis.core import QgsProject, QgsRasterLayer

    from twin_plugin.bridge.kernel import layer_marks
    from twin_plugin.bridge.kernel.flood_run import RUN_ITEM
    from twin_plugin.bridge.kernel.rasters import write_grid
    from twin_plugin.core.common.grid import Grid
    from twin_plugin.gui.common import floods

    def add(run, group="", outputs=("DEPTH_MAX", "HAZARD"), files=(), marked=True, **figures):
        folder = tmp_path / (run or group or "flood")
        folder.mkdir()
        layers = {}
        root = QgsProject.instance().layerTreeRoot()
        place = root.insertGroup(0, group) if group else root
        for output in (*outputs, *files):
            path = folder / f"{output.lower()}.tif"
            values = np.ones((4, 4), np.uint8 if output == "HAZARD" else np.float32)
            metadata = {"CITY_TWIN_OUTPUT": output, RUN_ITEM: run} if run else None
            write_grid(Grid(values, 500_000, 2_490_000, 2.0, "EPSG:4547"), path, metadata=metadata)
            if output in outputs:
                layer = QgsRasterLayer(str(path), output)
                if marked:
                    layer_marks.mark(layer, f"simulateflood/{output}", layer_marks.new_run())
                QgsProject.instance().addMapLayer(layer, False)
                place.addLayer(layer)
                layers[output] = layer.id()
        summary = {"run_id": run} if run else {}
        (folder / "summary.json").write_text(json.dumps(summary | {"wet_area_m2": 20_000.0} | figures), "utf-8")
        return floods.with_layers(layers)

    return add


@pytest.fixture
def add_assessment(qgis_new_project):
    """A function that puts the assessment of a house with the water of a run into the project."""
    from qgis.core import QgsFeature, QgsField, QgsGeometry, QgsProject, QgsRectangle, QgsVectorLayer

    from twin_plugin.bridge.kernel import layer_marks
    from twin_plugin.bridge.kernel.compat import TEXT

    def add(run, group=None):
        layer = QgsVectorLayer("Polygon?crs=EPSG:4547", f"Building risk {run}", "memory")
        fields = [QgsField(name, TEXT) for name in ("id", "reason", "risk_class", "flood_run")]
        layer.dataProvider().addAttributes(fields)
        layer.updateFields()
        house = QgsFeature(layer.fields())
        house.setGeometry(QgsGeometry.fromRect(QgsRectangle(500_000, 2_489_996, 500_004, 2_490_000)))
        house.setAttributes(["a", "", "1", run or None])
        layer.dataProvider().addFeatures([house])
        layer_marks.mark(layer, "buildingrisk/OUTPUT", layer_marks.new_run())
        QgsProject.instance().addMapLayer(layer, group is None)
        if group is not None:
            group.insertLayer(0, layer)
        return layer

    return add


@pytest.fixture
def toy_provider(qgis_plugin):
    """A provider 'toy' with an algorithm 'toy:wait' that waits, fails or succeeds as it is told."""
    from qgis.core import (
        QgsApplication,
        QgsProcessingAlgorithm,
        QgsProcessingException,
        QgsProcessingParameterNumber,
        QgsProcessingParameterString,
        QgsProcessingProvider,
    )

    class Wait(QgsProcessingAlgorithm):
        instances: ClassVar[list] = []

        def createInstance(self):
            Wait.instances.append(self)
            return Wait()

        def name(self):
            return "wait"

        def displayName(self):
            return "Wait"

        def initAlgorithm(self, configuration=None):
            self.addParameter(QgsProcessingParameterNumber("STEPS", "Steps", defaultValue=1, minValue=0))
            self.addParameter(QgsProcessingParameterString("FAIL", "Fail", defaultValue="", optional=True))

        def processAlgorithm(self, parameters, context, feedback):
            steps = self.parameterAsInt(parameters, "STEPS", context)
            for step in range(steps):
                if feedback.isCanceled():
                    return {}
                feedback.setProgress(100.0 * step / steps)
                feedback.setProgressText(f"Step {step}")
                time.sleep(0.01)
            reason = self.parameterAsString(parameters, "FAIL", context)
            if reason:
                raise QgsProcessingException(reason)
            return {"DONE": steps}

    class Toy(QgsProcessingProvider):
        def id(self):
            return "toy"

        def name(self):
            return "Toy"

        def loadAlgorithms(self):
            self.addAlgorithm(Wait())

    provider = Toy()
    QgsApplication.processingRegistry().addProvider(provider)
    yield provider
    QgsApplication.processingRegistry().removeProvider(provider)
