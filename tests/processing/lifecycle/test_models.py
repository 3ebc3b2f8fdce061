"""twin:comparemodels and twin:constructionprogress on models that this test writes, and on a real one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

pytest.importorskip("ifcopenshell")

MONTHS = (("Jan", "2026-01-01", "2026-01-31"), ("Feb", "2026-02-01", "2026-02-28"), ("Mar", "2026-03-01", "2026-03-31"))


def make_model(path, with_tasks=True):
    """A building of six walls, and three tasks of two walls each, from 9 to 17 h of their first and last day."""
    import ifcopenshell
    import ifcopenshell.guid

    model = ifcopenshell.file(schema="IFC4")
    origin = model.createIfcCartesianPoint((0.0, 0.0, 0.0))
    axes = model.createIfcAxis2Placement3D(origin)
    context = model.createIfcGeometricRepresentationContext(None, "Model", 3, 1e-5, axes)
    metre = model.createIfcSIUnit(None, "LENGTHUNIT", None, "METRE")
    units = model.createIfcUnitAssignment([metre])
    new = ifcopenshell.guid.new
    project = model.createIfcProject(new(), None, "Project", None, None, None, None, [context], units)
    storey = model.createIfcBuildingStorey(new(), None, "Ground", None, None, model.createIfcLocalPlacement(None, axes))
    building = model.createIfcBuilding(new(), None, "楼 A", None, None, model.createIfcLocalPlacement(None, axes))
    model.createIfcRelAggregates(new(), None, None, None, project, [building])
    model.createIfcRelAggregates(new(), None, None, None, building, [storey])
    walls = []
    for number in range(6):
        corner = model.createIfcCartesianPoint((5.0 * number, 0.0, 0.0))
        place = model.createIfcLocalPlacement(None, model.createIfcAxis2Placement3D(corner))
        profile = model.createIfcRectangleProfileDef(
            "AREA", None, model.createIfcAxis2Placement2D(model.createIfcCartesianPoint((2.0, 0.1))), 4.0, 0.2
        )
        body = model.createIfcExtrudedAreaSolid(profile, axes, model.createIfcDirection((0.0, 0.0, 1.0)), 3.0)
        shape = model.createIfcShapeRepresentation(context, "Body", "SweptSolid", [body])
        solid = model.createIfcProductDefinitionShape(None, None, [shape])
        walls.append(model.createIfcWall(new(), None, f"Wall {number}", None, None, place, solid))
    model.createIfcRelContainedInSpatialStructure(new(), None, None, None, walls, storey)
    tasks = []
    for number, (name, start, finish) in enumerate(MONTHS if with_tasks else ()):
        time = model.create_entity(
            "IfcTaskTime", ScheduleStart=f"{start}T09:00:00", ScheduleFinish=f"{finish}T17:00:00",
            Completion=(1.0, 0.25, None)[number],
        )  # fmt: skip
        task = model.create_entity("IfcTask", GlobalId=new(), Name=name, IsMilestone=False, TaskTime=time)
        for wall in walls[2 * number : 2 * number + 2]:
            model.createIfcRelAssignsToProduct(new(), None, None, None, [task], None, wall)
        tasks.append(task)
    for before, after in pairwise(tasks):
        model.createIfcRelSequence(new(), None, None, None, before, after)
    model.write(str(path))
    return model, walls, tasks


def rows_of(place):
    layer = QgsVectorLayer(place, "rows", "ogr")
    names = layer.fields().names()
    return [dict(zip(names, feature.attributes(), strict=True)) for feature in layer.getFeatures()]


def progress(run_algorithm, tmp_path, model, at, **more):
    given = {"MODEL": str(model), "AT": at, "OUTPUT": str(tmp_path / "tasks.gpkg"), **more}
    return run_algorithm("twin:constructionprogress", given)


def test_the_worked_schedule(run_algorithm, tmp_path):
    path = tmp_path / "进度 model.ifc"
    make_model(path)
    found = progress(run_algorithm, tmp_path, path, "2026-02-15T09:00:00")
    assert found["PLANNED_SHARE"] == pytest.approx(0.5041, abs=5e-5)
    rows = {row["task"]: row for row in rows_of(found["OUTPUT"])}
    assert [rows[name]["planned_share"] for name, *_ in MONTHS] == pytest.approx([1, 0.5122, 0], abs=5e-5)
    assert found["DONE_SHARE"] == pytest.approx((2 * 1 + 2 * 0.25 + 0) / 6)
    assert (rows["Jan"]["late"], rows["Feb"]["late"], found["LATE"]) == (False, True, 1)
    assert found["ELEMENTS_COUNT"] == 6


def test_what_stands_by_a_model_as_built(run_algorithm, tmp_path):
    path, built = tmp_path / "model.ifc", tmp_path / "built.ifc"
    model, walls, _ = make_model(path)
    for wall in walls[3:]:
        model.remove(wall)
    model.write(str(built))
    found = progress(run_algorithm, tmp_path, path, "2026-02-15T09:00:00", BUILT=str(built))
    assert found["DONE_SHARE"] == pytest.approx(0.5)
    rows = {row["task"]: row["done_share"] for row in rows_of(found["OUTPUT"])}
    assert rows == {"Jan": 1.0, "Feb": 0.5, "Mar": 0.0}


def test_a_cycle_and_a_model_without_schedule_are_named(run_algorithm, tmp_path):
    import ifcopenshell.guid

    path = tmp_path / "model.ifc"
    model, _, tasks = make_model(path)
    model.createIfcRelSequence(ifcopenshell.guid.new(), None, None, None, tasks[2], tasks[0])
    model.write(str(path))
    with pytest.raises(QgsProcessingException, match=r"has a cycle: .*Jan.*Take one"):
        progress(run_algorithm, tmp_path, path, "2026-02-15T09:00:00")
    make_model(path, with_tasks=False)
    with pytest.raises(QgsProcessingException, match="has no tasks"):
        progress(run_algorithm, tmp_path, path, "2026-02-15T09:00:00")
    path.write_text("no model")
    with pytest.raises(QgsProcessingException, match=r"model\.ifc"):
        progress(run_algorithm, tmp_path, path, "2026-02-15T09:00:00")
    with pytest.raises(QgsProcessingException, match="There is no model"):
        progress(run_algorithm, tmp_path, tmp_path / "nothing.ifc", "2026-02-15T09:00:00")


def changed(model):
    """Move, raise, rename, give another GlobalId to, and delete one of the first five walls; the GlobalIds of all."""
    import ifcopenshell.guid

    walls = model.by_type("IfcWall")
    ids = [wall.GlobalId for wall in walls[:5]]
    for wall, step in ((walls[0], (0.1, 0, 0)), (walls[1], (0, 0, 0.3))):
        place = wall.ObjectPlacement
        old = place.RelativePlacement
        corner = tuple(a + b for a, b in zip(old.Location.Coordinates, step, strict=True))
        axes = model.createIfcAxis2Placement3D(model.createIfcCartesianPoint(corner), old.Axis, old.RefDirection)
        wall.ObjectPlacement = model.createIfcLocalPlacement(place.PlacementRelTo, axes)
    walls[2].Name = "another name"
    walls[3].GlobalId = ifcopenshell.guid.new()
    ids.append(walls[3].GlobalId)
    model.remove(walls[4])
    return ids


def test_versions_of_a_model(run_algorithm, tmp_path):
    before, after = tmp_path / "before.ifc", tmp_path / "after 后.ifc"
    model, *_ = make_model(before)
    moved, raised, named, old, gone, new = changed(model)
    model.write(str(after))
    given = {"BEFORE": str(before), "AFTER": str(after), "OUTPUT": str(tmp_path / "changes.gpkg")}
    found = run_algorithm("twin:comparemodels", given)
    rows = {row["guid"]: row for row in rows_of(found["OUTPUT"])}
    assert set(rows) == {moved, raised, named, new, gone}
    assert (rows[moved]["change"], rows[moved]["moved_m"]) == ("geometry", pytest.approx(0.1, abs=1e-4))
    assert (rows[raised]["change"], rows[raised]["raised_m"]) == ("geometry", pytest.approx(0.3, abs=1e-4))
    assert rows[named]["properties"] == "Name: Wall 2 → another name"
    assert (rows[new]["change"], rows[new]["before_guid"]) == ("GlobalId only", old)
    assert rows[gone]["change"] == "deleted"
    assert found["UNCHANGED"] == 3, "the sixth wall, building and storey"
    every = run_algorithm("twin:comparemodels", given | {"UNCHANGED_ROWS": True})
    assert len(rows_of(every["OUTPUT"])) == 8


def related(model):
    """Give a wall another material, another type, a container, an opening with a door, a classification: their ids."""
    import ifcopenshell.guid

    new = ifcopenshell.guid.new
    walls = model.by_type("IfcWall")[:5]
    model.createIfcRelAssociatesMaterial(new(), None, None, None, [walls[0]], model.createIfcMaterial("brick 砖"))
    kind = model.create_entity("IfcWallType", GlobalId=new(), Name="W 240", PredefinedType="STANDARD")
    for typed in walls[1].IsTypedBy:
        typed.RelatedObjects = [wall for wall in typed.RelatedObjects if wall != walls[1]] or [walls[0]]
    model.createIfcRelDefinesByType(new(), None, None, None, [walls[1]], kind)
    room = model.create_entity("IfcSpace", GlobalId=new(), Name="Room 1")
    old = walls[2].ContainedInStructure[0]
    old.RelatedElements = [wall for wall in old.RelatedElements if wall != walls[2]]
    model.createIfcRelContainedInSpatialStructure(new(), None, None, None, [walls[2]], room)
    place = walls[3].ObjectPlacement
    opening = model.create_entity("IfcOpeningElement", GlobalId=new(), Name="hole", ObjectPlacement=place)
    door = model.create_entity("IfcDoor", GlobalId=new(), Name="Door <b>", ObjectPlacement=place)
    model.createIfcRelVoidsElement(new(), None, None, None, walls[3], opening)
    model.createIfcRelFillsElement(new(), None, None, None, opening, door)
    code = model.create_entity("IfcClassificationReference", Identification="21.11", Name="walls")
    model.createIfcRelAssociatesClassification(new(), None, None, None, [walls[4]], code)
    return [wall.GlobalId for wall in walls], door.GlobalId, room.GlobalId


def test_materials_and_relations(run_algorithm, tmp_path):
    before, after = tmp_path / "before.ifc", tmp_path / "after.ifc"
    model, walls, _ = make_model(before)
    layers = [
        model.create_entity("IfcMaterialLayer", Material=model.createIfcMaterial(name), LayerThickness=thick)
        for name, thick in (("concrete", 0.2), ("plaster", 0.015))
    ]
    import ifcopenshell.guid

    usage = model.create_entity(
        "IfcMaterialLayerSetUsage", ForLayerSet=model.createIfcMaterialLayerSet(layers), LayerSetDirection="AXIS2",
        DirectionSense="POSITIVE", OffsetFromReferenceLine=0.0,
    )  # fmt: skip
    made = model.createIfcRelAssociatesMaterial(ifcopenshell.guid.new(), None, None, None, walls, usage)
    model.write(str(before))
    made.RelatedObjects = walls[1:]
    guids, door, room = related(model)
    model.write(str(after))
    given = {"BEFORE": str(before), "AFTER": str(after), "OUTPUT": str(tmp_path / "changes.gpkg")}
    found = run_algorithm("twin:comparemodels", given)
    rows = {row["guid"]: row for row in rows_of(found["OUTPUT"])}
    assert [rows[guid]["relations"] for guid in guids] == [
        "material: concrete 200 mm, plaster 15 mm → brick 砖",
        "type: – → W 240",
        "container: Ground → Room 1",
        "openings: – → 1 (Door <b>)",
        "classification: – → 21.11, walls",
    ]
    assert {rows[guid]["change"] for guid in guids} == {"properties"}
    assert {rows[door]["change"], rows[room]["change"]} == {"added"}
    assert (found["MATERIALS"], found["RELATIONS"], found["PROPERTIES"]) == (1, 4, 5)
    made.RelatedObjects = walls
    model.write(str(before))
    again = run_algorithm("twin:comparemodels", given | {"BEFORE": str(after)})
    assert (again["MATERIALS"], again["RELATIONS"], again["UNCHANGED"]) == (0, 0, 10)


def test_types_and_containers_with_new_ids_are_the_same(run_algorithm, tmp_path):
    import ifcopenshell.guid

    before, after = tmp_path / "before.ifc", tmp_path / "after.ifc"
    model, walls, _ = make_model(before)
    kind = model.create_entity("IfcWallType", GlobalId=ifcopenshell.guid.new(), Name="W 240", PredefinedType="STANDARD")
    model.createIfcRelDefinesByType(ifcopenshell.guid.new(), None, None, None, walls, kind)
    model.write(str(before))
    for entity in (kind, *model.by_type("IfcBuildingStorey")):
        entity.GlobalId = ifcopenshell.guid.new()
    model.write(str(after))
    given = {"BEFORE": str(before), "AFTER": str(after), "OUTPUT": str(tmp_path / "changes.gpkg")}
    found = run_algorithm("twin:comparemodels", given)
    assert (found["RELATIONS"], found["PROPERTIES"]) == (0, 0)


DIFF = """
import json, sys, types
sys.path.insert(0, sys.argv[3])
import ifcdiff, ifcopenshell
asked = ["geometry", "property", "attributes", *sys.argv[4:]]
found = ifcdiff.IfcDiff(*map(ifcopenshell.open, sys.argv[1:3]), relationships=asked)
found.diff()
every = found.added_elements, found.deleted_elements, found.change_register
print("RESULT", json.dumps([sorted(ids) for ids in every]))
"""


def test_a_real_model_equals_ifcdiff(run_algorithm, shared_data, tmp_path):
    """ifcdiff of IfcOpenShell finds the same, but for the GlobalId, which is one added and one deleted to it."""
    import ifcopenshell

    packages = os.environ.get("IFCDIFF", "")
    before, after = shared_data("ifc/AC20-FZK-Haus.ifc"), tmp_path / "after.ifc"
    model = ifcopenshell.open(str(before))
    moved, raised, named, old, gone, new = changed(model)
    model.write(str(after))
    given = {"BEFORE": str(before), "AFTER": str(after), "OUTPUT": str(tmp_path / "changes.gpkg")}
    rows = {row["guid"]: row["change"] for row in rows_of(run_algorithm("twin:comparemodels", given)["OUTPUT"])}
    kinds = {moved: "geometry", raised: "geometry", named: "properties", new: "GlobalId only", gone: "deleted"}
    assert rows == kinds
    if not packages:
        pytest.skip("ifcdiff is not asked: set IFCDIFF to a folder with ifcdiff and deepdiff")
    command = [sys.executable, "-c", DIFF, str(before), str(after), packages]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = next(line for line in done.stdout.splitlines() if line.startswith("RESULT"))
    added, deleted, register = json.loads(said.removeprefix("RESULT "))
    assert (added, deleted) == ([new], sorted([old, gone]))
    assert set(register) == {moved, raised, named}


def test_relations_of_a_real_model_equal_ifcdiff(run_algorithm, shared_data, tmp_path):
    """ifcdiff knows types and classifications; materials, containers and openings are ours."""
    import ifcopenshell

    packages = os.environ.get("IFCDIFF", "")
    before, after = shared_data("ifc/AC20-FZK-Haus.ifc"), tmp_path / "after.ifc"
    model = ifcopenshell.open(str(before))
    guids, door, room = related(model)
    model.write(str(after))
    given = {"BEFORE": str(before), "AFTER": str(after), "OUTPUT": str(tmp_path / "changes.gpkg")}
    rows = {row["guid"]: row for row in rows_of(run_algorithm("twin:comparemodels", given)["OUTPUT"])}
    assert set(guids) <= set(rows)
    assert rows[guids[0]]["relations"].startswith("material: ")
    assert rows[guids[0]]["relations"].endswith("brick 砖")
    assert "type: " in rows[guids[1]]["relations"]
    assert rows[guids[2]]["relations"] == "container: Erdgeschoss → Room 1"
    assert rows[guids[4]]["relations"] == "classification: – → 21.11, walls"
    if not packages:
        pytest.skip("ifcdiff is not asked: set IFCDIFF to a folder with ifcdiff and deepdiff")
    command = [sys.executable, "-c", DIFF, str(before), str(after), packages, "type", "classification"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = next(line for line in done.stdout.splitlines() if line.startswith("RESULT"))
    added, deleted, register = json.loads(said.removeprefix("RESULT "))
    assert (set(added), deleted) == ({door, room}, [])
    ours = {guid for guid, row in rows.items() if "type: " in row["relations"] or "classification" in row["relations"]}
    assert ours == {guids[1], guids[4]}
    assert ours <= set(register)
