"""Rooms: plans and areas measured on the shapes, use by words, parts that do not count twice, and stated areas."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.bim.read import ModelJob, read_model
from twin_plugin.core.bim.rooms import number_of
from twin_plugin.core.bim.rows import place_model
from twin_plugin.core.bim.wanted import Wanted

ROOMS = Wanted(rooms=True)


@pytest.fixture
def rooms_of(read):
    """A function from a House (or a path) to its rooms by name, and its report."""

    def run(source):
        report = read(source, asked=ROOMS)
        assert report.status.value in ("ok", "partial"), report.reason
        return {room.name: room for building in report.buildings for room in building.rooms}, report

    return run


def space(house, name, long_name, x, y, w, d, h=2.5, **attributes):
    room = house.box("IfcSpace", name, x, y, 0.0, w, d, h)
    room.LongName = long_name
    for key, value in attributes.items():
        setattr(room, key, value)
    return room


def quantity(house, owner, name, area):
    e = house.f.create_entity
    group = e("IfcElementQuantity", house.guid(), None, "BaseQuantities", Quantities=[e("IfcQuantityArea", name)])
    group.Quantities[0].AreaValue = area
    e("IfcRelDefinesByProperties", house.guid(), None, None, None, [owner], group)


def aggregate(house, whole, *pieces):
    house.f.create_entity("IfcRelAggregates", house.guid(), None, None, None, whole, list(pieces))


@pytest.mark.parametrize(("schema", "unit_m"), [("IFC2X3", 1.0), ("IFC4", 0.001), ("IFC4X3_ADD2", 1)])
def test_a_room_has_its_plan_level_and_area_in_any_unit(house, rooms_of, schema, unit_m):
    model = house(schema=schema, unit_m=unit_m)
    space(model, "1.01", "Living room", 0.3, 0.3, 5.0, 7.4)
    rooms, report = rooms_of(model)
    room = rooms["1.01"]
    assert room.area_m2 == pytest.approx(5.0 * 7.4, abs=1e-6)
    assert (room.elev_m, room.height_m) == (pytest.approx(0.0), pytest.approx(2.5))
    assert (room.room_number, room.use, room.is_counted, room.part_of) == ("1.01", "living room", True, "")
    assert room.storey_id == report.buildings[0].storeys[0].id
    assert np.allclose(room.polygon.bounds, (0.3, 0.3, 5.3, 7.7))


def test_rooms_in_feet_are_in_square_metres(house, rooms_of):
    model = house(unit_m=0.3048)
    foot = model.f.create_entity(
        "IfcConversionBasedUnit",
        model.f.create_entity("IfcDimensionalExponents", 1, 0, 0, 0, 0, 0, 0),
        "LENGTHUNIT",
        "FOOT",
        model.f.create_entity(
            "IfcMeasureWithUnit",
            model.f.create_entity("IfcLengthMeasure", 0.3048),
            model.f.create_entity("IfcSIUnit", UnitType="LENGTHUNIT", Name="METRE"),
        ),
    )
    units = model.project.UnitsInContext
    units.Units = [foot, *(unit for unit in units.Units if unit.UnitType != "LENGTHUNIT")]
    space(model, "1", "Office", 1, 1, 3, 4)
    rooms, _ = rooms_of(model)
    assert rooms["1"].area_m2 == pytest.approx(12.0, abs=1e-4)
    assert rooms["1"].use == "office"


def test_rooms_are_read_only_when_asked(house, read):
    model = house()
    space(model, "1", "Kitchen", 1, 1, 2, 2)
    assert read(model).buildings[0].rooms == ()


def test_a_stated_area_that_differs_is_told(house, rooms_of):
    model = house()
    right, wrong = space(model, "1", "Kitchen", 1, 1, 2, 2), space(model, "2", "Bad", 4, 1, 2, 2)
    space(model, "3", "Flur", 7, 1, 2, 2)
    quantity(model, right, "NetFloorArea", 4.02)
    quantity(model, wrong, "GrossFloorArea", 5.0)
    quantity(model, wrong, "NetFloorArea", 4.5)
    rooms, report = rooms_of(model)
    assert [rooms[name].area_differs for name in "123"] == [False, True, None]
    assert rooms["2"].stated_area_m2 == 4.5
    assert [w.code for w in report.warnings if "room" in w.code] == ["room_areas_differ"]


def test_areas_in_square_millimetres_of_a_model_in_square_metres_are_scaled(house, rooms_of):
    model = house(unit_m=0.001)
    for name in ("1", "2", "3"):
        quantity(model, space(model, name, "Büro", 3 * int(name) - 2, 1, 2, 2), "NetFloorArea", 4.0e6)
    rooms, report = rooms_of(model)
    assert [rooms[name].stated_area_m2 for name in "123"] == pytest.approx([4.0] * 3)
    assert {w.code for w in report.warnings} >= {"room_areas_scaled"}
    assert not any(room.area_differs for room in rooms.values())


def test_of_a_room_and_its_parts_one_level_counts(house, rooms_of):
    model = house()
    flat = space(model, "Flat", "", 1, 1, 6, 4, CompositionType="COMPLEX")
    first, second = space(model, "A", "", 1, 1, 3, 4), space(model, "B", "", 4, 1, 3, 4)
    zone = space(model, "A1", "", 1, 1, 1, 4, CompositionType="PARTIAL")
    aggregate(model, flat, first, second)
    aggregate(model, first, zone)
    rooms, report = rooms_of(model)
    assert {name for name, room in rooms.items() if room.is_counted} == {"A", "B"}
    assert rooms["A1"].part_of == first.GlobalId
    assert sum(room.area_m2 for room in rooms.values() if room.is_counted) == pytest.approx(24.0)
    assert not any(w.code == "rooms_overlap" for w in report.warnings)


def test_rooms_over_each_other_are_told(house, rooms_of):
    model = house()
    space(model, "1", "Office", 1, 1, 4, 4)
    space(model, "Z1", "HVAC zone", 1, 1, 4, 4)
    _, report = rooms_of(model)
    overlap = next(w for w in report.warnings if w.code == "rooms_overlap")
    assert overlap.values["area_m2"] == pytest.approx(16.0, abs=0.01)


def test_outside_and_parking_are_said_by_the_model(house, rooms_of):
    model = house()
    space(model, "1", "", 1, 1, 2, 2, PredefinedType="PARKING")
    space(model, "2", "Sitzplatz", 4, 1, 2, 2, PredefinedType="EXTERNAL")
    space(model, "3", "", 7, 1, 2, 2, PredefinedType="INTERNAL")
    space(model, "4", "", 1, 4, 2, 2, PredefinedType="GFA")
    rooms, _ = rooms_of(model)
    assert rooms["1"].use == "parking"
    assert [rooms[name].is_outside for name in "123"] == [None, True, False]
    assert not rooms["4"].is_counted


@pytest.mark.parametrize(
    ("words", "use"),
    [
        ("会议室 2", "meeting room"),
        ("地下车库", "parking"),
        ("强电间", "plant room"),
        ("走廊", "corridor"),
        ("Besprechungsraum II", "meeting room"),
        ("Tiefgarage", "parking"),
        ("Treppenhaus", "stairs"),
        ("WC Herren", "toilet"),
        ("Badezimmer", "bathroom"),
        ("Open Office", "office"),
        ("MENS RR", "toilet"),
        ("Office storage", "office"),
        ("Xyz", ""),
    ],
)
def test_words_of_three_languages_tell_the_use(house, rooms_of, words, use):
    model = house()
    space(model, "7", words, 1, 1, 2, 2)
    assert rooms_of(model)[0]["7"].use == use


def test_names_beat_a_category_that_a_template_left(house, rooms_of):
    model = house()
    room = space(model, "1", "Technikraum", 1, 1, 2, 2)
    model.properties(room, "Pset_SpaceCommon", {"OccupancyType": ("IfcLabel", "Büro")})
    assert rooms_of(model)[0]["1"].use == "plant room"


@pytest.mark.parametrize(
    ("name", "long_name", "reference", "number"),
    [
        ("A204", "Bathroom 2", "", "A204"),
        ("Office 2.14", "", "", "2.14"),
        ("12", "", "", "12"),
        ("Foyer", "", "R 7", "R 7"),
        ("Foyer", "", "", ""),
    ],
)
def test_a_number_stands_where_tools_put_it(name, long_name, reference, number):
    assert number_of(name, long_name, reference) == number


def test_a_room_without_a_shape_keeps_what_is_stated(house, rooms_of):
    model = house()
    bare = space(model, "9", "Lager", 1, 1, 2, 2)
    bare.Representation = None
    quantity(model, bare, "NetFloorArea", 7.5)
    rooms, report = rooms_of(model)
    room = rooms["9"]
    assert (room.polygon, room.area_m2, room.stated_area_m2, room.use) == (None, None, 7.5, "storage")
    assert room.is_counted
    assert any(w.code == "rooms_without_shape" for w in report.warnings)


def test_a_room_that_is_a_part_of_itself_ends(house, rooms_of):
    model = house()
    one, two = space(model, "1", "", 1, 1, 2, 2), space(model, "2", "", 4, 1, 2, 2)
    aggregate(model, one, two)
    aggregate(model, two, one)
    rooms, _ = rooms_of(model)
    assert {*rooms} == {"1", "2"}


def test_rows_have_the_place_and_the_storey(house, read):
    model = house()
    model.conversion("EPSG:4547", 500_000.0, 2_490_000.0, 10.0)
    space(model, "<script>", "Küche", 1, 2, 3, 4)
    report = read(model, asked=ROOMS)
    rows = place_model(report, "EPSG:4547")
    shape, row = rows.rooms[0]
    assert shape.bounds == pytest.approx((500_001, 2_490_002, 500_004, 2_490_006))
    assert row["elev_m"] == pytest.approx(10.0)
    assert row["name"] == "<script>"
    assert row["storey_id"] == rows.storeys[0][1]["id"]
    assert row["building_id"] == rows.buildings[0][1]["id"]


@pytest.mark.parametrize(
    ("name", "storey", "rooms", "area_m2"),
    [
        ("AC20-FZK-Haus.ifc", "Erdgeschoss", 6, 101.3856),
        ("Duplex_A_20110907_georeferenced.ifc", "Level 2", 10, 114.2536),
        ("Office_A_20110811.ifc", "Level 1", 60, 1710.5988),
        ("AC11-Institute-Var-2-IFC.ifczip", "Keller", 17, 451.70),
        ("House.ifc", "Уровень 1", 7, 114.2210),
    ],
)
def test_samples_have_the_areas_of_kernel_opencascade(shared_data, name, storey, rooms, area_m2):
    report = read_model(ModelJob("m", str(shared_data("ifc") / name), asked=ROOMS))
    building = report.buildings[0]
    level = next(each for each in building.storeys if each.name == storey)
    own = [room for room in building.rooms if room.storey_id == level.id and room.is_counted]
    assert len(own) == rooms
    assert sum(room.area_m2 for room in own) == pytest.approx(area_m2, abs=0.01)
    assert all(room.use for room in own if room.long_name in ("Bad", "Hallway", "CORRIDOR", "Kitchen"))


@pytest.mark.parametrize("name", ["AC20-FZK-Haus.ifc", "Office_A_20110811.ifc", "House.ifc"])
def test_a_trimmed_model_gives_the_same_rooms(shared_data, name, monkeypatch):
    from twin_plugin.core.bim import read as reading
    from twin_plugin.core.bim.source import open_model

    job = ModelJob("m", str(shared_data("ifc") / name), asked=ROOMS)
    short = read_model(job)
    monkeypatch.setattr(reading, "open_model", lambda path, limit, *_: open_model(path, limit))
    whole = read_model(job)
    for one, other in zip(short.buildings[0].rooms, whole.buildings[0].rooms, strict=True):
        assert (one.id, one.use, one.room_number, one.stated_area_m2, one.is_counted) == (
            other.id,
            other.use,
            other.room_number,
            other.stated_area_m2,
            other.is_counted,
        )
        assert one.area_m2 == pytest.approx(other.area_m2, rel=1e-5)


def test_rooms_that_are_only_boxes_are_told(house, read):
    model = house()
    space(model, "1", "Office", 1, 1, 4, 4)
    report = read(model, asked=ROOMS, kernel_fallback=3)
    assert [w.values["count"] for w in report.warnings if w.code == "rooms_as_boxes"] == [1]
