"""Whether a file that was just written is whole: opened again, read to its end, and counted."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

from osgeo import gdal, ogr

from .gdal_calls import checked, open_vector

RASTERS = {".tif", ".tiff"}
ZIPPED = {".qgz", ".bcf", ".bcfzip", ".ifczip", ".zip", ".xlsx", ".ods", ".kmz"}
_EXACT = {"GPKG", "ESRI Shapefile", "GeoJSON", "GeoJSONSeq", "FlatGeobuf", "SQLite", "CSV", "MapInfo File"}
"""Drivers that give back every feature that was written; others drop some, such as DXF those without geometry."""


def check(path: Path, features: int | None = None) -> None:
    """Read a file to its end, and bring it to the disk.

    Parameters
    ----------
    path : Path
        The file; its parts lie beside it.
    features : int, optional
        For a layer: how many features were written.

    Raises
    ------
    OSError
        When it is not whole, with the reason.
    """
    if path.stat().st_size == 0:
        raise OSError("the file is empty")
    suffix = path.suffix.lower()
    try:
        if features is not None:
            _check_layer(path, features)
        elif suffix in RASTERS:
            _check_raster(path)
        elif suffix in (".json", ".geojson"):
            json.loads(path.read_text("utf-8"))
        elif suffix in ZIPPED:
            with zipfile.ZipFile(path) as archive:
                if broken := archive.testzip():
                    raise OSError(f"{broken} in it is damaged")
    except (ValueError, zipfile.BadZipFile) as error:
        raise OSError(f"it cannot be read again: {error}") from error


def bring_to_disk(path: Path) -> None:
    """Have the system write a file now: some disks say only then that they are full; raises OSError."""
    if path.is_dir():  # some layers are folders
        for part in path.iterdir():
            bring_to_disk(part)
        return
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _check_layer(path: Path, wanted: int) -> None:
    dataset = open_vector(path, options=["HEADERS=YES"] if path.suffix.lower() == ".csv" else None)
    try:
        if dataset.GetLayerCount() < 1:
            raise OSError("it has no layer")
        found = _count(dataset.GetLayer(0))
        if dataset.GetDriver().ShortName in _EXACT and found != wanted:
            raise OSError(f"{found} of {wanted} features can be read again")
    finally:
        del dataset


def _count(layer: ogr.Layer) -> int:
    """Features of a layer, each read with its geometry."""

    def read() -> int:
        return sum(1 for _ in layer)

    return int(checked(read))


def _check_raster(path: Path) -> None:
    dataset = checked(gdal.OpenEx, str(path), gdal.OF_RASTER)
    try:
        for number in range(1, dataset.RasterCount + 1):
            checked(dataset.GetRasterBand(number).Checksum)
    finally:
        del dataset
