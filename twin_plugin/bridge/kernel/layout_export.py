"""Layouts written as PDF and as pictures."""

from __future__ import annotations

from collections.abc import Sequence

from osgeo import gdal
from qgis.core import Qgis, QgsAbstractLayoutIterator, QgsLayoutExporter, QgsPrintLayout

from ...core.common.errors import Cancelled, ResourceError
from ...core.common.progress import Progress, silent


def export_pdf(layout: QgsPrintLayout, path: str) -> None:
    """Write a layout as PDF with real text.

    Raises
    ------
    ResourceError
        When the file cannot be written.
    """
    _finish(QgsLayoutExporter(layout).exportToPdf(path, _pdf_settings()), path)


def export_parts(layouts: Sequence[QgsPrintLayout], path: str, progress: Progress = silent) -> None:
    """Write several layouts, one behind the other, as one PDF with real text.

    A layout costs with the square of its items: a long document is faster in parts.

    Raises
    ------
    ResourceError
        When the file cannot be written.
    Cancelled
        Between two layouts.
    """
    parts = _Parts(layouts, progress)
    result, _ = QgsLayoutExporter.exportToPdf(parts, path, _pdf_settings())
    if parts.stopped:
        raise Cancelled
    _finish(result, path)


class _Parts(QgsAbstractLayoutIterator):
    """Layouts one after the other, as the exporter asks for them."""

    def __init__(self, layouts: Sequence[QgsPrintLayout], progress: Progress) -> None:
        super().__init__()
        self._layouts, self._progress, self._number = layouts, progress, -1
        self.stopped = False

    def layout(self) -> QgsPrintLayout:
        return self._layouts[max(self._number, 0)]

    def beginRender(self) -> bool:
        return True

    def endRender(self) -> bool:
        return True

    def count(self) -> int:
        return len(self._layouts)

    def next(self) -> bool:
        self._number += 1
        # An exception would be lost in QGIS, which called this.
        self.stopped = not self._progress(self._number / len(self._layouts), "")
        return not self.stopped and self._number < len(self._layouts)

    def filePath(self, base: str, extension: str) -> str:
        return base


def _pdf_settings() -> QgsLayoutExporter.PdfExportSettings:
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = 200
    settings.exportMetadata = True
    settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
    return settings


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
