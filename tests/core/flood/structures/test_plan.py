"""From features to structures: places, cells, guesses, and a sentence for each mistake."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.structure_layer.wall_lines import connected_cells
from twin_plugin.core.flood.structures.kinds import Kind
from twin_plugin.core.flood.surface import Surface

FLAT = Grid(np.full((20, 20), 10.0, np.float32), 0.0, 40.0, 2.0)
LINE = [(9.0, 21.0), (25.0, 21.0)]


def joined_by_sides(numbers, columns):
    """Whether cells hang together by sides alone."""
    left = {divmod(n, columns) for n in numbers.tolist()}
    todo = [left.pop()]
    while todo:
        row, column = todo.pop()
        for near in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            if near in left:
                left.remove(near)
                todo.append(near)
    return not left


def test_no_water_passes_the_corners_of_a_wall():
    """Random lines, one through corners of cells, and one along their edges."""
    rng = np.random.default_rng(3)
    lines = [rng.uniform(-4, 44, (4, 2)) for _ in range(60)]
    lines += [np.array([(0.0, 0.0), (40.0, 40.0)]), np.array([(6.0, 38.0), (6.0, 4.0), (30.0, 4.0)])]
    for line in lines:
        inside = (line > 0).all() and (line < 40).all()
        numbers = connected_cells([line], FLAT.cells, FLAT.values)
        assert len(set(numbers.tolist())) == len(numbers)
        if inside:
            assert joined_by_sides(numbers, 20)
    diagonal = connected_cells([lines[-2]], FLAT.cells, FLAT.values)
    assert joined_by_sides(diagonal, 20)
    assert len(diagonal) == 39


def test_walls_stand_on_the_terrain_and_those_below_it_are_told(feature, plan):
    made = plan(
        [
            feature("a", "wall", LINE, crest_m=11.5),
            feature("b", "路缘石", [(9.0, 5.0), (25.0, 5.0)]),
            feature("c", "levee", [(9.0, 31.0), (25.0, 31.0)], crest_m=9.0),
        ],
        FLAT,
    )
    assert set(np.unique(made.surface.bed.values[9]).tolist()) == {10.0, 11.5}
    assert made.surface.bed.values.max() == 11.5
    assert float(made.surface.bed.values[17, 5]) == pytest.approx(10.15)
    assert (made.read, made.left_out, made.guessed) == (3, 0, 1)
    assert any("without effect: 1" in note and "(c)" in note for note in made.notes)
    assert "raised cells: 18, 72 m²" in " ".join(made.why)
    assert made.surface.bed.values.dtype == np.float32


def test_a_kerb_below_the_noise_of_its_ground_is_told(feature, plan):
    rng = np.random.default_rng(1)
    rough = FLAT.with_values((10 + rng.normal(0, 0.3, (20, 20))).astype(np.float32))
    notes = plan([feature("k", "kerb", LINE)], rough).notes
    assert any("Kerbs lower than the ground differs" in note for note in notes)


@pytest.mark.parametrize(("blocked", "column"), [((12, 14), 14), ((11, 15), 15), ((10, 16), None)])
def test_ends_move_off_buildings_by_two_cells_and_not_by_more(feature, plan, blocked, column):
    labels = np.zeros((20, 20), np.int32)
    labels[:, slice(*blocked)] = 1
    surface = Surface(FLAT, buildings=labels)
    pipe = feature("p", "culvert", [(9.0, 21.0), (26.5, 21.0)], diameter_m=1)
    wall = feature("w", "wall", [(1, 1), (3, 1)], height_m=1)
    made = plan([pipe, wall], surface)
    if column is None:
        assert (made.read, made.left_out) == (1, 1)
        assert any("left out: 1" in note and "(p)" in note for note in made.notes)
    else:
        assert made.structures.links[0].passages[0].end.columns.tolist() == [column]


def test_what_is_missing_is_guessed_and_counted(feature, plan):
    pump = feature("p", "泵站", [(9.0, 21.0)], capacity_m3s=0.2)
    pipe = feature("c", "涵洞", LINE, width_m=2, height_m=1.5)
    made = plan([pump, pipe], FLAT)
    control = made.structures.links[0].control
    assert (control.on_m, control.off_m) == (pytest.approx(10.3), pytest.approx(10.1))
    numbers = made.structures.links[1].passages[0].numbers
    assert numbers[:8] == (1.5, 2.0, 16.0, 10.0, 10.0, 0.013, 0.5, 1.0)
    assert made.guessed == 2
    assert "on_level_m of 1 pump by default" in " ".join(made.why)
    assert [link.kind for link in made.structures.links] == [Kind.PUMP, Kind.CULVERT]


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("tunnel", {}, "kind 'tunnel' is unknown"),
        ("wall", {}, "has no height_m"),
        ("wall", {"crest_m": 11, "height_m": 1}, "both crest_m and height_m"),
        ("wall", {"crest_m": 110}, "100 m above the highest ground"),
        ("weir", {"width_m": 3}, "has no crest_m"),
        ("weir", {"crest_m": 36.1, "width_m": 3, "coefficient": 3.1}, "coefficient is 3.1"),
        ("weir", {"crest_m": 50, "width_m": 3}, "crest_m is 50 m, 40 m from the ground"),
        ("weir", {"crest_m": "high", "width_m": 3}, "crest_m is high, not a number"),
        ("bridge", {"soffit_m": 13, "deck_m": 12}, "soffit_m (13) must be below deck_m (12)"),
        ("bridge", {"soffit_m": 9, "deck_m": 12}, "is not below its soffit_m of 9 m"),
        ("bridge", {"soffit_m": 12, "deck_m": 200}, "deck_m is 200 m"),
        ("bridge", {"soffit_m": 12, "deck_m": 13, "width_m": 4, "piers_m": 5}, "fill the opening"),
        ("culvert", {}, "needs one of these"),
        ("culvert", {"diameter_m": 1, "width_m": 1, "height_m": 1}, "needs one of these"),
        ("culvert", {"diameter_m": 1000}, "diameter_m is 1000"),
        ("culvert", {"diameter_m": 1, "inlet": "90 wingwall"}, "is none of a circular culvert"),
        ("culvert", {"diameter_m": 1, "inlet_invert_m": 30, "outlet_invert_m": 10}, "falls 20 m over a length of 16"),
        ("culvert", {"diameter_m": 1, "one_way": "maybe"}, "give yes or no"),
        ("pump", {}, "needs one of these"),
        ("pump", {"pump_curve": "3:1; 0:2"}, "rising lifts"),
        ("pump", {"capacity_m3s": 1, "on_level_m": 10.1, "off_level_m": 10.4}, "must be below on_level_m"),
        ("pump", {"capacity_m3s": 1, "start_min": 30, "end_min": 10}, "must be below end_min"),
        ("gate", {"width_m": 2, "opening_m": 1, "open_level_m": 10, "close_level_m": 10}, "are the same"),
    ],
)
def test_each_mistake_is_a_sentence_with_the_structure(feature, plan, kind, fields, words):
    with pytest.raises(InputError, match=r"Structure s7") as told:
        plan([feature("s7", kind, LINE, **fields)], FLAT)
    assert words in str(told.value)


def test_shapes_and_places_that_cannot_be_are_told(feature, plan):
    with pytest.raises(InputError, match="Only a pump may be a point"):
        plan([feature("v", "weir", [(9.0, 9.0)], crest_m=11, width_m=2)], FLAT)
    with pytest.raises(InputError, match="No structure lies on the terrain"):
        plan([feature("w", "wall", [(900.0, 9.0), (950.0, 9.0)], height_m=1)], FLAT)
    short = feature("c", "culvert", [(9.0, 21.0), (9.5, 21.0)], diameter_m=1)
    uphill = feature("u", "culvert", LINE, diameter_m=1, inlet_invert_m=9.0, outlet_invert_m=9.4)
    weir = feature("v", "weir", LINE, crest_m=11, width_m=2, barrels=2)
    made = plan([short, uphill, weir], FLAT)
    text = " ".join(made.notes)
    assert (made.read, made.left_out) == (2, 1)
    assert "both ends lie in the same cells of 2 m (c)" in text
    assert "rise from the start of the line to its end: 1 (u)" in text
    assert "more than 0.5 m above or below the ground" in text
    assert "draw a wall across" in text
    assert "have values and no effect: barrels" in text


def test_every_field_and_inlet_of_the_tables_can_be_read(structure_tables):
    assert set(structure_tables.fields) == set(Kind)
    for kind, fields in structure_tables.fields.items():
        assert fields, kind
        for item in fields.values():
            assert item.least < item.most
            assert item.meaning
    assert {inlet.shape for inlet in structure_tables.inlets.values()} == {"circular", "box"}
    chinese = {
        structure_tables.words[word] for word in ("泵", "涵洞", "桥", "堰", "闸门", "孔口", "挡墙", "堤防", "路缘石")
    }
    assert len(chinese) == 9
