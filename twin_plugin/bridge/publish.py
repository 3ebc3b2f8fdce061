"""Publishes a twin base: a copy of its tables in WGS 84, and what pygeoapi, tipg and QGIS Server need to offer it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsDataSourceUri,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsProviderConnectionException,
    QgsProviderRegistry,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..core.errors import InputError, ResourceError
from ..core.progress import Progress, advance, part, silent
from ..core.services import publish
from ..core.services.record import Box
from . import publish_project, resources

WGS84 = "EPSG:4326"
_FID = frozenset({"fid"})
_LEFT_OUT = {"bim_model": _FID | {"path", "sha256", "settings", "mtime_ns", "engine", "engine_version", "seconds"}}
"""Columns that are left out: those that tell of the machine."""


@dataclass(frozen=True)
class Source:
    """A layer to publish under a name."""

    layer: QgsVectorLayer
    name: str
    title: str
    keywords: tuple[str, ...] = ()
    style: str = ""
    live: bool = False
    crs: QgsCoordinateReferenceSystem | None = None


@dataclass
class Publication:
    """What is to be published, and how; `tables` and `record_count` tell what was."""

    sources: list[Source]
    title: str
    context: QgsCoordinateTransformContext
    port: int = publish.PORT
    catalogue: Path | None = None
    database: QgsDataSourceUri | None = None
    schema: str = ""
    secrets: tuple[str, ...] = ()
    tables: list[publish.Table] = field(default_factory=list)
    record_count: int = 0


def file_sources(path: Path) -> list[Source]:
    """The tables of a base in a GeoPackage.

    Raises
    ------
    InputError
        When there is none of them.
    """
    if not path.is_file():
        raise InputError(f"There is no twin base '{path}': choose the GeoPackage that 'Update the twin base' wrote.")
    found = []
    for name, (title, keywords) in publish.BASE.items():
        layer = _open(f"{path}|layername={name}", name, "ogr")
        if layer.isValid():
            found.append(Source(layer, name, title, keywords, name))
    found = _with_crs(found)
    if not found:
        raise InputError(f"'{path}' holds no table of a twin base: choose the file that 'Update the twin base' wrote.")
    return found


def database_sources(connection: str, schema: str) -> tuple[list[Source], QgsDataSourceUri, tuple[str, ...]]:
    """The tables of a base in PostGIS, the database without user, password and authentication, and its secrets.

    Raises
    ------
    InputError
        When there is no such connection, or none of the tables in the schema.
    ResourceError
        When the database cannot be reached.
    """
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    connections = metadata.connections(False) if metadata is not None else {}
    if connection not in connections:
        known = ", ".join(sorted(connections)) or "none"
        raise InputError(
            f"QGIS has no PostgreSQL connection '{connection}' (it has: {known}). Make it in the browser panel."
        )
    uri = QgsDataSourceUri(connections[connection].uri())
    if uri.service():
        raise InputError(
            f"The connection '{connection}' names a service of PostgreSQL, which other machines do not know: publish "
            "with a connection that names host, port and database."
        )
    try:
        there = {table.tableName() for table in connections[connection].tables(schema)}
    except QgsProviderConnectionException as error:
        raise ResourceError(
            f"The database of the connection '{connection}' cannot be read: test the connection in QGIS's browser."
        ) from error
    found = []
    for name, (title, keywords) in publish.BASE.items():
        if name in there:
            full = QgsDataSourceUri(uri)
            full.setDataSource(schema, name, "geom" if name != "bim_model" else "", "", "fid")
            layer = _open(full.uri(False), name, "postgres")
            if layer.isValid():
                found.append(Source(layer, name, title, keywords, name, live=name != "bim_model"))
    found = _with_crs(found)
    if not found:
        raise InputError(f"The schema '{schema}' holds no table of a twin base: give the one that it was written to.")
    bare = QgsDataSourceUri()
    bare.setConnection(uri.host(), uri.port(), uri.database(), "", "", uri.sslMode())
    secrets = {uri.password(), QgsDataSourceUri(uri.uri(True)).password()} - {""}
    return found, bare, tuple(secrets)


def _write_records(catalogue: Path, path: Path) -> int:
    """Write the records of a catalogue as lines of JSON; how many they are."""
    from ..core.services.catalogue_file import FileCatalogue

    store = FileCatalogue(catalogue)
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            return sum(bool(file.write(f"{line}\n")) for line in publish.record_lines(store.records()))
    finally:
        store.close()


def _with_crs(sources: list[Source]) -> list[Source]:
    """Tables without geometry hold their coordinates in the CRS of the others."""
    crs = next((source.layer.crs() for source in sources if source.layer.isSpatial()), None)
    return [source if source.layer.isSpatial() else replace(source, crs=crs) for source in sources]


def layer_sources(layers: Sequence[QgsVectorLayer], taken: Sequence[Source]) -> list[Source]:
    """Further layers, under names that are free."""
    found: list[Source] = []
    for layer in layers:
        title = _title(layer)
        name = publish.table_name(title, [source.name for source in (*taken, *found)])
        found.append(Source(layer, name, title, (title,)))
    return found


def write(publication: Publication, folder: Path, progress: Progress = silent) -> None:
    """Write everything into a folder that is there and empty.

    Raises
    ------
    ResourceError
        When a file cannot be written.
    Cancelled
        When `progress` says so; the folder is then incomplete.
    """
    api, server = folder / "pygeoapi", folder / "qgis-server"
    try:
        for place in (api, server):
            place.mkdir()
        shutil.copyfile(resources.RESOURCES / "servers" / "twin_records.py", api / "twin_records.py")
        count = len(publication.sources)
        for k, source in enumerate(publication.sources):
            within = part(progress, 0.9 * k / count, 0.9 * (k + 1) / count)
            publication.tables.append(_copy(source, api / "features.gpkg", publication.context, within))
        records = ""
        if publication.catalogue is not None:
            records = "records.jsonl"
            publication.record_count = _write_records(publication.catalogue, api / records)
        crs = list(
            dict.fromkeys(source.layer.crs().authid() for source in publication.sources if source.layer.isSpatial())
        )
        text = publish.pygeoapi_configuration(
            publication.title, publication.tables, "features.gpkg", crs, records, publication.port
        )
        (api / "pygeoapi.yml").write_text(text, "utf-8")
        if publication.database is not None:
            (folder / "tipg").mkdir()
            uri = publication.database
            text = publish.tipg_environment(
                uri.host(), uri.port(), uri.database(), publication.schema, publication.title
            )
            (folder / "tipg" / "tipg.env").write_text(text, "utf-8")
        advance(progress, 0.95)
        publish_project.write(publication, api / "features.gpkg", server / "twin.qgz")
        text = publish.readme(publication.title, publication.port, publication.database is not None, bool(records))
        (folder / "README.txt").write_text(text, "utf-8")
    except OSError as error:
        raise ResourceError(
            f"The publication cannot be written into '{folder}' ({error.strerror or error}): choose another folder."
        ) from error


def _title(layer: QgsVectorLayer) -> str:
    """Processing calls a table by the name of its file; then the table's own is better."""
    decoded = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    table, file = decoded.get("layerName"), Path(str(decoded.get("path") or "")).stem
    return str(table) if table and layer.name() == file else layer.name()


def _open(source: str, name: str, provider: str) -> QgsVectorLayer:
    options = QgsVectorLayer.LayerOptions(False)
    options.skipCrsValidation = True
    return QgsVectorLayer(source, name, provider, options)


def _copy(source: Source, path: Path, context: QgsCoordinateTransformContext, progress: Progress) -> publish.Table:
    """Copy a layer into a GeoPackage in WGS 84; rows without geometry stay so, models get their zero point."""
    layer, wgs84 = source.layer, QgsCoordinateReferenceSystem(WGS84)
    fields = layer.fields()
    kept = [k for k in range(fields.count()) if fields.at(k).name().lower() not in _LEFT_OUT.get(source.name, _FID)]
    chosen = QgsFields()
    for k in kept:
        chosen.append(fields.at(k))
    kind = layer.wkbType() if layer.isSpatial() else QgsWkbTypes.Type.Point
    writer = _writer(source, path, chosen, kind, context)
    request = QgsFeatureRequest().setDestinationCrs(wgs84, context)
    to_wgs84 = QgsCoordinateTransform(source.crs or layer.crs(), wgs84, context)
    count, extent = max(layer.featureCount(), 1), QgsRectangle()
    for number, feature in enumerate(layer.getFeatures(request)):
        if number % 500 == 0:
            advance(progress, min(1.0, number / count), source.title)
        copied = QgsFeature(chosen)
        copied.setAttributes([feature.attribute(k) for k in kept])
        copied.setGeometry(feature.geometry() if layer.isSpatial() else _zero_point(feature, to_wgs84))
        if copied.hasGeometry():
            extent.combineExtentWith(copied.geometry().boundingBox())
        if not writer.addFeature(copied, QgsFeatureSink.Flag.FastInsert):
            break
    writer.flushBuffer()
    message, failed = writer.errorMessage(), writer.hasError()
    del writer
    if failed:
        raise ResourceError(f"'{source.title}' cannot be copied into '{path}' ({message}): free some space.")
    box = None
    if not extent.isNull():
        box = Box(extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
    return publish.Table(source.name, source.title, source.title, source.keywords, box)


def _writer(
    source: Source, path: Path, fields: QgsFields, kind: QgsWkbTypes.Type, context: QgsCoordinateTransformContext
) -> QgsVectorFileWriter:
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName, options.fileEncoding = "GPKG", source.name, "UTF-8"
    options.layerOptions = ["FID=fid", "GEOMETRY_NAME=geom", f"IDENTIFIER={source.title}"]
    actions = QgsVectorFileWriter.ActionOnExistingFile
    options.actionOnExistingFile = actions.CreateOrOverwriteLayer if path.exists() else actions.CreateOrOverwriteFile
    crs = QgsCoordinateReferenceSystem(WGS84)
    return QgsVectorFileWriter.create(str(path), fields, kind, crs, context, options)


def _zero_point(feature: QgsFeature, to_wgs84: QgsCoordinateTransform) -> QgsGeometry:
    """The place of a model's zero point, nothing where it has none."""
    names = feature.fields().names()
    if not {"map_x", "map_y"} <= set(names):
        return QgsGeometry()
    x, y = feature.attribute("map_x"), feature.attribute("map_y")
    if not isinstance(x, float) or not isinstance(y, float):
        return QgsGeometry()
    return QgsGeometry.fromPointXY(to_wgs84.transform(QgsPointXY(x, y)))
