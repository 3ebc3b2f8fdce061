"""Made files that would eat memory or time: what they give stays within limits, and memory is told as memory."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from shapely.geometry import Point, Polygon, box

from twin_plugin.core.bim import input_limits, pool
from twin_plugin.core.bim.input_limits import bounded
from twin_plugin.core.bim.mesh import BOXES
from twin_plugin.core.bim.model import ReadStatus
from twin_plugin.core.bim.pool import read_models
from twin_plugin.core.bim.read import ModelJob

ROOT = Path(__file__).parent.parent.parent.parent
FIRST = 1_000_000

PARSE = """
import resource, sys
from pathlib import Path
import ifcopenshell
from twin_plugin.core.bim.parser import parse
path, count = Path(sys.argv[1]), int(sys.argv[2])
data = path.read_bytes() if sys.argv[3] == "text" else None
limit = int(sys.argv[4]) * 1_000_000
resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
try:
    model, missing = parse(path, data)
except MemoryError:
    print("memory")
else:
    print("whole" if not missing and len(model.by_type("IfcCartesianPoint")) >= count else "lost")
"""

limited = pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")


def with_statements(model, path, statements):
    """The model written with more statements, as fast as text can be."""
    lines = model.write(path).read_text().splitlines()
    end = max(number for number, line in enumerate(lines) if line.startswith("ENDSEC"))
    path.write_text("\n".join([*lines[:end], *statements, *lines[end:]]) + "\n")
    return path


def with_points(model, path, count):
    """The model with a wall whose outline has so many points, so that nobody may leave them out."""
    solid = model.f.by_type("IfcExtrudedAreaSolid")[0]
    points = [f"#{FIRST + i}=IFCCARTESIANPOINT(({i % 1000}.,{i // 1000}.));" for i in range(count)]
    line = f"#{FIRST + count}=IFCPOLYLINE(({','.join(f'#{FIRST + i}' for i in range(count))}));"
    profile = f"#{FIRST + count + 1}=IFCARBITRARYCLOSEDPROFILEDEF(.AREA.,$,#{FIRST + count});"
    with_statements(model, path, [*points, line, profile])
    old, new = f"#{solid.id()}=IFCEXTRUDEDAREASOLID(#{solid.SweptArea.id()},", f"#{FIRST + count + 1},"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, f"#{solid.id()}=IFCEXTRUDEDAREASOLID({new}"))
    return path


@limited
def test_memory_that_ends_is_told_as_memory(house, tmp_path, monkeypatch):
    path = with_points(house(), tmp_path / "big.ifc", 300_000)
    monkeypatch.setattr(pool, "memory_share", lambda workers: 300_000_000)
    (report,) = read_models([ModelJob("big.ifc", str(path))], workers=1)
    assert report.status is ReadStatus.FAILED
    assert "memory" in report.reason
    assert "WORKERS 1" in report.reason
    assert "syntax" not in report.reason.lower()


@pytest.mark.slow
@limited
@pytest.mark.parametrize("form", ["path", "text"])
def test_a_parser_without_memory_never_gives_half_a_model(house, tmp_path, form):
    path = with_points(house(), tmp_path / "big.ifc", 300_000)
    seen = set()
    for limit in (180, 220, 260, 300, 340, 500, 3000):
        arguments = [sys.executable, "-c", PARSE, str(path), "300000", form, str(limit)]
        done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
        # A process that dies is told by the pool; one that lives says what happened.
        seen.add(done.stdout.strip() if done.returncode == 0 else "died")
    assert "lost" not in seen
    assert "whole" in seen
    assert seen & {"memory", "died"}


@pytest.mark.parametrize("kernel_fallback", [0, 1])
@pytest.mark.parametrize("damages", [1, 9])
def test_damaged_statements_cost_themselves_only(house, tmp_path, read, kernel_fallback, damages):
    """The parser stops at a statement without a number; what stands before and behind it is read all the same."""
    model = house()
    model.building.Name = "Größe 楼"
    path = model.write(tmp_path / "damaged.ifc")
    text = path.read_text().replace("\\X2\\00F6\\X0\\", "ö")
    lines = text.splitlines()
    at = next(number for number, line in enumerate(lines) if "=IFCWINDOW(" in line)
    end = max(number for number, line in enumerate(lines) if line.startswith("ENDSEC"))
    lines[at] = lines[at].replace("=", " ", 1)
    for _ in range(damages - 1):
        lines.insert(end, "IFCWALL($);")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = read(path, kernel_fallback=kernel_fallback)
    assert report.status is ReadStatus.PARTIAL
    assert [reason.code for reason in report.reasons] == ["statements_left_out", "without_place"]
    assert "damaged" in report.reason.casefold()
    (building,) = report.buildings
    assert building.footprint_area_m2 == pytest.approx(80, abs=0.1)
    assert [opening.kind for opening in building.openings] == ["door"]


def test_what_stands_behind_many_damages_is_given_up(house, tmp_path, read):
    path = house().write(tmp_path / "damaged.ifc")
    path.write_text(path.read_text().replace("=IFCRELCONTAINED", " IFCRELCONTAINED"))
    report = read(path)
    assert report.status is ReadStatus.PARTIAL
    assert [reason.code for reason in report.reasons] == ["rest_left_out", "records_lost", "without_place"]


def test_parts_of_parts_five_thousand_deep(house, read):
    model = house()
    above = model.storey
    for number in range(5000):
        part = model.f.create_entity("IfcElementAssembly", model.guid(), None, f"Part {number}")
        model.f.create_entity("IfcRelAggregates", model.guid(), None, None, None, above, [part])
        above = part
    wall = model.f.by_type("IfcWall")[0]
    for relation in model.f.by_type("IfcRelContainedInSpatialStructure"):
        if relation.RelatedElements == (wall,):
            model.f.remove(relation)
    model.f.create_entity("IfcRelAggregates", model.guid(), None, None, None, above, [wall])
    report = read(model)
    assert (report.status, report.meshed) == (ReadStatus.OK, 8)
    assert report.buildings[0].footprint_area_m2 == pytest.approx(80, abs=0.1)


def test_shapes_mapped_ten_times_ten_deep(house, read):
    """Ten thousand million boxes for a kernel, eight corners for the boxes that are drawn when it hangs."""
    model = house()
    e = model.f.create_entity
    wall, other = model.f.by_type("IfcWall")[:2]
    shape = wall.Representation.Representations[0]
    move = e("IfcCartesianTransformationOperator3D", None, None, e("IfcCartesianPoint", (0.0, 0.0, 0.0)), 1.0, None)
    for _ in range(10):
        source = e("IfcRepresentationMap", model.axis(0, 0, 0), shape)
        items = [e("IfcMappedItem", source, move) for _ in range(10)]
        shape = e("IfcShapeRepresentation", model.context, "Body", "MappedRepresentation", items)
    other.Representation.Representations = [shape]
    report = read(model, kernel_fallback=BOXES)
    assert report.meshed == 8
    assert report.buildings[0].footprint_area_m2 == pytest.approx(80, abs=0.1)


def test_a_cut_of_itself_is_no_endless_box(house, read):
    model = house()
    shape = model.f.by_type("IfcWall")[0].Representation.Representations[0]
    cut = model.f.create_entity("IfcBooleanClippingResult", "DIFFERENCE", shape.Items[0], shape.Items[0])
    cut.FirstOperand = cut
    shape.Items = [cut]
    assert read(model, kernel_fallback=BOXES).meshed == 7


def test_buildings_that_contain_each_other_are_no_endless_search_for_a_site(house, read):
    model = house()
    for relation in model.f.by_type("IfcRelAggregates"):
        if relation.RelatingObject == model.site:
            model.f.remove(relation)
    model.f.create_entity("IfcRelAggregates", model.guid(), None, None, None, model.storey, [model.building])
    assert read(model).buildings[0].footprint_area_m2 == pytest.approx(80, abs=0.1)


@pytest.mark.slow
def test_a_hundred_thousand_property_sets(house, tmp_path, read):
    model = house()
    model.properties(model.building, "Pset_BuildingCommon", {"OccupancyType": ("IfcLabel", "Office")})
    value = model.f.create_entity("IfcPropertySingleValue", "A", None, model.f.create_entity("IfcLabel", "x"), None)
    owner, statements = model.building.id(), []
    for number in range(100_000):
        key = FIRST + 2 * number
        statements.append(f"#{key}=IFCPROPERTYSET('{number:022d}',$,'S{number}',$,(#{value.id()}));")
        statements.append(f"#{key + 1}=IFCRELDEFINESBYPROPERTIES('{FIRST + number:022d}',$,$,$,(#{owner}),#{key});")
    report = read(with_statements(model, tmp_path / "sets.ifc", statements))
    assert report.status is ReadStatus.OK
    assert report.buildings[0].use == "office"


def test_many_buildings_in_a_model_keep_their_own(house, read):
    model = house()
    e = model.f.create_entity
    for number in range(200):
        building = e("IfcBuilding", model.guid(), None, f"B{number}", ObjectPlacement=model.place)
        e("IfcRelAggregates", model.guid(), None, None, None, model.site, [building])
        place = e("IfcLocalPlacement", model.place, model.axis(0, 0, number))
        storey = e("IfcBuildingStorey", model.guid(), None, f"S{number}", ObjectPlacement=place)
        e("IfcRelAggregates", model.guid(), None, None, None, building, [storey])
        model.box("IfcWall", "Wall", 20.0 * number, 100, number, 10, 8, 3, storey)
        model.box("IfcDoor", f"Door {number}", 20.0 * number + 1, 100.1, number, 1, 0.1, 2, storey)
    buildings = {building.name: building for building in read(model).buildings}
    assert len(buildings) == 201
    for number in range(200):
        building = buildings[f"B{number}"]
        assert [storey.name for storey in building.storeys] == [f"S{number}"]
        assert [opening.name for opening in building.openings] == [f"Door {number}"]
        assert building.ground_m == pytest.approx(number)


def test_texts_of_megabytes_are_cut(house, read):
    model = house()
    model.building.Name, model.storey.Name = "x" * 3_000_000, "y" * 3_000_000
    model.door.Name = model.door.GlobalId = "z" * 3_000_000
    model.conversion("w" * 3_000_000, 504000.0, 2490000.0)
    report = read(model)
    (building,) = report.buildings
    assert len(building.name) == len(building.storeys[0].name) == 1000
    assert building.name.endswith("x…")
    door = next(opening for opening in building.openings if opening.kind == "door")
    assert len(door.id) == 64
    assert sum(len(text) for text in (*report.warnings, *report.georeference.warnings)) < 5000


def test_tables_of_millions_are_cut_and_told(house, read, monkeypatch):
    report = read(house())
    (building,) = report.buildings
    assert bounded(report) == report
    crowd = replace(building, openings=building.openings * 3, underground=())
    monkeypatch.setattr(input_limits, "MOST_PARTS", {"storeys": 9, "openings": 8, "underground": 9})
    cut = bounded(replace(report, buildings=(crowd, crowd)))
    assert [len(each.openings) for each in cut.buildings] == [6, 2]
    assert cut.status is ReadStatus.PARTIAL
    assert "first 8 of 12 openings" in cut.reason
    monkeypatch.setattr(input_limits, "MOST_BUILDINGS", 1)
    cut = bounded(replace(report, buildings=(building, replace(building, outline=box(0, 0, 1, 1)))))
    assert cut.buildings == (building,)
    assert "first 1 of 2 buildings" in cut.reason


@pytest.mark.slow
def test_polygons_of_too_many_points_are_simplified_and_told(house, read, monkeypatch):
    report = read(house())
    (building,) = report.buildings
    circle = Point(0, 0).buffer(50, quad_segs=6000)
    comb = Polygon([(0, 0), *((i, 20 * (i % 2) + 1) for i in range(30_000)), (30_000, 0)])
    cut = bounded(replace(report, buildings=(replace(building, footprint=circle, outline=comb),)))
    assert shapely.get_num_coordinates(cut.buildings[0].footprint) < 20_000
    assert cut.buildings[0].footprint_area_m2 == pytest.approx(circle.area, rel=0.01)
    assert cut.buildings[0].outline.equals(box(0, 0, 30_000, 21))
    assert cut.status is ReadStatus.PARTIAL
    assert "2 polygons" in cut.reason
    monkeypatch.setattr(input_limits, "MOST_POINTS_OF_ALL", 2 * shapely.get_num_coordinates(building.outline))
    crowd = bounded(replace(report, buildings=(building,) * 50))
    assert len(crowd.buildings) == 50
    assert any("rectangles" in text for text in crowd.warnings)
