"""Footprints, storeys, openings and underground parts: made houses, and the known sample buildings."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import Point, box

from twin_plugin.core.bim.footprint import (
    Faces,
    FloorPlans,
    Silhouette,
    clean_polygon,
    cover,
    fill_missing_slab,
    silhouettes,
)
from twin_plugin.core.bim.georeference import Tie
from twin_plugin.core.bim.mesh import BOXES, Mesh, PlaneFaces
from twin_plugin.core.bim.model import LocalToMap, ReadStatus
from twin_plugin.core.bim.rows import MapProjector, common_crs, place_model
from twin_plugin.core.bim.solids import extrude


def only(report):
    assert len(report.buildings) == 1
    return report.buildings[0]


def opening(building, kind):
    return next(o for o in building.openings if o.kind == kind)


@pytest.mark.parametrize("unit_m", [1.0, 0.001])
@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4", "IFC4X3_ADD2"])
def test_a_house_in_every_schema_and_unit(house, read, schema, unit_m):
    building = only(read(house(schema=schema, unit_m=unit_m)))
    assert building.footprint.symmetric_difference(box(0, 0, 10, 8)).area < 0.1
    assert building.outline_area_m2 == pytest.approx(99.0, abs=0.1)
    assert (building.storeys_above, building.storeys_below) == (1, 0)
    assert building.height_m == pytest.approx(3.2, abs=1e-6)
    assert building.gross_floor_area_m2 == pytest.approx(80.0, abs=0.1)
    door = opening(building, "door")
    assert (door.x, door.y, door.sill_m) == pytest.approx((4.5, 0.15, 0.05), abs=1e-6)
    assert door.width_m == pytest.approx(1.0, abs=2e-3)
    assert door.is_external
    assert opening(building, "window").sill_m == pytest.approx(0.4)


def test_far_from_zero_nothing_changes(house, read):
    near, far = only(read(house())), only(read(house(at=(38505955.0, 2490000.0, 40.0))))
    assert far.footprint_area_m2 == pytest.approx(near.footprint_area_m2, abs=1e-3)
    assert far.ground_m == pytest.approx(40.0)
    assert far.footprint.centroid.x == pytest.approx(38505960.0, abs=1e-3)


def test_basement_ramp_and_inner_door(house, read):
    model = house()
    cellar = model.level("Cellar", -3.0)
    model.box("IfcWall", "Cellar wall", 0, 0, -3.0, 10, 0.3, 2.8, cellar)
    model.box("IfcSlab", "Cellar floor", 0, 0, -3.2, 10, 8, 0.2, cellar)
    model.box("IfcDoor", "Inner door", 5, 4, 0.0, 0.9, 0.1, 2.1)
    model.box("IfcDoor", "Cellar door", 5, 0.1, -3.0, 0.9, 0.1, 2.1, cellar)
    ramp = model.box("IfcRamp", "Ramp", 8, 0, -3.0, 1.5, 6, 3.1)
    building = only(read(model))
    assert building.ground_m == pytest.approx(0.0)
    assert (building.storeys_above, building.storeys_below) == (1, 1)
    assert [s.number for s in building.storeys] == [-1, 0]
    assert building.below_ground_area_m2 == pytest.approx(80.0, abs=0.1)
    assert building.underground[0].bottom_m == pytest.approx(-3.2)
    assert opening(building, "ramp").sill_m == pytest.approx(0.1)
    assert opening(building, "ramp").id == ramp.GlobalId
    assert [o.name for o in building.openings if o.kind == "door"] == ["Front door"]


def test_doors_high_above_the_ground_are_not_meshed(house, read):
    model = house()
    high = model.level("Third floor", 9.0)
    model.box("IfcSlab", "Floor", 0, 0, 8.8, 10, 8, 0.2, high)
    model.box("IfcDoor", "Flat 31", 5, 4, 9.0, 0.9, 0.1, 2.1, high)
    report, with_faces = read(model), read(model, with_faces=True)
    assert with_faces.elements == report.elements + 1
    assert [o.id for o in only(report).openings] == [o.id for o in only(with_faces).openings]
    assert only(report).outline.equals(only(with_faces).outline)


def test_external_property_decides_where_geometry_cannot(house, read):
    model = house()
    inner = model.box("IfcDoor", "Yard door", 5, 4, 0.0, 0.9, 0.1, 2.1)
    model.properties(inner, "Pset_DoorCommon", {"IsExternal": ("IfcBoolean", True)})
    assert {o.name for o in only(read(model)).openings if o.kind == "door"} == {"Front door", "Yard door"}


def test_doors_of_a_metro_station_are_metro_entrances(house, read):
    model = house()
    model.properties(model.building, "Pset_BuildingCommon", {"OccupancyType": ("IfcLabel", "Metro station")})
    building = only(read(model))
    assert building.use == "metro station"
    assert opening(building, "metro entrance").sill_m == pytest.approx(0.05)


def test_without_doors_openings_are_unknown(house, read):
    model = house()
    model.f.remove(model.door)
    report = read(model)
    assert not only(report).openings_known
    assert place_model(report, "").report[0][1]["openings"] is None


def test_boxes_serve_where_no_kernel_does(house, read):
    building = only(read(house(unit_m=0.001), kernel_fallback=BOXES))
    assert building.footprint_area_m2 == pytest.approx(80.0, abs=0.1)
    assert opening(building, "door").sill_m == pytest.approx(0.05)


def test_reading_again_gives_the_same(house, read, tmp_path):
    path = house().write(tmp_path / "again.ifc")
    first, second = read(path), read(path)
    assert place_model(first, "EPSG:4547").openings == place_model(second, "EPSG:4547").openings
    assert first.sha256 == second.sha256


def test_two_buildings_in_one_file(house, read):
    model = house()
    e = model.f.create_entity
    other = e("IfcBuilding", model.guid(), None, "House 2", ObjectPlacement=model.place, CompositionType="ELEMENT")
    e("IfcRelAggregates", model.guid(), None, None, None, model.site, [other])
    place = e("IfcLocalPlacement", model.place, model.axis(0, 0, 0))
    storey = e("IfcBuildingStorey", model.guid(), None, "Ground", ObjectPlacement=place, CompositionType="ELEMENT")
    e("IfcRelAggregates", model.guid(), None, None, None, other, [storey])
    model.box("IfcWall", "Wall", 50, 0, 0, 5, 4, 3, storey)
    areas = sorted(round(b.footprint_area_m2) for b in read(model).buildings)
    assert areas == [20, 80]


def test_paving_in_the_site_is_no_building(house, read):
    model = house()
    e = model.f.create_entity
    paving = model.box("IfcSlab", "Paving", -20, -20, -0.2, 50, 50, 0.2)
    (relation,) = paving.ContainedInStructure
    model.f.remove(relation)
    e("IfcRelContainedInSpatialStructure", model.guid(), None, None, None, [paving], model.site)
    assert only(read(model)).outline_area_m2 == pytest.approx(99.0, abs=0.1)


def test_courtyard_stays_open_and_missing_slab_is_filled():
    ring = box(0, 0, 30, 30).difference(box(10, 10, 20, 20))
    assert fill_missing_slab(ring, ring).area == pytest.approx(800)
    assert fill_missing_slab(ring, box(-1, -1, 31, 31)).area == pytest.approx(900)


def test_gaps_close_and_small_holes_go():
    parts = cover([Silhouette(box(0, 0, 5, 10)), Silhouette(box(5.15, 0, 10, 10).difference(box(7, 5, 8, 6)))])
    shape = clean_polygon(parts)
    assert len(shape.geoms) == 1
    assert shape.area == pytest.approx(100, abs=0.01)


def test_silhouette_of_an_open_shell_and_of_a_reversed_one():
    vertices = np.array([[0, 0, 0], [4, 0, 0], [4, 3, 0], [0, 3, 0]], float)
    faces = np.array([[0, 1, 2], [0, 2, 3]], np.int32)
    for order in (faces, faces[:, ::-1]):
        assert silhouettes([Mesh(vertices, order)], np.zeros(2))[0].shape.area == pytest.approx(12)
    upright, bent = Mesh(vertices[:, [0, 2, 1]], faces), Mesh(vertices, np.array([[0, 1, 2]], np.int32))
    assert silhouettes([upright], np.zeros(2)) == [None]
    several = silhouettes([upright, Mesh(vertices, faces), upright, bent], np.zeros(2))
    assert [plan and plan.shape.area for plan in several] == [None, pytest.approx(12), None, pytest.approx(6)]


def test_faces_are_rings_with_holes():
    """A square with a hole, one whose edges cross so that its halves cancel out, and two squares."""
    square = np.array([[0, 0, 0], [6, 0, 0], [6, 6, 0], [0, 6, 0]], float)
    court = np.array([[2, 2, 0], [4, 2, 0], [4, 4, 0], [2, 4, 0]], float)
    none = np.zeros((0, 3), np.int32)

    def mesh(vertices, counts, holes):
        corners = np.arange(len(vertices))
        return Mesh(vertices, none, PlaneFaces(corners, np.array(counts), np.array(holes), np.array([len(vertices)])))

    ring = mesh(np.vstack([square, court]), [4, 4], [False, True])
    crossed = mesh(square[[0, 1, 3, 2]] * [1, 1, 0] + [0, 0, 1], [4], [False])
    both = mesh(np.vstack([square, np.add(court, [10, 0, 3])]), [4, 4], [False, False])
    assert silhouettes([ring], np.zeros(2))[0].shape.area == pytest.approx(32)
    assert silhouettes([crossed], np.zeros(2)) == [None]
    plans = silhouettes([both, ring, crossed, ring], np.zeros(2))
    assert [plan and plan.shape.area for plan in plans] == pytest.approx([40, 32, None, 32])
    assert (both.low, both.high, both.size) == (0.0, 3.0, 2)
    assert both.moved(np.array([1.0, 2.0])).middle == pytest.approx([8.0 - 1.0, 3.0 - 2.0])


def test_covering_needs_no_union_of_what_is_covered():
    slab, corner = Silhouette(box(0, 0, 9, 9)), np.array([[1, 1], [2, 1], [1, 2], [1, 1], [2, 1], [2, 2]], float)
    counts, owners = np.array([3, 3]), np.array([0, 1])
    hidden = [Silhouette(box(1, 1, 2, 2), Faces(corner, counts, owners)) for _ in range(60)]
    outside = Silhouette(box(20, 0, 21, 1), Faces(corner + np.array([19.0, 0.0]), counts, owners))
    assert cover([*hidden, slab, outside]).area == pytest.approx(81.75)


def test_extruded_solid_is_closed():
    solid = extrude(box(0, 0, 4, 3).difference(box(1, 1, 2, 2)), 2.0, 5.0).polygons()
    assert solid.has_z
    assert len(solid.geoms) == 2 + 8
    assert {round(z, 6) for part in solid.geoms for *_, z in part.exterior.coords} == {2.0, 5.0}


def test_without_a_place_geometry_is_empty_and_areas_are_there(house, read):
    report = read(house())
    rows = place_model(report, "EPSG:4547")
    geometry, values = rows.buildings[0]
    assert geometry is None
    assert values["footprint_area_m2"] == pytest.approx(80, abs=0.1)
    assert values["ground_floor_elev_m"] is None
    assert rows.report[0][1]["georef_level"] == 0
    assert rows.openings[0][0] is None


def test_openings_stand_on_the_map_at_their_sill(house, read):
    model = house(unit_m=0.001)
    model.conversion("EPSG:4547", 504000.0, 2490000.0, 6.5, axis=(0.0, 1.0), scale=0.001)
    report = read(model)
    point, values = next(row for row in place_model(report, "EPSG:4547").openings if row[1]["kind"] == "door")
    assert point.distance(Point(504000 - 0.15, 2490000 + 4.5)) < 1e-6
    assert point.z == values["sill_elev_m"] == pytest.approx(6.55)
    assert values["id"].startswith("model.ifc/")


def test_common_crs_is_that_of_most_models(house, read):
    reports = []
    for code in ("EPSG:4547", "EPSG:4547", "EPSG:28992"):
        model = house()
        model.conversion(code, *((504000.0, 2490000.0) if code == "EPSG:4547" else (96400.0, 435000.0)))
        reports.append(read(model))
    assert common_crs(reports) == "EPSG:4547"
    # Neither holds both places: that of the first model is taken, whatever comes first in the alphabet.
    assert common_crs(reports[::2]) == "EPSG:4547"
    assert common_crs([read(house())]) == ""
    assert MapProjector(reports[0].georeference.to_map, "EPSG:4547").bearing_deg() == pytest.approx(0.0, abs=1e-6)


# Outline, footprint, below ground (m2), height (m), storeys above and below, entrances, lowest door sill: of
# an independent prototype over the same files.
SAMPLES = {
    "AC20-FZK-Haus.ifc": (143.0, 120.0, 0, 6.32, 2, 0, 2, 0.0),
    "Duplex_A_20110907_georeferenced.ifc": (217.7, 207.5, 0.0, 6.61, 3, 0, 4, 0.0),
    "AC11-Institute-Var-2-IFC.ifczip": (653, 537, 516, 12.05, 4, 1, 1, 0.0),
    "AC90R1-niedriha-V2-2x3.ifc": (127.2, 95.8, 75.9, 7.71, 3, 1, 5, 0.0),
    "Office_A_20110811.ifc": (1775, 1747, 0, 14.82, 3, 0, 6, 0.0),
    "LargeBuilding.ifc": (331.3, 331.3, 0, 8.0, 2, 0, 10, 0.0),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_buildings(name, shared_data, read):
    outline, footprint, below, height, above, under, entrances, sill = SAMPLES[name]
    building = only(read(shared_data(f"ifc/{name}")))
    near = 0.01 if "FZK" in name else 0.02
    assert building.outline_area_m2 == pytest.approx(outline, rel=near)
    assert building.footprint_area_m2 == pytest.approx(footprint, rel=near)
    assert building.below_ground_area_m2 == pytest.approx(below, rel=near, abs=0.1)
    assert building.height_m == pytest.approx(height, rel=near)
    assert (building.storeys_above, building.storeys_below) == (above, under)
    assert sum(opening.kind in ("door", "metro entrance") for opening in building.openings) == entrances
    assert min(o.sill_m for o in building.openings if o.kind == "door") == pytest.approx(sill, abs=0.01)


def test_misplaced_stars_are_repaired(shared_data, read):
    report = read(shared_data("ifc/House.ifc"))
    assert report.status is ReadStatus.OK
    assert report.meshed >= 0.9 * report.elements


def test_infrastructure_has_an_outline(shared_data, read):
    bridge = only(read(shared_data("ifc/ifcbridge-model02_georeferenced.ifc")))
    assert bridge.use == "bridge"
    assert bridge.outline_area_m2 > 1000
    assert only(read(shared_data("ifc/KIT-Simple-Road-Test-Web-IFC4x3_RC2.ifc"))).use == "road"


@pytest.mark.parametrize(
    ("kind", "name", "use"),
    [
        ("IfcBridge", "School bridge", "bridge"),
        ("IfcRoad", "Office Street", "road"),
        ("IfcRailway", "Line 4 to Factory House", "railway"),
        ("IfcFacility", "Tunnel under the bay", "tunnel"),
        ("IfcFacility", "Quay", "infrastructure"),
    ],
)
def test_infrastructure_has_its_own_kind_and_its_outline(house, read, kind, name, use):
    model = house(schema="IFC4X3_ADD2")
    facility = model.f.create_entity(kind, model.guid(), None, name, ObjectPlacement=model.place)
    for relation in model.f.by_type("IfcRelAggregates"):
        if relation.RelatingObject == model.building:
            relation.RelatingObject = facility
        if model.building in relation.RelatedObjects:
            relation.RelatedObjects = [facility]
    model.f.remove(model.building)
    building = only(read(model))
    assert building.is_infrastructure
    assert building.use == use
    shape, row = place_model(read(model, tie=Tie(500000.0, 2490000.0, 0.0, 0.0, "EPSG:4547")), "EPSG:4547").buildings[0]
    assert row["use"] == use
    assert shape.area == pytest.approx(building.outline_area_m2, rel=1e-3)
    assert building.outline_area_m2 == pytest.approx(99.0, abs=0.1)


def test_the_models_own_floor_area_serves_where_storeys_have_none(house, read):
    model = house()
    model.storey.Name = "Roof"
    e = model.f.create_entity
    quantity = e("IfcQuantityArea", "GrossFloorArea", None, None, 84.0)
    group = e("IfcElementQuantity", model.guid(), None, "Qto_BuildingBaseQuantities", None, None, [quantity])
    e("IfcRelDefinesByProperties", model.guid(), None, None, None, [model.building], group)
    rows = place_model(read(model), "")
    assert rows.buildings[0][1]["gross_floor_area_m2"] == pytest.approx(84.0)


def test_what_rounding_leaves_below_zero_is_zero():
    place = MapProjector(LocalToMap("EPSG:4547", 500000.0, 2490000.0, 0.0), "EPSG:4547")
    assert str(place.elevation(-9.3e-17)) == "0.0"
    assert str(place.point(0.0, 0.0, -9.3e-17).z) == "0.0"
    assert place.elevation(-0.123456) == -0.123456


def test_what_a_set_of_elements_covers_is_computed_once():
    one, other = Silhouette(box(0, 0, 4, 3)), Silhouette(box(4, 0, 9, 3))
    plans = FloorPlans(box(0, 0, 9, 3))
    both = plans.of([one, None, other])
    assert both.symmetric_difference(box(0, 0, 9, 3)).area == pytest.approx(0, abs=1e-9)
    assert plans.of(iter([one, None, other])) is both
    assert plans.of([one]).area == pytest.approx(12)
    assert plans.of([Silhouette(box(0, 0, 2, 2))]).area == pytest.approx(4)
    assert plans.of([None]) is None
    assert plans.of([]) is None
