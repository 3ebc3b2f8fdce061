"""Features that a service sent into a layer: its fields, its type of geometry and its CRS found out."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QMetaType, Qt

from ...core.common import crs_registry
from ...core.common.errors import InputError
from ...core.common.messages import Message, note
from ...core.common.progress import Progress, advance
from ...core.services.adapter import Feature, Features
from ..kernel.vectors import add_feature

ID_FIELD = "feature_id"
SAMPLE = 2_000
"""Features that are looked at for the type of the geometries."""

_DEGREES = QgsCoordinateReferenceSystem("EPSG:4326")
_TYPES = {
    "integer": QMetaType.Type.LongLong,
    "real": QMetaType.Type.Double,
    "boolean": QMetaType.Type.Bool,
    "date": QMetaType.Type.QDate,
    "datetime": QMetaType.Type.QDateTime,
}
# GeoPackage and shapefiles take these names for themselves.
_TAKEN = {"fid", "ogc_fid", "geom", "geometry", "the_geom", "shape", ID_FIELD}
_FAMILIES = {0: "point", 1: "line", 2: "line", 3: "polygon", 4: "point", 5: "line", 6: "polygon"}
_MULTI = {
    "point": QgsWkbTypes.Type.MultiPoint,
    "line": QgsWkbTypes.Type.MultiLineString,
    "polygon": QgsWkbTypes.Type.MultiPolygon,
}


@dataclass
class LayerLayout:
    """How features become a layer.

    Attributes
    ----------
    fields : QgsFields
        `feature_id`, then the service's; names that files take for themselves have a _ behind them.
    geometry : Qgis.WkbType
    family : str
        point, line, polygon, "" for a table, "mixed".
    crs : QgsCoordinateReferenceSystem
        Of the layer.
    notes : list of str
        What was done or left out here.
    """

    fields: QgsFields
    names: tuple[str, ...]
    geometry: Any
    family: str
    crs: QgsCoordinateReferenceSystem
    pages: Iterator[list[Feature]]
    mover: _Mover
    notes: list[str] = field(default_factory=list)


def layout(features: Features, crs: QgsCoordinateReferenceSystem | None = None) -> LayerLayout:
    """Look at the first pages and say what layer they make.

    Parameters
    ----------
    features : Features
    crs : QgsCoordinateReferenceSystem, optional
        The layer's; by default the one that the features came in.

    Raises
    ------
    InputError
        When the CRS of the features is not known.
    """
    own = _crs(features.crs)
    first: list[list[Feature]] = []
    for page in features.pages:
        first.append(page)
        if sum(map(len, first)) >= SAMPLE:
            break
    geometry, family = _kind([row for page in first for row in page])
    fields, names = _fields(features)
    mover = _Mover(own, crs if crs is not None and crs.isValid() else own)
    return LayerLayout(fields, names, geometry, family, mover.target, _chain(first, features.pages), mover)


def write(plan: LayerLayout, sink: QgsFeatureSink, progress: Progress) -> int:
    """Write all features of a layout; returns how many.

    Raises
    ------
    ResourceError
        When the sink refuses one.
    """
    count = unfit = 0
    multi = plan.family not in ("", "mixed")
    for page in plan.pages:
        advance(progress, math.nan, "{count:,} features", count=count)
        geometries = plan.mover.moved(page) if plan.family else [None] * len(page)
        for row, geometry in zip(page, geometries, strict=True):
            feature = QgsFeature(plan.fields)
            feature.setAttributes([row.id, *(_value(row.values.get(name)) for name in plan.names)])
            if geometry is not None:
                if multi:
                    geometry = _fitted(geometry, plan)
                unfit += geometry is None
                if geometry is not None:
                    feature.setGeometry(geometry)
            add_feature(sink, feature)
        count += len(page)
    if unfit:
        note(
            plan.notes,
            "{unfit:,} features have geometries of another type than the first ones: left empty.",
            unfit=unfit,
        )
    plan.notes += plan.mover.notes()
    return count


class _Mover:
    """Geometries from the CRS of a service to that of a layer."""

    def __init__(self, own: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem) -> None:
        self.target = target
        self._failed = 0
        self._transform = QgsCoordinateTransform(own, target, QgsCoordinateTransformContext())

    def moved(self, page: list[Feature]) -> list[QgsGeometry | None]:
        return [self._transformed(_geometry(row.geometry)) for row in page]

    def notes(self) -> list[str]:
        if not self._failed:
            return []
        return [
            Message(
                "{count:,} geometries could not be brought into the CRS of the layer: left empty.", count=self._failed
            )
        ]

    def _transformed(self, geometry: QgsGeometry | None) -> QgsGeometry | None:
        if geometry is None or self._transform.isShortCircuited():
            return geometry
        try:
            geometry.transform(self._transform)
        except QgsCsException:
            self._failed += 1
            return None
        return geometry


def _crs(name: str) -> QgsCoordinateReferenceSystem:
    known = crs_registry.canonical(name) or name
    crs = _DEGREES if known == crs_registry.CRS84 else QgsCoordinateReferenceSystem(known)
    if name and not crs.isValid():
        raise InputError("The service sends its features in '{name}', a CRS that QGIS does not know.", name=name)
    return crs if crs.isValid() else _DEGREES


def _kind(rows: list[Feature]) -> tuple[Any, str]:
    blobs = [row.geometry for row in rows if row.geometry]
    if not blobs:
        # Nothing at all may still be a layer; rows without a geometry are a table.
        return (QgsWkbTypes.Type.NoGeometry, "") if rows else (QgsWkbTypes.Type.Unknown, "mixed")
    shapes = shapely.from_wkb(np.array(blobs, object), on_invalid="ignore")
    families = {_FAMILIES.get(int(number), "mixed") for number in set(shapely.get_type_id(shapes)) if number >= 0}
    if len(families) != 1 or "mixed" in families:
        return QgsWkbTypes.Type.Unknown, "mixed"
    (family,) = families
    single = family == "point" and all(shapely.get_type_id(shapes) <= 0)
    kind = QgsWkbTypes.Type.Point if single else _MULTI[family]
    return (QgsWkbTypes.addZ(kind) if shapely.has_z(shapes).any() else kind), family


def _fields(features: Features) -> tuple[QgsFields, tuple[str, ...]]:
    fields = QgsFields()
    fields.append(QgsField(ID_FIELD, QMetaType.Type.QString))
    used = set(_TAKEN)
    for item in features.fields:
        name = item.name
        while name.lower() in used:
            name += "_"
        used.add(name.lower())
        made = QgsField(name, _TYPES.get(item.type, QMetaType.Type.QString))
        made.setAlias(f"{item.title or item.name} ({item.unit})" if item.unit else item.title)
        fields.append(made)
    return fields, tuple(item.name for item in features.fields)


def _chain(first: list[list[Feature]], rest: Iterator[list[Feature]]) -> Iterator[list[Feature]]:
    while first:
        yield first.pop(0)
    yield from rest


def _geometry(wkb: bytes | None) -> QgsGeometry | None:
    if not wkb:
        return None
    geometry = QgsGeometry()
    geometry.fromWkb(wkb)
    return None if geometry.isNull() else geometry


def _fitted(geometry: QgsGeometry, plan: LayerLayout) -> QgsGeometry | None:
    """The geometry in the layer's type; None where it is of another one."""
    coerced = geometry.coerceToType(plan.geometry)
    same = QgsWkbTypes.geometryType(geometry.wkbType()) == QgsWkbTypes.geometryType(plan.geometry)
    return coerced[0] if same and len(coerced) == 1 else None


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return QDateTime.fromMSecsSinceEpoch(round(moment.timestamp() * 1000), Qt.TimeSpec.UTC)
    if isinstance(value, date):
        return QDate(value.year, value.month, value.day)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, (list, dict, tuple)):
        return str(value)
    return value
