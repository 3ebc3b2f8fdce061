"""Models as other tools write them: parts, massing models, several facilities, strays, yards, pits and light wells."""

from __future__ import annotations

import pytest

from twin_plugin.core.bim.load import LoadRequest, load


def buildings(report):
    return {building.name: building for building in report.buildings}


def only(report):
    (building,) = report.buildings
    return building


def codes(report):
    return {warning.code for warning in report.warnings}


def owner(model, kind, name, at=(0.0, 0.0, 0.0), storey=True):
    """Another building or facility in the site, and its storey, with axes of its own."""
    e = model.f.create_entity
    place = e("IfcLocalPlacement", model.place, model.axis(*at))
    entity = e(kind, model.guid(), None, name, ObjectPlacement=place, CompositionType="ELEMENT")
    e("IfcRelAggregates", model.guid(), None, None, None, model.site, [entity])
    if not storey:
        return entity, None
    level = e(
        "IfcBuildingStorey",
        model.guid(),
        None,
        "Ground",
        ObjectPlacement=e("IfcLocalPlacement", place, model.axis(0, 0, 0)),
        CompositionType="ELEMENT",
    )
    e("IfcRelAggregates", model.guid(), None, None, None, entity, [level])
    return entity, level


def move(model, product, **changes):
    """Contain a product in another entity, or in none."""
    (relation,) = product.ContainedInStructure
    model.f.remove(relation)
    if changes.get("into") is not None:
        model.f.create_entity(
            "IfcRelContainedInSpatialStructure", model.guid(), None, None, None, [product], changes["into"]
        )


def removed(model, *kinds):
    for kind in kinds:
        for product in model.f.by_type(kind):
            for relation in product.ContainedInStructure:
                model.f.remove(relation)
            model.f.remove(product)


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4"])
@pytest.mark.parametrize("with_faces", [False, True])
def test_the_bodies_of_walls_may_hang_on_their_parts(house, read, schema, with_faces):
    model = house(schema=schema)
    removed(model, "IfcRoof")
    for wall in [*model.f.by_type("IfcWall"), *model.f.by_type("IfcSlab")]:
        part = model.box("IfcBuildingElementPart", "Layer", 0, 0, 0, 1, 1, 1)
        part.ObjectPlacement, part.Representation, wall.Representation = wall.ObjectPlacement, wall.Representation, None
        move(model, part)
        model.f.create_entity("IfcRelAggregates", model.guid(), None, None, None, wall, [part])
    report = read(model, with_faces=with_faces)
    building = only(report)
    assert building.footprint_area_m2 == pytest.approx(80.0, abs=0.1)
    assert building.gross_floor_area_m2 == pytest.approx(80.0, abs=0.1)
    assert report.elements == report.meshed == 7


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4"])
@pytest.mark.parametrize("with_faces", [False, True])
def test_the_bodies_of_walls_may_hang_on_proxies(house, read, schema, with_faces):
    model = house(schema=schema)
    removed(model, "IfcRoof")
    walls = [*model.f.by_type("IfcWall"), *model.f.by_type("IfcSlab")]
    for wall in walls:
        part = model.box("IfcBuildingElementProxy", "Piece", 0, 0, 0, 1, 1, 1)
        part.ObjectPlacement, part.Representation, wall.Representation = wall.ObjectPlacement, wall.Representation, None
        move(model, part)
        model.f.create_entity("IfcRelAggregates", model.guid(), None, None, None, wall, [part])
    # A tree is no part of a wall.
    model.box("IfcBuildingElementProxy", "Tree", -9, -9, 0, 5, 5, 5)
    report = read(model, with_faces=with_faces)
    building = only(report)
    assert building.footprint_area_m2 == building.outline_area_m2 == pytest.approx(80.0, abs=0.1)
    assert building.gross_floor_area_m2 == pytest.approx(80.0, abs=0.1)
    assert (report.status.value, report.elements, report.meshed) == ("ok", 7, 7)
    # A wall whose parts have no body either is missing.
    model.f.by_type("IfcBuildingElementProxy")[0].Representation = None
    report = read(model, with_faces=with_faces)
    assert (report.status.value, report.elements - report.meshed) == ("partial", 1)


def test_walls_without_any_body_are_counted_and_a_door_is_no_building(house, read):
    model = house()
    removed(model, "IfcRoof", "IfcSlab")
    for wall in model.f.by_type("IfcWall"):
        wall.Representation = None
    report = read(model)
    assert report.buildings == ()
    assert (report.status.value, report.elements - report.meshed) == ("partial", 4)
    assert {"only_doors", "elements_without_shape"} <= codes(report)


def test_proxies_are_furniture_only_in_the_building_that_has_walls(house, read):
    model = house()
    _, storey = owner(model, "IfcBuilding", "Mass", (50, 0, 0))
    model.box("IfcBuildingElementProxy", "Mass", 50, 0, 0, 20, 10, 12, storey)
    model.box("IfcBuildingElementProxy", "Tree", -9, -9, 0, 5, 5, 5)
    found = buildings(read(model))
    assert found["Mass"].footprint_area_m2 == pytest.approx(200.0)
    assert found["House 1"].outline_area_m2 == pytest.approx(99.0, abs=0.1)


def test_a_road_beside_a_building_is_read_too(house, read):
    model = house(schema="IFC4X3_ADD2")
    road, _ = owner(model, "IfcRoad", "Main Road", storey=False)
    move(model, model.box("IfcPavement", "Lane", 0, -20, 0, 100, 7, 0.3), into=road)
    found = buildings(read(model))
    assert found["Main Road"].footprint_area_m2 == pytest.approx(700.0)
    assert found["House 1"].footprint_area_m2 == pytest.approx(80.0, abs=0.1)


@pytest.mark.parametrize("level", ["building", "storey"])
def test_a_body_on_the_building_itself_or_its_storey(house, read, level):
    model = house()
    body = model.box("IfcWall", "Body", 0, 0, 0, 9, 11, 7).Representation
    removed(model, "IfcWall", "IfcSlab", "IfcRoof", "IfcDoor", "IfcWindow")
    getattr(model, level).Representation = body
    report = read(model)
    building = only(report)
    assert (building.footprint_area_m2, building.height_m) == pytest.approx((99.0, 7.0))
    assert (report.elements, report.meshed) == (1, 1)


def test_the_body_of_a_building_with_walls_is_not_drawn(house, read):
    model = house()
    extra = model.box("IfcFurniture", "Body", 0, 0, 0, 90, 90, 9)
    model.building.Representation = extra.Representation
    assert only(read(model)).outline_area_m2 == pytest.approx(99.0, abs=0.1)


def yard(model, at=10.0, size=10.0):
    """A ring of 30 x 30 m about a yard that openings cut out of its slab."""
    removed(model, "IfcWall", "IfcSlab", "IfcRoof", "IfcDoor", "IfcWindow")
    for z in (0.0, 3.0):
        slab = model.box("IfcSlab", "Slab", 0, 0, z - 0.3, 30, 30, 0.3)
        opening = model.box("IfcOpeningElement", "Yard", at, at, z - 0.4, size, size, 0.5)
        move(model, opening)
        model.f.create_entity("IfcRelVoidsElement", model.guid(), None, None, None, slab, opening)
    for x, y, w, d in ((0, 0, 30, 0.3), (0, 29.7, 30, 0.3), (0, 0, 0.3, 30), (29.7, 0, 0.3, 30)):
        model.box("IfcWall", "Wall", x, y, 0, w, d, 3)
    return opening


@pytest.mark.parametrize("with_faces", [False, True])
def test_a_yard_that_openings_cut_is_a_yard(house, read, with_faces):
    model = house()
    yard(model)
    report = read(model, with_faces=with_faces)
    building = only(report)
    assert (building.footprint_area_m2, building.outline_area_m2) == pytest.approx((800.0, 800.0), abs=0.1)
    assert report.elements == report.meshed == 6


def test_a_skylight_and_the_hole_of_a_stair_are_no_yards(house, read):
    model = house()
    opening = yard(model)
    below = model.f.by_type("IfcRelVoidsElement")[0]
    model.f.remove(below)  # the slab below covers the hole
    assert only(read(model)).footprint_area_m2 == pytest.approx(900.0, abs=0.1)
    window = model.box("IfcWindow", "Skylight", 10, 10, 3, 10, 10, 0.1)
    model.f.create_entity("IfcRelFillsElement", model.guid(), None, None, None, opening, window)
    assert only(read(model)).outline_area_m2 == pytest.approx(900.0, abs=0.1)


@pytest.mark.parametrize(
    ("kind", "box"),
    [
        ("IfcPile", (2, 2, -12, 0.4, 0.4, 11.8)),
        ("IfcFooting", (-0.3, -0.3, -1.8, 10.6, 0.9, 1.6)),
        ("IfcColumn", (2, 2, -4, 0.4, 0.4, 4)),
        ("IfcSlab", (2, 2, -1.8, 2, 2, 0.2)),
        ("IfcSlab", (0, 0, -2.0, 10, 8, 2.0)),
        ("IfcWall", (0, 0, -2.0, 10, 0.3, 2.0)),
    ],
)
def test_what_carries_a_house_is_no_room_below_it(house, read, kind, box):
    model = house()
    model.box(kind, "Deep", *box)
    building = only(read(model))
    assert building.underground == ()
    assert building.footprint_area_m2 == pytest.approx(80.0, abs=0.1)


def cellar(model, w=10.0, d=8.0, slab=True):
    storey = model.level("Cellar", -3.0)
    for x, y, a, b in ((0, 0, w, 0.3), (0, d - 0.3, w, 0.3), (0, 0, 0.3, d), (w - 0.3, 0, 0.3, d)):
        model.box("IfcWall", "Cellar wall", x, y, -3, a, b, 2.8, storey)
    if slab:
        model.box("IfcSlab", "Cellar floor", 0, 0, -3.2, w, d, 0.2, storey)
    return storey


@pytest.mark.parametrize("slab", [True, False])
def test_a_cellar_is_a_room_with_or_without_its_floor(house, read, slab):
    model = house()
    cellar(model, slab=slab)
    assert only(read(model)).below_ground_area_m2 == pytest.approx(80.0, abs=0.1)


def test_a_garage_below_is_wider_than_the_house(house, read):
    model = house()
    cellar(model, 30, 20)
    for wall in model.f.by_type("IfcWall"):
        if wall.Name == "Cellar wall":
            wall.Representation.Representations[0].Items[0].Depth = 3.0  # up to the ground
    building = only(read(model))
    assert building.footprint_area_m2 == pytest.approx(80.0, abs=0.1)
    assert building.below_ground_area_m2 == pytest.approx(600.0, abs=0.1)
    assert [opening.kind for opening in building.openings] == ["door", "window"]


def test_a_slab_at_the_ground_far_beyond_the_walls_is_left_out_with_a_word(house, read):
    model = house()
    model.box("IfcSlab", "Podium", -20, -20, -0.4, 60, 60, 0.4)
    report = read(model)
    assert only(report).footprint_area_m2 == pytest.approx(80.0, abs=0.1)
    assert "slabs_beyond" in codes(report)
    assert {storey.number: storey.area_m2 for storey in only(report).storeys}[0] == pytest.approx(80.0, abs=0.5)
    small = house()
    small.box("IfcSlab", "Terrace", 10, 0, -0.2, 3, 8, 0.2)
    report = read(small)
    assert only(report).footprint_area_m2 == pytest.approx(104.0, abs=0.1)
    assert "slabs_beyond" not in codes(report)


def test_an_open_ground_floor_stays_as_wide_as_what_it_carries(house, read):
    model = house()
    model.box("IfcSlab", "Floor 0", -10, -10, -0.2, 40, 30, 0.2)
    model.box("IfcSlab", "Floor 1", -10, -10, 4, 40, 30, 0.3)
    for x in (-9, 29):
        for y in (-9, 19):
            model.box("IfcColumn", "Column", x, y, 0, 0.4, 0.4, 4)
    assert only(read(model)).footprint_area_m2 == pytest.approx(1200.0, abs=0.5)


@pytest.mark.parametrize("name", ["Terrain", "Topography 1", "Geländeoberfläche", "原始地形", "Terreno"])
def test_a_terrain_in_another_class_is_no_building(house, read, name):
    model = house()
    model.box("IfcSlab", name, 5, 5, -0.4, 12, 8, 0.4)
    report = read(model)
    assert only(report).outline_area_m2 == pytest.approx(99.0, abs=0.1)
    assert "ground_left_out" in codes(report)


def test_a_terrace_is_no_terrain(house, read):
    model = house()
    model.box("IfcSlab", "Terrasse", 10, 0, -0.2, 3, 8, 0.2)
    report = read(model)
    assert only(report).footprint_area_m2 == pytest.approx(104.0, abs=0.1)
    assert "ground_left_out" not in codes(report)


@pytest.mark.parametrize("name", ["Ramp", "Tiefgaragenrampe", "车道坡道"])
def test_a_ramp_may_be_a_slab(house, read, name):
    model = house()
    cellar(model)
    ramp = model.box("IfcSlab", name, 10, 1, -3.0, 15, 4, 3.1)
    building = only(read(model))
    (opening,) = (o for o in building.openings if o.kind == "ramp")
    assert (opening.id, opening.sill_m) == (ramp.GlobalId, pytest.approx(0.1))
    assert building.footprint_area_m2 == pytest.approx(80.0, abs=0.1)


def test_a_flat_slab_called_after_a_ramp_is_a_floor(house, read):
    model = house()
    model.box("IfcSlab", "Ramp landing", 10, 0, -0.2, 3, 8, 0.2)
    building = only(read(model))
    assert building.footprint_area_m2 == pytest.approx(104.0, abs=0.1)
    assert "ramp" not in [opening.kind for opening in building.openings]


def test_windows_and_gates_of_a_cellar_let_water_in(house, read):
    model = house()
    storey = cellar(model)
    model.box("IfcWindow", "Cellar window", 2, 0.1, -1.3, 1.0, 0.1, 0.6, storey)
    model.box("IfcDoor", "Gate", 5, 0.1, -3.0, 3.0, 0.1, 2.4, storey)
    model.box("IfcDoor", "Cellar door", 1, 0.1, -3.0, 0.9, 0.1, 2.1, storey)
    model.box("IfcWindow", "Inner window", 5, 4, -2, 1.0, 0.1, 0.6, storey)
    found = {(o.name, round(o.sill_m, 2)) for o in only(read(model)).openings}
    assert found == {("Front door", 0.05), ("Low window", 0.4), ("Cellar window", -1.3), ("Gate", -3.0)}


def test_a_stray_element_far_away_is_left_out_with_a_word(house, read, tmp_path):
    model = house()
    model.box("IfcColumn", "Stray", 250_000, 0, 0, 0.3, 0.3, 3)
    report = read(model)
    building = only(report)
    assert building.outline_area_m2 == pytest.approx(99.0, abs=0.1)
    assert building.footprint.centroid.x == pytest.approx(5.0, abs=0.1)
    assert "elements_far" in codes(report)
    result = load(LoadRequest(files=(str(model.write(tmp_path / "stray.ifc")),), workers=1))
    assert any("250.0 km" in str(message) for message in result.messages)


def test_two_wings_of_a_building_far_apart_stay_with_a_word(house, read):
    model = house()
    for x in (0, 1, 2, 3):
        model.box("IfcWall", "Wing", 3000 + x, 0, 0, 1, 8, 3)
    report = read(model)
    assert only(report).footprint_area_m2 == pytest.approx(80.0 + 32.0, abs=0.1)
    assert "elements_spread" in codes(report)


def walls_only(model):
    removed(model, "IfcSlab", "IfcRoof")
    return model


def test_walls_without_floors_enclose_their_spaces(house, read):
    model = walls_only(house())
    model.box("IfcSpace", "Room", 0.3, 0.3, 0, 9.4, 7.4, 2.5)
    report = read(model)
    building = only(report)
    areas = (building.footprint_area_m2, building.outline_area_m2, building.gross_floor_area_m2)
    assert areas == pytest.approx((80.0, 80.0, 80.0), abs=0.1)
    assert "walls_filled" not in codes(report)


def test_walls_without_floors_and_spaces_are_filled_with_a_word(house, read):
    report = read(walls_only(house()))
    assert only(report).footprint_area_m2 == pytest.approx(80.0, abs=0.1)
    assert "walls_filled" in codes(report)


def test_a_yard_between_rooms_without_floors_stays_open(house, read):
    model = walls_only(house())
    for x, y, w, d in ((3, 3, 4, 0.2), (3, 5, 4, 0.2), (3, 3, 0.2, 2.2), (6.8, 3, 0.2, 2.2)):
        model.box("IfcWall", "Yard wall", x, y, 0, w, d, 3)
    for x, y, w, d in ((0.3, 0.3, 9.4, 2.7), (0.3, 5.2, 9.4, 2.5), (0.3, 3, 2.7, 2.2), (7, 3, 2.7, 2.2)):
        model.box("IfcSpace", "Room", x, y, 0, w, d, 2.5)
    building = only(read(model))
    assert building.footprint_area_m2 == pytest.approx(80.0 - 3.6 * 1.8, abs=0.1)


def test_elements_in_no_structure_belong_to_the_axes_they_lie_in(house, read):
    model = house()
    _, storey = owner(model, "IfcBuilding", "House 2", (100, 0, 0))
    for product in (model.box("IfcWall", "W", 0, 0, 0, 5, 4, 3), model.box("IfcSlab", "S", 0, 0, -0.2, 5, 8, 0.2)):
        product.ObjectPlacement.PlacementRelTo = storey.ObjectPlacement
        move(model, product)
    report = read(model)
    found = buildings(report)
    assert found["House 2"].footprint_area_m2 == pytest.approx(40.0, abs=0.1)
    assert found["House 2"].footprint.bounds[0] == pytest.approx(100.0)
    assert found["House 1"].footprint_area_m2 == pytest.approx(80.0, abs=0.1)
    assert "elements_by_placement" in codes(report)


def test_elements_whose_building_nothing_tells_are_named(house, read):
    model = house()
    owner(model, "IfcBuilding", "House 2", (100, 0, 0))
    wall = model.box("IfcWall", "W", 30, 0, 0, 5, 4, 3)
    wall.ObjectPlacement.PlacementRelTo = None
    move(model, wall)
    assert "elements_of_no_building" in codes(read(model))
