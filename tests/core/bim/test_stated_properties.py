"""Chosen properties, quantities and materials: as ifcopenshell reads them, in SI units, under safe names."""

from __future__ import annotations

import time
from pathlib import Path

import ifcopenshell
import ifcopenshell.util.element as elements
import pytest
from ifcopenshell.util.unit import calculate_unit_scale

from tests.core.bim.test_rooms import aggregate, space
from twin_plugin.core.bim.conversion import length_unit_m
from twin_plugin.core.bim.load import LoadRequest
from twin_plugin.core.bim.load import load as load_models
from twin_plugin.core.bim.property_columns import safe_name
from twin_plugin.core.bim.property_request import read_properties
from twin_plugin.core.bim.read import ModelJob, read_model
from twin_plugin.core.bim.source import open_model
from twin_plugin.core.bim.stated_properties import read_stated
from twin_plugin.core.bim.trim import trim
from twin_plugin.core.bim.wanted import MATERIAL, StatedProperty, Wanted
from twin_plugin.core.common.errors import InputError

SAMPLES = (
    "AC20-FZK-Haus.ifc",
    "Duplex_A_20110907_georeferenced.ifc",
    "Office_A_20110811.ifc",
    "House.ifc",
    "AC90R1-niedriha-V2-2x3.ifc",
    "LargeBuilding.ifc",
    "TallBuilding.ifc",
    "AC11-Institute-Var-2-IFC.ifczip",
    "vectorworks_sjis.ifc",
    "KIT-Simple-Road-Test-Web-IFC4x3_RC2.ifc",
    "ifcbridge-model02_georeferenced.ifc",
)
ROWS = ("IfcBuilding", "IfcBuildingStorey", "IfcSpace", "IfcDoor", "IfcWindow")


@pytest.fixture
def load(tmp_path):
    """A function from a House and a text of properties to the rows that it gives, and the warnings."""

    def run(model, text, **options):
        path = model if isinstance(model, Path) else model.write(tmp_path / "a model 模型.ifc")
        asked = Wanted(rooms=True, properties=read_properties(text))
        result = load_models(LoadRequest(files=(str(path),), asked=asked, workers=1, **options))
        return result.rows, [str(message) for message in result.told]

    return run


def columns(rows, table):
    return [(column.name, column.kind) for column in rows.extra[table]]


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_values_are_those_of_ifcopenshell(shared_data, name):
    model = open_model(shared_data("ifc") / name).file
    things = [thing for kind in ROWS for thing in model.by_type(kind)]
    expected, asked = {}, {}
    for thing in things:
        for group, values in elements.get_psets(thing).items():
            for prop, found in values.items():
                if prop == "id" or not group or not prop or found in (None, "") or isinstance(found, dict):
                    continue
                one = StatedProperty(str(group), str(prop).strip())
                key = one.group.casefold(), one.name.casefold()
                asked.setdefault(key, one)
                if asked[key] == one:
                    expected[thing.GlobalId, one.label] = found
    stated = read_stated(model, tuple(asked.values()), [thing.GlobalId for thing in things], length_unit_m(model))
    area, length = calculate_unit_scale(model, "AREAUNIT"), calculate_unit_scale(model, "LENGTHUNIT")
    compared, apart = 0, []
    for (guid, label), found in expected.items():
        values = stated.get(guid, {}).get(label)
        if values is None:
            if not (isinstance(found, str) and not found.strip()):
                apart.append((label, found, None))
            continue
        compared += 1
        own = values.values[0]
        factor = {"m": length, "m2": area}.get(values.unit)
        if isinstance(found, list):
            same = own == ", ".join(str(one) for one in found) or own == found[0]
        elif isinstance(found, float) and isinstance(own, float):
            same = own == pytest.approx(found * factor, rel=1e-9) if factor is not None else True
        else:
            same = own == (found.strip() if isinstance(found, str) else found)
        if not same:
            apart.append((label, found, values))
    assert not apart, apart[:5]
    assert compared >= (50 if len(things) > 20 else 0)


@pytest.mark.parametrize("name", ["AC20-FZK-Haus.ifc", "Office_A_20110811.ifc", "House.ifc"])
@pytest.mark.parametrize(
    "text",
    ["Pset_WallCommon.IsExternal, material", "PSet_Revit_Dimensions.Area, Category", "Raumname, Gemessene Fläche"],
)
def test_a_trimmed_model_holds_what_is_asked_and_no_more(shared_data, name, text):
    path = shared_data("ifc") / name
    whole = open_model(path)
    asked = Wanted(properties=read_properties(text))
    data = path.read_bytes()
    short, plain = (trim(data, whole.file.schema_identifier, asked=each) for each in (asked, Wanted()))
    left = ifcopenshell.file.from_string(short.text.decode("latin-1"))
    guids = [thing.GlobalId for kind in ROWS for thing in whole.file.by_type(kind)]
    unit = length_unit_m(whole.file)
    assert read_stated(left, asked.properties, guids, unit) == read_stated(whole.file, asked.properties, guids, unit)
    assert plain.count <= short.count
    if text.isascii():
        assert short.count < 0.75 * len(list(whole.file))


def test_numbers_are_in_si_units_with_the_unit_in_the_name(house, load):
    model = house(unit_m=0.001)
    room = space(model, "1", "Office", 1, 1, 2, 2)
    values = {
        "Length": ("IfcPositiveLengthMeasure", 2500.0),
        "Angle": ("IfcPlaneAngleMeasure", 90.0),
        "Count": ("IfcInteger", 4),
        "Ratio": ("IfcRatioMeasure", 0.5),
        "Fire": ("IfcLabel", " F 30 "),
        "Public": ("IfcBoolean", True),
        "Large": ("IfcReal", 1e300),
    }
    model.properties(room, "Pset", values)
    rows, told = load(model, ", ".join(f"Pset.{name}" for name in (*values, "Missing")))
    row = rows.rooms[0][1]
    assert row["Length_m"] == pytest.approx(2.5)
    assert row["Angle_rad"] == pytest.approx(1.5707963267948966)
    assert (row["Count"], row["Ratio"], row["Fire"], row["Public"], row["Large"]) == (4, 0.5, "F 30", True, 1e300)
    assert row["Missing"] is None
    kinds = dict(columns(rows, "room"))
    assert [kinds[n] for n in ("Length_m", "Count", "Fire", "Public")] == ["real", "long", "text", "boolean"]
    assert any("Pset.Missing: nothing that was read states it" in line for line in told)
    assert any("1 of 1 rooms" in line for line in told if line.startswith("Pset.Length"))


def test_a_building_has_what_its_elements_say_each_once(house, load):
    model = house()
    walls = model.f.by_type("IfcWall")
    for wall, rating in zip(walls, ("F30", "F60", "F30", "F90"), strict=True):
        model.properties(wall, "Pset_WallCommon", {"FireRating": ("IfcLabel", rating)})
    model.properties(model.building, "Pset_BuildingCommon", {"YearOfConstruction": ("IfcLabel", "1998")})
    rows, told = load(model, "Pset_WallCommon.FireRating; Pset_BuildingCommon.YearOfConstruction")
    row = rows.buildings[0][1]
    assert (row["FireRating"], row["YearOfConstruction"]) == ("F30; F60; F90", "1998")
    assert rows.storeys[0][1]["FireRating"] == "F30; F60; F90"
    assert "of 2 the parts have different values" in told[0]


def test_an_own_value_goes_before_the_type_s(house, load):
    model = house()
    e = model.f.create_entity
    single = [
        e("IfcPropertySingleValue", "A", None, e("IfcLabel", "type")),
        e("IfcPropertySingleValue", "B", None, e("IfcLabel", "type")),
    ]
    group = e("IfcPropertySet", model.guid(), None, "Pset", None, single)
    kind = e(
        "IfcDoorType",
        model.guid(),
        None,
        "D",
        HasPropertySets=[group],
        PredefinedType="DOOR",
        OperationType="NOTDEFINED",
    )
    e("IfcRelDefinesByType", model.guid(), None, None, None, [model.door], kind)
    model.properties(model.door, "Pset", {"A": ("IfcLabel", "own")})
    rows, _ = load(model, "Pset.A, Pset.B")
    row = next(row for _, row in rows.openings if row["kind"] == "door")
    assert (row["A"], row["B"]) == ("own", "type")


def test_layers_have_their_thickness(house, load):
    model = house(unit_m=0.001)
    e = model.f.create_entity
    layers = [
        e("IfcMaterialLayer", e("IfcMaterial", name), thick) for name, thick in (("Brick", 240.0), ("Wool", 120.5))
    ]
    usage = e("IfcMaterialLayerSetUsage", e("IfcMaterialLayerSet", layers), "AXIS2", "POSITIVE", 0.0)
    e("IfcRelAssociatesMaterial", model.guid(), None, None, None, [model.f.by_type("IfcWall")[0]], usage)
    parts = [
        e("IfcMaterialConstituent", role, None, e("IfcMaterial", name))
        for role, name in (("Frame", "Oak"), ("Pane", "Glass"))
    ]
    e(
        "IfcRelAssociatesMaterial",
        model.guid(),
        None,
        None,
        None,
        [model.door],
        e("IfcMaterialConstituentSet", None, None, parts),
    )
    rows, _ = load(model, "material")
    assert rows.buildings[0][1]["material"] == "Brick 240 mm, Wool 120.5 mm; Frame: Oak, Pane: Glass"
    assert next(r for _, r in rows.openings if r["kind"] == "door")["material"] == "Frame: Oak, Pane: Glass"


def test_names_are_safe_and_unique(house, load):
    model = house()
    model.properties(
        model.building, "<script>", {"name": ("IfcLabel", "<b>x</b>"), "1 Größe/高度 (mm)": ("IfcLabel", "y")}
    )
    model.properties(model.building, "Other", {"Name": ("IfcLabel", "z"), "select": ("IfcLabel", "drop")})
    rows, _ = load(model, '<script>.name, Other.Name, "<script>.1 Größe/高度 (mm)", Other.select')
    names = [name for name, _ in columns(rows, "building")]
    assert names == ["script_name", "Other_Name", "p_1_Größe_高度_mm", "select"]
    row = rows.buildings[0][1]
    assert [row[name] for name in names] == ["<b>x</b>", "z", "y", "drop"]
    assert row["name"] == "House 1"


def test_a_name_keeps_within_what_stores_take():
    assert len(safe_name("高" * 200).encode()) <= 48
    assert safe_name("--") == "property"
    assert safe_name("12 V") == "p_12_V"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", []),
        ("Pset_A.B, material", [("Pset_A", "B"), ("", "material")]),
        ("Pset_A.B; pset_a.b\nC", [("Pset_A", "B"), ("", "C")]),
        ('"Set, one.Name; two"', [("Set, one", "Name; two")]),
    ],
)
def test_names_are_parted_by_marks_and_lines(text, asked):
    assert [(one.group, one.name) for one in read_properties(text)] == asked


def test_a_file_has_a_name_in_each_row(tmp_path):
    path = tmp_path / "properties 属性.csv"
    path.write_text("set,property\nPset_A,B\n,\nmaterial\nQto.C\n", encoding="utf-8-sig")
    assert read_properties(str(path)) == (StatedProperty("Pset_A", "B"), MATERIAL, StatedProperty("Qto", "C"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nowhere.csv", "the file 'nowhere.csv' is not there"),
        ("Pset.", "names a set and no property"),
        (",".join(f"a{i}" for i in range(61)), "names 61 properties, at most 60"),
        ("x" * 300, "longer than 200 characters"),
    ],
)
def test_what_cannot_be_asked_is_told(text, says):
    with pytest.raises(InputError, match=says):
        read_properties(text)


@pytest.mark.slow
def test_a_hundred_thousand_properties_are_read_in_seconds(house, tmp_path):
    model = house()
    lines, step = [], max(entity.id() for entity in model.f) + 1
    path = model.write(tmp_path / "many.ifc")
    for number in range(2000):
        ids = []
        for each in range(50):
            lines.append(f"#{step}=IFCPROPERTYSINGLEVALUE('P{each}',$,IFCREAL({number}.5),$);")
            ids.append(f"#{step}")
            step += 1
        lines.append(f"#{step}=IFCPROPERTYSET('{model.guid()}',$,'Many',$,({','.join(ids)}));")
        lines.append(f"#{step + 1}=IFCRELDEFINESBYPROPERTIES('{model.guid()}',$,$,$,(#{model.door.id()}),#{step});")
        step += 2
    text = path.read_text(encoding="latin-1")
    at = text.rindex("ENDSEC;")
    path.write_text(text[:at] + "\n".join(lines) + "\n" + text[at:], encoding="latin-1")
    started = time.process_time()
    report = read_model(ModelJob("m", str(path), asked=Wanted(properties=read_properties("Many.P7"))))
    assert time.process_time() - started < 20.0
    assert report.stated[model.door.GlobalId]["Many.P7"].values == (1999.5,)


def test_a_relation_to_the_wrong_thing_is_passed_over(house, read):
    model = house()
    e = model.f.create_entity
    e("IfcRelDefinesByProperties", model.guid(), None, None, None, [model.door], None)
    report = read(model, asked=Wanted(properties=read_properties("Pset.A, material")))
    assert report.status.value == "ok"
    assert report.stated == {}


def test_spaces_of_a_storey_speak_for_it(house, load):
    model = house()
    room = space(model, "1", "", 1, 1, 2, 2)
    aggregate(model, model.storey, room)
    model.properties(room, "Pset_SpaceCommon", {"Category": ("IfcLabel", "A")})
    rows, _ = load(model, "Category")
    assert [row["Category"] for _, row in (*rows.buildings, *rows.storeys, *rows.rooms)] == ["A", "A", "A"]
