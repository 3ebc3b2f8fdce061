"""Writes the flood results of a model's buildings into a copy of its IFC file, and as BCF topics: twin:writebackbim."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..common.errors import InputError, unwritable
from ..common.messages import Message
from ..common.progress import Progress, advance, part, silent
from ..common.zip_errors import ZIP_ERRORS
from .bcf import BcfTopic, write_bcf
from .model import ModelReport, ReadStatus
from .pool import read_models
from .read import ModelJob
from .sniff import sniff, sniff_step
from .source import EXPANDED_LIMIT_BYTES, damaged_zip, unzip
from .writeback_results import Answer, BuildingResults, RiskRows, Row, find_in, match, number_parts
from .writeback_step import StepText, add_sets, pick, read_step

_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class WritebackRequest:
    """What to write back and where.

    Attributes
    ----------
    model : str
        An .ifc or .ifczip file.
    results : Results
        Rows of the layers.
    output : str
        The copy; zipped when its name ends in .ifczip.
    bcf : str
        The .bcfzip, "" for none.
    layer : str
        Name of the risk layer, for texts.
    created : datetime
        Time of the topics, with its time zone.
    time_out_s : float
        For reading the model; 0 stands for 15 s and 5 s for each MB.
    """

    model: str
    results: RiskRows
    output: str
    bcf: str
    layer: str
    created: datetime
    time_out_s: float = 0.0


@dataclass(frozen=True)
class Written:
    """How many buildings, storeys and openings carry results now, how many topics there are, and what to tell."""

    buildings: int
    storeys: int
    openings: int
    topics: int
    messages: tuple[Message, ...] = ()


def write_back(request: WritebackRequest, progress: Progress = silent) -> Written:
    """Read the model, find its buildings in the results, and write the copy and the topics.

    Raises
    ------
    InputError
        When the model cannot be read or is truncated, or the results hold none of its buildings.
    ResourceError
        When an output cannot be written.
    Cancelled
        When `progress` says so.
    """
    path = Path(request.model).absolute()  # workers run in a folder of their own
    data, member = model_bytes(path)
    text = read_step(data, path.name)
    report = _read(path, request.time_out_s, part(progress, 0.0, 0.85))
    messages: list[Message] = [warning for warning in report.warnings if warning.code == "schema_read_as"]
    rows = match(request.results.risk, report.buildings, path.name, request.layer)
    answers = _answers(report, rows, request.results, text)
    messages += [message for answer in answers for message in answer.messages]
    lacking = len(report.buildings) - len(rows)
    if lacking:
        message = Message(
            "Missing in the layer '{layer}': {count} of the {total} buildings of {name}.",
            layer=request.layer,
            count=lacking,
            total=len(report.buildings),
            name=path.name,
        )
        messages.append(message)
    sets = [one for answer in answers for one in answer.sets]
    topics = [topic for answer in answers for topic in answer.topics]
    advance(progress, 0.9, "Writing")
    written = add_sets(text, sets, report.schema, f"Written by City Twin from the layer {request.layer}.")
    write_model(Path(request.output), written, path, member)
    if request.bcf:
        _write_topics(Path(request.bcf), topics, path.name, text, request.created)
    return Written(
        buildings=len(rows),
        storeys=sum(answer.storeys for answer in answers),
        openings=sum(answer.openings for answer in answers),
        topics=len(topics),
        messages=tuple(messages),
    )


def model_bytes(path: Path) -> tuple[bytes, str]:
    """The bytes of a STEP file, and the name of its member in a zip ("" for a plain file).

    Raises
    ------
    InputError
        With the reason, when the file is not one that can be read.
    """
    if sniff(path).kind == "step":
        try:
            return path.read_bytes(), ""
        except OSError as error:
            raise InputError(
                "{name} cannot be read: {reason}. Copy it again.", name=path.name, reason=error.strerror or error
            ) from error
    data = unzip(path, EXPANDED_LIMIT_BYTES)
    sniff_step(data[:65536], data[-4096:], path.name)
    with zipfile.ZipFile(path) as archive:
        members = [m for m in archive.infolist() if m.filename.lower().endswith(".ifc") and not m.is_dir()]
        return data, max(members, key=lambda member: member.file_size).filename


def _read(path: Path, time_out_s: float, progress: Progress) -> ModelReport:
    report = next(iter(read_models([ModelJob(path.name, str(path))], 1, time_out_s, progress)))
    if report.status is ReadStatus.FAILED:
        raise InputError(report.reason)
    if not report.buildings:
        raise InputError("{name} holds no building with a shape. Choose the model of a building.", name=path.name)
    return report


def _answers(report: ModelReport, rows: Sequence[tuple[int, Row]], results: RiskRows, text: StepText) -> list[Answer]:
    targets = text.targets()
    find = find_in(targets)
    parts = number_parts(report.buildings)
    answers = []
    for index, row in rows:
        one = parts[index]
        own_place = report.georeference.for_site(one.building.site_id)
        maker = BuildingResults(one, row, results, own_place, find)
        answers.append(maker.answer(pick(targets.get(one.building.id, ()), one.number)))
    return answers


def write_model(output: Path, data: bytes, source: Path, member: str) -> None:
    """The copy, zipped if its name says so; what else a zipped model holds goes along."""
    zipped = output.suffix.lower() == ".ifczip"
    others = _other_members(source, member) if zipped and member else []
    try:
        if not zipped:
            output.write_bytes(data)
            return
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
            for info, content in others:
                archive.writestr(info, data if content is None else content)
            if not others:
                info = zipfile.ZipInfo(source.with_suffix(".ifc").name, _TIME)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, data)
    except OSError as error:
        raise unwritable(output, error) from error


def _other_members(source: Path, member: str) -> list[tuple[zipfile.ZipInfo, bytes | None]]:
    """The members of a zipped model in their order, with their content; None for the model itself."""
    try:
        with zipfile.ZipFile(source) as archive:
            return [(info, None if info.filename == member else archive.read(info)) for info in archive.infolist()]
    except ZIP_ERRORS as error:
        raise damaged_zip(source, error) from error


def _write_topics(path: Path, topics: Sequence[BcfTopic], name: str, text: StepText, created: datetime) -> None:
    projects = [target.guid for same in text.targets().values() for target in same if target.kind == "IFCPROJECT"]
    try:
        write_bcf(path, topics, name, projects[0] if projects else "", created)
    except OSError as error:
        raise unwritable(path, error) from error
