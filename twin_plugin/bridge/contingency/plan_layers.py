"""The layers that the maps of a plan are drawn from, beside what the plan itself says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qgis.core import QgsMapLayer, QgsRasterLayer, QgsVectorLayer

from ...core.common.grid import Grid


@dataclass(frozen=True)
class LevelLayers:
    """What a level has on the map; each part may be absent.

    Attributes
    ----------
    depth : QgsRasterLayer, Grid or None
        Greatest depth of the water in m.
    buildings : QgsVectorLayer or None
        Output of twin:buildingrisk for this level.
    closures : mapping of str to bytes
        The lines of the roads that close, as WKB in the CRS of the plan, by `Closure.id`.
    routes : mapping of (str, str) to bytes
        The line of each way, likewise, by block and shelter.
    """

    depth: QgsRasterLayer | Grid | None = None
    buildings: QgsVectorLayer | None = None
    closures: Mapping[str, bytes] = field(default_factory=dict)
    routes: Mapping[tuple[str, str], bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class PlanLayers:
    """The layers of a plan.

    Attributes
    ----------
    levels : tuple of LevelLayers
        As many as the plan has levels, or none.
    terrain, water, roads : QgsMapLayer or None
        Background: the ground, bodies of water, all roads.
    districts : QgsVectorLayer or None
        Polygons, with names in `district_field`.
    """

    levels: tuple[LevelLayers, ...] = ()
    terrain: QgsMapLayer | None = None
    water: QgsMapLayer | None = None
    roads: QgsMapLayer | None = None
    districts: QgsVectorLayer | None = None
    district_field: str = ""

    def level(self, number: int) -> LevelLayers:
        """The layers of a level; empty ones where there are none."""
        return self.levels[number] if number < len(self.levels) else LevelLayers()
