"""The schemes of the demo district: A takes sun, view and room below ground from others, and B does not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
import shapely
import shapely.geometry

from twin_plugin.core.demo.district import make_district
from twin_plugin.core.demo.planning import LIMITS, outline, planning_layers
from twin_plugin.core.demo.rail import rail_layers
from twin_plugin.core.demo.rooms import room_rows

SUN = ((17.541, 121.493), (23.312, 125.800), (28.754, 130.775), (33.772, 136.558), (38.240, 143.291),
       (42.004, 151.081), (44.886, 159.938), (46.709, 169.702), (47.338, 180.0))  # fmt: skip
"""Altitude and azimuth on Great Cold day at 8:00, 8:30 … 12:00 true solar time in Shenzhen (pvlib)."""
WINDOW_M = 0.9
PROTECTED_M = 50.0


@dataclass(frozen=True)
class Body:
    shape: shapely.Geometry
    bottom_m: float
    top_m: float


@pytest.fixture(scope="module")
def district(synthetic_district):
    return synthetic_district(60, 1)


@pytest.fixture(scope="module")
def tables(district):
    return {layer.name: records(layer) for layer in planning_layers(district)}


@pytest.fixture(scope="module")
def states(district, tables):
    """The bodies of today and with each scheme."""
    site = tables["scheme_site"][0]["shape"]
    today = [(outline(p), p) for p in district.plans]
    bodies = [Body(shape, p.ground_floor_m, p.ground_floor_m + p.height_m) for shape, p in today]
    stay = [body for body in bodies if shapely.intersection(body.shape, site).area < 0.5 * body.shape.area]
    assert len(stay) == len(bodies) - 3
    planned = {
        letter: [Body(r["shape"], r["base_elev_m"], r["roof_elev_m"]) for r in tables[f"scheme_{letter}"]]
        for letter in "ab"
    }
    return {"today": bodies, "a": stay + planned["a"], "b": stay + planned["b"]}


def records(layer):
    names = [field.name for field in layer.fields]
    return [{"shape": shape, **dict(zip(names, values, strict=True))} for shape, values in layer.rows]


def sun_positions():
    """A position for each half hour from 8 to 16: the middles of the steps of the morning, and the same after noon."""
    morning = [((a0 + a1) / 2, (z0 + z1) / 2) for (a0, z0), (a1, z1) in pairwise(SUN)]
    return morning + [(altitude, 360 - azimuth) for altitude, azimuth in morning]


def lit_hours(x, y, z, bodies):
    """Hours of sun at a point before a wall, from half-hourly positions."""
    hours = 0.0
    for altitude, azimuth in sun_positions():
        rise = math.tan(math.radians(altitude))
        far = (x + 900 * math.sin(math.radians(azimuth)), y + 900 * math.cos(math.radians(azimuth)))
        ray = shapely.LineString([(x, y), far])
        lit = True
        for body in bodies:
            if shapely.intersects(ray, body.shape):
                crossed = shapely.get_coordinates(shapely.intersection(ray, body.shape))
                at = np.hypot(crossed[:, 0] - x, crossed[:, 1] - y) * rise + z
                lit &= not (at.min() < body.top_m and at.max() > body.bottom_m)
        hours += 0.5 * lit
    return hours


def south_windows(district):
    """Points 5 cm before the south walls of homes, every 6 m, at the sill of the ground floor."""
    for plan in district.plans:
        if plan.use != "home":
            continue
        ring = np.array(shapely.geometry.polygon.orient(outline(plan)).exterior.coords)
        for (x0, y0), (x1, y1) in pairwise(ring.tolist()):
            length = math.hypot(x1 - x0, y1 - y0)
            out_x, out_y = (y1 - y0) / length, -(x1 - x0) / length
            if out_y < -0.7 and length > 6:
                for at in np.arange(3.0, length - 2.0, 6.0) / length:
                    point = x0 + at * (x1 - x0) + 0.05 * out_x, y0 + at * (y1 - y0) + 0.05 * out_y
                    yield (*point, plan.ground_floor_m + WINDOW_M)


def elevations(x, y, eye, bodies, azimuths):
    """The greatest elevation angle of some bodies in each direction, degrees; -90 where there is none."""
    found = np.full(len(azimuths), -90.0)
    for k, azimuth in enumerate(azimuths):
        far = (x + 900 * math.sin(math.radians(azimuth)), y + 900 * math.cos(math.radians(azimuth)))
        ray = shapely.LineString([(x, y), far])
        for body in bodies:
            if shapely.intersects(ray, body.shape):
                crossed = shapely.get_coordinates(shapely.intersection(ray, body.shape))
                near = np.hypot(crossed[:, 0] - x, crossed[:, 1] - y).min()
                found[k] = max(found[k], math.degrees(math.atan2(body.top_m - eye, near)))
    return found


def test_a_takes_the_sun_of_homes_behind_it_and_b_of_none(district, tables, states):
    """Zone IV, large city: 3 hours on Great Cold day."""
    site = tables["scheme_site"][0]["shape"]
    places = [w for w in south_windows(district) if 1 < shapely.distance(shapely.Point(w[:2]), site) < 120]
    before, a, b = (np.array([lit_hours(*w, states[name]) for w in places]) for name in ("today", "a", "b"))
    assert (before - a).max() > 4
    assert ((before >= 3) & (a < 3)).any()
    assert (before - b).max() == 0


def test_a_breaks_the_skyline_from_the_hill_and_b_stays_below_the_eye(district, tables, states):
    view = tables["viewpoints"][0]
    assert view["kind"] == "hill"
    x, y = view["shape"].x, view["shape"].y
    eye = float(district.terrain.sample(np.array([x]), np.array([y]))[0]) + 1.6
    middle = tables["scheme_site"][0]["shape"].centroid
    ahead = math.degrees(math.atan2(middle.x - x, middle.y - y))
    azimuths = np.arange(ahead - 20, ahead + 20, 0.5)
    today, a, b = (elevations(x, y, eye, states[name], azimuths) for name in ("today", "a", "b"))
    assert (a - today).max() > 5
    assert (b - today).max() < 0.5
    assert (b[b > today] < 0).all()


def test_only_a_stands_in_the_view_corridor(tables, states):
    [corridor] = tables["view_corridors"]
    strip = shapely.buffer(corridor["shape"], corridor["width_m"] / 2, cap_style="flat")
    over = {}
    for name, bodies in states.items():
        found = [0.0]
        for body in bodies:
            if body.shape.intersects(strip):
                along = shapely.line_locate_point(corridor["shape"], body.shape.centroid, normalized=True)
                eye, target = corridor["eye_elev_m"], corridor["target_elev_m"]
                found.append(body.top_m - (eye + along * (target - eye)))
        over[name] = max(found)
    assert over["a"] > 40
    assert over["today"] == over["b"] == 0


def test_only_a_digs_in_the_protection_zone_and_into_the_pipes(tables):
    """The arcade ends 13 m below the street, 50 m from the line: 50 - 13 - 6.5 - 3.1 = 27.4 m from a bore."""
    gaps = {
        letter: [
            min(shapely.distance(shapely.force_2d(bore["shape"]), room["shape"]) for bore in tables["metro_tunnel"])
            - tables["metro_tunnel"][0]["diameter_m"] / 2
            for room in tables[f"scheme_{letter}_underground"]
        ]
        for letter in "ab"
    }
    assert min(gaps["a"]) == pytest.approx(27.4, abs=0.01)
    assert max(gaps["a"]) < PROTECTED_M < min(gaps["b"])
    hit = {letter: set() for letter in "ab"}
    for letter, kinds in hit.items():
        for room in tables[f"scheme_{letter}_underground"]:
            for pipe in tables["pipes"]:
                inside = shapely.intersection(pipe["shape"], room["shape"])
                if inside.is_empty:
                    continue
                levels = shapely.get_coordinates(inside, include_z=True)[:, 2]
                if levels.min() < room["top_elev_m"] and levels.max() > room["bottom_elev_m"]:
                    kinds.add(pipe["kind"])
    assert hit == {"a": {"water", "sewer"}, "b": set()}


def test_b_keeps_the_control_plan_and_a_breaks_it(tables):
    site = tables["scheme_site"][0]["shape"]
    [parcel] = [row for row in tables["control_plan"] if shapely.equals_exact(row["shape"], site, 0.01)]
    for letter, keeps in (("a", False), ("b", True)):
        rows = tables[f"scheme_{letter}"]
        green = [row for row in tables["green"] if row["scheme"] == f"scheme_{letter}"]
        ratio = sum(row["gross_floor_area_m2"] for row in rows) / site.area
        high = max(row["roof_elev_m"] for row in rows) - min(row["base_elev_m"] for row in rows)
        assert (ratio <= parcel["far_max"] and high <= parcel["height_max_m"]) == keeps
        built = shapely.union_all([row["shape"] for row in rows])
        assert built.area / site.area < parcel["density_max"]
        assert sum(row["shape"].area for row in green) / site.area > parcel["green_min"]
        assert not any(shapely.intersection(built, row["shape"]).area > 0.1 for row in green)
        assert shapely.distance(built, shapely.boundary(site)) >= parcel["setback_m"] - 0.01


def test_bores_run_at_the_rail_of_the_line_and_into_the_station(district, tables):
    lines = {row["id"]: row for row in records(rail_layers(district)[0])}
    for bore in tables["metro_tunnel"]:
        rail = lines[bore["id"].rsplit("-", 1)[0]]
        levels = shapely.get_coordinates(bore["shape"], include_z=True)[:, 2]
        assert levels == pytest.approx([rail["rail_start_m"] + 1.75, rail["rail_end_m"] + 1.75])
        assert shapely.distance(shapely.force_2d(bore["shape"]), rail["shape"].centroid) == pytest.approx(6.5, abs=0.01)
        [station] = [plan.file_name for plan in district.plans if plan.use == "metro"]
        assert bore["connects"] == f"{station}/concourse; {station}/platform"
    platforms = [(shape, values) for shape, values in room_rows(district) if values[0].endswith("platform")]
    for shape, (_, _, _, bottom, top_m, *_) in platforms:
        axes = [row["shape"] for row in tables["metro_tunnel"] if shapely.intersects(row["shape"], shape)]
        assert axes
        assert all(bottom < z < top_m for axis in axes for z in shapely.get_coordinates(axis, include_z=True)[:, 2])


def test_pipes_keep_their_cover_and_fall_and_cross_no_channel(district, tables):
    layout = district.layout
    for pipe in tables["pipes"]:
        x, y, z = shapely.get_coordinates(pipe["shape"], include_z=True).T
        ground = district.terrain.sample(x, y)
        if pipe["kind"] == "water":
            assert ground - z == pytest.approx(1.2 + 0.3, abs=0.01)
        else:
            assert np.diff(z) == pytest.approx(-0.003 * np.hypot(np.diff(x), np.diff(y)), abs=0.002)
            assert (ground - z > 4.2 - 0.4 - 0.01).all()
        u, _ = layout.from_map(x, y)
        assert not any(u.min() < channel < u.max() for channel in layout.channels_u)
    sewers = {row["start_node"]: row["shape"] for row in tables["pipes"] if row["kind"] == "sewer"}
    joined = [(row["shape"], sewers[row["end_node"]]) for row in tables["pipes"] if row["end_node"] in sewers]
    assert joined
    for one, following in joined:
        assert shapely.get_coordinates(one)[-1] == pytest.approx(shapely.get_coordinates(following)[0])


@pytest.mark.parametrize(("count", "seed"), [(1, 1), (2, 0), (12, 3), (130, 7)])
def test_any_district_has_its_schemes(count, seed):
    district = make_district(count, seed)
    once = {layer.name: records(layer) for layer in planning_layers(district)}
    assert all(once.values())
    assert once == {layer.name: records(layer) for layer in planning_layers(district)}
    site = once["scheme_site"][0]["shape"]
    for letter in "ab":
        assert shapely.covers(shapely.buffer(site, 0.01), [row["shape"] for row in once[f"scheme_{letter}"]]).all()
    assert len(once["control_plan"]) == len(district.layout.blocks)
    assert {block.kind for block in district.layout.blocks} <= set(LIMITS)
    kept = [plan for plan in district.plans if plan.use in ("substation", "charging", "pumping", "hospital", "school")]
    assert not any(outline(plan).intersects(site) for plan in kept)
    for row in once["viewpoints"]:
        assert not any(outline(plan).intersects(row["shape"]) for plan in district.plans)
        assert np.isfinite(district.terrain.sample(np.array([row["shape"].x]), np.array([row["shape"].y]))).all()
