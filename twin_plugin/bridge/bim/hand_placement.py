"""Where a model placed by hand lies: its footprint on the map, the points it is held by, and how rows are kept."""

from __future__ import annotations

import math
import sqlite3
import uuid
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from osgeo import gdal
from qgis.core import (
    NULL,
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsFeature,
    QgsFeatureSource,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from ...core.bim.tables import MODEL_PLACEMENT
from ...core.common import new_file
from ...core.common.errors import ResourceError, unwritable
from ..kernel.columns import make_fields
from ..kernel.gdal_calls import every_feature, memory_file
from ..kernel.vectors import gpkg_options
from ..postgres.sql import Name, statement

TABLE = MODEL_PLACEMENT.name
FILE = "placements.gpkg"
PATIENCE_S = 2.0
"""How long a placement waits for another program's lock: the desktop waits with it."""
NEAR_M = 0.001
"""Two points that are nearer than this give no direction."""


@dataclass(frozen=True)
class HandPlacement:
    """A row of the placements table without its path: where the model's zero point lies, in metres, and its turn.

    `bearing_deg` is that of the model's y axis, clockwise from grid north.
    """

    x: float
    y: float
    z: float = 0.0
    bearing_deg: float = 0.0

    def to_map(self, mx: float, my: float) -> QgsPointXY:
        """A point of the model (m) on the map."""
        cos, sin = math.cos(math.radians(self.bearing_deg)), math.sin(math.radians(self.bearing_deg))
        return QgsPointXY(self.x + mx * cos + my * sin, self.y - mx * sin + my * cos)


@dataclass(frozen=True)
class Anchor:
    """A point of the model by which it is held, and the point that gives its direction, both in model metres."""

    name: str
    x: float
    y: float
    toward_x: float
    toward_y: float

    def moved(self, placement: HandPlacement, to: QgsPointXY) -> HandPlacement:
        """The placement by which this anchor lies at `to`, with the same turn."""
        now = placement.to_map(self.x, self.y)
        return replace(placement, x=placement.x + to.x() - now.x(), y=placement.y + to.y() - now.y())

    def turned(self, placement: HandPlacement, toward: QgsPointXY) -> HandPlacement:
        """The placement by which the model points from this anchor, which stays where it is, towards a point."""
        centre = placement.to_map(self.x, self.y)
        if centre.distance(toward) < NEAR_M:
            return placement
        in_model = math.degrees(math.atan2(self.toward_x - self.x, self.toward_y - self.y))
        return self.turned_to(placement, bearing_deg(centre, toward) - in_model)

    def turned_to(self, placement: HandPlacement, bearing: float) -> HandPlacement:
        """The placement with another bearing of the model's y axis, turned about this anchor."""
        centre = placement.to_map(self.x, self.y)
        return self.moved(replace(placement, bearing_deg=bearing % 360.0), centre)


@dataclass(frozen=True)
class LocalModel:
    """A model's footprints in its own metres, and the level of its ground floor above its zero point."""

    model_id: str
    path: str
    footprint: QgsGeometry
    ground_floor_m: float = 0.0

    def outline(self, placement: HandPlacement) -> QgsGeometry:
        """The footprint on the map, in the CRS of the placement."""
        moved = QgsGeometry(self.footprint)
        moved.rotate(placement.bearing_deg, QgsPointXY(0.0, 0.0))
        moved.translate(placement.x, placement.y)
        return moved

    def anchors(self) -> tuple[Anchor, ...]:
        """The zero point, the middle, and the four corners nearest to those of the footprint's box.

        A corner's direction is along the wall to the next corner; that of the others is the model's y axis.
        """
        reach = max(10.0, self.footprint.boundingBox().height())
        middle = self.footprint.boundingBox().center()
        anchors = [
            Anchor("zero", 0.0, 0.0, 0.0, reach),
            Anchor("middle", middle.x(), middle.y(), middle.x(), middle.y() + reach),
        ]
        ring = _outer_ring(self.footprint)
        if len(ring) < 3:
            return tuple(anchors)
        box = self.footprint.boundingBox()
        for name, corner in (
            ("south-west", QgsPointXY(box.xMinimum(), box.yMinimum())),
            ("south-east", QgsPointXY(box.xMaximum(), box.yMinimum())),
            ("north-east", QgsPointXY(box.xMaximum(), box.yMaximum())),
            ("north-west", QgsPointXY(box.xMinimum(), box.yMaximum())),
        ):
            number = min(range(len(ring)), key=lambda n: ring[n].sqrDist(corner))
            start, end = ring[number], ring[(number + 1) % len(ring)]
            anchors.append(Anchor(name, start.x(), start.y(), end.x(), end.y()))
        return tuple(anchors)


def bearing_deg(start: QgsPointXY, end: QgsPointXY) -> float:
    """Bearing from one point to another, clockwise from grid north, 0 to 360."""
    return math.degrees(math.atan2(end.x() - start.x(), end.y() - start.y())) % 360.0


def local_model(model_id: str, path: str, buildings: QgsVectorLayer) -> LocalModel | None:
    """A model from buildings that were read with a placement at 0, 0 and bearing 0; None without a footprint."""
    features = [item for item in buildings.getFeatures() if not item.geometry().isEmpty()]
    if not features:
        return None
    whole = QgsGeometry.unaryUnion([item.geometry() for item in features])
    values = [item["ground_floor_elev_m"] for item in features]
    floors = [float(value) for value in values if value is not None and value != NULL]
    return LocalModel(model_id, path, whole, min(floors, default=0.0))


def metric_crs(
    candidates: Sequence[QgsCoordinateReferenceSystem],
    centre: QgsPointXY,
    centre_crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
) -> QgsCoordinateReferenceSystem:
    """The first CRS in metres; failing that the UTM zone of a point: a bearing and metres need a plane."""
    for crs in candidates:
        if crs.isValid() and not crs.isGeographic() and crs.mapUnits() == Qgis.DistanceUnit.Meters and crs.authid():
            return crs
    lonlat = QgsCoordinateTransform(centre_crs, QgsCoordinateReferenceSystem("EPSG:4326"), context).transform(centre)
    zone = min(60, int((lonlat.x() + 180.0) / 6.0) + 1)
    return QgsCoordinateReferenceSystem(f"EPSG:{(32600 if lonlat.y() >= 0 else 32700) + zone}")


def placement_layer(rows: Sequence[dict[str, Any]]) -> QgsVectorLayer:
    """Rows of placements as a table in memory, for the parameter PLACEMENTS."""
    layer = QgsVectorLayer("NoGeometry", "placements", "memory")
    layer.dataProvider().addAttributes(list(make_fields(MODEL_PLACEMENT.columns)))
    layer.updateFields()
    layer.dataProvider().addFeatures(_features(layer, rows))
    return layer


def row_of(path: str, placement: HandPlacement, crs: str) -> dict[str, Any]:
    """The row of the placements table of a model."""
    values = {"x": round(placement.x, 4), "y": round(placement.y, 4), "z": round(placement.z, 4)}
    return {"path": path, **values, "bearing_deg": round(placement.bearing_deg, 6), "crs": crs}


def rows_of(source: QgsFeatureSource) -> list[dict[str, Any]]:
    """The rows of a table of placements; those without the columns path, x and y are no placements."""
    names = [name for name in MODEL_PLACEMENT.names if source.fields().indexOf(name) >= 0]
    if not {"path", "x", "y"} <= set(names):
        return []
    return [{name: item[name] for name in names} for item in every_feature(source, source.sourceName())]


def keep_rows(file: Path, rows: Sequence[dict[str, Any]]) -> str:
    """Put rows into the placements table of a GeoPackage, each in place of the one of the same path.

    It is done in one transaction; of two rows with one path the later counts.

    Returns
    -------
    str
        The data source of the table for QGIS.

    Raises
    ------
    ResourceError
        When the file cannot be written; what was in it stays.
    """
    if not file.exists():
        new_file.create(file, _empty_table())
    layer = QgsVectorLayer(f"{file}|layername={TABLE}", TABLE, "ogr")
    if not layer.isValid() or not rows_can_be_kept(layer):
        raise ResourceError("'{file}' is no table of placements: move it away, and place the model again.", file=file)
    names = MODEL_PLACEMENT.names
    insert = statement(
        "INSERT INTO {table} ({names}) VALUES ({marks})",
        table=Name(TABLE), names=Name(", ".join(names)), marks=Name(", ".join("?" * len(names))),
    )  # fmt: skip
    by_path = {row["path"]: tuple(_plain(row.get(name)) for name in names) for row in rows}
    delete = statement("DELETE FROM {table} WHERE path IN ({paths})", table=Name(TABLE), paths=list(by_path))
    try:
        with closing(sqlite3.connect(file, timeout=PATIENCE_S)) as database, database:
            database.execute(delete)
            database.executemany(insert, by_path.values())
    except sqlite3.Error as error:
        raise ResourceError(
            "The placement cannot be kept in '{file}' ({reason}): close what has it open, or save the "
            "project elsewhere.",
            file=file,
            reason=error,
        ) from error
    return f"{file}|layername={TABLE}"


def rows_can_be_kept(layer: QgsVectorLayer) -> bool:
    """Whether a table has the columns of placements."""
    return all(layer.fields().indexOf(name) >= 0 for name in MODEL_PLACEMENT.names)


def _features(layer: QgsVectorLayer, rows: Sequence[dict[str, Any]]) -> list[QgsFeature]:
    features = [QgsFeature(layer.fields()) for _ in rows]
    for feature, row in zip(features, rows, strict=True):
        for name in set(layer.fields().names()) & set(row):
            feature[name] = row[name]
    return features


def _plain(value: Any) -> Any:
    return None if value == NULL else value


def _empty_table() -> bytes:
    """A GeoPackage with a table of placements that has no rows."""
    place = f"/vsimem/{uuid.uuid4().hex}.gpkg"
    empty = placement_layer(())
    options = gpkg_options(Path(place), TABLE)
    try:
        failed, reason, *_ = QgsVectorFileWriter.writeAsVectorFormatV3(empty, place, empty.transformContext(), options)
        if failed != QgsVectorFileWriter.WriterError.NoError:
            raise unwritable(FILE, reason)
        return memory_file(place)
    finally:
        gdal.Unlink(place)


def _outer_ring(shape: QgsGeometry) -> list[QgsPointXY]:
    """The outer ring of the largest part, counter-clockwise, without the repeated last point."""
    parts = shape.asMultiPolygon() if shape.isMultipart() else [shape.asPolygon()]
    rings = [part[0][:-1] for part in parts if part and len(part[0]) > 3]
    if not rings:
        return []
    ring = max(rings, key=lambda points: abs(_area(points)))
    return ring if _area(ring) > 0 else ring[::-1]


def _area(ring: Sequence[QgsPointXY]) -> float:
    """Twice the area, positive where the ring runs counter-clockwise."""
    following = [*ring[1:], ring[0]]
    return sum(a.x() * b.y() - b.x() * a.y() for a, b in zip(ring, following, strict=True))


def ground_m(terrain: QgsRasterLayer, at: QgsPointXY, crs: QgsCoordinateReferenceSystem) -> float | None:
    """Elevation of a terrain at one point; None off it, and where it has no data."""
    try:
        point = QgsCoordinateTransform(crs, terrain.crs(), QgsProject.instance()).transform(at)
    except QgsCsException:
        return None
    value, sampled = terrain.dataProvider().sample(point, 1)
    return float(value) if sampled and math.isfinite(value) else None
