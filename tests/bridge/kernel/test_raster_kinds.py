"""What a raster is: terrains pass, and what only looks like one is refused with the reason and the cure."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import QgsRasterLayer

from twin_plugin.bridge.kernel import raster_kinds
from twin_plugin.core.common.errors import InputError

HEIGHTS = np.array([[3, 4, 5], [6, 7, 8]], np.float32)


@pytest.fixture
def raster(qgis_app, tmp_path):
    """A function from values, a GDAL type and what else GDAL can say of a raster to a layer called 'Valley 谷'."""

    def make(values=HEIGHTS, kind=gdal.GDT_Float32, *, bands=1, colours=(), scale=None, item="", title="", change=None):
        path = str(tmp_path / "valley.tif")
        rows, columns = np.shape(values)
        dataset = gdal.GetDriverByName("GTiff").Create(path, columns, rows, bands, kind)
        dataset.SetGeoTransform((500_000, 2, 0, 2_490_000, 0, -2))
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(4547)
        dataset.SetProjection(reference.ExportToWkt())
        for number in range(bands):
            dataset.GetRasterBand(number + 1).WriteArray(np.asarray(values))
            if colours:
                dataset.GetRasterBand(number + 1).SetColorInterpretation(colours[number])
        band = dataset.GetRasterBand(1)
        band.SetDescription(title)
        if scale is not None:
            band.SetScale(scale)
        if item:
            dataset.SetMetadataItem("CITY_TWIN_OUTPUT", item)
        if change is not None:
            change(band)
        del band, dataset
        return QgsRasterLayer(path, "Valley 谷")

    return make


def colour_table(band):
    table = gdal.ColorTable()
    table.SetColorEntry(3, (0, 100, 0, 255))
    band.SetColorTable(table)


RGB = (gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand)
WRONG = {
    "arrival": ({"item": "ARRIVAL"}, "output ARRIVAL of City Twin"),
    "roughness": ({"item": "ROUGHNESS"}, "output ROUGHNESS of City Twin"),
    "older depth": ({"title": "Maximum depth"}, "output DEPTH_MAX of City Twin"),
    "older level": ({"title": "Maximum water level"}, "output LEVEL_MAX of City Twin"),
    "older velocity": ({"title": "Maximum velocity"}, "output VELOCITY_MAX of City Twin"),
    "older hazard": ({"title": "Hazard, AIDR class H1 to H6"}, "output HAZARD of City Twin"),
    "older arrival": ({"title": "First arrival"}, "output ARRIVAL of City Twin"),
    "older duration": ({"title": "Time under water"}, "output DURATION_WET of City Twin"),
    "bytes": ({"kind": gdal.GDT_Byte}, "bytes.*Float32"),
    "picture": ({"kind": gdal.GDT_UInt16, "bands": 3, "colours": RGB}, "picture"),
    "coloured classes": ({"kind": gdal.GDT_UInt16, "change": colour_table}, "classes"),
    "named classes": ({"kind": gdal.GDT_Int16, "change": lambda band: band.SetCategoryNames(["a", "b"])}, "classes"),
    "complex": ({"kind": gdal.GDT_CFloat32}, "complex"),
    "nothing but NaN": ({"values": HEIGHTS * np.nan}, "all its cells have no data"),
    "nothing but no data": (
        {"values": HEIGHTS * 0 - 1, "change": lambda band: band.SetNoDataValue(-1)},
        "no data",
    ),
    "a hole of -9999": ({"values": np.where(HEIGHTS == 7, -9999, HEIGHTS)}, "-9999 to 8.*no data value"),
    "deeper than any land": ({"values": HEIGHTS - 504}, "-501 to -496"),
    "higher than any land": ({"values": HEIGHTS + 8993}, "8996 to 9001"),
    "higher when scaled": ({"scale": 2000.0}, "6000 to 16000"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_terrain_is_refused_with_layer_reason_and_cure(raster, case):
    what, words = WRONG[case]
    with pytest.raises(InputError, match=f"(?s)^The raster 'Valley 谷' is no terrain.*{words}"):
        raster_kinds.require_terrain(raster(**what))


@pytest.mark.parametrize(
    "what",
    [
        {},
        {"item": "DTM", "title": "Synthetic terrain"},
        {"kind": gdal.GDT_Int16},
        {"kind": gdal.GDT_UInt16},
        {"kind": gdal.GDT_Float64},
        {"kind": gdal.GDT_Byte, "scale": 0.5},
        {"bands": 3},
        {"values": HEIGHTS - 503},  # -500 m is the lowest
        {"values": HEIGHTS + 8992},  # 9000 m is the highest
        {"values": HEIGHTS * 0 + 3},  # an even pond is a common exercise
    ],
    ids=str,
)
def test_heights_pass(raster, what):
    layer = raster(**what)
    raster_kinds.require_terrain(layer)
    assert raster_kinds.may_be_terrain(layer)


def test_looking_at_a_raster_writes_nothing_beside_it(raster, tmp_path):
    layer = raster()
    for path in tmp_path.glob("*.aux.xml"):  # QGIS's own
        path.unlink()
    raster_kinds.require_terrain(layer)
    raster_kinds.depth_warning(layer, raster_kinds.require_water(layer, "DEPTH", "DEPTH_MAX"), False)
    assert [path.name for path in tmp_path.iterdir()] == ["valley.tif"]


def test_a_list_looks_at_headers_only_and_again_after_a_change(raster):
    assert raster_kinds.may_be_terrain(raster(values=HEIGHTS * np.nan))
    assert not raster_kinds.may_be_terrain(raster(kind=gdal.GDT_Byte))
    assert not raster_kinds.may_be_terrain(raster(item="HAZARD"))
    assert raster_kinds.may_be_terrain(raster())
    assert not raster_kinds.may_be_terrain(QgsRasterLayer("/nowhere.tif", "gone"))


def test_one_output_is_not_taken_for_another(raster):
    raster_kinds.require_output(raster(), "DEPTH", "DEPTH_MAX")
    raster_kinds.require_output(raster(item="DEPTH_MAX"), "DEPTH", "DEPTH_MAX")
    for item in ("DTM", "LEVEL_MAX"):
        with pytest.raises(
            InputError, match=f"'Valley 谷' cannot be used for DEPTH: it is the output {item} .*DEPTH_MAX"
        ):
            raster_kinds.require_output(raster(item=item), "DEPTH", "DEPTH_MAX")


@pytest.mark.parametrize(
    ("low", "high", "warned"),
    [(0, 3, False), (1, 50, False), (1.5, 3, True), (0, 51, True), (-0.5, 3, True), (np.nan, np.nan, False)],
)
def test_depths_like_heights_get_a_warning(raster, low, high, warned):
    extremes = None if np.isnan(low) else (low, high)
    warning = raster_kinds.depth_warning(raster(np.array([[low, high]], np.float32)), extremes, False)
    assert (warning is not None) == warned
    assert warning is None or f"go from {low:g} m to {high:g} m" in warning
