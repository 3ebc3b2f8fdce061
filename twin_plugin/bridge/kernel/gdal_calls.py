"""Calls of GDAL whose errors are found, whether its exceptions are switched on or not, and its reasons in few words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from osgeo import gdal

_BUSY = ("database is locked", "database table is locked", "database schema is locked")


class Locked(OSError):
    """Another program has the file: it may be tried again."""


def checked(call: Callable[..., Any], *arguments: Any) -> Any:
    """Call GDAL: what it reports as an error becomes an OSError, whether its exceptions are switched on or not.

    Raises
    ------
    Locked
        When another program has the GeoPackage.
    OSError
        On any other failure.
    """
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
        raise (Locked if any(busy in text for busy in _BUSY) else OSError)(reason_in(text))
    return result


def open_vector(path: Path, mode: int = 0, drivers: list[str] | None = None, options: list[str] | None = None) -> Any:
    """Open layers with GDAL; raises OSError, Locked included."""
    flags = gdal.OF_VECTOR | mode | gdal.OF_VERBOSE_ERROR
    dataset = checked(lambda: gdal.OpenEx(str(path), flags, allowed_drivers=drivers or [], open_options=options or []))
    if dataset is None:
        raise OSError("it cannot be opened")
    return dataset


def reason_in(text: str) -> str:
    """The reason in a message of GDAL's or QGIS's, which first says what was done, with which SQL and which file."""
    last = text.strip().splitlines()[-1].rpartition(": ")[2].strip() if text.strip() else "no reason is known"
    return last.rstrip(").") if last.count(")") > last.count("(") else last.rstrip(".")
