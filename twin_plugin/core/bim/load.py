"""Loads models from files and folders into rows on the map: what twin:loadbim does, without QGIS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..common.crs import horizontal, label, parse
from ..common.errors import InputError
from ..common.progress import Progress, silent
from ..common.text import plain
from .discover import find_models
from .model import Confidence, ModelReport, ReadStatus
from .placements import read_placements, tie_for
from .pool import read_models
from .read import ModelJob
from .rows import Rows, common_crs, place_model
from .solids import Detail

TOLD = 50
"""How many files are told of one by one."""


@dataclass(frozen=True)
class LoadRequest:
    """What to load and how; see twin:loadbim for the meaning of each."""

    files: tuple[str, ...] = ()
    folder: str = ""
    crs: str = ""
    source_crs: str = ""
    placements: tuple[Mapping[str, Any], ...] = ()
    time_out_s: float = 0.0
    workers: int = 0
    detail: Detail = Detail.FOOTPRINT
    by_class: bool = False


@dataclass(frozen=True)
class LoadResult:
    """The rows of every table in `crs` ("" when no model has a place), and what to tell the user."""

    rows: Rows
    crs: str
    messages: tuple[str, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)


def load(request: LoadRequest, progress: Progress = silent) -> LoadResult:
    """Read all models asked for and place them in one CRS.

    Raises
    ------
    InputError
        When no model is given or found, or a CRS or a placement cannot be used.
    ResourceError
        When no worker process can be started.
    Cancelled
        When `progress` says so.
    """
    target = _target(request.crs, "CRS")
    source = _target(request.source_crs, "SOURCE_CRS")
    ties = read_placements(request.placements, target or source)
    closed: dict[Path, str] = {}
    jobs = [
        ModelJob(
            model_id,
            str(path),
            source,
            tie_for(ties, model_id, str(path)),
            with_faces=request.detail is Detail.SHELL,
            class_detail=request.detail if request.by_class else None,
        )
        for model_id, path in find_models(request.files, request.folder or None, closed)
    ]
    rows = Rows()
    reports: list[ModelReport] = []
    messages = [
        f"The folder {plain(str(path))} could not be looked into: {reason}. Ask for the permission to read it."
        for path, reason in closed.items()
    ]
    counts: Counter[str] = Counter()
    for report in read_models(jobs, request.workers, request.time_out_s, progress):
        report = replace(report, path=plain(report.path), reason=plain(report.reason))
        counts[report.status.value] += 1
        messages.extend(_told(report))
        reports.append(report)
    reports.sort(key=lambda report: report.id)
    target = target or common_crs(reports, source)
    for report in reports:
        place_model(report, target, rows, request.detail)
    if len(messages) > TOLD:
        rest = len(messages) - TOLD
        messages = [*messages[:TOLD], f"{rest} more messages stand in the report's columns reason and warnings."]
    if reports and counts[ReadStatus.FAILED.value] == len(reports):
        messages.append("None of the models could be read: the report says why.")
    mixed = mixed_datums(report.georeference.vertical_datum for report in reports)
    messages += [mixed] if mixed else []
    return LoadResult(rows, target, tuple(messages), counts)


def mixed_datums(names: Iterable[str]) -> str:
    """What to tell where models measure their elevations from different datums; "" where they do not."""
    found = Counter(name for name in names if name)
    if len(found) < 2:
        return ""
    listed = ", ".join(f"{name} ({number})" for name, number in found.most_common(5))
    return (
        f"The models name different vertical datums: {listed}. Heights are not transformed, so compare elevations with "
        "care."
    )


def _target(name: str, parameter: str) -> str:
    if not name:
        return ""
    crs = parse(name)
    if crs is None:
        raise InputError(
            "{parameter} is '{name}', which is not a known CRS. Give a code such as EPSG:4547.",
            parameter=parameter,
            name=name,
        )
    return label(horizontal(crs))


def _told(report: ModelReport) -> list[str]:
    """What the user should see of a file without opening the report."""
    if report.status is ReadStatus.FAILED:
        return [report.reason]
    told = [f"{report.id}: {report.reason}"] if report.status is ReadStatus.PARTIAL and report.reason else []
    if report.buildings and report.georeference.confidence is not Confidence.SURE:
        how = "has no place" if report.georeference.to_map is None else "has an unsure place"
        why = " ".join(report.georeference.warnings) or "It names none."
        told.append(f"{report.id} {how}. {why}")
    return told
