"""Loads models from files and folders into rows on the map: what twin:loadbim does, without QGIS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..common.crs import is_projected
from ..common.errors import InputError
from ..common.messages import Message
from ..common.progress import Progress, silent
from ..common.text import plain
from .copies import NEAR_DEG, NEAR_M, copies, copies_message, standing
from .discover import Refusal, find_models
from .model import Confidence, ModelReport, ReadStatus
from .place_beside import PlaceFiles
from .placements import placement_messages, read_placements, target_crs, tie_for
from .pool import read_models
from .property_columns import add_columns
from .read import ModelJob
from .rows import OUTSIDE, Rows, add_warnings, checked, common_crs, place_model
from .solids import CLOSED, Detail
from .wanted import NOTHING, Wanted
from .warnings import DOUBT_CODES, SITE_FAR, far_sites

WITHOUT_BUILDING, WITHOUT_PLACE, REPEATED = "without_building", "without_place", "repeated"
"""Keys of the counts of models that were read, beside those of their status."""

MOST_MESSAGES = 50
"""At most so many messages on single files are shown; the rest are counted."""


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
    asked: Wanted = NOTHING

    @property
    def shell_detail(self) -> Detail | None:
        """The closed shells to make: those to be drawn, else those that are measured."""
        if self.detail in CLOSED:
            return self.detail
        return Detail.LOD22 if self.asked.shells else None


@dataclass(frozen=True)
class LoadResult:
    """The rows of every table in `crs` ("" when no model has a place), and what to tell the user."""

    rows: Rows
    crs: str
    messages: tuple[Message, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)
    told: tuple[Message, ...] = ()
    """What is no warning: how many rows have the properties that were asked for."""


def load(request: LoadRequest, progress: Progress = silent) -> LoadResult:
    """Read all models asked for and place them in one CRS.

    Raises
    ------
    InputError
        When no model is given or found, a CRS or a placement cannot be used, or closed shells are asked for by class.
    ResourceError
        When no worker process can be started.
    Cancelled
        When `progress` says so.
    """
    if request.by_class and request.detail in CLOSED:
        raise InputError(
            Message(
                "A closed shell (LOD {lod}) is that of a whole building: choose SOLIDS_OF building, or another LOD.",
                lod=request.detail.value,
            )
        )
    target = target_crs(request.crs, "CRS")
    source = target_crs(request.source_crs, "SOURCE_CRS")
    ties = read_placements(request.placements, target or source)
    closed: dict[Path, Refusal] = {}
    beside = PlaceFiles()
    jobs = [
        ModelJob(
            model_id,
            str(path),
            source,
            tie_for(ties, model_id, str(path)),
            with_faces=request.detail is Detail.SHELL,
            class_detail=request.detail if request.by_class else None,
            shell_detail=request.shell_detail,
            folder=_home(path, request.folder, closed),
            asked=request.asked,
            beside=beside.of(path, _home(path, request.folder, closed)),
        )
        for model_id, path in find_models(request.files, request.folder or None, closed)
    ]
    rows = Rows()
    reports: list[ModelReport] = []
    messages = _refused(closed) + placement_messages(ties, ((job.id, job.path) for job in jobs))
    counts: Counter[str] = Counter()
    for report in read_models(jobs, request.workers, request.time_out_s, progress):
        counts[report.status.value] += 1
        messages.extend(_messages(report))
        reports.append(report)
    reports.sort(key=lambda report: report.id)
    target = target or common_crs(reports, source)
    reports = [checked(report, target) for report in reports]
    messages += _outside(reports)
    for report in reports:
        if report.status is not ReadStatus.FAILED:
            counts[WITHOUT_BUILDING] += not report.buildings
            counts[WITHOUT_PLACE] += bool(report.buildings) and report.georeference.to_map is None
    for report in reports:
        place_model(report, target, rows, request.detail, request.asked)
    repeated = copies(standing(rows), NEAR_DEG if target and not is_projected(target) else NEAR_M)
    counts.update({REPEATED: len(repeated)} if repeated else {})
    add_warnings(rows, {model: (warning,) for model, warning in repeated.items()})
    if len(messages) > MOST_MESSAGES:
        rest = len(messages) - MOST_MESSAGES
        more = Message("{count} more messages stand in the report's columns reason and warnings.", count=rest)
        messages = [*messages[:MOST_MESSAGES], more]
    if reports and counts[ReadStatus.FAILED.value] == len(reports):
        messages.append(Message("None of the models could be read: the report says why."))
    far = sum(any(warning.code == SITE_FAR for warning in report.notes.warnings) for report in reports)
    messages += [*_lacking(counts), *copies_message(repeated), *far_sites(far)]
    mixed = mixed_datums(report.georeference.vertical_datum for report in reports)
    messages += [mixed] if mixed is not None else []
    told = add_columns(rows, reports, request.asked.properties)
    return LoadResult(rows, target, tuple(messages), counts, tuple(told))


def _home(path: Path, folder: str, closed: Mapping[Path, Refusal]) -> str:
    """The folder that a model was found in, "" for one that was named."""
    root = Path(folder).absolute() if folder else None
    if root is None or root not in path.parents or any(place in closed for place in (path, *path.parents)):
        return ""
    return str(root)


def _refused(closed: Mapping[Path, Refusal]) -> list[Message]:
    """What was left out of the folder: each part that could not be read, and all links in one sentence."""
    messages: list[Message] = [refusal.sentence(plain(str(path))) for path, refusal in closed.items() if refusal.error]
    links = sorted(plain(str(path)) for path, refusal in closed.items() if not refusal.error)
    if links:
        messages.append(
            Message(
                "Links that lead out of the folder were not followed: {count}, the first is '{path}'. Copy what they "
                "lead to into the folder.",
                count=len(links),
                path=links[0],
            )
        )
    return messages


def mixed_datums(names: Iterable[str]) -> Message | None:
    """A warning where models measure their elevations from different datums; None where they do not."""
    datums = Counter(name for name in names if name)
    if len(datums) < 2:
        return None
    return Message(
        "The models name different vertical datums: {datums}. Heights are not transformed, so compare elevations with "
        "care.",
        datums=", ".join(f"{name} ({number})" for name, number in datums.most_common(5)),
    )


def _lacking(counts: Mapping[str, int]) -> list[Message]:
    """How many models lack a building, and how many a place."""
    messages = []
    if counts[WITHOUT_BUILDING]:
        messages.append(
            Message("{count} models have no building: see the column reason.", count=counts[WITHOUT_BUILDING])
        )
    if counts[WITHOUT_PLACE]:
        messages.append(
            Message(
                "{count} models have no place, so their geometry is empty: fill in the table UNPLACED and give it as "
                "PLACEMENTS.",
                count=counts[WITHOUT_PLACE],
            )
        )
    return messages


def _outside(reports: Iterable[ModelReport]) -> list[Message]:
    """A message for each model that lies outside the area of the CRS of the outputs."""
    return [
        Message.joined((report.id, warning), ": ")
        for report in reports
        for warning in report.warnings
        if warning.code == OUTSIDE
    ]


def _messages(report: ModelReport) -> list[Message]:
    """What the user should see of a file without opening the report."""
    if report.status is ReadStatus.FAILED:
        return [report.reason]
    partial = report.status is ReadStatus.PARTIAL and report.reason
    messages = [Message.joined((report.id, report.reason), ": ")] if partial else []
    sure = report.georeference.confidence is Confidence.SURE  # else those of the place come below
    warnings = report.notes.warnings if sure else report.warnings
    doubts = [warning for warning in warnings if warning.code in DOUBT_CODES]
    messages += [Message.joined((report.id, Message.joined(doubts)), ": ")] if doubts else []
    if report.buildings and report.georeference.confidence is not Confidence.SURE:
        why = Message.joined(report.georeference.warnings) or Message("It names none.")
        if report.georeference.to_map is None:
            messages.append(Message("{model} has no place. {why}", model=report.id, why=why))
        else:
            messages.append(Message("{model} has an unsure place. {why}", model=report.id, why=why))
    return messages
