"""Two runs compared cell by cell and figure by figure, against values computed by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.analysis.comparison import (
    COLUMNS,
    Change,
    building_figures,
    change_figures,
    class_figures,
    compare_depths,
    depth_figures,
    difference_of,
    setting_figures,
    summary_figures,
)

NAN = math.nan
A = np.array([[0.0, 0.5, 0.5, 0.0, 0.5, NAN], [0.02, 0.5, 0.5, 1.0, 0.06, 0.5]], np.float32)
B = np.array([[0.0, 0.5, 0.7, 0.3, 0.0, 0.5], [0.03, 0.51, 0.512, 0.2, 0.04, NAN]], np.float32)


def by_name(figures):
    return {figure.name: (figure.a, figure.b) for figure in figures}


def test_each_cell_gets_its_change_and_its_difference():
    found = compare_depths(A, B, 0.05, 0.01)
    dry, same, deeper, shallower, only_b, only_a, unknown = Change
    expected = [[dry, same, deeper, only_b, only_a, unknown], [dry, same, deeper, shallower, only_a, unknown]]
    np.testing.assert_array_equal(found.change, np.array(expected, np.uint8))
    wanted = [[NAN, 0, 0.2, 0.3, -0.5, NAN], [NAN, 0.01, 0.012, -0.8, -0.02, NAN]]
    np.testing.assert_allclose(found.difference_m, wanted, atol=1e-6)
    assert found.greatest_m == pytest.approx(-0.8)


def test_two_runs_of_the_same_input_differ_by_exactly_nothing():
    depth = np.random.default_rng(3).gamma(0.4, 0.5, (40, 50)).astype(np.float32)
    depth[:2] = NAN
    found = compare_depths(depth, depth.copy(), 0.05, 0.0)
    assert found.greatest_m == 0.0
    assert set(np.unique(found.change)) == {Change.DRY, Change.SAME, Change.UNKNOWN}
    assert (found.difference_m[depth >= 0.05] == 0.0).all()
    assert np.isnan(found.difference_m[~(depth >= 0.05)]).all()
    for figure in depth_figures(depth, depth, 0.05, 4.0):
        assert figure.row()["difference"] == 0.0
        assert figure.row()["percent"] == 0.0


def test_exchanging_the_runs_exchanges_what_changed():
    there, back = compare_depths(A, B, 0.05, 0.01), compare_depths(B, A, 0.05, 0.01)
    np.testing.assert_array_equal(there.difference_m, -back.difference_m)
    for one, other in ((Change.DEEPER, Change.SHALLOWER), (Change.ONLY_A, Change.ONLY_B), (Change.SAME, Change.SAME)):
        assert there.cells(one) == back.cells(other)


def test_every_cell_is_counted_once():
    found = compare_depths(A, B, 0.05, 0.01)
    assert sum(found.cells(kind) for kind in Change) == A.size


def test_figures_of_depth_leave_out_what_one_run_does_not_know():
    figures = by_name(depth_figures(A, B, 0.05, 4.0))
    assert figures["wet_area_m2"] == (4.0 * 7, 4.0 * 6)
    assert figures["max_depth_m"] == (1.0, pytest.approx(0.7))
    a, b = [0.5, 0.5, 0.5, 0.5, 0.5, 1.0, 0.06], [0.5, 0.7, 0.3, 0.51, 0.512, 0.2]
    assert figures["mean_depth_m"] == (pytest.approx(sum(a) / 7), pytest.approx(sum(b) / 6))


def test_the_areas_of_change_add_up_to_what_is_wet_in_either():
    areas = by_name(change_figures(compare_depths(A, B, 0.05, 0.01), 4.0))
    assert sum(area for _, area in areas.values()) == 4.0 * 8
    assert areas["only_b_area_m2"] == (None, 4.0)
    assert areas["only_a_area_m2"] == (None, 8.0)


def test_dry_runs_have_no_mean_depth_and_no_percentage():
    dry = np.zeros((2, 2), np.float32)
    rows = {figure.name: figure.row() for figure in depth_figures(dry, np.full((2, 2), 0.5, np.float32), 0.05, 1.0)}
    assert rows["wet_area_m2"]["difference"] == 4.0
    assert rows["wet_area_m2"]["percent"] is None
    assert "difference" not in rows["mean_depth_m"]


def test_hazard_areas_are_counted_where_both_runs_have_a_class():
    a, b = np.array([1, 1, 6, NAN, 0]), np.array([1, 2, 5, 3, NAN])
    figures = by_name(class_figures(a, b, 10.0))
    assert figures["hazard_h1_area_m2"] == (20.0, 10.0)
    assert figures["hazard_h2_area_m2"] == (0.0, 10.0)
    assert figures["hazard_h3_area_m2"] == (0.0, 0.0)
    assert figures["hazard_h6_area_m2"] == (10.0, 0.0)


def test_levels_differ_only_where_both_runs_have_one():
    found = difference_of(np.array([5000.25, NAN, 3], np.float32), np.array([5000.5, 2, NAN], np.float32))
    np.testing.assert_array_equal(found, np.array([0.25, NAN, NAN], np.float32))


def test_only_settings_that_differ_are_listed_also_inside_mappings():
    a = {"rain_mm": 100.0, "scheme": "inertial", "cell_m": 2.0, "boundaries": {"north": "open", "east": "open"}}
    b = {"rain_mm": 150.0, "scheme": "inertial", "cell_m": 2.0, "boundaries": {"north": "closed", "east": "open"},
         "wall_s": 3.0}  # fmt: skip
    rows = {figure.name: figure.row() for figure in setting_figures(a, b)}
    assert set(rows) == {"rain_mm", "boundaries.north"}
    assert rows["rain_mm"]["percent"] == 50.0
    assert rows["rain_mm"]["unit"] == "mm"
    assert (rows["boundaries.north"]["text_a"], rows["boundaries.north"]["text_b"]) == ("open", "closed")
    assert not list(setting_figures({}, b))
    assert not list(setting_figures(a, a))


def test_every_setting_of_a_run_is_compared():
    """A setting that a setup or a process gets later must not be forgotten here."""
    pytest.importorskip("numba")
    from tests.flood_setups import flood_setup
    from twin_plugin.core.common.grid import Grid

    figures = flood_setup(Grid(np.zeros((4, 4), np.float32), 0.0, 0.0, 1.0), 60, 60).figures()
    figures |= {
        "boundaries": dict.fromkeys(("north", "east"), "open"),
        "levels_m": {"north": 1.0},
        "structures": {"wall": 1},
    }
    other = {key: dict.fromkeys(value, "x") if isinstance(value, dict) else "x" for key, value in figures.items()}
    compared = {figure.name.partition(".")[0] for figure in setting_figures(figures, other)}
    assert set(figures) - compared <= {"duration_s"}, "the same as duration_min"


def test_volumes_of_both_summaries_are_compared():
    figures = by_name(summary_figures({"rain_m3": 10.0, "peak_volume_m3": 4.0}, {"rain_m3": 20.0, "drained_m3": 1.0}))
    assert figures == {"rain_m3": (10.0, 20.0)}


def test_buildings_rise_and_fall_by_their_id():
    a = {"x": 0, "y": 2, "z": 4, "u": None, "only a": 3}
    b = {"z": 1, "x": 3, "y": 2, "u": 4, "only b": 4}
    figures = by_name(building_figures(a, b))
    assert figures["buildings_class_4"] == (1, 2)
    assert figures["buildings_class_3"] == (1, 1)
    assert figures["buildings_unknown"] == (1, 0)
    assert figures["buildings_higher"] == (None, 1)
    assert figures["buildings_lower"] == (None, 1)


def test_a_row_has_only_columns_of_the_table():
    names = {column.name for column in COLUMNS}
    for figure in (*depth_figures(A, B, 0.05, 1.0), *building_figures({1: 2}, {1: 3})):
        assert set(figure.row()) <= names


def test_other_cells_are_refused():
    with pytest.raises(InputError, match="same cells"):
        compare_depths(A, B[:1], 0.05, 0.01)
