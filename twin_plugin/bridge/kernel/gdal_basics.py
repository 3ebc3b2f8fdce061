"""What a process without QGIS uses of GDAL: errors as exceptions, reasons in few words, CRS, the no data value."""

from __future__ import annotations

import re
import threading
from contextlib import suppress
from typing import Any, ClassVar

from osgeo import gdal, ogr, osr

NO_DATA = -9999.0
_SOURCE = re.compile(r"\s*at \(")
"""Where in GDAL's own source something failed."""


def reason_in(text: str) -> str:
    """The reason in a message of GDAL's or QGIS's, which first says what was done, with which SQL and which file."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not _SOURCE.match(line)]
    last = lines[-1].rpartition(": ")[2].rstrip(". ") if lines else "no reason is known"
    return last.rstrip(").") if last.count(")") > last.count("(") else last


def spatial_reference(crs: str) -> osr.SpatialReference:
    """A CRS as core carries it for GDAL, x before y."""
    reference = osr.SpatialReference()
    reference.SetFromUserInput(crs)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference


class GdalExceptions:
    """Errors of gdal and ogr as exceptions inside a with block, also while other threads are in such a block.

    GDAL 3.7 and newer keep this for each thread. Before, it is one switch of the process, with a stack of error
    handlers that must be taken down in reverse order: it is on as long as any thread needs it, and the modules always
    go in one order.
    """

    _lock = threading.Lock()
    _inside = 0
    _switched: ClassVar[list[Any]] = []

    def __enter__(self) -> None:
        self._own = gdal.ExceptionMgr(useExceptions=True) if hasattr(gdal, "ExceptionMgr") else None
        if self._own is not None:
            self._own.__enter__()
            return
        with self._lock:
            if GdalExceptions._inside == 0:
                for module in (gdal, ogr):
                    if not module.GetUseExceptions():
                        module.UseExceptions()
                        self._switched.append(module)
            GdalExceptions._inside += 1

    def __exit__(self, *details: object) -> None:
        if self._own is not None:
            self._own.__exit__(*details)
            return
        with self._lock:
            GdalExceptions._inside -= 1
            while GdalExceptions._inside == 0 and self._switched:
                with suppress(RuntimeError):  # another program has put a handler of its own above: it stays on
                    self._switched.pop().DontUseExceptions()
