"""The whole chain by qgis_process, in processes of their own and in a folder with a space and Chinese in its name."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsMeshLayer, QgsProject, QgsRasterLayer, QgsVectorLayer

from tests.end_to_end.conftest import run_demo

pytestmark = pytest.mark.end_to_end


def array(path: Path) -> np.ndarray:
    dataset = gdal.Open(str(path))  # kept: a band does not keep its dataset
    band = dataset.GetRasterBand(1)
    values = band.ReadAsArray().astype(float)
    values[values == band.GetNoDataValue()] = np.nan
    return values


def features(path: Path) -> list[dict]:
    layer = QgsVectorLayer(str(path), path.stem, "ogr")
    assert layer.isValid()
    return [feature.attributeMap() for feature in layer.getFeatures()]


def test_every_building_of_the_models_gets_a_class_and_a_reason(qgis_app, small_demo):
    results = small_demo[0] / "results"
    buildings, risk = features(results / "buildings.gpkg"), features(results / "building_risk.gpkg")
    assert len(buildings) == 4
    assert {row["id"] for row in risk} == {row["id"] for row in buildings}
    assert all(row["risk_class"] in range(5) and row["reason"] for row in risk)
    assert all(row["status"] in ("ok", "partial") for row in features(results / "models_report.gpkg"))
    doors = {row["id"] for row in features(results / "openings.gpkg")}
    assert {row["ingress_opening_id"] for row in risk if row["ingress_opening_id"]} <= doors


def test_the_maps_agree_with_each_other_and_with_the_summary(qgis_app, small_demo):
    results = small_demo[0] / "results"
    summary = json.loads((results / "summary.json").read_text("utf-8"))
    depth, level, arrival, hazard = (
        array(results / f"{name}.tif") for name in ("depth_max", "level_max", "arrival", "hazard")
    )
    assert abs(summary["mass_error"]) < 1e-6
    assert summary["max_depth_m"] == pytest.approx(np.nanmax(depth), abs=1e-4)
    assert np.nanmin(depth) == 0
    wet = depth > 0.06
    assert wet.any()
    assert np.isfinite(level[wet]).all()
    assert np.isfinite(arrival[wet]).all()
    assert (hazard[depth > 0.31] >= 2).all()
    storm = features(results / "storm.gpkg")
    assert storm[-1]["time_min"] == 30
    # Central zone, 50 years: the rain on all cells is the storm's depth times the area.
    rain_mm = sum(row["depth_mm"] for row in storm)
    area_m2 = summary["domain_cells"] * summary["cell_m"] ** 2
    assert summary["rain_m3"] == pytest.approx(rain_mm / 1000 * area_m2, rel=1e-3)


def test_every_result_opens_styled(qgis_app, small_demo):
    results = small_demo[0] / "results"
    for name, kind in (
        ("depth_max", "singlebandpseudocolor"),
        ("arrival", "singlebandpseudocolor"),
        ("hazard", "paletted"),
    ):
        assert QgsRasterLayer(str(results / f"{name}.tif"), name).renderer().type() == kind
    risk = QgsVectorLayer(str(results / "building_risk.gpkg"), "risk", "ogr")
    assert risk.renderer().type() == "categorizedSymbol"
    assert QgsMeshLayer(str(results / "result.nc"), "result", "mdal").rendererSettings().activeVectorDatasetGroup() >= 0


def test_the_project_and_the_pages_are_there(qgis_app, small_demo):
    folder, said = small_demo
    project = QgsProject()
    assert project.read(str(folder / "demo.qgz"))
    layers = project.mapLayers().values()
    assert len(layers) >= 9
    assert all(layer.isValid() for layer in layers)
    assert (folder / "flood-map.png").stat().st_size > 20_000
    assert (folder / "flood-report.pdf").read_bytes().startswith(b"%PDF")
    for line in ("models read         4 of 4", "mass error", "buildings by class", "the worst five", "seconds"):
        assert line in said
    assert not list(folder.rglob(".twin-*"))


def test_a_step_that_fails_makes_the_demo_fail(tmp_path):
    done = run_demo("--buildings", 0, "--folder", tmp_path / "new")
    assert done.returncode == 1
    assert "createdemodistrict failed" in done.stderr


def test_another_folder_of_the_users_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    done = run_demo("--folder", tmp_path)
    assert done.returncode == 1
    assert "choose another folder" in done.stderr
    assert (tmp_path / "mine.txt").read_text() == "mine"
