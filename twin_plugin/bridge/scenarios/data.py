"""Data of a scenario: what the folder of a district has of it, and what the user gives instead."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from osgeo import gdal, ogr

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.scenarios.scenario import DataKind, DataNeed
from ..kernel.described_data import describes_elsewhere
from ..kernel.gdal_calls import checked, open_vector

ENDINGS = {
    DataKind.RASTER: (".tif", ".tiff", ".asc"),
    DataKind.VECTOR: (".gpkg", ".geojson", ".shp", ".fgb", ".csv"),
    DataKind.TABLE: (".csv", ".gpkg", ".geojson", ".shp"),
    DataKind.FILE: (".inp", ".ifc", ".nc", ".json", ".csv", ".gpkg", ".txt", ".tif", ".dat", ".asc"),
}
"""Names that files of data have; formats that only name other places to read are not among them."""
_GEOMETRIES = {
    "point": (ogr.wkbPoint, ogr.wkbMultiPoint),
    "line": (ogr.wkbLineString, ogr.wkbMultiLineString, ogr.wkbCompoundCurve, ogr.wkbMultiCurve),
    "polygon": (ogr.wkbPolygon, ogr.wkbMultiPolygon, ogr.wkbCurvePolygon, ogr.wkbMultiSurface),
}


class DataFolder:
    """The folder of a district: which data needs it fills. What a file has is read once."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._layers = lru_cache(maxsize=64)(_layers_of)
        self._raster = lru_cache(maxsize=64)(_raster_fault)

    def place(self, need: DataNeed) -> str:
        """The source of a data need, as layers are opened by.

        Raises
        ------
        InputError
            When the folder does not have it: see `fault`.
        """
        fault = self.fault(need)
        if fault is not None:
            raise InputError(fault)
        return str(self._path(need)) + ("|" + need.path.partition("|")[2] if "|" in need.path else "")

    def fault(self, need: DataNeed) -> Message | None:
        """Why the folder does not fill a data need; None where it does."""
        if not need.path:
            return Message("no file is named for it")
        if not self.folder:
            return Message("no folder is given")
        path = self._path(need)
        inside = os.path.realpath(path)
        if os.path.commonpath([inside, os.path.realpath(self.folder)]) != os.path.realpath(self.folder):
            return Message("'{path}' leads out of the folder", path=need.path)
        if need.kind == DataKind.FOLDER:
            filled = path.is_dir() and any(path.iterdir())
            return None if filled else Message("the folder '{path}' is missing or empty", path=need.path)
        if not path.is_file():
            return Message("'{path}' is missing", path=need.path)
        if path.suffix.lower() not in ENDINGS[need.kind]:
            return Message("'{path}' is no file of this kind of data", path=need.path)
        if describes_elsewhere(path):
            return Message("'{path}' only describes data in another place", path=need.path)
        if need.kind == DataKind.FILE:
            return None
        return self._raster(path) if need.kind == DataKind.RASTER else self._vector_fault(need, path)

    def _path(self, need: DataNeed) -> Path:
        return Path(self.folder) / need.path.partition("|")[0]

    def _vector_fault(self, need: DataNeed, path: Path) -> Message | None:
        layers = self._layers(path)
        if not layers:
            return Message("'{path}' cannot be read as a layer", path=need.path)
        name = need.path.partition("|layername=")[2]
        found = layers.get(name) if name else next(iter(layers.values()))
        if found is None:
            return Message("'{file}' has no layer '{name}'", file=path.name, name=name)
        kind, count = found
        if count == 0:
            return Message("'{path}' has no rows", path=need.path)
        if need.geometry and kind not in (ogr.wkbUnknown, *_GEOMETRIES[need.geometry]):
            return Message("'{path}' has no geometries of the kind {kind}", path=need.path, kind=need.geometry)
        return None


def _layers_of(path: Path) -> dict[str, tuple[int, int]]:
    """(kind of geometry, features) of each layer by its name; empty where it cannot be read."""
    try:
        dataset = open_vector(path)
    except OSError:
        return {}
    found = {}
    for number in range(dataset.GetLayerCount()):
        layer = dataset.GetLayer(number)
        found[layer.GetName()] = (ogr.GT_Flatten(layer.GetGeomType()), layer.GetFeatureCount())
    return found


def _raster_fault(path: Path) -> Message | None:
    try:
        dataset = checked(lambda: gdal.OpenEx(str(path), gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR))
    except OSError as error:
        return Message("'{path}' cannot be read as a raster ({reason})", path=path.name, reason=error)
    if dataset is None or dataset.RasterCount == 0:
        return Message("'{path}' has no band", path=path.name)
    return None
