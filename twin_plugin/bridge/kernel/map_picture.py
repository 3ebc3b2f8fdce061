"""The picture of a map for an HTML page: layers over an extent, with a scale bar and an arrow to the north."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import (
    Qgis,
    QgsExpressionContext,
    QgsExpressionContextScope,
    QgsExpressionContextUtils,
    QgsLabelingEngineSettings,
    QgsMapLayer,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

from . import map_marks

MAP_PX = QSize(1050, 960)
DPI = 125.0


def map_picture(
    project: QgsProject, layers: Sequence[QgsMapLayer], extent: QgsRectangle, language: str, size: QSize = MAP_PX
) -> QImage:
    """Draw layers, the top one first, in the CRS of a project; labels speak a language."""
    settings = QgsMapSettings()
    settings.setLayers(list(layers))
    settings.setDestinationCrs(project.crs())
    settings.setTransformContext(project.transformContext())
    settings.setOutputSize(size)
    settings.setOutputDpi(DPI)
    settings.setExtent(extent)
    settings.setBackgroundColor(QColor("#f4f3ef"))
    whole = QgsLabelingEngineSettings()
    whole.setFlag(Qgis.LabelingFlag.UsePartialCandidates, False)  # no names cut at the edge
    settings.setLabelingEngineSettings(whole)
    scope = QgsExpressionContextScope("page")
    scope.setVariable("qgis_locale", language)
    context = QgsExpressionContext()
    context.appendScopes(
        [
            QgsExpressionContextUtils.globalScope(),
            QgsExpressionContextUtils.mapSettingsScope(settings),
            scope,
        ]
    )
    settings.setExpressionContext(context)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    map_marks.draw(image, settings.mapUnitsPerPixel(), DPI)
    return image
