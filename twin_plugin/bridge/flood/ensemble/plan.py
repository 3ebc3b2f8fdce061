"""Which runs of a table are to be computed, from what, and which are finished already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ....core.common.errors import InputError, TwinError
from ....core.common.messages import Message
from ....core.flood.ensemble.run_table import RunRow
from . import manifest
from .inputs import InputReader

WITHOUT_EFFECT = ("THREADS",)
"""Parameters that change no bit of a result."""
RAINS = (("RAIN",), ("RAIN_MM",), ("GAUGES", "GAUGE_RAIN"), ("RAIN_RASTERS",))
"""The ways in which a run gets its rain, each by its parameters."""
ASSESSED = ("BUILDINGS", "STOREYS", "OPENINGS")

StormMaker = Callable[[Mapping[str, str]], str]
"""Writes the table of a design storm and gives its path; raises InputError."""


@dataclass(frozen=True)
class PlannedRun:
    """A run of the table, ready to be computed, finished already, or one that cannot be computed.

    Attributes
    ----------
    row : RunRow
    folder : Path
        Of its results.
    job : dict
        What the process that computes it takes; empty where it is finished or has a problem.
    answer : dict or None
        Its figures where it is finished.
    problem : Message or None
        Why it cannot be computed. The error itself would keep the frames that it went through, and with them layers
        that QGIS has deleted when Python collects them.
    again : Message or ""
        Why it is computed though its folder is there.
    """

    row: RunRow
    folder: Path
    job: dict[str, Any] = field(default_factory=dict)
    answer: dict[str, Any] | None = None
    problem: Message | None = None
    again: str = ""


@dataclass(frozen=True)
class Planner:
    """Makes the jobs of runs.

    Parameters
    ----------
    folder : Path
        Where each run gets a folder of its name.
    common : mapping
        Values of twin:simulateflood that all runs have, and the layers of an assessment.
    outputs : mapping of str to str
        Names of files by the parameters of twin:simulateflood that write them.
    reader : InputReader
    storm : callable
    threads : int
        Of each run.
    transforms : str
        XML of the project's coordinate transformations.
    """

    folder: Path
    common: Mapping[str, Any]
    outputs: Mapping[str, str]
    reader: InputReader
    storm: StormMaker
    threads: int
    transforms: str = ""

    def plan(self, row: RunRow) -> PlannedRun:
        """The run of a row; what is wrong with its inputs is in `problem`."""
        folder = self.folder / row.name
        try:
            values, inputs = self._inputs(row)
            note = manifest.read(folder)
            again = "" if note is None else _why_again(folder, note, inputs)
        except TwinError as error:
            return PlannedRun(row, folder, problem=error.message)
        if note is not None and not again:
            return PlannedRun(row, folder, answer=note["answer"])
        assessed = {name: values.pop(name) for name in ASSESSED[1:] if name in values}
        risk = {"BUILDINGS": values["BUILDINGS"], **assessed} if "OPENINGS" in assessed else {}
        job = {
            "name": row.name,
            "folder": str(folder),
            "inputs": inputs,
            "outputs": dict(self.outputs),
            "flood": {**values, "THREADS": self.threads},
            "risk": risk,
            "transforms": self.transforms,
        }
        return PlannedRun(row, folder, job, again=again)

    def _inputs(self, row: RunRow) -> tuple[dict[str, Any], dict[str, str]]:
        wanted = {**self.common, **row.values}
        own = [names for names in RAINS if any(name in row.values for name in names)]
        if own or row.storm:
            # The rain of a row takes the place of the common one, whichever way either is given.
            wanted |= {name: None for names in RAINS if names not in own for name in names}
        if row.storm:
            if own:
                raise InputError(
                    "It has both a design storm (zone) and {names}: leave one of them empty.",
                    names=", ".join(name for names in own for name in names if name in row.values),
                )
            wanted["RAIN"] = self.storm(row.storm)
        values, digests = self.reader.read(wanted, row.values)
        if "OPENINGS" in values and "BUILDINGS" not in values:
            raise InputError("OPENINGS need BUILDINGS, to which they belong: choose both, or leave OPENINGS empty.")
        inputs = {name: digest for name, digest in digests.items() if name not in WITHOUT_EFFECT}
        return values, {**inputs, manifest.OUTPUTS: ",".join(sorted(self.outputs)), "code": manifest.code_digest()}


def other_runs(folder: Path, rows: Sequence[RunRow]) -> list[Message]:
    """A sentence on finished runs in the folder of an ensemble that its table does not have, as after a new name."""
    names = {row.name.casefold() for row in rows}
    others = sorted(place.parent.name for place in folder.glob(f"*/{manifest.NAME}"))
    left = [name for name in others if name.casefold() not in names]
    if not left:
        return []
    return [
        Message(
            "FOLDER holds {n} runs that RUNS does not have, such as '{name}': they are in no map or table. Delete "
            "their folders if they are no longer wanted.",
            n=len(left),
            name=left[0],
        )
    ]


def _why_again(folder: Path, note: Mapping[str, Any], inputs: Mapping[str, str]) -> str:
    """Why a finished run is computed again; "" where it need not be."""
    changed, lost = manifest.changed(note["inputs"], inputs), manifest.damaged(folder, note)
    if not changed and not lost:
        return ""
    manifest.require_own(folder, note)
    if changed:
        return Message("changed since it was computed: {names}", names=", ".join(changed))
    return Message("its files have changed or are missing: {names}", names=", ".join(lost))


def compared_with(rows: Sequence[RunRow], baseline: str) -> dict[str, str]:
    """The run that each run is compared with, by name: that of its row, else `baseline`; none with itself.

    Raises
    ------
    InputError
        When `baseline` is no run.
    """
    if baseline and baseline not in {row.name for row in rows}:
        raise InputError("BASELINE is '{name}', which is no run of RUNS.", name=baseline)
    chosen = {row.name: row.baseline or baseline for row in rows}
    return {name: other for name, other in chosen.items() if other and other != name}
