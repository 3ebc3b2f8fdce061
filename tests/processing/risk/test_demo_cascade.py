"""The demo district's table of what feeds what in twin:networkrisk: water at the substation alone stops the rest."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from qgis.core import QgsVectorLayer

from twin_plugin.bridge.demo.layers import write_layers
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.core.demo.layers import make_layers


@pytest.fixture
def flooded(synthetic_district, tmp_path):
    """The layers of the district of 60 buildings, and a RESULT in which the low place at the substation fills."""
    district = synthetic_district(60, 1)
    write_layers(district, tmp_path / "district.gpkg")
    found = {layer.name: layer for layer in make_layers(district)}
    [(place, values)] = [row for row in found["assets"].rows if row[1][1] == "substation"]
    terrain = district.terrain
    bed = np.nan_to_num(terrain.values, nan=-1.0).astype(np.float32)
    x, y = np.meshgrid(*terrain.cells.axes())
    near = shapely.distance(place, shapely.points(x, y)) < 60.0
    ground_m = float(bed.ravel()[terrain.cells.index(np.array([place.x]), np.array([place.y]))[0]])
    times_min = [0.0, 30.0, 60.0, 120.0]
    path = tmp_path / "result.nc"
    with FloodMesh(path, terrain, [60.0 * minute for minute in times_min]) as mesh:
        for rise_m in (0.0, 0.2, 0.4, 0.4):
            depth = np.where(near, np.maximum(ground_m + rise_m - bed, 0.0), 0.0).astype(np.float32) * (rise_m > 0)
            mesh.write(depth, terrain.values, 0 * depth, 0 * depth)
    return str(tmp_path / "district.gpkg"), str(path), values


def rows(place: str) -> list[dict]:
    layer = QgsVectorLayer(place, "rows", "ogr")
    assert layer.isValid()
    return [dict(zip(layer.fields().names(), f.attributes(), strict=True)) for f in layer.getFeatures()]


def test_the_pump_stops_with_the_substation_and_the_underpass_closes(run_algorithm, flooded, tmp_path):
    district, result, substation = flooded
    out, failures = str(tmp_path / "out.gpkg"), str(tmp_path / "failures.gpkg")
    run_algorithm(
        "twin:networkrisk",
        {
            "NETWORK": f"{district}|layername=assets", "DEPENDENCIES": f"{district}|layername=dependencies",
            "RESULT": result, "OUTPUT": out, "FAILURES": failures,
        },
    )  # fmt: skip
    kinds = {row["asset_id"]: row["kind"] for row in rows(out)}
    closed = {row["asset_id"] for row in rows(out) if row["passable"] == "closed"}
    assert closed == {substation[0]}, "the water itself reaches the substation only"
    found = {kinds[row["asset"]]: (row["step"], row["minute"]) for row in rows(failures)}
    assert found["substation"] == (0, pytest.approx(45.0, abs=0.1))
    assert found["underpass_pump"] == (1, pytest.approx(45.0, abs=0.1))
    assert found["charging"] == (1, pytest.approx(45.0, abs=0.1))
    assert found["underpass"] == (2, pytest.approx(48.0, abs=0.1))
    assert found["metro_entrance"] == (1, pytest.approx(105.0, abs=0.1))
    assert found["pumping"] == (1, pytest.approx(165.0, abs=0.1))
