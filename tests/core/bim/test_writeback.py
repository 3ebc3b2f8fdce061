"""Flood results written back: only additions, the standard's rules kept, and topics that another reader understands."""

from __future__ import annotations

import math
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import ifcopenshell
import ifcopenshell.validate
import pytest
from ifcopenshell.util.element import get_psets
from shapely.geometry import Polygon, box

from twin_plugin.core.bim import writeback
from twin_plugin.core.bim.bcf import look
from twin_plugin.core.bim.model import Opening
from twin_plugin.core.bim.read import read_model
from twin_plugin.core.bim.source import open_model
from twin_plugin.core.bim.writeback import WritebackRequest, model_bytes, write_back
from twin_plugin.core.bim.writeback_results import RiskRows, camera_at, match, outwards, split_id
from twin_plugin.core.bim.writeback_step import BEGIN, read_step, step_text, step_value
from twin_plugin.core.common.errors import InputError, ResourceError

SET_NAME = "Twin_FloodResult"
"""Frozen: other programs read the results by it."""
WHEN = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
SCHEMAS = ["IFC2X3", "IFC4", "IFC4X3_ADD2"]


def row(model, **changes):
    """A row of a building risk layer for a made house, whose zero point lies at 3.00 m."""
    values = {
        "id": f"folder/model.ifc/{model.building.GlobalId}",
        "ground_floor_elev_m": 3.0,
        "risk_class": 3,
        "reason": "main door, sill 3.05 m, water 3.35 m — 水深",
        "depth_m": 0.4,
        "level_m": 3.35,
        "ingress_time_min": 35.0,
        "ingress_opening_id": f"folder/model.ifc/{model.door.GlobalId}",
        "storeys_reached": 1,
        "damage": 0.21,
        "people": 12,
    }
    return {**values, **changes}


@pytest.fixture(autouse=True)
def _in_process(monkeypatch):
    """Models are read in this process; the algorithm's tests use a worker."""
    monkeypatch.setattr(writeback, "read_models", lambda jobs, *_: [read_model(job) for job in jobs])


@pytest.fixture
def back(tmp_path):
    """A function from a made house (or a path) and rows to (the original's path, the copy's path, BCF, Written)."""

    def run(model, rows, name="model.ifc", output="the copy 副本.ifc", **options):
        source = model if isinstance(model, Path) else model.write(tmp_path / "in" / name)
        copy, topics = tmp_path / output, tmp_path / "topics 议题.bcfzip"
        request = WritebackRequest(str(source), RiskRows(rows, **options), str(copy), str(topics), "risk 风险", WHEN)
        return source, copy, topics, write_back(request)

    return run


def content(path):
    """The entities of a file by id, as text."""
    model = open_model(path).file
    return {entity.id(): entity.to_string() for entity in model}


def findings(path, rules):
    """The faults that the schema finds, by its rules too where these are asked for (they take seconds)."""
    logger = ifcopenshell.validate.json_logger()
    ifcopenshell.validate.validate(open_model(path).file, logger, express_rules=rules)
    return sorted(str(statement.get("message", statement))[:200] for statement in logger.statements)


@pytest.mark.slow
@pytest.mark.parametrize("unit_m", [1.0, 0.001])
@pytest.mark.parametrize("schema", SCHEMAS)
def test_only_what_was_added_differs(house, back, schema, unit_m):
    model = house(schema=schema, unit_m=unit_m)
    source, copy, _, written = back(model, [row(model)])
    assert (written.buildings, written.storeys, written.openings, written.topics) == (1, 1, 1, 1)
    old, new = content(source), content(copy)
    assert {key: new[key] for key in old} == old
    assert min(set(new) - set(old)) == max(old) + 1
    before, after = source.read_bytes(), copy.read_bytes()
    start = after.index(BEGIN)
    assert before.startswith(after[:start])
    assert before.endswith(after[len(after) - (len(before) - start) :])
    rules = unit_m == 0.001 and schema != "IFC4X3_ADD2"
    assert findings(copy, rules) == findings(source, rules)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_what_stands_in_the_copy(house, back, schema):
    model = house(schema=schema, unit_m=0.001)
    _, copy, *_ = back(model, [row(model)])
    opened = ifcopenshell.open(str(copy))
    building = get_psets(opened.by_guid(model.building.GlobalId))[SET_NAME]
    assert building["RiskClass"] == 3
    assert building["Reason"] == "main door, sill 3.05 m, water 3.35 m — 水深"
    assert building["WaterLevelOutside_m"] == pytest.approx(3.35)
    assert building["IngressOpening"] == model.door.GlobalId
    assert building["OpeningsBelowLevel"] == 1
    assert "WaterArrival_min" not in building
    door = get_psets(opened.by_guid(model.door.GlobalId))[SET_NAME]
    assert door["Sill_m"] == pytest.approx(3.05)
    assert door["WaterAboveSill_m"] == pytest.approx(0.30)
    assert (door["BelowLevel"], door["IngressOpening"], door["Ingress_min"]) == (True, True, 35.0)
    storey = get_psets(opened.by_guid(model.storey.GlobalId))[SET_NAME]
    assert storey["WaterAboveFloor_m"] == pytest.approx(0.35)
    # The window's sill at 3.40 m stays dry.
    assert SET_NAME not in get_psets(opened.by_guid(model.window.GlobalId))
    unit = next(p.Unit for p in opened.by_type("IfcPropertySingleValue") if p.Name == "Sill_m")
    assert (unit.UnitType, unit.Prefix, unit.Name) == ("LENGTHUNIT", None, "METRE")


def test_a_design_level_goes_before_the_result(house, back):
    model = house()
    upper = model.level("Upper", 3.2)
    model.box("IfcWall", "Upper wall", 0, 0, 3.2, 10, 0.3, 2.8, upper)
    _, copy, _, written = back(model, [row(model, risk_class=0, level_m=None)], design_level_m=3.9)
    assert (written.storeys, written.openings, written.topics) == (1, 2, 2)
    opened = ifcopenshell.open(str(copy))
    assert get_psets(opened.by_guid(model.window.GlobalId))[SET_NAME]["WaterAboveSill_m"] == pytest.approx(0.5)
    assert get_psets(opened.by_guid(model.building.GlobalId))[SET_NAME]["DesignLevel_m"] == pytest.approx(3.9)
    assert back(model, [row(model)], design_level_m=7.0)[3].storeys == 2


def test_a_dry_building_gets_its_class_and_nothing_else(house, back):
    model = house()
    _, copy, topics, written = back(model, [row(model, risk_class=0, level_m=3.5, storeys_reached=0)])
    assert (written.buildings, written.storeys, written.openings, written.topics) == (1, 0, 0, 0)
    assert zipfile.ZipFile(topics).namelist() == ["bcf.version"]
    opened = ifcopenshell.open(str(copy))
    assert get_psets(opened.by_guid(model.building.GlobalId))[SET_NAME]["RiskClass"] == 0


def test_layers_of_openings_and_storeys_are_believed(house, back):
    model = house()
    door = {"id": f"folder/model.ifc/{model.door.GlobalId}", "sill_elev_m": 3.2, "is_external": True}
    storey = {"id": f"folder/model.ifc/{model.storey.GlobalId}", "elev_m": 3.1}
    _, copy, *_ = back(model, [row(model, level_m=3.9)], openings=[door], storeys=[storey])
    opened = ifcopenshell.open(str(copy))
    assert get_psets(opened.by_guid(model.door.GlobalId))[SET_NAME]["Sill_m"] == pytest.approx(3.2)
    assert SET_NAME not in get_psets(opened.by_guid(model.window.GlobalId))
    assert get_psets(opened.by_guid(model.storey.GlobalId))[SET_NAME]["FloorLevel_m"] == pytest.approx(3.1)
    assert back(model, [row(model)], openings=[{**door, "is_external": False}])[3].openings == 0
    other = {**door, "id": f"other.ifc/{model.door.GlobalId}"}
    assert back(model, [row(model)], openings=[other])[3].openings == 0


def test_the_same_results_give_the_same_bytes_also_on_a_copy(house, back, tmp_path):
    model = house()
    source, copy, topics, _ = back(model, [row(model)])
    first, first_topics = copy.read_bytes(), topics.read_bytes()
    back(source, [row(model)])
    assert (copy.read_bytes(), topics.read_bytes()) == (first, first_topics)
    again = tmp_path / "again" / "model.ifc"
    again.parent.mkdir()
    again.write_bytes(first)
    _, second, *_ = back(again, [row(model)], output="second.ifc")
    assert second.read_bytes() == first


def test_a_global_id_that_a_file_uses_twice(house, back):
    model = house()
    other = model.box("IfcDoor", "Back door", 4, 7.8, 0.2, 1, 0.1, 2.1)
    other.GlobalId = model.door.GlobalId
    _, copy, _, written = back(model, [row(model)])
    assert (written.openings, written.topics) == (2, 2)
    opened = ifcopenshell.open(str(copy))
    sills = {d.Name: get_psets(d)[SET_NAME]["Sill_m"] for d in opened.by_type("IfcDoor")}
    assert sills == {"Front door": pytest.approx(3.05), "Back door": pytest.approx(3.2)}
    rows = [{"id": f"folder/model.ifc/{other.GlobalId}~2", "sill_elev_m": 3.1, "is_external": True}]
    _, copy, *_ = back(model, [row(model)], openings=rows)
    opened = ifcopenshell.open(str(copy))
    found = {d.Name: get_psets(d).get(SET_NAME, {}).get("Sill_m") for d in opened.by_type("IfcDoor")}
    assert found == {"Front door": None, "Back door": pytest.approx(3.1)}


def test_each_building_of_a_model_gets_its_own(house, back):
    model = house()
    e = model.f.create_entity
    second = e("IfcBuilding", model.guid(), None, "House 2", ObjectPlacement=model.place, CompositionType="ELEMENT")
    place = e("IfcLocalPlacement", model.place, model.axis(0, 0, 0))
    storey = e(
        "IfcBuildingStorey", model.guid(), None, "Other ground", ObjectPlacement=place, CompositionType="ELEMENT"
    )
    e("IfcRelAggregates", model.guid(), None, None, None, model.site, [second])
    e("IfcRelAggregates", model.guid(), None, None, None, second, [storey])
    model.box("IfcSlab", "Other floor", 30, 0, -0.2, 10, 8, 0.2, storey)
    model.box("IfcWall", "Other wall", 30, 0, 0, 10, 0.3, 3.0, storey)
    model.box("IfcDoor", "Other door", 34, 0.1, 0.0, 1, 0.1, 2.1, storey)
    first = row(model)
    other = row(model, id=f"folder/model.ifc/{second.GlobalId}", level_m=8.3, ground_floor_elev_m=8.0, risk_class=2)
    _, copy, _, written = back(model, [other, first])
    assert (written.buildings, written.openings, written.messages) == (2, 2, ())
    opened = ifcopenshell.open(str(copy))
    classes = {b.Name: get_psets(b)[SET_NAME]["RiskClass"] for b in opened.by_type("IfcBuilding")}
    assert classes == {"House 1": 3, "House 2": 2}
    door = next(d for d in opened.by_type("IfcDoor") if d.Name == "Other door")
    assert get_psets(door)[SET_NAME]["Sill_m"] == pytest.approx(8.0)
    assert any("1 of the 2 buildings of model.ifc" in text for text in back(model, [first])[3].messages)


def test_elevations_are_those_of_each_buildings_own_site(house, back):
    model = house()
    first_door = model.door
    model.site.RefLatitude, model.site.RefLongitude, model.site.RefElevation = (49, 6, 1, 0), (8, 26, 11, 0), 110.0
    e = model.f.create_entity
    site = e("IfcSite", model.guid(), None, "Plot 2", ObjectPlacement=model.place, CompositionType="ELEMENT")
    site.RefLatitude, site.RefLongitude, site.RefElevation = (49, 7, 1, 0), (8, 26, 11, 0), 120.0
    other = e("IfcBuilding", model.guid(), None, "House 2", ObjectPlacement=model.place, CompositionType="ELEMENT")
    e("IfcRelAggregates", model.guid(), None, None, None, model.project, [site])
    e("IfcRelAggregates", model.guid(), None, None, None, site, [other])
    house_1, model.building = model.building, other
    storey = model.level("Ground", 0.0)
    model.box("IfcSlab", "Floor", 0, 0, -0.2, 12, 9, 0.2, storey)
    model.box("IfcWall", "Wall", 0, 0, 0, 12, 0.3, 3.0, storey)
    door = model.box("IfcDoor", "Other door", 4, 0.1, 0.05, 1, 0.1, 2.1, storey)
    # Rows without an elevation, as a layer of one's own may be: that of the model's site serves.
    rows = [{"id": f"a/model.ifc/{b.GlobalId}", "level_m": z} for b, z in ((house_1, 110.5), (other, 120.5))]
    _, copy, _, written = back(model, rows)
    opened = ifcopenshell.open(str(copy))
    sills = [get_psets(opened.by_guid(d.GlobalId)).get(SET_NAME, {}).get("Sill_m") for d in (first_door, door)]
    assert sills == [pytest.approx(110.05), pytest.approx(120.05)]
    assert written.openings == 3  # and the low window of the first house


def test_results_from_elsewhere_are_not_doubled(house, back, tmp_path):
    model = house()
    _, copy, *_ = back(model, [row(model)])
    other = tmp_path / "resaved" / "model.ifc"
    other.parent.mkdir()
    ifcopenshell.open(str(copy)).write(str(other))
    with pytest.raises(InputError, match="already holds the property set"):
        back(other, [row(model)])


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
def test_other_schemas_encodings_and_line_ends_keep_their_bytes(house, back, tmp_path, line_end):
    model = house(schema="IFC4X3_ADD2")
    data = model.write(tmp_path / "a.ifc").read_bytes()
    data = data.replace(b"IFC4X3_ADD2", b"IFC4X3_RC2").replace(b"'Front door'", "'前门'".encode("gb18030"))
    data = data.replace(b"'Low window'", b"'ENDSEC; #2147483000= it''s'").replace(b"\n", line_end)
    source = tmp_path / "odd" / "model.ifc"
    source.parent.mkdir()
    source.write_bytes(data)
    _, copy, topics, written = back(source, [row(model)])
    assert written.topics == 1
    after = copy.read_bytes()
    start = after.index(BEGIN)
    assert data == after[:start] + after[len(after) - (len(data) - start) :]
    assert after[:start].endswith(b";" + line_end)
    opened = open_model(copy).file
    assert get_psets(opened.by_guid(model.door.GlobalId))[SET_NAME]["Sill_m"] == pytest.approx(3.05)
    with zipfile.ZipFile(topics) as archive:
        assert any("前门" in archive.read(name).decode("utf-8") for name in archive.namelist())


def test_zipped_in_and_out(house, back, tmp_path):
    model = house()
    plain = model.write(tmp_path / "plain.ifc")
    zipped = tmp_path / "model.ifczip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(plain, "inner 模型.ifc")
        archive.writestr("readme.txt", "kept")
    rows = [row(model, id=f"model.ifczip/{model.building.GlobalId}")]
    _, copy, _, written = back(zipped, rows, output="copy.ifczip")
    assert written.openings == 1
    with zipfile.ZipFile(copy) as archive:
        assert archive.namelist() == ["inner 模型.ifc", "readme.txt"]
        assert archive.read("readme.txt") == b"kept"
    _, unzipped, *_ = back(zipped, rows, output="copy.ifc")
    assert unzipped.read_bytes() == model_bytes(copy)[0]
    _, from_plain, *_ = back(model, [row(model)], output="from plain.ifczip")
    assert zipfile.ZipFile(from_plain).namelist() == ["model.ifc"]


def test_a_model_that_is_not_in_the_layer(house, back):
    model = house()
    with pytest.raises(InputError, match=r"'risk 风险' has no building of model\.ifc"):
        back(model, [{"id": "model.ifc/0000000000000000000000"}])
    with pytest.raises(InputError, match="has no building"):
        back(model, [])
    # Renamed files are found by their building's GlobalId; several models of one name are not guessed.
    assert back(model, [row(model)], name="renamed.ifc")[3].buildings == 1
    twice = [row(model), row(model, id=f"other/model.ifc/{model.building.GlobalId}")]
    with pytest.raises(InputError, match="several times"):
        back(model, twice)


def test_broken_models_and_outputs(house, back, tmp_path):
    model = house()
    whole = model.write(tmp_path / "whole.ifc").read_bytes()
    for data, message in (
        (b"", "is empty"),
        (b"junk" * 100, "not an IFC file"),
        (whole[: len(whole) // 2], "ends before its data"),
        (b"PK\x03\x04" + b"x" * 500, "damaged or encrypted zip"),
    ):
        path = tmp_path / "broken" / "model.ifc"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        with pytest.raises(InputError, match=message):
            back(path, [row(model)])
    with pytest.raises(ResourceError, match="cannot be written"):
        back(model, [row(model)], output="no such folder/copy.ifc")
    with pytest.raises(InputError, match="cannot be opened"):
        back(tmp_path / "absent.ifc", [row(model)])


def test_a_building_without_an_elevation_says_so(house, back):
    model = house()
    written = back(model, [row(model, ground_floor_elev_m=None)])[3]
    assert (written.buildings, written.openings) == (1, 0)
    assert any("no elevation" in text for text in written.messages)


def test_the_camera_stands_outside_and_looks_at_the_door():
    def door(x, y):
        return Opening("d", "", "door", "", x, y, 0.1, 1.0, True, "")

    plan = box(0, 0, 10, 8)
    for x, y, away in ((4.5, 0.15, (0, -1)), (4.5, 7.9, (0, 1)), (0.1, 4, (-1, 0)), (10.2, 4, (1, 0))):
        assert outwards(x, y, plan) == pytest.approx(away, abs=1e-9)
        camera = camera_at(door(x, y), plan)
        assert math.dist(camera.eye[:2], (x, y)) == pytest.approx(5.0)
        ray = (x - camera.eye[0], y - camera.eye[1], 1.1 - camera.eye[2])
        length = math.hypot(*ray)
        assert camera.direction == pytest.approx([value / length for value in ray])
        assert sum(a * b for a, b in zip(camera.direction, camera.up, strict=True)) == pytest.approx(0, abs=1e-12)
        assert math.hypot(*camera.up) == pytest.approx(1.0)
        assert camera.up[2] > 0.9
    # In a court 3 m wide the camera comes nearer.
    court = Polygon(box(0, 0, 20, 20).exterior, [box(8.5, 5, 11.5, 15).exterior])
    eye = camera_at(door(8.4, 10), court).eye
    assert 8.5 < eye[0] < 11.5
    assert look((0, 0, 5), (0, 0, 0)).up == (0.0, 1.0, 0.0)


def test_ids_are_taken_apart():
    assert split_id("a/b.ifc/2x~3") == ("a/b.ifc", "2x", 3)
    assert split_id(None) == ("", "", 1)
    with pytest.raises(InputError):
        match([{"id": 4}], [], "a.ifc", "layer")


def test_values_as_step_writes_them():
    assert step_value("IfcReal", 3) == "IFCREAL(3.)"
    assert step_value("IfcLengthMeasure", -0.00001) == "IFCLENGTHMEASURE(0.)"
    assert step_value("IfcReal", 1e-7) == "IFCREAL(0.)"
    assert step_value("IfcReal", math.nan) == step_value("IfcText", "") == step_value("IfcText", None) == ""
    assert step_value("IfcBoolean", False) == "IFCBOOLEAN(.F.)"
    assert step_text("it's a \\ 水\n𠀀") == "'it''s a \\\\ \\X2\\6C34\\X0\\ \\X4\\00020000\\X0\\'"
    for number in (b"2147483000", b"9" * 5000):
        with pytest.raises(InputError, match="no ids left"):
            read_step(b"ISO-10303-21;DATA;#" + number + b"=IFCX();ENDSEC;END-ISO-10303-21;", "a.ifc")


def test_another_reader_understands_the_topics(house, back):
    """bcf-client, where the environment has it: an independent reader of the published schema."""
    bcfxml = pytest.importorskip("bcf.bcfxml", reason="bcf-client is not installed")
    model = house()
    model.door.Name = "Door <\"&'> 门"
    _, _, path, _ = back(model, [row(model)])
    document = bcfxml.load(path)
    assert document.version.version_id == "2.1"
    (topic,) = document.topics.values()
    assert topic.topic.title == "Water 0.30 m above the sill of door 'Door <\"&'> 门'"
    assert topic.topic.priority == "Major"
    assert topic.topic.creation_date.to_datetime() == WHEN
    assert topic.header.file[0].ifc_project == model.project.GlobalId
    (view,) = topic.viewpoints.values()
    info = view.visualization_info
    assert [c.ifc_guid for c in info.components.selection.component] == [model.door.GlobalId]
    camera = info.perspective_camera
    eye = camera.camera_view_point
    assert (eye.x, eye.y, eye.z) == pytest.approx((4.5, 0.15 - 5.0, 0.05 + 1.6), abs=1e-5)
    assert camera.camera_direction.y > 0.9


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["AC20-FZK-Haus.ifc", "AC11-Institute-Var-2-IFC.ifczip", "vectorworks_sjis.ifc", "House.ifc", "large_offset.ifc"],
)
def test_real_models_keep_every_byte(shared_data, read, back, name):
    path = shared_data(f"ifc/{name}")
    report = read(path)
    rows = [
        {"id": f"{name}/{b.id}", "ground_floor_elev_m": 10.0, "risk_class": 4, "level_m": 10.9, "storeys_reached": 1}
        for b in report.buildings
    ]
    source, copy, topics, written = back(path, rows)
    assert written.buildings == len(report.buildings)
    expected = sum(10.9 - (10.0 + o.sill_m - b.ground_m) > 1e-4 for b in report.buildings for o in b.openings)
    assert written.openings == written.topics == expected
    assert len(zipfile.ZipFile(topics).namelist()) == 1 + 2 * expected
    before, after = model_bytes(source)[0], copy.read_bytes()
    start = after.index(BEGIN)
    assert before == after[:start] + after[len(after) - (len(before) - start) :]
    old, new = content(source), content(copy)
    assert {key: new[key] for key in old} == old
    added = open_model(copy).file
    assert all(added[key].is_a().startswith(("IfcProp", "IfcRelDef", "IfcSIUnit")) for key in set(new) - set(old))
    assert len({r.GlobalId for r in added.by_type("IfcRoot")}) == len(
        {r.GlobalId for r in open_model(source).file.by_type("IfcRoot")}
    ) + 2 * (written.buildings + written.storeys + written.openings)
