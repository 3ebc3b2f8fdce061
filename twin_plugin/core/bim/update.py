"""Brings a twin base up to date with a folder of models, in batches that are kept whole: twin:updatetwinbase."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from ..common.errors import Cancelled, InputError
from ..common.messages import Message
from ..common.progress import Progress, advance, part, silent
from ..common.text import plain
from .discover import Refusal, find_models
from .journal import JournalEntry, Parts, Present, UpdatePlan, engine_version, look, plan, settings_key, spread
from .model import Confidence, ModelReport, ReadStatus
from .place_beside import PlaceFiles
from .placements import placement_messages, read_placements, target_crs, tie_for
from .read import ModelJob
from .rows import OUTSIDE, Rows, checked, common_crs, place_model
from .solids import Detail
from .wanted import Wanted
from .warnings import SITE_FAR, ModelNotes, coded, far_sites

BATCH_MODELS = 50
BATCH_S = 5.0
"""A batch is committed when it holds so many models or is so old: what a kill can cost."""

SAMPLE = 64
"""Models that are read first where the CRS has to be found out."""

MOST_MESSAGES = 20
FILE_WEIGHT = 100_000
"""What opening a file costs beside its bytes, as bytes: for the remaining time."""

Reader = Callable[[Sequence[ModelJob], Progress], Iterator[ModelReport]]
"""Reads models, whatever the order, and yields a report for each; raises Cancelled when its progress says so."""


@dataclass(frozen=True)
class UpdateRequest:
    """What to update with what; see twin:updatetwinbase for the meaning of each."""

    folder: str
    crs: str = ""
    source_crs: str = ""
    placements: tuple[Mapping[str, Any], ...] = ()
    retry: bool = False
    rooms: bool = False
    shells: Detail | None = None


@dataclass(frozen=True)
class ModelRows:
    """The rows of one model; `known` where the base holds older ones, `keep` where those stay since it failed now."""

    id: str
    values: dict[str, Any]
    rows: Rows
    known: bool = False
    keep: bool = False


@dataclass(frozen=True)
class Marks:
    """What changes in the journal before anything is read.

    Attributes
    ----------
    touched : tuple of Present
        Models whose path, size and time of change are to be noted anew, and which stand.
    vanished : tuple of str
        Ids of models and of their buildings that end now.
    refused : mapping of str to dict
        Values of bim_model for the folders that cannot be looked into, by id; these replace all such rows.
    placements : tuple of dict
        Rows of PLACEMENTS: kept, so that the next run places these models without the parameter.
    now : str
        ISO 8601 UTC.
    """

    touched: tuple[Present, ...] = ()
    vanished: tuple[str, ...] = ()
    refused: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    placements: tuple[dict[str, Any], ...] = ()
    now: str = ""


class Store(Protocol):
    """A twin base that can be written; each call is one transaction."""

    @property
    def crs(self) -> str:
        """Label of the CRS of its geometries, "" while it has none."""

    def entries(self) -> dict[str, JournalEntry]:
        """The journal by model id."""

    def placements(self) -> list[dict[str, Any]]:
        """The placements that the base keeps."""

    def set_crs(self, crs: str) -> None:
        """Give a base without CRS (in which nothing is placed) the CRS of its geometries."""

    def mark(self, marks: Marks) -> None:
        """Note what vanished, came back, was moved or was placed by hand."""

    def write(self, models: Sequence[ModelRows]) -> None:
        """Replace the rows of some models, their journal rows among them."""


@dataclass
class Tally:
    """What an update has done up to now; it holds only what is committed."""

    read: int = 0
    failed: int = 0
    unchanged: int = 0
    vanished: int = 0
    left: int = 0
    empty: int = 0
    unplaced: int = 0
    unsure: int = 0
    far_sites: int = 0
    repeated: int = 0
    messages: list[Message] = field(default_factory=list)

    def tell(self, message: Message) -> None:
        """Keep a message for the user; of many only the first ones."""
        if len(self.messages) < MOST_MESSAGES:
            self.messages.append(message)
        elif len(self.messages) == MOST_MESSAGES:
            self.messages.append(Message("More messages stand in the columns reason and warnings of bim_model."))


def update(
    request: UpdateRequest, store: Store, reader: Reader, progress: Progress = silent, tally: Tally | None = None
) -> Tally:
    """Read what is new or changed in a folder into a store, and mark what vanished.

    Raises
    ------
    InputError
        When the folder, a CRS or a placement cannot be used.
    ResourceError
        When the store or the workers fail.
    Cancelled
        When `progress` says so; what is done is in the store and in `tally` then.
    """
    tally = tally if tally is not None else Tally()
    target = target_crs(request.crs, "CRS")
    if target and store.crs and target != store.crs:
        raise InputError(
            "The twin base is in {crs}, and CRS is {target}: leave CRS empty, or choose another twin base.",
            crs=store.crs,
            target=target,
        )
    source = target_crs(request.source_crs, "SOURCE_CRS")
    new_ties = read_placements(request.placements, target or store.crs or source)
    ties = read_placements(store.placements()) | new_ties
    folder = os.path.abspath(request.folder)
    refused: dict[Path, Refusal] = {}
    advance(progress, 0.0, "Looking through the folder")
    models = find_models((), folder, refused)
    known = store.entries()
    # Once a base has rooms or shells, later runs without the parameters keep it complete.
    parts = Parts(request.rooms, request.shells).with_known(known.values())
    beside = PlaceFiles()
    jobs = {
        key: ModelJob(
            key,
            str(path),
            source,
            tie_for(ties, key, str(path)),
            folder=folder,
            shell_detail=parts.shells,
            asked=Wanted(rooms=parts.rooms, outlines=parts.shells is not None),
            beside=beside.of(path, folder),
        )
        for key, path in models
    }
    for message in placement_messages(new_ties, ((key, str(path)) for key, path in models)):
        tally.tell(message)
    settings = {key: settings_key(source, job.tie, parts, job.beside) for key, job in jobs.items()}
    closed = [plain(str(path)) for path in refused]
    to_do = plan(
        look(models, settings), known, plain(folder), closed, engine_version(), request.retry, part(progress, 0.0, 0.02)
    )
    now = datetime.now(tz=UTC).isoformat(timespec="seconds")
    placed = tuple({"path": plain(path), **asdict(tie)} for path, tie in new_ties.items())
    store.mark(Marks(to_do.touched, to_do.vanished, _refused_rows(refused, folder, now, tally), placed, now))
    tally.unchanged, tally.vanished, tally.left = to_do.unchanged, len(to_do.vanished), len(to_do.read)
    if to_do.hidden:
        tally.tell(
            Message(
                "{count} models lie in folders that cannot be looked into, or behind links that lead out of the "
                "folder; they stay as they were.",
                count=to_do.hidden,
            )
        )
    _UpdateRun(store, reader, jobs, known, source, part(progress, 0.02, 1.0), tally).read(to_do, target)
    for message in far_sites(tally.far_sites):
        tally.tell(message)
    return tally


class _UpdateRun:
    """Reading of what has to be read, batch by batch."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        jobs: Mapping[str, ModelJob],
        known: Mapping[str, JournalEntry],
        source: str,
        progress: Progress,
        tally: Tally,
    ) -> None:
        self.store, self.reader, self.jobs, self.known = store, reader, jobs, known
        self.source, self.progress, self.tally = source, progress, tally
        self.version = engine_version()
        self.pending: list[ModelReport] = []
        self.committed_at = time.monotonic()

    def read(self, to_do: UpdatePlan, target: str) -> None:
        """Read and commit; a cancel commits what is complete."""
        if target and not self.store.crs:
            self.store.set_crs(target)
        if not to_do.read:
            return
        self.present = {model.id: model for model in to_do.read}
        self.remaining = _Remaining(sum(model.size + FILE_WEIGHT for model in to_do.read), len(to_do.read))
        todo: list[Present] = list(to_do.read)
        if not self.store.crs:
            sample, todo = spread(todo, SAMPLE)
            # All of them before any is written: they decide the CRS together, whatever the order of reading.
            self._take(sample, hold=True)
            self.commit()
        self._take(todo)
        self.commit()

    def _take(self, models: Sequence[Present], hold: bool = False) -> None:
        jobs = [self.jobs[model.id] for model in models]
        try:
            for report in self.reader(jobs, lambda _fraction, _text: self.progress(self.remaining.fraction, "")):
                self.pending.append(report)
                model = self.present[report.id]
                text = self.remaining.done(model.size + FILE_WEIGHT)
                advance(self.progress, self.remaining.fraction, text)
                old = time.monotonic() - self.committed_at > BATCH_S
                if not hold and (old or len(self.pending) >= BATCH_MODELS):
                    self.commit()
        except Cancelled:
            if not hold:
                self.commit()
            raise

    def commit(self) -> None:
        """Write what is pending in one transaction."""
        if self.pending:
            self.pending.sort(key=lambda report: report.id)
            if not self.store.crs:
                crs = common_crs(self.pending, self.source)
                if crs:
                    self.store.set_crs(crs)
            batch = [self._rows(report) for report in self.pending]
            self.store.write(batch)
            for report in self.pending:
                self._count(report)
        self.pending = []
        self.committed_at = time.monotonic()

    def _rows(self, report: ModelReport) -> ModelRows:
        model = self.present[report.id]
        known = self.known.get(report.id)
        keep = report.status is ReadStatus.FAILED and known is not None
        if keep:
            report = replace(report, reasons=(*report.reasons, coded("base_keeps_older")))
        report = checked(report, self.store.crs)
        for warning in report.warnings:
            if warning.code == OUTSIDE:
                self.tally.tell(Message.joined((report.id, warning), ": "))
        job = self.jobs[report.id]
        rows = place_model(report, self.store.crs, detail=job.shell_detail, asked=job.asked)
        values = rows.report[0][1] | {
            "size": model.size,
            "mtime_ns": model.mtime_ns,
            "engine_version": self.version,
            "settings": model.settings,
            "valid_from": report.modified or None,
        }
        for _shape, building in rows.buildings:
            building["valid_from"] = report.modified or None
        return ModelRows(report.id, values, rows, known is not None, keep)

    def _count(self, report: ModelReport) -> None:
        self.tally.left -= 1
        if report.status is ReadStatus.FAILED:
            self.tally.failed += 1
            self.tally.tell(Message.joined((report.id, report.reason), ": "))
            return
        self.tally.read += 1
        if report.status is ReadStatus.PARTIAL and report.reason:
            self.tally.tell(Message.joined((report.id, report.reason), ": "))
        if not report.buildings:
            self.tally.empty += 1
        self.tally.far_sites += any(warning.code == SITE_FAR for warning in report.notes.warnings)
        if report.buildings and report.georeference.to_map is None:
            self.tally.unplaced += 1
        elif report.buildings and report.georeference.confidence is Confidence.UNSURE:
            self.tally.unsure += 1


class _Remaining:
    """An honest guess of the time left: nothing before there is something to go by."""

    LEAST_S, LEAST_SHARE = 5.0, 0.01

    def __init__(self, weight: int, count: int) -> None:
        self.weight, self.count = max(1, weight), count
        self.finished, self.number = 0, 0
        self.started = time.monotonic()

    @property
    def fraction(self) -> float:
        return self.finished / self.weight

    def done(self, weight: int) -> str:
        """Note that a model of this weight is done; returns what to show."""
        self.finished += weight
        self.number += 1
        text = f"{self.number} of {self.count} models"
        spent = time.monotonic() - self.started
        if spent < self.LEAST_S or not self.LEAST_SHARE <= self.fraction < 1.0:
            return text
        return f"{text}, {_duration(spent * (1.0 - self.fraction) / self.fraction)} left"


def _duration(seconds: float) -> str:
    if seconds < 60:
        return "less than a minute"
    minutes = round(seconds / 60)
    return f"about {minutes} min" if minutes < 120 else f"about {round(minutes / 60)} h"


def _refused_rows(refused: Mapping[Path, Refusal], folder: str, now: str, tally: Tally) -> dict[str, dict[str, Any]]:
    rows = {}
    for path, why in refused.items():
        key = plain(os.path.relpath(path, folder).replace(os.sep, "/")) + "/"
        notes = ModelNotes((why.sentence(key),))
        tally.tell(notes.reasons[0])
        values = {"id": key, "path": plain(str(path)), "status": ReadStatus.FAILED.value, "valid_from": now}
        rows[key] = {**values, **notes.columns()}
    return rows
