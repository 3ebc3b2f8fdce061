"""Metro lines of the demo district: their pieces join, their kinds follow the ground, and nothing else changes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely

from twin_plugin.core.demo.district import make_district
from twin_plugin.core.demo.rail import COST_MCNY_KM, rail_layers


@pytest.fixture(scope="module")
def district(synthetic_district):
    return synthetic_district(60, 1)


@pytest.fixture(scope="module")
def tables(district):
    return {layer.name: records(layer) for layer in rail_layers(district)}


def records(layer):
    names = [field.name for field in layer.fields]
    return [{"shape": shape, **dict(zip(names, values, strict=True))} for shape, values in layer.rows]


def by_option(rows):
    found = {}
    for row in rows:
        found.setdefault(row["option"], []).append(row)
    return found


def ground(district, shape):
    xy = shapely.get_coordinates(shape)
    return district.terrain.sample(xy[:, 0], xy[:, 1])


def test_pieces_of_an_option_join_in_place_and_height(tables):
    options = by_option(tables["rail_lines"])
    assert set(options) == {"L97", "L98-A", "L98-B", "L98-C"}
    for pieces in options.values():
        for before, after in pairwise(pieces):
            assert before["shape"].coords[-1] == after["shape"].coords[0]
            assert before["rail_end_m"] == after["rail_start_m"]
        assert all(piece["length_m"] == pytest.approx(piece["shape"].length, abs=0.001) for piece in pieces)


def test_kinds_follow_the_ground(district, tables):
    """In the middle of each step of a piece the rail lies below, on or above the ground as the kind says."""
    for piece in tables["rail_lines"]:
        steps = round(piece["length_m"] / 10)
        shares = (np.arange(steps) + 0.5) / steps
        level = ground(district, [piece["shape"].interpolate(s, normalized=True) for s in shares])
        over = piece["rail_start_m"] + shares * (piece["rail_end_m"] - piece["rail_start_m"]) - level
        # Places are rounded to a millimetre, the rail too.
        least, most = {"underground": (-99, -1.49), "at_grade": (-1.51, 1.51), "elevated": (1.49, 99)}[piece["kind"]]
        assert over.min() > least, piece["id"]
        assert over.max() < most, piece["id"]
    assert {piece["kind"] for piece in tables["rail_lines"]} == {"underground", "at_grade", "elevated"}


def test_costs_are_those_of_their_kind_and_only_of_options(tables):
    for piece in tables["rail_lines"]:
        if piece["state"] == "operating":
            assert piece["cost_mcny"] is None
        else:
            assert piece["cost_mcny"] == pytest.approx(
                piece["length_m"] / 1000 * COST_MCNY_KM[piece["kind"]], abs=0.001
            )


def test_stations_lie_on_their_option_and_entrances_near_their_station(tables):
    options = {
        name: shapely.union_all([p["shape"] for p in rows]) for name, rows in by_option(tables["rail_lines"]).items()
    }
    stations = {row["station_id"]: row for row in tables["rail_stations"]}
    for row in stations.values():
        assert shapely.distance(options[row["option"]], row["shape"]) < 0.01
        assert row["depth_m"] == pytest.approx(row["ground_elev_m"] - row["rail_m"], abs=0.001)
    assert {row["station_id"] for row in tables["rail_entrances"]} == set(stations)
    for row in tables["rail_entrances"]:
        assert 1 < shapely.distance(stations[row["station_id"]]["shape"], row["shape"]) < 80
        assert 0 < row["sill_elev_m"] - row["ground_elev_m"] < 1


def test_works_reach_as_deep_as_they_say(tables):
    for row in tables["rail_works"]:
        assert row["top_elev_m"] - row["bottom_elev_m"] == pytest.approx(row["excavation_m"], abs=0.001)


def test_people_are_those_of_the_buildings_and_pupils_have_no_jobs(district, tables):
    plans = {plan.file_name: plan for plan in district.plans}
    assert len(tables["people_jobs"]) == 60
    for row in tables["people_jobs"]:
        plan = plans[row["id"]]
        assert row["residents"] == plan.residents
        assert row["jobs"] == plan.workers or (plan.use == "school" and row["jobs"] < 0.1 * plan.workers)


@pytest.mark.parametrize(("count", "seed"), [(1, 1), (12, 3), (130, 7)])
def test_any_district_has_its_lines(count, seed):
    district = make_district(count, seed)
    again, tables = rail_layers(district), rail_layers(district)
    assert again == tables
    found = {layer.name: records(layer) for layer in tables}
    assert all(found.values())
    numbers = [v for rows in found.values() for row in rows for v in row.values() if isinstance(v, float)]
    assert np.isfinite(numbers).all()
    edge = shapely.box(*[float(v) for v in district.layout.from_map(*district.layout.to_map(0, 0))],
                       district.layout.width_m, district.layout.height_m)  # fmt: skip
    for piece in found["rail_lines"]:
        u, v = district.layout.from_map(*shapely.get_coordinates(piece["shape"]).T)
        assert edge.buffer(0.01).covers(shapely.multipoints(np.column_stack((u, v))))
