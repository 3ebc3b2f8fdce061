"""Vector layers to arrays of shapely geometries and columns, and back; geometries travel as WKB.

shapely is imported where it is used: the plugin must load, and say what is missing, where it is not installed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from osgeo import ogr
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsFeatureSource,
    QgsFields,
    QgsGeometry,
    QgsProcessingFeedback,
    QgsVectorFileWriter,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

from ...core.common.errors import Cancelled, InputError, ResourceError
from ...core.common.messages import Message
from .column_writing import plain
from .gdal_calls import every_feature
from .translation import localized

if TYPE_CHECKING:
    import shapely


_PLAIN_HEADERS = {b"\1" + kind.to_bytes(4, "little") for kind in range(1, 7)}
"""First bytes of the WKB of points, lines and polygons, also several, without height or measure: read as they are."""
_HIGH_HEADERS = {b"\1" + kind.to_bytes(4, "little") for kind in range(1001, 1007)}
"""The same with height."""
_PATCHES = (ogr.wkbPolyhedralSurface, ogr.wkbTIN, ogr.wkbTriangle)


@dataclass(frozen=True)
class FeatureTable:
    """Features as arrays of one length.

    Attributes
    ----------
    geometries : ndarray of shapely geometries, shape (n,)
        None where the feature has no geometry.
    columns : dict of str to list
        Attribute values by field name; NULL is None.
    ids : ndarray of int64, shape (n,)
        Feature ids in the source.
    """

    geometries: np.ndarray
    columns: dict[str, list[Any]]
    ids: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))

    def __len__(self) -> int:
        return len(self.geometries)

    def get(self, name: str, default: Any = None) -> list[Any]:
        """A column, or `default` for every row where the source has no such field."""
        return self.columns.get(name, [default] * len(self))

    def rows(self) -> list[dict[str, Any]]:
        """The rows as mappings, without geometry."""
        return [dict(zip(self.columns, row, strict=True)) for row in zip(*self.columns.values(), strict=True)]


def read_table(
    source: QgsFeatureSource,
    feedback: QgsProcessingFeedback,
    crs: QgsCoordinateReferenceSystem | None = None,
    fields: Iterable[str] | None = None,
    transform_context: QgsCoordinateTransformContext | None = None,
) -> FeatureTable:
    """All features of a source, reprojected to `crs` where it differs.

    Parameters
    ----------
    source : QgsFeatureSource
        What parameterAsSource gives, or a vector layer's data provider.
    feedback : QgsProcessingFeedback
        Asked for cancel every 1,000 features.
    crs : QgsCoordinateReferenceSystem, optional
        Target; needs a CRS on the source.
    fields : iterable of str, optional
        The fields to read, in any case; default all; those that the source lacks are left out.

    Raises
    ------
    InputError
        When `crs` is asked for and the source has none, or none of its geometries can be transformed, or its file
        cannot be read to its end.
    Cancelled
        When the feedback was cancelled.
    """
    tables = read_blocks(source, feedback, crs, fields, transform_context)
    return next(tables)


def read_blocks(
    source: QgsFeatureSource,
    feedback: QgsProcessingFeedback,
    crs: QgsCoordinateReferenceSystem | None = None,
    fields: Iterable[str] | None = None,
    transform_context: QgsCoordinateTransformContext | None = None,
    size: int = 0,
) -> Iterator[FeatureTable]:
    """The same, so many features at a time (0 for all): a last block is empty only where it is the first one.

    Raises
    ------
    InputError, Cancelled
        As `read_table`; positions that cannot be transformed are judged block by block.
    """
    request = QgsFeatureRequest()
    own = source.sourceCrs()
    if crs is not None and crs.isValid() and own != crs:
        if not own.isValid():
            raise InputError(
                "The layer '{source}' has no CRS: set it in the layer's properties.", source=source.sourceName()
            )
        request.setDestinationCrs(crs, transform_context or QgsCoordinateTransformContext())
    untransformed: list[int] = []

    def drop(feature: QgsFeature) -> None:  # a name of its own: the request holds no reference to what it calls
        untransformed.append(int(feature.id()))

    request.setTransformErrorCallback(drop)
    available = source.fields().names()
    found = {name: name for name in available}
    if fields is not None:
        found = {name: own for name in fields if (own := field_named(available, name))}
    names, indices = list(found), [available.index(own) for own in found.values()]
    request.setSubsetOfAttributes(indices)
    block = _Block(names, indices)
    count = 0
    for number, feature in enumerate(every_feature(source, source.sourceName(), request)):
        if number % 1000 == 0 and feedback.isCanceled():
            raise Cancelled
        block.add(feature)
        if len(block.ids) == size:
            count += 1
            yield _table(block, untransformed, source, crs, feedback)
            block = _Block(names, indices)
            untransformed.clear()
    if block.ids or not count:
        yield _table(block, untransformed, source, crs, feedback)


class _Block:
    """Features of a table, as they are read."""

    def __init__(self, names: list[str], indices: list[int]) -> None:
        self.names, self.indices = names, indices
        self.rows: list[list[Any]] = []
        self.blobs: list[bytes | None] = []
        self.ids: list[int] = []

    def add(self, feature: QgsFeature) -> None:
        self.blobs.append(_simple_wkb(feature.geometry()))
        self.ids.append(feature.id())
        self.rows.append(feature.attributes())


def _table(
    block: _Block,
    untransformed: list[int],
    source: QgsFeatureSource,
    crs: QgsCoordinateReferenceSystem | None,
    feedback: QgsProcessingFeedback,
) -> FeatureTable:
    """The features of a block."""
    import shapely

    columns = [_column(block.rows, index) for index in block.indices]
    block.rows.clear()
    _require_transformed(untransformed, block.blobs, source, crs, feedback)
    blobs = block.blobs
    geometries = shapely.from_wkb(np.array(blobs, object), on_invalid="ignore") if blobs else np.empty(0, object)
    lost = sum(blob is not None and shape is None for blob, shape in zip(blobs, geometries, strict=True))
    if lost:
        message = Message(
            "{n} geometries of the layer '{source}' cannot be read and count as missing.",
            n=lost,
            source=source.sourceName(),
        )
        feedback.pushWarning(localized(message))
    return FeatureTable(geometries, dict(zip(block.names, columns, strict=True)), np.array(block.ids, np.int64))


def _column(rows: list[list[Any]], index: int) -> list[Any]:
    """The values of a column; NULL is None."""
    values = [row[index] for row in rows]
    if QVariant not in set(map(type, values)):
        return values
    return [None if value == NULL else value for value in values]


def _require_transformed(
    untransformed: list[int],
    blobs: list[bytes | None],
    source: QgsFeatureSource,
    crs: QgsCoordinateReferenceSystem | None,
    feedback: QgsProcessingFeedback,
) -> None:
    """Say of which features QGIS dropped the geometry because it could not be transformed; raises where of all."""
    if not untransformed or crs is None:
        return
    names = [c.authid() or c.description() for c in (source.sourceCrs(), crs)]
    if not any(blobs):
        raise InputError(
            "The layer '{source}' cannot be transformed from {own} to {crs}: set the CRS that its coordinates are in, "
            "in the layer's properties.",
            source=source.sourceName(),
            own=names[0],
            crs=names[1],
        )
    message = Message(
        "{n} geometries of the layer '{source}' cannot be transformed from {own} to {crs} and count as missing.",
        n=len(untransformed),
        source=source.sourceName(),
        own=names[0],
        crs=names[1],
    )
    feedback.pushWarning(localized(message))


def field_named(names: Iterable[str], wanted: str) -> str:
    """The name among those of a layer's fields that is wanted, exactly or else in any case; "" where there is none."""
    there = list(names)
    return wanted if wanted in there else next((name for name in there if name.lower() == wanted.lower()), "")


def write_rows(
    sink: QgsFeatureSink,
    fields: QgsFields,
    rows: Iterable[tuple[shapely.Geometry | None, Mapping[str, Any]]],
    feedback: QgsProcessingFeedback,
) -> int:
    """Write (geometry, values by field name) rows into a sink and flush it; returns how many were written.

    Missing and NaN values become NULL; numpy numbers become Python's; messages are in the user's language.

    Raises
    ------
    ResourceError
        When the sink refuses a feature, with its reason.
    Cancelled
        When the feedback was cancelled.
    """
    names = fields.names()
    count = 0
    for geometry, values in rows:
        if count % 1000 == 0 and feedback.isCanceled():
            raise Cancelled
        feature = QgsFeature(fields)
        if geometry is not None:
            feature.setGeometry(to_qgis(geometry))
        feature.setAttributes([plain(values.get(name)) for name in names])
        add_feature(sink, feature)
        count += 1
    if not sink.flushBuffer():
        raise ResourceError(
            "The layer could not be written: {sink}. Check the disk and the path.", sink=sink.lastError()
        )
    return count


def add_feature(sink: QgsFeatureSink, feature: QgsFeature) -> None:
    """Add a feature to a sink; raises ResourceError with the sink's reason where it refuses."""
    if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
        raise ResourceError(
            "A feature could not be written: {sink}. Check the disk and the path.", sink=sink.lastError()
        )


def gpkg_options(path: Path, layer: str) -> QgsVectorFileWriter.SaveVectorOptions:
    """Options that write a layer into a GeoPackage, beside the other layers of one that exists."""
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName, options.fileEncoding = "GPKG", layer, "UTF-8"
    actions = QgsVectorFileWriter.ActionOnExistingFile
    options.actionOnExistingFile = actions.CreateOrOverwriteLayer if path.exists() else actions.CreateOrOverwriteFile
    return options


def plain_wkb(wkb: bytes) -> bytes | None:
    """The WKB of a geometry in the kinds that shapely reads: curves as segments, patches as their ground plan."""
    if wkb[:5] in _PLAIN_HEADERS or wkb[:5] in _HIGH_HEADERS:
        return wkb
    geometry = QgsGeometry()
    geometry.fromWkb(wkb)
    return _simple_wkb(geometry)


def _simple_wkb(geometry: QgsGeometry) -> bytes | None:
    """A geometry in the kinds that shapely reads: curves as segments, patches as their ground plan."""
    blob = bytes(geometry.asWkb())
    if blob[:5] in _PLAIN_HEADERS:
        return blob
    if geometry.isNull():
        return None
    shape = geometry.constGet()
    if int(QgsWkbTypes.flatType(shape.wkbType())) in _PATCHES:
        return _ground_plan(bytes(shape.asWkb()))
    if QgsWkbTypes.isCurvedType(shape.wkbType()) or shape.hasCurvedSegments():
        shape = shape.segmentize()
    return bytes(shape.asWkb())


def _ground_plan(wkb: bytes) -> bytes:
    """The union of a surface's patches, seen from above; walls that stand upright have no area there."""
    import shapely

    surface = ogr.ForceToMultiPolygon(ogr.CreateGeometryFromWkb(wkb))
    patches = shapely.make_valid(shapely.get_parts(shapely.force_2d(shapely.from_wkb(bytes(surface.ExportToWkb())))))
    return shapely.to_wkb(shapely.union_all(patches[shapely.area(patches) > 0]))


def to_qgis(geometry: shapely.Geometry) -> QgsGeometry:
    """A shapely geometry as a QGIS one."""
    import shapely

    result = QgsGeometry()
    result.fromWkb(shapely.to_wkb(geometry))
    return result
