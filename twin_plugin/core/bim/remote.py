"""Reads models on another machine: what a worker of a cluster does with the models it is sent."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PureWindowsPath

from .model import ModelReport
from .pool import read_models
from .read import ModelJob, describe


@dataclass(frozen=True)
class Parcel:
    """A model on its way to a worker.

    Attributes
    ----------
    job : Job
        What to read; its path is the sender's.
    size, modified : int, str
        Bytes and time of change at the sender's; by the size a worker sees that its file of that path is the same one.
    content : bytes or None
        The file itself, for workers that cannot see it.
    """

    job: ModelJob
    size: int
    modified: str = ""
    content: bytes | None = None


def read_parcels(parcels: Sequence[Parcel], time_out_s: float = 0.0) -> tuple[list[ModelReport], list[str]]:
    """Read some models in a process of this machine.

    Returns
    -------
    reports : list of ModelReport
        As on the sender's machine, with the sender's paths.
    missing : list of str
        Ids of the models that this machine cannot see; they are to be sent with their content.
    """
    # A worker of dask is a daemon process, which may have no children of its own; reading needs one that can be ended.
    multiprocessing.current_process().daemon = False
    missing = [p.job.id for p in parcels if p.content is None and not _visible(p)]
    with tempfile.TemporaryDirectory(prefix="twin-") as folder:
        jobs = {p.job.id: _here(p, Path(folder) / str(i)) for i, p in enumerate(parcels) if p.job.id not in missing}
        reports = list(read_models(list(jobs.values()), 1, time_out_s))
    sent = {p.job.id: p for p in parcels}
    return [_as_sent(report, sent[report.id]) for report in reports], missing


def _visible(parcel: Parcel) -> bool:
    return describe(parcel.job).size == parcel.size > 0


def _here(parcel: Parcel, folder: Path) -> ModelJob:
    if parcel.content is None:
        return parcel.job
    folder.mkdir()
    file = folder / PureWindowsPath(parcel.job.path).name  # whichever system the sender has
    file.write_bytes(parcel.content)
    return replace(parcel.job, path=str(file), folder="")


def _as_sent(report: ModelReport, parcel: Parcel) -> ModelReport:
    return replace(report, path=parcel.job.path, modified=parcel.modified)
