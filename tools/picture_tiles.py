"""Renders 3D Tiles in QGIS: in 3D on a terrain, and in 2D; what a user sees who opens tileset.json.

Needs a screen: xvfb-run -a tools/env.sh python tools/picture_tiles.py FOLDER TERRAIN OFFSET_M OUT_3D.png [OUT_2D.png]

OFFSET_M is the height of the zero of elevations above the ellipsoid, which QGIS takes off again (QT_QPA_PLATFORM=xcb).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from qgis._3d import Qgs3D, QgsCameraPose, QgsDirectionalLightSettings, QgsLayoutItem3DMap, QgsTiledSceneLayer3DRenderer
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLayoutExporter,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsTiledSceneLayer,
    QgsVector3D,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tools.picture_3d import DPI, SIZE_MM, on_terrain
from twin_plugin.bridge.kernel import styles

LIGHTS = ((0.5, 0.6, -1.0, 3.0), (-0.8, 0.5, -0.3, 1.0), (0.2, -0.9, -0.3, 0.6))
"""Where the light of the sun, of the sky and of the ground goes to, and their intensity: materials of glTF are lit by
lights only, a third as bright as those of QGIS's own symbols, and black where none falls on them."""


def light(east: float, north: float, up: float, intensity: float) -> QgsDirectionalLightSettings:
    """A light from far away."""
    made = QgsDirectionalLightSettings()
    made.setDirection(QgsVector3D(east, up, -north))  # the scene of QGIS 3.40 has y up
    made.setIntensity(intensity)
    return made


def layers(folder: Path, terrain_path: Path, offset_m: float) -> tuple[QgsTiledSceneLayer, QgsRasterLayer]:
    """The tiles, at the elevations of the terrain, and the terrain."""
    tiles = QgsTiledSceneLayer(f"url=file://{folder.resolve()}/tileset.json", "tiles", "cesiumtiles")
    if not tiles.isValid():
        raise SystemExit("the tileset cannot be opened")
    tiles.elevationProperties().setZOffset(-offset_m)
    renderer = QgsTiledSceneLayer3DRenderer()
    renderer.setMaximumScreenError(float(os.environ.get("SCREEN_ERROR", "4")))
    tiles.setRenderer3D(renderer)
    terrain = QgsRasterLayer(str(terrain_path), "terrain")
    styles.apply(terrain, "terrain")
    QgsProject.instance().addMapLayers([tiles, terrain])
    QgsProject.instance().setCrs(terrain.crs())
    return tiles, terrain


def extent(tiles: QgsTiledSceneLayer, crs: QgsCoordinateReferenceSystem) -> QgsRectangle:
    """The extent of the tiles in another CRS."""
    return QgsCoordinateTransform(tiles.crs(), crs, QgsProject.instance()).transformBoundingBox(tiles.extent())


def picture_3d(tiles: QgsTiledSceneLayer, terrain: QgsRasterLayer, out: Path) -> None:
    """Seen from the south-east, lit from the south-west."""
    box = extent(tiles, terrain.crs())
    reach = min(box.width(), box.height()) / 2
    centre = box.center()
    settings = on_terrain(terrain)
    settings.setCrs(terrain.crs())
    settings.setExtent(box.buffered(50))
    settings.setOrigin(QgsVector3D(centre.x(), centre.y(), 0))
    settings.setTransformContext(QgsProject.instance().transformContext())
    settings.setPathResolver(QgsProject.instance().pathResolver())
    settings.setMapThemeCollection(QgsProject.instance().mapThemeCollection())
    settings.setLayers([tiles, terrain])
    settings.setBackgroundColor(QColor("#eef2f5"))
    settings.setTerrainShadingEnabled(False)
    settings.setLightSources([light(*one) for one in LIGHTS])
    layout = QgsPrintLayout(QgsProject.instance())
    layout.initializeDefaults()
    item = QgsLayoutItem3DMap(layout)
    item.attemptMove(QgsLayoutPoint(0, 0))
    item.attemptResize(QgsLayoutSize(*SIZE_MM))
    item.setMapSettings(settings)
    pose = QgsCameraPose()
    heights = tiles.dataProvider().zRange()
    middle = heights.lower() + 0.3 * (heights.upper() - heights.lower()) + tiles.elevationProperties().zOffset()
    pose.setCenterPoint(QgsVector3D(0, middle, 0))
    pose.setDistanceFromCenterPoint(float(os.environ.get("DISTANCE", 2.2 * reach)))
    pose.setPitchAngle(56.0)
    pose.setHeadingAngle(330.0)
    item.setCameraPose(pose)
    layout.addLayoutItem(item)
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(*SIZE_MM))
    options = QgsLayoutExporter.ImageExportSettings()
    options.dpi = DPI
    result = QgsLayoutExporter(layout).exportToImage(str(out), options)
    if result != QgsLayoutExporter.ExportResult.Success or not out.exists():
        raise SystemExit(f"the picture was not made: {result}")


def picture_2d(tiles: QgsTiledSceneLayer, terrain: QgsRasterLayer, out: Path) -> None:
    """The map from above."""
    settings = QgsMapSettings()
    settings.setLayers([tiles, terrain])
    settings.setDestinationCrs(terrain.crs())
    settings.setExtent(extent(tiles, terrain.crs()).buffered(30))
    settings.setOutputSize(QSize(1000, 700))
    settings.setOutputDpi(DPI)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(str(out))


if __name__ == "__main__":
    application = QgsApplication([], True)
    application.initQgis()
    Qgs3D.initialize()
    tiles_layer, terrain_layer = layers(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
    if len(sys.argv) > 5:
        picture_2d(tiles_layer, terrain_layer, Path(sys.argv[5]))
    picture_3d(tiles_layer, terrain_layer, Path(sys.argv[4]))
    sys.stdout.flush()
    os._exit(0)
