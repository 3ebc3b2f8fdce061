"""Renders closed shells in QGIS 3D: a row of models, each at LoD 1.2, 1.3 and 2.2, beside the faces of its elements.

Needs a screen: xvfb-run -a tools/env.sh python tools/picture_shells.py OUT.png MODEL …   (QT_QPA_PLATFORM=xcb)

Every picture is a scene of its own on a flat terrain, since QGIS's scene crashes when it is captured without one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from qgis._3d import Qgs3D, Qgs3DMapSettings, QgsCameraPose, QgsDirectionalLightSettings, QgsLayoutItem3DMap
from qgis.core import (
    QgsApplication,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVector3D,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tools.picture_3d import on_terrain
from twin_plugin.bridge.kernel import styles
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

CELL_MM, DPI = (62.0, 48.0), 150
DETAILS = (("lod12", "LoD 1.2"), ("lod13", "LoD 1.3"), ("lod22", "LoD 2.2"), ("shell", "elements"))


def solids(model: Path, detail: str, out: Path) -> QgsVectorLayer:
    """The solids of a model, placed at zero of a metric CRS where it has no place."""
    places = out / "places.csv"
    places.write_text(f"path,x,y,z,bearing_deg,crs\n{model},500000,2490000,0,0,EPSG:4547\n", encoding="utf-8")
    path = out / f"{model.stem}-{detail}.gpkg"
    outputs = [f"--{name}=TEMPORARY_OUTPUT" for name in ("BUILDINGS", "REPORT")]
    command = ["qgis_process", "run", "twin:loadbim", f"--MODELS={model}", f"--LOD={detail}", "--CRS=EPSG:4547"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command += [f"--PLACEMENTS={places}", f"--SOLIDS={path}", *outputs]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    layer = QgsVectorLayer(str(path), detail, "ogr")
    styles.apply(layer, "solid")
    return layer


def scene(layer: QgsVectorLayer, out: Path) -> tuple[Qgs3DMapSettings, float]:
    """A layer of solids on flat ground at the floor of its shells; how far it reaches."""
    extent = layer.extent()
    centre, reach = extent.center(), max(extent.width(), extent.height())
    ground = out / f"{layer.name()}.tif"
    if not ground.exists():
        cells = np.full((64, 64), -0.02, np.float32)
        write_grid(Grid(cells, centre.x() - 4 * reach, centre.y() + 4 * reach, reach / 8, "EPSG:4547"), ground)
    terrain = QgsRasterLayer(str(ground), "terrain")
    QgsProject.instance().addMapLayers([layer, terrain], False)
    settings = on_terrain(terrain)
    settings.setCrs(terrain.crs())
    settings.setExtent(QgsRectangle.fromCenterAndSize(centre, 6 * reach, 6 * reach))
    settings.setOrigin(QgsVector3D(centre.x(), centre.y(), 0))
    settings.setTransformContext(QgsProject.instance().transformContext())
    settings.setLayers([layer])
    settings.setBackgroundColor(QColor("#eef2f5"))
    settings.setTerrainShadingEnabled(False)
    light = QgsDirectionalLightSettings()
    light.setDirection(QgsVector3D(0.5, -1.0, -0.4))
    light.setIntensity(0.62)
    settings.setLightSources([light])
    return settings, reach


def main(out: Path, models: list[Path]) -> None:
    """Render a row for each model through a print layout."""
    layout = QgsPrintLayout(QgsProject.instance())
    layout.initializeDefaults()
    width, height = CELL_MM
    with tempfile.TemporaryDirectory() as name:
        for row, model in enumerate(models):
            folder = Path(name) / str(row)
            folder.mkdir()
            for column, (detail, title) in enumerate(DETAILS):
                settings, reach = scene(solids(model, detail, folder), folder)
                item = QgsLayoutItem3DMap(layout)
                item.attemptMove(QgsLayoutPoint(column * width, row * height))
                item.attemptResize(QgsLayoutSize(*CELL_MM))
                item.setMapSettings(settings)
                pose = QgsCameraPose()
                pose.setCenterPoint(QgsVector3D(0, 0, 2))
                pose.setDistanceFromCenterPoint(8 + 1.25 * reach)
                pose.setPitchAngle(58.0)
                pose.setHeadingAngle(325.0)
                item.setCameraPose(pose)
                layout.addLayoutItem(item)
                text = QgsLayoutItemLabel(layout)
                text.setText(f"{model.stem.split('-')[1]}: {title}")
                text.attemptMove(QgsLayoutPoint(column * width + 2, (row + 1) * height - 7))
                text.attemptResize(QgsLayoutSize(width - 4, 6))
                layout.addLayoutItem(text)
        size = QgsLayoutSize(width * len(DETAILS), height * len(models))
        layout.pageCollection().page(0).setPageSize(size)
        options = QgsLayoutExporter.ImageExportSettings()
        options.dpi = DPI
        result = QgsLayoutExporter(layout).exportToImage(str(out), options)
    if result != QgsLayoutExporter.ExportResult.Success or not out.exists():
        raise SystemExit(f"the picture was not made: {result}")


if __name__ == "__main__":
    application = QgsApplication([], True)
    application.initQgis()
    Qgs3D.initialize()
    main(Path(sys.argv[1]), [Path(path) for path in sys.argv[2:]])
    sys.stdout.flush()
    os._exit(0)
