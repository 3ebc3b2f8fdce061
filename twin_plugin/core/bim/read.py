"""Reads one file, whatever it holds, into a report: the work of a worker process."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from ..common.errors import InputError, TwinError
from ..common.links import leads_out
from ..common.warnings import CodedMessage
from .alignments import Alignments, Layout, read_alignments
from .building import read_buildings
from .conversion import length_unit_m, names_length_unit, unit_scale
from .elements import by_types
from .georeference import Tie, resolve
from .input_limits import bounded
from .mesh import FARTHEST_M
from .model import (
    AlignmentSegment,
    Building,
    Confidence,
    Floats,
    Georeference,
    ModelReport,
    ReadStatus,
    TerrainSurface,
)
from .place_beside import PlaceBeside
from .plausibility import PLACE_CODES, doubts, height_twice
from .rooms import read_rooms
from .solids import FACED, Detail
from .source import EXPANDED_LIMIT_BYTES, FileContent, Opened, open_model, read_content
from .stated_properties import read_stated
from .stated_values import floor_area_warning
from .terrains import read_terrains
from .wanted import NOTHING, Wanted
from .warnings import INCOMPLETE_CODES, coded

LOG = logging.getLogger(__name__)

HIGHEST_M = 9000.0
"""No ground lies above or below this: heights in millimetres do."""


@dataclass(frozen=True)
class ModelJob:
    """One file to read.

    Attributes
    ----------
    id : str
        The model's id, the beginning of the ids of everything in it.
    path : str
        The file.
    source_crs : str
        CRS of coordinates for which the model names none, "" for none.
    tie : Tie, optional
        The user's placement.
    kernel_fallback : int
        The first of the geometry kernels to try (see `mesh`); raised after a crash or a time-out.
    expanded_limit : int
        Bytes to which a zipped model may grow.
    with_faces : bool
        Whether the faces of the shell are read, for 3D views.
    class_detail : Detail, optional
        How the solids of each element class are drawn; None where a building is one solid.
    shell_detail : Detail, optional
        The level of detail of closed shells; None where none are wanted.
    beside : PlaceBeside, optional
        What the files of ArcGIS beside it say of its place.
    folder : str
        Where it was found, "" for a file that was named: a link that leads out of the folder is not followed, also
        where it took the place of a file after the folder was looked through.
    asked : Wanted
        What is read beside the buildings.
    """

    id: str
    path: str
    source_crs: str = ""
    tie: Tie | None = None
    kernel_fallback: int = 0
    expanded_limit: int = EXPANDED_LIMIT_BYTES
    with_faces: bool = False
    class_detail: Detail | None = None
    shell_detail: Detail | None = None
    folder: str = ""
    beside: PlaceBeside | None = None
    asked: Wanted = NOTHING

    @property
    def is_faced(self) -> bool:
        """Whether the faces of elements are needed."""
        return self.with_faces or self.shell_detail in FACED

    def leads_out(self) -> bool:
        """Whether it is a link out of its folder by now."""
        return bool(self.folder) and leads_out(self.path, self.folder)


def read_model(job: ModelJob) -> ModelReport:
    """Read one file; a file that cannot be read gives a report that says why."""
    started = time.perf_counter()
    report = describe(job)
    try:
        if job.leads_out():
            raise InputError(coded("link_leads_out", path=job.id))
        content = read_content(Path(job.path))
        report = replace(report, sha256=content.sha256, schema=content.sniffed.schema)
        report = bounded(_read(job, report, content))
    except TwinError as error:
        message = error.message
        reason = message if isinstance(message, CodedMessage) else coded("text", text=message)
        report = replace(report, status=ReadStatus.FAILED, reasons=(reason,))
    except OSError as error:
        reason = coded("stopped_being_readable", name=Path(job.path).name, error=error.strerror or str(error))
        report = replace(report, status=ReadStatus.FAILED, reasons=(reason,))
    except MemoryError:
        reason = coded("out_of_memory", name=Path(job.path).name)
        report = replace(report, status=ReadStatus.FAILED, reasons=(reason,))
    return replace(report, seconds=round(time.perf_counter() - started, 3))


def describe(job: ModelJob) -> ModelReport:
    """What the file system says about a file."""
    path = Path(job.path)
    try:
        stat = path.stat()
    except OSError:
        return ModelReport(job.id, job.path)
    modified = datetime.fromtimestamp(stat.st_mtime, tz=UTC).isoformat(timespec="seconds")
    return ModelReport(job.id, job.path, size=stat.st_size, modified=modified)


def _read(job: ModelJob, report: ModelReport, content: FileContent) -> ModelReport:
    path = Path(job.path)
    # After a crash or a time-out the whole text is parsed; the faces of solids are those that kernels make.
    first = job.kernel_fallback == 0
    opened = open_model(path, job.expanded_limit, first, first and not job.is_faced, content, job.asked)
    report = replace(report, schema=opened.schema)
    unit_m = length_unit_m(opened.file)
    ready = opened.direct.meshes() if opened.direct is not None else None
    shapes = read_buildings(
        opened.file,
        unit_m,
        job.kernel_fallback,
        path.stem,
        job.with_faces,
        ready,
        job.class_detail,
        job.shell_detail,
        job.asked.quantities,
    )
    warnings = [*opened.warnings, *shapes.warnings]
    buildings = shapes.buildings
    if job.asked.rooms:
        rooms = read_rooms(opened.file, unit_m, buildings, job.kernel_fallback, ready)
        buildings = rooms.buildings
        warnings += rooms.warnings
    terrains, told = read_terrains(opened.file, unit_m, job.kernel_fallback, ready) if job.asked.terrain else ((), ())
    alignments = _alignments(opened, unit_m) if job.asked.alignments else Alignments()
    warnings += [*told, *alignments.warnings]
    stated = read_stated(opened.file, job.asked.properties, _ids(buildings), unit_m) if job.asked.properties else {}
    if not by_types(opened.file, ("IfcProject",)):
        warnings.append(coded("no_project"))
    elif not names_length_unit(opened.file):
        warnings.append(coded("no_length_unit"))
    if any(not building.openings_known for building in shapes.buildings):
        warnings.append(coded("no_door"))
    for building in shapes.buildings:
        warning = floor_area_warning(building.name, building.gross_floor_area_m2, building.stated_floor_area_m2)
        warnings += [warning] if warning is not None else []
        warnings += (*building.doubts, *doubts(building))
    reasons = [warning for warning in warnings if warning.code in INCOMPLETE_CODES]
    complete = opened.complete and not reasons and bool(shapes.buildings)
    centre = shapes.centre if shapes.centre is not None else _centre(terrains, alignments.segments)
    georeference = _georeference(opened.file, unit_m, centre, job)
    if not shapes.buildings:
        reasons.append(coded("no_shape"))
    elif georeference.to_map is None:
        reasons.append(coded("without_place"))
    twice = (height_twice(building, georeference) for building in shapes.buildings)
    doubtful = [warning for warning in (*warnings, *twice) if warning is not None and warning.code in PLACE_CODES]
    if doubtful:
        # A place is worth nothing to a building of the wrong size or height.
        trust = Confidence.UNSURE if georeference.to_map is not None else georeference.confidence
        georeference = replace(georeference, confidence=trust, warnings=(*georeference.warnings, *doubtful))
        warnings = [warning for warning in warnings if warning not in doubtful]
    return replace(
        report,
        status=ReadStatus.OK if complete else ReadStatus.PARTIAL,
        reasons=tuple(reasons),
        engine=shapes.engine,
        elements=shapes.wanted,
        meshed=shapes.meshed,
        georeference=georeference,
        warnings=tuple(warnings),
        buildings=buildings,
        stated=stated,
        terrains=terrains,
        alignments=alignments.segments,
    )


def _alignments(opened: Opened, unit_m: float) -> Alignments:
    older: list[Layout] = []
    if opened.older is not None:
        older = list(opened.older.layouts(opened.file, unit_m, unit_scale(opened.file, "PLANEANGLEUNIT")))
    return read_alignments(opened.file, unit_m, older)


def _centre(terrains: Sequence[TerrainSurface], alignments: Sequence[AlignmentSegment]) -> Floats | None:
    """A point of what was read where there is no building."""
    if alignments:
        return np.array([*alignments[0].line.coords[0][:2], 0.0])
    return np.array([*terrains[0].solid.points[0, :2], 0.0]) if terrains else None


def _ids(buildings: Iterable[Building]) -> Iterator[str]:
    """The GlobalIds of buildings, storeys, rooms and openings."""
    for building in buildings:
        yield building.id
        yield from (storey.id for storey in building.storeys)
        yield from (room.id for room in building.rooms)
        yield from (opening.id for opening in building.openings)


def _georeference(model: Any, unit_m: float, centre: Floats | None, job: ModelJob) -> Georeference:
    """The model's georeference; an empty one where the file is damaged there, since its buildings are usable."""
    try:
        return on_earth(resolve(model, unit_m, centre, job.source_crs, job.tie, job.beside))
    except (AssertionError, AttributeError, IndexError, KeyError, RuntimeError, TypeError, ValueError) as error:
        LOG.info("%s: %s", job.path, error, exc_info=True)
        return Georeference(warnings=(coded("georeference_damaged", error=str(error)),))


def on_earth(georeference: Georeference) -> Georeference:
    """The same; without a transformation where it leads beyond the earth, unsure where no ground has its height."""
    to_map, warnings = georeference.to_map, georeference.warnings
    if to_map is None:
        return georeference
    every = (to_map, *georeference.of_sites.values())
    if not all(abs(value) < FARTHEST_M for each in every for value in (each.x, each.y, each.z)):
        return Georeference(source=georeference.source, warnings=(*warnings, coded("beyond_earth")))
    high = next((each.z for each in every if abs(each.z) > HIGHEST_M), None)
    if high is not None:
        warnings = (*warnings, coded("zero_point_high", z_m=high))
        return replace(georeference, confidence=Confidence.UNSURE, warnings=warnings)
    return georeference
