"""What is left out of a model's text before it is parsed changes nothing that is read of it."""

from __future__ import annotations

import re
from dataclasses import replace

import ifcopenshell
import numpy as np
import pytest

from twin_plugin.core.bim import read as reading
from twin_plugin.core.bim.source import open_model, unzip
from twin_plugin.core.bim.step_table import kinds_of, scan
from twin_plugin.core.bim.trim import trim

SAMPLES = (
    "AC11-Institute-Var-2-IFC.ifczip", "AC20-FZK-Haus.ifc", "AC90R1-niedriha-V2-2x3.ifc",
    "Duplex_A_20110907_georeferenced.ifc", "House.ifc", "LargeBuilding.ifc", "Office_A_20110811.ifc",
    "OWL_20230717.ifc", "TallBuilding.ifc", "Van_Brienenoordbrug-IFC4X3.ifc", "ifcbridge-model02_georeferenced.ifc",
    "large_offset.ifc", "vectorworks_sjis.ifc",
)  # fmt: skip

RECORD = re.compile(rb"#(\d+)\s*=\s*([A-Z0-9_]+)\s*\(", re.IGNORECASE)


@pytest.fixture
def read_whole(read, monkeypatch):
    """Like `read`, with the whole text parsed."""

    def run(source, **options):
        with monkeypatch.context() as patch:
            patch.setattr(reading, "open_model", lambda path, limit, *_: open_model(path, limit))
            return read(source, **options)

    return run


def same(one, other):
    assert replace(one, seconds=0.0) == replace(other, seconds=0.0)


def alike(one, other):
    """The same but for the engine, and for the last digits of coordinates."""
    said = [replace(report, seconds=0.0, modified="", engine="", buildings=()) for report in (one, other)]
    assert said[0] == said[1]
    assert len(one.buildings) == len(other.buildings)
    for mine, theirs in zip(one.buildings, other.buildings, strict=True):
        assert mine.footprint.symmetric_difference(theirs.footprint).area < 1e-6
        assert mine.outline.symmetric_difference(theirs.outline).area < 1e-6
        assert [(o.id, o.storey_id, o.kind, o.name, o.source) for o in mine.openings] == [
            (o.id, o.storey_id, o.kind, o.name, o.source) for o in theirs.openings
        ]
        for door, other in zip(mine.openings, theirs.openings, strict=True):
            numbers = ((o.x, o.y, o.sill_m, o.width_m) for o in (door, other))
            assert next(numbers) == pytest.approx(next(numbers))
        assert [(s.id, s.elev_m, s.area_m2) for s in mine.storeys] == [
            (s.id, s.elev_m, pytest.approx(s.area_m2)) for s in theirs.storeys
        ]
        assert (mine.name, mine.use, mine.address) == (theirs.name, theirs.use, theirs.address)


def text(model) -> bytes:
    return model.f.to_string().encode("ascii")


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_read_the_same(name, shared_data, read, read_whole):
    """By kernels, which are what makes the faces of solids."""
    path = shared_data(f"ifc/{name}")
    same(read(path, with_faces=True), read_whole(path, with_faces=True))


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4", "IFC4X3_ADD2"])
def test_a_house_with_furniture_is_read_the_same(house, read, read_whole, schema):
    model = house(schema=schema)
    e = model.f.create_entity
    model.box("IfcFurnishingElement", "Chair; #12 it's 'quoted'", 2, 2, 0, 1, 1, 1)
    model.properties(model.door, "Anything", {"ISEXTERNAL": ("IfcBoolean", True), "Colour": ("IfcLabel", "#1;")})
    model.properties(model.door, "Other", {"Weight": ("IfcReal", 12.0)})
    model.properties(model.building, "Pset_BuildingCommon", {"OccupancyType": ("IfcLabel", "Hospital")})
    kind = "IfcDoorStyle" if schema == "IFC2X3" else "IfcDoorType"
    said = e("IfcPropertySingleValue", "IsExternal", None, e("IfcBoolean", False), None)
    sets = [e("IfcPropertySet", model.guid(), None, "Pset_DoorCommon", None, [said])]
    item = model.door.Representation.Representations[0]
    style = e(kind, model.guid(), None, "Louvre grille", HasPropertySets=sets)
    style.RepresentationMaps = [e("IfcRepresentationMap", model.axis(0, 0, 0), item)]
    e("IfcRelDefinesByType", model.guid(), None, None, None, [model.door, model.window], style)
    if schema != "IFC2X3":
        model.conversion("EPSG:4547", 504000.0, 2490000.0)
    whole, short = read_whole(model), read(model)
    alike(short, whole)
    assert short.buildings[0].use == "hospital"
    assert {o.kind for o in short.buildings[0].openings} == {"vent"}
    left = trim(text(model), schema, directly=False).text
    assert len(left) < len(text(model))
    parsed = ifcopenshell.file.from_string(left.decode("ascii"))
    (chair,) = parsed.by_type("IfcFurnishingElement")
    assert chair.Name.startswith("Chair; #12")
    assert not chair.Representation.Representations
    assert not [p for p in parsed.by_type("IfcProperty") if p.Name in ("Weight",)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb"'Front door'", rb"]Front door'"),
        (rb"'Low window',\$", rb"'Low window',9."),
        (rb"=IFCWALL\(", rb"=IFCWALLS("),
        (rb"=IFCROOF\(", rb"=IfcRoof("),
        (rb"#(\d+)=IFCSLAB", rb"#A=IFCSLAB"),
        (rb"IFCRECTANGLEPROFILEDEF\(.AREA.", rb"IFCRECTANGLEPROFILEDEF(#1"),
        (rb"\(#\d+\)\);", rb"(#99999));"),
    ],
)
def test_damaged_files_are_read_as_a_parser_reads_them(house, tmp_path, read, read_whole, old, new):
    path = house().write(tmp_path / "damaged.ifc")
    whole = path.read_bytes()
    path.write_bytes(re.sub(old, new, whole, count=1))
    assert path.read_bytes() != whole
    short, full = read(path), read_whole(path)
    assert (short.status, short.reason, short.warnings) == (full.status, full.reason, full.warnings)
    assert (short.elements, short.meshed, len(short.buildings)) == (full.elements, full.meshed, len(full.buildings))


def test_spaces_serve_where_there_is_no_shell(house, read, read_whole):
    model = house()
    for element in (*model.f.by_type("IfcWall"), *model.f.by_type("IfcSlab"), *model.f.by_type("IfcRoof"), model.door):
        model.f.remove(element)
    model.f.remove(model.window)
    model.box("IfcSpace", "Room", 0, 0, 0, 4, 3, 3)
    alike(read(model), read_whole(model))
    assert read(model).buildings[0].footprint_area_m2 == pytest.approx(12, abs=0.1)


def test_a_table_holds_every_record_and_reference(shared_data):
    data = unzip(shared_data("ifc/AC11-Institute-Var-2-IFC.ifczip"), 10**9)
    table = scan(data, "IFC2X3")
    names = kinds_of("IFC2X3").names
    found = RECORD.findall(data)
    assert [int(step) for step, _ in found] == table.ids.tolist()
    assert [name.decode() for _, name in found] == [names[kind].upper() for kind in table.kinds]
    for record in range(0, len(table.ids), 7):
        plain = re.sub(rb"'[^']*'", b"", table.text(record))
        named = [int(step) for step in re.findall(rb"#(\d+)", plain)][1:]
        targets = table.targets[table.first[record] : table.first[record + 1]]
        assert all(at < 0 or table.ids[at] == step for at, step in zip(targets, named, strict=True))


HEAD = b"ISO-10303-21;\nHEADER;\nFILE_SCHEMA(('IFC4'));\nENDSEC;\nDATA;\n"
TAIL = b"\nENDSEC;\nEND-ISO-10303-21;\n"


def test_strings_lines_and_long_ids_do_not_confuse_a_table():
    body = (
        b"#7 = IFCCARTESIANPOINT( (0.,1.,\n2.) ) ;#123456789012=IFCDIRECTION((0.,0.,1.));\r\n\r\n"
        b"#9=IFCAXIS2PLACEMENT3D(#7,#123456789012,#5);\n#12345678=IFCORGANIZATION($,'a;#7=IFCWALL(''#9'')',$,$,$);"
    )
    table = scan(HEAD + body + TAIL, "IFC4")
    assert table.ids.tolist() == [7, 123456789012, 9, 12345678]
    assert np.diff(table.first).tolist() == [0, 0, 3, 0]
    assert table.targets.tolist() == [0, 1, -1]
    assert table.text(0) == b"#7 = IFCCARTESIANPOINT( (0.,1.,\n2.) ) ;"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"#1=IFCWALL($);/* a comment */",
        b"#1=IFCDIRECTION((0.,1.));#1=IFCDIRECTION((0.,1.));",
        b"#1=IfcDirection((0.,1.));",
        b"#1=IFCDIRECTION((0.,1.))",
        b"#1=IFCDIRECTION((0.,1.));stray;",
        b"#1=IFCDIRECTION((0.,1.));stray #2=IFCDIRECTION((0.,1.));",
        b"#1=(IFCA(1)IFCB(2));",
        b"#1=IFCDIRECTION((0.,1.));#2=IFCVECTOR(#1e,1.);",
        b"#1=IFCORGANIZATION($,'open,$,$,$);",
        b"#=IFCDIRECTION((0.,1.));",
        b"#1IFCDIRECTION((0.,1.));",
        b"#1=IFCDIRECTION;",
        b"#1=IFCDIRECTION((0.,1.));ENDSEC;DATA;#2=IFCDIRECTION((0.,1.));",
        b"#1=" + b"IFC" * 40 + b"(1);",
    ],
)
def test_what_is_unusual_is_left_to_the_parser(body):
    assert scan(HEAD + body + TAIL, "IFC4") is None
    assert scan(HEAD + body, "IFC4") is None
