"""Whatever the reader looks at in a whole model is still there when the model was trimmed.

A reader that is taught to ask for something new gets nothing of a trimmed text, and no error: here it is watched,
entity by entity, over every sample and over models that hold an entity of every class in every relation.
"""

from __future__ import annotations

import re
from collections import defaultdict

import ifcopenshell
import pytest
from ifcopenshell import ifcopenshell_wrapper as wrapper

from twin_plugin.core.bim import attributes, stated_values
from twin_plugin.core.bim import read as reading
from twin_plugin.core.bim.class_tables import ifc_classes
from twin_plugin.core.bim.source import open_model
from twin_plugin.core.bim.trim import trim

RECORD = re.compile(rb"^#(\d+)\s*=[^;]*?(?:'[^']*'[^;']*)*;", re.MULTILINE)

PASSED_OVER = {
    "IfcRelDefinesByProperties": {"RelatingPropertyDefinition"},
    "IfcPropertySet": {"Name", "HasProperties"},
    "IfcElementQuantity": {"Name", "Quantities"},
    "IfcProperty": {"Name"},
    "IfcPhysicalQuantity": {"Name"},
}
"""What is asked of the sets of an element while IsExternal is looked for: nothing that is used."""


class Watch:
    """The entities of which anything but the class was asked, and what, and the names of properties of elements."""

    def __init__(self, monkeypatch):
        self.asked = defaultdict(set)
        self.classes = {}
        self.properties = set()
        entity, file = ifcopenshell.entity_instance, ifcopenshell.file
        plain_get, plain_item, plain_type = entity.__getattr__, entity.__getitem__, file.by_type

        def get(one, name):
            found = plain_get(one, name)
            self.note(one, name)
            return found

        def item(one, key):
            found = plain_item(one, key)
            self.note(one, one.attribute_name(key) if isinstance(key, int) else str(key))
            return found

        def by_type(one, *args, **options):
            found = plain_type(one, *args, **options)
            for each in found:
                self.note(each, "by_type")
            return found

        monkeypatch.setattr(entity, "__getattr__", get)
        monkeypatch.setattr(entity, "__getitem__", item)
        monkeypatch.setattr(file, "by_type", by_type)
        plain_properties = attributes.property_values

        def property_values(one, sets, names):
            if one is not None and not any(one.is_a(name) for name in ifc_classes().stated if known(one, name)):
                self.properties.update(name.casefold() for name in names)
            return plain_properties(one, sets, names)

        for module in (attributes, stated_values):
            monkeypatch.setattr(module, "property_values", property_values)

    def note(self, one, name):
        if one.id():
            self.asked[one.id()].add(name)
            self.classes[one.id()] = one


def known(one, name):
    try:
        wrapper.schema_by_name(one.is_a(True).split(".")[0]).declaration_by_name(name)
    except RuntimeError:
        return False
    return True


def missed(path, monkeypatch, text=None):
    """What the reader asked of a whole model and does not find in its trimmed text, as (class, attributes)."""
    opened = open_model(path)
    data = text if text is not None else opened.file.to_string().encode("ascii")
    short = trim(data, opened.file.schema_identifier, directly=False)
    assert short is not None
    records = {int(m.group(1)): re.sub(rb"\s", b"", m.group(0)) for m in RECORD.finditer(data)}
    left = {int(m.group(1)): re.sub(rb"\s", b"", m.group(0)) for m in RECORD.finditer(short.text)}
    kept = {step for step, record in left.items() if records.get(step) == record}
    assert len(kept) < len(records)
    with monkeypatch.context() as patch:
        watch = Watch(patch)
        patch.setattr(reading, "open_model", lambda *_, **__: opened)
        report = reading.read_model(reading.ModelJob("m", str(path)))
    assert report.status.value in ("ok", "partial"), report.reason
    assert len(watch.asked) > 10
    assert watch.properties <= {"isexternal"}, "trim keeps only IsExternal of elements"
    found = set()
    for step, names in watch.asked.items():
        if step in kept:
            continue
        one = watch.classes[step]
        allowed = next((of for name, of in PASSED_OVER.items() if known(one, name) and one.is_a(name)), None)
        if allowed is None or not names <= allowed or states(one):
            found.add((one.is_a(), tuple(sorted(names))))
    return found


def states(one):
    """Whether a relation says something of a thing that is read whole, or holds IsExternal."""
    if not one.is_a("IfcRelDefinesByProperties"):
        return False
    return any(
        thing.is_a(name) for thing in one.RelatedObjects or () for name in ifc_classes().stated if known(thing, name)
    )


def models(folder):
    return sorted(p.name for p in folder.iterdir() if not p.name.startswith("BROKEN")) if folder.is_dir() else []


@pytest.mark.slow
def test_every_sample_is_left_what_is_asked_of_it(shared_data, monkeypatch):
    folder = shared_data("ifc")
    names = models(folder)
    assert len(names) >= 20
    trimmed = 0
    for name in names:
        opened = open_model(folder / name)
        text = opened.file.to_string().encode("ascii")
        if (
            trim(text, opened.file.schema_identifier, directly=False) is None
            or len(opened.file.by_type("IfcRoot")) < 20
        ):
            continue
        trimmed += 1
        assert missed(folder / name, monkeypatch, text) == set(), name
    assert trimmed >= 12


def concrete(schema, base):
    """The names of the classes below one that can stand in a file."""
    names = []
    for declaration in wrapper.schema_by_name(schema).declarations():
        entity = declaration.as_entity()
        if entity is not None and not entity.is_abstract():
            line, above = set(), entity
            while above is not None:
                line.add(above.name())
                above = above.supertype()
            if base in line or base == "":
                names.append((entity.name(), line))
    return names


def slots(schema, name):
    """The attributes of a class that hold entities: their names, and whether as a list."""
    for attribute in wrapper.schema_by_name(schema).declaration_by_name(name).as_entity().all_attributes():
        kind, many = attribute.type_of_attribute(), False
        while kind.as_aggregation_type() is not None:
            kind, many = kind.as_aggregation_type().type_of_element(), True
        named = kind.as_named_type()
        declared = named.declared_type() if named is not None else None
        if declared is not None and (declared.as_entity() is not None or declared.as_select_type() is not None):
            yield attribute.name(), many


HOLDING = {name for name in ifc_classes().kept if name.startswith("IfcRel")}
"""Relations that make the structure: all of them are kept, and more of them would make another building."""


def everything(model):
    """A house with an entity of every class, and every relation in every role of each of its parts."""
    schema = model.f.schema_identifier
    space = model.box("IfcSpace", "Room", 1, 1, 0, 2, 2, 2)
    things = [model.project, model.site, model.building, model.storey, model.door, model.window, space]
    things += [model.f.by_type("IfcWall")[0], model.f.by_type("IfcSlab")[0]]
    others = []
    for name, line in concrete(schema, ""):
        if not line & {
            "IfcProduct",
            "IfcProject",
            "IfcRelationship",
            "IfcRepresentationContext",
            "IfcCoordinateOperation",
        }:
            others.append(model.f.create_entity(name))
            if "IfcRoot" in line:
                others[-1].GlobalId = model.guid()
    for name, line in concrete(schema, "IfcRelationship"):
        if line & HOLDING:
            continue
        for thing in things:
            for role, many in slots(schema, name):
                relation = model.f.create_entity(name, GlobalId=model.guid())
                try:
                    setattr(relation, role, [thing] if many else thing)
                except (TypeError, ValueError, RuntimeError):
                    model.f.remove(relation)
                    continue
                for other, several in slots(schema, name):
                    if other not in (role, "OwnerHistory"):
                        fill(relation, other, several, others)
    return model


def fill(relation, role, many, others):
    """Give an attribute the first entity that fits."""
    for other in others:
        try:
            setattr(relation, role, [other] if many else other)
        except (TypeError, ValueError, RuntimeError):
            continue
        return


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4", "IFC4X3_ADD2"])
def test_nothing_that_is_asked_is_left_out_of_a_model_with_everything(house, tmp_path, monkeypatch, schema):
    model = everything(house(schema=schema))
    assert len({entity.is_a() for entity in model.f}) > 400
    assert missed(model.write(tmp_path / "everything.ifc"), monkeypatch) == set()


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4", "IFC4X3_ADD2"])
def test_a_model_with_everything_is_read_the_same(house, tmp_path, read, monkeypatch, schema):
    path = everything(house(schema=schema)).write(tmp_path / "everything.ifc")
    short = read(path, with_faces=True)
    monkeypatch.setattr(reading, "open_model", lambda path, limit, *_: open_model(path, limit))
    whole = read(path, with_faces=True)
    short, whole = (reading.replace(report, seconds=0.0) for report in (short, whole))
    assert short == whole


def curious(monkeypatch, ask):
    """Make the reader ask one thing more."""
    plain = reading.read_buildings

    def read_buildings(opened, *args, **options):
        ask(opened)
        return plain(opened, *args, **options)

    monkeypatch.setattr(reading, "read_buildings", read_buildings)


def materials(model):
    wall = model.by_type("IfcWall")[0]
    return [each.RelatingMaterial for each in wall.HasAssociations if each.is_a("IfcRelAssociatesMaterial")]


def documents(model):
    house = model.by_type("IfcBuilding")[0]
    return [each.RelatingDocument for each in house.HasAssociations if each.is_a("IfcRelAssociatesDocument")]


@pytest.mark.parametrize(
    ("ask", "what"),
    [
        (lambda model: model.by_type("IfcActor"), "IfcActor"),
        (materials, "IfcRelAssociatesMaterial"),
        (documents, "IfcRelAssociatesDocument"),
    ],
)
def test_the_guard_notices_a_reader_that_asks_for_more(house, tmp_path, monkeypatch, ask, what):
    curious(monkeypatch, ask)
    found = missed(everything(house()).write(tmp_path / "everything.ifc"), monkeypatch)
    assert what in {name for name, _ in found}


def test_the_guard_notices_another_property_of_an_element(house, tmp_path, monkeypatch):
    curious(monkeypatch, lambda model: attributes.property_value(model.by_type("IfcDoor")[0], None, ("FireRating",)))
    with pytest.raises(AssertionError, match="IsExternal"):
        missed(everything(house()).write(tmp_path / "everything.ifc"), monkeypatch)
