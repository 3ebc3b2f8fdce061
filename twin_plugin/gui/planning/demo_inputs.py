"""The layers of the demo district that planning review reads, by review and parameter."""

from __future__ import annotations

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from ...bridge.kernel import layer_marks
from ...bridge.kernel.outside_text import as_name
from ..common import result_layers

CITY_TABLES = {"BUILDINGS": "planned_buildings", "SCHEME": "scheme_a", "SITE": "scheme_site"}
PAIR_TABLES = ("scheme_a", "scheme_b")
PAIR_ROOMS = {"comparescheme": ("SCHEME_BASEMENTS", ("scheme_a_underground", "scheme_b_underground"))}
"""By review: the parameter for the rooms below ground of the pair, in its order."""
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
    "promenade": {"color": "#c2185b", "width": "0.4"},
    "metro_tunnel": {"color": "#5d4f7c", "width": "0.9"},
    "pipes": {"color": "#2f8fd8", "width": "0.4"},
    "scheme_a_underground": {"color": "#f3c9a8", "outline_color": "#8a4312"},
    "scheme_b_underground": {"color": "#f3c9a8", "outline_color": "#8a4312"},
    "green": {"color": "#b4c3a2", "outline_color": "#7f9468"},
    "sea": {"color": "#bcd7ec", "outline_color": "#7fa9c9"},
    "control_plan": {"style": "no", "outline_color": "#55606b"},
}
"""Tables that go into the project, the topmost first, as they are drawn. A layer of `underground` would be taken for
one of a twin base: its file is enough."""
MARK = "createdemodistrict/"
SHOWN = ("viewpoints", "view_corridors", "landmark", "scheme_a", "scheme_site", "planned_buildings")
"""Those that are switched on."""


def add_layers(tables: str, group: str) -> dict[str, str]:
    """Put the tables into a group of the project; their layers' ids by table."""
    project, titles, run = QgsProject.instance(), _titles(), layer_marks.new_run()
    place, found = project.layerTreeRoot().insertGroup(0, as_name(group)), {}
    for table, symbol in SYMBOLS.items():
        layer = QgsVectorLayer(f"{tables}|layername={table}", titles[table], "ogr")
        if not layer.isValid():
            continue
        result_layers.draw_simply(layer, symbol)
        layer_marks.mark(layer, f"{MARK}{table}", run)  # so that none is taken for the loaded buildings
        project.addMapLayer(layer, False)
        place.addLayer(layer).setItemVisibilityChecked(table in SHOWN)
        found[table] = layer.id()
    if not found:
        project.layerTreeRoot().removeChildNode(place)
    place.setItemVisibilityChecked(False)
    place.setExpanded(False)
    return found


def show_layers() -> None:
    """Switch the group of the demo district on, once something is reviewed: until then the map is for other work."""
    project = QgsProject.instance()
    for layer in project.mapLayers().values():
        node = project.layerTreeRoot().findLayer(layer.id())
        if node is not None and str(layer.customProperty(layer_marks.OUTPUT) or "").startswith(MARK):
            node.parent().setItemVisibilityChecked(True)


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
        "promenade": translate("PlanningDemo", "Walk along the shore"),
        "metro_tunnel": translate("PlanningDemo", "Bores of the metro"),
        "pipes": translate("PlanningDemo", "Water mains and sewers"),
        "scheme_a_underground": translate("PlanningDemo", "Scheme A below ground"),
        "scheme_b_underground": translate("PlanningDemo", "Scheme B below ground"),
        "green": translate("PlanningDemo", "Green of today and of the schemes"),
        "sea": translate("PlanningDemo", "Sea"),
        "control_plan": translate("PlanningDemo", "Control plan"),
    }
