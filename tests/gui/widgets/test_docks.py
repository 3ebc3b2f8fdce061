"""The docks: narrow, explained, reachable, remembering, and with their errors in place."""

from __future__ import annotations

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QGroupBox, QLineEdit

from twin_plugin.gui.common import state
from twin_plugin.gui.common.run_request import RunRequest

DOCKS = ("home", "buildings", "services", "flood", "plan", "themes", "planning", "lifecycle")
INTERACTIVE = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit)


@pytest.mark.parametrize("name", DOCKS)
def test_usable_at_320_pixels(make_desktop, settle, name):
    dock = make_desktop().docks[name]
    for group in dock.findChildren(QGroupBox):
        if hasattr(group, "setCollapsed"):
            group.setCollapsed(False)
    dock.setFloating(True)
    dock.show()
    dock.resize(320, 600)
    settle(50)
    assert dock.minimumSizeHint().width() <= 320
    assert dock.scroll.widget().width() <= dock.scroll.viewport().width()


def parts(dock):
    """The interactive widgets of a dock that are its own, not the inside of a list or a spin box."""
    for widget in dock.widget().findChildren(INTERACTIVE):
        parent, inside = widget.parentWidget(), False
        while parent is not None and parent is not dock:
            inside = inside or isinstance(parent, (QComboBox, QAbstractSpinBox, QAbstractItemView, QLineEdit))
            parent = parent.parentWidget()
        if not inside:
            yield widget


@pytest.mark.parametrize("name", DOCKS)
def test_every_interactive_widget_has_a_tooltip(make_desktop, name):
    dock = make_desktop().docks[name]
    bare = [
        f"{type(widget).__name__} {widget.objectName()} {getattr(widget, 'text', str)()}"
        for widget in parts(dock)
        if not widget.toolTip() and widget.isVisibleTo(dock)
    ]
    assert bare == []


@pytest.mark.parametrize("name", DOCKS)
def test_buttons_and_fields_are_reached_by_keyboard(make_desktop, name):
    dock = make_desktop().docks[name]
    for widget in parts(dock):
        if isinstance(widget, (QComboBox, QLineEdit, QAbstractSpinBox)) or (
            isinstance(widget, QAbstractButton) and widget.text()
        ):
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, f"{type(widget).__name__} {widget.text()}"


@pytest.mark.parametrize("name", DOCKS)
def test_an_error_stays_in_its_dock(make_desktop, toy_provider, wait_for, name):
    dock = make_desktop().docks[name]
    dock.run(RunRequest("toy:wait", {"FAIL": "The terrain has no CRS: set it."}, "Failing"))
    assert not dock.primary.isEnabled()
    wait_for(lambda: not dock.busy())
    notice = dock.panel.notice
    assert notice.isVisibleTo(dock)
    assert notice.text.text() == "The terrain has no CRS: set it."
    assert notice.details.isVisibleTo(dock)


def test_cancel_in_the_panel(make_desktop, toy_provider, wait_for):
    dock = make_desktop().docks["home"]
    job = dock.run(RunRequest("toy:wait", {"STEPS": 10_000}, "Long"))
    wait_for(lambda: job.feedback.progress() > 0)
    dock.panel.cancel.click()
    wait_for(lambda: not dock.busy(), 2.0)
    assert "ancel" in dock.panel.notice.text.text()
    assert dock.primary.isEnabled()


def test_inputs_are_remembered_in_the_project(make_desktop, tmp_path, settle):
    dock = make_desktop().docks["buildings"]
    dock.choose_folder(str(tmp_path))
    path = tmp_path / "kept.qgz"
    QgsProject.instance().write(str(path))
    QgsProject.instance().clear()
    settle()
    assert not dock.inputs.form.value("FOLDER")
    QgsProject.instance().read(str(path))
    settle()
    assert dock.inputs.form.value("FOLDER") == str(tmp_path)


def test_state_keeps_what_json_holds_and_marks_only_changes(qgis_new_project):
    state.remember("a/b", {"x": [1, "中"]})
    assert state.recall("a/b") == {"x": [1, "中"]}
    QgsProject.instance().setDirty(False)
    state.remember("a/b", {"x": [1, "中"]})
    assert not QgsProject.instance().isDirty()
    assert state.recall("nothing", 7) == 7
    state.remember("object", object())
    assert state.recall("object") is None


def test_a_new_project_shows_the_first_step(make_desktop):
    home = make_desktop().docks["home"]
    assert not any(row.done for row in home.rows.values())
    assert "demo" in home.primary.text()
    assert home.unsaved.isVisibleTo(home) is False  # the test's settings name a folder


def test_models_button_counts_and_says_when_there_are_none(make_desktop, tmp_path, wait_for):
    dock = make_desktop().docks["buildings"]
    dock.choose_folder(str(tmp_path))
    wait_for(lambda: "no IFC" in dock.primary.text())
    assert not dock.primary.isEnabled()
    below = tmp_path / "a 中"
    below.mkdir()
    for name in ("1.ifc", "2.IFC", "3.txt"):
        (below / name).touch()
    dock.refresh()
    wait_for(lambda: "2" in dock.primary.text())
    assert dock.primary.isEnabled()


def test_nothing_that_the_user_did_not_do_marks_the_project(make_desktop, settle):
    make_desktop()
    QgsProject.instance().setDirty(False)
    desktop = make_desktop()
    settle(900)
    desktop.refresh()
    settle(50)
    assert not QgsProject.instance().isDirty()
