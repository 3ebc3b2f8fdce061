"""Writes the place that a user gave a model into a copy of its file, as a map conversion; all else stays as it is.

IFC4 and later get IfcMapConversion and IfcProjectedCRS, IFC2X3 the property sets ePSet_MapConversion and
ePSet_ProjectedCRS on the site, as buildingSMART's user guide for geo-referencing has it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..common import crs as crs_names
from ..common.errors import InputError, ResourceError, unwritable
from ..common.place_files import PRJ, WLD3, place_text, prj_text
from ..common.progress import Progress, part, silent
from .conversion import contexts, length_unit_m, read_conversion, world_offset
from .elements import by_types
from .georeference import Tie, from_tie
from .model import Floats, LocalToMap, ModelReport
from .one_worker import in_workers
from .pool import read_models
from .read import ModelJob
from .source import open_model
from .writeback import model_bytes, write_model
from .writeback_step import StepLines, StepText, owner_history, read_step, step_text

MARK = b"/* City Twin: place of the model */"
MODELS = (".ifc", ".ifczip")
SAME_M = 0.001
CORNERS = np.array([[0.0, 0.0, 0.0], [100.0, 0.0, 0.0], [0.0, 100.0, 10.0]])
"""Points of the model, m, at which the place that is read from the copy is compared with the one that was given."""


@dataclass(frozen=True)
class PlaceFacts:
    """What a place is written by.

    Attributes
    ----------
    context, site : int
        STEP ids of the context of shapes and of the site (or project), 0 where there is none.
    offset : ndarray, shape (4, 4)
        The context's WorldCoordinateSystem, lengths in metres.
    conversion : str
        Kind of the map conversion that the model has already, "" for none.
    renumbered : bool
        Whether ids of the file occur twice, so that no entity can be referred to.
    """

    schema: str
    unit_m: float
    context: int
    site: int
    owner: int
    offset: Floats
    conversion: str
    renumbered: bool


def read_facts(path: str) -> PlaceFacts:
    """Read these facts; to be run in a worker process."""
    opened = open_model(Path(path))
    model = opened.file
    unit_m, found = length_unit_m(model), contexts(model)
    sites = by_types(model, ("IfcSite",)) or by_types(model, ("IfcProject",))
    conversion = read_conversion(model)
    renumbered = any(warning.code == "records_renumbered" for warning in opened.warnings)
    history: Any = getattr(sites[0], "OwnerHistory", None) if sites else None
    return PlaceFacts(
        opened.schema,
        unit_m,
        found[0].id() if found else 0,
        sites[0].id() if sites else 0,
        history.id() if history is not None else 0,
        world_offset(model, unit_m),
        conversion.source if conversion is not None else "",
        renumbered,
    )


def write_place(model: str, tie: Tie, output: str, progress: Progress = silent, with_files: bool = False) -> LocalToMap:
    """Write the copy, read it again as any model, and compare the places.

    Parameters
    ----------
    tie : Tie
        The place, in a CRS in metres.
    with_files : bool
        Whether ArcGIS's .prj and .wld3 are written beside the copy.

    Raises
    ------
    InputError
        Where the model has a map conversion already, or nothing that one can refer to, the CRS is not in metres, or
        files cannot lie beside a copy of this name.
    ResourceError
        Where the copy gives another place, which is then not kept.
    """
    path, copy = Path(model), str(Path(output).absolute())
    if with_files and Path(output).suffix.lower() not in MODELS:
        raise InputError("'{path}' ends neither in .ifc nor in .ifczip: choose a name that does.", path=output)
    flat = crs_names.parse(tie.crs)
    if flat is None or abs(crs_names.unit_m(crs_names.horizontal(flat)) - 1.0) > 1e-9:
        raise InputError("The CRS '{crs}' is not in metres: give the place in a projected CRS in metres.", crs=tie.crs)
    data, member = model_bytes(path)
    text, (facts,) = read_step(data, path.name), in_workers(read_facts, [model], part(progress, 0.0, 0.3))
    _require_writable(facts, path.name)
    given = from_tie(tie).to_map
    if given is None:
        raise InputError("The CRS '{crs}' is not known: give a code such as EPSG:4547.", crs=tie.crs)
    write_model(Path(output), _with_place(text, facts, given, tie.crs), path, member)
    report = next(iter(read_models([ModelJob(path.name, copy)], 1, 0.0, part(progress, 0.3, 1.0))))
    _require_same(report, given, path.name)
    if with_files:
        _write_files(Path(output), given, facts.unit_m)
    return given


def _write_files(output: Path, place: LocalToMap, unit_m: float) -> None:
    """The place as ArcGIS reads it; points of the model are in its own unit, as ArcGIS has them."""
    turn = math.atan2(place.sin, place.cos)
    texts = {PRJ: prj_text(place.crs), WLD3: place_text((place.x, place.y, place.z), turn, unit_m)}
    for suffix, text in texts.items():
        file = output.with_suffix(suffix)
        try:
            file.write_text(text, "utf-8", newline="\n")
        except OSError as error:
            raise unwritable(file, error) from error


def _require_writable(facts: PlaceFacts, name: str) -> None:
    if facts.conversion:
        raise InputError(
            "{name} has a place already ({kind}): a second one would contradict it. Load it with PLACEMENTS, or take "
            "the wrong one out in the program that wrote the model.",
            name=name,
            kind=facts.conversion,
        )
    if facts.renumbered:
        raise InputError("{name} uses ids twice, so that nothing can be added: export it again.", name=name)
    if not (facts.site if facts.schema.startswith("IFC2X") else facts.context):
        raise InputError("{name} has no context of shapes or site to give a place to: export it again.", name=name)


def _with_place(text: StepText, facts: PlaceFacts, place: LocalToMap, crs: str) -> bytes:
    """The file with the conversion before the end of its data."""
    turn = facts.offset[:2, :2]
    x, y, z = place.apply(facts.offset[None, :3, 3])[0]
    cos = place.cos * turn[0, 0] - place.sin * turn[1, 0]
    sin = place.sin * turn[0, 0] + place.cos * turn[1, 0]
    values = [float(value) + 0.0 for value in (x, y, z, cos, sin, facts.unit_m)]
    lines = StepLines(text.last_step + 1)
    if facts.schema.startswith("IFC2X"):
        _add_sets(lines, facts, crs, values)
    else:
        metre = lines.add("IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.)")
        target = lines.add(f"IFCPROJECTEDCRS({step_text(crs)},$,$,$,$,$,#{metre})")
        numbers = ",".join(_real(value) for value in values)
        lines.add(f"IFCMAPCONVERSION(#{facts.context},#{target},{numbers})")
    block = b"".join(line + text.line_end for line in (MARK, *(line.encode("ascii") for line in lines.lines)))
    return text.data[: text.end] + block + text.data[text.end :]


def _add_sets(lines: StepLines, facts: PlaceFacts, crs: str, values: list[float]) -> None:
    """The same as property sets on the site."""
    from ifcopenshell.guid import new

    owner = facts.owner or owner_history(lines)
    names = ("Eastings", "Northings", "OrthogonalHeight", "XAxisAbscissa", "XAxisOrdinate", "Scale")
    conversion = [("TargetCRS", f"IFCLABEL({step_text(crs)})")]
    conversion += [(name, f"IFCREAL({_real(value)})") for name, value in zip(names, values, strict=True)]
    for title, entries in (
        ("ePSet_MapConversion", conversion),
        ("ePSet_ProjectedCRS", [("Name", f"IFCLABEL({step_text(crs)})")]),
    ):
        steps = [lines.add(f"IFCPROPERTYSINGLEVALUE({step_text(name)},$,{value},$)") for name, value in entries]
        listed = ",".join(f"#{step}" for step in steps)
        group = lines.add(f"IFCPROPERTYSET('{new()}',#{owner},{step_text(title)},$,({listed}))")
        lines.add(f"IFCRELDEFINESBYPROPERTIES('{new()}',#{owner},$,$,(#{facts.site}),#{group})")


def _real(value: float) -> str:
    """A number as STEP writes it: with a point, an exponent in capitals."""
    text = repr(value).upper()
    mantissa, mark, exponent = text.partition("E")
    return (mantissa if "." in mantissa else f"{mantissa}.") + mark + exponent


def _require_same(report: ModelReport, given: LocalToMap, name: str) -> None:
    read = report.georeference.to_map
    apart = math.inf if read is None else float(np.abs(read.apply(CORNERS) - given.apply(CORNERS)).max())
    if apart > SAME_M or (read is not None and read.crs != given.crs):
        raise ResourceError(
            "The copy of {name} was not kept: its place reads {apart:.3f} m from the one given. Load the model with "
            "PLACEMENTS instead.",
            name=name,
            apart=apart,
        )
