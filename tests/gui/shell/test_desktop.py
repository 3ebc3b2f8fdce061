"""The desktop part: built and taken out again it leaves nothing behind."""

from __future__ import annotations

import gc
import sys

import pytest
from qgis.PyQt.QtWidgets import QDockWidget, QToolBar

import twin_plugin


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
        assert {dock.NAME for dock in desktop.docks.values()} == {"home", "buildings", "services", "flood"}
        assert len(ours(window)) == 5
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


def test_a_python_that_is_too_old_is_named(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    with pytest.raises(ImportError, match=r"needs Python 3\.11 or newer; this QGIS has 3\.9"):
        twin_plugin.classFactory(None)
