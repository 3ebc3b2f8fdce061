"""The grid of the synthetic district: a tree for each feeder, consistent with what feeds what; hours that add up."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
import shapely

from twin_plugin.core.demo.district import make_district
from twin_plugin.core.demo.layers import make_layers
from twin_plugin.core.demo.power_loads import EFFICIENCY, Battery, battery_day


class Rows:
    """The rows of a table by name of the field."""

    def __init__(self, layer):
        self.layer = layer
        self.rows = [dict(zip([f.name for f in layer.fields], values, strict=True)) for _, values in layer.rows]
        self.shapes = [shape for shape, _ in layer.rows]

    def __iter__(self):
        return iter(self.rows)

    def by(self, name):
        return {row[name]: row for row in self.rows}


def tables(district):
    return {layer.name: Rows(layer) for layer in make_layers(district)}


@pytest.fixture(scope="module", params=[(60, 1), (200, 2), (5, 3)], ids=lambda p: f"{p[0]} buildings")
def grid(request, synthetic_district):
    count, seed = request.param
    return tables(synthetic_district(60, 1) if count == 60 else make_district(count, seed))


def closed_tree(grid):
    """Neighbours of each node by closed cables."""
    near = defaultdict(list)
    for row in grid["feeders"]:
        if row["state"] == "in service":
            near[row["from_node"]].append(row["to_node"])
            near[row["to_node"]].append(row["from_node"])
    return near


def fed_from(grid, source):
    near, todo, seen = closed_tree(grid), [grid["substations"].by("id")[source]["node"]], set()
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.add(node)
            todo += near[node]
    return seen


def test_closed_cables_are_one_tree_for_each_source(grid):
    nodes = {row["id"] for row in grid["power_nodes"]}
    parts = [fed_from(grid, row["id"]) for row in grid["substations"]]
    assert set().union(*parts) == nodes
    assert sum(map(len, parts)) == len(nodes), "no node has two sources"
    closed = [row for row in grid["feeders"] if row["state"] == "in service"]
    assert len(closed) == len(nodes) - len(parts), "a tree has no loop"
    for row in grid["power_nodes"]:
        assert row["id"] in fed_from(grid, row["substation"])


def test_open_cables_lead_to_another_feeder(grid):
    feeder = {row["id"]: row["feeder"] for row in grid["power_nodes"]}
    for row in grid["feeders"]:
        ends = feeder[row["from_node"]], feeder[row["to_node"]]
        if row["state"] == "open":
            assert ends[0] != ends[1]
            assert row["feeder"] == ""
        else:
            assert set(ends) - {""} == {row["feeder"]}
    if len(set(feeder.values()) - {""}) > 1:
        assert any(row["state"] == "open" for row in grid["feeders"])


def test_cables_run_from_node_to_node_with_their_length(grid):
    places = dict(zip((row["id"] for row in grid["power_nodes"]), grid["power_nodes"].shapes, strict=True))
    for row, line in zip(grid["feeders"], grid["feeders"].shapes, strict=True):
        assert shapely.distance(shapely.get_point(line, 0), places[row["from_node"]]) < 0.002
        assert shapely.distance(shapely.get_point(line, -1), places[row["to_node"]]) < 0.002
        assert row["length_km"] == pytest.approx(line.length / 1000, abs=1e-4)
        assert line.is_simple
    assert len({(p.x, p.y) for p in places.values()}) == len(places)


def test_what_needs_a_substation_is_fed_by_it(grid):
    """The dependencies of assets and the closed cables say the same."""
    needs = defaultdict(set)
    for row in grid["dependencies"]:
        if row["group"] == "power":
            needs[row["asset"]].add(row["needs"])
    fed = {row["id"]: row["substation"] for row in grid["power_nodes"]}
    checked = 0
    for name in ("charging_stations", "critical_buildings"):
        for row in grid[name]:
            if row["id"] in needs:
                assert needs[row["id"]] == {fed[row["node"]]}
                checked += 1
    assets = grid["assets"].by("asset_id")
    for row in grid["critical_buildings"]:
        for asset, values in assets.items():
            if values["building_file"] == row["id"] and asset in needs:
                assert fed[row["node"]] in needs[asset]
                checked += 1
    assert checked >= 2 or len(grid["planned_buildings"].rows) < 12


def test_layers_show_the_table_at_18(grid):
    now = {row["node"]: row for row in grid["load_by_hour"] if row["hour"] == 18}
    assert len(grid["load_by_hour"].rows) == 24 * len(grid["power_nodes"].rows)
    for row in grid["power_nodes"]:
        day = [r["p_kw"] for r in grid["load_by_hour"] if r["node"] == row["id"]]
        assert row["p_kw"] == now[row["id"]]["p_kw"]
        assert row["generation_kw"] == now[row["id"]]["generation_kw"]
        assert row["peak_kw"] == max(day)
    for row in grid["storage"]:
        assert (row["p_kw"], row["soc_pct"]) == tuple(now[row["node"]][n] for n in ("storage_kw", "soc_pct"))
    for row in grid["charging_stations"]:
        points = [p for p in grid["charging_points"] if p["station"] == row["id"]]
        by_state = {s: sum(p["state"] == s for p in points) for s in ("free", "charging", "out of order")}
        assert (row["free"], row["charging"], row["out_of_order"]) == tuple(by_state.values())
        assert sum(by_state.values()) == row["points"] == len(points)
        assert now[row["node"]]["p_kw"] == sum(p["power_kw"] for p in points if p["state"] == "charging")
        hour = next(v for v in grid["vehicles_by_hour"] if v["station"] == row["id"] and v["hour"] == 18)
        assert (row["plugged_in"], row["v2g_kw"]) == (hour["plugged_in"], hour["v2g_kw"])


def test_hours_are_plausible(grid):
    nodes = grid["power_nodes"].by("id")
    assert all(row["p_kw"] >= 0 and row["generation_kw"] >= 0 for row in grid["load_by_hour"])
    assert sum(row["p_kw"] for row in grid["load_by_hour"] if nodes[row["node"]]["kind"] == "busbar") == 0
    night = [row["generation_kw"] for row in grid["load_by_hour"] if row["hour"] in (0, 4, 5, 19, 23)]
    assert set(night) == {0.0}
    kwp = defaultdict(float)
    for row in grid["pv_roofs"]:
        kwp[row["node"]] += row["kwp"]
    for row in grid["load_by_hour"]:
        assert row["generation_kw"] <= 0.8 * kwp[row["node"]] + 0.1
        assert (row["soc_pct"] is None) == (row["storage_kw"] == 0 and row["soc_pct"] is None)
    for row in grid["feeders"]:
        assert row["i_max_a"] in (416.0, 249.0)


def test_every_building_takes_its_power_once(grid):
    floor = grid["planned_buildings"].by("building_file")
    offices = sum(row["floor_area_m2"] for row in floor.values() if row["use"] == "office")
    total = sum(row["peak_kw"] for row in grid["power_nodes"])
    assert total > 0.045 * offices * 0.9, "the offices' own peak is part of the district's"
    use = {name: row["use"] for name, row in floor.items()}
    for row in grid["pv_roofs"]:
        assert use[row["id"]] in ("home", "office", "shop", "school")


def test_a_battery_keeps_its_energy():
    """What it takes, less the losses, is what it gives and keeps; it ends the day as it began."""
    battery = Battery(2.0, 0.5)
    day = battery_day(battery)
    stored = np.where(day.power_kw < 0, -day.power_kw * EFFICIENCY, -day.power_kw / EFFICIENCY).cumsum()
    assert day.soc_pct == pytest.approx(30.0 + stored / 20.0)
    assert day.soc_pct[-1] == pytest.approx(30.0)
    assert 89.0 < day.soc_pct.max() <= 90.0 + 1e-9
    assert abs(day.power_kw).max() <= 500.0


def test_the_same_seed_gives_the_same_grid():
    one, other, third = (tables(make_district(20, seed)) for seed in (4, 4, 5))
    names = ("power_nodes", "feeders", "load_by_hour", "charging_points")
    assert all(one[name].rows == other[name].rows for name in names)
    assert any(one[name].rows != third[name].rows for name in names)
