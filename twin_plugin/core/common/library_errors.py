"""Which errors of the system and of libraries are the machine's or the data's, and not a mistake in our code.

MemoryError, OSError and sqlite3.Error always are, and what numba and pools of processes have errors of their own for.
RuntimeError, which GDAL and ifcopenshell raise for whatever goes wrong, is one when it was raised inside such a
library: raised by our own code it is a programming error. So are all others (TypeError, KeyError, AssertionError …):
they propagate with their traceback.
"""

from __future__ import annotations

import sqlite3
from concurrent.futures import BrokenExecutor
from pathlib import Path
from types import TracebackType

from .errors import ResourceError, TwinError, with_disk_state

_LIBRARIES = {"osgeo": "GDAL", "ifcopenshell": "ifcopenshell", "numba": "numba", "pyproj": "PROJ", "shapely": "GEOS"}
"""Packages whose RuntimeErrors are about data and machine, and the name that users know."""


def explained(error: BaseException) -> TwinError | None:
    """The sentence for an error of the system or of a library; None for one of our own."""
    if isinstance(error, TwinError):
        return error
    if isinstance(error, MemoryError):
        return ResourceError(
            "There is not enough memory for this run: take larger cells, a smaller extent or fewer models at once, or "
            "close other programs."
        )
    if isinstance(error, OSError):
        return _of_the_system(error)
    if isinstance(error, sqlite3.Error):
        return ResourceError(
            "A database cannot be used ({reason}). Check the disk and the permissions, close what has it open, and run "
            "it again.",
            reason=error,
        )
    if library := _library(error):
        return ResourceError(
            "{library} stopped the run ({reason}). Check the inputs, the memory and the disk of the outputs.",
            library=library,
            reason=str(error).strip() or type(error).__name__,
        )
    return None


def _library(error: BaseException) -> str:
    """The library that an error comes from; "" when it is a mistake in code."""
    own = type(error).__module__.split(".", 1)[0]
    if own in ("numba", "pebble") or isinstance(error, BrokenExecutor):
        return own
    trace: TracebackType | None = error.__traceback__
    if type(error) is not RuntimeError or trace is None:
        return ""
    while trace.tb_next is not None:
        trace = trace.tb_next
    inside = str(trace.tb_frame.f_globals.get("__name__", "")).split(".", 1)[0]
    return _LIBRARIES.get(inside, "")


def _of_the_system(error: OSError) -> TwinError:
    reason = error.strerror or str(error) or type(error).__name__
    if error.filename is None:
        return ResourceError(
            "The system stopped the run ({reason}). Check the disk, the path and the memory.", reason=reason
        )
    path = error.filename if isinstance(error.filename, str | Path) else str(error.filename)
    return ResourceError(
        "'{path}' cannot be used ({reason}): check the path, the permissions and the space on the disk.",
        path=path,
        reason=with_disk_state(path, reason),
    )
