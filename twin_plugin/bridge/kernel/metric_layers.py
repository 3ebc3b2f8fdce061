"""Layers of a comparison, read into one CRS in metres, and their fields by usual names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureSource,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsWkbTypes,
)

from ...core.common.errors import InputError
from ...core.common.messages import Message
from .crs_scale import crs_unit_m, ground_metres
from .input_table import reasons
from .line_layers import IDS, first_field, id_text, without_empty
from .number_fields import NumberFields
from .vectors import FeatureTable, read_blocks

_KINDS = QgsWkbTypes.GeometryType
LINES, POINTS, AREAS = (_KINDS.LineGeometry,), (_KINDS.PointGeometry,), (_KINDS.PolygonGeometry,)
_ONLY = {
    LINES: Message("lines"),
    POINTS: Message("points"),
    AREAS: Message("polygons"),
    (*POINTS, *AREAS): Message("points or polygons"),
    (*POINTS, *LINES): Message("points or lines"),
}


@dataclass(frozen=True)
class Reader:
    """How layers are read: all in one CRS, which is in metres."""

    crs: QgsCoordinateReferenceSystem
    context: QgsProcessingContext
    feedback: QgsProcessingFeedback

    def go_on(self, fraction: float, text: str = "") -> bool:
        """A progress that only asks whether to go on."""
        return not self.feedback.isCanceled()

    def table(
        self, source: QgsFeatureSource, parameter: str, kinds: tuple[QgsWkbTypes.GeometryType, ...]
    ) -> FeatureTable:
        """The features of a layer, which must hold geometries of some kinds, in a CRS.

        Raises
        ------
        InputError
        """
        return next(self.blocks(source, parameter, kinds))

    def blocks(
        self, source: QgsFeatureSource, parameter: str, kinds: tuple[QgsWkbTypes.GeometryType, ...], size: int = 0
    ) -> Iterator[FeatureTable]:
        """The same, so many features at a time; 0 for all.

        Raises
        ------
        InputError
        """
        if QgsWkbTypes.geometryType(source.wkbType()) not in kinds:
            raise InputError(
                "The layer '{name}' does not hold {kinds}: choose another one for {parameter}.",
                name=source.sourceName(),
                kinds=_ONLY[kinds],
                parameter=parameter,
            )
        if not source.sourceCrs().isValid():
            raise InputError(
                "The layer '{source}' has no CRS: set it in the layer's properties.", source=source.sourceName()
            )
        context = self.context.transformContext()
        for table in read_blocks(source, self.feedback, self.crs, transform_context=context, size=size):
            shapes = without_empty(table.geometries)
            if len(shapes):
                shapes[~np.isfinite(shapely.bounds(shapes)).all(axis=1)] = None
            yield FeatureTable(shapes, table.columns, table.ids)


def metric_crs(source: QgsFeatureSource) -> QgsCoordinateReferenceSystem:
    """The CRS of a layer in which all is computed.

    Raises
    ------
    InputError
        Where there is none, or its unit is no metre on the ground.
    """
    crs, name = source.sourceCrs(), source.sourceName()
    if not crs.isValid():
        raise InputError("The layer '{source}' has no CRS: set it in the layer's properties.", source=name)
    if (
        crs.isGeographic()
        or abs(crs_unit_m(crs) - 1.0) > 1e-6
        or ground_metres(crs, source.sourceExtent().center()) != 1
    ):
        raise InputError(
            "The layer '{name}' is in {crs}, whose unit is no metre on the ground: bring it to the projected CRS of "
            "the place with 'Reproject layer'.",
            name=name,
            crs=crs.authid() or crs.description(),
        )
    return crs


def valid(shape: shapely.Geometry) -> shapely.Geometry:
    """A geometry, mended where it is not valid. Parts that overlap are joined: by themselves they would cancel out."""
    if shapely.is_valid(shape):
        return shape
    if shapely.get_type_id(shape) == shapely.GeometryType.MULTIPOLYGON:
        return shapely.union_all(shapely.make_valid(shapely.get_parts(shape)))
    return shapely.make_valid(shape)


def all_valid(shapes: np.ndarray) -> np.ndarray:
    """Geometries with those mended that are not valid; None stays."""
    wrong = ~shapely.is_missing(shapes) & ~shapely.is_valid(shapes)
    if wrong.any():
        shapes = shapes.copy()
        for row in np.flatnonzero(wrong):
            shapes[row] = valid(shapes[row])
    return shapes


def areas_of(shapes: Sequence[shapely.Geometry | None] | np.ndarray) -> np.ndarray:
    """The valid polygons and multipolygons of some shapes; None without an area. Lines that mending leaves go."""
    found = np.empty(len(shapes), object)
    for row, shape in enumerate(shapes):
        if shape is None:
            continue
        mended = valid(shape)
        if shapely.get_type_id(mended) == shapely.GeometryType.GEOMETRYCOLLECTION:
            parts = shapely.get_parts(mended)
            mended = shapely.union_all(parts[shapely.area(parts) > 0])
        found[row] = mended if shapely.area(mended) > 0 else None
    return found


def require_one(table: FeatureTable, names: Sequence[str], layer: str) -> str:
    found = first_field(table, names)
    if not found:
        raise InputError(
            "The layer '{layer}' has no field '{field}': rename the field that says it, or add one.",
            layer=layer,
            field=names[0],
        )
    return found


def ids_of(field: str, table: FeatureTable) -> list[str]:
    return [id_text(value) for value in table.get(field)]


def row_ids(table: FeatureTable) -> list[str]:
    """The id of each row by a usual field, else its number in the layer."""
    values = ids_of(first_field(table, (*IDS, "work_id")), table)
    return [value or str(row) for value, row in zip(values, table.ids, strict=True)]


def texts_of(table: FeatureTable, names: Sequence[str]) -> list[str]:
    return ["" if value is None else str(value).strip() for value in table.get(first_field(table, names))]


def why(counts: Sequence[Message]) -> str:
    """The counts that are not 0, in words."""
    return reasons(count for count in counts if count.values["n"])


def numbers_of(table: FeatureTable, names: Sequence[str], meaning: str, notes: list[Message]) -> np.ndarray:
    """The numbers of the first of some fields that is there, NaN where there is none to use, which is noted."""
    field = first_field(table, names)
    if not field:
        return np.full(len(table), np.nan)
    reader = NumberFields(table)
    values = reader(meaning, field)
    notes += reader.warnings
    return values
