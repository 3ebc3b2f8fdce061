"""Bodies below the ground: gaps, overlaps, verdicts, cover and free volume."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.errors import Cancelled, InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.planning.bodies import PLANNED, REMOVED, BodyBuilder, BuriedBody
from twin_plugin.core.planning.clearance import find_pairs
from twin_plugin.core.planning.clearance_rules import read_rules
from twin_plugin.core.planning.cover import covers
from twin_plugin.core.planning.free_space import free_volumes

TABLES = Path(__file__).parents[3] / "resources" / "tables"
RULES = read_rules(TABLES / "underground_kinds.csv", TABLES / "clearance_rules.csv")
BASEMENT = (shapely.box(0, 0, 60, 40), -14.0, 0.0)


def body(name, kind="pipe", **more):
    return BuriedBody(name, name, kind, **more)


def basement(builder, shape=BASEMENT, name="B", **more):
    builder.add_prism(*shape, builder.add(body(name, "basement", **more)))


def tube(builder, *points, r, name="P", kind="pipe", **more):
    builder.add_tube(np.array(points, float), r, builder.add(body(name, kind, **more)))


def box_tunnel(builder, *points, width, below, above, name="T", kind="tunnel", **more):
    builder.add_box(np.array(points, float), width, below, above, builder.add(body(name, kind, **more)))


def only(builder, search=20.0):
    (pair,) = find_pairs(builder.build(), RULES, search).pairs
    return pair


def test_tunnel_below_a_basement():
    builder = BodyBuilder()
    basement(builder)
    box_tunnel(builder, (-50, 14, -22), (110, 14, -22), width=8, below=0, above=7)
    pair = only(builder)
    assert (pair.gap_m, pair.horizontal_m, pair.vertical_m, pair.overlap_m3) == pytest.approx((1, 0, 1, 0))
    assert pair.first[2] - pair.second[2] == pytest.approx(1)


def test_tunnel_beside_a_basement():
    builder = BodyBuilder()
    basement(builder)
    box_tunnel(builder, (70, -50, -20), (70, 90, -20), width=8, below=0, above=7)
    pair = only(builder)
    assert (pair.gap_m, pair.horizontal_m) == pytest.approx((6, 6))
    assert np.isnan(pair.vertical_m)


def test_pipe_beside_a_basement_and_in_it():
    builder = BodyBuilder()
    basement(builder)
    tube(builder, (-20, -3, -6), (90, -3, -6), r=0.5)
    assert only(builder).gap_m == pytest.approx(2.5)
    builder = BodyBuilder()
    basement(builder)
    tube(builder, (-20, 0.3, -6), (90, 0.3, -6), r=0.5)
    pair = only(builder)
    assert pair.verdict == "overlap"
    assert pair.gap_m == pytest.approx(-0.8)
    assert pair.overlap_m3 == pytest.approx(40.414, abs=5e-4)


def test_round_tunnel_below_and_beside():
    builder = BodyBuilder()
    basement(builder)
    tube(builder, (-20, -5, -20.1), (90, -5, -20.1), r=3.1, kind="tunnel")
    assert only(builder).gap_m == pytest.approx(np.hypot(5, 6.1) - 3.1)
    assert only(builder).gap_m == pytest.approx(4.7873, abs=5e-5)


def test_skew_pipes():
    builder = BodyBuilder()
    tube(builder, (0, 0, -3), (50, 0, -5), r=0.3)
    tube(builder, (20, -20, -6), (20, 20, -6.5), r=0.4, name="Q")
    pair = only(builder)
    assert pair.gap_m == pytest.approx(1.74785, abs=5e-6)
    assert pair.gap_m + 0.7 == pytest.approx(2.44785, abs=5e-6)
    assert pair.vertical_m == pytest.approx(1.75, abs=0.005)
    assert np.linalg.norm(np.subtract(pair.first, pair.second)) == pytest.approx(pair.gap_m)


def test_free_volume_of_a_parcel():
    builder = BodyBuilder()
    basement(builder)
    box_tunnel(builder, (-50, 14, -22), (110, 14, -22), width=8, below=0, above=7)
    bodies, parcel = builder.build(), shapely.box(-10, -10, 70, 50)
    free = free_volumes(bodies, np.ones(2, bool), parcel, 0.0, [20])
    assert free.tolist() == pytest.approx([59_200])
    bands = free_volumes(bodies, np.ones(2, bool), parcel, 0.0, [5, 14, 15, 20])
    assert bands.tolist() == pytest.approx([2400 * 5, 2400 * 9, 4800, 4800 * 5 - 3200])
    assert free_volumes(bodies, np.array([True, False]), parcel, 0.0, [20]).sum() == pytest.approx(62_400)


def test_free_volume_beside_a_round_and_a_sloping_tunnel():
    builder = BodyBuilder()
    tube(builder, (-50, 0, -10), (150, 0, -10), r=3, kind="tunnel")
    free = free_volumes(builder.build(), np.ones(1, bool), shapely.box(0, -20, 100, 20), 0.0, [20])
    assert free[0] == pytest.approx(100 * 40 * 20 - np.pi * 9 * 100, rel=1e-4)
    builder = BodyBuilder()
    box_tunnel(builder, (-50, 0, -5), (150, 0, -15), width=6, below=2, above=2)
    free = free_volumes(builder.build(), np.ones(1, bool), shapely.box(0, -20, 100, 20), 0.0, [20])
    assert free[0] == pytest.approx(100 * 40 * 20 - 6 * 4 * 100, rel=1e-3)


def sampled_distance(bodies, one, two, number=30):
    """The least distance between many points on the surfaces of two slabs, or on the axis of a tube."""

    def points(part):
        share = np.linspace(0, 1, number)
        if part < bodies.tubes:
            return bodies.start[part] + share[:, None] * (bodies.end[part] - bodies.start[part])
        slab = part - bodies.tubes
        outline = bodies.outlines[slab]
        ring = shapely.get_coordinates(
            shapely.line_interpolate_point(outline.exterior, np.linspace(0, outline.exterior.length, 4 * number))
        )
        low, high = bodies.levels(np.full(len(ring), slab), ring[:, 0], ring[:, 1])
        walls = [np.column_stack([ring, low + s * (high - low)]) for s in np.linspace(0, 1, 15)]
        west, south, east, north = outline.bounds
        x, y = (v.ravel() for v in np.meshgrid(np.linspace(west, east, number), np.linspace(south, north, number)))
        inside = shapely.intersects_xy(outline, x, y)
        x, y = x[inside], y[inside]
        low, high = bodies.levels(np.full(len(x), slab), x, y)
        return np.vstack([*walls, np.column_stack([x, y, low]), np.column_stack([x, y, high])])

    a, b = points(one), points(two)
    return min(np.linalg.norm(a[k : k + 100, None] - b, axis=2).min() for k in range(0, len(a), 100))


@pytest.mark.parametrize("seed", range(12))
def test_gaps_equal_those_of_many_points(seed):
    random = np.random.default_rng(seed)
    builder = BodyBuilder()
    corners = random.uniform(-6, 6, (5, 2))
    builder.add_prism(shapely.convex_hull(shapely.multipoints(corners)), -5, -1, builder.add(body("B", "basement")))
    a, b = random.uniform(-15, 15, (2, 3))
    a[2], b[2] = random.uniform(-14, -8, 2)
    if seed % 2:
        builder.add_box(np.array([a, b]), 1.5, 0.5, 0.7, builder.add(body("T", "tunnel")))
    else:
        builder.add_tube(np.array([a, b]), 0.25, builder.add(body("P")))
    bodies = builder.build()
    pair = only(builder, 100)
    expected = sampled_distance(bodies, 0, 1) - (0 if seed % 2 else 0.25)
    assert pair.gap_m <= expected + 1e-9
    assert pair.gap_m == pytest.approx(expected, abs=0.15)


def test_gaps_of_outlines_with_many_corners_are_those_of_few(monkeypatch):
    """A star of 300 corners beside another one, and over it: measured whole, and by what is near."""

    def gaps():
        turn = np.linspace(0, 2 * np.pi, 300, endpoint=False)
        radius = np.where(np.arange(300) % 2, 8.0, 10.0)
        star = shapely.Polygon(np.column_stack([np.cos(turn), np.sin(turn)]) * radius[:, None])
        found = []
        for x, y, low in ((21.3, 4.0, -9.0), (25.0, 0.0, -20.0), (3.0, 2.0, -13.5)):
            builder = BodyBuilder()
            builder.add_prism(star, -8, -1, builder.add(BuriedBody("A", "A", "works")))
            moved = shapely.transform(star, lambda points, x=x, y=y: points + np.array([x, y]))
            builder.add_prism(moved, low, low + 4, builder.add(BuriedBody("B", "B", "works")))
            found.append(only(builder).gap_m)
        return found

    several = gaps()
    monkeypatch.setattr("twin_plugin.core.planning.clearance_geometry.HEAVY", 10**9)
    assert several == pytest.approx(gaps(), abs=1e-9)
    assert several[2] == pytest.approx(1.5)


def test_gap_does_not_depend_on_order_nor_on_place():
    def gap(shift, turned):
        builder = BodyBuilder()
        axis = np.array([(-8, 3, -9), (9, 7, -7)], float) + np.r_[shift, 0]
        ring = shapely.Polygon(np.array([(0, 0), (6, 0), (6, 2), (2, 2), (2, 6), (0, 6)]) + shift)
        parts = [lambda: builder.add_tube(axis, 0.3, builder.add(body("P")))]
        parts.append(lambda: builder.add_prism(ring, -5, -1, builder.add(body("B", "basement"))))
        for part in parts[::-1] if turned else parts:
            part()
        return only(builder).gap_m

    first = gap(np.zeros(2), False)
    assert gap(np.zeros(2), True) == pytest.approx(first, abs=1e-12)
    assert gap(np.array([492_744.0, 2_490_626.0]), False) == pytest.approx(first, abs=1e-6)


def test_volume_of_a_slanted_pipe_in_a_wall_equals_that_of_many_points():
    builder = BodyBuilder()
    basement(builder)
    tube(builder, (-3, 5, 3), (30, 20, -8), r=1.2)
    start, end = np.array([-3.0, 5, 3]), np.array([30.0, 20, -8])
    random = np.random.default_rng(3)
    points = random.uniform((-5, 3, -10), (32, 22, 0), (2_000_000, 3))
    length = np.linalg.norm(end - start)
    way = (end - start) / length
    along = (points - start) @ way
    away = np.linalg.norm(points - start - along[:, None] * way, axis=1)
    inside = (away < 1.2) & (along > 0) & (along < length) & (points[:, 0] > 0) & (points[:, 1] > 0)
    expected = inside.mean() * 37 * 19 * 10
    assert only(builder).overlap_m3 == pytest.approx(expected, rel=0.02)


def test_volume_of_two_sloping_tunnels():
    """Two crossing tunnels of 4 m by 4 m, one of them sloping: the overlap is that of the common plan by height."""
    builder = BodyBuilder()
    box_tunnel(builder, (-20, 0, -10), (20, 0, -10), width=4, below=2, above=2)
    box_tunnel(builder, (0, -20, -12), (0, 20, -4), width=4, below=2, above=2, name="U")
    y = (np.arange(400_000) + 0.5) / 100_000 - 2
    level = -8 + y * 0.2
    expected = 4 * np.maximum(0, np.minimum(-8, level + 2) - np.maximum(-12, level - 2)).mean() * 4
    pair = only(builder)
    assert pair.overlap_m3 == pytest.approx(expected, rel=1e-6)
    assert pair.vertical_m == pytest.approx(-(4 - 1.6), abs=1e-6)


def test_volume_of_crossing_pipes_is_that_of_steinmetz():
    builder = BodyBuilder()
    tube(builder, (-5, 0, 0), (5, 0, 0), r=1)
    tube(builder, (0, -5, 0), (0, 5, 0), r=1, name="Q")
    pair = only(builder)
    assert pair.overlap_m3 == pytest.approx(16 / 3, rel=1e-3)
    assert pair.gap_m == pytest.approx(-2)


@pytest.mark.parametrize("turn", [0.0, 0.003, 0.2, 1.0])
def test_volume_of_short_pipes_equals_that_of_many_points(turn):
    """Two pieces, one 0.3 m to the side and 0.2 m above, from parallel to nearly across."""
    start, end = np.array([2.0, -0.1, 0.2]), np.array([2.0 + 4 * np.cos(turn), -0.1 + 4 * np.sin(turn), 0.2])
    builder = BodyBuilder()
    tube(builder, (0, 0, 0), (5, 0, 0), r=0.5)
    tube(builder, start, end, r=0.4, name="Q")
    points = np.random.default_rng(1).uniform((0, -0.5, -0.5), (5, 0.5, 0.5), (1_000_000, 3))
    along = (points - start) @ (end - start) / 4
    away = np.linalg.norm(points - start - along[:, None] * (end - start) / 4, axis=1)
    inside = (np.hypot(points[:, 1], points[:, 2]) < 0.5) & (away < 0.4) & (along > 0) & (along < 4)
    assert only(builder).overlap_m3 == pytest.approx(inside.mean() * 5, rel=0.01)


def test_pipe_through_a_wall_that_ends_inside():
    builder = BodyBuilder()
    basement(builder)
    tube(builder, (-10, 20, -7), (5, 20, -7), r=0.25)
    pair = only(builder)
    assert pair.overlap_m3 == pytest.approx(np.pi * 0.0625 * 5, rel=1e-3)
    assert pair.gap_m == pytest.approx(-5.25, abs=0.01)
    assert pair.vertical_m == pytest.approx(-7.25)


def test_shafts_are_upright_slabs():
    builder = BodyBuilder()
    tube(builder, (0, 0, -8), (0, 0, 0), r=0.6, name="M", kind="manhole")
    tube(builder, (-10, 2, -5), (10, 2, -5), r=0.4)
    assert builder.build().tubes == 1
    assert only(builder).gap_m == pytest.approx(1.0, abs=0.003)


def test_bends_of_a_box_tunnel_leave_no_wedge():
    builder = BodyBuilder()
    box_tunnel(builder, (0, 0, -9), (20, 0, -9), (20, 20, -9), width=6, below=0, above=3)
    bodies = builder.build()
    assert shapely.area(shapely.union_all(bodies.outlines)) == pytest.approx(23 * 6 + 17 * 6)
    assert len(bodies) == 1


def test_connection_is_known_by_names_and_not_by_distance():
    def found(one, two):
        builder = BodyBuilder()
        tube(builder, (0, 0, -3), (10, 0, -3), r=0.2, name="P1", **one)
        tube(builder, (10, 0, -3), (20, 0, -3), r=0.2, name="P2", **two)
        return find_pairs(builder.build(), RULES, 2.0)

    joined = found({"nodes": frozenset("AB")}, {"nodes": frozenset("BC")})
    assert (joined.pairs, joined.connected) == ([], 1)
    assert found({"connects": frozenset(["P2"])}, {}).pairs == []
    (pair,) = found({"nodes": frozenset("A")}, {"nodes": frozenset("C")}).pairs
    assert pair.verdict == "overlap"


def test_verdicts_follow_the_rules():
    def verdict(distance, kind, height=-6.0, **more):
        builder = BodyBuilder()
        basement(builder)
        tube(builder, (-20, -distance, height), (90, -distance, height), r=0.1, kind=kind, **more)
        pairs = find_pairs(builder.build(), RULES, 4.0).pairs
        return pairs[0].verdict if pairs else None

    assert verdict(3.05, "water") == "too_close"
    assert verdict(3.15, "water") == "kept"
    assert verdict(3.15, "pipe") == "no_rule"
    assert verdict(5, "pipe") is None
    assert verdict(5, "rail_tunnel") == "special_zone"
    assert verdict(50, "rail_tunnel") == "control_zone"
    assert verdict(50.2, "rail_tunnel") is None
    assert verdict(-10, "water", height=-20) is None
    assert verdict(-10, "water", height=-14.1) == "no_rule"


def test_crossing_pipes_are_judged_by_their_gap_in_height():
    def verdict(height):
        builder = BodyBuilder()
        tube(builder, (-9, 0, 0), (9, 0, 0), r=0.1, kind="water")
        tube(builder, (0, -9, height), (0, 9, height), r=0.2, name="S", kind="sewer")
        return only(builder, 2).verdict

    assert verdict(-0.69) == "too_close"
    assert verdict(-0.71) == "kept"


def test_standing_pipes_are_not_reviewed_by_rail_zones_but_planned_ones_are():
    def found(state):
        builder = BodyBuilder()
        tube(builder, (0, 0, -10), (50, 0, -10), r=3, kind="rail_tunnel")
        tube(builder, (0, 20, -2), (50, 20, -2), r=0.2, name="W", kind="water", state=state)
        return [pair.verdict for pair in find_pairs(builder.build(), RULES, 2.0).pairs]

    assert found("present") == []
    assert found(PLANNED) == ["control_zone"]


def test_zones_hold_what_lies_in_them_in_plan():
    builder = BodyBuilder()
    basement(builder)
    builder.add_prism(shapely.box(50, 0, 90, 40), 0, 0, builder.add(body("Z", "zone")))
    tube(builder, (55, 10, -3), (58, 20, -3), r=0.2)
    pairs = [pair for pair in find_pairs(builder.build(), RULES, 2.0).pairs if "Z" in (pair.one.id, pair.two.id)]
    assert [(pair.one.id, pair.verdict, pair.horizontal_m) for pair in pairs] == [("B", "control_zone", 0)]


def test_what_a_scheme_removes_does_not_meet_what_it_builds():
    builder = BodyBuilder()
    basement(builder, name="old", state=REMOVED)
    basement(builder, name="new", state=PLANNED)
    assert find_pairs(builder.build(), RULES, 2.0).pairs == []


def test_cover_is_least_where_the_ground_is_lowest():
    ground = np.full((20, 40), 5.0)
    ground[:, 30] = 4.2
    terrain = Grid(ground, 0, 20, 1.0)
    builder = BodyBuilder()
    tube(builder, (1, 10, 3), (39, 10, 3), r=0.2)
    tube(builder, (1, 500, 3), (39, 500, 3), r=0.2, name="off")
    found = covers(builder.build(), terrain)
    assert found.least_m[0] == pytest.approx(1.0)
    assert 30 <= found.at[0, 0] < 31
    assert np.isnan(found.least_m[1])


def test_nothing_in_nothing_out_and_cancel():
    assert find_pairs(BodyBuilder().build(), RULES, 2.0).pairs == []
    builder = BodyBuilder()
    basement(builder)
    assert find_pairs(builder.build(), RULES, 2.0).pairs == []
    tube(builder, (-20, -1, -6), (90, -1, -6), r=0.5)
    with pytest.raises(Cancelled):
        find_pairs(builder.build(), RULES, 2.0, lambda *_: False)


def test_too_many_pairs_are_refused(monkeypatch):
    monkeypatch.setattr("twin_plugin.core.planning.clearance.MOST_PAIRS", 5)
    builder = BodyBuilder()
    for k in range(6):
        tube(builder, (0, k, -3), (10, k, -3), r=0.2, name=f"P{k}")
    with pytest.raises(InputError, match="More than 5 pairs of pieces lie within 20 m"):
        find_pairs(builder.build(), RULES, 20.0)


def test_tables_say_what_is_wrong(tmp_path):
    gaps = tmp_path / "gaps.csv"
    gaps.write_text("kind_a,kind_b,horizontal_m,vertical_m,source\nwater,wine,1,,x\n", encoding="utf-8")
    with pytest.raises(InputError, match="wine"):
        read_rules(TABLES / "underground_kinds.csv", gaps)
    gaps.write_text("kind_a,kind_b,horizontal_m,vertical_m,source\nwater,gas,-1,,x\n", encoding="utf-8")
    with pytest.raises(InputError, match="'-1' as horizontal_m"):
        read_rules(TABLES / "underground_kinds.csv", gaps)


def test_every_kind_that_ships_has_a_name_of_its_own_for_legends(tmp_path):
    labels = [kind.label for kind in RULES.kinds.values()]
    assert all(labels)
    assert len(set(labels)) == len(labels)
    own = tmp_path / "kinds.csv"
    columns = "kind,words,least_cover_m,protection_m,special_m,reviewed,colour,source\n"
    own.write_text(columns + "pond,池塘,,,,0,#4aa3df,x\n", encoding="utf-8")
    gaps = tmp_path / "gaps.csv"
    gaps.write_text("kind_a,kind_b,horizontal_m,vertical_m,source\npond,pond,1,,x\n", encoding="utf-8")
    assert read_rules(own, gaps).kinds["pond"].label == ""  # a table without the column still counts


def test_rail_zones_are_those_of_the_reference():
    names = ("rail_tunnel", "rail_surface", "rail_entrance", "rail_under_water", "rail_planned")
    assert [RULES.protection_m(name)[0] for name in names] == [50, 30, 10, 100, 60]
    assert [RULES.protection_m(name)[1] for name in names[:2]] == [5, 3]
    assert RULES.kind_named("污水") == "sewer"
