"""twin:floodanimation: films read back frame by frame, what they show when, and what is refused."""

from __future__ import annotations

import sys
import time

import numpy as np
import pytest
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsMeshLayer,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsProperty,
    QgsRectangle,
    QgsSymbolLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QSize
from qgis.PyQt.QtGui import QColor, QImage, QImageReader

from tests.listener import Listener
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.kernel.staging import Staging
from twin_plugin.bridge.reports.film_page import FilmPage, PageText, scale_length
from twin_plugin.core.common.errors import ResourceError
from twin_plugin.core.common.grid import Grid

ID = "twin:floodanimation"
WEST, NORTH, CELL = 493_000.0, 2_491_000.0, 2.0
MINUTES = (0.0, 5.0, 10.0, 95.0)
DEPTHS = (0.0, 0.2, 0.7, 3.0)
GROUND = (0xF4, 0xF3, 0xEF)
CLASSES = {0.2: "#9cc7e8", 0.7: "#2b7bba", 3.0: "#08264f"}
SMALL = {"WIDTH": 480, "HEIGHT": 320, "ARROWS": False}


@pytest.fixture
def result(tmp_path):
    """A RESULT of 40 x 60 cells that are dry, then 0.2, 0.7 and 3.0 m deep, at 0, 5, 10 and 95 min."""
    path, bed = tmp_path / "结果 result.nc", np.ones((40, 60), np.float32)
    with FloodMesh(path, Grid(bed, WEST, NORTH, CELL, "EPSG:4547"), [60 * at for at in MINUTES]) as mesh:
        for depth_m in DEPTHS:
            mesh.write(bed * np.float32(depth_m), bed, 0.5 * bed, 0 * bed)
    return str(path)


@pytest.fixture
def film(run_algorithm, result, tmp_path):
    """A function from parameters to (path of the film, results)."""

    def run(name="film 影片.gif", listener=None, **parameters):
        path = tmp_path / "out" / name
        results = run_algorithm(ID, {"RESULT": result, "OUTPUT": str(path), **SMALL, **parameters}, listener)
        return path, results

    return run


def frames(path):
    """Every frame of a GIF with its delay in ms."""
    reader, found = QImageReader(str(path)), []
    for _ in range(reader.imageCount()):
        image = reader.read()
        found.append((image, reader.nextImageDelay()))
    return found


def colour(image, x=0.5, y=0.3):
    """Red, green and blue of the pixel at a share of the width and height."""
    pixel = image.pixelColor(int(x * image.width()), int(y * image.height()))
    return np.array([pixel.red(), pixel.green(), pixel.blue()])


def water(depth_m):
    """The colour of a class at 80 % over the plain ground, by hand."""
    own = np.array([int(CLASSES[depth_m][n : n + 2], 16) for n in (1, 3, 5)])
    return 0.8 * own + 0.2 * np.array(GROUND)


def test_a_gif_has_a_frame_for_each_time(film):
    path, results = film(FPS=8)
    shown = frames(path)
    assert (results["COUNT"], results["SECONDS"]) == (4, 0.5)
    assert len(shown) == 4
    assert all(image.size() == QSize(480, 320) for image, _ in shown)
    assert sum(delay for _, delay in shown[:3]) == pytest.approx(3 * 125, abs=10)
    assert shown[3][1] == 2000
    assert np.abs(colour(shown[0][0]) - GROUND).max() <= 4
    for (image, _), depth_m in zip(shown[1:], DEPTHS[1:], strict=True):
        assert np.abs(colour(image) - water(depth_m)).max() <= 8, depth_m


def test_frames_have_their_clock(film, tmp_path):
    """Each frame's foot is that of its own time, and of no other."""
    folder = tmp_path / "frames"
    _, results = film(FRAMES=str(folder), LEGEND=False, SCALE_BAR=False)
    names = sorted(path.name for path in folder.iterdir())
    assert results["FRAMES"] == str(folder)
    assert names == [
        "frame_0000_00h00.png", "frame_0001_00h05.png", "frame_0002_00h10.png", "frame_0003_01h35.png",
    ]  # fmt: skip
    page = FilmPage(QSize(480, 320), PageText(scale_bar=False))
    blank = QImage(page.map_size, QImage.Format.Format_RGB32)
    top = page.map_size.height() + 6

    def clock(image):
        return image.copy(0, top, 240, 320 - top).convertToFormat(QImage.Format.Format_RGB32)

    drawn = [clock(page.draw(blank, minutes, 0.0, 1.0)) for minutes in MINUTES]
    for number, name in enumerate(names):
        assert [clock(QImage(str(folder / name))) == other for other in drawn] == [n == number for n in range(4)]


def test_a_part_of_the_time(film):
    path, results = film(FROM_MIN=5, TO_MIN=10)
    assert results["COUNT"] == 2
    first, second = (image for image, _ in frames(path))
    assert np.abs(colour(first) - water(0.2)).max() <= 8
    assert np.abs(colour(second) - water(0.7)).max() <= 8
    with pytest.raises(QgsProcessingException, match=r"no frame from 96 min to 99 min: its times go from 0 to 95 min"):
        film(FROM_MIN=96, TO_MIN=99)


def layer_of(rectangle, name, colour_name):
    layer = QgsVectorLayer("Polygon?crs=EPSG:4547", name, "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(rectangle))
    layer.dataProvider().addFeatures([feature])
    layer.renderer().symbol().setColor(QColor(colour_name))
    return layer


def test_layers_lie_over_and_under_the_water(film):
    everywhere = QgsRectangle(WEST, NORTH - 80, WEST + 120, NORTH)
    west = QgsRectangle(WEST, NORTH - 80, WEST + 60, NORTH)
    over, under = layer_of(west, "houses", "#ff0000"), layer_of(everywhere, "ground", "#00ff00")
    path, _ = film(OVER=[over], UNDER=[under])
    first, last = frames(path)[0][0], frames(path)[3][0]
    assert np.abs(colour(first, 0.7) - (0, 255, 0)).max() <= 8
    assert np.abs(colour(last, 0.7) - (0.8 * np.array([8, 38, 79]) + (0, 51, 0))).max() <= 12
    for image in (first, last):
        assert np.abs(colour(image, 0.4) - (255, 0, 0)).max() <= 8


def test_styles_know_the_language_and_the_project(film):
    """Labels of the plugin are in the user's language, which is a variable of QGIS's."""
    layer = layer_of(QgsRectangle(WEST, NORTH - 80, WEST + 120, NORTH), "houses", "#ff0000")
    green = QgsProperty.fromExpression("if(@qgis_locale = 'zh_CN' or @qgis_version <> '', '#00ff00', '#ff0000')")
    layer.renderer().symbol().symbolLayer(0).setDataDefinedProperty(QgsSymbolLayer.Property.FillColor, green)
    path, _ = film(OVER=[layer], TO_MIN=0)
    assert np.abs(colour(frames(path)[0][0]) - (0, 255, 0)).max() <= 8


def test_the_extent_and_the_size(film):
    path, _ = film(EXTENT=f"{WEST + 100},{WEST + 300},{NORTH - 80},{NORTH} [EPSG:4547]", WIDTH=640)
    image = frames(path)[3][0]
    assert image.width() == 640
    assert np.abs(colour(image) - GROUND).max() <= 4  # beside the water


def test_the_layer_of_the_project_stays_as_it_is(film, result):
    layer = QgsMeshLayer(result, "flood", "mdal")
    QgsProject.instance().addMapLayer(layer)
    before = layer.rendererSettings().activeScalarDatasetGroup(), layer.temporalProperties().isActive()
    layer.temporalProperties().setIsActive(False)
    film(RESULT=layer)
    assert layer.rendererSettings().activeScalarDatasetGroup() == before[0]
    assert not layer.temporalProperties().isActive()
    QgsProject.instance().removeMapLayer(layer.id())


def test_in_a_thread_of_its_own(qgis_plugin, result, tmp_path):
    """As the docks run it."""
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(QgsProject.instance())
    path, found = tmp_path / "threaded.gif", []
    under = layer_of(QgsRectangle(WEST, NORTH - 80, WEST + 120, NORTH), "ground", "#00ff00")
    QgsProject.instance().addMapLayer(under)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ID)
    parameters = {"RESULT": result, "UNDER": [under], "OUTPUT": str(path), **SMALL}
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
    task.executed.connect(lambda ok, results: found.append((ok, results)))
    QgsApplication.taskManager().addTask(task)
    until = time.monotonic() + 60
    while not found and time.monotonic() < until:
        QCoreApplication.processEvents()
        time.sleep(0.01)
    QgsProject.instance().removeMapLayer(under.id())
    assert found[0][0]
    assert len(frames(path)) == 4


class Impatient(Listener):
    """Cancels when the drawing has begun."""

    def setProgressText(self, text):
        self.cancel()


def test_a_cancel_leaves_nothing(film, tmp_path):
    path, results = film(listener=Impatient(), FRAMES=str(tmp_path / "frames"))
    assert results == {}
    assert not path.parent.exists()
    assert not (tmp_path / "frames").exists()


def test_an_mp4_has_a_frame_for_each_time(film):
    av = pytest.importorskip("av")
    path, results = film("film 影片.mp4", FPS=2)
    with av.open(str(path)) as video:
        stream = video.streams.video[0]
        assert (stream.codec_context.name, stream.width, stream.height) == ("h264", 480, 320)
        assert float(stream.average_rate) == 2
        shown = [frame.to_ndarray(format="rgb24") for frame in video.decode(video=0)]
    assert len(shown) == results["COUNT"] == 4
    middle = [frame[96, 240].astype(int) for frame in shown]
    assert np.abs(middle[0] - GROUND).max() <= 10
    for pixel, depth_m in zip(middle[1:], DEPTHS[1:], strict=True):
        assert np.abs(pixel - water(depth_m)).max() <= 16
    assert path.read_bytes().index(b"moov") < path.read_bytes().index(b"mdat")  # plays while it is loaded
    with pytest.raises(QgsProcessingException, match="even width and height, not 481 x 320"):
        film("odd.mp4", WIDTH=481)


def test_an_mp4_without_its_package_is_explained(film, monkeypatch):
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(QgsProcessingException, match=r"needs the Python package 'av'.*or choose a name with \.gif"):
        film("film.mp4")


def test_what_cannot_be_a_film_is_refused(film, tmp_path):
    with pytest.raises(QgsProcessingException, match=r"film\.avi' cannot be a film"):
        film("film.avi")
    with pytest.raises(QgsProcessingException, match="3000 x 3000 pixels cannot be drawn"):
        film(WIDTH=3000, HEIGHT=3000)
    for nothing in ("0,10,0,10 [EPSG:4547]", f"{WEST},{WEST},{NORTH - 80},{NORTH} [EPSG:4547]"):
        with pytest.raises(QgsProcessingException, match="shows nothing of the result"):
            film(EXTENT=nothing)
    (tmp_path / "no.nc").write_text("no NetCDF", "utf-8")
    with pytest.raises((QgsProcessingException, AssertionError), match="RESULT"):
        film(RESULT=str(tmp_path / "no.nc"))
    taken = tmp_path / "frames"
    taken.mkdir()
    (taken / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(QgsProcessingException, match="already holds files"):
        film(FRAMES=str(taken))
    assert [path.name for path in taken.iterdir()] == ["mine.txt"]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("folder", ["out", "out/film 影片.gif", "out/film 影片.gif/frames"])
def test_a_film_and_the_folder_of_its_frames_lie_apart(film, tmp_path, folder):
    with pytest.raises(QgsProcessingException, match="lie in one another"):
        film(FRAMES=str(tmp_path / folder))
    assert not (tmp_path / "out").exists()


def test_frames_go_with_a_film_that_cannot_be_put_in_place(film, tmp_path, monkeypatch):
    def full(*_):
        raise ResourceError("no room")

    monkeypatch.setattr(Staging, "publish", full)
    with pytest.raises(QgsProcessingException, match="no room"):
        film(FRAMES=str(tmp_path / "frames"))
    assert not (tmp_path / "frames").exists()


@pytest.mark.parametrize(
    ("most", "text"), [(7.3, "5 m"), (99.9, "50 m"), (100, "100 m"), (2100, "2 km"), (0, ""), (float("nan"), "")]
)
def test_scale_bars_are_round(most, text):
    assert scale_length(most)[1] == text


def test_a_small_page_wraps_its_legend():
    """The foot grows where the legend needs more lines, and the map keeps most of the frame."""
    from twin_plugin.bridge.kernel.map_classes import classes

    wide, narrow = (FilmPage(QSize(w, 480), PageText("T", classes("flood_depth"), True)) for w in (1280, 400))
    assert narrow.map_size.height() < wide.map_size.height()
    assert narrow.map_size.height() > 240
