"""The maps of a plan: a project with the layers of each level, dressed, and what a map shows of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeature,
    QgsGeometry,
    QgsMapLayer,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from ...core.common.grid import Grid
from ...core.common.tables import Column
from ...core.contingency import plan_tables
from ...core.contingency.plan import LevelPlan, Plan
from ..kernel import styles
from ..kernel.columns import make_fields
from ..kernel.outside_text import as_name
from ..kernel.rasters import write_grid
from .plan_layers import LevelLayers, PlanLayers

MARGIN_SHARE, MARGIN_M = 0.05, 20.0
"""What a map shows around what it is about: a share of its extent, and some metres."""
LEAST_M = 200.0
"""A map is at least so wide, so that a single point has its surroundings."""


class PlanMaps:
    """The project of a plan's maps.

    Parameters
    ----------
    plan : Plan
    layers : PlanLayers
        They are copied, never changed.

    Attributes
    ----------
    project : QgsProject
    """

    def __init__(self, plan: Plan, layers: PlanLayers) -> None:
        self._layers = layers
        self.project = QgsProject()
        self.project.setTitle(as_name(plan.title))
        self.project.setCrs(QgsCoordinateReferenceSystem(plan.crs))
        self._districts = self._copy(layers.districts, "contingency_districts")
        self._roads = self._copy(layers.roads, "roads")
        self._ground = [
            copy
            for layer, style in ((layers.water, "water_bodies"), (layers.terrain, "terrain_shade"))
            if (copy := self._copy(layer, style)) is not None
        ]
        self._levels = [self._level(part, layers.level(number)) for number, part in enumerate(plan.levels)]

    def close(self) -> None:
        """Let go of the layers and files."""
        self._levels, self._ground, self._districts, self._roads = [], [], None, None
        self.project.clear()

    def attached(self, name: str) -> str:
        """The path of a new file that belongs to the project: it goes with it, or into its archive when it is saved."""
        return str(self.project.createAttachedFile(name))

    def background(self) -> tuple[QgsMapLayer | None, QgsMapLayer | None]:
        """The districts and all roads; None where they are not given."""
        return self._districts, self._roads

    def shown(self, level: int) -> list[QgsMapLayer]:
        """The layers of a level's map, the top one first."""
        own = self._levels[level]
        above = ("measures", "blocks", "shelters", "routes", "closures", "hits", "buildings")
        return [
            *(own[name] for name in above if name in own),
            *([self._districts] if self._districts is not None else []),
            *([own["depth"]] if "depth" in own else []),
            *([self._roads] if self._roads is not None else []),
            *self._ground,
        ]

    def layer(self, level: int, name: str) -> QgsMapLayer | None:
        """A layer of a level: measures, blocks, shelters, routes, closures, hits, buildings or depth."""
        return self._levels[level].get(name)

    def extent(self) -> QgsRectangle:
        """What every overview shows: all that any level has, so that levels can be compared."""
        whole = QgsRectangle()
        for own in self._levels:
            for name, layer in own.items():
                if name not in ("depth", "buildings") and layer.featureCount():
                    whole.combineExtentWith(layer.extent())
        for layer in (own.get("depth") for own in self._levels):
            if whole.isNull() and layer is not None:
                whole = self._in_project(layer, layer.extent())
        if whole.isNull() and self._layers.terrain is not None:
            whole = self._in_project(self._layers.terrain, self._layers.terrain.extent())
        return _with_margin(whole)

    def districts(self) -> dict[str, QgsRectangle]:
        """The extents of the districts by name, in the CRS of the project."""
        found: dict[str, QgsRectangle] = {}
        layer = self._layers.districts
        if layer is None or layer.fields().indexOf(self._layers.district_field) < 0:
            return found
        for feature in layer.getFeatures():
            name = str(feature[self._layers.district_field] or "")
            if name and not feature.geometry().isEmpty():
                box = self._in_project(layer, feature.geometry().boundingBox())
                found.setdefault(name, QgsRectangle()).combineExtentWith(box)
        whole = self.extent()
        boxes = {name: _with_margin(box) for name, box in found.items()}
        return {name: box.intersect(whole) if whole.intersects(box) else box for name, box in boxes.items()}

    def _level(self, part: LevelPlan, given: LevelLayers) -> dict[str, QgsMapLayer]:
        """The layers of a level by name, without those that have nothing to show."""
        tables = plan_tables
        closures = [(given.closures.get(row["id"]), row) for row in tables.closure_rows(part)]
        routes = [(given.routes.get((row["block"], row["shelter"])), row) for row in tables.route_rows(part)]
        made = {
            "closures": self._drawn("LineString", tables.CLOSURES, closures, "contingency_closures"),
            "routes": self._drawn("LineString", tables.ROUTES, routes, "contingency_routes"),
            "shelters": self._points(tables.SHELTERS_USED, tables.shelter_rows(part), "contingency_shelters"),
            "blocks": self._points(tables.BLOCKS, tables.block_rows(part), "contingency_blocks"),
            "measures": self._points(tables.MEASURES_PLACED, tables.measure_rows(part), "contingency_measures"),
            "depth": self._depth(given.depth),
            "buildings": self._copy(given.buildings, "building_risk"),
        }
        if made["buildings"] is None:
            hits = [{"risk_class": hit.risk_class, "name": hit.name, "x": hit.x, "y": hit.y} for hit in part.buildings]
            columns = (Column("risk_class", "integer", ""), Column("name", "text", ""))
            made["hits"] = self._points(columns, hits, "contingency_buildings")
        return {name: layer for name, layer in made.items() if layer is not None}

    def _points(self, columns: tuple[Column, ...], rows: Iterable[Mapping[str, Any]], style: str) -> QgsVectorLayer:
        shapes = ((QgsGeometry.fromPointXY(QgsPointXY(row["x"], row["y"])), row) for row in rows)
        return self._drawn("Point", columns, shapes, style)

    def _drawn(
        self,
        kind: str,
        columns: tuple[Column, ...],
        rows: Iterable[tuple[QgsGeometry | bytes | None, Mapping[str, Any]]],
        style: str,
    ) -> QgsVectorLayer:
        """A layer in memory with the columns of an output of the plan; rows without a geometry are not on the map."""
        layer = QgsVectorLayer(f"{kind}?index=yes", style, "memory")
        layer.setCrs(self.project.crs())
        fields = make_fields(columns)
        layer.dataProvider().addAttributes(list(fields))
        layer.updateFields()
        features = []
        for shape, row in rows:
            if shape is None:
                continue
            feature = QgsFeature(layer.fields())
            if isinstance(shape, bytes):
                geometry = QgsGeometry()
                geometry.fromWkb(shape)
                shape = geometry
            feature.setGeometry(shape)
            feature.setAttributes([_kept(row.get(column.name)) for column in columns])
            features.append(feature)
        layer.dataProvider().addFeatures(features)
        layer.updateExtents()
        styles.apply(layer, style)
        self.project.addMapLayer(layer, False)
        return layer

    def _depth(self, given: QgsRasterLayer | Grid | None) -> QgsMapLayer | None:
        if not isinstance(given, Grid):
            return self._copy(given, "flood_depth")
        path = self.attached("depth.tif")
        write_grid(given, path)
        layer = QgsRasterLayer(path, "depth", "gdal")
        styles.apply(layer, "flood_depth")
        self.project.addMapLayer(layer, False)
        return layer

    def _copy(self, layer: QgsMapLayer | None, style: str) -> QgsMapLayer | None:
        if layer is None or not layer.isValid():
            return None
        copy = layer.clone()
        styles.apply(copy, style)
        self.project.addMapLayer(copy, False)
        return copy

    def _in_project(self, layer: QgsMapLayer, box: QgsRectangle) -> QgsRectangle:
        if not layer.crs().isValid() or layer.crs() == self.project.crs():
            return QgsRectangle(box)
        try:
            return QgsCoordinateTransform(layer.crs(), self.project.crs(), self.project).transformBoundingBox(box)
        except QgsCsException:
            return QgsRectangle()


def _with_margin(box: QgsRectangle) -> QgsRectangle:
    """A box with what stands around it, at least `LEAST_M` wide."""
    if box.isNull():
        return box
    wide = max(box.width(), box.height())
    grown = QgsRectangle(box)
    grown.grow(max(MARGIN_SHARE * wide + MARGIN_M, (LEAST_M - wide) / 2))
    return grown


def _kept(value: Any) -> Any:
    """A value that an attribute can hold: no NaN, no subclass of str."""
    if isinstance(value, str):
        return str(value)
    return None if isinstance(value, float) and value != value else value
