"""The project in a 3D view of QGIS: made by the bridge, opened by QGIS's own menu of 3D views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QEvent
from qgis.PyQt.QtWidgets import QMenu

from ...bridge.kernel.translation import localized
from ...core.common.errors import InputError
from . import project, state

translate = QCoreApplication.translate

MENU = "m3DMapViewsMenu"
"""QGIS's menu of 3D views, which lists those that the project keeps."""
MOMENT = "scene/moment"
CLOCK = (15, 0)
"""Hour and minute of the sun where the user chose none: shadows are long enough to read heights."""


@dataclass(frozen=True)
class Opened:
    """What came of opening a view.

    Attributes
    ----------
    opened : bool
    text : str
        What is shown and what lacks, for the message bar.
    lacks : bool
    keeper : LayerKeeper or None
        To be held as long as the plugin is there.
    """

    opened: bool
    text: str
    lacks: bool
    keeper: LayerKeeper | None = None


def view_name(see_through: bool) -> str:
    """The name of the view in the project."""
    if see_through:
        return translate("SceneView", "City Twin 3D, below ground")
    return translate("SceneView", "City Twin 3D")


def moment() -> datetime:
    """The date and hour of the sun that the project remembers; else today at 15:00, in this computer's zone."""
    try:
        return datetime.fromisoformat(str(state.recall(MOMENT, "")))
    except ValueError:
        hour, minute = CLOCK
        return datetime.now().astimezone().replace(hour=hour, minute=minute, second=0, microsecond=0)


def set_moment(when: datetime) -> None:
    """Remember the date and hour of the sun in the project."""
    state.remember(MOMENT, when.isoformat())


def in_zone(when: datetime, hours: float) -> datetime:
    """A moment in a time zone some hours ahead of UTC."""
    return when.astimezone(timezone(timedelta(hours=hours)) if hours else UTC)


def open_view(iface: Any, see_through: bool) -> Opened:
    """Open the project in a 3D view; one that is open already is made anew.

    Raises
    ------
    InputError
        Where nothing can be shown, or where this QGIS has no 3D views.
    """
    try:
        import qgis._3d  # noqa: F401 - without its types QGIS ends when it hands a 3D canvas to Python

        from ...bridge.scene.view_document import keep_view
        from ...bridge.scene.view_layers import find_layers
        from ...bridge.scene.view_run import ViewOptions, make_view
    except ImportError as error:
        raise InputError(
            "This QGIS has no 3D views: install a QGIS that was built with 3D, or export the scene as a page."
        ) from error
    here, name = QgsProject.instance(), view_name(see_through)
    # The hidden layers are those of one view: an open one goes before they do.
    for see in (False, True):
        close_view(iface, view_name(see))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    made = make_view(here, find_layers(here, project.terrain()), ViewOptions(name, moment(), see_through))
    keep_view(here, made.view, is_open=False)
    there = canvases(iface)
    opened = _trigger(iface, name)
    new = [canvas for canvas in canvases(iface) if canvas not in there]
    keeper = LayerKeeper(new[0], made.view.drawn) if new else None
    here.setDirty(True)
    counts = _counts(made.shown)
    lacks = " ".join(localized(message) for message in made.lacks)
    if not opened:
        text = translate("SceneView", "The view '{name}' is in the project: open it by View, 3D Map Views.")
        return Opened(False, " ".join(part for part in (text.format(name=name), lacks) if part), True)
    return Opened(True, " ".join(part for part in (counts, lacks) if part), bool(made.lacks), keeper)


def canvases(iface: Any) -> list[Any]:
    """QGIS's open 3D views."""
    return list(iface.mapCanvases3D()) if hasattr(iface, "mapCanvases3D") else []


def close_view(iface: Any, name: str) -> None:
    """Close the window of a view, where it is open, and forget the view."""
    import qgis._3d  # noqa: F401 - as above

    iface.closeMapCanvas3D(name)


class LayerKeeper:
    """Keeps what stands in a 3D view: QGIS shows the layers of the map in it whenever those change.

    What lies on the terrain goes on to follow the map.
    """

    def __init__(self, canvas: Any, drawn: list[str]) -> None:
        self.settings, self.drawn, self.setting = canvas.mapSettings(), list(drawn), False
        self.settings.layersChanged.connect(self.keep)

    def keep(self) -> None:
        """Show the layers of the view again."""
        if self.setting:
            return
        from ...bridge.scene.view_layers import find_layers, lying_on_ground

        here = QgsProject.instance()
        standing = [layer for name in self.drawn if (layer := here.mapLayer(name)) is not None]
        there = find_layers(here, project.terrain())
        lying = [layer for layer in lying_on_ground(there) if layer not in standing]
        self.setting = True
        self.settings.setLayers([*standing, *lying])
        self.setting = False

    def close_down(self) -> None:
        """Let the view follow the map."""
        if not sip.isdeleted(self.settings):
            self.settings.layersChanged.disconnect(self.keep)


def _trigger(iface: Any, name: str) -> bool:
    """Open a view that the project keeps, as the user would by the menu; whether QGIS has such an entry."""
    menu = iface.mainWindow().findChild(QMenu, MENU)
    if menu is None:
        return False
    menu.aboutToShow.emit()  # fills it
    action = next((item for item in menu.actions() if item.text() == name), None)
    if action is None:
        return False
    action.trigger()
    return True


def _counts(shown: dict[str, int]) -> str:
    """What the view shows, in words."""
    words = {
        "buildings": translate("SceneView", "{n} buildings"),
        "storeys": translate("SceneView", "{n} storeys"),
        "solids": translate("SceneView", "{n} solids"),
        "rooms": translate("SceneView", "{n} rooms below ground"),
        "pipes": translate("SceneView", "{n} pipes"),
    }
    parts = [words[name].format(n=number) for name, number in shown.items() if number]
    return translate("SceneView", "In 3D: {parts}.").format(parts=", ".join(parts)) if parts else ""
