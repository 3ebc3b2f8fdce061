"""Which layers of a project a 3D view shows, and as what: bodies, storeys, what lies below ground, terrain, water."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from qgis.core import (
    Qgis,
    QgsMapLayer,
    QgsMeshDatasetIndex,
    QgsMeshLayer,
    QgsProject,
    QgsRasterLayer,
    QgsTiledSceneLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..kernel import raster_kinds
from ..kernel.layer_marks import OUTPUT, RUN

OWN = "scene3d/"
"""Output of the hidden layers that a view makes."""
LEVEL, DEPTH = "water level", "depth"
"""Names of dataset groups of RESULT."""
DIAMETERS = ("diameter_mm", "diameter_m", "outer_diameter_mm", "outer_diameter_m", "outerdiamiter", "dn", "管径")
_BODIES = {"base_elev_m", "roof_elev_m"}
_ROOMS = {"bottom_elev_m", "top_elev_m"}
_STOREYS = {"building_id", "number", "elev_m", "height_m"}
_BUILDINGS = {"gross_floor_area_m2", "ground_floor_elev_m", "base_elev_m", "roof_elev_m"}
_POINTS = ("loadbim/OPENINGS",)
_SAME_BUILDINGS = ("buildingrisk/", "createdemodistrict/planned_buildings")
"""Outputs that are the buildings once more."""
_WATER = ("simulateflood/", "comparefloods/")
_TERRAIN_WORDS = re.compile(r"(?<![a-z])(dtm|dem|dgm|terrain|elevation)(?![a-z])|地形|高程", re.IGNORECASE)


@dataclass(frozen=True)
class ViewLayers:
    """The layers of a view, each valid.

    Attributes
    ----------
    buildings, storeys : QgsVectorLayer or None
        Those of models or of a twin base.
    solids : list of QgsVectorLayer
        Closed bodies (MultiPolygonZ); they stand for the buildings.
    bodies : list of QgsVectorLayer
        Other polygons with base and roof, such as schemes.
    rooms : list of QgsVectorLayer
        Polygons between two levels: what lies below ground.
    pipes : list of QgsVectorLayer
        Lines with heights and diameters.
    terrain : QgsRasterLayer or None
    water : QgsMeshLayer or None
        A RESULT with levels over time.
    tiles : list of QgsTiledSceneLayer
    others : list of QgsMapLayer
        Visible layers to which the user gave a 3D renderer.
    draped : list of QgsMapLayer
        Visible layers that lie on the terrain, the topmost first.
    """

    buildings: QgsVectorLayer | None = None
    storeys: QgsVectorLayer | None = None
    solids: list[QgsVectorLayer] = field(default_factory=list)
    bodies: list[QgsVectorLayer] = field(default_factory=list)
    rooms: list[QgsVectorLayer] = field(default_factory=list)
    pipes: list[QgsVectorLayer] = field(default_factory=list)
    terrain: QgsRasterLayer | None = None
    water: QgsMeshLayer | None = None
    tiles: list[QgsTiledSceneLayer] = field(default_factory=list)
    others: list[QgsMapLayer] = field(default_factory=list)
    draped: list[QgsMapLayer] = field(default_factory=list)

    def standing(self) -> list[QgsMapLayer]:
        """All that stands or lies in the view, without terrain, water and what is draped."""
        single = [layer for layer in (self.buildings, self.storeys) if layer is not None]
        return [*single, *self.solids, *self.bodies, *self.rooms, *self.pipes, *self.tiles, *self.others]


def find_layers(project: QgsProject, terrain: QgsRasterLayer | None = None) -> ViewLayers:
    """The layers of a project that a 3D view shows.

    Parameters
    ----------
    project : QgsProject
    terrain : QgsRasterLayer, optional
        In the place of the one that is found by marks and names.
    """
    there = [layer for layer in project.mapLayers().values() if layer.isValid() and not _output(layer).startswith(OWN)]
    shown = [layer for layer in project.layerTreeRoot().checkedLayers() if layer in there]
    polygons = [layer for layer in there if _is(layer, Qgis.GeometryType.Polygon)]
    buildings = _newest(polygons, "loadbim/BUILDINGS") or _plainest(polygons, _BUILDINGS)
    storeys = _storeys(polygons, buildings)
    taken = [layer for layer in (buildings, storeys) if layer is not None]
    solids = [layer for layer in polygons if _output(layer) == "loadbim/SOLIDS" or _is_solid(layer)][:1]
    rooms = [layer for layer in polygons if layer not in taken and _is_below(layer, layer in shown)]
    bodies = [
        layer
        for layer in shown
        if layer in polygons and layer not in [*taken, *solids, *rooms] and _is_body(layer) and not _doubles(layer)
    ]
    pipes = [layer for layer in there if _is(layer, Qgis.GeometryType.Line) and _is_pipe(layer)]
    water = _water(there, shown)
    ground = terrain if terrain is not None else _terrain(there)
    tiles = [layer for layer in there if isinstance(layer, QgsTiledSceneLayer)]
    taken += [*solids, *rooms, *bodies, *pipes, *tiles]
    free = [layer for layer in shown if layer not in taken and layer is not water]
    others = [layer for layer in free if layer.renderer3D() is not None and _output(layer) not in _POINTS]
    draped = [layer for layer in free if layer not in others and _lies(layer, water is not None)]
    return ViewLayers(buildings, storeys, solids, bodies, rooms, pipes, ground, water, tiles, others, draped)


def lying_on_ground(layers: ViewLayers) -> list[QgsMapLayer]:
    """What is drawn on the terrain, the topmost first, and the terrain itself below it."""
    if layers.terrain is None:
        return layers.draped
    return [*(layer for layer in layers.draped if layer.id() != layers.terrain.id()), layers.terrain]


def level_group(mesh: QgsMeshLayer, name: str = LEVEL) -> int:
    """Number of a dataset group of a mesh by its name; -1 where there is none."""
    for number in mesh.datasetGroupsIndexes():
        if mesh.datasetGroupMetadata(QgsMeshDatasetIndex(number, 0)).name().strip().lower() == name:
            return number
    return -1


def _output(layer: QgsMapLayer) -> str:
    return str(layer.customProperty(OUTPUT) or "")


def _is(layer: QgsMapLayer, kind: Qgis.GeometryType) -> bool:
    return isinstance(layer, QgsVectorLayer) and layer.geometryType() == kind


def _has(layer: QgsVectorLayer, names: set[str]) -> bool:
    return names <= set(layer.fields().names())


def _newest(layers: Iterable[QgsVectorLayer], output: str) -> QgsVectorLayer | None:
    found = [layer for layer in layers if _output(layer) == output]
    return max(found, key=lambda layer: str(layer.customProperty(RUN) or ""), default=None)


def _plainest(layers: Iterable[QgsVectorLayer], names: set[str]) -> QgsVectorLayer | None:
    """An assessment has all columns of the buildings, and its own: the plainest layer is the table itself."""
    found = [layer for layer in layers if _has(layer, names) and not _output(layer)]
    return min(found, key=lambda layer: layer.fields().count(), default=None)


def _storeys(polygons: list[QgsVectorLayer], buildings: QgsVectorLayer | None) -> QgsVectorLayer | None:
    run = buildings.customProperty(RUN) if buildings is not None else None
    together = [layer for layer in polygons if run and layer.customProperty(RUN) == run]
    return (
        _newest(together, "loadbim/STOREYS")
        or _newest(polygons, "loadbim/STOREYS")
        or _plainest(polygons, _STOREYS)
    )  # fmt: skip


def _is_solid(layer: QgsVectorLayer) -> bool:
    return QgsWkbTypes.hasZ(layer.wkbType()) and _has(layer, {"ifc_class"}) and _is_body(layer)


def _is_body(layer: QgsVectorLayer) -> bool:
    """Whether a layer holds bodies: the solids of a twin base without shells are an empty table."""
    return _has(layer, _BODIES) and layer.featureCount() != 0


def _is_below(layer: QgsVectorLayer, shown: bool) -> bool:
    """Whether a layer holds rooms below ground: of models or a twin base, or any that the user shows."""
    if not _has(layer, _ROOMS) or _output(layer) == "loadbim/ROOMS":
        return False
    return shown or not _output(layer) or _output(layer).startswith("loadbim/")


def _is_pipe(layer: QgsVectorLayer) -> bool:
    names = {name.lower() for name in layer.fields().names()}
    return QgsWkbTypes.hasZ(layer.wkbType()) and not names.isdisjoint(DIAMETERS)


def _doubles(layer: QgsMapLayer) -> bool:
    return _output(layer).startswith(_SAME_BUILDINGS)


def _water(there: list[QgsMapLayer], shown: list[QgsMapLayer]) -> QgsMeshLayer | None:
    found = [layer for layer in there if isinstance(layer, QgsMeshLayer) and level_group(layer) >= 0]
    return max(found, key=lambda layer: (layer in shown, str(layer.customProperty(RUN) or "")), default=None)


def _terrain(there: list[QgsMapLayer]) -> QgsRasterLayer | None:
    """A raster that may be a terrain: one that is marked or named so, or the only one."""
    fits = [layer for layer in there if isinstance(layer, QgsRasterLayer) and raster_kinds.may_be_terrain(layer)]
    ranked = (
        [layer for layer in fits if _output(layer).endswith("/DTM")],
        [layer for layer in fits if raster_kinds.output_of(layer) == raster_kinds.TERRAIN],
        [layer for layer in fits if _TERRAIN_WORDS.search(layer.name())],
        fits if len(fits) == 1 else [],
    )
    return next((layers[0] for layers in ranked if layers), None)


def _lies(layer: QgsMapLayer, water: bool) -> bool:
    """Whether a layer may lie on the terrain: not water that stands there already, nor buildings once more."""
    output = _output(layer)
    if isinstance(layer, QgsMeshLayer) or output in _POINTS or _doubles(layer):
        return False
    flood = output.startswith(_WATER) or (isinstance(layer, QgsRasterLayer) and raster_kinds.output_of(layer))
    return not (water and flood and raster_kinds.output_of(layer) != raster_kinds.TERRAIN) if flood else True
