"""A thousand models in a GeoPackage, in PostGIS and through a dask scheduler: the same content in all three."""

from __future__ import annotations

from collections import Counter

import pytest
from qgis.core import QgsDataSourceUri

from tests.bridge.names import CONNECTION
from tests.tiny import JUNK_EVERY, UNPLACED_EVERY, write_tiny_models

ID = "twin:updatetwinbase"
COUNT = 1000
JUNK = COUNT // JUNK_EVERY


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_thousand_models_in_three_ways(run_algorithm, connection, scheduler, content, tmp_path):
    folder = tmp_path / "the city's 模型"
    write_tiny_models(folder, COUNT)
    alone, many = tmp_path / "alone.gpkg", tmp_path / "many.gpkg"
    schema = {"CONNECTION": CONNECTION, "SCHEMA": "thousand"}
    for place in ({"TWIN_BASE": str(alone)}, {"TWIN_BASE": str(many), **scheduler.parameters()}, schema):
        results = run_algorithm(ID, {"FOLDER": str(folder), **place})
        assert (results["READ"], results["FAILED"]) == (COUNT - JUNK, JUNK)
        again = run_algorithm(ID, {"FOLDER": str(folder), **place})
        assert (again["READ"], again["UNCHANGED"], again["FAILED"]) == (0, COUNT, 0)
    expected = content(alone)
    assert content(many) == expected
    assert content(f"PG:{QgsDataSourceUri(connection.uri()).connectionInfo(True)} schemas=thousand") == expected
    # The content is what was made, not only three times the same.
    models = expected["bim_model"].values()
    assert len(models) == COUNT
    assert len(expected["building"]) == COUNT - JUNK
    assert {row["model_id"] for row in expected["building"].values()} == {
        row["id"] for row in models if row["status"] == "ok"
    }
    levels = Counter(row["georef_level"] for row in models if row["status"] == "ok")
    assert set(levels) == {0, 20, 50}
    unplaced = sum(1 for n in range(0, COUNT, UNPLACED_EVERY) if n % JUNK_EVERY != JUNK_EVERY - 1)
    assert levels[0] == unplaced
    assert sum(row["geometry"] is None for row in expected["building"].values()) == unplaced
    assert {row["schema"] for row in models if row["status"] == "ok"} == {"IFC2X3", "IFC4", "IFC4X3_ADD2"}
    assert len(expected["storey"]) > COUNT
    assert len(expected["opening"]) > COUNT / 2
    assert len(expected["underground"]) > COUNT / 10
