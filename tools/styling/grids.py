"""Styles of the raster outputs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal, osr
from qgis.core import (
    Qgis,
    QgsColorRampShader,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsHillshadeRenderer,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
    QgsRasterShader,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.PyQt.QtGui import QColor, QPainter

from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.kernel.map_classes import classes, see_through
from twin_plugin.bridge.reports.mesh_style import discrete
from twin_plugin.core.common.grid import Grid

DOUBTS = ("flood_froude", "flood_limited", "flood_governing")
"""Maps of how far to trust a run."""
DIFFERENCES = ("flood_difference", "flood_arrival_difference")
"""Maps of what one run has more than another, 0 in their middle."""
GROUND = (QColor("#f4f5f1"), QColor("#efede4"), QColor("#e2dccd"))


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


def classed(layer: QgsRasterLayer, name: str) -> None:
    """Flat classes by value, 20 % see-through in the colours."""
    shader = QgsRasterShader()
    shader.setRasterShaderFunction(discrete(name))
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, shader)
    renderer.setClassificationMin(classes(name)[0].lower)
    renderer.setClassificationMax(classes(name)[-1].lower)
    layer.setRenderer(renderer)


def paletted(layer: QgsRasterLayer, name: str) -> None:
    """A colour for each whole number; others, so also dry, are not drawn."""
    entries = [
        QgsPalettedRasterRenderer.Class(int(item.lower), see_through(item.colour), item.label) for item in classes(name)
    ]
    renderer = QgsPalettedRasterRenderer(layer.dataProvider(), 1, entries)
    layer.setRenderer(renderer)


def stretched(layer: QgsRasterLayer, colours: tuple[QColor, ...], unit: str) -> None:
    """A ramp that QGIS stretches over what the map shows: for elevations, whose range no table knows."""
    first, *between, last = colours
    stops = [QgsGradientStop((number + 1) / (len(between) + 1), colour) for number, colour in enumerate(between)]
    function = QgsColorRampShader(0, 10, QgsGradientColorRamp(first, last, False, stops))
    function.setColorRampType(Qgis.ShaderInterpolationMethod.Linear)
    function.setClassificationMode(Qgis.ShaderClassificationMethod.EqualInterval)
    function.classifyColorRamp(5, 1, layer.extent(), layer.dataProvider())
    settings = function.legendSettings()
    settings.setSuffix(f" {unit}")
    function.setLegendSettings(settings)
    shader = QgsRasterShader()
    shader.setRasterShaderFunction(function)
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, shader)
    renderer.setClassificationMin(0)
    renderer.setClassificationMax(10)
    origin = QgsRasterMinMaxOrigin()
    origin.setLimits(QgsRasterMinMaxOrigin.Limits.CumulativeCut)
    origin.setExtent(QgsRasterMinMaxOrigin.Extent.UpdatedCanvas)
    renderer.setMinMaxOrigin(origin)
    layer.setRenderer(renderer)


def hillshade(layer: QgsRasterLayer) -> None:
    """Relief that darkens what lies below it, softly."""
    renderer = QgsHillshadeRenderer(layer.dataProvider(), 1, 315, 45)
    renderer.setMultiDirectional(True)
    renderer.setZFactor(2.0)
    renderer.setOpacity(0.22)
    layer.setRenderer(renderer)
    layer.setBlendMode(QPainter.CompositionMode.CompositionMode_Multiply)


def sample_mesh(folder: Path) -> Path:
    """A result of a few faces and two times, written as twin:simulateflood writes it."""
    path = folder / "sample.nc"
    bed = np.linspace(0, 9.6, 6, dtype=np.float32).reshape(2, 3)  # a file's style cannot know its range: 0 to 10 m
    with FloodMesh(path, Grid(bed, 0.0, 2.0, 1.0, "EPSG:4547"), [0.0, 300.0]) as result:
        for depth_m in (0.2, 0.4):
            result.write(np.full_like(bed, depth_m), None, bed, bed)
    return path
