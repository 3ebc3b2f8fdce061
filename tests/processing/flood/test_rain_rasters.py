"""twin:simulateflood with a series of rain rasters: files, times, units, other CRS, gaps, and what is refused."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import QgsDateTimeRange, QgsProcessingException, QgsRasterLayer
from qgis.PyQt.QtCore import QDateTime, Qt

from tests.listener import Listener
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

pytest.importorskip("numba")

WEST, NORTH, CELL_M, ROWS, COLUMNS = 493_000.0, 2_491_000.0, 5.0, 20, 30
AREA_M2 = ROWS * COLUMNS * CELL_M**2
SIZE = 4  # pixels in a row and in a column, of 50 m: they cover the terrain and more


@pytest.fixture
def flood(run_algorithm, tmp_path):
    """A function from parameters to (SUMMARY, warnings, log) of a run on a slope with closed edges."""
    dtm = tmp_path / "dtm.tif"
    slope = 3 + 0.01 * np.arange(ROWS * COLUMNS, dtype=np.float32).reshape(ROWS, COLUMNS)
    write_grid(Grid(slope, WEST, NORTH, CELL_M, "EPSG:4547"), dtm)
    edges = {f"BOUNDARY_{side}": "closed" for side in ("NORTH", "EAST", "SOUTH", "WEST")}

    def run(**parameters):
        listener = Listener()
        summary = str(tmp_path / "summary.json")
        defaults = {"DTM": str(dtm), "SUMMARY": summary, "SCHEME": "inertial", **edges}
        run_algorithm("twin:simulateflood", defaults | parameters, listener)
        with open(summary, encoding="utf-8") as file:
            return json.load(file), listener.warnings, listener.infos

    return run


@pytest.fixture
def raster(tmp_path):
    """A function that writes bands, each a number or an array, as a raster of 50 m pixels in EPSG:4547."""

    def make(name, bands, *, unit="mm", descriptions=(), no_data=None, west=WEST, epsg=4547, transform=None):
        path = str(tmp_path / name)
        data = gdal.GetDriverByName("GTiff").Create(path, SIZE, SIZE, len(bands), gdal.GDT_Float32)
        data.SetGeoTransform(transform or (west, 50.0, 0.0, NORTH, 0.0, -50.0))
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(epsg)
        data.SetProjection(reference.ExportToWkt())
        for number, values in enumerate(bands, 1):
            band = data.GetRasterBand(number)
            band.WriteArray(np.broadcast_to(np.asarray(values, np.float32), (SIZE, SIZE)).copy())
            band.SetUnitType(unit)
            if descriptions:
                band.SetDescription(descriptions[number - 1])
            if no_data is not None:
                band.SetNoDataValue(no_data)
        del data
        return path

    return make


def over_terrain(image):
    """Mean of an image over the terrain: 2 rows and 3 columns of pixels."""
    return float(np.asarray(image)[:2, :3].mean())


IMAGES = np.random.default_rng(5).uniform(0.0, 9.0, (3, SIZE, SIZE)).astype(np.float32)


def test_a_series_of_files_with_times_in_their_names(flood, raster):
    names = ("雷达 radar_20260601T0810.tif", "radar_20260601T0800.tif", "radar_2026-06-01_08.20.tif")
    files = [raster(name, [image]) for name, image in zip(names, IMAGES, strict=True)]
    summary, warnings, log = flood(RAIN_RASTERS=files, DURATION_MIN=35)
    assert summary["rain_m3"] == pytest.approx(sum(map(over_terrain, IMAGES)) / 1000 * AREA_M2, rel=1e-6)
    assert abs(summary["mass_error"]) < 1e-9
    assert not warnings
    assert any(
        line.startswith("Rain rasters | 3 | 0 | 0 | unit mm; the run starts at 2026-06-01T07:50") for line in log
    )


def test_a_missing_step_is_one_sentence_and_loses_nothing(flood, raster):
    files = [raster(f"r_20260601T{time}.tif", [i]) for time, i in zip(("0800", "0810", "0830"), IMAGES, strict=True)]
    summary, warnings, log = flood(RAIN_RASTERS=files)
    assert len(warnings) == 1
    assert "has 1 gaps, of 10 min in all, the first from 2026-06-01T08:10 to 2026-06-01T08:20" in warnings[0]
    means = [over_terrain(image) for image in IMAGES]
    assert summary["rain_mm"] == pytest.approx(sum(means) + (means[1] + means[2]) / 2, rel=1e-6)
    assert any(line.startswith("Rain rasters | 3 | 0 | 1") for line in log)


def test_bands_without_times_follow_each_other(flood, raster):
    summary, warnings, _ = flood(RAIN_RASTERS=[raster("bands.tif", IMAGES)], RAIN_RASTER_STEP_MIN=10, DURATION_MIN=40)
    assert summary["rain_mm"] == pytest.approx(sum(map(over_terrain, IMAGES)), rel=1e-6)
    assert len(warnings) == 1
    assert "follow each other" in warnings[0]


def test_bands_named_by_minutes_and_an_intensity(flood, raster):
    path = raster("bands.tif", IMAGES, unit="mm/h", descriptions=("10 min", "20 min", "30 min"))
    summary, _, _ = flood(RAIN_RASTERS=[path])
    assert summary["rain_mm"] == pytest.approx(sum(map(over_terrain, IMAGES)) / 6, rel=1e-6)
    assert summary["duration_min"] == 90.0


def test_temporal_properties_of_layers(flood, raster):
    layers = []
    for number, image in enumerate(IMAGES):
        layer = QgsRasterLayer(raster(f"part {number + 1}.tif", [image]), f"part {number + 1}")
        begin = QDateTime.fromString(f"2026-06-01T08:{10 * number:02d}:00Z", Qt.DateFormat.ISODate)
        properties = layer.temporalProperties()
        properties.setIsActive(True)
        properties.setFixedTemporalRange(QgsDateTimeRange(begin, begin.addSecs(600)))
        layers.append(layer)
    summary, warnings, _ = flood(RAIN_RASTERS=layers, DURATION_MIN=40)
    assert summary["rain_mm"] == pytest.approx(sum(map(over_terrain, IMAGES)), rel=1e-6)
    assert not warnings


def test_a_netcdf_of_a_radar_with_a_time_axis(flood, tmp_path, raster):
    source = gdal.Open(raster("source.tif", IMAGES, unit="kg m-2 s-1"))
    memory = gdal.GetDriverByName("MEM").CreateCopy("", source)
    memory.SetMetadata({
        "NETCDF_DIM_EXTRA": "{time}", "NETCDF_DIM_time_DEF": "{3,6}", "NETCDF_DIM_time_VALUES": "{0,1,2}",
        "time#units": "hours since 2026-06-01 00:00:00", "time#standard_name": "time",
    })  # fmt: skip
    for number in range(3):
        band = memory.GetRasterBand(number + 1)
        band.WriteArray(IMAGES[number] / 3600.0)
        band.SetMetadata({"NETCDF_DIM_time": str(number), "NETCDF_VARNAME": "rain", "units": "kg m-2 s-1"})
    path = str(tmp_path / "radar.nc")
    assert gdal.GetDriverByName("netCDF").CreateCopy(path, memory) is not None
    summary, warnings, log = flood(RAIN_RASTERS=[path], RAIN_RASTER_TIME="start", RAIN_START="2026-06-01T00:30Z")
    means = [over_terrain(image) for image in IMAGES]
    assert summary["rain_mm"] == pytest.approx(means[0] / 2 + means[1] + means[2], rel=1e-6)
    assert any("unit kg m-2 s-1; the run starts at 2026-06-01T00:30Z" in line for line in log)
    assert not warnings


def test_another_crs_takes_the_pixels_by_their_place(flood, raster):
    degrees = (113.925, 0.0015, 0.0, 22.53, 0.0, -0.0015)
    path = raster("wgs84.tif", IMAGES, epsg=4326, transform=degrees, descriptions=("10 min", "20 min", "30 min"))
    from pyproj import Transformer

    x, y = WEST + CELL_M * (np.arange(COLUMNS) + 0.5), NORTH - CELL_M * (np.arange(ROWS) + 0.5)
    lon, lat = Transformer.from_crs(4547, 4326, always_xy=True).transform(*np.meshgrid(x, y))
    west, north = math.floor(lon.min() * 1000) / 1000, math.ceil(lat.max() * 1000) / 1000
    path = raster("wgs84.tif", IMAGES, epsg=4326, transform=(west, 0.0015, 0.0, north, 0.0, -0.0015),
                  descriptions=("10 min", "20 min", "30 min"))  # fmt: skip
    columns, rows = ((lon - west) / 0.0015).astype(int), ((north - lat) / 0.0015).astype(int)
    summary, _, _ = flood(RAIN_RASTERS=[path], DURATION_MIN=35)
    assert summary["rain_mm"] == pytest.approx(float(IMAGES.sum(0)[rows, columns].mean()), rel=1e-5)


def test_partial_cover_no_data_and_negative_values_are_said(flood, raster):
    image = IMAGES[0].copy()
    image[0, 1], image[1, 1] = -9.0, -1.0
    path = raster("part.tif", [image], no_data=-9.0, west=WEST + 50.0)
    summary, warnings, _ = flood(RAIN_RASTERS=[path], RAIN_RASTER_STEP_MIN=15)
    assert len(warnings) == 3
    assert any("33.3% of the terrain lies outside" in text for text in warnings)
    assert any("have no data: no rain falls there" in text for text in warnings)
    assert any("negative rain, which counts as none" in text for text in warnings)
    wanted = np.maximum(image[:2, :2], 0.0)
    assert summary["rain_mm"] == pytest.approx(float(wanted.sum()) / 6, rel=1e-6)
    assert summary["rain_min_mm"] == 0.0


@pytest.mark.parametrize(
    ("changes", "parameters", "word"),
    [
        ({"unit": ""}, {}, "does not say its unit: choose it in RAIN_UNIT"),
        ({"unit": "dBZ"}, {}, "The unit 'dBZ'"),
        ({}, {"RAIN_RASTER_STEP_MIN": None}, "says no times"),
        ({"west": WEST + 9000.0}, {}, "does not cover the terrain"),
        ({"unit": "m"}, {}, "more than was ever measured"),
        ({}, {"RAIN_MM": 10}, "RAIN_MM and RAIN_RASTERS are both given"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(flood, raster, changes, parameters, word):
    path = raster("bands.tif", IMAGES, **changes)
    with pytest.raises(QgsProcessingException, match=word):
        flood(**{"RAIN_RASTERS": [path], "RAIN_RASTER_STEP_MIN": 10, **parameters})


def test_rasters_with_other_pixels_are_refused(flood, raster):
    files = [raster("r_20260601T0800.tif", [1.0]), raster("r_20260601T0810.tif", [1.0], west=WEST + 50.0)]
    with pytest.raises(QgsProcessingException, match="another CRS, size or place"):
        flood(RAIN_RASTERS=files)


@pytest.fixture
def netcdf(tmp_path):
    """A function that writes variables, each with a unit and a value everywhere, at 8:10 and 8:20, as NetCDF."""

    def make(variables):
        path = str(tmp_path / "forecast.nc")
        root = gdal.GetDriverByName("netCDF").CreateMultiDimensional(path).GetRootGroup()
        number, text = gdal.ExtendedDataType.Create(gdal.GDT_Float64), gdal.ExtendedDataType.CreateString()
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(4547)
        axes = {
            "time": (gdal.DIM_TYPE_TEMPORAL, [10.0, 20.0], "minutes since 2026-06-01 08:00:00"),
            "y": (gdal.DIM_TYPE_HORIZONTAL_Y, NORTH - 25.0 - 50.0 * np.arange(SIZE), "m"),
            "x": (gdal.DIM_TYPE_HORIZONTAL_X, WEST + 25.0 + 50.0 * np.arange(SIZE), "m"),
        }
        dimensions = []
        for name, (kind, values, unit) in axes.items():
            dimensions.append(root.CreateDimension(name, kind, None, len(values)))
            axis = root.CreateMDArray(name, [dimensions[-1]], number)
            axis.Write(np.asarray(values, float))
            axis.CreateAttribute("units", [], text).Write(unit)
            if name != "time":
                axis.CreateAttribute("standard_name", [], text).Write(f"projection_{name}_coordinate")
        for name, (unit, value) in variables.items():
            array = root.CreateMDArray(name, dimensions, number)
            array.SetSpatialRef(reference)
            array.SetUnit(unit)
            array.Write(np.full((2, SIZE, SIZE), float(value)))
        return path

    return make


def test_of_several_variables_the_one_of_rain_counts_and_is_said(flood, netcdf):
    summary, _, log = flood(RAIN_RASTERS=[netcdf({"temperature": ("K", 290), "rain": ("mm", 5)})])
    assert summary["rain_mm"] == pytest.approx(10, rel=1e-6)
    assert any("forecast.nc', NETCDF:" in line and ":rain has a unit of rain, and counts" in line for line in log)


def test_several_variables_of_rain_are_named(flood, netcdf):
    path = netcdf({"rain": ("mm", 5), "snow": ("mm", 1)})
    with pytest.raises(QgsProcessingException, match=r"several variables of rain: choose one, .*:rain, .*:snow\."):
        flood(RAIN_RASTERS=[path])
    summary, _, _ = flood(RAIN_RASTERS=[f'NETCDF:"{path}":snow'])
    assert summary["rain_mm"] == pytest.approx(2, rel=1e-6)


def test_each_unit_of_a_series_is_said(flood, raster):
    files = [raster("r_20260601T0800.tif", [1.0]), raster("r_20260601T0810.tif", [0.6], unit="in/h")]
    summary, _, log = flood(RAIN_RASTERS=files)
    assert summary["rain_mm"] == pytest.approx(1 + 0.6 * 25.4 / 6, rel=1e-6)
    assert any("unit mm, in/h" in line for line in log)
