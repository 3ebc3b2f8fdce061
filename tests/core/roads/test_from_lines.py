"""Graphs of roads from lines: where junctions are and where not."""

import sqlite3

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.cells import metres_per_degree
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.roads.from_lines import Lines, build_graph
from twin_plugin.core.roads.snapping import count_crossings, near_misses


def lines_of(*texts, **changes):
    shapes = np.array([None if text is None else shapely.from_wkt(text) for text in texts], object)
    n = len(shapes)
    yes = np.ones(n, bool)
    values = {"free_kmh": np.full(n, 30.0), "forward": yes, "backward": yes, "rank": np.arange(n)} | changes
    return Lines(shapes, **values)


def ends(built):
    """Edges as pairs of coordinates of their nodes."""
    graph = built.graph
    return [
        (*graph.node_xy[a].tolist(), *graph.node_xy[b].tolist()) for a, b in zip(graph.first, graph.last, strict=True)
    ]


def crossings(built):
    graph = built.graph
    return count_crossings(built.edge_lines, graph.first, graph.last, graph.line)


def test_a_side_street_meets_a_vertex_inside_the_main_street():
    built = build_graph(lines_of("LINESTRING (0 0, 10 0, 20 0, 30 5)", "LINESTRING (20 0, 20 50)"))
    assert ends(built) == [(0, 0, 20, 0), (20, 0, 20, 50), (20, 0, 30, 5)]
    np.testing.assert_allclose(built.graph.length_m, [20, 50, np.hypot(10, 5)])
    np.testing.assert_array_equal(built.graph.line, [0, 1, 0])
    assert shapely.to_wkt(built.edge_lines[0]) == "LINESTRING (0 0, 10 0, 20 0)"
    assert built.piece_sizes.tolist() == [4]


def test_a_bridge_has_no_junction_with_what_it_crosses():
    built = build_graph(lines_of("LINESTRING (0 0, 20 0)", "LINESTRING (10 -10, 10 10)"))
    assert len(built.graph.first) == 2
    assert built.piece_sizes.tolist() == [2, 2]
    assert crossings(built) == 1
    joined = build_graph(lines_of("LINESTRING (0 0, 10 0, 20 0)", "LINESTRING (10 -10, 10 0, 10 10)"))
    assert len(joined.graph.first) == 4
    assert crossings(joined) == 0


def test_lines_that_meet_at_one_place_and_cross_at_another():
    built = build_graph(lines_of("LINESTRING (0 0, 20 0)", "LINESTRING (0 0, 5 5, 10 5, 10 -5)"))
    assert crossings(built) == 1
    twice = build_graph(lines_of("LINESTRING (0 0, 20 0)", "LINESTRING (0 0, 20 0)"))
    assert crossings(twice) == 0
    assert ends(twice) == [(0, 0, 20, 0)] * 2


def test_loops_multilines_and_lines_without_a_length():
    built = build_graph(
        lines_of(
            "LINESTRING (0 0, 5 5, 10 0, 0 0)",
            "MULTILINESTRING ((0 0, -5 0), (100 0, 100 7))",
            "LINESTRING (3 3, 3 3)",
            None,
            "LINESTRING EMPTY",
            "LINESTRING Z (-5 0 1, -5 0.0004 2, -9 0 3)",
        )
    )
    assert ends(built) == [(-5, 0, -9, 0), (0, 0, -5, 0), (0, 0, 0, 0), (100, 0, 100, 7)]
    assert sorted(built.graph.line.tolist()) == [0, 1, 1, 5]
    loop = built.graph.line.tolist().index(0)
    assert built.graph.first[loop] == built.graph.last[loop]
    assert built.graph.length_m[loop] == pytest.approx(10 + 2 * np.sqrt(50))
    assert built.without_length == 3
    with pytest.raises(InputError, match="None of the roads has a length"):
        build_graph(lines_of("LINESTRING (3 3, 3 3)", None))


def test_vertices_within_a_millimetre_are_one():
    built = build_graph(
        lines_of("LINESTRING (0 0, 10 0)", "LINESTRING (10.0003 0, 20 0)", "LINESTRING (20.002 0, 30 0)")
    )
    assert built.piece_sizes.tolist() == [3, 2]


@pytest.mark.parametrize(
    ("short", "expected"),
    [
        ("LINESTRING (20 30, 20 0.4)", 4),  # misses the inside of a segment
        ("LINESTRING (40 30, 40.3 0.3)", 3),  # misses an end
        ("LINESTRING (20 30, 20 0.6)", 4),  # misses by more than the tolerance
    ],
)
def test_ends_are_joined_within_the_tolerance_only(short, expected):
    lines = lines_of("LINESTRING (0 0, 40 0)", short)
    assert len(build_graph(lines).piece_sizes) == 2
    built = build_graph(lines, 0.5)
    missed = "0.6" in short
    assert built.joined == (0 if missed else 2 if "40.3" in short else 1)
    assert len(built.piece_sizes) == (2 if missed else 1)
    assert len(built.graph.node_xy) == expected
    misses = near_misses(lines.shapes, 1.0, 1.0, 1.0, 0.001)
    assert misses[2].min() == pytest.approx(0.6 if missed else 0.4 if expected == 4 else np.hypot(0.3, 0.3), abs=1e-9)


def test_the_same_graph_whatever_the_order_of_the_lines():
    rng = np.random.default_rng(2)
    texts = []
    for _ in range(60):
        xy = rng.integers(0, 8, (4, 2)) + rng.choice([0, 0.0002], (4, 2))
        texts.append("LINESTRING (" + ", ".join(f"{x} {y}" for x, y in xy) + ")")
    free = rng.uniform(20, 60, len(texts))
    expected = build_graph(lines_of(*texts, free_kmh=free), 0.3).graph
    for _ in range(4):
        order = rng.permutation(len(texts))
        mixed = lines_of(*[texts[n] for n in order], free_kmh=free[order], rank=order)
        found = build_graph(mixed, 0.3).graph
        for name in ("node_xy", "first", "last", "length_m", "free_kmh"):
            np.testing.assert_array_equal(getattr(found, name), getattr(expected, name), name)
        np.testing.assert_array_equal(order[found.line], expected.line)


def jakarta_roads(path):
    with sqlite3.connect(path) as store:
        blobs = [row[0] for row in store.execute("SELECT geom FROM roads ORDER BY fid")]
    envelopes = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}  # by the flags of a GeoPackage's header
    return shapely.from_wkb([blob[8 + envelopes[(blob[3] >> 1) & 7] :] for blob in blobs])


def test_the_roads_of_jakarta(shared_data):
    """Counted apart from the product: 34,065 nodes and 97 % in one piece. shapely says that 4,234 pairs cross; that
    counts those as well that cross at a vertex of both, and 1,516 have a meeting without one."""
    shapes = jakarta_roads(shared_data("jakarta/roads.gpkg"))
    n, yes = len(shapes), np.ones(len(shapes), bool)
    middle = float(shapely.total_bounds(shapes)[[1, 3]].mean())
    lines = Lines(shapes, np.full(n, 30.0), yes, yes, np.arange(n), *metres_per_degree(middle), geographic=True)
    built = build_graph(lines)
    assert len(built.graph.node_xy) == 34_065
    assert len(built.graph.first) == 47_868
    assert built.piece_sizes[0] / 34_065 == pytest.approx(0.97, abs=0.005)
    assert built.graph.length_m.sum() / 1000 == pytest.approx(5691.4, abs=0.05)
    assert crossings(built) == 1516
