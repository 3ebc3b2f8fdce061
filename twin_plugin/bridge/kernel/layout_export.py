"""Layouts written as PDF and as pictures."""

from __future__ import annotations

from osgeo import gdal
from qgis.core import Qgis, QgsLayoutExporter, QgsPrintLayout

from ...core.common.errors import ResourceError


def export_pdf(layout: QgsPrintLayout, path: str) -> None:
    """Write a layout as PDF with real text.

    Raises
    ------
    ResourceError
        When the file cannot be written.
    """
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = 200
    settings.exportMetadata = True
    settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
    _finish(QgsLayoutExporter(layout).exportToPdf(path, settings), path)


def export_image(layout: QgsPrintLayout, path: str, dpi: float = 150) -> None:
    """Write a layout as a picture.

    Raises
    ------
    ResourceError
        When the file cannot be written.
    """
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = dpi
    # QGIS asks GDAL to write the map's place into the picture, which PNG cannot hold: no word about it.
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        result = QgsLayoutExporter(layout).exportToImage(path, settings)
    finally:
        gdal.PopErrorHandler()
    _finish(result, path)


def _finish(result: QgsLayoutExporter.ExportResult, path: str) -> None:
    if result != QgsLayoutExporter.ExportResult.Success:
        reason = {
            QgsLayoutExporter.ExportResult.MemoryError: "there was not enough memory",
            QgsLayoutExporter.ExportResult.FileError: "the file cannot be written",
        }.get(result, "the page cannot be drawn")
        raise ResourceError(
            "'{path}' could not be created ({reason}): close it elsewhere or choose another folder.",
            path=path,
            reason=reason,
        )
