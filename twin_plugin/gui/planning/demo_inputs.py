"""The layers of the demo district that planning review reads, by review and parameter."""

from __future__ import annotations

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from ...bridge.kernel.outside_text import as_name
from ..common import result_layers

CITY_TABLES = {"BUILDINGS": "planned_buildings", "SCHEME": "scheme_a", "SITE": "scheme_site"}
PAIR_TABLES = ("scheme_a", "scheme_b")
_OBSERVERS = {"OBSERVERS": "viewpoints"}
_BELOW = {"BASEMENTS": "underground", "PIPES": "pipes", "TUNNELS": "metro_tunnel"}
INPUT_TABLES: dict[str, dict[str, str]] = {
    "skyline": _OBSERVERS,
    "viewcorridor": {"LINES": "view_corridors"},
    "visibility": {**_OBSERVERS, "LANDMARKS": "landmark", "GREEN": "green", "WATER": "sea"},
    "undergroundclearance": {**_BELOW, "SCHEME": "scheme_a_underground"},
    "section": {**_BELOW, "SCHEME_BASEMENTS": "scheme_a_underground"},
    "planningmetrics": {"PARCELS": "control_plan", "GREEN": "green"},
    "comparescheme": {
        **_OBSERVERS, "PARCELS": "control_plan", "GREEN": "green", "CORRIDORS": "view_corridors",
        "LANDMARKS": "landmark", "BASEMENTS": "underground", "PIPES": "pipes", "TUNNELS": "metro_tunnel",
    },
}  # fmt: skip
_PLANNED, _STANDING = "#e0762f", "#b8bec4"
SYMBOLS: dict[str, dict[str, str]] = {
    "viewpoints": {"color": "#c2185b", "outline_color": "#ffffff", "size": "3.2"},
    "view_corridors": {"color": "#c2185b", "width": "0.5", "line_style": "dash"},
    "landmark": {"color": "#5d4f7c", "outline_color": "#3b3250"},
    "scheme_a": {"color": _PLANNED, "outline_color": "#8a4312"},
    "scheme_b": {"color": _PLANNED, "outline_color": "#8a4312"},
    "scheme_site": {"style": "no", "outline_color": "#8a4312", "outline_style": "dash", "outline_width": "0.6"},
    "planned_buildings": {"color": _STANDING, "outline_color": "#7d858c"},
}
"""Tables that go into the project, the topmost first, as they are drawn; files are enough for the others."""


def add_layers(tables: str, group: str) -> dict[str, str]:
    """Put the tables that are looked at into a group of the project; their layers' ids by table."""
    project, titles = QgsProject.instance(), _titles()
    place, found = project.layerTreeRoot().insertGroup(0, as_name(group)), {}
    for table, symbol in SYMBOLS.items():
        layer = QgsVectorLayer(f"{tables}|layername={table}", titles[table], "ogr")
        if not layer.isValid():
            continue
        result_layers.draw_simply(layer, symbol)
        project.addMapLayer(layer, False)
        place.addLayer(layer).setItemVisibilityChecked(table != "scheme_b")
        found[table] = layer.id()
    if not found:
        project.layerTreeRoot().removeChildNode(place)
    return found


def _titles() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "viewpoints": translate("PlanningDemo", "Viewpoints"),
        "view_corridors": translate("PlanningDemo", "View corridors"),
        "landmark": translate("PlanningDemo", "Landmark"),
        "scheme_a": translate("PlanningDemo", "Scheme A, twin slabs"),
        "scheme_b": translate("PlanningDemo", "Scheme B, terraced court"),
        "scheme_site": translate("PlanningDemo", "Site of the schemes"),
        "planned_buildings": translate("PlanningDemo", "Buildings of today"),
    }
