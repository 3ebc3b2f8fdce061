"""Adds property sets to an IFC file as text, so that every byte that was there stays where it was."""

from __future__ import annotations

import math
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..common.errors import InputError
from .encodings import escape

SET_NAME = "Twin_FloodResult"
"""The property set that is written on buildings, storeys and openings."""

BEGIN, END = b"/* City Twin flood results: begin */", b"/* City Twin flood results: end */"
NAMESPACE = uuid.UUID("5d0c2c7b-8f0e-5f0a-9a55-6d3f5a4c7e11")
LAST_STEP = 2**31 - 1
LABEL_LENGTH = 255

_TOKEN = re.compile(rb"'[^']*'|/\*.*?\*/|#(\d{1,40})|(ENDSEC\s*;)|(END-ISO-10303-21)", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(rb"#(\d{1,40})\s*=\s*(IFC\w+)\s*\(\s*'([0-9A-Za-z_$]{22})'\s*,\s*(#\d{1,40})?", re.IGNORECASE)
_SET = re.compile(rb"IFCPROPERTYSET\s*\([^;]*?'" + SET_NAME.encode() + rb"'", re.IGNORECASE)


@dataclass(frozen=True)
class StepTarget:
    """An entity with a GlobalId as it stands in the file: STEP id, class in capitals, id of its owner history or 0."""

    step: int
    kind: str
    guid: str
    owner: int = 0


@dataclass(frozen=True)
class PropertySet:
    """What is to stand on an entity: (name, measure, value) of each property; None and NaN values are left out."""

    target: StepTarget
    values: tuple[tuple[str, str, object], ...]


@dataclass(frozen=True)
class StepText:
    """A STEP file's bytes without an earlier write-back, where its data end, and the highest id in use."""

    data: bytes
    end: int
    last_step: int
    line_end: bytes

    def targets(self) -> dict[str, list[StepTarget]]:
        """All entities with a GlobalId, by GlobalId, in file order."""
        found: dict[str, list[StepTarget]] = {}
        for match in _ROOT.finditer(self.data):
            guid, owner = match.group(3).decode("ascii"), match.group(4)
            target = StepTarget(
                int(match.group(1)), match.group(2).decode("ascii").upper(), guid, int(owner[1:]) if owner else 0
            )
            found.setdefault(guid, []).append(target)
        return found


def read_step(data: bytes, name: str) -> StepText:
    """Find where entities can be added.

    Parameters
    ----------
    data : bytes
        The whole STEP file.
    name : str
        The file's name, for the texts of errors.

    Raises
    ------
    InputError
        When the file is truncated, or holds this property set from elsewhere.
    """
    end, last, closed = -1, 0, False
    for match in _TOKEN.finditer(data):
        step, section = match.group(1), match.group(2)
        if step is not None:
            last = max(last, int(step))
        elif section is not None:
            end = match.start()
        elif match.group(3) is not None:
            closed = closed or end >= 0
    if end < 0 or not closed:
        raise InputError(
            "{name} ends before its data do, so that nothing can be added. Export or copy it again.", name=name
        )
    earlier = _earlier(data, end)
    if earlier >= 0:
        return read_step(data[:earlier] + data[end:], name)
    if _SET.search(data):
        raise InputError(
            "{name} already holds the property set {set_name}. Choose the model that was written first.",
            name=name,
            set_name=SET_NAME,
        )
    if last > LAST_STEP - 1_000_000:
        raise InputError(
            "{name} has no ids left for new entities (the last is #{last}). Export it again.", name=name, last=last
        )
    return StepText(data, end, last, _line_end(data))


def _earlier(data: bytes, end: int) -> int:
    """Where the lines of an earlier write-back begin, which stand right before the end of the data; -1 without any."""
    return data.rfind(BEGIN, 0, end) if data[max(0, end - 200) : end].rstrip(b"\r\n").endswith(END) else -1


def _line_end(data: bytes) -> bytes:
    head = data[:65536]
    return b"\r\n" if b"\r\n" in head else b"\n" if b"\n" in head else b"\r"


def add_sets(text: StepText, sets: Sequence[PropertySet], schema: str, description: str) -> bytes:
    """The file with the sets before the end of its data; all other bytes as they were.

    Ids follow the last one in use, and GlobalIds are made of the entity's own, so that the same results give the same
    file. Lengths carry the metre as their own unit, whatever the project's is.

    Parameters
    ----------
    schema : str
        As the file names it; IFC2X3 needs an owner history on everything.
    description : str
        Stands in each set's Description.
    """
    writer = StepLines(text.last_step + 1)
    metre = writer.add("IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.)")
    spare = 0
    for one in sets:
        owner = one.target.owner
        if not owner and schema.startswith("IFC2X"):
            spare = spare or owner_history(writer)
            owner = spare
        _add_set(writer, one, metre, f"#{owner}" if owner and schema.startswith("IFC2X") else "$", description)
    lines = [BEGIN, *(line.encode("ascii") for line in writer.lines), END]
    block = b"".join(line + text.line_end for line in lines)
    return text.data[: text.end] + block + text.data[text.end :]


class StepLines:
    """Entities as lines, numbered on from `step`."""

    def __init__(self, step: int) -> None:
        self.step, self.lines = step, list[str]()

    def add(self, entity: str) -> int:
        self.lines.append(f"#{self.step}={entity};")
        self.step += 1
        return self.step - 1


def _add_set(writer: StepLines, one: PropertySet, metre: int, owner: str, description: str) -> None:
    steps = []
    for name, measure, value in one.values:
        text = step_value(measure, value)
        if text:
            unit = f"#{metre}" if measure == "IfcLengthMeasure" else "$"
            steps.append(writer.add(f"IFCPROPERTYSINGLEVALUE({step_text(name)},$,{text},{unit})"))
    if not steps:
        return
    target = one.target
    group = writer.add(
        f"IFCPROPERTYSET({_guid(target, 'set')},{owner},{step_text(SET_NAME)},{step_text(description)},"
        f"({','.join(f'#{step}' for step in steps)}))"
    )
    writer.add(f"IFCRELDEFINESBYPROPERTIES({_guid(target, 'relation')},{owner},$,$,(#{target.step}),#{group})")


def owner_history(writer: StepLines) -> int:
    """Who and what wrote: IFC2X3 wants that on everything."""
    person = writer.add("IFCPERSON($,'City Twin',$,$,$,$,$,$)")
    company = writer.add("IFCORGANIZATION($,'City Twin',$,$,$)")
    both = writer.add(f"IFCPERSONANDORGANIZATION(#{person},#{company},$)")
    program = writer.add(f"IFCAPPLICATION(#{company},'1','City Twin','CityTwin')")
    return writer.add(f"IFCOWNERHISTORY(#{both},#{program},$,.ADDED.,$,$,$,0)")


def _guid(target: StepTarget, purpose: str) -> str:
    from ifcopenshell.guid import compress

    name = f"{target.guid}#{target.step}/{SET_NAME}/{purpose}"
    return f"'{compress(uuid.uuid5(NAMESPACE, name).hex)}'"


def step_value(measure: str, value: object) -> str:
    """A value with its measure as STEP writes it; "" for None, NaN and empty texts."""
    if value is None or value == "" or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if measure == "IfcBoolean":
        text = ".T." if value else ".F."
    elif measure == "IfcInteger":
        text = str(round(float(str(value))))
    elif measure in ("IfcReal", "IfcLengthMeasure"):
        text = f"{round(float(str(value)), 4) + 0.0:.4f}".rstrip("0")
    else:
        text = step_text(str(value) if measure == "IfcText" else str(value)[:LABEL_LENGTH])
    return f"{measure.upper()}({text})"


def step_text(text: str) -> str:
    """A string as IFC's standard writes it: ASCII, other letters in hexadecimal, control characters as blanks."""
    parts = re.findall(r"[^\x00-\x7f]+|[\x00-\x7f]+", re.sub(r"[\x00-\x1f\x7f]+", " ", text))
    return "'" + "".join(_part(part) for part in parts) + "'"


def _part(part: str) -> str:
    return part.replace("\\", "\\\\").replace("'", "''") if part.isascii() else escape(part)


def pick(targets: Iterable[StepTarget], number: int = 1) -> StepTarget | None:
    """The `number`th of the entities of one GlobalId; None where there is none.

    Relations are never taken: a broken file may give them the GlobalId of an element.
    """
    fitting = [target for target in targets if not target.kind.startswith(("IFCREL", "IFCPROPERTYSET"))]
    return fitting[min(number, len(fitting)) - 1] if fitting else None
