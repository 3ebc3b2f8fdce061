"""The state of a run as a file: numbers and arrays in a zip, without pickles, so that reading it runs no code."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from ....core.common.errors import InputError, TwinError, unwritable
from ....core.common.messages import Message
from ....core.common.zip_errors import ZIP_ERRORS
from ....core.flood.schemes.array_layout import ArrayLayout
from ....core.flood.state import FIELDS, RunState

KIND = "City Twin flood state"
FORMAT = 1
"""Of what the file holds; another one cannot be read."""
HEADER = "header.json"
MOST_HEADER, MOST_CELLS, MOST_REMEMBERED = 1_000_000, 400_000_000, 2_000_000_000
"""Limits of what is read: characters of the header, cells, and bytes that processes remember."""


def write_state(state: RunState, path: str | Path) -> None:
    """Write a state.

    Raises
    ------
    ResourceError
        When the file cannot be written.
    """
    header = {
        "kind": KIND,
        "format": FORMAT,
        "time_s": state.time_s,
        "place": dict(state.place),
        "scheme": state.scheme,
        "ground": state.ground,
        "run": state.run,
        "numbers": dict(state.numbers),
        "processes": {name: list(remembered) for name, remembered in state.processes.items()},
        "bound_to_clock": list(state.bound_to_clock),
    }
    try:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(HEADER, json.dumps(header, indent=1))
            for name, values in state.fields.items():
                _put(archive, f"fields/{name}.npy", values)
            for process, remembered in state.processes.items():
                for name, values in remembered.items():
                    _put(archive, f"processes/{process}/{name}.npy", values)
    except OSError as error:
        raise unwritable(path, error) from error


def _put(archive: zipfile.ZipFile, name: str, values: np.ndarray) -> None:
    with archive.open(name, "w", force_zip64=True) as file:
        np.lib.format.write_array(file, np.ascontiguousarray(values), allow_pickle=False)


def read_state(path: str | Path) -> RunState:
    """Read a state.

    Raises
    ------
    InputError
        When the file is missing, damaged, or no state of a run.
    """
    name = Path(path).name
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive, name)
    except FileNotFoundError as error:
        raise InputError("There is no file '{path}': choose a state that STATE wrote.", path=str(path)) from error
    except TwinError:
        raise
    except (*ZIP_ERRORS, ValueError, KeyError, TypeError) as error:
        reason = Message("{text}", text=str(error) or type(error).__name__)
        raise InputError(
            "'{name}' is no state of a run, or it is damaged ({reason}): choose a file that STATE wrote.",
            name=name,
            reason=reason,
        ) from error


def _read(archive: zipfile.ZipFile, name: str) -> RunState:
    info = archive.getinfo(HEADER)
    if info.file_size > MOST_HEADER:
        raise ValueError("its header is too long")
    header: dict[str, Any] = json.loads(archive.read(HEADER))
    if header.get("kind") != KIND:
        raise ValueError("its header is another one's")
    if header.get("format") != FORMAT:
        raise InputError(
            "'{name}' was written by another version of City Twin, whose states this one cannot read: compute the run "
            "again with STATE.",
            name=name,
        )
    place = header["place"]
    rows, columns = int(place["rows"]), int(place["columns"])
    if not (0 < rows * columns <= MOST_CELLS):
        raise ValueError("its number of cells")
    size = ArrayLayout(rows, columns).size
    fields = {field: _array(archive, f"fields/{field}.npy", 4 * size) for field in FIELDS}
    if any(values.dtype != np.float32 or values.shape != (size,) for values in fields.values()):
        raise ValueError("its arrays do not fit its cells")
    if not all(np.isfinite(values).all() for values in fields.values()):
        raise ValueError("its water has missing values")
    rest = MOST_REMEMBERED
    processes: dict[str, dict[str, np.ndarray]] = {}
    for process, names in header["processes"].items():
        processes[process] = {}
        for item in names:
            values = _array(archive, f"processes/{process}/{item}.npy", rest)
            rest -= values.nbytes
            processes[process][item] = values
    numbers = {key: float(value) for key, value in header["numbers"].items()}
    return RunState(
        float(header["time_s"]), place, str(header["scheme"]), str(header["ground"]), str(header["run"]), numbers,
        fields, processes, tuple(header["bound_to_clock"]),
    )  # fmt: skip


def _array(archive: zipfile.ZipFile, name: str, most_bytes: int) -> np.ndarray:
    """An array of at most so many bytes, as the file says it before it is unpacked."""
    if archive.getinfo(name).file_size > most_bytes + 10_000:
        raise ValueError("an array is larger than its cells")
    with archive.open(name) as file:
        return np.lib.format.read_array(file, allow_pickle=False)
