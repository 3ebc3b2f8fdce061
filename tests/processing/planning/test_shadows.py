"""twin:shadows from layers to rasters over time: lengths by hand, a scheme, times, what is refused."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import shapely
from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsDateTimeRange,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, Qt, QTime

from tests.memory_layers import memory_layer
from tests.run_log import Log
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

ID = "twin:shadows"
X, Y = 500_000.0, 2_500_000.0  # on the meridian in the middle: the map's north is true north
FIELDS = ("id:string", "base_elev_m:double", "height_m:double")
NO_DATA = 255


def box(x0, y0, x1, y1):
    corners = ", ".join(f"{X + x} {Y + y}" for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)))
    return f"POLYGON(({corners}))"


TOWER = (box(0, 0, 20, 20), ("A", 5.0, 30.0))
PLANNED = (box(0, 0, 20, 20), ("P", 5.0, 60.0))


@pytest.fixture(autouse=True)
def emptied_project(qgis_app):
    yield
    QgsProject.instance().clear()


def buildings(*rows, name="buildings", crs="EPSG:4547"):
    return memory_layer("Polygon", rows, FIELDS, name, crs)


@pytest.fixture
def cast(run_algorithm, tmp_path):
    """A function that casts shadows on a plain of 5 m around the tower."""

    def run(feedback=None, values=None, crs="EPSG:4547", **more):
        heights = np.full((300, 400), 5.0, np.float32) if values is None else values
        path = tmp_path / "地形 plain.tif"
        write_grid(Grid(heights, X - 200.0, Y + 200.0, 1.0, crs), str(path))
        given = {"BUILDINGS": buildings(TOWER), "DTM": str(path), "SHADOWS": str(tmp_path / "阴影 1.tif")} | more
        log = feedback or Log()
        return run_algorithm(ID, given, log), log

    return run


def bands(path):
    dataset = gdal.Open(str(path))
    names = [dataset.GetRasterBand(n + 1).GetDescription() for n in range(dataset.RasterCount)]
    return dataset.ReadAsArray().reshape(len(names), dataset.RasterYSize, dataset.RasterXSize), names


def test_the_shadow_of_a_tower_at_noon(cast):
    results, log = cast(FROM=QTime(12, 0), TO=QTime(12, 0))
    values, names = bands(results["SHADOWS"])
    assert names == ["12:00, sun at 47.3°"]
    expected = np.zeros((300, 400), bool)
    # 30 m / tan 47.3°, the roof itself in the sun; rows northward of the tower's northern wall at Y + 20.
    length = 30.0 / math.tan(math.radians(90.0 - 22.6 - 20.1))
    expected[180 - math.floor(length) : 180, 200:220] = True
    assert (values[0].astype(bool) != expected).sum() <= 20  # a row more or less
    assert results["TIMES_COUNT"] == 1
    assert results["SHADE_SHARE"] == pytest.approx((values[0] == 1).sum() / (300 * 400 - 400))
    assert "12:00 | 12:00" in log.text
    assert "BUILDINGS | 1 | 0" in log.text


def test_clock_times_are_not_solar_times(cast):
    _, log = cast(TIME="clock", FROM="12:00", TO="12:00", ZONE=8)
    line = next(line for line in log.lines if line.startswith("12:00 | "))
    hour, minute = (int(part) for part in line.split(" | ")[1].split(":"))
    # 114 E: 24 minutes behind 120 E, and the equation of time of 20 January takes 11 minutes more.
    assert hour * 60 + minute == pytest.approx(12 * 60 - 24 - 11, abs=1)


def test_bands_have_their_times(cast, tmp_path):
    results, _ = cast(FROM="09:00", TO="11:00", STEP=30)
    values, names = bands(results["SHADOWS"])
    assert [name[:5] for name in names] == ["09:00", "09:30", "10:00", "10:30", "11:00"]
    layer = QgsRasterLayer(results["SHADOWS"], "s")
    layer.loadDefaultStyle()
    times = layer.temporalProperties()
    assert times.isActive()
    assert times.mode() == Qgis.RasterTemporalMode.FixedRangePerBand
    ranges = times.fixedRangePerBand()
    assert ranges[1].begin() == QDateTime(QDate(2001, 1, 20), QTime(9, 0), Qt.TimeSpec.UTC)
    assert ranges[5].end() == QDateTime(QDate(2001, 1, 20), QTime(11, 30), Qt.TimeSpec.UTC)
    pictures = [drawn(layer, ranges[band]) for band in (1, 5)]
    for picture, band in zip(pictures, values[[0, 4]], strict=True):
        assert np.array_equal(picture, band == 1)
    assert not np.array_equal(*pictures)


def drawn(layer, shown):
    """Which cells the map shows in a time."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setExtent(layer.extent())
    settings.setOutputSize(QSize(layer.width(), layer.height()))
    settings.setDestinationCrs(layer.crs())
    settings.setIsTemporal(True)
    settings.setTemporalRange(QgsDateTimeRange(shown.begin(), shown.begin().addSecs(60)))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return np.array([[image.pixelColor(x, y).red() < 250 for x in range(image.width())] for y in range(image.height())])


def test_a_style_of_the_users_stays(cast, tmp_path):
    style = tmp_path / "阴影 1.qml"
    style.write_text("mine")
    cast(FROM="09:00", TO="10:00")
    assert style.read_text() == "mine"


def test_a_scheme_before_and_after(cast, tmp_path):
    results, log = cast(
        SCHEME=buildings(PLANNED, name="方案"), DIFFERENCE=str(tmp_path / "d.tif"), AREAS=str(tmp_path / "a.gpkg"),
        FROM="10:00", TO="12:00",
    )  # fmt: skip
    today, _ = cast(FROM="10:00", TO="12:00", SHADOWS=str(tmp_path / "today.tif"))
    after, before = bands(results["SHADOWS"])[0] == 1, bands(today["SHADOWS"])[0] == 1
    change, _names = bands(results["DIFFERENCE"])
    expected = np.select([before & after, after, before], [1, 2, 3], 0)
    assert np.array_equal(change, expected)
    assert (change == 2).sum() > 1000
    assert not (change == 3).any()
    assert results["NEW_SHADE_M2H"] == pytest.approx((change == 2).sum())
    assert results["GONE_SHADE_M2H"] == 0
    assert results["SHADE_SHARE"] > results["SHADE_SHARE_BEFORE"] == pytest.approx(today["SHADE_SHARE"])
    areas = QgsVectorLayer(results["AREAS"])
    found = {(f["time"], f["kind"]): f for f in areas.getFeatures()}
    assert {time for time, _ in found} == {"10:00", "11:00", "12:00"}
    for number, time in enumerate(("10:00", "11:00", "12:00")):
        feature = found[time, "new shadow"]
        assert feature["area_m2"] == pytest.approx((change[number] == 2).sum())
        shape = shapely.from_wkt(feature.geometry().asWkt())
        assert shapely.is_valid(shape)
        assert shapely.area(shape) == pytest.approx(feature["area_m2"])
    assert "replaced buildings | 1" in log.text


def test_a_scheme_that_is_lower_takes_shadow_away(cast, tmp_path):
    low = buildings((box(0, 0, 20, 20), ("L", 5.0, 6.0)), name="low")
    results, _ = cast(SCHEME=low, DIFFERENCE=str(tmp_path / "d.tif"), FROM="11:00", TO="12:00")
    change, _ = bands(results["DIFFERENCE"])
    assert (change == 3).any()
    assert not (change == 2).any()
    assert results["GONE_SHADE_M2H"] == pytest.approx((change == 3).sum())


def test_no_data_and_the_cell_size(cast):
    heights = np.full((300, 400), 5.0, np.float32)
    heights[:50] = np.nan
    results, _ = cast(values=heights, CELL_SIZE=2.0, FROM="12:00", TO="12:00")
    values, _ = bands(results["SHADOWS"])
    assert values.shape == (1, 150, 200)
    assert (values[0, :25] == NO_DATA).all()
    assert (values[0, 26:] != NO_DATA).all()


def test_a_low_sun_is_told(cast):
    results, log = cast(FROM="05:00", TO="08:00")
    values, _ = bands(results["SHADOWS"])
    assert (values[0] == 1).all()
    assert results["TIMES_COUNT"] == 2
    assert "at 2 of 4 times, such as 05:00" in log.text


def test_buildings_off_the_terrain_are_told(cast):
    _results, log = cast(BUILDINGS=buildings(TOWER, (box(5000, 0, 5020, 20), ("far", 5.0, 9.0))), TO="09:00")
    assert "1 of 2 buildings stand on no cell, such as 'far'" in log.text


def test_no_building_leaves_the_terrain(cast):
    heights = np.full((300, 400), 5.0, np.float32)
    heights[200] = 25.0
    results, log = cast(values=heights, BUILDINGS=buildings(), FROM="12:00", TO="12:00")
    assert (bands(results["SHADOWS"])[0][0] == 1).any()
    assert "There is no building" in log.text


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"FROM": "20:00", "TO": "23:00"}, "choose times between sunrise at 0[67]:.. and sunset at 1[78]:.."),
        ({"FROM": "12:00", "TO": "11:00"}, "FROM must not be after TO"),
        ({"LOWEST": 75.0}, "is not above 75°"),
        ({"DIFFERENCE": "d.tif"}, "choose a SCHEME"),
    ],
)
def test_what_is_refused(cast, tmp_path, more, sentence):
    if "DIFFERENCE" in more:
        more = {"DIFFERENCE": str(tmp_path / "d.tif")}
    with pytest.raises(QgsProcessingException, match=sentence):
        cast(**more)
    assert not (tmp_path / "阴影 1.tif").exists()


def test_web_mercator_and_degrees_are_refused(cast):
    with pytest.raises(QgsProcessingException, match="Warp"):
        cast(crs="EPSG:3857")
    with pytest.raises(QgsProcessingException, match="not in metres"):
        cast(crs="EPSG:4326")


def test_a_layer_without_heights_is_refused(cast):
    bare = memory_layer("Polygon", [(TOWER[0], ("A",))], ("id:string",), "bare", "EPSG:4547")
    with pytest.raises(QgsProcessingException, match="has a polygon and a height"):
        cast(BUILDINGS=bare)


class Stopping(QgsProcessingFeedback):
    """Cancels when it hears of a stage."""

    def __init__(self, stage):
        super().__init__(False)
        self.stage = stage

    def setProgressText(self, text):
        if self.stage in text:
            self.cancel()


@pytest.mark.parametrize("stage", ["Standing the buildings", "Writing shadows", "Outlining"])
def test_cancel_leaves_nothing(cast, tmp_path, stage):
    results, _ = cast(Stopping(stage), AREAS=str(tmp_path / "a.gpkg"))
    assert results == {}
    assert {path.name for path in tmp_path.iterdir()} <= {"地形 plain.tif", "地形 plain.tif.aux.xml"}


def test_files_of_before_stay_after_a_failure(cast, tmp_path):
    old = tmp_path / "阴影 1.tif"
    old.write_bytes(b"old")
    with pytest.raises(QgsProcessingException):
        cast(FROM="20:00", TO="23:00")
    assert Path(old).read_bytes() == b"old"


def test_in_a_model_a_park_gets_its_share_of_shadow(cast, tmp_path):
    """Buildings picked by height, their shadows, and the mean of the band over a park."""
    given, _ = cast(FROM="12:00", TO="12:00")
    tower = buildings(TOWER, (box(60, 0, 80, 20), ("low", 5.0, 3.0)))
    park = memory_layer("Polygon", [(box(0, 20, 20, 120), ("park",))], ("id:string",), "park", "EPSG:4547")
    QgsProject.instance().addMapLayers([tower, park])
    value, path = QgsProcessingModelChildParameterSource, str(tmp_path / "公园 park.gpkg")
    model = QgsProcessingModelAlgorithm("shade", "tests", "shade")
    steps = {
        "pick": ("native:extractbyexpression", {"INPUT": tower.id(), "EXPRESSION": '"height_m" > 10'}),
        "cast": (ID, {"DTM": str(tmp_path / "地形 plain.tif"), "FROM": QTime(12, 0), "TO": QTime(12, 0)}),
        "count": ("native:zonalstatisticsfb", {"INPUT": park.id(), "RASTER_BAND": 1, "STATISTICS": [2]}),
    }
    children = {}
    for name, (algorithm, parameters) in steps.items():
        child = children[name] = QgsProcessingModelChildAlgorithm(algorithm)
        child.setChildId(name)
        for parameter, given_value in parameters.items():
            child.addParameterSources(parameter, [value.fromStaticValue(given_value)])
    children["cast"].addParameterSources("BUILDINGS", [value.fromChildOutput("pick", "OUTPUT")])
    children["count"].addParameterSources("INPUT_RASTER", [value.fromChildOutput("cast", "SHADOWS")])
    output = QgsProcessingModelOutput("shares", "shares")
    output.setChildId("count")
    output.setChildOutputName("OUTPUT")
    children["count"].setModelOutputs({"shares": output})
    for child in children.values():
        model.addChildAlgorithm(child)
    model.initAlgorithm()
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    _, ok = model.run({"count:shares": path}, context, QgsProcessingFeedback(False))
    assert ok
    (found,) = QgsVectorLayer(path).getFeatures()
    assert found["_mean"] == pytest.approx(bands(given["SHADOWS"])[0][0, 80:180, 200:220].mean())
    assert 0.2 < found["_mean"] < 0.3  # 27.7 of 100 m
