"""WMTS and WCS against real servers: tiles of QGIS Server, and a coverage of MapServer."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from osgeo import gdal, osr

from tests.core.services.loopback import Wire
from tests.servers.dataset import EAST, NORTH, SOUTH, WEST
from tools.servers import maps
from tools.servers.process import Unavailable
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.services import registry
from twin_plugin.core.services.adapter import Query
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.protocols.wmts import filled
from twin_plugin.core.services.record import Health
from twin_plugin.core.web.fetch import Request, WebError

PROJECT = """
import os, sys
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
project = QgsProject.instance()
project.setCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
layer = QgsVectorLayer(sys.argv[1] + "|layername=plots", "plots", "ogr")
layer.serverProperties().setShortName("plots")
layer.serverProperties().setTitle("plots 演示")
project.addMapLayer(layer)
project.writeEntry("WMTSLayers", "Layer", [layer.id()])
project.writeEntry("WMTSPngLayers", "Layer", [layer.id()])
project.writeEntry("WMSCrsList", "/", ["EPSG:3857", "EPSG:4326", "EPSG:4490"])
assert project.write(sys.argv[2])
os._exit(0)
"""


@pytest.fixture
def wire():
    return Wire()


@pytest.fixture(scope="module")
def tiles(city, tmp_path_factory):
    """QGIS Server with tiles of the plots."""
    project = tmp_path_factory.mktemp("tiles") / "tiles.qgs"
    try:
        maps.program(maps.QGIS_SERVER, package="qgis-server")
        made = [sys.executable, "-c", PROJECT, city.path, project]
        subprocess.run(made, check=True, timeout=120, capture_output=True)
        with maps.qgis_server(project) as url:
            yield url
    except Unavailable as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def coverage(tmp_path_factory):
    """MapServer with a terrain of 60 by 60 cells in EPSG:4547; its address."""
    folder = tmp_path_factory.mktemp("terrain 地形")
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4547)
    raster = gdal.GetDriverByName("GTiff").Create(str(folder / "dtm.tif"), 60, 60, 1, gdal.GDT_Float32)
    raster.SetProjection(reference.ExportToWkt())
    raster.SetGeoTransform((492000.0, 10.0, 0, 2488600.0, 0, -10.0))
    raster.GetRasterBand(1).Fill(3.5)
    del raster
    path = folder / "terrain.map"
    path.write_text(
        f"""MAP
  NAME "terrain"
  EXTENT {WEST} {SOUTH} {EAST} {NORTH}
  SIZE 100 100
  PROJECTION "init=epsg:4326" END
  WEB METADATA
    "ows_title" "Terrain 地形" "ows_encoding" "UTF-8" "ows_enable_request" "*" "ows_srs" "EPSG:4326 EPSG:4547"
    "wcs_label" "Terrain"
  END END
  OUTPUTFORMAT NAME "GTiff" DRIVER "GDAL/GTiff" MIMETYPE "image/tiff" IMAGEMODE FLOAT32 EXTENSION "tif" END
  LAYER
    NAME "dtm" TYPE RASTER STATUS ON DATA "{folder / "dtm.tif"}"
    PROJECTION "init=epsg:4547" END
    METADATA
      "ows_title" "地形 DTM" "wcs_label" "地形 DTM" "wcs_rangeset_name" "height"
      "wcs_extent" "492000 2488000 492600 2488600"
      "wcs_resolution" "10 10" "wcs_size" "60 60" "wcs_bandcount" "1" "wcs_formats" "GTiff" "wcs_nativeformat" "GTiff"
    END
  END
END
""",
        "utf-8",
    )
    try:
        with maps.mapserver(path) as url:
            yield url
    except Unavailable as missing:
        pytest.skip(str(missing))


def go_on(*_):
    return True


def test_tiles_of_qgis_server(wire, tiles):
    found = list(registry.harvest(ServiceProtocol.WMTS)(tiles, "", wire, go_on))
    assert [record.layer for record in found] == ["plots"]
    record = found[0]
    assert "EPSG:3857" in record.crs
    assert 113.9 < record.box.west < record.box.east < 114
    adapter = registry.adapter(ServiceProtocol.WMTS)
    state = adapter.probe(record, wire)
    assert state.health in (Health.ALIVE, Health.SLOW), state.reason
    described = adapter.describe(record, wire)
    assert not described.queryable
    assert described.extra["format"] == "image/png"
    assert adapter.probe(replace(record, layer="gone"), wire).health is Health.DEAD
    with pytest.raises(WebError, match="harvest the service again"):
        adapter.describe(replace(record, layer="gone"), wire)
    with pytest.raises(InputError, match="pictures"):
        adapter.query(record, Query(), wire)


def test_tiles_that_are_xyz_s_have_an_xyz_address(wire, tiles):
    """The tile over the middle of the plots holds a picture, the same as the tile's own address gives."""
    record = next(registry.harvest(ServiceProtocol.WMTS)(tiles, "", wire, go_on))
    described = registry.adapter(ServiceProtocol.WMTS).describe(record, wire)
    template = described.extra["xyz"]
    zoom = 12
    x = int((113.95 + 180) / 360 * 2**zoom)
    y = int((1 - np.arcsinh(np.tan(np.radians(22.51))) / np.pi) / 2 * 2**zoom)
    picture = wire(Request(filled(template, {"z": str(zoom), "x": str(x), "y": str(y)})))
    assert picture.content_type.startswith("image/png")
    assert len(picture.body) > 1000, "it is not empty"
    away = wire(Request(filled(template, {"z": str(zoom), "x": str(x + 20), "y": str(y)})))
    assert len(away.body) < len(picture.body)


def test_a_coverage(wire, coverage):
    found = list(registry.harvest(ServiceProtocol.WCS)(coverage, "", wire, go_on))
    assert [record.layer for record in found] == ["dtm"]
    record = found[0]
    adapter = registry.adapter(ServiceProtocol.WCS)
    state = adapter.probe(record, wire)
    assert state.health in (Health.ALIVE, Health.SLOW), state.reason
    described = adapter.describe(record, wire)
    assert described.box.west == pytest.approx(113.9222, abs=1e-3)
    assert described.box.north == pytest.approx(22.4948, abs=1e-3)
    assert "EPSG:4547" in described.crs
    assert described.extra["native_crs"] == "EPSG:4547"
    assert len(described.fields) == 1
    assert not described.queryable
    assert adapter.probe(replace(record, layer="gone"), wire).health is Health.DEAD
    with pytest.raises(InputError, match="grid"):
        adapter.query(record, Query(), wire)


@pytest.mark.parametrize("version", ["2.0.1", "1.1.1", "1.0.0"])
def test_a_coverage_in_every_version(wire, coverage, version, monkeypatch):
    from twin_plugin.core.services.protocols import wcs

    monkeypatch.setattr(wcs, "VERSIONS", (version,))
    monkeypatch.setattr(wcs, "LAYER_KEYS", {version: wcs.LAYER_KEYS[version]})
    record = next(iter(wcs.harvest(coverage, "", wire, go_on)))
    assert record.layer == "dtm"
    own = replace(record, title="", box=None) if version != "2.0.1" else record  # 2.0.1 describes neither.
    found = wcs.Wcs().describe(own, wire)
    assert found.extra["version"] == version
    assert found.title
    assert found.box.west == pytest.approx(113.9222, abs=1e-3)
    assert found.box.north == pytest.approx(22.4948, abs=1e-3)
