"""What is watched of the water of the demo district: one moment, values that fit each other, and what they stand on."""

from __future__ import annotations

import pytest
import shapely

from twin_plugin.core.demo.district import make_district
from twin_plugin.core.demo.layers import make_layers

NOW = "2026-08-20T14:00:00Z"
NAMES = (
    "warning_in_force", "rain_now", "water_levels", "water_level_series", "pumps", "gates", "waterlogging_points",
    "drainage_districts", "crews",
)  # fmt: skip


@pytest.fixture(scope="module")
def tables(synthetic_district):
    return {layer.name: records(layer) for layer in make_layers(synthetic_district(60, 1))}


def records(layer):
    names = [field.name for field in layer.fields]
    return [{"shape": shape, **dict(zip(names, values, strict=True))} for shape, values in layer.rows]


def test_rain_of_the_last_hour_is_that_of_the_recorded_event(tables):
    for row in tables["rain_now"]:
        steps = [one for one in tables["gauge_rain"] if one["site"] == row["site"] and 60 < one["time_min"] <= 120]
        assert row["rain_60_min_mm"] == pytest.approx(sum(one["depth_mm"] for one in steps), abs=0.051)
        assert row["signal"] == ("orange" if 50 <= row["rain_60_min_mm"] < 100 else "none")


def test_levels_are_zero_plus_depth_and_the_last_of_their_series(tables):
    for row in tables["water_levels"]:
        assert row["level_m"] == pytest.approx(row["zero_m"] + row["depth_m"], abs=0.0011)
        assert row["over_limit"] == (row["depth_m"] >= row["limit_m"])
        series = [one for one in tables["water_level_series"] if one["site"] == row["site"]]
        assert [one["time_min"] for one in series] == sorted(one["time_min"] for one in series)
        assert (series[-1]["time"], series[-1]["depth_m"]) == (row["time"], row["depth_m"])
        assert min(one["depth_m"] for one in series) >= 0
    assert {row["kind"] for row in tables["water_levels"]} == {"street", "channel", "wet_well", "sea"}
    assert {row["over_limit"] for row in tables["water_levels"]} == {True, False}


def test_pumps_are_assets_and_run_within_their_capacity(tables):
    assets = {row["asset_id"]: row for row in tables["assets"] if row["kind"] in ("pumping", "underpass_pump")}
    assert {row["pump_id"] for row in tables["pumps"]} == set(assets)
    nodes = {row["id"] for row in tables["drain_nodes"]}
    for row in tables["pumps"]:
        assert row["capacity_m3s"] == assets[row["pump_id"]]["capacity"]
        assert 0 <= row["flow_m3s"] <= row["capacity_m3s"]
        assert (row["flow_m3s"] > 0) == (row["state"] == "running")
        assert row["node"] in nodes or row["node"] == ""


def test_drainage_districts_share_out_the_land_and_end_in_an_outfall(tables):
    areas = [row["shape"] for row in tables["drainage_districts"]]
    assert shapely.area(shapely.union_all(areas)) == pytest.approx(sum(area.area for area in areas), rel=1e-6)
    outfalls = {row["id"] for row in tables["drain_nodes"] if row["kind"] == "outfall"}
    assert {row["outfall"] for row in tables["drainage_districts"]} == outfalls


def test_all_is_of_one_moment_and_within_the_district(tables):
    boundary = tables["district"][0]["shape"].buffer(60)
    for name in ("rain_now", "water_levels", "pumps", "gates", "crews"):
        assert {row["time"] for row in tables[name]} == {NOW}
    for name in NAMES:
        assert all(boundary.covers(row["shape"]) for row in tables[name] if row["shape"] is not None), name


@pytest.mark.parametrize("count", [1, 13])
def test_a_small_district_has_them_too_and_the_same_again(count):
    first, again = (make_layers(make_district(count, 3)) for _ in range(2))
    water = [[layer for layer in layers if layer.name in NAMES] for layers in (first, again)]
    assert [layer.name for layer in water[0]] == list(NAMES)
    assert water[0] == water[1]
