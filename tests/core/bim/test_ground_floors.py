"""Which level is the ground floor, and which levels are no storeys at all."""

from __future__ import annotations

import pytest

from twin_plugin.core.bim.rows import place_model
from twin_plugin.core.bim.storeys import StoreyLevel, first_guess, ground_floor, kind_of_name, only_storeys


def codes(report):
    return {warning.code for warning in report.notes.warnings}


def tower(house, levels, door_at, unit_m=1.0):
    """A tower 10 x 8 m of a slab and four walls for each (name, z), the last z its top, and a door at a height."""
    model = house(unit_m=unit_m)
    f = model.f
    for product in (*f.by_type("IfcElement"), *f.by_type("IfcBuildingStorey")):
        for relation in f.get_inverse(product):
            if relation.is_a("IfcRelationship"):
                f.remove(relation)
        f.remove(product)
    top = levels[-1][1]
    for index, (name, z) in enumerate(levels[:-1]):
        storey = model.level(name, z)
        height = levels[index + 1][1] - z
        model.box("IfcSlab", "Slab", 0, 0, z - 0.2, 10, 8, 0.2, storey)
        for x, y, w, d in ((0, 0, 10, 0.3), (0, 7.7, 10, 0.3), (0, 0, 0.3, 8), (9.7, 0, 0.3, 8)):
            model.box("IfcWall", "Wall", x, y, z, w, d, height, storey)
        if z <= door_at < levels[index + 1][1]:
            model.storey = storey
    model.box("IfcRoof", "Roof", 0, 0, top, 10, 8, 0.2)
    model.box("IfcDoor", "Door", 4, 0.1, door_at, 1, 0.1, 2.1)
    return model


NAMES = {
    "Chinese": ("地下一层", "首层", "二层"),
    "numbers": ("B1", "1F", "2F"),
    "German": ("Untergeschoss", "Erdgeschoss", "1. Obergeschoss"),
    "short German": ("KG", "EG", "OG"),
    "French": ("Sous-sol", "Rez-de-chaussée", "Étage 1"),
    "Spanish": ("Sótano 1", "Planta baja", "Planta 1"),
    "Japanese": ("地下1階", "1階", "2階"),
    "British": ("Lower Ground", "Ground Floor", "First Floor"),
    "minus": ("Level -1", "Level 0", "Level 1"),
    "above a basement": ("Basement", "Shop", "Flat"),
    "no basement's name": ("Stores", "Level 1", "Level 2"),
}


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("unit_m", [1.0, 0.001])
def test_absolute_heights_and_names(house, read, names, unit_m):
    levels = [*zip(names, (47.0, 50.5, 54.0), strict=True), ("", 57.0)]
    report = read(tower(house, levels, 50.5, unit_m))
    (building,) = report.buildings
    assert building.ground_m == pytest.approx(50.5)
    assert [storey.number for storey in building.storeys] == [-1, 0, 1]
    assert (building.storeys_above, building.storeys_below) == (2, 1)
    assert [opening.kind for opening in building.openings] == ["door"]
    assert building.below_ground_area_m2 == pytest.approx(80.0)
    assert "ground_floor_guessed" not in codes(report)


ABSOLUTE = [("Stores", 47.0), ("Shop", 50.5), ("Flat", 54.0), ("", 57.0)]


def test_absolute_heights_and_the_height_of_reference(house, read):
    model = tower(house, ABSOLUTE, 54.0)
    model.building.ElevationOfRefHeight = 50.5
    assert read(model).buildings[0].ground_m == pytest.approx(50.5)
    # A height above the sea says nothing of storeys that count from the building's zero.
    model = tower(house, [("A", 0.0), ("B", 3.5), ("", 7.0)], 0.0)
    model.building.ElevationOfRefHeight = 3.5
    assert read(model).buildings[0].ground_m == pytest.approx(0.0)


def test_absolute_heights_and_the_only_door(house, read):
    report = read(tower(house, ABSOLUTE, 50.5))
    assert report.buildings[0].ground_m == pytest.approx(50.5)
    assert len(report.buildings[0].openings) == 1
    assert "ground_floor_guessed" not in codes(report)


def test_absolute_heights_without_any_sign_are_in_doubt(house, read):
    model = tower(house, ABSOLUTE, 50.5)
    model.f.remove(model.f.by_type("IfcDoor")[0])
    report = read(model)
    assert "ground_floor_guessed" in codes(report)
    assert "Stores at 47.00 m" in " ".join(report.notes.warnings)


def test_levels_of_structure_ceilings_and_parapets_are_no_storeys(house, read):
    model = tower(house, [("FFL 0", 0.0), ("FFL 1", 3.2), ("FFL 2", 6.4), ("", 9.6)], 0.0)
    for name, z in (("TOS 0", -0.36), ("Ceiling 0", 2.7), ("TOS 1", 2.84), ("Parapet", 9.6)):
        model.box("IfcSlab", "Slab", 0, 0, z, 10, 8, 0.1, model.level(name, z))
    report = read(model)
    (building,) = report.buildings
    assert [storey.name for storey in building.storeys] == ["FFL 0", "FFL 1", "FFL 2"]
    assert building.ground_m == pytest.approx(0.0)
    assert building.gross_floor_area_m2 == pytest.approx(240.0)


def test_a_level_of_footings_is_no_storey_but_one_with_a_slab_is(house, read):
    model = tower(house, [("Level 1", 0.0), ("Level 2", 3.2), ("", 6.4)], 0.0)
    footings = model.level("T/FDN", -1.25)
    model.box("IfcFooting", "Strip", 0, 0, -1.55, 10, 0.6, 0.3, footings)
    model.box("IfcWall", "Stem", 0, 0, -1.25, 10, 0.3, 1.25, footings)
    (building,) = read(model).buildings
    assert [storey.name for storey in building.storeys] == ["Level 1", "Level 2"]
    assert (building.storeys_above, building.storeys_below) == (2, 0)
    model = tower(house, [("Level 1", 0.0), ("Level 2", 3.2), ("", 6.4)], 0.0)
    cellar = model.level("Foundation", -2.8)
    for x, y, wide, deep in ((0, 0, 10, 0.3), (0, 7.7, 10, 0.3), (0, 0, 0.3, 8), (9.7, 0, 0.3, 8)):
        model.box("IfcWall", "Cellar wall", x, y, -2.8, wide, deep, 2.8, cellar)
    model.box("IfcSlab", "Cellar floor", 0, 0, -3.0, 10, 8, 0.2, cellar)
    (building,) = read(model).buildings
    assert (building.storeys_above, building.storeys_below) == (2, 1)


def test_a_door_of_a_level_that_is_no_storey_is_in_the_nearest(house, read):
    model = tower(house, [("FFL 0", 0.0), ("FFL 1", 3.2), ("", 6.4)], 0.0)
    structure = model.level("TOS 0", -0.36)
    model.box("IfcSlab", "Slab", 0, 0, -0.36, 10, 8, 0.1, structure)
    model.box("IfcDoor", "Back door", 6, 0.1, 0.0, 1, 0.1, 2.1, structure)
    rows = place_model(read(model), "")
    ground = next(row["id"] for _, row in rows.storeys if row["number"] == 0)
    assert [row["storey_id"] for _, row in rows.openings] == [ground, ground]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("ground", ["EG", "00 EG", "Ground Floor", "GROUND", "RDC", "Rez-de-chaussée", "Planta Baja", "首层", "一层",
                    "1层", "1階", "Level 0"]),
        ("below", ["B1", "B2F", "1.UG", "UG 1", "2. Untergeschoss", "Heizkeller", "Sous-sol", "Sótano", "地下二层",
                   "-1", "Level -1", "-1F", "Basement", "Lower Ground Floor"]),
        ("first", ["1F", "F1", "Level 1", "L01", "1st Floor"]),
        ("mark", ["Ceiling", "Parapet", "吊顶", "女儿墙", "Attika"]),
        ("foundation", ["T/FDN", "Foundation", "Top of Footing", "Fundamente", "Streifenfundament", "基础层"]),
        ("structure", ["TOS 1", "T.O.S.", "RFB EG", "结构标高 2"]),
        ("roof", ["Roof", "屋面层", "Cubierta", "屋上"]),
        ("", ["Level 10", "Level 12", "2F", "OG", "1. OG", "Underwood Hall", "Obergeschoss", "Plateau +1.20",
              "Grube -1.20", "B10", "Trestle", "Stegosaurus"]),
    ],
)  # fmt: skip
def test_names_of_storeys(kind, names):
    assert {name: kind_of_name(name) for name in names} == dict.fromkeys(names, kind)


def level(name, z, floor=True):
    return StoreyLevel(None, z, name, kind_of_name(name), holds_floor=floor)


def test_names_are_only_left_out_beside_a_floor():
    steel = [level("TOS 1", 0.0), level("TOS 2", 4.0)]
    assert only_storeys(steel) == steel
    beside = [level("FFL 1", 0.2, floor=False), level("TOS 1", 0.0)]
    assert only_storeys(beside) == beside  # what has neither slab nor wall is no storey either
    assert only_storeys([level("Ceiling", 2.7)])[0].name == "Ceiling"
    lounge = StoreyLevel(None, 9.0, "Ceiling lounge", "mark", holds_use=True)
    assert lounge in only_storeys([level("EG", 0.0), lounge])


def test_a_basements_door_does_not_make_it_the_ground_floor():
    levels = [level("UG", -3.0), level("Laden", 0.1), level("Wohnung", 3.2)]
    assert ground_floor(levels, [-3.0], 0.0, -3.2) == 0.1
    assert ground_floor(levels, [-3.0, 0.1], -3.0, -3.2) == 0.1
    # Without names the door tells.
    plain = [level("A", -3.0), level("B", 0.1), level("C", 3.2)]
    assert ground_floor(plain, [-3.0], 0.0, -3.2) == -3.0
    assert first_guess([], 0.0) is None
