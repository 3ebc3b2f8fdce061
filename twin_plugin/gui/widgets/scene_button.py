"""The Scene button of the docks: the project in a 3D view of QGIS, as a page, or as 3D Tiles."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QMenu, QToolButton

from ...bridge.kernel.outside_text import as_tip
from ...bridge.kernel.translation import localized
from ...core.common.errors import TwinError
from ..common import scene_inputs, scene_view
from ..common.shell import Shell
from . import message_bar
from .basics import icon
from .sun_dialog import SunDialog

translate = QCoreApplication.translate

EXPORTS = ("exportscene", "exporttiles")
"""Algorithms that the menu opens where this installation has them."""


class SceneButton(QToolButton):
    """A click opens the project in 3D; the arrow has the other ways to show and to export it."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.keeper: scene_view.LayerKeeper | None = None
        self.setObjectName("CityTwinSceneButton")
        self.setIcon(icon("scene"))
        self.setText(translate("SceneButton", "Scene"))
        self.setAccessibleName(translate("SceneButton", "Scene"))
        tip = translate("SceneButton", "Open the district in a 3D view of QGIS; the arrow has more views and exports.")
        self.setToolTip(as_tip(tip))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.clicked.connect(lambda *_: self.open_view(False))
        self.setMenu(QMenu(self))
        self.menu().setToolTipsVisible(True)
        self.menu().aboutToShow.connect(self._fill)
        self._fill()

    def open_view(self, see_through: bool) -> None:
        """Open the project in 3D, and say in the message bar what lacks."""
        bar = self.shell.iface.messageBar()
        self.close_down()
        try:
            opened = scene_view.open_view(self.shell.iface, see_through)
        except TwinError as error:
            message_bar.push(bar, localized(error), Qgis.MessageLevel.Warning)
            return
        self.keeper = opened.keeper
        if opened.text:
            message_bar.push(bar, opened.text, Qgis.MessageLevel.Warning if opened.lacks else Qgis.MessageLevel.Info)

    def close_down(self) -> None:
        """Let the 3D view follow the map again: before it is made anew, and before the plugin goes."""
        if self.keeper is not None:
            self.keeper.close_down()
        self.keeper = None

    def export(self, name: str) -> None:
        """Open the dialog of an export, filled from the project."""
        self.shell.open_algorithm(name, scene_inputs.inputs_for(name))

    def set_sun(self) -> None:
        """Ask for the date and hour of the sun, and show the district in it."""
        dialog = SunDialog(scene_view.moment(), self.shell.iface.mainWindow())
        accepted = dialog.exec() == SunDialog.DialogCode.Accepted
        when = dialog.moment()
        dialog.deleteLater()
        if accepted:
            scene_view.set_moment(when)
            self.open_view(False)

    def _fill(self) -> None:
        """The entries, among them those of the exports that are there."""
        menu = self.menu()
        menu.clear()
        self._add(
            translate("SceneButton", "Open in QGIS 3D"),
            translate("SceneButton", "Storeys, solids, terrain and water, in the light of the sun."),
            lambda: self.open_view(False),
        )
        self._add(
            translate("SceneButton", "Open in QGIS 3D, ground see-through"),
            translate("SceneButton", "The same with basements, pipes and tunnels below a see-through ground."),
            lambda: self.open_view(True),
        )
        self._add(
            translate("SceneButton", "Date and hour of the sun…"),
            translate("SceneButton", "Choose the moment whose light and shadows the view shows."),
            self.set_sun,
        )
        titles = {
            "exportscene": translate("SceneButton", "Export scene…"),
            "exporttiles": translate("SceneButton", "3D Tiles…"),
        }
        tips = {
            "exportscene": translate("SceneButton", "Write the district as one page that opens in any browser."),
            "exporttiles": translate("SceneButton", "Write the district as 3D Tiles, for QGIS and other viewers."),
        }
        there = [name for name in EXPORTS if algorithm(name) is not None]
        if there:
            menu.addSeparator()
        for name in there:
            self._add(titles[name], tips[name], lambda name=name: self.export(name))

    def _add(self, text: str, tip: str, slot: Any) -> None:
        action = self.menu().addAction(text)
        action.setToolTip(as_tip(tip))
        action.triggered.connect(lambda *_: slot())


def algorithm(name: str) -> Any:
    """The registered algorithm twin:<name>; None where this installation lacks it."""
    return QgsApplication.processingRegistry().algorithmById(f"twin:{name}")
