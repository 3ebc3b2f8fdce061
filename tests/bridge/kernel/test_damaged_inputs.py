"""Damaged inputs are refused with a sentence where their format shows the damage."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal, ogr, osr
from qgis.core import QgsProcessingFeedback, QgsRasterLayer, QgsVectorLayer

from twin_plugin.bridge.kernel.raster_kinds import require_terrain
from twin_plugin.bridge.kernel.rasters import read_cells, read_grid, write_grid
from twin_plugin.bridge.kernel.vectors import read_table
from twin_plugin.core.common.cells import Cells
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid

ROWS = 3000
OTHER_CELLS = Cells(500_001.0, 2_499_999.0, 3.0, 3.0, 190, 190)


def noisy(size=300):
    values = np.random.default_rng(1).uniform(0, 50, (size, size)).astype(np.float32)
    return Grid(values, 500_000.0, 2_500_000.0, 2.0, "EPSG:4547")


@pytest.fixture(params=["DEFLATE", "LZW", "NONE"])
def raster(qgis_app, tmp_path, request):
    """A function from the content of a GeoTIFF of a compression, changed by a function, to its layer."""
    plain, path = tmp_path / "plain.tif", tmp_path / "dtm.tif"
    write_grid(noisy(), plain)
    gdal.Translate(str(path), str(plain), creationOptions=[f"COMPRESS={request.param}", "TILED=YES"])

    def layer(change=lambda content: content):
        path.write_bytes(change(path.read_bytes()))
        return QgsRasterLayer(str(path), "the terrain")

    return layer


def half(content):
    return content[: len(content) // 2]


@pytest.mark.parametrize("read", [read_grid, lambda layer: read_cells(layer, OTHER_CELLS, "EPSG:4547")])
def test_a_geotiff_whose_end_is_missing(raster, read):
    read(raster())
    with pytest.raises(InputError, match=r"'the terrain' cannot be .*damaged.*opy or export it again"):
        read(raster(half))


def test_a_damaged_terrain_is_not_taken_for_an_empty_one(raster):
    require_terrain(raster())
    with pytest.raises(InputError, match=r"'the terrain' cannot be read: the file seems damaged"):
        require_terrain(raster(half))


def test_a_terrain_without_any_value_is_still_called_so(qgis_app, tmp_path):
    grid = noisy(8)
    write_grid(
        Grid(np.full_like(grid.values, np.nan), grid.west, grid.north, grid.cell_m, grid.crs), tmp_path / "a.tif"
    )
    with pytest.raises(InputError, match="all its cells have no data"):
        require_terrain(QgsRasterLayer(str(tmp_path / "a.tif"), "a"))


def test_a_geopackage_that_ends_in_the_middle_of_a_layer(qgis_app, tmp_path):
    path = tmp_path / "points.gpkg"
    dataset = gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4547)
    layer = dataset.CreateLayer("points", reference, ogr.wkbPoint, ["SPATIAL_INDEX=NO"])
    layer.CreateField(ogr.FieldDefn("name", ogr.OFTString))
    layer.StartTransaction()
    for number in range(ROWS):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField(0, f"a name of row {number}")
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT({number} {number})"))
        layer.CreateFeature(feature)
    layer.CommitTransaction()
    layer = dataset = None
    source = QgsVectorLayer(f"{path}|layername=points", "the points", "ogr")
    assert len(read_table(source, QgsProcessingFeedback())) == ROWS
    del source
    content = bytearray(path.read_bytes())
    page = content.index(b"a name of row 2000") // 4096
    content[page * 4096 : page * 4096 + 8] = bytes(8)
    path.write_bytes(content)
    source = QgsVectorLayer(f"{path}|layername=points", "the points", "ogr")
    assert 0 < sum(1 for _ in source.getFeatures()) < ROWS, "QGIS itself ends without a word"
    with pytest.raises(InputError, match=r"cannot be read to its end \(.*malformed\).*Copy or export it again"):
        read_table(source, QgsProcessingFeedback())
