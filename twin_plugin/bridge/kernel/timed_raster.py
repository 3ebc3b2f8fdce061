"""Rasters over time: a style beside a file that has its colours and its times, for the temporal controller."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from qgis.core import Qgis, QgsDateTimeRange, QgsRasterLayer
from qgis.PyQt.QtXml import QDomDocument

from ...core.common.errors import ResourceError, unwritable
from . import styles

MOST_BANDS = 65_535
"""A GeoTIFF has no more."""


def dress(path: Path, style: str, shown: Sequence[QgsDateTimeRange]) -> None:
    """Lay a style beside a raster: the colours of one that ships, and when each band is shown.

    Raises
    ------
    ResourceError
        When the style cannot be written.
    """
    layer = QgsRasterLayer(str(path), path.stem, "gdal")
    if not styles.apply(layer, style):
        raise ResourceError("The style of '{path}' cannot be written: install the plugin again.", path=path)
    times = layer.temporalProperties()
    if len(shown) == 1:
        times.setMode(Qgis.RasterTemporalMode.FixedTemporalRange)
        times.setFixedTemporalRange(shown[0])
    else:
        times.setMode(Qgis.RasterTemporalMode.FixedRangePerBand)
        times.setFixedRangePerBand(dict(enumerate(shown, 1)))
    times.setIsActive(True)
    target, document = path.with_suffix(".qml"), QDomDocument()
    layer.exportNamedStyle(document)
    del layer, times
    with suppress(OSError):  # statistics that QGIS lets GDAL keep
        path.with_name(f"{path.name}.aux.xml").unlink()
    try:
        target.write_text(document.toString(), "utf-8")  # QGIS's own writing does not notice a full disk
    except OSError as error:
        raise unwritable(path, error) from error  # the file that the user named
