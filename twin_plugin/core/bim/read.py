"""Reads one file, whatever it holds, into a report: the work of a worker process."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..common.errors import TwinError
from ..common.text import clip
from .bounds import bounded
from .building import read_buildings
from .conversion import length_unit_m
from .elements import by_types
from .georeference import Tie, resolve
from .mesh import ENOUGH, FARTHEST_M
from .model import Confidence, Floats, Georeference, ModelReport, ReadStatus
from .sniff import digest, sniff
from .solids import Detail
from .source import EXPANDED_LIMIT_BYTES, open_model
from .statements import floor_area_note

LOG = logging.getLogger(__name__)

HIGHEST_M = 9000.0
"""No ground lies above or below this: heights in millimetres do."""

CURE = "Read it with WORKERS 1, or on a machine with more memory."
"""What helps where memory ran out."""


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
    rung : int
        Where the ladder of kernels begins; raised after a crash or a time-out.
    expanded_limit : int
        Bytes to which a zipped model may grow.
    with_faces : bool
        Whether the faces of the shell are read, for 3D views.
    class_detail : Detail, optional
        How the solids of each element class are drawn; None where a building is one solid.
    """

    id: str
    path: str
    source_crs: str = ""
    tie: Tie | None = None
    rung: int = 0
    expanded_limit: int = EXPANDED_LIMIT_BYTES
    with_faces: bool = False
    class_detail: Detail | None = None


def read_model(job: ModelJob) -> ModelReport:
    """Read one file; a file that cannot be read gives a report that says why."""
    started = time.perf_counter()
    report = describe(job)
    try:
        found = sniff(Path(job.path))
        report = replace(report, sha256=digest(Path(job.path)), schema=found.schema)
        report = bounded(_read(job, report))
    except TwinError as error:
        report = replace(report, status=ReadStatus.FAILED, reason=clip(str(error)))
    except OSError as error:
        reason = f"{Path(job.path).name} stopped being readable: {error.strerror or error}. Copy it to this machine."
        report = replace(report, status=ReadStatus.FAILED, reason=reason)
    except MemoryError:
        name = clip(Path(job.path).name)
        report = replace(
            report, status=ReadStatus.FAILED, reason=f"{name} needs more memory than a worker may use. {CURE}"
        )
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


def _read(job: ModelJob, report: ModelReport) -> ModelReport:
    path = Path(job.path)
    # After a crash or a time-out the whole text is parsed; the faces of solids are those that kernels make.
    first = job.rung == 0
    opened = open_model(path, job.expanded_limit, trimmed=first, directly=first and not job.with_faces)
    report = replace(report, schema=opened.schema)
    unit_m = length_unit_m(opened.file)
    ready = opened.direct.meshes() if opened.direct is not None else None
    shapes = read_buildings(opened.file, unit_m, job.rung, path.stem, job.with_faces, ready, job.class_detail)
    place = _place(opened.file, unit_m, shapes.centre, job)
    warnings = [*opened.warnings, *shapes.notes]
    if not by_types(opened.file, ("IfcProject",)):
        warnings.append("The file has no IfcProject; metres were assumed.")
    if any(not building.openings_known for building in shapes.buildings):
        warnings.append("No door is modelled, so where water can come in is unknown.")
    for building in shapes.buildings:
        note = floor_area_note(building.name, building.gross_floor_area_m2, building.stated_floor_area_m2)
        warnings += [note] if note else []
    complete = opened.complete and shapes.meshed >= shapes.wanted * ENOUGH
    reason = "" if complete else " ".join(w for w in warnings if "truncated" in w or "element" in w)
    if not shapes.buildings:
        reason = (reason + " " if reason else "") + "It holds no building or facility with a shape."
    return replace(
        report,
        status=ReadStatus.OK if complete else ReadStatus.PARTIAL,
        reason=reason,
        engine=shapes.engine,
        elements=shapes.wanted,
        meshed=shapes.meshed,
        georeference=place,
        warnings=tuple(warnings),
        buildings=shapes.buildings,
    )


def _place(model: Any, unit_m: float, centre: Floats | None, job: ModelJob) -> Georeference:
    """The model's place; none where the file is damaged there, since its buildings are worth having all the same."""
    try:
        return on_earth(resolve(model, unit_m, centre, job.source_crs, job.tie))
    except (AssertionError, AttributeError, IndexError, KeyError, RuntimeError, TypeError, ValueError) as error:
        LOG.info("%s: %s", job.path, error, exc_info=True)
        return Georeference(warnings=(f"The place cannot be read, since the file is damaged there ({error}).",))


def on_earth(place: Georeference) -> Georeference:
    """The same place; none where it is beyond the earth, unsure where its height is none of any ground."""
    to_map = place.to_map
    if to_map is None:
        return place
    if not all(abs(value) < FARTHEST_M for value in (to_map.x, to_map.y, to_map.z)):
        warning = "The place that the model names lies beyond the earth and was not used; give one in PLACEMENTS."
        return Georeference(source=place.source, warnings=(*place.warnings, warning))
    if abs(to_map.z) > HIGHEST_M:
        warning = f"The model's zero point would lie at {to_map.z:,.0f} m: check whether its height is in millimetres."
        return replace(place, confidence=Confidence.UNSURE, warnings=(*place.warnings, warning))
    return place
