"""What a process without QGIS uses of GDAL: errors as exceptions, reasons in few words, CRS, the no data value."""

from __future__ import annotations

import re
from typing import Any

from osgeo import gdal, osr

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
    """Errors of gdal, or of ogr, as exceptions inside a with block, on GDAL older than 3.7."""

    def __init__(self, module: Any = gdal) -> None:
        self.module = module

    def __enter__(self) -> None:
        self.before = self.module.GetUseExceptions()
        self.module.UseExceptions()

    def __exit__(self, *_: object) -> None:
        if not self.before:
            self.module.DontUseExceptions()
