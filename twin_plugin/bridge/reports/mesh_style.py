"""The style of a flood result over time: depth in the classes of the map, velocity as arrows, by names of groups."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsColorRampShader,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsMeshDatasetIndex,
    QgsMeshLayer,
    QgsMeshRendererScalarSettings,
    QgsMeshRendererVectorArrowSettings,
    QgsMeshRendererVectorSettings,
)
from qgis.PyQt.QtGui import QColor

from ..kernel.map_classes import INK, LEVEL, classes, see_through

HAZARD = "water hazard"
"""Title of the group of hazard classes in a RESULT."""


def discrete(name: str) -> QgsColorRampShader:
    """A shader of a map with one flat see-through colour for each class, and nothing below the first."""
    rows = classes(name)
    items = []
    if rows[0].lower == rows[0].upper:  # classes that are numbers: 0 is dry
        items.append(QgsColorRampShader.ColorRampItem(rows[0].lower - 0.5, QColor(255, 255, 255, 0), "dry"))
    elif rows[0].lower > 0:
        items.append(QgsColorRampShader.ColorRampItem(rows[0].lower, QColor(255, 255, 255, 0), _below(rows[0].label)))
    items += [QgsColorRampShader.ColorRampItem(item.upper, see_through(item.colour), item.label) for item in rows]
    shader = QgsColorRampShader(rows[0].lower, rows[-1].lower)
    shader.setColorRampType(Qgis.ShaderInterpolationMethod.Discrete)
    shader.setClassificationMode(Qgis.ShaderClassificationMethod.Continuous)
    shader.setColorRampItemList(items)
    return shader


def _below(label: str) -> str:
    """What is not drawn: '< 0.05 m' before '0.05 – 0.15 m'."""
    low, _, rest = label.partition(" – ")
    unit = rest.split(",")[0].partition(" ")[2]
    return f"< {low} {unit}".rstrip()


def _ramp(low: float, high: float) -> QgsColorRampShader:
    """An even ramp for elevations."""
    first, middle, last = (QColor(colour) for colour in LEVEL)
    shader = QgsColorRampShader(low, high, QgsGradientColorRamp(first, last, False, [QgsGradientStop(0.5, middle)]))
    shader.setColorRampType(Qgis.ShaderInterpolationMethod.Linear)
    shader.setClassificationMode(Qgis.ShaderClassificationMethod.EqualInterval)
    shader.classifyColorRamp(5)
    return shader


def groups(layer: QgsMeshLayer) -> dict[str, int]:
    """Numbers of the layer's dataset groups by name."""
    return {
        layer.datasetGroupMetadata(QgsMeshDatasetIndex(number, 0)).name(): number
        for number in layer.datasetGroupsIndexes()
    }


def dress(layer: QgsMeshLayer) -> None:
    """Show the groups 'depth', 'velocity' and 'water hazard' of a result; what is missing is left as it is."""
    names = groups(layer)
    settings = layer.rendererSettings()
    for number in names.values():
        scalar = settings.scalarSettings(number)
        scalar.setDataResamplingMethod(QgsMeshRendererScalarSettings.DataResamplingMethod.NoResampling)
        scalar.setColorRampShader(_ramp(scalar.classificationMinimum(), scalar.classificationMaximum()))
        settings.setScalarSettings(number, scalar)
    for name, style in (("depth", "flood_depth"), ("velocity", "flood_velocity"), (HAZARD, "flood_hazard")):
        if name in names:
            scalar, shader = settings.scalarSettings(names[name]), discrete(style)
            scalar.setColorRampShader(shader)
            scalar.setClassificationMinimumMaximum(shader.minimumValue(), shader.maximumValue())
            settings.setScalarSettings(names[name], scalar)
    if "depth" in names:
        settings.setActiveScalarDatasetGroup(names["depth"])
    if "velocity" in names:
        settings.setVectorSettings(names["velocity"], _arrows())
        settings.setActiveVectorDatasetGroup(names["velocity"])
    layer.setRendererSettings(settings)


def _arrows() -> QgsMeshRendererVectorSettings:
    """One arrow each 5 mm, its length by speed; still water has none."""
    vectors = QgsMeshRendererVectorSettings()
    vectors.setSymbology(QgsMeshRendererVectorSettings.Symbology.Arrows)
    vectors.setOnUserDefinedGrid(True)
    vectors.setUserGridCellWidth(19)  # pixels at 96 dpi: 5 mm
    vectors.setUserGridCellHeight(19)
    vectors.setColor(QColor(INK))
    vectors.setLineWidth(0.22)
    vectors.setFilterMin(0.1)
    shafts = QgsMeshRendererVectorArrowSettings()
    shafts.setShaftLengthMethod(QgsMeshRendererVectorArrowSettings.ArrowScalingMethod.MinMax)
    shafts.setMinShaftLength(1.2)
    shafts.setMaxShaftLength(5.5)
    shafts.setArrowHeadWidthRatio(0.25)
    shafts.setArrowHeadLengthRatio(0.4)
    vectors.setArrowsSettings(shafts)
    return vectors
