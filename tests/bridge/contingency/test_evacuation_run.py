"""Evacuations from layers: what the water closes, who goes where, what is excluded, and what is refused or reported."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingUtils,
)

from tests.memory_layers import memory_layer
from twin_plugin.bridge.contingency.evacuation_run import EvacuationChoices, WetBuildings, evacuate
from twin_plugin.bridge.contingency.shelter_layers import read_shelters
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.flood.water import WaterSource
from twin_plugin.bridge.kernel import resources
from twin_plugin.bridge.kernel.road_layers import RoadChoices, read_roads
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.progress import silent
from twin_plugin.core.contingency.evacuation import People
from twin_plugin.core.risk.networks import read_speed

WEST, NORTH = 500_000.0, 2_500_000.0
CRS = "EPSG:4547"


def layer(kind, rows, fields, crs=CRS, name="道路 roads"):
    """A layer in memory of (WKT, values)."""
    return memory_layer(kind, rows, fields, name, crs)


def line(*places):
    return "LINESTRING(" + ", ".join(f"{WEST + x} {NORTH - y}" for x, y in places) + ")"


def point(x, y):
    return f"POINT({WEST + x} {NORTH - y})"


ROADS = (
    (line((20, 50), (200, 50), (380, 50)), ("south", "main", 30, "no", None)),
    (line((20, 50), (20, 350), (200, 350), (380, 350), (380, 50)), ("round", "street", 30, "no", "")),
    (line((200, 50), (200, 200), (200, 350)), ("over", "street", 30, "yes", None)),
)
ROAD_FIELDS = ("id:string", "road_class:string", "maxspeed:double", "bridge:string", "oneway:string")
SHELTERS = (
    (point(385, 52), ("east", 50, 9.0)),
    (point(202, 345), ("north", 500, None)),
    (point(200, 130), ("pool", 900, None)),
    (point(30, 350), ("hut", 0, 1.0)),
)
SHELTER_FIELDS = ("shelter_id:string", "capacity:integer", "floor_elev_m:double")


@pytest.fixture
def water(tmp_path):
    """40 x 40 cells of 10 m: within 20 min the water on columns 10 to 29 of the south half rises to 0.6 m."""
    path, bed = tmp_path / "result.nc", np.zeros((40, 40), np.float32)
    with FloodMesh(str(path), Grid(bed, WEST, NORTH, 10.0, CRS), np.array([0.0, 600.0, 1200.0])) as mesh:
        for most in (0.0, 0.3, 0.6):
            depth = bed.copy()
            depth[:20, 10:30] = most
            mesh.write(depth, bed + 1.0, bed, bed)
    return WaterSource(None, None, None, str(path))


@pytest.fixture
def read(qgis_plugin):
    """A function that reads roads and shelters."""

    def make(roads=ROADS, shelters=SHELTERS, crs=CRS, **choices):
        context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
        target = QgsCoordinateReferenceSystem(crs)
        made = layer("LineString", roads, ROAD_FIELDS), layer("Point", shelters, SHELTER_FIELDS, name="shelters")
        sources = [QgsProcessingUtils.variantToSource(one, context) for one in made]
        return (
            read_roads(sources[0], target, RoadChoices(**choices), context, feedback),
            read_shelters(sources[1], target, context, feedback),
        )

    return make


def people_at(*rows):
    ids, count, x, y = zip(*rows, strict=True)
    return People(tuple(ids), tuple(ids), np.array(count), WEST + np.array(x, float), NORTH - np.array(y, float))


MOVERS = people_at(("a", 30, 15, 55), ("b", 40, 25, 40), ("far", 3, 20, 900))


def run(water, roads, sites, people=MOVERS, **choices):
    there = water.read((WEST, NORTH - 400, WEST + 400, NORTH), 0.01, QgsProcessingContext())
    buildings = choices.pop("buildings", None)
    return evacuate(roads, there, people, sites, EvacuationChoices(**choices), silent, buildings)


def test_before_the_water_the_nearest_and_then_round_it(water, read):
    roads, sites = read()
    early = run(water, roads, sites)
    assert [(p.block, p.shelter, p.people) for p in early.evacuation.placements] == [
        ("a", "east", 50),
        ("a", "north", 20),
    ]
    straight, other = early.evacuation.routes
    assert straight.length_m == pytest.approx(360)
    assert straight.arrive_min == pytest.approx(0.72, abs=0.03)
    assert early.route_line(straight).length == pytest.approx(360)
    assert other.length_m == pytest.approx(480)  # over the bridge
    sites = read(shelters=(SHELTERS[0], (SHELTERS[1][0], ("north", 20, None))))[1]
    late = run(water, roads, sites, depart_min=10.0)
    assert [(p.shelter, p.people) for p in late.evacuation.placements] == [("east", 50), ("north", 20)]
    by_shelter = {route.shelter: route for route in late.evacuation.routes}
    assert by_shelter["east"].length_m == pytest.approx(300 + 360 + 300)
    assert by_shelter["north"].length_m == pytest.approx(300 + 180)
    assert all(np.isinf(route.latest_departure_min) for route in by_shelter.values())
    assert [(u.block, u.people) for u in late.evacuation.unplaced] == [("far", 3)]


def test_last_moment_over_the_road_that_closes(water, read):
    """It closes at 10 min; the way to the deepest part leads over 80 m of dry road and 100 m of water."""
    roads, sites = read()
    found = run(water, roads, sites).evacuation.routes[0]
    assert found.latest_departure_min < 10.0 - 0.36
    assert found.latest_by_any_way_min == np.inf
    [closed] = run(water, roads, sites).closures
    assert (closed.id, closed.road_class) == ("south", "main")
    assert closed.closes_min == pytest.approx(10.0)
    assert closed.opens_min != closed.opens_min
    assert closed.depth_m == pytest.approx(0.6)
    assert closed.length_m == pytest.approx(360)
    # The speed falls evenly between the times of RESULT, from 30 km/h at 0 to what is left in 0.3 m at 10 min.
    least = read_speed(resources.table("speed_by_depth")).speed_kmh(np.array([0.3]), np.array([30.0]))[0]
    dry, wet = 80.0, 100.0
    last_kmh = (dry + wet) / (dry / 30 + wet / least)
    graph = roads.graph
    edge = int(np.flatnonzero((graph.line == 0) & (graph.length_m == 180.0))[0])
    speeds = run(water, roads, sites).on_roads.speed_kmh[:, edge]
    np.testing.assert_allclose(speeds[:2], [30.0, last_kmh], rtol=1e-5)
    assert speeds[2] == 0.0


def test_shelters_in_water_without_room_or_far_from_roads_are_excluded_with_their_reason(water, read):
    roads, sites = read(shelters=(*SHELTERS, (point(395, 200), ("off", 10, None)), (None, ("nowhere", 10, None))))
    found = run(water, roads, sites, reach_m=14.0)
    why = {shelter.id: str(shelter.excluded) for shelter in found.evacuation.shelters}
    assert why == {
        "east": "",
        "north": "",
        "pool": "0.60 m of water outside",
        "hut": "no capacity is known",
        "off": "no road within 14 m",
        "nowhere": "no place on the map",
    }
    assert any("Nobody is sent to 4 of 6 shelters" in str(text) for text in found.warnings)
    low = run(water, *read(shelters=((point(200, 130), ("pool", 900, 1.2)), SHELTERS[0])), shelter_depth_m=5.0)
    assert "the water stands 0.40 m above its floor" in {str(s.excluded) for s in low.evacuation.shelters}


def test_a_shelter_in_a_building_has_the_water_of_the_building(water, read):
    roads, sites = read()
    shapes = np.array([shapely.box(WEST + 370, NORTH - 60, WEST + 390, NORTH - 45)], object)
    for depth, level, reason in (
        (0.2, 1.0, "0.20 m of water outside"),
        (0.1, 2.0, "water comes into the building"),
        (0.1, np.nan, ""),
    ):
        wet = WetBuildings(shapes, np.array([depth]), np.array([level]))
        found = run(water, roads, sites, buildings=wet).evacuation
        assert {s.id: str(s.excluded) for s in found.shelters}["east"] == reason


def test_what_is_left_out_is_counted(water, read):
    roads, sites = read()
    found = run(water, roads, sites)
    [entry] = found.entries
    assert (entry.read, entry.left_out) == (2, 1)
    assert any("1 buildings with 3 people have no road within 200 m, such as 'far'" in str(t) for t in found.warnings)
    assert (sites.entry.read, sites.entry.left_out) == (3, 1)
    assert any("1 shelters of 'shelters' have no capacity above 0" in str(note) for note in sites.notes)
    assert (roads.entry.read, roads.entry.left_out) == (3, 0)
    assert roads.notes == []


def test_one_way_roads_and_doubts_about_the_graph(read):
    rows = (
        (line((0, 0), (100, 0)), ("a", "", None, None, "yes")),
        (line((200, 0), (100, 0)), ("b", "", None, None, "-1")),
        (line((50, 50), (50, -50)), ("c", "", None, None, "sideways")),
        (line((100, 300), (100, 0.5)), ("d", "", None, None, None)),
        (None, ("e", "", None, None, None)),
    )
    roads, _ = read(rows)
    graph = roads.graph
    assert (graph.forward & graph.backward).sum() == 2
    texts = " ".join(str(note) for note in roads.notes)
    assert "1 values of the field 'oneway' say no known direction and count as two-way: sideways (1)" in texts
    assert "fall into 3 parts without a connection" in texts
    assert "1 pairs of the roads '道路 roads' cross without a common vertex" in texts
    assert "1 ends of the roads '道路 roads' miss another road by up to 5 m, 1 of them by up to 1 m" in texts
    assert (roads.entry.read, roads.entry.left_out) == (4, 1)
    joined, _ = read(rows, snap_m=1.0)
    assert len(joined.built.piece_sizes) == 2


def test_the_water_without_times_closes_from_the_beginning(tmp_path, read, water):
    roads, sites = read()
    there = water.read((WEST, NORTH - 400, WEST + 400, NORTH), 0.01, QgsProcessingContext())
    still = type(there)(there.cells, there.depth_m, there.level_m)
    found = evacuate(roads, still, MOVERS, sites, EvacuationChoices(depart_min=-60.0), silent)
    assert all(route.length_m != 360 for route in found.evacuation.routes)
    assert found.closures[0].closes_min != found.closures[0].closes_min
    assert any("The water has no times" in str(text) for text in found.warnings)


def test_the_same_whatever_the_order_of_rows(water, read):
    expected = run(water, *read())
    order = [2, 0, 1]
    mixed = run(
        water,
        *read([ROADS[n] for n in order], [SHELTERS[n] for n in (3, 1, 0, 2)]),
        people_at(("far", 3, 20, 900), ("b", 40, 25, 40), ("a", 30, 15, 55)),
    )
    assert mixed.evacuation == expected.evacuation
    assert [str(c) for c in mixed.closures] == [str(c) for c in expected.closures]  # NaN is not equal to itself


def test_roads_beside_the_water_are_refused_and_such_that_leave_it_counted(water, read):
    far = [(line((90_000, 50), (90_400, 50)), ("a", "", 30, "no", None))]
    with pytest.raises(InputError, match=r"'道路 roads' and the water do not overlap, they lie 89\.6 km apart"):
        run(water, *read(far))
    partly = [*ROADS, (line((380, 50), (1380, 50)), ("out", "", 30, "no", None))]
    found = run(water, *read(partly))
    assert any(
        "1.0 of 2.6 km of the roads '道路 roads' lie where the water is not known" in str(t) for t in found.warnings
    )


def test_block_and_shelter_at_one_junction(water, read):
    roads, sites = read(shelters=((point(25, 55), ("here", 100, None)),))
    found = run(water, roads, sites)
    [route] = found.evacuation.routes
    assert (route.edges, route.length_m, route.arrive_min) == ((), 0.0, 0.0)
    line = found.route_line(route)
    assert (line.geom_type, round(line.length, 1)) == ("LineString", round(float(np.hypot(5.0, 7.5)), 1))


def test_shelters_of_unknown_water_and_lines_that_are_no_roads_are_named(water, read):
    rows = [*ROADS, (line((380, 50), (450, 50)), ("steps", "steps", 30, "no", None))]
    roads, sites = read(rows, shelters=(SHELTERS[1], (point(445, 52), ("beside", 10, None))))
    found = run(water, roads, sites)
    assert any("The water at 1 shelters is not known, they count as dry: beside." in str(t) for t in found.warnings)
    assert any(
        "1 lines of the roads '道路 roads' are not for vehicles by their class, steps (1)" in str(n)
        for n in roads.notes
    )


def test_roads_in_degrees(water, read):
    roads, _ = read()
    geographic, places = read(crs="EPSG:4490")
    np.testing.assert_allclose(geographic.graph.length_m.sum(), roads.graph.length_m.sum(), rtol=1e-3)
    assert len(geographic.graph.first) == len(roads.graph.first)
    assert places.bounds[0] == pytest.approx(114.0, abs=0.1)


def test_what_is_refused_names_the_layer_and_the_cure(qgis_plugin):
    context, feedback, crs = QgsProcessingContext(), QgsProcessingFeedback(), QgsCoordinateReferenceSystem(CRS)

    def roads(made):
        return read_roads(QgsProcessingUtils.variantToSource(made, context), crs, RoadChoices(), context, feedback)

    def shelters(made):
        return read_shelters(QgsProcessingUtils.variantToSource(made, context), crs, context, feedback)

    with pytest.raises(InputError, match="'道路 roads' holds no lines"):
        roads(layer("Point", [(point(1, 1), ("a",))], ("id:string",)))
    with pytest.raises(InputError, match="'道路 roads' has no features"):
        roads(layer("LineString", [], ("id:string",)))
    with pytest.raises(InputError, match="'道路 roads' has no CRS"):
        roads(layer("LineString", [(line((0, 0), (9, 9)), ("a",))], ("id:string",), crs=""))
    with pytest.raises(InputError, match="'道路 roads' has no CRS"):
        shelters(layer("Point", [(point(1, 1), (5,))], ("capacity:integer",), crs=""))
    with pytest.raises(InputError, match="has no field of capacities: name it capacity"):
        shelters(layer("Point", [(point(1, 1), ("a",))], ("id:string",)))
    with pytest.raises(InputError, match="No shelter of the layer '道路 roads' has a capacity above 0"):
        shelters(layer("Point", [(point(1, 1), (0,)), (point(2, 2), (-5,))], ("容量:integer",)))
