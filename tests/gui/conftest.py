"""A desktop of the plugin on pytest-qgis's interface, with a real message bar."""

from __future__ import annotations

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
def message_bar(qgis_app):
    """A real message bar: pytest-qgis's own takes no items with buttons."""
    from qgis.gui import QgsMessageBar

    return QgsMessageBar()


@pytest.fixture
def plugin_menu(qgis_app):
    """The Plugins menu."""
    from qgis.PyQt.QtWidgets import QMenu

    return QMenu("Plugins")


@pytest.fixture
def make_desktop(qgis_plugin, qgis_iface, qgis_new_project, message_bar, plugin_menu, monkeypatch):
    """A function that builds the desktop part of the plugin; everything made is taken out at the end."""
    from twin_plugin.gui.desktop import Desktop

    monkeypatch.setattr(qgis_iface, "messageBar", lambda: message_bar, raising=False)
    monkeypatch.setattr(qgis_iface, "pluginMenu", lambda: plugin_menu, raising=False)
    window = qgis_iface.mainWindow()
    monkeypatch.setattr(qgis_iface, "addDockWidget", window.addDockWidget, raising=False)
    monkeypatch.setattr(qgis_iface, "removeDockWidget", window.removeDockWidget, raising=False)
    monkeypatch.setattr(qgis_iface, "addToolBar", window.addToolBar, raising=False)
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
def wait_for(qgis_app):
    """A function that runs the event loop until a condition holds; fails after some seconds."""
    import time

    def wait(condition, seconds: float = 20.0):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "waited too long"
            run_events(20)

    return wait
