"""A flood over time in a project: it opens at the time with the deepest water, and the temporal controller plays it."""

from __future__ import annotations

import math

from qgis.core import (
    Qgis,
    QgsDateTimeRange,
    QgsMeshDatasetIndex,
    QgsMeshLayer,
    QgsProject,
)
from qgis.PyQt.QtCore import Qt

from .view_layers import DEPTH, LEVEL, level_group


def show_most_water(project: QgsProject, mesh: QgsMeshLayer) -> tuple[str, ...]:
    """Set the times of a project to those of a flood, and show its deepest time.

    Returns
    -------
    tuple of str
        Begin and end of the step that is shown, ISO 8601; () where the flood has no times.
    """
    group = level_group(mesh, DEPTH)
    group = group if group >= 0 else level_group(mesh, LEVEL)
    steps = [QgsMeshDatasetIndex(group, number) for number in range(mesh.datasetCount(QgsMeshDatasetIndex(group, 0)))]
    highest = [mesh.datasetMetadata(step).maximum() for step in steps]
    known = [value if math.isfinite(value) else -math.inf for value in highest]
    deepest = known.index(max(known)) if known else 0
    properties, capabilities = mesh.temporalProperties(), mesh.dataProvider().temporalCapabilities()
    if capabilities.hasReferenceTime():
        properties.setReferenceTime(capabilities.referenceTime(), capabilities)
    properties.setIsActive(True)
    span = properties.timeExtent()
    if len(steps) < 2 or not span.begin().isValid():
        return ()
    step_s = max(span.begin().secsTo(span.end()) / (len(steps) - 1), 1.0)
    settings = project.timeSettings()
    settings.setTemporalRange(QgsDateTimeRange(span.begin(), span.end()))
    settings.setTimeStep(step_s)
    settings.setTimeStepUnit(Qgis.TemporalUnit.Seconds)
    settings.setFramesPerSecond(4)
    begin = span.begin().addMSecs(int(1000 * step_s * deepest))
    end = begin.addMSecs(int(1000 * step_s))
    # The temporal controller stands at that time as a fixed range (2); its button of animation plays the whole flood.
    for key, value in (("/StartDateTime", begin), ("/EndDateTime", end)):
        project.writeEntry("TemporalControllerWidget", key, value.toString("yyyy-MM-ddTHH:mm:ss.zzzZ"))
    project.writeEntry("TemporalControllerWidget", "/NavigationMode", 2)
    return begin.toString(Qt.DateFormat.ISODateWithMs), end.toString(Qt.DateFormat.ISODateWithMs)
