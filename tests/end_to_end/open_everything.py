"""Runs inside QGIS desktop (--code): opens all that the plugin has and presses every button, and writes what happened.

In: OPEN_CATALOGUE and OPEN_BASE (GeoPackages), OPEN_TERRAIN (a raster). Out: the file REPORT (JSON).
"""

import builtins
import json
import os
import sys
import traceback

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QEventLoop, QTimer
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from qgis.utils import iface, loadPlugin, plugins, startPlugin, unloadPlugin

report = {"errors": [], "bar": [], "dialogs": [], "pressed": [], "notices": [], "home": ""}
SYSTEM_BUTTONS = {"", "…"}
"""The buttons of QGIS's own widgets for files and CRS."""


def note_error(*error):
    report["errors"].append("".join(traceback.format_exception(*error)))


def wait(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(condition):
    for _ in range(100):
        if condition():
            return
        wait(50)
    raise AssertionError("waited too long")


def close_what_is_open():
    """Close menus and dialogs, which would wait for a person."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    for window in QApplication.topLevelWidgets():
        if window.isVisible() and isinstance(window, QDialog):
            report["dialogs"].append(window.windowTitle())
            window.done(0)


def algorithm_ids():
    provider = QgsApplication.processingRegistry().providerById("twin")
    return sorted(algorithm.id() for algorithm in provider.algorithms())


def press_all(dock):
    for button in dock.findChildren(QAbstractButton):
        text = button.text()
        if button.isEnabled() and button.isVisible() and text not in SYSTEM_BUTTONS and text != "Install":
            report["pressed"].append(f"{dock.NAME}: {text}")
            button.click()
            wait(100)


def open_everything(desktop):
    report["bar"] = [
        [item.text(), [button.text() for button in item.findChildren(QPushButton)]]
        for item in iface.messageBar().items()
    ]
    [details] = [b for b in iface.messageBar().currentItem().findChildren(QPushButton) if b.text() == "Details…"]
    details.click()
    windows = [window for window in QApplication.topLevelWidgets() if isinstance(window, QDialog)]
    report["details"] = [window.findChild(QPlainTextEdit).toPlainText() for window in windows if window.isVisible()]
    report["home"] = desktop.docks["home"].packages.text.text()
    for dock in desktop.docks.values():
        desktop.show_dock(dock.NAME)
        wait(200)
        press_all(dock)
    QgsProject.instance().addMapLayer(QgsRasterLayer(os.environ["OPEN_TERRAIN"], "terrain"))
    desktop.show_dock("flood")
    wait_until(desktop.docks["flood"].primary.isEnabled)
    press_all(desktop.docks["flood"])
    wait_until(lambda: desktop.docks["flood"].panel.notice.isVisible())
    report["notices"].append(desktop.docks["flood"].panel.notice.text.text())
    open_base(desktop)
    open_catalogue(desktop)
    desktop.open_guide()
    desktop.open_settings()
    wait(500)


def open_base(desktop):
    from twin_plugin.gui.bim.sources import ModelSource

    desktop.show_dock("buildings")
    dock = desktop.docks["buildings"]
    dock.choice.choose(ModelSource(path=os.environ["OPEN_BASE"]))
    wait_until(lambda: dock.models.table.rows)
    dock.models.view.selectRow(0)
    wait(500)
    press_all(dock)


def open_catalogue(desktop):
    """A catalogue is not listed without shapely, since its boxes are geometries: the dock says so."""
    desktop.show_dock("services")
    dock = desktop.docks["services"]
    dock.choose_catalogue(os.environ["OPEN_CATALOGUE"])
    wait_until(dock.search.trouble.isVisible)
    press_all(dock)
    report["notices"] += [dock.search.trouble.text.text(), dock.panel.notice.text.text()]


def run():
    sys.excepthook = note_error
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
        setattr(QFileDialog, name, staticmethod(lambda *_, **__: ("", "")))
    QFileDialog.getExistingDirectory = staticmethod(lambda *_, **__: "")
    closer = QTimer()
    closer.timeout.connect(close_what_is_open)
    closer.start(200)
    try:
        open_everything(plugins["twin_plugin"].desktop)
        report["algorithms"] = [algorithm_ids()]
        assert unloadPlugin("twin_plugin")
        assert loadPlugin("twin_plugin")
        assert startPlugin("twin_plugin")
        report["algorithms"].append(algorithm_ids())
        report["unloaded"] = unloadPlugin("twin_plugin")
        wait(200)
        report["left"] = [widget.objectName() for widget in iface.mainWindow().findChildren(QWidget)]
        report["path"] = sys.path
    except BaseException:  # noqa: BLE001 - whatever it is, the test shall read it
        note_error(*sys.exc_info())
    with open(os.environ["REPORT"], "w", encoding="utf-8") as file:
        json.dump(report, file)
    os._exit(0)


builtins.open_everything_timer = QTimer.singleShot(1000, run)
