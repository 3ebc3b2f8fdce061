"""Publishes a twin base: a copy of its tables in WGS 84, and what pygeoapi, tipg and QGIS Server need to offer it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsWkbTypes,
)

from ...core.common.bbox import BoundingBox
from ...core.common.errors import ResourceError, unwritable
from ...core.common.progress import Progress, advance, part, silent
from ...core.services import publish
from ..kernel import resources
from ..kernel.gdal_basics import reason_in
from ..kernel.gdal_calls import every_feature
from ..kernel.output_checks import check_folder, check_table
from ..kernel.vectors import gpkg_options
from . import project
from .publication import Publication
from .sources import PublishedLayer

WGS84 = "EPSG:4326"
_FID = frozenset({"fid"})
_LEFT_OUT = {"bim_model": _FID | {"path", "sha256", "settings", "mtime_ns", "engine", "engine_version", "seconds"}}
"""Columns that are left out: those that tell of the machine."""


def _write_records(catalogue: Path, path: Path) -> int:
    """Write the records of a catalogue as lines of JSON; how many they are."""
    from ...core.services.catalogue.geopackage_store import FileCatalogue

    store = FileCatalogue(catalogue)
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            return sum(bool(file.write(f"{line}\n")) for line in publish.record_lines(store.records()))
    finally:
        store.close()


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
        count, counts = len(publication.sources), []
        for k, source in enumerate(publication.sources):
            within = part(progress, 0.9 * k / count, 0.9 * (k + 1) / count)
            table, written = _copy(source, api / "features.gpkg", publication.context, within)
            publication.tables.append(table)
            counts.append(written)
        _check_copies(publication.sources, counts, api / "features.gpkg")
        records = ""
        if publication.catalogue is not None:
            records = "records.jsonl"
            publication.record_count = _write_records(publication.catalogue, api / records)
        crs = list(dict.fromkeys(source.crs.authid() for source in publication.sources))
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
        project.write(publication, api / "features.gpkg", server / "twin.qgz")
        text = publish.readme(publication.title, publication.port, publication.database is not None, bool(records))
        (folder / "README.txt").write_text(text, "utf-8")
        check_folder(folder)
    except OSError as error:
        raise unwritable(folder, error) from error


def _copy(
    source: PublishedLayer, path: Path, context: QgsCoordinateTransformContext, progress: Progress
) -> tuple[publish.PublishedTable, int]:
    """Copy a layer into a GeoPackage in WGS 84; rows without geometry stay so, models get their zero point."""
    wgs84, fields = QgsCoordinateReferenceSystem(WGS84), source.fields
    kept = [k for k in range(fields.count()) if fields.at(k).name().lower() not in _LEFT_OUT.get(source.name, _FID)]
    chosen = QgsFields()
    for k in kept:
        chosen.append(fields.at(k))
    kind = source.kind if source.spatial else QgsWkbTypes.Type.Point
    writer = _writer(source, path, chosen, kind, context)
    request = QgsFeatureRequest().setDestinationCrs(wgs84, context)
    written = 0
    to_wgs84, extent = QgsCoordinateTransform(source.crs, wgs84, context), QgsRectangle()
    for number, feature in enumerate(every_feature(source.features, source.title, request)):
        if number % 500 == 0:
            advance(progress, min(1.0, number / source.count), source.title)
        copied = QgsFeature(chosen)
        copied.setAttributes([feature.attribute(k) for k in kept])
        copied.setGeometry(feature.geometry() if source.spatial else _zero_point(feature, to_wgs84))
        if copied.hasGeometry():
            extent.combineExtentWith(copied.geometry().boundingBox())
        if not writer.addFeature(copied, QgsFeatureSink.Flag.FastInsert):
            break
        written += 1
    writer.flushBuffer()
    reason = writer.errorMessage() if writer.hasError() else ""
    del writer
    if reason:
        raise _not_copied(source, path, reason_in(reason))
    box = None
    if not extent.isNull():
        box = BoundingBox(extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
    return publish.PublishedTable(source.name, source.title, source.title, source.keywords, box), written


def _not_copied(source: PublishedLayer, path: Path, reason: str) -> ResourceError:
    return ResourceError(
        "'{title}' cannot be copied into '{path}' ({value}): free some space.",
        title=source.title,
        path=path,
        value=reason,
    )


def _check_copies(sources: Sequence[PublishedLayer], counts: Sequence[int], path: Path) -> None:
    """Read all tables again when the last is written: a later one that failed has taken an earlier one away."""
    for source, count in zip(sources, counts, strict=True):
        try:
            check_table(path, source.name, count)
        except OSError as error:
            raise _not_copied(source, path, str(error)) from error


def _writer(
    source: PublishedLayer,
    path: Path,
    fields: QgsFields,
    kind: QgsWkbTypes.Type,
    context: QgsCoordinateTransformContext,
) -> QgsVectorFileWriter:
    options = gpkg_options(path, source.name)
    options.layerOptions = ["FID=fid", "GEOMETRY_NAME=geom", f"IDENTIFIER={source.title}"]
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
