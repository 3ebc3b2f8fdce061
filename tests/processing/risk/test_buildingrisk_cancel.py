"""A cancel at any moment of twin:buildingrisk leaves what was there, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import shapely
from osgeo import gdal
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

from tests.processing.risk.test_buildingrisk import NORTH, WEST, houses, risk, water

__all__ = ["houses", "risk", "water"]


class Stopping(QgsProcessingFeedback):
    """Cancelled when it is asked for the n-th time."""

    def __init__(self, moment):
        super().__init__(False)
        self.moment, self.asked = moment, 0

    def isCanceled(self):
        self.asked += 1
        return self.asked >= self.moment


@pytest.fixture
def given(qgis_plugin, tmp_path, water):
    """Parameters with 3,000 houses and an output that exists."""
    folder = tmp_path / "out"
    folder.mkdir()
    path = tmp_path / "houses.gpkg"
    boxes = [shapely.box(WEST + x, NORTH - y - 0.5, WEST + x + 0.5, NORTH - y) for x in range(60) for y in range(50)]
    collection = shapely.to_geojson(shapely.geometrycollections(boxes))
    gdal.FileFromMemBuffer("/vsimem/houses.json", collection.encode())
    gdal.VectorTranslate(str(path), "/vsimem/houses.json", options="-explodecollections -a_srs EPSG:4547 -nln houses")
    output = folder / "risk.gpkg"
    shutil.copy(path, output)
    return {"BUILDINGS": str(path), "OUTPUT": str(output), **water(0.6)}


def run(parameters, feedback):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("twin:buildingrisk")
    return algorithm.run(parameters, QgsProcessingContext(), feedback)


def content(folder):
    return {path.name: path.read_bytes() for path in folder.parent.iterdir()}


@pytest.mark.slow
def test_a_cancel_at_any_moment_changes_nothing(given):
    output = Path(given["OUTPUT"])
    before = content(output)
    for moment in range(1, 200):
        feedback = Stopping(moment)
        results, _ = run(given, feedback)
        if feedback.asked < moment:  # it came to its end
            break
        assert results == {}, moment
        assert content(output) == before, moment
    assert moment > 25
    assert results["UNKNOWN"] < 3000
    assert content(output) != before
