"""The desktop part: built and taken out again it leaves nothing behind."""

from __future__ import annotations

import gc
import sys
from types import SimpleNamespace

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDockWidget, QMainWindow, QToolBar

import twin_plugin
from twin_plugin.gui.shell.desktop import Desktop

DOCKS = {"home", "buildings", "services", "flood", "plan", "themes", "planning", "lifecycle"}


def ours(window):
    return [
        widget
        for kind in (QDockWidget, QToolBar)
        for widget in window.findChildren(kind)
        if "CityTwin" in widget.objectName()
    ]


def test_build_and_remove_twice_leaves_nothing(make_desktop, qgis_iface, plugin_menu, settle):
    window = qgis_iface.mainWindow()
    for _ in range(2):
        desktop = make_desktop()
        assert {dock.NAME for dock in desktop.docks.values()} == DOCKS
        assert len(ours(window)) == 9
        assert len(plugin_menu.actions()) == 1
        factory = desktop.factory
        qgis_iface.registerOptionsWidgetFactory.assert_called_with(factory)
        desktop.remove()
        desktop.remove()
        settle()
        gc.collect()
        assert ours(window) == []
        assert plugin_menu.actions() == []
        qgis_iface.unregisterOptionsWidgetFactory.assert_called_with(factory)
        assert desktop.docks == {}
        assert desktop.actions == []


def test_the_tabs_of_the_docks_scroll_and_cut_no_title(widget, settle):
    window = widget(QMainWindow)
    docks = [QDockWidget(title, window) for title in ("City Twin", "Buildings", "Services")]
    for dock in docks:
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    for dock in docks[1:]:
        window.tabifyDockWidget(docks[0], dock)
    window.resize(600, 400)
    window.show()
    settle()
    desktop = Desktop(SimpleNamespace(mainWindow=lambda: window), None)
    desktop.docks = {dock.windowTitle(): dock for dock in docks}
    bar = desktop._show_whole_titles()
    assert bar.elideMode() == Qt.TextElideMode.ElideNone
    assert bar.usesScrollButtons()
    desktop.docks = {"x": QDockWidget("another", window)}
    assert desktop._show_whole_titles() is None


def test_a_python_that_is_too_old_is_named(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    with pytest.raises(ImportError, match=r"needs Python 3\.11 or newer; this QGIS has 3\.9"):
        twin_plugin.classFactory(None)
