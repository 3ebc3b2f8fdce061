"""twin:buildingrisk over 7,689 real footprints and a real flood depth in degrees, against the same in metres."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import shapely
from osgeo import gdal
from qgis.core import NULL, QgsRasterLayer, QgsVectorLayer

from tests.listener import Listener

COUNTS = ("CLASS_0", "CLASS_1", "CLASS_2", "CLASS_3", "CLASS_4", "UNKNOWN")
BUILDINGS = 7689


@pytest.fixture(scope="module")
def degrees(shared_data, tmp_path_factory):
    """Copies, as QGIS writes statistics beside a raster."""
    folder = tmp_path_factory.mktemp("degrees")
    return tuple(
        Path(shutil.copy(shared_data(f"jakarta/{name}"), folder)) for name in ("buildings.gpkg", "flood_depth.tif")
    )


@pytest.fixture(scope="module")
def metres(degrees, tmp_path_factory):
    """Both layers reprojected to EPSG:32748, the raster by its nearest cells at its own resolution."""
    folder = tmp_path_factory.mktemp("jakarta")
    gdal.Warp(str(folder / "depth.tif"), str(degrees[1]), dstSRS="EPSG:32748", resampleAlg="near")
    gdal.VectorTranslate(str(folder / "buildings.gpkg"), str(degrees[0]), dstSRS="EPSG:32748", reproject=True)
    return folder / "buildings.gpkg", folder / "depth.tif"


@pytest.fixture
def assessed(run_algorithm, tmp_path):
    """A function from a buildings' and a depth's path to (counts, warnings, layer)."""

    def run(buildings, depth, name="risk.gpkg", **others):
        listener = Listener()
        parameters = {"BUILDINGS": str(buildings), "DEPTH": str(depth), "OUTPUT": str(tmp_path / name), **others}
        results = run_algorithm("twin:buildingrisk", parameters, listener)
        return [results[count] for count in COUNTS], listener.warnings, QgsVectorLayer(results["OUTPUT"], "risk")

    return run


@pytest.mark.slow
def test_degrees_and_metres_give_the_same_counts(assessed, degrees, metres):
    first, warnings, layer = assessed(*degrees)
    assert sum(first) == layer.featureCount() == BUILDINGS
    second, _, _ = assessed(*metres, "metres.gpkg")
    # Resampling moves values by up to half a cell of 50 m; point samples of the centroids differ as much.
    assert max(abs(a - b) for a, b in zip(first, second, strict=True)) < 0.01 * BUILDINGS
    extent = QgsRasterLayer(str(degrees[1]), "depth").extent()
    source = QgsVectorLayer(str(degrees[0]), "buildings")
    outside = sum(not extent.contains(f.geometry().centroid().asPoint()) for f in source.getFeatures())
    assert f"{outside} of {BUILDINGS} buildings have their centroid off the water raster." in warnings


@pytest.mark.slow
def test_depths_are_those_of_the_cells_that_the_outlines_touch(assessed, degrees):
    """Against every cell's box and every outline by shapely, which knows nothing of rings."""
    _, _, layer = assessed(*degrees)
    raster = gdal.Open(str(degrees[1]))
    west, width, _, north, _, height = raster.GetGeoTransform()
    depth = raster.ReadAsArray()
    depth = np.where(depth == raster.GetRasterBand(1).GetNoDataValue(), np.nan, depth)
    row, column = np.indices(depth.shape).reshape(2, -1)
    x, y = west + column * width, north + row * height
    boxes = shapely.STRtree(shapely.box(x, y + height, x + width, y))
    footprints = [shapely.from_wkb(bytes(f.geometry().asWkb())) for f in layer.getFeatures()]
    outline, cell = boxes.query(shapely.boundary(footprints), predicate="intersects")
    expected = np.full(len(footprints), np.nan)
    np.fmax.at(expected, outline, depth.ravel()[cell])
    found = [np.nan if f["depth_m"] == NULL else f["depth_m"] for f in layer.getFeatures()]
    np.testing.assert_allclose(found, expected, atol=1e-6)
    assert 0 < (expected >= 1).sum() < BUILDINGS


@pytest.mark.slow
def test_buildings_in_metres_on_a_raster_in_degrees(assessed, degrees, metres):
    first, _, layer = assessed(*degrees)
    second, _, other = assessed(metres[0], degrees[1], "mixed.gpkg")
    assert max(abs(a - b) for a, b in zip(first, second, strict=True)) <= 3
    assert layer.crs().authid() == "EPSG:4326"
    assert other.crs().authid() == "EPSG:32748"


@pytest.mark.slow
def test_every_building_has_a_reason_that_fits_its_class(assessed, degrees):
    counts, _, layer = assessed(*degrees)
    starts = {0: "no water", 1: "dry inside", 2: "threshold", 3: "threshold", 4: "threshold"}
    classes = Counter()
    for feature in layer.getFeatures():
        if feature["risk_class"] == NULL:
            classes["unknown"] += 1
            assert "raster" in feature["reason"]
            continue
        classes[feature["risk_class"]] += 1
        assert feature["reason"].startswith(starts[feature["risk_class"]])
        assert (feature["damage"] > 0) == (feature["risk_class"] >= 2)
    assert [classes[number] for number in (*range(5), "unknown")] == counts


@pytest.mark.slow
def test_mean_and_greatest_are_those_of_qgis(assessed, degrees, run_algorithm, tmp_path):
    """Against QGIS's own zonal statistics, and by exact area where it counts fewer than two centres."""
    parameters = {"INPUT": str(degrees[0]), "INPUT_RASTER": str(degrees[1]), "RASTER_BAND": 1, "STATISTICS": [2, 6]}
    path = str(tmp_path / "zones.gpkg")
    run_algorithm("native:zonalstatisticsfb", {**parameters, "OUTPUT": path})
    zones = QgsVectorLayer(path, "zones", "ogr")
    for rule, field in (("mean", "_mean"), ("greatest", "_max")):
        _, _, layer = assessed(*degrees, f"{rule}.gpkg", RULE=rule)
        pairs = zip(zones.getFeatures(), layer.getFeatures(), strict=True)
        values = np.array([[_number(zone[field]), _number(own["depth_m"])] for zone, own in pairs])
        both = np.isfinite(values).all(axis=1)
        assert both.sum() > 0.9 * BUILDINGS
        apart = np.abs(values[both, 0] - values[both, 1])
        assert (apart > 1e-4).sum() <= 0.001 * BUILDINGS  # a centre on an outline, an outline on a cell's edge
        assert np.isnan(values[:, 0]).sum() == pytest.approx(np.isnan(values[:, 1]).sum(), abs=2)


def _number(value):
    return np.nan if value == NULL else float(value)
