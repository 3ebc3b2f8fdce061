"""Styles of the raster and mesh outputs."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from osgeo import gdal, osr
from qgis.core import (
    Qgis,
    QgsColorRampShader,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsHillshadeRenderer,
    QgsMeshDatasetIndex,
    QgsMeshLayer,
    QgsMeshRendererScalarSettings,
    QgsMeshRendererVectorArrowSettings,
    QgsMeshRendererVectorSettings,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
    QgsRasterShader,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.PyQt.QtGui import QColor, QPainter

from twin_plugin.bridge.classes import CLASSES, INK, MapClass

SEE_THROUGH = 0.8
LEVEL = ("#e4f1ef", "#5fa8a0", "#0d4a4a")
GROUND = ("#eef0ec", "#e6e3d8", "#d5cdbd")


def sample(folder: Path, kind: int = gdal.GDT_Float32) -> QgsRasterLayer:
    """A tiny raster to hang a renderer on."""
    path = folder / f"sample{kind}.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 8, 8, 1, kind)
    dataset.SetGeoTransform((0, 1, 0, 8, 0, -1))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4547)
    dataset.SetProjection(reference.ExportToWkt())
    dataset.GetRasterBand(1).WriteArray(np.arange(64).reshape(8, 8) / 8)
    del dataset
    return QgsRasterLayer(str(path), "sample")


def discrete(classes: tuple[MapClass, ...], opacity: int = 255) -> QgsColorRampShader:
    """A shader with one flat colour for each class, and nothing below the first."""
    items = [QgsColorRampShader.ColorRampItem(classes[0].lower, QColor(255, 255, 255, 0), "")]
    for item in classes:
        colour = QColor(item.colour)
        colour.setAlpha(opacity)
        upper = item.upper if math.isfinite(item.upper) else float("inf")
        items.append(QgsColorRampShader.ColorRampItem(upper, colour, item.label))
    shader = QgsColorRampShader(classes[0].lower, classes[-1].lower)
    shader.setColorRampType(Qgis.ShaderInterpolationMethod.Discrete)
    shader.setClassificationMode(Qgis.ShaderClassificationMethod.Continuous)
    shader.setColorRampItemList(items)
    return shader


def classed(layer: QgsRasterLayer, name: str) -> None:
    """Flat classes by value, 20 % see-through."""
    shader = QgsRasterShader()
    shader.setRasterShaderFunction(discrete(CLASSES[name]))
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, shader)
    renderer.setClassificationMin(CLASSES[name][0].lower)
    renderer.setClassificationMax(CLASSES[name][-1].lower)
    renderer.setOpacity(SEE_THROUGH)
    layer.setRenderer(renderer)


def paletted(layer: QgsRasterLayer, name: str) -> None:
    """A colour for each whole number; others, so also dry, are not drawn."""
    entries = [
        QgsPalettedRasterRenderer.Class(int(item.lower), QColor(item.colour), item.label) for item in CLASSES[name]
    ]
    renderer = QgsPalettedRasterRenderer(layer.dataProvider(), 1, entries)
    renderer.setOpacity(SEE_THROUGH)
    layer.setRenderer(renderer)


def stretched(layer: QgsRasterLayer, colours: tuple[str, ...], unit: str, opacity: float = 1.0) -> None:
    """A ramp that QGIS stretches over what the map shows: for elevations, whose range no table knows."""
    first, *between, last = [QColor(colour) for colour in colours]
    stops = [QgsGradientStop((number + 1) / (len(between) + 1), colour) for number, colour in enumerate(between)]
    function = QgsColorRampShader(0, 10, QgsGradientColorRamp(first, last, False, stops))
    function.setColorRampType(Qgis.ShaderInterpolationMethod.Linear)
    function.setClassificationMode(Qgis.ShaderClassificationMethod.EqualInterval)
    function.classifyColorRamp(5, 1, layer.extent(), layer.dataProvider())
    function.setLabelPrecision(2) if hasattr(function, "setLabelPrecision") else None
    settings = function.legendSettings()
    settings.setSuffix(f" {unit}")
    function.setLegendSettings(settings)
    shader = QgsRasterShader()
    shader.setRasterShaderFunction(function)
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, shader)
    renderer.setClassificationMin(0)
    renderer.setClassificationMax(10)
    origin = QgsRasterMinMaxOrigin()
    origin.setLimits(Qgis.RasterRangeLimit.CumulativeCut)
    origin.setExtent(Qgis.RasterRangeExtent.UpdatedCanvas)
    renderer.setMinMaxOrigin(origin)
    renderer.setOpacity(opacity)
    layer.setRenderer(renderer)


def hillshade(layer: QgsRasterLayer) -> None:
    """Relief that darkens what lies below it, softly."""
    renderer = QgsHillshadeRenderer(layer.dataProvider(), 1, 315, 45)
    renderer.setMultiDirectional(True)
    renderer.setZFactor(2.0)
    renderer.setOpacity(0.35)
    layer.setRenderer(renderer)
    layer.setBlendMode(QPainter.CompositionMode.CompositionMode_Multiply)


def mesh(layer: QgsMeshLayer) -> None:
    """Depth in the classes of the map, and velocity as arrows on a grid of the screen."""
    groups = {layer.datasetGroupMetadata(QgsMeshDatasetIndex(g, 0)).name(): g for g in layer.datasetGroupsIndexes()}
    depth, velocity = groups["depth"], groups["velocity"]
    settings = layer.rendererSettings()
    for group in groups.values():
        scalar = settings.scalarSettings(group)
        scalar.setDataResamplingMethod(QgsMeshRendererScalarSettings.DataResamplingMethod.NoResampling)
        settings.setScalarSettings(group, scalar)
    scalar = settings.scalarSettings(depth)
    scalar.setColorRampShader(discrete(CLASSES["flood_depth"]))
    scalar.setClassificationMinimumMaximum(CLASSES["flood_depth"][0].lower, CLASSES["flood_depth"][-1].lower)
    scalar.setOpacity(SEE_THROUGH)
    settings.setScalarSettings(depth, scalar)
    settings.setVectorSettings(velocity, arrows())
    settings.setActiveScalarDatasetGroup(depth)
    settings.setActiveVectorDatasetGroup(velocity)
    layer.setRendererSettings(settings)


def arrows() -> QgsMeshRendererVectorSettings:
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
