"""The tables: complete, connected, and in agreement with the buildings."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
import shapely

from twin_plugin.core.demo.district import make_district
from twin_plugin.core.demo.layers import make_layers
from twin_plugin.core.demo.readme import readme
from twin_plugin.core.risk.dependencies import Need, spread

KINDS = {"text": str, "integer": int, "real": float, "boolean": bool}


@pytest.fixture(scope="module")
def district(synthetic_district):
    return synthetic_district(60, 1)


@pytest.fixture(scope="module")
def layers(district):
    return {layer.name: layer for layer in make_layers(district)}


def column(layer, name):
    k = [field.name for field in layer.fields].index(name)
    return [values[k] for _, values in layer.rows]


def test_values_fit_their_fields(layers):
    for layer in layers.values():
        assert layer.rows, layer.name
        for geometry, values in layer.rows:
            kind = geometry.geom_type + "Z" * geometry.has_z if geometry is not None else ""
            assert kind == layer.geometry
            assert len(values) == len(layer.fields)
            for field, value in zip(layer.fields, values, strict=True):
                empty = value is None and "empty" in field.meaning
                assert empty or type(value) is KINDS[field.kind], (layer.name, field.name, value)


def test_every_field_is_explained(layers):
    told = set(zip(column(layers["field_notes"], "layer"), column(layers["field_notes"], "field"), strict=True))
    assert told == {
        (layer.name, f.name) for layer in layers.values() for f in layer.fields if layer.name != "field_notes"
    }


def test_the_roads_are_one_network(layers):
    ends = {}
    for k, (line, _) in enumerate(layers["roads"].rows):
        for point in (line.coords[0], line.coords[-1]):
            ends.setdefault(point, []).append(k)
    todo, seen = [0], {0}
    while todo:
        line = layers["roads"].rows[todo.pop()][0]
        for point in (line.coords[0], line.coords[-1]):
            new = set(ends[point]) - seen
            seen |= new
            todo += new
    assert len(seen) == len(layers["roads"].rows)
    assert sum(column(layers["roads"], "is_underpass")) == len(layers["underpass"].rows)
    assert any(column(layers["roads"], "is_bridge"))


def test_people_are_counted_once(district, layers):
    assert sum(column(layers["population"], "residents")) == sum(plan.residents for plan in district.plans)
    assert sum(column(layers["population"], "workers")) == sum(plan.workers for plan in district.plans)
    assert sum(column(layers["population"], "buildings")) == 60
    for plan in district.plans:
        assert (plan.residents > 0) == (plan.use == "home"), plan.name
        assert plan.workers >= 2 or plan.use == "home", plan.name


def test_shelters_have_room(layers):
    assert {"school", "hospital", "park", "hall"} <= set(column(layers["shelters"], "kind"))
    assert min(column(layers["shelters"], "capacity_persons")) > 0


def test_assets_are_those_of_the_buildings(layers):
    kinds = column(layers["assets"], "kind")
    assert kinds.count("metro_entrance") == 4
    assert {"substation", "charging", "pumping"} <= set(kinds)


def test_what_feeds_what_names_assets_and_ends_at_the_substation(layers):
    """Everything but the substation fails without it; the underpass by way of its pump."""
    kinds = dict(zip(column(layers["assets"], "asset_id"), column(layers["assets"], "kind"), strict=True))
    rows = [values for _, values in layers["dependencies"].rows]
    assert {asset for asset, *_ in rows} == {asset for asset, kind in kinds.items() if kind != "substation"}
    [substation] = [asset for asset, kind in kinds.items() if kind == "substation"]
    needs = [Need(asset, (other,), 60.0 * hours) for asset, other, _, hours in rows]
    failed = {failure.asset: failure for failure in spread({substation: 30.0}, needs)}
    assert set(failed) == set(kinds)
    steps = {kinds[asset]: (failure.step, failure.minute) for asset, failure in failed.items()}
    assert steps["underpass_pump"] == (1, 30.0)
    assert steps["underpass"] == (2, 33.0)
    assert steps["metro_entrance"] == (1, 90.0)


def test_assets_of_buildings_lie_before_their_doors(district, layers):
    """So that the water in the street is seen and not that on the roof."""
    outlines = [geometry for geometry, _ in layers["planned_buildings"].rows]
    for point, values in layers["assets"].rows:
        away_m = min(shapely.distance(outline, point) for outline in outlines)
        assert away_m == pytest.approx(3.0, abs=0.01) or values[1].startswith("underpass"), values
    many = make_district(200, 2)
    found = {layer.name: layer for layer in make_layers(many)}
    groups = [values for _, values in found["dependencies"].rows if values[2] == "power"]
    entrances = {values[0] for _, values in found["assets"].rows if values[1] == "metro_entrance"}
    assert all(sum(row[0] == entrance for row in groups) == 2 for entrance in entrances), "two feeders each"


def test_rooms_below_ground_are_those_of_the_models(district, layers):
    """A concourse over a platform, a passage between, and the openings of each building at its first room."""
    rooms = {values[0]: values for _, values in layers["underground"].rows}
    assert len(rooms) == sum(plan.storeys_below > 0 for plan in district.plans) + 1
    [station] = [plan for plan in district.plans if plan.use == "metro"]
    upper, lower = (rooms[f"{station.file_name}/{name}"] for name in ("concourse", "platform"))
    assert upper[3] == pytest.approx(station.ground_floor_m - 6.5)
    assert lower[4] == pytest.approx(upper[3])
    [link] = [values for _, values in layers["underground_links"].rows]
    assert link[:2] == (upper[0], lower[0])
    openings = [values for _, values in layers["underground_openings"].rows]
    assert {values[1] for values in openings} <= set(rooms)
    assert [values[2] for values in openings if values[1] == upper[0]] == ["metro entrance"] * 4
    assert all(values[4] >= 1.0 for values in openings)
    outline = next(shape for shape, values in layers["underground"].rows if values[0] == upper[0])
    assert outline.area == pytest.approx(76 * 40, rel=1e-5)


def test_the_event_adds_up(layers):
    total = sum(
        d
        for site, d in zip(column(layers["gauge_rain"], "site"), column(layers["gauge_rain"], "depth_mm"), strict=True)
        if site == "G2"
    )
    assert total == pytest.approx(165, abs=2)
    assert column(layers["rain_gauges"], "total_mm")[1] == pytest.approx(total, abs=0.06)


def test_everything_lies_in_the_district(layers):
    boundary = layers["district"].rows[0][0].buffer(0.1)
    for layer in layers.values():
        if layer.name == "sea":  # as far as the terrain's box, which is larger than the turned district
            continue
        shapes = [geometry for geometry, _ in layer.rows if geometry is not None]
        assert all(shapely.covers(boundary, shapes)), layer.name


def test_the_readme_says_it_twice(district):
    text = readme(district)
    assert "SYNTHETIC, NOT REAL" in text
    assert "虚构" in text
    assert "60 IFC4 files" in text


def test_one_building():
    alone = make_district(1, 5)
    assert len(alone.plans) == 1
    named = {layer.name: layer for layer in make_layers(alone)}
    assert len(named["planned_buildings"].rows) == 1
    assert column(named["assets"], "kind") == ["underpass_pump", "underpass"]
    assert column(named["dependencies"], "needs") == ["A001"]


def test_windows_lie_within_their_wall_and_clear_of_doors(district):
    windows = 0
    for plan in district.plans:
        spans = {}
        for element in plan.elements:
            if element.ifc_class in ("IfcDoor", "IfcWindow") and element.host >= 0 and element.storey == 0:
                wall = plan.elements[plan.elements[element.host].host]
                if wall.group == "internal wall":
                    continue
                along = math.hypot(element.x - wall.x, element.y - wall.y)
                spans.setdefault(id(wall), []).append((along, along + element.width_m, element.ifc_class))
                windows += element.ifc_class == "IfcWindow"
        for along in spans.values():
            along.sort()
            assert all(before[1] <= after[0] for before, after in pairwise(along)), plan.name
    assert windows > 100
