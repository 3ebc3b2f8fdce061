"""Marks on layers, groups and layouts of a project: of which theme and district they are, so that a run finds them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from qgis.core import QgsLayerTreeGroup, QgsLayerTreeNode, QgsMapLayer, QgsProject

THEME = "city_twin/theme"
"""Property: id of the theme, on layers, groups and layouts."""
DISTRICT = "city_twin/theme_district"
"""Property: id of the district, "" where the theme has none."""
LAYER = "city_twin/theme_layer"
"""Property of a layer, and of the group that stands in the tree for a missing one: its id in the theme."""
GROUP = "city_twin/theme_group"
"""Property of a group: its id in the theme, `WHOLE` for the group of the theme."""
TITLE = "city_twin/theme_title"
"""Property of a group: the name that the last run gave it; another one is the user's."""
REASON = "city_twin/theme_reason"
"""Property of the group of a missing layer: why it is missing."""
BUILT = "city_twin/theme_built"
"""Property of a layer: what the last run gave it, as JSON; what differs is the user's."""

WHOLE = "*"
MISSING = "!"
"""The group, on top of that of the theme, of the layers that must be there and are missing."""

Marked = QgsMapLayer | QgsLayerTreeNode


def mark(target: Any, theme: str, district: str) -> None:
    """Say of what has custom properties of which theme and district it is."""
    target.setCustomProperty(THEME, theme)
    target.setCustomProperty(DISTRICT, district)


def is_marked(target: Any, theme: str, district: str) -> bool:
    """Whether something is of this theme and district."""
    return target.customProperty(THEME) == theme and (target.customProperty(DISTRICT) or "") == district


def layers_of(project: QgsProject, theme: str, district: str) -> dict[str, QgsMapLayer]:
    """The layers of a theme for a district in a project, by their id in the theme; the first one of doubles."""
    found: dict[str, QgsMapLayer] = {}
    for _, layer in sorted(project.mapLayers().items()):
        if is_marked(layer, theme, district) and layer.customProperty(LAYER):
            found.setdefault(str(layer.customProperty(LAYER)), layer)
    return found


def themes_of(project: QgsProject) -> list[tuple[str, str]]:
    """The ids of theme and district that a project has layers or groups of."""
    nodes: list[Any] = [*project.mapLayers().values(), *groups(project.layerTreeRoot())]
    found = {(str(node.customProperty(THEME)), str(node.customProperty(DISTRICT) or "")) for node in nodes
             if node.customProperty(THEME)}  # fmt: skip
    return sorted(found)


def groups(root: QgsLayerTreeGroup) -> Iterator[QgsLayerTreeGroup]:
    """All groups below a group, from top to bottom."""
    for child in root.children():
        if isinstance(child, QgsLayerTreeGroup):
            yield child
            yield from groups(child)


def built(layer: QgsMapLayer) -> dict[str, Any]:
    """What the last run gave a layer."""
    try:
        value = json.loads(layer.customProperty(BUILT) or "{}")
    except (TypeError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def remember(layer: QgsMapLayer, **values: Any) -> None:
    """Keep on a layer what this run gave it."""
    layer.setCustomProperty(BUILT, json.dumps(built(layer) | values, ensure_ascii=False, sort_keys=True))
