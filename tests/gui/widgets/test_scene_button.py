"""The Scene button: in every dock, explained, with the exports that are there, and what lacks in the message bar."""

from __future__ import annotations

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QDate, QTime
from qgis.PyQt.QtWidgets import QMenu, QToolButton

from tests.gui.widgets.test_docks import DOCKS
from tests.memory_layers import memory_layer

HOUSE = "POLYGON((506000 2494000, 506020 2494000, 506020 2494010, 506000 2494010, 506000 2494000))"
FIELDS = ["id:string", "use:string", "base_elev_m:double", "roof_elev_m:double", "ground_floor_elev_m:double",
          "gross_floor_area_m2:double"]  # fmt: skip


@pytest.fixture
def opened(qgis_iface, monkeypatch):
    """The names of the 3D views that QGIS would open: its menu lists those that the project keeps."""
    from qgis.PyQt.QtXml import QDomDocument

    window, names = qgis_iface.mainWindow(), []
    menu = QMenu("3D", window)
    menu.setObjectName("m3DMapViewsMenu")

    def fill():
        menu.clear()
        document = QDomDocument()
        element = QgsProject.instance().viewsManager().writeXml(document)
        child = element.firstChildElement("view")
        while not child.isNull():
            name = child.attribute("name")
            menu.addAction(name).triggered.connect(lambda *_, name=name: names.append(name))
            child = child.nextSiblingElement("view")

    menu.aboutToShow.connect(fill)
    monkeypatch.setattr(qgis_iface, "closeMapCanvas3D", lambda name: None, raising=False)
    yield names
    menu.setParent(None)
    menu.deleteLater()


def texts(message_bar):
    from qgis.PyQt.QtWidgets import QTextBrowser

    return " ".join(item.toPlainText() for item in message_bar.findChildren(QTextBrowser))


def add_house():
    layer = memory_layer("Polygon", [(HOUSE, ["a", "office", 3.0, 9.0, 3.0, 200.0])], FIELDS, "Buildings <script>")
    QgsProject.instance().addMapLayer(layer)


@pytest.mark.parametrize("name", DOCKS)
def test_every_dock_has_the_button(make_desktop, name):
    dock = make_desktop().docks[name]
    buttons = [item for item in dock.findChildren(QToolButton) if item.objectName() == "CityTwinSceneButton"]
    assert buttons == [dock.scene]
    assert dock.scene.isVisibleTo(dock)
    assert dock.scene.toolTip()
    assert dock.scene.accessibleName()
    assert all(action.toolTip() for action in dock.scene.menu().actions() if not action.isSeparator())


def test_a_click_opens_a_view_and_says_what_lacks(make_desktop, opened, message_bar):
    desktop = make_desktop()
    add_house()
    desktop.docks["buildings"].scene.click()
    assert opened == ["City Twin 3D"]
    assert "No storeys" in texts(message_bar)
    assert "No terrain" in texts(message_bar)
    desktop.docks["flood"].scene.open_view(True)
    assert opened[-1] == "City Twin 3D, below ground"


def test_an_empty_project_is_a_sentence(make_desktop, opened, message_bar):
    make_desktop().docks["home"].scene.click()
    assert opened == []
    assert "3D view" in texts(message_bar)


def test_without_qgis_menu_the_view_is_in_the_project(make_desktop, message_bar, qgis_iface, monkeypatch):
    monkeypatch.setattr(qgis_iface, "closeMapCanvas3D", lambda name: None, raising=False)
    desktop = make_desktop()
    add_house()
    desktop.docks["home"].scene.click()
    assert "3D Map Views" in texts(message_bar)


def test_exports_are_listed_where_they_are_there(make_desktop, monkeypatch):
    from twin_plugin.gui.widgets import scene_button

    dock = make_desktop().docks["home"]
    asked = []
    monkeypatch.setattr(scene_button, "algorithm", lambda name: object() if name == "exportscene" else None)
    monkeypatch.setattr(dock.shell, "open_algorithm", lambda name, values: asked.append((name, values)))
    dock.scene.menu().aboutToShow.emit()
    actions = {action.text(): action for action in dock.scene.menu().actions()}
    assert "3D Tiles…" not in actions
    actions["Export scene…"].trigger()
    assert asked[0][0] == "exportscene"


def test_the_moment_of_the_sun_is_remembered(qgis_new_project, widget):
    from twin_plugin.gui.common import scene_view
    from twin_plugin.gui.widgets.sun_dialog import SunDialog

    assert scene_view.moment().hour == 15
    dialog = widget(lambda: SunDialog(scene_view.moment()))
    dialog.clock.setDate(QDate(2026, 12, 21))
    dialog.clock.setTime(QTime(9, 30))
    dialog.zone.setValue(8.0)
    scene_view.set_moment(dialog.moment())
    assert scene_view.moment().isoformat() == "2026-12-21T09:30:00+08:00"


def test_what_stands_in_a_view_stays_when_the_map_changes(qgis_new_project):
    from qgis._3d import Qgs3DMapSettings

    from twin_plugin.gui.common.scene_view import LayerKeeper

    class Canvas:
        def __init__(self, settings):
            self.settings = settings

        def mapSettings(self):
            return self.settings

    add_house()
    house = next(iter(QgsProject.instance().mapLayers().values()))
    other = memory_layer("Polygon", [(HOUSE, ["a"])], ["id:string"], "Parks")
    QgsProject.instance().addMapLayer(other)
    settings = Qgs3DMapSettings()
    keeper = LayerKeeper(Canvas(settings), [house.id()])
    settings.setLayers([other])  # what QGIS does when a layer of the map is switched on or off
    assert [layer.id() for layer in settings.layers()] == [house.id(), other.id()]
    keeper.close_down()
    settings.setLayers([other])
    assert [layer.id() for layer in settings.layers()] == [other.id()]
