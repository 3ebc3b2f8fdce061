"""twin:skyview from layers to rasters: a street by the formula, a scheme, horizons, what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsProject, QgsRasterLayer

from tests.memory_layers import memory_layer
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

ID = "twin:skyview"
X, Y = 500_000.0, 2_500_000.0
FIELDS = ("id:string", "base_elev_m:double", "height_m:double")


def box(x0, y0, x1, y1):
    corners = ", ".join(f"{X + x} {Y + y}" for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)))
    return f"POLYGON(({corners}))"


@pytest.fixture(autouse=True)
def emptied_project(qgis_app):
    yield
    QgsProject.instance().clear()


def buildings(*rows, name="buildings"):
    return memory_layer("Polygon", rows, FIELDS, name, "EPSG:4547")


STREET = ((box(0, 0, 40, 600), ("west", 2.0, 20.0)), (box(60, 0, 100, 600), ("east", 2.0, 20.0)))


class Log(QgsProcessingFeedback):
    def __init__(self):
        super().__init__(False)
        self.lines = []

    def pushWarning(self, warning):
        self.lines.append(warning)

    def pushInfo(self, info):
        self.lines.append(info)


@pytest.fixture
def look(run_algorithm, tmp_path):
    """A function that looks at the sky over a street of 20 m between houses of 20 m."""

    def run(feedback=None, crs="EPSG:4547", **more):
        path = tmp_path / "地形.tif"
        write_grid(Grid(np.full((600, 100), 2.0, np.float32), X, Y + 600.0, 1.0, crs), str(path))
        log = feedback or Log()
        given = {"BUILDINGS": buildings(*STREET), "DTM": str(path), "SKY_VIEW": str(tmp_path / "天空.tif")} | more
        return run_algorithm(ID, given, log), log

    return run


def values(path):
    return gdal.Open(str(path)).ReadAsArray()


def test_a_street_as_wide_as_its_houses_are_high(look):
    results, log = look(CELL_SIZE=0.5)
    found = values(results["SKY_VIEW"])
    assert found[600, 99:101].mean() == pytest.approx(0.44721, abs=0.015)
    assert found[600, 20] == pytest.approx(1.0)  # a roof
    assert results["SKY_VIEW_MEAN"] == pytest.approx(found[:, 80:120].mean(), abs=1e-5)
    assert any(line.startswith("BUILDINGS | 2 | 0") for line in log.lines)


def test_a_scheme_takes_sky(look, tmp_path):
    tower = buildings((box(42, 280, 58, 320), ("tower", 2.0, 80.0)), name="方案")
    results, _ = look(SCHEME=tower, CHANGE=str(tmp_path / "c.tif"))
    today, _ = look(SKY_VIEW=str(tmp_path / "t.tif"))
    change = values(results["CHANGE"])
    assert np.allclose(change, values(results["SKY_VIEW"]) - values(today["SKY_VIEW"]), atol=1e-6)
    assert change[100:270, 45:55].max() <= 0
    assert change[285:315, 43:57].min() > 0  # its roof
    assert results["SKY_VIEW_MEAN_BEFORE"] > results["SKY_VIEW_MEAN"]


def test_horizons(look, tmp_path):
    results, _ = look(HORIZON=str(tmp_path / "h.tif"), AZIMUTHS=8)
    dataset = gdal.Open(results["HORIZON"])
    assert [dataset.GetRasterBand(n).GetDescription() for n in (1, 3)] == ["22.5°", "112.5°"]
    east = dataset.GetRasterBand(3).ReadAsArray()[300, 45]
    assert east == pytest.approx(np.degrees(np.arctan(20.0 / 15.0 * np.sin(np.radians(112.5)))), abs=1.0)
    layer = QgsRasterLayer(results["HORIZON"], "h")
    layer.loadDefaultStyle()
    assert layer.renderer().type() == "singlebandpseudocolor"


def test_what_is_refused(look, tmp_path):
    with pytest.raises(QgsProcessingException, match="choose a SCHEME"):
        look(CHANGE=str(tmp_path / "c.tif"))
    with pytest.raises(QgsProcessingException, match="Warp"):
        look(crs="EPSG:3857")
    assert not (tmp_path / "天空.tif").exists()


def test_cancel_leaves_nothing(look, tmp_path):
    class Stopping(QgsProcessingFeedback):
        def setProgressText(self, text):
            if "Horizons" in text:
                self.cancel()

    results, _ = look(Stopping(False))
    assert results == {}
    assert {path.name for path in tmp_path.iterdir()} <= {"地形.tif", "地形.tif.aux.xml"}
