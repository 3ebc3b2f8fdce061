"""The name of the district: entered once, kept in the project, and part of names."""

from __future__ import annotations

from qgis.core import QgsProject

from twin_plugin.gui.common import run_outputs


def test_the_name_is_kept_and_part_of_names(make_desktop, tmp_path, settle):
    name = make_desktop().docks["home"].district
    QgsProject.instance().setTitle("A title about anything")
    assert name.field.text() == ""
    name.field.setText(" Guangming ")
    name.field.editingFinished.emit()
    assert run_outputs.named("Buildings") == "Buildings · Guangming"
    QgsProject.instance().write(str(tmp_path / "p.qgz"))
    QgsProject.instance().clear()
    settle()
    assert name.field.text() == ""
    assert run_outputs.district() == ""
    QgsProject.instance().read(str(tmp_path / "p.qgz"))
    settle()
    assert name.field.text() == "Guangming"


def test_the_demo_does_not_rename_a_district(make_desktop):
    name = make_desktop().docks["home"].district
    name.propose("Demo")
    assert run_outputs.district() == "Demo"
    name.propose("Other")
    assert run_outputs.district() == "Demo"
