"""Calls of GDAL whose errors are found, whether its exceptions are switched on or not, and its reasons in few words."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from osgeo import gdal, ogr
from qgis.core import QgsAbstractFeatureSource, QgsFeature, QgsFeatureRequest, QgsFeatureSource

from ...core.common.errors import InputError
from ...core.common.messages import Message
from .gdal_basics import reason_in

_SPELLINGS = 32
_opened = itertools.count()


def fresh_spelling(path: str) -> str:
    """A path in letters under which no NetCDF file is open in this process.

    netCDF knows open files by these letters: while one is held open, by whatever layer or plugin, it gives that one
    again, also where a later run has put another in its place. Windows lets nobody replace a file that is open.
    """
    if os.name != "posix":
        return path
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(folder, *["."] * (1 + next(_opened) % _SPELLINGS), name)


def checked(call: Callable[..., Any], *arguments: Any) -> Any:
    """Call GDAL: what it reports as an error becomes an OSError, whether its exceptions are switched on or not."""
    gdal.ErrorReset()
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        result = call(*arguments)
        failed, text = gdal.GetLastErrorType() >= gdal.CE_Failure, gdal.GetLastErrorMsg()
    except RuntimeError as error:
        failed, text = True, str(error)
    finally:
        gdal.PopErrorHandler()
    if failed:
        raise OSError(reason_in(text))
    return result


def open_vector(path: Path, options: list[str] | None = None) -> Any:
    """Open layers with GDAL; raises OSError."""
    flags = gdal.OF_VECTOR | gdal.OF_VERBOSE_ERROR
    dataset = checked(lambda: gdal.OpenEx(str(path), flags, open_options=options or []))
    if dataset is None:
        raise OSError("it cannot be opened")
    return dataset


def every_feature(
    source: QgsFeatureSource | QgsAbstractFeatureSource, name: str, request: QgsFeatureRequest | None = None
) -> Iterator[QgsFeature]:
    """The features of a source: QGIS ends without a word where a file is damaged, and GDAL alone knows why.

    Raises
    ------
    InputError
        When the file cannot be read to its end; `name` says which.
    """
    features = source.getFeatures(request or QgsFeatureRequest())
    while True:
        gdal.ErrorReset()
        feature = next(features, None)
        if feature is None:
            require_end(name)
            return
        yield feature


def require_end(name: str) -> None:
    """To be called when a layer gave no more features: raises InputError where GDAL ended with an error."""
    if gdal.GetLastErrorType() >= gdal.CE_Failure:
        raise _cut_short(name, gdal.GetLastErrorMsg())


def next_feature(layer: ogr.Layer, name: str) -> ogr.Feature | None:
    """The next feature of a layer, None after the last one.

    QGIS's plugin Processing lets GDAL raise exceptions in the whole desktop, where a batch has none: both end in the
    sentence of `require_end`.
    """
    try:
        return layer.GetNextFeature()
    except RuntimeError as error:
        raise _cut_short(name, str(error)) from error


def _cut_short(name: str, reason: str) -> InputError:
    return InputError(
        "The layer '{layer}' cannot be read to its end ({gdal}): the file seems damaged. Copy or export it again.",
        layer=name,
        gdal=reason_in(reason),
    )


def memory_file(place: str) -> bytes:
    """What a file of GDAL's in memory (/vsimem/…) holds."""
    stream = gdal.VSIFOpenL(place, "rb")
    try:
        return bytes(gdal.VSIFReadL(1, gdal.VSIStatL(place).size, stream))
    finally:
        gdal.VSIFCloseL(stream)


def damaged_raster(name: str, error: OSError) -> Message:
    """The sentence for a raster that cannot be read to its end; `error` is what `checked` raised."""
    return Message(
        "The raster '{layer}' cannot be read: the file seems damaged ({gdal}). Copy or export it again.",
        layer=name,
        gdal=error,
    )
