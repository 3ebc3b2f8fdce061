"""Whether a file that was just written is whole: opened again, read to its end, and counted."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
import zlib
from contextlib import closing
from pathlib import Path

from osgeo import gdal, ogr
from qgis.PyQt.QtCore import QXmlStreamReader
from qgis.PyQt.QtGui import QImageReader

from ...core.common.errors import Cancelled
from ...core.common.geopackage import statement
from ...core.common.patience import GoOn
from ...core.common.sqlite_locks import damage
from .gdal_calls import checked, open_vector

RASTERS = {".tif", ".tiff"}
ZIPPED = {".qgz", ".bcf", ".bcfzip", ".ifczip", ".zip", ".xlsx", ".ods", ".kmz"}
_EXACT = {"GPKG", "ESRI Shapefile", "GeoJSON", "GeoJSONSeq", "FlatGeobuf", "SQLite", "CSV", "MapInfo File"}
"""Drivers that give back every feature that was written; others drop some, such as DXF those without geometry."""
_STEPS = 100_000
"""Of SQLite's, some milliseconds, between two looks whether to go on."""
_FEATURES = 1000
"""Read between two looks whether to go on."""


def _always() -> bool:
    return True


def check(path: Path, features: int | None = None, go_on: GoOn = _always) -> None:
    """Read a file to its end.

    Parameters
    ----------
    path : Path
        The file; its parts lie beside it.
    features : int, optional
        For a layer: how many features were written.
    go_on : callable
        Asked while a layer is read.

    Raises
    ------
    OSError
        When it is not whole, with the reason.
    Cancelled
        When `go_on` says no.
    """
    if path.stat().st_size == 0:
        raise OSError("the file is empty")
    suffix = path.suffix.lower()
    try:
        if features is not None:
            _check_layer(path, features, go_on)
        elif suffix in RASTERS:
            _check_raster(path)
        elif suffix in (".json", ".geojson"):
            json.loads(path.read_text("utf-8"))
        elif suffix == ".pdf":
            _check_pdf(path)
        elif suffix == ".png":
            _check_picture(path)
        elif suffix in ZIPPED:
            _check_zip(path, suffix == ".qgz")
    except (ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise OSError(f"it cannot be read again: {error}") from error


def check_table(path: Path, table: str, wanted: int) -> None:
    """Read a layer of a new GeoPackage; raises OSError where features, the spatial index or a trigger are missing.

    GDAL creates index and triggers last, and does not report all errors then.
    """
    dataset = open_vector(path)
    try:
        layer = dataset.GetLayerByName(table)
        if layer is None:
            raise OSError(f"it has no table {table}")
        if (found := _count(layer)) != wanted:
            raise OSError(f"{found} of {wanted} features can be read again")
        column = layer.GetGeometryColumn()
    finally:
        del dataset
    with closing(sqlite3.connect(path)) as database:
        there = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        contents = database.execute("SELECT data_type FROM gpkg_contents WHERE table_name = ?", (table,)).fetchall()
        extensions = database.execute(
            "SELECT column_name FROM gpkg_extensions WHERE table_name = ? AND extension_name = 'gpkg_rtree_index'",
            (table,),
        ).fetchall()
    if contents not in ([("features",)], [("attributes",)]) or (contents == [("features",)]) != bool(column):
        raise OSError(f"its table {table} is not registered")
    if column and not (extensions and f"rtree_{table}_{column}" in there):
        raise OSError(f"the spatial index of {table} was not written")
    if len(there & {f"trigger_{event}_feature_count_{table}" for event in ("insert", "delete")}) == 1:
        raise OSError(f"a trigger of {table} was not written")


def check_folder(folder: Path) -> None:
    """Read the files of a folder that was just written, each as its kind; raises OSError where one is not whole."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix:
            check(path)


def _check_zip(path: Path, project: bool) -> None:
    with zipfile.ZipFile(path) as archive:
        if broken := archive.testzip():
            raise OSError(f"{broken} in it is damaged")
        projects = [name for name in archive.namelist() if name.endswith(".qgs")] if project else []
        texts = [archive.read(name) for name in projects]
    if project and not texts:
        raise OSError("there is no project in it")
    for text in texts:
        reader = QXmlStreamReader(text)
        if not reader.readNextStartElement():
            raise OSError("the project in it is empty")
        reader.skipCurrentElement()
        if reader.hasError():
            raise OSError(f"the project in it is damaged: {reader.errorString()}")


def _check_pdf(path: Path) -> None:
    """A PDF ends with the place of its table of objects: where bytes are missing, the table is not there."""
    content = path.read_bytes()
    end = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", content[-1024:])
    if not content.startswith(b"%PDF-") or end is None:
        raise OSError("it has no beginning or no end")
    if not content.startswith(b"xref", int(end[1])):
        raise OSError("a part of it is missing")


def _check_picture(path: Path) -> None:
    reader = QImageReader(str(path))
    if reader.read().isNull():
        raise OSError(f"it cannot be read again: {reader.errorString()}")


def _check_layer(path: Path, wanted: int, go_on: GoOn) -> None:
    dataset = open_vector(path, options=["HEADERS=YES"] if path.suffix.lower() == ".csv" else None)
    try:
        if dataset.GetLayerCount() < 1:
            raise OSError("it has no layer")
        driver, layer = dataset.GetDriver().ShortName, dataset.GetLayer(0)
        found = _rows(path, layer.GetName(), go_on) if driver == "GPKG" else _count(layer, go_on)
        if driver in _EXACT and found != wanted:
            raise OSError(f"{found} of {wanted} features can be read again")
    finally:
        del dataset


def _rows(path: Path, table: str, go_on: GoOn) -> int:
    """Rows of a table in a GeoPackage, each read with all its values: SQLite does it many times as fast as GDAL."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
        database.set_progress_handler(lambda: not go_on(), _STEPS)
        try:
            columns = [row[1] for row in database.execute(statement("PRAGMA table_info({table})", table=table))]
            # Whether a value is another one than itself cannot be told without reading all of it.
            query = "SELECT count(*), total(({columns}) IS NOT ({columns})) FROM {table}"
            query = statement(query, table=table, columns=columns)
            found = database.execute(query).fetchone()[0]
            problem = damage(database)
        except sqlite3.Error as error:
            if not go_on():
                raise Cancelled from error
            raise OSError(str(error)) from error
    if problem:
        raise OSError(problem)
    return int(found)


def _count(layer: ogr.Layer, go_on: GoOn = _always) -> int:
    """Features of a layer, each read with its geometry."""

    def read() -> int:
        layer.ResetReading()
        count = 0
        while layer.GetNextFeature() is not None:
            count += 1
            if count % _FEATURES == 0 and not go_on():
                raise Cancelled
        return count

    return int(checked(read))


def _check_raster(path: Path) -> None:
    dataset = checked(gdal.OpenEx, str(path), gdal.OF_RASTER)
    try:
        for number in range(1, dataset.RasterCount + 1):
            checked(dataset.GetRasterBand(number).Checksum)
    finally:
        del dataset
