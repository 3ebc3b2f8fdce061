"""The journal of a twin base: which models it holds in which state, and so which of a folder's models must be read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from importlib import metadata
from pathlib import Path
from typing import Any

from ..common.errors import InputError
from ..common.progress import Progress, advance, silent
from ..common.text import plain
from .georeference import Tie
from .model import ReadStatus
from .place_beside import PlaceBeside
from .solids import CLOSED, Detail

READER = 9
"""Raised when the rules of reading change what a model gives: every model is read again then."""

CHUNK_BYTES = 4_000_000


@dataclass(frozen=True)
class JournalEntry:
    """What the base knows of a model: columns of bim_model, "" or 0 where one is empty."""

    id: str
    path: str = ""
    sha256: str = ""
    size: int = 0
    mtime_ns: int = 0
    engine_version: str = ""
    settings: str = ""
    status: str = ""
    valid_to: str = ""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> JournalEntry:
        """The entry of a row of bim_model, which may have more columns."""
        return cls(**{name: row[name] for name in JOURNAL_COLUMNS if row.get(name) is not None})


JOURNAL_COLUMNS = tuple(column.name for column in fields(JournalEntry))
"""What the journal needs of a base's table bim_model."""


@dataclass(frozen=True)
class Present:
    """A model file as it is now; `path` is `file` as text that every store can keep."""

    id: str
    path: str
    file: Path
    size: int
    mtime_ns: int
    settings: str


@dataclass(frozen=True)
class UpdatePlan:
    """What an update has to do.

    Attributes
    ----------
    read : tuple of Present
        Models that are new, changed, or read by another engine or with other settings.
    touched : tuple of Present
        Models of the same content with another path or time of change, or back after they had vanished.
    vanished : tuple of str
        Ids of models that were in the folder and are no longer.
    unchanged : int
        How many models are left as they are, those of `touched` included.
    hidden : int
        Models in folders that cannot be looked into now; they are left as they are and are not counted elsewhere.
    """

    read: tuple[Present, ...] = ()
    touched: tuple[Present, ...] = ()
    vanished: tuple[str, ...] = ()
    unchanged: int = 0
    hidden: int = 0


def engine_version() -> str:
    """What reads the models: our rules and the library; models read by another one are read again."""
    return f"{READER}/ifcopenshell {metadata.version('ifcopenshell')}"


@dataclass(frozen=True)
class Parts:
    """What of buildings is read for a base beside its usual tables.

    Attributes
    ----------
    rooms : bool
    shells : Detail, optional
        The level of detail of closed shells; None where neither shells nor outlines are read.
    """

    rooms: bool = False
    shells: Detail | None = None

    @property
    def mark(self) -> str:
        """The end of the mark of a model that was read with these."""
        return ("+rooms" if self.rooms else "") + (f"+{self.shells.value}" if self.shells is not None else "")

    def with_known(self, entries: Iterable[JournalEntry]) -> Parts:
        """These and what a base has already: its rooms, and its finest shells where none are asked for."""
        marks = {mark for entry in entries for mark in entry.settings.split("+")[1:]}
        known = [detail for detail in CLOSED if detail.value in marks]
        finest = max(known, key=lambda detail: detail.value, default=None)
        return Parts(self.rooms or "rooms" in marks, self.shells or finest)


def settings_key(
    source_crs: str, tie: Tie | None, parts: Parts | None = None, beside: PlaceBeside | None = None
) -> str:
    """A short mark of the settings of one model: where one of them changes, it is read again."""
    text = source_crs if beside is None else source_crs + beside.mark
    if tie is not None:
        # 12 digits: a tenth of a millimetre of an easting, whatever a store does to the last ones.
        numbers = ",".join(f"{value:.12g}" for value in (tie.x, tie.y, tie.z, tie.bearing_deg))
        text = f"tie {numbers} {tie.crs}"
    return hashlib.sha256(text.encode()).hexdigest()[:16] + (parts.mark if parts is not None else "")


def look(models: Iterable[tuple[str, Path]], settings: Mapping[str, str]) -> list[Present]:
    """The models of a folder as they are now; `settings` by id as `discover.find_models` gives it."""
    present = []
    for key, path in models:
        try:
            stat = path.stat()
            size, changed = stat.st_size, stat.st_mtime_ns
        except OSError:
            # It is read all the same, and the report says why it cannot be.
            size, changed = 0, 0
        present.append(Present(key, plain(str(path)), path, size, changed, settings.get(key, "")))
    return present


def plan(
    present: Iterable[Present],
    entries: Mapping[str, JournalEntry],
    folder: str,
    refused: Iterable[str] = (),
    version: str = "",
    retry: bool = False,
    progress: Progress = silent,
) -> UpdatePlan:
    """Compare a folder with the journal.

    A model is unchanged when its path, size, time of change, engine and settings are those of the journal; where only
    path or time differ its content decides. A model counts as vanished when it was below `folder` (or below where the
    folder was before it was moved) and is not found; not so below a folder that cannot be looked into.

    Parameters
    ----------
    present : iterable of Present
        The models of the folder.
    entries : mapping of str to JournalEntry
        The journal, by id.
    folder : str
        Absolute path of the folder, as `plain` text.
    refused : iterable of str
        Folders that could not be looked into, and links that were not followed.
    version : str
        As `engine_version` gives it.
    retry : bool
        Read again what failed or was read in part.

    Raises
    ------
    InputError
        When a model has the id of another one that still exists elsewhere.
    Cancelled
        When `progress` says so.
    """
    roots = {folder}
    fates: dict[str, list[Present]] = {"read": [], "touched": [], "as before": []}
    models = list(present)
    total = sum(model.size for model in models) or 1
    seen = 0
    for model in models:
        advance(progress, seen / total)
        seen += model.size
        entry = entries.get(model.id)
        if entry is not None and entry.path != model.path:
            _check_moved(model, entry)
            if entry.path.replace("\\", "/").endswith(f"/{model.id}"):
                roots.add(entry.path[: -len(model.id) - 1])
        fates[_fate(model, entry, version, retry, progress)].append(model)
    ids = {model.id for model in models}
    missing = [entry for key, entry in entries.items() if key not in ids and any(_below(entry.path, r) for r in roots)]
    closed = tuple(refused)
    hidden = {entry.id for entry in missing if any(entry.path == path or _below(entry.path, path) for path in closed)}
    vanished = tuple(sorted(e.id for e in missing if e.id not in hidden and not e.valid_to))
    read, touched, as_before = (tuple(models) for models in fates.values())
    return UpdatePlan(read, touched, vanished, len(touched) + len(as_before), len(hidden))


def _fate(model: Present, entry: JournalEntry | None, version: str, retry: bool, progress: Progress) -> str:
    """What an update does with a model: "read" it, note that it was "touched", or leave it "as before"."""
    again = retry and entry is not None and entry.status != ReadStatus.OK.value
    if entry is None or again or (entry.engine_version, entry.settings) != (version, model.settings):
        return "read"
    if (entry.path, entry.size, entry.mtime_ns) == (model.path, model.size, model.mtime_ns):
        return "touched" if entry.valid_to else "as before"
    same = entry.size == model.size and entry.sha256 and _digest(model.file, progress) == entry.sha256
    return "touched" if same else "read"


def _check_moved(model: Present, entry: JournalEntry) -> None:
    old = Path(entry.path)
    try:
        other = old.exists() and not os.path.samefile(old, model.file)
    except OSError:
        other = False
    if other:
        raise InputError(
            "The twin base holds '{id}' already, from '{path}', which is another file than '{path2}'. Give "
            "the folder above both, or another twin base for this folder.",
            id=model.id,
            path=entry.path,
            path2=model.path,
        )


def _below(path: str, folder: str) -> bool:
    inner, outer = os.path.normcase(path), os.path.normcase(folder).rstrip("/\\")
    return inner.startswith((outer + "/", outer + os.sep))


def _digest(path: Path, progress: Progress) -> str:
    """SHA-256 of a file, "" where it cannot be read; stops when it should."""
    state = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK_BYTES):
                advance(progress, float("nan"))
                state.update(chunk)
    except OSError:
        return ""
    return state.hexdigest()


def spread(models: Iterable[Present], count: int) -> tuple[list[Present], list[Present]]:
    """`count` of the models, evenly spread over their ids, and the others; the same for the same models."""
    ordered = sorted(models, key=lambda model: model.id)
    if len(ordered) <= count:
        return ordered, []
    chosen = {round(i * (len(ordered) - 1) / (count - 1)) for i in range(count)} if count > 1 else {0}
    picked = [model for i, model in enumerate(ordered) if i in chosen]
    return picked, [model for i, model in enumerate(ordered) if i not in chosen]
