"""The demo district's basements and metro station fill in its storm, from the layers of its twin base as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from qgis.core import QgsVectorLayer

pytest.importorskip("numba")
pytest.importorskip("ifcopenshell")


@pytest.mark.slow
def test_the_demo_district_s_basements_and_metro_take_water(run_algorithm, tmp_path):
    folder, base = tmp_path / "district", tmp_path / "base.gpkg"
    run_algorithm("twin:createdemodistrict", {"BUILDINGS": 12, "FOLDER": str(folder)})
    run_algorithm(
        "twin:updatetwinbase",
        {"FOLDER": str(folder / "models"), "TWIN_BASE": str(base), "CRS": "EPSG:4547", "WORKERS": 1},
    )
    results = run_algorithm(
        "twin:simulateflood",
        {
            "DTM": str(folder / "dtm.tif"), "CELL_SIZE": 4, "SCHEME": "inertial", "THREADS": 1,
            "RAIN_MM": 150, "DURATION_MIN": 60, "BUILDINGS": f"{base}|layername=building",
            "UNDERGROUND": f"{base}|layername=underground", "OPENINGS_UNDERGROUND": f"{base}|layername=opening",
            "UNDERGROUND_FILLED": str(tmp_path / "filled.gpkg"), "SUMMARY": str(tmp_path / "summary.json"),
        },
    )  # fmt: skip
    summary = json.loads(Path(results["SUMMARY"]).read_text("utf-8"))
    layer = QgsVectorLayer(results["UNDERGROUND_FILLED"], "filled", "ogr")
    filled = [dict(zip(layer.fields().names(), f.attributes(), strict=True)) for f in layer.getFeatures()]
    assert len(filled) == summary["underground_rooms"] >= 3
    assert any("metro" in row["id"] for row in filled)
    assert all(row["openings"] > 0 for row in filled)
    assert sum(row["volume_m3"] for row in filled) == pytest.approx(summary["underground_stored_m3"])
    assert summary["underground_stored_m3"] > 0
    assert abs(summary["system_error"]) < 1e-6
    wet = [row for row in filled if row["volume_m3"] > 10]
    assert wet
    assert all(0 < row["first_inflow_min"] <= 60 for row in wet)
    assert all(row["level_max_m"] < 10 for row in wet)
