"""Data that QGIS itself reads as services: a folder of GIS files, and the tables of a PostgreSQL connection."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from qgis.core import (
    NULL,
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsDataSourceUri,
    QgsFeatureRequest,
    QgsMapLayer,
    QgsProviderConnectionException,
    QgsProviderRegistry,
    QgsProviderSublayerDetails,
    QgsRectangle,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QMetaType, Qt, QTime

from ...core.common.bbox import BoundingBox
from ...core.common.errors import InputError, TwinError
from ...core.common.links import leads_out
from ...core.common.messages import note
from ...core.common.progress import Progress, advance, silent
from ...core.services.adapter import ROWS_LIMIT, Description, Feature, Features, Field, Query, State
from ...core.services.protocol_table import ServiceProtocol
from ...core.services.record import Health, ServiceRecord, record_id
from ...core.web import address
from ...core.web.fetch import Fetch
from ..kernel.gdal_calls import every_feature
from ..kernel.outside_text import as_name
from ..postgres.postgres_connection import connection as postgres_connection
from ..postgres.postgres_connection import connection_uri, without_password

log = logging.getLogger(__name__)

FILES_LIMIT = 20_000
"""Files of a folder that are looked into at most."""

# What holds data by itself. A .vrt can point anywhere, also into the web, and is not opened.
_ENDS = frozenset(
    re.findall(r"\S+", ".gpkg .shp .geojson .fgb .gml .kml .tif .tiff .asc .img .nc .mbtiles .sqlite .gdb .csv .jp2")
)
_PAGE = 1_000
_DEGREES = QgsCoordinateReferenceSystem("EPSG:4326")
_TYPES = {
    QMetaType.Type.Int: "integer",
    QMetaType.Type.UInt: "integer",
    QMetaType.Type.LongLong: "integer",
    QMetaType.Type.ULongLong: "integer",
    QMetaType.Type.Double: "real",
    QMetaType.Type.Bool: "boolean",
    QMetaType.Type.QDate: "date",
    QMetaType.Type.QDateTime: "datetime",
}


def harvest_folder(url: str, auth: str, fetch: Fetch, progress: Progress = silent) -> Iterator[ServiceRecord]:
    """The layers of the GIS files in a folder and below it, or of one file; what cannot be read is left out.

    Raises
    ------
    InputError
        When there is no such folder or file.
    """
    root = Path(url)
    if not root.exists():
        raise InputError("'{url}' does not exist: give a folder with GIS files, or a file.", url=url)
    for number, path in enumerate(_files(root)):
        advance(progress, float("nan"), "{number} files", number=number + 1)
        if number == FILES_LIMIT:
            log.warning("'%s' has more than %d files: the rest was left out.", root, FILES_LIMIT)
            return
        try:
            yield from _file_records(path, root)
        except (OSError, RuntimeError, ValueError) as error:
            log.warning("'%s' was left out: %s", path, error)


def harvest_database(url: str, auth: str, fetch: Fetch, progress: Progress = silent) -> Iterator[ServiceRecord]:
    """The tables with geometry of a PostgreSQL connection.

    Raises
    ------
    InputError
        When QGIS has no such connection, or it cannot be reached.
    """
    uri, tables = _tables(url)
    for number, (schema, table, geometry, comment) in enumerate(tables):
        advance(progress, number / len(tables), "{number} tables", number=number + 1)
        layer = f"{schema}.{table}" if geometry == "geom" else f"{schema}.{table}.{geometry}"
        opened = _database_layer(uri, schema, table, geometry)
        if not opened.isValid():
            log.warning("The table %s.%s of '%s' was left out: it cannot be opened.", schema, table, url)
            continue
        yield ServiceRecord(
            record_id(ServiceProtocol.POSTGIS, url, layer),
            comment.strip() or table,
            ServiceProtocol.POSTGIS,
            url,
            layer,
            keywords=(schema, table),
            crs=_crs(opened),
            box=_box(opened),
        )


class LocalLayer:
    """The adapter of files and of tables in PostGIS."""

    def probe(self, record: ServiceRecord, fetch: Fetch) -> State:
        """Whether the layer opens."""
        started = datetime.now(UTC)
        try:
            open_local(record)
        except TwinError as error:
            return State(Health.DEAD, None, str(error))
        return State(Health.ALIVE, (datetime.now(UTC) - started).total_seconds() * 1000.0)

    def describe(self, record: ServiceRecord, fetch: Fetch) -> Description:
        """Fields, extent and CRS as QGIS reads them."""
        layer = open_local(record)
        common = {"title": record.title, "abstract": record.description, "crs": _crs(layer), "box": _box(layer)}
        if not isinstance(layer, QgsVectorLayer):
            return Description(geometry="", queryable=False, **common)
        return Description(fields=_fields(layer), geometry=_geometry(layer), count=_count(layer), **common)

    def count(self, record: ServiceRecord, query: Query, fetch: Fetch) -> int | None:
        """All features' number; None with a condition."""
        layer = _vector(record)
        if query.box is not None or query.filter is not None or query.time:
            return None
        count = _count(layer)
        return count if count is None or query.limit <= 0 else min(count, query.limit)

    def query(self, record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
        """The features asked for, in the layer's CRS; the box is asked of the source, the rest evaluated here."""
        layer = _vector(record)
        fields = _fields(layer)
        wanted = tuple(field for field in fields if not query.fields or field.name in query.fields)
        notes: list[str] = []
        crs = layer.crs()
        name = crs.authid() or crs.toWkt()
        return Features(wanted, name, _pages(layer, query, fields, wanted, notes, progress), notes)


def open_local(record: ServiceRecord) -> QgsMapLayer:
    """The layer of a file or table, as QGIS opens it; secrets of a connection stay out of its source.

    Raises
    ------
    InputError
        When it cannot be opened.
    """
    if record.protocol is ServiceProtocol.POSTGIS:
        uri = connection_uri(record.url)
        schema, table, *geometry = table_parts(record)
        layer = _database_layer(uri, schema, table, *(geometry or ["geom"]))
    else:
        layer = _file_layer(record)
    if layer is None or not layer.isValid():
        raise InputError(
            "'{title}' cannot be opened from '{url}': check that it is still there, and harvest it again.",
            title=record.title,
            url=address.redacted(record.url),
        )
    layer.setName(as_name(record.title))
    return layer


def table_parts(record: ServiceRecord) -> list[str]:
    """Schema and table of a record of `POSTGIS`, and the column of geometries where it names one.

    Raises
    ------
    InputError
        When it names no table.
    """
    parts = record.layer.split(".")
    if len(parts) not in (2, 3):
        raise InputError(
            "The record '{title}' names no table ('{layer}'): harvest it again.", title=record.title, layer=record.layer
        )
    return parts


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
        return
    for folder, below, names in os.walk(root, followlinks=False):
        bases = [name for name in below if name.lower().endswith(".gdb")]
        below[:] = sorted(set(below) - set(bases))
        names = [name for name in names if Path(name).suffix.lower() in _ENDS and not name.startswith(".")]
        for path in (Path(folder, name) for name in (*sorted(bases), *sorted(names))):
            if leads_out(path, root):
                log.warning("'%s' was left out: it is a link that leads out of the folder.", path)
            else:
                yield path


def _sublayers(path: Path) -> list[QgsProviderSublayerDetails]:
    found = QgsProviderRegistry.instance().querySublayers(str(path), Qgis.SublayerQueryFlag.ResolveGeometryType)
    kinds = (Qgis.LayerType.Vector, Qgis.LayerType.Raster)
    usual = {Qgis.LayerType.Vector: "ogr", Qgis.LayerType.Raster: "gdal"}
    return [item for item in found if item.type() in kinds and item.providerKey() == usual[item.type()]]


def _file_records(path: Path, root: Path) -> Iterator[ServiceRecord]:
    base = root if root.is_dir() else root.parent
    words = path.relative_to(base).parent.parts
    found = _sublayers(path)
    for item in found:
        layer = item.toLayer(_options())
        if not layer.isValid():
            log.warning("The layer '%s' of '%s' was left out: it cannot be opened.", item.name(), path)
            continue
        name = item.name() if len(found) > 1 else ""
        yield ServiceRecord(
            record_id(ServiceProtocol.FILE, str(path), name),
            name or path.stem,
            ServiceProtocol.FILE,
            str(path),
            name,
            keywords=tuple(words),
            crs=_crs(layer),
            box=_box(layer),
        )


def _options() -> QgsProviderSublayerDetails.LayerOptions:
    return QgsProviderSublayerDetails.LayerOptions(QgsCoordinateTransformContext())


def _file_layer(record: ServiceRecord) -> QgsMapLayer | None:
    if "://" in record.url or record.url.startswith("/vsi"):
        raise InputError(
            "'{url}' is no file of this machine: its record is not opened.", url=address.redacted(record.url)
        )
    found = _sublayers(Path(record.url)) if Path(record.url).exists() else []
    named = [item for item in found if item.name() == record.layer] if record.layer else found
    return named[0].toLayer(_options()) if named else None


def _tables(name: str) -> tuple[QgsDataSourceUri, list[tuple[str, str, str, str]]]:
    connection = postgres_connection(name)
    uri = QgsDataSourceUri(connection.uri())
    found = []
    try:
        for schema in connection.schemas():
            if schema.startswith("pg_") or schema in ("information_schema", "topology", "tiger"):
                continue
            found += [
                (schema, table.tableName(), table.geometryColumn(), table.comment())
                for table in connection.tables(schema)
                if table.geometryColumn()
            ]
    except QgsProviderConnectionException as error:
        reason = address.redacted(" ".join(str(error).split()))[:200]
        raise InputError("The connection '{name}' cannot be used: {reason}", name=name, reason=reason) from None
    return uri, found


def _database_layer(uri: QgsDataSourceUri, schema: str, table: str, geometry: str) -> QgsVectorLayer:
    source = without_password(uri)
    source.setDataSource(schema, table, geometry, "", "")
    source.setUseEstimatedMetadata(True)
    return QgsVectorLayer(source.uri(False), table, "postgres")


def _vector(record: ServiceRecord) -> QgsVectorLayer:
    layer = open_local(record)
    if not isinstance(layer, QgsVectorLayer):
        raise InputError("'{title}' is a raster: it has no features to ask for. Add it to the map.", title=record.title)
    return layer


def _crs(layer: QgsMapLayer) -> tuple[str, ...]:
    crs = layer.crs()
    return (crs.authid() or crs.toWkt(),) if crs.isValid() else ()


def _box(layer: QgsMapLayer) -> BoundingBox | None:
    extent = layer.extent()
    if extent.isNull() or not extent.isFinite() or not layer.crs().isValid():
        return None
    try:
        degrees = _transform(layer).transformBoundingBox(extent)
    except QgsCsException:
        return None
    return BoundingBox(degrees.xMinimum(), degrees.yMinimum(), degrees.xMaximum(), degrees.yMaximum())


def _transform(layer: QgsMapLayer) -> QgsCoordinateTransform:
    return QgsCoordinateTransform(layer.crs(), _DEGREES, QgsCoordinateTransformContext())


def _fields(layer: QgsVectorLayer) -> tuple[Field, ...]:
    return tuple(Field(f.name(), _TYPES.get(QMetaType.Type(f.type()), "text"), f.alias()) for f in layer.fields())


def _geometry(layer: QgsVectorLayer) -> str:
    kind = QgsWkbTypes.flatType(layer.wkbType())
    if kind == QgsWkbTypes.Type.NoGeometry:
        return ""
    return "Geometry" if kind == QgsWkbTypes.Type.Unknown else QgsWkbTypes.displayString(kind)


def _count(layer: QgsVectorLayer) -> int | None:
    count = layer.featureCount()
    return count if count >= 0 else None


def _pages(
    layer: QgsVectorLayer,
    query: Query,
    fields: tuple[Field, ...],
    wanted: tuple[Field, ...],
    notes: list[str],
    progress: Progress,
) -> Iterator[list[Feature]]:
    from ...core.cql2.evaluate import check_fields

    if query.filter is not None:
        check_fields(query.filter, [field.name for field in fields])
        note(notes, "The filter was evaluated here.")
    keep = _keeper(layer, query, fields, notes)
    names = [field.name for field in wanted]
    limit = min(query.limit, ROWS_LIMIT) if query.limit > 0 else ROWS_LIMIT
    total, page = 0, []
    for feature in every_feature(layer, layer.name(), _request(layer, query)):
        values = {field.name: _plain(feature[n]) for n, field in enumerate(fields)}
        geometry = feature.geometry()
        if not keep(values, geometry):
            continue
        if total == limit:
            if not 0 < query.limit <= ROWS_LIMIT:
                note(
                    notes,
                    "Truncated at {limit:,} features: ask for a smaller area, or with a filter.",
                    limit=ROWS_LIMIT,
                )
            break
        wkb = None if geometry.isNull() else bytes(geometry.asWkb())
        page.append(Feature(str(feature.id()), wkb, {name: values[name] for name in names}))
        total += 1
        if len(page) == _PAGE:
            advance(progress, float("nan"), "{count:,} features", count=total)
            yield page
            page = []
    if page:
        yield page


def _request(layer: QgsVectorLayer, query: Query) -> QgsFeatureRequest:
    request = QgsFeatureRequest()
    box = query.box
    if box is not None and box.west <= box.east and layer.crs().isValid():
        rectangle = QgsRectangle(box.west, box.south, box.east, box.north)
        back = Qgis.TransformDirection.Reverse
        request.setFilterRect(_transform(layer).transformBoundingBox(rectangle, back))
    return request


def _keeper(layer: QgsVectorLayer, query: Query, fields: tuple[Field, ...], notes: list[str]) -> Any:
    """Whether a feature, by its values and geometry, belongs to the answer."""
    import shapely

    from ...core.cql2.evaluate import FeatureRow, predicate
    from ...core.services.protocols import feature_pages, times

    test = None if query.filter is None else predicate(query.filter)
    parts = feature_pages.box_shapes(query.box) if query.box is not None else []
    span = times.span(query.time)
    clock = next((field.name for field in fields if field.type in ("datetime", "date")), "")
    if query.time and not clock:
        note(notes, "The layer has no field with times: all of them are given.")
    transform = _transform(layer) if layer.crs().isValid() else None

    def keep(values: dict[str, Any], geometry: Any) -> bool:
        if query.time and clock:
            moment = times.instant(values[clock]) if not isinstance(values[clock], date) else _midnight(values[clock])
            if moment is None or not times.overlap((moment, moment), span):
                return False
        if test is None and not parts:
            return True
        shape = None
        if not geometry.isNull():
            if transform is not None:
                geometry = type(geometry)(geometry)
                geometry.transform(transform)
            shape = shapely.from_wkb(bytes(geometry.asWkb()), on_invalid="ignore")
        if parts and not any(shapely.intersects(part, shape) for part in parts):
            return False
        return test is None or test(FeatureRow(values, shape)) is True

    return keep


def _midnight(value: date) -> datetime:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime(value.year, value.month, value.day, tzinfo=UTC)


def _plain(value: Any) -> Any:
    """A value of QGIS as Python's."""
    if value is None or value == NULL:
        return None
    if isinstance(value, QDateTime):
        # Without a zone it is what the file says, taken as UTC.
        if value.timeSpec() == Qt.TimeSpec.LocalTime:
            value.setTimeSpec(Qt.TimeSpec.UTC)
        return datetime.fromtimestamp(value.toMSecsSinceEpoch() / 1000.0, UTC) if value.isValid() else None
    if isinstance(value, QDate):
        return value.toPyDate() if value.isValid() else None
    if isinstance(value, QTime):
        return value.toString(Qt.DateFormat.ISODate)
    if isinstance(value, (str, int, float, bool)):
        return None if value != value else value
    return str(value)
