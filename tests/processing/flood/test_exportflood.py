"""twin:exportflood: the frames of a RESULT as files of other programs, read back by GDAL, QGIS and by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsDateTimeRange,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProcessingException,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QDateTime, QSize, Qt

from tests.foreign_results import stretch_to_east
from tests.listener import Listener
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.core.common.grid import Grid

ID = "twin:exportflood"
WEST, NORTH, CELL = 493_000.0, 2_491_000.0, 2.0
MINUTES = (0.0, 5.0, 12.5)
BED = np.array([[1, 2, 3, 4], [4, np.nan, 6, 7], [8, 9, 10, 11]], np.float32)
DEPTH = np.array([[0, 0.04, 0.2, 0.7], [1.5, 0, 2.5, 4.5], [0.05, 0, 0.6, 0.35]], np.float32)
EAST, NORTHWARD = 0.3 * DEPTH, -0.4 * DEPTH
SHARES = (0.0, 1.0, 0.5)
"""Of DEPTH at each time."""


@pytest.fixture
def result(tmp_path):
    """A RESULT of 3 x 4 cells, one without data, at 0, 5 and 12.5 min; the speed is half the depth, in m/s."""
    path = tmp_path / "结果 result.nc"
    bed = Grid(BED, WEST, NORTH, CELL, "EPSG:4547")
    with FloodMesh(path, bed, [60 * at for at in MINUTES], run="run-7") as mesh:
        for share in SHARES:
            mesh.write(share * DEPTH, BED, share * EAST, share * NORTHWARD)
    return str(path)


@pytest.fixture
def export(run_algorithm, result, tmp_path):
    """A function from parameters to (folder, results, listener)."""

    def run(**parameters):
        folder, listener = tmp_path / "out 导出", Listener()
        results = run_algorithm(ID, {"RESULT": result, "FOLDER": str(folder), **parameters}, listener)
        return folder, results, listener

    return run


def expected(quantity, share, wet=0.05, dry=0.0):
    """The values of a quantity by hand, NaN outside."""
    depth = np.float32(share) * DEPTH
    speed = 0.5 * depth
    level = np.where(depth >= 0.01, BED + depth, np.nan)
    values = {"depth": depth, "velocity": speed, "water_level": level}[quantity]
    values = np.where((depth < wet) | (depth <= 0), np.nan if quantity == "water_level" else dry, values)
    return np.where(np.isnan(BED), np.nan, values)


def read(path, band=1):
    source = gdal.Open(str(path))
    values = source.GetRasterBand(band).ReadAsArray().astype(float)
    values[values == source.GetRasterBand(band).GetNoDataValue()] = np.nan
    return values


def test_a_series_has_every_value_of_the_result(export):
    folder, results, listener = export(QUANTITY=["depth", "water_level", "velocity"], WET_DEPTH_M=0)
    assert (results["FRAMES"], results["FILES"]) == (3, 9)
    assert sorted(results["LAYERS"]) == sorted(str(path) for path in folder.glob("*.tif"))
    for quantity in ("depth", "water_level", "velocity"):
        for stamp, share in zip(("000000", "000500", "001230"), SHARES, strict=True):
            path = folder / f"{quantity}_20260101T{stamp}Z.tif"
            wanted = expected(quantity, share, wet=0)
            np.testing.assert_allclose(read(path), wanted, atol=6e-4 if quantity == "velocity" else 6e-5)
            source = gdal.Open(str(path))
            assert source.GetGeoTransform() == (WEST, CELL, 0, NORTH, 0, -CELL)
            assert source.GetMetadataItem("CITY_TWIN_RUN") == "run-7"
            assert QgsCoordinateReferenceSystem(source.GetProjection()).authid() == "EPSG:4547"
    assert any("9 rasters of 3 times, with cells of 2 m" in line for line in listener.infos)
    assert not listener.warnings


def test_dry_cells_are_nothing_or_no_data(export):
    folder, _, _ = export(DRY="nodata")
    np.testing.assert_allclose(read(folder / "depth_20260101T000500Z.tif"), expected("depth", 1, dry=np.nan), atol=6e-5)
    assert np.isnan(read(folder / "depth_20260101T000000Z.tif")).all()


def test_hazard_of_blocks_is_that_of_the_result(run_algorithm, tmp_path):
    """Faces that are blocks of cells: the worst cell counts, as in RESULT, not the mean speed of the block."""
    path, folder = tmp_path / "blocks.nc", tmp_path / "out"
    depth, speed = np.full((4, 4), 0.2, np.float32), np.zeros((4, 4), np.float32)
    depth[0, 0], speed[0, 0] = 0.4, 3.0  # H5 by speed, where the block's mean speed is 0.75 m/s
    with FloodMesh(
        path, Grid(np.ones((4, 4), np.float32), WEST, NORTH, CELL, "EPSG:4547"), [0.0, 60.0], max_faces=4
    ) as mesh:
        for _ in range(2):
            mesh.write(depth, np.ones((4, 4), np.float32), speed, np.zeros_like(speed))
    run_algorithm(ID, {"RESULT": str(path), "FOLDER": str(folder), "QUANTITY": ["hazard"]})
    np.testing.assert_array_equal(read(next(folder.glob("hazard*.tif"))), [[5, 1], [1, 1]])


def test_hazard_has_the_classes_of_the_handbook(export):
    """AIDR (2017), figure 6: read by hand for each depth and a speed of half the depth."""
    folder, _, _ = export(QUANTITY=["hazard"])
    wanted = [[0, 0, 1, 3], [5, np.nan, 5, 6], [1, 0, 3, 2]]
    np.testing.assert_array_equal(read(folder / "hazard_20260101T000500Z.tif"), wanted)


def test_bands_are_the_times(export):
    folder, results, _ = export(FORMAT="bands", START_TIME="2027-06-01T08:00:00")
    assert results["FILES"] == 1
    source = gdal.Open(str(folder / "depth.tif"))
    assert [source.GetRasterBand(n).GetDescription() for n in (1, 2, 3)] == [
        "Depth, 0 min", "Depth, 5 min", "Depth, 12.5 min",
    ]  # fmt: skip
    assert source.GetRasterBand(3).GetMetadataItem("TIME_UTC") == "2027-06-01T08:12:30.000+00:00"
    for number, share in enumerate(SHARES, 1):
        np.testing.assert_allclose(read(folder / "depth.tif", number), expected("depth", share), atol=6e-5)


def drawn(layers, moment):
    """Share of the pixels that are not white where QGIS draws layers at a moment."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[0].crs())
    settings.setExtent(QgsRectangle(WEST, NORTH - 6, WEST + 8, NORTH))
    settings.setOutputSize(QSize(40, 30))
    settings.setIsTemporal(True)
    time = QDateTime.fromString(moment, Qt.DateFormat.ISODate)
    settings.setTemporalRange(QgsDateTimeRange(time, time.addSecs(1), True, False))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    pixels = [image.pixelColor(x, y).name() for x in range(40) for y in range(30)]
    return sum(pixel != "#ffffff" for pixel in pixels) / len(pixels)


@pytest.mark.parametrize("form", ["series", "bands"])
def test_the_styles_let_qgis_play_it(export, form):
    """Opened as they are, the layers show at each time what is wet then: 6 of 12 cells at most."""
    _, results, _ = export(FORMAT=form)
    layers = [QgsRasterLayer(path, "frame") for path in results["LAYERS"]]
    assert all(layer.loadDefaultStyle()[1] for layer in layers)  # as the desktop does when it adds a layer
    assert all(layer.temporalProperties().isActive() for layer in layers)
    assert layers[0].renderer().type() == "singlebandpseudocolor"
    wet = [(expected("depth", share) >= 0.05).mean() for share in SHARES]
    moments = ("2026-01-01T00:00:00Z", "2026-01-01T00:05:30Z", "2026-01-01T00:12:40Z")
    assert [drawn(layers, moment) for moment in moments] == pytest.approx(wet, abs=0.01)
    assert len(set(wet)) > 1


def test_lisflood_grids_are_numbered_text(export):
    folder, results, _ = export(FORMAT="lisflood")
    assert results["FILES"] == 6
    lines = (folder / "res-0001.wd").read_text("ascii").splitlines()
    header = dict(line.split() for line in lines[:6])
    assert {name.lower(): float(value) for name, value in header.items()} == {
        "ncols": 4, "nrows": 3, "xllcorner": WEST, "yllcorner": NORTH - 6, "cellsize": 2, "nodata_value": -9999,
    }  # fmt: skip
    values = np.array([[float(cell) for cell in line.split()] for line in lines[6:]])
    np.testing.assert_allclose(values, np.nan_to_num(expected("depth", 1), nan=-9999.0), atol=6e-5)
    level = read(folder / "res-0002.elev")
    np.testing.assert_allclose(level, expected("water_level", 0.5), atol=6e-5)


def test_the_index_lists_what_was_written(export):
    folder, _, _ = export(QUANTITY=["depth", "hazard"])
    with (folder / "frames.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["file"] for row in rows} == {path.name for path in folder.glob("*.tif")}
    assert {path.suffix for path in folder.iterdir()} == {".tif", ".qml", ".csv"}
    assert [float(row["minutes"]) for row in rows] == [*MINUTES, *MINUTES]
    assert rows[1]["time_utc"] == "2026-01-01T00:05:00.000Z"


def test_frames_within_a_second_have_names_of_their_own(run_algorithm, tmp_path):
    path = tmp_path / "fine.nc"
    with FloodMesh(path, Grid(BED, WEST, NORTH, CELL, "EPSG:4547"), [0.0, 0.6, 1.2]) as mesh:
        for share in SHARES:
            mesh.write(share * DEPTH, BED, share * EAST, share * NORTHWARD)
    results = run_algorithm(ID, {"RESULT": str(path), "FOLDER": str(tmp_path / "fine")})
    names = [Path(name).name for name in results["LAYERS"]]
    assert names == [f"depth_20260101T00000{stamp}Z.tif" for stamp in ("0_000", "0_600", "1_200")]


def test_files_of_before_are_never_mixed(export, tmp_path):
    folder = tmp_path / "out 导出"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(QgsProcessingException, match="already holds files and is left as it is"):
        export()
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]


class Impatient(Listener):
    """Cancels at the n-th progress."""

    def __init__(self, count):
        super().__init__()
        self.count = count

    def setProgressText(self, text):
        self.count -= 1
        if self.count <= 0:
            self.cancel()


@pytest.mark.parametrize("form", ["series", "bands", "lisflood"])
def test_a_cancel_leaves_nothing(run_algorithm, result, tmp_path, form):
    folder = tmp_path / "out"
    parameters = {"RESULT": result, "FOLDER": str(folder), "FORMAT": form, "QUANTITY": ["depth", "water_level"]}
    assert run_algorithm(ID, parameters, Impatient(1)) == {}
    assert [path.name for path in tmp_path.iterdir()] == [Path(result).name]


def test_what_is_no_result_is_refused(run_algorithm, tmp_path):
    (tmp_path / "no.nc").write_text("no NetCDF", "utf-8")
    with pytest.raises(QgsProcessingException, match=r"no\.nc' cannot be read \(it is no NetCDF file\)"):
        run_algorithm(ID, {"RESULT": str(tmp_path / "no.nc"), "FOLDER": str(tmp_path / "out")})
    assert not (tmp_path / "out").exists()


def test_a_frame_is_no_terrain_and_knows_its_mode(export):
    _, results, _ = export()
    layer = QgsRasterLayer(results["LAYERS"][1], "frame")
    layer.loadDefaultStyle()
    assert layer.temporalProperties().mode() == Qgis.RasterTemporalMode.FixedTemporalRange
    from twin_plugin.bridge.kernel.raster_kinds import may_be_terrain

    assert not may_be_terrain(layer)


@pytest.mark.parametrize("form", ["series", "bands", "lisflood"])
def test_cells_that_are_not_square_are_refused(export, result, form):
    stretch_to_east(result)
    with pytest.raises(QgsProcessingException, match=r"4 x 2 and not square"):
        export(FORMAT=form)


@pytest.mark.parametrize(
    ("text", "moment"),
    [("2026-07-01T08:00:00+08:00", "00"), ("2026-07-01T08:00:00Z", "08"), ("2026-07-01T08:00:00", "08")],
)
def test_the_start_is_in_utc_whatever_zone_it_names(export, text, moment):
    folder, _, _ = export(FORMAT="bands", START_TIME=text)
    with (folder / "frames.csv").open(encoding="utf-8") as file:
        assert next(csv.DictReader(file))["time_utc"] == f"2026-07-01T{moment}:00:00.000Z"


def test_times_beyond_the_calendar_are_refused(export, tmp_path):
    with pytest.raises(QgsProcessingException, match="choose another START_TIME"):
        export(START_TIME="9999-12-31T23:59:00")
    assert not (tmp_path / "out 导出").exists()
