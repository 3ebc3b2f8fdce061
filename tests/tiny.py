"""Tiny valid IFC files by the thousand, made as text: varied in schema, unit, place, storeys, openings and names."""

from __future__ import annotations

import math
import random
from pathlib import Path

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$"
NAMES = ("Tower", "楼", "Müller's house", "Дом", 'The "Annex"', "a%s {0}", "東京ビル")
USES = ("Office", "Residential", "School", "Warehouse", "")
JUNK_EVERY, UNPLACED_EVERY, LATITUDE_EVERY = 97, 41, 13


class _Text:
    """Statements with their numbers."""

    def __init__(self, dice: random.Random, unit_m: float) -> None:
        self.lines: list[str] = []
        self.dice, self.unit_m = dice, unit_m

    def add(self, kind: str, *values: str) -> str:
        self.lines.append(f"#{len(self.lines) + 1}=IFC{kind}({','.join(values)});")
        return f"#{len(self.lines)}"

    def guid(self) -> str:
        return f"'{self.dice.choice('0123')}{''.join(self.dice.choices(ALPHABET, k=21))}'"

    def number(self, metres: float) -> str:
        return _real(metres / self.unit_m)

    def axis(self, x: float, y: float, z: float) -> str:
        point = self.add("CARTESIANPOINT", f"({self.number(x)},{self.number(y)},{self.number(z)})")
        return self.add("AXIS2PLACEMENT3D", point, "$", "$")

    def placement(self, above: str, x: float, y: float, z: float) -> str:
        return self.add("LOCALPLACEMENT", above, self.axis(x, y, z))


def _real(value: float) -> str:
    text = f"{value:.6f}".rstrip("0")
    return text if "." in text else f"{text}."


def _string(text: str) -> str:
    encoded = "".join(c if 31 < ord(c) < 127 else f"\\X2\\{ord(c):04X}\\X0\\" for c in text)
    return "'" + encoded.replace("'", "''") + "'"


def tiny_model(number: int) -> bytes:
    """The bytes of the model of a number; equal numbers give equal models."""
    if number % JUNK_EVERY == JUNK_EVERY - 1:
        return b"no model at all\n" * (number % 7)
    dice = random.Random(number)
    schema = dice.choice(("IFC2X3", "IFC4", "IFC4X3_ADD2"))
    text = _Text(dice, dice.choice((1.0, 0.001)))
    prefix = "$" if text.unit_m == 1.0 else ".MILLI."
    metre = text.add("SIUNIT", "*", ".LENGTHUNIT.", prefix, ".METRE.")
    units = text.add("UNITASSIGNMENT", f"({metre},{text.add('SIUNIT', '*', '.PLANEANGLEUNIT.', '$', '.RADIAN.')})")
    context = text.add("GEOMETRICREPRESENTATIONCONTEXT", "$", "'Model'", "3", "1.E-05", text.axis(0.0, 0.0, 0.0), "$")
    owner = _owner(text) if schema == "IFC2X3" else "$"
    project = text.add("PROJECT", text.guid(), owner, "'P'", "$", "$", "$", "$", f"({context})", units)
    ground = text.placement("$", 0.0, 0.0, 0.0)
    whole = text.placement(ground, 0.0, 0.0, 0.0)
    place = _place(text, number, dice, schema, context, owner)
    site = text.add("SITE", text.guid(), owner, "'S'", "$", "$", ground, "$", "$", ".ELEMENT.", *place, "$", "$", "$")
    name = _string(f"{dice.choice(NAMES)} {number}")
    building = text.add("BUILDING", text.guid(), owner, name, "$", "$", whole, "$", "$", ".ELEMENT.", "$", "$", "$")
    for above, below in ((project, site), (site, building)):
        text.add("RELAGGREGATES", text.guid(), owner, "$", "$", above, f"({below})")
    use = dice.choice(USES)
    if use:
        value = text.add("PROPERTYSINGLEVALUE", "'OccupancyType'", "$", f"IFCLABEL('{use}')", "$")
        group = text.add("PROPERTYSET", text.guid(), owner, "'Pset_BuildingCommon'", "$", f"({value})")
        text.add("RELDEFINESBYPROPERTIES", text.guid(), owner, "$", "$", f"({building})", group)
    _storeys(text, dice, schema, owner, context, whole, building)
    header = f"FILE_DESCRIPTION((''),'2;1');\nFILE_NAME('','',(''),(''),'','','');\nFILE_SCHEMA(('{schema}'));"
    body = "\n".join(text.lines)
    whole_text = f"ISO-10303-21;\nHEADER;\n{header}\nENDSEC;\nDATA;\n{body}\nENDSEC;\nEND-ISO-10303-21;\n"
    return whole_text.encode("ascii")


def _owner(text: _Text) -> str:
    person = text.add("PERSON", "$", "'x'", *["$"] * 6)
    firm = text.add("ORGANIZATION", "$", "'x'", "$", "$", "$")
    both = text.add("PERSONANDORGANIZATION", person, firm, "$")
    tool = text.add("APPLICATION", firm, "'1'", "'tiny'", "'tiny'")
    return text.add("OWNERHISTORY", both, tool, "$", ".ADDED.", "$", "$", "$", "0")


def _place(text: _Text, number: int, dice: random.Random, schema: str, context: str, owner: str) -> tuple[str, ...]:
    """A map conversion where the schema has one, else latitude and longitude, which are returned; some have neither."""
    row, column = divmod(number, 40)
    if number % UNPLACED_EVERY == 0:
        return ("$", "$", "$")
    if schema == "IFC2X3" or number % LATITUDE_EVERY == 0:
        return (f"(22,30,{row % 60},{100_000 + number})", f"(113,56,{column},{200_000 + number})", text.number(3.5))
    turn = dice.uniform(0.0, 2 * math.pi)
    target = text.add("PROJECTEDCRS", "'EPSG:4547'", "$", "$", dice.choice(("$", "'EPSG:5737'")), "$", "$", "$")
    values = (500_000 + 60.0 * column, 2_490_000 + 60.0 * row, dice.uniform(2.0, 6.0), math.cos(turn), math.sin(turn))
    scale = dice.choice(("$", _real(text.unit_m)))
    text.add("MAPCONVERSION", context, target, *(_real(value) for value in values), scale)
    return ("$", "$", "$")


def _storeys(
    text: _Text, dice: random.Random, schema: str, owner: str, context: str, whole: str, building: str
) -> None:
    width, depth, height = dice.uniform(8, 20), dice.uniform(8, 20), 3.0
    first, last = dice.choice((-1, 0, 0)), dice.randint(1, 4)
    levels = []
    for level in range(first, last):
        place = text.placement(whole, 0.0, 0.0, level * height)
        storey = text.add(
            "BUILDINGSTOREY", text.guid(), owner, f"'L{level}'", "$", "$", place, "$", "$", ".ELEMENT.",
            text.number(level * height),
        )  # fmt: skip
        levels.append(storey)
        parts = [
            _box(text, schema, owner, context, place, "SLAB", 0.0, 0.0, -0.2, width, depth, 0.2),
            *(
                _box(text, schema, owner, context, place, "WALL", x, y, 0.0, w, d, height)
                for x, y, w, d in (
                    (0.0, 0.0, width, 0.3),
                    (0.0, depth - 0.3, width, 0.3),
                    (0.0, 0.3, 0.3, depth - 0.6),
                    (width - 0.3, 0.3, 0.3, depth - 0.6),
                )
            ),
        ]
        if level == 0:
            doors = [1.0 + 3.0 * door for door in range(dice.randint(0, 2))]
            parts += [_box(text, schema, owner, context, place, "DOOR", x, 0.1, 0.05, 1.0, 0.1, 2.1) for x in doors]
            if dice.random() < 0.5:
                parts.append(_box(text, schema, owner, context, place, "WINDOW", 7.0, 0.1, 0.4, 0.9, 0.1, 1.0))
        text.add("RELCONTAINEDINSPATIALSTRUCTURE", text.guid(), owner, "$", "$", f"({','.join(parts)})", storey)
    text.add("RELAGGREGATES", text.guid(), owner, "$", "$", building, f"({','.join(levels)})")


def _box(
    text: _Text, schema: str, owner: str, context: str, above: str, kind: str,
    x: float, y: float, z: float, w: float, d: float, h: float,
) -> str:  # fmt: skip
    corner = text.add("CARTESIANPOINT", f"({text.number(w / 2)},{text.number(d / 2)})")
    flat = text.add("AXIS2PLACEMENT2D", corner, "$")
    profile = text.add("RECTANGLEPROFILEDEF", ".AREA.", "$", flat, text.number(w), text.number(d))
    up = text.add("DIRECTION", "(0.,0.,1.)")
    solid = text.add("EXTRUDEDAREASOLID", profile, text.axis(0.0, 0.0, 0.0), up, text.number(h))
    shape = text.add("SHAPEREPRESENTATION", context, "'Body'", "'SweptSolid'", f"({solid})")
    body = text.add("PRODUCTDEFINITIONSHAPE", "$", "$", f"({shape})")
    place = text.placement(above, x, y, z)
    after = {
        "SLAB": ("$", ".FLOOR."),
        "WALL": ("$",) if schema == "IFC2X3" else ("$", "$"),
        "DOOR": ("$", text.number(h), text.number(w), *(() if schema == "IFC2X3" else ("$", "$", "$"))),
        "WINDOW": ("$", text.number(h), text.number(w), *(() if schema == "IFC2X3" else ("$", "$", "$"))),
    }[kind]
    return text.add(kind, text.guid(), owner, f"'{kind.lower()}'", "$", "$", place, body, *after)


def write_tiny_models(folder: Path, count: int) -> None:
    """Models 0 … count - 1 into a folder, in folders of a hundred."""
    for number in range(count):
        part = folder / f"block {number // 100} 区"
        if number % 100 == 0:
            part.mkdir(parents=True, exist_ok=True)
        (part / f"m{number:05d}.ifc").write_bytes(tiny_model(number))
