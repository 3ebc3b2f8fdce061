"""twin:createdemodistrict as Processing runs it: what is written, bad input, cancel, odd paths."""

from __future__ import annotations

from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsCoordinateTransform,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)

ID = "twin:createdemodistrict"
TABLES = (
    "district", "population", "roads", "channel", "sea", "underpass", "shelters", "assets", "rain_gauges", "gauge_rain",
    "planned_buildings", "planned_openings", "dependencies", "underground", "underground_openings",
    "underground_links", "rail_lines", "rail_stations", "rail_entrances", "rail_works", "people_jobs", "field_notes",
    "warning_in_force", "rain_now", "water_levels", "water_level_series", "pumps", "gates", "waterlogging_points",
    "drainage_districts", "crews", "scheme_site", "scheme_a", "scheme_a_underground", "scheme_b",
    "scheme_b_underground", "control_plan", "viewpoints", "promenade", "landmark", "view_corridors",
    "green", "pipes", "metro_tunnel", "lifecycle_stage", "lifecycle_event", "gate", "document",
)  # fmt: skip


class Stops(QgsProcessingFeedback):
    """Cancels once the progress passes a share."""

    def __init__(self, at: float) -> None:
        super().__init__(False)
        self.at = at
        self.progressChanged.connect(self._look)

    def _look(self, percent):
        if percent >= self.at:
            self.cancel()


def test_it_writes_the_whole_district(run_algorithm, tmp_path):
    folder = tmp_path / "演示 district 1"
    results = run_algorithm(ID, {"FOLDER": str(folder), "BUILDINGS": 14, "SEED": 3})
    assert results["BUILDINGS_COUNT"] == 14
    assert len(list(Path(results["MODELS_FOLDER"]).glob("*.ifc"))) == 14
    raster = gdal.Open(results["DTM"])
    assert raster.GetGeoTransform()[1] == 2.0
    assert "4547" in raster.GetProjection()
    assert "not real" in raster.GetMetadataItem("TIFFTAG_IMAGEDESCRIPTION")
    for table in TABLES:
        layer = QgsVectorLayer(f"{results['DISTRICT']}|layername={table}", table)
        assert layer.isValid(), table
        assert layer.featureCount() > 0, table
        if layer.isSpatial():
            assert layer.crs().authid() == "EPSG:4547"
    assert "SYNTHETIC, NOT REAL" in (folder / "README.txt").read_text(encoding="utf-8")
    assert sorted(p.name for p in tmp_path.iterdir()) == [folder.name]


def test_one_building(run_algorithm, tmp_path):
    results = run_algorithm(ID, {"FOLDER": str(tmp_path / "one"), "BUILDINGS": 1})
    assert len(list(Path(results["MODELS_FOLDER"]).iterdir())) == 1


def test_a_used_folder_is_left_alone(run_algorithm, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(QgsProcessingException, match="already holds files"):
        run_algorithm(ID, {"FOLDER": str(tmp_path), "BUILDINGS": 1})
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("count", [0, -5, 10_001])
def test_counts_out_of_range_are_refused(qgis_plugin, tmp_path, count):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ID)
    fits, _ = algorithm.checkParameterValues(
        {"FOLDER": str(tmp_path / "x"), "BUILDINGS": count}, QgsProcessingContext()
    )
    assert not fits


def test_a_place_that_cannot_be_written_is_told(run_algorithm, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(QgsProcessingException, match="choose another"):
        run_algorithm(ID, {"FOLDER": str(tmp_path / "file" / "below"), "BUILDINGS": 1})


@pytest.mark.parametrize("at", [1, 40, 90])
def test_cancel_leaves_nothing(run_algorithm, tmp_path, at):
    run_algorithm(ID, {"FOLDER": str(tmp_path / "new"), "BUILDINGS": 12}, Stops(at))
    assert list(tmp_path.iterdir()) == []


def test_it_has_a_catalogue_that_qgis_opens_in_the_district(run_algorithm, tmp_path):
    results = run_algorithm(ID, {"FOLDER": str(tmp_path / "d"), "BUILDINGS": 3, "SEED": 3})
    catalogue = QgsVectorLayer(f"{results['SERVICES']}|layername=service", "services")
    assert catalogue.featureCount() >= 4000
    district = QgsVectorLayer(f"{results['DISTRICT']}|layername=district", "district")
    change = QgsCoordinateTransform(district.crs(), catalogue.crs(), QgsProject.instance())
    assert catalogue.extent().intersects(change.transformBoundingBox(district.extent()))
    assert catalogue.extent().width() < 1.1 * change.transformBoundingBox(district.extent()).width()
    live = [feature for feature in catalogue.getFeatures() if not feature["made"]]
    assert len(live) == 68
    assert all("127.0.0.1" in feature["url"] for feature in live)
