"""Renders the demo district in QGIS 3D: its solids in the colours of their risk on the terrain, with the water draped.

Needs a screen: xvfb-run -a tools/env.sh python tools/picture_3d.py FOLDER_OF_THE_DEMO OUT.png   (QT_QPA_PLATFORM=xcb)

Without a terrain QGIS's scene has nothing to wait for and crashes when it is captured: the terrain is the demo's own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from qgis._3d import (
    Qgs3D,
    Qgs3DMapSettings,
    QgsCameraPose,
    QgsDirectionalLightSettings,
    QgsLayoutItem3DMap,
    QgsPhongMaterialSettings,
    QgsPolygon3DSymbol,
    QgsRuleBased3DRenderer,
)
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsFeature,
    QgsField,
    QgsLayoutExporter,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsReadWriteContext,
    QgsRectangle,
    QgsVector3D,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QMetaType
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from twin_plugin.bridge.kernel import styles
from twin_plugin.bridge.kernel.map_classes import classes as map_classes

SIZE_MM, DPI = (180.0, 90.0), 150
REACH_M = 320.0
"""Half the side of what is shown."""
UNKNOWN = "#d9d4ca"


def solids(demo: Path) -> Path:
    """The faces of the shells of the demo's models, read once."""
    path = demo / "results" / "solids.gpkg"
    if not path.exists():
        outputs = [f"--{name}=TEMPORARY_OUTPUT" for name in ("BUILDINGS", "STOREYS", "OPENINGS", "REPORT")]
        folder = f"--FOLDER={demo / 'district' / 'models'}"
        command = ["qgis_process", "run", "twin:loadbim", folder, "--LOD=shell", *outputs, f"--SOLIDS={path}"]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    return path


def with_risk(source: QgsVectorLayer, risk: QgsVectorLayer) -> QgsVectorLayer:
    """The solids with the class of risk of their buildings, drawn in its colour."""
    classes = {str(item["id"]): item["risk_class"] for item in risk.getFeatures()}
    layer = QgsVectorLayer(f"MultiPolygonZ?crs={source.crs().authid()}", "solids", "memory")
    layer.dataProvider().addAttributes([QgsField("risk_class", QMetaType.Type.Int)])
    layer.updateFields()
    features = []
    for item in source.getFeatures():
        feature = QgsFeature(layer.fields())
        feature.setGeometry(item.geometry())
        feature["risk_class"] = classes.get(str(item["id"]))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    root = QgsRuleBased3DRenderer.Rule(None)
    for item in map_classes("building_risk"):
        root.appendChild(QgsRuleBased3DRenderer.Rule(body(item.colour), f'"risk_class" = {int(item.lower)}'))
    root.appendChild(QgsRuleBased3DRenderer.Rule(body(UNKNOWN), '"risk_class" is null'))
    renderer = QgsRuleBased3DRenderer(root)
    renderer.setLayer(layer)
    layer.setRenderer3D(renderer)
    return layer


def body(colour: str) -> QgsPolygon3DSymbol:
    """Faces at their own elevations, in one colour with dark edges."""
    material = QgsPhongMaterialSettings()
    material.setDiffuse(QColor(colour))
    material.setAmbient(QColor(colour).darker(170))
    material.setSpecular(QColor("#101010"))
    material.setShininess(0.0)
    symbol = QgsPolygon3DSymbol()
    symbol.setMaterialSettings(material)
    symbol.setAltitudeClamping(Qgis.AltitudeClamping.Absolute)
    symbol.setEdgesEnabled(True)
    symbol.setEdgeColor(QColor("#3a3630"))
    symbol.setEdgeWidth(1.0)
    return symbol


def scene(demo: Path) -> Qgs3DMapSettings:
    """What is shown: solids on the demo's terrain, with roads and the greatest depths draped over it."""
    project = QgsProject.instance()
    results = demo / "results"
    terrain = QgsRasterLayer(str(demo / "district" / "dtm.tif"), "terrain")
    depth = QgsRasterLayer(str(results / "depth_max.tif"), "depth")
    roads = QgsVectorLayer(f"{demo / 'district' / 'district.gpkg'}|layername=roads", "roads", "ogr")
    risk = QgsVectorLayer(str(results / "building_risk.gpkg"), "risk", "ogr")
    bodies = with_risk(QgsVectorLayer(str(solids(demo)), "solids", "ogr"), risk)
    for layer, style in ((terrain, "terrain"), (depth, "flood_depth"), (roads, "roads")):
        styles.apply(layer, style)
    roads.setLabelsEnabled(False)
    layers = [bodies, depth, roads, terrain]
    project.addMapLayers(layers)
    project.setCrs(terrain.crs())
    centre = risk.extent().center()
    extent = QgsRectangle(centre.x() - REACH_M, centre.y() - REACH_M, centre.x() + REACH_M, centre.y() + REACH_M)
    settings = on_terrain(terrain)
    settings.setCrs(terrain.crs())
    settings.setExtent(extent)
    settings.setOrigin(QgsVector3D(centre.x(), centre.y(), 0))
    settings.setTransformContext(project.transformContext())
    settings.setPathResolver(project.pathResolver())
    settings.setMapThemeCollection(project.mapThemeCollection())
    settings.setLayers(layers)
    settings.setBackgroundColor(QColor("#eef2f5"))
    settings.setTerrainShadingEnabled(False)
    light = QgsDirectionalLightSettings()
    light.setDirection(QgsVector3D(0.5, -1.0, -0.4))
    light.setIntensity(0.62)
    settings.setLightSources([light])
    return settings


def on_terrain(terrain: QgsRasterLayer) -> Qgs3DMapSettings:
    """An empty scene on a terrain: QGIS 3.40 gives Python no generator of one, but reads it from XML."""
    document = QDomDocument("qgis3d")
    root, ground = document.createElement("qgis3d"), document.createElement("terrain")
    crs, generator = document.createElement("crs"), document.createElement("generator")
    terrain.crs().writeXml(crs, document)
    for name, value in (("type", "dem"), ("layer", terrain.id()), ("resolution", "16"), ("skirt-height", "10")):
        generator.setAttribute(name, value)
    ground.appendChild(generator)
    root.appendChild(crs)
    root.appendChild(ground)
    settings = Qgs3DMapSettings()
    settings.readXml(root, QgsReadWriteContext())
    settings.resolveReferences(QgsProject.instance())
    return settings


def main(demo: Path, out: Path) -> None:
    """Render it through a print layout."""
    settings = scene(demo)
    layout = QgsPrintLayout(QgsProject.instance())
    layout.initializeDefaults()
    item = QgsLayoutItem3DMap(layout)
    item.attemptMove(QgsLayoutPoint(0, 0))
    item.attemptResize(QgsLayoutSize(*SIZE_MM))
    item.setMapSettings(settings)
    pose = QgsCameraPose()
    pose.setCenterPoint(QgsVector3D(10, 0, 40))
    pose.setDistanceFromCenterPoint(500.0)
    pose.setPitchAngle(56.0)
    pose.setHeadingAngle(330.0)
    item.setCameraPose(pose)
    layout.addLayoutItem(item)
    page = layout.pageCollection().page(0)
    page.setPageSize(QgsLayoutSize(*SIZE_MM))
    options = QgsLayoutExporter.ImageExportSettings()
    options.dpi = DPI
    result = QgsLayoutExporter(layout).exportToImage(str(out), options)
    if result != QgsLayoutExporter.ExportResult.Success or not out.exists():
        raise SystemExit(f"the picture was not made: {result}")


if __name__ == "__main__":
    application = QgsApplication([], True)
    application.initQgis()
    Qgs3D.initialize()
    main(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.flush()
    os._exit(0)
