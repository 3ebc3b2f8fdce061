"""Writes a project for QGIS Server over the tests' GeoPackage; a process of its own, so that fixtures need no QGIS.

python make_project.py CITY.gpkg OUT.qgs
"""

from __future__ import annotations

import os
import sys

from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer


def main(source: str, target: str) -> None:
    """Publish wells, pipes and plots as WMS and WFS."""
    application = QgsApplication([], False)
    application.initQgis()
    project = QgsProject.instance()
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    project.setTitle("Made city 城")
    ids = []
    for table in ("wells", "pipes", "plots"):
        layer = QgsVectorLayer(f"{source}|layername={table}", table, "ogr")
        assert layer.isValid(), table
        layer.serverProperties().setShortName(table)
        layer.serverProperties().setTitle(f"{table} 演示")
        project.addMapLayer(layer)
        ids.append(layer.id())
    project.writeEntry("WMSServiceCapabilities", "/", True)
    project.writeEntry("WMSServiceTitle", "/", "Made city 城")
    project.writeEntry("WFSLayers", "/", ids)
    project.writeEntry("WMSCrsList", "/", ["EPSG:4326", "EPSG:4490", "EPSG:4547", "EPSG:3857"])
    for identifier in ids:
        project.writeEntry("WFSLayersPrecision", f"/{identifier}", 8)
    assert project.write(target), project.error()
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
