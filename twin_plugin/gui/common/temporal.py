"""QGIS's temporal controller, which docks drive and which its user may switch at any time."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis, QgsTemporalNavigationObject


def navigation(iface: Any) -> QgsTemporalNavigationObject | None:
    """The controller of the main map; None where the map has none or another one."""
    found = iface.mapCanvas().temporalController()
    return found if isinstance(found, QgsTemporalNavigationObject) else None


def is_animated(controller: QgsTemporalNavigationObject | None) -> bool:
    """Whether it plays, or waits to."""
    return controller is not None and controller.navigationMode() == Qgis.TemporalNavigationMode.Animated
