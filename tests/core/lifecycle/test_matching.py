"""Two states of objects: the worked figures, ids that changed, what was added and deleted."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from twin_plugin.core.lifecycle.matching import Difference, State, compare, iou


def state(*objects, **attributes):
    ids = [identity for identity, _ in objects]
    shapes = np.empty(len(objects), object)
    shapes[:] = [shape for _, shape in objects]
    return State(ids, shapes, {}, attributes)


def test_the_worked_figures_of_as_built():
    designed = shapely.box(0, 0, 25, 20)
    (pair,) = compare(state(("d/1", designed)), state(("b/1", shapely.box(0.3, 0.4, 25.3, 20.4))), 0.05)
    assert (pair.by, pair.difference) == ("id", Difference.CHANGED)
    assert pair.distance_m == pytest.approx(0.5, abs=1e-9)
    assert pair.iou == pytest.approx(0.93844, abs=5e-6)
    wide = shapely.box(0, 0, 25.1, 20.1)
    assert wide.area == pytest.approx(504.51)
    (pair,) = compare(state(("d/1", designed)), state(("b/1", wide)), 0.2)
    assert pair.area_pct == pytest.approx(0.902, abs=5e-4)
    assert pair.difference is Difference.WITHIN


def test_tolerance_is_of_edges_and_levels():
    one, other = state(("a", shapely.box(0, 0, 10, 10))), state(("a", shapely.box(0, 0, 10.04, 10)))
    assert compare(one, other, 0.05)[0].difference is Difference.WITHIN
    assert compare(one, other, 0.03)[0].difference is Difference.CHANGED
    levels = [State(["a"], one.shapes, {"height_m": np.array([height])}) for height in (12.0, 12.04, np.nan)]
    assert compare(levels[0], levels[1], 0.05)[0].difference is Difference.WITHIN
    assert compare(levels[0], levels[1], 0.05)[0].levels_m["height_m"] == pytest.approx(0.04)
    assert compare(levels[0], levels[2], 0.05)[0].difference is Difference.UNCHANGED


def test_an_object_whose_id_alone_changed_is_the_same():
    here, there = shapely.box(0, 0, 10, 10), shapely.box(50, 0, 60, 10)
    pairs = compare(state(("m/1", here), ("m/2", there)), state(("m/9", here), ("m/2", there)), 0.01)
    assert [(p.by, p.difference) for p in pairs] == [
        ("geometry", Difference.UNCHANGED),
        ("id", Difference.UNCHANGED),
    ]


def test_what_was_added_and_deleted():
    before = state(("1", shapely.box(0, 0, 10, 10)), ("2", shapely.box(20, 0, 30, 10)))
    after = state(("1", shapely.box(0, 0, 10, 10)), ("3", shapely.box(26, 0, 36, 10)), ("4", None))
    pairs = compare(before, after, 0.01)
    assert [p.difference.value for p in pairs] == ["unchanged", "added", "added", "deleted"]
    assert iou(before.shapes[1], after.shapes[1]) < 0.5


def test_the_best_of_several_places_is_taken_and_each_once():
    before = state(("x", shapely.box(0, 0, 10, 10)), ("y", shapely.box(2, 0, 12, 10)))
    after = state(("p", shapely.box(2, 0, 12, 10)), ("q", shapely.box(1, 0, 11, 10)))
    pairs = compare(before, after, 5)
    assert [(p.after, p.before) for p in pairs] == [(0, 1), (1, 0)]


def test_ids_that_occur_twice_match_by_place():
    here, there = shapely.box(0, 0, 10, 10), shapely.box(50, 0, 60, 10)
    pairs = compare(state(("a/1", here), ("b/1", there)), state(("c/1", there), ("d/1", here)), 0.01)
    assert [(p.before, p.by) for p in pairs] == [(1, "geometry"), (0, "geometry")]


def test_attributes_are_named_with_both_values():
    here = shapely.box(0, 0, 10, 10)
    (pair,) = compare(state(("1", here), use=["office"], name=[None]), state(("1", here), use=["shop"], name=[""]), 1)
    assert pair.attributes == (("use", "office", "shop"),)
    assert pair.difference is Difference.CHANGED
